"""A Word file without what tells about its making. Words, notes, fields, numbering and styles stay as they are.

Enters: bytes. Leaves: bytes. Raises `Refused` where a person must decide first. Rules: ISO/IEC 29500-1, 17.13.5 (tracked changes), 29500-2 (packages).
"""

from __future__ import annotations

from collections.abc import Callable

from lxml import etree

from shadowgen.scan.package import RELATION, open_package, packed, parse_xml, reached, rels_of, target_of
from shadowgen.scan.picture import JPEG, PNG, see_picture
from shadowgen.scan.wordlooks import Looks, W
from shadowgen.scan.wordtext import FORMAT_CHANGES, MC, is_file_name, is_revision_id, words_of

_DROPPED = (
    "docProps/",
    "customXml/",
    "word/comments",
    "word/people",
    "word/glossary/",
    "word/printerSettings",
    "_xmlsignatures/",
    "customUI/",
)
_CORE = "docProps/core.xml"
_KEPT_PROPERTIES = ("title", "language")
_INSERTED = {f"{W}ins", f"{W}moveTo"}
_DELETED = {f"{W}del", f"{W}moveFrom"}
_CELLS = {f"{W}cellIns", f"{W}cellDel", f"{W}cellMerge"}
_RANGES = {f"{W}{name}Range{end}" for name in ("moveFrom", "moveTo", "customXmlIns", "customXmlDel", "customXmlMoveFrom", "customXmlMoveTo") for end in ("Start", "End")}  # fmt: skip
# Elements that say who worked when, or what somebody called a thing; no word of the text and no number is in them.
_TELLING = {f"{W}{name}" for name in (
    "rsids", "docVars", "attachedTemplate", "mailMerge", "commentRangeStart", "commentRangeEnd", "commentReference", "annotationRef", "proofErr",
    "alias", "tag", "dataBinding", "nsid", "tmpl",
)}  # fmt: skip
_WRAPPERS = {f"{W}smartTag", f"{W}customXml"}


class Refused(Exception):
    """A person must decide something first; the message says what."""


def clean_word(data: bytes, clean_picture: Callable[[bytes], bytes], *, accept_changes: bool = False, drop_hidden: bool = False) -> bytes:
    """Return a clean copy of a Word file."""
    parts = open_package(data)
    kept = _kept(parts)
    roots = {name: parse_xml(content, name) for name, content in kept.items() if name.endswith((".xml", ".rels"))}
    changes = sum(1 for root in roots.values() for _ in root.iter(*_INSERTED, *_DELETED, *_CELLS, *FORMAT_CHANGES))
    if changes and not accept_changes:
        raise Refused(f"the file holds {changes} tracked changes: accept or refuse them in Word, or use --accept-changes")
    if changes:
        for root in roots.values():
            _accept(root)
    if drop_hidden:
        _drop_hidden(roots)
    if drop_hidden or changes:
        _drop_uncalled_notes(roots)
    for name, root in roots.items():
        _scrub(name, root, set(kept))
    return packed({name: _written(content, roots.get(name), clean_picture) for name, content in kept.items()})


def _kept(parts: dict[str, bytes]) -> dict[str, bytes]:
    """Return the parts of the copy: those in use, without records of the making."""
    in_use = reached(parts)
    kept = {name: content for name, content in parts.items() if name in in_use and (name == _CORE or not name.startswith(_DROPPED))}
    return {name: content for name, content in kept.items() if not name.endswith(".rels") or name == "_rels/.rels" or _owner(name) in kept}


def _owner(rels: str) -> str:
    return rels.replace("_rels/", "").removesuffix(".rels")


def _written(content: bytes, root: etree._Element | None, clean_picture: Callable[[bytes], bytes]) -> bytes:
    if root is not None:
        return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    if content.startswith((PNG, JPEG)) and see_picture(content).findings:
        return clean_picture(content)
    return content


# ---------------------------------------------------------------- records of the making


def _scrub(name: str, root: etree._Element, kept: set[str]) -> None:
    if name == "[Content_Types].xml":
        for override in list(root):
            if override.get("PartName") and override.get("PartName", "").lstrip("/") not in kept:
                root.remove(override)
    elif name.endswith(".rels"):
        _scrub_relations(name, root, kept)
    elif name == _CORE:
        for element in list(root):
            if not isinstance(element.tag, str) or etree.QName(element).localname not in _KEPT_PROPERTIES:
                root.remove(element)
    else:
        _scrub_part(root)


def _scrub_relations(name: str, root: etree._Element, kept: set[str]) -> None:
    owner = _owner(name) if name != "_rels/.rels" else ""
    assert name == rels_of(owner)
    for relation in list(root.iter(RELATION)):
        outside = relation.get("TargetMode") == "External"
        if relation.get("Type", "").endswith("/attachedTemplate") or (not outside and target_of(relation, owner) not in kept):
            root.remove(relation)


def _scrub_part(root: etree._Element) -> None:
    for element in list(root.iter(etree.Element)):
        for name in [name for name in element.attrib if is_revision_id(name)]:
            del element.attrib[name]
        kind = etree.QName(element).localname
        if element.tag in _TELLING or kind == "docId":
            _remove(element)
        elif element.tag in _WRAPPERS:
            for properties in element.findall(f"{W}{kind}Pr"):
                element.remove(properties)
            _unwrap(element)
        elif kind in ("docPr", "cNvPr"):
            for name in ("name", "title"):
                if is_file_name(element.get(name, "")):
                    element.set(name, f"Picture {element.get('id', '')}".strip() if name == "name" else "")
        elif element.tag == f"{MC}AlternateContent":
            _one_text(element)
    for comment in list(root.iter(etree.Comment, etree.ProcessingInstruction)):
        _remove(comment)
    for run in [run for run in root.iter(f"{W}r") if all(child.tag == f"{W}rPr" for child in run)]:
        _remove(run)


def _one_text(element: etree._Element) -> None:
    """Take out choices for other programs whose words are not those of the first."""
    choices = [child for child in element if child.tag in (f"{MC}Choice", f"{MC}Fallback")]
    for other in choices[1:]:
        if set(words_of(other).split()) - set(words_of(choices[0]).split()):
            element.remove(other)


def _remove(element: etree._Element) -> None:
    """Take an element out; text behind it stays."""
    parent = element.getparent()
    if parent is not None:
        _give_tail(element, parent)
        parent.remove(element)


def _give_tail(element: etree._Element, parent: etree._Element) -> None:
    if element.tail:
        before = element.getprevious()
        if before is not None:
            before.tail = (before.tail or "") + element.tail
        else:
            parent.text = (parent.text or "") + element.tail
        element.tail = None


def _unwrap(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is not None:
        for child in list(element):
            element.addprevious(child)
        _remove(element)


# ---------------------------------------------------------------- tracked changes


def _accept(root: etree._Element) -> None:
    """Make the text what it is with all changes accepted."""
    for mark in [mark for mark in root.iter(f"{W}del", f"{W}moveFrom") if _is_of(mark, "rPr")]:
        _join_with_next(mark)
    for element in list(root.iter(*_RANGES, *FORMAT_CHANGES)):
        _remove(element)
    for element in list(root.iter(*_DELETED, f"{W}cellDel")):
        if _is_of(element, "trPr"):
            _remove(next(element.iterancestors(f"{W}tr")))
        elif element.tag == f"{W}cellDel":
            _remove(next(element.iterancestors(f"{W}tc")))
        else:
            for bookmark in list(element.iter(f"{W}bookmarkStart", f"{W}bookmarkEnd")):
                element.addprevious(bookmark)
            _remove(element)
    for element in list(root.iter(*_INSERTED, *_CELLS)):
        if len(element):
            _unwrap(element)
        else:
            _remove(element)
    for table in [table for table in root.iter(f"{W}tbl") if table.find(f"{W}tr") is None]:
        _remove(table)
    for setting in list(root.iter(f"{W}trackRevisions")):
        _remove(setting)


def _is_of(element: etree._Element, name: str) -> bool:
    parent = element.getparent()
    return parent is not None and parent.tag == f"{W}{name}"


def _join_with_next(mark: etree._Element) -> None:
    """A paragraph whose mark is deleted runs on into the next one, whose properties hold for both."""
    paragraph = next(mark.iterancestors(f"{W}p"), None)
    following = paragraph.getnext() if paragraph is not None else None
    while following is not None and following.tag in (f"{W}bookmarkStart", f"{W}bookmarkEnd"):
        following = following.getnext()
    if paragraph is None or following is None or following.tag != f"{W}p":
        _remove(mark)
        return
    at = 1 if following.find(f"{W}pPr") is not None else 0
    for child in [child for child in paragraph if child.tag != f"{W}pPr"]:
        following.insert(at, child)
        at += 1
    _remove(paragraph)


# ---------------------------------------------------------------- hidden words


def _drop_hidden(roots: dict[str, etree._Element]) -> None:
    looks = Looks.of(roots.get("word/styles.xml"), roots.get("word/document.xml"))
    for root in roots.values():
        for run in [run for run in root.iter(f"{W}r") if looks.why_unseen(run)]:
            for text in run.findall(f"{W}t"):
                run.remove(text)


def _drop_uncalled_notes(roots: dict[str, etree._Element]) -> None:
    for root in roots.values():
        for kind in ("footnote", "endnote"):
            if root.tag == f"{W}{kind}s":
                called = {one.get(f"{W}id") for other in roots.values() for one in other.iter(f"{W}{kind}Reference")}
                for note in list(root.iter(f"{W}{kind}")):
                    if note.get(f"{W}type", "normal") == "normal" and note.get(f"{W}id") not in called:
                        root.remove(note)
