"""An item of CSL -> a source of ours, and back.

Enters: an `Item`, or a record of the library. Leaves: a `Draft` with what it lacks, or an item that a later import makes the same source of.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import unquote, urlsplit

from shadowgen.bibliography.item import Item, host_of, plain, terms
from shadowgen.bibliography.keys import key_of, made_key
from shadowgen.catalogue import Symbol, bodies, general_comments, parse_symbol, treaties
from shadowgen.diagnostics import Origin
from shadowgen.records import SENSITIVE_SOURCES, Source, Words, in_language
from shadowgen.registry import parse_registry
from shadowgen.sourcetypes import source_fields


@dataclass(frozen=True, slots=True)
class Draft:
    """A source to be written: key, type and fields in our terms; what its type needs and it lacks; what has no place in it."""

    origin: Origin
    key: str
    type: str
    fields: Mapping[str, Words]
    missing: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()


def drafted(item: Item, type: str = "") -> Draft:
    """Return an item as a source: of `type`, or of the first type that it has all required fields for, or of the likeliest."""
    symbol = _symbol(item)
    candidates = [type] if type else list(_candidates(item, symbol))
    drafts = [_draft(item, one, symbol) for one in candidates]
    return next((draft for draft in drafts if not draft.missing), drafts[0])


def _candidates(item: Item, symbol: Symbol | None) -> Iterator[str]:
    own = item.own.get("type")
    if isinstance(own, str) and own in terms()["types"]:
        yield own
        return
    if symbol:
        yield {"general-comment": "general-comment", "views": "views"}.get(symbol.kind, "un-document")
        return
    values, usual = item.values, terms()["csl"].get(item.type, ["ngo-report", "web-page"])
    if _says(values.get("genre", ""), terms()["press_release"]):
        yield "press-release"
    if parse_registry(values.get("URL", "")):
        yield "legislation"
    author = values.get("author") or values.get("publisher", "")
    if "ngo-report" in usual and _says(author, terms()["official"]):
        yield "official-report"
    paged = bool(values.get("URL")) or usual[0] == "web-page"
    yield from (one for one in usual if paged or one != "web-page")


def _says(text: str, words: list[str]) -> bool:
    return any(re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text, re.IGNORECASE) for word in words)


_OF_THE_UN = (
    "report",
    "document",
    "webpage",
    "legal_case",
    "book",
    "manuscript",
    "hearing",
    "regulation",
    "pamphlet",
    "standard",
    "article",
)
_IN_WORDS = re.compile(r"(?<![\w/])(?:[A-Z][A-Za-z]*(?:\.\d+)?/)+[A-Z0-9][A-Za-z0-9./-]*[A-Za-z0-9]")


def _symbol(item: Item) -> Symbol | None:
    """Return the symbol of the UN document that an item is, from its number, its address or its title."""
    if item.type not in _OF_THE_UN:
        return None
    in_title = symbol_in(item.values.get("title", ""))
    from_address = symbol_of_address(item.values.get("URL", ""))
    return parse_symbol(item.values.get("number", "")) or from_address or (in_title if in_title and in_title.kind != "other" else None)


def symbol_in(text: str) -> Symbol | None:
    """Return the first UN document symbol that stands in words, or None."""
    return next((symbol for match in _IN_WORDS.finditer(text) if (symbol := parse_symbol(match[0]))), None)


def symbol_of_address(url: str) -> Symbol | None:
    """Return the symbol in an address of docs.un.org or undocs.org, or in a download address of the treaty bodies."""
    parts = urlsplit(url)
    if host_of(url) in ("docs.un.org", "undocs.org"):
        return parse_symbol(re.sub(r"^/(?:(?:ar|en|es|fr|ru|zh)/)?", "", unquote(parts.path)).rstrip("/"))
    named = re.search(r"symbolno=([^&]+)", parts.query, re.IGNORECASE)
    return parse_symbol(unquote(named[1])) if named else None


def _draft(item: Item, type: str, symbol: Symbol | None) -> Draft:
    table, known = terms(), source_fields()[type]
    fields: dict[str, Any] = {}
    used = {"DOI", "genre", "authority"} | ({"author", "title"} if type == "general-comment" else set())
    if symbol:
        used.add("publisher")
    for field, variables in (table["types"][type]["fields"] | table["every"]).items():
        name = next((name for name in variables if item.values.get(name)), "")
        if name:
            fields[field] = item.values[name]
            used.add(name)
    _derive(fields, type, item, symbol)
    for name, kept in _own(item, known).items():
        if words := _edited(kept, fields.get(name)):
            fields[name] = words
        else:
            fields.pop(name, None)
    if type in SENSITIVE_SOURCES:
        fields.setdefault("audience", "internal")
    missing = tuple(name for name, needed in known.items() if needed and not fields.get(name))
    ordered = {name: fields[name] for name in known if fields.get(name)}
    year = str(fields.get("date", ""))[:4]
    names = item.surname or str(item.values.get("author", ""))
    key = key_of(item.key) or key_of(str(ordered.get("symbol", ""))) or made_key(names, in_language(ordered.get("title"), "en"), year)
    unused = [name for name, value in item.values.items() if name not in used and value not in ordered.values()]
    return Draft(item.origin, key, type, ordered, missing, (*item.left_out, *unused))


def _own(item: Item, known: Mapping[str, bool]) -> dict[str, Words | None]:
    """Return what an export of ours kept for us: only fields of the type, only words."""
    kept: dict[str, Words | None] = {}
    for name, value in item.own.items():
        if name in known and (value is None or isinstance(value, str)):
            kept[name] = plain(value) if value else None
        elif name in known and isinstance(value, Mapping):
            kept[name] = {str(language): plain(str(words)) for language, words in value.items()}
    return kept


def _edited(kept: Words | None, here: Words | None) -> Words | None:
    """Return the words that were kept; where the one language that the other program knew has been edited since, its new words."""
    if isinstance(kept, Mapping) and isinstance(here, str) and here not in kept.values():
        return {**kept, next(iter(kept)): here}
    return kept


def _derive(fields: dict[str, Any], type: str, item: Item, symbol: Symbol | None) -> None:
    """Fill in what the other fields prove."""
    if symbol and "symbol" in source_fields()[type]:
        fields["symbol"] = symbol.text
        bare = re.sub(rf"\s*[(\[,]?\s*(?:UN Doc\.?\s*)?{re.escape(symbol.text)}\s*[)\]]?", "", str(fields.get("title", "")))
        fields["title"] = bare.strip(" ,.;:")
    if type == "general-comment" and symbol:
        fields |= {"date": "", **comment_fields(symbol)} | ({"date": fields["date"]} if fields.get("date") else {})
        fields["title"] = _subject(fields)
    if type == "views" and symbol and (found := re.search(r"/D/(.+)$", symbol.text)):
        fields["communication"] = found[1]
    if type == "legislation":
        act = parse_registry(fields.get("url", "")) or parse_registry(str(item.values.get("number", "")))
        fields |= {"registry": act.id, "jurisdiction": fields.get("jurisdiction") or act.state} if act else {}
    for name, of in (("publisher", "web-page"), ("outlet", "news")):
        if type == of and not fields.get(name):
            fields[name] = host_of(item.values.get("URL", ""))
    if "author" in fields and fields.get("publisher") == fields["author"] and type != "web-page":
        del fields["publisher"]
    if "url" not in fields and re.fullmatch(r"10\.\d{4,9}/\S+", item.values.get("DOI", "")):
        fields["url"] = f"https://doi.org/{item.values['DOI']}"


def _subject(fields: Mapping[str, Any]) -> str:
    """Return what a general comment is on, without its number; nothing where the catalogue knows it."""
    known = general_comments(fields["treaty_body"]).get(str(fields.get("number")), {}).get("subject")
    title = str(fields.get("title", ""))
    bare = re.sub(r"^general (?:comment|recommendation) no\.? ?\d+(?: \(\d{4}\))?(?:\s+on\b|[\s:,–-])*", "", title, flags=re.IGNORECASE)
    return "" if known and bare != title else bare


def comment_fields(symbol: Symbol) -> dict[str, str]:
    """Return what the symbol of a general comment proves: body, number and, where the catalogue knows it, year."""
    body = next((treaty.body for treaty in treaties().values() if treaty.symbol_stem == symbol.stem), "CCPR")
    for number, entry in general_comments(body).items():
        if entry.get("symbol") == symbol.text:
            return {"treaty_body": body, "number": number, "date": entry.get("year", "")}
    found = re.search(r"/GC/(\d+)", symbol.text)
    return {"treaty_body": body, "number": found[1]} if found else {"treaty_body": body}


# ---------------------------------------------------------------- out


def item_of(source: Source, language: str = "en") -> Item:
    """Return a source as an item of CSL; what CSL has no place for is kept in `own`, so that an import makes the same source of it."""
    row = terms()["types"][source.type]
    values: dict[str, str] = {"genre": row["genre"]} if "genre" in row else {}
    for field, variables in (row["fields"] | terms()["every"]).items():
        words = source.get(field, language)
        if words and variables and variables[0] not in values:
            values[variables[0]] = words
    values.setdefault("title", _made_title(source))
    if source.type in ("un-document", "general-comment", "upr-recommendation"):
        values["publisher"] = "United Nations"
    if source.type in ("general-comment", "views"):
        values["authority" if source.type == "views" else "author"] = (
            bodies().get(source.get("treaty_body", "en") or "CCPR", {}).get("en", "")
        )
    item = Item(source.origin, row["csl"], {name: value for name, value in values.items() if value})
    own: dict[str, Any] = {} if drafted(item).type == source.type else {"type": source.type}
    back = drafted(item, source.type).fields
    kept = dict(source.fields) | ({"audience": source.audience} if source.audience != "public" or source.type in SENSITIVE_SOURCES else {})
    own |= {name: kept.get(name) for name in {**kept, **back} if kept.get(name) != back.get(name)}
    return replace(item, own=own)


def _made_title(source: Source) -> str:
    match source.type:
        case "general-comment":
            number = source.get("number", "en")
            subject = general_comments(source.get("treaty_body", "en") or "CCPR").get(number, {}).get("subject", "")
            return f"General comment No. {number}" + (f" on {subject}" if subject else "")
        case "upr-recommendation":
            return f"Recommendation {source.get('paragraph', 'en')}"
        case "letter":
            return "Letter"
    return source.get("symbol", "en")
