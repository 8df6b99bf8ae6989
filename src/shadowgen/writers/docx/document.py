"""document.xml and footnotes.xml: blocks and inlines of a Submission as WordprocessingML. See NOTES.md."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from shadowgen.charts import draw_chart
from shadowgen.locales import Locale, around, direction_of
from shadowgen.looks import Look
from shadowgen.nodes import (
    Block,
    Box,
    Cell,
    Contents,
    Cover,
    Emphasis,
    Figure,
    Foreign,
    Heading,
    Inline,
    Inlines,
    LineBreak,
    Link,
    List,
    Note,
    NoteAgain,
    NoteCall,
    NoteNumber,
    PageBreak,
    Paragraph,
    Quote,
    Reference,
    Strong,
    Submission,
    Table,
    Text,
    plain_text,
)
from shadowgen.notemarks import starts_unit
from shadowgen.writers.docx.cover import draw_cover
from shadowgen.writers.docx.measures import PIXEL, Pictures, column_widths, twips
from shadowgen.writers.docx.numbering import HANGING, INDENT, PARAGRAPHS, PARTS, Numbering
from shadowgen.writers.docx.package import Links
from shadowgen.writers.docx.sections import Sections
from shadowgen.writers.docx.styles import BOXED
from shadowgen.writers.docx.tongues import RTL, directed, language_tag
from shadowgen.writers.docx.xml import HEADER, NAMESPACES, Bookmarks, attribute, field, paragraph, run, text_run, with_mark
from shadowgen.writers.sizes import is_wide, picture_size

_ROLE_STYLES = {
    "lead": "Lead",
    "label": "Label",
    "see": "SeeAlso",
    "source": "Bibliography",
    "source-kind": "SourceKind",
    "address": "Address",
    "salutation": "Salutation",
}
_LIST_STYLES = {"asks": "Ask", "signatories": "Signatory", "contributors": "ListParagraph", "": "ListParagraph"}
_MARKS = (NoteCall, NoteAgain)
_ORDINAL = "_sg{:04d}"


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a block stands: in a box, a quotation, a list of some depth."""

    style: str = ""
    depth: int = 0
    number: str = ""
    inset: int = 0


class DocumentWriter:
    """Draws one submission; `pages` gives the page of each anchor for the contents."""

    def __init__(self, submission: Submission, locale: Locale, look: Look, pages: Mapping[str, int]) -> None:
        self.submission = submission
        self.locale = locale
        self.look = look
        self.pages = pages
        self.numbering = Numbering(locale)
        self._turn = RTL if locale.direction == "rtl" else ""
        self.bookmarks = Bookmarks()
        self.links = Links("rIdLink")
        self.note_links = Links("rIdLink")
        self.pictures = Pictures()
        self.sections = Sections(submission, look, locale)
        self.book = any(isinstance(block, Cover) and block.style == "page" for block in submission.blocks)
        self._series = self._last_number = self._parts = 0
        self._break = self._fresh = False
        self._language = ""

    # ------------------------------------------------ parts

    def document(self) -> str:
        """Return document.xml."""
        body = []
        for block in self.submission.blocks:
            anew = starts_unit(block, self.submission.meta.note_restart)
            if is_wide(block) != self.sections.across:
                body.append(self._new_section(across=is_wide(block)))
            elif anew and body and not self._fresh:
                flows = not (self._break or (self.book and block.label))  # type: ignore[union-attr]
                body.append(self._new_section(flows=flows))
            self.sections.anew = self.sections.anew or anew
            body.append(self.block(block, _Place()))
        return f"{HEADER}<w:document {NAMESPACES}><w:body>{''.join(body)}{self.sections.properties()}</w:body></w:document>"

    def _new_section(self, *, across: bool = False, flows: bool = False) -> str:
        """End the section that stands here; what follows starts on a new page, upright or across, or goes on below it."""
        self._break, self._fresh = False, not flows
        end = '<w:spacing w:after="0" w:line="20" w:lineRule="exact"/>' + self.sections.properties()
        self.sections.across, self.sections.flows = across, flows
        return paragraph("", "", end)

    def footnotes(self) -> str:
        """Return footnotes.xml: the two separators that Word needs, then the notes."""
        separators = "".join(
            f'<w:footnote w:type="{kind}" w:id="{id}"><w:p><w:pPr><w:spacing w:after="0" w:line="240" w:lineRule="auto"/></w:pPr>'
            f"<w:r><w:{element}/></w:r></w:p></w:footnote>"
            for kind, id, element in (("separator", -1, "separator"), ("continuationSeparator", 0, "continuationSeparator"))
        )
        text_links, self.links = self.links, self.note_links
        notes = "".join(self._note(note) for note in self.submission.notes)
        self.links = text_links
        return f"{HEADER}<w:footnotes {NAMESPACES}>{separators}{notes}</w:footnotes>"

    def _note(self, note: Note) -> str:
        mark = run("<w:footnoteRef/>", '<w:rStyle w:val="FootnoteReference"/>' + self._turn) + self._words(" ")
        return f'<w:footnote w:id="{note.number}">{paragraph(mark + self.inlines(note.content), "FootnoteText")}</w:footnote>'

    # ------------------------------------------------ blocks

    def block(self, block: Block, place: _Place) -> str:
        """Return one block."""
        match block:
            case Heading():
                return self._heading(block)
            case Paragraph():
                return self._paragraph(block, place)
            case List():
                return self._list(block, place)
            case Quote():
                return self._quote(block, place)
            case Table():
                return self._table(block)
            case Figure():
                return self._figure(block)
            case Box():
                return self._box(block)
            case Contents():
                return self._contents(block)
            case Cover():
                self._break = block.style == "page"
                return draw_cover(self, block)
            case PageBreak():
                self._break = True
                return ""

    def _page_break(self) -> str:
        wanted, self._break, self._fresh = self._break and not self._fresh, False, False
        return "<w:pageBreakBefore/>" if wanted else ""

    def _heading(self, block: Heading) -> str:
        number = label = ""
        if block.label:
            number, label = self._part(block.label)
            self._break = self._break or self.book
        # the bookmark ends before notes at the end, or Word would repeat them wherever the heading is referred to
        calls = len(block.content)
        while calls and isinstance(block.content[calls - 1], _MARKS):
            calls -= 1
        words = self.bookmarks.around(f"_Ref_{block.anchor}", self._in_language(block.content[:calls], block.language))
        words += self._in_language(block.content[calls:], block.language)
        return paragraph(label + words, f"Heading{block.level}", self._page_break() + number + self._other_way(block.language))

    def _part(self, label: str) -> tuple[str, str]:
        """Return the numbering of a part: Word's own, or the label as words where Word cannot count as the language does."""
        if not self.locale.marks["part"].word:
            return "", self._words(f"{label}\u2002")
        self._parts = self._parts or self.numbering.start(PARTS)
        return f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{self._parts}"/></w:numPr>', ""

    def _other_way(self, language: str) -> str:
        """Return the property of a paragraph that runs against the document's direction."""
        direction = direction_of(language) if language else self.locale.direction
        return "" if direction == self.locale.direction else "<w:bidi/>" if direction == "rtl" else '<w:bidi w:val="0"/>'

    def _paragraph(self, block: Paragraph, place: _Place) -> str:
        style = place.style or _ROLE_STYLES.get(block.role, "NumberedParagraph" if block.number else "BodyText")
        properties = self._page_break() + (self._number(block.number) if block.number else place.number)
        indent = f'<w:ind w:left="{place.inset}"/>' if place.inset and not place.number else ""
        words = self._in_language(block.content, block.language)
        if style == "Lead" and self.look.shapes["asks"] == "box":
            indent, words = BOXED, words if block.number else run("<w:tab/>") + words
        if block.anchor:
            words = self.bookmarks.around(f"_Ref_{block.anchor}", words)
        if block.ordinal:
            words = self.bookmarks.around(_ORDINAL.format(block.ordinal), words)
        if turned := self._other_way(block.language):
            before, mark, rest = properties.partition("<w:ind ")
            properties = before + turned + mark + rest
        return paragraph(words, style, properties + indent)

    def _number(self, number: int) -> str:
        if number != self._last_number + 1 or not self._series:
            self._series = self.numbering.start(PARAGRAPHS, number)
        self._last_number = number
        return f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{self._series}"/></w:numPr>'

    def _list(self, block: List, place: _Place) -> str:
        depth = min(place.depth, 5)
        series = self.numbering.start(block.style, block.start, depth)
        number = f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{series}"/></w:numPr>'
        inset = place.inset or (227 if place.style == "CaseText" else 0)
        style = "CaseText" if place.style == "CaseText" else _LIST_STYLES.get(block.role, "ListParagraph")
        if style == "Ask" and self.look.shapes["asks"] == "box":
            return self._boxed_asks(block, number)
        if style == "CaseText":
            number += f'<w:ind w:left="{227 + HANGING * (depth + 1)}" w:right="227" w:hanging="{HANGING}"/>'
        inner = _Place(style, depth + 1, number, inset)
        rest = _Place(style, depth + 1, "", INDENT * (depth + 1))
        return "".join(
            self.block(one, inner if first == 0 else rest) for item in block.items for first, one in enumerate(item.blocks)
        )  # fmt: skip

    def _boxed_asks(self, block: List, number: str) -> str:
        """Draw recommendations in their box; the last one keeps what follows off it."""
        last = len(block.items) - 1
        spaces = ('<w:spacing w:after="240"/>' if place == last else "" for place in range(last + 1))
        places = [_Place("Ask", 1, number + space + BOXED) for space in spaces]
        return "".join(self.block(one, place) for item, place in zip(block.items, places, strict=True) for one in item.blocks)

    def _quote(self, block: Quote, place: _Place) -> str:
        boxed = place.style == "CaseText"  # another style would end the box
        style = "CaseText" if boxed else "Commitment" if block.role == "commitment" else "Quote"
        words = "".join(self.block(one, _Place(style)) for one in block.blocks)
        by, right = (style, '<w:jc w:val="right"/>') if boxed else ("Attribution", "")
        said = paragraph(self._words("— ") + self.inlines(block.attribution), by, right) if block.attribution else ""
        return words + said

    def _box(self, block: Box) -> str:
        if block.kind == "highlight":
            return self._highlight(block)
        title = self._labelled("case", "Case", block.number, block.anchor, block.title)
        head = paragraph(title, "CaseTitle", self._page_break())
        return head + "".join(self.block(one, _Place("CaseText")) for one in block.blocks)

    def _highlight(self, block: Box) -> str:
        words = self.inlines(block.title)
        figure = self.bookmarks.around(f"_Ref_{block.anchor}", words) if block.anchor else words
        head = paragraph(figure, "PullFigure", self._page_break()) if block.title else ""
        return head + "".join(self.block(one, _Place("PullText")) for one in block.blocks)

    def _labelled(self, word: str, series: str, number: int, anchor: str, words: Inlines) -> str:
        """Return a label with a live number, and the words after it: "Table 3. Its caption"."""
        before, after = around(self.locale.words[word])
        parts = [self._words(before), self._field(f"SEQ {series} \\* ARABIC", str(number)), self._words(after)]
        marked = self.bookmarks.around(f"_Ref_{anchor}", "".join(parts))
        return marked + (self._words(self.locale.punctuation["label"]) + self.inlines(words) if words else "")

    def _caption(self, word: str, series: str, number: int, anchor: str, words: Inlines) -> str:
        return paragraph(self._labelled(word, series, number, anchor, words), "Caption", self._page_break())

    def _table(self, block: Table) -> str:
        caption = self._caption("table", "Table", block.number, block.anchor, block.caption)
        widths = column_widths(block, twips(self.look.text_width(wide=self.sections.across)))
        grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
        words = attribute(plain_text(block.caption))
        properties = (
            f'<w:tblPr><w:tblStyle w:val="ReportTable"/>{"<w:bidiVisual/>" if self._turn else ""}<w:tblW w:w="5000" w:type="pct"/><w:tblLayout w:type="fixed"/>'
            f'<w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>'
            f'<w:tblCaption w:val="{words}"/></w:tblPr>'
        )
        head = self._row(block.head, widths, "<w:cantSplit/><w:tblHeader/>")
        rows = "".join(self._row(row, widths, "<w:cantSplit/>") for row in block.rows)
        after = paragraph("", "", '<w:spacing w:after="60" w:line="120" w:lineRule="exact"/>')
        return f"{caption}<w:tbl>{properties}<w:tblGrid>{grid}</w:tblGrid>{head}{rows}</w:tbl>{after}"

    def _row(self, row: tuple[Cell, ...], widths: list[int], properties: str) -> str:
        cells = "".join(
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>'
            + paragraph(
                self.inlines(cell.content), "TableText", f'<w:jc w:val="{cell.align}"/>' if cell.align in ("right", "center") else ""
            )
            + "</w:tc>"
            for cell, width in zip(row, widths, strict=True)
        )
        return f"<w:tr><w:trPr>{properties}</w:trPr>{cells}</w:tr>"

    def _figure(self, block: Figure) -> str:
        data = draw_chart(block.chart, self.locale, self.look, "png") if block.chart else block.data
        width, height = picture_size(data)
        wide = min(self.look.text_width(), width * PIXEL)
        drawing = self.pictures.drawing(data, block.alt, (wide, wide * height / max(width, 1)))
        picture = paragraph(run(drawing), "Picture", self._page_break())
        return picture + self._caption("figure", "Figure", block.number, block.anchor, block.caption)

    # ------------------------------------------------ contents

    def _contents(self, block: Contents) -> str:
        title = paragraph(self.inlines(block.title), "TOCHeading", self._page_break())
        headings = [node for node in self.submission.blocks if isinstance(node, Heading) and node.level <= block.depth]
        rows = [self._entry(heading, first=place == 0, depth=block.depth) for place, heading in enumerate(headings)]
        end = paragraph(run('<w:fldChar w:fldCharType="end"/>'), "", '<w:spacing w:after="0" w:line="20" w:lineRule="exact"/>')
        after = self._new_section() if self.sections.front else ""
        self._break = not after
        self.sections.front = False
        return (
            '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/><w:docPartUnique/></w:docPartObj></w:sdtPr>'
            f"<w:sdtContent>{title}{''.join(rows)}{end if rows else ''}</w:sdtContent></w:sdt>{after}"
        )

    def _entry(self, heading: Heading, *, first: bool, depth: int) -> str:
        start = ""
        if first:
            code = f'<w:instrText xml:space="preserve"> TOC \\o "1-{depth}" \\h \\z \\u </w:instrText>'
            start = run('<w:fldChar w:fldCharType="begin"/>') + run(code) + run('<w:fldChar w:fldCharType="separate"/>')
        label = f"{heading.label}\u2002" if heading.label else ""
        words = self._words(label + " ".join(plain_text(heading.content).split()))
        anchor = f"_Ref_{heading.anchor}"
        page = self._field(f"PAGEREF {anchor} \\h", str(self.pages.get(heading.anchor, 1)))
        link = f'<w:hyperlink w:anchor="{anchor}" w:history="1">{words}{run("<w:tab/>")}{page}</w:hyperlink>'
        return paragraph(start + link, f"TOC{heading.level}")

    # ------------------------------------------------ inlines

    def _words(self, text: str, properties: str = "") -> str:
        """Return a text as runs, tagged with the language at hand where it is not the document's."""
        return directed(text, self._language or self.locale.language, properties, language_tag(self._language) if self._language else "")

    def _field(self, instruction: str, result: str, properties: str = "") -> str:
        return field(instruction, result, properties + self._turn)

    def _in_language(self, inlines: Inlines, language: str) -> str:
        before, self._language = self._language, language or self._language
        words = self.inlines(inlines)
        self._language = before
        return words

    def inlines(self, inlines: Inlines, properties: str = "") -> str:
        """Return inlines as runs; `properties` are those of the marks around them, in the schema's order."""
        out: list[str] = []
        for place, inline in enumerate(inlines):
            if isinstance(inline, _MARKS) and place and isinstance(inlines[place - 1], _MARKS):
                out.append(text_run(",", '<w:vertAlign w:val="superscript"/>' + self._turn))
            out.append(self._inline(inline, properties))
        return "".join(out)

    def _inline(self, inline: Inline, properties: str) -> str:
        match inline:
            case Text(text):
                return self._words(text, properties)
            case LineBreak():
                return run("<w:br/>")
            case Emphasis(children):
                return self.inlines(children, with_mark(properties, "<w:i/><w:iCs/>"))
            case Strong(children):
                return self.inlines(children, with_mark(properties, "<w:b/><w:bCs/>"))
            case Foreign(children, tongue):
                return self._in_language(children, tongue)
            case Link(children, url):
                words = self.inlines(children, with_mark(properties, '<w:rStyle w:val="Hyperlink"/>'))
                return f'<w:hyperlink r:id="{self.links.id(url)}" w:history="1">{words}</w:hyperlink>'
            case NoteCall(note):
                mark = run(f'<w:footnoteReference w:id="{note}"/>', '<w:rStyle w:val="FootnoteReference"/>' + self._turn)
                return self.bookmarks.around(f"_Ref_n{note}", mark)
            case NoteNumber(note, shown):
                return self._field(f"NOTEREF _Ref_n{note} \\h", shown or str(note), properties)
            case NoteAgain(note, shown):
                return self._field(f"NOTEREF _Ref_n{note} \\f \\h", shown or str(note), '<w:rStyle w:val="FootnoteReference"/>')
            case Reference():
                return self._reference(inline, properties)
        raise TypeError(f"a writer cannot draw {type(inline).__name__}")

    def _reference(self, ref: Reference, properties: str) -> str:
        target = f"_Ref_{ref.anchor}"
        match ref.shows:
            case "page":
                return self._field(f"PAGEREF {target} \\h", str(self.pages.get(ref.anchor, 1)), properties)
            case "number":
                return self._field(f"REF {target} \\r \\h", ref.text, properties)
            case "label":
                return self._field(f"REF {target} \\h \\* Lower", ref.text, properties)
            case "title":
                return self._field(f"REF {target} \\h", ref.text, properties)
        return f'<w:hyperlink w:anchor="{target}" w:history="1">{self._words(ref.text, properties)}</w:hyperlink>'
