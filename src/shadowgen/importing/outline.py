"""Recognise what a report is made of: parts, units under their headings, what each answers, asks, signatures.

Enters: an `Original`. Leaves: an `Outline`, in the order of the original; nothing of its words is dropped.
"""

from __future__ import annotations

import re
from dataclasses import replace

from shadowgen.catalogue import ArticleRef
from shadowgen.importing.asks import take_asks
from shadowgen.importing.units import Asked, Outline, Unit
from shadowgen.nodes import Text
from shadowgen.readers.landmarks import (
    ASKING,
    CALL,
    CONTRARY,
    LABEL,
    PART,
    PLEDGE,
    QUESTION,
    RECOMMENDATION,
    SALUTATION,
    SEE,
    SIGNED,
    articles_named,
    in_capitals,
    titled_articles,
)
from shadowgen.readers.original import Original, Piece, Place, words_in, words_of_piece

DATE = re.compile(r"^(?:\d{1,2} [A-Za-z]+,? \d{4}|[A-Z][a-z]+ \d{1,2}, \d{4}|\d{1,2}\.\d{1,2}\.\d{4}|[A-Z][a-z]+ \d{4})\.?$")


def recognise(original: Original) -> Outline:
    """Return the outline of a report."""
    found = Outline()
    pieces = _letter(found, original.pieces)
    walker = _Walker(found)
    for piece in pieces:
        walker.take(piece)
    for place, unit in enumerate(found.units):
        _drop_see_also(found, unit, found.units[place + 1 :])
        take_asks(unit)
    found.units = [
        part for place, unit in enumerate(found.units) if _says_something(unit, found.units[place + 1 :]) for part in _parts(unit)
    ]
    return found


def _drop_see_also(found: Outline, unit: Unit, after: list[Unit]) -> None:
    """Take out the line "For more information, see ..." of our own Word files, which templates print again, but where it is the whole answer."""
    others = [piece for piece in unit.pieces if piece.style != "SeeAlso"]
    if others or unit.asked is None or any(one.asked is unit.asked for one in after):
        found.structure += [words_of_piece(piece) for piece in unit.pieces if piece.style == "SeeAlso"]
        unit.pieces = others


def _says_something(unit: Unit, after: list[Unit]) -> bool:
    """False for a heading without words of its own, unless it is the only one that answers something."""
    return bool(unit.pieces or unit.asks or (unit.asked and not any(one.asked is unit.asked for one in after)))


LONGEST_UNIT = 500_000  # letters: in any script far less than a file of ours may hold


def _parts(unit: Unit) -> list[Unit]:
    """Cut a unit that would be too long for one file."""
    parts: list[list[Piece]] = [[]]
    size = 0
    for piece in unit.pieces:
        length = len(words_of_piece(piece))
        if parts[-1] and size + length > LONGEST_UNIT:
            parts.append([])
            size = 0
        parts[-1].append(piece)
        size += length
    if len(parts) == 1:
        return [unit]
    cut = [replace(unit, pieces=part, lead=None, asks=[]) for part in parts]
    cut[-1].lead, cut[-1].asks = unit.lead, unit.asks
    return cut


class _Walker:
    """Goes through the pieces once, opening a unit at each heading that asks for one."""

    def __init__(self, outline: Outline) -> None:
        self.outline = outline
        self.unit: Unit | None = None
        self.asked: Asked | None = None
        self.group: tuple[int, str, list[ArticleRef]] = (0, "", [])
        self.in_asked = False
        self.in_label = False
        self.in_signatures = False

    def take(self, piece: Piece) -> None:
        """Put one piece where it belongs."""
        words = " ".join(words_in(piece.inlines).split())
        if self.in_signatures and piece.mark and piece.kind in ("text", "item"):
            self.outline.signatories.append(piece)
            self.outline.structure.append(piece.mark)
        elif self.outline.signatories and self.outline.salutation:
            self.outline.remainder.append(("stands after the signatures", piece))
        elif piece.kind == "heading":
            self.in_signatures = False
            self._heading(piece, words)
        elif match := RECOMMENDATION.match(words) or PLEDGE.match(words) or QUESTION.match(words):
            self._asked(piece, words, match)
        elif piece.style == "SeeAlso" and self.unit is not None:
            self.unit.pieces.append(piece)
        elif (piece.style == "Commitment" and self.asked is not None) or (
            piece.kind == "quote" and self.in_label and self.asked is not None
        ):
            self.asked.pieces.append(piece)
        elif piece.style == "Label" or (piece.kind == "text" and LABEL.match(words)):
            self._label(piece, words)
        elif SIGNED.search(words) and words.endswith(":") and len(words) < 200 and not ASKING.search(words):
            self.in_signatures = True
            self._open(Unit("matter", "", piece.place))
            self._into(piece)
        elif piece.kind == "text" and CONTRARY.match(words):
            self._contrary(piece, words)
        else:
            if self._ends_contrary(piece):
                self._open(Unit("matter", "", piece.place))
            self._text(piece, words)

    def _contrary(self, piece: Piece, words: str) -> None:
        """What runs contrary to articles of a constitution answers them; its words stay with what follows."""
        asked = [_article(number, rest, piece.place) for number, rest in _NAMED.findall(words)]
        self.outline.asked += [one for one in asked if one.number not in {other.number for other in self.outline.asked}]
        standing = [next(one for one in self.outline.asked if one.number == other.number) for other in asked]
        if self.unit is None or self.unit.pieces or not self.unit.title:
            self._open(Unit("answer", standing[0].label, piece.place))
        assert self.unit is not None
        self.unit.kind, self.unit.asked, self.unit.also = "answer", standing[0], standing[1:]
        self._into(piece)

    def _ends_contrary(self, piece: Piece) -> bool:
        """True if the list of what runs contrary to a constitution is over."""
        unit = self.unit
        of_constitution = unit is not None and unit.asked is not None and unit.asked.kind == "constitution"
        return of_constitution and piece.kind == "text" and unit is not None and unit.pieces[-1].kind == "item"

    def _text(self, piece: Piece, words: str) -> None:
        asked = self.asked if self.in_asked else None
        goes_on = not piece.mark.rstrip(".").isdigit() and not SEE.match(words) and piece.kind in ("text", "item", "quote")
        if asked is not None and asked.kind != "pledge" and goes_on:
            asked.pieces.append(piece)
            return
        self.in_asked = False
        self._into(piece)

    def _into(self, piece: Piece) -> None:
        self.in_asked = self.in_label = False
        if self.unit is None:
            self._open(Unit("matter", "", piece.place))
        assert self.unit is not None
        self.unit.pieces.append(piece)

    def _open(self, unit: Unit) -> None:
        unit.part = len(self.outline.parts)
        self.unit = unit
        self.outline.units.append(unit)

    def _asked(self, piece: Piece, words: str, match: re.Match[str]) -> None:
        kind = "pledge" if PLEDGE.match(words) else "question" if QUESTION.match(words) else "recommendation"
        self.asked = Asked(kind, match[1], piece.place, pieces=[_without(piece, match[0])])
        self.outline.asked.append(self.asked)
        self.outline.structure.append(match[1])
        self.in_asked = True
        self._open(Unit("answer", "", piece.place, asked=self.asked))

    def _label(self, piece: Piece, words: str) -> None:
        """A label of our own Word files: what follows is the wording of the commitment that the heading before it names."""
        kind = "pledge" if words.startswith("Pledge") else "recommendation"
        title = self.unit.title if self.unit and not self.unit.pieces else ""
        self.asked = Asked(kind, words, piece.place, title)
        self.outline.asked.append(self.asked)
        self.outline.structure.append(words_of_piece(piece))
        if self.unit is not None and not self.unit.pieces:
            self.unit.kind, self.unit.asked = "answer", self.asked
        else:
            self._open(Unit("answer", "", piece.place, asked=self.asked))
        self.group = (self.unit.level if self.unit else 2, "", [])
        self.in_label = True

    # ------------------------------------------------ headings

    def _heading(self, piece: Piece, words: str) -> None:
        if SIGNED.fullmatch(words):
            self.in_signatures = True
            self.outline.structure.append(words_of_piece(piece))
            return
        refs = articles_named(words) or titled_articles(words)
        level = piece.level or (1 if PART.match(words) or in_capitals(words) else 2)
        if refs:
            self.asked, self.in_asked = None, False
            self.group = (level, words, refs)
            self.outline.structure.append(words_of_piece(piece))
            self._open(Unit("article", words, piece.place, level=level, refs=refs))
        elif (PART.match(words) and not piece.level) or (piece.level == 1 and piece.mark):
            self._part(piece, words, level)
        elif self._inside(piece, level):
            self._into(piece)
        else:
            self.outline.structure.append(words_of_piece(piece))
            asked = self.asked if piece.level > self.group[0] > 0 and self.asked else None
            within = self.group[2] if piece.level > self.group[0] else []
            if not within and not asked:
                self.asked = None
                self.group = (0, "", [])
            kind = "answer" if asked else "article" if within else "matter"
            self._open(Unit(kind, words, piece.place, level=level, refs=list(within), asked=asked))
        self.in_asked = False

    def _part(self, piece: Piece, words: str, level: int) -> None:
        self.asked, self.group = None, (0, "", [])
        self.outline.parts.append((f"{piece.mark} {words}".strip(), piece.place))
        self.outline.structure.append(f"{piece.mark} {words}")
        self._open(Unit("matter", words, piece.place, level=level))

    def _inside(self, piece: Piece, level: int) -> bool:
        """True if a heading belongs to the unit that is open, whose paragraphs go on after it."""
        if self.unit is None or self.unit.kind == "matter" or not self.unit.pieces:
            return False
        return piece.level > self.unit.level if piece.level else self.unit.kind != "answer" or self.unit.asked is None


_NAMED = re.compile(r"\barticles? (\d+)(.*?)(?=,? (?:as well as|and) articles? \d|:$)")
_GUARANTEED = re.compile(r"\brights? (?:to|of) (.+)$")


def _article(number: str, rest: str, place: Place) -> Asked:
    """Return an article of a constitution as a letter names it: "23 of the Constitution, which guarantees the right to assembly"."""
    label = f"Article {number} of the Constitution"
    words = rest.partition("which ")[2].strip(" ,")
    right = _GUARANTEED.search(words)
    title = right[1][:1].upper() + right[1][1:] if right else label
    return Asked("constitution", label, place, title, number=number, summary=words[:1].upper() + words[1:] + "." if words else "")


def _without(piece: Piece, start: str) -> Piece:
    """Return a piece without its first words."""
    first, *rest = piece.inlines
    text = " ".join(first.text.split()) if isinstance(first, Text) else ""
    kept = text[len(start.rstrip()) :].lstrip() if text.startswith(start.rstrip()) else text
    return replace(piece, inlines=((Text(kept),) if kept else ()) + tuple(rest))


# ---------------------------------------------------------------- letters


def _letter(found: Outline, pieces: list[Piece]) -> list[Piece]:
    """Take the head of a letter off its pieces, if there is a salutation near the top; what stands before it is the remainder."""
    at = next((row for row, piece in enumerate(pieces[:40]) if SALUTATION.match(words_in(piece.inlines).strip())), -1)
    if at < 0:
        return _titled(found, pieces)
    found.salutation = words_in(pieces[at].inlines).strip()
    found.structure.append(words_of_piece(pieces[at]))
    head = pieces[:at]
    row = len(head) - 1
    while row >= 0 and not found.title:
        words = words_in(head[row].inlines).strip()
        if DATE.match(words):
            found.date = words
        elif words.startswith("To "):
            found.addressee = words
        elif head[row].style not in ("Subtitle", "CoverLabel", "CoverName", "CoverSession"):
            found.title = words
        found.structure.append(words_of_piece(head[row]))
        row -= 1
    row += 1
    to = re.search(
        r"\bto ((?:the )?(?:President|Deputies|Minister|Prime Minister|Chair|Members|Parliament|Government|Committee).*)$", found.title
    )
    found.addressee = found.addressee or (f"To {to[1]}" if to else "")
    found.remainder += [("stands before the letter", piece) for piece in head[:row]]
    return pieces[at + 1 :]


def _titled(found: Outline, pieces: list[Piece]) -> list[Piece]:
    """Take the title of a document from its first lines: headings before anything else, the last of which is the title."""
    row = 0
    while row < min(len(pieces), 6) and pieces[row].style in ("Title", "Subtitle", "CoverSession", "CoverLabel", "CoverName", "Date"):
        if pieces[row].style == "Title":
            found.title = words_in(pieces[row].inlines)
        found.structure.append(words_of_piece(pieces[row]))
        row += 1
    while not found.title and row + 1 < len(pieces) and row < 4 and _is_title(pieces[row]) and _is_title(pieces[row + 1], last=True):
        row += 1
    heads = [piece for piece in pieces[:row] if not piece.style]
    if heads:
        found.title = words_in(heads[-1].inlines).strip()
        found.structure += map(words_of_piece, heads)
    if not found.title and pieces and pieces[0].kind == "heading" and pieces[0].level == 1 and not PART.match(words_in(pieces[0].inlines)):
        others = [piece for piece in pieces[1:] if piece.kind == "heading" and piece.level == 1]
        if not others:
            found.title = words_in(pieces[0].inlines)
            found.structure.append(words_of_piece(pieces[0]))
            row = max(row, 1)
    return pieces[row:]


def _is_title(piece: Piece, last: bool = False) -> bool:
    words = CALL.sub("", words_in(piece.inlines)).strip()
    if not words or piece.kind == "table" or piece.style or piece.level or piece.mark or len(words) > 120 or articles_named(words):
        return False
    if last:
        return bool(PART.match(words)) or not re.search(r"[.;:]$", words)
    return not PART.match(words) and not re.search(r"[.;:]$", words) and not in_capitals(words)
