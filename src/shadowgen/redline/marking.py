"""Blocks of two versions -> WordprocessingML with tracked changes (ISO/IEC 29500-1, 17.13.5).

Enters: two `WordFile`s. Leaves: the body and the notes, in which accepting all gives the words of the new file and rejecting all those of the
old one. What stays has the look of the new file. A paragraph that is gone or new has its mark tracked, so that it goes as a whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from lxml import etree

from shadowgen.redline.aligning import Pair, align
from shadowgen.redline.differing import changes
from shadowgen.redline.wordparts import Contents, Element, Grid, Line, Part, R, Token, W, WordFile, copied, row_words

SAME, NEW, GONE = "", "ins", "del"
WAS = "_Was"  # before the names of the bookmarks of the old version
_DELETED = {f"{W}t": f"{W}delText", f"{W}instrText": f"{W}delInstrText"}
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_TRACKED_FIRST = ("ins", "del", "moveFrom", "moveTo")


@dataclass(frozen=True, slots=True)
class Signature:
    """Who is named as author of the changes, and when: nothing is said of the time if `date` is empty."""

    author: str = "shadowgen"
    date: str = ""


class Marker:
    """Writes two versions as one. What comes from the old file names its numberings, links and pictures with `WAS` before their ids.

    `series` says which numbering of the new file goes on with which of the old one; `changes` counts what is tracked.
    """

    def __init__(self, old: WordFile, new: WordFile, signature: Signature) -> None:
        self.old, self.new = old, new
        self.signature = signature
        self.changes = 0
        self.series: dict[str, str] = {}
        self.notes: list[Element] = []

    # ------------------------------------------------ blocks

    def body(self) -> list[Element]:
        """Return the blocks of the text; the notes that they call are then in `notes`."""
        pairs = _paired(self.old.blocks, self.new.blocks)
        self._join_targets(pairs)
        return list(self._apart(self.blocks(self.old.blocks, self.new.blocks, pairs)))

    def _join_targets(self, pairs: list[Pair]) -> None:
        """Give references of the old file the targets that their own have become, so that "para. 4" is no change where it is the same paragraph."""
        same: dict[str, str] = {}
        for a, c in pairs:
            old, new = self.old.blocks[a] if a is not None else None, self.new.blocks[c] if c is not None else None
            if isinstance(old, Line) and isinstance(new, Line):
                same |= dict(zip(old.names, new.names, strict=False)) | self._pair_notes(old, new)
        lines = [line for lines in (_lines(self.old.blocks), *self.old.notes.values()) for line in lines]
        for token in (token for line in lines for token in line.tokens):
            match token.key:
                case ("field", kind, shown, str(target)) if target:
                    token.key = ("field", kind, shown, same.get(target, WAS + target))

    def _apart(self, blocks: list[Element]) -> Iterator[Element]:
        """Keep tables from running into one another: by a paragraph that is both new and gone, so that neither version has it."""
        for place, block in enumerate(blocks):
            if place and block.tag == blocks[place - 1].tag == f"{W}tbl":
                between = etree.Element(f"{W}p")
                self._track_mark(between, NEW, GONE)
                yield between
            yield block

    def blocks(self, old: Sequence[Part], new: Sequence[Part], pairs: list[Pair] | None = None) -> list[Element]:
        """Return the blocks of both versions in one order."""
        pairs = _paired(old, new) if pairs is None else pairs
        out: list[Element] = []
        for place, (a, c) in enumerate(pairs):
            if a is not None and c is not None:
                out += self._both(old[a], new[c], new_follows=place + 1 < len(pairs) and pairs[place + 1][0] is None)
            else:
                out += self._one(old[a], GONE) if a is not None else self._one(new[c], NEW)  # type: ignore[index]
        return out

    def _both(self, old: Part, new: Part, *, new_follows: bool) -> list[Element]:
        if isinstance(old, Line) and isinstance(new, Line):
            return [self.line(old, new, new_follows=new_follows)]
        if isinstance(old, Grid) and isinstance(new, Grid):
            return [self._grid(old, new)]
        if isinstance(old, Contents) and isinstance(new, Contents):
            return [self._contents(old, new)]
        raise TypeError("blocks of two kinds are never paired")

    def _one(self, part: Part, state: str) -> list[Element]:
        if isinstance(part, Contents):
            for token in (token for line in part.lines for token in line.tokens):
                token.glue = False
            return [made for line in part.lines for made in self._one(line, state)]
        if isinstance(part, Grid):
            return [self._table(part, [self._row(element, cells, state) for element, cells in _rows(part)], state)]
        if part.ends_section and state == GONE and not part.words:
            return []  # the page setup is that of the new version
        made = self._paragraph(part, [(token, state) for token in part.tokens], state)
        if not (part.ends_section and state == NEW):
            self._track_mark(made, state)
        return [made]

    def line(self, old: Line, new: Line, *, new_follows: bool = False) -> Element:
        """Return a paragraph that stands in both versions, with what changed in it.

        Where a new paragraph follows, what is new at the end stands before what is gone: LibreOffice takes two neighbours of one kind for one
        change, and the end of this paragraph with it.
        """
        self._pair_notes(old, new)
        if (was := old.series) and (now := new.series):
            self.series.setdefault(was, now)
        spans = changes([token.key for token in old.tokens], [token.key for token in new.tokens])
        told: list[tuple[Token, str]] = []
        for same, a, b, c, d in spans:
            if same:
                for was, token in zip(old.tokens[a:b], new.tokens[c:d], strict=True):
                    token.marks += [_renamed(mark) for mark in was.marks]
                    told.append((token, SAME))
            else:
                gone, added = [(token, GONE) for token in old.tokens[a:b]], [(token, NEW) for token in new.tokens[c:d]]
                told += added + gone if new_follows and b == len(old.tokens) else gone + added
        return self._paragraph(new, told, SAME, [_renamed(mark) for mark in old.tail])

    def _paragraph(self, line: Line, told: list[tuple[Token, str]], state: str, tail: Sequence[Element] = ()) -> Element:
        made = etree.Element(f"{W}p")
        if line.properties is not None:
            made.append(properties := copied(line.properties))
            if state == GONE:
                for number in properties.iterfind(f"{W}numPr/{W}numId"):
                    number.set(f"{W}val", WAS + number.get(f"{W}val", ""))
                for setup in properties.findall(f"{W}sectPr"):
                    properties.remove(setup)
        made.extend(self._inline(told))
        made.extend([*([_renamed(mark) for mark in line.tail] if state == GONE else map(copied, line.tail)), *tail])
        return made

    def _track_mark(self, paragraph: Element, *states: str) -> None:
        """Track the end of a paragraph as new, gone, or both."""
        properties = paragraph.find(f"{W}pPr")
        if properties is None:
            properties = etree.Element(f"{W}pPr")
            paragraph.insert(0, properties)
        look = properties.find(f"{W}rPr")
        if look is None:
            look = etree.Element(f"{W}rPr")
            after = next((child for child in properties if child.tag in (f"{W}sectPr", f"{W}pPrChange")), None)
            properties.append(look) if after is None else after.addprevious(look)
        for place, state in enumerate(states):
            look.insert(place, self._change(state))

    def _change(self, state: str) -> Element:
        self.changes += 1
        made = etree.Element(f"{W}{state}")
        made.set(f"{W}id", str(self.changes))
        made.set(f"{W}author", self.signature.author)
        if self.signature.date:
            made.set(f"{W}date", self.signature.date)
        return made

    # ------------------------------------------------ tables and contents

    def _grid(self, old: Grid, new: Grid) -> Element:
        pairs = align([("", row_words(row)) for row in old.rows], [("", row_words(row)) for row in new.rows])
        was, now = list(_rows(old)), list(_rows(new))
        rows: list[Element] = []
        for a, c in pairs:
            if a is not None and c is not None and len(old.rows[a]) == len(new.rows[c]):
                rows.append(self._cells(old.rows[a], *now[c]))
            else:
                rows += [self._row(*was[a], GONE)] if a is not None else []
                rows += [self._row(*now[c], NEW)] if c is not None else []
        return self._table(new, rows, SAME)

    def _table(self, grid: Grid, rows: list[Element], state: str) -> Element:
        made = etree.Element(f"{W}tbl")
        made.extend([copied(child) for child in grid.element if child.tag in (f"{W}tblPr", f"{W}tblGrid")])
        made.extend(rows)
        return made

    def _cells(self, old: list[list[Line]], element: Element, new: list[list[Line]]) -> Element:
        return _row_of(element, [self._held(was, now) for was, now in zip(old, new, strict=True)])

    def _row(self, element: Element, cells: list[list[Line]], state: str) -> Element:
        """Return a row that is new or gone as a whole."""
        made = _row_of(element, [[made for line in cell for made in self._one(line, state)] for cell in cells])
        properties = made.find(f"{W}trPr")
        if properties is None:
            properties = etree.Element(f"{W}trPr")
            before = made.find(f"{W}tblPrEx")
            made.insert(0, properties) if before is None else before.addnext(properties)
        properties.append(self._change(state))
        return made

    def _held(self, old: Sequence[Line], new: Sequence[Line]) -> list[Element]:
        """Return the lines of a cell or a note, of which one must always be left."""
        if len(old) == len(new) == 1:
            return [self.line(old[0], new[0])]
        lines = self.blocks(old, new)
        for mark in lines[-1].findall(f"{W}pPr/{W}rPr/*") if lines else ():
            if etree.QName(mark).localname in _TRACKED_FIRST:
                mark.getparent().remove(mark)
        return lines

    def _contents(self, old: Contents, new: Contents) -> Element:
        """Return the contents of both versions in the field of the new one."""
        glue = [token for line in new.lines for token in line.tokens if token.glue]
        for line in (*old.lines, *new.lines):
            line.tokens = [token for token in line.tokens if not token.glue]
        lines = self.blocks(old.lines, new.lines)
        start = next((line for line in lines if _style(line).startswith("TOC") and _style(line) != "TOCHeading"), None)
        ends = [token for token in glue if token.runs[0].find(f"{W}fldChar[@{W}fldCharType='end']") is not None]
        if start is not None:
            properties = start.find(f"{W}pPr")
            for token in reversed([token for token in glue if token not in ends]):
                start.insert(0 if properties is None else 1, token.runs[0])
        if lines:
            lines[-1].extend([token.runs[0] for token in ends])
        made = copied(new.element)
        content = made.find(f"{W}sdtContent")
        content[:] = lines
        return made

    # ------------------------------------------------ words

    def _inline(self, told: list[tuple[Token, str]]) -> Iterator[Element]:
        """Yield runs, in a link where they were in one, in a change where they are new or gone."""
        for (_, state), group in groupby(told, key=lambda pair: (id(pair[0].link), SAME if pair[0].glue else pair[1])):
            tokens = [token for token, _ in group]
            link = tokens[0].link
            made: list[Element] = []
            starts = [place for place, token in enumerate(tokens) if token.marks or not place]
            for start, end in zip(starts, [*starts[1:], len(tokens)], strict=True):
                part = tokens[start:end]
                made += [_renamed(mark) if state == GONE else copied(mark) for mark in part[0].marks]
                made += self._changed(part, state)
            if link is None:
                yield from made
            else:
                around = etree.Element(f"{W}hyperlink", dict(link.attrib))
                around.extend(made)
                if state == GONE:
                    _from_old(around)
                yield around

    def _changed(self, tokens: list[Token], state: str) -> list[Element]:
        runs = [run for token in _merged(tokens) for run in self._runs(token, state)]
        if not state:
            return runs
        change = self._change(state)
        change.extend(runs)
        return [change]

    def _runs(self, token: Token, state: str) -> Iterator[Element]:
        if token.note:
            yield self._call(token, state)
            return
        for one in token.runs:
            run = copied(one)
            if state == GONE:
                for element in run.iter(*_DELETED):
                    element.tag = _DELETED[element.tag]
                if token.link is None:
                    _from_old(run)
            yield run

    # ------------------------------------------------ notes

    def _pair_notes(self, old: Line, new: Line) -> dict[str, str]:
        """Give the calls of one note in both versions one key, so that its call stays and its words are compared; return what names them."""
        was, now = [token for token in old.tokens if token.note], [token for token in new.tokens if token.note]
        words = [[("", _note_words(file, token)) for token in tokens] for file, tokens in ((self.old, was), (self.new, now))]
        pairs = align(*words)
        for a, c in pairs:
            if a is not None:
                was[a].key = ("note", "gone", was[a].note) if c is None else ("note", "both", was[a].note, now[c].note)
            if c is not None:
                now[c].key = ("note", "new", now[c].note) if a is None else was[a].key
        both = [(was[a], now[c]) for a, c in pairs if a is not None and c is not None]
        return {name: other for one, two in both for name, other in zip(_names(one), _names(two), strict=False)}

    def _call(self, token: Token, state: str) -> Element:
        """Return the call of a note under its number in the new file's part, and write the note."""
        made = copied(token.runs[0])
        number = str(len(self.notes) + 1)
        made.find(f"{W}footnoteReference").set(f"{W}id", number)
        note = etree.Element(f"{W}footnote")
        note.set(f"{W}id", number)
        self.notes.append(note)
        if state:
            lines = (self.old if state == GONE else self.new).notes.get(token.note, [])
            note.extend([self._paragraph(line, [(one, state) for one in line.tokens], state) for line in lines])
        else:
            old = token.key[2] if isinstance(token.key, tuple) else ""
            note.extend(self._held(self.old.notes.get(old, []), self.new.notes.get(token.note, [])))
        return made


def _paired(old: Sequence[Part], new: Sequence[Part]) -> list[Pair]:
    return align([(one.kind, one.words) for one in old], [(one.kind, one.words) for one in new])


def _lines(parts: Sequence[Part]) -> Iterator[Line]:
    for part in parts:
        match part:
            case Line():
                yield part
            case Grid():
                yield from (line for row in part.rows for cell in row for line in cell)
            case Contents():
                yield from part.lines


def _names(token: Token) -> list[str]:
    return [mark.get(f"{W}name", "") for mark in token.marks if mark.get(f"{W}name", "").startswith("_Ref_")]


def _note_words(file: WordFile, token: Token) -> str:
    return " ".join(line.words for line in file.notes.get(token.note, []))


def _merged(tokens: list[Token]) -> Iterator[Token]:
    """Put words that stood in runs of one look into one run."""
    for (word, _), group in groupby(
        tokens, key=lambda token: (isinstance(token.key, str), _look(token) if isinstance(token.key, str) else id(token))
    ):
        if not word:
            yield from group
            continue
        same = list(group)
        run = etree.Element(f"{W}r")
        if (properties := same[0].runs[0].find(f"{W}rPr")) is not None:
            run.append(copied(properties))
        text = etree.SubElement(run, f"{W}t", {_SPACE: "preserve"})
        text.text = "".join(token.text for token in same)
        yield Token(text.text, (run,), text.text)


def _look(token: Token) -> bytes:
    properties = token.runs[0].find(f"{W}rPr")
    return b"" if properties is None else etree.tostring(properties)


def _rows(grid: Grid) -> Iterator[tuple[Element, list[list[Line]]]]:
    yield from zip(grid.element.findall(f"{W}tr"), grid.rows, strict=True)


def _row_of(element: Element, cells: list[list[Element]]) -> Element:
    """Return a row with the properties of another and other lines in its cells."""
    made = etree.Element(f"{W}tr")
    made.extend([copied(child) for child in element if child.tag in (f"{W}tblPrEx", f"{W}trPr")])
    for cell, lines in zip(element.findall(f"{W}tc"), cells, strict=True):
        inner = etree.SubElement(made, f"{W}tc")
        inner.extend([copied(child) for child in cell if child.tag == f"{W}tcPr"])
        inner.extend(lines)
    return made


def _style(paragraph: Element) -> str:
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    return style.get(f"{W}val", "") if style is not None else ""


def _from_old(element: Element) -> None:
    """Name the targets of an element's links, pictures and fields as those of the old version."""
    for one in element.iter():
        for name in (f"{R}id", f"{R}embed", f"{W}anchor"):
            if one.get(name):
                one.set(name, WAS + one.get(name, ""))
        if one.tag == f"{W}delInstrText":
            one.text = re.sub(r"(?<=\s)_\w+", lambda found: WAS + found[0], one.text or "")


def _renamed(mark: Element) -> Element:
    """Return a bookmark of the old version under a name and number that no bookmark of the new one has."""
    made = copied(mark)
    made.set(f"{W}id", WAS + made.get(f"{W}id", ""))
    if made.get(f"{W}name"):
        made.set(f"{W}name", WAS + made.get(f"{W}name", ""))
    return made
