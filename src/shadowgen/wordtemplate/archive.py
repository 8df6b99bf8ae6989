"""The guard of a Word file from outside: sizes, names, encryption, document types, addresses that would be fetched."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from dataclasses import dataclass

from lxml import etree

MAX_FILE, MAX_ENTRIES, MAX_PART = 20_000_000, 2_000, 20_000_000
_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"


class Refused(Exception):
    """The file is not used; the message says why, in words for the user."""


@dataclass(frozen=True, slots=True)
class Relationship:
    """One relationship of a part: its kind (the last word of its type), what it leads to, and whether that is outside the file."""

    id: str
    kind: str
    target: str
    external: bool


class Package:
    """A Word file, opened with care; parts are read one by one, each up to a size."""

    def __init__(self, raw: bytes) -> None:
        if len(raw) > MAX_FILE:
            raise Refused(f"the file is larger than {MAX_FILE // 1_000_000} MB")
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(raw))
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, EOFError) as error:
            raise Refused("the file is not a Word file, or is protected by a password") from error
        self._entries = {entry.filename: entry for entry in self._archive.infolist()}
        if len(self._archive.infolist()) > MAX_ENTRIES or len(self._entries) != len(self._archive.infolist()):
            raise Refused("the file holds too many parts, or two of one name")

    def main(self) -> str:
        """Return the name of the part that holds the document."""
        found = next((one.target for one in self.relationships("") if one.kind == "officeDocument" and not one.external), "")
        if found not in self._entries:
            raise Refused("the file is not a Word file")
        return found

    def read(self, name: str) -> bytes:
        """Return the bytes of a part."""
        try:
            with self._archive.open(self._entries[name]) as stream:
                data = stream.read(MAX_PART + 1)
        except (KeyError, zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, OSError, EOFError, ValueError) as error:
            raise Refused("a part of the file cannot be read") from error
        if len(data) > MAX_PART:
            raise Refused(f"a part of the file is larger than {MAX_PART // 1_000_000} MB when unpacked")
        return data

    def xml(self, name: str) -> etree._Element:
        """Return the root of an XML part without a document type; entities are never read."""
        try:
            parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
            root = etree.fromstring(self.read(name), parser)
        except (etree.XMLSyntaxError, ValueError) as error:
            raise Refused("a part of the file is not well-formed") from error
        info = root.getroottree().docinfo
        if info.internalDTD is not None or info.doctype:
            raise Refused("a part of the file has a document type, which no Word file needs")
        return root

    def relationships(self, part: str) -> list[Relationship]:
        """Return the relationships of a part; "" is the package."""
        folder, _, leaf = part.rpartition("/")
        name = posixpath.join(folder, "_rels", f"{leaf}.rels")
        if name not in self._entries:
            return []
        found = []
        for one in self.xml(name).iter(_RELATIONSHIP):
            external, target = one.get("TargetMode") == "External", one.get("Target") or ""
            inside = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            kind = (one.get("Type") or "").rpartition("/")[2]
            found.append(Relationship(one.get("Id") or "", kind, target if external else inside, external))
        return found

    def related(self, part: str, kind: str) -> etree._Element | None:
        """Return the root of the part that another one names as its styles, theme or settings; None where there is none."""
        found = next((one.target for one in self.relationships(part) if one.kind == kind and not one.external), "")
        return self.xml(found) if found in self._entries else None
