"""The words of a library and where they stand, to be searched.

Enters: a `Library` that has passed the gate for an audience. Leaves: an `Index`. It is held in memory: nothing of what a library says is ever
written to a disk to be found faster.
"""

from __future__ import annotations

import re
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
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

WORD = re.compile(r"[\u3400-\u9fff]|[^\W_\u3400-\u9fff]+")  # Chinese has no blanks: each of its characters counts as a word
_TITLE_WEIGHT, _THEME_WEIGHT = 3, 2  # a word of the title says more than one of the text
_SOUND_WEIGHT = 0.4  # a name that only sounds alike counts less than the same word


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph, heading, cell or recommendation as plain words, and the line of its file (0 = unknown)."""

    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Document:
    """A section in one language: its passages, the title first, and how many words they have."""

    section: Section
    prose: Prose
    passages: tuple[Passage, ...]
    length: int

    def counts(self) -> Counter[str]:
        """Return how much each form of a word weighs here; kept for every document, that would take more room than the texts."""
        return _weighed(self.section, self.passages)[0]


@dataclass(frozen=True, slots=True)
class Posted:
    """The documents in which a form stands, by their place in the index, rising; and how much it weighs in each."""

    places: array[int] = field(default_factory=lambda: array("I"))
    counts: array[int] = field(default_factory=lambda: array("I"))


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The forms of the words of a language: where each stands; by their first letters; by sound."""

    posted: dict[str, Posted]
    by_start: dict[str, list[str]]
    by_sound: dict[str, list[str]]

    def forms(self, word: str, language: str, by_sound: bool) -> dict[str, float]:
        """Return the forms that a word stands for, each with its weight."""
        wanted, sounds = stem_keys(word, language), sound_keys(word) if by_sound else ()
        found = {form: _SOUND_WEIGHT for sound in sounds for form in self.by_sound.get(sound, ())}
        return found | {form: 1.0 for form in self.by_start.get(start_of(word, language), ()) if wanted & stem_keys(form, language)}


@dataclass(frozen=True, slots=True)
class Index:
    """The words of a library, ready to be asked."""

    documents: tuple[Document, ...]
    ids: tuple[str, ...]  # of the section of each document
    vocabularies: dict[str, Vocabulary]
    sizes: Counter[str]  # how many documents there are in each language
    mean: float  # how long a document is, in words


def index(library: Library) -> Index:
    """Return the index of all sections in all their languages."""
    documents: list[Document] = []
    vocabularies: dict[str, Vocabulary] = {}
    for section in library.sections.values():
        for language, prose in sorted(section.prose.items()):
            known = vocabularies.setdefault(language, Vocabulary(defaultdict(Posted), defaultdict(list), defaultdict(list)))
            documents.append(_document(section, prose, len(documents), known))
    for language, known in vocabularies.items():
        for form in sorted(known.posted):
            known.by_start[start_of(form, language)].append(form)
            for sound in sound_keys(form) if form[0].isupper() else ():
                known.by_sound[sound].append(form)
    sizes = Counter(one.prose.language for one in documents)
    mean = sum(one.length for one in documents) / (len(documents) or 1) or 1
    return Index(tuple(documents), tuple(one.section.id for one in documents), vocabularies, sizes, mean)


def start_of(word: str, language: str) -> str:
    """Return the first two letters of a word, so that not every form need be stemmed; nothing where stems lose letters at their start."""
    return "" if language.startswith("ar") else folded(word[:3])[:2]


def _document(section: Section, prose: Prose, place: int, known: Vocabulary) -> Document:
    passages = tuple(_passages(prose))
    counts, length = _weighed(section, passages)
    for form, count in counts.items():
        posted = known.posted[form]
        posted.places.append(place)
        posted.counts.append(count)
    return Document(section, prose, passages, length)


def _weighed(section: Section, passages: tuple[Passage, ...]) -> tuple[Counter[str], int]:
    """Return how much each form of a word weighs, and how many words there are without the weight of title and themes."""
    counts = Counter(WORD.findall("\n".join(passage.text for passage in passages)))
    length = counts.total()
    for extra, weight in ((passages[0].text, _TITLE_WEIGHT - 1), (" ".join(section.themes), _THEME_WEIGHT)):
        for form in WORD.findall(extra):
            counts[form] += weight
    return counts, length


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
    return " ".join("".join(parts).split()).replace(" .", ".").replace(" ,", ",")  # a citation stood before the full stop
