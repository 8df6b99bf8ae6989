"""Sizes that Word wants to be told: columns, pictures, and, without a PDF, the pages of headings."""

from __future__ import annotations

import struct

from shadowgen.nodes import Block, Contents, Cover, Heading, NoteCall, PageBreak, Submission, Table, plain_text, walk

# twentieths of a point: a letter of a table's text set in bold, and the margins of a cell
_LETTER, _CELL = 115, 220


def column_widths(table: Table, total: int) -> list[int]:
    """Give each column room for its longest word, and share the rest by the amount of text."""
    weights, least = [], []
    for column in zip(table.head, *table.rows, strict=True):
        texts = [plain_text(cell.content) for cell in column]
        longest = max((len(word) for text in texts for word in text.split()), default=1)
        least.append(longest * _LETTER + _CELL)
        weights.append(max(longest + 1, min(max(map(len, texts), default=1), 60)) ** 0.8)
    if sum(least) > total:
        weights, least = [float(width) for width in least], [0] * len(least)
    rest = total - sum(least)
    widths = [width + round(rest * weight / sum(weights)) for width, weight in zip(least, weights, strict=True)]
    widths[-1] += total - sum(widths)
    return widths


def picture_size(data: bytes) -> tuple[int, int]:
    """Return width and height of a PNG or JPEG in pixels."""
    if data.startswith(b"\x89PNG"):
        return struct.unpack(">II", data[16:24])
    at = 2
    while at + 9 < len(data):
        marker, length = data[at + 1], struct.unpack(">H", data[at + 2 : at + 4])[0]
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", data[at + 5 : at + 9])
            return width, height
        at += 2 + length
    return 600, 400


DRAWING = (
    '<w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{width}" cy="{height}"/>'
    '<wp:docPr id="{number}" name="Picture {number}" descr="{alt}"/><a:graphic>'
    '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic>'
    '<pic:nvPicPr><pic:cNvPr id="{number}" name="Picture {number}" descr="{alt}"/><pic:cNvPicPr/></pic:nvPicPr>'
    '<pic:blipFill><a:blip r:embed="{id}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
    '<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{width}" cy="{height}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr>'
    "</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing>"
)


def estimated_pages(submission: Submission) -> dict[str, int]:
    """Estimate the page of each heading from the length of the text, for the contents of a file built without a PDF."""
    lines, page_lines = 0.0, 46.0
    pages: dict[str, int] = {}
    for block in submission.blocks:
        if isinstance(block, Cover | Contents | PageBreak):
            length = page_lines if not isinstance(block, Cover) or block.style == "page" else 12
            lines = (lines // page_lines + 1) * page_lines if length == page_lines else lines + length
            continue
        if isinstance(block, Heading):
            pages[block.anchor] = int(lines // page_lines) + 1
            lines += 2
            continue
        notes = sum(len(plain_text(submission.notes[call.note - 1].content)) for call in _calls(block))
        lines += len(plain_text(block)) / 88 + notes / 120 + 1
    return pages


def _calls(block: Block) -> list[NoteCall]:
    return [node for node in walk(block) if isinstance(node, NoteCall)]
