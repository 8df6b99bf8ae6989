"""Submission -> HTML: one self-contained page for reading, or the page that the PDF is laid out from.

Three functions draw: the document, a block, an inline. They differ only in where a note's words stand: at the end (`notes="end"`), with links
both ways, or inside its call (`notes="page"`), for the foot of the page.
"""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass
from html import escape

from shadowgen.locales import Locale
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
    Item,
    LineBreak,
    Link,
    List,
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
from shadowgen.writers.sizes import BAND, is_book, logo_sizes

SCREEN_CSS = """
html { max-width: 46rem; margin: 0 auto; padding: 0 1rem; background: #fff; color: #111; hyphens: manual }
body { padding: 2rem 0 4rem } .cover { min-height: 60vh } .contents a::after { content: none }
.num { float: none } a { color: var(--colour-accent); text-decoration: underline } .contents a { text-decoration: none }
.notes { font-size: var(--size-note); margin-top: 3rem; border-top: 1px solid var(--colour-rule) } .notes ol { padding-left: 2.4rem }
sup a { text-decoration: none } .table-scroll { overflow-x: auto }
@media (prefers-color-scheme: dark) { html { background: #16181c; color: #e6e6e6; --colour-text: #e6e6e6; --colour-heading: #fff;
  --colour-accent: #8ab8e6; --colour-box: #20242b; --colour-head: #2a303a } a.external { color: var(--colour-accent) } }
@media print { html { max-width: none } }
"""


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
    notes: str


def write_html(submission: Submission, locale: Locale, look: Look, *, notes: str = "end") -> str:
    """Return the document as one self-contained HTML page; `notes` is "end" or "page"."""
    page = _Page(submission, locale, notes)
    meta = submission.meta
    css = look.custom_properties() + _COMMENT.sub(r"\1", look.css) + (SCREEN_CSS if notes == "end" else "")
    head = f'<meta charset="utf-8"><title>{escape(meta.title)}</title><meta name="viewport" content="width=device-width, initial-scale=1">'
    running = f' data-running="{escape(meta.running_title)}"' if notes == "page" else ""
    body = "".join(_block(block, page) for block in submission.blocks)
    foot = _end_notes(page) if notes == "end" else ""
    kind = _attributes(class_=f"{'book ' if is_book(submission) else ''}{look.class_names()}")
    return (
        f'<!DOCTYPE html>\n<html lang="{meta.language}" dir="{locale.direction}">\n<head>{head}<style>{css}</style></head>\n'
        f"<body{running}><main{kind}>{body}</main>{foot}</body></html>\n"
    )


def _end_notes(page: _Page) -> str:
    rows = [
        f'<li id="note{note.number}"{_attributes(value=note.mark)}>{_inlines(note.content, page)} <a href="#call{note.number}" aria-label="{note.shown}">↩</a></li>\n'
        for note in page.submission.notes
    ]
    return f'<section class="notes"><h2>{page.locale.word("notes")}</h2><ol>{"".join(rows)}</ol></section>' if rows else ""


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


def _heading(block: Heading, page: _Page) -> str:
    tag = f"h{block.level + 1}"
    label = f"{block.label}\u2002" if block.label else ""
    attributes = _attributes(id=block.anchor, class_="numbered" if block.numbered else "", lang=block.language)
    attributes += _attributes(data_title=label + heading_words(block)) if page.notes == "page" else ""
    return f"<{tag}{attributes}>{label}{_inlines(block.content, page)}</{tag}>\n"


def _paragraph(block: Paragraph, page: _Page) -> str:
    number = f'<span class="num">{block.number}.</span>' if block.number else ""
    attributes = _attributes(id=block.anchor, class_=block.role, lang=block.language)
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
    number = f"{page.locale.word('table')}\u00a0{block.number}"
    caption = f"<caption>{number}. {_inlines(block.caption, page)}</caption>" if block.caption else f"<caption>{number}</caption>"
    table = f"<table{_attributes(id=block.anchor)}>{caption}<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>\n"
    if page.notes == "end":
        return f'<div class="table-scroll">{table}</div>'
    return f'<div class="wide">{table}</div>' if block.wide else table


def _cell(cell: Cell, tag: str, page: _Page) -> str:
    scope = ' scope="col"' if tag == "th" else ""
    return f"<{tag}{scope}{_attributes(class_=cell.align)}>{_inlines(cell.content, page)}</{tag}>"


def _figure(block: Figure, page: _Page) -> str:
    number = f"{page.locale.word('figure')}\u00a0{block.number}"
    words = f"{number}. {_inlines(block.caption, page)}" if block.caption else number
    image = f'<img src="{_data_url(block.data)}" alt="{escape(block.alt)}">'
    return f"<figure{_attributes(id=block.anchor)}>{image}<figcaption>{words}</figcaption></figure>\n"


def _box(block: Box, page: _Page) -> str:
    if block.kind == "highlight":
        return _highlight(block, page)
    number = f"{page.locale.word('case')}\u00a0{block.number}"
    title = f"{number}. {_inlines(block.title, page)}" if block.title else number
    inner = "".join(_block(one, page) for one in block.blocks)
    return f'<div class="box {block.kind}"{_attributes(id=block.anchor)}><p class="title">{title}</p>{inner}</div>\n'


def _highlight(block: Box, page: _Page) -> str:
    figure = f'<p class="figure">{_inlines(block.title, page)}</p>' if block.title else ""
    return f'<div class="highlight"{_attributes(id=block.anchor)}>{figure}{"".join(_block(one, page) for one in block.blocks)}</div>\n'


def _contents(block: Contents, page: _Page) -> str:
    rows = []
    for node in page.submission.blocks:
        if isinstance(node, Heading) and node.level <= block.depth:
            label = f"{node.label} " if node.label else ""
            words = escape(label + heading_words(node))
            rows.append(f'<li class="l{node.level}"><a href="#{node.anchor}">{words}</a></li>\n')
    title = escape(plain_text(block.title))
    return f'<nav class="contents"><h2 data-title="{title}">{title}</h2><ul>{"".join(rows)}</ul></nav>\n'


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
    kind = "png" if picture.startswith(b"\x89PNG") else "jpeg"
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
            return _SYMBOL.sub(r'<span class="symbol">\g<0></span>', escape(text, quote=False))
        case LineBreak():
            return "<br>"
        case Emphasis(children):
            return f"<em>{_inlines(children, page)}</em>"
        case Strong(children):
            return f"<strong>{_inlines(children, page)}</strong>"
        case Link(children, url):
            words = plain_text(children)
            kind = "external url" if words == url else "external"
            return f'<a class="{kind}" href="{escape(url)}">{_inlines(children, page)}</a>'
        case Foreign(children, language):
            return f'<span lang="{language}">{_inlines(children, page)}</span>'
        case NoteCall(note):
            return _note_call(note, page)
        case NoteNumber(note, mark):
            return f'<a href="#{"n" if page.notes == "page" else "note"}{note}">{mark or note}</a>'
        case NoteAgain(note, mark):
            return f'<sup class="again"><a href="#{"n" if page.notes == "page" else "note"}{note}">{mark or note}</a></sup>'
        case Reference(anchor, text, shows):
            if shows == "page":
                return f'<a class="page-ref" href="#{anchor}"></a>'
            return f'<a href="#{anchor}">{escape(text, quote=False)}</a>'
    raise TypeError(f"a writer cannot draw {type(inline).__name__}")


def _note_call(number: int, page: _Page) -> str:
    note = page.submission.notes[number - 1]
    if page.notes == "end":
        return f'<sup><a id="call{number}" href="#note{number}">{note.shown}</a></sup>'
    return f'<span class="footnote" id="n{number}" data-number="{note.shown}">{_inlines(note.content, page)}</span>'
