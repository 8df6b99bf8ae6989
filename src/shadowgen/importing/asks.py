"""Find what a unit asks for: the list at its end with the words that lead to it, or its last words, "We urge you to ..."."""

from __future__ import annotations

from dataclasses import replace

from shadowgen.importing.units import Unit
from shadowgen.nodes import Text
from shadowgen.readers.landmarks import ASKING, SEE, URGING
from shadowgen.readers.original import Piece, words_in


def take_asks(unit: Unit) -> None:
    """Make asks of the last numbered lead-in (or "we call on you to:") with the list after it."""
    pieces = unit.pieces
    if unit.asked is not None and unit.asked.kind == "constitution":
        return
    end = len(pieces)
    while end and SEE.match(words_in(pieces[end - 1].inlines).strip()):
        end -= 1
    if any(piece.style == "Ask" for piece in pieces):
        first = next(row for row, piece in enumerate(pieces) if piece.style == "Ask")
        last = max(row for row, piece in enumerate(pieces) if piece.style == "Ask")
        _set_asks(unit, first, last + 1)
        return
    start = end
    while start and pieces[start - 1].kind == "item":
        start -= 1
    if start < end and start and ASKING.search(words_in(pieces[start - 1].inlines)):
        _set_asks(unit, start, end)
        return
    if end and pieces[end - 1].kind == "text" and (urged := _urged(pieces[end - 1])):
        unit.lead, unit.asks = urged[0], [urged[1]]
        unit.pieces = pieces[: end - 1] + pieces[end:]
        return
    numbered = [row for row, piece in enumerate(pieces) if piece.kind == "text" and piece.mark.rstrip(".").isdigit()]
    if unit.kind != "matter" or not numbered or not numbered[0] or numbered[-1] - numbered[0] != len(numbered) - 1:
        return
    lead = words_in(pieces[numbered[0] - 1].inlines).rstrip()
    if lead.endswith(":") and ASKING.search(lead):
        _set_asks(unit, numbered[0], numbered[-1] + 1)


def _urged(piece: Piece) -> tuple[Piece, Piece] | None:
    """Split "The Network urges you to free them." into the words that lead and what is asked for."""
    first = piece.inlines[0] if piece.inlines else None
    match = URGING.match(first.text.lstrip()) if isinstance(first, Text) else None
    if match is None or not isinstance(first, Text):
        return None
    rest = Text(first.text.lstrip()[match.end() :].lstrip())
    return replace(piece, inlines=(Text(match[0]),)), replace(piece, mark="", inlines=(rest, *piece.inlines[1:]))


def _set_asks(unit: Unit, start: int, end: int) -> None:
    unit.lead, unit.asks = unit.pieces[start - 1], unit.pieces[start:end]
    unit.pieces = unit.pieces[: start - 1] + unit.pieces[end:]
