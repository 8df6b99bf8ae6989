"""Find findings to use again: by words in any language of the library, by facts, or by likeness to another finding.

Enters: a `Library` that has passed the gate for an audience, a `Query`. Leaves: `Hit`s, the best first. Everything is held in memory: nothing of
what a library says is ever written to a disk to be found faster.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from shadowgen.library import Library
from shadowgen.nodes import (
    Annotation,
    Box,
    Cell,
    CrossRef,
    Figure,
    Heading,
    LineBreak,
    Paragraph,
    PersonName,
    Quote,
    Table,
    Text,
    Variable,
    walk,
)
from shadowgen.records import Prose, Section
from shadowgen.reuse.stemming import folded, sound_keys, stem_keys

_WORD = re.compile(r"[\u3400-\u9fff]|[^\W_\u3400-\u9fff]+")  # Chinese has no blanks: each of its characters counts as a word
_TITLE_WEIGHT, _THEME_WEIGHT = 3, 2  # a word of the title says more than one of the text
_SOUND_WEIGHT = 0.4  # a name that only sounds alike counts less than the same word
_SATURATION, _LENGTH = 1.2, 0.5  # k1 and b of BM25; findings differ in length because subjects do, so length counts little
_LIKE_WORDS, _SHARED = 30, 3  # how many words tell what a finding is about; how many of them another must share


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph, heading, cell or recommendation as plain words, and the line of its file (0 = unknown)."""

    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Document:
    """A section in one language: its passages, the title first, and how often each form of a word stands in it."""

    section: Section
    prose: Prose
    passages: tuple[Passage, ...]
    counts: Counter[str]
    length: int


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
class Vocabulary:
    """The forms of the words of a language: in which documents (by their place) each stands how often; by their first letters; by sound."""

    places: dict[str, list[tuple[int, int]]]
    by_start: dict[str, list[str]]
    by_sound: dict[str, list[str]]

    def forms(self, word: str, language: str, by_sound: bool) -> dict[str, float]:
        """Return the forms that a word stands for, each with its weight."""
        wanted, sounds = stem_keys(word, language), sound_keys(word) if by_sound else ()
        found = {form: _SOUND_WEIGHT for sound in sounds for form in self.by_sound.get(sound, ())}
        return found | {form: 1.0 for form in self.by_start.get(_start(word, language), ()) if wanted & stem_keys(form, language)}


@dataclass(frozen=True, slots=True)
class Index:
    """The words of a library, ready to be asked."""

    documents: tuple[Document, ...]
    vocabularies: dict[str, Vocabulary]

    def count(self, languages: Collection[str]) -> int:
        """Return how many documents there are in some languages."""
        return sum(one.prose.language in languages for one in self.documents)


def index(library: Library) -> Index:
    """Return the index of all sections in all their languages."""
    documents = tuple(_document(section, prose) for section in library.sections.values() for _, prose in sorted(section.prose.items()))
    vocabularies: dict[str, Vocabulary] = {}
    for place, document in enumerate(documents):
        known = vocabularies.setdefault(document.prose.language, Vocabulary(defaultdict(list), defaultdict(list), defaultdict(list)))
        for form, count in document.counts.items():
            known.places[form].append((place, count))
    for language, known in vocabularies.items():
        for form in sorted(known.places):
            known.by_start[_start(form, language)].append(form)
            for sound in sound_keys(form) if form[0].isupper() else ():
                known.by_sound[sound].append(form)
    return Index(documents, vocabularies)


def _start(word: str, language: str) -> str:
    """Return the first two letters of a word, so that not every form need be stemmed; nothing where stems lose letters at their start."""
    return "" if language.startswith("ar") else folded(word[:3])[:2]


def _document(section: Section, prose: Prose) -> Document:
    passages = tuple(_passages(prose))
    counts = Counter(_WORD.findall("\n".join(passage.text for passage in passages)))
    length = counts.total()
    for extra, weight in ((passages[0].text, _TITLE_WEIGHT - 1), (" ".join(section.themes), _THEME_WEIGHT)):
        for form in _WORD.findall(extra):
            counts[form] += weight
    return Document(section, prose, passages, counts, length)


def _passages(prose: Prose) -> Iterator[Passage]:
    yield Passage(_plain(prose.title), prose.origin.line)
    line = 0
    for node in walk(prose.body, closed=(Paragraph, Heading, Cell)):
        line = node.origin.line if getattr(node, "origin", None) else line
        match node:
            case Paragraph(content=words) | Heading(content=words) | Cell(content=words) | Table(caption=words) | Figure(caption=words):
                yield Passage(_plain(words), line)
            case Box(title=words) | Quote(attribution=words):
                yield Passage(_plain(words), line)
    for ask in (prose.asks_lead, *prose.asks):
        yield Passage(_plain(ask), 0)


def _plain(value: Any) -> str:
    """Return words without markup, a blank where a note begins, and … for what only a document can say."""
    parts = []
    for node in walk(value):
        kind = type(node)
        if kind is Text:
            parts.append(node.text)
        elif kind is LineBreak or kind is Annotation:
            parts.append(" ")
        elif kind is PersonName:
            parts.append(f"[@@{node.key}]")
        elif kind is CrossRef or kind is Variable:
            parts.append("…")
    return re.sub(r" (?=[.,])", "", " ".join("".join(parts).split()))  # a citation stood before the full stop


# ---------------------------------------------------------------- asking


def words_in(words: Iterable[str]) -> tuple[str, ...]:
    """Return the single words of what is asked, each once; the 's of a possessor is none."""
    return tuple(dict.fromkeys(form for word in words for form in _WORD.findall(re.sub(r"['’]s\b", "", word))))


class _Word:
    """One word of a query, against an index: the forms it stands for, how much stands in each document, and how much it tells."""

    def __init__(self, word: str, index: Index, languages: Collection[str], *, by_sound: bool = True) -> None:
        self.word = word
        self.forms = {language: index.vocabularies[language].forms(word, language, by_sound) for language in languages}
        self.counts: dict[int, float] = defaultdict(float)
        for language, forms in self.forms.items():
            for form, weight in forms.items():
                for place, count in index.vocabularies[language].places[form]:
                    self.counts[place] += count * weight
        self.telling = math.log(1 + (index.count(languages) - len(self.counts) + 0.5) / (len(self.counts) + 0.5))


def search(index: Index, words: tuple[str, ...], among: frozenset[str], language: str = "", shown: int = 10) -> list[Hit]:
    """Return the sections of the ids `among` that have all the words, or if none has, those that have most of them; the best first.

    Without words, all of `among` are returned in their order. The first `shown` come with their contexts.
    """
    if not words:
        documents = [one for one in index.documents if one.section.id in among and language in ("", one.prose.language)]
        return list(_one_each([Hit(one.section, one.prose, 0.0, (), ()) for one in documents]))
    languages = [one for one in index.vocabularies if language in ("", one)]
    asked = [_Word(word, index, languages) for word in words_in(words)]
    found = _ranked(index, asked, among)
    most = max((len(one.hit.words) for one in found), default=0)
    return _shown([one for one in found if len(one.hit.words) == most], shown)


def like(index: Index, id: str, among: frozenset[str], language: str = "", shown: int = 10) -> list[Hit]:
    """Return the sections that share at least three telling words with one, in its own language or in that given; the nearest first."""
    for place, document in enumerate(index.documents):
        if document.section.id == id and document.prose.language == (language or document.section.language):
            found = _ranked(index, _telling(index, place), among - {id})
            return _shown([one for one in found if len(one.hit.words) >= _SHARED], shown)
    return []


def _telling(index: Index, place: int) -> list[_Word]:
    """Return the words that tell a document from the others of its language: frequent here, rare elsewhere, one form of each."""
    language = index.documents[place].prose.language
    forms = {stem_keys(form, language): form for form in sorted(index.documents[place].counts) if len(form) > 3}
    words = [_Word(form, index, [language], by_sound=False) for form in forms.values()]
    total = index.count([language])
    weighed = {word: word.counts[place] * math.log(total / len(word.counts)) for word in words if len(word.counts) > 1}
    return sorted((word for word in weighed if weighed[word]), key=lambda word: (-weighed[word], word.word))[:_LIKE_WORDS]


@dataclass(frozen=True, slots=True)
class _Found:
    """A hit without contexts, and what they are made of."""

    hit: Hit
    document: Document
    asked: list[_Word]


def _ranked(index: Index, asked: list[_Word], among: frozenset[str]) -> list[_Found]:
    """Rank by BM25; a section that fits in two languages counts in the one that fits better."""
    mean = sum(one.length for one in index.documents) / (len(index.documents) or 1) or 1
    best: dict[str, _Found] = {}
    for place in sorted(set().union(*(one.counts for one in asked))):
        document = index.documents[place]
        id = document.section.id
        if id not in among:
            continue
        here = [one for one in asked if place in one.counts]
        slow = _SATURATION * (1 - _LENGTH + _LENGTH * document.length / mean)
        score = sum(one.telling * one.counts[place] * (_SATURATION + 1) / (one.counts[place] + slow) for one in here)
        hit = Hit(document.section, document.prose, score, tuple(one.word for one in here), ())
        if id not in best or (len(hit.words), score) > (len(best[id].hit.words), best[id].hit.score):
            best[id] = _Found(hit, document, asked)
    return sorted(best.values(), key=lambda one: (-one.hit.score, one.hit.section.id))


def _shown(found: list[_Found], shown: int) -> list[Hit]:
    return [*(_with_context(one) for one in found[:shown]), *(one.hit for one in found[shown:])]


def _one_each(hits: list[Hit]) -> Iterator[Hit]:
    """Yield each section once: in its own language, if that is among them."""
    chosen: dict[str, Hit] = {}
    for hit in hits:
        if hit.section.id not in chosen or hit.prose.language == hit.section.language:
            chosen[hit.section.id] = hit
    yield from chosen.values()


# ---------------------------------------------------------------- context

_BEFORE, _WIDTH, _AT_MOST = 28, 88, 2  # characters before what was found, and of a context; contexts of a section


def _with_context(one: _Found) -> Hit:
    """Return a hit with the passages that have most of the words; the title only where nothing else has any."""
    owners = {form: word.word for word in one.asked for form in word.forms.get(one.document.prose.language, ())}
    found = [(passage, [match for match in _WORD.finditer(passage.text) if match[0] in owners]) for passage in one.document.passages]
    ranked = sorted((pair for pair in found[1:] if pair[1]), key=lambda pair: -len({owners[match[0]] for match in pair[1]}))
    chosen = ranked[:_AT_MOST] or [pair for pair in found[:1] if pair[1]]
    return replace(one.hit, contexts=tuple(_context(passage, matches) for passage, matches in chosen))


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
