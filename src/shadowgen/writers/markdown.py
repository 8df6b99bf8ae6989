"""Nodes -> Markdown: a finished document with `[^1]` notes, or source prose in our dialect.

The dialect's pending nodes are written as an author writes them, so that prose -> nodes -> prose -> nodes is the identity.
"""

from __future__ import annotations

import re

from shadowgen.chartdata import Chart
from shadowgen.charts import data_table
from shadowgen.locales import Locale
from shadowgen.markdown.lists import ROMAN
from shadowgen.nodes import (
    Annotation,
    Block,
    Blocks,
    Box,
    Cell,
    Cite,
    CiteItem,
    Confidential,
    Contents,
    Cover,
    CrossRef,
    Emphasis,
    Figure,
    Foreign,
    Heading,
    Inline,
    Inlines,
    LineBreak,
    Link,
    List,
    NoteAgain,
    NoteCall,
    NoteNumber,
    PageBreak,
    Paragraph,
    PersonName,
    Quote,
    Reference,
    SameNote,
    Strong,
    Submission,
    Table,
    Text,
    Variable,
    plain_text,
)


def write_markdown(submission: Submission, locale: Locale) -> str:
    """Return the finished document as Markdown with footnotes, readable in any editor."""
    writer = _Writer(locale)
    notes = [f"[^{note.number}]: {writer.inlines(note.content)}\n" for note in submission.notes]
    return writer.blocks(submission.blocks) + ("\n" + "".join(notes) if notes else "")


def write_prose(blocks: Blocks) -> str:
    """Return source prose in our dialect; parsing it gives the same nodes."""
    return _Writer(None).blocks(blocks)


_KINDS = {"paragraph": "para.", "page": "p.", "article": "art.", "section": "sect.", "chapter": "chap."}
_MARKS = {"bullet": "-", "decimal": "{n}.", "paren": "{n})"}


class _Writer:
    """Draws blocks and inlines as Markdown; `locale` is None for source prose."""

    def __init__(self, locale: Locale | None) -> None:
        self.locale = locale

    # ------------------------------------------------ blocks

    def blocks(self, blocks: Blocks) -> str:
        """Return blocks with a blank line between them."""
        out: list[str] = []
        for place, block in enumerate(blocks):
            before = blocks[place - 1] if place else None
            if isinstance(block, List) and isinstance(before, List):
                out.append("<!-- -->\n" if self.locale else "")
            out.append(self.block(block))
        return "\n".join(part for part in out if part)

    def block(self, block: Block) -> str:
        match block:
            case Heading():
                label = f"{block.label} " if block.label else ""
                words = _CLOSING.sub(r" \\\1", self.line(block.content))
                return f"{'#' * block.level} {label}{words}{self._anchor(block.anchor)}\n"
            case Paragraph():
                number = f"{block.number}\\. " if block.number else ""
                words = self.inlines(block.content)
                return f"{number}{words if number else guard(words)}{self._anchor(block.anchor)}\n"
            case List():
                return self._list(block)
            case Quote():
                said = f"\n-- {self.line(block.attribution)}\n" if block.attribution else ""
                return _prefixed((self.blocks(block.blocks) + said) if said else self._unsaid(block.blocks), "> ")
            case Table():
                return self._table(block)
            case Figure(chart=Chart()) if self.locale:
                return self._chart(block)
            case Figure() if block.file.startswith("#"):
                return f"![]({block.file}){self._anchor(block.anchor)}\n"
            case Figure():
                return self._figure(block)
            case Box():
                title = self._numbered(block.kind, block.number) + self.line(block.title)
                return f"::: {block.kind} {title}{self._anchor(block.anchor)}\n\n{self.blocks(block.blocks)}\n:::\n"
            case Cover():
                return "\n".join(f"{'# ' if role == 'title' else ''}{self.inlines(words)}\n" for role, words in block.lines)
            case Contents() | PageBreak():
                return ""

    def _anchor(self, anchor: str) -> str:
        return f" {{#{anchor}}}" if anchor and not self.locale else ""

    def _numbered(self, word: str, number: int) -> str:
        return f"{self.locale.label(word, number, ' ')}{self.locale.punctuation['label']}" if self.locale and number else ""

    def _unsaid(self, blocks: Blocks) -> str:
        """Return the blocks of a quotation without attribution; a dash that begins its last paragraph is not read as one."""
        words = self.blocks(blocks)
        last = self.block(blocks[-1]) if blocks and isinstance(blocks[-1], Paragraph) and not self.locale else ""
        return words.removesuffix(last) + _DASHES[last[0]] + last[1:] if last[:1] in _DASHES else words

    def _list(self, block: List) -> str:
        out = []
        for place, item in enumerate(block.items):
            mark = self._mark(block, block.start + place) + " "
            inner = self.blocks(item.blocks)
            out.append(mark + _prefixed(inner, " " * len(mark))[len(mark) :])
        return "\n".join(out)

    def _mark(self, block: List, number: int) -> str:
        if block.style in _MARKS:
            return _MARKS[block.style].format(n=number)
        if block.style == "alpha":
            return f"{chr(97 + (number - 1) % 26) * ((number + 25) // 26)})"
        return f"{ROMAN[min(number, 99)]})"

    def _figure(self, block: Figure) -> str:
        """The caption of a finished figure is a paragraph of its own: readers of Markdown take no note from the title of a picture."""
        caption = self.line(block.caption)
        if self.locale:
            return f"![{_escape(block.alt)}]({block.file})\n\n{self._numbered('figure', block.number)}{caption}\n"
        title = re.sub(r'([\\"&])', r"\\\1", caption)  # the words of a title are unescaped once before they are read as prose
        return f'![{_escape(block.alt)}]({block.file} "{title}"){self._anchor(block.anchor)}\n'

    def _chart(self, block: Figure) -> str:
        """A chart is its data: in a finished document the table, unless the table follows anyway."""
        assert block.chart and self.locale
        label = f"{self._numbered('figure', block.number)}{self.inlines(block.caption)}\n"
        return label if block.chart.table else f"{label}\n{self._rows(data_table(block.chart, self.locale))}"

    def _table(self, block: Table) -> str:
        caption = self.line(block.caption)
        numbered = self._numbered("table", block.number)
        label = (
            f"{numbered}{caption}" if self.locale else f"{'Wide table' if block.wide else 'Table'}: {caption}{self._anchor(block.anchor)}"
        )
        return (f"{label}\n\n" if caption or numbered or block.wide else "") + self._rows(block)

    def _rows(self, block: Table) -> str:
        rule = "|" + "|".join(_RULES[cell.align] for cell in block.head) + "|"
        return "\n".join([self._row(block.head), rule, *map(self._row, block.rows)]) + "\n"

    def _row(self, row: tuple[Cell, ...]) -> str:
        return "| " + " | ".join(self.line(cell.content).replace("|", "\\|") for cell in row) + " |"

    # ------------------------------------------------ inlines

    def inlines(self, inlines: Inlines) -> str:
        """Return inlines."""
        return "".join(self._inline(inline) for inline in inlines)

    def line(self, inlines: Inlines) -> str:
        """Return inlines that must stay on one line, such as a heading or the cell of a table: a line break becomes a blank."""
        return self.inlines(inlines).replace("\\\n", " ")

    def _inline(self, inline: Inline) -> str:
        match inline:
            case Text(text):
                return _escape(text)
            case LineBreak():
                return "\\\n"
            case Emphasis(children):
                return f"*{self.inlines(children)}*"
            case Strong(children):
                return f"**{self.inlines(children)}**"
            case Link(children, url):
                return f"<{url}>" if plain_text(children) == url else f"[{self.inlines(children)}]({_target(url)})"
            case Foreign(children, language):
                return f"[{self.inlines(children)}]{{.{language}}}" if not self.locale else self.inlines(children)
            case Confidential(children, audience):
                return f"[{self.inlines(children)}]{{{audience}}}"
            case Annotation(children):
                return f"^[{self.inlines(children)}]{'{#' + inline.anchor + '}' if inline.anchor else ''}"
            case SameNote(target):
                return f"^[#{target}]"
            case Cite(items):
                return "[" + "; ".join(map(self._cite_item, items)) + "]"
            case CrossRef(target, form):
                return f"[#{target}{'' if form == 'title' else ', ' + form}]"
            case PersonName(key, form):
                return f"[@@{key}{', ' + form if form else ''}]"
            case Variable(name):
                return "{{" + name + "}}"
            case NoteCall(note):
                return f"[^{note}]"
            case NoteAgain(note):
                return str(note).translate(_RAISED)  # a second [^3] would be a second note to many readers of Markdown
            case NoteNumber(note):
                return str(note)  # readers of Markdown number through the whole document
            case Reference(text=text):
                return _escape(text)

    def _cite_item(self, item: CiteItem) -> str:
        locators = "".join(f", {_KINDS.get(kind, kind)} {value}" if kind else f", {value}" for kind, value in item.locators)
        return f"{item.prefix + ' ' if item.prefix else ''}@{item.key}{locators}"


_RULES = {"": "---", "left": ":--", "right": "--:", "center": ":-:"}
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_SPECIAL = re.compile(r"([\\`*_\[\]<&^]|\{(?=[{#]|\s*(?:internal|committee|public)\b))")
_STARTS = re.compile(r"^(#{1,6}(?:\s|$)|[>|:=]|[-+](?:\s|$)|-{2,}|~{3,})")
_CAPTION = re.compile(r"^((?:Wide t|T)able):")
_DASHES = {"—": "&mdash;", "–": "&ndash;"}  # before the name of who said a quotation
_CLOSING = re.compile(r"\s(#+)$")
_COUNTS = re.compile(r"^(\d{1,9}|[a-z]{1,2}|[ivxlc]+)([.)])(?=\s|$)")


def _target(url: str) -> str:
    """Return an address as the target of a link: without what would be read as a sign or as its end."""
    signs = re.sub(r"&(?=#?\w+;)", r"\&", url)
    return f"<{signs}>" if re.search(r"[()]", url) else signs


def _escape(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text)


def guard(words: str) -> str:
    """Keep the first words of each line of a paragraph from being read as a mark of a list, heading or quote."""
    return "\\\n".join(_guard_line(line) for line in words.lstrip().split("\\\n"))


def _guard_line(words: str) -> str:
    words = words.lstrip()
    if _STARTS.match(words):
        return "\\" + words
    words = _CAPTION.sub(r"\1\\:", words)
    return _COUNTS.sub(lambda found: f"{found[1]}\\{found[2]}", words)


def _prefixed(text: str, prefix: str) -> str:
    return "\n".join((prefix + line).rstrip() for line in text.rstrip("\n").split("\n")) + "\n"
