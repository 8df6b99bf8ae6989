"""One submission, from the library to a finished tree: the gate, assembly, resolution, and the word limit.

Enters: a `Library` and a `Plan`. Leaves: a `Composition`: the resolved `Submission`, its record, every problem.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace

from shadowgen import rules
from shadowgen.assemble import assemble
from shadowgen.diagnostics import Diagnostic, did_you_mean, in_order
from shadowgen.library import Library
from shadowgen.locales import Locale, has_locale, languages, locale
from shadowgen.looks import Look, load_look, look_names
from shadowgen.nodes import Annotation, NoteCall, Paragraph, Submission, walk
from shadowgen.notestyles import Style, load_style
from shadowgen.numbering import RecordEntry
from shadowgen.outline import choose_sections, matches_any
from shadowgen.persons import Naming
from shadowgen.profiles import Profile, load_profile
from shadowgen.records import Plan, Section
from shadowgen.redaction import name_persons
from shadowgen.resolve import Setting, resolve
from shadowgen.wordcount import count_words, words_in
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
    return _fit(allowed, plan, parts, setting, [*problems, *held])


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
    if profile and profile.languages() and language.split("-")[0] not in profile.languages():
        accepted = ", ".join(profile.languages())
        place = plan.languages.index(language) if language in plan.languages else 0
        origin = plan.places["languages"][place] if plan.places.get("languages") else plan.origin
        problems.append(rules.NOT_ACCEPTED_LANGUAGE.at(origin, f"the body works in {accepted}, not in {language}"))
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


def _fit(library: Library, plan: Plan, parts: _Parts, setting: Setting, problems: list[Diagnostic]) -> tuple[Composition, list[Diagnostic]]:
    """Assemble and resolve; over its limit, keep as many sections as fit, in the order in which they deserve to stay."""
    draft = _draft(library, plan, parts, setting, frozenset())
    if plan.word_limit and draft.counted > plan.word_limit:
        ranked = _by_importance(choose_sections(library, plan, [], frozenset()))
        draft = _longest(draft, ranked, plan.word_limit, lambda kept: _draft(library, plan, parts, setting, _ids(ranked[kept:])))
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


def _longest(whole: _Draft, ranked: list[Section], limit: int, draft: Callable[[int], _Draft]) -> _Draft:
    """Return the draft with the most sections, in their rank, that keeps a limit.

    How long a draft will be is predicted from the whole one; each draft that is made corrects the prediction, because a source that was
    cited before is now cited in full for the first time.
    """
    lengths = _lengths(whole)
    predicted = [whole.counted - sum(lengths[section.id] for section in ranked[kept:]) for kept in range(len(ranked) + 1)]
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


def _lengths(draft: _Draft) -> Counter[str]:
    """Return how many words each section takes in a draft, with its notes."""
    homes = {entry.ordinal: entry.section for entry in draft.record}
    lengths: Counter[str] = Counter()
    for node in walk(draft.submission.blocks):
        if isinstance(node, Paragraph) and node.ordinal:
            notes = [draft.submission.notes[call.note - 1].content for call in walk(node.content) if isinstance(call, NoteCall)]
            lengths[homes[node.ordinal]] += sum(count_words(words) for words in (node.content, *notes))
    return lengths


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
