"""The rules of a style sheet that take words out of sight, or fetch something. A reading of CSS just large enough for that.

Enters: the text of a style sheet or of a `style` attribute. Leaves: selectors with the reason why what they select is not seen, and addresses.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_AT_BLOCK = re.compile(r"@(?:media|supports|layer|container)[^{;]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}")
_HIDING = (
    ("hidden-element", re.compile(r"display:none|visibility:(hidden|collapse)|opacity:0?\.?0*(%|;|!|$)|content-visibility:hidden|clip:rect\((0\w*[, ]?)+\)"
                                  r"|clip-path:(inset\((50|100)%|circle\(0)|-webkit-text-fill-color:transparent")),
    ("tiny-text", re.compile(r"font-size:([0-2](\.\d+)?(px|pt)|0(\.[0-2]\d*)?r?em|0(\.0\d*)?(in|cm)?|[0-2]?\d(\.\d+)?%)(;|!|$)|(?<![-\w])(width|height|max-height):[01](px|pt)?;.*overflow:hidden"
                             r"|overflow:hidden;.*(?<![-\w])(width|height|max-height):[01](px|pt)?(;|$)|transform:scale\(0(\.0\d*)?\)")),
    ("outside-page", re.compile(r"(text-indent|(?<![-\w])left|(?<![-\w])top|(?<![-\w])right|margin-left|margin-top):-\d{3,}(\.\d+)?(px|pt|r?em|vw|%)"
                                r"|(?<![-\w])(left|top):\d{4,}(px|pt|r?em|vw|%)|translate[xy]?\(-\d{3,}")),
)  # fmt: skip
_PALE = re.compile(
    r"(?<![-\w])color:(white|snow|ivory|transparent|#f[0-9a-f]f[0-9a-f]f[0-9a-f]|#fff|rgba?\((25\d,? ?){3}|rgba?\([^)]*[,/]0(\.0\d*)?\))"
)
_BACKGROUND = re.compile(r"background(-color)?:(?!(white|none|transparent|#fff(fff)?|inherit)(;|!|$))")
_ADDRESS = re.compile(r"""url\(\s*["']?([^"')]+)|@import\s+["']([^"']+)""", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Hiding:
    """A selector and the kind of finding of what it selects."""

    selector: str
    kind: str


def why_hidden(declarations: str) -> str:
    """Return the kind of finding that declarations make of an element, or an empty string."""
    tight = _tight(declarations)
    for kind, pattern in _HIDING:
        if pattern.search(tight):
            return kind
    return "pale-text" if _PALE.search(tight) and not _BACKGROUND.search(tight) else ""


def _tight(declarations: str) -> str:
    return re.sub(r"\s*([:;,!])\s*", r"\1", _COMMENT.sub("", declarations).lower().strip())


def hiding_rules(sheet: str) -> Iterator[Hiding]:
    """Yield the selectors of a style sheet that hide something, on the screen or on paper; colours count where they always hold."""
    plain = _COMMENT.sub("", sheet)
    bare = _AT_BLOCK.sub("", plain)
    for selector, declarations in _rules(plain):
        kind = why_hidden(declarations)
        if kind and (kind != "pale-text" or (selector, declarations) in set(_rules(bare))):
            yield Hiding(selector, kind)


def coloured(sheet: str) -> list[str]:
    """Return the selectors of what always has a background of its own."""
    return [
        selector
        for selector, declarations in _rules(_AT_BLOCK.sub("", _COMMENT.sub("", sheet)))
        if _BACKGROUND.search(_tight(declarations))
    ]


def shown_on_focus(sheet: str) -> list[str]:
    """Return the selectors of what the keyboard brings into sight."""
    return [selector.replace(":focus", "") for selector, _ in _rules(_COMMENT.sub("", sheet)) if selector.endswith(":focus")]


def _rules(sheet: str) -> list[tuple[str, str]]:
    """Return each selector with its declarations."""
    found = []
    for selectors, declarations in _RULE.findall(sheet):
        pieces = (selector.strip() for selector in selectors.split(";")[-1].split(","))
        found += [(selector, declarations) for selector in pieces if selector and not selector.startswith("@")]
    return found


def addresses(sheet: str) -> list[str]:
    """Return the addresses that a style sheet asks for."""
    return [first or second for first, second in _ADDRESS.findall(_COMMENT.sub("", sheet))]


def selects(selector: str, element: etree._Element) -> bool:
    """True if a selector of names, classes, ids, descendants and children selects an element; others select nothing."""
    steps = re.sub(r"\s*>\s*", " >", selector).split()
    return bool(steps) and _one(steps[-1].lstrip(">"), element) and _above(steps, element)


def _above(steps: list[str], element: etree._Element) -> bool:
    if len(steps) == 1:
        return True
    parents = [element.getparent()] if steps[-1].startswith(">") else list(element.iterancestors())
    before = steps[:-1]
    return any(parent is not None and _one(before[-1].lstrip(">"), parent) and _above(before, parent) for parent in parents)


def _one(step: str, element: etree._Element) -> bool:
    parts = re.findall(r"[.#]?[\w-]+|\*|\[\w+\]", step)
    if "".join(parts) != step:
        return False
    classes = element.get("class", "").split()
    return all(
        part == "*"
        or (part.startswith(".") and part[1:] in classes)
        or (part.startswith("#") and part[1:] == element.get("id"))
        or (part.startswith("[") and part[1:-1] in element.attrib)
        or part.lower() == element.tag
        for part in parts
    )
