"""What changed between two runs of tokens, told as a lawyer would mark it: whole words, and no small change between two large ones.

Enters: two sequences of keys. Leaves: spans, in order, that are the same in both or stand in one of them only.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

_SIGN = r"\u3400-\u9fff\uf900-\ufaff"  # Chinese has no blanks: each of its characters is a word
_LETTERS = rf"[^\W{_SIGN}]+"
_TOKEN = re.compile(rf"[{_SIGN}]|{_LETTERS}(?:['’.\-\u2010\u2011]{_LETTERS})*|\s+|[^\w\s]")
_KEPT = 3  # words: so many that stand unchanged between two changes are worth showing as unchanged


class Span(NamedTuple):
    """A stretch: `old[a:b]` became `new[c:d]`; the same in both if `same`."""

    same: bool
    a: int
    b: int
    c: int
    d: int


def words_of(text: str) -> list[str]:
    """Cut a text into words, blanks and other signs, losing nothing: "art. 19(3)" gives art . blank 19 ( 3 )."""
    return _TOKEN.findall(text)


def changes(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[Span]:
    """Return the spans of two sequences; a key that is a text counts by its letters, any other as one word."""
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    spans: list[Span] = []
    for a, c, length in matcher.get_matching_blocks():
        before = spans[-1] if spans else Span(True, 0, 0, 0, 0)
        if a > before.b or c > before.d:
            spans.append(Span(False, before.b, a, before.d, c))
        if length:
            spans.append(Span(True, a, a + length, c, c + length))
    return _joined(spans, old, new)


def _joined(spans: list[Span], old: Sequence[Hashable], new: Sequence[Hashable]) -> list[Span]:
    """Join changes over the little that stands unchanged between them, until nothing more joins."""
    while True:
        for place in range(1, len(spans) - 1):
            before, kept, after = spans[place - 1 : place + 2]
            if kept.same and _is_little(old[kept.a : kept.b], _size(before, old, new), _size(after, old, new)):
                spans = [*spans[: place - 1], Span(False, before.a, after.b, before.c, after.d), *spans[place + 2 :]]
                break
        else:
            return spans


def _size(span: Span, old: Sequence[Hashable], new: Sequence[Hashable]) -> int:
    return max(_letters(old[span.a : span.b]), _letters(new[span.c : span.d]))


def _letters(keys: Sequence[Hashable]) -> int:
    return sum(len(key.strip()) if isinstance(key, str) else 4 for key in keys)


def _is_little(kept: Sequence[Hashable], before: int, after: int) -> bool:
    """True if unchanged tokens are only blanks and signs, or few words that are shorter than the changes on both sides of them."""
    if any(not isinstance(key, str) for key in kept):
        return False
    words = sum(key[:1].isalnum() for key in kept if isinstance(key, str))
    return not words or (words < _KEPT and _letters(kept) <= min(before, after))
