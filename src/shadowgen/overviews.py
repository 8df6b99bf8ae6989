"""Tables and charts that a document makes of its own library: grades, coverage, recommendations over the cycles.

Enters: the `Stage` of an assembly, whose library has passed the gate. Leaves: nodes, for the functions of a template to place.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence

from shadowgen.catalogue import treaties
from shadowgen.chartdata import Chart, Series
from shadowgen.charts import spelled_out
from shadowgen.nodes import Blocks, Cell, Cite, CiteItem, CrossRef, Figure, Inline, Inlines, Strong, Table, Text
from shadowgen.reuse.coverage import Finding, Part, Row, cover
from shadowgen.reuse.implementation import Asked, Given, Tracking, track
from shadowgen.stage import Stage

_ANY_DAY = dt.date.min  # whether a finding is fresh is for its authors, and is not printed
_GRADES = "ABCDE"


# ---------------------------------------------------------------- charts


def status_chart(stage: Stage) -> Blocks:
    """Return a chart of how many assessments of the document have each grade."""
    found = Counter(section.grade[:1] for section in stage.chosen if section.grade)
    counts = {name: found[grade] for grade, name in zip(_GRADES, _grades(stage), strict=True)}
    return _counted(stage, "chart_status", "unit_recommendations", counts)


def coverage_chart(stage: Stage) -> Blocks:
    """Return a chart of how many findings of the document stand under each article."""
    counts = {stage.group_title(group.refs): len(group.sections) for group in stage.groups}
    return _counted(stage, "chart_coverage", "unit_findings", counts)


def implementation_chart(stage: Stage) -> Blocks:
    """Return a chart of the recommendations of each cycle by the last grade of the authors, and by the last of the Committee."""
    counts: dict[str, Counter[str]] = {}
    for document, name in _documents(stage):
        asked = [one for one in _tracked(stage).recommendations if one.document == document]
        for who, given in (("by_authors", [one.authors for one in asked]), ("by_committee", [one.committee for one in asked])):
            if found := Counter(grades[-1].grade[:1] for grades in given if grades):
                counts[f"{name}{stage.locale.punctuation['colon']} {stage.locale.word(who)}"] = found
    if not counts:
        return ()
    series = tuple(
        Series(name, tuple(found[grade] for found in counts.values())) for grade, name in zip(_GRADES, _grades(stage), strict=True)
    )
    return _figure(stage, "implementation", Chart("stacked", stage.locale.word("unit_recommendations"), tuple(counts), series))


def _grades(stage: Stage) -> list[str]:
    return [f"{grade}: {stage.locale.word(f'grade_{grade}')}" for grade in _GRADES]


def _counted(stage: Stage, caption: str, unit: str, counts: Mapping[str, int]) -> Blocks:
    """Return a chart of counts by label; nothing where there is nothing to count."""
    if not any(counts.values()):
        return ()
    series = (Series(stage.locale.word(caption), tuple(counts.values())),)
    return _figure(stage, caption, Chart("bars", stage.locale.word(unit), tuple(counts), series))


def _figure(stage: Stage, caption: str, chart: Chart) -> Blocks:
    return spelled_out((Figure("", "", (Text(stage.locale.word(caption)),), chart=chart),), stage.locale, caption)


# ---------------------------------------------------------------- recommendations over the cycles


def _tracked(stage: Stage) -> Tracking:
    """Return the recommendations with the grades of this document; of documents that it does not assess, the grades of final sections.

    So a table of this cycle can show how the last one was judged, and nothing that this submission leaves out counts for what it assesses.
    """
    assessed = set(stage.plan.commitments)
    before = {
        section.id
        for section in stage.library.sections.values()
        if section.status == "final" and not assessed & {response.document for response in section.responds_to}
    }
    only = {section.id for section in stage.chosen} | before
    tracking = track(stage.library, _ANY_DAY, stage.plan.audience, language=stage.locale.language, only=only)
    threads = tuple(thread for thread in tracking.threads if any(one.document in assessed for one in thread))
    return Tracking(tracking.date, tracking.audience, threads)


def _documents(stage: Stage) -> list[tuple[str, str]]:
    """Return id and name of the documents in the table, the earliest first."""
    found = {one.document: one for one in _tracked(stage).recommendations}
    named = [(one.date, id, one.name) for id, one in found.items()]
    return [(id, name) for _, id, name in sorted(named)]


def implementation_table(stage: Stage) -> Blocks:
    """Return a table of recommendations with all their grades; those that repeat one stand under it."""
    words = ("recommendation", "implementation_asked", "grade", "committee_grade")
    rows = tuple(_asked_row(stage, one, again=bool(place)) for thread in _tracked(stage).threads for place, one in enumerate(thread))
    if not rows:
        return ()
    head = tuple(Cell((Text(stage.locale.word(word)),)) for word in words)
    return (Table((Text(stage.locale.word("implementation")),), head, rows),)


def _asked_row(stage: Stage, one: Asked, *, again: bool) -> tuple[Cell, ...]:
    locale = stage.locale
    title: Inlines = (Text(locale.word("implementation_again", title=one.title)),) if again else (Strong((Text(one.title),)),)
    known = [locale.word(f"position_{one.position}")] if one.position else []
    known += [locale.word("implementation_selected")] if one.follow_up else []
    if known:
        title = (*title, Text(f" ({locale.punctuation['comma'].join(known)})"))
    where = f"{locale.punctuation['comma']}{locale.locator('paragraph', one.number)}" if one.number else ""
    return (
        Cell(title),
        Cell((Text(f"{one.name}{where}"),)),
        Cell(_history(stage, one.authors)),
        Cell(_history(stage, one.committee)),
    )


def _history(stage: Stage, given: Sequence[Given]) -> Inlines:
    """Return grades with their dates, each with a note where its source may be cited."""
    content: list[Inline] = []
    for one in given:
        date = f" ({stage.locale.date(one.date)})" if one.date else ""
        content += [Text("; ")] * bool(content) + [Text(f"{one.grade}{date}")]
        content += [Cite((CiteItem(one.source),))] if one.source else []
    return tuple(content) or (Text(stage.locale.word("coverage_none")),)


# ---------------------------------------------------------------- coverage


def coverage_matrix(stage: Stage) -> Blocks:
    """Return tables of what the document covers; raises ValueError for an unknown treaty."""
    plan = stage.plan
    if plan.treaty not in treaties():
        raise ValueError(f"there is no treaty '{plan.treaty}'")
    chosen = {section.id for section in stage.chosen}
    found = cover(stage.library, plan.treaty, _ANY_DAY, plan.audience, language=stage.locale.language, only=chosen)
    parts = {part.id: part for part in found.commitments}
    shown = [found.articles, *(parts[id] for id in plan.commitments if id in parts)]
    return tuple(_matrix(stage, part) for part in shown)


def _matrix(stage: Stage, part: Part) -> Table:
    head = [stage.locale.word(f"coverage_{name}") for name in ("provision", "findings", "words", "checked")]
    aligned = ("", "", "right", "")
    rows = (_matrix_row(stage, row) for row in part.rows if not row.level or row.findings or row.touching)
    return Table(
        (Text(stage.locale.word("coverage", document=part.title)),),
        tuple(Cell((Text(words),), align) for words, align in zip(head, aligned, strict=True)),
        tuple(tuple(Cell(content, align) for content, align in zip(row, aligned, strict=True)) for row in rows),
    )


def _matrix_row(stage: Stage, row: Row) -> tuple[Inlines, ...]:
    """Return the cells of a row; the facts are as old as the one that was checked first, and undated if one is."""
    titles = _titles(stage, row.findings)
    lead = f"{'; ' * bool(titles)}{stage.locale.signal('see also')} "
    also = (Text(lead), *_titles(stage, row.touching)) if row.touching else ()
    days = [finding.verified for finding in row.findings]
    checked = min(map(str, days)) if days and all(days) else ""
    return (
        (Text(f"{row.number} {row.title}".strip()),),
        (*titles, *also) or (Text(stage.locale.word("coverage_none")),),
        (Text(str(row.words) if row.findings else ""),),
        (Text(stage.locale.date(checked)),),
    )


def _titles(stage: Stage, findings: tuple[Finding, ...]) -> Inlines:
    refs = (CrossRef(one.id, origin=stage.library.sections[one.id].origin) for one in findings)
    return tuple(inline for place, ref in enumerate(refs) for inline in ((Text("; "), ref) if place else (ref,)))
