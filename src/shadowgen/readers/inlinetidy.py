"""Tidy the inlines that markup gives: joined runs, no emphasis of blanks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from shadowgen.nodes import Emphasis, Inline, Inlines, Link, Strong, Text
from shadowgen.readers.original import words_in
from shadowgen.readers.textlines import clean


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
    return tuple(_tidy([_cleaned(inline) for inline in out]))


def without_links(inlines: Inlines) -> Inlines:
    """Return inlines with the words of links in place of the links: no link can stand in another."""
    return tuple(one for inline in inlines for one in (inline.children if isinstance(inline, Link) else (inline,)))


def _cleaned(inline: Inline) -> Inline:
    """Return an inline without characters that nobody can see; only whole words tell whether a joiner stands between letters."""
    if isinstance(inline, Text):
        return Text(clean(inline.text))
    return replace(inline, children=tuple(map(_cleaned, inline.children))) if hasattr(inline, "children") else inline


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
