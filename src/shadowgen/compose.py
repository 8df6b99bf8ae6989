"""One submission, from the library to a finished tree: the gate, assembly, resolution, and the word limit.

Enters: a `Library` and a `Plan`. Leaves: a `Composition`: the resolved `Submission`, its record, every problem.
"""

from __future__ import annotations

from collections import Counter
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
    """Assemble and resolve; over its limit, keep as many sections as fit, in the order in which they deserve to stay."""
    draft = _draft(library, plan, parts, setting, frozenset())
    if plan.word_limit and draft.counted > plan.word_limit:
        ranked = _by_importance(choose_sections(library, plan, [], frozenset()))
        low, high = sum(section.priority == 1 for section in ranked), len(ranked)
        draft = _draft(library, plan, parts, setting, _ids(ranked[low:]))
        while high - low > 1 and draft.counted <= plan.word_limit:
            middle = (low + high) // 2
            attempt = _draft(library, plan, parts, setting, _ids(ranked[middle:]))
            if attempt.counted <= plan.word_limit:
                low, draft = middle, attempt
            else:
                high = middle
    found = [*problems, *draft.problems]
    if plan.word_limit and draft.counted > plan.word_limit:
        origin = plan.places.get("word_limit", (plan.origin,))[0]
        found.append(rules.OVER_WORD_LIMIT.at(origin, f"{draft.counted:,} words where {plan.word_limit:,} are allowed"))
    limit = plan.word_limit or _profile_limit(library, plan, parts.profile)
    if limit and not plan.word_limit and draft.counted > limit:
        origin = plan.places.get("profile", (plan.origin,))[0]
        found.append(rules.OVER_PROFILE_LIMIT.at(origin, f"{draft.counted:,} words where the body accepts {limit:,}"))
    every = in_order(found)
    done = Composition(
        plan, draft.submission, draft.record, parts.locale, parts.look, tuple(every), draft.text_words, draft.note_words, limit,
        draft.counted, tuple(sorted(draft.without)),
    )  # fmt: skip
    return done, every


def _profile_limit(library: Library, plan: Plan, profile: Profile | None) -> int | None:
    """Return how many words the body accepts; some accept more of a joint submission."""
    if profile is None:
        return None
    authors = [library.contributors[key] for key in plan.submitted_by if key in library.contributors]
    joint = len(authors) > 1 or any(author.type == "coalition" for author in authors)
    return (profile.number("words_max_joint") if joint else None) or profile.number("words_max")


@dataclass(frozen=True, slots=True)
class _Draft:
    """The document without some of its sections, and how long it is."""

    submission: Submission
    record: tuple[RecordEntry, ...]
    problems: tuple[Diagnostic, ...]
    text_words: int
    note_words: int
    counted: int
    without: frozenset[str]


def _draft(library: Library, plan: Plan, parts: _Parts, setting: Setting, without: frozenset[str]) -> _Draft:
    manuscript, found = assemble(library, plan, parts.locale, without)
    submission, record, more = resolve(manuscript, setting)
    text, notes = words_in(submission)
    counts_notes = parts.profile.counts_notes() if parts.profile else True
    return _Draft(submission, record, (*found, *more), text, notes, text + notes * counts_notes, without)


def _ids(sections: list[Section]) -> frozenset[str]:
    return frozenset(section.id for section in sections)


def _by_importance(sections: tuple[Section, ...]) -> list[Section]:
    """Rank sections: by priority, then the first ones of every article before the second ones of any."""
    seen: Counter[tuple[str, int]] = Counter()
    ranks: dict[str, tuple[int, int, int]] = {}
    for place, section in enumerate(sections):
        home = (section.path.rsplit("/", 1)[0], section.priority)
        ranks[section.id] = (section.priority, seen[home], place)
        seen[home] += 1
    return sorted(sections, key=lambda section: ranks[section.id])
