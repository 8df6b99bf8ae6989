"""Names that the term base says to avoid: in everything a section says, and in what a source brings into the notes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from shadowgen import rules
from shadowgen.diagnostics import Diagnostic, Edit, Fix, Origin
from shadowgen.library import Library
from shadowgen.nodes import Inlines, plain_text, walk
from shadowgen.records import Prose


def avoided_in_prose(prose: Prose, library: Library) -> Iterator[Diagnostic]:
    """Report the names to avoid in the title, text, notes and asks of a section, in one language.

    Each stands at its own place in the file where that is sure: where the fields of the prose hold the name as often as the parsed words.
    """
    preferred = _preferred(library, prose.language)
    found = [(name, origin) for words, origin in runs(prose) if preferred for name in _found(plain_text(words), preferred)]
    text = library.texts.get(prose.origin.file, "") if found else ""
    for name in dict.fromkeys(name for name, _ in found):
        message, hint = f"'{name}' is a name to avoid", f"write '{preferred[name]}'"
        origins = [origin for other, origin in found if other == name]
        places = [place for field in _PROSE.finditer(text) for place in _avoided((name,)).finditer(text, *field.span())]
        if len(places) != len(origins):
            yield from (rules.AVOIDED_NAME.at(origin, message, hint) for origin in origins)
            continue
        for place in places:
            origin = _origin(prose.origin.file, text, place.start())
            fix = _fix(origin, text, place, preferred[name], prose.language)
            yield rules.AVOIDED_NAME.at(origin, message, hint, fix)


_PROSE = re.compile(r"^(?:title|body|asks_lead|asks):.*?(?=^[\w\"']|\Z)", re.MULTILINE | re.DOTALL)


def _origin(file: str, text: str, at: int) -> Origin:
    return Origin(file, text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at))


def _fix(origin: Origin, text: str, place: re.Match[str], name: str, language: str) -> Fix | None:
    """Return the fix of a name to avoid, if the words around it go with the other name as they did, and are nobody else's."""
    start = text.rfind("\n\n", 0, place.start()) + 1
    before = text[start : place.start()]
    old = place[0]
    if _quoted(before) or "\n" in old or not _interchangeable(old, name, language):
        return None
    article = re.search(r"\b(an?)\s+$", before, re.IGNORECASE) if language == "en" else None
    if article and (old[0].lower() in "aeiou") != (name[0].lower() in "aeiou"):
        return None
    return Fix((Edit(origin, old, name),))


def _quoted(before: str) -> bool:
    """True if a quotation is open at the end of these words of a paragraph, or they stand in a block quotation."""
    opened = before.count('"') % 2 or any(before.count(opening) > before.count(closing) for opening, closing in ("“”", "«»", "„“"))
    return bool(opened) or any(line.lstrip().startswith(">") for line in before.split("\n"))


def _interchangeable(old: str, name: str, language: str) -> bool:
    """True if one name can take the other's place in a sentence: the same number in English; elsewhere, where words agree, the same endings."""
    if language == "en":
        return old.endswith("s") == name.endswith("s")
    olds, news = old.split(), name.split()
    return len(olds) == len(news) and all(one[-1] == other[-1] for one, other in zip(olds, news, strict=True))


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


def runs(prose: Prose) -> Iterator[tuple[Inlines, Origin]]:
    """Yield every run of words of a section with the nearest place that is known: headings, cells and captions too."""
    yield from ((words, prose.origin) for words in (prose.title, prose.asks_lead, *prose.asks))
    origin = prose.origin
    for node in walk(prose.body):
        origin = getattr(node, "origin", None) or origin
        for part in ("content", "title", "caption", "attribution"):
            if isinstance(words := getattr(node, part, None), tuple):
                yield words, origin
