"""Concluding observations and lists of issues -> a commitments file, paragraph by paragraph.

The recommendation becomes the text of a commitment; the concern before it stands above the entry as a comment. What is neither (the
introduction, positive aspects, procedure) goes to the listed remainder.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from shadowgen.catalogue import Symbol, bodies, known, parse_articles, parse_symbol, treaties
from shadowgen.importing.dates import DATED, first_date
from shadowgen.importing.naming import guessed_title, slug
from shadowgen.importing.reviewed import is_review, positions_in, review_of
from shadowgen.readers.original import Original, Piece, Place, words_in, words_of_piece
from shadowgen.writers.yamltext import Remarked

_KINDS = {
    "concluding-observations": "concluding-observations",
    "list-of-issues": "list-of-issues",
    "list-of-issues-prior-to-reporting": "list-of-issues",
    "human-rights-council": "upr",
}
_TITLE = re.compile(r"^(?:Concluding observations|List of issues|Report of the Working Group on the Universal Periodic Review)\b.{0,160}$")
_SHOULD = re.compile(
    r"(?:(?<=[.!?”] )|^)(?=(?:(?:In (?:the )?light of|With (?:reference|regard) to|Bearing in mind|Recalling)[^.]{0,240}, )?"
    r"(?:[Tt]he State party (?:should|is (?:urged|encouraged|requested|invited))|It should|[Tt]he Committee (?:therefore |also |further |hence )?"
    r"(?:recommends|urges|encourages|calls (?:on|upon)|invites|reiterates its (?:previous )?recommendation)))"
)
_ARTICLES = re.compile(r"\s*\(arts?\. ([^()]*(?:\([\da-z]+\)[^()]*)*)\)")
_HEAD = re.compile(r"^United Nations\s+(?=\S+/)")  # the head of a page whose table has no lines comes out of a PDF as one line
_FOOT = re.compile(
    r"^(?:\*+ ?(?=\w)|\d{1,2} (?=[A-Z]))"
)  # a note at the end of the page or document, as copies without raised figures have it
_MATTERS = re.compile(r"^(?:C\.\s*)?(?:Principal )?(?:matters|subjects|areas) of concern", re.IGNORECASE)


@dataclass(slots=True)
class Point:
    """One recommendation or issue: its number, topic, concern and wording, and where it stands in the original."""

    number: str
    topic: str
    concern: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    position: str = ""
    place: Place = field(default_factory=Place)


@dataclass(slots=True)
class UnDocument:
    """A UN document that asks something of a State."""

    symbol: Symbol
    title: str
    date: str
    points: list[Point] = field(default_factory=list)
    structure: list[str] = field(default_factory=list)
    remainder: list[tuple[str, Piece]] = field(default_factory=list)


def un_document(original: Original, addendum: Original | None = None) -> UnDocument | None:
    """Return the points of a UN document, or None if the original is none: it says its symbol in a line of its own near the top,
    in the table at its head or in its running heads.

    `addendum` is the answer of the State to the report of a Universal Periodic Review.
    """
    head = original.pieces[:40]
    lines = [(row, _HEAD.sub("", words_in(piece.inlines).strip()).partition(" Distr.")[0]) for row, piece in enumerate(head)]
    lines += [(-1, word) for word in _furniture(original, head)]
    symbols = ((row, parse_symbol(words)) for row, words in lines)
    at, symbol = next(((row, found) for row, found in symbols if found and found.kind in _KINDS), (-1, None))
    if symbol is None or (symbol.kind == "human-rights-council" and not is_review(original)):
        return None
    title = next((words for piece in head if _TITLE.match(words := _without_stars(words_in(piece.inlines)))), "")
    date = next((day for piece in head if DATED.search(words := words_of_piece(piece)) and (day := first_date(words))), "")
    made = UnDocument(symbol, title, date)
    if symbol.kind == "human-rights-council":
        return _reviewed(made, original, positions_in(addendum) if addendum else {})
    _Sorting(made, in_matters=symbol.kind != "concluding-observations").all(original.pieces, at)
    return made if made.points else None


def _without_stars(words: str) -> str:
    """Return a title without the stars that call its notes."""
    return " ".join(re.sub(r"\*+(?=\s|$)", "", words).split())


def _furniture(original: Original, head: list[Piece]) -> list[str]:
    """Return the words of the table at the head of a UN document and of its running heads, one by one: the symbol may stand there."""
    cells = [words_in(cell) for piece in head for row in piece.rows for cell in row]
    return [word for words in (*cells, *(one.words for one in original.asides if one.what == "running head")) for word in words.split()]


def _reviewed(made: UnDocument, original: Original, answers: dict[str, str]) -> UnDocument | None:
    review = review_of(original)
    made.points = [Point(one.number, "", [], [one.words], answers.get(one.number, one.position), one.place) for one in review.recommended]
    made.structure, made.remainder = review.leads, review.remainder
    return made if made.points else None


class _Sorting:
    def __init__(self, made: UnDocument, in_matters: bool) -> None:
        self.made, self.in_matters = made, in_matters
        self.topic = ""
        self.concern: list[tuple[str, str, Place]] = []
        self.point: Point | None = None
        self.issues = in_matters

    def all(self, pieces: list[Piece], at: int) -> None:
        """Sort every piece."""
        for row, piece in enumerate(pieces):
            words = " ".join(words_in(piece.inlines).split())
            if row == at or _without_stars(words) == self.made.title:
                self.made.structure.append(words)
            elif _MATTERS.match(words) and len(words) < 90:
                self.in_matters = True
                self.made.structure.append(f"{piece.mark} {words}")
            elif not self.in_matters:
                self.made.remainder.append(("asks nothing of the State", piece))
            elif piece.kind == "heading" or (
                piece.kind == "text" and not piece.mark and len(words) < 110 and not words.endswith((".", ";", ":"))
            ):
                self._open_topic(f"{piece.mark} {words}".strip())
            else:
                self._paragraph(piece, words)
        self._leave_concern()

    def _open_topic(self, words: str) -> None:
        self._leave_concern()
        self.topic, self.point = words, None
        self.made.structure.append(words)

    def _paragraph(self, piece: Piece, words: str) -> None:
        number = piece.mark.rstrip(".") if piece.mark.rstrip(".").isdigit() else ""
        if not number:
            if _FOOT.match(f"{piece.mark} {words}".strip()):
                self.made.remainder.append(("is a note of the document", piece))
            elif self.point is not None:
                self.point.words.append(f"{piece.mark} {words}".strip())
            elif self.concern:
                self.concern.append(("", f"{piece.mark} {words}".strip(), piece.place))
            else:
                self.made.remainder.append(("stands before the first numbered paragraph", piece))
            return
        should = _SHOULD.search(words)
        if self.issues:
            should = re.match("", words)
        before = words[: should.start()].strip() if should else words
        if before:
            self.concern.append((number, before, piece.place))
        if should is None:
            self.point = None
            return
        concern = [f"Paragraph {n} (concern): {text}" if n else text for n, text, _ in self.concern]
        self.point = Point(number, self.topic, concern, [words[should.start() :]], place=piece.place)
        self.made.points.append(self.point)
        self.concern = []

    def _leave_concern(self) -> None:
        """A concern that no recommendation follows becomes a point of its own, so that nothing is lost."""
        for number, words, place in self.concern:
            if number:
                self.made.points.append(Point(number, self.topic, [], [words], place=place))
            elif self.made.points:
                self.made.points[-1].words.append(words)
        self.concern = []


def as_file(found: UnDocument, source: str, file: str) -> dict[str, Any]:
    """Return the data of the commitments file."""
    monitored = [one for one in treaties().values() if one.symbol_stem == found.symbol.stem]
    treaty = min(monitored, key=lambda one: len(one.id), default=None)  # the treaty itself, not a protocol to it
    body = bodies().get(treaty.body, {}).get("en", "") if treaty else ""
    if found.symbol.kind == "human-rights-council":
        body = "Human Rights Council"
    data: dict[str, Any] = {"title": found.title or f"{found.symbol.text} ({file})", "kind": _KINDS[found.symbol.kind]}
    data |= {"symbol": found.symbol.text, "source": source}
    data |= {name: value for name, value in (("body", body), ("state", found.symbol.area), ("date", found.date)) if value}
    taken: set[str] = set()
    return data | {"paragraphs": [_entry(point, treaty.id if treaty else "ICCPR", taken) for point in found.points]}


def _entry(point: Point, treaty: str, taken: set[str]) -> dict[str, Any]:
    words = " ".join(point.words)
    topic = re.sub(r"^(?:\d+|[A-Z]|[IVX]+)\.\s+", "", _ARTICLES.sub("", point.topic)).strip()
    base = slug(topic) or slug(point.number if "." in point.number else f"paragraph-{point.number}")
    id = base if base not in taken else f"{base}-{point.number}"
    taken.add(id)
    refs = []
    for text in (point.topic, *point.concern, words):
        for match in _ARTICLES.finditer(text):
            refs += [str(ref) for ref in parse_articles(match[1], treaty) if known(ref)]
    entry: dict[str, Any] = {"id": id, "number": point.number, "title": topic or guessed_title(words)}
    if refs:
        entry["articles"] = list(dict.fromkeys(refs))
    entry["summary"] = "To be summed up in your own words."
    entry["text"] = Remarked(words, " ".join(point.concern)) if point.concern else words
    return entry | ({"position": point.position} if point.position else {})
