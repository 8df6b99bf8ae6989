"""A package of XML parts (DOCX), opened with care: bounds on what it unpacks to, no document types, no entities, no deep nesting.

Enters: bytes. Leaves: the parts by name, parsed XML; or `Unreadable` with the kind of finding that says why.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Mapping
from urllib.parse import unquote

from lxml import etree

MAX_PARTS = 2_000
MAX_PART, MAX_ALL = 60_000_000, 200_000_000  # bytes unpacked
MAX_RATIO = 150  # of a part of more than a megabyte; the worst that an honest document of ours reaches is 30
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # an old binary file, or an encrypted package
RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"


class Unreadable(Exception):
    """Something cannot be judged; `kind` is a kind of `data/scan.yaml`."""

    def __init__(self, kind: str, place: str = "file") -> None:
        super().__init__(kind)
        self.kind, self.place = kind, place


def open_package(data: bytes) -> dict[str, bytes]:
    """Return the parts of a package, by name, in the order of the file."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            _check(entries)
            return {entry.filename: _unpack(archive, entry) for entry in entries}
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError) as error:
        raise Unreadable("unreadable") from error


def _check(entries: list[zipfile.ZipInfo]) -> None:
    names = [entry.filename.lower() for entry in entries]
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise Unreadable("encrypted")
    if len(entries) > MAX_PARTS or sum(entry.file_size for entry in entries) > MAX_ALL:
        raise Unreadable("bomb")
    for entry in entries:
        if entry.file_size > MAX_PART or entry.file_size > max(1_000_000, MAX_RATIO * entry.compress_size):
            raise Unreadable("bomb", entry.filename)
    if len(set(names)) < len(names):  # two programs may read two different parts
        raise Unreadable("unreadable", "a part that is there twice")


def _unpack(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """Unpack a part, but not more of it than it says it holds."""
    with archive.open(entry) as stream:
        data = stream.read(entry.file_size + 1)
    if len(data) != entry.file_size:
        raise Unreadable("bomb", entry.filename)
    return data


def packed(parts: Mapping[str, bytes]) -> bytes:
    """Return a package of parts, dated 1980-01-01: the same bytes for the same parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(parts, key=lambda name: (name != "[Content_Types].xml", name != "_rels/.rels", name)):
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), parts[name], zipfile.ZIP_DEFLATED)
    return out.getvalue()


def parse_xml(data: bytes, place: str) -> etree._Element:
    """Return the root of an XML part. Document types are refused in any coding; libxml2 refuses more than 256 levels."""
    plain = data.replace(b"\0", b"")
    if b"<!DOCTYPE" in plain or b"<!ENTITY" in plain:
        raise Unreadable("declares-entities", place)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_blank_text=False)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Unreadable("unreadable", place) from error
    if root.getroottree().docinfo.doctype:
        raise Unreadable("declares-entities", place)
    return root


def rels_of(part: str) -> str:
    """Return the name of the part that holds the relationships of a part."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def relations(parts: dict[str, bytes], of: str) -> list[etree._Element]:
    """Return the relationships of a part; `of` is "" for those of the package."""
    rels = rels_of(of)
    return list(parse_xml(parts[rels], rels).iter(RELATION)) if rels in parts else []


def target_of(relation: etree._Element, of: str) -> str:
    """Return the name of the part that an internal relationship of the part `of` points to."""
    target = unquote(relation.get("Target", "").split("#")[0])
    return posixpath.normpath(posixpath.join(posixpath.dirname(of), target) if not target.startswith("/") else target[1:])


def reached(parts: dict[str, bytes]) -> set[str]:
    """Return the names of all parts that a program finds from the package's relationships on."""
    found, waiting = {"[Content_Types].xml", "_rels/.rels"}, [""]
    while waiting:
        of = waiting.pop()
        found.add(rels_of(of))
        for relation in relations(parts, of):
            target = target_of(relation, of)
            if relation.get("TargetMode") != "External" and target in parts and target not in found:
                found.add(target)
                waiting.append(target)
    return found
