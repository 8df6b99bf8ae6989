"""Abbreviations that a submission uses before it explains them, or never explains."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from shadowgen import rules
from shadowgen.catalogue import treaties
from shadowgen.checks.house import House
from shadowgen.checks.passages import Passage, place_of
from shadowgen.compose import Composition
from shadowgen.diagnostics import Diagnostic
from shadowgen.library import Library

_USED = re.compile(r"(?<![\w./@№#–[-])(?<!\d )[A-Z][a-z]?[A-Z]{1,6}s?(?![\w/–-]|\.[A-Za-z\d]| No)")
_FIGURES = re.compile(r"[IVXLC]+")


@dataclass(slots=True)
class _Uses:
    """Where a section first uses an abbreviation, and where it first explains it: the place of the passage and in it."""

    used: tuple[int, int, Passage]
    explained: tuple[int, int] | None = None


Uses = dict[str, dict[str, _Uses]]  # by section, by abbreviation


class Abbreviations:
    """The abbreviations of a library in one language, section by section, read once for all submissions."""

    def __init__(self, library: Library, language: str, house: House, passages: list[Passage]) -> None:
        self.library = library
        self.known = frozenset(house.get("abbreviations", ())) | _named(library, language)
        self.uses: Uses = defaultdict(dict)
        names = "|".join(house.get("names_in_capitals", ()))
        self.beside = re.compile(rf"(?:(?:{names})\s+$)|^\s+(?:{names})\b") if names else None
        self.names: set[str] = set()
        for place, one in enumerate(passages if "abbreviations" in house else ()):
            if one.kind not in ("quote", "title", "heading", "caption", "note") and not one.text.isupper():
                self._read(place, one)
        for uses in self.uses.values():
            for name in self.names & uses.keys():
                del uses[name]

    def _read(self, place: int, one: Passage) -> None:
        for match in _USED.finditer(one.own):
            short = match[0].removesuffix("s")
            if short in self.known or match[0] in self.known or _FIGURES.fullmatch(short) or _in_capitals(one.text, match):
                continue
            if self.beside and (self.beside.search(one.text[: match.start()]) or self.beside.search(one.text[match.end() :])):
                self.names.add(short)
            assert one.section
            uses = self.uses[one.section.id].setdefault(short, _Uses((place, match.start(), one)))
            if uses.explained is None and _explains(one.text, match):
                uses.explained = (place, match.start())

    def check(self, made: Composition) -> Iterator[Diagnostic]:
        """Check one document: its sections in its order."""
        order = {id: place for place, id in enumerate(dict.fromkeys(entry.section for entry in made.record))}
        first: dict[str, tuple[tuple[int, int, int], str]] = {}
        explained: dict[str, tuple[int, int, int]] = {}
        for id, rank in order.items():
            for short, uses in self.uses.get(id, {}).items():
                first.setdefault(short, ((rank, *uses.used[:2]), id))
                if uses.explained:
                    explained.setdefault(short, (rank, *uses.explained))
        for short, (where, id) in first.items():
            _place, start, one = self.uses[id][short].used
            if short not in explained:
                yield self._told(one, start, short, f"'{short}' is never explained")
            elif explained[short] > where:
                later = next(other for other, rank in order.items() if rank == explained[short][0])
                yield self._told(one, start, short, f"'{short}' is explained only later, in '{later}'")

    def _told(self, one: Passage, start: int, short: str, message: str) -> Diagnostic:
        end = start + len(short) + one.text.startswith("s", start + len(short))
        origin, _ = place_of(self.library, one, start, end)
        return rules.UNEXPLAINED_ABBREVIATION.at(origin, message, "write the full name, with the abbreviation in brackets")


def _named(library: Library, language: str) -> frozenset[str]:
    """Return the abbreviations that the catalogue has, and those of the library's contributors, terms and sources."""
    words = [treaty.id for treaty in treaties().values()] + [treaty.body for treaty in treaties().values()]
    words += [short for one in library.contributors.values() if isinstance(short := one.short, str)]
    words += [term.preferred for term in library.terms.get(language, [])]
    return frozenset(part for word in words for part in re.findall(r"[A-Z]{2,}", word))


def _in_capitals(text: str, match: re.Match[str]) -> bool:
    """True for a word among words in capitals: a heading in the text, a name in a box."""
    around = re.findall(r"[^\W\d_]{3,}", text[max(match.start() - 30, 0) : match.end() + 30])
    return sum(word.isupper() for word in around) >= 3


def _explains(text: str, match: re.Match[str]) -> bool:
    """True for "Full Name (FN)", "FN (Full Name)", "Full Name, FN," and "FN – Full Name"."""
    short, before, after = (
        match[0].removesuffix("s"),
        text[max(match.start() - 200, 0) : match.start()].rstrip(),
        text[match.end() : match.end() + 200].lstrip(),
    )
    if before.endswith(("(", "(the", "(hereinafter", "(hereinafter referred to as", "“", "or", ",", "-", "–")) and _initials(short, before):
        return True
    opened = re.match(r"(?:\(|[–-]\s)([^()]{4,})", after)
    return bool(opened and _initials(short, opened[1]))


def _initials(short: str, words: str) -> bool:
    """True if the capitals of an abbreviation begin most of some words, in order; foreign names seldom give all of them."""
    initials = "".join(word[0].lower() for word in re.findall(r"[^\W\d_]+", words)[-12:])
    if words.rstrip().endswith(("(", "(the")) and re.search(r"[A-Z]\w+", words[-80:]):
        return True
    at = 0
    for letter in short.lower():
        found = initials.find(letter, at)
        at = found + 1 if found >= 0 else at
    return sum(letter in initials for letter in short.lower()) * 3 >= len(short) * 2
