"""Rules over a whole library: references between files, freshness, names."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any

from shadowgen import rules
from shadowgen.catalogue import general_comments, parse_symbol
from shadowgen.checks.cycles import check_cycles, gradings
from shadowgen.checks.names import avoided_in_prose, avoided_in_sources
from shadowgen.checks.persons import check_persons
from shadowgen.checks.translations import check_translations
from shadowgen.checks.upkeep import check_ages, check_section
from shadowgen.diagnostics import Diagnostic, Origin, did_you_mean
from shadowgen.library import Library
from shadowgen.nodes import Cite, CiteItem, CrossRef, SameNote, walk
from shadowgen.records import Plan, Section


def check_library(library: Library, today: dt.date) -> list[Diagnostic]:
    """Return every problem of the library that needs no document."""
    found: list[Diagnostic] = []
    marks = _marks(library)
    cited = _items(marks)
    for section in library.sections.values():
        found += _commitments(section, library)
        found += check_section(section, library, today)
        for prose in section.prose.values():
            found += avoided_in_prose(prose, library)
    found += [*check_translations(library), *check_ages(library)]
    found += avoided_in_sources(library)
    found += superseded_comments(cited, library)
    found += _sources(library, cited)
    found += _references(library, [mark for mark in marks if not isinstance(mark, Cite)])
    found += _contributors(library)
    found += _symbols(library)
    found += check_persons(library)
    found += check_cycles(library)
    return found


def _commitments(section: Section, library: Library) -> Iterator[Diagnostic]:
    for response in section.responds_to:
        document = library.commitments.get(response.document)
        if document is None:
            hint = did_you_mean(response.document, list(library.commitments))
            yield rules.UNKNOWN_COMMITMENT.at(section.origin, f"there is no commitments file '{response.document}'", hint)
        elif response.paragraph and response.paragraph not in {one.id for one in document.paragraphs}:
            hint = did_you_mean(response.paragraph, [one.id for one in document.paragraphs])
            yield rules.UNKNOWN_COMMITMENT.at(section.origin, f"'{response.document}' has no paragraph '{response.paragraph}'", hint)


def _marks(library: Library) -> list[Cite | CrossRef | SameNote]:
    """Return every citation and reference of every text: one walk for all the rules about them."""
    proses = (prose for section in library.sections.values() for prose in section.prose.values())
    return [node for prose in proses for node in walk(prose.words()) if isinstance(node, Cite | CrossRef | SameNote)]


def _items(marks: Iterable[Any]) -> list[CiteItem]:
    return [item for mark in marks if isinstance(mark, Cite) for item in mark.items]


def cited_items(library: Library) -> list[CiteItem]:
    """Return what each citation of the library cites."""
    return _items(_marks(library))


def _sources(library: Library, cited: list[CiteItem]) -> Iterator[Diagnostic]:
    for item in cited:
        if item.key not in library.sources:
            hint = did_you_mean(item.key, list(library.sources))
            yield rules.UNKNOWN_SOURCE.at(item.origin, f"there is no source '{item.key}'", hint)
    for document in library.commitments.values():
        if document.source and document.source not in library.sources:
            hint = did_you_mean(document.source, list(library.sources))
            yield rules.UNKNOWN_SOURCE.at(document.origin, f"there is no source '{document.source}'", hint)
    for source in library.sources.values():
        if source.superseded_by and source.superseded_by not in library.sources:
            hint = did_you_mean(source.superseded_by, list(library.sources))
            yield rules.UNKNOWN_SOURCE.at(source.origin, f"there is no source '{source.superseded_by}'", hint)
    keys = {*(item.key for item in cited), *(document.source for document in library.commitments.values())}
    keys |= {grading.source for grading in gradings(library)}
    for key, source in library.sources.items():
        if key not in keys:
            yield rules.UNUSED_SOURCE.at(source.origin, f"nothing cites '{key}'")


def _references(library: Library, marks: list[CrossRef | SameNote]) -> Iterator[Diagnostic]:
    anchors: dict[str, Origin] = {}
    for section in library.sections.values():
        for node in walk(section.prose[section.language].words()):
            anchor = getattr(node, "anchor", "")
            if not anchor:
                continue
            if anchor in anchors or anchor in library.sections:
                other = anchors.get(anchor) or library.sections[anchor].origin
                yield rules.DUPLICATE_ID.at(node.origin, f"the anchor '{anchor}' stands also at {other}")
            anchors[anchor] = node.origin
    targets = {*library.sections, *anchors}
    for mark in marks:
        if mark.target not in targets and " " not in mark.target:
            hint = did_you_mean(mark.target, sorted(targets))
            yield rules.UNKNOWN_TARGET.at(mark.origin, f"there is no section or anchor '{mark.target}'", hint)


def _contributors(library: Library) -> Iterator[Diagnostic]:
    def unknown(key: str, origin: Origin) -> Iterator[Diagnostic]:
        if key not in library.contributors:
            hint = did_you_mean(key, list(library.contributors))
            yield rules.UNKNOWN_CONTRIBUTOR.at(origin, f"there is no contributor '{key}'", hint)

    for contributor in library.contributors.values():
        for member in contributor.members:
            yield from unknown(member, contributor.origin)
    for plan in library.plans.values():
        for field in ("submitted_by", "signatories"):
            for place, key in enumerate(getattr(plan, field)):
                yield from unknown(key, plan.places[field][place])


def _symbols(library: Library) -> Iterator[Diagnostic]:
    records = [(source.origin, source.fields.get("symbol")) for source in library.sources.values()]
    records += [(document.origin, document.symbol) for document in library.commitments.values()]
    for origin, symbol in records:
        if symbol and parse_symbol(str(symbol)) is None:
            yield rules.BAD_SYMBOL.at(origin, f"'{symbol}' is not a UN document symbol", "an example is CCPR/C/KAZ/CO/2")


def superseded_comments(cited: Iterable[CiteItem], library: Library) -> Iterator[Diagnostic]:
    """Report citations of general comments that a later one has replaced."""
    for item in cited:
        source = library.sources.get(item.key)
        if source is None or source.type != "general-comment":
            continue
        body, number = str(source.fields.get("treaty_body", "CCPR")), str(source.fields["number"])
        comments = general_comments(body)
        if later := comments.get(number, {}).get("replaced_by"):
            successor = f"general comment No. {later} ({comments[later]['year']})" if later in comments else later
            message = f"general comment No. {number} ({comments[number]['year']}) was replaced by {successor}"
            yield rules.SUPERSEDED_COMMENT.at(item.origin, message, "cite the later one")


def plans_to_check(library: Library, names: tuple[str, ...]) -> list[Plan]:
    """Return the plans of these names, or all."""
    return [plan for id, plan in library.plans.items() if not names or id in names]
