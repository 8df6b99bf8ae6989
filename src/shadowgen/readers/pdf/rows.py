"""Rows of text: spans that stand on one baseline, with the small raised figures among them.

Enters: the spans of a page. Leaves: `Row`s from the top down, each cut where a wide blank parts two columns or two cells.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import pairwise

from shadowgen.readers.pdf.page import Page, Span

FRAMES = 1000  # frames on a page that have a number of their own: a frame is numbered page * FRAMES + its place
BLANK = 1.0  # widths of an em: a blank that may part two columns or two cells
_FROM_THE_RIGHT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_RAISED_SIZE, _RAISED_LEAST = 0.86, 0.08


@dataclass(frozen=True, slots=True)
class Table:
    """A table: the rows of text in each of its cells; `edges` says where its columns begin and the last one ends."""

    cells: tuple[tuple[tuple[Row, ...], ...], ...]
    edges: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """Spans on one baseline with no wide blank between them; `left` and `right` are the edges of the column that it stands in.

    A row with a `table` stands for the whole of it, at its upper edge.
    """

    page: int
    spans: tuple[Span, ...]
    y: float
    size: float
    left: float = 0.0
    right: float = 0.0
    region: int = 0
    frame: int = 0
    table: Table | None = None

    @property
    def x0(self) -> float:
        """Where the row begins."""
        return min(span.x0 for span in self.spans)

    @property
    def x1(self) -> float:
        """Where the row ends."""
        return max(span.x1 for span in self.spans)

    @property
    def text(self) -> str:
        """The words of the row, with raised figures as they stand."""
        return joined(self.spans)

    @property
    def bold(self) -> bool:
        """True if all letters of normal height are bold."""
        return all(span.bold for span in self.spans if not self.raised(span))

    @property
    def italic(self) -> bool:
        """True if all letters of normal height are italic."""
        return all(span.italic for span in self.spans if not self.raised(span))

    def raised(self, span: Span) -> bool:
        """True if a span is smaller than its row and stands higher."""
        return span.size < _RAISED_SIZE * self.size and span.y > self.y + _RAISED_LEAST * self.size


def joined(spans: Iterable[Span]) -> str:
    """Return the words of spans that follow each other, with a blank where they stand apart."""
    words = ""
    before: Span | None = None
    for span in spans:
        words += (" " if before is not None and apart(before, span) else "") + span.text
        before = span
    return " ".join(words.split())


def apart(before: Span, span: Span) -> bool:
    """True if a blank stands between two spans without being written."""
    if before.text.endswith(" ") or span.text.startswith(" "):
        return False
    return max(span.x0 - before.x1, before.x0 - span.x1) > 0.18 * min(before.size, span.size)


def rows_of(page: Page) -> list[Row]:
    """Return the rows of a page from the top down, each from left to right."""
    return rows_of_spans(page.number, page.spans)


def rows_of_spans(page: int, spans: Iterable[Span]) -> list[Row]:
    """Return the rows that spans of a page make, from the top down, each from left to right."""
    found = [row for line in _Baselines(spans).lines for row in _cut(page, line)]
    return sorted(found, key=lambda row: (-row.y, row.x0))


class _Baselines:
    """Gathers spans by baseline; a small span joins the row that it is raised from."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self.lines: list[list[Span]] = []
        self.by_height: dict[int, list[list[Span]]] = {}
        for span in sorted(spans, key=lambda one: (-round(one.size), one.x0, -one.y)):
            line = self._raised(span) or self._same(span)  # a raised figure may stand on the baseline of another column
            if line is None:
                line = []
                self.lines.append(line)
                self.by_height.setdefault(int(span.y // 8), []).append(line)
            line.append(span)

    def _near(self, span: Span) -> Iterable[list[Span]]:
        here = int(span.y // 8)
        reach = 1 + int(span.size // 8)
        for height in range(here - reach, here + reach + 1):
            yield from self.by_height.get(height, ())

    def _same(self, span: Span) -> list[Span] | None:
        tolerance = 0.15 * span.size
        near = [line for line in self._near(span) if abs(line[0].y - span.y) <= tolerance]
        return min(near, key=lambda line: abs(line[0].y - span.y), default=None)

    def _raised(self, span: Span) -> list[Span] | None:
        for line in self._near(span):
            large = line[0]
            fits = span.size <= _RAISED_SIZE * large.size and -0.3 * large.size < span.y - large.y < 0.7 * large.size
            if fits and any(
                -0.6 * large.size <= span.x0 - one.x1 <= 0.6 * large.size or 0 <= one.x0 - span.x1 <= large.size for one in line
            ):
                return line
        return None


def _cut(page: int, line: list[Span]) -> Iterable[Row]:
    """Cut the spans of a baseline where wide blanks part them."""
    spans = sorted(line, key=lambda span: span.x0)
    size = main_size(spans)
    start = 0
    for at, (before, after) in enumerate(pairwise(spans), 1):
        if after.x0 - before.x1 > BLANK * size:
            yield _row(page, spans[start:at])
            start = at
    yield _row(page, spans[start:])


def _row(page: int, spans: list[Span]) -> Row:
    size = main_size(spans)
    main = next(span for span in spans if span.size == size)
    turned = sum(len(span.text) if _FROM_THE_RIGHT.search(span.text) else -len(span.text) for span in spans) > 0
    return Row(page, tuple(reversed(spans) if turned else spans), main.y, size)


def main_size(spans: Iterable[Span]) -> float:
    """Return the size of most letters."""
    weights: Counter[float] = Counter()
    for span in spans:
        weights[span.size] += len(span.text)
    return max(weights, key=lambda size: (weights[size], size))


def lines_of(rows: list[Row]) -> list[Row]:
    """Return the rows of a region with those of one baseline as one, and with the edges of the region."""
    lines: list[list[Row]] = []
    for row in rows:
        if lines and row.table is None and lines[-1][0].table is None and abs(lines[-1][0].y - row.y) < 0.2 * row.size:
            lines[-1].append(row)
        else:
            lines.append([row])
    left, right = min(row.x0 for row in rows), max(row.x1 for row in rows)
    made: list[Row] = []
    for line in lines:
        row = replace(_side_by_side(line) if len(line) > 1 else line[0], left=left, right=right)
        made.append(_lone_call(made[-1], row) if made else row)
    return made


def _lone_call(before: Row, row: Row) -> Row:
    """Return a row of nothing but raised figures, as a call that did not fit on the row before it, with the size of its paragraph."""
    lone = re.fullmatch(r"[\d,; ]{1,9}", row.text) and row.size < _RAISED_SIZE * before.size and 0 < before.y - row.y < 1.3 * before.size
    return replace(row, size=before.size, y=row.y - 0.35 * before.size) if lone else row


def _side_by_side(rows: list[Row]) -> Row:
    spans = sorted((span for row in rows for span in row.spans), key=lambda span: span.x0)
    return replace(_row(rows[0].page, spans), frame=rows[0].frame)
