"""Letters of two scripts in one word, and addresses on the web that lead nowhere: in the prose and in the bibliography."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from shadowgen import rules
from shadowgen.checks.house import common
from shadowgen.checks.passages import MARK, Passage, mended, place_of
from shadowgen.diagnostics import Diagnostic
from shadowgen.library import Library
from shadowgen.nodes import Link, walk
from shadowgen.records import Source

_ADDRESS = re.compile(rf"(?:https?://|(?<![\w.@/-])www\d?\.)[^\s<>\[\]“”«»\"{MARK}]+", re.IGNORECASE)
_LATIN, _OTHER = re.compile(r"[A-Za-z]"), re.compile(r"[\u0370-\u052f]")
_MIXED = re.compile(r"[A-Za-z][\u0370-\u052f]|[\u0370-\u052f][A-Za-z]")
_WORD = re.compile(r"[^\W\d_]+")
# what goes on after a blank: a file, a query or a number in an address, not the next word of a sentence
_GOES_ON = re.compile(r"[\w%=&?#.~-]*(?:\.(?:php|html?|pdf|docx?|aspx?)\b|[?&=%#/]|\d{4,})[\w%=&?#./~:-]*|[A-Z]+\d{6,}_?\S*|\w+\.pdf")


def check_addresses(library: Library, passages: list[Passage]) -> Iterator[Diagnostic]:
    """Check every word and address of the prose, then those of the sources."""
    for one in passages:
        yield from _links(one)
        if "://" in one.text or "www" in one.text:
            yield from _addresses(library, one)
        if _MIXED.search(one.text):
            yield from _words(library, one)
    for source in library.sources.values():
        yield from _source(source)


def _addresses(library: Library, one: Passage) -> Iterator[Diagnostic]:
    for match in _ADDRESS.finditer(one.text):
        address = match[0].rstrip(".,;:)")
        span = (match.start(), match.start() + len(address))
        for rule, message, hint in _faults(address):
            if rule is rules.ADDRESS_SCRIPT and (other := unmixed(address)):
                yield mended(rule, library, one, span, message, other, unmixed)
            else:
                yield rule.at(place_of(library, one, *span)[0], message, hint)
        if end := _cut(one.text, match.start(), match.end()):
            whole, message = _closed(one.text[match.start() : end]), f"the address '{match[0]}' is cut by a blank"
            yield mended(rules.ADDRESS_BLANK, library, one, (match.start(), end), message, whole, _closed)


def _closed(words: str) -> str:
    return re.sub(r"\s+", "", words)


_CUT_THERE = re.compile(r"(?:[/=&?_%-]|\.|[^/]/(?:\w*\b)?(?:index|files?|docs|rus|Document))$")


def _cut(text: str, start: int, end: int) -> int:
    """Return where an address ends that goes on after a blank, or after two or three, or 0."""
    whole = 0
    for _ in range(3):
        gap = re.compile(r"\s+").match(text, end)
        going = _GOES_ON.match(text, gap.end()) if gap and _CUT_THERE.search(text[max(start, end - 60) : end]) else None
        if not going or re.match(r"https?:|www\.", going[0]):
            break
        end = whole = going.end()
    return whole


def _links(one: Passage) -> Iterator[Diagnostic]:
    for mark in one.marks:
        for node in walk(mark):
            if isinstance(node, Link):
                yield from (rule.at(one.origin, message, hint) for rule, message, hint in _faults(node.url))


def _source(source: Source) -> Iterator[Diagnostic]:
    for field in ("url", "archived"):
        for rule, message, hint in _faults(str(source.fields.get(field) or "")):
            yield rule.at(source.origin, f"'{source.key}': {message}", hint)
    for field in ("title", "author", "publisher", "short"):
        words = source.fields.get(field) or ""
        for text in [words] if isinstance(words, str) else words.values():
            for match in _WORD.finditer(_ADDRESS.sub(" ", text)):
                if mixed(match[0]):
                    yield rules.MIXED_SCRIPT.at(source.origin, f"'{source.key}', {field}: {_told(match[0])}", "type the word again")


def _words(library: Library, one: Passage) -> Iterator[Diagnostic]:
    for match in _WORD.finditer(_ADDRESS.sub(lambda address: MARK * len(address[0]), one.text)):
        if mixed(match[0]):
            other = unmixed(match[0])
            if other:
                yield mended(rules.MIXED_SCRIPT, library, one, match.span(), _told(match[0]), other, unmixed)
            else:
                origin, _ = place_of(library, one, *match.span())
                yield rules.MIXED_SCRIPT.at(origin, _told(match[0]), "type the word again")


def _told(word: str) -> str:
    few = min(("Latin", _LATIN), ("other", _OTHER), key=lambda script: len(script[1].findall(word)))
    letters = ", ".join(f"'{letter}' (U+{ord(letter):04X})" for letter in dict.fromkeys(few[1].findall(word)))
    return f"'{word}' mixes scripts: {letters} is {'Latin' if few[0] == 'Latin' else 'of another script'}"


def mixed(word: str) -> bool:
    """True if a word has Latin letters and Cyrillic or Greek ones."""
    return bool(_LATIN.search(word) and _OTHER.search(word))


def unmixed(word: str) -> str:
    """Return a word with its lookalikes in the script of most of its letters, or an empty text if that leaves it mixed."""
    pairs: dict[str, str] = common()["lookalikes"]
    if len(_LATIN.findall(word)) >= len(_OTHER.findall(word)):
        table = str.maketrans(pairs)
    else:
        table = str.maketrans({latin: other for other, latin in reversed(pairs.items())})
    other = word.translate(table)
    return "" if mixed(other) else other


# ---------------------------------------------------------------- what an address cannot be


def _faults(address: str) -> Iterator[tuple[rules.Rule, str, str]]:
    """Yield each rule that an address breaks, with what is wrong and what to do."""
    if not address:
        return
    again = "copy it again from the browser"
    for part in re.split(r"[/?&=#._%-]", address):
        if mixed(part) or (
            _OTHER.fullmatch(part[-1:]) and re.search(r"\.\w+$", address) and address.endswith(part) and _LATIN.search(address)
        ):
            letters = ", ".join(f"U+{ord(letter):04X}" for letter in dict.fromkeys(_OTHER.findall(part)))
            yield rules.ADDRESS_SCRIPT, f"the address '{address}' mixes scripts: {letters} looks like a Latin letter", again
            break
    if re.search(r"/(?:\.{3,}|…)(?:/|$)", address):
        yield rules.IMPOSSIBLE_ADDRESS, f"a part of the address '{address}' is left out", again
    if reason := _impossible_host(re.sub(r"^\w+://", "", address).split("/")[0].split("?")[0].split("#")[0]):
        yield rules.IMPOSSIBLE_ADDRESS, f"the address '{address}' cannot exist: {reason}", again


def _impossible_host(host: str) -> str:
    data = common()["addresses"]
    host = host.rsplit("@", 1)[-1].split(":")[0].lower().removeprefix("www.").rstrip(".")
    if not host or re.fullmatch(r"[\d.]+|\[.*", host):
        return ""
    end = host.rsplit(".", 1)[-1]
    if "." not in host and end not in data["reserved"]:
        return "its host has no ending"
    if end in data["reserved"] or host in data["placeholders"]:
        return f"'{host}' stands in examples only"
    if re.fullmatch(r"[a-z]{2}", end) and end not in _countries():
        return f"no country has the ending '.{end}'"
    return ""


@cache
def _countries() -> frozenset[str]:
    return frozenset(common()["addresses"]["countries"].split())
