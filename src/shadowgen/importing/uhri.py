"""An export of the Universal Human Rights Index (JSON or Excel) -> commitments files, one for each UN document.

What the exports call their fields is in `data/human-rights-index.yaml`. Only recommendations are taken; concerns and positive aspects
of the same documents are counted and left.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from shadowgen.catalogue import parse_symbol
from shadowgen.importing.dates import first_date
from shadowgen.importing.drafting import Draft
from shadowgen.importing.naming import guessed_title, slug
from shadowgen.readers.textlines import Unreadable, clean, decode
from shadowgen.readers.workbook import read_rows
from shadowgen.workspace import package_data
from shadowgen.writers.yamltext import write_yaml

_NEEDED = ("Symbol", "Text")
_KINDS = {"concluding-observations": "concluding-observations", "human-rights-council": "upr", "upr-document": "upr"}
_EPOCH = dt.date(1899, 12, 30)  # the day 0 of Excel, with its leap day that never was
UPR_NUMBER = re.compile(r"^\s*(\d{1,3}\.\d{1,3})\.?\s+")


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
        if wanted and "recommend" in str(record.get("AnnotationType") or "recommendation").lower():
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
    rows = _sheet(raw) if raw.startswith(b"PK") else [_named(row) for row in _json(raw) if isinstance(row, dict)]
    records = [row for row in rows if all(isinstance(row.get(name), str) and row[name].strip() for name in _NEEDED)]
    if not records:
        raise Unreadable("no records of the Universal Human Rights Index are in the file", f"each record has {', '.join(_NEEDED)}")
    yield from records


def _json(raw: bytes) -> list[Any]:
    try:
        data = json.loads(decode(raw))
    except (ValueError, RecursionError) as error:
        raise Unreadable("this is no JSON", "export the records of the index as JSON or Excel") from error
    if isinstance(data, dict):
        data = next((value for value in data.values() if isinstance(value, list)), [])
    return data if isinstance(data, list) else []


def _sheet(raw: bytes) -> list[dict[str, str]]:
    """Return the rows of a sheet as records: its head is the first row that names the text and the symbol."""
    names, head, found = _names(), [], []
    for row in read_rows(raw):
        if head:
            found.append({name: value for name, value in zip(head, row, strict=False) if name})
        elif set(_NEEDED) <= {names.get(cell.strip().lower(), "") for cell in row}:
            head = [names.get(cell.strip().lower(), "") for cell in row]
    return found


def _names() -> dict[str, str]:
    """Return the name of a field by each name that an export may give it, in small letters."""
    fields = package_data("", "human-rights-index.yaml")
    return {alias.lower(): name for name, aliases in fields.items() for alias in (name, *aliases)}


def _named(record: dict[str, Any]) -> dict[str, Any]:
    names = _names()
    return {names.get(str(key).strip().lower(), str(key)): value for key, value in record.items()}


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
    if day := _day(str(records[0].get("PublicationDate") or "").strip(" -")):
        data["date"] = day
    taken: set[str] = set()
    return data | {"paragraphs": [_paragraph(place, record, taken) for place, record in enumerate(records, 1)]}


def _day(words: str) -> str:
    """Return a date of an export as 2016-07-11: written out, as the number of a day as Excel counts them, or empty."""
    if re.fullmatch(r"\d{5}", words):
        return (_EPOCH + dt.timedelta(days=int(words))).isoformat()
    try:
        return dt.date.fromisoformat(words[:10]).isoformat()
    except ValueError:
        return first_date(words)


def _paragraph(place: int, record: dict[str, Any], taken: set[str]) -> dict[str, Any]:
    """Return the entry of a record; a recommendation of the Universal Periodic Review has its number before its words."""
    words = " ".join(clean(record["Text"]).split())
    number = UPR_NUMBER.match(words)
    if number:
        words = words[number.end() :]
    id = slug(number[1] if number else str(record.get("AnnotationId") or ""), 60) or f"recommendation-{place}"
    id = id if id not in taken else f"{id}-{place}"
    taken.add(id)
    entry = {"id": id, "number": number[1]} if number else {"id": id}
    entry |= {"title": guessed_title(words), "summary": "To be summed up in your own words.", "text": words}
    position = str(record.get("Position") or "").strip(" -").lower()
    return entry | ({"position": position} if position in ("supported", "noted") else {})
