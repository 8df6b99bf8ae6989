"""Blocks: headings, paragraphs, lists, tables and the other pieces that a document is built of."""

from __future__ import annotations

from dataclasses import dataclass

from shadowgen.chartdata import Chart
from shadowgen.diagnostics import Origin
from shadowgen.nodes.inlines import Inlines


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
    """A table: one head row, body rows of the same width, a caption, its number. A `wide` one stands on a page across."""

    caption: Inlines
    head: tuple[Cell, ...]
    rows: tuple[tuple[Cell, ...], ...]
    anchor: str = ""
    number: int = 0
    wide: bool = False
    origin: Origin | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture or a chart: file, alternative text, caption, number; a picture's `data` is set when the document is assembled."""

    file: str
    alt: str
    caption: Inlines
    anchor: str = ""
    number: int = 0
    data: bytes = b""
    chart: Chart | None = None
    origin: Origin | None = None


@dataclass(frozen=True, slots=True)
class Box:
    """A passage set apart: a case example (`kind` case), numbered, or a highlight, whose title is a figure that is printed large."""

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
    """The title page or letterhead: logos, then lines by role, in order. `style` is page (a cover of its own) or masthead."""

    style: str
    lines: tuple[tuple[str, Inlines], ...]
    logos: tuple[Figure, ...] = ()


@dataclass(frozen=True, slots=True)
class PageBreak:
    """The next block starts a new page."""


@dataclass(frozen=True, slots=True)
class SourceTable:
    """Pending: the sources that the document cites, by kind; `groups` pairs a heading with types of source."""

    groups: tuple[tuple[str, tuple[str, ...]], ...]


Block = Heading | Paragraph | List | Quote | Table | Figure | Box | Contents | Cover | PageBreak | SourceTable
Blocks = tuple[Block, ...]
