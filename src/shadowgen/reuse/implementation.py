"""Recommendations over time: the grades of each, the authors' and the Committee's, and which later ones repeat it.

Enters: a `Library`, a day, an audience, whose gate the library passes here. Leaves: a `Tracking`, for other modules to show.
A thread is a recommendation with all that repeat it, by the decisions in the commitments files, in the order of their documents.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from shadowgen.catalogue import ArticleRef
from shadowgen.library import Library
from shadowgen.records import Commitment, CommitmentDocument, Grading, Response, Section, in_language
from shadowgen.reuse.coverage import Finding, finding_of

NOT_ASKED = ("constitution", "list-of-issues")  # kinds of document that recommend nothing


@dataclass(frozen=True, slots=True)
class Given:
    """A grade as it is shown: its date and the key of its source as far as known, its cycle (0: unknown), the assessment that gives it."""

    grade: str
    date: str
    source: str
    cycle: int
    section: str = ""

    def printed(self) -> str:
        """Return the grade with its date."""
        return f"{self.grade} ({self.date})" if self.date else self.grade


@dataclass(frozen=True, slots=True)
class Asked:
    """A recommendation of one document, with the grades of its implementation, the earliest first, and the findings that answer it."""

    key: str
    document: str
    name: str
    cycle: int
    date: str
    number: str
    title: str
    articles: tuple[ArticleRef, ...]
    themes: tuple[str, ...]
    follow_up: bool
    authors: tuple[Given, ...]
    committee: tuple[Given, ...]
    findings: tuple[Finding, ...]
    repeats: tuple[str, ...]
    position: str  # of a UPR recommendation: supported or noted by the State


Thread = tuple[Asked, ...]


@dataclass(frozen=True, slots=True)
class Tracking:
    """All threads on one day for one audience."""

    date: dt.date
    audience: str
    threads: tuple[Thread, ...]

    @property
    def recommendations(self) -> tuple[Asked, ...]:
        """Every recommendation, thread by thread."""
        return tuple(one for thread in self.threads for one in thread)

    def only(self, document: str = "", theme: str = "", article: ArticleRef | None = None) -> Tracking:
        """Return the threads with a recommendation of a document, with a theme, about an article or a part of it."""

        def fits(one: Asked) -> bool:
            about = article is None or any(article.contains(ref) for ref in one.articles)
            return document in ("", one.document) and (not theme or theme.casefold() in map(str.casefold, one.themes)) and about

        return Tracking(self.date, self.audience, tuple(thread for thread in self.threads if any(map(fits, thread))))


def track(
    library: Library, day: dt.date, audience: str = "internal", *, language: str = "en", only: Collection[str] | None = None
) -> Tracking:
    """Return the recommendations with what the sections that an audience may read (or those of the ids `only`) say of them."""
    library = library.for_audience(audience)
    sections = [section for id, section in sorted(library.sections.items()) if only is None or id in only]
    asked: dict[str, Asked] = {}
    for document in sorted(library.commitments.values(), key=lambda one: (one.date, one.id)):
        if document.kind not in NOT_ASKED:
            for one in document.paragraphs:
                asked[one.key] = _asked(library, document, one, sections, day, language)
    return Tracking(day, audience, tuple(_threads(asked)))


def _asked(library: Library, document: CommitmentDocument, one: Commitment, sections: list[Section], day: dt.date, language: str) -> Asked:
    answering = [section for section in sections if Response(document.id, one.id) in section.responds_to]
    themes = tuple(dict.fromkeys(theme for section in answering for theme in section.themes))
    own = [(grading, section.id) for section in answering for grading in section.gradings()]
    shown = lambda grading, section: _given(library, document, grading, section)  # noqa: E731
    return Asked(
        one.key, document.id, document.symbol or in_language(document.short or document.title, language), document.cycle, document.date,
        one.number, in_language(one.title, language), one.articles, themes, one.follow_up,
        tuple(shown(*pair) for pair in sorted(own, key=lambda pair: pair[0].date)), tuple(shown(grading, "") for grading in one.committee),
        tuple(finding_of(section, day, language) for section in answering), one.repeats, one.position,
    )  # fmt: skip


def _given(library: Library, document: CommitmentDocument, grading: Grading, section: str) -> Given:
    source = grading.source if grading.source in library.sources else ""
    return Given(grading.grade, grading.date, source, grading.cycle or document.cycle, section)


def _threads(asked: dict[str, Asked]) -> Iterator[Thread]:
    """Yield each recommendation with all that are tied to it by repeats, in the order of the documents."""
    tied: dict[str, set[str]] = {key: {key} for key in asked}
    for key, one in asked.items():
        for earlier in one.repeats:
            if earlier in tied and tied[earlier] is not tied[key]:
                tied[key] |= tied[earlier]
                for member in tied[key]:
                    tied[member] = tied[key]
    seen: set[str] = set()
    for key in asked:
        if key not in seen:
            seen |= tied[key]
            yield tuple(one for other, one in asked.items() if other in tied[key])
