"""Find the numbers and marks that a person typed into paragraphs, where the format has no numbering of its own."""

from __future__ import annotations

from dataclasses import replace

from shadowgen.nodes import Emphasis, Inlines, Strong, Text
from shadowgen.readers.landmarks import (
    EXAMPLE,
    ITEM,
    NUMBER,
    PART,
    Counting,
    articles_named,
    ends_sentence,
    in_capitals,
    starts_unit,
    titled_articles,
)
from shadowgen.readers.original import Piece, words_in

LONGEST_HEADING = 90  # letters of a heading that no style marks


def typed_marks(pieces: list[Piece]) -> None:
    """Give marks to paragraphs without one that begin with a number that can come next, or with a mark of a list."""
    counting = Counting()
    ended = True
    for row, piece in enumerate(pieces):
        first = _opening(piece.inlines)
        words = words_in(piece.inlines).strip()
        if piece.kind == "heading" or starts_unit(words):
            counting.restart()
        if row and pieces[row - 1].kind == "quote" and words.startswith(("— ", "-- ")) and isinstance(first, Text):
            pieces[row] = replace(piece, kind="quote", style="Attribution", inlines=_without_opening(piece.inlines, 2))
        elif piece.kind == "text" and not piece.mark and not piece.style and isinstance(first, Text):
            pieces[row] = _marked(piece, first, counting, ended=ended)
        elif piece.kind == "text" and piece.mark.rstrip(".").isdigit():
            counting.take(int(piece.mark.rstrip(".")))
        ended = pieces[row].kind == "heading" or not words or ends_sentence(words)


def _is_heading(line: str) -> bool:
    """True for "Article 9", "Article 9. Liberty" and "II. PROVISIONS OF THE COVENANT"."""
    titled = len(line) <= LONGEST_HEADING and not ends_sentence(line) and titled_articles(line)
    return bool(articles_named(line) or titled or (PART.match(line) and in_capitals(line)))


def _opening(inlines: Inlines) -> Text | None:
    """Return the text that a paragraph opens with; a UN body sets what it recommends in bold, with its number."""
    first = inlines[0] if inlines else None
    if isinstance(first, Strong | Emphasis):
        return _opening(first.children)
    return first if isinstance(first, Text) else None


def _without_opening(inlines: Inlines, length: int) -> Inlines:
    """Return a paragraph without its first letters, of which its opening text has at least as many."""
    first, *rest = inlines
    if isinstance(first, Strong | Emphasis):
        inside = _without_opening(first.children, length)
        return (replace(first, children=inside), *rest) if inside else _without_opening((Text(""), *rest), 0)
    left = first.text.lstrip()[length:].lstrip() if isinstance(first, Text) else ""
    if not left and rest and isinstance(rest[0], Text):
        rest[0] = Text(rest[0].text.lstrip())
    return (Text(left), *rest) if left else tuple(rest)


def _marked(piece: Piece, first: Text, counting: Counting, *, ended: bool) -> Piece:
    text = first.text.lstrip()
    if len(piece.inlines) == 1 and _is_heading(text.rstrip()):
        counting.restart()
        return replace(piece, kind="heading")
    if EXAMPLE.match(text.strip()):
        return replace(piece, kind="box")
    number = NUMBER.match(text)
    if number and counting.fits(int(number[1]), ended):
        counting.take(int(number[1]))
        return replace(piece, mark=f"{number[1]}.", inlines=_without_opening(piece.inlines, number.end()))
    item = ITEM.match(text)
    if item:
        return replace(piece, kind="item", mark=item[1], inlines=_without_opening(piece.inlines, item.end()))
    return piece
