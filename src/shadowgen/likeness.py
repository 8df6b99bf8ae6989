"""Whether two entries of a bibliography are one source, or look like one; whether two texts are alike. The only door to rapidfuzz.

Enters: the type and the fields of sources. Leaves: what identifies a source, and pairs that are alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote, urlsplit

TITLES_ALIKE, AUTHORS_ALIKE = 90, 70  # out of 100, of letters in common; two titles of ten words may differ in one
_TELLS_APART = (
    "number", "symbol", "registry", "communication", "paragraph", "code", "volume", "issue", "pages", "period", "court", "place",
    "recipient", "outlet", "edition",
)  # fmt: skip
Fields = Mapping[str, Any]


def identities(type: str, fields: Fields) -> dict[str, str]:
    """Return what names this source and no other: its address, symbol, register number; by the word for it."""
    found: dict[str, str] = {}
    symbol = str(fields.get("symbol", "")).replace(" ", "").lower()
    if type == "general-comment":
        found["number"] = f"{fields.get('treaty_body', 'CCPR')} {fields.get('number', '')}"
    elif type == "upr-recommendation":
        return {"paragraph": f"{symbol} {fields.get('paragraph', '')}"}
    if symbol and not (type == "general-comment" and symbol.startswith("hri/")):  # a compilation of many comments
        found["symbol"] = symbol
    if registry := str(fields.get("registry", "")):
        found["register number"] = registry.rstrip("_")
    if address := _address(str(fields.get("url", ""))):
        found["address"] = address
    return found


def _address(url: str) -> str:
    """Return an address without what does not tell pages apart; empty for the front page of a site."""
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return ""
    host = (parts.hostname or "").removeprefix("www.")
    query = "&".join(part for part in parts.query.split("&") if part and not part.startswith(("utm_", "fbclid=")))
    path = unquote(parts.path).rstrip("/")
    if host in ("docs.un.org", "undocs.org"):
        path = re.sub(r"^/(?:ar|en|es|fr|ru|zh)(?=/)", "", path)
    return f"{host}{path}{'?' if query else ''}{query}" if path or query else ""


def titles(fields: Fields) -> list[str]:
    """Return the title in each of its languages as words in order of the alphabet."""
    words = fields.get("title") or ""
    return [key for text in (words.values() if isinstance(words, Mapping) else [words]) if (key := _sorted_words(text))]


def _sorted_words(text: str) -> str:
    return " ".join(sorted(re.findall(r"\w+", text.lower())))


def _numbers(words: str) -> tuple[str, ...]:
    return tuple(re.findall(r"\d+|\b[ivx]+\b", words))


@dataclass(slots=True)
class Titles:
    """Sources by their titles, to find what looks like another one; titles with other numbers are never compared."""

    sources: dict[str, Fields] = field(default_factory=dict)
    groups: dict[tuple[str, ...], tuple[list[str], list[str]]] = field(default_factory=dict)

    def add(self, key: str, fields: Fields) -> None:
        """Take a source in."""
        self.sources[key] = fields
        for title in titles(fields):
            words, keys = self.groups.setdefault(_numbers(title), ([], []))
            words.append(title)
            keys.append(key)

    def alike(self, fields: Fields) -> list[str]:
        """Return the keys of the sources that look like this one: nearly the same title, and nothing that tells them apart."""
        from rapidfuzz import fuzz, process

        found: dict[str, None] = {}
        for title in titles(fields):
            words, keys = self.groups.get(_numbers(title), ([], []))
            for _, _, at in process.extract(title, words, scorer=fuzz.ratio, score_cutoff=TITLES_ALIKE, limit=None):
                if _may_be_one(fields, self.sources[keys[at]]):
                    found[keys[at]] = None
        return list(found)


def pairs_alike(sources: Mapping[str, Fields]) -> Iterator[tuple[str, str]]:
    """Yield each pair of keys whose sources look like one, the one that comes first in the mapping first."""
    index = Titles()
    for key, fields in sources.items():
        yield from ((other, key) for other in index.alike(fields))
        index.add(key, fields)


def _may_be_one(one: Fields, other: Fields) -> bool:
    from rapidfuzz import fuzz

    if any(one.get(name) and other.get(name) and one[name] != other[name] for name in _TELLS_APART):
        return False
    dates = str(one.get("date", "")), str(other.get("date", ""))
    if not (dates[0].startswith(dates[1]) or dates[1].startswith(dates[0])):
        return False
    authors = [_sorted_words(_flat(fields.get("author"))) for fields in (one, other)]
    return not all(authors) or fuzz.token_set_ratio(*authors) >= AUTHORS_ALIKE


def _flat(words: Any) -> str:
    return " ".join(words.values()) if isinstance(words, Mapping) else words or ""


def alike(words: str, others: str) -> float:
    """Return how alike two texts are, from 0 to 100, by the letters they have in common and in order."""
    from rapidfuzz import fuzz

    return float(fuzz.ratio(words, others))


def most_alike(words: str, known: Mapping[str, str], least: float) -> tuple[str, float] | None:
    """Return the name of the text most like `words` and how alike it is, or None if none reaches `least`."""
    from rapidfuzz import fuzz, process

    found = process.extractOne(words, known, scorer=fuzz.ratio, score_cutoff=least)
    return (str(found[2]), float(found[1])) if found else None


class Likeness:
    """Compares runs of words: each word becomes one sign, so that whole words are compared, in order, at the speed of letters."""

    def __init__(self) -> None:
        self.known: dict[str, str] = {}

    def signs(self, words: Iterable[str]) -> str:
        """Return words as signs, one for each."""
        return "".join(self.known.setdefault(word, chr(0x100 + len(self.known))) for word in words)

    def of(self, one: str, other: str, least: float) -> float:
        """Return the share of words that two runs have in common and in order, from 0 to 1; 0 below `least`."""
        from rapidfuzz.distance import Indel

        return float(Indel.normalized_similarity(one, other, score_cutoff=least))


def nearest_part(words: str, text: str) -> tuple[float, str]:
    """Return how alike some words are to the part of a text that is most like them, from 0 to 100, and that part."""
    from rapidfuzz import fuzz

    found = fuzz.partial_ratio_alignment(words, text)
    return (float(found.score), text[found.dest_start : found.dest_end]) if found else (0.0, "")
