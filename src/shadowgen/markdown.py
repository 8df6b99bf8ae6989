"""Our dialect of Markdown -> nodes. The only door to markdown_it.

Enters: prose with the place where it begins. Leaves: blocks or inlines whose pending nodes know file, line and column; diagnostics.
The dialect is described in docs/writing.md.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.tree import SyntaxTreeNode

from shadowgen import rules
from shadowgen.diagnostics import Diagnostic, Origin, Rule
from shadowgen.nodes import (
    Annotation,
    Block,
    Blocks,
    Box,
    Cell,
    Cite,
    CiteItem,
    Confidential,
    CrossRef,
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
    Paragraph,
    Quote,
    Strong,
    Table,
    Text,
    Variable,
    plain_text,
)

ID = r"[a-z0-9]+(?:-[a-z0-9]+)*"

LOCATORS = {
    "para": "paragraph", "paras": "paragraph", "p": "page", "pp": "page", "art": "article", "arts": "article", "sect": "section",
    "sects": "section", "chap": "chapter", "chaps": "chapter", "note": "note", "notes": "note", "annex": "annex", "table": "table",
    "part": "part", "box": "box",
}  # fmt: skip


@dataclass(slots=True)
class Passage:
    """A piece of prose and where it stands, so that any of its lines can be named."""

    text: str
    file: str
    line: int = 1
    column: int = 1
    single_line: bool = False
    problems: list[Diagnostic] = field(default_factory=list)

    def origin(self, line: int, needle: str = "") -> Origin:
        """Return the place of `needle` on the passage's line `line` (from 0)."""
        lines = self.text.split("\n")
        here = lines[line] if line < len(lines) else ""
        at = max(here.find(needle), 0) if needle else 0
        return Origin(self.file, self.line + (0 if self.single_line else line), self.column + at)

    def problem(self, rule: Rule, line: int, message: str, needle: str = "", hint: str = "") -> None:
        """Report a problem on a line of the passage."""
        self.problems.append(rule.at(self.origin(line, needle), message, hint))


def parse_prose(passage: Passage) -> tuple[Blocks, list[Diagnostic]]:
    """Parse whole paragraphs, lists, tables, quotes, boxes."""
    text, lists = _lettered_lists(passage.text)
    env: dict[str, Any] = {"passage": passage, "lists": lists}
    tokens = _parser().parse(text, env)
    blocks = tuple(_blocks(SyntaxTreeNode(tokens), passage, env))
    return _with_captions(blocks, passage), passage.problems


def parse_line(passage: Passage) -> tuple[Inlines, list[Diagnostic]]:
    """Parse the words of one line: a title, an ask, a caption."""
    env: dict[str, Any] = {"passage": passage, "lists": {}}
    tokens = _parser().parseInline(passage.text.strip("\n"), env)
    inline = SyntaxTreeNode(tokens).children
    return (_inlines(inline[0], passage, 0) if inline else ()), passage.problems


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    parser.disable(["html_block", "html_inline"])
    parser.block.ruler.before("fence", "box", _box_rule, {"alt": ["paragraph", "blockquote", "list"]})
    parser.core.ruler.before("inline", "anchor", _anchor_rule)
    for name, rule in (("note", _note_rule), ("cite", _cite_rule), ("crossref", _crossref_rule), ("span", _span_rule)):
        parser.inline.ruler.before("link", name, rule)
    parser.inline.ruler.before("link", "variable", _variable_rule)
    return parser


# ---------------------------------------------------------------- a) and i) lists

_LETTER = re.compile(r"^(\s*(?:>\s?)*(?:[-*+]\s+)?)([a-z]|[ivxl]+)\)(\s+\S)")


def _lettered_lists(text: str) -> tuple[str, dict[int, tuple[str, int]]]:
    """Rewrite `a)` and `ii)` as digits of the same width, which CommonMark reads; return the style and number by line."""
    styles: dict[int, tuple[str, int]] = {}
    previous: dict[int, tuple[str, int]] = {}
    lines = text.split("\n")
    for number, line in enumerate(lines):
        match = _LETTER.match(line)
        if not match:
            continue
        indent, mark = len(match[1]), match[2]
        style, value = _letter_value(mark, previous.get(indent))
        if style is None:
            continue
        styles[number] = previous[indent] = (style, value)
        for deeper in [width for width in previous if width > indent]:
            del previous[deeper]
        digits = str(min(value, 9)) + ")" + " " * (len(mark) - 1)
        lines[number] = match[1] + digits + line[match.end(2) + 1 :]
    return "\n".join(lines), styles


def _letter_value(mark: str, last: tuple[str, int] | None) -> tuple[str | None, int]:
    roman, alpha = _roman(mark), ord(mark) - 96 if len(mark) == 1 else 0
    if last and last[0] == "roman" and roman == last[1] + 1:
        return "roman", roman
    if last and last[0] == "alpha" and alpha == last[1] + 1:
        return "alpha", alpha
    if roman == 1 or (roman and not alpha):
        return "roman", roman
    return ("alpha", alpha) if alpha else (None, 0)


def _roman(mark: str) -> int:
    numerals = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv", "xvi", "xvii", "xviii", "xix", "xx")
    return numerals.index(mark) + 1 if mark in numerals else 0


# ---------------------------------------------------------------- block rules

_BOX = re.compile(r"^:::\s*([a-z]+)\s*(.*)$")


def _box_rule(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    head = _line(state, start)
    if not head.startswith(":::") or head.strip() == ":::":
        return False
    if silent:
        return True
    close = next((line for line in range(start + 1, end) if _line(state, line).strip() == ":::"), None)
    if close is None:
        state.env["passage"].problem(rules.UNCLOSED_MARK, start, "the box ':::' is never closed", ":::", "end it with a line ':::'")
    match = _BOX.match(head)
    token = state.push("box_open", "div", 1)
    token.map = [start, close or end]
    token.meta = {"kind": match[1] if match else "", "title": match[2].strip() if match else ""}
    if not match or match[1] not in ("case", "note"):
        state.env["passage"].problem(rules.UNSUPPORTED_PROSE, start, "unknown kind of box", ":::", "write '::: case Title'")
    old, state.parentType, state.lineMax = (state.parentType, state.lineMax), "box", close or end
    state.md.block.tokenize(state, start + 1, close or end)
    state.parentType, state.lineMax = old
    state.push("box_close", "div", -1)
    state.line = (close + 1) if close is not None else end
    return True


def _line(state: StateBlock, line: int) -> str:
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]


_ANCHOR = re.compile(rf"\s*\{{#({ID})\}}\s*$")


def _anchor_rule(state: StateCore) -> None:
    for token in state.tokens:
        if token.type == "inline" and (match := _ANCHOR.search(token.content)):
            token.content = token.content[: match.start()]
            token.meta["anchor"] = match[1]


# ---------------------------------------------------------------- inline rules


def _closing(state: StateInline, start: int) -> int:
    """Return the index of the bracket that closes the one before `start`, or -1."""
    depth, position = 1, start
    while position < state.posMax:
        char = state.src[position]
        if char == "\\":
            position += 1
        elif char == "[":
            depth += 1
        elif char == "]":
            depth -= 1
            if depth == 0:
                return position
        position += 1
    return -1


def _at(state: StateInline) -> dict[str, Any]:
    return {"offset": state.pos}


def _inside(state: StateInline, kind: str, start: int, close: int, meta: dict[str, Any]) -> None:
    """Push `kind`_open, the tokens of src[start:close], `kind`_close."""
    state.push(f"{kind}_open", "", 1).meta = meta
    end = state.posMax
    state.pos, state.posMax = start, close
    state.md.inline.tokenize(state)
    state.posMax = end
    state.push(f"{kind}_close", "", -1)


def _note_rule(state: StateInline, silent: bool) -> bool:
    if not state.src.startswith("^[", state.pos):
        return False
    close = _closing(state, state.pos + 2)
    if close < 0:
        return False
    if not silent:
        _inside(state, "note", state.pos + 2, close, _at(state))
    state.pos = close + 1
    return True


_CITE_START = re.compile(r"\[(?:[^\[\]@;]{0,60}\s)?@(?=[A-Za-z0-9@])")


def _cite_rule(state: StateInline, silent: bool) -> bool:
    if not _CITE_START.match(state.src, state.pos, state.posMax):
        return False
    close = _closing(state, state.pos + 1)
    if close < 0:
        return False
    if not silent:
        token = state.push("cite", "", 0)
        token.content = state.src[state.pos + 1 : close]
        token.meta = _at(state)
    state.pos = close + 1
    return True


_CROSSREF = re.compile(r"\[#([A-Za-z0-9][A-Za-z0-9 ().-]*?)(?:,\s*(title|paras|page))?\]")


def _crossref_rule(state: StateInline, silent: bool) -> bool:
    match = _CROSSREF.match(state.src, state.pos, state.posMax)
    if not match:
        return False
    if not silent:
        token = state.push("crossref", "", 0)
        token.meta = _at(state) | {"target": match[1].strip(), "form": match[2] or "title"}
    state.pos = match.end()
    return True


_VARIABLE = re.compile(r"\{\{\s*([a-z][a-z0-9_]*)\s*\}\}")


def _variable_rule(state: StateInline, silent: bool) -> bool:
    match = _VARIABLE.match(state.src, state.pos, state.posMax)
    if not match:
        return False
    if not silent:
        state.push("variable", "", 0).meta = _at(state) | {"name": match[1]}
    state.pos = match.end()
    return True


_SPAN_END = re.compile(r"\]\{(?:(internal|committee|public)|\.([A-Za-z]{2,3}(?:-[A-Za-z]+)*)|([^}#]*))\}")


def _span_rule(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos] != "[":
        return False
    close = _closing(state, state.pos + 1)
    match = _SPAN_END.match(state.src, close, state.posMax) if close > 0 else None
    if not match:
        return False
    if not silent:
        meta = _at(state) | {"audience": match[1] or "", "language": match[2] or "", "unknown": match[3] or ""}
        _inside(state, "span", state.pos + 1, close, meta)
    state.pos = match.end()
    return True


# ---------------------------------------------------------------- tokens -> blocks


def _blocks(node: SyntaxTreeNode, passage: Passage, env: dict[str, Any]) -> Iterator[Block]:
    for child in node.children:
        line = child.map[0] if child.map else 0
        match child.type:
            case "paragraph":
                yield _paragraph(child, passage, line)
            case "heading":
                content, anchor = _content(child.children[0], passage, line)
                yield Heading(int(child.tag[1]), content, anchor, origin=passage.origin(line))
            case "bullet_list" | "ordered_list":
                yield _list(child, passage, env)
            case "blockquote":
                yield _quote(tuple(_blocks(child, passage, env)))
            case "table":
                yield _table(child, passage)
            case "box":
                yield _box(child, passage, env, line)
            case "fence" | "code_block" | "hr":
                passage.problem(rules.UNSUPPORTED_PROSE, line, _UNSUPPORTED[child.type], hint="indent by less than four blanks")


_UNSUPPORTED = {"fence": "a code block", "code_block": "a code block (four blanks or more at the start)", "hr": "a rule (---)"}


def _content(inline: SyntaxTreeNode, passage: Passage, line: int) -> tuple[Inlines, str]:
    return _inlines(inline, passage, line), inline.meta.get("anchor", "")


def _paragraph(node: SyntaxTreeNode, passage: Passage, line: int) -> Block:
    inline = node.children[0]
    if len(inline.children) == 1 and inline.children[0].type == "image":
        return _figure(inline.children[0], inline.meta.get("anchor", ""), passage, line)
    content, anchor = _content(inline, passage, line)
    return Paragraph(content, anchor=anchor, origin=passage.origin(line))


def _figure(image: SyntaxTreeNode, anchor: str, passage: Passage, line: int) -> Figure:
    alt = "".join(child.content for child in image.walk() if child.type == "text")
    if not alt.strip():
        passage.problem(rules.NO_ALT_TEXT, line, "the figure has no alternative text", "![")
    title = str(image.attrs.get("title", ""))
    caption, problems = parse_line(Passage(title, passage.file, passage.line + line, passage.column, single_line=True))
    passage.problems += problems
    return Figure(str(image.attrs.get("src", "")), alt, caption, anchor, origin=passage.origin(line, "!["))


def _list(node: SyntaxTreeNode, passage: Passage, env: dict[str, Any]) -> List:
    items = tuple(Item(tuple(_blocks(child, passage, env))) for child in node.children)
    if node.type == "bullet_list":
        return List("bullet", items)
    lettered = env["lists"].get(node.children[0].map[0] if node.children[0].map else -1)
    if lettered:
        return List(lettered[0], items, lettered[1])
    return List("paren" if node.markup == ")" else "decimal", items, int(node.attrs.get("start", 1)))


def _quote(blocks: Blocks) -> Quote:
    last = blocks[-1] if blocks else None
    if isinstance(last, Paragraph) and last.content and isinstance(last.content[0], Text):
        first = last.content[0].text
        if mark := re.match(r"^(?:--|—|–)\s*", first):
            words: Inlines = (Text(first[mark.end() :]), *last.content[1:])
            return Quote(blocks[:-1], words)
    return Quote(blocks)


def _table(node: SyntaxTreeNode, passage: Passage) -> Table:
    rows = [row for part in node.children for row in part.children]
    cells = [tuple(_cell(cell, passage, row.map[0] if row.map else 0) for cell in row.children) for row in rows]
    line = node.map[0] if node.map else 0
    source = passage.text.split("\n")
    for number in range(line + 2, node.map[1] if node.map else 0):
        width = len(re.findall(r"(?<!\\)\|", source[number].strip().strip("|"))) + 1
        if source[number].strip() and width != len(cells[0]):
            passage.problem(rules.RAGGED_TABLE, number, f"the row has {width} cells, the head has {len(cells[0])}", "|")
    return Table((), cells[0], tuple(cells[1:]), wide=len(cells[0]) > 8, origin=passage.origin(line))


def _cell(node: SyntaxTreeNode, passage: Passage, line: int) -> Cell:
    style = str(node.attrs.get("style", ""))
    return Cell(_inlines(node.children[0], passage, line) if node.children else (), style.removeprefix("text-align:"))


def _box(node: SyntaxTreeNode, passage: Passage, env: dict[str, Any], line: int) -> Box:
    title_text, anchor = node.meta["title"], ""
    if match := _ANCHOR.search(title_text):
        title_text, anchor = title_text[: match.start()], match[1]
    title, problems = parse_line(Passage(title_text, passage.file, passage.line + line, passage.column, single_line=True))
    passage.problems += problems
    return Box(node.meta["kind"], title, tuple(_blocks(node, passage, env)), anchor, origin=passage.origin(line))


def _with_captions(blocks: Blocks, passage: Passage) -> Blocks:
    """Join a paragraph `Table: caption` with the table that follows it."""
    out: list[Block] = []
    for block in blocks:
        if isinstance(block, Box | Quote):
            block = replace(block, blocks=_with_captions(block.blocks, passage))
        before = out[-1] if out else None
        if isinstance(block, Table) and isinstance(before, Paragraph) and _is_caption(before):
            first = before.content[0]
            assert isinstance(first, Text)
            words: Inlines = (Text(first.text.removeprefix("Table:").lstrip()), *before.content[1:])
            out[-1] = replace(block, caption=words, anchor=before.anchor)
        else:
            out.append(block)
    return tuple(out)


def _is_caption(block: Paragraph) -> bool:
    return bool(block.content) and isinstance(block.content[0], Text) and block.content[0].text.startswith("Table:")


# ---------------------------------------------------------------- tokens -> inlines

_HTML = re.compile(r"</?[A-Za-z][A-Za-z0-9]*(?:\s[^<>]*)?/?>|<!--")


def _inlines(inline: SyntaxTreeNode, passage: Passage, line: int) -> Inlines:
    source = inline.content
    _report_unclosed(source, passage, line)
    return _merge(_walk(inline, passage, line, source))


def _report_unclosed(source: str, passage: Passage, line: int) -> None:
    """Report an opening mark whose bracket is not closed; marks that are closed were taken by their rules."""
    for match in re.finditer(r"\^\[|\[(?:[^\[\]@;]{0,60}\s)?@(?=[a-z0-9])", source):
        if _bracket_end(source, match.start() + (2 if source[match.start()] == "^" else 1)) < 0:
            what = "the note '^['" if source[match.start()] == "^" else "the citation '[@'"
            here = line + source.count("\n", 0, match.start())
            passage.problem(rules.UNCLOSED_MARK, here, f"{what} is never closed in this paragraph", match[0], "add the missing ']'")


def _bracket_end(source: str, start: int) -> int:
    depth = 1
    for position in range(start, len(source)):
        depth += {"[": 1, "]": -1}.get(source[position], 0)
        if depth == 0:
            return position
    return -1


def _walk(node: SyntaxTreeNode, passage: Passage, line: int, source: str) -> Iterator[Inline]:
    for child in node.children:
        here = line + source.count("\n", 0, child.meta.get("offset", 0)) if child.meta else line
        match child.type:
            case "text":
                if html := _HTML.search(child.content):
                    found = line + source[: max(source.find(html[0]), 0)].count("\n")
                    passage.problem(rules.HTML_IN_PROSE, found, f"HTML in prose: {html[0]}", html[0])
                yield Text(child.content)
            case "softbreak":
                yield Text(" ")
            case "hardbreak":
                yield LineBreak()
            case "em":
                yield Emphasis(_merge(_walk(child, passage, line, source)))
            case "strong":
                yield Strong(_merge(_walk(child, passage, line, source)))
            case "link":
                yield Link(_merge(_walk(child, passage, line, source)), str(child.attrs.get("href", "")))
            case "code_inline" | "image":
                passage.problem(rules.UNSUPPORTED_PROSE, line, "a picture in running text" if child.type == "image" else "code in running text")
            case _:
                yield from _own(child, passage, here, line, source)


def _own(child: SyntaxTreeNode, passage: Passage, here: int, line: int, source: str) -> Iterator[Inline]:
    """Yield the node of one of our own marks; `here` is the line it stands on."""
    match child.type:
        case "note":
            words = _merge(_walk(child, passage, line, source))
            if any(isinstance(word, Annotation) for word in words):
                passage.problem(rules.NOTE_IN_NOTE, here, "a note inside a note", "^[")
            yield Annotation(words, passage.origin(here, "^["))
        case "cite":
            yield _cite(child.content, passage, here)
        case "crossref":
            target = child.meta["target"]
            yield CrossRef(target, child.meta["form"], passage.origin(here, "#" + target))
        case "variable":
            yield Variable(child.meta["name"], passage.origin(here, "{{"))
        case "span":
            words = _merge(_walk(child, passage, line, source))
            yield from _span(child.meta, words, passage, here)


def _span(meta: dict[str, Any], words: Inlines, passage: Passage, here: int) -> Iterator[Inline]:
    if meta["language"]:
        yield Foreign(words, meta["language"])
        return
    if meta["unknown"]:
        passage.problem(rules.UNCLOSED_MARK, here, f"unknown mark {{{meta['unknown']}}}", "{" + meta["unknown"],
                        "write {public}, {committee}, {internal} or a language such as {.ru}")  # fmt: skip
    # a level that nobody knows is the strictest one
    yield Confidential(words, meta["audience"] or "internal", passage.origin(here, "]{"))


_CITE_ITEM = re.compile(rf"^(?P<prefix>[^@]*?)\s*@(?P<key>{ID})\s*(?:,\s*(?P<rest>.+))?$", re.DOTALL)


def _cite(content: str, passage: Passage, line: int) -> Cite:
    items = []
    for part in content.split(";"):
        inner = line + content[: content.find(part)].count("\n")
        match = _CITE_ITEM.match(part.strip())
        if not match:
            passage.problem(rules.BAD_CITATION, inner, f"cannot read the citation '{' '.join(part.split())}'", part.strip()[:20],
                            "write [@key, para. 14] or [@one; see also @two, p. 3]")  # fmt: skip
            continue
        inner += (len(part) - len(part.lstrip())) and part[: len(part) - len(part.lstrip())].count("\n")
        key_line = inner + part.strip()[: match.start("key")].count("\n")
        origin = passage.origin(key_line, "@" + match["key"])
        locators = _locators(" ".join((match["rest"] or "").split()))
        items.append(CiteItem(match["key"], " ".join(match["prefix"].split()), locators, origin))
    return Cite(tuple(items), passage.origin(line, "@"))


_LABEL = re.compile(r"^(?P<label>[A-Za-z]+)\.?\s+(?P<value>\S.*)$")


def _locators(text: str) -> tuple[tuple[str, str], ...]:
    """Split "art. 7, paras. 12, 14" into pairs; a part without a label belongs to the one before it."""
    found: list[tuple[str, str]] = []
    for part in filter(None, (piece.strip() for piece in text.split(","))):
        match = _LABEL.match(part)
        kind = LOCATORS.get(match["label"].lower()) if match else None
        if kind and match:
            found.append((kind, match["value"]))
        elif found:
            found[-1] = (found[-1][0], f"{found[-1][1]}, {part}")
        else:
            found.append(("", part))
    return tuple(found)


def _merge(inlines: Iterator[Inline]) -> Inlines:
    """Join neighbouring texts and drop empty ones."""
    out: list[Inline] = []
    for inline in inlines:
        if isinstance(inline, Text) and out and isinstance(out[-1], Text):
            out[-1] = Text(out[-1].text + inline.text)
        elif not (isinstance(inline, Text) and not inline.text):
            out.append(inline)
    return tuple(out)


def words_of(inlines: Inlines) -> str:
    """Return the plain words of parsed inlines, for titles in messages and records."""
    return " ".join(plain_text(inlines).split())
