"""A PDF: its records, names, actions, annotations, attachments, layers, earlier versions. With `cleanpdf` the door to pikepdf.

Enters: bytes. Leaves: what was seen; the words on the pages come from `pdftext`. Rules: ISO 32000-1. Raises `Unreadable` if the file cannot be judged.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pikepdf
from lxml import etree

from shadowgen.scan.findings import Seen
from shadowgen.scan.package import Unreadable, parse_xml
from shadowgen.scan.paths import path_in
from shadowgen.scan.pdftext import see_pages
from shadowgen.scan.picture import JPEG, MAX_PIXELS, see_picture

MAX_OBJECTS = 400_000
OURS = re.compile(r"WeasyPrint [\d.]+")  # the program that this project lays out with tells nothing about who used it
OPEN_XMP = re.compile(r"(dc:(title|language|format)|pdf:(Producer|Trapped)|pdf(a|ua|x|xe)\w*:\w+|xmp:(CreatorTool|CreateDate|ModifyDate|MetadataDate)"
                      r"|xmpMM:(DocumentID|VersionID|RenditionClass))")  # fmt: skip
_DATES = ("xmp:CreateDate", "xmp:ModifyDate", "xmp:MetadataDate")
NO_DATE = re.compile(r"(D:)?1980-?01-?01.*")  # what a standard for printing asks to be there, and says nothing
_RECORD = {
    "/Author": "author",
    "/Creator": "program",
    "/Producer": "program",
    "/CreationDate": "date",
    "/ModDate": "date",
    "/Company": "company",
}
_OPEN_RECORD = ("/Title", "/Trapped", "/GTS_PDFXVersion", "/GTS_PDFXConformance")
ACTIONS = (
    "/JavaScript",
    "/Launch",
    "/SubmitForm",
    "/ImportData",
    "/GoToR",
    "/GoToE",
    "/Rendition",
    "/Sound",
    "/Movie",
    "/ResetForm",
    "/Hide",
)
_PLAIN_DESTINATION = re.compile(r"[A-Za-z]{0,12}[-._:]?\d[\d.:]*|Doc-Start")


def see_pdf(data: bytes) -> Seen:
    """Return what a PDF holds."""
    seen = Seen()
    _wrapping(data, seen)
    try:
        with pikepdf.open(_source(data), suppress_warnings=True, attempt_recovery=True) as document:
            if len(document.objects) > MAX_OBJECTS:
                raise Unreadable("bomb")
            _record(document, seen)
            _catalogue(document, seen)
            for number, page in enumerate(document.pages, 1):
                _page(page.obj, f"page {number}", seen)
            _objects(document, seen)
    except pikepdf.PasswordError as error:
        raise Unreadable("encrypted") from error
    except (pikepdf.PdfError, ValueError, KeyError, TypeError, AttributeError, RuntimeError, NotImplementedError) as error:
        raise Unreadable("unreadable") from error
    see_pages(data, seen)
    return seen


def _source(data: bytes) -> object:
    import io

    return io.BytesIO(data)


def _wrapping(data: bytes, seen: Seen) -> None:
    """Tell bytes around the file, and states of it that were saved over but are there."""
    if not data.startswith(b"%PDF-"):
        seen.tell("trailing-bytes", "before the start", f"{data.find(b'%PDF-')} bytes")
    ends = [match.end() for match in re.finditer(rb"%%EOF[\r\n ]*", data)]
    if ends and ends[-1] < len(data):
        seen.tell("trailing-bytes", "after the end", f"{len(data) - ends[-1]} bytes")
        seen.read("after the end", data[ends[-1] :].decode("utf-8", "replace"))
    linearized = b"/Linearized" in data[:2048]
    if len(ends) > 1 + linearized:
        seen.tell("earlier-version", "file", f"saved {len(ends) - linearized} times")


# ---------------------------------------------------------------- records


def _record(document: pikepdf.Pdf, seen: Seen) -> None:
    for key, value in document.docinfo.items():
        words = str(value).strip()
        if (
            words
            and key not in _OPEN_RECORD
            and not NO_DATE.fullmatch(words)
            and not (key in ("/Producer", "/Creator") and OURS.fullmatch(words))
        ):
            seen.tell(_RECORD.get(key, "property"), f"document information {key}", words)
    if (record := document.Root.get("/Metadata")) is not None:
        see_xmp(record.read_bytes(), "XMP record", seen)


def see_xmp(data: bytes, place: str, seen: Seen) -> None:
    """Tell what an XMP record says beside title, language and the standards that the file keeps."""
    try:
        root = parse_xml(data.strip(b"\0 \r\n\t"), place)
    except Unreadable as error:
        seen.tell(error.kind, place)
        return
    for name, words in _xmp_properties(root):
        seen.read(place, words)
        tells_program = name in ("pdf:Producer", "xmp:CreatorTool") and not OURS.fullmatch(words)
        if NO_DATE.fullmatch(words):
            continue
        if tells_program or name in _DATES:
            seen.tell("program" if tells_program else "date", f"{place} {name}", words)
        elif words and not OPEN_XMP.fullmatch(name):
            seen.tell("author" if name == "dc:creator" else "xmp", f"{place} {name}", words)


def _xmp_properties(root: etree._Element) -> Iterator[tuple[str, str]]:
    """Yield prefixed name and words of each property of an XMP record, whether it is written as an element or as an attribute."""
    rdf = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
    for description in root.iter(f"{rdf}Description"):
        prefixes = {uri: prefix for prefix, uri in description.nsmap.items()}
        for name, value in description.attrib.items():
            uri, _, local = name[1:].partition("}")
            if not name.startswith(rdf) and name.startswith("{"):
                yield f"{prefixes.get(uri, '')}:{local}", value.strip()
        for child in description.iterchildren(etree.Element):
            words = " ".join(" ".join(child.itertext()).split())
            yield f"{child.prefix}:{etree.QName(child).localname}", words or ("" if len(child) == 0 else "…")


# ---------------------------------------------------------------- the catalogue


def _catalogue(document: pikepdf.Pdf, seen: Seen) -> None:
    root = document.Root
    for name in document.attachments:
        seen.tell("embedded-file", "attachments", name)
    names = root.get("/Names", {})
    if "/JavaScript" in names:
        seen.tell("program-code", "document scripts")
    for key in ("/OpenAction", "/AA"):
        _action(root.get(key), "when the file is opened", seen)
    if "/AF" in root and not len(document.attachments):
        seen.tell("embedded-file", "associated files")
    for field in root.get("/AcroForm", {}).get("/Fields", []):
        seen.tell("form-field", "form", f"{field.get('/T', '')} {field.get('/V', '')}")
    if "/XFA" in root.get("/AcroForm", {}):
        seen.tell("form-field", "form", "XFA")
    if "/Collection" in root:
        seen.tell("embedded-file", "portfolio")
    layers = root.get("/OCProperties", {}).get("/D", {}).get("/OFF", [])
    for layer in layers:
        seen.tell("hidden-layer", "layers", layer.get("/Name", ""))
    telling = [name for name in _destinations(names.get("/Dests")) if not _PLAIN_DESTINATION.fullmatch(name)]
    if telling:
        seen.tell("destination-name", "destinations", f"{len(telling)}: {', '.join(telling)}")


def _destinations(node: object, depth: int = 0) -> Iterator[str]:
    if node is None or depth > 30:
        return
    rows = node.get("/Names", [])
    for at in range(0, len(rows), 2):
        yield str(rows[at])
    for child in node.get("/Kids", []):
        yield from _destinations(child, depth + 1)


def _action(action: object, place: str, seen: Seen) -> None:
    """Tell an action that does more than go to a place of the file or to a page of the web."""
    if not isinstance(action, pikepdf.Dictionary):
        return
    kind = str(action.get("/S", ""))
    if kind in ACTIONS:
        seen.tell("program-code" if kind == "/JavaScript" else "action", place, kind[1:])
    elif kind == "/URI":
        target = str(action.get("/URI", ""))
        if path_in(target) or not re.match(r"[a-z][a-z0-9+.-]+:", target, re.IGNORECASE):
            seen.tell("file-path", place, target)
    elif not kind:  # a dictionary of actions for events
        for event in action.keys():  # noqa: SIM118  (pikepdf's dictionaries iterate over pairs otherwise)
            _action(action[event], place, seen)


# ---------------------------------------------------------------- pages


def _page(page: pikepdf.Dictionary, place: str, seen: Seen) -> None:
    _action(page.get("/AA"), place, seen)
    if "/Thumb" in page:
        seen.tell("thumbnail", place)
    for annotation in page.get("/Annots", []):
        kind = str(annotation.get("/Subtype", ""))
        for key in ("/A", "/AA", "/PA"):
            _action(annotation.get(key), place, seen)
        if kind == "/FileAttachment":
            seen.tell("embedded-file", place, annotation.get("/FS", {}).get("/F", ""))
        elif kind == "/Widget":
            seen.tell("form-field", place, f"{annotation.get('/T', '')} {annotation.get('/V', '')}")
        elif kind not in ("/Link", "/Popup", "/TrapNet", "/PrinterMark"):
            words = f"{annotation.get('/T', '')}: {annotation.get('/Contents', '')}"
            seen.tell("annotation", place, words.removeprefix(": "))


# ---------------------------------------------------------------- all objects


def _objects(document: pikepdf.Pdf, seen: Seen) -> None:
    """Look at every object, whether a page uses it or not: records of programs, pictures, and strings."""
    done = document.Root.get("/Metadata")
    for number, thing in enumerate(document.objects, 1):
        place = f"object {thing.objgen[0] if isinstance(thing, pikepdf.Object) and thing.objgen[0] else number}"
        _strings(thing, place, seen, 0)
        held = thing if isinstance(thing, pikepdf.Dictionary) else thing.stream_dict if isinstance(thing, pikepdf.Stream) else None
        if held is None:
            continue
        if "/PieceInfo" in held:
            seen.tell("property", f"{place} PieceInfo", " ".join(str(key) for key in held.PieceInfo.keys()))  # noqa: SIM118
        if isinstance(thing, pikepdf.Stream):
            if str(held.get("/Type", "")) == "/Metadata" and (done is None or thing.objgen != done.objgen):
                see_xmp(thing.read_bytes(), f"{place} XMP record", seen)
            elif str(held.get("/Subtype", "")) == "/Image":
                _image(thing, place, seen)


def _image(image: pikepdf.Stream, place: str, seen: Seen) -> None:
    width, height = int(image.get("/Width", 0)), int(image.get("/Height", 0))
    if width * height > MAX_PIXELS:
        seen.tell("huge-picture", place, f"{width} × {height} pixels")
    raw = image.read_raw_bytes()
    if raw.startswith(JPEG):
        seen.take(see_picture(raw), place)


def _strings(thing: object, place: str, seen: Seen, depth: int) -> None:
    """Read the strings of an object and of what stands directly in it."""
    if depth > 40:
        return
    if isinstance(thing, pikepdf.String):
        if len(words := str(thing)) > 3:
            seen.read(place, words)
    elif isinstance(thing, pikepdf.Array):
        for child in thing:
            if not getattr(child, "is_indirect", False):
                _strings(child, place, seen, depth + 1)
    elif isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
        for key in thing.keys():  # noqa: SIM118
            child = thing.get(key)
            if not getattr(child, "is_indirect", False):
                _strings(child, place, seen, depth + 1)
