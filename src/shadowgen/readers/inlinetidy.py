"""Tidy the inlines that markup gives: joined runs, no emphasis of blanks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from shadowgen.nodes import Emphasis, Inline, Inlines, Strong, Text
from shadowgen.readers.original import words_in


def merged(inlines: Iterable[Inline]) -> Inlines:
    """Join neighbouring runs of one look, as Word splits words where spelling or editing touched them."""
    out: list[Inline] = []
    for inline in inlines:
        last = out[-1] if out else None
        if isinstance(inline, Text) and isinstance(last, Text):
            out[-1] = Text(last.text + inline.text)
        elif isinstance(inline, Emphasis | Strong) and type(inline) is type(last):
            out[-1] = type(inline)(merged(iter((*last.children, *inline.children))))  # type: ignore[union-attr]
        elif not (isinstance(inline, Text) and not inline.text):
            out.append(inline)
    return tuple(_tidy(out))


def _tidy(inlines: list[Inline]) -> Iterator[Inline]:
    """Move blanks out of emphasis, where Markdown does not take them, and drop emphasis of blanks alone."""
    for inline in inlines:
        if not isinstance(inline, Emphasis | Strong):
            yield inline
            continue
        words = words_in(inline.children)
        core = words.strip()
        if not core:
            yield Text(words)
            continue
        if words[0] == " ":
            yield Text(" ")
        yield type(inline)((Text(core),)) if core != words else inline
        if words[-1] == " ":
            yield Text(" ")
