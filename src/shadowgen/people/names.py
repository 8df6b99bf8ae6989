"""The search for names of persons in text: in any case of grammar, alphabet, transliteration, order, and over hyphens, lines and disguises.

Enters: `Secret`s and a text. Leaves: `Hit`s, which name the secret by its key and the place, never the words. Pure: no file, no state but the
secrets. A surname or a full name is certain; a given name alone, a surname with another person's given name, one with a typing error are not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from shadowgen.people import grammar
from shadowgen.people.exact import WALL, Exact
from shadowgen.people.initials import agree, initial_letters
from shadowgen.people.spelling import readings
from shadowgen.people.tokens import Token, Words

APART = f"{WALL}\n\n"  # between two texts that are searched as one: no name and no words stand over it
_SURE = 5  # sounds: a shorter word in small letters is hardly a name
_SHORT = 3  # sounds: so short a name has no endings in Latin letters, or half of the language would be forms of it
_TYPED = 6  # sounds: in a shorter surname one wrong letter makes another word


class Level(StrEnum):
    """How sure it is that the words are the person: FULL and SURNAME are, FUZZY and GIVEN are for a human to judge."""

    FULL = "full"
    SURNAME = "surname"
    FUZZY = "fuzzy"
    GIVEN = "given"

    @property
    def blocks(self) -> bool:
        """True if words found at this level must not leave."""
        return self in (Level.FULL, Level.SURNAME)


_SURENESS = list(Level)


@dataclass(frozen=True, slots=True, repr=False)
class Secret:
    """Words that an audience may not read. `kind` is "name" for the name of a person, "words" for what is searched for as it stands.

    `key` names the record; several secrets may share it. It prints as its key alone.
    """

    key: str
    kind: str
    text: str

    def __repr__(self) -> str:
        return f"Secret({self.key!r})"


@dataclass(frozen=True, slots=True)
class Hit:
    """A place in the text, from `start` to `end`, where words of a secret stand."""

    key: str
    level: Level
    start: int
    end: int


@dataclass(slots=True)
class _Person:
    """All names of one key: initials of given names and patronymics, each as the letters it may stand for."""

    key: str
    initials: list[frozenset[str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Form:
    """A stem of one word of a person's name."""

    person: int
    role: str
    endings: frozenset[str]
    is_short: bool


_Found = frozenset[tuple[int, str]]  # persons, each with the role of a word in the name


class Matcher:
    """Searches texts for all secrets at once; the time does not grow with their number."""

    def __init__(self, secrets: Iterable[Secret]) -> None:
        every = list(secrets)
        self._exact = Exact((one.key, one.text) for one in every if one.kind != "name")
        self._people: list[_Person] = []
        self._stems: dict[str, list[_Form]] = {}
        self._typos: dict[str, set[int]] = {}
        self._known: dict[str, tuple[_Found, _Found]] = {}
        numbers: dict[str, int] = {}
        for secret in every:
            if secret.kind == "name":
                number = numbers.setdefault(secret.key, len(numbers))
                if number == len(self._people):
                    self._people.append(_Person(secret.key))
                self._take(number, secret.text)

    @property
    def has_secrets(self) -> bool:
        """True if there is anything to search for."""
        return bool(self._people or self._exact)

    def _take(self, number: int, name: str) -> None:
        for word, role in grammar.roles(name):
            if role != grammar.SURNAME and (letters := initial_letters(word)):
                self._people[number].initials.append(letters)
            for part in {word, *re.split(r"[-\u2010\u2011]", word)}:
                for reading in readings(part.strip(".")):
                    for stem, endings in grammar.stems(reading):
                        self._stems.setdefault(stem, []).append(_Form(number, role, endings, len(reading) <= _SHORT))
                    if role == grammar.SURNAME and len(reading) >= _TYPED:
                        for one in _with_a_gap(reading):
                            self._typos.setdefault(one, set()).add(number)

    # ---------------------------------------------------------------- one word

    def _forms(self, word: str) -> tuple[_Found, _Found]:
        """Return whose name a word is, and whose surname it is but for a letter."""
        if (known := self._known.get(word)) is None:
            sure, typed = set(), set()
            for reading in readings(word):
                sure.update(self._exactly(reading, word))
                if len(reading) >= _TYPED and not word[0].islower():
                    typed.update((number, grammar.SURNAME) for one in _with_a_gap(reading) for number in self._typos.get(one, ()))
            known = self._known[word] = frozenset(sure), frozenset(typed - sure)
        return known

    def _exactly(self, reading: str, word: str) -> Iterator[tuple[int, str]]:
        for at in range(len(reading), max(len(reading) - grammar.LONGEST_ENDING, 1), -1):
            for form in self._stems.get(reading[:at], ()):
                if form.is_short and word.isascii() and (at < len(reading) or len(word) > at + 2):
                    continue  # "June" and "Young" are no forms of Yun
                if grammar.continues(reading[:at], reading[at:], form.endings):
                    yield form.person, form.role

    # ---------------------------------------------------------------- a text

    def search(self, text: str) -> list[Hit]:
        """Return every place where a secret stands, in order; one place is told once for each key, at the level that is surest."""
        hits = [Hit(key, Level.FULL, start, end) for key, start, end in self._exact.search(text)]
        if self._people:
            hits += self._names(text)
        return list(_outermost(hits))

    def _names(self, text: str) -> Iterator[Hit]:
        line = Words(text)
        mentions: dict[int, list[tuple[Token, str]]] = {}
        for token in line.every():
            sure, typed = self._forms(token.word)
            for person, role in sure:
                mentions.setdefault(person, []).append((token, role))
            for person, _ in typed:
                yield Hit(self._people[person].key, Level.FUZZY, token.start, token.end)
        for person, found in mentions.items():
            yield from self._judged(self._people[person], found, line)

    def _judged(self, person: _Person, found: list[tuple[Token, str]], line: Words) -> Iterator[Hit]:
        """Yield a hit for each surname, with the given name or initials beside it; then for given names that stand without one."""
        others = [(token, role) for token, role in found if role != grammar.SURNAME]
        used: set[Token] = set()
        for token in dict.fromkeys(token for token, role in found if role == grammar.SURNAME):
            beside = [one for one, _ in others if line.are_close(one, token) and not (one.is_small and len(one.word) < _SURE - 1)]
            used.update(beside)
            level, start, end = self._surname(person, token, beside, line)
            if level is not Level.FUZZY or not (token.is_small and _sounds(token.word) <= _SHORT):  # "can" is everywhere, and nobody's name
                yield Hit(person.key, level, start, end)
            used.add(token)
        patronymics = [token for token, role in others if role == grammar.PATRONYMIC]
        for token, role in others:
            if token not in used and role == grammar.GIVEN:
                both = any(line.are_close(token, one) for one in patronymics)
                if both or not token.is_small:
                    yield Hit(person.key, Level.SURNAME if both else Level.GIVEN, token.start, token.end)

    def _surname(self, person: _Person, token: Token, beside: list[Token], line: Words) -> tuple[Level, int, int]:
        if beside:
            return Level.FULL, min(token.start, *(one.start for one in beside)), max(token.end, *(one.end for one in beside))
        initials = line.initials_beside(token)
        if any(agree(initial_letters(one.word, whole=True), person.initials) for one in initials):
            return Level.FULL, min(token.start, *(one.start for one in initials)), max(token.end, *(one.end for one in initials))
        sounds = _sounds(token.word)
        weak = sounds < _SURE if token.is_small else sounds < _SHORT and token.word.isascii()
        return Level.FUZZY if weak or line.is_of_another(token, person.initials) else Level.SURNAME, token.start, token.end


def _outermost(hits: list[Hit]) -> Iterator[Hit]:
    """Yield the hits in order, without those that lie inside another one of the same key that is as sure."""
    ends: dict[str, tuple[int, Level]] = {}
    for one in sorted(set(hits), key=lambda one: (one.start, -one.end, _SURENESS.index(one.level))):
        end, level = ends.get(one.key, (0, Level.GIVEN))
        if one.end > end or _SURENESS.index(one.level) < _SURENESS.index(level):
            ends[one.key] = one.end, one.level
            yield one


def _sounds(word: str) -> int:
    return min(map(len, readings(word)), default=0)


def _with_a_gap(reading: str) -> set[str]:
    """Return a reading with any one sound but the first left out, and as it is: two that differ in one sound share one of these."""
    return {reading, *(reading[:at] + reading[at + 1 :] for at in range(1, len(reading)))}
