"""Words, dates, lists and quotation marks of a language. The only door to babel.

Enters: `data/locales/<language>.yaml`. Leaves: a `Locale`.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from shadowgen.workspace import package_data, package_files


@dataclass(frozen=True, slots=True)
class Locale:
    """How one language words, dates, quotes and joins."""

    language: str
    name: str
    direction: str
    quotes: tuple[str, str, str, str]
    note_mark: str
    date_patterns: Mapping[str, str]
    locators: Mapping[str, tuple[str, str]]
    signals: Mapping[str, str]
    words: Mapping[str, str]
    citing: Mapping[str, str]
    alphabet: str

    def signal(self, words: str) -> str:
        """Return the words before a source in this language: "see also" -> "см. также"; other words stay as they are."""
        return self.signals.get(words.lower(), words)

    def word(self, key: str, **values: str) -> str:
        """Return the word for `key` with its slots filled; raises KeyError for an unknown key."""
        return self.words[key].format(**values)

    def date(self, partial: str, patterns: Mapping[str, str] | None = None, months: Sequence[str] = ()) -> str:
        """Format "2014", "2014-07" or "2014-07-03"; with other patterns or names of months where a style of citation has its own."""
        parts = [int(part) for part in partial.split("-")] if partial else []
        if len(parts) < 2:
            return partial
        pattern = (patterns or self.date_patterns)["day" if len(parts) == 3 else "month"]
        if months:
            pattern = re.sub("M{3,4}", f"'{months[parts[1] - 1]}'", pattern)
        return _formatted(dt.date(parts[0], parts[1], parts[2] if len(parts) == 3 else 1), pattern, self.language)

    def number(self, value: float) -> str:
        """Print a number: "1,316", "0.8"."""
        from babel.numbers import format_decimal

        return format_decimal(value, locale=self.language.replace("-", "_"))

    def join(self, items: Sequence[str]) -> str:
        """Join as running text does: "2, 3 and 26"."""
        from babel.lists import format_list

        joined = format_list(list(items), locale=self.language)
        return joined.replace(", and ", " and ") if self.language == "en" else joined

    def locator(self, kind: str, value: str, own: Mapping[str, tuple[str, str]] | None = None) -> str:
        """Format one locator: ("paragraph", "12-14") -> "paras. 12–14"; the empty kind is printed as it stands.

        `own` are the words of a style of citation; with an empty word the number stands alone.
        """
        ranged = _RANGE.sub(_range, value)
        if not kind:
            return ranged
        if " and " in ranged:
            ranged = self.join(re.split(r",\s*|\s+and\s+", ranged))
        one, many = (own or {}).get(kind) or self.locators[kind]
        word = many if re.search(r"[–,;]| and | и | et | y ", ranged) else one
        return f"{word}\u00a0{ranged}" if word else ranged

    def sort_key(self, text: str) -> tuple[list[tuple[int, str]], str]:
        """Return a key that sorts words in this language's alphabet: its own letters first, accents and case of other letters apart."""
        letters = [one for one in text.casefold() if one.isalnum() or one == " "]
        places = {letter: place for place, letter in enumerate(self.alphabet)}
        plain = [one if one in places else unicodedata.normalize("NFKD", one)[0] for one in letters]
        return [(places.get(one, len(places)), one) for one in plain], text

    def quoted(self, text: str) -> str:
        """Put text between the language's outer quotation marks."""
        return f"{self.quotes[0]}{text}{self.quotes[1]}"


# of whole or decimal numbers; "174-1" is no range but an article that was inserted after article 174
_RANGE = re.compile(r"(\d+(?:\.\d+)*)\s*-\s*(\d+(?:\.\d+)*)")


def _range(match: re.Match[str]) -> str:
    first, last = ([int(part) for part in end.split(".")] for end in match.groups())
    return f"{match[1]}–{match[2]}" if first < last else match[0]


@cache
def _formatted(date: dt.date, pattern: str, language: str) -> str:
    from babel.dates import format_date

    return format_date(date, pattern, locale=language)


def state_name(area: str, language: str) -> str:
    """Return the name of a State by its code of three letters (KAZ) in a language; empty if there is no such State."""
    from babel import Locale as Names
    from babel.core import get_global

    short = get_global("territory_aliases").get(area, [""])[0] if len(area) == 3 else ""
    return Names.parse(language).territories.get(short, "")


def languages() -> list[str]:
    """Return the languages that have a locale."""
    return [name.removesuffix(".yaml") for name in package_files("locales")]


_RIGHT_TO_LEFT = frozenset(["ar", "ckb", "dv", "fa", "he", "ku-Arab", "ps", "sd", "ug", "ur", "yi"])


def direction(language: str) -> str:
    """Return the direction in which a language is written, "ltr" or "rtl"; it needs no locale."""
    return "rtl" if _RIGHT_TO_LEFT & {language, language.split("-")[0]} else "ltr"


@cache
def locale(language: str) -> Locale:
    """Return the locale of a language, or of its base language; raises KeyError if there is none."""
    base = language.split("-")[0]
    if base not in languages():
        raise KeyError(language)
    data = package_data("locales", f"{base}.yaml")
    locators = {kind: (one, many) for kind, (one, many) in data["locators"].items()}
    first, last, inner_first, inner_last = data["quotes"]
    return Locale(
        language, data["name"], data["direction"], (first, last, inner_first, inner_last), data["note_mark"],
        data["dates"], locators, data["signals"], data["words"], data.get("citing") or package_data("locales", "en.yaml")["citing"],
        data.get("alphabet", ""),
    )  # fmt: skip


_OPENS_AFTER = re.compile(r"[\s(\[{«“„‘\u00a0—–/-]$")
_STRAIGHT = re.compile("[\"']")
_DASHES = re.compile(r"(?<=\s)--(?=\s)")


def typographic(text: str, before: str, language: Locale) -> str:
    """Return text with the straight quotation marks of a typist made the language's own; `before` is the character before it."""
    if '"' not in text and "'" not in text and "--" not in text:
        return text
    out: list[str] = []
    inner, done = False, 0
    for match in _STRAIGHT.finditer(text):
        place = match.start()
        out.append(text[done:place])
        done = place + 1
        left = out[-1][-1:] or (out[-2][-1] if place else before)
        right = text[done : done + 1]
        opens = not left or bool(_OPENS_AFTER.match(left))
        if match[0] == '"':
            out.append(language.quotes[0] if opens and not right.isspace() else language.quotes[1])
        elif opens:
            inner = True
            out.append(language.quotes[2])
        else:
            closes = inner and not right.isalnum()
            inner = inner and not closes
            out.append(language.quotes[3] if closes else "’")
    return _DASHES.sub("–", "".join(out) + text[done:])
