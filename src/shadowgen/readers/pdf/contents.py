"""Tables of contents: rows that end in a leader of dots and the number of a page, or stand among such rows.

Enters: regions. Leaves: the regions without them, and what they said as `Aside`s.
"""

from __future__ import annotations

import re

from shadowgen.readers.original import Aside, Place
from shadowgen.readers.pdf.rows import Row

_LEADER = re.compile(r"(?:\. ?|…\s?|_){3,}\s*(?:\d{1,4}|[ivxlc]{1,7})?$")
_TITLE = re.compile(r"(?:table of )?contents|table des matières|sommaire|índice|оглавление|содержание|мазмұны", re.IGNORECASE)
_FEWEST = 3


def take_contents(regions: list[list[Row]]) -> tuple[list[list[Row]], list[Aside]]:
    """Take tables of contents off the regions."""
    kept: list[list[Row]] = []
    asides: list[Aside] = []
    for region in regions:
        entries = [at for at, row in enumerate(region) if row.table is None and _LEADER.search(row.text)]
        if len(entries) < _FEWEST:
            kept.append(region)
            continue
        first, last = entries[0], entries[-1]
        while first and (_TITLE.fullmatch(region[first - 1].text.strip()) or _wraps(region[first - 1], region[first])):
            first -= 1
        asides += [Aside("contents", _entry(row), Place(page=row.page)) for row in region[first : last + 1]]
        if rest := region[:first] + region[last + 1 :]:
            kept.append(rest)
    return kept, asides


def _wraps(before: Row, row: Row) -> bool:
    """True if a row is the first part of an entry that goes on in the next one."""
    return 0 < before.y - row.y < 1.35 * row.size and before.table is None


def _entry(row: Row) -> str:
    return re.sub(r"(?:\. ?|…\s?|_){3,}", " ", row.text).strip()
