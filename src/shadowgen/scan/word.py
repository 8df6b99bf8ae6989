"""A Word file: its parts, properties, relationships, pictures; the text parts go to `wordtext`.

Enters: bytes. Leaves: what was seen. Raises `Unreadable` if the package cannot be judged at all.
"""

from __future__ import annotations

import io
import zipfile

from lxml import etree

from shadowgen.scan.findings import Seen
from shadowgen.scan.package import RELATION, Unreadable, open_package, parse_xml, reached
from shadowgen.scan.paths import path_in
from shadowgen.scan.picture import JPEG, PNG, see_picture
from shadowgen.scan.svg import SVG, see_svg
from shadowgen.scan.wordlooks import Looks, W
from shadowgen.scan.wordtext import read_words, see_text

_KINDS = {
    "creator": "author", "lastModifiedBy": "last-modified-by", "created": "date", "modified": "date", "lastPrinted": "date",
    "revision": "statistics", "TotalTime": "statistics", "Company": "company", "Manager": "company", "Template": "template",
    "Application": "program", "AppVersion": "program", "HyperlinkBase": "file-path", "version": "statistics",
}  # fmt: skip
_OPEN = {"title", "language"}  # the reader sees them anyway
# Counts and switches that every word processor writes: they say no more than the text does.
_DULL = {"Pages", "Words", "Characters", "Lines", "Paragraphs", "CharactersWithSpaces", "ScaleCrop", "LinksUpToDate", "SharedDoc", "HyperlinksChanged",
         "DocSecurity", "HeadingPairs", "TitlesOfParts", "HLinks"}  # fmt: skip
_TEXT_ROOTS = {f"{W}{name}" for name in ("document", "hdr", "ftr", "footnotes", "endnotes", "comments", "glossaryDocument")}
_PARTS = (
    ("docProps/thumbnail", "thumbnail"), ("docProps/custom", "custom-property"), ("customXml/", "custom-xml"), ("word/glossary/document", "glossary"),
    ("word/embeddings/", "embedded-file"), ("word/vba", "program-code"), ("word/activeX/", "program-code"), ("word/webextensions/", "program-code"),
    ("word/attachedToolbars", "program-code"), ("userCustomization/", "program-code"), ("word/printerSettings", "unknown-part"),
    ("_xmlsignatures/", "identifier"),
)  # fmt: skip
# Relationships whose target outside the package is a link that a reader follows by hand.
_LINKS = ("/hyperlink",)
_PLAIN_FONTS = (".odttf", ".fntdata", ".ttf")


def see_word(data: bytes) -> Seen:
    """Return what a Word file holds."""
    parts = open_package(data)
    if "word/document.xml" not in parts and not any(name.startswith("word/") for name in parts):
        raise Unreadable("unknown-format")
    seen = Seen()
    _wrapping(data, seen)
    roots = _parsed(parts, seen)
    if not any(
        root.tag == f"{W}document" for root in roots.values()
    ):  # written in the other, strict names of the standard, or nothing of a text
        raise Unreadable(next((one.kind for one in seen.findings if one.severity == "danger"), "unreadable"))
    looks = Looks.of(roots.get("word/styles.xml"), roots.get("word/document.xml"))
    in_use = _in_use(parts, seen)
    for name, content in parts.items():
        seen.read("names of parts", name)
        if name not in in_use:
            seen.tell("unused-part", name)
        _part(name, content, roots.get(name), looks, seen)
    _relations(parts, seen)
    _uncalled_notes(roots, seen)
    return seen


def _wrapping(data: bytes, seen: Seen) -> None:
    """Tell what the archive says beside its parts."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if archive.comment:
            seen.tell("description", "archive comment", archive.comment.decode("utf-8", "replace"))
            seen.read("archive comment", archive.comment.decode("utf-8", "replace"))
        if any(entry.date_time[0] > 1980 for entry in archive.infolist()):
            seen.tell("file-dates", "archive", "-".join(map(str, archive.infolist()[0].date_time[:3])))
    end = data.rfind(b"PK\x05\x06")
    behind = len(data) - end - 22 - int.from_bytes(data[end + 20 : end + 22], "little")
    if behind > 0 or not data.startswith(b"PK"):
        seen.tell("trailing-bytes", "archive", f"{max(behind, 0) or data.find(b'PK')} bytes")


def _parsed(parts: dict[str, bytes], seen: Seen) -> dict[str, etree._Element]:
    roots = {}
    for name, content in parts.items():
        if name.endswith((".xml", ".rels", ".vml", ".svg")) or content.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<?xml"):
            try:
                roots[name] = parse_xml(content, name)
            except Unreadable as error:
                seen.tell(error.kind, name)
    return roots


def _in_use(parts: dict[str, bytes], seen: Seen) -> set[str]:
    try:
        return reached(parts)
    except Unreadable:
        return set(parts)  # told already


def _part(name: str, content: bytes, root: etree._Element | None, looks: Looks, seen: Seen) -> None:
    kind = next((kind for start, kind in _PARTS if name.startswith(start)), "")
    if kind:
        if kind != "custom-property" and not name.endswith(".rels"):
            seen.tell(kind, name)
    elif root is None and content.startswith((PNG, JPEG)):
        seen.take(see_picture(content), name)
    elif root is None and not name.endswith((*_PLAIN_FONTS, ".xml", ".rels")):
        seen.tell("unknown-part", name)
    if root is not None and root.tag == f"{SVG}svg":
        seen.take(see_svg(content), name)
    elif root is not None:
        _xml_part(name, root, looks, seen)
    elif not content.startswith((PNG, JPEG)):
        seen.read(name, content.decode("utf-8", "replace"))
        seen.read(name, content.decode("utf-16-le", "replace"))


def _xml_part(name: str, root: etree._Element, looks: Looks, seen: Seen) -> None:
    if root.tag in _TEXT_ROOTS:
        seen.take(see_text(root, name, looks), "")
        return
    if name.startswith("docProps/"):
        _properties(name, root, seen)
    elif root.tag == f"{W}settings":
        _settings(name, root, seen)
    elif "people" in name.rsplit("/", 1)[-1]:
        for person in root:
            seen.tell("person", name, " ".join(person.attrib.values()))
    elif root.tag.endswith("}numbering") and (marks := sum(1 for one in root.iter(f"{W}nsid", f"{W}tmpl"))):
        seen.tell("revision-ids", name, f"{marks} marks")
    read_words(root, name, seen)


def _properties(name: str, root: etree._Element, seen: Seen) -> None:
    for element in root:
        if not isinstance(element.tag, str):
            continue
        kind = etree.QName(element).localname
        words = " ".join("".join(element.itertext()).split())
        if kind == "property":
            seen.tell("custom-property", name, f"{element.get('name', '')}: {words}")
        elif words and kind not in _OPEN | _DULL and not (kind in ("revision", "TotalTime") and words in ("0", "1")):
            seen.tell(_KINDS.get(kind, "property"), f"{name} {kind}", words)


def _settings(name: str, root: etree._Element, seen: Seen) -> None:
    marks = len(list(root.iter(f"{W}rsid", f"{W}rsidRoot")))
    if marks:
        seen.tell("revision-ids", name, f"{marks} marks")
    for variable in root.iter(f"{W}docVar"):
        seen.tell("document-variable", name, f"{variable.get(f'{W}name', '')}: {variable.get(f'{W}val', '')}")
    for element in root:
        kind = etree.QName(element).localname if isinstance(element.tag, str) else ""
        if kind == "docId":
            seen.tell("identifier", name, next(iter(element.attrib.values()), ""))
        elif kind == "mailMerge":
            seen.tell("mail-merge", name)


def _relations(parts: dict[str, bytes], seen: Seen) -> None:
    """Tell relationships to something outside the package."""
    for name in parts:
        if not name.endswith(".rels"):
            continue
        try:
            relations_of = list(parse_xml(parts[name], name).iter(RELATION))
        except Unreadable:
            continue
        for relation in relations_of:
            target, kind = relation.get("Target", ""), relation.get("Type", "")
            if relation.get("TargetMode") != "External":
                continue
            if kind.endswith("/attachedTemplate"):
                seen.tell("attached-template", name, target)
            elif not kind.endswith(_LINKS):
                seen.tell("linked-file", name, target)
            elif not path_in(target) and "://" not in target and not target.startswith(("mailto:", "#")):
                seen.tell("file-path", name, target)


def _uncalled_notes(roots: dict[str, etree._Element], seen: Seen) -> None:
    """Tell notes that nothing in the text calls: no program prints them."""
    for name, root in roots.items():
        for kind in ("footnote", "endnote"):
            if root.tag == f"{W}{kind}s":
                called = {one.get(f"{W}id") for other in roots.values() for one in other.iter(f"{W}{kind}Reference")}
                for note in root.iter(f"{W}{kind}"):
                    if note.get(f"{W}type", "normal") == "normal" and note.get(f"{W}id") not in called:
                        seen.tell("hidden-note", name, "".join(text.text or "" for text in note.iter(f"{W}t")))
