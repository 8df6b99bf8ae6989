"""What a library covers: the articles of a treaty and every recommendation, with the findings about each, and the sources they rest on.

Enters: a `Library`, a treaty, a day, an audience, whose gate the library passes here. Leaves: a `Coverage`, for other modules to show.

A finding is about the article that stands first in its `articles`, and about every other that it names which some submission puts under
one heading with that one. Where it names an article beside another, it only touches it: 15 is not covered because a finding on 19 names it.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from shadowgen.catalogue import ArticleRef, article_title, treaties
from shadowgen.library import Library
from shadowgen.nodes import Cite, walk
from shadowgen.outline import group_of
from shadowgen.records import Commitment, CommitmentDocument, Plan, Response, Section, Source, in_language, in_time
from shadowgen.wordcount import count_words

TOO_MUCH = 0.2  # of all citations; our own measure of when the findings stand or fall with one source


@dataclass(frozen=True, slots=True)
class Finding:
    """A section as a matrix shows it; `words` are those of the text in the language shown, or its own, with the authors' notes and without citations."""

    id: str
    title: str
    file: str
    status: str
    audience: str
    verified: dt.date | None
    review_by: dt.date | None
    freshness: str
    words: int


@dataclass(frozen=True, slots=True)
class Row:
    """An article, a paragraph of it, or a recommendation: the findings about it, and those that only touch it.

    A recommendation may have grades, the last that the authors and the Committee gave, and may have been selected for follow-up.
    """

    key: str
    number: str
    title: str
    level: int
    findings: tuple[Finding, ...]
    touching: tuple[Finding, ...] = ()
    authors: str = ""
    committee: str = ""
    follow_up: bool = False

    @property
    def words(self) -> int:
        """How many words the findings about it have."""
        return sum(finding.words for finding in self.findings)


@dataclass(frozen=True, slots=True)
class Part:
    """A treaty or a document with recommendations: its id, name and rows."""

    id: str
    title: str
    rows: tuple[Row, ...]

    def missing(self) -> tuple[Row, ...]:
        """Return the articles or recommendations without a finding of their own."""
        return tuple(row for row in self.rows if row.level == 0 and not row.findings)


@dataclass(frozen=True, slots=True)
class SourceUse:
    """A source: its citations, their share of all (0 to 1), the ids of the findings that cite it, and of those that cite nothing else."""

    key: str
    title: str
    citations: int
    share: float
    findings: tuple[str, ...]
    alone: tuple[str, ...]

    @property
    def too_much(self) -> bool:
        """True if the source carries more of the citations than is safe."""
        return self.share > TOO_MUCH


@dataclass(frozen=True, slots=True)
class Coverage:
    """The matrix: the articles, the recommendations of each document, the sources by weight, the findings that cite none."""

    treaty: str
    date: dt.date
    audience: str
    articles: Part
    commitments: tuple[Part, ...]
    sources: tuple[SourceUse, ...]
    unsourced: tuple[str, ...]

    @property
    def parts(self) -> tuple[Part, ...]:
        """The articles, then each document."""
        return (self.articles, *self.commitments)

    @property
    def findings(self) -> dict[str, Finding]:
        """Every finding of the matrix by its id."""
        rows = [row for part in self.parts for row in part.rows]
        return {one.id: one for row in rows for one in (*row.findings, *row.touching)}


def cover(
    library: Library, treaty: str, day: dt.date, audience: str = "internal", *, language: str = "en", only: Collection[str] | None = None
) -> Coverage:
    """Return what the sections that an audience may read (or those of the ids `only`) cover; raises KeyError for an unknown treaty."""
    library = library.for_audience(audience, by_key=True)
    chosen = [section for id, section in sorted(library.sections.items()) if only is None or id in only]
    findings = {section.id: finding_of(section, day, language) for section in chosen}
    concerned = {section.id: concerns(section, tuple(library.plans.values())) for section in chosen}
    articles = Part(treaty, in_language(treaties()[treaty].name, language), tuple(_articles(chosen, findings, concerned, treaty, language)))
    documents = tuple(_document(document, chosen, findings, language) for _, document in sorted(library.commitments.items()))
    shown = {one.id for part in (articles, *documents) for row in part.rows for one in (*row.findings, *row.touching)}
    counts = {section.id: _readable(citations_in(section), library) for section in chosen if section.id in shown}
    unsourced = tuple(id for id, counted in counts.items() if not counted)
    return Coverage(treaty, day, audience, articles, documents, _sources(library, counts, language), unsourced)


def citations_in(section: Section) -> Counter[str]:
    """Count the citations of each source in a section; a translation that repeats one does not count again."""
    counted: Counter[str] = Counter()
    for prose in section.prose.values():
        counted |= Counter(item.key for node in walk(prose.words()) if isinstance(node, Cite) for item in node.items)
    return counted


def source_title(source: Source, language: str) -> str:
    """Return what a source is best known by: its title, or what stands for one in its type."""
    return next((words for name in ("title", "short", "symbol", "court", "person") if (words := source.get(name, language))), "")


def _readable(counted: Counter[str], library: Library) -> Counter[str]:
    """Leave out the sources that the audience may not read, or that do not exist."""
    return Counter({key: count for key, count in counted.items() if key in library.sources})


def finding_of(section: Section, day: dt.date, language: str) -> Finding:
    """Return a section as a matrix shows it on a day."""
    prose = section.in_language(language)
    words = sum(count_words(part) for part in prose.words())
    return Finding(
        section.id, prose.title_text, section.origin.file, section.status, section.audience, section.verified,
        section.review_by, section.freshness(day), words,
    )  # fmt: skip


# ---------------------------------------------------------------- articles


def _articles(
    sections: list[Section], findings: dict[str, Finding], concerned: dict[str, tuple[ArticleRef, ...]], treaty: str, language: str
) -> Iterator[Row]:
    named = {ref for section in sections for ref in section.articles if ref.treaty == treaty}
    first, last = treaties()[treaty].substantive or (1, treaties()[treaty].articles_total)
    whole = {ArticleRef(treaty, number) for number in {*range(first, last + 1), *(ref.article for ref in named)}}
    for ref in sorted(whole | _paragraphs(treaty, first, last) | named):
        touched = [section for section in sections if any(ref.contains(other) for other in section.articles)]
        own = [section for section in touched if any(ref.contains(other) for other in concerned[section.id])]
        about = tuple(findings[section.id] for section in own)
        title = article_title(ref, language) if not ref.path else ""
        others = tuple(findings[section.id] for section in touched if section not in own)
        yield Row(str(ref), ref.printed(), title, len(ref.path), about, others)


def _paragraphs(treaty: str, first: int, last: int) -> set[ArticleRef]:
    """Return the paragraphs of the substantive articles, as far as the catalogue has them."""
    articles = treaties()[treaty].articles.values()
    return {ArticleRef(treaty, one.number, path) for one in articles if first <= one.number <= last for path in one.paragraphs}


def concerns(section: Section, plans: Collection[Plan]) -> tuple[ArticleRef, ...]:
    """Return the articles that a section is about: the first that it names, other parts of that article, and what is grouped with it."""
    if not section.articles:
        return ()
    main = section.articles[0]
    together = {ArticleRef(main.treaty, main.article), *(member for plan in plans for member in group_of(main, plan))}
    return tuple(ref for ref in section.articles if any(member.contains(ref) for member in together))


# ---------------------------------------------------------------- recommendations and sources


def _document(document: CommitmentDocument, sections: list[Section], findings: dict[str, Finding], language: str) -> Part:
    def answering(paragraph: str) -> tuple[Finding, ...]:
        return tuple(findings[section.id] for section in sections if Response(document.id, paragraph) in section.responds_to)

    def row(one: Commitment) -> Row:
        own = in_time(grading for finding in answering(one.id) for grading in by_id[finding.id].gradings())
        authors = own[-1].grade if own else ""
        title = in_language(one.title, language)
        return Row(one.key, one.number, title, 0, answering(one.id), (), authors, one.committee_grade, one.follow_up)

    by_id = {section.id: section for section in sections}
    rows = [row(one) for one in document.paragraphs]
    if whole := answering(""):
        rows.insert(0, Row(document.id, "", in_language(document.title, language), 0, whole))
    return Part(document.id, in_language(document.title, language), tuple(rows))


def _sources(library: Library, counts: dict[str, Counter[str]], language: str) -> tuple[SourceUse, ...]:
    total: Counter[str] = Counter()
    citing: dict[str, list[str]] = {}
    for id, counted in counts.items():
        total.update(counted)
        for key in counted:
            citing.setdefault(key, []).append(id)
    uses, of_all = [], total.total()
    for key, citations in sorted(total.items(), key=lambda pair: (-pair[1], pair[0])):
        alone = tuple(id for id in citing[key] if len(counts[id]) == 1)
        uses.append(SourceUse(key, source_title(library.sources[key], language), citations, citations / of_all, tuple(citing[key]), alone))
    return tuple(uses)
