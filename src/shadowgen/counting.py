"""How a language counts parts and list items: I., (a), (أ), 一、. The forms are data.

Enters: a mark as a locale writes it, "({lower-latin})". Leaves: a `Mark`, which prints any number and names Word's own form of counting.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from shadowgen.workspace import package_data

_MARK = re.compile(r"(.*?)\{([a-z-]+)\}(.*)")


@dataclass(frozen=True, slots=True)
class Mark:
    """A number and what stands around it; `symbols` are the numbers spelled out, `word` is Word's name of the form, or empty."""

    before: str
    after: str
    word: str
    symbols: tuple[str, ...]

    def printed(self, number: int) -> str:
        """Return the mark of a number from 1 on; past the last symbol in figures."""
        inside = self.symbols[number - 1] if number <= len(self.symbols) else str(number)
        return f"{self.before}{inside}{self.after}"

    def css(self, name: str) -> str:
        """Return a counter style of this name, for the list items of a page."""
        quoted = " ".join(f'"{symbol}"' for symbol in self.symbols)
        system = f"system: fixed; symbols: {quoted}" if self.symbols else "system: extends decimal"
        return f'@counter-style {name} {{ {system}; prefix: "{self.before}"; suffix: "{self.after}\\a0 " }}'


@cache
def mark(pattern: str) -> Mark:
    """Return the mark of a pattern; raises KeyError for an unknown form, ValueError for a pattern without one."""
    found = _MARK.fullmatch(pattern)
    if found is None:
        raise ValueError(pattern)
    before, form, after = found.groups()
    data = package_data("", "counting.yaml")[form]
    return Mark(before, after, data.get("word", ""), tuple(data.get("symbols", "").split()))
