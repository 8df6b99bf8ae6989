"""The records of a library: sections, commitments, sources, contributors, terms, submissions to be built.

Plain frozen data made from validated files; every record knows its origin and its audience.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from shadowgen.catalogue import ArticleRef
from shadowgen.diagnostics import Origin
from shadowgen.lookfile import LogoFile
from shadowgen.nodes import Blocks, Inlines

AUDIENCES = ("public", "committee", "internal")
# Sources of these types may reveal a person, so without a level they are internal like everything else;
# the other types are publications.
SENSITIVE_SOURCES = frozenset({"interview", "confidential-interview", "case-file", "letter"})
Words = str | Mapping[str, str]


def may_read(audience: str, level: str) -> bool:
    """True if a reader of the class `audience` may see what is marked `level`; an unknown level is internal."""
    rank = AUDIENCES.index(level) if level in AUDIENCES else len(AUDIENCES) - 1
    return rank <= AUDIENCES.index(audience)


def in_language(words: Words | None, language: str, fallback: str = "en") -> str:
    """Return the words in `language`, else in `fallback`, else in the first language they have; empty for None."""
    if words is None or isinstance(words, str):
        return words or ""
    for wanted in (language, language.split("-")[0], fallback):
        if wanted in words:
            return words[wanted]
    return next(iter(words.values()), "")


@dataclass(frozen=True, slots=True)
class Prose:
    """The words of a section in one language, parsed."""

    language: str
    title: Inlines
    title_text: str
    body: Blocks
    asks_lead: Inlines
    asks: tuple[Inlines, ...]
    origin: Origin
    translates: Mapping[str, Any] | None = None  # of a translation: the digests of the text that it translates

    def words(self) -> tuple[Any, ...]:
        """Return everything in it that holds words, in reading order."""
        return self.title, self.body, self.asks_lead, self.asks


@dataclass(frozen=True, slots=True)
class Response:
    """A commitment that a section answers: document and paragraph id."""

    document: str
    paragraph: str


@dataclass(frozen=True, slots=True)
class Grading:
    """A grade, A to E or a historical B1 to D2; its date as far as known; the key of its source; the cycle, 0 if not said; where it is written."""

    grade: str
    date: str
    source: str
    cycle: int
    origin: Origin


@dataclass(frozen=True, slots=True)
class Section:
    """A reusable finding, assessment or piece of front matter, in all its languages."""

    id: str
    path: str
    articles: tuple[ArticleRef, ...]
    responds_to: tuple[Response, ...]
    status: str
    audience: str
    verified: dt.date | None
    review_by: dt.date | None
    themes: tuple[str, ...]
    priority: int
    order: int
    grade: str
    prose: Mapping[str, Prose]
    language: str
    origin: Origin
    overtaken: dt.date | None = None
    earlier: tuple[Grading, ...] = ()

    @property
    def folder(self) -> str:
        """The folder that says its kind: articles, recommendations or matter; under `imported/<name>/` the same."""
        steps = self.path.split("/")
        return steps[2] if steps[0] == "imported" and len(steps) > 3 else steps[0]

    def gradings(self) -> tuple[Grading, ...]:
        """Return the authors' grades: those given before, by their dates, and the one that stands."""
        standing = (Grading(self.grade, str(self.verified or ""), "", 0, self.origin),) if self.grade else ()
        return (*self.earlier, *standing)

    def in_language(self, language: str) -> Prose:
        """Return the prose in `language`, or in the section's own language."""
        return self.prose.get(language) or self.prose[self.language]

    def freshness(self, day: dt.date) -> str:
        """Return stale where the day of review has passed or something has overtaken the facts, never where nobody has checked them, else fresh."""
        if (self.review_by and self.review_by < day) or (self.overtaken and self.overtaken <= day):
            return "stale"
        return "fresh" if self.verified else "never"


def in_time(gradings: Iterable[Grading]) -> tuple[Grading, ...]:
    """Return grades by their dates; one without a date stands first."""
    return tuple(sorted(gradings, key=lambda one: one.date))


@dataclass(frozen=True, slots=True)
class Commitment:
    """One recommendation, issue, pledge or article of a document."""

    id: str
    document: str
    number: str
    title: Words
    articles: tuple[ArticleRef, ...]
    summary: Words
    text: Words | None
    committee: tuple[Grading, ...]
    origin: Origin
    follow_up: bool = False
    repeats: tuple[str, ...] = ()
    not_repeats: tuple[str, ...] = ()
    position: str = ""

    @property
    def key(self) -> str:
        """What names it in the whole workspace: document#paragraph."""
        return f"{self.document}#{self.id}"

    @property
    def committee_grade(self) -> str:
        """The last grade that the Committee gave, or an empty string."""
        return self.committee[-1].grade if self.committee else ""


@dataclass(frozen=True, slots=True)
class CommitmentDocument:
    """Concluding observations, pledges, a constitution: its name and its paragraphs in order."""

    id: str
    title: Words
    short: Words | None
    kind: str
    symbol: str
    source: str
    body: Words | None
    date: str
    paragraphs: tuple[Commitment, ...]
    origin: Origin
    cycle: int = 0


@dataclass(frozen=True, slots=True)
class Source:
    """An entry of the bibliography: its type and its fields, by name."""

    key: str
    type: str
    audience: str
    fields: Mapping[str, Words]
    origin: Origin
    checked: dt.date | None = None
    superseded_by: str = ""

    def get(self, name: str, language: str) -> str:
        """Return a field in a language, or an empty string."""
        return in_language(self.fields.get(name), language)


@dataclass(frozen=True, slots=True)
class Contributor:
    """An organisation, person or coalition."""

    key: str
    type: str
    name: Words
    short: Words | None
    city: Words | None
    country: Words | None
    role: Words | None
    about: Words | None
    members: tuple[str, ...]
    audience: str
    named: bool
    origin: Origin
    url: str = ""


@dataclass(frozen=True, slots=True)
class Replaced:
    """What took the place of an institution or law, and when (a day, a month or a year)."""

    by: str
    on: str


@dataclass(frozen=True, slots=True)
class Term:
    """A preferred name in one language and the variants to avoid; an institution or law may have been replaced."""

    id: str
    language: str
    preferred: str
    avoid: tuple[str, ...]
    origin: Origin
    replaced: Replaced | None = None


@dataclass(frozen=True, slots=True)
class NoteOptions:
    """What a submission asks of its notes: ibid. or not; the addresses printed (url, archived, both, none); where numbers start again."""

    ibid: bool = True
    addresses: str = "url"
    restart: str = "none"


@dataclass(frozen=True, slots=True)
class Plan:
    """A submission file: what one concrete document is."""

    id: str
    title: Words
    subtitle: Words | None
    short_title: Words | None
    template: str
    profile: str
    look: str
    style: str
    languages: tuple[str, ...]
    audience: str
    treaty: str
    country: Words
    session: Words | None
    date: str
    place: Words | None
    submitted_by: tuple[str, ...]
    commitments: tuple[str, ...]
    front: tuple[str, ...]
    sections: tuple[str, ...]
    leave_out: tuple[str, ...]
    groups: tuple[tuple[ArticleRef, ...], ...]
    themes: tuple[tuple[str, Words], ...]
    closing: tuple[str, ...]
    annexes: tuple[str, ...]
    numbering: str
    notes: NoteOptions
    table_of_sources: bool
    words: Mapping[str, int]
    posting: bool | None
    contact: Words | None
    keywords: tuple[Words, ...]
    word_limit: int | None
    variables: Mapping[str, Words]
    addressee: tuple[Words, ...]
    salutation: Words | None
    signatories: tuple[str, ...]
    logos: tuple[LogoFile, ...]
    origin: Origin
    places: Mapping[str, tuple[Origin, ...]] = field(default_factory=dict)
