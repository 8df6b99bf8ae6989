"""The first pass of resolving: numbers of parts, paragraphs, tables, figures and cases, and an ordinal anchor for every target.

Enters: the blocks of a Manuscript. Leaves: the same blocks with numbers and anchors, the targets of cross-references, the record of source
paragraphs. Nothing here depends on layout.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, fields, replace
from functools import cache
from typing import Any

from shadowgen.counting import Mark
from shadowgen.nodes import Block, Box, Figure, Heading, Item, List, Paragraph, Quote, Table, Trace, plain_text, walk


@dataclass(frozen=True, slots=True)
class RecordEntry:
    """One source paragraph in the document: its ordinal, where it comes from, the digest of its words there."""

    ordinal: int
    section: str
    language: str
    part: str
    place: int
    digest: str


@dataclass(slots=True)
class Target:
    anchor: str
    title: str
    label: str = ""
    paragraphs: list[tuple[int, str]] = field(default_factory=list)


def digest(value: Any) -> str:
    """Return a digest of the words and marks of inlines, the same for the same source text."""
    marks = repr([_plain(node) for node in walk(value)])
    return hashlib.sha256(marks.encode()).hexdigest()[:16]


def _plain(node: Any) -> tuple[str, ...]:
    kind = type(node)
    return (kind.__name__, *[str(getattr(node, name)) for name in _plain_fields(kind)])


@cache
def _plain_fields(kind: type) -> tuple[str, ...]:
    return tuple(spec.name for spec in fields(kind) if spec.name not in ("origin", "children", "items"))


class Numberer:
    """Gives paragraphs, parts, tables, figures and cases their numbers, and every target an ordinal anchor."""

    def __init__(self, numbering: str, part_mark: Mark) -> None:
        self.numbering = numbering
        self.part_mark = part_mark
        self.paragraph = self.part = self.ordinal = 0
        self.counts = {"h": 0, "p": 0, "t": 0, "f": 0, "c": 0, "s": 0, "b": 0}
        self.targets: dict[str, Target] = {}
        self.open: list[tuple[int, Target]] = []
        self.record: list[RecordEntry] = []

    def _anchor(self, kind: str) -> str:
        self.counts[kind] += 1
        return f"{kind}{self.counts[kind]}"

    def _target(self, id: str, anchor: str, title: str, label: str = "") -> Target:
        target = Target(anchor, title, label)
        if id:
            self.targets[id] = target
        return target

    def block(self, block: Block) -> Block:
        match block:
            case Heading():
                return self._heading(block)
            case Paragraph():
                return self._paragraph(block)
            case List():
                return replace(block, items=tuple(Item(tuple(map(self.block, item.blocks))) for item in block.items))
            case Quote():
                return replace(block, blocks=tuple(map(self.block, block.blocks)))
            case Box(kind="highlight"):
                return self._highlight(block)
            case Box():
                anchor, number = self._anchor("c"), self.counts["c"]
                self._target(block.anchor, anchor, plain_text(block.title), "case")
                return replace(block, anchor=anchor, number=number, blocks=tuple(map(self.block, block.blocks)))
            case Table():
                anchor = self._anchor("t")
                self._target(block.anchor, anchor, plain_text(block.caption), "table")
                return replace(block, anchor=anchor, number=self.counts["t"])
            case Figure():
                anchor = self._anchor("f")
                self._target(block.anchor, anchor, plain_text(block.caption), "figure")
                return replace(block, anchor=anchor, number=self.counts["f"])
        return block

    def _highlight(self, block: Box) -> Box:
        anchor = self._anchor("b") if block.anchor else ""
        self._target(block.anchor, anchor, " ".join(plain_text(block.title).split()))
        return replace(block, anchor=anchor, blocks=tuple(map(self.block, block.blocks)))

    def _heading(self, block: Heading) -> Heading:
        if block.level == 1:
            self.part += block.numbered
        if (self.numbering == "part" and block.level == 1) or (self.numbering == "section" and block.level <= 2):
            self.paragraph = 0
        anchor = self._anchor("h")
        target = self._target(block.anchor, anchor, " ".join(plain_text(block.content).split()))
        self.open = [(level, one) for level, one in self.open if level < block.level] + [(block.level, target)]
        return replace(block, anchor=anchor, label=self.part_mark.printed(self.part) if block.numbered else "")

    def _paragraph(self, block: Paragraph) -> Paragraph:
        number = 0
        if block.numbered and self.numbering != "none":
            self.paragraph += 1
            number = self.paragraph
        anchor = self._anchor("p") if number or block.anchor else ""
        if block.anchor:
            self._target(block.anchor, anchor, plain_text(block.content)[:60], "paragraph").paragraphs = (
                [(number, anchor)] if number else []
            )
        if number:
            for _, target in self.open:
                target.paragraphs.append((number, anchor))
        ordinal = 0
        if block.trace:
            self.ordinal += 1
            ordinal = self.ordinal
            trace: Trace = block.trace
            self.record.append(RecordEntry(ordinal, trace.section, trace.language, trace.part, trace.place, digest(block.content)))
        return replace(block, number=number, anchor=anchor, ordinal=ordinal, numbered=bool(number))
