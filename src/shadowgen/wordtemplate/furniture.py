"""Running heads and feet of a Word file, copied by a list of what may come along: words, tables, page numbers, pictures encoded anew.

Left behind: authors of changes, comments, bookmarks, text boxes and drawings, links (their words stay), every field but page numbers and headings.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from shadowgen.pictures import clean_picture
from shadowgen.wordtemplate.archive import Package, Refused
from shadowgen.wordtemplate.styling import PARAGRAPH, TEXT, W, allowed
from shadowgen.wordtemplate.styling import element as made

_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_BLIP = "{http://schemas.openxmlformats.org/drawingml/2006/main}blip"
_FIELD = re.compile(
    r"\s*(?:PAGE|NUMPAGES|SECTIONPAGES)\b[^\"]*$|\s*STYLEREF\s+(?:\"?heading [1-4]\"?|[1-4])(?:\s+\\[nprlwt])*\s*$", re.IGNORECASE
)

_UNWRAPPED = {W + name for name in ("ins", "moveTo", "smartTag", "hyperlink", "sdt", "sdtContent", "customXml", "dir", "bdo")}
_KEPT = {W + name for name in ("p", "r", "tbl", "tr", "tc", "tblGrid", "gridCol", "fldSimple")}
_LEAVES = {W + name for name in ("t", "tab", "br", "cr", "noBreakHyphen", "ptab", "fldChar", "instrText")}
_TABLE_PROPERTIES = {
    "tblPr": ("tblW", "jc", "tblInd", "tblBorders", "shd", "tblLayout", "tblCellMar"),
    "trPr": ("cantSplit", "trHeight"),
    "tcPr": ("tcW", "gridSpan", "vMerge", "tcBorders", "shd", "noWrap", "tcMar", "vAlign"),
}
_SIDES = ("top", "left", "start", "bottom", "right", "end", "insideH", "insideV")
_ATTRIBUTES = {
    "val",
    "w",
    "type",
    "color",
    "sz",
    "space",
    "fill",
    "fldCharType",
    "instr",
    "alignment",
    "relativeTo",
    "leader",
    "hRule",
    "clear",
}


@dataclass(frozen=True, slots=True)
class Furnishing:
    """One running head ("hdr") or foot ("ftr") for pages of a kind: default, first or even.

    In `xml` a pair of non-characters around a number stands for a picture: its clean bytes, alternative text, and size in millimetres.
    """

    element: str
    pages: str
    xml: str
    pictures: tuple[tuple[bytes, str, tuple[float, float]], ...]


def read_furniture(package: Package, document: str) -> tuple[tuple[Furnishing, ...], bool]:
    """Return the heads and feet of the last section that show anything, and whether even pages have their own."""
    targets = {one.id: one for one in package.relationships(document) if one.kind in ("header", "footer") and not one.external}
    sections = list(package.xml(document).iter(f"{W}sectPr"))
    found = []
    for element in ("hdr", "ftr"):
        tag = W + ("headerReference" if element == "hdr" else "footerReference")
        for reference in sections[-1].iterfind(tag) if sections else ():
            target, pages = targets.get(reference.get(f"{_R}id") or ""), reference.get(f"{W}type") or "default"
            if target and pages in ("default", "first", "even") and (made := _Copy(package, target.target).made(element, pages)):
                found.append(made)
    settings = package.related(document, "settings")
    even = settings is not None and settings.find(f"{W}evenAndOddHeaders") is not None
    return tuple(one for one in found if even or one.pages != "even"), even


class _Copy:
    """Copies one part."""

    def __init__(self, package: Package, part: str) -> None:
        self.package = package
        self.root = package.xml(part)
        self.relations = {one.id: one for one in package.relationships(part)}
        if any(one.external and one.kind != "hyperlink" for one in self.relations.values()):
            raise Refused("its header or footer shows something that stands outside the file")
        self.pictures: list[tuple[bytes, str, tuple[float, float]]] = []

    def made(self, element: str, pages: str) -> Furnishing | None:
        """Return the copy, or None if nothing in it would be seen."""
        _drop_other_fields(self.root)
        children = [copy for child in self.root for copy in self._copies(child)]
        seen = any((text.text or "").strip() for one in children for text in one.iter(f"{W}t", f"{W}instrText"))
        seen = seen or any(one.iter(f"{W}fldSimple") and one.find(f".//{W}fldSimple") is not None for one in children)
        if not (seen or self.pictures):
            return None
        if children[-1].tag != f"{W}p":
            children.append(made(f"{W}p"))  # a head or foot ends with a paragraph
        xml = "".join(etree.tostring(one, encoding="unicode") for one in children)
        return Furnishing(element, pages, xml, tuple(self.pictures))

    def _copies(self, element: etree._Element) -> Iterator[etree._Element]:
        if element.tag in _UNWRAPPED:
            for child in element:
                yield from self._copies(child)
        elif element.tag in _LEAVES:
            yield _plain(element, words=True)
        elif element.tag == f"{W}drawing":
            yield from self._picture(element)
        elif element.tag in _KEPT and (element.tag != f"{W}fldSimple" or _FIELD.match(element.get(f"{W}instr") or "")):
            copy = _plain(element)
            copy.extend(_properties(element))
            for child in element:
                copy.extend(self._copies(child))
            yield copy

    def _picture(self, drawing: etree._Element) -> Iterator[etree._Element]:
        blip, extent, said = drawing.find(f".//{_BLIP}"), drawing.find(f".//{_WP}extent"), drawing.find(f".//{_WP}docPr")
        relation = self.relations.get(blip.get(f"{_R}embed") or "") if blip is not None else None
        if relation is None or extent is None:
            return
        data, reason = clean_picture(self.package.read(relation.target))
        if reason:
            raise Refused(f"a picture of its header or footer cannot be used: {reason}")
        width, height = (int(value) / 36_000 if (value := extent.get(name) or "").isdigit() else 0.0 for name in ("cx", "cy"))
        if not (0.5 <= width <= 600 and 0.5 <= height <= 600):
            return
        words = said.get("descr") or "" if said is not None else ""
        self.pictures.append((data, "" if re.search(r"[\\/]|\.\w{3,4}$", words) else words[:200], (width, height)))
        copy = made(f"{W}t")
        copy.text = f"\ufdd0{len(self.pictures) - 1}\ufdd1"
        yield copy


def _properties(element: etree._Element) -> Iterator[etree._Element]:
    """Yield the properties of a paragraph, run or part of a table that may come along."""
    names = {"p": ("pPr", PARAGRAPH), "r": ("rPr", TEXT), "tbl": ("tblPr", ()), "tr": ("trPr", ()), "tc": ("tcPr", ())}
    tag, flat = names.get(element.tag.removeprefix(W), ("", ()))
    found = element.find(W + tag) if tag else None
    if found is None:
        if tag == "tblPr":
            yield made(W + tag)
        return
    copy = made(W + tag)
    if tag == "pPr":
        own = "Header" if element.getroottree().getroot().tag == f"{W}hdr" else "Footer"
        copy.append(made(f"{W}pStyle", {f"{W}val": own}))
    if flat:
        copy.extend(one for name, one in allowed(found, flat).items() if name != "outlineLvl")
    for name in _TABLE_PROPERTIES.get(tag, ()):
        if (one := found.find(W + name)) is not None:
            inner = _plain(one)
            inner.extend(_plain(side) for wanted in _SIDES if (side := one.find(W + wanted)) is not None)
            copy.append(inner)
    yield copy


def _plain(element: etree._Element, *, words: bool = False) -> etree._Element:
    copy = made(element.tag)
    for key, value in element.items():
        if key.startswith(W) and key.removeprefix(W) in _ATTRIBUTES:
            copy.set(key, value)
    if words and element.tag in (f"{W}t", f"{W}instrText"):
        copy.text = element.text
        copy.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return copy


def _drop_other_fields(root: etree._Element) -> None:
    """Take out every field that does not show a page number or heading, its result with it."""
    open_fields: list[list[etree._Element]] = []
    codes: list[str] = []
    for run in list(root.iter(f"{W}r")):
        for one in run.iter(f"{W}fldChar", f"{W}instrText"):
            if one.get(f"{W}fldCharType") == "begin":
                open_fields.append([])
                codes.append("")
            elif one.tag == f"{W}instrText" and codes:
                codes[-1] += one.text or ""
        for runs in open_fields:
            runs.append(run)
        if open_fields and any(one.get(f"{W}fldCharType") == "end" for one in run.iter(f"{W}fldChar")):
            runs, code = open_fields.pop(), codes.pop()
            if not _FIELD.match(code):
                _remove(runs)
    for runs in open_fields:
        _remove(runs)


def _remove(runs: list[etree._Element]) -> None:
    for run in runs:
        parent = run.getparent()
        if parent is not None:
            parent.remove(run)
