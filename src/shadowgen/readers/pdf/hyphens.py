"""Hyphens at the ends of lines: which belong to the word and which only broke it.

A PDF does not tell them apart. The document itself does, mostly: the word stands elsewhere in one piece, or with its hyphen. Else lists of parts of words
and the patterns by which programs break words (a door to pyphen) decide, and where those leave it open the hyphen stays: a hyphen too many is seen.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import cache

from shadowgen.workspace import package_data

SOFT = "\u00ad"
HYPHENS = rf"[-\u2010{SOFT}]"
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_BROKEN = re.compile(rf"{HYPHENS}$")
_REACH = 2  # letters after the break that a kindred word must share
_OFTEN = 0.025  # share of lines that end in a hyphen where a program broke the words


class Vocabulary:
    """The words of a document that no line end has broken; `guesses` are the words whose hyphen nothing in the document decides."""

    def __init__(self, lines: Iterable[str]) -> None:
        self.words: Counter[str] = Counter()
        self.guesses: dict[str, str] = {}
        breaks: list[tuple[str, str]] = []
        count, tail = 0, ""
        for line in lines:
            count += 1
            found = [match[0].lower() for match in _WORD.finditer(line)]
            if tail and found:
                breaks.append((tail, found.pop(0)))
            tail = found.pop() if _BROKEN.search(line.rstrip()) and found else ""
            self.words.update(found)
        self.starts = {word[:end] for word in self.words for end in range(4, len(word) + 1)}
        told = [self._told(left, right) for left, right in breaks]
        self.breaks_words = told.count("") > told.count("-") or len(breaks) > _OFTEN * count

    def _told(self, left: str, right: str) -> str | None:
        """Return what the document itself says of a break: "" for a broken word, "-" for a hyphen of its own, None if it says nothing."""
        whole, parted = self.words[left + right], self.words[f"{left}-{right}"]
        if whole or parted:
            return "" if whole >= parted else "-"
        if f"{left}-{right[:3]}" in self.starts:
            return "-"
        return "" if left + right[:_REACH] in self.starts and len(left) > 2 else None

    def between(self, left: str, right: str) -> str:
        """Return what stands between two texts that a line end parted at a hyphen: "-" or nothing."""
        capitals = left[-2:].isupper() and right[:2].isupper()
        if not (right[:1].islower() or capitals) or not left[-1:].isalpha():
            return "-"
        head, tail = _WORD.findall(left.lower())[-1], _WORD.findall(right.lower())[0]
        told = self._told(head, tail)
        if told is not None:
            return told
        guess = self._guessed(head, tail)
        self.guesses[head + guess + tail] = guess
        return guess

    def _guessed(self, head: str, tail: str) -> str:
        """Return what the parts of a word and the patterns of its language make likely."""
        parts = package_data("reading", "hyphens.yaml")
        if tail in parts["keeps_before"] or head in parts["keeps_after"] or "-" in head or not self.breaks_words:
            return "-"
        if tail in parts["joins_before"] or head in parts["joins_after"]:
            return ""
        two_words = self.words[head] and self.words[tail] and min(len(head), len(tail)) > 2
        return "-" if two_words or not self._can_break(head, tail) else ""

    def _can_break(self, head: str, tail: str) -> bool:
        """True if programs break the whole word here."""
        languages = package_data("reading", "hyphens.yaml")["languages"]
        most = max(languages, key=lambda one: sum(self.words[word] for word in one["words"]))
        return any(len(head) in _breaks(pattern, head + tail) for pattern in most["patterns"])


@cache
def _breaks(pattern: str, word: str) -> tuple[int, ...]:
    import pyphen

    dictionary = pyphen.Pyphen(lang=pattern)
    return tuple(int(place) for place in dictionary.positions(word))
