"""Sizes that Word wants to be told: columns, pictures, and, without a PDF, the pages of headings."""

from __future__ import annotations

from shadowgen.nodes import Block, Contents, Cover, Heading, NoteCall, PageBreak, Submission, Table, plain_text, walk
from shadowgen.writers.docx.xml import attribute

PIXEL = 25.4 / 96  # millimetres: a picture's own size is that of a screen
_EMU = 36_000  # of Word's units for drawings in a millimetre

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


_DRAWING = (
    '<w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{width}" cy="{height}"/>'
    '<wp:docPr id="{number}" name="Picture {number}" descr="{alt}"/><a:graphic>'
    '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic>'
    '<pic:nvPicPr><pic:cNvPr id="{number}" name="Picture {number}" descr="{alt}"/><pic:cNvPicPr/></pic:nvPicPr>'
    '<pic:blipFill><a:blip r:embed="{id}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
    '<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{width}" cy="{height}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr>'
    "</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing>"
)


class Pictures:
    """Collects the pictures that one part shows, each with its relationship id; Word wants their numbers unique over all parts."""

    def __init__(self, after: int = 0) -> None:
        self.after = after
        self.data: dict[str, bytes] = {}

    def drawing(self, data: bytes, alt: str, size: tuple[float, float]) -> str:
        """Return the drawing of a picture in the line of text; its size in millimetres."""
        number = self.after + len(self.data) + 1
        id = f"rIdPicture{number}"
        self.data[id] = data
        width, height = (round(length * _EMU) for length in size)
        return _DRAWING.format(id=id, number=number, alt=attribute(alt), width=width, height=height)


def twips(millimetres: float) -> int:
    """Return a length in twentieths of a point."""
    return round(millimetres * 1440 / 25.4)


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
