"""How a run of a Word file looks: shown or not, its colour and what is behind it, its size.

Rules: ISO/IEC 29500-1, 17.3.2 (run properties), 17.7 (styles and what they are based on).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
TINY = 7  # half-points: less than 4 pt
LEAST_CONTRAST = 1.25  # of text to what is behind it; 1 is none, 21 is black on white
_OFF = ("0", "false", "off", "none")
_THEME = {"background1": "FFFFFF", "light1": "FFFFFF", "text1": "000000", "dark1": "000000"}


@dataclass(slots=True)
class Looks:
    """The styles of a Word file, for asking why a run cannot be seen."""

    styles: dict[str, etree._Element]
    defaults: etree._Element | None
    paper: str

    @classmethod
    def of(cls, styles: etree._Element | None, document: etree._Element | None) -> Looks:
        """Read the styles part and the colour of the page."""
        table = {style.get(f"{W}styleId", ""): style for style in styles.iter(f"{W}style")} if styles is not None else {}
        defaults = styles.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr") if styles is not None else None
        behind = document.find(f"{W}background") if document is not None else None
        return cls(table, defaults, _colour(behind.get(f"{W}color")) or "FFFFFF" if behind is not None else "FFFFFF")

    def why_unseen(self, run: etree._Element) -> str:
        """Return the kind of finding that a run is, or an empty string if its words can be seen."""
        layers = self._layers(run)
        if _switch(layers, f"{W}vanish") or _see_through(layers):
            return "hidden-text"
        size = _value(layers, f"{W}sz")
        scale = _value(layers, f"{W}w")
        if (size.isdigit() and int(size) <= TINY) or re.fullmatch(r"[0-9]%?", scale) or self._squashed(run):
            return "tiny-text"
        colour = self._text_colour(layers)
        if colour and _contrast(colour, self._behind(run, layers)) < LEAST_CONTRAST:
            return "pale-text"
        return "outside-page" if self._outside(run, layers) else ""

    def _layers(self, run: etree._Element) -> list[etree._Element]:
        """Return the properties that hold for a run, the nearest first: its own, its style's, its paragraph's style's, the defaults."""
        own = run.find(f"{W}rPr")
        layers = [own] if own is not None else []
        named = own.find(f"{W}rStyle") if own is not None else None
        paragraph = next(run.iterancestors(f"{W}p"), None)
        of_paragraph = paragraph.find(f"{W}pPr/{W}pStyle") if paragraph is not None else None
        for name in (named, of_paragraph):
            layers += self._chain(name.get(f"{W}val", "") if name is not None else "", f"{W}rPr")
        return layers + ([self.defaults] if self.defaults is not None else [])

    def _chain(self, id: str, what: str) -> list[etree._Element]:
        """Return the properties of a style and of those that it is based on."""
        found, done = [], set()
        while id in self.styles and id not in done:
            done.add(id)
            style = self.styles[id]
            if (properties := style.find(what)) is not None:
                found.append(properties)
            based = style.find(f"{W}basedOn")
            id = based.get(f"{W}val", "") if based is not None else ""
        return found

    @staticmethod
    def _text_colour(layers: list[etree._Element]) -> str:
        for layer in layers:
            colour = layer.find(f"{W}color")
            if colour is not None:
                theme = _THEME.get(colour.get(f"{W}themeColor", ""), "") if colour.get(f"{W}val") in (None, "auto") else ""
                return theme or _colour(colour.get(f"{W}val"))
        return ""

    def _behind(self, run: etree._Element, layers: list[etree._Element]) -> str:
        """Return the colour behind a run: of the run, its paragraph, its cell, its table; else the page's."""
        for layer in layers:
            mark = layer.find(f"{W}highlight")
            if mark is not None and (colour := _HIGHLIGHTS.get(mark.get(f"{W}val", ""))):
                return colour
            if colour := _fill(layer.find(f"{W}shd")):
                return colour
        for above in run.iterancestors(f"{W}p", f"{W}tc", f"{W}tr", f"{W}tbl"):
            for name in ("pPr", "tcPr", "tblPr"):
                properties = above.find(f"{W}{name}")
                if properties is not None and (colour := _fill(properties.find(f"{W}shd"))):
                    return colour
                style = properties.find(f"{W}pStyle" if name == "pPr" else f"{W}tblStyle") if properties is not None else None
                if style is not None and (colour := self._style_fill(style.get(f"{W}val", ""), table=name == "tblPr")):
                    return colour
        return self.paper

    def _style_fill(self, id: str, *, table: bool) -> str:
        """Return the shading of a paragraph's or table's style; of a table's style the first that some row or column has."""
        if not table:
            return next((colour for one in self._chain(id, f"{W}pPr") if (colour := _fill(one.find(f"{W}shd")))), "")
        style = self.styles.get(id)
        return next((colour for one in style.iter(f"{W}shd") if (colour := _fill(one))), "") if style is not None else ""

    def _squashed(self, run: etree._Element) -> bool:
        """True if lines of the paragraph are exactly less than 3 pt high, or its row less than 3 pt."""
        for paragraph in run.iterancestors(f"{W}p"):
            spacing = paragraph.find(f"{W}pPr/{W}spacing")
            if spacing is not None and spacing.get(f"{W}lineRule") == "exact" and _number(spacing.get(f"{W}line")) in range(1, 60):
                return True
        for row in run.iterancestors(f"{W}tr"):
            height = row.find(f"{W}trPr/{W}trHeight")
            if height is not None and height.get(f"{W}hRule") == "exact" and _number(height.get(f"{W}val")) in range(60):
                return True
            if row.find(f"{W}trPr/{W}hidden") is not None:
                return True
        return False

    @staticmethod
    def _outside(run: etree._Element, layers: list[etree._Element]) -> bool:
        """True if a run is raised, indented or framed farther than a page is wide (twips; A3 is 16838 wide)."""
        raised = abs(_number(_value(layers, f"{W}position"))) > 2 * 400
        for paragraph in run.iterancestors(f"{W}p"):
            places = paragraph.findall(f"{W}pPr/{W}ind") + paragraph.findall(f"{W}pPr/{W}framePr")
            names = ("left", "start", "firstLine", "hanging", "right", "end", "x", "y")
            raised = raised or any(abs(_number(place.get(f"{W}{name}"))) > 11_000 for place in places for name in names)
        return raised


_HIGHLIGHTS = {
    "black": "000000", "blue": "0000FF", "cyan": "00FFFF", "darkBlue": "000080", "darkCyan": "008080", "darkGray": "808080",
    "darkGreen": "008000", "darkMagenta": "800080", "darkRed": "800000", "darkYellow": "808000", "green": "00FF00", "lightGray": "C0C0C0",
    "magenta": "FF00FF", "red": "FF0000", "white": "FFFFFF", "yellow": "FFFF00",
}  # fmt: skip


def _switch(layers: list[etree._Element], tag: str) -> bool:
    for layer in layers:
        if (switch := layer.find(tag)) is not None:
            return switch.get(f"{W}val", "1") not in _OFF
    return False


def _see_through(layers: list[etree._Element]) -> bool:
    """True if Word 2010 and later draw the letters without a fill, or with one that is nearly transparent."""
    for layer in layers:
        fill = layer.find(f"{W14}textFill")
        if fill is not None:
            alphas = [_number(alpha.get(f"{W14}val")) for alpha in fill.iter(f"{W14}alpha")]
            return fill.find(f"{W14}noFill") is not None or any(alpha >= 90_000 for alpha in alphas)
    return False


def _value(layers: list[etree._Element], tag: str) -> str:
    return next((layer.find(tag).get(f"{W}val", "") for layer in layers if layer.find(tag) is not None), "")


def _number(text: str | None) -> int:
    return int(text) if text and re.fullmatch(r"-?\d{1,9}", text) else 0


def _colour(text: str | None) -> str:
    return text.upper() if text and re.fullmatch(r"[0-9A-Fa-f]{6}", text) else ""


def _fill(shading: etree._Element | None) -> str:
    return _colour(shading.get(f"{W}fill")) if shading is not None else ""


def _contrast(one: str, other: str) -> float:
    """Return the contrast of two colours as WCAG 2.1 defines it."""
    lights = sorted((luminance(one), luminance(other)))
    return (lights[1] + 0.05) / (lights[0] + 0.05)


def luminance(colour: str) -> float:
    """Return the relative luminance of a colour of six hexadecimal digits, 0 to 1 (WCAG 2.1)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
