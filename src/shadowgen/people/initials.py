"""Initials: which letters of a name an initial may stand for, in Cyrillic and in any transliteration of it.

Enters: a name or an initial. Leaves: the Cyrillic letters with which the name may begin; they serve as names of classes, for Latin names too.
"""

from __future__ import annotations

import unicodedata
from functools import cache, lru_cache

from shadowgen.people.spelling import tables


@cache
def _stands_for() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for letter, initials in tables()["initials"].items():
        for initial in (letter, *initials):
            found.setdefault(initial, set()).add(letter)
    return {initial: frozenset(letters) for initial, letters in found.items()}


@lru_cache(maxsize=1 << 14)
def initial_letters(word: str, *, whole: bool = False) -> frozenset[str]:
    """Return the letters with which a name may begin; `whole` if the word is itself the initial: "Sh" stands for ш alone."""
    plain = "".join(_bare(char) for char in unicodedata.normalize("NFC", word.casefold()))
    known = _stands_for()
    if whole:
        return known.get(plain, frozenset())
    return frozenset(letter for length in range(1, 5) for letter in known.get(plain[:length], ()))


def _bare(char: str) -> str:
    return char if char in _stands_for() else unicodedata.normalize("NFD", char)[0]


def agree(letters: frozenset[str], known: list[frozenset[str]]) -> bool:
    """True if one of the names may begin with one of these letters."""
    return any(letters & one for one in known)
