"""Names that the term base says to avoid: in everything a section says, and in what a source brings into the notes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from shadowgen import rules
from shadowgen.diagnostics import Diagnostic, Origin
from shadowgen.library import Library
from shadowgen.nodes import Inlines, plain_text, walk
from shadowgen.records import Prose


def avoided_in_prose(prose: Prose, library: Library) -> Iterator[Diagnostic]:
    """Report the names to avoid in the title, text, notes and asks of a section, in one language."""
    preferred = _preferred(library, prose.language)
    for words, origin in _runs(prose) if preferred else ():
        for name in _found(plain_text(words), preferred):
            yield rules.AVOIDED_NAME.at(origin, f"'{name}' is a name to avoid", f"write '{preferred[name]}'")


def avoided_in_sources(library: Library) -> Iterator[Diagnostic]:
    """Report the names to avoid in the author, title and short name of each source; words of no language in those of every language."""
    for source in library.sources.values():
        for field in ("author", "title", "short"):
            words = source.fields.get(field) or {}
            by_language = words.items() if not isinstance(words, str) else [(language, words) for language in library.terms]
            for language, text in by_language:
                preferred = _preferred(library, language)
                for name in _found(text, preferred):
                    message = f"'{source.key}', {field}: '{name}' is a name to avoid"
                    yield rules.AVOIDED_NAME_IN_SOURCE.at(source.origin, message, f"write '{preferred[name]}'")


def _preferred(library: Library, language: str) -> dict[str, str]:
    """Return the names to avoid in a language, each with the name to write."""
    return {" ".join(variant.split()): term.preferred for term in library.terms.get(language, []) for variant in term.avoid}


def _found(text: str, preferred: dict[str, str]) -> list[str]:
    return [" ".join(match[0].split()) for match in _avoided(tuple(preferred)).finditer(text)] if preferred else []


@cache
def _avoided(variants: tuple[str, ...]) -> re.Pattern[str]:
    ordered = sorted(variants, key=len, reverse=True)
    return re.compile(r"(?<!\w)(?:" + "|".join(re.escape(variant).replace(r"\ ", r"\s+") for variant in ordered) + r")(?!\w)")


def _runs(prose: Prose) -> Iterator[tuple[Inlines, Origin]]:
    """Yield every run of words of a section with the nearest place that is known: headings, cells and captions too."""
    yield from ((words, prose.origin) for words in (prose.title, prose.asks_lead, *prose.asks))
    origin = prose.origin
    for node in walk(prose.body):
        origin = getattr(node, "origin", None) or origin
        for part in ("content", "title", "caption", "attribution"):
            if isinstance(words := getattr(node, part, None), tuple):
                yield words, origin
