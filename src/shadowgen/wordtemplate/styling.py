"""Styles, theme and page setup of a Word file, by lists of the properties that may come along (ISO/IEC 29500-1, 17.3 and 17.7).

A style is flattened: what it inherits is written into it, so that no other style of the file, and no other name, need come along.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"

# in the order of the schema; left out on purpose: numbering and outline levels (ours), hidden text, revisions, languages
PARAGRAPH = (
    "keepNext", "keepLines", "pageBreakBefore", "widowControl", "pBdr", "shd", "tabs", "suppressAutoHyphens", "spacing", "ind", "contextualSpacing",
    "jc", "textAlignment", "outlineLvl",
)  # fmt: skip
TEXT = (
    "rFonts", "b", "bCs", "i", "iCs", "caps", "smallCaps", "strike", "dstrike", "outline", "shadow", "emboss", "imprint", "color", "spacing", "w",
    "kern", "position", "sz", "szCs", "highlight", "u", "bdr", "shd", "vertAlign",
)  # fmt: skip
_INNER = {"pBdr": ("top", "left", "bottom", "right", "between", "bar"), "tabs": ("tab",)}
_SLOTS = (
    "dk1", "lt1", "dk2", "lt2", "accent1", "accent2", "accent3", "accent4", "accent5", "accent6", "hlink", "folHlink",
)  # fmt: skip
_FONT = re.compile(r"[\w .'-]{1,60}$")  # what could end a rule of CSS is no name of a font
_HEX = re.compile(r"[0-9A-Fa-f]{6}$")

Properties = Mapping[str, etree._Element]


@dataclass(frozen=True, slots=True)
class Theme:
    """The colours of the theme by slot, and its fonts for headings and text; empty where the file has no theme."""

    colours: Mapping[str, str] = field(default_factory=dict)
    fonts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PageSetup:
    """Width, height, margins, and the places of head and foot, in millimetres; the gutter is part of the left margin."""

    width: float
    height: float
    margins: Mapping[str, float]
    header: float
    footer: float


@dataclass(frozen=True, slots=True)
class Style:
    """The properties of paragraphs and of letters that a style sets, what it inherits included."""

    paragraph: Properties
    text: Properties


_EMPTY = Style({}, {})


@dataclass(frozen=True, slots=True)
class StyleSheet:
    """The defaults of the file, and its styles by kind ("paragraph", "character") and lower-case name."""

    defaults: Style
    styles: Mapping[tuple[str, str], Style]

    def find(self, kind: str, name: str) -> Style | None:
        """Return a style by the name that Word shows."""
        return self.styles.get((kind, name.casefold()))

    def look_values(self, theme: Theme) -> dict[str, Any]:
        """Return fonts, sizes and colours as look.yaml would say them, as far as the styles do."""
        sizes: dict[str, float] = {}
        for key, name in _SIZES.items():
            if (size := self._size(name)) is not None:
                sizes[key] = size
        fonts = {role: (font,) for role, name in _FONTS.items() if (font := self._font(name, theme))}
        colours = {key: found for key, name in _COLOURS.items() if (found := self._colour(name))}
        if "accent1" in theme.colours:
            colours["accent"] = theme.colours["accent1"]
        said: dict[str, Any] = {"sizes": sizes, "fonts": fonts, "colours": colours}
        if self.find("paragraph", "normal"):
            said["justify"] = self._value("body text", "paragraph", "jc", "val") == "both"
        return {key: value for key, value in said.items() if value != {}}

    def _value(self, name: str, part: str, tag: str, attribute: str) -> str:
        """Return what holds for paragraphs of a style: its own word, else Normal's, else the default's."""
        for style in (self.find("paragraph", name), self.find("paragraph", "normal"), self.defaults):
            found = getattr(style, part).get(tag) if style else None
            if found is not None and found.get(W + attribute) is not None:
                return str(found.get(W + attribute))
        return ""

    def _size(self, name: str) -> float | None:
        if name not in ("body text", "normal") and self.find("paragraph", name) is None:
            return None
        value = self._value(name, "text", "sz", "val")
        return int(value) / 2 if value.isdigit() and 10 <= int(value) <= 192 else None

    def _font(self, name: str, theme: Theme) -> str:
        """Return the font of a style; a font of the theme wins over one that is named beside it."""
        for style in (self.find("paragraph", name), self.find("paragraph", "normal"), self.defaults):
            fonts = style.text.get("rFonts") if style else None
            if fonts is not None and (slot := fonts.get(f"{W}asciiTheme")):
                return theme.fonts.get(slot[:5], "")
            if fonts is not None and (font := fonts.get(f"{W}ascii")):
                return str(font) if _FONT.match(font) else ""
        return ""

    def _colour(self, name: str) -> str:
        style = self.find("paragraph", name)
        value = style.text["color"].get(W + "val") if style and "color" in style.text else ""
        return value if value and _HEX.match(value) else ""


_SIZES = {
    "body": "body text", "note": "footnote text", "heading1": "heading 1", "heading2": "heading 2", "heading3": "heading 3", "heading4": "heading 4",
    "title": "title", "subtitle": "subtitle", "small": "header",
}  # fmt: skip
_FONTS = {"body": "body text", "heading": "heading 1"}
_COLOURS = {"text": "normal", "heading": "heading 1"}


# ---------------------------------------------------------------- reading


def read_styles(root: etree._Element | None) -> StyleSheet:
    """Return the styles of styles.xml."""
    if root is None:
        return StyleSheet(_EMPTY, {})
    defaults = Style(
        allowed(root.find(f"{W}docDefaults/{W}pPrDefault/{W}pPr"), PARAGRAPH), allowed(root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr"), TEXT)
    )  # fmt: skip
    by_id = {one.get(f"{W}styleId"): one for one in root.iter(f"{W}style") if one.get(f"{W}type") in ("paragraph", "character")}
    styles = {}
    for one in by_id.values():
        name = one.find(f"{W}name")
        if name is not None and (words := name.get(f"{W}val")):
            styles[one.get(f"{W}type"), words.casefold()] = _flattened(one, by_id)
    return StyleSheet(defaults, styles)


def _flattened(style: etree._Element, by_id: Mapping[str | None, etree._Element]) -> Style:
    """Return a style with what it inherits, up to the default style of its kind."""
    chain, seen = [style], {style.get(f"{W}styleId")}
    while (base := chain[-1].find(f"{W}basedOn")) is not None:
        id = base.get(f"{W}val")
        parent = by_id.get(id)
        if parent is None or id in seen or parent.get(f"{W}default") in ("1", "true") or parent.get(f"{W}type") != style.get(f"{W}type"):
            break
        seen.add(id)
        chain.append(parent)
    paragraph: dict[str, etree._Element] = {}
    text: dict[str, etree._Element] = {}
    for one in reversed(chain):
        for into, tag, names in ((paragraph, "pPr", PARAGRAPH), (text, "rPr", TEXT)):
            for name, found in allowed(one.find(W + tag), names).items():
                into[name] = _over(into.get(name), found)
    return Style(_in_order(paragraph, PARAGRAPH), _in_order(text, TEXT))


def _in_order(properties: Properties, names: tuple[str, ...]) -> Properties:
    return {name: properties[name] for name in names if name in properties}


def _over(under: etree._Element | None, over: etree._Element) -> etree._Element:
    """Lay the attributes of a property over those that it inherits: an indent at the left keeps the one at the right."""
    if under is None or under.tag not in (f"{W}ind", f"{W}spacing", f"{W}rFonts"):
        return over
    joined = element(over.tag, dict(under.items()))
    for name, value in over.items():
        # a font that is named ends the font of the theme that is inherited
        joined.attrib.pop(_THEMED.get(name, ""), None)
        joined.set(name, value)
    return joined


_THEMED = {W + name: W + themed for name, themed in (
    ("ascii", "asciiTheme"), ("hAnsi", "hAnsiTheme"), ("eastAsia", "eastAsiaTheme"), ("cs", "cstheme"),
)}  # fmt: skip


def element(tag: str, attributes: Mapping[str, str] | None = None) -> etree._Element:
    """Return a new element of the vocabulary, written with its usual prefix."""
    return etree.Element(tag, dict(attributes or {}), nsmap={"w": W[1:-1]})


def allowed(properties: etree._Element | None, names: tuple[str, ...]) -> dict[str, etree._Element]:
    """Return copies of the properties that may come along, by name, with the attributes of the vocabulary only."""
    if properties is None:
        return {}
    found = {}
    for name in names:
        one = properties.find(W + name)
        if one is not None:
            found[name] = _bare(one, name)
    return found


def _bare(one: etree._Element, name: str) -> etree._Element:
    copy = element(one.tag)
    for key, value in one.items():
        if key.startswith(W) and len(value) <= 80:
            copy.set(key, value)
    for inner in one:
        if inner.tag in {W + tag for tag in _INNER.get(name, ())}:
            copy.append(_bare(inner, ""))
    return copy


def read_theme(root: etree._Element | None) -> Theme:
    """Return colours and fonts of theme1.xml; its names, pictures and effects stay behind."""
    if root is None:
        return Theme()
    colours = {}
    for slot in _SLOTS:
        for colour in root.iterfind(f".//{_A}clrScheme/{_A}{slot}/*"):
            value = colour.get("lastClr") or colour.get("val") or ""
            if _HEX.match(value):
                colours[slot] = value.upper()
    fonts = {}
    for role in ("major", "minor"):
        latin = root.find(f".//{_A}fontScheme/{_A}{role}Font/{_A}latin")
        if latin is not None and _FONT.match(latin.get("typeface") or ""):
            fonts[role] = str(latin.get("typeface"))
    return Theme(colours if len(colours) == len(_SLOTS) else {}, fonts)


def read_page(document: etree._Element) -> PageSetup | None:
    """Return the page setup of the last section; None where it says none, or one on which nothing could stand."""
    sections = list(document.iter(f"{W}sectPr"))
    size, margin = (sections[-1].find(W + tag) for tag in ("pgSz", "pgMar")) if sections else (None, None)
    if size is None or margin is None:
        return None
    width, height = (_millimetres(size, name) for name in ("w", "h"))
    left, top, right, bottom = (abs(_millimetres(margin, name)) for name in ("left", "top", "right", "bottom"))
    margins = {"top": top, "right": right, "bottom": bottom, "left": left + abs(_millimetres(margin, "gutter"))}
    if width > height:
        width, height = height, width
    if not (100 <= width <= 600 and height <= 900) or width - margins["left"] - right < 60 or height - top - bottom < 80:
        return None
    return PageSetup(width, height, margins, abs(_millimetres(margin, "header")), abs(_millimetres(margin, "footer")))


def _millimetres(place: etree._Element, name: str) -> float:
    value = place.get(W + name) or "0"
    return round(int(value) * 25.4 / 1440, 1) if re.fullmatch(r"-?\d{1,6}", value) else 0.0
