"""A document that we built as Markdown -> a plain Word file of the same words, to be compared with another version.

Enters: bytes. Leaves: bytes of a .docx without cover or contents, whose notes are real notes. Raises ValueError for what is no such Markdown.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from shadowgen.locales import has_locale, locale
from shadowgen.looks import load_look
from shadowgen.nodes import Block, Cell, Heading, Inlines, Meta, Note, NoteCall, Paragraph, Submission, Table, Text
from shadowgen.readers.markdowntext import read_markdown
from shadowgen.readers.original import NoteBody, Piece
from shadowgen.readers.textlines import Unreadable
from shadowgen.workspace import Workspace


@dataclass(slots=True)
class _Notes:
    """Counts the calls of notes as they are met; a call whose note is missing or was called before stays as its figure."""

    bodies: dict[int, NoteBody]
    notes: list[Note] = field(default_factory=list)
    called: set[int] = field(default_factory=set)

    def settle(self, inlines: Inlines) -> Inlines:
        """Return inlines with the calls renumbered."""
        return tuple(self._call(one.note) if isinstance(one, NoteCall) else one for one in inlines)

    def _call(self, number: int) -> NoteCall | Text:
        if number not in self.bodies or number in self.called:
            return Text(str(number))
        self.called.add(number)
        self.notes.append(Note(len(self.notes) + 1, tuple(one for one in self.bodies[number].inlines if not isinstance(one, NoteCall))))
        return NoteCall(len(self.notes))


def word_of_markdown(raw: bytes, language: str, workspace: Workspace) -> bytes:
    """Return the Word file, in the look `un`."""
    from shadowgen.writers.docx import write_docx

    try:
        original = read_markdown(raw)
    except Unreadable as error:
        raise ValueError(str(error)) from error
    notes = _Notes(original.notes)
    blocks = tuple(_block(piece, place, notes) for place, piece in enumerate(original.pieces, 1))
    tongue = locale(language if has_locale(language) else "en")
    look, problems = load_look(workspace, "un")
    if look is None:
        raise ValueError(str(problems[0]))
    submission = Submission(Meta("", tongue.language, "compared"), blocks, tuple(notes.notes))
    return write_docx(submission, tongue, look.in_script(tongue.script))


def _block(piece: Piece, place: int, notes: _Notes) -> Block:
    words = notes.settle(piece.inlines)
    if piece.kind == "heading":
        return Heading(min(piece.level, 4), words, f"h{place}")
    if piece.kind == "table":
        head, *rows = ([Cell(notes.settle(cell)) for cell in row] for row in piece.rows)
        return Table((), tuple(head), tuple(tuple(row[: len(head)] + [Cell(())] * (len(head) - len(row))) for row in rows), f"t{place}")
    number = re.fullmatch(r"(\d+)\\?\.", piece.mark)
    if number:
        return Paragraph(words, numbered=True, number=int(number[1]), anchor=f"p{place}")
    return Paragraph((Text(f"{piece.mark} "), *words) if piece.mark else words)
