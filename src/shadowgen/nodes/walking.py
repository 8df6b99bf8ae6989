"""Walking a tree of nodes, and reading its words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any

from shadowgen.nodes.inlines import LineBreak, NoteAgain, NoteCall, NoteNumber, PersonName, Reference, Text


@cache
def _parts(kind: type) -> tuple[str, ...] | None:
    """Return the fields of a node's type that may hold nodes, last first; None if it is no node."""
    if not is_dataclass(kind):
        return None
    return tuple(spec.name for spec in reversed(fields(kind)) if spec.type not in _NO_NODES)


_NO_NODES = frozenset({"str", "int", "bool", "bytes", "Origin | None", "Trace | None", "tuple[tuple[str, str], ...]"})


def walk(value: Any, closed: tuple[type, ...] = ()) -> Iterator[Any]:
    """Yield every node in `value` (a node, or tuples of nodes), parents before children, in document order.

    Nodes of the types `closed` are yielded without what is inside them. Where a node comes from is no node: neither an `Origin` nor a
    `Trace` is yielded.
    """
    waiting = [value]
    while waiting:
        value = waiting.pop()
        kind = type(value)
        if kind is tuple:
            waiting += value[::-1]
        elif (parts := _parts(kind)) is not None:
            yield value
            if kind not in closed:
                waiting += [getattr(value, name) for name in parts]


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
            parts.append(node.mark or str(node.note))
        elif kind is NoteCall or kind is NoteAgain:
            parts.append(note_mark(node.note))
        elif kind is PersonName:
            parts.append(f"[@@{node.key}]")
    return "".join(parts)
