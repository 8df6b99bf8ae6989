"""Lists marked a) and i), which CommonMark does not know: rewritten as digits of the same width."""

from __future__ import annotations

import re

from markdown_it.rules_core import StateCore

_LETTER = re.compile(r"^(\s*(?:>\s?)*(?:[-*+]\s+)?)([a-z]|[ivxlc]+|([a-z])\3)\)(\s+\S)")
ROMAN = tuple(
    f"{ten}{one}"
    for ten in ("", "x", "xx", "xxx", "xl", "l", "lx", "lxx", "lxxx", "xc")
    for one in ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")
)
_ROMAN = {mark: number for number, mark in enumerate(ROMAN)}


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
        lines[number] = match[1] + _digits(mark, value) + line[match.end(2) :]
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
    digits = _digits(match[2], value)
    rewritten = digits + line[match.end(2) :]
    bare = text.strip()
    if not bare.startswith(digits + ")") or not rewritten.startswith(bare):
        return text
    return text[: len(text) - len(text.lstrip())] + line[match.start(2) :][: len(bare)]


def _digits(mark: str, value: int) -> str:
    """Return a number as wide as a mark; blanks instead would be taken for the indentation of code."""
    return str(min(value, 10 ** len(mark) - 1)).zfill(len(mark))


def _letter_value(mark: str, last: tuple[str, int] | None) -> tuple[str | None, int]:
    roman, alpha = _ROMAN.get(mark, 0), ord(mark[0]) - 96 + 26 * (len(mark) - 1) if mark in (mark[0], 2 * mark[0]) else 0
    if last and last[0] == "roman" and roman == last[1] + 1:
        return "roman", roman
    if last and last[0] == "alpha" and alpha == last[1] + 1:
        return "alpha", alpha
    alpha = alpha if alpha <= 26 else 0  # aa) comes after z) and nowhere else
    if roman == 1 or (roman and not alpha):
        return "roman", roman
    return ("alpha", alpha) if alpha else (None, 0)
