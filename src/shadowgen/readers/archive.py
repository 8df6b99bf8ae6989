"""A document that is a zip archive of markup, opened with care: size, names and markup are checked before anything is parsed.

Enters: bytes. Leaves: an `Archive` whose parts are read one by one. Raises `Unreadable` for what is no such file or would harm the machine.
"""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass

from lxml import etree

from shadowgen.readers.textlines import Unreadable

MAX_MEMBERS = 4_000
MAX_PART = 100_000_000
MAX_TOTAL = 300_000_000
MAX_RATIO = 400
_STRICT = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"),
    (b"http://purl.oclc.org/ooxml/officeDocument/", b"http://schemas.openxmlformats.org/officeDocument/2006/"),
)
HINT = "open it in Word or LibreOffice and save it anew as .docx; a file from a stranger is safer after a pass through Dangerzone"


@dataclass(frozen=True, slots=True)
class Archive:
    """The parts of a document by name."""

    zip: zipfile.ZipFile
    names: frozenset[str]

    def read(self, name: str) -> bytes:
        """Return the bytes of a part."""
        return _read(self.zip, name)

    def parse(self, name: str) -> etree._Element | None:
        """Return the markup of a part, or None if the file lacks it."""
        return parse(self.read(name)) if name in self.names else None


def open_archive(raw: bytes, what: str) -> Archive:
    """Open an archive that should be `what`: "a Word file"."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(raw))
        members = archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError, EOFError) as error:
        legacy = raw.startswith(b"\xd0\xcf\x11\xe0")
        told = "this is a Word file of the old kind, or it is locked with a password" if legacy else f"this is no {what}"
        raise Unreadable(told, "save it in Word or LibreOffice as .docx, without a password") from error
    _guard(members)
    return Archive(archive, frozenset(member.filename for member in members))


def _guard(members: list[zipfile.ZipInfo]) -> None:
    """Refuse an archive that would unpack to far more than a document can be."""
    total = sum(member.file_size for member in members)
    swollen = any(member.file_size > 1_000_000 and member.file_size > MAX_RATIO * max(member.compress_size, 1) for member in members)
    if len(members) > MAX_MEMBERS or total > MAX_TOTAL or swollen or any(member.file_size > MAX_PART for member in members):
        raise Unreadable("the file unpacks to far more than a document can be", HINT)
    if len({member.filename for member in members}) != len(members):
        raise Unreadable("the file holds a part twice", HINT)


def _parser() -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True, collect_ids=False
    )


def parse(data: bytes) -> etree._Element:
    """Parse the markup of a part; a document type is refused, because it can name other files or swell without end."""
    if b"<!DOCTYPE" in data[:4096] or b"<!ENTITY" in data:
        raise Unreadable("the file holds a document type, which no such file needs", HINT)
    try:
        root = etree.fromstring(_transitional(data), _parser())
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Unreadable("the markup of the file is broken or nested too deep", HINT) from error
    if root.getroottree().docinfo.doctype:  # in an encoding that the bytes above do not show
        raise Unreadable("the file holds a document type, which no such file needs", HINT)
    return root


def _transitional(data: bytes) -> bytes:
    """Give the markup of a "strict" file the names of the usual kind: the elements are the same."""
    for strict, usual in _STRICT if b"purl.oclc.org" in data[:8192] else ():
        data = data.replace(strict, usual)
    return data


def _read(archive: zipfile.ZipFile, name: str) -> bytes:
    try:
        with archive.open(name) as part:
            data = part.read(MAX_PART + 1)
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError, EOFError, ValueError) as error:
        raise Unreadable("a part of the file cannot be unpacked", HINT) from error
    except Exception as error:
        if type(error).__module__ == "zlib":
            raise Unreadable("a part of the file cannot be unpacked", HINT) from error
        raise
    if len(data) > MAX_PART:
        raise Unreadable("the file unpacks to far more than a document can be", HINT)
    return data
