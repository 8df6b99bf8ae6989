"""One submission, from the library to a finished tree: the gate, assembly, resolution, and the word limit.

Enters: a `Library` and a `Plan`. Leaves: a `Composition`: the resolved `Submission`, its record, every problem.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from shadowgen import rules
from shadowgen.assemble import assemble
from shadowgen.citations import Style, load_style
from shadowgen.diagnostics import Diagnostic, did_you_mean, in_order
from shadowgen.library import Library
from shadowgen.locales import Locale, languages, locale
from shadowgen.looks import Look, load_look
from shadowgen.nodes import Submission
from shadowgen.numbering import RecordEntry
from shadowgen.outline import choose_sections
from shadowgen.profiles import Profile, load_profile
from shadowgen.records import Plan, Section, may_read
from shadowgen.resolve import Setting, resolve
from shadowgen.wordcount import words_in
from shadowgen.workspace import built_in_names


@dataclass(frozen=True, slots=True)
class Composition:
    """A submission in one language for one audience, ready to be written."""

    plan: Plan
    submission: Submission
    record: tuple[RecordEntry, ...]
    locale: Locale
    look: Look
    problems: tuple[Diagnostic, ...]
    text_words: int
    note_words: int
    limit: int | None
    counted: int
    left_out: tuple[str, ...]


def compose(library: Library, plan: Plan, language: str, audience: str) -> tuple[Composition | None, list[Diagnostic]]:
    """Compose a submission; None if a part that it names (look, style, profile, language) does not exist."""
    allowed = library.for_audience(audience)
    parts, problems = _parts(library, plan, language)
    if parts is None:
        return None, problems
    plan = replace(plan, audience=audience)
    setting = Setting(
        parts.locale, parts.style, allowed.sources, frozenset(set(library.sources) - set(allowed.sources)), plan.variables,
        {id: section.in_language(language).title_text for id, section in allowed.sections.items()},
    )  # fmt: skip
    problems += _held_back(library, plan, audience)
    return _fit(allowed, plan, parts, setting, problems)


@dataclass(frozen=True, slots=True)
class _Parts:
    locale: Locale
    style: Style
    look: Look
    profile: Profile | None


def _parts(library: Library, plan: Plan, language: str) -> tuple[_Parts | None, list[Diagnostic]]:
    """Find the look, style, profile and locale that a plan names."""
    workspace, problems = library.workspace, []
    known = {
        "language": languages(),
        "look": ["un"],
        "style": built_in_names("styles", ".yaml"),
        "profile": built_in_names("profiles", ".yaml"),
    }

    def missing(what: str, name: str, field: str) -> None:
        origin = plan.places.get(field, (plan.origin,))[0]
        hint = did_you_mean(name, known[what]) or f"built in: {', '.join(known[what])}"
        problems.append(rules.UNKNOWN_NAME.at(origin, f"there is no {what} '{name}'", hint))

    tongue = locale(language) if language.split("-")[0] in languages() else None
    look = load_look(workspace, plan.look)
    style = load_style(workspace, plan.style, language)
    profile = load_profile(workspace, plan.profile) if plan.profile else None
    for what, name, found in (("language", language, tongue), ("look", plan.look, look), ("style", plan.style, style)):
        if found is None:
            missing(what, name, "languages" if what == "language" else what)
    if plan.profile and profile is None:
        missing("profile", plan.profile, "profile")
    if tongue is None or look is None or style is None or (plan.profile and profile is None):
        return None, problems
    if profile and profile.languages() and language.split("-")[0] not in profile.languages():
        origin = plan.places.get("languages", (plan.origin,))[0]
        accepted = ", ".join(profile.languages())
        problems.append(rules.NOT_ACCEPTED_LANGUAGE.at(origin, f"the body works in {accepted}, not in {language}"))
    return _Parts(tongue, style, look, profile), problems


def _held_back(library: Library, plan: Plan, audience: str) -> list[Diagnostic]:
    """Report sections that the plan names by id and this audience may not read."""
    problems = []
    for field in ("front", "sections", "closing", "annexes"):
        for place, id in enumerate(getattr(plan, field)):
            section = library.sections.get(id)
            if section and not may_read(audience, section.audience):
                origin = plan.places[field][place]
                problems.append(
                    rules.SECTION_LEFT_OUT.at(origin, f"'{id}' is for the audience {section.audience}; this document is {audience}")
                )
    return problems


def _fit(library: Library, plan: Plan, parts: _Parts, setting: Setting, problems: list[Diagnostic]) -> tuple[Composition, list[Diagnostic]]:
    """Assemble and resolve; while the document is over its limit, leave out the sections that may go first."""
    without: set[str] = set()
    counts_notes = parts.profile.counts_notes() if parts.profile else True
    while True:
        manuscript, found = assemble(library, plan, parts.locale, frozenset(without))
        submission, record, more = resolve(manuscript, setting)
        text, notes = words_in(submission)
        counted = text + notes * counts_notes
        going = _to_leave_out(library, plan, without, counted - plan.word_limit) if plan.word_limit else set()
        if not going:
            break
        without |= going
    if plan.word_limit and counted > plan.word_limit:
        origin = plan.places.get("word_limit", (plan.origin,))[0]
        found.append(rules.OVER_WORD_LIMIT.at(origin, f"{counted:,} words where {plan.word_limit:,} are allowed"))
    limit = plan.word_limit or (parts.profile.number("words_max") if parts.profile else None)
    every = in_order([*problems, *found, *more])
    done = Composition(
        plan, submission, record, parts.locale, parts.look, tuple(every), text, notes, limit, counted, tuple(sorted(without))
    )  # fmt: skip
    return done, every


def _to_leave_out(library: Library, plan: Plan, without: set[str], excess: int) -> set[str]:
    """Return the sections to drop next: those of the lowest priority, last first, until about `excess` words are gone."""
    if excess <= 0:
        return set()
    present = choose_sections(library, plan, [], frozenset(without))
    lowest = max((section.priority for section in present), default=1)
    if lowest == 1:
        return set()
    going: set[str] = set()
    for section in reversed([one for one in present if one.priority == lowest]):
        going.add(section.id)
        excess -= _weight(section)
        if excess <= 0:
            break
    return going


def _weight(section: Section) -> int:
    """Return about how many words a section takes, its notes at their shortest; too little rather than too much."""
    from shadowgen.nodes import Cite, plain_text, walk

    prose = next(iter(section.prose.values()))
    notes = sum(isinstance(node, Cite) for node in walk((prose.body, prose.asks)))
    return len(plain_text((prose.body, prose.asks)).split()) + 6 * notes
