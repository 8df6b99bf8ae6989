"""The keys under which a word is found: its stem, and if it may be a name, its sound in Latin letters. The only door to snowballstemmer.

Enters: a word as it stands in a text. Leaves: keys; two words meet where they share one. Nothing is guessed about meaning.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Any

from shadowgen.latin import latin

_ALGORITHMS = {"en": "english", "ru": "russian", "fr": "french", "es": "spanish", "ar": "arabic"}
_CYRILLIC = re.compile(r"[\u0400-\u052f]")


def folded(word: str) -> str:
    """Return a word in small letters without diacritics: "Détenus" is "detenus", "Ёлка" is "елка"; й stays apart from и."""
    small = word.casefold().replace("й", "\ufdd2")
    return "".join(one for one in unicodedata.normalize("NFKD", small) if not unicodedata.combining(one)).replace("\ufdd2", "й")


@cache
def stem_keys(word: str, language: str) -> frozenset[str]:
    """Return the stem of a word in its language, and that of the word as typed without accents or ё; in other languages, the word itself."""
    stemmer = _stemmer(language.split("-")[0])
    plain = folded(word)
    if stemmer is None or (plain[-1:].isdecimal() and not language.startswith("ar")):  # what ends in a digit has no ending of a word
        return frozenset((plain,))
    composed = unicodedata.normalize("NFC", word.casefold())
    stem = stemmer.stemWord(composed)
    return frozenset((folded(stem), stem if composed == plain else stemmer.stemWord(plain)))


@cache
def _stemmer(language: str) -> Any:
    import snowballstemmer

    return snowballstemmer.stemmer(_ALGORITHMS[language]) if language in _ALGORITHMS else None


# Letters and pairs that different ways to write a Russian or Kazakh name in Latin tell apart; what a name sounds like stays.
_SOUNDS = tuple(
    (re.compile(pattern), plain)
    for pattern, plain in (
        (r"shch|sch", "sh"), (r"tch", "ch"), (r"zh|dj|j", "j"), (r"gh", "g"), (r"kh|q|ck|(?<![sc])h", "k"), (r"x", "ks"), (r"ph", "f"),
        (r"w", "v"), (r"tz|ts", "c"), (r"ng(?=[aeiou])", "n"), (r"(?<![^aeiou])[yi](?=[aeou])|(?<=[^aeiou])[yi](?=[aeou])", ""),
        (r"[yi]+", "i"), (r"(.)\1", r"\1"),
    )
)  # fmt: skip
_CASE_ENDING = re.compile(r"(?<=...)(?:ого|ому|ыми|ами|ым|им|ом|ем|ой|ей|ую|ах|[аяуюыиео])$")


@cache
def sound_keys(word: str) -> frozenset[str]:
    """Return what a name sounds like in Latin letters: "Ертысбаева" and "Yertysbayev" share a key. Empty for what is too short to tell.

    A Russian form counts with its case ending and without. A vowel at the end goes, because "Караганде" must meet "Karaganda".
    """
    plain = folded(word)
    forms = {plain, _CASE_ENDING.sub("", plain)} if _CYRILLIC.search(word) else {plain}
    return frozenset(f"~{sound}" for sound in map(_sound, forms) if len(sound) >= 2)


def _sound(word: str) -> str:
    sound = re.sub(r"[^a-z]", "", latin(word).lower())
    for pattern, plain in _SOUNDS:
        sound = pattern.sub(plain, sound)
    return sound.rstrip("aeiou") if len(sound) >= 3 else ""
