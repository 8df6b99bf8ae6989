"""The order in which a page is read: columns side by side, and what stands across them.

Enters: the rows of a page without running heads. Leaves: regions, each a list of rows from the top down.
"""

from __future__ import annotations

from itertools import accumulate
from statistics import median

from shadowgen.readers.pdf.rows import Row, lines_of

_CROSSING = 0.35  # share of rows that may stand across a gutter
_SIDE = 0.15  # share of rows that each side needs
_LETTERS = 18  # letters of a row of text in a column, by the median; rows of cells have fewer
_DEEPEST = 3
_STRIPS = 250  # into which the width of a page is cut


def gutter_of(rows: list[Row]) -> float:
    """Return the middle of the blank strip between two columns of text, or 0 if a page has none."""
    if len(rows) < 6:
        return 0.0
    extents = [(row.x0, row.x1) for row in rows]
    left, right = min(x0 for x0, _ in extents), max(x1 for _, x1 in extents)
    crossing = _crossing(extents, left, right)
    fewest = min(crossing)
    if fewest > _CROSSING * len(rows):
        return 0.0
    first, last = _longest_run([count == fewest for count in crossing])
    middle = left + (right - left) * ((first + last) / 2 + 0.5) / _STRIPS
    return middle if _reads_as_columns(rows, middle) else 0.0


def _crossing(extents: list[tuple[float, float]], left: float, right: float) -> list[int]:
    """Return how many rows stand across each strip of the width of a page; the strips near its edges count as full."""
    change = [0] * (_STRIPS + 1)
    scale = _STRIPS / max(right - left, 1.0)
    for x0, x1 in extents:
        change[min(int((x0 - left) * scale), _STRIPS - 1)] += 1
        change[min(int((x1 - left) * scale) + 1, _STRIPS)] -= 1
    counts = list(accumulate(change))[:_STRIPS]
    edge = _STRIPS // 5
    return [len(extents)] * edge + counts[edge : _STRIPS - edge] + [len(extents)] * edge


def _longest_run(chosen: list[bool]) -> tuple[int, int]:
    """Return where the longest run of chosen strips begins and ends."""
    runs: list[tuple[int, int]] = []
    for at, one in enumerate(chosen):
        if one and runs and runs[-1][1] == at - 1:
            runs[-1] = (runs[-1][0], at)
        elif one:
            runs.append((at, at))
    return max(runs, key=lambda run: run[1] - run[0])


def _reads_as_columns(rows: list[Row], middle: float) -> bool:
    """True if on both sides stand enough rows, most of which fill their side as text does."""
    for side in ([row for row in rows if row.x1 <= middle], [row for row in rows if row.x0 >= middle]):
        if len(side) < max(3, _SIDE * len(rows)):
            return False
        side = lines_of(side)
        wide = max(row.x1 for row in side) - min(row.x0 for row in side)
        full = sum(row.x1 - row.x0 > 0.75 * wide for row in side)
        if full < 0.4 * len(side) or median(len(row.text) for row in side) < _LETTERS:
            return False
    return True


def in_order(rows: list[Row], usual: float = 0.0, depth: int = 0) -> list[list[Row]]:
    """Return the rows of a page in the order of reading, by region; `usual` is the gutter of the other pages of the document."""
    if not rows:
        return []
    gutter = gutter_of(rows) or (usual if _fits(rows, usual) else 0.0)
    if not gutter or depth >= _DEEPEST:
        return [rows]
    regions: list[list[Row]] = []
    band: list[Row] = []
    across: list[Row] = []
    for row in rows:
        if row.x0 < gutter < row.x1:
            regions += _sides(band, gutter, depth)
            band = []
            across.append(row)
        else:
            if across:
                regions.append(across)
                across = []
            band.append(row)
    return regions + _sides(band, gutter, depth) + ([across] if across else [])


def _fits(rows: list[Row], gutter: float) -> bool:
    crossing = sum(row.x0 < gutter < row.x1 for row in rows)
    return bool(gutter) and crossing <= 0.6 * len(rows) and any(row.x0 >= gutter for row in rows)


def _sides(band: list[Row], gutter: float, depth: int) -> list[list[Row]]:
    """Return the left and the right column of a band."""
    sides = ([row for row in band if row.x1 <= gutter or row.x0 < gutter], [row for row in band if row.x0 >= gutter])
    return [region for side in sides if side for region in in_order(side, 0.0, depth + 1)]
