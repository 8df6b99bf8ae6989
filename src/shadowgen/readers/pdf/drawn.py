"""What the pages of a PDF draw, taken letter by letter: a door to pypdfium2.

Enters: bytes. Leaves: a `Drawing`. Raises ValueError with one of the words of `REFUSED`.
"""

from __future__ import annotations

import ctypes
import math
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import pypdfium2
import pypdfium2.raw as pdfium

from shadowgen.readers.pdf.page import Box, Drawing, Page, Span

MAX_SIZE, MAX_PLACE = 2_000, 50_000  # points: no page is that large, and whoever goes through its heights would never come to an end
MAX_PAGES, MAX_LETTERS, MAX_SHAPES, MAX_LINKS, MAX_DEPTH = 3_000, 8_000_000, 20_000, 5_000, 8
REFUSED = ("locked", "broken", "too long")
_MANY = 24  # corners of a path; more are a drawing
THIN = 3.0  # pt: a filled area that is no higher or wider is a ruled line
_SMALL_FIGURES = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_SMALL_FIGURES_PLAIN = str.maketrans(_SMALL_FIGURES, "0123456789")
_UNDECODED = (0, 0xFFFD, 0xFFFE, 0xFFFF)
_NO_LETTERS = (10, 13, *_UNDECODED)
_BOLD = re.compile(r"bold|black|heavy|semibold|demi", re.IGNORECASE)
_ITALIC = re.compile(r"italic|oblique|(?:^|[-,])(?:bold)?it(?:$|[-,])", re.IGNORECASE)
_LINE_END, _SOFT = 2, "\u00ad"
_ITALIC_FLAG = 1 << 6


def draw(data: bytes) -> Drawing:
    """Return what the pages of a PDF draw."""
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise ValueError("locked" if "password" in str(error).lower() else "broken") from error
    try:
        return _Drawer(document).done()
    finally:
        document.close()


@dataclass(slots=True)
class _Font:
    """What the name and the flags of a font say."""

    bold: bool
    italic: bool


@dataclass(slots=True)
class _Drawer:
    document: pypdfium2.PdfDocument
    letters: int = 0
    undecoded: int = 0
    fonts: dict[int, _Font] = field(default_factory=dict)

    def done(self) -> Drawing:
        if len(self.document) > MAX_PAGES:
            raise ValueError("too long")
        pages: list[Page] = []
        broken: list[int] = []
        for number in range(1, len(self.document) + 1):
            try:
                pages.append(self._page(number))
            except pypdfium2.PdfiumError:
                broken.append(number)
        return Drawing(tuple(pages), tuple(broken), self.undecoded)

    def _page(self, number: int) -> Page:
        page = self.document[number - 1]
        words = page.get_textpage()
        try:
            self.letters += pdfium.FPDFText_CountChars(words.raw)
            if self.letters > MAX_LETTERS:
                raise ValueError("too long")
            self.fonts = {}
            spans = list(_Letters(words, self, _links(self.document, page)).spans())
            shapes = _shapes(page)
        finally:
            words.close()
        return _upright(number, page.get_mediabox(), spans, shapes)

    def font(self, text: object) -> _Font:
        """Return what is known of the font of a text object."""
        font = pdfium.FPDFTextObj_GetFont(text)
        address = ctypes.addressof(font.contents) if font else 0
        if address not in self.fonts:
            buffer = ctypes.create_string_buffer(256)
            pdfium.FPDFFont_GetBaseFontName(font, buffer, 256)
            name = buffer.value.decode("latin-1").partition("+")[2] or buffer.value.decode("latin-1")
            flags = pdfium.FPDFFont_GetFlags(font)
            italic = bool(_ITALIC.search(name)) or (flags > 0 and bool(flags & _ITALIC_FLAG))
            self.fonts[address] = _Font(bool(_BOLD.search(name)), italic)
        return self.fonts[address]


class _Letters:
    """Goes through the letters of a page once and joins them to spans."""

    def __init__(self, words: pypdfium2.PdfTextPage, drawer: _Drawer, links: list[tuple[Box, str]]) -> None:
        self.raw, self.drawer, self.links = words.raw, drawer, links
        self.box, self.matrix = pdfium.FS_RECTF(), pdfium.FS_MATRIX()
        self.x, self.y = ctypes.c_double(), ctypes.c_double()
        self.thing = 0
        self.size, self.turn, self.baseline = 1.0, 0, 0.0
        self.font = _Font(False, False)
        self.near: list[tuple[Box, str]] = []
        self.text, self.x0, self.x1, self.head, self.kind = "", 0.0, 0.0, 0.0, ("", False)

    def spans(self) -> Iterator[tuple[Span, int]]:
        """Yield each span with the quarter turns of its letters."""
        for at in range(pdfium.FPDFText_CountChars(self.raw)):
            code = pdfium.FPDFText_GetUnicode(self.raw, at)
            thing = pdfium.FPDFText_GetTextObject(self.raw, at)
            if not thing or code in _NO_LETTERS or 0xD800 <= code < 0xE000 or code > 0x10FFFF:
                self.drawer.undecoded += bool(thing) and code in _UNDECODED
                continue
            if ctypes.addressof(thing.contents) != self.thing:
                yield from self._flush()
                self._enter(thing, at)
            if not (self.size <= MAX_SIZE and abs(self.baseline) <= MAX_PLACE):
                self.drawer.undecoded += 1
                continue
            char = _SOFT if code == _LINE_END else chr(code) if code >= 32 else " "
            if char.isspace():
                self._blank()
            else:
                yield from self._take(char, at)
        yield from self._flush()

    def _take(self, char: str, at: int) -> Iterator[tuple[Span, int]]:
        """Add a letter to the span, or begin a new one."""
        left, right = self._extent(at)
        kind = (self._url(), char in _SMALL_FIGURES)
        gap = left - self.x1 if left >= self.x0 else self.x0 - right  # letters may follow from right to left
        if self.text and (abs(gap) > self.size or kind != self.kind):
            yield from self._flush()
        if not self.text:
            self.x0, self.x1, self.kind = left, right, kind
        elif self.text[-1] != " " and gap > 0.2 * self.size:
            self._blank()
        self.text += char.translate(_SMALL_FIGURES_PLAIN) if kind[1] else char
        self.x0, self.x1 = min(self.x0, left), max(self.x1, right)

    def _blank(self) -> None:
        if self.text and " " not in self.text:
            self.head = self.x1 - self.x0
        self.text += " " if self.text else ""

    def _flush(self) -> Iterator[tuple[Span, int]]:
        if self.text.strip():
            url, small = self.kind
            size, y = (0.6 * self.size, self.baseline + 0.35 * self.size) if small else (self.size, self.baseline)
            head = self.head if " " in self.text else self.x1 - self.x0
            yield Span(self.text, self.x0, self.x1, y, size, self.font.bold, self.font.italic, url, head), self.turn
        self.text = ""

    def _enter(self, thing: object, at: int) -> None:
        """Take font, size, direction and baseline of the text object that begins here."""
        self.thing = ctypes.addressof(thing.contents)  # type: ignore[attr-defined]
        pdfium.FPDFText_GetMatrix(self.raw, at, self.matrix)
        along = (self.matrix.a, self.matrix.b)
        self.turn = round(math.atan2(along[1], along[0]) / (math.pi / 2)) % 4 if any(along) else 0
        self.size = max(pdfium.FPDFText_GetFontSize(self.raw, at) * math.hypot(self.matrix.c, self.matrix.d), 0.1)
        self.font = self.drawer.font(thing)
        pdfium.FPDFText_GetCharOrigin(self.raw, at, self.x, self.y)
        x, y = self.x.value, self.y.value
        self.baseline = _turned(x, y, self.turn)[1]
        self.near = [(box, url) for box, url in self.links if box[1] - self.size < y < box[3] + self.size] if self.links else []

    def _extent(self, at: int) -> tuple[float, float]:
        """Return where a letter begins and ends along its line."""
        pdfium.FPDFText_GetLooseCharBox(self.raw, at, self.box)
        if not self.turn:
            return self.box.left, self.box.right
        ends = (_turned(self.box.left, self.box.bottom, self.turn)[0], _turned(self.box.right, self.box.top, self.turn)[0])
        return min(ends), max(ends)

    def _url(self) -> str:
        x, y = (self.box.left + self.box.right) / 2, (self.box.bottom + self.box.top) / 2
        return next((url for box, url in self.near if box[0] <= x <= box[2] and box[1] <= y <= box[3]), "") if self.near else ""


def _turned(x: float, y: float, turn: int) -> tuple[float, float]:
    """Return a place as it is when text of so many quarter turns to the left is turned upright."""
    return ((x, y), (y, -x), (-x, -y), (-y, x))[turn]


def _turned_box(box: Box, turn: int) -> Box:
    one, other = _turned(box[0], box[1], turn), _turned(box[2], box[3], turn)
    return min(one[0], other[0]), min(one[1], other[1]), max(one[0], other[0]), max(one[1], other[1])


def _upright(number: int, media: Box, spans: list[tuple[Span, int]], shapes: _Shapes) -> Page:
    """Return a page with its main direction of text from left to right; text in other directions stands apart."""
    weights: Counter[int] = Counter()
    for span, way in spans:
        weights[way] += len(span.text)
    turn = max(weights, key=lambda one: (weights[one], -one)) if weights else 0
    left, bottom, right, top = _turned_box(media, turn)

    def moved(box: Box) -> Box:
        x0, y0, x1, y1 = _turned_box(box, turn)
        return x0 - left, y0 - bottom, x1 - left, y1 - bottom

    kept = tuple(replace(span, x0=span.x0 - left, x1=span.x1 - left, y=span.y - bottom) for span, way in spans if way == turn)
    turned = " ".join(span.text.strip() for span, way in spans if way != turn)
    area = max((right - left) * (top - bottom), 1.0)
    pictures = sum((box[2] - box[0]) * (box[3] - box[1]) > 0.5 * area for box in shapes.pictures)
    return Page(
        number, right - left, top - bottom, kept, tuple(map(moved, shapes.rules)), tuple(map(moved, shapes.frames)), pictures, turned
    )


# ---------------------------------------------------------------- lines, frames, pictures, links


@dataclass(slots=True)
class _Shapes:
    rules: list[Box] = field(default_factory=list)
    frames: list[Box] = field(default_factory=list)
    pictures: list[Box] = field(default_factory=list)


def _shapes(page: pypdfium2.PdfPage) -> _Shapes:
    """Return the ruled lines, the frames and the pictures of a page."""
    found = _Shapes()
    count = min(pdfium.FPDFPage_CountObjects(page.raw), MAX_SHAPES)
    for at in range(count):
        _shape(pdfium.FPDFPage_GetObject(page.raw, at), found, 0)
    return found


def _shape(thing: object, found: _Shapes, depth: int) -> None:
    kind = pdfium.FPDFPageObj_GetType(thing)
    if kind == pdfium.FPDF_PAGEOBJ_FORM and depth < MAX_DEPTH:
        for at in range(min(pdfium.FPDFFormObj_CountObjects(thing), MAX_SHAPES)):
            inner = pdfium.FPDFFormObj_GetObject(thing, at)
            if pdfium.FPDFPageObj_GetType(inner) == pdfium.FPDF_PAGEOBJ_IMAGE:
                found.pictures.append(_bounds(thing))
        return
    if kind == pdfium.FPDF_PAGEOBJ_IMAGE:
        found.pictures.append(_bounds(thing))
    if kind != pdfium.FPDF_PAGEOBJ_PATH or len(found.rules) + len(found.frames) >= MAX_SHAPES:
        return
    box = _bounds(thing)
    wide, high = box[2] - box[0], box[3] - box[1]
    if min(wide, high) <= THIN < max(wide, high):
        found.rules.append(box)
    elif min(wide, high) > THIN and pdfium.FPDFPath_CountSegments(thing) <= _MANY:
        edges = _edges_drawn(thing, box)
        found.rules += edges if len(edges) < 4 else []
        found.frames += [] if 0 < len(edges) < 4 else [box]


def _edges_drawn(path: object, outer: Box) -> list[Box]:
    """Return the edges that are drawn of a box which is filled between two outlines, as borders are; none of a box that is filled or stroked whole."""
    outlines: list[list[tuple[float, float]]] = []
    x, y = ctypes.c_float(), ctypes.c_float()
    for number in range(pdfium.FPDFPath_CountSegments(path)):
        segment = pdfium.FPDFPath_GetPathSegment(path, number)
        if pdfium.FPDFPathSegment_GetType(segment) == pdfium.FPDF_SEGMENT_MOVETO or not outlines:
            outlines.append([])
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        outlines[-1].append((x.value, y.value))
    if len(outlines) != 2:
        return []
    wide, high = (max(p[at] for one in outlines for p in one) - min(p[at] for one in outlines for p in one) for at in (0, 1))
    sides = [[pick(p[at] for p in one) for one in outlines] for at, pick in ((0, min), (1, min), (0, max), (1, max))]
    left, bottom, right, top = outer
    edges = ((left, bottom, left, top), (left, bottom, right, bottom), (right, bottom, right, top), (left, top, right, top))
    least = 0.001 * max(wide, high)
    return [edge for edge, (one, other) in zip(edges, sides, strict=True) if abs(one - other) > least]


def _bounds(thing: object) -> Box:
    sides = [ctypes.c_float() for _ in range(4)]
    pdfium.FPDFPageObj_GetBounds(thing, *sides)
    left, bottom, right, top = (side.value for side in sides)
    return left, bottom, right, top


def _links(document: pypdfium2.PdfDocument, page: pypdfium2.PdfPage) -> list[tuple[Box, str]]:
    """Return the areas of a page that open an address of the web."""
    found: list[tuple[Box, str]] = []
    position, link, area = ctypes.c_int(), pdfium.FPDF_LINK(), pdfium.FS_RECTF()
    while len(found) < MAX_LINKS and pdfium.FPDFLink_Enumerate(page.raw, position, link):
        action = pdfium.FPDFLink_GetAction(link)
        if not action or pdfium.FPDFAction_GetType(action) != pdfium.PDFACTION_URI or not pdfium.FPDFLink_GetAnnotRect(link, area):
            continue
        buffer = ctypes.create_string_buffer(2_000)
        length = pdfium.FPDFAction_GetURIPath(document.raw, action, buffer, 2_000)
        url = buffer.value.decode("utf-8", "replace") if 0 < length <= 2_000 else ""
        if re.fullmatch(r"https?://[^\s\ufffd]+", url):
            across, up = sorted((area.left, area.right)), sorted((area.bottom, area.top))  # not every program writes the lower corner first
            found.append(((across[0], up[0], across[1], up[1]), url))
    return found
