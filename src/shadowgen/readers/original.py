"""The common form of a document that a person wrote elsewhere: pieces in order, the bodies of its notes, what was left aside.

Every reader of a format makes an `Original`; the recogniser in `shadowgen.importing` needs no other.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from shadowgen.nodes import Inlines, LineBreak, Link, Text


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands in the original: a line of a text, a page of a PDF, a paragraph of a Word file (0 = unknown)."""

    line: int = 0
    page: int = 0
    paragraph: int = 0

    def __str__(self) -> str:
        named = (("page", self.page), ("line", self.line), ("paragraph", self.paragraph))
        return ", ".join(f"{name} {number}" for name, number in named if number) or "unknown place"


@dataclass(frozen=True, slots=True)
class Piece:
    """One paragraph, heading, item of a list or table.

    `kind` is text, heading, item, quote, box or table; `mark` is what stood before the words, such as "12.", "-" or "(c)";
    `level` is that of a heading (from 1) or the depth of an item (from 0); `style` is the name of its style in Word.
    `after_gap` is true if a page ended right before it, so that something may be missing there.
    """

    kind: str
    inlines: Inlines
    place: Place
    mark: str = ""
    level: int = 0
    style: str = ""
    rows: tuple[tuple[Inlines, ...], ...] = ()
    after_gap: bool = False


@dataclass(frozen=True, slots=True)
class NoteBody:
    """The words of a note. `guess` says why its number is not certain, if it is not."""

    number: int
    inlines: Inlines
    place: Place
    guess: str = ""


@dataclass(frozen=True, slots=True)
class Aside:
    """Words that belong to the file and not to the text: page numbers, running heads, comments, deleted words."""

    what: str
    words: str
    place: Place


@dataclass(slots=True)
class Original:
    """A document as it was read."""

    pieces: list[Piece] = field(default_factory=list)
    notes: dict[int, NoteBody] = field(default_factory=dict)
    asides: list[Aside] = field(default_factory=list)
    doubts: list[Aside] = field(default_factory=list)


def words_in(inlines: Iterable[object]) -> str:
    """Return the plain words of inlines, with the address of a link that does not show it, and without marks of notes."""
    out: list[str] = []
    for inline in inlines:
        match inline:
            case Text(text):
                out.append(text)
            case LineBreak():
                out.append(" ")
            case Link(children, url):
                out.append(words_in(children))
                if words_in(children) != url:
                    out.append(f" {url}")
            case _:
                out.append(words_in(getattr(inline, "children", ())))
    return "".join(out)


def words_of_piece(piece: Piece) -> str:
    """Return the words of a piece with its mark and the cells of a table."""
    cells = [words_in(cell) for row in piece.rows for cell in row]
    return " ".join(part for part in (piece.mark, words_in(piece.inlines), *cells) if part)
