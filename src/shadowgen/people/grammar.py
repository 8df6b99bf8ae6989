"""The grammar of names: what may follow the stem of a name in a sentence, and which word of a name is the surname.

Enters: readings of words, as `spelling` makes them. Leaves: stems with their endings; the words of a name by their role.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from shadowgen.people.spelling import readings, settled, tables

LONGEST_ENDING = 9
SURNAME, GIVEN, PATRONYMIC = "surname", "given", "patronymic"


@cache
def _endings(*names: str) -> frozenset[str]:
    """Return the endings of the kinds named, as the data lists them."""
    found = {ending for name in names for ending in tables()[name]}
    if "cases" in names:
        cases = found.copy()
        found |= {settled(plural + case) for plural in tables()["plural"] for case in ("", *cases)}
    return frozenset(found)


def stems(reading: str) -> Iterator[tuple[str, frozenset[str]]]:
    """Yield each stem of a name that stands in its first form, and what may follow it in Russian, Kazakh, Kyrgyz and English."""
    last = reading[-1]
    if len(reading) < 3:
        yield reading, frozenset(("",))  # with an ending, Ni would be Nina
        return
    yield reading, _endings("cases", "english") | {""}
    if last == "a":
        yield reading[:-1], _endings("russian", "english")
    elif last in "eou":
        if len(reading) > 5:
            yield reading[:-1], _endings("russian") - {""}
    elif last != "i":
        yield reading, _endings("russian")
        if re.search(r"[^aeiou][aeo][cklnrv]$", reading) and len(reading) > 3:
            yield reading[:-2] + last, _endings("russian") - {""}  # Pavel, Pavla; Kravets, Kravtsa
    if last == "i" and len(reading) > 3:
        yield reading[:-1], _endings("russian", "adjective")
    if re.search(r"[aeo]i$", reading) and len(reading) > 4:
        yield reading[:-2], _endings("adjective")  # Tolstoi, Tolstogo
    if reading.endswith("ska") or reading.endswith("cka"):
        yield reading[:-1], _endings("adjective")


def continues(stem: str, ending: str, endings: frozenset[str]) -> bool:
    """True if this ending may follow the stem; of two equal sounds at the seam one was dropped."""
    return ending in endings or (stem[-1:] + ending in endings and bool(ending))


# ---------------------------------------------------------------- the words of a name


@cache
def _given_stems() -> dict[str, frozenset[str]]:
    """Return the stems of common given names, with their endings."""
    found: dict[str, frozenset[str]] = {}
    for name in tables()["given"].split():
        for stem, endings in (pair for reading in readings(name) for pair in stems(reading)):
            found[stem] = found.get(stem, frozenset()) | endings
    return found


def _ends(word: str, kind: str) -> bool:
    endings = tuple(tables()[kind])
    return any(len(reading) > 4 and reading.endswith(endings) for reading in readings(word))


@lru_cache(maxsize=1 << 14)
def is_given(word: str) -> bool:
    """True if this is a form of a common given name."""
    known = _given_stems()
    return any(
        continues(reading[:at], reading[at:], known.get(reading[:at], frozenset()))
        for reading in readings(word)
        for at in range(len(reading), max(len(reading) - LONGEST_ENDING, 1), -1)
    )


def is_patronymic(word: str) -> bool:
    """True if a word ends as a patronymic does."""
    return _ends(word, "patronymic")


def roles(name: str) -> list[tuple[str, str]]:
    """Return the words of a name, each with its role; a word that may be either has both.

    "Surname, Given Patronymic" is certain; without a comma the order is seen from endings and from common given names.
    """
    before, comma, after = name.partition(",")
    if comma:
        return [(word, SURNAME) for word in before.split()] + [(word, _other_role(word)) for word in after.split()]
    words = name.split()
    others = [word for word in words if not is_patronymic(word)]
    if len(others) < 2:  # Serik Bolatuly: the patronymic serves as a surname
        return [(word, SURNAME if word not in others or len(words) == 1 else GIVEN) for word in words]
    surnames = _surnames(others)
    found = [(word, SURNAME) for word in surnames]
    found += [(word, _other_role(word)) for word in words if word not in surnames]
    if len(surnames) == len(others):
        found += [(word, GIVEN) for word in others]
    return found


def _other_role(word: str) -> str:
    return PATRONYMIC if is_patronymic(word) else GIVEN


def _surnames(words: list[str]) -> list[str]:
    """Return which words are surnames: by their case, their ending, by what is no given name; where nothing tells, each may be one."""
    for tells in (lambda word: len(word) > 2 and word.isupper(), lambda word: _ends(word, "surname"), lambda word: not is_given(word)):
        if 0 < len(found := [word for word in words if tells(word)]) < len(words):
            return found[-1:] if len(words) > 2 and words[0] not in found else found[:1] if len(found) > 1 else found
    return [words[-1]] if all(map(is_given, words)) else words
