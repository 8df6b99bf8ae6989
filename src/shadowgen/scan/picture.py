"""PNG and JPEG: everything in the file that is not a pixel. The pixels are not decoded.

Rules: PNG (ISO/IEC 15948), JPEG (ISO/IEC 10918-1), Exif 2.32.
"""

from __future__ import annotations

import contextlib
import struct
import zlib
from collections.abc import Iterator

from shadowgen.scan.findings import Seen

PNG, JPEG = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"
MAX_PIXELS = 40_000_000
_MUST = {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"sBIT", b"bKGD", b"pHYs", b"hIST"}
_MAX_TEXT = 1_000_000  # bytes of an unpacked text


def see_picture(data: bytes) -> Seen:
    """Return what a PNG or JPEG file holds beside its pixels."""
    seen = Seen()
    try:
        (_png if data.startswith(PNG) else _jpeg)(data, seen)
    except (struct.error, IndexError, ValueError):
        seen.tell("unreadable", "picture")
    return seen


# ---------------------------------------------------------------- PNG


def _png(data: bytes, seen: Seen) -> None:
    at, kind = len(PNG), b""
    while kind != b"IEND":
        length, kind = struct.unpack_from(">I4s", data, at)
        body = data[at + 8 : at + 8 + length]
        if len(body) != length:
            raise ValueError
        at += 12 + length
        _png_chunk(kind, body, seen)
    if len(data) > at:
        seen.tell("trailing-bytes", "after the end of the picture", f"{len(data) - at} bytes")
        seen.read("after the end of the picture", data[at:].decode("utf-8", "replace"))


def _png_chunk(kind: bytes, body: bytes, seen: Seen) -> None:
    place = f"chunk {kind.decode('latin-1')}"
    if kind == b"IHDR":
        _measured(*struct.unpack_from(">II", body), seen)
    elif kind in (b"tEXt", b"zTXt", b"iTXt"):
        words = _png_text(kind, body)
        xmp = words.startswith("XML:com.adobe.xmp")
        seen.tell("xmp" if xmp else "description", place, "" if xmp else words)
        seen.read(place, words)
    elif kind == b"eXIf":
        _exif(body, place, seen)
    elif kind == b"tIME":
        seen.tell("date", place)
    elif kind == b"iCCP":
        seen.tell("picture-profile", place, body.split(b"\0")[0].decode("latin-1"))
    elif kind not in _MUST:
        seen.tell("picture-data", place, f"{len(body)} bytes")
        seen.read(place, body.decode("utf-8", "replace"))


def _png_text(kind: bytes, body: bytes) -> str:
    """Return keyword and text of a text chunk, unpacked."""
    key, _, rest = body.partition(b"\0")
    if kind == b"iTXt":
        packed, rest = rest[:1] == b"\1", rest[2:].split(b"\0", 2)[-1]
    else:
        packed, rest = kind == b"zTXt", rest[1:] if kind == b"zTXt" else rest
    if packed:
        with contextlib.suppress(zlib.error):
            rest = zlib.decompressobj().decompress(rest, _MAX_TEXT)
    return f"{key.decode('latin-1')}: {rest.decode('utf-8', 'replace')}"


def _measured(width: int, height: int, seen: Seen) -> None:
    if width * height > MAX_PIXELS:
        seen.tell("huge-picture", "picture", f"{width} × {height} pixels")


# ---------------------------------------------------------------- JPEG


def segments(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield marker and bytes of each segment of a JPEG file; the coded pixels belong to SOS (0xDA), which they follow.

    What follows the end of the picture comes last, under the marker 0.
    """
    at = 2
    while data[at] == 0xFF:
        marker = data[at + 1]
        if marker == 0xFF:  # a fill byte
            at += 1
        elif marker == 0xD9:
            at += 2
            break
        else:
            end = at + 2 + struct.unpack_from(">H", data, at + 2)[0]
            if marker == 0xDA:
                end = _end_of_scan(data, end)
            if end > len(data):
                raise ValueError
            yield marker, data[at:end]
            at = end
    else:
        raise ValueError
    yield 0, data[at:]


def _end_of_scan(data: bytes, at: int) -> int:
    """Return where the coded pixels end: at the first marker that is neither a restart nor a stuffed byte."""
    while True:
        at = data.index(b"\xff", at)
        if data[at + 1] == 0 or 0xD0 <= data[at + 1] <= 0xD7:
            at += 2
        else:
            return at


def _jpeg(data: bytes, seen: Seen) -> None:
    for marker, raw in segments(data):
        body = raw[4:] if marker else raw
        place = f"segment APP{marker - 0xE0}" if 0xE0 <= marker <= 0xEF else f"segment {marker:02X}"
        if marker in (0xC0, 0xC1, 0xC2):
            height, width = struct.unpack_from(">HH", body, 1)
            _measured(width, height, seen)
        elif marker == 0xFE:
            seen.tell("description", "comment", body.decode("utf-8", "replace"))
            seen.read("comment", body.decode("utf-8", "replace"))
        elif 0xE0 <= marker <= 0xEF:
            _application(marker, body, place, seen)
        elif marker == 0 and body:
            seen.tell("trailing-bytes", "after the end of the picture", f"{len(body)} bytes")
            seen.read("after the end of the picture", body.decode("utf-8", "replace"))


def _application(marker: int, body: bytes, place: str, seen: Seen) -> None:
    if body.startswith(b"JFIF\0"):
        if body[12] or body[13] or len(body) > 14:
            seen.tell("thumbnail", place)
    elif body.startswith(b"Exif\0\0"):
        _exif(body[6:], place, seen)
    elif body.startswith(b"http://ns.adobe.com/x"):
        seen.tell("xmp", place)
        seen.read(place, body.decode("utf-8", "replace"))
    elif body.startswith(b"ICC_PROFILE"):
        seen.tell("picture-profile", place)
    elif body.startswith(b"JFXX"):
        seen.tell("thumbnail", place)
    elif not (marker == 0xEE and body.startswith(b"Adobe")):  # Adobe's APP14 says how the colours are coded
        seen.tell("picture-data", place, body[:12].split(b"\0")[0].decode("latin-1"))
        seen.read(place, body.decode("utf-8", "replace"))


# ---------------------------------------------------------------- Exif

_TAGS = {
    0x010E: "description", 0x010F: "camera", 0x0110: "camera", 0x0131: "program", 0x0132: "date", 0x013B: "author", 0x013C: "program",
    0x8298: "author", 0x9003: "date", 0x9004: "date", 0x927C: "picture-data", 0x9286: "description", 0x9C9B: "description",
    0x9C9C: "description", 0x9C9D: "author", 0x9C9E: "description", 0x9C9F: "description", 0xA420: "identifier", 0xA430: "author",
    0xA431: "camera", 0xA433: "camera", 0xA434: "camera", 0xA435: "camera",
}  # fmt: skip
_SUB, _GPS, _THUMBNAIL = 0x8769, 0x8825, 0x0201


def _exif(body: bytes, place: str, seen: Seen) -> None:
    order = {b"II*\0": "<", b"MM\0*": ">"}.get(body[:4])
    seen.read(place, body.decode("latin-1"))
    before = len(seen.findings)
    if order:
        with contextlib.suppress(struct.error):
            _directory(body, order, struct.unpack_from(f"{order}I", body, 4)[0], place, seen, set())
    if len(seen.findings) == before:
        seen.tell("picture-data", f"{place} Exif", f"{len(body)} bytes")


def _directory(body: bytes, order: str, at: int, place: str, seen: Seen, done: set[int]) -> None:
    """Tell the entries of one directory of Exif, and those of the directories that it names."""
    if not at or at in done or len(done) > 8:
        return
    done.add(at)
    (count,) = struct.unpack_from(f"{order}H", body, at)
    for entry in range(min(count, 500)):
        tag, form, amount, value = struct.unpack_from(f"{order}HHII", body, at + 2 + 12 * entry)
        if tag == _SUB:
            _directory(body, order, value, place, seen, done)
        elif tag == _GPS:
            seen.tell("place-name", f"{place} Exif", "GPS")
        elif tag == _THUMBNAIL:
            seen.tell("thumbnail", f"{place} Exif")
        elif tag in _TAGS:
            start = value if amount > 4 else at + 2 + 12 * entry + 8
            words = body[start : start + amount].decode("utf-8", "replace") if form == 2 else ""
            seen.tell(_TAGS[tag], f"{place} Exif", words.rstrip("\0"))
    _directory(body, order, struct.unpack_from(f"{order}I", body, at + 2 + 12 * count)[0], place, seen, done)


def lean_jpeg(data: bytes) -> bytes:
    """Return a JPEG file with the same coded pixels, without what is said beside them; ValueError if it is none."""
    try:
        kept = [raw for marker, raw in segments(data) if marker and marker != 0xFE and _codes(marker, raw[4:])]
    except (struct.error, IndexError) as error:
        raise ValueError("no JPEG file") from error
    return b"".join([b"\xff\xd8", *kept, b"\xff\xd9"])


def _codes(marker: int, body: bytes) -> bool:
    """True if a segment is needed to read the pixels."""
    return not 0xE0 <= marker <= 0xEF or (marker == 0xEE and body.startswith(b"Adobe"))
