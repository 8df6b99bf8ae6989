"""The parts of a Word file that hold words: which they are is told by the relations between the parts.

Enters: bytes. Leaves: a `WordPackage` of parsed parts. Raises `Unreadable` for what is no Word file or would harm the machine.
"""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, field

from lxml import etree

from shadowgen.readers.archive import HINT, Archive, open_archive
from shadowgen.readers.textlines import Unreadable

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_PARTS = ("document", "styles", "numbering", "footnotes", "endnotes", "comments")
_MARGIN = re.compile(r"word/(?:header|footer)\d*\.xml")


@dataclass(slots=True)
class WordPackage:
    """The parts that hold words, parsed; a part that the file lacks is an empty element."""

    document: etree._Element
    styles: etree._Element
    numbering: etree._Element
    footnotes: etree._Element
    endnotes: etree._Element
    comments: etree._Element
    margins: list[etree._Element] = field(default_factory=list)
    links: dict[str, dict[str, str]] = field(default_factory=dict)


def open_word(raw: bytes) -> WordPackage:
    """Open a Word file."""
    archive = open_archive(raw, "Word file")
    main = next((path for type, path in _relations(archive, "") if type == "officeDocument"), "word/document.xml")
    if main not in archive.names:
        raise Unreadable("this archive holds no Word document", HINT)
    related = _relations(archive, main)
    beside = main.rpartition("/")[0]
    paths = {name: dict(related).get(name, f"{beside}/{name}.xml") for name in _PARTS} | {"document": main}
    parts = [_parsed(archive, paths[name], name) for name in _PARTS]
    margins = {path for type, path in related if type in ("header", "footer")} | {one for one in archive.names if _MARGIN.fullmatch(one)}
    links = {name: _links(archive, paths[name]) for name in ("document", "footnotes", "endnotes")}
    return WordPackage(*parts, margins=[_parsed(archive, path, "hdr") for path in sorted(margins)], links=links)


def _parsed(archive: Archive, path: str, name: str) -> etree._Element:
    found = archive.parse(path)
    return found if found is not None else etree.Element(f"{W}{name}")


def _relations(archive: Archive, part: str) -> list[tuple[str, str]]:
    """Return the kind and path of every part that a part names."""
    inside = [one for one in _named(archive, part) if one.get("TargetMode") != "External"]
    return [(one.get("Type", "").rpartition("/")[2], _path(part, one.get("Target", ""))) for one in inside]


def _named(archive: Archive, part: str) -> list[etree._Element]:
    folder, _, name = part.rpartition("/")
    relations = archive.parse(f"{folder}/_rels/{name}.rels".lstrip("/"))
    return list(relations.iter(f"{_RELATIONS}Relationship")) if relations is not None else []


def _path(part: str, target: str) -> str:
    """Return the path of a part that another names: from the root, or from the folder of that part."""
    return posixpath.normpath(posixpath.join("/", posixpath.dirname(part), target.replace("\\", "/"))).lstrip("/")


def _links(archive: Archive, part: str) -> dict[str, str]:
    """Return the addresses of links by relation; they are read, never followed."""
    return {one.get("Id", ""): one.get("Target", "") for one in _named(archive, part) if one.get("Type", "").endswith("/hyperlink")}
