"""Find what a report answers among the commitments that stand in the library, so that its findings are linked to them.

A recommendation, pledge or question is surely the same if its words are; else the library may sum it up in other words, which is a guess:
it is made only for a document most of whose matching is beyond doubt. An article of a constitution is known by its number.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from shadowgen.importing.units import Asked
from shadowgen.library import Library
from shadowgen.likeness import most_alike
from shadowgen.records import Commitment, CommitmentDocument

ALIKE = 88.0
SHORTEST = 40
# how far the rare words of two texts agree, from 0 to 1: recommendations and their summaries have 0.2 and more, others under 0.1
AGREE, CLEARLY = 0.18, 2.0
Home = tuple[str, str]


@dataclass(slots=True)
class Standing:
    """The document and paragraph of each commitment that the library has, and which of them are guesses."""

    homes: dict[Asked, Home] = field(default_factory=dict)
    guessed: set[Asked] = field(default_factory=set)


def standing(asked: list[Asked], library: Library, symbol: str = "") -> Standing:
    """Find each commitment that the library has; `symbol` names the document that the report answers."""
    found = Standing()
    documents = list(library.commitments.values())
    articles = {one.number: (one.document, one.id) for doc in documents if doc.kind == "constitution" for one in doc.paragraphs}
    found.homes = {one: articles[one.number] for one in asked if one.kind == "constitution" and one.number in articles}
    others = [one for one in asked if one.kind != "constitution"]
    named = [one for one in documents if symbol and one.symbol == symbol] or [one for one in documents if one.kind != "constitution"]
    known = {f"{document}/{paragraph}/{form}": words for document, paragraph, form, words in _wordings(named)}
    for one in others:
        if len(bare := _bare(one.words)) >= SHORTEST and (best := most_alike(bare, known, ALIKE)):
            found.homes[one] = (best[0].split("/")[0], best[0].split("/")[1])
    left = [one for one in others if one not in found.homes]
    guesses = max((_guessed(left, document) for document in named), key=len, default={})
    if left and len(guesses) * 2 > len(left):
        found.homes |= guesses
        found.guessed = set(guesses)
    return found


def _wordings(documents: list[CommitmentDocument]) -> Iterator[tuple[str, str, int, str]]:
    """Yield every wording of every paragraph: the official text and the summary, in each language."""
    for document in documents:
        for paragraph in document.paragraphs:
            for form, words in enumerate([*_texts(paragraph.text), *_texts(paragraph.summary)]):
                yield document.id, paragraph.id, form, _bare(words)


def _texts(words: str | Mapping[str, str] | None) -> list[str]:
    """Return the texts of words in all languages, or none."""
    return [] if words is None else list(words.values()) if isinstance(words, Mapping) else [words]


def _bare(words: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", words.lower()))


# ---------------------------------------------------------------- summed up in other words


def _guessed(asked: list[Asked], document: CommitmentDocument) -> dict[Asked, Home]:
    """Pair what is asked with the paragraphs of a document: each the best of the other, and clearly better than the next."""
    ours = [_stems(one.words) for one in asked]
    theirs = _in_language_of(ours, document)
    count = Counter(stem for stems in (*ours, *theirs) for stem in stems)
    weights = {stem: math.log((len(ours) + len(theirs)) / count[stem]) ** 2 for stem in count}
    table = [[_agreement(one, other, weights) for other in theirs] for one in ours]
    found = {}
    for row, one in enumerate(asked):
        order = sorted(range(len(theirs)), key=lambda place: -table[row][place])
        if order and _clear(table, row, order):
            found[one] = (document.id, document.paragraphs[order[0]].id)
    return found


def _clear(table: list[list[float]], row: int, order: list[int]) -> bool:
    best = table[row][order[0]]
    rivals = [table[row][order[1]] if len(order) > 1 else 0.0, *(other[order[0]] for place, other in enumerate(table) if place != row)]
    return best >= AGREE and best >= CLEARLY * max(rivals)


def _in_language_of(ours: list[frozenset[str]], document: CommitmentDocument) -> list[frozenset[str]]:
    """Return the stems of each paragraph in the language of the document that shares most stems with ours."""
    fields = [words for one in document.paragraphs for words in (one.title, one.summary, one.text)]
    languages = dict.fromkeys(language for words in fields if isinstance(words, Mapping) for language in words) or {"": None}
    vocabulary = frozenset().union(*ours)
    forms = [[_stems(_all_words(one, language)) for one in document.paragraphs] for language in languages]
    return max(forms, key=lambda stems: len(vocabulary & frozenset().union(*stems)))


def _all_words(one: Commitment, language: str) -> str:
    fields = (one.title, one.summary, one.text)
    return " ".join(words.get(language, "") if isinstance(words, Mapping) else words or "" for words in fields)


def _stems(words: str) -> frozenset[str]:
    return frozenset(word[:7] for word in re.findall(r"[^\W\d_]{4,}", words.lower()))


def _agreement(one: frozenset[str], other: frozenset[str], weights: dict[str, float]) -> float:
    size = math.sqrt(sum(weights[stem] for stem in one) * sum(weights[stem] for stem in other))
    return sum(weights[stem] for stem in one & other) / size if size else 0.0
