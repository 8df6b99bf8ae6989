"""styles.xml in the styles of a coalition's own Word template: where the template has a style of that name, it takes the place of ours."""

from __future__ import annotations

from copy import deepcopy

from lxml import etree

from shadowgen.wordtemplate import PARAGRAPH, StyleSheet
from shadowgen.writers.docx.xml import HEADER

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

# what keeps a heading with its text, an entry of the contents with its page, a level in the outline: ours, where the template is silent
_STRUCTURE = ("keepNext", "keepLines", "tabs")
_LATER = ("outlineLvl",)


def restyled(styles: str, sheet: StyleSheet) -> str:
    """Return styles.xml with the template's defaults and styles."""
    root = etree.fromstring(styles.removeprefix(HEADER).encode())
    for path, properties in (("pPrDefault", sheet.defaults.paragraph), ("rPrDefault", sheet.defaults.text)):
        ours = root.find(f"{W}docDefaults/{W}{path}")[0]  # type: ignore[index]
        if properties:
            kept = [one for one in ours if one.tag == f"{W}lang"]
            _fill(ours, [*properties.values(), *kept])
    for style in root.iter(f"{W}style"):
        name = style.find(f"{W}name")
        theirs = sheet.find(style.get(f"{W}type") or "", name.get(f"{W}val") or "") if name is not None else None
        if theirs is None:
            continue
        if (base := style.find(f"{W}basedOn")) is not None and style.get(f"{W}type") == "paragraph":
            base.set(f"{W}val", "Normal")
        ours = style.find(f"{W}pPr")
        structure = {one.tag.removeprefix(W): one for one in ours} if ours is not None else {}
        paragraph = {name: one for name, one in theirs.paragraph.items() if name not in _LATER}
        paragraph |= {name: structure[name] for name in _STRUCTURE if name in structure and name not in paragraph}
        ordered = sorted(paragraph, key=PARAGRAPH.index)
        later = [structure[name] for name in _LATER if name in structure]
        _set(style, "pPr", [paragraph[name] for name in ordered] + later)
        _set(style, "rPr", list(theirs.text.values()))
    return HEADER + etree.tostring(root, encoding="unicode")


def _set(style: etree._Element, tag: str, properties: list[etree._Element]) -> None:
    """Put properties in place of a style's own; pPr and rPr stand last in a style, in this order."""
    found = style.find(W + tag)
    if found is None and properties:
        found = etree.SubElement(style, W + tag)
        if tag == "pPr" and (text := style.find(f"{W}rPr")) is not None:
            text.addprevious(found)
    if found is not None:
        _fill(found, properties)
        if not properties:
            style.remove(found)


def _fill(element: etree._Element, properties: list[etree._Element]) -> None:
    for child in list(element):
        element.remove(child)
    element.extend(deepcopy(one) for one in properties)
