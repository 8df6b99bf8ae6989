"""Recognise what a report is made of: parts, units under their headings, what each answers, asks, signatures.

Enters: an `Original`. Leaves: an `Outline`, in the order of the original; nothing of its words is dropped.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from shadowgen.catalogue import ArticleRef, known, parse_articles
from shadowgen.nodes import Text
from shadowgen.readers.landmarks import (
    ASKING,
    CALL,
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
)
from shadowgen.readers.original import Original, Piece, Place, words_in

DATE = re.compile(r"^(?:\d{1,2} [A-Za-z]+,? \d{4}|[A-Z][a-z]+ \d{1,2}, \d{4}|\d{1,2}\.\d{1,2}\.\d{4}|[A-Z][a-z]+ \d{4})\.?$")


@dataclass(slots=True, eq=False)
class Asked:
    """What a unit answers: a recommendation, pledge or question, in the words of the original."""

    kind: str
    label: str
    place: Place
    title: str = ""
    pieces: list[Piece] = field(default_factory=list)

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


def recognise(original: Original) -> Outline:
    """Return the outline of a report."""
    found = Outline()
    pieces = _letter(found, original.pieces)
    walker = _Walker(found)
    for piece in pieces:
        walker.take(piece)
    for unit in found.units:
        _take_asks(unit)
    found.units = [unit for unit in found.units if unit.pieces or unit.asks or unit.asked]
    return found


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
        elif piece.style == "SeeAlso":
            self.outline.structure.append(words)
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
        else:
            self._text(piece, words)

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
        self.outline.structure.append(words)
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
            self.outline.structure.append(words)
            return
        refs = articles_named(words) or _titled_articles(words)
        level = piece.level or (1 if PART.match(words) or in_capitals(words) else 2)
        if refs:
            self.asked, self.in_asked = None, False
            self.group = (level, words, refs)
            self.outline.structure.append(words)
            self._open(Unit("article", words, piece.place, level=level, refs=refs))
        elif (PART.match(words) and not piece.level) or (piece.level == 1 and piece.mark):
            self._part(piece, words, level)
        elif self._inside(piece, level):
            self._into(piece)
        else:
            self.outline.structure.append(words)
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


_TITLED = re.compile(r"^(?:Articles?) (\d+(?: ?\([\da-z]+\))*(?:(?:, | and )\d+(?: ?\([\da-z]+\))*)*)\. \S")


def _titled_articles(words: str) -> list[ArticleRef]:
    match = _TITLED.match(words)
    refs = parse_articles(match[1]) if match else []
    return refs if all(map(known, refs)) else []


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
    found.structure.append(found.salutation)
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
        found.structure.append(words)
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
        found.structure.append(words_in(pieces[row].inlines))
        row += 1
    while not found.title and row + 1 < len(pieces) and row < 4 and _is_title(pieces[row]) and _is_title(pieces[row + 1], last=True):
        row += 1
    heads = [piece for piece in pieces[:row] if not piece.style]
    if heads:
        found.title = words_in(heads[-1].inlines).strip()
        found.structure += [words_in(piece.inlines) for piece in heads]
    if not found.title and pieces and pieces[0].kind == "heading" and pieces[0].level == 1 and not PART.match(words_in(pieces[0].inlines)):
        others = [piece for piece in pieces[1:] if piece.kind == "heading" and piece.level == 1]
        if not others:
            found.title = words_in(pieces[0].inlines)
            found.structure.append(found.title)
            row = max(row, 1)
    return pieces[row:]


def _is_title(piece: Piece, last: bool = False) -> bool:
    words = CALL.sub("", words_in(piece.inlines)).strip()
    if piece.style or piece.level or piece.mark or len(words) > 120 or articles_named(words):
        return False
    if last:
        return bool(PART.match(words)) or not re.search(r"[.;:]$", words)
    return not PART.match(words) and not re.search(r"[.;:]$", words) and not in_capitals(words)


# ---------------------------------------------------------------- asks


def _take_asks(unit: Unit) -> None:
    """Make asks of the last numbered lead-in (or "we call on you to:") with the list after it."""
    pieces = unit.pieces
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
    numbered = [row for row, piece in enumerate(pieces) if piece.kind == "text" and piece.mark.rstrip(".").isdigit()]
    if unit.kind != "matter" or not numbered or not numbered[0] or numbered[-1] - numbered[0] != len(numbered) - 1:
        return
    lead = words_in(pieces[numbered[0] - 1].inlines).rstrip()
    if lead.endswith(":") and ASKING.search(lead):
        _set_asks(unit, numbered[0], numbered[-1] + 1)


def _set_asks(unit: Unit, start: int, end: int) -> None:
    unit.lead, unit.asks = unit.pieces[start - 1], unit.pieces[start:end]
    unit.pieces = unit.pieces[: start - 1] + unit.pieces[end:]
