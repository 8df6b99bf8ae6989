"""Notes at the bottom of pages and at the end, and the raised figures in the text that call them.

Enters: the regions of all pages. Leaves: the regions without notes, the notes with their rows, and which span calls which note.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from itertools import pairwise
from statistics import median

from shadowgen.readers.pdf.page import Page, Span
from shadowgen.readers.pdf.rows import Row

_SMALLER = 0.4  # pt by which notes are smaller than the text, at least
_LABEL = re.compile(r"\d{1,4}|[*†‡§]{1,4}|[ivxlc]{1,6}")
_TYPED = re.compile(r"\[?(\d{1,4})[.)\]]?(?=\s|$)")
_LOST_CHAIN = 40  # a call may be that of a lost note if it counts on from the last one by no more


@dataclass(slots=True)
class PdfNote:
    """A note: what stands before it ("12", "*"), the rows of its words, the page on which it begins; `number` is its own in the document."""

    label: str
    page: int
    rows: list[Row]
    number: int = 0


@dataclass(slots=True)
class Notes:
    """All notes of a document, and the numbers of the notes that a span calls."""

    bodies: list[PdfNote] = field(default_factory=list)
    calls: dict[tuple[int, Span], tuple[int, ...]] = field(default_factory=dict)
    lost: list[tuple[int, int]] = field(default_factory=list)
    printed: dict[int, str] = field(default_factory=dict)


def body_size(regions: list[list[Row]]) -> float:
    """Return the size of most letters of a document."""
    weights: Counter[float] = Counter()
    for region in regions:
        for row in region:
            weights[round(row.size, 1)] += len(row.text)
    return max(weights, key=lambda size: (weights[size], size)) if weights else 0.0


def take_notes(regions: list[list[Row]], pages: dict[int, Page], body: float) -> tuple[list[list[Row]], Notes]:
    """Part notes from text and tie them to their calls."""
    found = Notes()
    kept: list[list[Row]] = []
    largest = _note_size(regions, body)
    for region in regions:
        start = _start(region, pages[region[0].page], largest, bool(found.bodies))
        kept.append(region[:start])
        if start < len(region):
            _into_notes(region[start:], found)
    kept = _endnotes([region for region in kept if region], found)
    _tie(kept, found)
    return kept, found


def _note_size(regions: list[list[Row]], body: float) -> float:
    """Return the largest size that rows of notes have: that of most rows which begin with a raised figure, if it is smaller than that of the text."""
    sizes = Counter(
        round(row.size, 1) for region in regions for row in region if row.table is None and row.size < body - 0.2 and _raised_label(row)
    )
    return sizes.most_common(1)[0][0] + 0.2 if sizes else body - _SMALLER


def _start(region: list[Row], page: Page, largest: float, going_on: bool) -> int:
    """Return the first row of a region that is a note's, or the number of its rows."""
    start = len(region)
    while start and region[start - 1].size <= largest and region[start - 1].table is None and not region[start - 1].frame:
        start -= 1
    ruled = [at for at in range(len(region)) if _ruled_off(region, at, page)]
    if ruled and (not start < len(region) or ruled[-1] > start) and _raised_label(region[ruled[-1]]):
        start = ruled[-1]  # notes in the letters of the text, or below other small rows
    first = next((at for at in range(start, len(region)) if label_of(region[at])), None)
    apart = start < len(region) and going_on and (start in ruled or _far(region, start))
    if first is None:
        return start if apart else len(region)
    return start if apart else first


def _ruled_off(region: list[Row], at: int, page: Page) -> bool:
    """True if a ruled line stands right above a row and below the row before it."""
    row = region[at]
    top = region[at - 1].y if at else page.height
    lines = [box[1] for box in page.rules] + [box[3] for box in page.frames]
    return any(row.y + 0.5 * row.size < y < min(top, row.y + 3.5 * row.size) for y in lines)


def _far(region: list[Row], at: int) -> bool:
    return at == 0 or region[at - 1].y - region[at].y > 1.6 * region[at].size


def label_of(row: Row) -> str:
    """Return what a row begins with if that is the label of a note: a raised figure or sign, or a number with a blank after it."""
    first = row.spans[0]
    words = first.text.strip()
    if row.raised(first) or (len(row.spans) > 1 and first.size < 0.9 * row.size):
        match = re.match(_LABEL, words.strip("()[]."))
        return match[0] if match else ""
    typed = _TYPED.match(row.text)
    return typed[1] if typed and len(row.text) > len(typed[0]) else ""


def _raised_label(row: Row) -> str:
    return label_of(row) if row.raised(row.spans[0]) else ""


def _into_notes(rows: list[Row], found: Notes) -> None:
    """Cut the rows of a zone into notes; rows before the first label end the last note of the page before."""
    raised = any(_raised_label(row) for row in rows)
    for row in rows:
        label = _raised_label(row) if raised else _next_typed(row, found)
        if label:
            found.bodies.append(PdfNote(label, row.page, [_without_label(row, label)]))
        elif found.bodies:
            found.bodies[-1].rows.append(row)
        else:
            found.bodies.append(PdfNote("", row.page, [row]))


def _next_typed(row: Row, found: Notes) -> str:
    """Return the typed number of a row if it counts on, so that no year or page at the start of a row begins a note."""
    label = label_of(row)
    if not label.isdigit():
        return label
    last = found.bodies[-1].label if found.bodies else ""
    fits = int(label) == 1 or not last.isdigit() or int(last) < int(label) <= int(last) + 3
    return label if fits else ""


def _without_label(row: Row, label: str) -> Row:
    """Return a row without the label at its start."""
    first, *rest = row.spans
    text = first.text.lstrip().lstrip("([").removeprefix(label)
    left = re.sub(r"^[.)\]]?\s+|^[.)\]]$", "", text) if text.strip() else ""
    if left.strip():
        return replace(row, spans=(replace(first, text=left), *rest))
    return replace(row, spans=tuple(rest)) if rest else replace(row, spans=(replace(first, text=""),))


# ---------------------------------------------------------------- notes at the end


def _endnotes(regions: list[list[Row]], found: Notes) -> list[list[Row]]:
    """Take the notes off the end of a document: rows that begin with raised figures, counting up from the first, after the last call."""
    flat = [(place, at) for place, region in enumerate(regions) for at in range(len(region))]
    starts = [(place, at) for place, at in flat if regions[place][at].table is None and _raised_label(regions[place][at])]
    chain: list[tuple[int, int]] = []
    wanted = None
    for place, at in reversed(starts):
        label = _raised_label(regions[place][at])
        number = int(label) if label.isdigit() else 0
        if not number or (wanted is not None and number != wanted):
            continue
        chain.append((place, at))
        wanted = number - 1
        if not wanted:
            break
    if wanted != 0 or len(chain) < 2 or not _at_edges(regions, chain):
        return regions
    place, at = chain[-1]
    rows = [*regions[place][at:], *(row for region in regions[place + 1 :] for row in region)]
    _into_notes([row for row in rows if row.table is None], found)
    return [region for region in [*regions[:place], regions[place][:at]] if region]


def _at_edges(regions: list[list[Row]], chain: list[tuple[int, int]]) -> bool:
    """True if the rows of a chain begin where rows of their region begin, and hold all that follows."""
    return median(regions[place][at].x0 - regions[place][at].left for place, at in chain) < 20


# ---------------------------------------------------------------- calls


def _tie(regions: list[list[Row]], found: Notes) -> None:
    """Tie each raised figure of the text to a note: that of its page, of the next one, or the only one of this label."""
    waiting: dict[str, list[PdfNote]] = {}
    for body in found.bodies:
        waiting.setdefault(body.label, []).append(body)
    made, last = 0, 0
    told = bool(found.bodies) or _counts_up(regions)
    for row in _all_rows(regions):
        for span in row.spans:
            if not row.raised(span):
                continue
            numbers: list[int] = []
            if re.fullmatch(r"\s*[,;–-]\s*", span.text):
                found.calls[(row.page, span)] = ()  # what parts two calls
            for label in _labels(span.text):
                body = _body_for(label, row.page, waiting)
                lost = told and label.isdigit() and last < int(label) <= last + _LOST_CHAIN
                if body is None and not lost:
                    continue
                made += 1
                numbers.append(made)
                found.printed[made] = label
                last = int(label) if label.isdigit() else last
                if body is not None:
                    body.number = made
                else:
                    found.lost.append((made, row.page))
            if numbers:
                found.calls[(row.page, span)] = tuple(numbers)
    _keep_printed(found)


def _counts_up(regions: list[list[Row]]) -> bool:
    """True if the raised figures of a document count up from 1, as calls of notes do whose words are not there."""
    raised = [span.text.strip() for row in _all_rows(regions) for span in row.spans if row.raised(span)]
    figures = [int(text) for text in raised if text.isdigit()]
    return len(figures) > 2 and figures[0] == 1 and all(0 < after - before < 3 for before, after in pairwise(figures))


def _labels(text: str) -> list[str]:
    """Return the labels in a raised span, or nothing if it holds anything else."""
    words = text.strip().strip("()[]")
    parts = re.split(r"[,;\s]+", words.strip(" ,;"))
    return parts if all(re.fullmatch(_LABEL, part) for part in parts) else []


def _all_rows(regions: list[list[Row]]) -> list[Row]:
    rows: list[Row] = []
    for region in regions:
        for row in region:
            if row.table is None:
                rows.append(row)
            else:
                rows += [line for cells in row.table.cells for cell in cells for line in cell]
    return rows


def _body_for(label: str, page: int, waiting: dict[str, list[PdfNote]]) -> PdfNote | None:
    """Return the note that a call on a page means, and take it from those that wait."""
    bodies = waiting.get(label, [])
    for at, body in enumerate(bodies):
        if body.page in (page, page + 1) or (len(bodies) == 1 and body.page > page):
            return bodies.pop(at)
    return None


def _keep_printed(found: Notes) -> None:
    """Number the notes as they are printed where that is one count through the whole document, else as they are called."""
    labels = list(found.printed.values())
    if not labels or not all(label.isdigit() for label in labels):
        return
    printed = {number: int(label) for number, label in found.printed.items()}
    values = list(printed.values())
    if values != sorted(set(values)):
        return
    found.calls = {key: tuple(printed[number] for number in numbers) for key, numbers in found.calls.items()}
    found.lost = [(printed[number], page) for number, page in found.lost]
    for body in found.bodies:
        body.number = printed.get(body.number, 0)
