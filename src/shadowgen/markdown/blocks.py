"""Block tokens -> block nodes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import unquote

from markdown_it.token import Token

from shadowgen import rules
from shadowgen.diagnostics import Diagnostic
from shadowgen.markdown.inlines import inlines, merged
from shadowgen.markdown.lists import lettered_lists
from shadowgen.markdown.passage import Passage
from shadowgen.markdown.syntax import SPECIAL, anchor_of, parser
from shadowgen.markdown.tree import Mark, nested
from shadowgen.nodes import (
    Block,
    Blocks,
    Box,
    Cell,
    Figure,
    Heading,
    Inlines,
    Item,
    List,
    Paragraph,
    Quote,
    Table,
    Text,
    plain_text,
)

_MARKS_NESTED = 50
_PLAIN = ("text", "text_special", "softbreak")


def parse_prose(passage: Passage) -> tuple[Blocks, list[Diagnostic]]:
    """Parse whole paragraphs, lists, tables, quotes, boxes."""
    text, lists = lettered_lists(passage.text)
    env: dict[str, Any] = {"passage": passage, "lists": lists}
    tokens = parser().parse(text, env)
    _report_depth(tokens, passage)
    blocks = tuple(_blocks(nested(tokens), passage, env))
    return _with_captions(blocks, passage), passage.problems


def parse_line(passage: Passage) -> tuple[Inlines, list[Diagnostic]]:
    """Parse the words of one line: a title, an ask, a caption."""
    if passage.text and not SPECIAL.search(passage.text):
        return (Text(passage.text),), passage.problems
    env: dict[str, Any] = {"passage": passage, "lists": {}}
    tokens = parser().parseInline(passage.text.strip("\n"), env)
    _report_depth(tokens, passage)
    inline = nested(tokens)
    return (inlines(inline[0], passage, 0) if inline else ()), passage.problems


def _report_depth(tokens: list[Token], passage: Passage) -> None:
    """Report what is nested so deep that the parser leaves it out, or would not end; leave it out."""
    limit = parser().options["maxNesting"] - 1
    deep = next((token for token in tokens if token.level >= limit and token.nesting == 1 and token.map), None)
    if deep and deep.map:
        passage.problem(rules.UNSUPPORTED_PROSE, deep.map[0], "lists and quotations nested too deep")
    for token in tokens:
        if token.children and max(child.level for child in token.children) > _MARKS_NESTED:
            passage.problem(rules.UNSUPPORTED_PROSE, token.map[0] if token.map else 0, "marks of emphasis nested too deep")
            token.children = []


# ---------------------------------------------------------------- tokens -> blocks


def _blocks(marks: list[Mark], passage: Passage, env: dict[str, Any]) -> Iterator[Block]:
    for child in marks:
        line = child.line
        match child.type:
            case "paragraph":
                yield _paragraph(child, passage, line)
            case "heading":
                content, anchor = _content(child.children[0], passage, line)
                yield Heading(int(child.token.tag[1]), content, anchor, origin=passage.origin(line))
            case "bullet_list" | "ordered_list":
                yield _list(child, passage, env)
            case "blockquote":
                yield _quote(tuple(_blocks(child.children, passage, env)), passage)
            case "table":
                yield _table(child, passage)
            case "box":
                yield _box(child, passage, env, line)
            case "fence" | "code_block" | "hr":
                passage.problem(rules.UNSUPPORTED_PROSE, line, _UNSUPPORTED[child.type], hint="indent by less than four blanks")


_UNSUPPORTED = {"fence": "a code block", "code_block": "a code block (four blanks or more at the start)", "hr": "a rule (---)"}


def _content(inline: Mark, passage: Passage, line: int) -> tuple[Inlines, str]:
    return inlines(inline, passage, line), inline.token.meta.get("anchor", "")


def _paragraph(node: Mark, passage: Passage, line: int) -> Block:
    inline = node.children[0]
    if len(inline.children) == 1 and inline.children[0].type == "image":
        return _figure(inline.children[0], inline.token.meta.get("anchor", ""), passage, line)
    content, anchor = _content(inline, passage, line)
    return Paragraph(content, anchor=anchor, origin=passage.origin(line))


def _figure(image: Mark, anchor: str, passage: Passage, line: int) -> Figure:
    source = unquote(str(image.attribute("src")))
    if source.startswith("#"):
        if image.children or image.attribute("title"):
            passage.problem(rules.UNSUPPORTED_PROSE, line, "words on a chart", "![", f"write ![]({source}): its words stand under 'charts'")
        return Figure(source, "", (), anchor, origin=passage.origin(line, "!["))
    alt = "".join(child.token.content or " " for child in image.walk() if child.type in _PLAIN)
    if any(child.type not in ("image", *_PLAIN) for child in image.walk()):
        passage.problem(rules.UNSUPPORTED_PROSE, line, "a mark in an alternative text", "![", "write plain words between ![ and ]")
        alt = ""
    elif not alt.strip():
        passage.problem(rules.NO_ALT_TEXT, line, "the figure has no alternative text", "![")
    caption = _inner_line(str(image.attribute("title")), passage, line)
    return Figure(source, alt, caption, anchor, origin=passage.origin(line, "!["))


def _inner_line(text: str, passage: Passage, line: int) -> Inlines:
    """Parse a caption or title that stands on a line of the passage."""
    place = passage.origin(line, text)
    inlines, problems = parse_line(Passage(text, place.file, place.line, place.column, single_line=True))
    passage.problems += problems
    return inlines


def _list(node: Mark, passage: Passage, env: dict[str, Any]) -> List:
    items = tuple(Item(tuple(_blocks(child.children, passage, env))) for child in node.children)
    if node.type == "bullet_list":
        return List("bullet", items)
    lettered = env["lists"].get(node.children[0].line)
    if lettered:
        return List(lettered[0], items, lettered[1])
    return List("paren" if node.token.markup == ")" else "decimal", items, int(node.token.attrs.get("start", 1)))


# what may stand before the first words of a paragraph: marks of quotations and lists
_LEADING = re.compile(r"(?:\s|>|[-*+](?=\s)|(?:\d+[.)]|[a-z]{1,5}\))(?=\s))*")


def _begins(block: Block | None, starts: re.Pattern[str], passage: Passage) -> bool:
    """True if a paragraph begins with a sign that means something, as it was typed: an escaped sign is plain words."""
    if not isinstance(block, Paragraph) or not block.content or not isinstance(block.content[0], Text) or block.origin is None:
        return False
    typed = passage.lines[block.origin.line - passage.line]
    return bool(starts.match(block.content[0].text) and starts.match(typed, _LEADING.match(typed).end()))  # type: ignore[union-attr]


_SAID_BY = re.compile(r"(?:--|—|–)\s*")


def _quote(blocks: Blocks, passage: Passage) -> Quote:
    last = blocks[-1] if blocks else None
    if _begins(last, _SAID_BY, passage):
        assert isinstance(last, Paragraph) and isinstance(last.content[0], Text)
        first = last.content[0].text
        return Quote(blocks[:-1], merged(iter((Text(_SAID_BY.sub("", first, count=1)), *last.content[1:]))))
    return Quote(blocks)


def _table(node: Mark, passage: Passage) -> Table:
    rows = [row for part in node.children for row in part.children]
    cells = [tuple(_cells(row, passage, row.line)) for row in rows]
    line = node.line
    for number in range(line + 2, node.token.map[1] if node.token.map else 0):
        if (width := _width(passage.lines[number])) != len(cells[0]):
            passage.problem(rules.RAGGED_TABLE, number, f"the row has {width} cells, the head has {len(cells[0])}", "|")
    return Table((), cells[0], tuple(cells[1:]), origin=passage.origin(line))


def _width(row: str) -> int:
    """Count the cells of a row as it was typed; the parser fills up or cuts off to the width of the head."""
    parts = re.split(r"(?<!\\)\|", row.lstrip(" \t>").rstrip())
    return len(parts) - (not parts[0]) - (len(parts) > 1 and not parts[-1])


def _cells(row: Mark, passage: Passage, line: int) -> Iterator[Cell]:
    after = 0
    for cell in row.children:
        inline, style = cell.children[0], str(cell.attribute("style"))
        yield Cell(inlines(inline, passage, line, after), style.removeprefix("text-align:"))
        after = max(passage.lines[line].find(inline.token.content, after) + len(inline.token.content), after)


def _box(node: Mark, passage: Passage, env: dict[str, Any], line: int) -> Box:
    title_text, anchor = node.token.meta["title"], ""
    if match := anchor_of(title_text):
        title_text, anchor = title_text[: match.start()], match[1]
    title = _inner_line(title_text, passage, line)
    return Box(node.token.meta["kind"], title, tuple(_blocks(node.children, passage, env)), anchor, origin=passage.origin(line))


_CAPTION = re.compile(r"(?:Wide t|T)able:")


def _with_captions(blocks: Blocks, passage: Passage) -> Blocks:
    """Join a paragraph `Table: caption` or `Wide table: caption` with the table that follows it."""
    out: list[Block] = []
    for block in blocks:
        if isinstance(block, Box | Quote):
            block = replace(block, blocks=_with_captions(block.blocks, passage))
        elif isinstance(block, List):
            block = replace(block, items=tuple(Item(_with_captions(item.blocks, passage)) for item in block.items))
        before = out[-1] if out else None
        if isinstance(block, Table) and _begins(before, _CAPTION, passage):
            first = before.content[0]
            assert isinstance(first, Text)
            kind, _, start = first.text.partition(":")
            words = (Text(start.lstrip()), *before.content[1:])
            out[-1] = replace(block, caption=merged(iter(words)), anchor=before.anchor, wide=kind == "Wide table")
        else:
            out.append(block)
    return tuple(out)


def words_of(inlines: Inlines) -> str:
    """Return the plain words of parsed inlines, for titles in messages and records."""
    return " ".join(plain_text(inlines).split())
