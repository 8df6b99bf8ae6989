"""Read our own finished files back: the words of their notes, in order. Shares nothing with the writers.

Enters: bytes of a DOCX, PDF or HTML file. Leaves: plain words. Raises ValueError if the file cannot be read.
"""

from __future__ import annotations

import io
import zipfile
from html.parser import HTMLParser

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def docx_notes(data: bytes) -> list[str]:
    """Return the words of the footnotes of a Word file, in the order of their calls in the text."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            document = etree.fromstring(archive.read("word/document.xml"), _parser())
            footnotes = etree.fromstring(archive.read("word/footnotes.xml"), _parser())
    except (zipfile.BadZipFile, KeyError, etree.XMLSyntaxError) as error:
        raise ValueError("the Word file cannot be read") from error
    bodies = {note.get(f"{W}id"): _words(note) for note in footnotes.iter(f"{W}footnote")}
    return [bodies[call.get(f"{W}id")] for call in document.iter(f"{W}footnoteReference") if call.get(f"{W}id") in bodies]


def _parser() -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)


def _words(element: etree._Element) -> str:
    return " ".join("".join(text.text or "" for text in element.iter(f"{W}t")).split())


def html_notes(data: bytes) -> list[str]:
    """Return the words of the notes at the end of an HTML page."""
    reader = _NoteReader()
    reader.feed(data.decode("utf-8"))
    return [" ".join(words.split()) for words in reader.notes]


class _NoteReader(HTMLParser):
    """Collects what stands in each element of the role doc-footnote, but for the link back to the text."""

    def __init__(self) -> None:
        super().__init__()
        self.notes: list[str] = []
        self.open: list[str] = []  # the elements that are open, from the note on
        self.back = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        role = dict(attrs).get("role")
        if role == "doc-footnote":
            self.notes.append("")
            self.open = [tag]
        elif self.open and tag != "br":
            self.open.append(tag)
        self.back = self.back or role == "doc-backlink"

    def handle_endtag(self, tag: str) -> None:
        if self.open:
            self.open.pop()
        self.back = self.back and tag != "a"

    def handle_data(self, data: str) -> None:
        if self.open and not self.back:
            self.notes[-1] += data


def pdf_pages(data: bytes) -> list[str]:
    """Return the text of each page of a PDF."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise ValueError("the PDF cannot be read") from error
    try:
        return [_page_text(page) for page in document]
    finally:
        document.close()


def _page_text(page: object) -> str:
    text_page = page.get_textpage()  # type: ignore[attr-defined]
    return text_page.get_text_bounded()
