"""Part the lines of a text that came out of pages: running text, notes at the bottom, numbers of pages, tables of lone figures.

Enters: the lines of a file. Leaves: `Pages`. The clues are those that text extraction leaves: a blank before the first line of a page,
a lone number, the longer lines of the smaller type of notes, and the words that notes begin with.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from shadowgen.readers.landmarks import NOTE_SIGNAL
from shadowgen.readers.notecalls import find_calls
from shadowgen.readers.textlines import Line, gap_between_lines, width_of_lines


@dataclass(slots=True)
class Zone:
    """The notes at the bottom of one page."""

    page: int
    lines: list[Line] = field(default_factory=list)


@dataclass(slots=True)
class Pages:
    """The lines of a text by what they are; `figures` are runs of lone numbers, the cells of a table, by the line before them."""

    running: list[Line] = field(default_factory=list)
    zones: list[Zone] = field(default_factory=list)
    numbers: list[Line] = field(default_factory=list)
    figures: dict[int, list[Line]] = field(default_factory=dict)


_LONE = re.compile(r"\d{1,4}")
_SIDE_BY_SIDE = 6


def part_pages(lines: list[Line]) -> Pages:
    """Sort every line of a text into running text, notes, page numbers or figures."""
    return _Parting(lines).done()


class _Parting:
    def __init__(self, lines: list[Line]) -> None:
        self.lines = lines
        self.pages = Pages()
        self.width = width_of_lines(lines)
        self.long = max(int(self.width * 1.16), 60)
        lone = sum(line.indent == 1 for line in lines)
        self.indented_pages = 0 < lone < len(lines) * 0.1
        self.usual_gap = gap_between_lines(lines)
        self.page = 1
        self.zone: Zone | None = None
        self.first = False
        self.ends_page = False

    def done(self) -> Pages:
        """Go through the lines once."""
        figures = self._runs_of_figures()
        row = 0
        while row < len(self.lines):
            line = self.lines[row]
            if row in figures:
                self.pages.figures[self.pages.running[-1].number if self.pages.running else 0] = self.lines[row : figures[row]]
                row = figures[row]
                continue
            following = self.lines[row + 1] if row + 1 < len(self.lines) else None
            self._take(line, following)
            row += 1
        return self.pages

    def _runs_of_figures(self) -> dict[int, int]:
        """Return where runs of lone numbers begin and end: the cells of a table, read out one by one."""
        runs, row = {}, 0
        while row < len(self.lines):
            end = row
            while end < len(self.lines) and _LONE.fullmatch(self.lines[end].text):
                end += 1
            if end - row >= _SIDE_BY_SIDE:
                runs[row] = end
            row = max(end, row + 1)
        return runs

    def _take(self, line: Line, following: Line | None) -> None:
        if line.form_feed or self._begins_page(line, following):
            self._turn()
        if _LONE.fullmatch(line.text) and len(line.text) <= 3:
            self._take_number(line, following)
        elif self.zone is not None or self._begins_notes(line, following):
            if self.zone is None:
                self._open()
            assert self.zone is not None
            self.zone.lines.append(line.on(self.page, after_page=False))
        else:
            self.pages.running.append(line.on(self.page, self.first))
            self.first = False

    def _take_number(self, line: Line, following: Line | None) -> None:
        number = int(line.text)
        of_note = following is not None and (NOTE_SIGNAL.match(following.text) or self._is_long(following)) and not self.ends_page
        if of_note or self._called(number) or (self.zone is not None and following is not None and self._goes_on(number, following)):
            if self.zone is None:
                self._open()
            assert self.zone is not None
            self.zone.lines.append(line.on(self.page, after_page=False))
        else:
            self.pages.numbers.append(line.on(self.page, after_page=False))
            self._turn()

    def _goes_on(self, number: int, following: Line) -> bool:
        """True if a lone number in the notes is that of the next note, though its call was not seen."""
        assert self.zone is not None
        seen = [int(line.text) for line in self.zone.lines if _LONE.fullmatch(line.text)]
        return bool(seen) and number == seen[-1] + 1 and following.text[:1].isupper() and following.gap == 0

    def _turn(self) -> None:
        self.page += 1
        self.zone, self.first = None, True

    def _open(self) -> None:
        self.zone = Zone(self.page)
        self.pages.zones.append(self.zone)

    def _is_long(self, line: Line) -> bool:
        return len(line.text) > self.long

    def _begins_page(self, line: Line, following: Line | None) -> bool:
        if self.indented_pages and line.indent == 1:
            # the words of two lines that a hyphen joined are long too, but one after another is a note
            in_notes = following is not None and self._is_long(line) and (self._is_long(following) or following.indent == 1)
            return not (NOTE_SIGNAL.match(line.text) or in_notes or self._tail_of_notes(line, following))
        return self.zone is not None and line.gap > self.usual_gap + 1 and not re.match(r"\d", line.text) and not self._is_long(line)

    def _tail_of_notes(self, line: Line, following: Line | None) -> bool:
        """True for an indented line that ends a note: it, or the line after it, holds an address while notes are open."""
        if self.zone is None:
            return False
        if re.search(r"URL:|https?://|//", line.text):
            return True
        return (
            len(line.text) < 30 and following is not None and following.indent != 1 and bool(re.search(r"URL:|https?://", following.text))
        )

    def _begins_notes(self, line: Line, following: Line | None) -> bool:
        if self._is_long(line) and following is not None and self._is_long(following):
            return self.indented_pages or bool(self.pages.zones)
        numbered = re.match(r"(\d{1,3}) (?=[A-Z“\"])", line.text)
        if numbered and self._called(int(numbered[1])):
            return True
        short_of_page = following is None or self._begins_page(following, None) or bool(_LONE.fullmatch(following.text))
        if re.match(r"https?://", line.text) and line.gap and short_of_page and self.pages.zones:
            return True
        return bool(NOTE_SIGNAL.match(line.text)) and (short_of_page or self._is_long(line) or self._is_long(following))

    def _called(self, number: int) -> bool:
        """True if the running text of this page calls a note of this number."""
        here = [line for line in self.pages.running[-120:] if line.page == self.page]
        pattern = re.compile(rf"(?:[^\W\d_]|[”\"’')\]»!?]|[^\d][.,;:]|\d{{4}}[.,]?|[.,;:”] ){number}(?!\d|\.\d|[/%])")
        labels = re.compile(rf"\b(?:No|Nos|p|pp|art|para|n)\. ?{number}(?!\d)")
        return any(pattern.search(line.text) and not labels.search(line.text) for line in here)


def calls_on_pages(lines: list[Line], zones: list[Zone]) -> dict[int, list[int]]:
    """Return the numbers of the notes that each page calls."""
    found: dict[int, list[int]] = {}
    for call in find_calls(lines):
        found.setdefault(lines[call.row].page, []).append(call.number)
    return found
