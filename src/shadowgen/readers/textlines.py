"""The lines of a text file, cleaned of what nobody can see.

Enters: bytes. Leaves: `Line`s with their numbers and the blank lines before each. Raises `Unreadable` for what is no text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise

from shadowgen.diagnostics import Rule
from shadowgen.rules import UNREADABLE_FILE
from shadowgen.yamlfile import without_hidden

MAX_BYTES = 50_000_000


class Unreadable(ValueError):
    """The file cannot be read; the message says why, `hint` what to do, `rule` under which rule it is told."""

    def __init__(self, message: str, hint: str = "", rule: Rule = UNREADABLE_FILE) -> None:
        super().__init__(message)
        self.hint, self.rule = hint, rule


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank. `indent` counts its leading blanks, `gap` the blank lines before it."""

    number: int
    text: str
    indent: int = 0
    gap: int = 0
    form_feed: bool = False
    page: int = 0
    after_page: bool = False

    def on(self, page: int, after_page: bool) -> Line:
        """Return the line as one of a page; `after_page` if it is the first."""
        return replace(self, page=page, after_page=after_page)


def decode(raw: bytes) -> str:
    """Return the text of a file; UTF-8, UTF-16 with its mark, else the code page that gives the more sensible letters."""
    if len(raw) > MAX_BYTES:
        raise Unreadable(f"the file has {len(raw):,} bytes; the limit is {MAX_BYTES:,}")
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return raw.decode("utf-16", "replace")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        if b"\0" in raw[:4096]:
            raise Unreadable("this is no text file", "import a .txt, .md or .docx file") from None
        cyrillic = sum(byte >= 0xC0 for byte in raw) > len(raw) * 0.25
        return raw.decode("cp1251" if cyrillic else "cp1252", "replace")


_BULLETS = "\uf0b7\uf0a7\uf0d8\uf02d\uf0fc\uf076"


def clean(text: str) -> str:
    """Return a text with plain blanks and without characters that nobody can see."""
    text = re.sub("[\u00a0\u2000-\u200a\u202f\u205f\u3000\t]", " ", text)
    text = re.sub("[\ue000-\uf8ff]", lambda char: "•" if char[0] in _BULLETS else "", text)  # letters of symbol fonts
    text = text.replace("\u00ad", "").replace("\u2011", "-").replace("\u2028", " ")
    return without_hidden(text)


def lines_of(raw: bytes) -> list[Line]:
    """Return the lines of a text file that are not blank."""
    text = decode(raw).replace("\r\n", "\n").replace("\r", "\n").replace("\x0b", "\n")
    found: list[Line] = []
    gap, feed = 0, False
    for number, row in enumerate(text.split("\n"), 1):
        feed = feed or "\f" in row
        words = clean(row.replace("\f", ""))
        if not words.strip():
            gap += 1
            continue
        indent = len(words) - len(words.lstrip())
        found.append(Line(number, re.sub(" +", " ", words.strip()), indent, gap, feed))
        gap, feed = 0, False
    return found


def gap_between_lines(lines: list[Line]) -> int:
    """Return how many blank lines stand between the lines of one paragraph: 1 or more in a text with double spacing.

    Only lines that surely go on tell it: they begin with a small letter after a line that ends no sentence.
    """
    sure = [line.gap for before, line in pairwise(lines) if line.text[:1].islower() and before.text[-1:].isalnum()]
    return sorted(sure)[len(sure) // 2] if sure else 0


def width_of_lines(lines: list[Line]) -> int:
    """Return how many characters a full line has; headings, items and the last lines of paragraphs do not count."""
    lengths = sorted(len(line.text) for line in lines)
    if not lengths:
        return 0
    full = [length for length in lengths if length >= 0.6 * lengths[len(lengths) * 9 // 10]]
    return full[len(full) * 3 // 4]
