"""Running heads, running feet and page numbers: what stands at the same height at the top or bottom of many pages.

Enters: the rows of all pages. Leaves: the rows of the text, and what was taken off as `Aside`s.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from shadowgen.readers.original import Aside, Place
from shadowgen.readers.pdf.page import Page
from shadowgen.readers.pdf.rows import Row

_NUMBER = re.compile(r"(?:page|p\.|стр\.|[-–—|]|\s)*(?:\d{1,4}|[ivxlc]{1,7})(?:\s*(?:/|of|de|из)\s*\d{1,4})?[\s\-–—|.]*", re.IGNORECASE)
_LOOKED_AT = 3  # rows from the edge of the page that may be running ones
_EDGE = 0.16  # of the height of the page


@dataclass(slots=True)
class Margins:
    """The rows of the text of each page, and what was taken off."""

    rows: dict[int, list[Row]] = field(default_factory=dict)
    asides: list[Aside] = field(default_factory=list)


def take_margins(pages: list[tuple[Page, list[Row]]]) -> Margins:
    """Take running heads, feet and page numbers off the pages."""
    found = Margins()
    heads, feet = _running(pages, top=True), _running(pages, top=False)
    for page, rows in pages:
        running = _at_edge(page, rows, heads, top=True) | _at_edge(page, rows, feet, top=False)
        found.rows[page.number] = [row for at, row in enumerate(rows) if at not in running]
        for at in sorted(running):
            what = "page number" if _NUMBER.fullmatch(rows[at].text) else "running head"
            found.asides.append(Aside(what, rows[at].text, Place(page=page.number)))
    return found


def _key(row: Row) -> str:
    """Return the words of a row without its numbers, by which a running row is known again."""
    return re.sub(r"\d+|\b[ivxlc]+\b", "#", row.text.lower()).strip()


def _edges(page: Page, rows: list[Row], top: bool) -> list[list[int]]:
    """Return the rows near an edge of a page, outermost first, those of one height together."""
    order = range(len(rows)) if top else range(len(rows) - 1, -1, -1)
    groups: list[list[int]] = []
    for at in order:
        if groups and abs(rows[groups[-1][0]].y - rows[at].y) < 2:
            groups[-1].append(at)
        elif len(groups) < _LOOKED_AT and _near_edge(page, rows[at].y, top):
            groups.append([at])
        else:
            break
    return groups


def _near_edge(page: Page, y: float, top: bool) -> bool:
    return y > (1 - _EDGE) * page.height if top else y < _EDGE * page.height


def _height(page: Page, y: float, top: bool) -> int:
    return round((page.height - y if top else y) / 2)


def _running(pages: list[tuple[Page, list[Row]]], top: bool) -> set[int]:
    """Return the heights (in steps of 2 pt from the edge) at which running rows stand: on a quarter of the pages, mostly with words that come again."""
    at_height: Counter[int] = Counter()
    words: dict[int, Counter[str]] = {}
    for page, rows in pages:
        for group in _edges(page, rows, top):
            for height in {_height(page, rows[group[0]].y, top) + near for near in (-1, 0, 1)}:
                at_height[height] += 1
                words.setdefault(height, Counter()).update({_key(rows[at]) for at in group})
    found = set()
    for height, count in at_height.items():
        again = sum(times for key, times in words[height].items() if times > 1)
        if count >= max(2, 0.25 * len(pages)) and again >= 0.5 * count:
            found.add(height)
    return found


def _at_edge(page: Page, rows: list[Row], heights: set[int], top: bool) -> set[int]:
    """Return the rows of a page that stand at running heights, with what stands outside of them, and lone page numbers."""
    groups = _edges(page, rows, top)
    last = -1
    for place, group in enumerate(groups):
        height = _height(page, rows[group[0]].y, top)
        lone = place == 0 and len(group) == 1 and bool(_NUMBER.fullmatch(rows[group[0]].text)) and bool(heights)
        if height not in heights and not lone:
            break
        last = place
    taken = {at for group in groups[: last + 1] for at in group}
    return taken | _second_row(rows, taken, groups, last, top)


def _second_row(rows: list[Row], taken: set[int], groups: list[list[int]], last: int, top: bool) -> set[int]:
    """Return the rows by which a long running head goes on below its height, in its small letters."""
    if last < 0 or not top or last + 1 >= len(groups):
        return set()
    above = [rows[at] for at in groups[last]]
    more = groups[last + 1]
    close = above[0].y - rows[more[0]].y < 1.5 * above[0].size
    return set(more) if close and all(abs(rows[at].size - above[0].size) < 0.1 and rows[at].italic == above[-1].italic for at in more) else set()
