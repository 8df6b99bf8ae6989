"""The whole way of a PDF into the common form."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace

from shadowgen import rules
from shadowgen.confined import run_confined
from shadowgen.diagnostics import Rule
from shadowgen.nodes import Inlines
from shadowgen.readers.original import Aside, NoteBody, Original, Place
from shadowgen.readers.pdf.child import SECONDS, unpacked
from shadowgen.readers.pdf.columns import gutter_of, in_order
from shadowgen.readers.pdf.contents import take_contents
from shadowgen.readers.pdf.hyphens import Vocabulary
from shadowgen.readers.pdf.margins import take_margins
from shadowgen.readers.pdf.notes import Notes, body_size, take_notes
from shadowgen.readers.pdf.page import Drawing, Page
from shadowgen.readers.pdf.paragraphs import paragraphs
from shadowgen.readers.pdf.pieces import pieces_of
from shadowgen.readers.pdf.rows import FRAMES, Row, lines_of, rows_of
from shadowgen.readers.pdf.tables import with_aligned, with_ruled
from shadowgen.readers.pdf.words import Wording
from shadowgen.readers.textlines import MAX_BYTES, Unreadable

CHILD = ("-P", "-m", "shadowgen.readers.pdf.child")
_WAY_OUT = "ask for the Word file, or save the PDF anew from the program that made it"
_OCR = "make a text layer with `ocrmypdf old.pdf new.pdf` and import that, or ask for the Word file"
_REFUSED: dict[str, tuple[str, str, Rule]] = {
    "locked": ("the PDF is locked with a password", "open it with its password, save it without one, and import that", rules.LOCKED_PDF),
    "broken": ("this is no PDF, or it is broken", _WAY_OUT, rules.BROKEN_PDF),
    "too long": ("the PDF has more pages or letters than a report can have", "import a part of it", rules.PDF_BEYOND_BOUNDS),
    "stopped": ("the PDF takes more time or memory to read than a report can need", _WAY_OUT, rules.PDF_BEYOND_BOUNDS),
    "scanned": ("the PDF holds pictures of pages and no text", _OCR, rules.SCANNED_PDF),
    "undecoded": ("the letters of the PDF do not say what they are", _OCR, rules.SCANNED_PDF),
}


def read_pdf(raw: bytes) -> Original:
    """Return a PDF as pieces with notes; raises `Unreadable` with the way out."""
    return from_drawing(_drawing(raw))


def _drawing(raw: bytes) -> Drawing:
    """Let a process with bounds take what the pages draw."""
    if len(raw) > MAX_BYTES:
        raise Unreadable(f"the file has {len(raw):,} bytes; the limit is {MAX_BYTES:,}", "import a part of it", rules.PDF_BEYOND_BOUNDS)
    if b"%PDF-" not in raw[:1024]:
        raise Unreadable(*_REFUSED["broken"])
    ended = run_confined(*CHILD, given=raw, seconds=SECONDS)
    if ended.how == "stopped":
        raise Unreadable(*_REFUSED["stopped"])
    try:
        answer = json.loads(ended.output)
    except ValueError:
        raise Unreadable(*_REFUSED["broken"]) from None
    if "refused" in answer:
        raise Unreadable(*_REFUSED[answer["refused"]])
    return unpacked(answer)


def from_drawing(drawing: Drawing) -> Original:
    """Return pieces and notes of what the pages of a PDF draw."""
    _refuse_scans(drawing)
    made = Original()
    margins = take_margins([(page, rows_of(page)) for page in drawing.pages])
    made.asides += margins.asides
    for number, rows in margins.rows.items():
        margins.rows[number], contents = take_contents(rows)
        made.asides += contents
    regions = _regions(drawing.pages, margins.rows)
    body = body_size(regions)
    pages = {page.number: page for page in drawing.pages}
    regions, notes = take_notes(regions, pages, body)
    vocabulary = Vocabulary(row.text for rows in [*regions, *(note.rows for note in notes.bodies)] for row in rows)
    wording = Wording(vocabulary, notes.calls)
    made.pieces = pieces_of(paragraphs(regions, body), wording, body)
    _put_notes(made, notes, wording)
    _tell(made, drawing, vocabulary)
    return made


def _refuse_scans(drawing: Drawing) -> None:
    letters = sum(len(span.text) for page in drawing.pages for span in page.spans)
    if letters < 20 * max(1, sum(page.pictures > 0 for page in drawing.pages)):
        raise Unreadable(*_REFUSED["scanned" if not drawing.undecoded else "undecoded"])
    if drawing.undecoded > letters:
        raise Unreadable(*_REFUSED["undecoded"])


def _regions(pages: tuple[Page, ...], rows: dict[int, list[Row]]) -> list[list[Row]]:
    """Return the rows of all pages in the order of reading, by column."""
    ruled = {page.number: with_ruled(page, rows.get(page.number, [])) for page in pages}
    gutters = Counter(round(gutter) for page in pages if (gutter := gutter_of(ruled[page.number])))
    usual = float(max(gutters, key=lambda one: (gutters[one], one))) if gutters else 0.0
    found: list[list[Row]] = []
    for page in pages:
        for region in in_order(ruled[page.number], usual):
            lines = lines_of(with_aligned(region))
            found.append([replace(row, region=len(found) + 1, frame=_frame_of(row, page)) for row in lines])
    return _with_edges(found)


def _frame_of(row: Row, page: Page) -> int:
    """Return the number of the frame around a row: filled or bordered, as wide as text and no background of the page; 0 if there is none."""
    wide = 0.35 * page.width
    for at, (left, bottom, right, top) in enumerate(page.frames[: FRAMES - 1], 1):
        inside = left - 2 <= row.x0 and row.x1 <= right + 2 and bottom - 2 <= row.y and row.y + 0.6 * row.size <= top + 2
        if inside and right - left > wide and top - bottom < 0.85 * page.height and row.table is None:
            return page.number * FRAMES + at
    return 0


def _with_edges(regions: list[list[Row]]) -> list[list[Row]]:
    """Give regions whose rows are all set in the edges that the columns of the document have."""
    lefts = Counter(round(region[0].left) for region in regions for _ in region)
    rights = Counter(round(region[0].right) for region in regions for _ in region)
    most_left, most_right = max(lefts.values(), default=0), max(rights.values(), default=0)
    made = []
    for region in regions:
        left, right = region[0].left, region[0].right
        near = [x for x, count in lefts.items() if count > 0.2 * most_left and left - 90 < x <= left + 1]
        far = [x for x, count in rights.items() if count > 0.2 * most_right and right - 1 <= x < right + 90]
        left, right = min([left, *near]), max([right, *far])
        made.append([replace(row, left=left, right=right) for row in region])
    return made


def _put_notes(made: Original, notes: Notes, wording: Wording) -> None:
    """Put the bodies of notes; one that nothing calls is told."""
    for note in notes.bodies:
        inlines: Inlines = wording.inlines(note.rows)
        place = Place(page=note.page)
        if note.number:
            made.notes[note.number] = NoteBody(note.number, inlines, place)
        else:
            words = " ".join(row.text for row in note.rows)
            made.asides.append(Aside("note without a call", f"{note.label} {words}".strip(), place))
    for number, label in notes.printed.items():
        if not label.isdigit():
            made.asides.append(Aside("sign of a note", label, made.notes[number].place if number in made.notes else Place()))


def _tell(made: Original, drawing: Drawing, vocabulary: Vocabulary) -> None:
    """Tell what could not be read or has no place in the text."""
    for page in drawing.pages:
        if page.turned:
            made.asides.append(Aside("text across the page", page.turned, Place(page=page.number)))
        if page.pictures and not page.spans:
            made.doubts.append(Aside("page without text", "it is a picture; its words are not here", Place(page=page.number)))
    for number in drawing.broken:
        made.doubts.append(Aside("page that is broken", "its words are not here", Place(page=number)))
    for kept, said in (("-", "kept in"), ("", "left out of")):
        words = sorted(word for word, hyphen in vocabulary.guesses.items() if hyphen == kept)
        if words:
            made.doubts.append(Aside("hyphens at the ends of lines", f"{said} {', '.join(words)}", Place()))
