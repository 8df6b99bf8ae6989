"""Find the numbers and marks that a person typed into paragraphs, where the format has no numbering of its own."""

from __future__ import annotations

from dataclasses import replace

from shadowgen.nodes import Text
from shadowgen.readers.landmarks import EXAMPLE, ITEM, NUMBER, Counting, articles_named, ends_sentence, starts_unit
from shadowgen.readers.original import Piece, words_in


def typed_marks(pieces: list[Piece]) -> None:
    """Give marks to paragraphs without one that begin with a number that can come next, or with a mark of a list."""
    counting = Counting()
    before = ""
    for row, piece in enumerate(pieces):
        first = piece.inlines[0] if piece.inlines else None
        words = words_in(piece.inlines).strip()
        if piece.kind == "heading" or starts_unit(words):
            counting.restart()
        if row and pieces[row - 1].kind == "quote" and words.startswith(("— ", "-- ")) and isinstance(first, Text):
            said = (Text(first.text.lstrip()[2:].lstrip()), *piece.inlines[1:])
            pieces[row] = replace(piece, kind="quote", style="Attribution", inlines=said)
        elif piece.kind == "text" and not piece.mark and not piece.style and isinstance(first, Text):
            pieces[row] = _marked(piece, first, counting, before)
        elif piece.kind == "text" and piece.mark.rstrip(".").isdigit():
            counting.take(int(piece.mark.rstrip(".")))
        before = words


def _marked(piece: Piece, first: Text, counting: Counting, before: str) -> Piece:
    text = first.text.lstrip()
    if articles_named(text) and len(piece.inlines) == 1:
        counting.restart()
        return replace(piece, kind="heading")
    if EXAMPLE.match(text.strip()):
        return replace(piece, kind="box")
    number = NUMBER.match(text)
    if number and counting.fits(int(number[1]), not before or ends_sentence(before)):
        counting.take(int(number[1]))
        return replace(piece, mark=f"{number[1]}.", inlines=(Text(text[number.end() :].lstrip()), *piece.inlines[1:]))
    item = ITEM.match(text)
    if item:
        return replace(piece, kind="item", mark=item[1], inlines=(Text(text[item.end() :].lstrip()), *piece.inlines[1:]))
    return piece
