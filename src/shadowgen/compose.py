"""One submission, from the library to a finished tree: the gate, assembly, resolution, and the word limit.

Enters: a `Library` and a `Plan`. Leaves: a `Composition`: the resolved `Submission`, its record, every problem.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from shadowgen import rules
from shadowgen.assemble import assemble
from shadowgen.bodyrules import Subject, check_rules, limit_rule
from shadowgen.diagnostics import Diagnostic, did_you_mean, in_order
from shadowgen.library import Library
from shadowgen.locales import Locale, has_locale, languages, locale
from shadowgen.looks import Look, load_look, look_names
from shadowgen.nodes import Annotation, Submission, walk
from shadowgen.notestyles import Style, load_style
from shadowgen.numbering import RecordEntry
from shadowgen.outline import choose_sections, matches_any
from shadowgen.persons import Naming
from shadowgen.profiles import Profile, load_profile
from shadowgen.records import Plan, Section
from shadowgen.redaction import name_persons
from shadowgen.resolve import Setting, resolve
from shadowgen.wordbudget import Budget, Lengths, budgets, check_budgets, counted, measure, total
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
    profile: Profile | None
    words: Mapping[str, int]
    budgets: tuple[Budget, ...]


def compose(library: Library, plan: Plan, language: str, audience: str) -> tuple[Composition | None, list[Diagnostic]]:
    """Compose a submission; None if a part that it names (look, style, profile, language) does not exist."""
    allowed = library.for_audience(audience)
    plan = name_persons(plan, Naming(library.people, audience))
    parts, problems = _parts(library, plan, language)
    if parts is None:
        return None, problems
    plan = replace(plan, logos=plan.logos or parts.look.logos)
    plan, held = _held_back(library, allowed, plan, audience)
    setting = Setting(
        parts.locale, parts.style, allowed.sources, frozenset(set(library.sources) - set(allowed.sources)), plan.variables,
        _titles(allowed, language), plan.notes, _named_notes(allowed, language),
    )  # fmt: skip
    composition = _fit(allowed, plan, parts, setting, [*problems, *held])
    found = in_order([*composition.problems, *check_budgets(library, plan, composition.budgets)])
    return replace(composition, problems=tuple(found)), found


def _titles(library: Library, language: str) -> dict[str, str]:
    """Return the title of each section, by its id and by the anchors inside it."""
    titles = {id: section.in_language(language).title_text for id, section in library.sections.items()}
    return {anchor: titles[id] for anchor, id in library.anchors.items()} | titles


def _named_notes(library: Library, language: str) -> dict[str, Annotation]:
    """Return every note that has a name, in the language of the document."""
    proses = (section.in_language(language) for section in library.sections.values())
    return {node.anchor: node for prose in proses for node in walk(prose.words()) if isinstance(node, Annotation) and node.anchor}


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
        "look": look_names(workspace),
        "style": built_in_names("styles", ".yaml"),
        "profile": built_in_names("profiles", ".yaml"),
    }

    def missing(what: str, name: str, field: str) -> None:
        origin = plan.places.get(field, (plan.origin,))[0]
        hint = did_you_mean(name, known[what]) or f"built in: {', '.join(known[what])}"
        problems.append(rules.UNKNOWN_NAME.at(origin, f"there is no {what} '{name}'", hint))

    tongue = locale(language) if has_locale(language) else None
    look, broken_look = load_look(workspace, plan.look)
    style, broken_style = load_style(workspace, plan.style, tongue or locale("en"))
    profile, broken_profile = load_profile(workspace, plan.profile) if plan.profile else (None, [])
    problems += [*broken_look, *broken_style, *broken_profile]
    for what, name, found in (
        ("language", language, tongue),
        ("look", plan.look, look or broken_look),
        ("style", plan.style, style or broken_style),
    ):
        if not found:
            missing(what, name, "languages" if what == "language" else what)
    if plan.profile and not (profile or broken_profile):
        missing("profile", plan.profile, "profile")
    if tongue is None or look is None or style is None or (plan.profile and profile is None):
        return None, problems
    return _Parts(tongue, style, look.in_script(tongue.script), profile), problems


def _held_back(library: Library, allowed: Library, plan: Plan, audience: str) -> tuple[Plan, list[Diagnostic]]:
    """Return the plan without the sections that this audience may not read, and a warning for each that it names by id."""
    problems: list[Diagnostic] = []
    held = {id: section for id, section in library.sections.items() if id not in allowed.sections}
    kept: dict[str, tuple[str, ...]] = {}
    for field in ("front", "sections", "closing", "annexes"):
        for place, id in enumerate(getattr(plan, field)):
            if id in held:
                told = f"'{id}' is for the audience {held[id].audience}; this document is {audience}"
                problems.append(rules.SECTION_LEFT_OUT.at(plan.places[field][place], told))
        names = getattr(plan, field)
        kept[field] = tuple(name for name in names if matches_any(name, allowed) or not matches_any(name, library))
    return replace(plan, **kept, audience=audience), problems


def _fit(library: Library, plan: Plan, parts: _Parts, setting: Setting, problems: list[Diagnostic]) -> Composition:
    """Assemble and resolve; over its limit, keep as many sections as fit, in the order in which they deserve to stay."""
    draft = _draft(library, plan, parts, setting, frozenset())
    if plan.word_limit and draft.counted > plan.word_limit:
        ranked = _by_importance(choose_sections(library, plan, [], frozenset()))
        draft = _longest(draft, ranked, plan.word_limit, lambda kept: _draft(library, plan, parts, setting, _ids(ranked[kept:])))
    found = [*problems, *draft.problems]
    if plan.word_limit and draft.counted > plan.word_limit:
        origin = plan.places.get("word_limit", (plan.origin,))[0]
        found.append(rules.OVER_WORD_LIMIT.at(origin, f"{draft.counted:,} words where {plan.word_limit:,} are allowed"))
    profile, used = parts.profile, total(draft.lengths)
    if profile:
        printed = frozenset(draft.lengths)
        found += check_rules(Subject(library, plan, profile, draft.submission, parts.locale, parts.look, draft.counted, printed))
    name = limit_rule(library, plan, profile, "words")
    limit = plan.word_limit or (profile.number(name) if profile and name else None)
    return Composition(
        plan, draft.submission, draft.record, parts.locale, parts.look, tuple(found), used.text, used.notes, limit,
        draft.counted, tuple(sorted(draft.without)), profile, draft.words, tuple(budgets(library, plan, draft.words)),
    )  # fmt: skip


def _longest(whole: _Draft, ranked: list[Section], limit: int, draft: Callable[[int], _Draft]) -> _Draft:
    """Return the draft with the most sections, in their rank, that keeps a limit.

    How long a draft will be is predicted from the whole one; each draft that is made corrects the prediction, because a source that was
    cited before is now cited in full for the first time.
    """
    predicted = [whole.counted - sum(whole.words.get(section.id, 0) for section in ranked[kept:]) for kept in range(len(ranked) + 1)]
    low, high = sum(section.priority == 1 for section in ranked), len(ranked)
    best = draft(low)
    if best.counted > limit:
        return best
    error = best.counted - predicted[low]
    while fits := [kept for kept in range(low + 1, high) if predicted[kept] + error <= limit]:
        attempt = draft(fits[-1])
        error = attempt.counted - predicted[fits[-1]]
        if attempt.counted <= limit:
            low, best = fits[-1], attempt
        else:
            high = fits[-1]
    return best


@dataclass(frozen=True, slots=True)
class _Draft:
    """The document without some of its sections, and how long it is."""

    submission: Submission
    record: tuple[RecordEntry, ...]
    problems: tuple[Diagnostic, ...]
    lengths: Lengths
    words: Mapping[str, int]
    without: frozenset[str]

    @property
    def counted(self) -> int:
        """How many words count towards a limit."""
        return sum(self.words.values())


def _draft(library: Library, plan: Plan, parts: _Parts, setting: Setting, without: frozenset[str]) -> _Draft:
    manuscript, found = assemble(library, plan, parts.locale, without)
    submission, record, more = resolve(manuscript, setting)
    lengths = measure(submission, record, parts.locale.word("sources"))
    return _Draft(submission, record, (*found, *more), lengths, counted(lengths, plan, parts.profile), without)


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
