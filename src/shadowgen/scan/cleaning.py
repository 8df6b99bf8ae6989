"""A copy of a finished file without what a reader could dig out of it, as far as a program may decide that.

Enters: bytes. Leaves: bytes. Raises `Refused` where a person must decide first, or the file is of no kind that can be cleaned.
"""

from __future__ import annotations

from shadowgen.pictures import clean_picture
from shadowgen.scan.cleanword import Refused, clean_word
from shadowgen.scan.judging import format_of


def clean(data: bytes, *, accept_changes: bool = False, drop_hidden: bool = False) -> bytes:
    """Return a clean copy of a DOCX, PDF, PNG or JPEG file, which `judge` has read before."""
    match format_of(data):
        case "docx":
            return clean_word(data, _cleaned, accept_changes=accept_changes, drop_hidden=drop_hidden)
        case "pdf":
            from shadowgen.scan.cleanpdf import clean_pdf

            return clean_pdf(data)
        case "png" | "jpeg":
            return _cleaned(data)
    raise Refused("clean works on DOCX, PDF, PNG and JPEG files; take the findings out of an HTML page by hand")


def _cleaned(raw: bytes) -> bytes:
    data, reason = clean_picture(raw)
    if not data:
        raise Refused(f"a picture cannot be cleaned: {reason}")
    return data
