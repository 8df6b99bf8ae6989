"""Recommendations over time as text for a terminal, CSV or a workbook for a spreadsheet, a page to look at, JSON for a program.

Enters: a `Tracking`. Leaves: text or bytes.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import asdict
from html import escape
from typing import Any

from shadowgen.reuse.forms import csv_text, cut, html_page, key, workbook, wrapped
from shadowgen.reuse.implementation import Asked, Given, Thread, Tracking

SHAPE = 1  # of the JSON; a change that would break a reader of it raises the number
TITLE = "Implementation of recommendations"
TABLE_HEAD = '"thread","recommendation","document"'  # how the CSV begins


def view(tracking: Tracking, form: str) -> str | bytes:
    """Return a tracking in one form: text, html, csv, xlsx or json."""
    forms: dict[str, Callable[[Tracking], str | bytes]] = {
        "text": as_text, "html": as_html, "csv": as_csv, "xlsx": as_xlsx, "json": as_json,
    }  # fmt: skip
    return forms[form](tracking)


def summary(tracking: Tracking) -> str:
    """Return how many recommendations there are, and how many of them are graded, repeated and answered by nobody."""
    all_ = tracking.recommendations
    counts = (
        (len(all_), "recommendations"), (sum(bool(one.authors) for one in all_), "graded by the authors"),
        (sum(bool(one.committee) for one in all_), "by the Committee"), (sum(one.follow_up for one in all_), "selected for follow-up"),
        (sum(bool(one.repeats) for one in all_), "repeat an earlier one"), (sum(not one.findings for one in all_), "without a finding"),
    )  # fmt: skip
    return ", ".join(f"{count} {what}" for count, what in counts)


def fresh(one: Asked) -> str:
    """Return the worst freshness of the findings that answer a recommendation; empty where there is none."""
    return next((worst for worst in ("stale", "never", "fresh") if worst in {finding.freshness for finding in one.findings}), "")


def judged(one: Asked) -> list[str]:
    """Return what is known of a recommendation beside its grades: the State's answer, and that it was selected for follow-up."""
    return [*[f"{one.position} by the State"] * bool(one.position), *["selected for follow-up"] * one.follow_up]


# ---------------------------------------------------------------- text


def as_text(tracking: Tracking) -> str:
    """Return the table for a terminal, 100 columns wide: a recommendation, and under it those that repeat it."""
    lines = [f"{TITLE} on {tracking.date}, for the audience {tracking.audience}", *wrapped("", summary(tracking).split(", "), ""), ""]
    lines.append(f"{'':53}{'authors':16}{'Committee':16}{'findings':>8}")
    if not tracking.threads:
        lines.append("no commitments file recommends anything: shadowgen import drafts one from a UN document")
    last = ""
    for thread in tracking.threads:
        if thread[0].name != last:
            last = thread[0].name
            lines.append(_document(thread[0]))
        for place, one in enumerate(thread):
            lines += _lines(one, repeated=bool(place))
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _document(one: Asked) -> str:
    facts = [f"cycle {one.cycle}"] if one.cycle else []
    facts += [one.date] if one.date else []
    return one.name + (f" ({', '.join(facts)})" if facts else "")


def _lines(one: Asked, *, repeated: bool) -> Iterator[str]:
    lead = f"  again in {one.name}: " if repeated else "  "
    name = f"{lead}{one.number}{'  ' if one.number else ''}{one.title}"
    own, theirs = ([given.printed() for given in given_by] for given_by in (one.authors, one.committee))
    yield f"{cut(name, 53):53}{own[-1] if own else '-':16}{theirs[-1] if theirs else '-':16}{len(one.findings) or 'none':>8}"
    yield from wrapped("", judged(one))
    yield from wrapped("stale: ", [finding.id for finding in one.findings if finding.freshness == "stale"])
    yield from wrapped("never checked: ", [finding.id for finding in one.findings if finding.freshness == "never"])
    yield from wrapped("authors before: ", own[:-1])
    yield from wrapped("Committee before: ", theirs[:-1])


# ---------------------------------------------------------------- spreadsheet

CSV_COLUMNS = (
    "thread", "recommendation", "document", "cycle", "number", "title", "articles", "follow_up", "position", "repeats", "findings", "freshness",
    "by", "grade", "date", "source", "grade_cycle", "section",
)  # fmt: skip


def as_csv(tracking: Tracking) -> str:
    """Return one line for each grade, and one for each recommendation that nobody has graded."""
    return csv_text(CSV_COLUMNS, _rows(tracking))


def as_xlsx(tracking: Tracking) -> bytes:
    """Return the lines of the CSV as a workbook."""
    return workbook(f"{TITLE} on {tracking.date}", {"Recommendations": (CSV_COLUMNS, list(_rows(tracking)))})


def _rows(tracking: Tracking) -> Iterator[tuple[Any, ...]]:
    for number, thread in enumerate(tracking.threads, 1):
        for one in thread:
            head = (
                number, one.key, one.name, one.cycle or "", one.number, one.title, "; ".join(map(str, one.articles)),
                "yes" if one.follow_up else "", one.position, "; ".join(one.repeats), "; ".join(finding.id for finding in one.findings), fresh(one),
            )  # fmt: skip
            grades = [*(("authors", given) for given in one.authors), *(("Committee", given) for given in one.committee)]
            for by, given in grades or [("none", Given("", "", "", 0))]:
                yield (*head, by, given.grade, given.date, given.source, given.cycle or "", given.section)


# ---------------------------------------------------------------- page


def as_html(tracking: Tracking) -> str:
    """Return the table as a page."""
    title = f"{TITLE} on {tracking.date}"
    return html_page(title, [*_head(tracking, title), *map(_thread, tracking.threads), "</tbody>\n</table>"])


def _head(tracking: Tracking, title: str) -> Iterator[str]:
    yield f"<h1>{escape(title)}</h1>\n<p>{summary(tracking)}; as the audience <b>{escape(tracking.audience)}</b> may read them.</p>"
    if unanswered := [f"{one.name}, {one.number or one.title}" for one in tracking.recommendations if not one.findings]:
        yield f'<p class="gaps"><b>No finding</b> on {escape("; ".join(unanswered))}</p>'
    yield key()
    columns = "".join(
        f'<th scope="col">{name}</th>' for name in ("Recommendation", "Asked in", "Authors’ grade", "Committee’s grade", "Findings")
    )
    yield f"<table>\n<thead><tr>{columns}</tr></thead>\n<tbody>"


def _thread(thread: Thread) -> str:
    return "\n".join(_row(one, repeated=bool(place)) for place, one in enumerate(thread))


def _row(one: Asked, *, repeated: bool) -> str:
    kind = "part" if repeated else "" if one.findings else "gap"
    name = f"{escape(one.number)} {escape(one.title)}".strip()
    name = f"again: {name}" if repeated else f"<b>{name}</b>"
    name += f"<br><small>{'; '.join(judged(one))}</small>" if judged(one) else ""
    asked = escape(one.name) + (f"<br><small>cycle {one.cycle}, {escape(one.date)}</small>" if one.cycle else "")
    squares = "".join(f'<i class="{finding.freshness} {finding.status}" title="{escape(finding.title)}"></i>' for finding in one.findings)
    shown = squares or '<span class="none">none</span>'
    return f'<tr class="{kind}"><td>{name}</td><td>{asked}</td><td>{_grades(one.authors)}</td><td>{_grades(one.committee)}</td><td>{shown}</td></tr>'


def _grades(given: tuple[Given, ...]) -> str:
    rows = [
        f"<b>{one.grade}</b> <small>{escape('; '.join(filter(None, (one.date, one.source, one.section))))}</small>"
        for one in reversed(given)
    ]
    return "<br>".join(rows) or "–"


# ---------------------------------------------------------------- JSON


def as_json(tracking: Tracking) -> str:
    """Return the threads as data; docs/reuse.md says what each name holds."""
    findings = {finding.id: asdict(finding) for one in tracking.recommendations for finding in one.findings}
    data = {
        "shape": SHAPE,
        "date": tracking.date,
        "audience": tracking.audience,
        "threads": [[_data(one) for one in thread] for thread in tracking.threads],
        "findings": dict(sorted(findings.items())),
    }
    return json.dumps(data, ensure_ascii=False, indent=2, default=str) + "\n"


def _data(one: Asked) -> dict[str, Any]:
    return asdict(one) | {
        "articles": list(map(str, one.articles)),
        "findings": [finding.id for finding in one.findings],
        "freshness": fresh(one),
    }
