"""Account for every letter on every page of a PDF: text, list marks, notes, running heads, each in its order, nothing more, nothing less.

A page holds lines of the text, then (where marks are drawn apart) its list marks, then its notes; running heads and page numbers stand
before or after. Each line must go on exactly where the line before it ended: hyphens at line ends are dropped, blanks must agree.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from expected import CALL, LEADER, Line, plain

_HYPHENS = re.compile("[-\u00ad\u2010\u2011\u2060\u200b]")
_BESIDE_HAN = re.compile("(?<=[\u3400-\u9fff]) | (?=[\u3400-\u9fff])")
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\u202a-\u202e]")


def _loose(text: str, *, fold: bool) -> str:
    """Return text with single blanks and without hyphens, which differ where lines break.

    A reader guesses blanks from gaps, and the gap after an apostrophe is too narrow to be sure. Letters from right to left are left out: they
    are read in the order in which they are drawn; `letters_of` counts them.
    """
    spaced = " ".join(_RIGHT_TO_LEFT.sub("", _HYPHENS.sub("", unicodedata.normalize("NFKC", text))).replace("’", "’ ").split())
    return spaced.casefold() if fold else spaced


def letters_of(texts: Sequence[str]) -> Counter[str]:
    """Count the letters and figures of texts, whatever their order; marks of vowels, which a reader may move or join, are left out."""
    return Counter(char for text in texts for char in unicodedata.normalize("NFKC", text) if char.isalnum())


class Stream:
    """Words that must come one after another, and how to tell whether a line goes on with them."""

    def __init__(self, texts: Sequence[str], *, fold: bool = False, strict: bool = True) -> None:
        self.fold, self.strict = fold, strict
        self.spaced = ""
        self.starts: list[int] = []
        letters = 0
        for text in texts:
            loose = _loose(text, fold=fold)
            self.starts.append(letters)
            letters += len(loose.replace(" ", ""))
            self.spaced += loose + " "
        self.at = [place for place, char in enumerate(self.spaced) if char != " "]
        self.dense = self.spaced.replace(" ", "")

    def after(self, start: int, line: str) -> int | None:
        """Return the place behind `line` if the stream goes on with it at `start`."""
        loose = _loose(line, fold=self.fold)
        dense = loose.replace(" ", "")
        if not self.dense.startswith(dense, start):
            return None
        if self.strict and dense:
            wanted = self.spaced[self.at[start] : self.at[start + len(dense) - 1] + 1]
            # beside a Chinese character a blank is a gap that a program set
            if _BESIDE_HAN.sub("", wanted) != _BESIDE_HAN.sub("", loose):
                return None
        return start + len(dense)

    def ahead(self, start: int) -> str:
        """Return the words that come next."""
        return self.spaced[self.at[start] : self.at[start] + 60] if start < len(self.at) else "(the end)"


@dataclass(slots=True)
class Walk:
    """How far a document has been read: places in its text, marks and notes, and the page on which each line of the text begins."""

    text: Stream
    marks: Sequence[str]
    notes: Stream
    heads: Sequence[str] = ()
    place: int = 0
    mark: int = 0
    note: int = 0
    numbers: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    note_ends: list[int] = field(default_factory=list)

    def page(self, number: int, lines: Sequence[str]) -> None:
        """Read one page, without its running head and page number; every line of it must be accounted for."""
        lines = self._below_head(lines)
        places = [self.place]
        for line in lines:
            place = self._text_line(places[-1], line)
            if place is None:
                break
            places.append(place)
        for taken in reversed(range(len(places))):
            if (rest := self._foot(lines, taken)) is not None:
                self.place, (self.mark, self.note) = places[taken], rest
                self.numbers += [int(line[1:]) for line in lines[:taken] if line.startswith(LEADER)]
                self.ends.append(self.place)
                self.note_ends.append(self.note)
                return
        wanted = f"text goes on with '{self.text.ahead(places[-1])}', notes with '{self.notes.ahead(self.note)}'"
        raise AssertionError(
            f"page {number}: cannot place {lines[len(places) - 1 : len(places) + 2]}; {wanted}, mark {self.marks[self.mark : self.mark + 1]}"
        )

    def _below_head(self, lines: Sequence[str]) -> Sequence[str]:
        """Return the lines of a page without the head of a table that began on the page before, which is shown again."""
        heads = {_loose(head, fold=False).replace(" ", "") for head in self.heads}
        for count in range(1, 12):
            joined = _loose("\n".join(lines[:count]), fold=False).replace(" ", "")
            if joined in heads and self.text.after(self.place, lines[0]) is None:
                return lines[count:]
        return lines

    def _text_line(self, place: int, line: str) -> int | None:
        return self.text.after(place, LEADER if line.startswith(LEADER) else line)

    def _foot(self, lines: Sequence[str], taken: int) -> tuple[int, int] | None:
        mark, note = self.mark, self.note
        while taken < len(lines) and mark < len(self.marks) and _loose(lines[taken], fold=False) == self.marks[mark]:
            taken, mark = taken + 1, mark + 1
        for line in lines[taken:]:
            place = self.notes.after(note, line)
            if place is None:
                return None
            note = place
        return mark, note

    def finish(self) -> None:
        """Nothing of the document may be left over."""
        assert self.place == len(self.text.dense), f"missing in the text: {self.text.ahead(self.place)}"
        assert self.note == len(self.notes.dense), f"missing in the notes: {self.notes.ahead(self.note)}"
        assert self.mark == len(self.marks), f"missing marks: {self.marks[self.mark :][:5]}"

    def strays(self, document: Sequence[Line]) -> list[int]:
        """Return the pages on which a note begins before its call, or that call a note which has not begun by the end of the next page."""
        calls = [
            start + len(_loose(f"{line.mark} {plain(line.text[: found.start()])}", fold=self.text.fold).replace(" ", ""))
            for start, line in zip(self.text.starts, document, strict=True)
            for found in re.finditer(CALL, line.text)
        ]
        called = [sum(call < end for call in calls) for end in self.ends]
        begun = [sum(start < end for start in self.notes.starts) for end in self.note_ends]
        late = [*begun[1:], begun[-1]]
        return [page for page in range(len(called)) if begun[page] > called[page] or late[page] < called[page]]

    def page_of(self, line: int) -> int:
        """Return the page on which a line of the text begins."""
        return next(number for number, end in enumerate(self.ends, 1) if self.text.starts[line] < end)


def body_of(page: str, *, first: Sequence[str] = (), last: Sequence[str] = ()) -> list[str]:
    """Return the lines of a page between its running head and its foot; each must be one of the texts given, whole, over any lines."""
    lines = [line for line in page.split("\n") if line.strip()]
    for texts, end in ((last, True), (first, False)):
        if texts:
            lines = _without(lines, {_loose(text, fold=False).replace(" ", "") for text in texts}, end=end)
    return lines


def _without(lines: list[str], texts: set[str], *, end: bool) -> list[str]:
    for count in range(1, 8):
        cut = lines[-count:] if end else lines[:count]
        if _loose("\n".join(cut), fold=False).replace(" ", "") in texts:
            return lines[:-count] if end else lines[count:]
    raise AssertionError(f"no running head or foot in {lines[-3:] if end else lines[:3]}")


def notes_at_foot(pages: Sequence[str], notes: Sequence[str]) -> None:
    """The end of each page must go on with the notes exactly where the page before it ended, until none is left; blanks do not count."""
    whole, place = Stream(notes).dense, 0
    for page in pages:
        dense = Stream([page]).dense
        place += next(len(dense) - start for start in range(len(dense) + 1) if whole.startswith(dense[start:], place))
    assert place == len(whole), f"after '{whole[max(place - 60, 0) : place]}' comes not '{whole[place : place + 60]}'"
