"""What the styles of a Word file say: names, levels of headings, numberings, along their chains of inheritance."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree

from shadowgen.readers.wordpackage import W


@dataclass(frozen=True, slots=True)
class Style:
    """A style: its name, its level as a heading (0 = none), its numbering and the depth in it."""

    name: str
    level: int = 0
    number: str = ""
    depth: int = 0


def word_styles(styles: etree._Element) -> dict[str, Style]:
    """Return every style by its id."""
    found = {one.get(f"{W}styleId", ""): one for one in styles.iter(f"{W}style")}
    return {id: _style(id, found) for id in found}


def _style(id: str, found: dict[str, etree._Element]) -> Style:
    name, level, number, depth = "", 0, "", 0
    here, seen = id, set()
    while here in found and here not in seen:
        seen.add(here)
        element = found[here]
        own = _attribute(element.find(f"{W}name"))
        name = name or own
        heading = re.fullmatch(r"heading (\d)", own, re.IGNORECASE)
        outline = _attribute(element.find(f"{W}pPr/{W}outlineLvl"))
        if not level and (heading or (outline.isdigit() and int(outline) < 9)):
            level = int(heading[1]) if heading else int(outline) + 1
        if not number:
            number = _attribute(element.find(f"{W}pPr/{W}numPr/{W}numId"))
            deep = _attribute(element.find(f"{W}pPr/{W}numPr/{W}ilvl"))
            depth = int(deep) if deep.isdigit() else 0
        here = _attribute(element.find(f"{W}basedOn"))
    return Style(name or id, level, number, depth)


def _attribute(element: etree._Element | None) -> str:
    return element.get(f"{W}val", "") if element is not None else ""
