"""The words of a library as an editor reads them: passage by passage, with what is called in them, and the place of any word in its file.

Enters: a `Library`. Leaves: `Passage`s, each made once; the `Origin` of words that a rule found.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

from shadowgen.diagnostics import UNSHOWN, Diagnostic, Edit, Fix, Origin, Rule
from shadowgen.excerpts import showable
from shadowgen.library import Library
from shadowgen.nodes import (
    Annotation,
    Box,
    Cell,
    Cite,
    CrossRef,
    Figure,
    Foreign,
    Heading,
    LineBreak,
    List,
    Paragraph,
    Quote,
    SameNote,
    Table,
    Text,
    Variable,
    plain_text,
)
from shadowgen.records import Prose, Section, Source

MARK = "\ufffc"  # stands in a passage for a citation, note, reference, variable or words in another language
_NO_WORDS = (Cite, Annotation, SameNote, CrossRef, Variable, Foreign)
_OPENING = re.compile('[“«"‘]')
_QUOTED = re.compile(r"“[^“”]{1,2000}”|«[^«»]{1,2000}»|(?<!\w)\"[^\"]{1,2000}\"(?!\w)|(?<!\w)‘[^‘’]{2,200}’(?!\w)")


@dataclass(frozen=True, slots=True)
class Passage:
    """The words of a paragraph, item, heading, cell, caption, note, title or ask.

    `kind` is text, item, quote, box, heading, cell, caption, note, title, ask or source (the title of one). Each `MARK` in `text` stands for one of `marks`. `covered` is
    true where the passage that leads to it, or one beside it in its list, calls a note.
    """

    text: str
    kind: str
    section: Section | None
    language: str
    origin: Origin
    marks: tuple[Any, ...] = ()
    covered: bool = False
    own: str = field(init=False)  # the words with a mark in place of every letter that is quoted: others are quoted as they write

    def __post_init__(self) -> None:
        quoting = _OPENING.search(self.text)
        own = _QUOTED.sub(lambda match: MARK * len(match[0]), self.text) if quoting else self.text
        object.__setattr__(self, "own", own)

    def quoted(self) -> list[tuple[int, int]]:
        """Return where quotations in quotation marks start and end."""
        return [match.span() for match in _QUOTED.finditer(self.text)]


def passages(library: Library) -> list[Passage]:
    """Return every passage of every section in every language, in reading order; a note comes right after what calls it."""
    return [one for section in library.sections.values() for prose in section.prose.values() for one in _of_prose(section, prose)]


def source_titles(library: Library) -> list[Passage]:
    """Return the titles of the sources in every language that they have; words of no language are taken for English."""
    return [one for source in library.sources.values() for one in _of_source(source)]


def _of_source(source: Source) -> Iterator[Passage]:
    words = source.fields.get("title") or {}
    for language, text in {"en": words}.items() if isinstance(words, str) else words.items():
        yield Passage(text, "source", None, language, source.origin)


def _of_prose(section: Section, prose: Prose) -> Iterator[Passage]:
    maker = _Maker(section, prose.language, prose.origin)
    yield from maker.make(prose.title, "title", prose.origin)
    yield from maker.blocks(prose.body, "text")
    for words in (prose.asks_lead, *prose.asks):
        yield from maker.make(words, "ask", prose.origin)


@dataclass(slots=True)
class _Maker:
    """Makes the passages of one text."""

    section: Section
    language: str
    last: Origin

    def blocks(self, blocks: tuple[Any, ...], kind: str) -> Iterator[Passage]:
        before: Passage | None = None
        for block in blocks:
            match block:
                case Paragraph():
                    made = self.make(block.content, kind, block.origin)
                    before = made[0] if made else None
                    yield from made
                case Heading():
                    yield from self.make(block.content, "heading", block.origin)
                case List():
                    yield from self._items(block, kind, before)
                case Quote():
                    yield from self.blocks(block.blocks, "quote")
                    yield from self.make(block.attribution, "caption", self.last)
                case Box():
                    yield from self.make(block.title, "caption", block.origin)
                    yield from self.blocks(block.blocks, "box" if kind == "text" else kind)
                case Table() | Figure():
                    yield from self.make(block.caption, "caption", block.origin)
                    rows = (block.head, *block.rows) if isinstance(block, Table) else ()
                    for cell in (cell for row in rows for cell in row):
                        assert isinstance(cell, Cell)
                        yield from self.make(cell.content, "cell", block.origin)

    def _items(self, block: List, kind: str, before: Passage | None) -> Iterator[Passage]:
        made = [list(self.blocks(item.blocks, "item" if kind == "text" else kind)) for item in block.items]
        covered = any(is_sourced(one) for one in [*([before] if before else []), *(one for item in made for one in item)])
        for one in (one for item in made for one in item):
            yield replace(one, covered=True) if covered else one

    def make(self, words: tuple[Any, ...], kind: str, origin: Origin | None) -> list[Passage]:
        self.last = origin = origin or self.last
        parts: list[str] = []
        marks: list[Any] = []
        _gather(words, parts, marks)
        if not parts:
            return []
        made = [Passage("".join(parts), kind, self.section, self.language, origin, tuple(marks))]
        for note in marks:
            if isinstance(note, Annotation):
                made += self.make(note.children, "note", note.origin)
        self.last = origin
        return made


def is_sourced(passage: Passage) -> bool:
    """True if a passage calls a note."""
    return any(isinstance(mark, Cite | Annotation | SameNote) for mark in passage.marks)


def _gather(words: tuple[Any, ...], parts: list[str], marks: list[Any]) -> None:
    for node in words:
        kind = type(node)
        if kind is Text:
            parts.append(node.text)
        elif kind is LineBreak:
            parts.append(" ")
        elif kind in _NO_WORDS:
            parts.append(MARK)
            marks.append(node)
        elif children := getattr(node, "children", ()):
            _gather(children, parts, marks)


# ---------------------------------------------------------------- places


def place_of(library: Library, passage: Passage, start: int, end: int) -> tuple[Origin, str]:
    """Return the place of some words of a passage, and the words as they stand in the file there; the passage's place where they are not found.

    A passage knows where it begins. Its words are searched from there, past the same words that come before them: in it, and in the notes that it calls.
    """
    text = library.texts.get(passage.origin.file, "")
    words = passage.text[start:end].strip(MARK + " ")
    if not text or not words:
        return passage.origin, ""
    before = bisect_left(_found(words, passage.text), (start, 0))
    for mark in passage.marks[: passage.text.count(MARK, 0, start)]:
        if children := getattr(mark, "children", ()):
            before += len(_found(words, plain_text(children)))
    spans = _found(words, text)
    place = bisect_left(spans, (_beginning(text, passage), 0)) + before
    if place >= len(spans):
        return passage.origin, ""
    at, end = spans[place]
    return origin_at(text, passage.origin.file, at), text[at:end]


@lru_cache(maxsize=512)
def _found(words: str, text: str) -> tuple[tuple[int, int], ...]:
    """Return where some words stand in a text; kept for the next of many findings of one word."""
    return tuple(match.span() for match in _as_typed(words).finditer(text))


def _as_typed(words: str) -> re.Pattern[str]:
    """Return a pattern for words as they may stand in a file: lines broken anywhere, signs escaped, marks written out."""
    parts = re.findall(rf"\s+|{MARK}|.", words)
    pieces = [r"[\s>]+" if part.isspace() else ".{1,4000}?" if part == MARK else _letter(part) for part in parts]
    start, end = r"(?<![\w@/-])" if words[0].isalnum() else "", r"(?!\w)" if words[-1].isalnum() else ""
    return re.compile(start + "".join(pieces) + end, re.DOTALL)


def _letter(char: str) -> str:
    return re.escape(char) if char.isalnum() else rf"\\?{re.escape(char)}"


def _beginning(text: str, passage: Passage) -> int:
    """Return where a passage begins in the text of its file; asks and leads have no line of their own and are searched by their words."""
    at = offset_of(text, passage.origin)
    if passage.kind in ("ask", "title", "source"):
        first = re.findall(r"\w+", passage.text)[:6]
        found = re.compile(r"\W+".join(map(re.escape, first))).search(text, at) if first else None
        return found.start() if found else at
    return at


def offset_of(text: str, origin: Origin) -> int:
    """Return where a place of a file is in its text."""
    starts = _line_starts(text)
    return starts[min(origin.line, len(starts)) - 1] + max(origin.column - 1, 0) if origin.line else 0


@lru_cache(maxsize=16)
def _line_starts(text: str) -> tuple[int, ...]:
    return (0, *(match.end() for match in re.finditer("\n", text)))


def origin_at(text: str, file: str, offset: int) -> Origin:
    """Return the place of a character of a file."""
    return Origin(file, text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset))


def quotable(library: Library, words: str, origin: Origin, at: Origin) -> str:
    """Return words that stand at one place as a problem at another may quote them: not on a line for all, if theirs is not.

    What a problem on a confidential line quotes is taken out where it is shown.
    """
    return words if _is_shown(library, origin) or not _is_shown(library, at) else "…"


def _is_shown(library: Library, origin: Origin) -> bool:
    lines = _shown_lines(origin.file, library.texts.get(origin.file, ""))
    return not 0 < origin.line <= len(lines) or lines[origin.line - 1] != UNSHOWN


@lru_cache(maxsize=64)
def _shown_lines(file: str, text: str) -> tuple[str, ...]:
    return tuple(showable(file, {file: text}).split("\n"))


def mended(
    rule: Rule, library: Library, passage: Passage, span: tuple[int, int], message: str, instead: str, change: Callable[[str], str] | None
) -> Diagnostic:
    """Report some words of a passage, with what would stand in their place; `change` makes a fix of them as they stand in the file."""
    origin, old = place_of(library, passage, *span)
    fix = Fix((Edit(origin, old, change(old)),)) if change and old and ">" not in old else None
    return rule.at(origin, message, f"write '{instead}'", fix)
