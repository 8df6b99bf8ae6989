"""Which block of a new version is which of an old one: by equal words first, then by likeness, always in order.

Enters: blocks as pairs of kind and words. Leaves: pairs of places; a place that is None has no partner. What moved stands twice: gone and new.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from shadowgen.likeness import Likeness
from shadowgen.redline.differing import words_of

Pair = tuple[int | None, int | None]
Block = tuple[str, str]  # kind, words

_SHORT = 5  # words: what is as short as a heading or "The authors recommend" may stand in many places, so it proves nothing by itself
_LEAST = 0.4  # of the words in common and in order; two paragraphs on different things share about a fifth
_LARGEST = 250_000  # pairs to be compared between two blocks that are the same; beyond that, what stands there is gone and new


def align(old: Sequence[Block], new: Sequence[Block]) -> list[Pair]:
    """Pair the blocks of two versions; what is gone stands before what is new in its place."""
    pairs: list[Pair] = []
    a = c = 0
    keys = [
        [block if len(_words(block[1])) > _SHORT else (name, place) for place, block in enumerate(side)]
        for name, side in enumerate((old, new))
    ]
    for first, second, length in SequenceMatcher(None, *keys, autojunk=False).get_matching_blocks():
        pairs += _between(old, new, range(a, first), range(c, second))
        pairs += [(first + step, second + step) for step in range(length)]
        a, c = first + length, second + length
    return pairs


def _between(old: Sequence[Block], new: Sequence[Block], gone: range, added: range) -> Iterator[Pair]:
    """Pair what is alike between two blocks that are the same: the pairs that are most alike in all, in order."""
    matched = _best([old[place] for place in gone], [new[place] for place in added]) if gone and added else []
    a, c = gone.start, added.start
    for first, second in [*((gone[one], added[other]) for one, other in matched), (gone.stop, added.stop)]:
        yield from ((place, None) for place in range(a, first))
        yield from ((None, place) for place in range(c, second))
        if first < gone.stop:
            yield first, second
        a, c = first + 1, second + 1


def _best(old: Sequence[Block], new: Sequence[Block]) -> list[tuple[int, int]]:
    if len(old) * len(new) > _LARGEST:
        return []
    like = Likeness()
    signs = [[(kind, like.signs(_words(words))) for kind, words in side] for side in (old, new)]
    scores = [[_score(like, one, other) for other in signs[1]] for one in signs[0]]
    totals = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for a in range(len(old) - 1, -1, -1):
        for c in range(len(new) - 1, -1, -1):
            together = scores[a][c] + totals[a + 1][c + 1] if scores[a][c] else 0.0
            totals[a][c] = max(totals[a + 1][c], totals[a][c + 1], together)
    return list(_way(scores, totals))


def _score(like: Likeness, one: Block, other: Block) -> float:
    """Return what it is worth to pair two blocks: how alike they are, times how much they say."""
    return like.of(one[1], other[1], _LEAST) * (1 + min(len(one[1]) + len(other[1]), 60)) if one[0] == other[0] else 0.0


def _way(scores: list[list[float]], totals: list[list[float]]) -> Iterator[tuple[int, int]]:
    a = c = 0
    while a < len(scores) and c < len(scores[0]):
        if scores[a][c] and totals[a][c] == scores[a][c] + totals[a + 1][c + 1]:
            yield a, c
            a, c = a + 1, c + 1
        elif totals[a][c] == totals[a + 1][c]:
            a += 1
        else:
            c += 1


def _words(text: str) -> list[str]:
    return [word for word in words_of(text.casefold()) if word[0].isalnum()]
