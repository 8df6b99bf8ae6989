"""What Word must be told of languages and scripts: which stretches of a text run from right to left, and the tags of a language.

Word sets a run that is marked `w:rtl` in the complex-script font and size, and orders its signs from right to left; so a text in two
directions is written as several runs.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from itertools import groupby

from shadowgen.locales import direction_of, script_of
from shadowgen.writers.docx.xml import attribute, text_run

RTL = "<w:rtl/>"
_EAST_ASIAN = frozenset({"Hans", "Hant", "Hani", "Jpan", "Kore"})


def stretches(text: str, direction: str) -> list[tuple[str, str]]:
    """Split a text into stretches of one direction, "ltr" or "rtl".

    As in the Unicode bidirectional algorithm a figure goes with Latin letters before it; what stands between two stretches of one direction
    belongs to them, anything else runs as the text does.
    """
    strong = list(_strong(text, direction))
    if all(one in ("", direction) for one in strong):
        return [(text, direction)] if text else []
    known = [(place, one) for place, one in enumerate(strong) if one]
    sides = list(strong)
    for (left, one), (right, other) in zip([(-1, direction), *known], [*known, (len(text), direction)], strict=True):
        sides[left + 1 : right] = [one if one == other else direction] * (right - left - 1)
    pairs = list(zip(text, sides, strict=True))
    return [("".join(char for char, _ in group), side) for side, group in groupby(pairs, key=lambda pair: pair[1])]


def directed(text: str, language: str, properties: str = "", tag: str = "") -> str:
    """Return a text in a language as runs, one for each stretch of one direction; `tag` goes to the stretches in the language's own."""
    properties = hinted(properties) if east_asian(language) else properties
    own = direction_of(language)
    return "".join(
        text_run(piece, properties + (RTL if side == "rtl" else "") + (tag if side == own else "")) for piece, side in stretches(text, own)
    )


_KINDS = {"L": "ltr", "R": "rtl", "AL": "rtl"}


def _strong(text: str, last: str) -> Iterator[str]:
    """Yield the direction of each letter, and of each figure after a Latin one; an empty text for any other sign."""
    for char in text:
        kind = unicodedata.bidirectional(char)
        last = _KINDS.get(kind, last)
        yield _KINDS.get(kind) or ("ltr" if kind == "EN" and last == "ltr" else "")


def language_tag(language: str) -> str:
    """Return `w:lang` of a run in a language: Word keeps one language each for Latin, East Asian and complex scripts."""
    return f'<w:lang w:{_slot(language)}="{attribute(language)}"/>'


def default_language(language: str, element: str = "lang") -> str:
    """Return the languages of a document whose own is `language`: what is in no other script is English."""
    slot = _slot(language)
    first = language if slot == "val" else "en"
    other = "" if slot == "val" else f' w:{slot}="{attribute(language)}"'
    return f'<w:{element} w:val="{attribute(first)}"{other}/>'


def _slot(language: str) -> str:
    return "bidi" if direction_of(language) == "rtl" else "eastAsia" if script_of(language) in _EAST_ASIAN else "val"


def east_asian(language: str) -> bool:
    """True if Word should set the signs that two scripts share, such as quotation marks, in the East Asian font."""
    return _slot(language) == "eastAsia"


def hinted(properties: str) -> str:
    """Return run properties with the hint to use the East Asian font, in the schema's order: after the style."""
    head, style, rest = properties.partition("/>") if properties.startswith("<w:rStyle") else ("", "", properties)
    return f'{head}{style}<w:rFonts w:hint="eastAsia"/>{rest}'
