"""Which sections a document holds, in which order, under which articles."""

from __future__ import annotations

from dataclasses import dataclass
from fnmatch import fnmatchcase

from shadowgen import rules
from shadowgen.catalogue import ArticleRef
from shadowgen.diagnostics import Diagnostic, did_you_mean
from shadowgen.library import Library
from shadowgen.records import Plan, Section


@dataclass(frozen=True, slots=True)
class Group:
    """Articles under one heading, with their sections."""

    refs: tuple[ArticleRef, ...]
    sections: tuple[Section, ...]


def choose_sections(library: Library, plan: Plan, problems: list[Diagnostic], without: frozenset[str]) -> tuple[Section, ...]:
    """Return the sections of the main parts that the plan names, in its order."""
    chosen: dict[str, Section] = {}
    for place, pattern in enumerate(plan.sections):
        found = [section for section in library.sections.values() if section.id == pattern or fnmatchcase(section.path, pattern)]
        if not found:
            origin = plan.places["sections"][place] if "sections" in plan.places else plan.origin
            hint = did_you_mean(pattern, list(library.sections))
            problems.append(rules.UNKNOWN_SECTION.at(origin, f"no section is named or matched by '{pattern}'", hint))
        for section in sorted(found, key=_section_order):
            left_out = any(fnmatchcase(name, pattern) for pattern in plan.leave_out for name in (section.id, section.path))
            if section.id not in without and not left_out:
                chosen.setdefault(section.id, section)
    return tuple(chosen.values())


def matches_any(pattern: str, library: Library) -> bool:
    """True if a pattern names or matches some section of the library."""
    return pattern in library.sections or any(fnmatchcase(section.path, pattern) for section in library.sections.values())


def _section_order(section: Section) -> tuple[str, int, int, str]:
    main = section.articles[0] if section.articles else ArticleRef("", 0)
    return (main.treaty, main.article, section.order, section.id)


def group_by_article(sections: tuple[Section, ...], plan: Plan) -> tuple[Group, ...]:
    """Group sections under the plan's groups of articles, or else under the article that each mainly concerns."""
    members: dict[tuple[ArticleRef, ...], list[Section]] = {}
    for section in sections:
        if section.articles and section.folder == "articles":
            members.setdefault(group_of(section.articles[0], plan), []).append(section)
    declared = {refs: place for place, refs in enumerate(plan.groups)}
    order = sorted(members, key=lambda refs: (refs[0].treaty, refs[0].article, declared.get(refs, -1)))
    return tuple(Group(refs, tuple(members[refs])) for refs in order)


def group_of(ref: ArticleRef, plan: Plan) -> tuple[ArticleRef, ...]:
    """Return the articles under whose heading a plan puts what mainly concerns `ref`."""
    fits = [(len(member.path), refs) for refs in plan.groups for member in refs if member.contains(ref)]
    if fits:
        return max(fits, key=lambda fit: fit[0])[1]
    return (ArticleRef(ref.treaty, ref.article),)
