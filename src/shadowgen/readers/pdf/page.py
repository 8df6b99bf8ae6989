"""What a page of a PDF draws, as plain data: spans of text with their place, ruled lines, frames. Lengths are points; y counts upwards."""

from __future__ import annotations

from dataclasses import dataclass

Box = tuple[float, float, float, float]  # left, bottom, right, top


@dataclass(frozen=True, slots=True)
class Span:
    """Letters that follow each other in one font on one baseline; `y` is the baseline, `url` the address that a click on them opens,
    `head` how wide the first word is.

    The soft hyphen at the end of a text stands for a hyphen at the end of a line, of whichever kind: PDF does not tell them apart.
    """

    text: str
    x0: float
    x1: float
    y: float
    size: float
    bold: bool = False
    italic: bool = False
    url: str = ""
    head: float = 0.0


@dataclass(frozen=True, slots=True)
class Page:
    """One page. `rules` are thin lines, `frames` the areas that are filled or bordered, `pictures` counts pictures that fill most of the page."""

    number: int
    width: float
    height: float
    spans: tuple[Span, ...]
    rules: tuple[Box, ...] = ()
    frames: tuple[Box, ...] = ()
    pictures: int = 0
    turned: str = ""


@dataclass(frozen=True, slots=True)
class Drawing:
    """A whole PDF as its pages draw it; `broken` names the pages that cannot be read, `undecoded` counts letters that say not what they are."""

    pages: tuple[Page, ...]
    broken: tuple[int, ...] = ()
    undecoded: int = 0
