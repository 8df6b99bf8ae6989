"""Find the calls of notes in a text that lost its small raised figures: "the Treaties of 1969,1 in particular".

Among all numbers that could be calls, the heaviest chain that counts upwards is taken: no single rule can tell a call from
another number, but calls come in order and other numbers do not.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from shadowgen.readers.textlines import Line


@dataclass(frozen=True, slots=True)
class Call:
    """A call of a note: the line (its place in the list), where its figures begin and end, its number."""

    row: int
    start: int
    end: int
    number: int
    weight: float


_DIGITS = re.compile(r"\d+")
_LABEL = re.compile(r"(?:\b(?:No|Nos|art|arts|p|pp|para|paras|n|vol|ed|§)\.?|#|№)\s?$", re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)\d\d")
_COUNTED = re.compile(
    r"(?:Article|Articles|Paragraph|Paragraphs|Part|Parts|Section|Chapter|Resolution|Rule|Form|Annex|Box|Table|January|February|March"
    r"|April|May|June|July|August|September|October|November|December)$"
)
_STEPS, _MISSING = 5, 0.35


def find_calls(lines: list[Line], largest: int = 999) -> list[Call]:
    """Return the chain of calls in the lines, in order; each number at most once."""
    best: dict[int, tuple[float, Call, object]] = {}
    for row, line in enumerate(lines):
        for call in _candidates(row, line.text):
            if call.number > largest:
                continue
            before = [best[number] for number in range(call.number - _STEPS, call.number) if number in best]
            options = [(link[0] - _MISSING * (call.number - link[1].number - 1), link) for link in before if link[1].row <= row]
            if call.number <= _STEPS:
                options.append((-_MISSING * (call.number - 1), None))
            if not options:
                continue
            score, link = max(options, key=lambda option: option[0])
            if call.number not in best or score + call.weight > best[call.number][0]:
                best[call.number] = (score + call.weight, call, link)
    chain: list[Call] = []
    link = max(best.values(), key=lambda found: found[0], default=None)
    while link:
        chain.append(link[1])
        link = link[2]  # type: ignore[assignment]
    return chain[::-1]


def _candidates(row: int, text: str) -> list[Call]:
    found = []
    for digits in _DIGITS.finditer(text):
        start, end = digits.span()
        run = digits[0]
        if _YEAR.match(run) and 5 <= len(run) <= 7 and run[4] != "0":
            start, run, weight = start + 4, run[4:], 0.5
        elif len(run) <= 3 and run[0] != "0":
            weight = _weight(text, start, end)
        elif 3 <= len(run) <= 6 and _LABEL.search(text[:start]):  # "Convention No.8759" calls note 59
            found += [Call(row, end - size, end, int(run[-size:]), 0.15) for size in (2, 3) if size < len(run) and run[-size] != "0"]
            continue
        else:
            continue
        after = text[end : end + 3]
        runs_on = re.match(r"[%/°]|[-–]\d|[.,]\d", after) or (weight < 1 and re.match(r"[A-Za-z)]|\.[a-z]{2}", after))
        if weight > 0 and not runs_on:
            found.append(Call(row, start, end, int(run), weight))
    return found


def _weight(text: str, start: int, end: int) -> float:
    """Return how likely the figures at this place are a call, from 0 (they are not)."""
    before, after = text[:start], text[end:]
    if not before or _LABEL.search(before):
        return 0
    last = before[-1]
    if last.isalpha():
        return 1.0
    if last in "”\"’')]»!?":
        return 1.0
    if last in ".,;:":
        if not before[:-1][-1:].isdigit():
            return 1.0
        year = _YEAR.fullmatch(before[:-1][-4:]) and not before[:-1][-5:-4].isdigit()
        return 0.9 if year else 0.4 if last == "." and (not after or after[0] in " ”") else 0
    if last == " ":
        if re.match(r"^\s*[,.;]|^$", after):
            return 0.25 if before[-2:-1].isalpha() else 0
        if re.search(r"[.,;:”\"’)]\s$", before):
            return 0.6 if re.match(r"\s", after) else 0
        word = re.search(r"(\S+)\s$", before)
        amid = re.match(r"\s[a-z]{2,}", after) and word and (word[1][0].isupper() or word[1][-1].isdigit())
        return 0.12 if amid and not _COUNTED.match(word[1]) else 0
    return 0
