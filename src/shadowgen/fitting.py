"""How a submission stands towards its limit and its budgets, and what to cut first so that it fits.

Enters: a `Library` and a `Plan`. Leaves: a `Fit`: the words of each section of the whole document, before a word limit leaves any out, the budgets,
and the cuts in the order in which they hurt least, with what is left after each.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace

from shadowgen.bodyrules import limit_rule, pages_of, sending
from shadowgen.compose import Composition, compose
from shadowgen.diagnostics import Diagnostic
from shadowgen.library import Library
from shadowgen.outline import choose_sections
from shadowgen.records import Plan, Section
from shadowgen.wordbudget import FRAME, SOURCES, Budget, part_of

SHAPE = 1  # of the JSON; a change that would break a reader of it raises the number
_AGE = {"stale": 0, "never": 1, "fresh": 2}
_FRESHNESS = {"stale": "stale", "never": "never checked", "fresh": ""}  # in words
_STATUS = {"draft": 0, "review": 1, "final": 2}


@dataclass(frozen=True, slots=True)
class Length:
    """A section in the document: its words as the body counts them, and what says how easily it goes. `kept`: a build prints it."""

    section: str
    part: str
    words: int
    priority: int
    status: str
    freshness: str
    kept: bool


@dataclass(frozen=True, slots=True)
class Cut:
    """A section that goes, and about how many words the document has without it and those before it."""

    section: str
    words: int
    left: int


@dataclass(frozen=True, slots=True)
class Fit:
    """All of it. `limit` is 0 where there is none, `rule` says where it stands; `after` is how many words are left without all `cuts`, counted anew."""

    submission: str
    language: str
    audience: str
    words: int
    limit: int
    rule: str
    pages: int
    pages_rule: str
    parts: dict[str, int]
    sections: tuple[Length, ...]
    budgets: tuple[Budget, ...]
    cuts: tuple[Cut, ...]
    after: int
    sending: dict[str, str]


def fit(library: Library, plan: Plan, language: str, audience: str, day: dt.date, wanted: int = 0) -> tuple[Fit | None, list[Diagnostic]]:
    """Measure a submission whole against its own limit, or the body's, or the number of words `wanted`; None if it cannot be composed."""
    whole, problems = compose(library, replace(plan, word_limit=None), language, audience)
    if whole is None:
        return None, problems
    built, _ = compose(library, plan, language, audience) if plan.word_limit else (whole, [])
    left_out = set(built.left_out) if built else set()
    lengths = tuple(_lengths(library, plan, whole, left_out, day))
    limit, rule = _limit(library, plan, whole, wanted)
    cuts, after = _cuts(library, plan, whole, limit, day)
    parts: dict[str, int] = {}
    for one in lengths:
        parts[one.part] = parts.get(one.part, 0) + one.words
    parts |= {"sources": whole.words[SOURCES]} if SOURCES in whole.words else {}
    done = Fit(
        plan.id, language, audience, whole.counted, limit, rule, pages_of(whole.text_words + whole.note_words), _pages_rule(library, plan, whole),
        parts | {"frame": whole.words[FRAME]}, lengths, whole.budgets, cuts, after, sending(library, plan, whole.profile, language),
    )  # fmt: skip
    return done, problems


def _limit(library: Library, plan: Plan, whole: Composition, wanted: int) -> tuple[int, str]:
    name = limit_rule(library, plan, whole.profile, "words")
    if wanted or plan.word_limit:
        return wanted or plan.word_limit or 0, "asked for" if wanted else "word_limit of the submission"
    return (whole.profile.number(name) or 0, whole.profile.cited(name)) if whole.profile and name else (0, "")


def _pages_rule(library: Library, plan: Plan, whole: Composition) -> str:
    name = limit_rule(library, plan, whole.profile, "pages")
    return f"{whole.profile.words(name)} ({whole.profile.cited(name)})" if whole.profile and name else ""


def _lengths(library: Library, plan: Plan, whole: Composition, left_out: set[str], day: dt.date) -> Iterator[Length]:
    for id, words in whole.words.items():
        if section := library.sections.get(id):
            freshness = section.freshness(day)
            yield Length(id, part_of(section, plan), words, section.priority, section.status, freshness, id not in left_out)


def _cuts(library: Library, plan: Plan, whole: Composition, limit: int, day: dt.date) -> tuple[tuple[Cut, ...], int]:
    """Return the cuts that make a document fit, and its length without them; a source that is cited in full later makes some of them fall short."""
    cuts: list[Cut] = []
    left = after = whole.counted
    going = [section for section in _by_loss(library, plan, whole, day) if section.priority > 1]
    while limit and after > limit and going:
        while going and left > limit:
            section = going.pop(0)
            left -= whole.words[section.id]
            cuts.append(Cut(section.id, whole.words[section.id], left))
        shorter = replace(plan, word_limit=None, leave_out=(*plan.leave_out, *(cut.section for cut in cuts)))
        made, _ = compose(library, shorter, whole.locale.language, whole.plan.audience)
        left = after = made.counted if made else left
    return tuple(cuts), after


def _by_loss(library: Library, plan: Plan, whole: Composition, day: dt.date) -> list[Section]:
    """Return the sections of the main parts, what is lost least first: by priority, age, status, and the longest of what is alike."""
    chosen = [one for one in choose_sections(library, plan, [], frozenset()) if one.id in whole.words]

    def loss(section: Section) -> tuple[int, int, int, int, int, str]:
        year = section.verified.year if section.verified else 0
        age = _AGE[section.freshness(day)]
        return -section.priority, age, year, _STATUS[section.status], -whole.words[section.id], section.id

    return sorted(chosen, key=loss)


# ---------------------------------------------------------------- views


def as_json(found: Fit) -> str:
    """Return a fit as data; docs/profiles.md says what each name holds."""
    budgets = [{"name": one.name, "words": one.words, "used": one.used} for one in found.budgets]
    data = {"shape": SHAPE, **asdict(found), "budgets": budgets}
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def as_text(found: Fit) -> str:
    """Return a fit for a terminal."""
    return "\n".join([*_head(found), *_parts(found), *_budgets(found), *_cutting(found)]) + "\n"


def _head(found: Fit) -> Iterator[str]:
    yield f"{found.submission} ({found.language}, {found.audience}): {found.words:,} words, about {found.pages} page{'s' * (found.pages != 1)}"
    if found.limit:
        over = found.words - found.limit
        yield f"  limit: {found.limit:,} words, {f'{over:,} too many' if over > 0 else f'{-over:,} to spare'} ({found.rule})"
    if found.pages_rule:
        yield f"  pages: {found.pages_rule}"
    yield from (f"  {name}: {words}" for name, words in found.sending.items())


def _parts(found: Fit) -> Iterator[str]:
    for part, words in found.parts.items():
        yield f"\n{part:56}{words:>8,}"
        for one in found.sections:
            if one.part == part:
                facts = (
                    f"priority {one.priority}",
                    one.status if one.status != "final" else "",
                    _FRESHNESS[one.freshness],
                )
                marks = ", ".join(filter(None, (*facts, "" if one.kept else "left out by the build")))
                yield f"  {one.section:54}{one.words:>8,}  {marks}"


def _budgets(found: Fit) -> Iterator[str]:
    if found.budgets:
        yield f"\n{'budgets':48}{'used':>8}{'budget':>8}"
    for one in found.budgets:
        left = one.words - one.used
        yield f"  {one.name:46}{one.used:>8,}{one.words:>8,}  {f'{-left:,} too many' if left < 0 else f'{left:,} to spare'}"
    given = sum(one.words for one in found.budgets)
    if found.limit and given > found.limit:
        yield f"  the budgets add up to {given:,}, more than the limit"


def _cutting(found: Fit) -> Iterator[str]:
    if not found.cuts:
        return
    yield f"\n{'cut first':48}{'words':>8}{'left':>8}"
    yield from (f"  {one.section:46}{one.words:>8,}{one.left:>8,}" for one in found.cuts)
    still = (
        "" if found.after <= found.limit else f", still {found.after - found.limit:,} too many: sections of priority 1 and other parts stay"
    )
    yield f"  without them, counted anew: {found.after:,} words{still}"
