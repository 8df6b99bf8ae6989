"""The order in which a page is read: columns side by side, and what stands across them.

Enters: the rows of a page without running heads. Leaves: regions, each a list of rows from the top down.
"""

from __future__ import annotations

from statistics import median

from shadowgen.readers.pdf.rows import Row

_CROSSING = 0.35  # share of rows that may stand across a gutter
_SIDE = 0.15  # share of rows that each side needs
_LETTERS = 18  # letters of a row of text in a column, by the median; rows of cells have fewer
_DEEPEST = 3


def gutter_of(rows: list[Row]) -> float:
    """Return the middle of the blank strip between two columns of text, or 0 if a page has none."""
    if len(rows) < 6:
        return 0.0
    left, right = min(row.x0 for row in rows), max(row.x1 for row in rows)
    best: tuple[int, float] = (len(rows), 0.0)
    strip: list[float] = []
    step = 2.0
    x = left + 0.2 * (right - left)
    while x < left + 0.8 * (right - left):
        crossing = sum(row.x0 < x < row.x1 for row in rows)
        if crossing < best[0]:
            best, strip = (crossing, x), [x]
        elif crossing == best[0]:
            strip.append(x)
        x += step
    if not strip or best[0] > _CROSSING * len(rows):
        return 0.0
    run = _longest_run(strip, step)
    middle = (run[0] + run[-1]) / 2
    return middle if _reads_as_columns(rows, middle) else 0.0


def _longest_run(strip: list[float], step: float) -> list[float]:
    runs: list[list[float]] = [[strip[0]]]
    for x in strip[1:]:
        if x - runs[-1][-1] > step * 1.5:
            runs.append([])
        runs[-1].append(x)
    return max(runs, key=len)


def _reads_as_columns(rows: list[Row], middle: float) -> bool:
    """True if on both sides stand enough rows, most of which fill their side as text does."""
    for side in ([row for row in rows if row.x1 <= middle], [row for row in rows if row.x0 >= middle]):
        if len(side) < max(3, _SIDE * len(rows)):
            return False
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
