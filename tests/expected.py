"""What a finished document must show, line by line, taken from its `Submission` alone: marks, words, notes, in reading order.

Written without the writers' code, so that a fault of theirs cannot hide here.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any

from shadowgen.locales import Locale
from shadowgen.nodes import (
    Block,
    Box,
    Contents,
    Cover,
    Figure,
    Heading,
    Inline,
    LineBreak,
    List,
    Note,
    NoteAgain,
    NoteCall,
    NoteNumber,
    Paragraph,
    Quote,
    Reference,
    Submission,
    Table,
    Text,
    walk,
)

CALL, CALL_END, LEADER = "\ue000", "\ue001", "\ue002"  # around the number of a note in the text; the dots before a page number
BULLET = "•"


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph, heading, cell or entry: its kind, its number or list mark, its words with the notes' numbers marked."""

    kind: str
    mark: str
    text: str
    anchor: str = ""

    def words(self, *, calls: bool) -> str:
        """Return the words with single blanks, with the notes' numbers or without."""
        return plain(self.text if calls else re.sub(f"{CALL}\\d+{CALL_END}", "", self.text))

    def whole(self) -> str:
        """Return mark, words and notes' numbers as a reader sees them."""
        return f"{self.mark} {self.words(calls=True)}".strip()


def plain(text: str) -> str:
    """Return text with single blanks and without the marks around notes' numbers."""
    return " ".join(unicodedata.normalize("NFKC", re.sub(f"[{CALL}{CALL_END}]", "", text)).split())


def note_lines(submission: Submission) -> list[str]:
    """Return the words of each note in order."""
    return [plain(text_of(note.content)) for note in submission.notes]


def lines(submission: Submission, locale: Locale) -> list[Line]:
    """Return every line of the document in reading order."""
    drawn = _Lines(submission, locale)
    return [line for block in submission.blocks for line in drawn.block(block, 0)]


def remarked(value: Any, kinds: tuple[type, ...], mark: Callable[[int], str]) -> Any:
    """Return a tree in which the nodes of these kinds show another mark; `mark` gives it by the note's place in the document."""
    if isinstance(value, tuple):
        return tuple(remarked(one, kinds, mark) for one in value)
    if not is_dataclass(value):
        return value
    changes = {spec.name: remarked(getattr(value, spec.name), kinds, mark) for spec in fields(value)}
    if isinstance(value, kinds):
        changes["mark"] = mark(value.number if isinstance(value, Note) else value.note)
    return replace(value, **changes)


def numbered_by_chapter(submission: Submission) -> Submission:
    """Return the document as LibreOffice numbers it: where Word starts again at every section, it starts again at headings of level 1 only."""
    marks, count = {}, 0
    for block in submission.blocks:
        count = 0 if isinstance(block, Heading) and block.level == 1 else count
        for node in walk(block):
            if isinstance(node, NoteCall):
                count += 1
                marks[node.note] = str(count)
    return remarked(submission, (NoteCall, Note), marks.__getitem__) if submission.meta.note_restart == "section" else submission


def text_of(inlines: tuple[Inline, ...]) -> str:
    """Return the words of inlines, with the numbers of notes marked."""
    out: list[str] = []
    for place, inline in enumerate(inlines):
        match inline:
            case Text(text) | Reference(text=text):
                out.append(text)
            case LineBreak():
                out.append(" ")
            case NoteNumber(note, mark):
                out.append(mark or str(note))
            case NoteCall(note, mark) | NoteAgain(note, mark):
                beside = place > 0 and isinstance(inlines[place - 1], NoteCall | NoteAgain)
                shown = mark or str(note)
                out.append(f"{',' if beside else ''}" + (f"{CALL}{shown}{CALL_END}" if isinstance(inline, NoteCall) else shown))
            case _:
                out.append(text_of(inline.children))  # type: ignore[union-attr]
    return "".join(out)


class _Lines:
    def __init__(self, submission: Submission, locale: Locale) -> None:
        self.submission = submission
        self.locale = locale

    def block(self, block: Block, depth: int) -> Iterator[Line]:
        match block:
            case Heading():
                yield Line(f"heading {block.level}", block.label, text_of(block.content), block.anchor)
            case Paragraph():
                yield Line("paragraph", f"{block.number}." if block.number else "", text_of(block.content), block.anchor)
            case List():
                yield from self._list(block, depth)
            case Quote():
                for inner in block.blocks:
                    yield from self.block(inner, depth)
                if block.attribution:
                    yield Line("attribution", "—", text_of(block.attribution))
            case Table():
                yield self._caption("caption", "table", block.number, block.caption, block.anchor)
                for row in (block.head, *block.rows):
                    yield from (Line("cell", "", text_of(cell.content)) for cell in row)
            case Figure():
                yield self._caption("caption", "figure", block.number, block.caption, block.anchor)
            case Box():
                if block.kind == "case":
                    yield self._caption("title", "case", block.number, block.title, block.anchor)
                else:
                    yield Line("title", "", text_of(block.title), block.anchor)
                for inner in block.blocks:
                    yield from self.block(inner, depth)
            case Cover():
                yield from (Line("cover", "", text_of(words)) for _, words in block.lines)
            case Contents():
                yield Line("contents", "", text_of(block.title))
                yield from self._entries(block.depth)

    def _caption(self, kind: str, word: str, number: int, words: tuple[Inline, ...], anchor: str) -> Line:
        label = LABELS.get(self.locale.language, {}).get(word, f"{self.locale.words[word]} {{}}").format(number)
        joint = "：" if self.locale.language == "zh" else ". "
        return Line(kind, "", f"{label}{joint}{text_of(words)}" if words else label, anchor)

    def _entries(self, depth: int) -> Iterator[Line]:
        for block in self.submission.blocks:
            if isinstance(block, Heading) and block.level <= depth:
                title = Line("", "", text_of(block.content)).words(calls=False)
                yield Line("entry", block.label, title, block.anchor)

    def _list(self, block: List, depth: int) -> Iterator[Line]:
        for place, item in enumerate(block.items):
            inner = [line for one in item.blocks for line in self.block(one, depth + 1)]
            yield replace(inner[0], kind="item", mark=self._mark(block.style, block.start + place))
            yield from inner[1:]

    def _mark(self, style: str, number: int) -> str:
        language = self.locale.language
        left = "(" if language in ("en", "zh", "ar") else ""
        match style:
            case "bullet":
                return BULLET
            case "alpha":
                letters = "أبجدهوزح" if language == "ar" else "abcdefghijklmnopqrstuvwxyz"
                return f"{left}{letters[number - 1]})"
            case "roman":
                return f"{left}{number if language == 'ar' else _ROMAN[number - 1]})"
            case "paren":
                return f"{number})"
        return f"{number}."


# how captions are numbered where the number does not follow the word
LABELS = {
    "kk": {"table": "{}-кесте", "figure": "{}-сурет", "case": "{}-жағдай"},
    "kk-Latn": {"table": "{}-keste", "figure": "{}-suret", "case": "{}-jağdai"},
    "zh": {"table": "表{}", "figure": "图{}", "case": "案例{}"},
}
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
