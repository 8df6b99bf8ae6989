"""An SVG picture: what it holds beside what it draws.

Enters: bytes. Leaves: what was seen. Raises `Unreadable`.
"""

from __future__ import annotations

import re

from lxml import etree

from shadowgen.scan.css import addresses, why_hidden
from shadowgen.scan.findings import Seen
from shadowgen.scan.package import parse_xml

SVG = "{http://www.w3.org/2000/svg}"
_DOCTYPE = re.compile(
    rb"<!DOCTYPE svg PUBLIC \"[^\"<>\[]*\"\s+\"[^\"<>\[]*\"\s*>"
)  # the one that drawing programs write; it declares nothing
_LABEL = re.compile(r"text_\d+")  # a group of drawn letters, with its words in a comment as matplotlib writes it
_HIDING = ("display", "visibility", "opacity")
_PLAIN_METADATA = {"image/svg+xml", ""}


def looks_like_svg(data: bytes) -> bool:
    """True if bytes begin an SVG picture."""
    return b"<svg" in data[:2000]


def see_svg(data: bytes) -> Seen:
    """Return what an SVG picture holds."""
    root, seen = parse_xml(_DOCTYPE.sub(b"", data, count=1), "picture"), Seen()
    for element in root.iter():
        if isinstance(element.tag, str):
            _element(element, f"picture line {element.sourceline}", seen)
        else:
            _comment(element, seen)
    return seen


def _element(element: etree._Element, place: str, seen: Seen) -> None:
    kind = etree.QName(element).localname
    words = " ".join("".join(element.itertext()).split())
    seen.read(place, element.text or "")
    _attributes(element, kind, place, seen)
    hidden = why_hidden(
        ";".join([element.get("style", ""), *(f"{name}:{element.get(name)}" for name in _HIDING if name in element.attrib)])
    )
    if kind == "script":
        seen.tell("program-code", place, words)
    elif kind == "metadata" and words not in _PLAIN_METADATA:
        seen.tell("property", place, words)
    elif words and hidden not in ("", "pale-text"):
        seen.tell(hidden, place, words)


def _attributes(element: etree._Element, kind: str, place: str, seen: Seen) -> None:
    asked = addresses(element.get("style", "") + ((element.text or "") if kind == "style" else ""))
    for name, value in element.attrib.items():
        seen.read(place, value)
        if name.rsplit("}", 1)[-1] == "href" and kind != "a":
            asked.append(value)
        elif name.startswith("on"):
            seen.tell("program-code", place, value)
    for address in asked:
        if not address.startswith(("#", "data:")):
            seen.tell("remote-request", place, address)


def _comment(element: etree._Element, seen: Seen) -> None:
    place = f"picture line {element.sourceline}"
    seen.read(place, element.text or "")
    parent = element.getparent()
    if parent is None or not _LABEL.fullmatch(parent.get("id", "")):
        seen.tell("markup-comment", place, element.text)
