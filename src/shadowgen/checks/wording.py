"""One way of writing: spelling, dates, the place of notes, and phrases that lead nowhere.

Each rule counts what a language of the library mostly does, or takes what the workspace chose, and tells the rest.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from shadowgen import rules
from shadowgen.checks.house import House, usual
from shadowgen.checks.passages import MARK, Passage, mended, offset_of, origin_at, place_of
from shadowgen.diagnostics import Diagnostic, Edit, Fix, Origin
from shadowgen.library import Library
from shadowgen.nodes import Annotation, Cite, CrossRef, SameNote

Found = tuple[Passage, int, int, str, str]  # a passage, from where to where, the form found, the words that the other form would have


def check_wording(library: Library, house: House, passages: list[Passage]) -> Iterator[Diagnostic]:
    """Check the passages of one language."""
    own = [one for one in passages if one.kind != "quote"]
    if spelling := house.get("spelling"):
        yield from _spelling(library, own, spelling, house["choice"])
    if dates := house.get("dates"):
        yield from _dates(library, own, dates, house["choice"])
    yield from _calls(library, own, house.get("choice", {}))
    if phrases := house.get("vague"):
        yield from _vague(library, own, re.compile(rf"(?<!\w)(?:{'|'.join(phrases)})(?!\w)", re.IGNORECASE))


# ---------------------------------------------------------------- spelling


def _spelling(library: Library, passages: list[Passage], data: Mapping[str, Any], choice: Mapping[str, str]) -> Iterator[Diagnostic]:
    """Count by whole words first: a library has far fewer forms than words."""
    words = re.compile(r"[a-z]{4,}")
    forms = Counter(form for one in passages for form in words.findall(one.own))
    for axis, styles in (("letters", _letters(data["letters"])), ("words", _families(data["words"]))):
        known = {form: style for form in forms if (style := _style(form, styles))}
        counts = Counter(dict.fromkeys(data[axis]["between"], 0))
        for form, (side, _) in known.items():
            counts[side] += forms[form]
        right, sure = usual(counts, data[axis]["between"], choice.get(axis, ""))
        wrong = {form: other for form, (side, other) in known.items() if side != right}
        for one, start, end, form, other in _standing(passages, wrong, words):
            message = (
                f"'{form}' where the library mostly writes as in '{other}'" if not choice.get(axis) else f"'{form}' is not spelt as chosen"
            )
            yield mended(rules.MIXED_SPELLING, library, one, (start, end), message, other, _always(other) if sure else None)


def _standing(passages: list[Passage], wrong: Mapping[str, str], words: re.Pattern[str]) -> Iterator[Found]:
    """Yield each place of some forms, each a whole word without capitals."""
    for one in passages if wrong else ():
        own = one.own
        if not wrong.keys().isdisjoint(words.findall(own)):
            for match in re.finditer(r"(?<![\w@./-])[a-z]{4,}(?![\w@/])", own):
                if match[0] in wrong:
                    yield one, match.start(), match.end(), match[0], wrong[match[0]]


def _always(other: str) -> Callable[[str], str]:
    return lambda _: other


Styles = list[tuple[re.Pattern[str], dict[str, tuple[str, str]]]]


def _style(form: str, styles: Styles) -> tuple[str, str] | None:
    """Return on which side a form stands, and what it would be on the other."""
    for pattern, sides in styles:
        if match := pattern.fullmatch(form):
            side, other = sides[match["letters"]]
            return side, f"{match['root']}{other}{match['ending']}"
    return None


def _letters(data: Mapping[str, Any]) -> Styles:
    sides = {"is": (data["between"][0], "iz"), "iz": (data["between"][1], "is")}
    roots = rf"(?:de|dis|re|un)?(?:{'|'.join(data['roots'])})"
    return [(re.compile(rf"(?P<root>{roots})(?P<letters>i[sz])(?P<ending>{'|'.join(data['endings'])})"), sides)]


def _families(data: Mapping[str, Any]) -> Styles:
    one, other = data["between"]
    styles = []
    for family in data["families"]:
        first, second = family["letters"]
        pattern = rf"(?P<root>{'|'.join(family['roots'])})(?P<letters>{first}|{second})(?P<ending>{'|'.join(family['endings'])})"
        styles.append((re.compile(pattern), {first: (one, second), second: (other, first)}))
    return styles


# ---------------------------------------------------------------- dates


@dataclass(frozen=True, slots=True)
class _Form:
    """One way of writing dates."""

    name: str
    pattern: re.Pattern[str]
    template: str


def _dates(library: Library, passages: list[Passage], data: Mapping[str, Any], choice: Mapping[str, str]) -> Iterator[Diagnostic]:
    forms = date_forms(tuple(data["months"]), tuple(data["forms"].items()), tuple(data.get("ordinals", ())))
    found: list[tuple[Passage, tuple[int, int], str, dt.date]] = []
    for one in passages:
        if re.search(r"\d{4}", one.text):
            own = one.own
            found += [(one, match.span(), form.name, day) for form in forms for match, day in _read(form, own, data["months"])]
    counts = Counter(name for *_, name, _ in found)
    right, sure = usual(counts, [form.name for form in forms], choice.get("dates", ""))
    template = data["forms"].get(right, "")
    for one, span, name, day in found:
        if name != right and template:
            other = _written(template, day, data)
            words = one.text[slice(*span)]
            message = f"'{words}' where the library mostly writes '{other}'"
            yield mended(rules.MIXED_DATES, library, one, span, message, other, _always(other) if sure else None)


@cache
def date_forms(months: tuple[str, ...], forms: tuple[tuple[str, str], ...], ordinals: tuple[str, ...]) -> list[_Form]:
    """Return the ways of writing dates of a language."""
    slots = {
        "day": r"(?P<day>\d{1,2})", "dd": r"(?P<day>\d{1,2})", "mm": r"(?P<mm>\d{1,2})", "year": r"(?P<year>(?:19|20)\d\d)",
        "month": rf"(?P<month>(?i:{'|'.join(months)}))", "ordinal": rf"(?:{'|'.join(ordinals) or '-'})",
    }  # fmt: skip
    made = []
    for name, template in forms:
        pattern = re.sub(r"\\{(\w+)\\}", lambda slot: slots[slot[1]], re.escape(template).replace(r"\ ", r"\s+"))
        made.append(_Form(name, re.compile(rf"(?<![\w./-]){pattern}(?![\w/-]|\.\d)"), template))
    return made


def _read(form: _Form, text: str, months: list[str]) -> Iterator[tuple[re.Match[str], dt.date]]:
    for match in form.pattern.finditer(text):
        found = match.groupdict()
        number = int(found["mm"]) if found.get("mm") else [one.lower() for one in months].index(found["month"].lower()) + 1
        try:
            yield match, dt.date(int(found["year"]), number, int(found["day"]))
        except ValueError:
            continue  # the 31st of June is a typing error, but which?


def _written(template: str, day: dt.date, data: House) -> str:
    st, nd, rd, th = data.get("ordinals") or [""] * 4
    ordinal = th if day.day in (11, 12, 13) else {1: st, 2: nd, 3: rd}.get(day.day % 10, th)
    month = data["months"][day.month - 1]
    return template.format(day=day.day, month=month, year=day.year, dd=f"{day.day:02}", mm=f"{day.month:02}", ordinal=ordinal)


def dates_in(text: str, data: Mapping[str, Any]) -> list[dt.date]:
    """Return the dates of a text, however they are written."""
    forms = date_forms(tuple(data["months"]), tuple(data["forms"].items()), tuple(data.get("ordinals", ())))
    return [day for form in forms for _, day in _read(form, text, data["months"])]


# ---------------------------------------------------------------- the place of notes

_BEFORE = re.compile(rf"\s*{MARK}+(?:\s*{MARK})*(?=[.,;:])")
_AFTER = re.compile(rf"(?<=\w)(?P<stop>[”»\"’)]*[.,;:][”»\"’]*)(?P<blank>\s*)(?P<calls>{MARK}+)(?=\s|$)")


def _calls(library: Library, passages: list[Passage], choice: Mapping[str, str]) -> Iterator[Diagnostic]:
    """Report calls on the other side of the punctuation than most."""
    found: dict[str, list[tuple[Passage, Any]]] = {"before": [], "after": []}
    for one in passages:
        if one.kind == "note" or MARK not in one.text:
            continue
        for side, pattern in (("before", _BEFORE), ("after", _AFTER)):
            for match in pattern.finditer(one.text):
                place = one.text.find(MARK, match.start())
                mark = one.marks[one.text.count(MARK, 0, place)]
                if isinstance(mark, Cite | Annotation | SameNote):
                    found[side].append((one, mark))
    right, sure = usual({side: len(calls) for side, calls in found.items()}, found, choice.get("calls", ""))
    for side, calls in found.items():
        for one, mark in calls if side != right else ():
            origin = mark.origin or one.origin
            fix = _moved(library.texts.get(origin.file, ""), origin, right) if sure else None
            message = f"the note is called {side} the punctuation, mostly it is called {right} it"
            yield rules.NOTE_POSITION.at(origin, message, f"write {_SHOWN[right]}", fix)


def _moved(text: str, origin: Origin, right: str) -> Fix | None:
    """Return the fix that carries a call to the other side of the punctuation; None where the file does not show it plainly."""
    at = offset_of(text, origin)
    start = next((place for place in (at, at - 1, at - 2) if text[place : place + 2] in ("[@", "^[")), text.rfind("[", max(at - 40, 0), at))
    end = _closing(text, start) if start > 0 else 0
    before, after = re.search(r"[.,;:]\s?$", text[max(start - 2, 0) : start]), re.match("[.,;:](?=\\s)", text[end:])
    if not end or not (before if right == "before" else after):
        return None
    call = text[start:end]
    if right == "before":
        gap = " " if call.startswith("[") else ""
        return Fix((Edit(origin_at(text, origin.file, start - len(before[0])), f"{before[0]}{call}", f"{gap}{call}{before[0].strip()}"),))  # type: ignore[index]
    lead = re.search(" *$", text[max(start - 4, 0) : start])[0]  # type: ignore[index]
    return Fix((Edit(origin_at(text, origin.file, start - len(lead)), f"{lead}{call}{after[0]}", f"{after[0]}{call}"),))  # type: ignore[index]


def _closing(text: str, start: int) -> int:
    """Return where the brackets close that open at or right after a place, or 0."""
    depth = 0
    for place in range(text.find("[", start), min(len(text), start + 4000)):
        depth += (text[place] == "[") - (text[place] == "]")
        if depth == 0:
            return place + 1
    return 0


_SHOWN = {"before": "'... was refused [@key].'", "after": "'... was refused.[@key]'"}


# ---------------------------------------------------------------- phrases


def _vague(library: Library, passages: list[Passage], pattern: re.Pattern[str]) -> Iterator[Diagnostic]:
    for one in passages:
        for match in pattern.finditer(one.own):
            if _is_led(one, match.end()):
                continue
            origin, _ = place_of(library, one, *match.span())
            yield rules.VAGUE_REFERENCE.at(
                origin, f"'{match[0].strip()}' does not say where", "name the matter, or write a reference such as [#id, paras]"
            )


def _is_led(one: Passage, end: int) -> bool:
    """True if a cross-reference follows in the same sentence."""
    rest = re.split(r"[.;](?:\s|$)", one.text[end : end + 300], maxsplit=1)[0]
    first = one.text.count(MARK, 0, end)
    return any(isinstance(mark, CrossRef) for mark in one.marks[first : first + rest.count(MARK)])
