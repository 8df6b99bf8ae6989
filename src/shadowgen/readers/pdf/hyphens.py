"""Hyphens at the ends of lines: which belong to the word and which only broke it.

A PDF does not tell them apart. The document itself does, mostly: the word stands elsewhere in one piece, or with its hyphen.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

SOFT = "\u00ad"
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_BROKEN = re.compile(rf"[-\u2010{SOFT}]$")
_REACH = 3  # letters after the break that a kindred word must share
_OFTEN = 0.025  # share of lines that end in a hyphen where a program broke the words
# Second and first halves of words that keep their hyphen, where nothing else tells.
_SECOND = frozenset("up off out by called based related owned run led level wide free old term time to of the".split())
_FIRST = frozenset("non self quasi vice cross well half ex".split())


class Vocabulary:
    """The words of a document that no line end has broken."""

    def __init__(self, lines: Iterable[str]) -> None:
        self.words: Counter[str] = Counter()
        self.starts: set[str] = set()
        breaks: list[tuple[str, str]] = []
        count, tail = 0, ""
        for line in lines:
            count += 1
            found = [match[0].lower() for match in _WORD.finditer(line)]
            if tail and found:
                breaks.append((tail, found.pop(0)))
            broken = _BROKEN.search(line.rstrip())
            tail = found.pop() if broken and found else ""
            self.words.update(found)
        for word in self.words:
            self.starts.update(word[:end] for end in range(4, len(word) + 1))
        told = [self._told(left, right) for left, right in breaks]
        self.breaks_words = told.count("") > told.count("-") or len(breaks) > _OFTEN * count

    def _told(self, left: str, right: str) -> str | None:
        """Return what the document itself says of a break: "" for a broken word, "-" for a hyphen of its own, None if it says nothing."""
        whole, parted = self.words[left + right], self.words[f"{left}-{right}"]
        if whole or parted:
            return "" if whole >= parted else "-"
        reach = right[:_REACH]
        if left + reach in self.starts and len(left + reach) > 4:
            return ""
        return "-" if f"{left}-{reach}" in self.starts else None

    def between(self, left: str, right: str) -> str:
        """Return what stands between the halves of a word that a line end parted at a hyphen: "-" or nothing."""
        if not right[:1].islower() or not left[-1:].isalpha():
            return "-"
        head, tail = _last_word(left.lower()), _first_word(right.lower())
        told = self._told(head, tail)
        if told is not None:
            return told
        if tail in _SECOND or head in _FIRST or "-" in head:
            return "-"
        both = self.words[head] and self.words[tail] and len(tail) > 2
        return "-" if both or not self.breaks_words else ""


def _last_word(text: str) -> str:
    found = _WORD.findall(text)
    return found[-1] if found else ""


def _first_word(text: str) -> str:
    match = _WORD.match(text)
    return match[0] if match else ""
