"""A coverage as text for a terminal, as CSV or a workbook for a spreadsheet, as JSON for a program.

Enters: a `Coverage`. Leaves: text or bytes. `coverage_page` makes the page to look at.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import asdict
from typing import Any

from shadowgen.reuse.coverage import Coverage, Finding, Part, Row, SourceUse
from shadowgen.reuse.coverage_page import as_html
from shadowgen.reuse.forms import csv_text, cut, workbook, wrapped

SOURCES_SHOWN = 10
TABLE_HEAD = '"kind","key","number"'  # how the CSV begins
SHAPE = 1  # of the JSON; a change that would break a reader of it raises the number


def view(coverage: Coverage, form: str) -> str | bytes:
    """Return a coverage in one form: text, html, csv, xlsx or json."""
    forms: dict[str, Callable[[Coverage], str | bytes]] = {
        "text": as_text, "html": as_html, "csv": as_csv, "xlsx": as_xlsx, "json": as_json,
    }  # fmt: skip
    return forms[form](coverage)


# ---------------------------------------------------------------- text


def as_text(coverage: Coverage) -> str:
    """Return the matrix for a terminal, 100 columns wide."""
    findings = coverage.findings
    lines = [f"Coverage of {coverage.treaty} on {coverage.date}: {len(findings)} findings for the audience {coverage.audience}"]
    for part in coverage.parts:
        lines += ["", *_part(part)]
    lines += ["", *_source_lines(coverage.sources)]
    lines += wrapped("no source: ", coverage.unsourced, "")
    lines += ["", *(line for part in coverage.parts for line in _missing(part))]
    return "\n".join(line.rstrip() for line in lines) + "\n"


_COLUMNS = ("findings", "also", "words", "final", "public", "fresh")


def _columns(values: tuple[object, ...]) -> str:
    return "".join(f"{value:>{width}}" for value, width in zip(values, (9, 6, 8, 7, 8, 7), strict=True))


def _part(part: Part) -> Iterator[str]:
    yield f"{cut(part.title, 53):53}{_columns(_COLUMNS)}"
    for place, row in enumerate(part.rows):
        if row.level and not (row.findings or row.touching):
            continue
        yield _row(row)
        yield from wrapped("", _judged(row))
        inner = _inside(part.rows, place)
        deeper = {one.id for under in inner for one in under.findings}
        also = {one.id for under in inner for one in under.touching}
        yield from wrapped("", [_marked(one) for one in row.findings if one.id not in deeper])
        yield from wrapped("also: ", [one.id for one in row.touching if one.id not in also])
        if not row.level and row.findings:
            yield from wrapped(
                "not named: ", [under.number for under in inner if under.level == 1 and not under.findings and not under.touching]
            )


def _judged(row: Row) -> list[str]:
    """Return what is known of a recommendation beside its findings: the grades, and that it was selected for follow-up."""
    grades = [f"grade {grade} by the {who}" for who, grade in (("authors", row.authors), ("Committee", row.committee)) if grade]
    return [*grades, *["selected for follow-up"] * row.follow_up]


def _row(row: Row) -> str:
    title = f"{'  ' * bool(row.level)}{row.number}{'  ' if row.number else ''}{row.title}"
    found = row.findings
    if not found:
        return f"{cut(title, 53):53}{'none':>9}{len(row.touching) or '':>6}"
    good = [sum(wanted in (one.status, one.audience, one.freshness) for one in found) for wanted in ("final", "public", "fresh")]
    return f"{cut(title, 53):53}{_columns((len(found), len(row.touching) or '', f'{row.words:,}', *good))}"


def _inside(rows: tuple[Row, ...], place: int) -> list[Row]:
    """Return the rows of the parts of a row's article or paragraph."""
    return [row for row in rows[place + 1 :] if row.key.startswith(f"{rows[place].key}(")]


def _marked(finding: Finding) -> str:
    """Return the id of a finding with whatever keeps it from being ready."""
    facts = ((finding.status, "final"), (finding.audience, "public"), (finding.freshness, "fresh"))
    marks = ["never checked" if fact == "never" else fact for fact, good in facts if fact != good]
    return f"{finding.id} ({', '.join(marks)})" if marks else finding.id


def _source_lines(sources: tuple[SourceUse, ...]) -> Iterator[str]:
    yield f"{'Sources':53}{'citations':>9}{'share':>8}{'findings':>10}{'alone':>7}"
    for use in sources[:SOURCES_SHOWN]:
        numbers = f"{use.citations:>9,}{use.share:>8.1%}{len(use.findings):>10}{len(use.alone) or '':>7}"
        yield f"{cut(use.key, 53):53}{numbers}{'  too much' if use.too_much else ''}"
    if len(sources) > SOURCES_SHOWN:
        yield f"... and {len(sources) - SOURCES_SHOWN} more"
    yield from wrapped("resting on one source: ", [id for use in sources for id in use.alone], "")


def _missing(part: Part) -> list[str]:
    """Return which articles or recommendations have no finding, as a line to read last."""
    if not part.rows:
        return [f"{part.id} has no paragraphs yet"]
    names = [row.number or row.title for row in part.missing()]
    return wrapped(f"{part.id}, no finding: ", names, "") or [f"{part.id}: nothing is missing"]


# ---------------------------------------------------------------- CSV

CSV_COLUMNS = (
    "kind", "key", "number", "title", "relation", "finding", "finding_title", "status", "audience", "verified", "review_by", "freshness",
    "words", "file", "citations", "share", "authors_grade", "committee_grade", "follow_up",
)  # fmt: skip


def as_csv(coverage: Coverage) -> str:
    """Return one line for each pair of a provision, recommendation or source and a finding; a gap has a line with the relation `none`."""
    return csv_text(CSV_COLUMNS, _rows(coverage))


def as_xlsx(coverage: Coverage) -> bytes:
    """Return the lines of the CSV as a workbook, with a sheet for articles, recommendations and sources."""
    rows = list(_rows(coverage))
    homes = {"Articles": ("article", "paragraph"), "Recommendations": ("recommendation",), "Sources": ("source",)}
    sheets = {name: (CSV_COLUMNS, [row for row in rows if row[0] in kinds]) for name, kinds in homes.items()}
    return workbook(f"Coverage of {coverage.treaty} on {coverage.date}", sheets)


def _rows(coverage: Coverage) -> Iterator[tuple[Any, ...]]:
    for kind, part in [("article", coverage.articles), *(("recommendation", part) for part in coverage.commitments)]:
        for row in part.rows:
            head = ("paragraph" if row.level else kind, row.key, row.number, row.title)
            pairs = [*(("about", one) for one in row.findings), *(("touches", one) for one in row.touching)]
            for relation, finding in pairs or [("none", None)]:
                yield (*head, relation, *_facts(finding), "", "", row.authors, row.committee, "yes" if row.follow_up else "")
    for use in coverage.sources:
        for id in use.findings:
            relation = "cited alone" if id in use.alone else "cited"
            facts = _facts(coverage.findings[id])
            yield ("source", use.key, "", use.title, relation, *facts, use.citations, round(use.share, 4), "", "", "")


def _facts(finding: Finding | None) -> tuple[Any, ...]:
    if finding is None:
        return ("",) * 9
    days = (finding.verified or "", finding.review_by or "")
    return finding.id, finding.title, finding.status, finding.audience, *days, finding.freshness, finding.words, finding.file


# ---------------------------------------------------------------- JSON


def as_json(coverage: Coverage) -> str:
    """Return the matrix as data; docs/reuse.md says what each name holds."""
    data = {
        "shape": SHAPE,
        "treaty": coverage.treaty,
        "date": coverage.date,
        "audience": coverage.audience,
        "missing": {part.id: [row.key for row in part.missing()] for part in coverage.parts},
        "parts": [{"id": part.id, "title": part.title, "rows": [_row_data(row) for row in part.rows]} for part in coverage.parts],
        "findings": {id: asdict(finding) for id, finding in sorted(coverage.findings.items())},
        "sources": [asdict(use) | {"share": round(use.share, 4), "too_much": use.too_much} for use in coverage.sources],
        "unsourced": coverage.unsourced,
    }
    return json.dumps(data, ensure_ascii=False, indent=2, default=str) + "\n"


def _row_data(row: Row) -> dict[str, Any]:
    lists = {"findings": [one.id for one in row.findings], "touching": [one.id for one in row.touching]}
    facts = {"key": row.key, "number": row.number, "title": row.title, "level": row.level, "words": row.words}
    return facts | lists | {"authors_grade": row.authors, "committee_grade": row.committee, "follow_up": row.follow_up}
