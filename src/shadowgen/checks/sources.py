"""Rules over the bibliography: sources that stand twice, and register numbers that do not agree with their entries."""

from __future__ import annotations

from collections.abc import Iterator

from shadowgen import rules
from shadowgen.diagnostics import Diagnostic
from shadowgen.library import Library
from shadowgen.likeness import identities, pairs_alike
from shadowgen.records import Source
from shadowgen.registry import disagreements, parse_registry


def check_sources(library: Library) -> list[Diagnostic]:
    """Return every problem of the bibliography that needs no text that cites it."""
    doubles = list(_doubles(library))
    near = _near(library, {pair for pair, _ in doubles})
    registry = (problem for source in library.sources.values() for problem in _registry(source))
    return [*(problem for _, problem in doubles), *near, *registry, *_ambiguous(library)]


def _doubles(library: Library) -> Iterator[tuple[tuple[str, str], Diagnostic]]:
    first: dict[tuple[str, str], Source] = {}
    for source in library.sources.values():
        found: dict[str, list[str]] = {}
        for what, name in identities(source.type, source.fields).items():
            other = first.setdefault((what, name), source)
            if other is not source:
                found.setdefault(other.key, []).append(what)
        for key, same in found.items():
            other = library.sources[key]
            message = f"'{source.key}' is the same source as '{key}' ({other.origin}): the same {' and '.join(same)}"
            hint = "keep one entry and cite its key everywhere"
            yield (key, source.key), rules.DUPLICATE_SOURCE.at(source.origin, message, hint)


def _near(library: Library, told: set[tuple[str, str]]) -> Iterator[Diagnostic]:
    for one, other in pairs_alike({key: source.fields for key, source in library.sources.items()}):
        if (one, other) not in told and (other, one) not in told:
            message = f"'{other}' looks like the source '{one}' ({library.sources[one].origin})"
            hint = "keep one entry, or say what tells them apart: the date, the number, the pages"
            yield rules.NEAR_DUPLICATE_SOURCE.at(library.sources[other].origin, message, hint)


def _ambiguous(library: Library) -> Iterator[Diagnostic]:
    """Report short names that two sources share in a language, once for each pair."""
    first: dict[tuple[str, str, str], Source] = {}
    told: set[tuple[str, str]] = set()
    named = [source for source in library.sources.values() if source.fields.get("short")]
    for language in sorted({"en"}.union(*(source.fields["short"] for source in named if not isinstance(source.fields["short"], str)))):
        for source in named:
            short = source.get("short", language)
            other = first.setdefault((language, short.casefold(), source.get("surname", language)), source)
            if other is not source and (other.key, source.key) not in told:
                told.add((other.key, source.key))
                message = f"'{source.key}' and '{other.key}' ({other.origin}) are both called '{short}' in later notes"
                yield rules.AMBIGUOUS_SHORT.at(source.origin, message, "give each a short name of its own")


def _registry(source: Source) -> Iterator[Diagnostic]:
    act = parse_registry(source.get("registry", "en"))
    at_address = parse_registry(source.get("url", "en"))
    if act is None:
        return
    words = " ".join(source.get("title", language) for language in ("en", "ru"))
    for message in disagreements(act, title=words, date=source.get("date", "en"), number=source.get("number", "en")):
        yield rules.REGISTRY_MISMATCH.at(source.origin, f"'{source.key}': {message}")
    if at_address and at_address.id.rstrip("_") != act.id.rstrip("_"):
        message = f"'{source.key}': the register number is {act.id}, the address leads to {at_address.id}"
        yield rules.REGISTRY_MISMATCH.at(source.origin, message)
