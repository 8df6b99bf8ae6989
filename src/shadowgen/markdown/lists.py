"""Lists marked a) and i), which CommonMark does not know: rewritten as digits of the same width."""

from __future__ import annotations

import re

from markdown_it.rules_core import StateCore

_LETTER = re.compile(r"^(\s*(?:>\s?)*(?:[-*+]\s+)?)([a-z]|[ivxl]+)\)(\s+\S)")


def lettered_lists(text: str) -> tuple[str, dict[int, tuple[str, int]]]:
    """Rewrite `a)` and `ii)` as digits of the same width, which CommonMark reads; return the style and number by line."""
    styles: dict[int, tuple[str, int]] = {}
    previous: dict[int, tuple[str, int]] = {}
    lines = text.split("\n")
    for number, line in enumerate(lines):
        match = _LETTER.match(line)
        if not match:
            continue
        indent, mark = len(match[1]), match[2]
        style, value = _letter_value(mark, previous.get(indent))
        if style is None:
            continue
        styles[number] = previous[indent] = (style, value)
        for deeper in [width for width in previous if width > indent]:
            del previous[deeper]
        digits = str(min(value, 9)) + ")" + " " * (len(mark) - 1)
        lines[number] = match[1] + digits + line[match.end(2) + 1 :]
    return "\n".join(lines), styles


def letters_rule(state: StateCore) -> None:
    """Give a line that begins like an item `b)`, but continues a paragraph or is a row of a table, its letter back."""
    lists, lines = state.env["lists"], state.env["passage"].lines
    for token in state.tokens if lists else ():
        if token.type == "inline" and token.map:
            texts = token.content.split("\n")
            for number in lists.keys() & set(range(token.map[0], token.map[0] + len(texts))):
                texts[number - token.map[0]] = _lettered(texts[number - token.map[0]], lines[number], lists[number][1])
            token.content = "\n".join(texts)


def _lettered(text: str, line: str, value: int) -> str:
    match = _LETTER.match(line)
    assert match
    rewritten = f"{min(value, 9)})" + " " * (len(match[2]) - 1) + line[match.end(2) + 1 :]
    bare = text.strip()
    if not bare.startswith(rewritten[:2]) or not rewritten.startswith(bare):
        return text
    return text[: len(text) - len(text.lstrip())] + line[match.start(2) :][: len(bare)]


def _letter_value(mark: str, last: tuple[str, int] | None) -> tuple[str | None, int]:
    roman, alpha = _roman(mark), ord(mark) - 96 if len(mark) == 1 else 0
    if last and last[0] == "roman" and roman == last[1] + 1:
        return "roman", roman
    if last and last[0] == "alpha" and alpha == last[1] + 1:
        return "alpha", alpha
    if roman == 1 or (roman and not alpha):
        return "roman", roman
    return ("alpha", alpha) if alpha else (None, 0)


def _roman(mark: str) -> int:
    numerals = (
        "i",
        "ii",
        "iii",
        "iv",
        "v",
        "vi",
        "vii",
        "viii",
        "ix",
        "x",
        "xi",
        "xii",
        "xiii",
        "xiv",
        "xv",
        "xvi",
        "xvii",
        "xviii",
        "xix",
        "xx",
    )
    return numerals.index(mark) + 1 if mark in numerals else 0
