"""Parts -> the bytes of a .docx file, the same bytes for the same parts. The only door to python-docx.

python-docx supplies the Open Packaging Conventions: part names, relationships, content types. It lays out a package of empty parts, which is
then packed anew with their contents, sorted and with fixed dates; so no part is compressed twice.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from xml.parsers import expat

from docx.opc.constants import CONTENT_TYPE as CT
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.package import OpcPackage
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.opc.pkgwriter import PackageWriter

from shadowgen.writers.docx.sections import Furniture
from shadowgen.writers.docx.xml import HEADER, attribute

_CORE_NAMESPACES = (
    'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"'
)


@dataclass(slots=True)
class Links:
    """The outside addresses that one part links to, each with its relationship id."""

    prefix: str
    ids: dict[str, str] = field(default_factory=dict)

    def id(self, url: str) -> str:
        """Return the relationship id for an address."""
        return self.ids.setdefault(url, f"{self.prefix}{len(self.ids) + 1}")


@dataclass(frozen=True, slots=True)
class Parts:
    """The XML of each part, and the links and pictures that they relate to."""

    document: str
    styles: str
    numbering: str
    footnotes: str
    settings: str
    furniture: list[Furniture]
    theme: str
    font_table: str
    document_links: Links
    footnote_links: Links
    pictures: Mapping[str, bytes]
    title: str
    language: str


def pack(parts: Parts) -> bytes:
    """Return the .docx file; raises ValueError if a part is not well-formed, which would be a fault of ours."""
    package = _Package()
    document = package.part("/word/document.xml", CT.WML_DOCUMENT_MAIN, parts.document)
    package.opc.relate_to(document, RT.OFFICE_DOCUMENT)
    package.opc.relate_to(package.part("/docProps/core.xml", CT.OPC_CORE_PROPERTIES, _core(parts)), RT.CORE_PROPERTIES)
    footnotes = package.part("/word/footnotes.xml", CT.WML_FOOTNOTES, parts.footnotes)
    for id, part, kind in (
        ("rIdStyles", package.part("/word/styles.xml", CT.WML_STYLES, parts.styles), RT.STYLES),
        ("rIdNumbering", package.part("/word/numbering.xml", CT.WML_NUMBERING, parts.numbering), RT.NUMBERING),
        ("rIdFootnotes", footnotes, RT.FOOTNOTES),
        ("rIdSettings", package.part("/word/settings.xml", CT.WML_SETTINGS, parts.settings), RT.SETTINGS),
        ("rIdTheme", package.part("/word/theme/theme1.xml", CT.OFC_THEME, parts.theme), RT.THEME),
        ("rIdFonts", package.part("/word/fontTable.xml", CT.WML_FONT_TABLE, parts.font_table), RT.FONT_TABLE),
        *((one.id, package.furniture(one, place), _FURNITURE[one.element][2]) for place, one in enumerate(parts.furniture, 1)),
    ):
        document.load_rel(kind, part, id)
    package.add_pictures(document, parts.pictures, "image")
    for part, links in ((document, parts.document_links), (footnotes, parts.footnote_links)):
        for url, id in links.ids.items():
            part.load_rel(RT.HYPERLINK, url, id, is_external=True)
    return package.packed()


_FURNITURE = {"hdr": ("header", CT.WML_HEADER, RT.HEADER), "ftr": ("footer", CT.WML_FOOTER, RT.FOOTER)}


class _Package:
    """A package of empty parts, and the contents of each by name."""

    def __init__(self) -> None:
        self.opc = OpcPackage()
        self.contents: dict[str, bytes] = {}

    def part(self, name: str, kind: str, xml: str) -> Part:
        """Return a new part for some XML; raises ValueError if it is not well-formed."""
        data = xml.encode("utf-8")
        try:
            expat.ParserCreate(namespace_separator=" ").Parse(data, True)
        except expat.ExpatError as error:
            raise ValueError(f"{name} is not well-formed: {error}") from error
        return self.empty_part(name, kind, data)

    def empty_part(self, name: str, kind: str, data: bytes) -> Part:
        """Return a new part, which will get these contents when all is packed."""
        self.contents[name.removeprefix("/")] = data
        return Part(PackURI(name), kind, b"", self.opc)

    def furniture(self, one: Furniture, place: int) -> Part:
        """Return a new part for a running head or foot, with its pictures."""
        name, kind, _ = _FURNITURE[one.element]
        part = self.part(f"/word/{name}{place}.xml", kind, one.xml)
        self.add_pictures(part, one.pictures, f"{name}{place}image")
        return part

    def add_pictures(self, part: Part, pictures: Mapping[str, bytes], name: str) -> None:
        """Relate pictures to the part that shows them."""
        for number, (id, data) in enumerate(pictures.items(), 1):
            ending, kind = ("png", CT.PNG) if data.startswith(b"\x89PNG") else ("jpg", CT.JPEG)
            part.load_rel(RT.IMAGE, self.empty_part(f"/word/media/{name}{number}.{ending}", kind, data), id)

    def packed(self) -> bytes:
        """Return the ZIP file: content types first, the rest by name, dated 1980-01-01."""
        laid_out, out = self._laid_out(), io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
            for name in sorted(laid_out, key=lambda one: (one != "[Content_Types].xml", one)):
                entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
                entry.compress_type = zipfile.ZIP_DEFLATED
                entry.external_attr = 0o600 << 16
                entry.create_system = 3
                target.writestr(entry, self.contents.get(name, laid_out[name]))
        return out.getvalue()

    def _laid_out(self) -> dict[str, bytes]:
        """Return what python-docx would put into its own ZIP file, by name. That would be dated by the clock, and fails if the clock is before 1980."""
        found = _Members()
        parts = self.opc.parts
        for part in parts:
            part.before_marshal()
        PackageWriter._write_content_types_stream(found, parts)
        PackageWriter._write_pkg_rels(found, self.opc.rels)
        PackageWriter._write_parts(found, parts)
        return found


class _Members(dict[str, bytes]):
    """Takes parts as a ZIP file of python-docx does."""

    def write(self, name: PackURI, data: bytes) -> None:
        self[name.membername] = data


def _core(parts: Parts) -> str:
    title, language = attribute(parts.title), attribute(parts.language)
    return f"{HEADER}<cp:coreProperties {_CORE_NAMESPACES}><dc:title>{title}</dc:title><dc:language>{language}</dc:language></cp:coreProperties>"
