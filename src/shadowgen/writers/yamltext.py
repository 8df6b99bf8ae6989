"""Plain data -> YAML that our strict reader takes back unchanged: one form for every kind of value, no anchors, no surprises.

Enters: mappings, lists, texts and numbers; a `Block` for prose that keeps its lines. Leaves: the text of a file.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

WIDTH = 118


@dataclass(frozen=True, slots=True)
class Block:
    """Prose of our dialect, written as a literal block."""

    prose: str


@dataclass(frozen=True, slots=True)
class Remarked:
    """A value with a comment above it, such as the words of a note that an entry of the bibliography came from."""

    value: Any
    remark: str


def write_yaml(data: Mapping[str, Any], head: str = "") -> str:
    """Return a mapping as the text of a file, with a comment at its head."""
    return "".join(f"# {line}\n" for line in head.splitlines()) + "\n".join(_mapping(data, "")) + "\n"


def _mapping(data: Mapping[str, Any], indent: str) -> list[str]:
    rows: list[str] = []
    for key, value in data.items():
        if isinstance(value, Remarked):
            rows += [f"{indent}# {line}" for line in fill(value.remark, WIDTH - len(indent))]
            value = value.value
        rows += _entry(f"{indent}{key}:", value, indent)
    return rows


def _entry(head: str, value: Any, indent: str) -> list[str]:
    match value:
        case Block(prose):
            return [f"{head} |", *(f"{indent}  {line}".rstrip() for line in _prose_lines(prose, WIDTH - len(indent)))]
        case Mapping():
            return [head, *_mapping(value, indent + "  ")]
        case list() | tuple() if all(isinstance(one, str) and len(one) < 40 for one in value) and sum(map(len, value)) < 90:
            return [f"{head} [{', '.join(map(_scalar, value))}]"]
        case list() | tuple():
            return [head, *(row for one in value for row in _item(one, indent + "  "))]
        case str() if len(head) + len(value) > WIDTH:
            return [f"{head} >-", *(f"{indent}  {line}" for line in fill(value, WIDTH - len(indent)))]
        case _:
            return [f"{head} {_scalar(value)}"]


def _item(value: Any, indent: str) -> list[str]:
    if isinstance(value, Mapping):
        rows = _mapping(value, indent + "  ")
        return [f"{indent}- {rows[0].lstrip()}", *rows[1:]] if not rows[0].lstrip().startswith("#") else [f"{indent}-", *rows]
    return _entry(f"{indent}-", value, indent)


_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9 /().-]*[A-Za-z0-9)]|[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*")


def _scalar(value: Any) -> str:
    if not isinstance(value, str):
        return "yes" if value is True else str(value)
    return value if _PLAIN.fullmatch(value) else json.dumps(value, ensure_ascii=False)


def fill(words: str, width: int) -> list[str]:
    """Break running words into lines of a width."""
    lines, line = [], ""
    for word in words.split():
        if line and len(line) + len(word) + 1 > width:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}" if line else word
    return [*lines, line] if line else lines


_MARK = re.compile(r"^(?:[-+*>#|=~:`]|\d{1,9}[.)]|\(?[a-z]{1,5}[.)])")


def _prose_lines(prose: str, width: int) -> list[str]:
    """Break the long lines of prose, but never before a word that would begin a list, heading or quote there."""
    out: list[str] = []
    for row in prose.rstrip("\n").split("\n"):
        indent = re.match(r"(?: *(?:[-] |\d+[.)] |[a-z]{1,5}\) ))? *(?:> ?)*", row)[0]  # type: ignore[index]
        if len(row) <= width or re.match(r"\s*(?:\||#|:::|Table:)", row) or ">" in indent:
            out.append(row)
            continue
        out += _broken(row[len(indent) :], indent, width)
    return out


def _broken(words: str, indent: str, width: int) -> list[str]:
    lines, line, lead = [], "", indent
    for word in words.split(" "):
        if line and word and len(indent) + len(line) + len(word) + 1 > width and not _MARK.match(word):
            lines.append(lead + line)
            line, lead = word, " " * len(indent)
        else:
            line = f"{line} {word}" if line else word
    return [*lines, lead + line]
