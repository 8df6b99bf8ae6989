"""Draft one entry from what a person has at hand: a document symbol, a register number, an address, or a citation as typed in a note.

Enters: a line of text. Leaves: a `Draft` that says only what the line proves. Nothing is looked up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

from shadowgen.bibliography.item import date_of, host_of, link_of, plain
from shadowgen.bibliography.keys import key_of, made_key
from shadowgen.bibliography.mapping import Draft, comment_fields, symbol_in, symbol_of_address
from shadowgen.catalogue import Symbol, bodies, general_comments, parse_symbol, treaties
from shadowgen.diagnostics import Origin
from shadowgen.locales import state_name
from shadowgen.records import SENSITIVE_SOURCES
from shadowgen.registry import Act, parse_registry
from shadowgen.sourcetypes import source_fields
from shadowgen.workspace import package_data


def draft_source(text: str, today: str, *, type: str = "", given: Mapping[str, str] | None = None) -> Draft:
    """Return a draft of the source that a line of text names; `type` and the fields `given` stand in for what is read out of it."""
    words = plain(text)
    found_type, key, fields = _read(words, today)
    kind = type or found_type
    known = source_fields()[kind]
    fields = {**fields, **(given or {})}
    if kind in SENSITIVE_SOURCES:
        fields.setdefault("audience", "internal")
    missing = tuple(name for name, needed in known.items() if needed and not fields.get(name))
    ordered = {name: fields[name] for name in known if fields.get(name)}
    key = key or made_key(str(fields.get("author", "")), str(fields.get("title", words)), str(fields.get("date", ""))[:4])
    return Draft(Origin("sources add"), key, kind, ordered, missing)


def _read(words: str, today: str) -> tuple[str, str, dict[str, Any]]:
    """Return type, key and fields that a line proves; an empty key is to be made of the fields."""
    url = link_of(words) if " " not in words else ""
    if symbol := parse_symbol(words) or (symbol_of_address(url) if url else None):
        return _of_symbol(symbol)
    if act := parse_registry(words):
        return "legislation", key_of(act.id), _of_act(act)
    if comment := re.fullmatch(r"(?:(\w+),? )?general comment (?:No\. ?)?(\d+)(?: \(\d{4}\))?.*", words, re.IGNORECASE):
        return _of_comment(comment[1] or "", comment[2], words)
    if url:
        host = host_of(url)
        return "web-page", key_of(f"{host.split('.')[0]} {urlsplit(url).path}"), {"publisher": host, "url": url, "accessed": today}
    return _of_citation(words)


def _of_act(act: Act) -> dict[str, Any]:
    numbered = package_data("", "registries.yaml")[act.state]["kinds"][act.letter].get("numbered_by") != "register"
    number = {"number": act.number} if numbered else {}
    return {"date": str(act.year), **number, "registry": act.id, "jurisdiction": act.state, "url": act.link}


def _of_symbol(symbol: Symbol) -> tuple[str, str, dict[str, Any]]:
    key = key_of(symbol.text)
    body = next((treaty.body for treaty in treaties().values() if treaty.symbol_stem == symbol.stem), "")
    author = {"author": bodies()[body]["en"]} if body in bodies() else {}
    if symbol.kind == "general-comment":
        return "general-comment", key, {**comment_fields(symbol), "symbol": symbol.text, "url": symbol.link}
    if symbol.kind == "views":
        number = re.search(r"/D/(.+)$", symbol.text)
        return "views", key, {"symbol": symbol.text, "communication": number[1] if number else "", "url": symbol.link}
    fields = {"symbol": symbol.text, "title": _title(symbol), **(author if symbol.kind not in ("replies", "state-report") else {})}
    return "un-document", key, {**fields, "url": symbol.link}


def _title(symbol: Symbol) -> str:
    """Return what a symbol proves about the title of its document, or an empty string."""
    forms = package_data("", "symbol-titles.yaml")
    part = re.search(r"/([1-3])$", symbol.text)
    form = forms.get(symbol.kind) or forms.get(f"{symbol.kind}/{part[1]}" if part else "", "")
    state, number = state_name(symbol.area, "en"), re.search(r"/SR\.(\d+)", symbol.text)
    if ("{state}" in form and not state) or ("{number}" in form and not number):
        return ""
    return form.format(state=state, number=number[1] if number else "")


def _of_comment(body: str, number: str, words: str) -> tuple[str, str, dict[str, Any]]:
    named = body.upper() if body.upper() in bodies() else ""
    named = named or next((key for key, name in bodies().items() if name["en"].lower() in words.lower()), "CCPR")
    entry = general_comments(named).get(number, {})
    date = entry.get("year") or (date_of(words)[0] if re.search(r"\(\d{4}\)", words) else "")
    fields = {"treaty_body": named, "number": number, "date": date}
    symbol = entry.get("symbol", "")
    link = {"url": parsed.link} if symbol.startswith(f"{named}/") and (parsed := parse_symbol(symbol)) else {}
    return "general-comment", key_of(f"{named} gc {number}"), {**fields, **({"symbol": symbol} if link else {}), **link}


# ---------------------------------------------------------------- citations as typed in a note

_AVAILABLE = re.compile(
    r"[.,;:]?\s*(?:available (?:at|from|online)|at|url|доступно(?: по адресу)?|см\.?)?\s*:?\s*<?(https?://[^\s<>]+?)>?[.,;)]*$",
    re.IGNORECASE,
)
_LOCATOR = re.compile(r",\s*(?:paras?\.|pp?\.|arts?\.|стр?\.|с\.|п\.)\s*[\d–—-]+[^,]*$", re.IGNORECASE)
_DATE = r"(?:\d{1,2}\s+)?[^\W\d_]{3,12}\s+\d{4}|\d{1,2}\.\d{1,2}\.\d{4}|\d{4}-\d\d-\d\d"
_LAW = re.compile(r"\b(?:law|code|constitution|decree|act|закон|кодекс|конституция|указ|постановление)\b", re.IGNORECASE)
_LAW_NUMBER = re.compile(r",?\s*(?:No\.|№|N)\s*([\w/-]+)")
_AMENDED = re.compile(r"\s*\((?:as amended|с изм\w*\.?)[^)]*?(" + _DATE + r"|\d{4})\s*\)", re.IGNORECASE)
_QUOTED = re.compile(r"^(?:(?P<author>[^\"“«]+?),\s*)?[\"“«](?P<title>[^\"”»]+)[\"”»],?\s*(?P<rest>.*)$")
_BRACKETED = re.compile(
    r"^(?P<author>[^,]+(?:, [^,]+)*?), (?P<title>.+?) \((?:(?P<place>[^,()]+), )?(?:(?P<publisher>[^,()]+), )?(?P<year>\d{4})\)"
)


def _of_citation(words: str) -> tuple[str, str, dict[str, Any]]:
    """Read a citation by its patterns; what fits none goes into the title."""
    fields: dict[str, Any] = {}
    if (found := _AVAILABLE.search(words)) and link_of(found[1]):
        fields["url"], words = link_of(found[1]), words[: found.start()]
    words = _LOCATOR.sub("", words.strip(" .")).strip(" .")
    if symbol := symbol_in(words):
        type, key, proved = _of_symbol(symbol)
        title = words.replace(symbol.text, "").strip(" ,.;:()")
        return type, key, {**proved, **({"title": title} if title else {}), **({"url": fields["url"]} if "url" in fields else {})}
    for read in (_quoted, _law, _bracketed):
        for type, proved in read(words):
            act = parse_registry(fields.get("url", "")) if type == "legislation" else None
            return type, "", {**fields, **proved, **({"registry": act.id, "jurisdiction": act.state} if act else {})}
    return ("web-page" if "url" in fields else "ngo-report"), "", {**fields, "title": words, **_host(fields)}


def _host(fields: Mapping[str, Any]) -> dict[str, str]:
    return {"publisher": host_of(fields["url"])} if "url" in fields else {}


def _quoted(words: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Author, "Title", Outlet, 28 November 2013."""
    if found := _QUOTED.match(words):
        rest = found["rest"]
        dated = re.search(rf",?\s*\(?({_DATE}|\b\d{{4}}\b)\)?\s*$", rest)
        outlet = (rest[: dated.start()] if dated else rest).strip(" ,.")
        yield "news", {
            "title": found["title"].strip(" ,."), "outlet": outlet, "author": (found["author"] or "").strip(),
            "date": date_of(dated[1])[0] if dated else "",
        }  # fmt: skip


def _law(words: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Criminal Code of the Republic, No. 226-V, 3 July 2014 (as amended 7 November 2014)."""
    amended = _AMENDED.search(words)
    bare = _AMENDED.sub("", words)
    number, dated = _LAW_NUMBER.search(bare), re.search(rf"(?:\bof\s+|\bот\s+|,\s*|\()({_DATE})", bare)
    if not _LAW.search(bare) or not (number or dated):
        return
    ends = [match.start() for match in (number, dated) if match]
    yield "legislation", {
        "title": bare[: min(ends)].strip(" ,("), "number": number[1] if number else "", "date": date_of(dated[1])[0] if dated else "",
        "amended": date_of(amended[1])[0] if amended else "",
    }  # fmt: skip


def _bracketed(words: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Author, Title (Place, Publisher, 2015)."""
    if found := _BRACKETED.match(words):
        type = "book" if found["publisher"] else "ngo-report"
        yield type, {
            "author": found["author"], "title": found["title"], "date": found["year"],
            "place": found["place"] or "", "publisher": found["publisher"] or "",
        }  # fmt: skip
