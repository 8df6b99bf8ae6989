"""What a claim rests on: that the text and the source it cites agree, that a citation leads to a paragraph, that a figure has a source."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from typing import Any

from shadowgen import rules
from shadowgen.catalogue import parse_symbol
from shadowgen.checks.house import House
from shadowgen.checks.passages import MARK, Passage, is_sourced, place_of
from shadowgen.checks.wording import dates_in
from shadowgen.diagnostics import Diagnostic
from shadowgen.library import Library
from shadowgen.nodes import Annotation, Cite, CiteItem, plain_text
from shadowgen.records import CommitmentDocument, Source

_WITH_PARAGRAPHS = {"general-comment": "general comment", "views": "Views"}


def check_evidence(library: Library, house: House, passages: list[Passage]) -> Iterator[Diagnostic]:
    """Check the passages of one language."""
    for one in passages:
        if one.marks:
            yield from _locators(library, one, house)
            yield from _acts(library, one, house)
        if one.kind == "note" and (needs := house.get("locators")):
            yield from _typed_locators(library, one, needs)
        if pages := house.get("state_report_pages"):
            yield from _typed_pages(library, one, pages)
    if figures := house.get("figures"):
        yield from _figures(library, passages, figures)


def check_commitments(library: Library) -> Iterator[Diagnostic]:
    """Report documents whose paragraphs have no numbers."""
    for document in library.commitments.values():
        if document.kind in ("concluding-observations", "list-of-issues", "upr"):
            yield from _numberless(document)


def _numberless(document: CommitmentDocument) -> Iterator[Diagnostic]:
    without = [one for one in document.paragraphs if not one.number]
    if without:
        more = f" and of {len(without) - 1} others" if len(without) > 1 else ""
        message = f"the paragraph number of '{without[0].id}'{more} in '{document.id}' is not known"
        yield rules.NO_LOCATOR.at(without[0].origin, message, "give each paragraph its 'number'")


# ---------------------------------------------------------------- locators


def _locators(library: Library, one: Passage, house: House) -> Iterator[Diagnostic]:
    """Report general comments without a paragraph, and Views in a sentence that says what they say; a sentence on their fate means them whole."""
    said = house["locators"]["said"] if "locators" in house else []
    reports = re.compile(rf"[“«\"]|(?<!\w)(?:{'|'.join(said)})(?!\w)", re.IGNORECASE)
    for mark, before in _called(one):
        for item in mark.items if isinstance(mark, Cite) else ():
            source = library.sources.get(item.key)
            if source and not item.locators and source.type in _WITH_PARAGRAPHS:
                kind = _WITH_PARAGRAPHS[source.type]
                if kind != "Views" or (said and reports.search(before)):
                    yield rules.NO_LOCATOR.at(
                        item.origin, f"'{item.key}' ({kind}) is cited without a paragraph", f"write [@{item.key}, para. 1]"
                    )
            if source:
                yield from _pages(item, source)


_SENTENCE = re.compile(r"(?<=[a-z)”»\"][.;!?])\s+(?=[A-ZА-ЯЁ“«])")


def _called(one: Passage) -> Iterator[tuple[Any, str]]:
    """Yield each mark of a passage with the words of its sentence before it, back to the mark before."""
    at = -1
    for mark in one.marks:
        start, at = at + 1, one.text.find(MARK, at + 1)
        yield mark, _SENTENCE.split(one.text[start:at])[-1]


def _pages(item: CiteItem, source: Source) -> Iterator[Diagnostic]:
    symbol = parse_symbol(str(source.fields.get("symbol", "")))
    if symbol and symbol.kind in ("state-report", "replies") and any(kind == "page" for kind, _ in item.locators):
        yield rules.PAGE_OF_STATE_REPORT.at(item.origin, f"'{item.key}' ({symbol.text}) is cited by page", "cite its paragraph: para. 12")


def _typed_locators(library: Library, one: Passage, data: Mapping[str, Any]) -> Iterator[Diagnostic]:
    needs = re.compile(rf"(?:{'|'.join(data['needs'])})\.?\s?\d+", re.IGNORECASE)
    if (match := needs.search(one.text)) and not re.search("|".join(data["kinds"]), one.text[match.end() :], re.IGNORECASE):
        origin, _ = place_of(library, one, *match.span())
        yield rules.NO_LOCATOR.at(
            origin, f"'{match[0]}' is cited without a paragraph", "cite it through the bibliography, with its paragraph"
        )


_SYMBOL = re.compile(r"\b(?:CCPR|CAT|CEDAW|CERD|CRC|CRPD|CMW|CED|E)/[A-Z0-9][A-Za-z0-9./-]*[A-Za-z0-9]")


def _typed_pages(library: Library, one: Passage, pages: list[str]) -> Iterator[Diagnostic]:
    for match in _SYMBOL.finditer(one.text):
        symbol = parse_symbol(match[0])
        after = re.compile(rf"[^.;]{{0,30}}?({'|'.join(pages)})", re.IGNORECASE).match(one.text, match.end())
        if symbol and symbol.kind in ("state-report", "replies") and after:
            origin, _ = place_of(library, one, *match.span())
            yield rules.PAGE_OF_STATE_REPORT.at(origin, f"{match[0]} is cited by page: {after[1]}", "cite its paragraph: para. 12")


# ---------------------------------------------------------------- one act, said twice


def _acts(library: Library, one: Passage, house: House) -> Iterator[Diagnostic]:
    """Compare what a sentence says of an act with the source that it cites right after."""
    for mark, before in _called(one) if "acts" in house and "dates" in house else ():
        for message in _disagreements(before, mark, library, house) if before.strip() else ():
            yield rules.ACT_MISMATCH.at(
                getattr(mark, "origin", None) or one.origin, message, "look the act up, and correct the one that is wrong"
            )


def _disagreements(text: str, mark: Any, library: Library, house: House) -> Iterator[str]:
    if isinstance(mark, Annotation):
        note = plain_text(mark.children)
        dates, numbers = dates_in(note, house["dates"]), _numbers(note, house)
        if len(dates) == 1 and len(numbers) == 1:
            yield from _differ(text, dates, numbers, "its note", house)
    elif isinstance(mark, Cite):
        for source in filter(None, (library.sources.get(item.key) for item in mark.items)):
            if source.type == "general-comment":
                yield from _other_comment(text, source, house)
            elif len(str(source.fields.get("date", ""))) == 10:
                dates = [dt.date.fromisoformat(str(source.fields[name])) for name in ("date", "amended", "in_force")
                         if len(str(source.fields.get(name, ""))) == 10]  # fmt: skip
                yield from _differ(text, dates, _numbers(f"No. {source.fields.get('number', '')}", house), f"'{source.key}'", house)


def _differ(text: str, dates: list[dt.date], numbers: set[str], name: str, house: House) -> Iterator[str]:
    """Tell what differs where the text and the source have the number or the day in common."""
    said, own = dates_in(text, house["dates"]), _numbers(text, house)
    if any(day in dates for day in said):
        if own and numbers and len(own) == 1 and not own & numbers and len(said) == 1:
            yield f"the text says No. {min(own)}, {name} of the same day No. {min(numbers)}"
        return
    for day in said:
        if own & numbers and len(said) == 1:
            yield f"the text says {day} for No. {min(own & numbers)}, {name} says {dates[0]}"
        elif any((day.month, day.day) == (other.month, other.day) and abs(day.year - other.year) < 10 for other in dates[:1]):
            yield f"the text says {day}, {name} says {dates[0]}"


def _numbers(text: str, house: House) -> set[str]:
    return set(re.findall(house["acts"]["number"], text))


def _other_comment(text: str, source: Source, house: House) -> Iterator[str]:
    said = set(re.findall(house["acts"]["comment"], text, re.IGNORECASE))
    number = str(source.fields.get("number", ""))
    if said and number not in said:
        yield f"the text says general comment No. {min(said)}, '{source.key}' is No. {number}"


# ---------------------------------------------------------------- figures


def _figures(library: Library, passages: list[Passage], data: Mapping[str, Any]) -> Iterator[Diagnostic]:
    """Report the first figure of each paragraph that claims one without a source; front matter says again what the findings say."""
    pattern = _claims(data)
    demands = re.compile(rf"(?<!\w)(?:{'|'.join(data['demanded'])})(?!\w)", re.IGNORECASE)
    for one in passages:
        if one.kind not in ("text", "item", "box") or one.covered or is_sourced(one) or (one.section and one.section.folder == "matter"):
            continue
        claims = (
            match
            for match in pattern.finditer(one.own)
            if one.own[: match.start()][-1:] != "+" and not demands.search(_sentence(one.own, match.start()))  # a telephone number
        )
        if match := next(claims, None):
            origin, _ = place_of(library, one, *match.span())
            yield rules.UNSOURCED_FIGURE.at(
                origin, f"'{' '.join(match[0].split())}' is claimed without a source", "cite the source in this paragraph"
            )


def _sentence(text: str, at: int) -> str:
    """Return the sentence that holds a place."""
    return _SENTENCE.split(text[max(at - 600, 0) : at])[-1] + _SENTENCE.split(text[at : at + 600])[0]


def _claims(data: Mapping[str, Any]) -> re.Pattern[str]:
    number = r"(?<!\d)\d+(?:[., ]\d{3})*(?:[.,]\d+)?"
    scale, but = "|".join(data["scales"]), "|".join(data["but"])
    counted = "|".join(data["counted"])
    share = rf"{number}\s?(?:{'|'.join(data['shares'])})(?!\w)"
    count = rf"(?<![\w./-]){number}(?:\s(?:{scale}))?\s(?:(?!(?:of|{but})\b)[a-z-]+\s){{0,2}}(?:{counted})(?!\w)"
    large = rf"(?<![\w./$€-])(?:\d{{1,3}}(?:[, ]\d{{3}})+|{number}\s(?:{scale}))(?!\s?(?:{but})\b|[\w/])"
    fraction = rf"(?<!\w)(?:{'|'.join(data['fractions'])})(?!\w)"
    money = r"(?<!KZT )(?<!US\$)(?<!USD )(?<!EUR )(?<!Euro )(?<!euro )(?<!US\$ )"
    return re.compile(rf"{share}|{money}(?:{count}|{large})|{fraction}", re.IGNORECASE)
