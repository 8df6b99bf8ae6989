"""Make the PDF that WeasyPrint paints accessible: the tags of `tagtree` in place of its own, links both ways, words that end where they end.

In: a laid-out document. Out: the same document, painted through `tagged()` with a structure tree that a screen reader can follow.
PDFTAGS.md beside this file says what WeasyPrint writes, what the standards want, and what is done here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pydyf
import weasyprint.pdf

from shadowgen.writers.tagtree import INLINE, Leaf, Tag, TagTree

Document = Any

# ---------------------------------------------------------------- before painting


def link_notes(document: Document, tree: TagTree) -> None:
    """Make links of the calls and marks of notes, and drop the second link that WeasyPrint puts on markup inside a link."""
    notes: dict[int, list[Any]] = {}
    for tag in tree.root.tags():
        for leaf in tag.links:
            kind, _, part = leaf.box.element_tag.partition("::footnote-")
            if kind == "span":
                notes.setdefault(leaf.page, []).append((part, leaf.box.element.get("id")[1:], leaf.box))
    for number, page in enumerate(document.pages):
        page.links = [link for link in page.links if link[3].element_tag == "a"]
        for part, note, box in notes.get(number, []):
            left, top, width, height = box.hit_area()
            area = (left, top, left + width, top + height)
            page.links.append(("internal", f"n{note}" if part == "call" else f"call{note}", area, box))
            if part == "call":
                page.anchors.setdefault(f"call{note}", area)


def end_words(tree: TagTree) -> None:
    """Put back the spaces that WeasyPrint drops where a line ends: they are not seen, but without them two words are read as one."""
    sources: dict[Any, _Source] = {}
    for tag in tree.root.tags():
        if tag.kind in INLINE:
            continue
        before: tuple[Any, bool] | None = None
        for leaf in _flow(tag):
            box = leaf.box if leaf is not None else None
            if not hasattr(box, "pango_layout"):
                before = None
                continue
            if not box.text.strip(" "):  # a blank of its own: there, or dropped where a line ends
                before = (before[0], True) if before and not box.text else None
                continue
            spaces = _spaces(box, sources)
            if before and (before[1] or spaces[0]) and not (before[0].text.endswith(" ") or box.text.startswith(" ")):
                _end_with_space(before[0], tree)
            before = box, spaces[1]


def _end_with_space(box: Any, tree: TagTree) -> None:
    """Add a space to the words of a box: to what is painted, or to what is said for it where a space would move the line."""
    if box in tree.spoken:
        tree.spoken[box] = box.text + " "
    else:
        box.pango_layout.text = box.text + " "


def _flow(tag: Tag) -> Iterator[Leaf | None]:
    """Yield the boxes of one run of words, in order; None where another block breaks it. A note does not."""
    for kid in tag.kids:
        if isinstance(kid, Leaf):
            yield kid
        elif kid.kind in INLINE:
            yield from _flow(kid)
        elif kid.kind != "Note":
            yield None


class _Source:
    """The words of an element itself, with a mark where a child stands, and how far its boxes have been followed."""

    def __init__(self, element: Any) -> None:
        parts = [element.text or ""]
        for child in element:
            parts += [" " if child.tag == "br" else "\0", child.tail or ""]
        self.text = re.sub(r"[ \t\n\r\f]+", " ", "".join(parts))
        self.at = 0


def _spaces(box: Any, sources: dict[Any, _Source]) -> tuple[bool, bool]:
    """Tell whether a space stands before, and after, the words of a box in their source, or by the look of the page."""
    element, words = box.element, box.text.strip(" ")
    if element is None:
        return False, False
    if "::" in box.element_tag:
        return box.element_tag == "a::after", box.element_tag == "span::footnote-marker"  # the page in the contents, the mark of a note
    source = sources.setdefault(element, _Source(element))
    found = source.text.find(words, source.at)
    if found < 0:  # the hyphen at the end of a line is not in the source
        words = words[:-1]
        found = source.text.find(words, source.at)
    if found < 0:
        return False, False
    between = source.text[source.at : found]
    source.at = found + len(words)
    after = source.text[source.at : source.at + 1] == " " or element.get("class") == "num"
    return between.endswith(" "), after


# ---------------------------------------------------------------- painting


@contextmanager
def tagged(tree: TagTree) -> Iterator[None]:
    """Let WeasyPrint write these tags into the PDF that is painted inside."""
    stock_tags, stock_fonts = weasyprint.pdf.add_tags, weasyprint.pdf.build_fonts_dictionary

    def add_tags(pdf: Any, document: Document, version: Any, streams: list[Any]) -> None:
        _write_tags(pdf, tree, streams)

    def build_fonts(pdf: Any, fonts: dict[Any, Any], *rest: Any) -> Any:
        _soften_hyphens(tree, fonts)
        return stock_fonts(pdf, fonts, *rest)

    weasyprint.pdf.add_tags, weasyprint.pdf.build_fonts_dictionary = add_tags, build_fonts
    try:
        yield
    finally:
        weasyprint.pdf.add_tags, weasyprint.pdf.build_fonts_dictionary = stock_tags, stock_fonts


def _soften_hyphens(tree: TagTree, fonts: dict[Any, Any]) -> None:
    """Let the hyphen that breaks a word at the end of a line read as one that may be left out (ISO 32000-1, 14.8.2.2.3)."""
    texts = [leaf.box.text for leaf in tree.root.leaves() if hasattr(leaf.box, "text")]
    if any("\u2010" in text[:-1] for text in texts):
        return  # the author's own
    for font in fonts.values():
        for glyph, text in font.to_unicode.items():
            if text == "\u2010":
                font.to_unicode[glyph] = "\u00ad"
    for box, words in tree.spoken.items():
        tree.spoken[box] = words.replace("\u2010", "\u00ad")


def _write_tags(pdf: Any, tree: TagTree, streams: list[Any]) -> None:
    """Write the structure tree, and what a tagged PDF says in its catalogue."""
    _mark_artifacts(tree, streams)
    writer = _Writer(pdf, tree, streams)
    writer.write()
    pdf.catalog["MarkInfo"] = pydyf.Dictionary({"Marked": "true"})
    pdf.catalog["ViewerPreferences"] = pydyf.Dictionary({"DisplayDocTitle": "true"})
    pdf.catalog["PageLabels"] = pydyf.Dictionary({"Nums": pydyf.Array([0, pydyf.Dictionary({"S": "/D"})])})


def _mark_artifacts(tree: TagTree, streams: list[Any]) -> None:
    """Take running heads, page numbers and leaders out of the text: their marked content becomes an artifact."""
    read = {leaf.box for leaf in tree.root.leaves()}
    for stream in streams:
        artifacts = {tag["mcid"]: tree.artifacts.get(box, "") for box, tag in stream._tags.items() if box not in read}
        for place, item in enumerate(stream.stream):
            if isinstance(item, pydyf.Dictionary) and item.get("MCID") in artifacts and stream.stream[place + 1] == b"BDC":
                stream.stream[place - 1] = "/Artifact"
                stream.stream[place] = _artifact(artifacts[item["MCID"]])


def _artifact(place: str) -> pydyf.Dictionary:
    """Return the properties of an artifact in a margin, such as "@top-left", or inside the text ("")."""
    if not place:
        return pydyf.Dictionary({"Type": "/Layout"})
    subtype = {"@top": "/Header", "@bot": "/Footer"}.get(place[:4])
    return pydyf.Dictionary({"Type": "/Pagination"} | ({"Subtype": subtype} if subtype else {}))


class _Writer:
    """Writes tags as objects of the PDF, and the tree that leads from marked content back to them."""

    def __init__(self, pdf: Any, tree: TagTree, streams: list[Any]) -> None:
        self.pdf = pdf
        self.tree = tree
        self.pages = pdf.page_references
        self.marks = [{box: mark["mcid"] for box, mark in stream._tags.items()} for stream in streams]
        self.parents: list[list[Any]] = [["null"] * len(marks) for marks in self.marks]
        self.annotations: list[Any] = []
        self.ids: dict[str, Any] = {}

    def write(self) -> None:
        tree = pydyf.Dictionary({"Type": "/StructTreeRoot"})
        self.pdf.add_object(tree)
        tree["K"] = pydyf.Array([self._element(self.tree.root, tree.reference).reference])
        numbers = pydyf.Array()
        for key, parents in enumerate([*map(pydyf.Array, self.parents), *self.annotations]):
            numbers += [key, parents]
        tree["ParentTree"] = pydyf.Dictionary({"Nums": numbers})
        tree["ParentTreeNextKey"] = len(self.parents) + len(self.annotations)
        if self.ids:
            names = pydyf.Array()
            for id in sorted(self.ids):
                names += [pydyf.String(id), self.ids[id]]
            tree["IDTree"] = pydyf.Dictionary({"Names": names})
        self.pdf.catalog["StructTreeRoot"] = tree.reference

    def _element(self, tag: Tag, parent: Any) -> pydyf.Dictionary:
        element = pydyf.Dictionary({"Type": "/StructElem", "S": f"/{tag.kind}", "P": parent})
        self.pdf.add_object(element)
        for key, words in (("Lang", tag.language), ("Alt", tag.alt), ("ID", tag.id)):
            if words:
                element[key] = pydyf.String(words)
        if tag.id:
            self.ids[tag.id] = element.reference
        if tag.attributes:
            values = {key: pydyf.Array(value) if isinstance(value, list) else value for key, value in tag.attributes.items()}
            element["A"] = pydyf.Dictionary(values)
        element["K"] = pydyf.Array([*self._links(tag, element), *self._kids(tag, element)])
        return element

    def _links(self, tag: Tag, element: pydyf.Dictionary) -> Iterator[pydyf.Dictionary]:
        for leaf in tag.links:
            annotation = leaf.box.link_annotation
            if annotation is not None:
                annotation["StructParent"] = len(self.parents) + len(self.annotations)
                self.annotations.append(element.reference)
                if said := tag.says or ("" if "A" in annotation else " ".join(_words(tag, self.tree.spoken).split())):
                    annotation["Contents"] = pydyf.String(said)
                yield pydyf.Dictionary({"Type": "/OBJR", "Obj": annotation.reference, "Pg": self.pages[leaf.page]})

    def _kids(self, tag: Tag, element: pydyf.Dictionary) -> Iterator[Any]:
        home = None
        for kid in tag.kids:
            if isinstance(kid, Tag):
                yield self._element(kid, element.reference).reference
                continue
            mark = self.marks[kid.page].get(kid.box)
            if mark is None:
                continue
            if kid.box in self.tree.spoken:
                yield self._said(kid, mark, element).reference
                continue
            self.parents[kid.page][mark] = element.reference
            if home is None:
                home, element["Pg"] = kid.page, self.pages[kid.page]
            if kid.page == home:
                yield mark
            else:
                yield pydyf.Dictionary({"Type": "/MCR", "Pg": self.pages[kid.page], "MCID": mark})

    def _said(self, leaf: Leaf, mark: int, parent: pydyf.Dictionary) -> pydyf.Dictionary:
        """Return an element that says the words of a box as they are read, not as they are painted (ISO 32000-1, 14.9.4)."""
        element = pydyf.Dictionary({"Type": "/StructElem", "S": "/Span", "P": parent.reference, "Pg": self.pages[leaf.page], "K": mark})
        element["ActualText"] = pydyf.String(self.tree.spoken[leaf.box])
        self.pdf.add_object(element)
        self.parents[leaf.page][mark] = element.reference
        return element


def _words(tag: Tag, spoken: dict[Any, str]) -> str:
    return "".join(spoken.get(leaf.box, leaf.box.pango_layout.text) for leaf in tag.leaves() if hasattr(leaf.box, "pango_layout"))


# ---------------------------------------------------------------- objects of a PDF, for who has no door to pydyf


def dictionary(**items: Any) -> pydyf.Dictionary:
    """Return a dictionary of a PDF."""
    return pydyf.Dictionary(items)


def array(items: list[Any]) -> pydyf.Array:
    """Return an array of a PDF."""
    return pydyf.Array(items)


def string(words: str) -> pydyf.String:
    """Return a string of a PDF."""
    return pydyf.String(words)


def add_stream(pdf: Any, data: bytes, **items: Any) -> Any:
    """Add a stream to a PDF and return the reference to it; XMP stays as it is, for who looks for it in the bytes."""
    stream = pydyf.Stream([data], pydyf.Dictionary(items), compress="Type" not in items)
    pdf.add_object(stream)
    return stream.reference
