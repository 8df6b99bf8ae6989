"""The parts of a Word file, opened with care: size, names and markup are checked before anything is parsed.

Enters: bytes. Leaves: a `WordPackage` of parsed parts. Raises `Unreadable` for what is no Word file or would harm the machine.
"""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass, field

from lxml import etree

from shadowgen.readers.textlines import Unreadable

MAX_MEMBERS = 4_000
MAX_PART = 100_000_000
MAX_TOTAL = 300_000_000
MAX_RATIO = 400
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_HINT = "open it in Word or LibreOffice and save it anew as .docx; a file from a stranger is safer after a pass through Dangerzone"


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
    links: dict[str, str] = field(default_factory=dict)
    note_links: dict[str, str] = field(default_factory=dict)


def open_word(raw: bytes) -> WordPackage:
    """Open a Word file."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(raw))
        members = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, EOFError) as error:
        legacy = raw.startswith(b"\xd0\xcf\x11\xe0")
        what = "this is a Word file of the old kind, or it is locked with a password" if legacy else "this is no Word file"
        raise Unreadable(what, "save it in Word or LibreOffice as .docx, without a password") from error
    _guard(members)
    names = {member.filename for member in members}
    if "word/document.xml" not in names:
        raise Unreadable("this archive holds no Word document", _HINT)
    parts = [_part(archive, names, name) for name in ("document", "styles", "numbering", "footnotes", "endnotes", "comments")]
    margins = [parse(_read(archive, name)) for name in sorted(names) if re.fullmatch(r"word/(?:header|footer)\d*\.xml", name)]
    return WordPackage(*parts, margins=margins, links=_links(archive, names, "document"), note_links=_links(archive, names, "footnotes"))


def _guard(members: list[zipfile.ZipInfo]) -> None:
    """Refuse an archive that would unpack to far more than a document can be."""
    total = sum(member.file_size for member in members)
    swollen = any(member.file_size > 1_000_000 and member.file_size > MAX_RATIO * max(member.compress_size, 1) for member in members)
    if len(members) > MAX_MEMBERS or total > MAX_TOTAL or swollen or any(member.file_size > MAX_PART for member in members):
        raise Unreadable("the file unpacks to far more than a document can be", _HINT)
    if len({member.filename for member in members}) != len(members):
        raise Unreadable("the file holds a part twice", _HINT)


def _parser() -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True)


def parse(data: bytes) -> etree._Element:
    """Parse the markup of a part; a document type is refused, because it can name other files or swell without end."""
    if b"<!DOCTYPE" in data[:4096] or b"<!ENTITY" in data:
        raise Unreadable("the file holds a document type, which no Word file needs", _HINT)
    try:
        root = etree.fromstring(data, _parser())
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Unreadable("the markup of the file is broken or nested too deep", _HINT) from error
    if root.getroottree().docinfo.doctype:  # in an encoding that the bytes above do not show
        raise Unreadable("the file holds a document type, which no Word file needs", _HINT)
    return root


def _read(archive: zipfile.ZipFile, name: str) -> bytes:
    try:
        with archive.open(name) as part:
            data = part.read(MAX_PART + 1)
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError, EOFError, ValueError) as error:
        raise Unreadable("a part of the file cannot be unpacked", _HINT) from error
    except Exception as error:
        if type(error).__module__ == "zlib":
            raise Unreadable("a part of the file cannot be unpacked", _HINT) from error
        raise
    if len(data) > MAX_PART:
        raise Unreadable("the file unpacks to far more than a document can be", _HINT)
    return data


def _part(archive: zipfile.ZipFile, names: set[str], name: str) -> etree._Element:
    path = f"word/{name}.xml"
    return parse(_read(archive, path)) if path in names else etree.Element(f"{W}{name}")


def _links(archive: zipfile.ZipFile, names: set[str], part: str) -> dict[str, str]:
    """Return the addresses of links by relation; they are read, never followed."""
    path = f"word/_rels/{part}.xml.rels"
    if path not in names:
        return {}
    relations = parse(_read(archive, path)).iter(f"{_RELATIONS}Relationship")
    return {one.get("Id", ""): one.get("Target", "") for one in relations if one.get("Type", "").endswith("/hyperlink")}
