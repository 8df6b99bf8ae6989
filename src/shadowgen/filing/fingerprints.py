"""Digests of what went into a document, of its words as its readers could read them: never of anything that they could not.

A digest of a name can be found by trying names, so nothing above the audience is ever digested. Wrapping lines anew changes no digest.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from shadowgen.library import Library
from shadowgen.nodes import Figure, Paragraph, walk
from shadowgen.records import Commitment, Section, Source
from shadowgen.reuse.coverage import citations_in
from shadowgen.safewrite import sha256
from shadowgen.writers.markdown import write_prose


def passages(section: Section, language: str) -> tuple[str, ...]:
    """Return the words of a section that has passed the gate: its title, each block of its body, what it asks; in our Markdown."""
    prose = section.in_language(language)
    asks = (prose.asks_lead, *prose.asks)
    blocks = [(Paragraph(prose.title),), *((block,) for block in prose.body), *((Paragraph(ask),) for ask in asks if ask)]
    return tuple(write_prose(block).strip() for block in blocks)


def of_section(section: Section, language: str) -> str:
    """Return the digest of a section's words and charts."""
    charts = [node.chart for node in walk(section.in_language(language).body) if isinstance(node, Figure) and node.chart]
    return _of([*passages(section, language), *(repr(asdict(chart)) for chart in charts)])


def of_source(source: Source) -> str:
    """Return the digest of an entry of the bibliography."""
    return _of({"type": source.type, **source.fields})


def of_commitment(one: Commitment) -> str:
    """Return the digest of what was asked or promised."""
    return _of([one.number, one.title, one.summary, one.text, [str(ref) for ref in one.articles]])


def sources_of(library: Library, sections: Mapping[str, Any]) -> dict[str, str]:
    """Return the digests of the sources that sections cite, by their keys."""
    keys = {key for id in sections if id in library.sections for key in citations_in(library.sections[id])}
    return {key: of_source(library.sources[key]) for key in sorted(keys) if key in library.sources}


def commitments_of(library: Library, sections: Mapping[str, Any]) -> dict[str, str]:
    """Return the digests of the recommendations that sections answer, by document#paragraph."""
    answered = {(one.document, one.paragraph) for id in sections if id in library.sections for one in library.sections[id].responds_to}
    found = provisions(library)
    return {key: of_commitment(found[key]) for document, paragraph in sorted(answered) if (key := f"{document}#{paragraph}") in found}


def provisions(library: Library) -> dict[str, Commitment]:
    """Return every recommendation of a library by document#paragraph."""
    return {f"{document.id}#{one.id}": one for document in library.commitments.values() for one in document.paragraphs}


def _of(value: Any) -> str:
    return sha256(json.dumps(value, ensure_ascii=False, sort_keys=True, default=str).encode())
