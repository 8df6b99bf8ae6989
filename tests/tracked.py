"""What a Word file says with all tracked changes accepted, or all rejected: read from its XML, sharing nothing with what wrote it.

Rules of ISO/IEC 29500-1, 17.13.5: `w:ins` and `w:del` around runs, in the properties of a paragraph's mark, in those of a row. A paragraph
whose mark goes runs on into the next one.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree
from readers import W, part


@dataclass
class Reading:
    """The paragraphs, each note in the place of its call; page numbers left out, which are of no version."""

    gone: str
    notes: dict[str, str] = field(default_factory=dict)
    paragraphs: list[str] = field(default_factory=list)
    line: str = ""
    codes: list[str] = field(default_factory=list)  # of the fields that are open

    def _end(self) -> None:
        self.paragraphs.append(" ".join(self.line.split()))
        self.line = ""

    def block(self, element: etree._Element) -> None:
        for child in element:
            if child.tag == f"{W}p":
                self._paragraph(child)
            elif child.tag == f"{W}tr":
                if child.find(f"{W}trPr/{W}{self.gone}") is None:
                    self.block(child)
            elif child.tag in (f"{W}tbl", f"{W}tc"):
                self.block(child)
                assert not self.line, "a table or cell ends within a paragraph"
            elif child.tag in (f"{W}sdt", f"{W}sdtContent"):
                self.block(child)

    def _paragraph(self, element: etree._Element) -> None:
        for child in element:
            self._inline(child)
        if element.find(f"{W}pPr/{W}rPr/{W}{self.gone}") is None:
            self._end()

    def _inline(self, element: etree._Element) -> None:
        if element.tag in (f"{W}pPr", f"{W}{self.gone}"):
            return
        if element.tag == f"{W}r":
            deleted = next(element.iterancestors(f"{W}del"), None) is not None
            for child in element:
                assert (child.tag in (f"{W}delText", f"{W}delInstrText")) <= deleted and (child.tag in (f"{W}t", f"{W}instrText")) <= (
                    not deleted
                )
                self._piece(child)
        else:
            for child in element:
                self._inline(child)

    def _piece(self, piece: etree._Element) -> None:
        if piece.tag == f"{W}fldChar":
            kind = piece.get(f"{W}fldCharType")
            if kind == "begin":
                self.codes.append("")
            elif kind == "end":
                self.codes.pop()
        elif piece.tag in (f"{W}instrText", f"{W}delInstrText"):
            self.codes[-1] += piece.text or ""
        elif self.codes and "PAGEREF" in self.codes[-1]:
            return
        elif piece.tag in (f"{W}t", f"{W}delText"):
            self.line += piece.text or ""
        elif piece.tag in (f"{W}tab", f"{W}br"):
            self.line += " "
        elif piece.tag == f"{W}footnoteReference":
            self.line += f"⟦{self.notes.get(piece.get(f'{W}id', ''), '?')}⟧"


def said(path: Path, *, accepted: bool = True, words_only: bool = True) -> list[str]:
    """Return what a file says, with all its changes accepted or rejected; a file without changes says the same either way.

    Without `words_only` paragraphs without words are there too.
    """
    gone = "del" if accepted else "ins"
    notes = {}
    for note in part(path, "word/footnotes.xml").iter(f"{W}footnote"):
        reading = Reading(gone)
        reading.block(note)
        notes[note.get(f"{W}id", "")] = " / ".join(one for one in reading.paragraphs if one)
    reading = Reading(gone, notes)
    body = part(path, "word/document.xml").find(f"{W}body")
    assert body is not None
    reading.block(body)
    assert not reading.codes and not reading.line, "a field or paragraph has no end"
    return [one for one in reading.paragraphs if one] if words_only else reading.paragraphs
