"""CSL-JSON, as Zotero exports it and pandoc reads it: items from text, text from items."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from shadowgen import rules
from shadowgen.bibliography.item import Item, Name, date_of, joined, language_of, link_of, partial, plain, terms
from shadowgen.diagnostics import Diagnostic, Origin

NAMES = ("author", "editor", "recipient")
DATES = ("issued", "accessed")
_LINKS = ("URL", "archive_location")
_OWN = "shadowgen"


def read_csl_json(text: str, file: str) -> tuple[list[Item], list[Diagnostic]]:
    """Return the items of a CSL-JSON text: a list of entries, one entry, or an object that holds the list."""
    items: list[Item] = []
    problems: list[Diagnostic] = []
    for origin, entry in _entries(text, file, problems):
        if isinstance(entry, dict) and isinstance(entry.get("type"), str):
            items.append(_item(entry, origin))
        elif isinstance(entry, dict) and "itemType" in entry:
            hint = "in Zotero, choose the format CSL JSON, BibLaTeX or RIS"
            return [], [rules.UNREADABLE_ENTRY.at(origin, "this is Zotero's or Better BibTeX's own JSON", hint)]
        else:
            problems.append(rules.UNREADABLE_ENTRY.at(origin, "no entry of a bibliography: it has no type"))
    return items, problems


def _entries(text: str, file: str, problems: list[Diagnostic]) -> Iterator[tuple[Origin, Any]]:
    """Yield each entry with the line where it begins; a fault of syntax becomes a problem."""
    decoder = json.JSONDecoder()
    place = _skip(text, 0)
    if text[place : place + 1] == "{":
        inner = re.match(r'\{\s*"(?:items|references)"\s*:\s*(?=\[)', text[place:])
        if inner is None and re.search(r'"items"\s*:\s*\[', text) and '"itemType"' in text:
            problems.append(rules.UNREADABLE_ENTRY.at(Origin(file, 1), "this is Better BibTeX's own JSON", "export as CSL JSON"))
            return
        place += inner.end() if inner else 0
    many = text[place : place + 1] == "["
    place = _skip(text, place + 1) if many else place
    line, counted = 1, 0
    while place < len(text) and text[place] != "]":
        line, counted = line + text.count("\n", counted, place), place
        try:
            entry, place = decoder.raw_decode(text, place)
        except (ValueError, RecursionError) as error:
            at = getattr(error, "lineno", line)
            problems.append(rules.UNREADABLE_ENTRY.at(Origin(file, at), "this is not JSON from here on", "export the file again"))
            return
        yield Origin(file, line), entry
        place = _skip(text, place)
        if not many:
            return
        if text[place : place + 1] not in (",", "]"):
            problems.append(rules.UNREADABLE_ENTRY.at(Origin(file, text.count("\n", 0, place) + 1), "the list of entries breaks off here"))
            return
        place = _skip(text, place + 1) if text[place] == "," else place


_BLANK = re.compile(r"[ \t\r\n]*")


def _skip(text: str, place: int) -> int:
    match = _BLANK.match(text, place)
    return match.end() if match else place


def _item(entry: Mapping[str, Any], origin: Origin) -> Item:
    values: dict[str, str] = {}
    left: list[str] = []
    surname = ""
    for name, raw in entry.items():
        if name in NAMES:
            names = [_name(one) for one in (raw if isinstance(raw, list) else [])[:200] if isinstance(one, dict)]
            values[name] = plain(joined(names))
            surname = names[0].family if name == "author" and names else surname
        elif name in DATES:
            values[name], shortened = _date(raw)
            left += ["end of a range of dates"] if shortened else []
        elif name in _LINKS:
            values[name] = link_of(str(raw))
        elif isinstance(raw, str | int) and not isinstance(raw, bool) and name != "id":
            values[name] = plain(str(raw)) if name != "note" else str(raw)[:20_000]
        elif name not in ("id", "custom"):
            left.append(name)
    values["language"] = language_of(values.get("language", ""))
    values.setdefault("title-short", values.pop("shortTitle", ""))
    key = values.pop("citation-key", "") or _extras(values) or _spoken(str(entry.get("id", "")))
    custom = entry.get("custom")
    own = custom.get(_OWN) if isinstance(custom, dict) else None
    type = values.pop("type", "")
    return Item(
        origin,
        type,
        {name: value for name, value in values.items() if value},
        key,
        surname,
        tuple(left),
        own if isinstance(own, dict) else {},
    )


def _name(one: Mapping[str, Any]) -> Name:
    if literal := plain(str(one.get("literal") or "")):
        return Name(literal)
    given, family, suffix = (plain(str(one.get(part) or "")) for part in ("given", "family", "suffix"))
    particles = [plain(str(one.get(part) or "")) for part in ("dropping-particle", "non-dropping-particle")]
    return Name(" ".join(part for part in (*particles, family, suffix) if part), given)


def _date(raw: Any) -> tuple[str, bool]:
    if not isinstance(raw, dict):
        return date_of(str(raw))
    parts = raw.get("date-parts")
    if isinstance(parts, list) and parts and isinstance(parts[0], list):
        numbers = [int(part) for part in parts[0][:3] if re.fullmatch(r"\d{1,4}", str(part))]
        if numbers:
            return partial(*numbers), len(parts) > 1 and parts[1] not in ([], [0], parts[0])
    return date_of(str(raw.get("raw") or raw.get("literal") or ""))


def _extras(values: dict[str, str]) -> str:
    """Take variables that stand as "Name: value" in Zotero's field Extra; return the citation key if there is one."""
    key = ""
    for match in re.finditer(r"^([A-Za-z][A-Za-z _-]{1,30}):[ \t]*(\S.*)$", values.get("note", ""), re.MULTILINE):
        name = match[1].strip().lower().replace(" ", "-")
        if name == "citation-key":
            key = match[2].strip()
        elif name == "type" and match[2].strip() in terms()["csl"]:
            values["type"] = match[2].strip()
        elif name in ("number", "authority", "jurisdiction", "publisher-place", "genre") and name not in values:
            values[name] = plain(match[2])
    return key


def _spoken(id: str) -> str:
    """Return an id that a person would write in a citation, not the address or number of a database."""
    return "" if re.search(r"[:/]|^\d+$|^[A-Z0-9]{8}$", id) else id


# ---------------------------------------------------------------- out


def csl_json(entries: list[dict[str, Any]]) -> str:
    """Return entries as the text of a CSL-JSON file."""
    return json.dumps(entries, ensure_ascii=False, indent=2) + "\n"


def entry_of(key: str, item: Item) -> dict[str, Any]:
    """Return an item as an entry of CSL-JSON."""
    entry: dict[str, Any] = {"id": key, "citation-key": key, "type": item.type}
    for name, value in item.values.items():
        if name in NAMES:
            entry[name] = [{"literal": value}]
        elif name in DATES:
            entry[name] = {"date-parts": [[int(part) for part in value.split("-")]]}
        else:
            entry[name] = value
    if item.own:
        entry["custom"] = {_OWN: dict(item.own)}
    return entry
