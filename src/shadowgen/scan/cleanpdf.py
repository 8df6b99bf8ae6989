"""A PDF without records of its making, attachments, scripts, notes and earlier versions. With `pdf` the door to pikepdf.

Enters: bytes. Leaves: bytes. Words on the pages, seen or not, stay: a PDF does not say which of its words were meant to be there.
"""

from __future__ import annotations

import io

import pikepdf

from shadowgen.scan.findings import Seen
from shadowgen.scan.pdf import ACTIONS, NO_DATE, OURS, see_xmp
from shadowgen.scan.picture import JPEG, lean_jpeg, see_picture

_KEPT_INFO = ("/Title", "/Trapped", "/GTS_PDFXVersion", "/GTS_PDFXConformance")
_KEPT_ANNOTATIONS = ("/Link", "/Widget", "/TrapNet", "/PrinterMark")


def clean_pdf(data: bytes) -> bytes:
    """Return a clean copy of a PDF."""
    with pikepdf.open(io.BytesIO(data), suppress_warnings=True) as document:
        _records(document)
        for name in list(document.attachments):
            del document.attachments[name]
        _catalogue(document.Root)
        for page in document.pages:
            _page(page.obj)
        for thing in document.objects:
            _object(thing)
        _drop(document.trailer, "/ID")  # it ties the copy to the file
        out = io.BytesIO()
        document.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getvalue()


def _records(document: pikepdf.Pdf) -> None:
    for key in [key for key in document.docinfo if key not in _KEPT_INFO and not _is_ours(document.docinfo[key])]:
        del document.docinfo[key]
    record, seen = document.Root.get("/Metadata"), Seen()
    if record is not None:
        see_xmp(record.read_bytes(), "", seen)
    if seen.findings:
        del document.Root["/Metadata"]


def _is_ours(value: object) -> bool:
    """True for what a file of ours says and nobody learns from."""
    return bool(OURS.fullmatch(str(value)) or NO_DATE.fullmatch(str(value)))


def _catalogue(root: pikepdf.Dictionary) -> None:
    _drop(root, "/AF", "/AA", "/Collection", "/PieceInfo")
    if "/Names" in root:
        _drop(root.Names, "/JavaScript", "/EmbeddedFiles")
    if _acts(root.get("/OpenAction")):
        del root["/OpenAction"]


def _drop(held: pikepdf.Dictionary, *keys: str) -> None:
    for key in keys:
        if key in held:
            del held[key]


def _acts(action: object) -> bool:
    """True if an action does more than go somewhere."""
    return isinstance(action, pikepdf.Dictionary) and str(action.get("/S", "")) in ACTIONS


def _page(page: pikepdf.Dictionary) -> None:
    _drop(page, "/AA", "/Thumb", "/PieceInfo")
    if "/Annots" not in page:
        return
    kept = [annotation for annotation in page.Annots if str(annotation.get("/Subtype", "")) in _KEPT_ANNOTATIONS]
    for annotation in kept:
        _drop(annotation, "/AA", "/PA")
        if _acts(annotation.get("/A")):
            del annotation["/A"]
    page.Annots = pikepdf.Array(kept)


def _object(thing: object) -> None:
    if isinstance(thing, pikepdf.Dictionary):
        _drop(thing, "/PieceInfo")
    if not isinstance(thing, pikepdf.Stream):
        return
    _drop(thing.stream_dict, "/PieceInfo")
    raw = thing.read_raw_bytes() if str(thing.get("/Subtype", "")) == "/Image" else b""
    if raw.startswith(JPEG) and see_picture(raw).findings:
        thing.write(lean_jpeg(raw), filter=thing.get("/Filter"), decode_parms=thing.get("/DecodeParms"))
