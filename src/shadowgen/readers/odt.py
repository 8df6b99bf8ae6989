"""Read an OpenDocument text (.odt): paragraphs, headings by their outline level, lists, notes, tables, comments, tracked changes."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from shadowgen.nodes import Emphasis, Inline, Inlines, LineBreak, Link, NoteCall, Strong, Text
from shadowgen.readers.archive import HINT, open_archive
from shadowgen.readers.inlinetidy import merged, without_links
from shadowgen.readers.odtstyles import OFFICE, STYLE, SVG, TABLE, TEXT, Counts, Look, counts, looks
from shadowgen.readers.original import Aside, NoteBody, Original, Piece, Place, words_in
from shadowgen.readers.textlines import Unreadable, clean
from shadowgen.readers.typedmarks import typed_marks

_HREF = "{http://www.w3.org/1999/xlink}href"
_ID = "{http://www.w3.org/XML/1998/namespace}id"
_CONTENTS = tuple(
    f"{TEXT}{name}"
    for name in ("table-of-content", "alphabetical-index", "illustration-index", "table-index", "object-index", "user-index")
)
_SILENT = frozenset({f"{TEXT}script", f"{OFFICE}forms", f"{OFFICE}binary-data", f"{TEXT}note-citation"})
_PARTING = frozenset({f"{TEXT}p", f"{TEXT}h", f"{TEXT}tab", f"{TEXT}s", f"{TEXT}line-break", f"{TEXT}note", f"{OFFICE}annotation"})
_BLOCKS = (f"{TEXT}p", f"{TEXT}h", f"{TEXT}list", f"{TABLE}table")
_MAX_BLANKS = 100
_DEEPEST = 200


def read_odt(raw: bytes, changes: str = "accept") -> Original:
    """Return an OpenDocument text as pieces; `changes` is what becomes of tracked changes: accept, reject, or keep (both, with a remark)."""
    archive = open_archive(raw, "OpenDocument text")
    if "META-INF/manifest.xml" in archive.names and b"encryption-data" in archive.read("META-INF/manifest.xml"):
        raise Unreadable("the file is locked with a password", "open it in LibreOffice and save it without one")
    content, styles = archive.parse("content.xml"), archive.parse("styles.xml")
    body = content.find(f"{OFFICE}body/{OFFICE}text") if content is not None else None
    if content is None or body is None:
        raise Unreadable("this archive holds no OpenDocument text", HINT)
    return _Odt(body, content, styles if styles is not None else etree.Element("none"), changes).read()


class _Odt:
    def __init__(self, body: etree._Element, content: etree._Element, styles: etree._Element, changes: str) -> None:
        self.body, self.styles, self.changes = body, styles, changes
        self.looks: dict[tuple[str, str], Look] = looks(styles, content)
        self.counts: Counts = counts(styles, content)
        self.regions = {one.get(_ID) or one.get(f"{TEXT}id", ""): one for one in body.iter(f"{TEXT}changed-region")}
        self.inserting: set[str] = set()
        self.inserted: list[str] = []
        self.made = Original()
        self.place = Place()
        self.notes: list[etree._Element] = []

    def read(self) -> Original:
        """Walk the body, then the notes that it calls, then the margins of the pages."""
        for element in self.body:
            self._block(element)
        for number, note in enumerate(self.notes, 1):
            body = note.find(f"{TEXT}note-body")
            words = self._joined(body) if body is not None else ()
            self.made.notes[number] = NoteBody(number, words, self.place)
        for margin in self.styles.iter(f"{STYLE}header", f"{STYLE}footer", *(f"{STYLE}{end}-{at}" for end in ("header", "footer") for at in ("left", "first"))):  # fmt: skip
            self._aside("running head", _plain(margin), Place())
        typed_marks(self.made.pieces)
        return self.made

    def _aside(self, what: str, words: str, place: Place | None = None) -> None:
        if words := " ".join(clean(words).split()):
            self.made.asides.append(Aside(what, words, place or self.place))

    # ------------------------------------------------ blocks

    def _block(self, element: etree._Element, depth: int = 0) -> None:
        tag = element.tag
        if tag in (f"{TEXT}p", f"{TEXT}h"):
            self._paragraph(element)
        elif tag == f"{TEXT}list":
            self._list(element, 0, "")
        elif tag == f"{TABLE}table":
            self._table(element)
        elif tag in _CONTENTS:
            self._aside("contents", _plain(element))
        elif tag in (f"{SVG}title", f"{SVG}desc"):
            self._aside("words about a picture", element.text or "")
        elif tag in (f"{TEXT}tracked-changes", *_SILENT) or depth > _DEEPEST:
            return
        elif tag in (f"{TEXT}change-start", f"{TEXT}change-end", f"{TEXT}change"):
            list(self._inline(element, []))
        else:
            for child in element:
                self._block(child, depth + 1)

    def _paragraph(self, element: etree._Element, mark: str = "", level: int = 0) -> None:
        self.place = place = Place(paragraph=self.place.paragraph + 1)
        look = self._look("paragraph", element)
        deep = self._outline(element, look)
        if deep and not mark and (deep - 1) in self.counts.levels.get("", {}) and self.counts.levels[""][deep - 1].form:
            mark = self.counts.next("", deep - 1)
        boxes: list[etree._Element] = []
        inlines = self._words(element, boxes)
        if words_in(inlines).strip() or any(isinstance(one, NoteCall) for one in inlines):
            self.made.pieces.append(Piece(_kind(look, deep, mark), inlines, place, mark, deep or level, _known(look)))
        for box in boxes:
            self._block(box)

    def _outline(self, element: etree._Element, look: Look) -> int:
        """Return the level of a heading, or 0."""
        level = element.get(f"{TEXT}outline-level", "1") if element.tag == f"{TEXT}h" else ""
        return int(level) if level.isdigit() and len(level) < 3 else look.level

    def _look(self, family: str, element: etree._Element) -> Look:
        name = element.get(f"{TEXT}style-name", "")
        return self.looks.get((family, name), Look((name,)))

    def _list(self, element: etree._Element, depth: int, style: str) -> None:
        """Read a list; a list of its own begins to count anew unless it says that it goes on."""
        style = element.get(f"{TEXT}style-name") or style
        goes_on = element.get(f"{TEXT}continue-numbering") == "true" or element.get(f"{TEXT}continue-list")
        if not depth and not goes_on:
            self.counts.restart(style)
        for item in element:
            value = item.get(f"{TEXT}start-value", "")
            marked = item.tag != f"{TEXT}list-item"  # the head of a list has no mark
            for child in item:
                if child.tag == f"{TEXT}list" and depth < _DEEPEST:
                    self._list(child, depth + 1, style)
                elif child.tag in (f"{TEXT}p", f"{TEXT}h"):
                    mark = "" if marked else self.counts.next(self._look("paragraph", child).list or style, depth, value)
                    self._paragraph(child, mark, depth)
                    marked = True
                else:
                    self._block(child)

    def _table(self, element: etree._Element) -> None:
        """Make a table of the rows; a table of one column is a frame around paragraphs."""
        rows = [[cell for cell in row if cell.tag.endswith("table-cell")] for row in _rows(element)]
        if all(len(row) <= 1 for row in rows):
            for cell in (cell for row in rows for cell in row):
                for child in cell:
                    self._block(child)
            return
        self.place = Place(paragraph=self.place.paragraph + 1)
        cells = tuple(tuple(self._joined(cell) for cell in row) for row in rows if row)
        if any(words_in(cell).strip() for row in cells for cell in row):
            self.made.pieces.append(Piece("table", (), self.place, rows=cells))

    def _joined(self, element: etree._Element) -> Inlines:
        """Return the paragraphs of a cell or note as one line of words."""
        out: list[Inline] = []
        for paragraph in element.iter(f"{TEXT}p", f"{TEXT}h"):
            inlines = self._words(paragraph, [])
            out += [Text(" "), *inlines] if out and inlines else inlines
        return tuple(out)

    # ------------------------------------------------ inlines

    def _words(self, element: etree._Element, boxes: list[etree._Element]) -> Inlines:
        inlines = merged(self._inlines(element, boxes))
        if self.inserted:
            self._aside("rejected insertion" if self.changes == "reject" else "inserted words", "".join(self.inserted))
            self.inserted = []
        return inlines

    def _inlines(self, element: etree._Element, boxes: list[etree._Element]) -> Iterator[Inline]:
        yield from self._text(element.text)
        for child in element:
            yield from self._inline(child, boxes)
            yield from self._text(child.tail)

    def _text(self, text: str | None) -> Iterator[Inline]:
        if text and self.inserting and self.changes != "accept":
            self.inserted.append(text)
        if text and not (self.inserting and self.changes == "reject"):
            yield Text(text.replace("\n", " "))

    def _inline(self, child: etree._Element, boxes: list[etree._Element]) -> Iterator[Inline]:
        if child.tag in _SILENT or child.tag in _BLOCKS:
            return
        match etree.QName(child).localname if isinstance(child.tag, str) else "":
            case "s":
                count = child.get(f"{TEXT}c", "1")
                yield from self._text(" " * min(int(count) if count.isdigit() and len(count) < 5 else 1, _MAX_BLANKS))
            case "tab":
                yield from self._text(" ")
            case "line-break":
                yield LineBreak()
            case "note":
                self.notes.append(child)
                yield NoteCall(len(self.notes))
            case "annotation":
                self._aside("comment", _plain(child))
            case "title" | "desc" if str(child.tag).startswith(SVG):
                self._block(child)
            case "change-start" | "change-end" | "change" as kind:
                yield from self._change(kind, child.get(f"{TEXT}change-id", ""))
            case "ruby-text":
                yield from (Text("("), *self._inlines(child, boxes), Text(")"))
            case "a":
                yield from self._link(child, boxes)
            case "span":
                yield from self._span(child, boxes)
            case "":
                return
            case _ if any(one.tag in _BLOCKS for one in child):
                boxes.append(child)  # a text box, or a shape with words in it
            case _:
                yield from self._inlines(child, boxes)

    def _span(self, child: etree._Element, boxes: list[etree._Element]) -> Iterator[Inline]:
        look = self._look("text", child)
        inside = list(self._inlines(child, boxes))
        if look.raised and words_in(inside).strip() == "," and len(inside) == 1:
            return  # the comma between two calls of notes
        kind = Emphasis if look.italic else Strong if look.bold else None
        for inline in inside:
            yield kind((inline,)) if kind and isinstance(inline, Text) else inline

    def _link(self, child: etree._Element, boxes: list[etree._Element]) -> Iterator[Inline]:
        url, inside = child.get(_HREF, ""), merged(self._inlines(child, boxes))
        web = url.startswith(("http://", "https://")) and " " not in url and words_in(inside).strip()
        yield from (Link(without_links(inside), url),) if web else inside

    def _change(self, kind: str, id: str) -> Iterator[Inline]:
        """Follow a tracked change: what was inserted stands between two marks, what was deleted stands at the head of the file."""
        region = self.regions.get(id)
        if region is None:
            return
        if kind == "change-end":
            self.inserting.discard(id)
        elif region.find(f"{TEXT}insertion") is not None:
            self.inserting.add(id) if kind == "change-start" else None
        elif (gone := region.find(f"{TEXT}deletion")) is not None and kind == "change":
            if self.changes == "reject":
                yield from self._joined(gone)
            else:
                self._aside("deleted words", _plain(gone))


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    """Yield the rows of a table, also of its head and its groups, and not those of tables inside it."""
    for child in table:
        if child.tag == f"{TABLE}table-row":
            yield child
        elif child.tag in (f"{TABLE}table-header-rows", f"{TABLE}table-rows", f"{TABLE}table-row-group"):
            yield from _rows(child)


def _plain(element: etree._Element) -> str:
    """Return the words of an element with a blank where a paragraph ends or something parts words."""
    out: list[str] = []
    for event, one in etree.iterwalk(element, events=("start", "end")):
        silent = one.tag in _SILENT or not str(one.tag).startswith("{urn:oasis")
        if event == "start" and not silent:
            out += [" " if one.tag in _PARTING else "", one.text or ""]
        elif event == "end":
            out += [" " if one.tag in _PARTING else "", (one.tail or "") if one is not element else ""]
    return "".join(out)


def _kind(look: Look, level: int, mark: str) -> str:
    if level:
        return "heading"
    name = " ".join(look.names).lower()
    if "quotation" in name or "quote" in name:
        return "quote"
    numbered = mark.endswith(".") and mark[:-1].isdigit() and "list" not in name
    return "item" if mark and not numbered else "text"


def _known(look: Look) -> str:
    """Return the name of a style that says more than how it looks."""
    return next((name for name in ("Title", "Subtitle") if name in look.names), "")
