"""What a name sounds like, whatever its alphabet, system of transliteration, composition of letters or disguise.

Enters: one word as it stands in a text. Leaves: its readings, each a row of sounds; two spellings of a name meet where they share one.
The letters are data (`names.yaml`), what they do to each other is here. Nothing is kept on the disk.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from itertools import product
from typing import Any

from shadowgen.workspace import package_data

_MOST_READINGS = 48  # of one word; "Chachachcha" has more, and is nobody's name
_SILENT = {"Cf", "Lm", "Mn"}  # signs without width, primes for soft signs, marks that are part of no letter
_POSSESSIVE = re.compile(r"['\u2019\u02bc]s?$")
_CYRILLIC = re.compile(r"[\u0400-\u052f]")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f\u0259\u1e00-\u1eff]")
_RUSSIAN = re.compile(r"[\u0410-\u044f]{3,}")
_GREEK = re.compile(r"[\u0370-\u03ff]")
_ARABIC = re.compile(r"[\u0600-\u06ff\u0750-\u077f]")


@cache
def tables() -> Any:
    """Return the data on the spelling of names."""
    return package_data("", "names.yaml")


@lru_cache(maxsize=1 << 16)
def readings(word: str) -> frozenset[str]:
    """Return what a word may sound like, as rows of sounds; in alphabets without a table, the word itself in small letters."""
    plain = _POSSESSIVE.sub("", unicodedata.normalize("NFKC", word))
    plain = "".join(char for char in plain if unicodedata.category(char) not in _SILENT or _ARABIC.match(char))
    found: set[str] = set()
    for same in _without_disguise(plain):
        if _CYRILLIC.search(same) or _LATIN.search(same):
            found.update(_sounds(same.casefold()))
        elif _ARABIC.search(same):
            found.update(_arabic(same))
        else:
            found.add(same.casefold())
    return frozenset(one for one in found if len(one) > 1)


def _without_disguise(word: str) -> set[str]:
    """Return the word with letters of one alphabet only, where letters of others that look the same stand among them."""
    if _GREEK.search(word):
        greek = tables()["greek"]
        word = "".join(greek.get(char, char) for char in word)
    cyrillic, latin = word.translate(_to_cyrillic()), word.translate(_to_latin())
    if _CYRILLIC.search(word):
        return {cyrillic, word} if _CYRILLIC.search(latin) else {cyrillic, latin}
    return {word, cyrillic} if _RUSSIAN.fullmatch(cyrillic) else {word}


@cache
def _to_cyrillic() -> dict[int, str]:
    return {ord(latin): cyrillic for latin, cyrillic in (tables()["lookalikes"] | tables()["figures"]).items()}


@cache
def _to_latin() -> dict[int, str]:
    return {ord(cyrillic): latin for latin, cyrillic in tables()["lookalikes"].items()}


def _arabic(word: str) -> set[str]:
    """Return a word in Arabic letters without marks of vowels, in one form of alif and ya, with and without what is written together with it."""
    bare = "".join(char for char in word if unicodedata.category(char) != "Mn" and char != "\u0640")
    bare = bare.translate(str.maketrans("أإآٱىیکةگ", "اااايي" + "كهك"))
    return {bare, re.sub(r"^[وفبلك](?=...)", "", bare), re.sub(r"^[وفبلك]?(?:ال|لل)(?=..)", "", bare)}


# ---------------------------------------------------------------- letters


@cache
def _letters() -> tuple[re.Pattern[str], dict[str, tuple[str, ...]]]:
    """Return the pattern of a letter or group of letters, longest first, and the sounds of each."""
    spelled = {**tables()["cyrillic"], **tables()["latin"]}
    sounds = {key: tuple(value) if isinstance(value, list) else (value,) for key, value in spelled.items()}
    longest_first = sorted(sounds, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest_first)) + "|."), sounds


def _sounds(word: str) -> set[str]:
    pattern, sounds = _letters()
    rows: list[tuple[str, ...]] = []
    count = 1
    for match in pattern.finditer(word):
        here = sounds.get(match[0]) or _bare(match[0])
        count *= len(here)
        rows.append(here if count <= _MOST_READINGS else here[:1])
    return {settled("".join(row)) for row in product(*rows)}


@cache
def _bare(char: str) -> tuple[str, ...]:
    """Return the sounds of a letter without its diacritics; nothing for a sign that is no letter."""
    base = unicodedata.normalize("NFD", char)[0]
    spelled = {**tables()["cyrillic"], **tables()["latin"]}.get(base, base if base.isalnum() else "")
    return tuple(spelled) if isinstance(spelled, list) else (spelled,)


# What the systems write differently between letters; in this order.
_SETTLING = tuple(
    (re.compile(pattern), plain)
    for pattern, plain in (
        (r"ou", "u"), (r"gu(?=[ei])", "g"), (r"ts|tc", "c"), (r"(?<![^n]i)ng+|ng+(?!$)", "n"), (r"dJ", "J"), (r"i+o", "e"), (r"i+(?=[aeu])", ""),
        (r"(?<=[SCJc])o", "e"), (r"(?<=[eo])(?:ff+|f$)", "v"), (r"(.)\1+", r"\1"),
    )
)  # fmt: skip


@lru_cache(maxsize=1 << 16)
def settled(row: str) -> str:
    """Return a row of sounds without what systems of transliteration disagree about: Semionov, Semyonov and Semenov are one."""
    for pattern, plain in _SETTLING:
        row = pattern.sub(plain, row)
    return row
