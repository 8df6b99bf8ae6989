"""One entry of another program's bibliography, in the terms of the Citation Style Language; its words, names and dates made plain.

Enters: what a format holds, still in its own way of writing. Leaves: an `Item`.
"""

from __future__ import annotations

import datetime as dt
import html
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from shadowgen.diagnostics import Origin
from shadowgen.workspace import package_data
from shadowgen.yamlfile import without_hidden

MAX_WORDS = 5_000  # characters; a title or a list of authors that is longer is a mistake of the export


@dataclass(frozen=True, slots=True)
class Item:
    """An entry in the terms of CSL: its type, its variables as text (dates as 2014-07-03), and what we have no place for.

    `surname` is the first author's, for a key. `own` is what an export of ours kept for us beside the variables.
    """

    origin: Origin
    type: str
    values: Mapping[str, str]
    key: str = ""
    surname: str = ""
    left_out: tuple[str, ...] = ()
    own: Mapping[str, Any] = field(default_factory=dict)


def terms() -> Any:
    """Return the tables of `data/bibliography.yaml`."""
    return package_data("", "bibliography.yaml")


_MARKUP = re.compile(r"</?(?:i|b|em|strong|sub|sup|sc|span|p)(?:\s[^<>]*)?/?>", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:[a-zA-Z]{2,8}|#\d{1,6}|#x[0-9a-fA-F]{1,5});")
_CONFIDENCE = re.compile(r"\{(?=\s*(?:internal|committee)\b)")


def plain(text: str) -> str:
    """Return words on one line, without markup and without characters that nobody can see; Cyrillic and Kazakh letters stay."""
    text = _ENTITY.sub(lambda match: html.unescape(match[0]), _MARKUP.sub("", text[: 2 * MAX_WORDS]))
    text = without_hidden(unicodedata.normalize("NFC", " ".join(text.split())))
    return _CONFIDENCE.sub("(", text)[:MAX_WORDS].strip()


# ---------------------------------------------------------------- names


@dataclass(frozen=True, slots=True)
class Name:
    """A person (family name and the names before it) or an institution (family name alone)."""

    family: str
    given: str = ""

    def __str__(self) -> str:
        return f"{self.given} {self.family}".strip()


def name_of(text: str) -> Name:
    """Read "Last, First" or "Last, Jr, First"; words without a comma are one name as they stand."""
    family, *given = (part.strip() for part in plain(text).split(","))
    suffix = next((part for part in given if re.fullmatch(r"(?:[JS]r|I{1,3}|IV)\.?", part)), "") if len(given) == 2 else ""
    if suffix:
        given.remove(suffix)
        return Name(f"{family} {suffix}", given[0])
    return Name(family, " ".join(part for part in given if part))


def joined(names: Sequence[Name]) -> str:
    """Join names as a note prints them: "A. Author, B. Author and C. Author"; in Russian with "и"."""
    words = [str(name) for name in names if str(name)]
    if len(words) < 2:
        return "".join(words)
    last = "и" if re.search("[а-яё]", words[-1].lower()) else "and"
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


# ---------------------------------------------------------------- dates, languages, addresses


def date_of(text: str) -> tuple[str, bool]:
    """Return the first date in words of any form as 2014, 2014-07 or 2014-07-03 (or ""), and True if a range loses its end."""
    first, *rest = re.split(r"\s*(?:/(?=\d{4})|--|–|\s-\s|(?<=\d{4})-(?=\d{4}\b))\s*", without_hidden(text).strip(), maxsplit=1)
    end = rest[0] if rest else ""
    found = _date(first) or _date(end)
    return found, bool(end and _date(end) and _date(end) != found)


_NUMERIC = (
    re.compile(r"(?P<y>\d{4})(?:[-/.](?P<m>\d{1,2})(?:[-/.](?P<d>\d{1,2}))?)?(?!\d)"),
    re.compile(r"(?P<d>\d{1,2})\.(?P<m>\d{1,2})\.(?P<y>\d{4})"),
)


def _date(text: str) -> str:
    text = text.strip()
    for pattern in _NUMERIC:
        if match := pattern.match(text):
            parts = [int(part) for part in (match["y"], match["m"], match["d"]) if part]
            if len(parts) == 1 and _month(text[4:]):
                break
            return partial(*parts)
    year = re.search(r"(?<!\d)(1[5-9]|20)\d\d(?!\d)", text)
    if not year:
        return ""
    around = text.replace(year[0], " ", 1)
    month, day = _month(around), re.search(r"(?<!\d)\d{1,2}(?!\d)", around)
    return partial(int(year[0]), *([month] if month else []), *([int(day[0])] if month and day else []))


def _month(text: str) -> int | None:
    for word in re.findall(r"[^\W\d_]{3,}", text.lower()):
        for number, beginnings in terms()["months"].items():
            if word.startswith(tuple(beginnings)):
                return int(number)
    return None


def month_number(text: str) -> int | None:
    """Return the number of a month written as "7", "jul" or "July"."""
    return int(text) if text.strip().isdecimal() and 1 <= int(text) <= 12 else _month(text)


def partial(year: int, month: int = 0, day: int = 0) -> str:
    """Return a date as far as it exists: 31 February is February."""
    for parts in ((year, month, day), (year, month), (year,)):
        try:
            dt.date(*(*parts, 1, 1)[:3])
        except ValueError:
            continue
        return "-".join([f"{parts[0]:04d}", *(f"{part:02d}" for part in parts[1:])])
    return ""


def language_of(text: str) -> str:
    """Return the code of a language given as a code or as a name ("russian", "ngerman"); empty if it is not known."""
    words = text.strip().replace("_", "-")
    if match := re.fullmatch(r"([a-zA-Z]{2})(?:-([A-Za-z]{4}))?(?:-([A-Za-z]{2}))?", words):
        parts = (match[1].lower(), (match[2] or "").title(), (match[3] or "").upper())
        return "-".join(part for part in parts if part)
    return terms()["languages"].get(words.lower(), "")


def link_of(text: str) -> str:
    """Return a web address that a source may hold, or an empty string."""
    address = without_hidden(text).strip().strip("<>")
    if address.lower().startswith("www."):
        address = f"http://{address}"
    address = address.replace(" ", "%20").replace('"', "%22")
    try:
        host = urlsplit(address).hostname
    except ValueError:
        return ""
    return address if host and re.fullmatch(r"https?://[^\s<>\"]{3,2000}", address) else ""


def host_of(address: str) -> str:
    """Return the host of an address that `link_of` let through, without www; empty for an empty address."""
    return (urlsplit(address).hostname or "").removeprefix("www.")
