"""Page setup, running heads and feet: the sections of the Word file, each with its `w:sectPr`.

A title page and its contents are one section, whose head names no part; a wide table has a section across. Numbers of pages go on, and so do
those of notes, but where a submission wants them to start again: there a section of its own begins.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import count

from shadowgen.locales import Locale
from shadowgen.looks import Look
from shadowgen.nodes import Contents, Submission
from shadowgen.wordtemplate import Furnishing
from shadowgen.writers.docx.measures import Pictures, twips
from shadowgen.writers.docx.tongues import RTL, directed
from shadowgen.writers.docx.xml import HEADER, NAMESPACES, paragraph, run
from shadowgen.writers.docx.xml import field as word_field
from shadowgen.writers.sizes import is_book, is_wide


@dataclass(frozen=True, slots=True)
class Furniture:
    """A running head or foot: its part's element ("hdr" or "ftr"), relationship id, XML, and the pictures in it."""

    element: str
    id: str
    xml: str
    pictures: dict[str, bytes] = field(default_factory=dict)


def _template_id(one: Furnishing) -> str:
    return f"rIdTemplate-{one.element}-{one.pages}"


def _of_template(one: Furnishing, place: int) -> Furniture:
    """Return a head or foot of the template with its pictures drawn."""
    pictures = Pictures(after=_NUMBERS * place)

    def drawn(found: re.Match[str]) -> str:
        data, words, size = one.pictures[int(found[1])]
        return pictures.drawing(data, words, size)

    inner = _PICTURE.sub(drawn, one.xml)
    return Furniture(one.element, _template_id(one), f"{HEADER}<w:{one.element} {NAMESPACES}>{inner}</w:{one.element}>", pictures.data)


_NUMBERS = 100_000  # more pictures than a document has

# the copy holds a text for each picture; see wordtemplate.furniture
_PICTURE = re.compile("<w:t[^>]*>\ufdd0(\\d+)\ufdd1</w:t>")


class Sections:
    """Where the document stands: on the front pages, on an upright page or on one across."""

    def __init__(self, submission: Submission, look: Look, locale: Locale) -> None:
        self.look = look
        self.language = locale.language
        self._turn, self._bidi = (RTL, "<w:bidi/>") if locale.direction == "rtl" else ("", "")
        self.title = submission.meta.running_title
        self.across = False
        self.restarts = submission.meta.note_restart != "none"
        self.anew = self.flows = False  # the numbers of notes start again in this section; it begins in the middle of a page
        self.front = is_book(submission) and any(isinstance(block, Contents) for block in submission.blocks)
        self._title_page = is_book(submission)
        self._own = look.template
        self._theirs = self._own.furniture if self._own else ()
        self._has_front, self._has_wide = self.front, any(is_wide(block) for block in submission.blocks)

    def properties(self) -> str:
        """Return the properties of the section that ends here."""
        width, height = (twips(length) for length in (self.look.page[::-1] if self.across else self.look.page))
        margin = {side: twips(length) for side, length in self.look.margins.items()}
        across = ' w:orient="landscape"' if self.across else ""
        first, self._title_page = "<w:titlePg/>" if self._title_page else "", False
        begins = '<w:type w:val="continuous"/>' if self.flows else ""
        notes = f'<w:footnotePr><w:numRestart w:val="{"eachSect" if self.anew else "continuous"}"/></w:footnotePr>' if self.restarts else ""
        self.anew = self.flows = False
        setup = self._own.page if self._own and self._own.page else None
        head, foot = (twips(setup.header), twips(setup.footer)) if setup else (680, 680)
        return (
            f"<w:sectPr>{self._references('hdr')}{self._references('ftr')}{notes}{begins}"
            f'<w:pgSz w:w="{width}" w:h="{height}"{across}/><w:pgMar w:top="{margin["top"]}" w:right="{margin["right"]}" '
            f'w:bottom="{margin["bottom"]}" w:left="{margin["left"]}" w:header="{head}" w:footer="{foot}" w:gutter="0"/>{first}{self._bidi}</w:sectPr>'
        )

    def _references(self, element: str) -> str:
        """Return the references to the heads or feet of a section: the template's, where it has any, else ours."""
        name = "header" if element == "hdr" else "footer"
        ids = {one.pages: _template_id(one) for one in self._theirs if one.element == element}
        if not ids:
            own = "rIdHeaderFront" if self.front else "rIdHeaderWide" if self.across else "rIdHeader"
            ids = {"default": own if element == "hdr" else "rIdFooter"}
        return "".join(f'<w:{name}Reference w:type="{pages}" r:id="{id}"/>' for pages, id in sorted(ids.items()))

    def furniture(self) -> list[Furniture]:
        """Return every running head and foot that the sections name."""
        return [one for one in (*self._ours(), *map(_of_template, self._theirs, count(1))) if self._is_named(one)]

    def _is_named(self, one: Furniture) -> bool:
        return one.id.startswith("rIdTemplate") or all(other.element != one.element for other in self._theirs)

    def _ours(self) -> list[Furniture]:
        heads = [Furniture("hdr", "rIdHeader", self._head(twips(self.look.text_width())))]
        heads += [Furniture("hdr", "rIdHeaderFront", self._head(0))] if self._has_front else []
        heads += [Furniture("hdr", "rIdHeaderWide", self._head(twips(self.look.text_width(wide=True))))] if self._has_wide else []
        foot = f"{HEADER}<w:ftr {NAMESPACES}>{paragraph(word_field('PAGE', '1', self._turn), 'Footer')}</w:ftr>"
        return [*heads, Furniture("ftr", "rIdFooter", foot)]

    def _head(self, width: int) -> str:
        """Return a running head: the short title and, at the far end of `width`, the part that the page belongs to.

        Word finds the part when it lays out the page. Nothing is stored, because one stored title would be wrong on most pages.
        """
        part = run("<w:tab/>") + word_field("STYLEREF 1", "", self._turn) if width else ""
        tabs = f'<w:tabs><w:tab w:val="clear" w:pos="{twips(self.look.text_width())}"/><w:tab w:val="right" w:pos="{width}"/></w:tabs>'
        wide = tabs if width > twips(self.look.text_width()) else ""
        return f"{HEADER}<w:hdr {NAMESPACES}>{paragraph(directed(self.title, self.language) + part, 'Header', wide)}</w:hdr>"
