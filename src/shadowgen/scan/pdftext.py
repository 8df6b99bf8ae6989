"""The words on the pages of a PDF, and which of them cannot be seen: in the order in which the page paints.

Enters: bytes. Leaves: findings and words with their page. Found are text without ink or see-through, in the colour of what is behind it, smaller than
3 pt, outside the page, or under a filled shape or picture that is painted later. Not found: text cut off by a clipping path, and what a soft mask hides.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass

import pypdfium2
import pypdfium2.raw as pdfium

from shadowgen.scan.findings import Seen
from shadowgen.scan.package import Unreadable

TINY = 3.0  # pt
CLOSE = 24  # of 255, in each of red, green and blue: colours that the eye does not tell apart on a page
MAX_PAGES, MAX_DEPTH, MAX_PAINTED = 3_000, 8, 200_000
_MANY = 60  # closed lines of one path; more are a drawing
_INVISIBLE, _CLIP = 3, 7  # text render modes without ink

Box = tuple[float, float, float, float]  # left, bottom, right, top in pt
Colour = tuple[int, int, int]
WHITE: Colour = (255, 255, 255)


@dataclass(slots=True)
class Painted:
    """Text or a surface as the page paints it."""

    box: Box
    colour: Colour | None  # None: a picture or a shading, of any colours
    alpha: int
    text: str | None = None
    size: float = 0.0
    mode: int = 0


def see_pages(data: bytes, seen: Seen) -> None:
    """Add what the pages hold."""
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise Unreadable("unreadable") from error
    try:
        if len(document) > MAX_PAGES:
            raise Unreadable("bomb")
        for number in range(len(document)):
            _see_page(document[number], f"page {number + 1}", seen)
    finally:
        document.close()


def _see_page(page: pypdfium2.PdfPage, place: str, seen: Seen) -> None:
    words = page.get_textpage()
    seen.read(place, words.get_text_range())
    painted = list(_paint(page, words))
    if len(painted) >= MAX_PAINTED:
        seen.tell("bomb", place)
        return
    surfaces = [(at, one) for at, one in enumerate(painted) if one.text is None and one.alpha > 230]
    last, together = "", []
    for at, one in enumerate(painted):
        if one.text is None or not one.text.strip():
            continue
        kind = _why_unseen(one, at, surfaces, page.get_cropbox())
        if kind != last:
            _flush(last, together, place, seen)
            last, together = kind, []
        together.append(one.text)
    _flush(last, together, place, seen)


def _flush(kind: str, together: list[str], place: str, seen: Seen) -> None:
    if kind:
        seen.tell(kind, place, " ".join(together))


def _why_unseen(one: Painted, at: int, surfaces: list[tuple[int, Painted]], crop: Box) -> str:
    if one.mode in (_INVISIBLE, _CLIP) or one.alpha < 13:
        return "hidden-text"
    if one.size < TINY:
        return "tiny-text"
    left, bottom, right, top = one.box
    if right < crop[0] or left > crop[2] or top < crop[1] or bottom > crop[3]:
        return "outside-page"
    behind: Colour | None = WHITE
    for when, surface in surfaces:
        if _covers(surface.box, one.box):
            if when > at:
                return "covered-text"
            behind = surface.colour
    if behind is not None and one.colour is not None and all(abs(a - b) <= CLOSE for a, b in zip(one.colour, behind, strict=True)):
        return "pale-text"
    return ""


def _covers(surface: Box, text: Box) -> bool:
    """True if a surface holds at least nine tenths of the box of a text."""
    wide = min(surface[2], text[2]) - max(surface[0], text[0])
    high = min(surface[3], text[3]) - max(surface[1], text[1])
    area = (text[2] - text[0]) * (text[3] - text[1])
    return wide > 0 and high > 0 and area > 0 and wide * high >= 0.9 * area


# ---------------------------------------------------------------- what the page paints

Matrix = tuple[float, float, float, float, float, float]
UNIT: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def _paint(page: pypdfium2.PdfPage, words: pypdfium2.PdfTextPage) -> Iterator[Painted]:
    count = pdfium.FPDFPage_CountObjects(page)
    things = (pdfium.FPDFPage_GetObject(page, number) for number in range(min(count, MAX_PAINTED)))
    for thing in things:
        yield from _thing(thing, UNIT, 255, words, 0)


def _thing(thing: object, outer: Matrix, alpha: int, words: pypdfium2.PdfTextPage, depth: int) -> Iterator[Painted]:
    """Yield a page object; of a group of objects, what it holds, where the group puts it."""
    kind = pdfium.FPDFPageObj_GetType(thing)
    colour, own = _fill(thing)
    together = own * alpha // 255
    if kind == pdfium.FPDF_PAGEOBJ_FORM and depth < MAX_DEPTH:
        inner = _times(_matrix(thing), outer)
        for number in range(min(pdfium.FPDFFormObj_CountObjects(thing), MAX_PAINTED)):
            yield from _thing(pdfium.FPDFFormObj_GetObject(thing, number), inner, together, words, depth + 1)
    elif kind == pdfium.FPDF_PAGEOBJ_TEXT:
        yield _text(thing, outer, colour, together, words)
    elif kind == pdfium.FPDF_PAGEOBJ_PATH:
        if _is_filled(thing):
            yield from (Painted(box, colour, together) for box in _areas(thing, outer))
    elif kind in (pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_SHADING):
        yield Painted(_box(thing, outer), None, together)


def _text(thing: object, outer: Matrix, colour: Colour | None, alpha: int, words: pypdfium2.PdfTextPage) -> Painted:
    length = pdfium.FPDFTextObj_GetText(thing, words, None, 0)
    buffer = (ctypes.c_ushort * max(1, length // 2))()
    pdfium.FPDFTextObj_GetText(thing, words, buffer, length)
    text = bytes(buffer).decode("utf-16-le", "replace").rstrip("\0")
    size = ctypes.c_float()
    pdfium.FPDFTextObj_GetFontSize(thing, size)
    matrix = _times(_matrix(thing), outer)
    scale = (matrix[2] ** 2 + matrix[3] ** 2) ** 0.5
    return Painted(_box(thing, outer), colour, alpha, text, size.value * scale, pdfium.FPDFTextObj_GetTextRenderMode(thing))


def _fill(thing: object) -> tuple[Colour | None, int]:
    """Return the colour that an object is filled with, and its opacity 0 to 255."""
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    if not pdfium.FPDFPageObj_GetFillColor(thing, red, green, blue, alpha):
        return None, 255
    return (red.value, green.value, blue.value), alpha.value


def _is_filled(path: object) -> bool:
    mode, stroke = ctypes.c_int(), ctypes.c_int()
    return bool(pdfium.FPDFPath_GetDrawMode(path, mode, stroke)) and mode.value != 0


def _areas(path: object, outer: Matrix) -> list[Box]:
    """Return the boxes of the closed lines of a path; none if one stands in another, as the edges of a frame do."""
    matrix = _times(_matrix(path), outer)
    areas: list[list[tuple[float, float]]] = []
    for number in range(min(pdfium.FPDFPath_CountSegments(path), MAX_PAINTED)):
        segment = pdfium.FPDFPath_GetPathSegment(path, number)
        if pdfium.FPDFPathSegment_GetType(segment) == pdfium.FPDF_SEGMENT_MOVETO or not areas:
            areas.append([])
        x, y = ctypes.c_float(), ctypes.c_float()
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        areas[-1].append(_placed(x.value, y.value, matrix))
    boxes = [_around(points) for points in areas if len(points) > 2]
    if len(boxes) > _MANY or any(one is not other and _covers(one, other) for one in boxes for other in boxes):
        return []
    return boxes


def _placed(x: float, y: float, matrix: Matrix) -> tuple[float, float]:
    return x * matrix[0] + y * matrix[2] + matrix[4], x * matrix[1] + y * matrix[3] + matrix[5]


def _around(points: list[tuple[float, float]]) -> Box:
    across, up = [x for x, _ in points], [y for _, y in points]
    return min(across), min(up), max(across), max(up)


def _matrix(thing: object) -> Matrix:
    found = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(thing, found):
        return UNIT
    return (found.a, found.b, found.c, found.d, found.e, found.f)


def _times(one: Matrix, other: Matrix) -> Matrix:
    """Return the matrix that applies `one`, then `other` (ISO 32000-1, 8.3.4)."""
    a, b, c, d, e, f = one
    g, h, i, j, k, m = other
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m)


def _box(thing: object, outer: Matrix) -> Box:
    sides = [ctypes.c_float() for _ in range(4)]
    pdfium.FPDFPageObj_GetBounds(thing, *sides)
    left, bottom, right, top = (side.value for side in sides)
    return _around([_placed(x, y, outer) for x in (left, right) for y in (bottom, top)])
