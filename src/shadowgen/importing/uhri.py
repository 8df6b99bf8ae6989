"""The export of the Universal Human Rights Index (JSON) -> commitments files, one for each UN document.

Fields as the index documents them: AnnotationId, Symbol, Text, PublicationDate, AnnotationType, Countries, Body. Only recommendations
are taken; concerns and positive aspects of the same documents are counted and left.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from shadowgen.catalogue import parse_symbol
from shadowgen.importing.dates import first_date
from shadowgen.importing.drafting import Draft
from shadowgen.importing.naming import guessed_title, slug
from shadowgen.readers.textlines import Unreadable, clean, decode
from shadowgen.writers.yamltext import write_yaml

_NEEDED = ("Symbol", "Text", "AnnotationType")
_KINDS = {"concluding-observations": "concluding-observations", "human-rights-council": "upr", "upr-document": "upr"}


@dataclass(slots=True)
class Index:
    """What was taken from an export."""

    files: list[Draft] = field(default_factory=list)
    taken: int = 0
    left: int = 0


def read_index(raw: bytes, name: str, file: str, country: str = "", body: str = "") -> Index:
    """Return a commitments file for each document about a country by a body; an empty filter takes all. Raises `Unreadable`."""
    made, documents = Index(), {}
    for record in _records(raw):
        wanted = _has(record.get("Countries"), country) and _has(record.get("Body"), body)
        if wanted and "recommend" in str(record["AnnotationType"]).lower():
            documents.setdefault(str(record["Symbol"]).strip(), []).append(record)
            made.taken += 1
        else:
            made.left += 1
    for symbol, records in sorted(documents.items()):
        id = slug(symbol.replace("/", "-"), 60) or "document"
        text = write_yaml(
            _document(symbol, records), f"Imported from {file}. Titles are the first words of each text; summaries are to be written."
        )
        made.files.append(Draft(f"sections/imported/{name}/commitments/{id}.yaml", text, "commitments", id))
    return made


def _records(raw: bytes) -> Iterator[dict[str, Any]]:
    try:
        data = json.loads(decode(raw))
    except (ValueError, RecursionError) as error:
        raise Unreadable("this is no JSON", "export the records of the index as JSON") from error
    rows = (
        data
        if isinstance(data, list)
        else next((value for value in data.values() if isinstance(value, list)), [])
        if isinstance(data, dict)
        else []
    )
    records = [row for row in rows if isinstance(row, dict) and all(isinstance(row.get(name), str) for name in _NEEDED)]
    if not records:
        raise Unreadable("no records of the Universal Human Rights Index are in the file", f"each record has {', '.join(_NEEDED)}")
    yield from records


def _has(value: Any, wanted: str) -> bool:
    """True if a field, one text or a list, names what is wanted; the index writes list items with a dash before them."""
    items = value if isinstance(value, list) else str(value or "").split("\n")
    return not wanted or any(str(item).strip(" -").lower() == wanted.lower() for item in items)


def _document(symbol: str, records: list[dict[str, Any]]) -> dict[str, Any]:
    parsed = parse_symbol(symbol)
    body = next((str(record["Body"]).strip(" -") for record in records if isinstance(record.get("Body"), str)), "")
    data: dict[str, Any] = {"title": f"Recommendations in {symbol}", "kind": _KINDS.get(parsed.kind if parsed else "", "other")}
    data["symbol"] = symbol
    if body:
        data["body"] = body
    if parsed and parsed.area:
        data["state"] = parsed.area
    published = str(records[0].get("PublicationDate") or "")
    if day := published[:10] if published[4:5] == "-" and first_day(published[:10]) else first_date(published):
        data["date"] = day
    return data | {"paragraphs": [_paragraph(place, record) for place, record in enumerate(records, 1)]}


def first_day(words: str) -> bool:
    """True if a text is a date such as 2016-07-11."""
    import datetime as dt

    try:
        return bool(dt.date.fromisoformat(words))
    except ValueError:
        return False


def _paragraph(place: int, record: dict[str, Any]) -> dict[str, Any]:
    words = " ".join(clean(record["Text"]).split())
    id = slug(str(record.get("AnnotationId") or ""), 60) or f"recommendation-{place}"
    return {"id": id, "title": guessed_title(words), "summary": "To be summed up in your own words.", "text": words}
