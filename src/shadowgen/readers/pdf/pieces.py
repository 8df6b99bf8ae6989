"""Paragraphs -> pieces of the common form: headings by size and weight, quotations and boxes by place, lists by their marks, tables.

Enters: paragraphs in order. Leaves: `Piece`s.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace

from shadowgen.nodes import Inlines, Text
from shadowgen.readers.landmarks import ITEM, LABEL, PART, articles_named, in_capitals
from shadowgen.readers.original import Piece, Place, words_in
from shadowgen.readers.pdf.paragraphs import Paragraph, is_large, mark_of
from shadowgen.readers.pdf.rows import FRAMES, Row
from shadowgen.readers.pdf.words import Wording
from shadowgen.readers.typedmarks import typed_marks

_LONGEST_HEADING = 300
_SET_IN = 1.0  # widths of an em by which a quotation is set in
_CAPTION = re.compile(r"^((?:Table|Tableau|Tabla|Таблица|Кесте) \d+\.) ")
_BOXED = re.compile(r"^((?:Case|Box|Example) \d+\.) ")

Look = tuple[float, bool]


@dataclass(slots=True)
class Shaped:
    """Pieces as they are made, with where each began, and what was left aside."""

    pieces: list[Piece] = field(default_factory=list)
    starts: list[float] = field(default_factory=list)


def pieces_of(found: list[Paragraph], wording: Wording, body: float) -> list[Piece]:
    """Return the pieces that paragraphs are."""
    return _Shaping(found, wording, body).done()


class _Shaping:
    def __init__(self, found: list[Paragraph], wording: Wording, body: float) -> None:
        self.found, self.wording, self.body = found, wording, body
        self.pieces: list[Piece] = []
        self.starts: list[float] = []
        self.title = self._title()
        self.levels = self._levels()
        self.frame, self.boxed = 0, False

    def done(self) -> list[Piece]:
        """Go through the paragraphs once."""
        for at, paragraph in enumerate(self.found):
            piece = self._piece(at, paragraph)
            if piece is not None:
                self.pieces.append(piece)
                self.starts.append(paragraph.rows[0].x0)
        typed_marks(self.pieces)
        self._nest()
        return self.pieces

    def _piece(self, at: int, paragraph: Paragraph) -> Piece | None:
        row = paragraph.rows[0]
        place = Place(page=row.page)
        if row.table is not None:
            return self._table(row, place)
        inlines = self.wording.inlines(paragraph.rows)
        words = words_in(inlines)
        if not inlines:
            return None
        framed = self._framed(paragraph)
        if style := self._cover(at, words):
            return Piece("text", inlines, place, style=style)
        if framed:
            return self._in_frame(paragraph, inlines, words, place)
        if self._is_heading(at, words):
            return self._heading(paragraph, inlines, words, place)
        return Piece("quote" if self._is_quote(at) else "text", inlines, place)

    # ------------------------------------------------ headings

    def _title(self) -> int:
        """Return which paragraph is the title: the largest letters of the first page, if nothing is larger; -1 if there is none."""
        first = [at for at, one in enumerate(self.found) if one.rows[0].page == self.found[0].rows[0].page] if self.found else []
        largest = max((row.size for one in self.found for row in one.rows if not row.table), default=0.0)
        sized = [at for at, one in enumerate(self.found) if not one.rows[0].table and one.rows[0].size > 0.98 * largest]
        alone = bool(sized) and set(sized) <= set(first) and len(sized) <= 2
        return sized[0] if alone and largest > 1.3 * self.body else -1

    def _cover(self, at: int, words: str) -> str:
        """Return what a paragraph of the cover is by its place beside the title, or an empty text."""
        if self.title < 0 or at > self.title + 6 or self.found[at].rows[0].page != self.found[self.title].rows[0].page:
            return ""
        if at == self.title:
            return "Title"
        if at < self.title:
            return "CoverSession" if self.title <= 4 else ""
        between = self.found[self.title + 1 : at + 1]
        if any(len(words_in(self.wording.inlines(one.rows))) > 160 or mark_of(one.rows[0]) or one.rows[0].table for one in between):
            return ""
        if any(self._look(one) in self.levels and is_large(one.rows[0], self.body) for one in between):
            return ""
        return "Subtitle" if at == self.title + 1 and is_large(self.found[at].rows[0], self.body) else "CoverName"

    def _look(self, paragraph: Paragraph) -> Look:
        row = paragraph.rows[0]
        return round(row.size * 2) / 2, row.bold

    def _levels(self) -> dict[Look, int]:
        """Return the level of each look of headings: larger before smaller, bold before plain."""
        looks: Counter[Look] = Counter()
        for at, paragraph in enumerate(self.found):
            if at != self.title and paragraph.rows[0].table is None and not paragraph.rows[0].frame and self._looks_like_heading(at):
                looks[self._look(paragraph)] += 1
        ranked = sorted(looks, key=lambda look: (-look[0], not look[1]))
        return {look: level for level, look in enumerate(ranked, 1)}

    def _looks_like_heading(self, at: int) -> bool:
        paragraph = self.found[at]
        rows = paragraph.rows
        text = " ".join(row.text for row in rows)
        large = all(is_large(row, self.body) for row in rows)
        bold = all(row.bold for row in rows) and rows[0].size > 0.93 * self.body
        if not (large or bold) or len(text) > _LONGEST_HEADING or not re.search(r"[^\W\d_]", text):
            return False
        if LABEL.match(text) or _CAPTION.match(text) or (ITEM.match(text) and not PART.match(text)):
            return False
        return not re.search(r"[.;:,]$", text) or (large and len(text) < 120 and not text.endswith((";", ",", ":")))

    def _is_heading(self, at: int, words: str) -> bool:
        if articles_named(words) or (in_capitals(words) and not mark_of(self.found[at].rows[0])):
            return True
        return self._looks_like_heading(at) and not self._runs_on(at)

    def _runs_on(self, at: int) -> bool:
        """True if the words after a paragraph go on with its sentence: it is a figure that is printed large."""
        following = self.found[at + 1].rows[0] if at + 1 < len(self.found) else None
        return (
            following is not None
            and following.table is None
            and not following.bold
            and bool(re.match(r"\(?[a-zа-яё]", following.text))
            and not mark_of(following)
        )

    def _heading(self, paragraph: Paragraph, inlines: Inlines, words: str, place: Place) -> Piece:
        """Return a heading; the number of a part stands apart from its words."""
        level = self.levels.get(self._look(paragraph), 0)
        part = PART.match(words)
        if level == 1 and part and isinstance(inlines[0], Text):
            rest = inlines[0].text[part.end() :].lstrip()
            return Piece("heading", (Text(rest), *inlines[1:]) if rest else inlines[1:], place, f"{part[1]}.", level)
        return Piece("heading", inlines, place, level=level)

    # ------------------------------------------------ quotations and boxes

    def _framed(self, paragraph: Paragraph) -> bool:
        row = paragraph.rows[0]
        if row.frame != self.frame:
            going_on = row.frame and self.frame and row.frame // FRAMES != self.frame // FRAMES and not row.bold
            self.boxed = bool(going_on and self.boxed)
        self.frame = paragraph.rows[-1].frame
        return bool(row.frame) and not (is_large(row, 1.1 * self.body) and row.bold)

    def _in_frame(self, paragraph: Paragraph, inlines: Inlines, words: str, place: Place) -> Piece:
        """Return what stands in a frame: after a bold first row the words of a box, else a quotation."""
        if all(row.bold for row in paragraph.rows) and not self.boxed and len(words) < _LONGEST_HEADING:
            self.boxed = True
            label = _BOXED.match(words)
            if label and isinstance(inlines[0], Text):
                return Piece("box", (Text(inlines[0].text[label.end() :]), *inlines[1:]), place, label[1])
            return Piece("box", inlines, place)
        return Piece("text", inlines, place, style="CaseText") if self.boxed else Piece("quote", inlines, place)

    def _is_quote(self, at: int) -> bool:
        """True if a paragraph is set in on both sides, and is no item of a list nor goes on with one."""
        paragraph = self.found[at]
        rows = paragraph.rows
        em = _SET_IN * rows[0].size
        if mark_of(rows[0]) or any(row.x0 - row.left < em for row in rows):
            return False
        before = self.pieces[-1] if self.pieces else None
        if before is not None and before.kind == "quote" and words_in(self.wording.inlines(rows)).startswith(("— ", "-- ")):
            return True
        if before is not None and self._follows_item(rows[0], at):
            return False
        inset = rows[0].right - max(row.x1 for row in rows)
        centred = abs((rows[0].x0 - rows[0].left) - inset) < 4 and len(rows) == 1
        quoting = rows[0].size < self.body - 0.2 or all(row.italic for row in rows) or rows[0].text[:1] in '“«„"['
        return (inset > 0.5 * em or quoting) and not centred

    def _follows_item(self, row: Row, at: int) -> bool:
        """True if a row stands where the words of the item before it stand."""
        earlier = self.found[at - 1].rows if at else []
        spans = earlier[0].spans if earlier else ()
        hangs = len(earlier) == 1 or any(abs(spans[1].x0 - one.x0) < 3 for one in earlier[1:]) if len(spans) > 1 else False
        return hangs and bool(mark_of(earlier[0])) and abs(spans[1].x0 - row.x0) < 3

    # ------------------------------------------------ tables and lists

    def _table(self, row: Row, place: Place) -> Piece | None:
        """Return a table with the caption that stood right before it; one that goes on from the page before is added to it."""
        assert row.table is not None
        rows = tuple(tuple(self.wording.inlines(cell) for cell in cells) for cells in row.table.cells)
        before = self.pieces[-1] if self.pieces else None
        if before is not None and before.kind == "table" and before.place.page < place.page and len(before.rows[0]) == len(rows[0]):
            head = rows[0] == before.rows[0]
            self.pieces[-1] = replace(before, rows=before.rows + rows[head:], place=before.place)
            return None
        caption: Inlines = ()
        mark = ""
        if before is not None and before.kind in ("text", "heading") and (label := _CAPTION.match(words_in(before.inlines))):
            caption, mark = before.inlines, label[1]
            if isinstance(caption[0], Text):
                caption = (Text(caption[0].text[label.end() :]), *caption[1:])
            self.pieces.pop()
            self.starts.pop()
        return Piece("table", caption, place, mark, rows=rows)

    def _nest(self) -> None:
        """Give items their depth by where their marks stand."""
        open_: list[float] = []
        for at, piece in enumerate(self.pieces):
            if piece.kind != "item":
                open_ = []
                continue
            x = self.starts[at]
            while open_ and open_[-1] > x + 3:
                open_.pop()
            if not open_ or x > open_[-1] + 3:
                open_.append(x)
            self.pieces[at] = replace(piece, level=len(open_) - 1)
