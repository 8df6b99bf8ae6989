"""Cross-references that may lead to the wrong place."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from shadowgen import rules
from shadowgen.diagnostics import Diagnostic
from shadowgen.library import Library
from shadowgen.nodes import CrossRef, plain_text, walk
from shadowgen.records import Section, in_language
from shadowgen.redaction import drop_confidential

_STEM, _WORD = 8, re.compile(r"[^\W\d_]{6,}")
_OFTEN, _MANY, _TELLING = 4, 8, 3  # how often a section uses a word that it turns on; another at least; how many such words are asked


@dataclass(slots=True)
class _Words:
    """How many sections use a word, and which uses it most."""

    spread: Counter[str] = field(default_factory=Counter)
    most: dict[str, tuple[int, str]] = field(default_factory=dict)


def check_references(library: Library) -> Iterator[Diagnostic]:
    """Report each reference whose target has nothing in common with the section that refers to it, where another section has."""
    referring = {id: list(_references(section, library)) for id, section in library.sections.items()}
    if not any(referring.values()):
        return
    words = _Words()
    for section in library.sections.values():
        for stem, count in _stems(section, library).items():
            words.spread[stem] += 1
            words.most[stem] = max(words.most.get(stem, (0, "")), (count, section.id))
    for id, references in referring.items():
        section = library.sections[id]
        targets = [target for _, target in references]
        for reference, target in references:
            if reason := _doubt(section, target, targets, library, words):
                yield rules.DOUBTFUL_TARGET.at(
                    reference.origin, f"'{reference.target}' may be the wrong target: {reason}", "look the target up"
                )


def _references(section: Section, library: Library) -> Iterator[tuple[CrossRef, Section]]:
    for node in walk(section.prose[section.language].words()):
        if isinstance(node, CrossRef):
            target = library.sections.get(library.anchors.get(node.target, node.target))
            if target and target.id != section.id:
                yield node, target


def _doubt(section: Section, target: Section, targets: list[Section], library: Library, words: _Words) -> str:
    """Return why a target is doubted, or an empty text."""
    if _related(section, target):
        return ""
    few = max(len(library.sections) // 8, 2)
    own = _stems(section, library)
    turning = [stem for stem, count in own.most_common() if count >= _OFTEN and 1 < words.spread[stem] <= few][:_TELLING]
    there = Counter[str]()
    for one in targets:
        there += _stems(one, library)
    missed = [stem for stem in turning if _elsewhere(stem, section, words) and there[stem] * 10 <= words.most[stem][0]]
    if not turning or missed != turning:
        return ""
    stem = missed[0]
    count, best = words.most[stem]
    word = next((word for word in _WORD.findall(_public(section)) if word.lower().startswith(stem)), "…")
    return f"the matter is '{word}', which it names {there[stem] or 'no'} times and '{best}' {count} times"


def _elsewhere(stem: str, section: Section, words: _Words) -> bool:
    count, best = words.most[stem]
    return count >= _MANY and best != section.id


def _related(section: Section, target: Section) -> bool:
    """True if two sections have an article, a recommendation or a theme in common.

    The articles of the recommendation do not count: an import takes them from the very reference that is doubted.
    """
    articles = [{(ref.treaty, ref.article) for ref in one.articles} for one in (section, target)]
    answered = [{(one.document, one.paragraph) for one in other.responds_to} for other in (section, target)]
    return bool(articles[0] & articles[1] or answered[0] & answered[1] or set(section.themes) & set(target.themes))


def _text(section: Section, library: Library) -> str:
    asked = []
    for response in section.responds_to:
        document = library.commitments.get(response.document)
        asked += (
            [in_language(one.text or one.summary, section.language) for one in document.paragraphs if one.id == response.paragraph]
            if document
            else []
        )
    return " ".join([*asked, plain_text(section.prose[section.language].words())])


def _public(section: Section) -> str:
    """Return the words of a section without confidential spans: its message may quote no others."""
    return plain_text(drop_confidential(section.prose[section.language].words(), "public"))


def _stems(section: Section, library: Library) -> Counter[str]:
    return Counter(word[:_STEM] for word in _WORD.findall(_text(section, library).lower()))
