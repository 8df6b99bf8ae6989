"""The search for words as they stand: in any case, composition of letters, spacing, hyphenation and punctuation, in no other form.

Enters: words with the key of their record; a text. Leaves: keys with places.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import lru_cache

WALL = "\0"  # stays in the row: no words are found over it
_STRETCH = re.compile(rf"[^\W_]+|{WALL}")


@lru_cache(maxsize=1 << 16)
def _plain(word: str) -> str:
    """Return the letters and figures of a word, all small and without marks."""
    bare = "".join(one for one in unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", word).casefold()) if one.isalnum())
    return bare if word != WALL else WALL


class Row:
    """The letters and figures of a text in one row, and where each stands in the text."""

    def __init__(self, text: str) -> None:
        parts: list[str] = []
        self._starts: list[int] = []  # of each stretch in the row
        self._places: list[int] = []  # of the same in the text
        length = 0
        for match in _STRETCH.finditer(text):
            word = _plain(match[0])
            pieces = [(match.start(), word)]
            if len(word) != len(match[0]):  # a letter that became several, or none
                pieces = [(match.start() + at, letter) for at, char in enumerate(match[0]) for letter in _plain(char)]
            for place, piece in pieces:
                parts.append(piece)
                self._starts.append(length)
                self._places.append(place)
                length += len(piece)
        self.letters = "".join(parts)

    def place(self, at: int) -> int:
        """Return where a letter of the row stands in the text."""
        stretch = bisect_right(self._starts, at) - 1
        return self._places[stretch] + at - self._starts[stretch]


class Exact:
    """Searches for words that stand alone: no letter or figure touches them."""

    def __init__(self, words: Iterable[tuple[str, str]]) -> None:
        self._wanted = [(key, row) for key, text in words if (row := Row(text).letters)]

    def __bool__(self) -> bool:
        return bool(self._wanted)

    def search(self, text: str) -> Iterator[tuple[str, int, int]]:
        """Yield key, start and end of each place."""
        row = Row(text if self._wanted else "")
        for key, wanted in self._wanted:
            at = row.letters.find(wanted)
            while at >= 0:
                start, end = row.place(at), row.place(at + len(wanted) - 1) + 1
                if not text[max(start - 1, 0) : start].isalnum() and not text[end : end + 1].isalnum():
                    yield key, start, end
                at = row.letters.find(wanted, at + 1)
