"""The document tree: frozen blocks and inlines, pending nodes, walking.

A `Manuscript` may hold pending nodes (`Cite`, `CrossRef`, `Variable`, `Confidential`, `Annotation`); a `Submission` cannot:
its constructor refuses them. Between the two stands `shadowgen.resolve`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, is_dataclass
from functools import cache
from typing import Any

from shadowgen.diagnostics import Origin

# ---------------------------------------------------------------- inlines


@dataclass(frozen=True, slots=True)
class Text:
    """Plain words."""

    text: str


@dataclass(frozen=True, slots=True)
class LineBreak:
    """A forced line break inside a paragraph."""


@dataclass(frozen=True, slots=True)
class Emphasis:
    """Words in italics."""

    children: Inlines


@dataclass(frozen=True, slots=True)
class Strong:
    """Words in bold."""

    children: Inlines


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead to an address outside the document."""

    children: Inlines
    url: str


@dataclass(frozen=True, slots=True)
class Foreign:
    """Words in another language (a BCP 47 tag)."""

    children: Inlines
    language: str


@dataclass(frozen=True, slots=True)
class CiteItem:
    """One source cited: its key, the words before it ("see also"), its locators as pairs of kind and value.

    A locator of the kind "" is printed as it stands.
    """

    key: str
    prefix: str = ""
    locators: tuple[tuple[str, str], ...] = ()
    origin: Origin | None = None


@dataclass(frozen=True, slots=True)
class Cite:
    """Pending: a citation of one or more sources; outside a note it becomes a note of its own."""

    items: tuple[CiteItem, ...]
    origin: Origin | None = None


@dataclass(frozen=True, slots=True)
class Annotation:
    """Pending: a note with words of the author's own, which may hold citations."""

    children: Inlines
    origin: Origin | None = None


@dataclass(frozen=True, slots=True)
class CrossRef:
    """Pending: a reference to another place of the document. `form` is title, paras or page."""

    target: str
    form: str = "title"
    origin: Origin | None = None


@dataclass(frozen=True, slots=True)
class Variable:
    """Pending: a value that the submission gives."""

    name: str
    origin: Origin | None = None


@dataclass(frozen=True, slots=True)
class Confidential:
    """Pending: words for one audience only; dropped or unwrapped before assembly."""

    children: Inlines
    audience: str
    origin: Origin | None = None


@dataclass(frozen=True, slots=True)
class NoteCall:
    """The mark of a note; `note` is the note's number in the whole document, from 1."""

    note: int


@dataclass(frozen=True, slots=True)
class NoteNumber:
    """The number of another note, printed in running text ("note 12 above"): a live field in Word."""

    note: int


@dataclass(frozen=True, slots=True)
class Reference:
    """A resolved cross-reference: an anchor of this document and the words that stand for it.

    `shows` is what a live field in Word must show: "title" (the target's words), "number" (its paragraph number),
    or "page".
    """

    anchor: str
    text: str
    shows: str = "title"


PENDING = (Cite, Annotation, CrossRef, Variable, Confidential)

Inline = (
    Text | LineBreak | Emphasis | Strong | Link | Foreign | Cite | Annotation | CrossRef | Variable | Confidential | NoteCall | NoteNumber
    | Reference
)  # fmt: skip
Inlines = tuple[Inline, ...]

# ---------------------------------------------------------------- blocks


@dataclass(frozen=True, slots=True)
class Trace:
    """Where a paragraph of the document comes from: section, language, place in its body (from 1)."""

    section: str
    language: str
    part: str
    place: int


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 (part) to 4; `label` is its number in the outline, such as "I."."""

    level: int
    content: Inlines
    anchor: str = ""
    numbered: bool = False
    label: str = ""
    language: str = ""
    origin: Origin | None = None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph. `numbered` asks for a number, `number` is the one it got, `ordinal` its place among traced paragraphs.

    `role` is empty for running text, or one of: lead (the words before a list of asks), label, address, signature, imprint.
    """

    content: Inlines
    numbered: bool = False
    number: int = 0
    anchor: str = ""
    role: str = ""
    ordinal: int = 0
    trace: Trace | None = None
    language: str = ""
    origin: Origin | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a list."""

    blocks: Blocks


@dataclass(frozen=True, slots=True)
class List:
    """A list. `style` is bullet, decimal (1.), paren (1)), alpha (a)) or roman (i)); `role` is empty, asks, demands or signatories."""

    style: str
    items: tuple[Item, ...]
    start: int = 1
    role: str = ""


@dataclass(frozen=True, slots=True)
class Quote:
    """A block quotation with its attribution, if any. `role` is empty or commitment (the recommendation being assessed)."""

    blocks: Blocks
    attribution: Inlines = ()
    role: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table; `align` is empty, left, right or center."""

    content: Inlines
    align: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table: one head row, body rows of the same width, a caption, its number."""

    caption: Inlines
    head: tuple[Cell, ...]
    rows: tuple[tuple[Cell, ...], ...]
    anchor: str = ""
    number: int = 0
    origin: Origin | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture: file, alternative text, caption, number; `data` is set when the tree is resolved."""

    file: str
    alt: str
    caption: Inlines
    anchor: str = ""
    number: int = 0
    data: bytes = b""
    origin: Origin | None = None


@dataclass(frozen=True, slots=True)
class Box:
    """A boxed passage: a case example (`kind` case) or a highlight; with title and number."""

    kind: str
    title: Inlines
    blocks: Blocks
    anchor: str = ""
    number: int = 0
    origin: Origin | None = None


@dataclass(frozen=True, slots=True)
class Contents:
    """The table of contents: its title, and the lowest heading level that it shows."""

    title: Inlines
    depth: int = 3


@dataclass(frozen=True, slots=True)
class Cover:
    """The title page or letterhead: lines by role, in order. `style` is page (a cover of its own) or masthead."""

    style: str
    lines: tuple[tuple[str, Inlines], ...]


@dataclass(frozen=True, slots=True)
class PageBreak:
    """The next block starts a new page."""


Block = Heading | Paragraph | List | Quote | Table | Figure | Box | Contents | Cover | PageBreak
Blocks = tuple[Block, ...]


# ---------------------------------------------------------------- whole documents


@dataclass(frozen=True, slots=True)
class Meta:
    """What a document says of itself: title, subject, language, direction, numbering, look."""

    title: str
    language: str
    slug: str
    audience: str = "public"
    subject: str = ""
    running_title: str = ""
    numbering: str = "continuous"
    look: str = "un"
    notes: str = "footnotes"
    marking: str = ""


@dataclass(frozen=True, slots=True)
class Manuscript:
    """An assembled document that may hold pending nodes."""

    meta: Meta
    blocks: Blocks


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote: its number and its words."""

    number: int
    content: Inlines


@dataclass(frozen=True, slots=True)
class Submission:
    """A finished document: nothing pending, every reference with a target, notes numbered 1, 2, 3 ...

    Raises ValueError if it is made with a pending node, a dangling reference, or a gap in its notes: a fault of ours,
    never of the user's data, which `resolve` reports as diagnostics.
    """

    meta: Meta
    blocks: Blocks
    notes: tuple[Note, ...]

    def __post_init__(self) -> None:
        if [note.number for note in self.notes] != list(range(1, len(self.notes) + 1)):
            raise ValueError("notes are not numbered 1, 2, 3 ...")
        if [node.note for node in walk(self.blocks) if isinstance(node, NoteCall)] != list(range(1, len(self.notes) + 1)):
            raise ValueError("notes are not called once each, in their order")
        anchors = set(self.anchors())
        for node in walk((self.blocks, tuple(note.content for note in self.notes))):
            if isinstance(node, PENDING):
                raise ValueError(f"a submission cannot hold {type(node).__name__}")
            if isinstance(node, Reference) and node.anchor not in anchors:
                raise ValueError(f"reference to a missing anchor {node.anchor}")
            if isinstance(node, NoteCall | NoteNumber) and not 1 <= node.note <= len(self.notes):
                raise ValueError(f"reference to a missing note {node.note}")
            if getattr(node, "origin", None) is not None or getattr(node, "trace", None) is not None:
                raise ValueError("a submission cannot hold places of the library")

    def anchors(self) -> Iterator[str]:
        """Yield every anchor of the document."""
        for node in walk(self.blocks):
            if getattr(node, "anchor", "") and not isinstance(node, Reference):
                yield node.anchor


# ---------------------------------------------------------------- walking


@cache
def _parts(kind: type) -> tuple[str, ...] | None:
    """Return the fields of a node's type that may hold nodes, last first; None if it is no node."""
    if not is_dataclass(kind):
        return None
    return tuple(spec.name for spec in reversed(fields(kind)) if spec.type not in ("str", "int", "bool", "bytes"))


def walk(value: Any) -> Iterator[Any]:
    """Yield every node in `value` (a node, or tuples of nodes), parents before children, in document order."""
    waiting = [value]
    while waiting:
        value = waiting.pop()
        if isinstance(value, tuple):
            waiting += value[::-1]
        elif (parts := _parts(type(value))) is not None:
            yield value
            for name in parts:
                waiting.append(getattr(value, name))


def plain_text(value: Any, note_mark: Callable[[int], str] = lambda _: "") -> str:
    """Return the words of inlines or blocks without markup; `note_mark` says what stands for a note's call."""
    parts: list[str] = []
    for node in walk(value):
        kind = type(node)  # a chain of `is` takes half the time of a match over classes, and this is the innermost loop
        if kind is Text or kind is Reference:
            parts.append(node.text)
        elif kind is LineBreak:
            parts.append("\n")
        elif kind is NoteNumber:
            parts.append(str(node.note))
        elif kind is NoteCall:
            parts.append(note_mark(node.note))
    return "".join(parts)
