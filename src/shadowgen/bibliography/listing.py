"""The bibliography at a glance: each source, how often it is cited, and what it lacks."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from shadowgen.library import Library
from shadowgen.records import Source
from shadowgen.reuse.coverage import citations_in, source_title


@dataclass(frozen=True, slots=True)
class Row:
    """One source of a list: how often sections and commitments cite it, and its flags (unused, no-url, no-archive)."""

    key: str
    type: str
    title: str
    cited: int
    flags: tuple[str, ...]
    audience: str
    file: str
    line: int


def list_sources(library: Library, language: str = "en") -> list[Row]:
    """Return every source by key; a translation that repeats a citation does not count again."""
    cited = times_cited(library)
    rows = []
    for key, source in sorted(library.sources.items()):
        named, origin = source_title(source, language), source.origin
        rows.append(Row(key, source.type, named, cited[key], _flags(source, cited[key]), source.audience, origin.file, origin.line))
    return rows


def times_cited(library: Library) -> Counter[str]:
    """Count the citations of each source in the original text of each section, and the commitments that rest on it."""
    counted: Counter[str] = Counter(document.source for document in library.commitments.values() if document.source)
    for section in library.sections.values():
        counted += citations_in(section)
    return counted


_PRINTED_ONLY = frozenset({"book", "article", "interview", "confidential-interview", "case-file", "letter", "judgment", "treaty"})


def _flags(source: Source, cited: int) -> tuple[str, ...]:
    """Return what to look at; a source that is found by its symbol, or that is no page of the web, needs no address."""
    online = source.type not in _PRINTED_ONLY and not source.fields.get("symbol") and source.type != "general-comment"
    url = source.fields.get("url")
    found = {"unused": not cited, "no-url": online and not url, "no-archive": bool(url) and not source.fields.get("archived")}
    return tuple(flag for flag, holds in found.items() if holds)
