"""Pieces of one unit -> blocks of our dialect, with the notes in place of their calls."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from shadowgen.importing.units import Unit
from shadowgen.markdown import leads_to_web
from shadowgen.nodes import (
    Annotation,
    Block,
    Blocks,
    Box,
    Cell,
    CrossRef,
    Heading,
    Inline,
    Inlines,
    Item,
    LineBreak,
    Link,
    List,
    NoteCall,
    Paragraph,
    Quote,
    Table,
    Text,
    plain_text,
    walk,
)
from shadowgen.readers.landmarks import EXAMPLE, FIGURE, SEE
from shadowgen.readers.original import Piece, Place, words_in
from shadowgen.workspace import package_data

_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9, "x": 10}
_LOST: dict[str, str] = package_data("", "editing-common.yaml")["lost"]  # a check finds the same words again


@dataclass(slots=True)
class Notes:
    """What stands for the call of each note, and which calls were met without a body."""

    calls: dict[int, Inlines]
    lost: list[tuple[int, Place]] = field(default_factory=list)
    met: list[int] = field(default_factory=list)

    def placed(self, inlines: Inlines, place: Place) -> Inlines:
        """Return inlines with notes in place of their calls."""
        out: list[Inline] = []
        for inline in inlines:
            if isinstance(inline, NoteCall):
                self.met.append(inline.note)
                if inline.note not in self.calls:
                    self.lost.append((inline.note, place))
                out += self.calls.get(inline.note) or (Annotation((Text(_LOST["note"].format(number=inline.note)),)),)
            elif hasattr(inline, "children"):
                out.append(replace(inline, children=self.placed(inline.children, place)))
            else:
                out.append(inline)
        return tuple(out)


@dataclass(slots=True)
class Numbers:
    """What became of the numbers of paragraphs: kept ones, gaps, restarts, by place."""

    kept: list[tuple[int, int, Place]] = field(default_factory=list)
    gaps: list[tuple[int, int, Place, bool]] = field(default_factory=list)
    restarts: list[Place] = field(default_factory=list)


def body_of(unit: Unit, notes: Notes, numbers: Numbers, see: dict[int, Inlines]) -> Blocks:
    """Return the blocks of a unit; `see` holds the words of its pointers to other sections, by the place in its pieces."""
    return _Body(unit, notes, numbers, see).done()


class _Body:
    def __init__(self, unit: Unit, notes: Notes, numbers: Numbers, see: dict[int, Inlines]) -> None:
        self.unit, self.notes, self.numbers, self.see = unit, notes, numbers, see
        self.blocks: list[Block] = []
        self.items: list[tuple[str, int, int, Inlines]] = []
        self.number = 0
        self.ordinal = 0

    def done(self) -> Blocks:
        """Go through the pieces once."""
        row = 0
        while row < len(self.unit.pieces):
            piece = self.unit.pieces[row]
            if piece.kind == "item":
                self._item(piece)
                row += 1
                continue
            self._close_list()
            if piece.kind == "box":
                row = self._box(row)
                continue
            self._one(piece, row)
            row += 1
        self._close_list()
        if self.unit.lead is not None:
            self._count(self.unit.lead)
        return tuple(self.blocks)

    def _one(self, piece: Piece, row: int) -> None:
        words = self.see.get(row) or self._words(piece)
        match piece.kind:
            case "heading":
                self.blocks.append(Heading(2, words))
            case "table":
                self.blocks.append(self._table(piece))
            case "quote":
                self._quote(words, piece)
            case _:
                self._text(piece, words, pointer=row in self.see or bool(SEE.match(words_in(piece.inlines).strip())))

    def _text(self, piece: Piece, words: Inlines, *, pointer: bool) -> None:
        """Add a paragraph; one without a number among numbered ones goes on after a line break, so that the count stays right, but not
        what stands after a pointer, nor the caption of a figure."""
        last = self.blocks[-1] if self.blocks else None
        apart = pointer or any(isinstance(node, CrossRef) for node in walk(last)) or FIGURE.match(plain_text(words))
        if self.number and not piece.mark and isinstance(last, Paragraph) and words and not apart:
            self.blocks[-1] = Paragraph((*last.content, LineBreak(), *words))
            return
        self._count(piece)
        if words:
            self.blocks.append(Paragraph(words))

    def _quote(self, words: Inlines, piece: Piece) -> None:
        """Add to the quotation that is open, or open one; an attribution closes it."""
        last = self.blocks[-1] if self.blocks else None
        if not isinstance(last, Quote) or last.attribution:
            self.blocks.append(Quote((Paragraph(words),)))
        elif piece.style == "Attribution":
            self.blocks[-1] = replace(last, attribution=words)
        else:
            self.blocks[-1] = replace(last, blocks=(*last.blocks, Paragraph(words)))

    def _count(self, piece: Piece) -> None:
        """Follow the numbers; where one is skipped, a line stands for it, so that the later paragraphs keep theirs.

        Where a page ended before the gap, its words are lost; on one page, the original has none.
        """
        self.ordinal += 1
        if not piece.mark.rstrip(".").isdigit():
            return
        number = int(piece.mark.rstrip("."))
        if number == 1 and self.number:
            self.numbers.restarts.append(piece.place)
        elif number > self.number + 1 and self.number:
            self.numbers.gaps.append((self.number, number, piece.place, piece.after_gap))
            for lost in range(self.number + 1, number):
                words = _LOST["paragraph" if piece.after_gap else "skipped"]
                self.blocks.append(Paragraph((Text(words.format(number=lost)),)))
                self.ordinal += 1
        self.numbers.kept.append((number, self.ordinal, piece.place))
        self.number = number

    def _words(self, piece: Piece) -> Inlines:
        return trimmed(self.notes.placed(piece.inlines, piece.place))

    def _table(self, piece: Piece) -> Table:
        head, *rows = [tuple(Cell(self.notes.placed(cell, piece.place)) for cell in row) for row in piece.rows]
        width = max(len(row) for row in (head, *rows))
        padded = [row + (Cell(()),) * (width - len(row)) for row in (head, *rows)]
        return Table(self._words(piece), padded[0], tuple(padded[1:]))

    def _box(self, row: int) -> int:
        """Make a box of its title line, a short line after it, and the unnumbered paragraphs that follow."""
        pieces = self.unit.pieces
        title, kind = self._words(pieces[row]), "highlight" if pieces[row].style == "PullFigure" else "case"
        inner = "PullText" if kind == "highlight" else "CaseText"
        row += 1
        after = pieces[row] if row < len(pieces) else None
        if EXAMPLE.match(plain_text(title)) and after and after.kind == "text" and not after.mark and len(words_in(after.inlines)) < 120:
            title = (*title, Text(". " if not plain_text(title).endswith(".") else " "), *self._words(after))
            row += 1
        inside: list[Block] = []
        styled = row < len(pieces) and pieces[row].style == inner
        while (
            row < len(pieces)
            and pieces[row].kind == "text"
            and styled <= (pieces[row].style == inner)
            and not pieces[row].mark
            and not SEE.match(words_in(pieces[row].inlines).strip())
        ):
            inside.append(Paragraph(self._words(pieces[row])))
            row += 1
        self.blocks.append(Box(kind, title, tuple(inside)))
        return row

    # ------------------------------------------------ lists

    def _item(self, piece: Piece) -> None:
        words = self._words(piece)
        mark = piece.mark
        if mark[:1] in '“"':
            words, mark = (Text(mark[0]), *words), mark[1:]
        style, start = _style(mark, self.items[-1][0] if self.items else "")
        self.items.append((style, start, piece.level, words))

    def _close_list(self) -> None:
        if self.items:
            self.blocks += _nested(self.items)
            self.items = []


def _style(mark: str, before: str) -> tuple[str, int]:
    """Return the style of a mark and the number it stands for."""
    bare = mark.strip('().“"').lower()
    if bare.isdigit():
        return ("paren" if ")" in mark else "decimal"), int(bare)
    if not bare.isalpha() or not bare.isascii():
        return "bullet", 1
    if bare in _ROMAN and (before == "roman" or (bare in ("i", "ii", "iii") and before != "alpha")):
        return "roman", _ROMAN[bare]
    return "alpha", ord(bare[0]) - 96 + (26 if len(bare) > 1 else 0)


def _nested(items: list[tuple[str, int, int, Inlines]]) -> list[Block]:
    """Build lists: another style after a colon, or a deeper level, opens a list inside the item before it."""
    made: list[Block] = []
    row = 0
    while row < len(items):
        style, start, level, _ = items[row]
        members: list[Item] = []
        while row < len(items) and items[row][0] == style and items[row][2] <= level:
            words = items[row][3]
            row += 1
            inner: list[tuple[str, int, int, Inlines]] = []
            while row < len(items) and (
                items[row][2] > level or (items[row][0] != style and (inner or plain_text(words).rstrip().endswith(":")))
            ):
                inner.append(items[row])
                row += 1
            members.append(Item((Paragraph(words), *_nested(inner))))
        made.append(List(style, tuple(members), start))
    return made


def trimmed(inlines: Inlines) -> Inlines:
    """Return inlines without blanks at their ends and with single blanks inside."""
    out: list[Inline] = []
    for inline in inlines:
        if isinstance(inline, Text):
            out.append(Text(re.sub(r"\s+", " ", inline.text)))
        elif isinstance(inline, Link) and not leads_to_web(inline.url):
            out += [*inline.children, Text(f" {inline.url}")]
        else:
            out.append(inline)
    if out and isinstance(out[0], Text):
        out[0] = Text(out[0].text.lstrip())
    if out and isinstance(out[-1], Text):
        out[-1] = Text(out[-1].text.rstrip())
    return tuple(inline for inline in out if not (isinstance(inline, Text) and not inline.text))


def pointer(words: str, targets: list[tuple[str, str]]) -> Inlines:
    """Return "For more information, ... section on Article 18" with each article named as a live reference to its section."""
    out: list[Inline] = []
    rest = words
    for name, id in targets:
        before, found, after = rest.partition(name)
        if not found:
            continue
        out += [Text(before), CrossRef(id)]
        rest = after
    return trimmed((*out, Text(rest)))
