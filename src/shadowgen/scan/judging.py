"""What a file is, by its first bytes, and everything that a scan sees in it.

Enters: bytes. Leaves: `Seen`. Whatever the bytes are, nothing is raised: a file that cannot be judged is a finding.
"""

from __future__ import annotations

import re

from shadowgen.scan.findings import Seen
from shadowgen.scan.package import OLE, Unreadable
from shadowgen.scan.paths import tell_paths
from shadowgen.scan.picture import JPEG, PNG

MAX_BYTES = 200_000_000
_NO_TEXT = re.compile(rb"[\x00-\x08\x0e-\x1f]")
_HTML = re.compile(rb"(?i)<(!doctype\s+html|html|head|body|meta|title|p|div|!--)[\s>-]")


def format_of(data: bytes) -> str:
    """Return docx, pdf, html, png, jpeg or text; ole for an old or encrypted Word file; an empty string for anything else."""
    head = data[:4096]
    if head.startswith(b"PK\x03\x04") or b"PK\x03\x04" in head[:1024]:
        return "docx"
    if head.startswith(OLE):
        return "ole"
    if head.startswith(PNG):
        return "png"
    if head.startswith(JPEG):
        return "jpeg"
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if _HTML.search(head.replace(b"\0", b"")):
        return "html"
    return "text" if data and not _NO_TEXT.search(head) and _is_utf8(data) else ""


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def judge(data: bytes) -> Seen:
    """Return everything that a scan sees in a file."""
    seen = Seen()
    try:
        seen = _seen(data)
    except Unreadable as error:
        seen.tell(error.kind, error.place)
    except MemoryError:
        seen.tell("too-long", "file")
    except RecursionError:
        seen.tell("bomb", "file")
    seen.findings += tell_paths(seen.words)
    return seen


def _seen(data: bytes) -> Seen:
    if len(data) > MAX_BYTES:
        raise Unreadable("bomb")
    match format_of(data):
        case "docx":
            from shadowgen.scan.word import see_word

            return see_word(data)
        case "pdf":
            from shadowgen.scan.pdf import see_pdf

            return see_pdf(data)
        case "html":
            from shadowgen.scan.page import see_page

            return see_page(data)
        case "png" | "jpeg":
            from shadowgen.scan.picture import see_picture

            return see_picture(data)
        case "text":  # what is in a text file is all to be seen; names and paths may still stand there
            seen = Seen()
            for number, line in enumerate(data.decode("utf-8").split("\n"), 1):
                seen.read(f"line {number}", line)
            return seen
        case "ole":  # an encrypted package says so in UTF-16
            raise Unreadable("encrypted" if "EncryptedPackage".encode("utf-16-le") in data else "unknown-format")
    raise Unreadable("unknown-format")
