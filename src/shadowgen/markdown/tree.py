"""Flat tokens -> nested marks: what stands between an opening token and its closing one are the children of the first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from markdown_it.token import Token


class Mark:
    """A token and what stands inside it; `type` is the token's without its ending `_open`."""

    __slots__ = ("children", "token", "type")

    def __init__(self, token: Token, type: str, children: list[Mark]) -> None:
        self.token = token
        self.type = type
        self.children = children

    @property
    def line(self) -> int:
        """The line of the passage on which the mark begins, from 0."""
        return self.token.map[0] if self.token.map else 0

    def attribute(self, name: str) -> Any:
        """Return an attribute, such as the address of a link, or an empty string."""
        return self.token.attrs.get(name, "")

    def walk(self) -> Iterator[Mark]:
        """Yield the mark and every mark inside it."""
        yield self
        for child in self.children:
            yield from child.walk()


def nested(tokens: Sequence[Token]) -> list[Mark]:
    """Return the outermost marks of tokens."""
    opened: list[list[Mark]] = [[]]
    for token in tokens:
        if token.nesting < 0:
            opened.pop()
        elif token.nesting:
            mark = Mark(token, token.type.removesuffix("_open"), [])
            opened[-1].append(mark)
            opened.append(mark.children)
        else:
            opened[-1].append(Mark(token, token.type, nested(token.children) if token.children else []))
    return opened[0]
