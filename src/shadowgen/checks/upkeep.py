"""What has grown old in a library: sections, sources, translations; as rules, and as one list for whoever keeps it.

Enters: a `Library` and a day. Leaves: diagnostics, by group, and the findings that nobody has ever checked.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from shadowgen import rules
from shadowgen.acceptance import settle
from shadowgen.checks.translations import check_translations
from shadowgen.diagnostics import Diagnostic, in_order
from shadowgen.library import Library
from shadowgen.outline import choose_sections
from shadowgen.profiles import load_profile
from shadowgen.records import Plan, Section, Source
from shadowgen.reuse.coverage import citations_in
from shadowgen.staleness import period
from shadowgen.workspace import package_data

GROUPS = {
    "to be reviewed": (rules.STALE_SECTION,),
    "overtaken by what has changed": (rules.OVERTAKEN_SECTION,),
    "with names or sources that were replaced": (rules.REPLACED_NAME, rules.SUPERSEDED_SOURCE, rules.SUPERSEDED_COMMENT),
    "resting on sources that are too old": (rules.OLD_SOURCE,),
    "translations behind their originals": (rules.STALE_TRANSLATION, rules.UNSTAMPED_TRANSLATION),
}


def check_section(section: Section, library: Library, day: dt.date) -> Iterator[Diagnostic]:
    """Report a day of review that has passed, and what has changed in what the section rests on."""
    yield from (change.problem for change in library.changes.get(section.id, ()) if change.since <= day)
    if section.review_by and section.review_by < day:
        checked = f", last checked {section.verified}" if section.verified else ""
        yield rules.STALE_SECTION.at(section.origin, f"to be reviewed by {section.review_by}{checked}")


def check_ages(library: Library) -> Iterator[Diagnostic]:
    """Report the sources that are older than the profile of a submission allows, once for each submission that cites them."""
    for plan in library.plans.values():
        profile, _ = load_profile(library.workspace, plan.profile) if plan.profile else (None, [])
        years = _years(profile.rules["source_age_max"].value) if profile and "source_age_max" in profile.rules else {}
        for key in _cited(library, plan) if years else ():
            source = library.sources[key]
            date, limit = source.get("date", "en"), years.get(source.type)
            if date and limit is not None and _age(source, plan) > limit:
                many = f"{limit} year{'s' * (limit != 1)}"
                message = f"'{key}' is of {date}; {plan.profile} takes sources up to {many} old in a submission of {plan.date} ({plan.id})"
                yield rules.OLD_SOURCE.at(source.origin, message)


def _years(value: Any) -> dict[str, int]:
    """Return the greatest age by type of source: one number for every type that grows old, or a number for each type."""
    by_type = value if isinstance(value, dict) else dict.fromkeys(package_data("", "ageing-sources.yaml"), value)
    return {kind: int(years) for kind, years in by_type.items() if str(years).isdigit()}


def _age(source: Source, plan: Plan) -> int:
    """Return how many full years a source had at least when the submission was made."""
    last, made = period(source.get("date", "en"))[1], period(plan.date)[0]
    return made.year - last.year - ((made.month, made.day) <= (last.month, last.day)) if made > last else 0


def _cited(library: Library, plan: Plan) -> list[str]:
    """Return the sources that the sections of a submission cite, before a word limit leaves any out."""
    library = library.for_audience(plan.audience)
    named = {*plan.front, *plan.closing, *plan.annexes, *(section.id for section in choose_sections(library, plan, [], frozenset()))}
    keys = {key for id in named if id in library.sections for key in citations_in(library.sections[id])}
    return sorted(keys & set(library.sources))


@dataclass(frozen=True, slots=True)
class Upkeep:
    """What has grown old: problems by group, findings that nobody has checked, how many problems are accepted."""

    date: dt.date
    groups: Mapping[str, list[Diagnostic]]
    never: tuple[Section, ...]
    accepted: int


def upkeep(library: Library, day: dt.date) -> Upkeep:
    """Return what has grown old by a day. A finding is what names an article or answers a commitment; other sections need no check of facts."""
    from shadowgen.checks.library import cited_items, superseded_comments

    found = [problem for section in library.sections.values() for problem in check_section(section, library, day)]
    found += [*superseded_comments(cited_items(library), library), *check_ages(library), *check_translations(library)]
    settled = settle(in_order(found), library.accepted, library.texts)
    groups = {name: [one for one in settled.left if one.rule in members] for name, members in GROUPS.items()}
    never = (section for section in library.sections.values() if section.freshness(day) == "never")
    return Upkeep(day, groups, tuple(one for one in never if one.articles or one.responds_to), len(settled.accepted))
