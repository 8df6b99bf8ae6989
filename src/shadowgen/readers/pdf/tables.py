"""Tables: cells between ruled lines, and rows whose words stand below each other in columns.

Enters: the rows of a page or region. Leaves: the rows that are in no table, and in the place of each table one row that holds it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from shadowgen.readers.landmarks import ITEM, NUMBER
from shadowgen.readers.pdf.page import Box, Page, Span
from shadowgen.readers.pdf.rows import Row, Table, lines_of, rows_of_spans

_NEAR = 3.0  # pt between lines that meet, and between parts of one line
_LEAST_ROWS, _LEAST_RULED = 3, 3
_FARTHEST = 2.6  # widths of an em between the baselines of two rows of a table without lines


def with_ruled(page: Page, rows: list[Row]) -> list[Row]:
    """Return rows with one row in the place of each table that is drawn with lines."""
    for grid in _grids(page):
        rows = _taken(page.number, rows, grid)
    return rows


@dataclass(frozen=True, slots=True)
class _Grid:
    """The lines of a table: where its columns and rows begin and end; rows from the top down. Without upright lines `across` is empty."""

    across: tuple[float, ...]
    down: tuple[float, ...]
    box: Box


def _levels(values: list[float]) -> tuple[float, ...]:
    """Return values with those that lie close together as one."""
    found: list[list[float]] = []
    for value in sorted(values):
        if found and value - found[-1][-1] <= _NEAR:
            found[-1].append(value)
        else:
            found.append([value])
    return tuple(sum(group) / len(group) for group in found)


def _grids(page: Page) -> list[_Grid]:
    """Return the grids that ruled lines make."""
    grids: list[_Grid] = []
    for group in _meeting(list(page.rules)):
        level = [box for box in group if box[2] - box[0] >= box[3] - box[1]]
        upright = [box for box in group if box[2] - box[0] < box[3] - box[1]]
        box = min(b[0] for b in group), min(b[1] for b in group), max(b[2] for b in group), max(b[3] for b in group)
        down = _levels([(b[1] + b[3]) / 2 for b in level] + ([box[1], box[3]] if upright else []))[::-1]
        across = _levels([(b[0] + b[2]) / 2 for b in upright] + [box[0], box[2]]) if upright else ()
        if len(down) >= 2 and len(across) >= 3:
            grids.append(_Grid(across, down, box))
    return grids + _level_only(page, grids)


def _level_only(page: Page, grids: list[_Grid]) -> list[_Grid]:
    """Return tables of level lines alone: three or more of one width, one above the other."""
    widths: dict[tuple[int, int], list[Box]] = {}
    for box in page.rules:
        if box[2] - box[0] > 60 and not any(_inside(box, grid.box) for grid in grids):
            widths.setdefault((round(box[0] / 4), round(box[2] / 4)), []).append(box)
    found = []
    for boxes in widths.values():
        down = _levels([box[1] for box in boxes])[::-1]
        if len(down) >= _LEAST_RULED:
            found.append(_Grid((), down, (boxes[0][0], down[-1], boxes[0][2], down[0])))
    return found


def _inside(one: Box, other: Box) -> bool:
    return other[0] - _NEAR <= one[0] and one[2] <= other[2] + _NEAR and other[1] - _NEAR <= one[1] and one[3] <= other[3] + _NEAR


def _meeting(boxes: list[Box]) -> list[list[Box]]:
    """Return lines in groups that meet each other."""
    groups: list[tuple[Box, list[Box]]] = []
    for box in sorted(boxes, key=lambda one: (-one[3], one[0]))[:4_000]:
        touching = [group for group in groups if any(_meet(box, other) for other in group[1])]
        joined = [box, *(one for group in touching for one in group[1])]
        groups = [group for group in groups if group not in touching]
        groups.append((box, joined))
    return [joined for _, joined in groups]


def _meet(one: Box, other: Box) -> bool:
    return one[0] - _NEAR <= other[2] and other[0] - _NEAR <= one[2] and one[1] - _NEAR <= other[3] and other[1] - _NEAR <= one[3]


def _taken(page: int, rows: list[Row], grid: _Grid) -> list[Row]:
    """Take the rows inside a grid out of the others and put the table in their place."""
    left, bottom, right, top = grid.box
    inside = [
        row for row in rows if row.table is None and bottom - 1 < row.y < top + 1 and row.x0 > left - _NEAR and row.x1 < right + 2 * _NEAR
    ]
    if not inside:
        return rows
    spans = [span for row in inside for span in row.spans]
    table = _ruled_table(page, spans, grid) if grid.across else _level_table(inside, grid)
    if table is None:
        return rows
    kept = [row for row in rows if row not in inside]
    return sorted([*kept, _holding(page, table, grid.box)], key=lambda row: (-row.y, row.x0))


def _holding(page: int, table: Table, box: Box) -> Row:
    size = median(row.size for cells in table.cells for cell in cells for row in cell)
    return Row(page, (Span("", box[0], box[2], box[3], size),), box[3], size, table=table)


def _band(value: float, levels: tuple[float, ...]) -> int:
    """Return between which of the rising levels a value lies."""
    return max(0, min(len(levels) - 2, sum(level <= value for level in levels[1:-1])))


def _ruled_table(page: int, spans: list[Span], grid: _Grid) -> Table | None:
    down = tuple(-level for level in grid.down)
    cells: list[list[list[Span]]] = [[[] for _ in grid.across[1:]] for _ in grid.down[1:]]
    for span in spans:
        cells[_band(-span.y - 0.25 * span.size, down)][_band(span.x0 + 1, grid.across)].append(span)
    made = [tuple(tuple(lines_of(rows_of_spans(page, cell))) if cell else () for cell in row) for row in cells]
    made = [row for row in made if any(row)]
    used = [any(row[at] for row in made) for at in range(len(grid.across) - 1)]
    if sum(used) < 2:
        return None
    return Table(tuple(tuple(cell for cell, kept in zip(row, used, strict=True) if kept) for row in made), grid.across)


def _level_table(inside: list[Row], grid: _Grid) -> Table | None:
    """Return a table whose columns are told by the blanks between them, and its rows by the lines or the baselines."""
    columns = _columns(inside)
    if len(columns) < 2:
        return None
    lines = _by_baseline(inside)
    ruled = len(grid.down) - 1 >= 0.6 * sum(len(line) > 1 for line in lines)
    if not ruled:
        return _table(lines, columns)
    down = tuple(-level for level in grid.down)
    rows: list[list[list[Row]]] = [[[] for _ in columns] for _ in grid.down[1:]]
    for row in inside:
        rows[_band(-row.y - 0.25 * row.size, down)][_column(row, columns)].append(row)
    return Table(tuple(tuple(map(tuple, row)) for row in rows if any(row)), tuple(column[0] for column in columns))


# ---------------------------------------------------------------- tables without lines


def _by_baseline(rows: list[Row]) -> list[list[Row]]:
    lines: list[list[Row]] = []
    for row in rows:
        if lines and abs(lines[-1][0].y - row.y) < 0.2 * row.size and row.table is None and lines[-1][0].table is None:
            lines[-1].append(row)
        else:
            lines.append([row])
    return lines


def _columns(rows: list[Row]) -> list[tuple[float, float]]:
    """Return the strips that the words of rows fill, from left to right."""
    found: list[tuple[float, float]] = []
    for row in sorted(rows, key=lambda one: one.x0):
        if found and row.x0 < found[-1][1] + 0.3 * row.size:
            found[-1] = (found[-1][0], max(found[-1][1], row.x1))
        else:
            found.append((row.x0, row.x1))
    return found


def _column(row: Row, columns: list[tuple[float, float]]) -> int:
    return next((at for at, (left, right) in enumerate(columns) if left - 1 <= row.x0 <= right + 1), len(columns) - 1)


def _with_cells(line: list[Row]) -> bool:
    """True if a line has words in two or more columns; a mark and its words are no cells."""
    if len(line) < 2 or any(row.table for row in line):
        return False
    mark = line[0].text
    return not (len(line) == 2 and (ITEM.fullmatch(mark) or NUMBER.fullmatch(mark) or re.fullmatch(r"[\W\d]{1,5}|\w{1,4}[.)]", mark)))


def with_aligned(rows: list[Row]) -> list[Row]:
    """Return the rows of a region with one row in the place of each table that is only told by its columns."""
    lines = _by_baseline(rows)
    made: list[Row] = []
    at = 0
    while at < len(lines):
        end = _end_of_table(lines, at) if _with_cells(lines[at]) else at
        if end == at:
            made += lines[at]
            at += 1
            continue
        inside = [row for line in lines[at:end] for row in line]
        table = _table(lines[at:end], _columns(inside))
        box = min(row.x0 for row in inside), lines[end - 1][0].y, max(row.x1 for row in inside), lines[at][0].y
        made.append(_holding(inside[0].page, table, box))
        at = end
    return made


def _end_of_table(lines: list[list[Row]], start: int) -> int:
    """Return the line after a table that begins at a line, or the line itself if none does."""
    inside = list(lines[start])
    columns, end, full = _columns(inside), start + 1, 1
    for at in range(start + 1, len(lines)):
        line = lines[at]
        size = line[0].size
        gap = lines[at - 1][0].y - line[0].y
        if line[0].table or not 0 < gap < _FARTHEST * size or abs(size - lines[start][0].size) > 0.15 * size:
            break
        wider = _columns([*inside, *line])
        if len(wider) < max(2, len(columns)):
            break
        if _with_cells(line):
            full, end = full + 1, at + 1
        elif gap > 1.45 * size:
            break
        elif _column(line[0], wider):
            end = at + 1
        inside, columns = [*inside, *line], wider
    return end if full >= _LEAST_ROWS and not _stretched(lines[start:end]) else start


def _stretched(lines: list[list[Row]]) -> bool:
    """True if lines are justified text whose blanks happen to stand below each other: both ends flush, and narrow blanks."""
    rows = [row for line in lines for row in line]
    left, right = min(row.x0 for row in rows), max(row.x1 for row in rows)
    flush = sum(line[0].x0 < left + 2 and line[-1].x1 > right - 3 for line in lines)
    columns = _columns(rows)
    widest = max((after[0] - before[1] for before, after in pairwise(columns)), default=0.0)
    return flush > 0.6 * len(lines) and widest < 2.2 * rows[0].size


def _table(lines: list[list[Row]], columns: list[tuple[float, float]]) -> Table:
    """Return lines as rows of cells; a line with words in one column goes on in the row above it."""
    rows: list[list[list[Row]]] = []
    for line in lines:
        if len(line) > 1 or not rows:
            rows.append([[] for _ in columns])
        for row in line:
            rows[-1][_column(row, columns)].append(row)
    return Table(tuple(tuple(map(tuple, row)) for row in rows), tuple(column[0] for column in columns))
