"""What a laid-out document says to a screen reader: a tree of tags, built from WeasyPrint's boxes before they are painted.

In: the pages of a document, as boxes. Out: a `TagTree`: tags in reading order whose leaves are the boxes with text or a picture, and the boxes
that are no part of the text (running heads, page numbers, leaders, repeated heads of tables). PDFTAGS.md beside this file says why each tag is what it is.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

Box = Any
Element = Any

KINDS = {
    "div": "Div", "header": "Div", "nav": "Div", "figure": "Div", "p": "P", "blockquote": "BlockQuote", "table": "Table", "thead": "THead",
    "tbody": "TBody", "tr": "TR", "th": "TH", "td": "TD", "caption": "Caption", "figcaption": "Caption", "img": "Figure", "ul": "L", "ol": "L",
    "a": "Link", "h1": "H1", "h2": "H2", "h3": "H3", "h4": "H4", "h5": "H5", "h6": "H6",
}  # fmt: skip
"""The structure type of each HTML element that `writers.html` writes; what is not here adds nothing of its own."""

NUMBERINGS = {"decimal": "Decimal", "paren": "Decimal", "alpha": "LowerAlpha", "roman": "LowerRoman"}
HEADINGS = tuple(f"H{level}" for level in range(1, 7))
INLINE = ("Span", "Link", "Reference", "Lbl")


@dataclass(frozen=True, slots=True)
class Leaf:
    """A box with text or a picture, on the page of this index (from 0)."""

    page: int
    box: Box


@dataclass(slots=True, eq=False)
class Tag:
    """A structure element: its type, what it holds in reading order, and what it says beside its content.

    `links` are boxes whose link annotation belongs to it, `attributes` those of its type (Scope, ListNumbering, BBox ...).
    """

    kind: str
    parent: Tag | None
    element: Element = None
    kids: list[Tag | Leaf] = field(default_factory=list)
    links: list[Leaf] = field(default_factory=list)
    language: str = ""
    alt: str = ""
    id: str = ""
    says: str = ""
    attributes: dict[str, Any] = field(default_factory=dict)

    def leaves(self) -> Iterator[Leaf]:
        """Yield every box below, in reading order."""
        for kid in self.kids:
            if isinstance(kid, Tag):
                yield from kid.leaves()
            else:
                yield kid

    def tags(self) -> Iterator[Tag]:
        """Yield this tag and every one below, parents first."""
        yield self
        for kid in self.kids:
            if isinstance(kid, Tag):
                yield from kid.tags()


@dataclass(frozen=True, slots=True)
class TagTree:
    """The tags of a document, and its boxes that are not for reading, each with where it stands ("" inside the text).

    `spoken` has the words of the boxes that are painted in another order than they are read in.
    """

    root: Tag
    artifacts: dict[Box, str]
    spoken: dict[Box, str]


def tag_tree(document: Any) -> TagTree:
    """Return the tags of a document that WeasyPrint has laid out."""
    from weasyprint.formatting_structure import boxes
    from weasyprint.layout.absolute import AbsolutePlaceholder

    walker = _Walker(boxes, AbsolutePlaceholder, document._html.etree_element.get("lang", ""))
    for number, page in enumerate(document.pages):
        walker.page = number
        walker.page_height = page.height
        walker.walk(page._page_box, walker.root)
    _prune(walker.root)
    _nest_contents(walker.root)
    _set_levels(walker.root)
    return TagTree(walker.root, walker.artifacts, _spoken(walker.root))


def _spoken(root: Tag) -> dict[Box, str]:
    """Return the words of each box whose letters, read as they are painted, are not its words.

    Right-to-left text is painted from its end. A mirrored sign, such as a bracket, is then painted with the outline of its fellow; a font
    says of an outline one letter only, so that the brackets of left-to-right words in the same font may read as the other ones too.
    """
    words = {leaf.box: leaf.box.text for leaf in root.leaves() if hasattr(leaf.box, "pango_layout") and leaf.box.text.strip(" ")}
    if not any(_runs_left(box) for box in words):
        return {}
    return {box: text for box, text in words.items() if _runs_left(box) or any(map(unicodedata.mirrored, text))}


def _runs_left(box: Box) -> bool:
    return box.style["direction"] == "rtl" or any(unicodedata.bidirectional(letter) in ("R", "AL", "AN") for letter in box.text)


class _Walker:
    """Goes through the boxes of all pages once. An element has one tag, on however many pages its boxes stand."""

    def __init__(self, boxes: Any, placeholder: type, language: str) -> None:
        self.boxes = boxes
        self.placeholder = placeholder
        self.root = Tag("Document", None, language=language)
        self.known: dict[tuple[Element, str], Tag] = {}
        self.heads: dict[Element, int] = {}
        self.artifacts: dict[Box, str] = {}
        self.page = 0
        self.page_height = 0.0

    def walk(self, box: Box, parent: Tag) -> None:
        """Add a box and what it holds to the tags."""
        if isinstance(box, self.placeholder):
            box = box._box
        if isinstance(box, self.boxes.MarginBox):
            self._leave_out(box, box.at_keyword)
        elif box.is_leader or self._is_head_again(box):
            self._leave_out(box, "")
        elif isinstance(box, self.boxes.TextBox):
            parent.kids.append(Leaf(self.page, box))
        else:
            tag = self._tag_of(box, parent)
            if isinstance(box, self.boxes.ReplacedBox):
                tag.kids.append(Leaf(self.page, box))
            for child in getattr(box, "children", ()):
                self.walk(child, tag)

    def _leave_out(self, box: Box, place: str) -> None:
        for one in [box, *box.descendants(placeholders=True)] if hasattr(box, "descendants") else [box]:
            self.artifacts[one._box if isinstance(one, self.placeholder) else one] = place

    def _is_head_again(self, box: Box) -> bool:
        """Tell whether a table's head, or its caption, is repeated on a later page."""
        if box.element_tag not in ("thead", "caption"):
            return False
        return self.heads.setdefault(box.element, self.page) != self.page

    def _tag_of(self, box: Box, parent: Tag) -> Tag:
        """Return the tag that a box's content belongs to: its own, made when it is first met, or its parent's."""
        if box.element is None or isinstance(box, self.boxes.LineBox):
            return parent
        key = box.element, box.element_tag
        tag = self.known.get(key)
        if tag is None:
            tag = self.known[key] = self._new_tag(box, parent)
        if tag.kind == "Link" and box.element_tag in ("a", "span::footnote-call", "span::footnote-marker"):
            tag.links.append(Leaf(self.page, box))
        return tag

    def _new_tag(self, box: Box, parent: Tag) -> Tag:
        match box.element_tag:
            case "span::footnote-call":
                return self._call(box.element, parent)
            case "span::footnote-marker":
                lead = self._add("Lbl", self.known[box.element, "span"], box.element)
                return self._add("Link", lead, box.element, says=box.element.get("data-back", ""))
            case "li::marker":  # comes after the item's body where it stands outside of it
                item = self.known[box.element, "li::item"]
                item.kids.insert(0, label := Tag("Lbl", item, box.element))
                return label
            case "li":
                item = self.known[box.element, "li::item"] = self._add("TOCI" if parent.kind == "TOC" else "LI", parent, box.element)
                return item if item.kind == "TOCI" else self._add("LBody", item, box.element)
            case "a" if parent.kind == "TOCI":
                parent = self._add("Reference", parent, box.element)
        return self._plain(box, parent)

    def _plain(self, box: Box, parent: Tag) -> Tag:
        """Return the tag of an element that has one by its name or its language; else its parent's."""
        element, language = box.element, box.element.get("lang", "")
        if "::" in box.element_tag or element.tag in ("html", "body", "main"):
            return parent
        kind = KINDS.get(element.tag) or ("Span" if language and language != _language(parent) else "")
        if not kind:
            return parent
        if kind == "L" and parent.element is not None and parent.element.tag == "nav":
            kind = "TOC"
        tag = self._add(kind, parent, element, says=element.get("data-says", ""))
        tag.language = language if language != _language(parent) else ""
        self._describe(tag, box)
        return tag

    def _describe(self, tag: Tag, box: Box) -> None:
        """Add what a type of element says of itself."""
        names = (tag.element.get("class") or "").split()
        if tag.kind == "Figure":
            tag.alt = tag.element.get("alt", "")
            left, top = box.content_box_x(), box.content_box_y()
            edges = (left, self.page_height - top - box.height, left + box.width, self.page_height - top)
            tag.attributes = {"O": "/Layout", "Placement": "/Block", "BBox": [round(edge * 0.75, 2) for edge in edges]}
        elif tag.kind == "TH":
            tag.attributes = {"O": "/Table", "Scope": "/Row" if tag.element.get("scope") == "row" else "/Column"}
        elif tag.kind == "L":
            style = next((NUMBERINGS[name] for name in names if name in NUMBERINGS), "Decimal")
            tag.attributes = {"O": "/List", "ListNumbering": "/Disc" if tag.element.tag == "ul" else f"/{style}"}

    def _call(self, element: Element, parent: Tag) -> Tag:
        """Return the link of a note's call; the note itself comes next, to be read there."""
        link = self._add("Link", self._add("Reference", parent, element), element, says=element.get("data-call", ""))
        heading = parent
        while heading.kind not in HEADINGS and heading.parent is not None:
            heading = heading.parent
        # a note in a heading follows the heading, or its words would be the heading's in every list of headings
        home = heading.parent if heading.kind in HEADINGS and heading.parent else parent
        note = self.known[element, "span"] = self._add("Note", home, element)
        note.id = f"note-{element.get('id')[1:]}"
        note.language = _language(self.root) if _language(home) != _language(self.root) else ""
        return link

    def _add(self, kind: str, parent: Tag, element: Element, says: str = "") -> Tag:
        tag = Tag(kind, parent, element, says=says)
        parent.kids.append(tag)
        return tag


def _language(tag: Tag | None) -> str:
    """Return the language that a tag inherits."""
    while tag is not None and not tag.language:
        tag = tag.parent
    return tag.language if tag else ""


def _prune(tag: Tag) -> None:
    """Drop tags without content, but for the cells of tables."""
    for kid in tag.kids:
        if isinstance(kid, Tag):
            _prune(kid)
    tag.kids = [kid for kid in tag.kids if isinstance(kid, Leaf) or kid.kids or kid.kind in ("TD", "TH")]


def _nest_contents(root: Tag) -> None:
    """Give the contents a list within the list for each level of heading; the page has them in one, with classes l1, l2, l3."""
    for contents in [tag for tag in root.tags() if tag.kind == "TOC"]:
        items, contents.kids = contents.kids, []
        open_lists = [contents]
        for item in items:
            level = int((item.element.get("class") or "l1").removeprefix("l"))
            del open_lists[max(level, 1) :]
            while len(open_lists) < level and open_lists[-1].kids:
                inner = Tag("TOC", open_lists[-1])
                open_lists[-1].kids.append(inner)
                open_lists.append(inner)
            item.parent = open_lists[-1]
            open_lists[-1].kids.append(item)


def _set_levels(root: Tag) -> None:
    """Let the headings begin with H1 and skip no level."""
    headings = [tag for tag in root.tags() if tag.kind in HEADINGS]
    shift = min((int(tag.kind[1]) for tag in headings), default=1) - 1
    before = 0
    for tag in headings:
        before = min(int(tag.kind[1]) - shift, before + 1)
        tag.kind = f"H{before}"
