"""The process in which the pages of a PDF are taken apart: bounds on time and memory are set before the first byte of it is looked at.

Usage: python -P -m shadowgen.readers.pdf.child, with the PDF on the input; prints what its pages draw as JSON, or why it is refused.
"""

from __future__ import annotations

import json
import sys
from typing import Any

from shadowgen.confined import confine
from shadowgen.readers.pdf.page import Drawing, Page, Span

SECONDS, MEMORY = 60, 2_000_000_000


def packed(drawing: Drawing) -> dict[str, Any]:
    """Return a drawing as plain data."""
    pages = [
        [
            page.number,
            page.width,
            page.height,
            [
                [s.text, round(s.x0, 2), round(s.x1, 2), round(s.y, 2), round(s.size, 2), s.bold, s.italic, s.url, round(s.head, 2)]
                for s in page.spans
            ],
            page.rules,
            page.frames,
            page.pictures,
            page.turned,
        ]
        for page in drawing.pages
    ]
    return {"pages": pages, "broken": drawing.broken, "undecoded": drawing.undecoded}


def unpacked(answer: dict[str, Any]) -> Drawing:
    """Return a drawing from plain data."""
    pages = tuple(
        Page(
            number,
            width,
            height,
            tuple(Span(*span) for span in spans),
            tuple(map(tuple, rules)),
            tuple(map(tuple, frames)),
            pictures,
            turned,
        )
        for number, width, height, spans, rules, frames, pictures, turned in answer["pages"]
    )
    return Drawing(pages, tuple(answer["broken"]), answer["undecoded"])


def main() -> None:
    """Print what the pages of the PDF on the input draw."""
    confine(SECONDS, MEMORY)
    raw = sys.stdin.buffer.read()
    from shadowgen.readers.pdf.drawn import draw

    try:
        answer = packed(draw(raw))
    except ValueError as refused:
        answer = {"refused": str(refused)}
    json.dump(answer, sys.stdout)


if __name__ == "__main__":
    main()
