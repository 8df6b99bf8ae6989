"""Join the lines of running text into paragraphs, items and headings.

Enters: lines with pages, in which calls of notes are marked. Leaves: `Piece`s. A line end is kept only where the next line
begins something new: a number that can come next, a mark of a list, a label, a heading, or a line after a short last one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from shadowgen.nodes import Inline, Inlines, NoteCall, Text
from shadowgen.readers.landmarks import (
    CALL,
    EXAMPLE,
    ITEM,
    NUMBER,
    PART,
    PLEDGE,
    SALUTATION,
    SEE,
    Counting,
    articles_named,
    ends_sentence,
    in_capitals,
    starts_unit,
)
from shadowgen.readers.original import Piece, Place
from shadowgen.readers.textlines import Line, gap_between_lines, width_of_lines

_HEADLINE = 60


@dataclass(slots=True)
class _Open:
    """A piece that is being gathered."""

    kind: str
    mark: str
    place: Place
    after_gap: bool
    lines: list[str] = field(default_factory=list)


def inlines_of(words: str) -> Inlines:
    """Turn words with marked calls of notes into inlines."""
    out: list[Inline] = []
    at = 0
    for call in CALL.finditer(words):
        if before := words[at : call.start()].rstrip():
            out.append(Text(before))
        out.append(NoteCall(int(call[1])))
        at = call.end()
    if rest := words[at:]:
        out.append(Text(rest))
    return tuple(out)


def reflow(lines: list[Line]) -> list[Piece]:
    """Return the pieces of running text."""
    return _Reflow(lines).done()


class _Reflow:
    def __init__(self, lines: list[Line]) -> None:
        self.lines = lines
        self.pieces: list[Piece] = []
        self.counting = Counting()
        self.open: _Open | None = None
        self.width = width_of_lines(lines)
        self.usual_gap = gap_between_lines(lines)
        self.vocabulary = {word for line in lines for word in re.findall(r"\w+", line.text.lower())}
        self.page_ended = False
        long = sum(len(line.text) for line in lines if len(line.text) > 250)
        self.line_is_paragraph = long > 0.2 * sum(len(line.text) for line in lines)

    def done(self) -> list[Piece]:
        """Go through the lines once."""
        for row, line in enumerate(self.lines):
            before = self.lines[row - 1] if row else None
            following = self.lines[row + 1] if row + 1 < len(self.lines) else None
            self.page_ended = self.page_ended or (line.after_page and not line.text[:1].islower())
            kind, mark = self._begins(line, before, following)
            if kind:
                self._close()
                self.open = _Open(kind, mark, Place(line.number, line.page), self.page_ended)
                self.page_ended = False
                line_words = line.text[len(mark) :].strip()
            else:
                line_words = line.text
            assert self.open is not None
            if line_words:
                self.open.lines.append(line_words)
        self._close()
        return self.pieces

    def _close(self) -> None:
        if self.open is None:
            return
        words = self._joined(self.open.lines)
        here = self.open
        self.pieces.append(Piece(here.kind, inlines_of(words), here.place, here.mark, after_gap=here.after_gap))
        self.open = None

    def _joined(self, lines: list[str]) -> str:
        words = ""
        for line in lines:
            if not words:
                words = line
            elif re.search(r"https?://\S*[=/&?_-]$", words) and re.match(r"[\w%/?=&.-]+", line):
                words += line
            elif re.search(r"[^\W\d_]-$", words) and line[:1].islower():
                left, right = re.search(r"([^\W\d_]+)-$", words)[1], re.match(r"[^\W\d_]*", line)[0]  # type: ignore[index]
                whole = (left + right).lower() in self.vocabulary
                words = (words[:-1] if whole else words) + line
            else:
                words += " " + line
        return words

    # ------------------------------------------------ where something begins

    def _begins(self, line: Line, before: Line | None, following: Line | None) -> tuple[str, str]:
        """Return the kind of the piece that begins on this line and its mark, or ("", "") if the line goes on."""
        text = line.text
        ended = before is None or line.after_page or ends_sentence(before.text) or self._is_heading_open()
        if (number := NUMBER.match(text)) and self._fits(int(number[1]), text, ended):
            self.counting.take(int(number[1]))
            return "text", f"{number[1]}."
        if self._is_heading(line, before, following):
            self.counting.restart()
            return ("text" if starts_unit(text) and not articles_named(text) else "heading"), ""
        if self.open is not None and not self.open.lines:
            return "", ""  # the words of a mark that stands alone on its line
        if (item := ITEM.match(text)) and (ended or line.gap > self.usual_gap or item[1] in "-•▪●◦*"):
            return "item", item[1]
        if EXAMPLE.match(CALL.sub("", text).strip()):
            return "box", ""
        if self.open is None or SEE.match(text) or SALUTATION.match(text) or self._starts_paragraph(line, before):
            return "text", ""
        return "", ""

    def _is_heading_open(self) -> bool:
        return self.open is not None and self.open.kind in ("heading", "box")

    def _fits(self, number: int, text: str, ended: bool) -> bool:
        return bool(NUMBER.match(text)) and self.counting.fits(number, ended)

    def _is_heading(self, line: Line, before: Line | None, following: Line | None) -> bool:
        text = CALL.sub("", line.text).strip()
        if articles_named(text) or starts_unit(text) or PLEDGE.match(text):
            return True
        goes_on = self._is_heading_open() and in_capitals(" ".join(self.open.lines) if self.open else "") and line.gap == 0
        if in_capitals(text) and not ITEM.match(text) and not re.fullmatch(r"[\d\W]+", text):
            return not goes_on
        if PART.match(text) and len(text) < 110 and not ends_sentence(text) and (before is None or line.gap or ends_sentence(before.text)):
            return True
        apart = before is None or line.gap > self.usual_gap or (line.gap > 0 and ends_sentence(before.text))
        plain = len(text) <= _HEADLINE and text[:1].isupper() and not re.search(r"[.,:;!?”\"’)]$", text) and len(text.split()) >= 2
        after = following is not None and following.text[:1].isupper() and not ITEM.match(following.text)
        return bool(apart and plain and after and self._waits_for_heading() and len(text) < self.width * 0.75)

    def _waits_for_heading(self) -> bool:
        return self.open is None or bool(self.open.lines)

    def _starts_paragraph(self, line: Line, before: Line | None) -> bool:
        assert before is not None
        if self.line_is_paragraph:
            return True
        if self._is_heading_open():
            in_a_row = in_capitals(" ".join(self.open.lines) if self.open else "") and in_capitals(line.text) and line.gap == 0
            return not in_a_row
        if line.gap > self.usual_gap and not line.after_page:
            return not (line.text[:1].islower() and not ends_sentence(before.text))
        short = len(CALL.sub("", before.text)) < self.width * 0.8
        return short and ends_sentence(before.text) and bool(re.match(r"[A-ZА-ЯЁ“\"«(]|\d", line.text))
