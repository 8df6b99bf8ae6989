"""The words of a text as a search for names needs them: each where it stands, and joined again where a line, a hyphen or blanks cut them.

Enters: a text. Leaves: its words in order, and the words that two or more of them may be.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from shadowgen.people.grammar import is_given
from shadowgen.people.initials import agree, initial_letters
from shadowgen.people.spelling import readings, tables

# letters and figures, with what may hide among them: marks of vowels and accents, soft hyphens, signs without width, apostrophes
_WORD = re.compile(
    r"[^\W_](?:[^\W_]|[\u0300-\u036f\u00ad\u034f\u061c\u0640\u064b-\u065f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe0f\ufeff]|['\u2019\u02b9\u02ba\u02bc`\u00b4\u00b7](?=[^\W_]))*"
)
_HUMP = re.compile(r"(?<=[a-z\u0430-\u044f])(?=[A-Z\u0410-\u042f])")
_BREAK = re.compile(r"[ \t\u00a0]*(?:\r?\n[ \t]*|[-\u2010\u2011\u00ad\u0002][ \t]*(?:\r?\n\s*)?)")
_BESIDE = re.compile(r"[\s.,\u00a0(]{0,3}")
_SHORTEST = 5  # letters of a word over the end of a line


@dataclass(frozen=True, slots=True)
class Token:
    """A word, or several joined: from `start` to `end` in the text, from number `first` to number `last` among its words."""

    word: str
    start: int
    end: int
    first: int
    last: int

    @property
    def is_small(self) -> bool:
        """True if it begins with a small letter."""
        return self.word[0].islower()

    @property
    def is_initial(self) -> bool:
        """True if it may stand for a name: "A", "Zh", "Shch"."""
        return len(self.word) <= 4 and not self.is_small and (len(self.word) == 1 or self.word[1:].islower())


class Words:
    """The words of a text in order."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.words: list[Token] = []
        for match in _WORD.finditer(text):
            at = match.start()
            for piece in _HUMP.split(match[0]):
                number = len(self.words)
                self.words.append(Token(piece, at, at + len(piece), number, number))
                at += len(piece)

    def every(self) -> Iterator[Token]:
        """Yield the words, and those that some of them may be together."""
        yield from self.words
        yield from self._broken()
        yield from self._spaced()

    def _gap(self, after: int) -> str:
        return self.text[self.words[after].end : self.words[after + 1].start]

    def _joined(self, first: int, last: int) -> Token:
        words = self.words[first : last + 1]
        return Token("".join(one.word for one in words), words[0].start, words[-1].end, first, last)

    def _broken(self) -> Iterator[Token]:
        """Yield words cut by the end of a line or by a hyphen, in two or in three; and a parent's name with its "son of"."""
        of_parent = tables()["of_parent"]
        for first in range(len(self.words) - 1):
            gap = self._gap(first)
            if gap == " ":
                if len(word := self.words[first + 1].word) < 6 and any(one in of_parent for one in readings(word)):
                    yield self._joined(first, first + 1)
            elif _BREAK.fullmatch(gap):
                if len((joined := self._joined(first, first + 1)).word) >= (_SHORTEST if gap.isspace() else 3):
                    yield joined
                if first + 2 < len(self.words) and _BREAK.fullmatch(self._gap(first + 1)):
                    yield self._joined(first, first + 2)

    def _spaced(self) -> Iterator[Token]:
        """Yield words that were typed with a blank after each letter."""
        first = None
        for number, word in enumerate(self.words):
            goes_on = len(word.word) == 1 and number + 1 < len(self.words) and len(self._gap(number)) == 1
            starts_anew = first is not None and not word.is_small and self.words[number - 1].is_small
            if first is not None and starts_anew:
                if number - first >= 4:
                    yield self._joined(first, number - 1)
                first = number if goes_on else None
            elif first is not None and not goes_on:
                last = number if len(word.word) == 1 else number - 1
                if last - first >= 3:
                    yield self._joined(first, last)
                first = None
            elif first is None and goes_on:
                first = number

    # ---------------------------------------------------------------- what stands beside a word

    def are_close(self, one: Token, other: Token) -> bool:
        """True if two words stand in one name: no more than two others between them, and no end of a paragraph."""
        before, after = (one, other) if one.start < other.start else (other, one)
        return 0 < after.first - before.last <= 3 and "\n\n" not in self.text[before.end : after.start]

    def _beside(self, token: Token) -> Iterator[list[Token]]:
        """Yield the up to two words right before a word, the nearest first, and those right after it."""
        for step, edge in ((-1, token.first), (1, token.last)):
            found: list[Token] = []
            for number in (edge + step, edge + 2 * step):
                if 0 <= number < len(self.words) and _BESIDE.fullmatch(self._gap(min(number, number - step))):
                    found.append(self.words[number])
                else:
                    break
            yield found

    def initials_beside(self, token: Token) -> list[Token]:
        """Return the initials that stand right before a surname; if there are none, those right after it."""
        for words in self._beside(token):
            initials: list[Token] = []
            for word in words:
                if not word.is_initial or not (len(word.word) == 1 or self.text[word.end : word.end + 1] == "."):
                    break
                initials.append(word)
            if initials:
                return initials
        return []

    def is_of_another(self, token: Token, known: list[frozenset[str]]) -> bool:
        """True if a surname stands with the given name or the two initials of somebody else; `known` is what those of the person may begin with."""
        if not known:
            return False
        if len(initials := self.initials_beside(token)) == 2:
            return not any(agree(initial_letters(one.word, whole=True), known) for one in initials)
        names = [word.word for words in self._beside(token) for word in words]
        given = [name for name in names if not name[0].islower() and is_given(name)]
        return bool(given) and not any(agree(initial_letters(name), known) for name in given)
