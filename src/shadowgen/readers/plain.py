"""Read a text file: lines, pages, notes, paragraphs."""

from __future__ import annotations

import re

from shadowgen.nodes import Text
from shadowgen.readers.landmarks import NUMBER
from shadowgen.readers.notebodies import bodies
from shadowgen.readers.notecalls import Call, find_calls
from shadowgen.readers.original import Aside, NoteBody, Original, Piece, Place
from shadowgen.readers.pagetext import Pages, part_pages
from shadowgen.readers.reflow import inlines_of, reflow
from shadowgen.readers.textlines import Line, lines_of


def read_plain(raw: bytes) -> Original:
    """Return the text of a file as pieces with notes; raises `Unreadable`."""
    return from_lines(lines_of(raw))


def from_lines(lines: list[Line]) -> Original:
    """Return pieces and notes of lines."""
    pages = part_pages(lines)
    calls = find_calls(pages.running) if pages.zones else []
    per_page: dict[int, list[int]] = {}
    for call in calls:
        per_page.setdefault(pages.running[call.row].page, []).append(call.number)
    notes = bodies(pages.zones, per_page)
    called = {call.number for call in calls}
    made = Original(notes={number: note for number, note in notes.items() if number in called})
    for number, note in sorted(notes.items()):
        if number not in called:
            made.asides.append(Aside("note without a call", f"{number} {_plain(note)}", note.place))
    made.asides += [Aside("page number", line.text, Place(line.number, line.page)) for line in pages.numbers]
    made.pieces = _with_tables(reflow(_marked(pages.running, calls)), pages)
    _tell_doubts(made, calls, pages)
    return made


def _plain(note: NoteBody) -> str:
    return "".join(inline.text for inline in note.inlines if isinstance(inline, Text))


def _marked(lines: list[Line], calls: list[Call]) -> list[Line]:
    """Put a mark in place of the figures of each call."""
    marked = list(lines)
    for call in reversed(calls):
        line = marked[call.row]
        after = line.text[call.end :]
        apart = " " if after[:1].isalnum() else ""  # "the Civil Code106does"
        text = f"{line.text[: call.start].rstrip()}\ue000{call.number}\ue001{apart}{after}"
        marked[call.row] = Line(line.number, text, line.indent, line.gap, line.form_feed, line.page, line.after_page)
    return marked


def _tell_doubts(made: Original, calls: list[Call], pages: Pages) -> None:
    for call in calls:
        line = pages.running[call.row]
        if call.weight < 0.5:
            words = f"note {call.number} is called after “{line.text[max(0, call.start - 30) : call.start].strip()}”"
            made.doubts.append(Aside("call of a note", words, Place(line.number, line.page)))
    for note in made.notes.values():
        if note.guess:
            made.doubts.append(Aside("number of a note", f"note {note.number}: {note.guess}", note.place))
    numbers = [call.number for call in calls]
    missing = sorted(set(range(1, max(numbers, default=0) + 1)) - set(numbers))
    for number in missing:
        made.doubts.append(Aside("call of a note", f"no call of note {number} was found", Place()))


# ---------------------------------------------------------------- tables whose cells came out one by one


def _with_tables(pieces: list[Piece], pages: Pages) -> list[Piece]:
    for before, figures in pages.figures.items():
        place = next((row for row in range(len(pieces) - 1, -1, -1) if pieces[row].place.line <= before), -1)
        if place >= 0:
            pieces[place : place + 1] = _table(pieces[place], figures)
    return pieces


_YEAR = re.compile(r"(?:19|20)\d\d")


def _table(lead: Piece, figures: list[Line]) -> list[Piece]:
    """Build a table of lone figures: years for columns, the sentences before them for the names of its rows."""
    cells = [line.text for line in figures]
    columns = next((place for place, cell in enumerate(cells) if not _YEAR.fullmatch(cell)), len(cells))
    words = "".join(inline.text if isinstance(inline, Text) else f"\ue000{inline.note}\ue001" for inline in lead.inlines)  # type: ignore[union-attr]
    count = (len(cells) - columns) // columns if columns > 1 else 0
    labels = _labels(words, count)
    place = Place(figures[0].number, figures[0].page)
    if not labels or columns * (count + 1) != len(cells):
        return [lead, *(Piece("text", (Text(cell),), place) for cell in cells)]
    head, *names = labels
    rows = [(head, *cells[:columns])]
    rows += [(name, *cells[columns * (row + 1) : columns * (row + 2)]) for row, name in enumerate(names)]
    caption, lead_words = _caption(words[: words.index(head)].strip())
    before = [Piece(lead.kind, inlines_of(lead_words), lead.place, lead.mark, after_gap=lead.after_gap)] if lead_words else []
    table = Piece("table", inlines_of(caption), place, rows=tuple(tuple((Text(cell),) for cell in row) for row in rows))
    return [*before, table]


def _labels(words: str, count: int) -> list[str]:
    """Return the name of the first column and of each row, or an empty list: rows that all begin with one word and a number."""
    starts = [match.start() for match in re.finditer(r"\b[A-Z][a-z]+ \d+\. ", words)]
    if count < 1 or len(starts) < count:
        return []
    starts = starts[-count:]
    ends = [*starts[1:], len(words)]
    before = words[: starts[0]].rstrip()
    head = re.search(r"(?:(?<=[)\ue001.:]) |^)([A-Z][^.:()]*)$", before)
    return [head[1], *(words[start:end].strip() for start, end in zip(starts, ends, strict=True))] if head else []


def _caption(words: str) -> tuple[str, str]:
    """Split what stands before a table into its caption and the words that lead to it."""
    lead, colon, caption = words.partition(": ")
    if NUMBER.match(words) or not colon:
        return words, ""
    return caption, lead + ":"
