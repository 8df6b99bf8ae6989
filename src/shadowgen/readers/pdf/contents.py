"""Tables of contents: rows that end in a leader of dots and the number of a page, or stand among such rows.

Enters: the rows of a page. Leaves: the rows without them, and what they said as `Aside`s.
"""

from __future__ import annotations

import re

from shadowgen.readers.original import Aside, Place
from shadowgen.readers.pdf.rows import Row

_LEADER = re.compile(r"(?:\. ?|…\s?|_){3,}\s*(?:\d{1,4}|[ivxlc]{1,7})?$")
_TITLE = re.compile(r"(?:table of )?contents|table des matières|sommaire|índice|оглавление|содержание|мазмұны", re.IGNORECASE)
_FEWEST = 3


def take_contents(rows: list[Row]) -> tuple[list[Row], list[Aside]]:
    """Take a table of contents off the rows of a page, with the title above it and the first parts of entries of two rows."""
    lines = _by_height(rows)
    entries = [at for at, line in enumerate(lines) if _LEADER.search(_text(line))]
    if len(entries) < _FEWEST:
        return rows, []
    first, last = entries[0], entries[-1]
    while first and (_TITLE.fullmatch(_text(lines[first - 1])) or _wraps(lines[first - 1][0], lines[first][0])):
        first -= 1
    taken = lines[first : last + 1]
    return [row for line in lines[:first] + lines[last + 1 :] for row in line], [
        Aside("contents", _entry(_text(line)), Place(page=line[0].page)) for line in taken
    ]


def _by_height(rows: list[Row]) -> list[list[Row]]:
    lines: list[list[Row]] = []
    for row in rows:
        if lines and abs(lines[-1][0].y - row.y) < 2:
            lines[-1].append(row)
        else:
            lines.append([row])
    return lines


def _text(line: list[Row]) -> str:
    return " ".join(row.text for row in line).strip()


def _wraps(before: Row, row: Row) -> bool:
    """True if a row is the first part of an entry that goes on in the next one."""
    return 0 < before.y - row.y < 1.35 * row.size


def _entry(text: str) -> str:
    return " ".join(re.sub(r"(?:\. ?|…\s?|_){3,}", " ", text).split())
