"""Small files made by hand, with one thing hidden in each. Nothing here uses the project's writers."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping

SECRET = "Aigul Sarsenova"
NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
)
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml."


def run(text: str = SECRET, properties: str = "") -> str:
    """Return a run of a Word file."""
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


def paragraph(content: str, properties: str = "") -> str:
    """Return a paragraph of a Word file."""
    return f"<w:p><w:pPr>{properties}</w:pPr>{content}</w:p>"


def part(tag: str, content: str) -> str:
    """Return a part of a Word file."""
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:{tag} {NAMESPACES}>{content}</w:{tag}>'


def word(
    body: str = "",
    *,
    parts: Mapping[str, str | bytes] | None = None,
    rels: str = "",
    package_rels: str = "",
    stem: str = "word/document.xml",
    date: int = 1980,
) -> bytes:
    """Return a Word file with a plain paragraph and `body`; each of `parts` is related to the document unless `rels` names it."""
    files: dict[str, str | bytes] = {stem: part("document", f"<w:body>{paragraph(run('Plain words.'))}{body}</w:body>"), **(parts or {})}
    relations = rels
    for number, name in enumerate(parts or {}):
        if name.startswith("word/") and "_rels" not in name and f'"{name[5:]}"' not in rels:
            kind = name[5:].split(".")[0].split("/")[0]
            relations += f'<Relationship Id="p{number}" Type="{OFFICE}{kind}" Target="{name[5:]}"/>'
        elif name.startswith(("docProps/", "customXml/")):
            package_rels += f'<Relationship Id="q{number}" Type="{OFFICE}{name.split("/")[0]}" Target="{name}"/>'
    wrap = '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
    start = f'<Relationship Id="d" Type="{OFFICE}officeDocument" Target="{stem}"/>'
    types = '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">{}</Types>'
    overrides = f'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/{stem}" ContentType="{WORD}document.main+xml"/>'
    files = {
        "[Content_Types].xml": types.format(overrides),
        "_rels/.rels": wrap.format(start + package_rels),
        "word/_rels/document.xml.rels": wrap.format(relations),
    } | files
    return packed(files, date)


def packed(files: Mapping[str, str | bytes], date: int = 1980) -> bytes:
    """Return a ZIP archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name, (date, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def link(kind: str, target: str, id: str = "x1") -> str:
    """Return a relationship to something outside the package."""
    return f'<Relationship Id="{id}" Type="{OFFICE}{kind}" Target="{target}" TargetMode="External"/>'


def core(content: str) -> dict[str, str]:
    """Return the properties of a Word file as a part."""
    spaces = 'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
    return {"docProps/core.xml": f'<?xml version="1.0"?><cp:coreProperties {spaces}><dc:title>T</dc:title>{content}</cp:coreProperties>'}


def app(content: str) -> dict[str, str]:
    """Return what the program says of a Word file, as a part."""
    return {
        "docProps/app.xml": f'<?xml version="1.0"?><Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">{content}</Properties>'
    }


def settings(content: str) -> dict[str, str]:
    """Return the settings of a Word file as a part."""
    return {"word/settings.xml": part("settings", content)}


def field(command: str) -> str:
    """Return a paragraph with a field, its command split over two runs."""
    half = len(command) // 2
    pieces = "".join(f'<w:r><w:instrText xml:space="preserve">{piece}</w:instrText></w:r>' for piece in (command[:half], command[half:]))
    marks = [f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")]
    return paragraph(f"{marks[0]}{pieces}{marks[1]}{run('shown')}{marks[2]}")


# ---------------------------------------------------------------- pictures


def chunk(kind: bytes, body: bytes) -> bytes:
    """Return a chunk of a PNG file."""
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png(*chunks: bytes, after: bytes = b"", size: tuple[int, int] = (1, 1)) -> bytes:
    """Return a grey PNG picture with more chunks."""
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", *size, 8, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + b"".join(chunks) + chunk(b"IDAT", zlib.compress(b"\0\x80")) + chunk(b"IEND", b"") + after


def segment(marker: int, body: bytes) -> bytes:
    """Return a segment of a JPEG file."""
    return struct.pack(">BBH", 0xFF, marker, len(body) + 2) + body


def jpeg(*segments: bytes, after: bytes = b"") -> bytes:
    """Return a small JPEG picture with more segments."""
    from PIL import Image

    out = io.BytesIO()
    Image.new("L", (8, 8), 120).save(out, "JPEG")
    plain = out.getvalue()
    return plain[:2] + b"".join(segments) + plain[2:] + after


def exif(*entries: tuple[int, bytes], gps: bool = False, thumbnail: bool = False) -> bytes:
    """Return Exif data with texts; `gps` adds a directory of places, `thumbnail` a second directory with a picture."""
    count = len(entries) + gps
    at = 8 + 2 + 12 * count + 4
    rows, texts = b"", b""
    for tag, text in entries:
        text += b"\0"
        rows += struct.pack("<HHII", tag, 2, len(text), at + len(texts))
        texts += text.ljust(len(text) + len(text) % 2, b"\0")
    if gps:
        rows += struct.pack("<HHII", 0x8825, 4, 1, at + len(texts))
        texts += struct.pack("<H", 0) + b"\0\0\0\0"
    second = at + len(texts) if thumbnail else 0
    if thumbnail:
        texts += struct.pack("<HHHIII", 1, 0x0201, 4, 1, 0, 0)
    return b"II*\0\x08\0\0\0" + struct.pack("<H", count) + rows + struct.pack("<I", second) + texts


# ---------------------------------------------------------------- PDF


def pdf(
    content: bytes = b"",
    *,
    catalogue: bytes = b"",
    page: bytes = b"",
    resources: bytes = b"",
    info: bytes = b"",
    objects: tuple[bytes, ...] = (),
) -> bytes:
    """Return a PDF of one page of A4; `objects` are numbered from 10 on, object 4 is its Helvetica."""
    words = b"BT /F1 12 Tf 70 700 Td (Plain words.) Tj ET\n" + content
    rows = {
        1: b"<< /Type /Catalog /Pages 2 0 R " + catalogue + b" >>",
        2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        3: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R /Resources << /Font << /F1 4 0 R >> "
        + resources
        + b" >> "
        + page
        + b" >>",
        4: b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        5: b"<< /Length %d >> stream\n" % len(words) + words + b"\nendstream",
        6: b"<< /Title (T) " + info + b" >>",
        **{10 + number: body for number, body in enumerate(objects)},
    }
    out, places = b"%PDF-1.7\n", {}
    for number, body in rows.items():
        places[number] = len(out)
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    start = len(out)
    table = b"".join(
        b"%010d 00000 n \n" % places[number] if number in places else b"0000000000 65535 f \n" for number in range(max(rows) + 1)
    )
    return (
        out
        + b"xref\n0 %d\n" % (max(rows) + 1)
        + table
        + b"trailer << /Size %d /Root 1 0 R /Info 6 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (max(rows) + 1, start)
    )


def stream(head: bytes, body: bytes) -> bytes:
    """Return a stream object of a PDF."""
    return b"<< %s /Length %d >> stream\n" % (head, len(body)) + body + b"\nendstream"


def page(body: str = "", head: str = "") -> bytes:
    """Return an HTML page with a plain paragraph."""
    return f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>T</title>{head}</head>\n<body><p>Plain words.</p>{body}</body></html>\n'.encode()
