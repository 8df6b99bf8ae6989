"""A coverage as one page to look at: no script, no address, nothing beside the file itself.

Enters: a `Coverage`. Leaves: HTML. A finding is a square: its colour says how fresh it is, an empty one is a draft or in review, a ring only touches.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from shadowgen.reuse.coverage import Coverage, Finding, Part, Row, SourceUse
from shadowgen.reuse.forms import html_page, key


def as_html(coverage: Coverage) -> str:
    """Return the matrix as a page."""
    title = f"Coverage of {coverage.treaty} on {coverage.date}"
    return html_page(
        title, [*_head(coverage, escape(title)), *(line for part in coverage.parts for line in _part(part)), *_sources(coverage)]
    )


def _head(coverage: Coverage, title: str) -> Iterator[str]:
    count = len(coverage.findings)
    yield f"<h1>{title}</h1>\n<p>{count} finding{'s' * (count != 1)}, as the audience <b>{escape(coverage.audience)}</b> may read them.</p>"
    for part in coverage.parts:
        if not part.rows:
            yield f'<p class="gaps"><b>{escape(part.title)}</b> has no paragraphs yet</p>'
        if names := ", ".join(escape(row.number or row.title) for row in part.missing()):
            yield f'<p class="gaps"><b>{escape(part.title)}</b>: no finding on {names}</p>'
    yield key(' <span><i class="fresh also"></i> about another article, names this one</span>')


def _part(part: Part) -> Iterator[str]:
    yield f"<h2>{escape(part.title)}</h2>\n<table>\n<thead><tr><th>Provision</th><th>Findings</th>"
    yield '<th class="n">Number</th><th class="n">Words</th></tr></thead>\n<tbody>'
    yield from map(_row, part.rows)
    yield "</tbody>\n</table>"


def _row(row: Row) -> str:
    kind = "part" if row.level else "" if row.findings else "gap"
    name = f"{escape(row.number)} {escape(row.title)}".strip() + _judged(row)
    squares = "".join(map(_square, row.findings)) + "".join(_square(one, "also") for one in row.touching)
    items = "".join(map(_item, row.findings)) + "".join(_item(one, "about another article; ") for one in row.touching)
    shown = '<span class="none">none</span>' if kind == "gap" else ""
    shown += f"<details><summary>{squares}</summary>\n<ul>{items}</ul></details>" if squares else ""
    count, words = (len(row.findings), f"{row.words:,}") if row.findings else ("", "")
    return f'<tr class="{kind}"><td>{name}</td><td>{shown}</td><td class="n">{count}</td><td class="n">{words}</td></tr>'


def _judged(row: Row) -> str:
    """Return the grades of a recommendation, and that it was selected for follow-up."""
    told = [f"{who} {escape(grade)}" for who, grade in (("authors:", row.authors), ("Committee:", row.committee)) if grade]
    told += ["selected for follow-up"] * row.follow_up
    return f"<br><small>{'; '.join(told)}</small>" if told else ""


def _square(finding: Finding, kind: str = "") -> str:
    look = kind or ("final" if finding.status == "final" else "")
    return f'<i class="{finding.freshness} {look}" title="{escape(finding.title)}"></i>'


def _item(finding: Finding, about: str = "") -> str:
    checked = f"checked {finding.verified}" if finding.verified else "never checked"
    review = f", review by {finding.review_by}" if finding.review_by else ""
    facts = f"{finding.status}, {finding.audience}, {checked}{review}, {finding.words:,} words"
    return f"<li>{escape(finding.title)} <small>{escape(finding.id)}: {about}{facts}</small></li>"


def _sources(coverage: Coverage) -> Iterator[str]:
    yield "<h2>Sources</h2>\n<table>\n<thead><tr><th>Source</th>"
    yield '<th class="n">Citations</th><th class="n">Share</th><th class="n">Findings</th><th>Rest on it alone</th></tr></thead>\n<tbody>'
    yield from map(_source, coverage.sources)
    yield "</tbody>\n</table>"
    if coverage.unsourced:
        yield f'<p class="gaps">Findings that cite no source: {escape(", ".join(coverage.unsourced))}</p>'


def _source(use: SourceUse) -> str:
    findings = f"<details><summary>{len(use.findings)}</summary>{escape(', '.join(use.findings))}</details>"
    numbers = f'<td class="n">{use.citations:,}</td><td class="n">{use.share:.1%}</td><td class="n">{findings}</td>'
    mark = ' <span class="none">too much</span>' if use.too_much else ""
    return f"<tr><td>{escape(use.title)} <small>{escape(use.key)}</small>{mark}</td>{numbers}<td>{escape(', '.join(use.alone))}</td></tr>"
