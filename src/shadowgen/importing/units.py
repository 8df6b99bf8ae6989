"""What a report is made of: units, what each answers, and the outline that holds them in order."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from shadowgen.catalogue import ArticleRef
from shadowgen.readers.original import Piece, Place, words_in


@dataclass(slots=True, eq=False)
class Asked:
    """What a unit answers: a recommendation, pledge or question, in the words of the original."""

    kind: str
    label: str
    place: Place
    title: str = ""
    pieces: list[Piece] = field(default_factory=list)
    number: str = ""
    summary: str = ""

    @property
    def summed_up(self) -> bool:
        """True if the original gives the matter in words of its authors: our own Word files put official wording in quotation marks."""
        first = words_in(self.pieces[0].inlines).lstrip() if self.pieces else ""
        ours = bool(self.pieces) and (self.pieces[0].style == "Commitment" or self.pieces[0].kind == "quote")
        return ours and first[:1] not in ("“", "«", "‘")

    @property
    def words(self) -> str:
        """The wording as one text, with the letters of its lists."""
        marks = [piece.mark if re.search(r"\w", piece.mark) else "" for piece in self.pieces]
        words = " ".join(f"{mark} {words_in(piece.inlines)}" for mark, piece in zip(marks, self.pieces, strict=True))
        return " ".join(words.split())


@dataclass(slots=True, eq=False)
class Unit:
    """What becomes one section. `kind` is matter, article or answer."""

    kind: str
    title: str
    place: Place
    part: int = 0
    level: int = 2
    refs: list[ArticleRef] = field(default_factory=list)
    asked: Asked | None = None
    also: list[Asked] = field(default_factory=list)
    pieces: list[Piece] = field(default_factory=list)
    lead: Piece | None = None
    asks: list[Piece] = field(default_factory=list)


@dataclass(slots=True)
class Outline:
    """A report by its units, in order, and what stands around them."""

    title: str = ""
    date: str = ""
    addressee: str = ""
    salutation: str = ""
    parts: list[tuple[str, Place]] = field(default_factory=list)
    units: list[Unit] = field(default_factory=list)
    asked: list[Asked] = field(default_factory=list)
    signatories: list[Piece] = field(default_factory=list)
    remainder: list[tuple[str, Piece]] = field(default_factory=list)
    structure: list[str] = field(default_factory=list)
