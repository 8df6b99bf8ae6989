"""Submission -> HTML: one self-contained page for reading, or the page that the PDF is laid out from.

Three functions draw: the document, a block, an inline. They differ only in where a note's words stand: at the end (`notes="end"`), with links
both ways, or inside its call (`notes="page"`), for the foot of the page.
"""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import dataclass
from html import escape
from itertools import takewhile

from shadowgen.charts import draw_chart
from shadowgen.locales import Locale, direction_of
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
    Item,
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
from shadowgen.writers.screen import screen_css
from shadowgen.writers.sizes import BAND, is_book, logo_sizes

# what the author of a look writes for its next author is no part of a document
_COMMENT = re.compile(r"""("[^"\n]*"|'[^'\n]*')|/\*.*?\*/""", re.DOTALL)

# a UN document symbol does not break at its slashes
_SYMBOL = re.compile(r"\b[A-Z]{1,5}/[A-Z0-9][A-Za-z0-9./-]{2,28}[A-Za-z0-9]")


_MARKS = (NoteCall, NoteAgain)


@dataclass(frozen=True, slots=True)
class _Page:
    """What drawing needs to know beside the node at hand."""

    submission: Submission
    locale: Locale
    look: Look
    notes: str


def write_html(submission: Submission, locale: Locale, look: Look, *, notes: str = "end", css: str = "") -> str:
    """Return the document as one self-contained HTML page; `notes` is "end" or "page", `css` comes after that of the look."""
    page = _Page(submission, locale, look, notes)
    meta = submission.meta
    screen = screen_css(len(submission.notes)) if notes == "end" else ""
    css = look.custom_properties() + _COMMENT.sub(r"\1", look.css) + _marks(locale) + screen + css
    head = f'<meta charset="utf-8">{_policy(css) if notes == "end" else ""}<title>{escape(meta.title)}</title>'
    head += '<meta name="viewport" content="width=device-width, initial-scale=1">'
    running = f' data-running="{escape(meta.running_title)}"' if notes == "page" else ""
    kind = f"{'book ' if is_book(submission) else ''}{look.class_names()}".strip()
    body = _landmarks(page) if notes == "end" else f"<main{_attributes(class_=kind)}>{_blocks(submission.blocks, page)}</main>"
    running += _attributes(class_=kind) if notes == "end" else ""
    return (
        f'<!DOCTYPE html>\n<html lang="{meta.language}" dir="{locale.direction}">\n<head>{head}<style>{css}</style></head>\n'
        f"<body{running}>{body}</body></html>\n"
    )


def _policy(css: str) -> str:
    """Return what the page may load: its own style sheet, pictures that it holds itself, and nothing else."""
    digest = base64.b64encode(hashlib.sha256(css.encode()).digest()).decode()
    allowed = f"default-src 'none'; style-src 'sha256-{digest}'; style-src-attr 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"
    return f'<meta http-equiv="Content-Security-Policy" content="{allowed}"><meta name="referrer" content="no-referrer">'


def _blocks(blocks: Blocks, page: _Page) -> str:
    return "".join(_block(block, page) for block in blocks)


def _landmarks(page: _Page) -> str:
    """Return the parts that readers jump between: title, contents, text, notes."""
    blocks = page.submission.blocks
    first = tuple(takewhile(lambda block: isinstance(block, Cover | Contents | PageBreak), blocks))
    skip = f'<a class="skip" href="#text">{page.locale.word("skip")}</a>'
    title = "" if any(isinstance(block, Cover) for block in blocks) else f'<h1 class="hidden">{escape(page.submission.meta.title)}</h1>'
    text = _blocks(blocks[len(first) :], page)
    return f'{skip}{_blocks(first, page)}{title}<main id="text">{text}</main>{_end_notes(page)}'


def _marks(locale: Locale) -> str:
    """Return the rules that count lists as the language counts them."""
    lists = {kind: mark for kind, mark in locale.marks.items() if kind != "part"}
    return "".join(f"{mark.css(f'mark-{kind}')} ol.{kind} {{ list-style-type: mark-{kind} }}\n" for kind, mark in lists.items())


def _end_notes(page: _Page) -> str:
    rows = "".join(_end_note(note, page) for note in page.submission.notes)
    title = f'<h2 id="notes">{page.locale.word("notes")}</h2>'
    return f'<section class="notes" role="doc-endnotes" aria-labelledby="notes">{title}{rows}</section>' if rows else ""


def _end_note(note: Note, page: _Page) -> str:
    back = _attributes(href=f"#call{note.number}", role="doc-backlink", aria_label=page.locale.word("back", number=note.shown))
    return f'<div id="note{note.number}" role="doc-footnote"><a{back}>{note.shown}</a> {_inlines(note.content, page)}</div>\n'


# ---------------------------------------------------------------- blocks


def _block(block: Block, page: _Page) -> str:
    match block:
        case Heading():
            return _heading(block, page)
        case Paragraph():
            return _paragraph(block, page)
        case List():
            return _list(block, page)
        case Quote():
            return _quote(block, page)
        case Table():
            return _table(block, page)
        case Figure():
            return _figure(block, page)
        case Box():
            return _box(block, page)
        case Contents():
            return _contents(block, page)
        case Cover():
            return _cover(block, page)
        case PageBreak():
            return '<div class="page-break"></div>'


def _attributes(**values: str) -> str:
    return "".join(f' {name.rstrip("_").replace("_", "-")}="{escape(value)}"' for name, value in values.items() if value)


def _language(language: str, page: _Page) -> str:
    """Return the attributes of words in another language than the document's; `dir` where they run the other way."""
    way = direction_of(language) if language else page.locale.direction
    return _attributes(lang=language, dir=way if way != page.locale.direction else "")


def _heading(block: Heading, page: _Page) -> str:
    tag = f"h{block.level + 1}"
    label = f"{block.label}\u2002" if block.label else ""
    attributes = _attributes(id=block.anchor, class_="numbered" if block.numbered else "") + _language(block.language, page)
    attributes += _attributes(data_title=label + heading_words(block)) if page.notes == "page" else ""
    return f"<{tag}{attributes}>{label}{_inlines(block.content, page)}</{tag}>\n"


def _paragraph(block: Paragraph, page: _Page) -> str:
    number = f'<span class="num">{block.number}.</span>' if block.number else ""
    ordinal = str(block.ordinal) if block.ordinal and page.notes == "page" else ""
    attributes = _attributes(id=block.anchor, class_=block.role, data_ordinal=ordinal) + _language(block.language, page)
    return f"<p{attributes}>{number}{_inlines(block.content, page)}</p>\n"


def _list(block: List, page: _Page) -> str:
    tag = "ul" if block.style == "bullet" else "ol"
    names = " ".join(filter(None, ("" if block.style == "bullet" else block.style, block.role)))
    start = str(block.start) if block.start != 1 else ""
    # the layout engine heeds `start` only with hints that it does not take by default
    count = f"counter-reset: list-item {block.start - 1}" if start and page.notes == "page" else ""
    items = "".join(f"<li>{_item(item, page)}</li>\n" for item in block.items)
    return f"<{tag}{_attributes(class_=names, start=start, style=count)}>{items}</{tag}>\n"


def _item(item: Item, page: _Page) -> str:
    return "".join(_block(block, page) for block in item.blocks)


def _quote(block: Quote, page: _Page) -> str:
    said = f'<p class="attribution">{_inlines(block.attribution, page)}</p>' if block.attribution else ""
    return f"<blockquote{_attributes(class_=block.role)}>{''.join(_block(inner, page) for inner in block.blocks)}{said}</blockquote>\n"


def _table(block: Table, page: _Page) -> str:
    head = "".join(_cell(cell, "th", page) for cell in block.head)
    rows = "".join("<tr>" + "".join(_cell(cell, "td", page) for cell in row) + "</tr>\n" for row in block.rows)
    # the part of a page that scrolls by itself is reached by the keyboard, and named by the table's caption
    named = f"{block.anchor}-caption" if page.notes == "end" else ""
    caption = f"<caption{_attributes(id=named)}>{_labelled('table', block.number, block.caption, page)}</caption>"
    table = f"<table{_attributes(id=block.anchor)}>{caption}<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>\n"
    scrolls = _attributes(class_="table-scroll", role="region", tabindex="0", aria_labelledby=named)
    if named:
        return f"<div{scrolls}>{table}</div>"
    return f'<div class="wide">{table}</div>' if block.wide else table


def _cell(cell: Cell, tag: str, page: _Page) -> str:
    scope = ' scope="col"' if tag == "th" else ""
    return f"<{tag}{scope}{_attributes(class_=cell.align)}>{_inlines(cell.content, page)}</{tag}>"


def _figure(block: Figure, page: _Page) -> str:
    data = draw_chart(block.chart, page.locale, page.look, "svg") if block.chart else block.data
    image = f'<img src="{_data_url(data)}" alt="{escape(block.alt)}">'
    return f"<figure{_attributes(id=block.anchor)}>{image}<figcaption>{_labelled('figure', block.number, block.caption, page)}</figcaption></figure>\n"


def _box(block: Box, page: _Page) -> str:
    if block.kind == "highlight":
        return _highlight(block, page)
    title = _labelled("case", block.number, block.title, page)
    inner = "".join(_block(one, page) for one in block.blocks)
    return f'<div class="box {block.kind}"{_attributes(id=block.anchor)}><p class="title">{title}</p>{inner}</div>\n'


def _highlight(block: Box, page: _Page) -> str:
    figure = f'<p class="figure">{_inlines(block.title, page)}</p>' if block.title else ""
    return f'<div class="highlight"{_attributes(id=block.anchor)}>{figure}{"".join(_block(one, page) for one in block.blocks)}</div>\n'


def _labelled(word: str, number: int, words: Inlines, page: _Page) -> str:
    """Return "Table 3. Its caption" as the language writes it."""
    label = page.locale.label(word, number)
    return f"{label}{page.locale.punctuation['label']}{_inlines(words, page)}" if words else label


def _contents(block: Contents, page: _Page) -> str:
    rows = []
    for node in page.submission.blocks:
        if isinstance(node, Heading) and node.level <= block.depth:
            label = f"{node.label} " if node.label else ""
            words = escape(label + heading_words(node))
            rows.append(f'<li class="l{node.level}"><a href="#{node.anchor}">{words}</a></li>\n')
    title = escape(plain_text(block.title))
    roles = ' role="doc-toc" aria-labelledby="contents"' if page.notes == "end" else ""
    head = f'<h2 id="contents">{title}</h2>' if roles else f'<h2 data-title="{title}">{title}</h2>'
    return f'<nav class="contents"{roles}>{head}<ul>{"".join(rows)}</ul></nav>\n'


def heading_words(block: Heading) -> str:
    """Return a heading's words without its notes, as the contents show them."""
    return " ".join(plain_text(block.content).split())


def _cover(block: Cover, page: _Page) -> str:
    rows = dict.fromkeys(("before", "band", "after"), "")
    for role, words in block.lines:
        tag = "h1" if role == "title" else "p"
        place = "band" if role in BAND else "before" if role == "marking" else "after"
        rows[place] += f'<{tag} class="{role}">{_inlines(words, page)}</{tag}>\n'
    parts = f'{_logos(block)}{rows["before"]}<div class="band">{rows["band"]}</div>{rows["after"]}'
    return f'<header class="{"cover" if block.style == "page" else "masthead"}">{parts}</header>\n'


def _logos(block: Cover) -> str:
    images = [
        f'<img src="{_data_url(logo.data)}" alt="{escape(logo.alt)}" style="width: {width:g}mm; height: {height:g}mm">'
        for logo, (width, height) in zip(block.logos, logo_sizes(block), strict=True)
    ]
    return f'<p class="logos">{" ".join(images)}</p>\n' if images else ""


def _data_url(picture: bytes) -> str:
    kind = "png" if picture.startswith(b"\x89PNG") else "svg+xml" if picture.startswith(b"<?xml") else "jpeg"
    return f"data:image/{kind};base64,{base64.b64encode(picture).decode()}"


# ---------------------------------------------------------------- inlines


def _inlines(inlines: Inlines, page: _Page) -> str:
    out: list[str] = []
    for place, inline in enumerate(inlines):
        if isinstance(inline, _MARKS) and place and isinstance(inlines[place - 1], _MARKS):
            out.append('<sup class="comma">,</sup>')
        out.append(_inline(inline, page))
    return "".join(out)


def _inline(inline: Inline, page: _Page) -> str:
    match inline:
        case Text(text):
            return _SYMBOL.sub(rf'<span class="symbol"{_latin(page)}>\g<0></span>', escape(text, quote=False))
        case LineBreak():
            return "<br>"
        case Emphasis(children):
            return f"<em>{_inlines(children, page)}</em>"
        case Strong(children):
            return f"<strong>{_inlines(children, page)}</strong>"
        case Link(children, url):
            words = plain_text(children)
            kind = "external url" if words == url else "external"
            order = _latin(page) if words == url else ""
            return f'<a class="{kind}" href="{escape(url)}"{order}>{_inlines(children, page)}</a>'
        case Foreign(children, language):
            return f"<span{_language(language, page)}>{_inlines(children, page)}</span>"
        case NoteCall(note):
            return _note_call(note, page)
        case NoteNumber(note, mark):
            return _note_link(note, mark, page)
        case NoteAgain(note, mark):
            return f'<sup class="again">{_note_link(note, mark, page, role="doc-noteref")}</sup>'
        case Reference(anchor, text, shows):
            if shows == "page":
                return f'<a class="page-ref" href="#{anchor}"></a>'
            return f'<a href="#{anchor}">{escape(text, quote=False)}</a>'
    raise TypeError(f"a writer cannot draw {type(inline).__name__}")


def _latin(page: _Page) -> str:
    """Return the attribute of an address or symbol: it reads from left to right in any document."""
    return ' dir="ltr"' if page.locale.direction == "rtl" else ""


def _note_call(number: int, page: _Page) -> str:
    note = page.submission.notes[number - 1]
    if page.notes == "end":
        return f'<sup><a id="call{number}" role="doc-noteref" href="#note{number}">{note.shown}</a></sup>'
    word = page.locale.word
    spoken = _attributes(data_call=word("note_link", note=note.shown), data_back=word("back", number=note.shown))
    return f'<span class="footnote" id="n{number}" data-number="{note.shown}"{spoken}>{_inlines(note.content, page)}</span>'


def _note_link(number: int, mark: str, page: _Page, role: str = "") -> str:
    """Return the mark of a note that stands elsewhere, as a link to it."""
    shown = mark or str(number)
    if page.notes == "end":
        return f'<a{_attributes(role=role)} href="#note{number}">{shown}</a>'
    return f'<a href="#n{number}"{_attributes(data_says=page.locale.word("note_link", note=shown))}>{shown}</a>'
