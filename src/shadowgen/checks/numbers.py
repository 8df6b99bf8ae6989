"""What is missing in a row: typed numbers, items of lists, and what an import could not find."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from shadowgen import rules
from shadowgen.checks.house import common
from shadowgen.checks.passages import Passage, origin_at, place_of
from shadowgen.counting import mark as counted
from shadowgen.diagnostics import Diagnostic
from shadowgen.library import Library
from shadowgen.nodes import List, walk
from shadowgen.records import Prose

_TYPED = re.compile(r"^(?P<indent>[ >]*)(?P<number>\d{1,3})(?P<sign>[.)])[ \t]+\S", re.MULTILINE)


def check_numbers(library: Library, passages: list[Passage]) -> Iterator[Diagnostic]:
    """Check every text for numbers and items that are skipped."""
    for one in passages:
        if one.kind == "note" or one.text.startswith("("):
            yield from _lost(one)
        if one.kind in ("text", "item", "ask", "box"):
            yield from _items(library, one)
    for section in library.sections.values():
        for prose in section.prose.values():
            yield from _lists(library, prose)


def _lost(one: Passage) -> Iterator[Diagnostic]:
    """Report what the importer put in place of lost words."""
    patterns = _placeholders()
    if one.kind == "note" and (match := patterns["note"].search(one.text)):
        yield rules.LOST_IN_IMPORT.at(one.origin, f"the words of note {match[1]} are lost", "find them in the original, or cite the source")
    for name in ("paragraph", "skipped"):
        if match := patterns[name].fullmatch(one.text.strip()):
            message = f"paragraph {match[1]} is lost" if name == "paragraph" else f"the original has no paragraph {match[1]}"
            yield rules.NUMBERING_GAP.at(one.origin, message, "look into the original; put the words in its place, or delete this line")


@cache
def _placeholders() -> dict[str, re.Pattern[str]]:
    return {name: re.compile(re.escape(words).replace(r"\{number\}", r"(\d+)")) for name, words in common()["lost"].items()}


# ---------------------------------------------------------------- lists


def _lists(library: Library, prose: Prose) -> Iterator[Diagnostic]:
    last: dict[str, int] = {}
    found = [node for node in walk(prose.body) if isinstance(node, List) and node.style != "bullet"]
    for node in found:
        before = last.get(node.style, 0)
        if node.style in ("alpha", "roman") and node.start > 1 and node.start != before + 1:
            first = next((one for one in walk(node.items) if getattr(one, "origin", None)), None)
            origin = first.origin if first else prose.origin
            yield rules.ORPHAN_ITEM.at(
                origin, f"the list begins with {_shown(node.style, node.start)}", "restore what stood before, or begin with the first"
            )
        last[node.style] = node.start + len(node.items) - 1
    if any(node.style in ("decimal", "paren") for node in found):
        yield from _typed(library, prose)


def _shown(style: str, number: int) -> str:
    return (
        f"({chr(96 + number)})"
        if style == "alpha" and number <= 26
        else f"({counted('{lower-roman}', number)})"
        if style == "roman"
        else str(number)
    )


def _typed(library: Library, prose: Prose) -> Iterator[Diagnostic]:
    """Compare the numbers of a list as they were typed: what is printed is counted, and hides a gap."""
    file = next((one.origin.file for one in walk(prose.body) if getattr(one, "origin", None)), prose.origin.file)
    text = library.texts.get(file, "")
    last: dict[tuple[str, str], int] = {}
    for match in _TYPED.finditer(text, max(text.find("\nbody:"), 0)):
        kind, number = (match["indent"], match["sign"]), int(match["number"])
        before = last.get(kind, 0)
        if before and number > before + 1:
            origin = origin_at(text, file, match.start("number"))
            yield rules.NUMBERING_GAP.at(origin, f"{number} follows {before}", "look whether words are lost; if not, correct the number")
        last[kind] = number


_MARK = re.compile(r"(?<![\w)])\(?(?P<letter>[a-h])\)(?=\s)")


def _items(library: Library, one: Passage) -> Iterator[Diagnostic]:
    """Look at items that are typed into a paragraph: (a) ...; (c) ..."""
    marks = [
        match
        for match in _MARK.finditer(one.own)
        if not re.search(
            r"(?:paragraphs?|articles?|items?|points?|part|and|or|to)\s*$", one.own[max(match.start() - 20, 0) : match.start()]
        )
    ]
    expected = None
    for match in marks:
        place = ord(match["letter"]) - 96
        if place == 1:
            expected = 2
        elif match.start() == 0 and expected is None and one.kind != "text":
            continue  # an item of its own list: told there
        elif expected is not None and place > expected:
            origin, _ = place_of(library, one, *match.span())
            yield rules.ORPHAN_ITEM.at(origin, f"({match['letter']}) follows ({chr(95 + expected)})", "restore what is missing")
            expected = place + 1
        elif expected is not None and place == expected:
            expected += 1
