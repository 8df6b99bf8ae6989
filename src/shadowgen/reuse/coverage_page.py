"""A coverage as one page to look at: no script, no address, nothing beside the file itself.

Enters: a `Coverage`. Leaves: HTML. A finding is a square: its colour says how fresh it is, an empty one is a draft or in review, a ring only touches.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from shadowgen.reuse.coverage import Coverage, Finding, Part, Row, SourceUse

_STYLE = """
:root { --fresh: #2e7d4f; --stale: #c77700; --never: #8a8f98; --gap: #b3261e; --line: #d9dce1; --soft: #f5f6f8; }
* { box-sizing: border-box; }
body { margin: 2rem auto; max-width: 72rem; padding: 0 1.5rem; font: 15px/1.45 system-ui, "Liberation Sans", sans-serif; color: #1d2026; background: #fff; }
h1 { font-size: 1.5rem; margin: 0 0 .25rem; }
h2 { font-size: 1.15rem; margin: 2.5rem 0 .5rem; }
.gaps { border-left: 4px solid var(--gap); background: var(--soft); padding: .6rem 1rem; margin: 1rem 0; }
.key span { margin-right: 1.2rem; white-space: nowrap; }
table { width: 100%; border-collapse: collapse; }
th, td { text-align: left; vertical-align: top; padding: .35rem .5rem; border-bottom: 1px solid var(--line); }
th { font-weight: 600; color: #5a606b; font-size: .85rem; }
.n { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
.part td { color: #5a606b; border-bottom-style: dotted; }
.part td:first-child { padding-left: 1.6rem; }
.gap td { background: #fdf1f0; }
.gap td:first-child { box-shadow: inset 4px 0 var(--gap); }
.none { color: var(--gap); font-weight: 600; }
i { display: inline-block; width: .75rem; height: .75rem; margin: .1rem; border: 2px solid; border-radius: 2px; vertical-align: middle; }
i.fresh { color: var(--fresh); } i.stale { color: var(--stale); } i.never { color: var(--never); }
i.final { background: currentColor; } i.also { border-radius: 50%; border-width: 1.5px; background: none; }
summary { cursor: pointer; }
ul { margin: .3rem 0 .3rem; padding-left: 1.2rem; }
small { color: #5a606b; }
@media print { body { margin: 0; max-width: none; } tr { break-inside: avoid; } }
"""


def as_html(coverage: Coverage) -> str:
    """Return the matrix as a page."""
    title = escape(f"Coverage of {coverage.treaty} on {coverage.date}")
    body = "\n".join([*_head(coverage, title), *(line for part in coverage.parts for line in _part(part)), *_sources(coverage)])
    policy = "default-src 'none'; style-src 'unsafe-inline'"
    return (
        f'<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        f'<meta name="viewport" content="width=device-width">\n<title>{title}</title>\n<style>{_STYLE}</style>\n</head>\n'
        f"<body>\n{body}\n</body>\n</html>\n"
    )


def _head(coverage: Coverage, title: str) -> Iterator[str]:
    count = len(coverage.findings)
    yield f"<h1>{title}</h1>\n<p>{count} finding{'s' * (count != 1)}, as the audience <b>{escape(coverage.audience)}</b> may read them.</p>"
    for part in coverage.parts:
        if names := ", ".join(escape(row.number or row.title) for row in part.missing()):
            yield f'<p class="gaps"><b>{escape(part.title)}</b>: no finding on {names}</p>'
    yield (
        '<p class="key"><span><i class="fresh final"></i> fresh</span><span><i class="stale final"></i> to be reviewed</span>'
        '<span><i class="never final"></i> never checked</span><span><i class="fresh"></i> not final</span>'
        '<span><i class="fresh also"></i> about another article, names this one</span></p>'
    )


def _part(part: Part) -> Iterator[str]:
    yield f"<h2>{escape(part.title)}</h2>\n<table>\n<thead><tr><th>Provision</th><th>Findings</th>"
    yield '<th class="n">Number</th><th class="n">Words</th></tr></thead>\n<tbody>'
    yield from map(_row, part.rows)
    yield "</tbody>\n</table>"


def _row(row: Row) -> str:
    kind = "part" if row.level else "" if row.findings else "gap"
    name = f"{escape(row.number)} {escape(row.title)}".strip()
    squares = "".join(map(_square, row.findings)) + "".join(_square(one, "also") for one in row.touching)
    items = "".join(map(_item, row.findings)) + "".join(_item(one, "about another article; ") for one in row.touching)
    shown = '<span class="none">none</span>' if kind == "gap" else ""
    shown += f"<details><summary>{squares}</summary>\n<ul>{items}</ul></details>" if squares else ""
    count, words = (len(row.findings), f"{row.words:,}") if row.findings else ("", "")
    return f'<tr class="{kind}"><td>{name}</td><td>{shown}</td><td class="n">{count}</td><td class="n">{words}</td></tr>'


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
    mark = ' <span class="none">carries too much</span>' if use.too_much else ""
    return f"<tr><td>{escape(use.title)} <small>{escape(use.key)}</small>{mark}</td>{numbers}<td>{escape(', '.join(use.alone))}</td></tr>"
