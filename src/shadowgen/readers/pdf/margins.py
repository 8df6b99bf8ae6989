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
    """Return the rows at an edge of a page, outermost first, those of one height together, up to a blank or a change of letters that parts them from the text."""
    order = range(len(rows)) if top else range(len(rows) - 1, -1, -1)
    groups: list[list[int]] = []
    for at in order:
        row = rows[at]
        if row.raised(row.spans[0]):
            return groups if groups and _parted(rows[groups[-1][0]], row) else []
        if groups and abs(rows[groups[-1][0]].y - row.y) < 2:
            groups[-1].append(at)
        elif groups and _parted(rows[groups[-1][0]], row):
            return groups
        elif len(groups) < _LOOKED_AT and _near_edge(page, row.y, top):
            groups.append([at])
        else:
            return []
    return groups


def _parted(outer: Row, inner: Row) -> bool:
    """True if two rows belong to different things: a wide blank stands between them, or they are in different letters."""
    return abs(outer.y - inner.y) > 1.7 * max(outer.size, inner.size) or _look(outer) != _look(inner)


def _near_edge(page: Page, y: float, top: bool) -> bool:
    return y > (1 - _EDGE) * page.height if top else y < _EDGE * page.height


def _height(page: Page, y: float, top: bool) -> int:
    return round((page.height - y if top else y) / 2)


@dataclass(slots=True)
class _Running:
    """Where running rows stand: at which heights (in steps of 2 pt from the edge), and in which letters."""

    heights: set[int] = field(default_factory=set)
    looks: set[tuple[float, bool, bool]] = field(default_factory=set)

    def has(self, page: Page, row: Row, top: bool) -> bool:
        """True if a row stands at a running height; of the letters of running rows also if it is no farther in than they are."""
        height = _height(page, row.y, top)
        deepest = max(self.heights, default=0) + row.size / 2
        return height in self.heights or (_look(row) in self.looks and height <= deepest)


def _look(row: Row) -> tuple[float, bool, bool]:
    return round(row.size, 1), row.bold, row.italic


def _running(pages: list[tuple[Page, list[Row]]], top: bool) -> _Running:
    """Return where running rows stand: at a height of a quarter of the pages, mostly with words that come again."""
    at_height: dict[int, list[Row]] = {}
    pages_with: Counter[int] = Counter()
    for page, rows in pages:
        for place, group in enumerate(_edges(page, rows, top)):
            telling = [rows[at] for at in group if not place or re.search(r"[^\W\d_]{3}", rows[at].text)]
            for height in {_height(page, rows[group[0]].y, top) + near for near in (-1, 0, 1)}:
                at_height.setdefault(height, []).extend(telling)
                pages_with[height] += 1
    found = _Running()
    for height, rows_there in at_height.items():
        words = Counter(_key(row) for row in rows_there)
        again = sum(times for times in words.values() if times > 1)
        if pages_with[height] >= max(2, 0.25 * len(pages)) and again >= 0.5 * pages_with[height]:
            found.heights.add(height)
            found.looks |= {_look(row) for row in rows_there if words[_key(row)] > 1}
    return found


def _at_edge(page: Page, rows: list[Row], running: _Running, top: bool) -> set[int]:
    """Return the rows of a page that are running ones, and a lone page number."""
    taken: set[int] = set()
    for place, group in enumerate(_edges(page, rows, top)):
        lone = not place and len(group) == 1 and bool(_NUMBER.fullmatch(rows[group[0]].text)) and bool(running.heights)
        if not lone and not all(running.has(page, rows[at], top) for at in group):
            break
        taken |= set(group)
    return taken
