"""The marks of notes: which number each note shows, and on which side of the punctuation its mark stands.

Enters: the blocks of a Manuscript before its notes are worded; inlines with calls in them. Leaves: the numbers, known before any note is
worded so that a reference can name a later note; inlines with the calls moved.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import takewhile

from shadowgen.nodes import Annotation, Block, Blocks, Cite, Heading, Inline, NoteAgain, NoteCall, SameNote, Text, plain_text, walk

RESTARTS = {"none": 0, "part": 1, "section": 2}  # the lowest level of heading at which numbers start again


def starts_unit(block: Block, restart: str) -> bool:
    """True if the numbers of notes start again at this block."""
    return isinstance(block, Heading) and block.level <= RESTARTS[restart]


@dataclass(slots=True)
class NoteMarks:
    """What each note shows, in order; the place of each named note, from 1, and the title of the unit that it stands in."""

    shown: list[str] = field(default_factory=list)
    named: dict[str, int] = field(default_factory=dict)
    units: list[str] = field(default_factory=list)

    def mark(self, note: int) -> str:
        """Return what is printed for a note, or an empty text where that is its place in the document."""
        shown = self.shown[note - 1]
        return "" if shown == str(note) else shown


def mark_notes(blocks: Blocks, restart: str, worded: Callable[[Cite | Annotation | SameNote], bool]) -> NoteMarks:
    """Number the notes of a document as `resolve` will meet them; `worded` says whether a note has any words."""
    marks, count, unit, here = NoteMarks(), 0, "", set()
    for block in blocks:
        if starts_unit(block, restart):
            count, unit, here = 0, plain_text(block.content), set()  # type: ignore[union-attr]
        for node in walk(block, closed=(Annotation,)):
            if not isinstance(node, Cite | Annotation | SameNote) or not worded(node):
                continue
            name = node.anchor if isinstance(node, Annotation) else node.target if isinstance(node, SameNote) else ""
            if name in here:
                continue
            count += 1
            marks.shown.append(str(count))
            marks.units.append(unit)
            if name:
                here.add(name)
                marks.named.setdefault(name, len(marks.shown))
    return marks


# ---------------------------------------------------------------- beside punctuation

_STOPS = ".,;:!?…。，；：！？、؟،؛"
_HOPS = re.compile(rf"^(?:[{_STOPS}]+[”»’\"]?|[”»’\"][{_STOPS}]*)")
_ENDS = re.compile(rf"([{_STOPS}]+)$")


def place_marks(inlines: list[Inline], *, after: bool) -> Iterator[Inline]:
    """Move the marks of notes to where the language wants them: after the punctuation, or before it."""
    rest, out = _without_gaps(inlines), []
    while rest:
        calls = list(takewhile(_is_mark, rest))
        if not calls:
            out.append(rest.pop(0))
            continue
        del rest[: len(calls)]
        _strip_end(out)
        tail, head = rest[0] if rest else None, out[-1] if out else None
        if after and isinstance(tail, Text) and (hop := _HOPS.match(tail.text)):
            out += [Text(hop[0]), *calls]
            rest[0] = Text(tail.text[hop.end() :])
        elif not after and isinstance(head, Text) and (end := _ENDS.search(head.text)):
            out[-1:] = [Text(head.text[: end.start()]), *calls, Text(end[0])]
        else:
            out += calls
    return iter(out)


def _is_mark(inline: Inline) -> bool:
    return isinstance(inline, NoteCall | NoteAgain)


def _without_gaps(inlines: list[Inline]) -> list[Inline]:
    """Drop the blanks between two marks of notes."""
    marks = [_is_mark(inline) for inline in inlines]
    return [
        inline
        for place, inline in enumerate(inlines)
        if not (
            isinstance(inline, Text)
            and inline.text.isspace()
            and marks[place - 1 : place] == [True]
            and marks[place + 1 : place + 2] == [True]
        )
    ]


def _strip_end(out: list[Inline]) -> None:
    """Drop the blank before a note's mark."""
    if out and isinstance(out[-1], Text):
        out[-1] = Text(out[-1].text.rstrip())
