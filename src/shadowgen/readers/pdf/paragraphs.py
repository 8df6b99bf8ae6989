"""Rows -> paragraphs: where one ends and the next begins, by the blank between rows, indents, marks, and whether a row is full.

Enters: the rows of all regions in the order of reading. Leaves: lists of rows, each a paragraph, over the ends of columns and pages.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise

from shadowgen.readers.landmarks import ITEM, NUMBER, PART, ends_sentence, starts_unit
from shadowgen.readers.pdf.hyphens import SOFT
from shadowgen.readers.pdf.rows import Row

_FLUSH = 3.0  # pt within which a row of justified text reaches its edge
_INDENT = 0.8  # widths of an em by which the first row of a paragraph is set in
_WIDER = 1.18  # times the usual distance of rows: a blank between paragraphs


@dataclass(slots=True)
class Block:
    """Rows of one size that follow each other closely in one column; `right` is the edge that full rows reach."""

    rows: list[Row]
    left: float = 0.0
    right: float = 0.0
    justified: bool = False
    hanging: bool | None = None


@dataclass(slots=True)
class Paragraph:
    """The rows of one paragraph, and the block in which it began and ended."""

    rows: list[Row] = field(default_factory=list)
    first: Block | None = None
    last: Block | None = None


def paragraphs(regions: list[list[Row]], body: float) -> list[Paragraph]:
    """Return the paragraphs of the regions in order; a row with a table stands alone."""
    blocks = _all_blocks(regions)
    _measure(blocks)
    made: list[Paragraph] = []
    for block in blocks:
        for rows in _parted(block, body):
            before = made[-1] if made else None
            if before is not None and before.rows[-1].region != rows[0].region and _goes_on(before, rows, block, body):
                before.rows += rows
                before.last = block
            else:
                made.append(Paragraph(rows, block, block))
    return made


# ---------------------------------------------------------------- blocks


def _all_blocks(regions: list[list[Row]]) -> list[Block]:
    pitches = _pitches(regions)
    blocks: list[Block] = []
    for region in regions:
        own = _pitches([region], least=6)
        for row in region:
            before = blocks[-1].rows[-1] if blocks else None
            pitch = max(pitches.get(round(row.size, 1), 1.2 * row.size), own.get(round(row.size, 1), 0.0))
            if before is not None and before.region == row.region and _close(before, row, pitch):
                blocks[-1].rows.append(row)
            else:
                blocks.append(Block([row]))
    return blocks


def _pitches(regions: list[list[Row]], least: int = 1) -> dict[float, float]:
    """Return the usual distance between baselines for each size that has enough rows."""
    counts: dict[float, Counter[float]] = {}
    for region in regions:
        for before, row in pairwise(region):
            gap = before.y - row.y
            if abs(before.size - row.size) < 0.3 and 0.85 * row.size < gap < 2.4 * row.size and not (before.table or row.table):
                counts.setdefault(round(row.size, 1), Counter())[round(gap * 2) / 2] += 1
    return {size: _usual(gaps, least) for size, gaps in counts.items() if gaps.total() >= least}


def _usual(gaps: Counter[float], least: int) -> float:
    """Return the smallest distance that is common; where one region is asked for itself, the one that most of its rows have, or none."""
    most = max(gaps.values())
    if least > 1:
        return max(gap for gap, count in gaps.items() if count == most) if most >= 0.6 * gaps.total() else 0.0
    return min(gap for gap, count in gaps.items() if count >= 0.3 * most)


def _close(before: Row, row: Row, pitch: float) -> bool:
    """True if two rows of a column can belong to one block."""
    if before.table or row.table or before.frame != row.frame or abs(before.size - row.size) > 0.06 * row.size + 0.1:
        return False
    return 0 < before.y - row.y <= _WIDER * pitch


def _measure(blocks: list[Block]) -> None:
    """Find the edges of each block, and whether its text is justified: as most text of its size is."""
    flush: Counter[float] = Counter()
    rows: Counter[float] = Counter()
    for block in blocks:
        first = block.rows[0]
        block.left = min(row.x0 for row in block.rows)
        block.right = max(max(row.x1 for row in block.rows), first.left + 0.6 * (first.right - first.left))
        if len(block.rows) > 3:
            size = round(first.size, 1)
            rows[size] += len(block.rows) - 1
            flush[size] += sum(row.x1 > block.right - _FLUSH for row in block.rows) - 1
    for block in blocks:
        size = round(block.rows[0].size, 1)
        block.justified = flush[size] > 0.6 * rows[size] and rows[size] > 3
        block.hanging = _hanging(block)


# ---------------------------------------------------------------- where a paragraph begins


def _parted(block: Block, body: float) -> list[list[Row]]:
    """Return the rows of a block by paragraph."""
    found: list[list[Row]] = [[block.rows[0]]]
    for at in range(1, len(block.rows)):
        following = block.rows[at + 1] if at + 1 < len(block.rows) else None
        if _begins(block, found[-1], block.rows[at], following, body):
            found.append([])
        found[-1].append(block.rows[at])
    return found


def _begins(block: Block, open_: list[Row], row: Row, following: Row | None, body: float) -> bool:
    before = open_[-1]
    if starts_unit(row.text) and ends_sentence(before.text):
        return True
    if before.bold != row.bold and (before.bold or row.bold) and not mark_of(row) and not is_full(before, row, block):
        return True
    if is_large(before, body) and is_large(row, body) and before.bold == row.bold:
        return bool(PART.match(row.text)) and not is_full(before, row, block)
    if _broken_word(before):
        return False
    if begins_with_mark(row, following) or _counts_on(open_[0], row):
        return True
    if mark_of(row) and not is_full(before, row, block):
        return True
    told = _set_in(block, open_, row)
    return not is_full(before, row, block) if told is None else told


def is_large(row: Row, body: float) -> bool:
    """True if a row is in larger letters than the text."""
    return row.size > 1.08 * body


def _broken_word(row: Row) -> bool:
    return bool(re.search(rf"\w[-{SOFT}]$", row.text))


def mark_of(row: Row) -> str:
    """Return the mark of a list or the number of a paragraph with which a row begins, or an empty text."""
    match = NUMBER.match(row.text) or ITEM.match(row.text)
    return match[1] if match else ""


def _counts_on(first: Row, row: Row) -> bool:
    """True if a row begins with the number after that of the open paragraph, at the same place: "19. ..." and "20. ..."."""
    before, number = mark_of(first), mark_of(row)
    return before.isdigit() and number.isdigit() and int(number) == int(before) + 1 and abs(first.x0 - row.x0) < row.size / 2


def begins_with_mark(row: Row, following: Row | None) -> bool:
    """True if a row begins with a mark that stands apart: a wide blank after it, or the next row set in to its words."""
    mark = mark_of(row)
    if not mark or len(row.spans) < 2 or len(row.spans[0].text.strip()) > len(mark) + 1:
        return False
    first, second = row.spans[0], row.spans[1]
    return second.x0 - first.x1 > 0.42 * row.size or (following is not None and abs(following.x0 - second.x0) < 2 < following.x0 - row.x0)


def _set_in(block: Block, open_: list[Row], row: Row) -> bool | None:
    """Return if a row begins a paragraph by where it begins, in a block whose paragraphs hang or have their first rows set in; else None."""
    if len(open_) == 1 and mark_of(open_[0]) and row.x0 - open_[0].x0 > _INDENT * row.size:
        return None if block.hanging is None else False
    if block.hanging is None or _centred(open_[-1], row, block):
        return None
    return (row.x0 - block.left > _INDENT * row.size) != block.hanging


def _hanging(block: Block) -> bool | None:
    """True if the paragraphs of a block hang (all rows but the first are set in), False if their first rows are set in, None if neither is told.

    A row after a full one goes on, and a row after one that is not full begins a paragraph: most of them tell which it is.
    """
    if any(mark_of(row) for row in block.rows):
        return None
    first, *rest = [row.x0 for row in block.rows]
    if len(rest) > 1 and max(rest) - min(rest) < 2 and _INDENT < abs(rest[0] - first) / block.rows[0].size < 8:
        return rest[0] > first  # one paragraph
    votes = [
        1 if (row.x0 > before.x0) == is_full(before, row, block) else -1
        for before, row in pairwise(block.rows)
        if _INDENT < abs(row.x0 - before.x0) / row.size < 8 and not _centred(before, row, block)
    ]
    return None if not sum(votes) or (len(votes) == 1 and len(block.rows) > 3) else sum(votes) > 0


def _centred(before: Row, row: Row, block: Block) -> bool:
    """True if two rows have one middle and neither starts at the edge."""
    middle = abs((before.x0 + before.x1) - (row.x0 + row.x1)) < 6 and abs(before.x0 - row.x0) > 1
    return middle and abs((row.x0 + row.x1) - (block.rows[0].left + block.rows[0].right)) < 12


def is_full(before: Row, row: Row, block: Block) -> bool:
    """True if a row is so full that the first word of the next one had no place on it."""
    if before.x1 > block.right - _FLUSH:
        return True
    if block.justified:
        return False
    inset = block.left - before.left > _INDENT * row.size or before.frame
    right = block.right if inset else max(block.right, before.right)
    used = before.x1 - before.x0 + before.left if _centred(before, row, block) else before.x1
    slack = 6 * row.size if row.text[:1].islower() and not ends_sentence(before.text) else 0.0
    return used + 0.25 * row.size + row.spans[0].head > right - slack


# ---------------------------------------------------------------- over the end of a column or page


def _goes_on(before: Paragraph, rows: list[Row], block: Block, body: float) -> bool:
    """True if a paragraph goes on with the first rows of the next column or page."""
    last, row = before.rows[-1], rows[0]
    if last.table or row.table or abs(last.size - row.size) > 0.06 * row.size + 0.1 or bool(last.frame) != bool(row.frame):
        return False
    if is_large(last, body) or (last.bold and row.bold and ends_sentence(last.text)) or last.bold != row.bold:
        return False
    if _broken_word(last) or (row.text[:1].islower() and not mark_of(row) and not ends_sentence(last.text)):
        return True
    following = rows[1] if len(rows) > 1 else None
    if begins_with_mark(row, following) or (mark_of(row) and ends_sentence(last.text)):
        return False
    if following is not None and row.x0 - following.x0 > _INDENT * row.size:
        return False
    assert before.last is not None
    right = max(before.last.right, last.right) if len(before.last.rows) < 3 and not before.last.justified else before.last.right
    full = is_full(last, row, Block(before.last.rows, before.last.left, right, before.last.justified))
    return full and (not ends_sentence(last.text) or not row.text[:1].islower())
