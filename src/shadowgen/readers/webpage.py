"""Read a saved web page or another HTML file: headings, paragraphs, lists, quotes, tables, notes that links lead to.

Menus, headers and footers of the page are put aside and listed; scripts and styles are no words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree, html

from shadowgen.nodes import Emphasis, Inline, Inlines, LineBreak, Link, NoteCall, Strong, Text
from shadowgen.readers.inlinetidy import merged, without_links
from shadowgen.readers.original import Aside, NoteBody, Original, Piece, Place, words_in
from shadowgen.readers.plain import read_plain
from shadowgen.readers.textlines import MAX_BYTES, Unreadable, clean
from shadowgen.readers.typedmarks import typed_marks

_SILENT = frozenset(
    {"script", "style", "template", "noscript", "head", "title", "meta", "link", "svg", "iframe", "object", "form", "select"}
)
_FURNITURE = frozenset({"nav", "header", "footer", "aside"})
_BLOCKS = frozenset(
    ["p", "li", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6", "table", "ul", "ol", "div", "section", "article", "main", "body", "html", "pre", "dd", "dt", "dl", "figure", "figcaption", "address", "fieldset", "center", "caption", *_FURNITURE]
)  # fmt: skip
_DEEPEST = 200


def read_webpage(raw: bytes) -> Original:
    """Return an HTML file as pieces; raises `Unreadable`."""
    if len(raw) > MAX_BYTES:
        raise Unreadable(f"the file has {len(raw):,} bytes; the limit is {MAX_BYTES:,}")
    parser = html.HTMLParser(no_network=True, huge_tree=False, remove_comments=True, remove_pis=True, encoding=_encoding(raw))
    try:
        tree = html.document_fromstring(raw, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise Unreadable("the file holds no readable HTML", "save the page again, or as text") from error
    return _Page(tree).read()


def _encoding(raw: bytes) -> str | None:
    """UTF-8 where the bytes are that; else what the page says of itself."""
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return "utf-8"


class _Page:
    def __init__(self, tree: html.HtmlElement) -> None:
        self.tree = tree
        self.made = Original()
        self.numbers: dict[str, int] = {}
        self.bodies = self._note_bodies()
        self.place = 0

    def read(self) -> Original:
        """Walk the page, then the notes."""
        body = self.tree.find(".//body")
        self._block(body if body is not None else self.tree, 0, 0)
        for id, number in self.numbers.items():
            words = _without_return(merged(self._inlines(self.bodies[id], notes=False)))
            self.made.notes[number] = NoteBody(number, words, Place(paragraph=self.place))
        typed_marks(self.made.pieces)
        return self.made

    def _note_bodies(self) -> dict[str, html.HtmlElement]:
        """Return the elements that raised links lead to, by id: the notes of the page."""
        targets = {element.get("id"): element for element in self.tree.iter() if isinstance(element.tag, str) and element.get("id")}
        found = {}
        for link in self.tree.iter("a"):
            target = (link.get("href") or "")[1:] if (link.get("href") or "").startswith("#") else ""
            raised = (
                (link.getparent() is not None and link.getparent().tag == "sup")
                or link.find("sup") is not None
                or link.get("role") == "doc-noteref"
            )
            if raised and target in targets:
                element = targets[target]
                while element.tag in ("a", "sup", "span") and element.getparent() is not None:
                    element = element.getparent()
                found[target] = element
        return found

    # ------------------------------------------------ blocks

    def _block(self, element: html.HtmlElement, depth: int, level: int) -> None:
        tag = element.tag
        if not isinstance(tag, str) or tag in _SILENT or depth > _DEEPEST or any(element is body for body in self.bodies.values()):
            return
        if tag in _FURNITURE:
            self._aside(element)
        elif re.fullmatch(r"h[1-6]", tag):
            self._add("heading", element, level=int(tag[1]))
        elif tag == "table":
            self._table(element)
        elif tag in ("ul", "ol"):
            self._list(element, depth, level)
        elif tag == "pre" and not self.bodies and not self.made.notes:
            self._typed(element)
        elif tag == "blockquote" and not any(child.tag in _BLOCKS for child in element):
            self._add("quote", element)
        elif any(isinstance(one.tag, str) and one.tag in _BLOCKS for one in element.iterdescendants()):
            self._mixed(element, depth, level)
        else:
            self._add("quote" if any(one.tag == "blockquote" for one in element.iterancestors()) else "text", element)

    def _mixed(self, element: html.HtmlElement, depth: int, level: int) -> None:
        """Go through a block that holds blocks; the loose words between them are paragraphs."""
        loose: list[Inline] = list(self._text(element.text))
        for child in element:
            inner = isinstance(child.tag, str) and (child.tag in _BLOCKS or any(one.tag in _BLOCKS for one in child.iterdescendants()))
            if inner:
                self._piece("text", merged(loose))
                loose = []
                self._block(child, depth + 1, level)
            else:
                loose += self._inline(child, notes=True)
            loose += self._text(child.tail)
        self._piece("text", merged(loose))

    def _list(self, element: html.HtmlElement, depth: int, level: int) -> None:
        first = element.get("start") or "1"
        number = int(first) if first.isascii() and first.isdigit() and len(first) < 5 else 1
        letters = (element.get("type") or "1")[:1]
        for item in element:
            if item.tag != "li" or any(item is body for body in self.bodies.values()):
                self._block(item, depth + 1, level)
                continue
            mark = "-" if element.tag == "ul" else f"{chr(96 + number)})" if letters in "aA" and number < 27 else f"{number})"
            number += 1
            self._item(item, mark, depth, level)

    def _item(self, item: html.HtmlElement, mark: str, depth: int, level: int) -> None:
        """Add the words of an item; lists inside it are a level deeper."""
        own: list[Inline] = list(self._text(item.text))
        inner = []
        for child in item:
            if isinstance(child.tag, str) and child.tag in ("ul", "ol", "table", "blockquote"):
                inner.append(child)
            else:
                own += [Text(" "), *self._inline(child, notes=True)]
            own += self._text(child.tail)
        self._piece("item", merged(own), mark, level)
        for child in inner:
            self._block(child, depth + 1, level + 1)

    def _table(self, element: html.HtmlElement) -> None:
        caption = element.find("caption")
        rows = []
        for row in element.iter("tr"):
            if next(row.iterancestors("table")) is element:
                rows.append(tuple(merged(self._inlines(cell)) for cell in row if cell.tag in ("td", "th")))
        if all(len(row) <= 1 for row in rows):
            for cell in element.iter("td", "th"):
                self._block(cell, 1, 0) if len(cell) else self._add("text", cell)
            return
        self.place += 1
        words = merged(self._inlines(caption)) if caption is not None else ()
        self.made.pieces.append(Piece("table", words, Place(paragraph=self.place), rows=tuple(row for row in rows if row)))

    def _typed(self, element: html.HtmlElement) -> None:
        """Take words that stand in lines as somebody typed them, as a text file is read."""
        made = read_plain(element.text_content().encode())
        self.made.pieces += made.pieces
        self.made.notes |= made.notes
        self.made.asides += made.asides
        self.made.doubts += made.doubts

    def _add(self, kind: str, element: html.HtmlElement, level: int = 0) -> None:
        self._piece(kind, merged(self._inlines(element)), level=level)

    def _piece(self, kind: str, inlines: Inlines, mark: str = "", level: int = 0) -> None:
        if words_in(inlines).strip():
            self.place += 1
            self.made.pieces.append(Piece(kind, inlines, Place(paragraph=self.place), mark, level))

    def _aside(self, element: html.HtmlElement) -> None:
        words = " ".join(words_in(merged(self._inlines(element))).split())
        if words:
            self.made.asides.append(Aside("menus and the like", words, Place(paragraph=self.place)))

    # ------------------------------------------------ inlines

    def _text(self, text: str | None) -> Iterator[Inline]:
        if text:
            yield Text(re.sub(r"\s+", " ", clean(text)))

    def _inlines(self, element: html.HtmlElement, notes: bool = True) -> Iterator[Inline]:
        yield from self._text(element.text)
        for child in element:
            yield from self._inline(child, notes=notes)
            yield from self._text(child.tail)

    def _inline(self, child: html.HtmlElement, *, notes: bool) -> Iterator[Inline]:
        tag = child.tag if isinstance(child.tag, str) else ""
        href = child.get("href") or ""
        if not tag or tag in _SILENT:
            return
        if tag == "sup" and (child.text_content() or "").strip() == ",":
            return  # the comma between two calls of notes
        if tag == "br":
            yield LineBreak()
        elif tag == "a" and href[:1] == "#" and href[1:] in self.bodies:
            if notes:
                yield NoteCall(self.numbers.setdefault(href[1:], len(self.numbers) + 1))
        elif tag == "a" and re.match(r"https?://[^\s<>\"]+$", href):
            inside = without_links(merged(self._inlines(child, notes)))
            yield from (Link(inside, href),) if words_in(inside).strip() else inside
        elif tag in ("em", "i", "strong", "b"):
            inside = merged(self._inlines(child, notes))
            kind = Emphasis if tag in ("em", "i") else Strong
            plain = all(isinstance(one, Text) for one in inside)
            yield from (kind(inside),) if inside and plain else inside
        else:
            yield from (Text(" "),) if tag in _BLOCKS else ()
            yield from self._inlines(child, notes)


def _without_return(inlines: Inlines) -> Inlines:
    """Return a note without its number and the arrow that leads back to its call."""
    out = list(inlines)
    if out and isinstance(out[0], Text):
        out[0] = Text(re.sub(r"^\s*(?:\[?\d{1,3}\]?[.)]?\s+)?", "", out[0].text))
    if out and isinstance(out[-1], Text):
        out[-1] = Text(re.sub(r"[\s↩↑^]+$", "", out[-1].text))
    return tuple(one for one in out if not isinstance(one, Text) or one.text)
