"""A Word file as what can be compared: blocks of tokens. The only module that knows how words stand in WordprocessingML.

Enters: bytes of a .docx without tracked changes. Leaves: a `WordFile`: its parts, and the blocks of its text and of its notes. Raises
`Unreadable`. A token is a word, a blank, a sign, a note's call, a field with its result, or another thing in the line of text, such as a picture.
"""

from __future__ import annotations

import hashlib
from collections.abc import Hashable, Iterator
from copy import deepcopy
from dataclasses import dataclass, field

from lxml import etree

from shadowgen.redline.differing import words_of
from shadowgen.scan.package import RELATION, Unreadable, open_package, parse_xml, rels_of, target_of

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
TEXT, NOTES, NUMBERING, STYLES = "word/document.xml", "word/footnotes.xml", "word/numbering.xml", "word/styles.xml"
TYPES = "[Content_Types].xml"
_UNWRAPPED = {f"{W}{name}" for name in ("smartTag", "sdt", "sdtContent", "customXml", "dir", "bdo", "fldSimple")}
_MARKS = {f"{W}bookmarkStart", f"{W}bookmarkEnd"}
_HELD = {f"{W}r", *_MARKS, "{http://schemas.openxmlformats.org/officeDocument/2006/math}oMath"}
_PASSED = {f"{W}{name}" for name in ("pPr", "sdtPr", "sdtEndPr", "proofErr", "lastRenderedPageBreak", "rPr", "commentReference")}

Element = etree._Element


@dataclass(slots=True)
class Token:
    """One thing in a line: what it is compared by, its runs, the link around it, the bookmarks before it.

    `glue` belongs to a field that other paragraphs share, and is neither new nor gone. The key of a word is its text, and its run may hold more.
    """

    key: Hashable
    runs: tuple[Element, ...]
    text: str = ""
    link: Element | None = None
    marks: list[Element] = field(default_factory=list)
    note: str = ""
    glue: bool = False


@dataclass(slots=True)
class Line:
    """A paragraph: its properties, its tokens, the bookmarks at its end."""

    element: Element
    tokens: list[Token]
    tail: list[Element]

    @property
    def properties(self) -> Element | None:
        """The `w:pPr`, if there is one."""
        return self.element.find(f"{W}pPr")

    @property
    def series(self) -> str:
        """The id of the numbering that it counts in, if any."""
        number = self.element.find(f"{W}pPr/{W}numPr/{W}numId")
        return number.get(f"{W}val", "") if number is not None else ""

    @property
    def ends_section(self) -> bool:
        """True if the page setup of a section stands in this paragraph."""
        return self.element.find(f"{W}pPr/{W}sectPr") is not None

    @property
    def names(self) -> list[str]:
        """The bookmarks that other places refer to it by, but for those of its notes."""
        marks = [mark for token in self.tokens if not token.note for mark in token.marks]
        return [name for mark in (*marks, *self.tail) if (name := mark.get(f"{W}name", "")).startswith("_Ref_")]

    @property
    def words(self) -> str:
        """What stands in it, without the calls of notes."""
        return "".join(token.text for token in self.tokens)

    @property
    def kind(self) -> str:
        """What it can be paired with: a heading of its level, a line of the contents, another paragraph."""
        style = self.element.find(f"{W}pPr/{W}pStyle")
        name = style.get(f"{W}val", "") if style is not None else ""
        return name if name.startswith(("Heading", "TOC")) else "end" if self.ends_section else "line"


@dataclass(slots=True)
class Grid:
    """A table: its rows of cells, each of which holds lines."""

    element: Element
    rows: list[list[list[Line]]]

    @property
    def words(self) -> str:
        """What stands in it."""
        return "\n".join(row_words(row) for row in self.rows)

    @property
    def kind(self) -> str:
        """A table can be paired with one of as many columns."""
        return f"grid{max(map(len, self.rows), default=0)}"


@dataclass(slots=True)
class Contents:
    """A table of contents, or another control around lines."""

    element: Element
    lines: list[Line]
    kind: str = "contents"

    @property
    def words(self) -> str:
        """Its lines."""
        return "\n".join(line.words for line in self.lines)


Part = Line | Grid | Contents


def row_words(row: list[list[Line]]) -> str:
    """Return what stands in a row of a table."""
    return "\t".join(line.words for cell in row for line in cell)


@dataclass(slots=True)
class WordFile:
    """A Word file: its parts as bytes, its XML by part, the blocks of the text, the lines of each note by its id."""

    parts: dict[str, bytes]
    roots: dict[str, Element]
    blocks: list[Part]
    notes: dict[str, list[Line]]

    def root(self, name: str) -> Element | None:
        """Return the XML of a part, parsed when it is first asked for."""
        if name not in self.roots and name in self.parts:
            self.roots[name] = parse_xml(self.parts[name], name)
        return self.roots.get(name)

    def relations(self, of: str) -> dict[str, Element]:
        """Return the relationships of a part by their ids."""
        root = self.root(rels_of(of))
        return {one.get("Id", ""): one for one in root.iter(RELATION)} if root is not None else {}


def read_word(data: bytes) -> WordFile:
    """Read a Word file."""
    file = WordFile(open_package(data), {}, [], {})
    text = file.root(TEXT)
    if text is None or (body := text.find(f"{W}body")) is None:
        raise Unreadable("unreadable", TEXT)
    file.blocks = list(_blocks(body, _Reader(file, TEXT)))
    notes = file.root(NOTES)
    reader = _Reader(file, NOTES)
    for note in notes.iter(f"{W}footnote") if notes is not None else ():
        if note.get(f"{W}type", "normal") == "normal":
            file.notes[note.get(f"{W}id", "")] = [reader.line(one) for one in note.iter(f"{W}p")]
    return file


def _blocks(body: Element, reader: _Reader) -> Iterator[Part]:
    for element in body:
        if element.tag == f"{W}p":
            yield reader.line(element)
        elif element.tag == f"{W}tbl":
            yield Grid(element, [[_lines(cell, reader) for cell in row.findall(f"{W}tc")] for row in element.findall(f"{W}tr")])
        elif element.tag == f"{W}sdt":
            content = element.find(f"{W}sdtContent")
            if content is not None and content.find(f"{W}tbl") is None and element.find(f".//{W}docPartGallery") is not None:
                yield Contents(element, _lines(content, reader))
            elif content is not None:
                yield from _blocks(content, reader)


def _lines(element: Element, reader: _Reader) -> list[Line]:
    return [reader.line(one) for one in element.iter(f"{W}p")]


class _Reader:
    """Reads the lines of one part."""

    def __init__(self, file: WordFile, part: str) -> None:
        self.file = file
        self.part = part
        self.relations = file.relations(part)

    def line(self, element: Element) -> Line:
        """Read a paragraph."""
        runs = list(_flat(element, None))
        whole = _whole_fields([one for one, _ in runs])
        tokens: list[Token] = []
        marks: list[Element] = []
        place = 0
        while place < len(runs):
            one, link = runs[place]
            if one.tag in _MARKS:
                marks.append(one)
                place += 1
                continue
            length = whole.get(place, 0)
            new = [self._field([run for run, _ in runs[place : place + length]])] if length else list(self._run(one, place in whole))
            place += length or 1
            for token in new:
                token.link = link
            if new:
                new[0].marks, marks = marks, []
            tokens += new
        return Line(element, tokens, marks)

    def _run(self, run: Element, glue: bool) -> Iterator[Token]:
        if run.tag != f"{W}r":
            yield Token((run.tag, etree.tostring(run)), (run,), "".join(map(str, run.itertext())))
            return
        for child in run:
            if child.tag in _PASSED:
                continue
            if child.tag == f"{W}t":
                for word in words_of(child.text or ""):
                    yield Token(word, (run,), word)
            elif child.tag == f"{W}footnoteReference":
                yield Token(("note", child.get(f"{W}id")), (_like(run, child),), note=child.get(f"{W}id", ""))
            else:
                shown = " " if child.tag in (f"{W}tab", f"{W}br") else ""
                yield Token((child.tag, self._told(child)), (_like(run, child),), shown, glue=glue)

    def _told(self, child: Element) -> Hashable:
        """Return what an element in a run is compared by: a picture by its pixels, anything else by its name and type."""
        told = [self._picture(blip.get(f"{R}embed", "")) for blip in child.iter(f"{A}blip")]
        return tuple(told) or tuple(sorted(child.attrib.items()))

    def _picture(self, id: str) -> str:
        relation = self.relations.get(id)
        data = self.file.parts.get(target_of(relation, self.part), b"") if relation is not None else b""
        return hashlib.sha256(data).hexdigest()

    def _field(self, runs: list[Element]) -> Token:
        """Return a field as one token: two are the same if they are of one kind, show the same, and refer to the same.

        The number of a page is of neither version until Word lays the text out, so it is never a change.
        """
        code, shown, after = "", "", False
        for run in runs:
            code += "".join(one.text or "" for one in run.iter(f"{W}instrText"))
            after = after or any(one.get(f"{W}fldCharType") == "separate" for one in run.iter(f"{W}fldChar"))
            shown += "".join(one.text or "" for one in run.iter(f"{W}t")) if after else ""
        kind, target, *_ = *code.split(), "", ""
        shown = "" if kind == "PAGEREF" else shown
        return Token(("field", kind, shown, target if kind in ("REF", "NOTEREF") else ""), tuple(runs), shown)


def _flat(element: Element, link: Element | None) -> Iterator[tuple[Element, Element | None]]:
    """Yield what stands in a paragraph, out of every wrapper, each with the link around it."""
    for child in element:
        if child.tag == f"{W}hyperlink":
            yield from _flat(child, child)
        elif child.tag in _UNWRAPPED:
            yield from _flat(child, link)
        elif child.tag in _HELD:
            yield child, link


def _whole_fields(runs: list[Element]) -> dict[int, int]:
    """Return how many runs each field takes that begins and ends here, by the place of the first; 0 for a run that other paragraphs share in."""
    found: dict[int, int] = {}
    open_fields: list[int] = []
    for place, run in enumerate(runs):
        for mark in run.iter(f"{W}fldChar"):
            kind = mark.get(f"{W}fldCharType")
            if kind == "begin":
                open_fields.append(place)
            elif kind == "end" and open_fields:
                found[open_fields.pop()] = place + 1
            elif kind == "end":
                found[place] = 0
    for start in open_fields:  # from its beginning to where its result starts
        for place in range(start, len(runs)):
            found[place] = 0
            if any(mark.get(f"{W}fldCharType") == "separate" for mark in runs[place].iter(f"{W}fldChar")):
                break
    return {place: end - place if end else 0 for place, end in found.items()}


def _like(run: Element, child: Element) -> Element:
    """Return a run with the properties of another that holds one of its children."""
    made = etree.Element(f"{W}r")
    properties = run.find(f"{W}rPr")
    made.extend([copied(one) for one in (properties, child) if one is not None])
    return made


def copied(element: Element) -> Element:
    """Return a copy that stands alone."""
    made = deepcopy(element)
    made.tail = None
    return made
