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
from typing import Any

from shadowgen.counting import Mark, mark
from shadowgen.workspace import package_data, package_files


@dataclass(frozen=True, slots=True)
class Locale:
    """How one language words, dates, quotes, joins and counts; `script` is its ISO 15924 code."""

    language: str
    name: str
    direction: str
    script: str
    quotes: tuple[str, str, str, str]
    note_mark: str
    punctuation: Mapping[str, str]
    marks: Mapping[str, Mark]
    dates: Mapping[str, Any]
    joins: tuple[str, str] | None
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

    def label(self, key: str, number: object, gap: str = "\u00a0") -> str:
        """Return a word with its number where the language puts it: "Table 3", "3-кесте", "表3"."""
        before, after = around(self.words[key], gap)
        return f"{before}{number}{after}"

    def date(self, partial: str, patterns: Mapping[str, str] | None = None, months: Sequence[str] = ()) -> str:
        """Format "2014", "2014-07" or "2014-07-03"; with other patterns or names of months where a style of citation has its own."""
        parts = [int(part) for part in partial.split("-")] if partial else []
        if len(parts) < 2:
            return partial
        forms = patterns or self.dates
        pattern = forms.get("first", forms["day"]) if parts[2:] == [1] else forms["day" if len(parts) == 3 else "month"]
        if names := months or self.dates.get("months", ()):
            pattern = re.sub("M{3,4}", f"'{names[parts[1] - 1]}'", pattern)
        return _formatted(dt.date(parts[0], parts[1], parts[2] if len(parts) == 3 else 1), pattern, self.language)

    def number(self, value: float) -> str:
        """Print a number: "1,316", "0.8"."""
        from babel.numbers import format_decimal

        return format_decimal(value, locale=_babel(self.language))

    def join(self, items: Sequence[str]) -> str:
        """Join as running text does: "2, 3 and 26"."""
        if self.joins is None:
            from babel.lists import format_list

            return format_list(list(items), locale=_babel(self.language))
        between, last = self.joins
        return last.join(filter(None, (between.join(items[:-1]), *items[-1:])))

    def locator(self, kind: str, value: str, own: Mapping[str, tuple[str, str]] | None = None) -> str:
        """Format one locator: ("paragraph", "12-14") -> "paras. 12–14"; the empty kind is printed as it stands.

        `own` are the words of a style of citation; with an empty word the number stands alone.
        """
        ranged = _RANGE.sub(_range, value)
        if not kind:
            return ranged
        if " and " in ranged:
            ranged = self.join(re.split(r",\s*|\s+and\s+", ranged))
        conjunction = self.join(("1", "2"))[1:-1]
        many = bool(re.search("[–,;]", ranged)) or conjunction in ranged
        form = ((own or {}).get(kind) or self.locators[kind])[many]
        before, after = around(form) if form else ("", "")
        return f"{before}{ranged}{after}"

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


def around(form: str, gap: str = "\u00a0") -> tuple[str, str]:
    """Return what stands before and after a number in a form such as "第{number}段"; without a slot the number comes after the word."""
    before, slot, after = form.partition("{number}")
    return (before, after) if slot else (form + gap, "")


@cache
def _formatted(date: dt.date, pattern: str, language: str) -> str:
    from babel.dates import format_date

    return format_date(date, pattern, locale=_babel(language))


@cache
def _babel(language: str) -> Any:
    """Return what babel knows of a language: all of the tag, or as much of it as it knows; English where it knows nothing."""
    import babel

    for tag in _shorter(language):
        try:
            return babel.Locale.parse(tag, sep="-")
        except babel.UnknownLocaleError:
            continue
    return babel.Locale("en")


def _shorter(language: str) -> list[str]:
    """Return a language tag and what is left of it without its last parts: "kk-Latn-KZ", "kk-Latn", "kk"."""
    parts = language.split("-")
    return ["-".join(parts[:count]) for count in range(len(parts), 0, -1)]


@cache
def script_of(language: str) -> str:
    """Return the ISO 15924 code of the script that a language is written in: "Latn", "Cyrl", "Arab", "Hans"."""
    from babel.core import get_global

    if named := re.search(r"-([A-Z][a-z]{3})\b", language):
        return named[1]
    likely = get_global("likely_subtags")
    found = next((likely[tag.replace("-", "_")] for tag in _shorter(language) if tag.replace("-", "_") in likely), "en_Latn_US")
    return found.split("_")[1]


_RIGHT_TO_LEFT = frozenset({"Adlm", "Arab", "Hebr", "Mand", "Nkoo", "Rohg", "Syrc", "Thaa"})


def direction_of(language: str) -> str:
    """Return "rtl" for a language that is written from right to left, "ltr" for any other; it need not have a locale."""
    return "rtl" if script_of(language) in _RIGHT_TO_LEFT else "ltr"


def state_name(area: str, language: str) -> str:
    """Return the name of a State by its code of three letters (KAZ) in a language; empty if there is no such State."""
    from babel import Locale as Names
    from babel.core import get_global

    short = get_global("territory_aliases").get(area, [""])[0] if len(area) == 3 else ""
    return Names.parse(language).territories.get(short, "")


def languages() -> list[str]:
    """Return the languages that have a locale."""
    return [name.removesuffix(".yaml") for name in package_files("locales")]


def has_locale(language: str) -> bool:
    """True if a language has a locale, be it that of its base language."""
    return not set(_shorter(language)).isdisjoint(languages())


@cache
def locale(language: str) -> Locale:
    """Return the locale of a language, or of its base language; raises KeyError if there is none."""
    name = next((tag for tag in _shorter(language) if tag in languages()), "")
    if not name:
        raise KeyError(language)
    data = package_data("locales", f"{name}.yaml")
    first, last, inner_first, inner_last = data["quotes"]
    return Locale(
        language, data["name"], data["direction"], script_of(language), (first, last, inner_first, inner_last), data["note_mark"],
        data["punctuation"], {kind: mark(pattern) for kind, pattern in data["marks"].items()}, data["dates"],
        tuple(data["join"]) if "join" in data else None, {kind: (one, many) for kind, (one, many) in data["locators"].items()},
        data["signals"], data["words"], data.get("citing") or package_data("locales", "en.yaml")["citing"], data.get("alphabet", ""),
    )  # fmt: skip


_OPENS_AFTER = re.compile(r"[\s(\[{«“„‘\u00a0—–/-]$")
_STRAIGHT = re.compile("[\"']")
_DASHES = re.compile(r"(?<=\s)--(?=\s)")


def typographic(text: str, before: str, language: Locale) -> str:
    """Return text with the straight quotation marks of a typist made the language's own; `before` is the character before it."""
    if '"' not in text and "'" not in text and "--" not in text:
        return text
    out: list[str] = []
    outer = inner = False
    done = 0
    for match in _STRAIGHT.finditer(text):
        place = match.start()
        out.append(text[done:place])
        done = place + 1
        left = out[-1][-1:] or (out[-2][-1] if place else before)
        right = text[done : done + 1]
        close = bool(left) and _stands_close(left)
        opens = not left or bool(_OPENS_AFTER.match(left)) or (close and not (outer if match[0] == '"' else inner))
        if match[0] == '"':
            outer = opens and not right.isspace()
            out.append(language.quotes[0] if outer else language.quotes[1])
        elif opens:
            inner = True
            out.append(language.quotes[2])
        else:
            closes = inner and (close or not right.isalnum())
            inner = inner and not closes
            out.append(language.quotes[3] if closes else "’")
    return _DASHES.sub("–", "".join(out) + text[done:])


def _stands_close(char: str) -> bool:
    """True for a letter without case, as in Arabic and Chinese, and for wide punctuation: a quotation may open right after it."""
    return unicodedata.category(char) == "Lo" or unicodedata.east_asian_width(char) in "WF"
