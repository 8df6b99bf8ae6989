"""Every address that a library holds, with where it stands, for checking outside: the tool itself never goes online.

Enters: a `Library` that has passed the gate for an audience. Leaves: `Link`s, and them as text, CSV or JSON.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from shadowgen.diagnostics import Origin
from shadowgen.library import Library
from shadowgen.nodes import Link as LinkNode
from shadowgen.nodes import Text, walk
from shadowgen.reuse.coverage import citations_in
from shadowgen.reuse.forms import cell

SHAPE = 1  # of the JSON; a change that would break a reader of it raises the number
COLUMNS = ("url", "kind", "used_by", "cited_in", "file", "line", "accessed", "checked", "archived")
_ADDRESS = re.compile(r"https?://[^\s<>\"\]]+[^\s<>\"\].,;:!?)»”]")


@dataclass(frozen=True, slots=True)
class Link:
    """One address in one place: `kind` is source, archive, section or contributor, `used_by` its key or id, `cited_in` the sections that cite the source."""

    url: str
    kind: str
    used_by: str
    cited_in: tuple[str, ...]
    file: str
    line: int
    accessed: str = ""
    checked: str = ""
    archived: str = ""


def links(library: Library) -> list[Link]:
    """Return every address of sources, sections and contributors, in the order of the addresses."""
    found = [*_of_sources(library), *_of_sections(library), *_of_contributors(library)]
    return sorted(dict.fromkeys(found), key=lambda link: (link.url, link.file, link.line, link.kind))


def _of_sources(library: Library) -> Iterator[Link]:
    citing: dict[str, list[str]] = {}
    for id, section in library.sections.items():
        for key in citations_in(section):
            citing.setdefault(key, []).append(id)
    for key, source in library.sources.items():
        place = (key, tuple(sorted(citing.get(key, ()))), source.origin.file, source.origin.line)
        days = (source.get("accessed", "en"), str(source.checked or ""))
        archived = source.get("archived", "en")
        for name, value in source.fields.items():
            for text in value.values() if isinstance(value, Mapping) else (value,):
                for url in _ADDRESS.findall(text):
                    yield Link(url, "archive" if name == "archived" else "source", *place, *days, "" if name == "archived" else archived)


def _of_sections(library: Library) -> Iterator[Link]:
    for id, section in library.sections.items():
        for prose in section.prose.values():
            origin: Origin = prose.origin
            for node in walk(prose.words()):
                origin = getattr(node, "origin", None) or origin
                urls = [node.url] if isinstance(node, LinkNode) else _ADDRESS.findall(node.text) if isinstance(node, Text) else []
                for url in urls:
                    yield Link(url, "section", id, (), origin.file, origin.line)


def _of_contributors(library: Library) -> Iterator[Link]:
    for key, one in library.contributors.items():
        if one.url:
            yield Link(one.url, "contributor", key, (), one.origin.file, one.origin.line)


# ---------------------------------------------------------------- forms


def links_view(found: list[Link], audience: str, form: str) -> str:
    """Return the links that an audience may read in one form: text, csv or json."""
    if form == "csv":
        return _as_csv(found)
    if form == "json":
        return (
            json.dumps({"shape": SHAPE, "audience": audience, "links": [asdict(link) for link in found]}, ensure_ascii=False, indent=2)
            + "\n"
        )
    return _as_text(found, audience)


def _as_text(found: list[Link], audience: str) -> str:
    rows = [f"Addresses for the audience {audience}: {len({link.url for link in found})} in {len(found)} places", ""]
    for place, link in enumerate(found):
        rows += [link.url] if not place or found[place - 1].url != link.url else []
        facts = [(f", cited in {', '.join(link.cited_in)}", link.cited_in), (f"; accessed {link.accessed}", link.accessed)]
        facts += [(f"; checked {link.checked}", link.checked), (f"; archived at {link.archived}", link.archived)]
        rows.append(f"  {link.kind} {link.used_by} ({link.file}:{link.line})" + "".join(words for words, there in facts if there))
    return "\n".join(rows) + "\n"


def _as_csv(found: list[Link]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL)
    writer.writerow(COLUMNS)
    for link in found:
        row: dict[str, Any] = asdict(link) | {"cited_in": " ".join(link.cited_in)}
        writer.writerow(
            [row[name] if re.match("https?://", str(row[name])) else cell(row[name]) for name in COLUMNS]
        )  # an address stays as it is
    return out.getvalue()
