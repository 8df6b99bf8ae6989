"""Read a Word file: paragraphs with their numbers, notes, tables, comments, tracked changes.

The tree is walked whole, since words hide in content controls, fields, links, text boxes and tracked insertions.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from lxml import etree

from shadowgen.nodes import Emphasis, Inline, Inlines, LineBreak, Link, NoteCall, Strong, Text
from shadowgen.readers.inlinetidy import merged, without_links
from shadowgen.readers.original import Aside, NoteBody, Original, Piece, Place, words_in
from shadowgen.readers.textlines import clean
from shadowgen.readers.typedmarks import typed_marks
from shadowgen.readers.wordnumbers import WordNumbers, word_numbers
from shadowgen.readers.wordpackage import W, WordPackage, open_word
from shadowgen.readers.wordstyles import Style, word_styles

_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_PARTING = frozenset({"p", "tab", "br", "cr", "ptab", "footnoteReference", "endnoteReference"})
_DEEPEST = 12
_LABEL = re.compile(r"(?:Case|Table|Figure) \d+\. ")
_INSERTED = (f"{W}ins", f"{W}moveTo")
_DELETED = (f"{W}del", f"{W}moveFrom")


def read_word(raw: bytes, changes: str = "accept") -> Original:
    """Return a Word file as pieces; `changes` is what becomes of tracked changes: accept, reject, or keep (both, with a remark)."""
    return _Word(open_word(raw), changes).read()


class _Word:
    def __init__(self, package: WordPackage, changes: str) -> None:
        self.package, self.changes = package, changes
        self.styles: dict[str, Style] = word_styles(package.styles)
        self.numbers: WordNumbers = word_numbers(package.numbering)
        self.made = Original()
        self.note_ids: dict[tuple[str, str], int] = {}
        self.place = Place()
        self.links = package.links["document"]
        self.caption: Piece | None = None

    def read(self) -> Original:
        """Walk the body, then the notes that it calls, then the comments."""
        for body in self.package.document.iterchildren(f"{W}body"):
            for element in body:
                self._block(element)
        self._flush_caption()
        self._notes()
        self._comments()
        for margin in self.package.margins:
            self._aside("running head", margin, Place())
        typed_marks(self.made.pieces)
        return self.made

    # ------------------------------------------------ blocks

    def _block(self, element: etree._Element, depth: int = 0) -> None:
        if element.tag == f"{W}p":
            self._paragraph(element, depth)
        elif element.tag == f"{W}tbl":
            self._table(element, depth)
        elif (element.tag in _DELETED and self.changes != "reject") or (element.tag in _INSERTED and self.changes == "reject"):
            self._aside("deleted words", element)
        elif element.tag in (f"{W}sectPr", f"{W}sdtPr", f"{W}sdtEndPr", f"{W}tblPr", f"{W}trPr", f"{W}tcPr"):
            return
        elif depth < _DEEPEST * 4:
            for child in element:
                self._block(child, depth + 1)

    def _paragraph(self, element: etree._Element, depth: int) -> None:
        self.place = Place(paragraph=self.place.paragraph + 1)
        place = self.place
        id, style, number, level = self._format(element)
        boxes: list[etree._Element] = []
        inlines = merged(self._inlines(element, boxes))
        mark, bullet = self.numbers.next(number, level) if number not in ("", "0") else ("", False)
        if id in ("CaseTitle", "Caption") and (label := _LABEL.match(words_in(inlines))) and isinstance(inlines[0], Text):
            mark, inlines = label[0].strip(), (Text(inlines[0].text[label.end() :]), *inlines[1:])
        if words_in(inlines).strip() or any(isinstance(one, NoteCall) for one in inlines):
            self._add(Piece(*_kind(id, style, mark, bullet), inlines, place, mark, style.level or level, _known(id, style)))
        for box in boxes:
            for child in box:
                self._block(child, depth + 1)

    def _format(self, element: etree._Element) -> tuple[str, Style, str, int]:
        """Return the id of a paragraph's style, the style, its numbering and the depth in it."""
        properties = element.find(f"{W}pPr")
        find = properties.find if properties is not None else lambda _: None
        id = _value(find(f"{W}pStyle"))
        style = self.styles.get(id, Style(id))
        number = _value(find(f"{W}numPr/{W}numId")) or style.number
        deep = _value(find(f"{W}numPr/{W}ilvl"))
        return id, style, number, int(deep) if deep.isdigit() and len(deep) < 3 else style.depth

    def _add(self, piece: Piece) -> None:
        if piece.style.startswith("TOC"):
            self.made.asides.append(Aside("contents", words_in(piece.inlines), piece.place))
        elif piece.style == "Caption":
            self._flush_caption()
            self.caption = piece
        else:
            self._flush_caption()
            self.made.pieces.append(piece)

    def _flush_caption(self) -> None:
        """Keep a caption that no table follows, with its label: the picture that it stood under is left out."""
        if self.caption is not None:
            words = (Text(f"{self.caption.mark} "), *self.caption.inlines) if self.caption.mark else self.caption.inlines
            self.made.pieces.append(replace(self.caption, kind="text", mark="", inlines=merged(words)))
            self.made.doubts.append(Aside("picture that is left out", words_in(words), self.caption.place))
            self.caption = None

    def _table(self, element: etree._Element, depth: int) -> None:
        """Make a table of the rows; tables inside its cells give their words to the cell."""
        caption, self.caption = self.caption, None
        rows = []
        for row in element.iter(f"{W}tr"):
            if _home(row, f"{W}tbl") is not element:
                continue
            cells = [cell for cell in row.iter(f"{W}tc") if _home(cell, f"{W}tr") is row]
            rows.append(tuple(self._cell(cell) for cell in cells))
        self.place = Place(paragraph=self.place.paragraph + 1)
        if not any(words_in(cell).strip() for row in rows for cell in row):
            return
        if (len(rows) == 1 and len(rows[0]) == 1) or all(len(row) == 1 for row in rows):
            self._framed(element, depth)
            return
        inlines = caption.inlines if caption else ()
        mark = caption.mark if caption else ""
        self.made.pieces.append(Piece("table", inlines, self.place, mark, rows=tuple(rows)))

    def _framed(self, element: etree._Element, depth: int) -> None:
        """A table of one column is a frame around paragraphs."""
        for paragraph in self._paragraphs(element):
            self._paragraph(paragraph, depth + 1)

    def _cell(self, cell: etree._Element) -> Inlines:
        out: list[Inline] = []
        for paragraph in self._paragraphs(cell):
            inlines = merged(self._inlines(paragraph, []))
            if inlines:
                out += [Text(" "), *inlines] if out else inlines
        return tuple(out)

    def _paragraphs(self, element: etree._Element) -> Iterator[etree._Element]:
        """Yield the paragraphs of an element, also of its text boxes; what only old programs are shown stands there twice."""
        for child in element:
            if child.tag == f"{_MC}Fallback":
                continue
            if child.tag == f"{W}p":
                yield child
            yield from self._paragraphs(child)

    # ------------------------------------------------ inlines

    def _inlines(self, element: etree._Element, boxes: list[etree._Element]) -> Iterator[Inline]:
        """Yield the words inside an element; text boxes are put aside to be read after the paragraph."""
        for child in element:
            tag = child.tag
            if tag == f"{W}r":
                yield from self._run(child, boxes)
            elif tag in _DELETED or tag in _INSERTED:
                yield from self._changed(child, boxes)
            elif tag == f"{W}hyperlink":
                url = self.links.get(child.get(f"{_R}id", ""), "")
                inside = merged(self._inlines(child, boxes))
                yield from (
                    (Link(without_links(inside), url),) if url.startswith(("http://", "https://")) and " " not in url and inside else inside
                )
            elif tag in (f"{W}pPr", f"{W}rPr", f"{W}sdtPr", f"{W}sdtEndPr", f"{W}p", f"{W}tbl"):
                continue
            elif tag == f"{_MC}AlternateContent":
                yield from self._alternative(child, boxes)
            elif str(tag).endswith("}txbxContent"):
                boxes.append(child)
            elif tag == f"{_DRAWING}p":
                self._aside("words in a drawing", child)
            elif tag == f"{_MATH}t":
                yield Text(child.text or "")
            else:
                yield from self._inlines(child, boxes)

    def _alternative(self, element: etree._Element, boxes: list[etree._Element]) -> Iterator[Inline]:
        """Read the first of several forms of the same words; the others are for older programs."""
        chosen = element.find(f"{_MC}Choice")
        yield from self._inlines(chosen if chosen is not None else element, boxes)

    def _changed(self, element: etree._Element, boxes: list[etree._Element]) -> Iterator[Inline]:
        inserted = element.tag in _INSERTED
        if self.changes == "keep":
            self._aside("inserted words" if inserted else "deleted words", element)
            yield from self._inlines(element, boxes) if inserted else ()
        elif inserted == (self.changes == "accept"):
            yield from self._inlines(element, boxes)
        else:
            self._aside("deleted words" if not inserted else "rejected insertion", element)

    def _run(self, run: etree._Element, boxes: list[etree._Element]) -> Iterator[Inline]:
        properties = run.find(f"{W}rPr")
        italic, bold = _on(properties, "i"), _on(properties, "b")
        raised = properties is not None and (
            _value(properties.find(f"{W}vertAlign")) == "superscript" or "Reference" in _value(properties.find(f"{W}rStyle"))
        )
        for child in run:
            match etree.QName(child).localname if isinstance(child.tag, str) else "":
                case "t" | "delText":
                    if raised and (child.text or "").strip() in (",", ", "):
                        continue  # the comma between two calls of notes
                    text: Inline = Text((child.text or "").replace("\n", " "))
                    yield Emphasis((text,)) if italic else Strong((text,)) if bold else text
                case "tab":
                    yield Text(" ")
                case "br" | "cr":
                    yield LineBreak() if child.get(f"{W}type") in (None, "textWrapping") else Text(" ")
                case "noBreakHyphen":
                    yield Text("-")
                case "footnoteReference" | "endnoteReference" as kind:
                    id = (kind.removesuffix("Reference"), child.get(f"{W}id", ""))
                    yield NoteCall(self.note_ids.setdefault(id, len(self.note_ids) + 1))
                case "sym":
                    code = child.get(f"{W}char", "")
                    yield Text("\u2022" if code.upper().startswith("F0") else clean(chr(int(code, 16))) if code else "")
                case "drawing" | "pict" | "object":
                    yield from self._inlines(child, boxes)
                case "AlternateContent":
                    yield from self._alternative(child, boxes)
                case "ruby":
                    for base in child.iterchildren(f"{W}rubyBase"):
                        yield from self._inlines(base, boxes)
                    yield from (Text(f"({self._plain(reading)})") for reading in child.iterchildren(f"{W}rt"))

    def _plain(self, element: etree._Element) -> str:
        """Return the words of an element with a blank where a paragraph ends or a tab, line break or note parts words."""
        words = []
        for one in element.iter():
            name = etree.QName(one).localname if isinstance(one.tag, str) else ""
            words.append((one.text or "") if name in ("t", "delText") else " " if name in _PARTING else "")
        return "".join(words).strip()

    # ------------------------------------------------ notes and comments

    def _notes(self) -> None:
        bodies = {("footnote", note.get(f"{W}id", "")): note for note in self.package.footnotes.iter(f"{W}footnote")}
        bodies |= {("endnote", note.get(f"{W}id", "")): note for note in self.package.endnotes.iter(f"{W}endnote")}
        called = dict(self.note_ids)
        for id, number in called.items():
            self.links = self.package.links[f"{id[0]}s"]
            if id in bodies:
                out: list[Inline] = []
                for paragraph in self._paragraphs(bodies[id]):
                    inlines = merged(self._inlines(paragraph, []))
                    out += [Text(" "), *inlines] if out and inlines else inlines
                self.made.notes[number] = NoteBody(number, _stripped(tuple(out)), self.place)
        for id, note in bodies.items():
            if id not in called:
                self._aside("note without a call" if note.get(f"{W}type") is None else "running head", note, Place())

    def _comments(self) -> None:
        for comment in self.package.comments.iter(f"{W}comment"):
            self._aside("comment", comment, Place())

    def _aside(self, what: str, element: etree._Element, place: Place | None = None) -> None:
        words = " ".join(clean(self._plain(element)).split())
        if re.search(r"\w", words):
            self.made.asides.append(Aside(what, words, place or self.place))


def _value(element: etree._Element | None) -> str:
    return element.get(f"{W}val", "") if element is not None else ""


def _on(properties: etree._Element | None, name: str) -> bool:
    element = properties.find(f"{W}{name}") if properties is not None else None
    return element is not None and element.get(f"{W}val", "true") not in ("0", "false", "off")


def _home(element: etree._Element, tag: str) -> etree._Element | None:
    return next(element.iterancestors(tag), None)


def _kind(id: str, style: Style, mark: str, bullet: bool) -> tuple[str]:
    """Return what a paragraph is by its style and number."""
    name = style.name.lower()
    if style.level and not id.startswith("TOC"):
        return ("heading",)
    if id in ("CaseTitle", "PullFigure"):
        return ("box",)
    if "quote" in name or "quotation" in name:
        return ("quote",)
    number = mark.rstrip(".").isdigit() and mark.endswith(".") and "list" not in name and id != "Ask"
    return ("item",) if bullet or (mark and not number) or id == "Ask" else ("text",)


_KNOWN = (
    "Title",
    "Subtitle",
    "CoverSession",
    "CoverLabel",
    "CoverName",
    "Date",
    "Label",
    "Commitment",
    "SeeAlso",
    "Ask",
    "CaseText",
    "PullFigure",
    "PullText",
    "Caption",
)


def _known(id: str, style: Style) -> str:
    """Return the name of a style that says more than how it looks."""
    if id.startswith("TOC") or style.name.lower().startswith("toc "):
        return "TOC"
    return id if id in _KNOWN else "Caption" if style.name.lower() == "caption" else ""


def _stripped(inlines: Inlines) -> Inlines:
    out = list(inlines)
    if out and isinstance(out[0], Text):
        out[0] = Text(out[0].text.lstrip())
    return tuple(inline for inline in out if not (isinstance(inline, Text) and not inline.text))
