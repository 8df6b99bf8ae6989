"""Strict YAML: plain data plus the place of every value. The only door to yaml.

Enters: the text of a file. Leaves: a `Document` whose scalars are all text (or None), so that `no`, `010` and `1:30` mean what they say,
and whose every key and value has a place; or diagnostics. Built from libyaml's event stream, without recursion, because its
loader dies on deep nesting.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

import yaml

from shadowgen import rules
from shadowgen.diagnostics import Diagnostic, Edit, Fix, Origin

MAX_BYTES = 2_000_000
MAX_DEPTH = 32
MAX_NODES = 100_000
MAX_REPORTS = 100

Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a value stands: line and column from 1; `literal` if it is a `|` block, whose text begins on the next line."""

    line: int
    column: int
    literal: bool = False
    block: bool = False


@dataclass(slots=True)
class Document:
    """One YAML file: its data, the place of each value and of each key by path."""

    file: str
    text: str
    data: Any = None
    values: dict[Path, Place] = field(default_factory=dict)
    keys: dict[Path, Place] = field(default_factory=dict)
    lines: list[str] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self.lines = self.text.split("\n")

    def origin(self, path: Path = (), *, key: bool = False) -> Origin:
        """Return the place of the value (or key) at `path`, or of its nearest parent."""
        for cut in range(len(path), -1, -1):
            table = self.keys if key and cut == len(path) else self.values
            place = table.get(path[:cut]) or self.values.get(path[:cut])
            if place:
                return Origin(self.file, place.line, place.column)
        return Origin(self.file, 1, 1)

    def text_start(self, path: Path) -> tuple[int, int]:
        """Return line and column where the words of the scalar at `path` begin in the file."""
        place = self.values.get(path)
        if place is None:
            return 1, 1
        if not place.block:
            return place.line, place.column + (1 if self._quoted(place) else 0)
        for number in range(place.line, len(self.lines)):
            if line := self.lines[number].lstrip():
                return place.line + 1, len(self.lines[number]) - len(line) + 1
        return place.line + 1, 1

    def _quoted(self, place: Place) -> bool:
        return self.lines[place.line - 1][place.column - 1 : place.column] in ("'", '"')


def read_text(raw: bytes, file: str) -> tuple[str, list[Diagnostic]]:
    """Decode the bytes of a user's file; refuse what is too large, not UTF-8, or holds invisible characters."""
    if len(raw) > MAX_BYTES:
        return "", [rules.UNREADABLE_FILE.at(Origin(file), f"the file has {len(raw):,} bytes; the limit is {MAX_BYTES:,}")]
    try:
        text = raw.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        return "", [rules.UNREADABLE_FILE.at(Origin(file, line), "not UTF-8 text", "save the file with the encoding UTF-8")]
    return text, forbidden_characters(text, file)


def forbidden_characters(text: str, file: str) -> list[Diagnostic]:
    """Report the characters of a text that nobody can see, or that no Word file may hold."""
    return list(islice(_forbidden_characters(text, file), MAX_REPORTS))


_SUSPECT = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff0-\uffff\ufdd0-\ufdef"
    "\U000e0000-\U000e007f" + "".join(chr(plane + end) for plane in range(0x10000, 0x110000, 0x10000) for end in (0xFFFE, 0xFFFF)) + "]"
)
_JOINERS = "\u200c\u200d"


def _forbidden_characters(text: str, file: str) -> Iterator[Diagnostic]:
    if not _SUSPECT.search("".join(set(text))):  # each character once: a tenth of the time
        return
    for number, line in enumerate(text.split("\n"), 1):
        for at in _suspects(line):
            origin = Origin(file, number, at + 1)
            yield _forbidden(line[at], origin, Fix((Edit(origin, line[at], ""),)) if unicodedata.category(line[at]) == "Cf" else None)


def without_hidden(text: str) -> str:
    """Return a text of another program without the characters that a file of ours may not hold."""
    hidden = set(_suspects(text))
    return "".join(char for place, char in enumerate(text) if place not in hidden) if hidden else text


def _suspects(text: str) -> Iterator[int]:
    """Yield where a text holds a character that nobody can see, but for a joiner between letters."""
    for match in _SUSPECT.finditer(text):
        at = match.start()
        joins = 0 < at < len(text) - 1 and unicodedata.category(text[at - 1])[0] in "LM" and text[at + 1].isalpha()
        if not (match.group() in _JOINERS and joins):
            yield at


def _forbidden(char: str, origin: Origin, fix: Fix | None = None) -> Diagnostic:
    """Report a character; one that only steers how text is shown (no control, no line break) can be deleted without a look."""
    name = unicodedata.name(char, "control character").lower()
    return rules.FORBIDDEN_CHARACTER.at(origin, f"U+{ord(char):04X} {name}", "delete it: it cannot be seen", fix)


def parse_yaml(text: str, file: str) -> tuple[Document, list[Diagnostic]]:
    """Parse the text of one YAML file into data and places; never raises on bad input."""
    document = Document(file, text)
    if text.startswith("%") or "\n%" in text:  # libyaml compares each directive with all before it, so many of them take hours
        origin = Origin(file, f"\n{text}".split("\n%")[0].count("\n") + 1, 1)
        return document, [rules.YAML_FEATURE.at(origin, "a directive (%)", "indent a text that starts with %, or delete the line")]
    builder = _Builder(document)
    try:
        for event in yaml.parse(text, Loader=yaml.CSafeLoader):
            if not builder.take(event) or len(builder.problems) >= MAX_REPORTS:
                break
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        origin = Origin(file, mark.line + 1, mark.column + 1) if mark else Origin(file, 1, 1)
        builder.problems.append(rules.YAML_SYNTAX.at(origin, _reason(error), _syntax_hint(text, origin.line)))
    except (yaml.YAMLError, UnicodeEncodeError):
        builder.problems.append(rules.YAML_SYNTAX.at(Origin(file, 1, 1), "this is not YAML"))
    if builder.problems:
        document.data = None
    return document, builder.problems


_REASONS = {
    "found character that cannot start any token": "a tab or a special character where none may stand",
    "mapping values are not allowed in this context": "a ': ' inside a text that has no quotation marks",
    "could not find expected ':'": "a key without its colon, or a line that is not indented as its neighbours",
    "did not find expected key": "the indentation does not match, or a quotation mark ends too early",
    "did not find expected '-' indicator": "an item of a list without its '- ', or with other indentation",
    "found unexpected end of stream": "a quotation mark or bracket that is never closed",
}


def _reason(error: yaml.MarkedYAMLError) -> str:
    known = _REASONS.get(error.problem or "")
    return known or "the file is not well-formed YAML here"


def _syntax_hint(text: str, line: int) -> str:
    lines = text.split("\n")
    near = lines[line - 1] if 0 < line <= len(lines) else ""
    if "\t" in near:
        return "indent with blanks, not with tabs"
    if near.count(": ") > 1:
        return "put the text after the first colon between quotation marks"
    return "compare the indentation and the quotation marks with the line above"


class _Frame:
    """An open mapping or sequence while the events go by."""

    __slots__ = ("container", "key", "path")

    def __init__(self, container: dict[str, Any] | list[Any], path: Path) -> None:
        self.container = container
        self.path = path
        self.key: str | None = None


class _Builder:
    """Builds data and places from the event stream with a stack of its own."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.problems: list[Diagnostic] = []
        self.stack: list[_Frame] = []
        self.nodes = 0
        self.documents = 0

    def take(self, event: Any) -> bool:
        """Take one event; return False when the rest of the file must not be read."""
        match event:
            case yaml.ScalarEvent():  # nearly every event is one
                return self._node(event) and self._scalar(event)
            case yaml.DocumentStartEvent():
                self.documents += 1
                if self.documents > 1:
                    return self._refuse(event, "a second document in the same file", "delete the line '---'")
            case yaml.AliasEvent():
                return self._refuse(event, "an alias (*)", "put a text that starts with * between quotation marks")
            case yaml.MappingStartEvent() | yaml.SequenceStartEvent():
                return self._node(event) and self._open(event)
            case yaml.MappingEndEvent() | yaml.SequenceEndEvent():
                self.stack.pop()
                self._value_done()
        return True

    def _refuse(self, event: Any, what: str, hint: str = "") -> bool:
        self.problems.append(rules.YAML_FEATURE.at(self._origin(event), what, hint))
        return False

    def _origin(self, event: Any) -> Origin:
        return Origin(self.document.file, event.start_mark.line + 1, event.start_mark.column + 1)

    def _node(self, event: Any) -> bool:
        self.nodes += 1
        if event.anchor is not None:
            return self._refuse(event, "an anchor (&)", "put a text that starts with & between quotation marks")
        if event.tag is not None:
            return self._refuse(event, "a tag (!)", "put a text that starts with ! between quotation marks")
        if self.nodes > MAX_NODES:
            return self._refuse(event, f"more than {MAX_NODES:,} values in one file", "split the file")
        if len(self.stack) >= MAX_DEPTH:
            return self._refuse(event, f"more than {MAX_DEPTH} levels of nesting")
        return True

    def _path(self) -> Path:
        if not self.stack:
            return ()
        top = self.stack[-1]
        step: str | int = top.key if isinstance(top.container, dict) else len(top.container)  # type: ignore[assignment]
        return (*top.path, step)

    def _scalar(self, event: yaml.ScalarEvent) -> bool:
        top = self.stack[-1] if self.stack else None
        if event.style == '"' and (at := next(_suspects(event.value), None)) is not None:
            self.problems.append(_forbidden(event.value[at], self._origin(event)))  # it was written as an escape
        if top and isinstance(top.container, dict) and top.key is None:
            return self._key(event, top)
        is_null = not event.style and event.value in ("", "~", "null")
        self._put(event, None if is_null else event.value)
        self._value_done()
        return True

    def _key(self, event: yaml.ScalarEvent, top: _Frame) -> bool:
        key = event.value
        assert isinstance(top.container, dict)
        if key == "<<":
            return self._refuse(event, "a merge (<<)")
        if key in top.container:
            first = self.document.keys[(*top.path, key)]
            self.problems.append(
                rules.DUPLICATE_KEY.at(self._origin(event), f"'{key}' stands twice", f"the first one is on line {first.line}")
            )
        top.key = key
        self.document.keys[(*top.path, key)] = Place(event.start_mark.line + 1, event.start_mark.column + 1)
        return True

    def _open(self, event: Any) -> bool:
        if self.stack and isinstance(self.stack[-1].container, dict) and self.stack[-1].key is None:
            return self._refuse(event, "a list or mapping as a key")
        container: dict[str, Any] | list[Any] = {} if isinstance(event, yaml.MappingStartEvent) else []
        path = self._path()
        self._put(event, container)
        self.stack.append(_Frame(container, path))
        return True

    def _put(self, event: Any, value: Any) -> None:
        style = getattr(event, "style", None)
        self.document.values[self._path()] = Place(
            event.start_mark.line + 1, event.start_mark.column + 1, literal=style == "|", block=style in ("|", ">")
        )
        if not self.stack:
            self.document.data = value
            return
        top = self.stack[-1]
        if isinstance(top.container, dict):
            top.container[top.key or ""] = value
        else:
            top.container.append(value)

    def _value_done(self) -> None:
        if self.stack and isinstance(self.stack[-1].container, dict):
            self.stack[-1].key = None
