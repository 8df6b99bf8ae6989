"""Account for every word of the original: where it went, and which words went nowhere.

Words are compared as they stand, whatever their order; a word of the original that is in no section, source, commitment,
heading or listed remainder is named.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from shadowgen.nodes import Annotation, Blocks, Inline, Link, Text, walk

LOST = re.compile(r"(?:The words of note \d+ did not|\(Paragraph \d+ did not) survive in the imported file\.\)?")
_WORD = re.compile(r"[^\W_]+")


def words_of_text(text: str) -> Counter[str]:
    """Return the words and numbers of a text with how often they occur."""
    return Counter(_WORD.findall(text))


def words_of_inlines(inlines: Iterable[Inline]) -> str:
    """Return the words of inlines with those of their notes and the addresses of links; a call of a note parts words."""
    out: list[str] = []
    for inline in inlines:
        match inline:
            case Text(text):
                out.append("" if LOST.fullmatch(text) else text)
            case Link(children, url):
                words = words_of_inlines(children)
                out.append(words if words == url else f"{words} {url}")
            case Annotation(children):
                out.append(f" {words_of_inlines(children)} ")
            case _ if hasattr(inline, "children"):
                out.append(words_of_inlines(inline.children))
            case _:
                out.append(" ")
    return "".join(out)


def words_of_blocks(blocks: Blocks) -> str:
    """Return the words of blocks."""
    rows: list[str] = []
    for node in walk(blocks, closed=(Annotation,)):
        for name in ("content", "title", "caption", "attribution"):
            if isinstance(inlines := getattr(node, name, None), tuple):
                rows.append(words_of_inlines(inlines))
    return "\n".join(rows)


@dataclass(slots=True)
class Accounts:
    """Where the words of the original went, by kind of place."""

    original: Counter[str]
    places: dict[str, Counter[str]] = field(default_factory=dict)

    def book(self, place: str, text: str) -> None:
        """Book the words of a text to a kind of place."""
        self.places.setdefault(place, Counter()).update(words_of_text(text))

    @property
    def total(self) -> int:
        """How many words the original has."""
        return self.original.total()

    def missing(self) -> Counter[str]:
        """Return the words that were booked nowhere."""
        booked: Counter[str] = Counter()
        for words in self.places.values():
            booked.update(words)
        return self.original - booked

    def shares(self) -> list[tuple[str, int, float]]:
        """Return each kind of place with its count of words and its share in percent."""
        return [(place, words.total(), 100 * words.total() / max(self.total, 1)) for place, words in self.places.items()]
