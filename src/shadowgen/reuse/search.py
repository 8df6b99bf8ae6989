"""Find findings to use again: by words in any language of the library, by facts, or by likeness to another finding.

Enters: an `Index`, words. Leaves: `Hit`s, the best first. What is shown of a finding is made for the few that are shown, not for all that are found.
"""

from __future__ import annotations

import math
import re
from bisect import insort
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from heapq import nsmallest
from itertools import chain, islice

from shadowgen.records import Prose, Section
from shadowgen.reuse.postings import WORD, Document, Index, Passage, start_of
from shadowgen.reuse.stemming import stem_keys

_SATURATION, _LENGTH = 1.2, 0.5  # k1 and b of BM25; findings differ in length because subjects do, so length counts little
_LIKE_WORDS, _SHARED = 30, 3  # how many words tell what a finding is about; how many of them another must share


@dataclass(frozen=True, slots=True)
class Context:
    """Words around what was found: the text, the line, and where in the text the words found start and end."""

    text: str
    line: int
    found: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """A section that was found: in which language, how well it fits, which of the words it has, and where."""

    section: Section
    prose: Prose
    score: float
    words: tuple[str, ...]
    contexts: tuple[Context, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """The best hits, the first before all, and how many there are in all."""

    hits: tuple[Hit, ...]
    total: int


def words_in(words: Iterable[str]) -> tuple[str, ...]:
    """Return the single words of what is asked, each once; the 's of a possessor is none."""
    return tuple(dict.fromkeys(form for word in words for form in WORD.findall(re.sub(r"['’]s\b", "", word))))


class _Word:
    """One word of a query, against an index: the forms it stands for, how much stands in each document, and how much it tells."""

    def __init__(self, word: str, index: Index, languages: Collection[str], *, by_sound: bool = True) -> None:
        self.word = word
        self.forms = {language: index.vocabularies[language].forms(word, language, by_sound) for language in languages}
        self.counts: dict[int, float] = {}
        for language, forms in self.forms.items():
            self.counts |= _summed(index, language, forms)
        total = sum(index.sizes[language] for language in languages)
        self.telling = math.log(1 + (total - len(self.counts) + 0.5) / (len(self.counts) + 0.5))


def _summed(index: Index, language: str, forms: dict[str, float]) -> dict[int, float]:
    """Return how much some forms weigh together in each document where one of them stands."""
    counts: dict[int, float] = {}
    for form, weight in forms.items():
        posted = index.vocabularies[language].posted[form]
        if not counts and weight == 1:
            counts = dict(zip(posted.places, posted.counts, strict=True))
            continue
        for place, count in zip(posted.places, posted.counts, strict=True):
            counts[place] = counts.get(place, 0) + count * weight
    return counts


def search(index: Index, words: tuple[str, ...], among: frozenset[str], language: str = "", shown: int = 10) -> Found:
    """Return the sections of the ids `among` that have all the words, or if none has, those that have most of them; the best first.

    Without words, all of `among` are found, in their order. Only the first `shown` are returned, with their contexts.
    """
    if not words:
        chosen = _one_each(one for one in index.documents if one.section.id in among and language in ("", one.prose.language))
        hits = (Hit(one.section, one.prose, 0.0, (), ()) for one in islice(chosen.values(), shown))
        return Found(tuple(hits), len(chosen))
    languages = [one for one in index.vocabularies if language in ("", one)]
    return _ranked(index, [_Word(word, index, languages) for word in words_in(words)], among, shown)


def like(index: Index, id: str, among: frozenset[str], language: str = "", shown: int = 10) -> Found:
    """Return the sections that share at least three telling words with one, in its own language or in that given; the nearest first."""
    for place, document in enumerate(index.documents):
        if document.section.id == id and document.prose.language == (language or document.section.language):
            return _ranked(index, _telling(index, place), among - {id}, shown, _SHARED)
    return Found((), 0)


def _telling(index: Index, place: int) -> list[_Word]:
    """Return the words that tell a document from the others of its language: frequent here, rare elsewhere, one form of each.

    A word tells the less the more documents have it, and at least as many have it as have the most common of its forms. That gives a bound for
    each word without a look at all its forms; words are looked up in the order of their bounds, until no bound reaches the last of the best.
    """
    language, counts = index.documents[place].prose.language, index.documents[place].counts()
    posted, total = index.vocabularies[language].posted, index.sizes[language]
    beside: dict[str, list[str]] = defaultdict(list)
    for form in counts:
        beside[start_of(form, language)].append(form)
    bounds: list[tuple[float, str]] = []
    for keys, form in {stem_keys(form, language): form for form in sorted(counts) if len(form) > 3}.items():
        here = [other for other in beside[start_of(form, language)] if keys & stem_keys(other, language)]
        bound = sum(counts[other] for other in here) * math.log(total / max(len(posted[other].places) for other in here))
        bounds.append((bound, form))
    best: list[tuple[float, str, _Word]] = []  # the more a word tells, the smaller its first number
    for bound, form in sorted(bounds, reverse=True):
        if len(best) == _LIKE_WORDS and bound < -best[-1][0]:
            break
        word = _Word(form, index, [language], by_sound=False)
        if len(word.counts) > 1 and (tells := word.counts[place] * math.log(total / len(word.counts))):
            insort(best, (-tells, form, word))
            del best[_LIKE_WORDS:]
    return [word for _, _, word in best]


def _ranked(index: Index, asked: list[_Word], among: frozenset[str], shown: int, least: int = 0) -> Found:
    """Return what has at least so many of the words (0 = what has most of them): by BM25 the first `shown`.

    A section that fits in two languages counts in the one that fits better.
    """
    shared, ids = Counter(chain.from_iterable(one.counts for one in asked)), index.ids
    for many in (least,) if least else range(len(asked), 0, -1):
        if places := [place for place, count in shared.items() if count >= many and ids[place] in among]:
            break
    else:
        return Found((), 0)
    scores = _scores(index, asked, sorted(places))
    best: dict[str, int] = {}
    for place, score in scores.items():
        other = best.setdefault(ids[place], place)
        if other != place and (shared[place], score) > (shared[other], scores[other]):
            best[ids[place]] = place
    first = nsmallest(shown, best.values(), key=lambda place: (-scores[place], ids[place]))
    return Found(tuple(_hit(index.documents[place], place, asked, scores[place]) for place in first), len(best))


def _scores(index: Index, asked: list[_Word], places: list[int]) -> dict[int, float]:
    """Return by BM25 how well each of some documents fits; the order of the places is kept."""
    slow = {place: _SATURATION * (1 - _LENGTH + _LENGTH * index.documents[place].length / index.mean) for place in places}
    scores = dict.fromkeys(places, 0.0)
    for one in asked:
        counts, most = one.counts, one.telling * (_SATURATION + 1)
        for place in slow.keys() & counts.keys():
            scores[place] += most * counts[place] / (counts[place] + slow[place])
    return scores


def _one_each(documents: Iterable[Document]) -> dict[str, Document]:
    """Return each section once: in its own language, if that is among them."""
    chosen: dict[str, Document] = {}
    for document in documents:
        if document.section.id not in chosen or document.prose.language == document.section.language:
            chosen[document.section.id] = document
    return chosen


# ---------------------------------------------------------------- context

_BEFORE, _WIDTH, _AT_MOST = 28, 88, 2  # characters before what was found, and of a context; contexts of a section


def _hit(document: Document, place: int, asked: list[_Word], score: float) -> Hit:
    words = tuple(one.word for one in asked if place in one.counts)
    return Hit(document.section, document.prose, score, words, _contexts(document, asked))


def _contexts(document: Document, asked: list[_Word]) -> tuple[Context, ...]:
    """Return the passages that have most of the words; the title only where nothing else has any."""
    owners = {form: word.word for word in asked for form in word.forms.get(document.prose.language, ())}
    found = [(passage, [match for match in WORD.finditer(passage.text) if match[0] in owners]) for passage in document.passages]
    ranked = sorted((pair for pair in found[1:] if pair[1]), key=lambda pair: -len({owners[match[0]] for match in pair[1]}))
    chosen = ranked[:_AT_MOST] or [pair for pair in found[:1] if pair[1]]
    return tuple(_context(passage, matches) for passage, matches in chosen)


def _context(passage: Passage, matches: list[re.Match[str]]) -> Context:
    """Cut a passage to the words around the place where most of the words found stand together."""
    text = passage.text
    first = max(matches, key=lambda match: sum(match.start() <= other.start() < match.start() + _WIDTH - _BEFORE for other in matches))
    start = 0 if first.start() <= _BEFORE or len(text) <= _WIDTH else text.find(" ", first.start() - _BEFORE) + 1
    end = len(text) if len(text) - start <= _WIDTH else max(text.rfind(" ", start, start + _WIDTH + 1), first.end())
    lead = "… " if start else ""
    inside = [match for match in matches if start <= match.start() and match.end() <= end]
    shift = len(lead) - start
    words = f"{lead}{text[start:end]}{' …' if end < len(text) else ''}"
    return Context(words, passage.line, tuple((match.start() + shift, match.end() + shift) for match in inside))
