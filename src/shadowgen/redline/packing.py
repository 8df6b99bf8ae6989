"""Two Word files -> one with tracked changes, in the package of the new one; what the old one's words need comes along.

Enters: bytes of two .docx files. Leaves: bytes, the same for the same two files, and how many changes are tracked.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from lxml import etree

from shadowgen.redline.marking import WAS, Marker, Signature
from shadowgen.redline.wordparts import NOTES, NUMBERING, STYLES, TEXT, TYPES, Element, R, W, WordFile, copied, read_word
from shadowgen.scan.package import Unreadable, open_package, packed, rels_of, target_of

_PACKAGE = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_CONTENT = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_KINDS = {"png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg"}


def redline(old: bytes, new: bytes, signature: Signature) -> tuple[bytes, int]:
    """Return a Word file whose tracked changes lead from `old` to `new`; raises `Unreadable`."""
    was, now = read_word(old), read_word(new)
    marker = Marker(was, now, signature)
    text, notes = now.root(TEXT), now.root(NOTES)
    assert text is not None
    body = text.find(f"{W}body")
    assert body is not None
    setup = [child for child in body if child.tag == f"{W}sectPr"]
    body[:] = [*marker.body(), *setup]
    if notes is not None:
        notes[:] = [*(note for note in notes if note.get(f"{W}type", "normal") != "normal"), *marker.notes]
    _number(marker, was, now)
    _bring_styles(was, now, text)
    for part, root in ((TEXT, text), (NOTES, notes)):
        if root is not None:
            _bring_relations(was, now, part, root)
    _settle_bookmarks([root for root in (text, notes) if root is not None])
    return packed({name: _written(now, name) for name in now.parts}), marker.changes


def is_redline(data: bytes) -> bool:
    """Return whether a file is a redline as it was written: with tracked changes, and packed as no other program packs it."""
    try:
        parts = open_package(data)
    except Unreadable:
        return False
    text = parts.get(TEXT, b"")
    return packed(parts) == data and (b"<w:ins " in text or b"<w:del " in text)


def _written(file: WordFile, name: str) -> bytes:
    root = file.roots.get(name)
    return file.parts[name] if root is None else etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


# ---------------------------------------------------------------- numbering and styles


def _number(marker: Marker, was: WordFile, now: WordFile) -> None:
    """Let paragraphs that are gone count on in the series of the paragraphs around them, or bring their own."""
    text, target, source = now.root(TEXT), now.root(NUMBERING), was.root(NUMBERING)
    assert text is not None
    for one in text.iter(f"{W}numId"):
        id = one.get(f"{W}val", "")
        if id.startswith(WAS):
            own = id.removeprefix(WAS)
            if own not in marker.series and target is not None and source is not None:
                marker.series[own] = _bring_number(source, target, own)
            one.set(f"{W}val", marker.series.get(own, "0"))


def _bring_number(source: Element, target: Element, id: str) -> str:
    """Copy a numbering with what it counts by; return its new id, "0" for none."""
    found = source.find(f"{W}num[@{W}numId='{id}']")
    kind = found.find(f"{W}abstractNumId") if found is not None else None
    form = source.find(f"{W}abstractNum[@{W}abstractNumId='{kind.get(f'{W}val')}']") if kind is not None else None
    if found is None or form is None:
        return "0"
    number = copied(found)
    number.set(f"{W}numId", new := _free(target, f"{W}num", f"{W}numId"))
    number.find(f"{W}abstractNumId").set(f"{W}val", _same_form(form, target))
    target.findall(f"{W}num")[-1].addnext(number) if target.find(f"{W}num") is not None else target.append(number)
    return new


def _same_form(form: Element, target: Element) -> str:
    """Return the id of a way of counting in the new file that is this one, or of a copy."""
    id = f"{W}abstractNumId"
    wanted = _told(form)
    for one in target.findall(f"{W}abstractNum"):
        if _told(one) == wanted:
            return one.get(id, "")
    made = copied(form)
    made.set(id, new := _free(target, f"{W}abstractNum", id))
    forms = target.findall(f"{W}abstractNum")
    forms[-1].addnext(made) if forms else target.insert(0, made)
    return new


def _told(form: Element) -> list[bytes]:
    return [etree.tostring(child, method="c14n") for child in form]


def _free(root: Element, tag: str, attribute: str) -> str:
    ids = [one.get(attribute, "") for one in root.iter(tag)]
    return str(max((int(id) for id in ids if id.isdecimal()), default=0) + 1)


def _bring_styles(was: WordFile, now: WordFile, text: Element) -> None:
    """Copy the styles that only the old file has and that words of it use."""
    target, source = now.root(STYLES), was.root(STYLES)
    if target is None or source is None:
        return
    known = {one.get(f"{W}styleId") for one in target.iter(f"{W}style")}
    used = {one.get(f"{W}val") for one in text.iter(f"{W}pStyle", f"{W}rStyle", f"{W}tblStyle")}
    target.extend([copied(one) for one in source.iter(f"{W}style") if one.get(f"{W}styleId") in used - known])


# ---------------------------------------------------------------- links and pictures


def _bring_relations(was: WordFile, now: WordFile, part: str, root: Element) -> None:
    """Give links and pictures of the old file their relationships, and prefixed targets inside the text their final names."""
    known = was.relations(part)
    for element in root.iter():
        for name in (f"{R}id", f"{R}embed"):
            id = element.get(name) or ""
            if id.startswith(WAS) and id.removeprefix(WAS) in known:
                element.set(name, _bring_relation(was, now, part, known[id.removeprefix(WAS)]))
    numbers = [element for element in root.iter() if isinstance(element.tag, str) and etree.QName(element).localname in ("docPr", "cNvPr")]
    for place, element in enumerate(numbers, 1):
        element.set("id", str(place))


def _bring_relation(was: WordFile, now: WordFile, part: str, relation: Element) -> str:
    rels = now.root(rels_of(part))
    if rels is None:
        now.parts[rels_of(part)] = b""
        rels = now.roots[rels_of(part)] = etree.Element(f"{_PACKAGE}Relationships", nsmap={None: _PACKAGE[1:-1]})
    made = copied(relation)
    if relation.get("TargetMode") != "External":
        made.set("Target", posixpath.relpath(_bring_part(was, now, target_of(relation, part)), posixpath.dirname(part)))
    for one in rels:
        if all(one.get(name) == made.get(name) for name in ("Type", "Target", "TargetMode")):
            return one.get("Id", "")
    made.set("Id", f"rIdWas{len(rels) + 1}")
    rels.append(made)
    return made.get("Id", "")


def _bring_part(was: WordFile, now: WordFile, name: str) -> str:
    """Copy a picture into the new package; return its name there."""
    data = was.parts.get(name, b"")
    for other, content in now.parts.items():
        if content == data and other.startswith("word/media/"):
            return other
    ending = name.rpartition(".")[2].lower()
    new = f"word/media/was{len(now.parts)}.{ending}"
    now.parts[new] = data
    types = now.root(TYPES)
    if types is not None and not any(one.get("Extension", "").lower() == ending for one in types):
        types.insert(
            0, etree.Element(f"{_CONTENT}Default", {"Extension": ending, "ContentType": _KINDS.get(ending, "application/octet-stream")})
        )
    return new


# ---------------------------------------------------------------- bookmarks


def _settle_bookmarks(roots: list[Element]) -> None:
    """Keep the bookmarks of the old version that a field or link of it names, so that its numbers still follow if all is rejected."""
    named = {word for root in roots for one in root.iter(f"{W}delInstrText") for word in (one.text or "").split() if word.startswith(WAS)}
    named |= {one.get(f"{W}anchor") for root in roots for one in root.iter(f"{W}hyperlink") if one.get(f"{W}anchor")}
    highest = max((int(id) for one in _marks(roots) if (id := one.get(f"{W}id", "")).isdecimal()), default=0)
    kept: dict[str, str] = {}
    for mark in list(_marks(roots)):
        id, name = mark.get(f"{W}id", ""), mark.get(f"{W}name", "")
        if not id.startswith(WAS):
            continue
        if name in named:
            kept[id] = str(highest + len(kept) + 1)
        if id in kept:
            mark.set(f"{W}id", kept[id])
        else:
            mark.getparent().remove(mark)


def _marks(roots: list[Element]) -> Iterator[Element]:
    for root in roots:
        yield from root.iter(f"{W}bookmarkStart", f"{W}bookmarkEnd")
