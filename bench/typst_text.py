"""A finished Submission -> an equivalent Typst document: the same headings, numbered paragraphs, notes, contents and page."""

from __future__ import annotations

import re

from shadowgen.locales import Locale
from shadowgen.looks import Look
from shadowgen.nodes import (
    Block,
    Blocks,
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
)

_HEAD = """\
#set document(title: "{title}")
#set page("a4", margin: 25mm, header: context if counter(page).get().first() > 1 [#emph[{running}]], numbering: "1")
#set text(font: "{font}", size: {size}pt, lang: "{language}", hyphenate: true, top-edge: 0.8em, bottom-edge: -0.2em)
#set par(justify: true, leading: {leading}em, spacing: {leading}em + 2.2mm)
#set footnote.entry(gap: 0.6mm)
#show footnote.entry: set text(size: {note}pt)
#show footnote.entry: set par(justify: false)
#show heading.where(level: 1): it => {{ pagebreak(weak: true); it }}
#show figure: set block(breakable: true)
#show figure.caption: set align(left)
#let np(n, body) = par[#box(width: 11mm)[#n.]#body]
#let page-of(target) = context link(target, str(counter(page).at(target).first()))
#let commitment(body) = block(inset: 3mm, fill: luma(245), stroke: (left: 2.4pt), width: 100%, body)
#let boxed(body) = block(inset: 3mm, fill: luma(245), stroke: 0.6pt, width: 100%, breakable: true, body)
"""
_NUMBERS = {"decimal": "1.", "paren": "1)", "alpha": "(a)", "roman": "(i)"}
_SPECIAL = re.compile(r"([\\#$*_`<>@\[\]~'\"=+/-]|(?<=\d)[.)])")


def typst_text(submission: Submission, locale: Locale, look: Look) -> str:
    """Return the Typst source of a document."""
    meta = submission.meta
    head = _HEAD.format(
        title=meta.title.replace('"', '\\"'),
        running=_escape(meta.running_title),
        font="Liberation Serif",
        size=look.sizes["body"],
        note=look.sizes["note"],
        leading=f"{look.line_height - 1:.2f}",
        language=meta.language.split("-")[0],
    )
    return head + _Writer(submission, locale).blocks(submission.blocks)


class _Writer:
    """Draws blocks and inlines as Typst."""

    def __init__(self, submission: Submission, locale: Locale) -> None:
        self.notes = {note.number: note.content for note in submission.notes}
        self.locale = locale

    def blocks(self, blocks: Blocks) -> str:
        return "\n\n".join(map(self.block, blocks))

    def block(self, block: Block) -> str:
        match block:
            case Heading():
                label = f"{_escape(block.label)} " if block.label else ""
                return f"#heading(level: {block.level})[{label}{self.inlines(block.content)}]{_label(block.anchor)}"
            case Paragraph():
                words = self.inlines(block.content)
                return f"#np({block.number})[{words}]{_label(block.anchor)}" if block.number else f"#par[{words}]{_label(block.anchor)}"
            case List():
                items = ", ".join(f"[{self.blocks(item.blocks)}]" for item in block.items)
                kind = "#list(" if block.style == "bullet" else f'#enum(numbering: "{_NUMBERS[block.style]}", start: {block.start}, '
                return f"{kind}{items})"
            case Quote():
                if block.role == "commitment":
                    return f"#commitment[{self.blocks(block.blocks)}]"
                said = f", attribution: [{self.inlines(block.attribution)}]" if block.attribution else ""
                return f"#quote(block: true{said})[{self.blocks(block.blocks)}]"
            case Table():
                return self._table(block)
            case Figure():
                return f"#figure(rect(width: 100%, height: 60mm), caption: [{self.inlines(block.caption)}]){_label(block.anchor)}"
            case Box():
                title = f"#strong[{self._numbered('case', block.number) if block.number else ''}{self.inlines(block.title)}]"
                return f"#boxed[{title}\n\n{self.blocks(block.blocks)}]{_label(block.anchor)}"
            case Contents():
                return f"#outline(title: [{self.inlines(block.title)}], depth: {block.depth})"
            case Cover():
                return "\n\n".join(f"#par[{self.inlines(words)}]" for _, words in block.lines) + "\n\n#pagebreak(weak: true)"
            case PageBreak():
                return "#pagebreak(weak: true)"
        raise TypeError(type(block).__name__)

    def _numbered(self, word: str, number: int) -> str:
        return f"{_escape(self.locale.word(word))} {number}\\. " if number else ""

    def _table(self, block: Table) -> str:
        rows = "".join(f"{self._row(row)},\n" for row in block.rows)
        caption = self._numbered("table", block.number) + self.inlines(block.caption)
        table = f"table(columns: {len(block.head)}, table.header({self._row(block.head)}),\n{rows})"
        return f"#figure({table}, caption: [{caption}], supplement: none, numbering: none){_label(block.anchor)}"

    def _row(self, row: tuple[Cell, ...]) -> str:
        return ", ".join(f"[{self.inlines(cell.content)}]" for cell in row)

    def inlines(self, inlines: Inlines) -> str:
        return "".join(map(self._inline, inlines))

    def _inline(self, inline: Inline) -> str:
        match inline:
            case Text(text):
                return _escape(text)
            case LineBreak():
                return "#linebreak();"
            case Emphasis(children):
                return f"#emph[{self.inlines(children)}];"
            case Strong(children):
                return f"#strong[{self.inlines(children)}];"
            case Link(children, url):
                return f'#link("{url}")[{self.inlines(children)}];'
            case Foreign(children, language):
                return f'#text(lang: "{language.split("-")[0]}")[{self.inlines(children)}];'
            case NoteCall(note):
                return f"#footnote[{self.inlines(self.notes[note])}]<n{note}>"
            case NoteNumber(note):
                return f"#link(<n{note}>)[{note}];"
            case Reference(anchor, text, shows):
                return f"#page-of(<{anchor}>);" if shows == "page" else f"#link(<{anchor}>)[{_escape(text)}];"
        raise TypeError(type(inline).__name__)


def _label(anchor: str) -> str:
    return f"<{anchor}>" if anchor else ""


def _escape(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text)
