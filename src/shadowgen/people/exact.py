"""The search for words as they stand: in any case, composition of letters, spacing, hyphenation and punctuation, in no other form.

Enters: words with the key of their record; a text. Leaves: keys with places.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache


@lru_cache(maxsize=1 << 14)
def _plain(char: str) -> str:
    return "".join(one for one in unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", char).casefold()) if one.isalnum())


def letters_of(text: str) -> tuple[str, list[int]]:
    """Return the letters and figures of a text in one row, all small and without marks; and where each stands in the text."""
    row: list[str] = []
    places: list[int] = []
    for at, char in enumerate(text):
        for one in _plain(char):
            row.append(one)
            places.append(at)
    return "".join(row), places


class Exact:
    """Searches for words that stand alone: no letter or figure touches them."""

    def __init__(self, words: Iterable[tuple[str, str]]) -> None:
        self._wanted = [(key, row) for key, text in words if (row := letters_of(text)[0])]

    def __bool__(self) -> bool:
        return bool(self._wanted)

    def search(self, text: str) -> Iterator[tuple[str, int, int]]:
        """Yield key, start and end of each place."""
        row, places = letters_of(text) if self._wanted else ("", [])
        for key, wanted in self._wanted:
            at = row.find(wanted)
            while at >= 0:
                start, end = places[at], places[at + len(wanted) - 1] + 1
                if not text[max(start - 1, 0) : start].isalnum() and not text[end : end + 1].isalnum():
                    yield key, start, end
                at = row.find(wanted, at + 1)
