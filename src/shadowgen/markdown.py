"""Our dialect of Markdown -> nodes. The only door to markdown_it.

Enters: prose with the place where it begins. Leaves: blocks or inlines whose pending nodes know file, line and column; diagnostics.
The dialect is described in docs/writing.md.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any
from urllib.parse import unquote

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
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
    walk,
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
    lines: list[str] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self.lines = self.text.split("\n")

    def at(self, line: int, column: int) -> Origin:
        """Return the place of a line and column of the passage, both from 0."""
        return Origin(self.file, self.line + (0 if self.single_line else line), self.column + column)

    def origin(self, line: int, needle: str = "") -> Origin:
        """Return the place of the first `needle` on the passage's line `line` (from 0)."""
        here = self.lines[line] if line < len(self.lines) else ""
        return self.at(line, max(here.find(needle), 0) if needle else 0)

    def problem(self, rule: Rule, line: int, message: str, needle: str = "", hint: str = "") -> None:
        """Report a problem on a line of the passage."""
        self.problems.append(rule.at(self.origin(line, needle), message, hint))


def parse_prose(passage: Passage) -> tuple[Blocks, list[Diagnostic]]:
    """Parse whole paragraphs, lists, tables, quotes, boxes."""
    text, lists = _lettered_lists(passage.text)
    env: dict[str, Any] = {"passage": passage, "lists": lists}
    tokens = _parser().parse(text, env)
    _report_depth(tokens, passage)
    blocks = tuple(_blocks(SyntaxTreeNode(tokens), passage, env))
    return _with_captions(blocks), passage.problems


def parse_line(passage: Passage) -> tuple[Inlines, list[Diagnostic]]:
    """Parse the words of one line: a title, an ask, a caption."""
    env: dict[str, Any] = {"passage": passage, "lists": {}}
    tokens = _parser().parseInline(passage.text.strip("\n"), env)
    inline = SyntaxTreeNode(tokens).children
    return (_inlines(inline[0], passage, 0) if inline else ()), passage.problems


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    # a line `[words]: word` would be taken for the definition of a link and vanish
    parser.disable(["html_block", "html_inline", "reference"])
    parser.block.ruler.before("fence", "box", _box_rule, {"alt": ["paragraph", "blockquote", "list"]})
    parser.core.ruler.before("inline", "letters", _letters_rule)
    parser.core.ruler.before("inline", "anchor", _anchor_rule)
    for name, rule in (("note", _note_rule), ("cite", _cite_rule), ("crossref", _crossref_rule), ("span", _span_rule)):
        parser.inline.ruler.before("link", name, rule)
    parser.inline.ruler.before("link", "variable", _variable_rule)
    parser.inline.ruler.before("link", "bracket", _bracket_rule)
    return parser


def _report_depth(tokens: list[Token], passage: Passage) -> None:
    """Report what is nested so deep that the parser leaves it out."""
    limit = _parser().options["maxNesting"] - 1
    deep = next((token for token in tokens if token.level >= limit and token.nesting == 1 and token.map), None)
    if deep and deep.map:
        passage.problem(rules.UNSUPPORTED_PROSE, deep.map[0], "lists and quotations nested too deep")


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


def _letters_rule(state: StateCore) -> None:
    """Give a line that begins like an item `b)`, but continues a paragraph or is a row of a table, its letter back."""
    lists, lines = state.env["lists"], state.env["passage"].lines
    for token in state.tokens if lists else ():
        if token.type == "inline" and token.map:
            texts = token.content.split("\n")
            for number in lists.keys() & set(range(token.map[0], token.map[0] + len(texts))):
                texts[number - token.map[0]] = _lettered(texts[number - token.map[0]], lines[number], lists[number][1])
            token.content = "\n".join(texts)


def _lettered(text: str, line: str, value: int) -> str:
    match = _LETTER.match(line)
    assert match
    rewritten = f"{min(value, 9)})" + " " * (len(match[2]) - 1) + line[match.end(2) + 1 :]
    bare = text.strip()
    if not bare.startswith(rewritten[:2]) or not rewritten.startswith(bare):
        return text
    return text[: len(text) - len(text.lstrip())] + line[match.start(2) :][: len(bare)]


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
    if not head.startswith(":::"):
        return False
    if silent:
        return True
    if head.strip() == ":::":
        state.env["passage"].problem(rules.UNCLOSED_MARK, start, "a ':::' that closes no box", ":::", "delete it")
        state.line = start + 1
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


def _pairs(env: dict[str, Any], source: str) -> dict[int, int]:
    """Return which bracket of a text closes which, by index; found once for each text, so that no text takes long."""
    known: dict[str, dict[int, int]] = env.setdefault("brackets", {})
    if source not in known:
        pairs, opened = known.setdefault(source, {}), []
        for match in re.finditer(r"\\.|[\[\]]", source, re.DOTALL):
            if match[0] == "[":
                opened.append(match.start())
            elif match[0] == "]" and opened:
                pairs[opened.pop()] = match.start()
    return known[source]


def _closing(state: StateInline, opening: int) -> int:
    """Return the index of the bracket that closes the one at `opening`, or -1."""
    close = _pairs(state.env, state.src).get(opening, -1)
    return close if close < state.posMax else -1


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
    close = _closing(state, state.pos + 1)
    if close < 0:
        return False
    if not silent:
        _inside(state, "note", state.pos + 2, close, _at(state))
    state.pos = close + 1
    return True


_CITE_START = re.compile(r"\[(?:@|[^\[\]@;]{0,200}\s@(?=\w))")


def _cite_rule(state: StateInline, silent: bool) -> bool:
    if not _CITE_START.match(state.src, state.pos, state.posMax):
        return False
    close = _closing(state, state.pos)
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
    close = _closing(state, state.pos)
    match = _SPAN_END.match(state.src, close, state.posMax) if close > 0 else None
    if not match:
        return False
    if not silent:
        meta = _at(state) | {"audience": match[1] or "", "language": match[2] or "", "unknown": match[3], "close": close}
        _inside(state, "span", state.pos + 1, close, meta)
    state.pos = match.end()
    return True


def _bracket_rule(state: StateInline, silent: bool) -> bool:
    """Take the bracket (or the ! before it) of what cannot be a link or picture as a mere character, so that no text takes long."""
    opening = state.pos + (state.src[state.pos] == "!")
    if not state.src.startswith("[", opening):
        return False
    close = _closing(state, opening)
    if close > 0 and state.src.startswith("(", close + 1):
        return False
    if not silent:
        state.pending += state.src[state.pos]
    state.pos += 1
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
    alt = "".join(child.content or " " for child in image.walk() if child.type in ("text", "softbreak"))
    if any(child.type not in ("image", "text", "softbreak") for child in image.walk()):
        passage.problem(rules.UNSUPPORTED_PROSE, line, "a mark in an alternative text", "![", "write plain words between ![ and ]")
        alt = ""
    elif not alt.strip():
        passage.problem(rules.NO_ALT_TEXT, line, "the figure has no alternative text", "![")
    caption = _inner_line(str(image.attrs.get("title", "")), passage, line)
    return Figure(unquote(str(image.attrs.get("src", ""))), alt, caption, anchor, origin=passage.origin(line, "!["))


def _inner_line(text: str, passage: Passage, line: int) -> Inlines:
    """Parse a caption or title that stands on a line of the passage."""
    place = passage.origin(line, text)
    inlines, problems = parse_line(Passage(text, place.file, place.line, place.column, single_line=True))
    passage.problems += problems
    return inlines


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
            return Quote(blocks[:-1], _merge(iter((Text(first[mark.end() :]), *last.content[1:]))))
    return Quote(blocks)


def _table(node: SyntaxTreeNode, passage: Passage) -> Table:
    rows = [row for part in node.children for row in part.children]
    cells = [tuple(_cells(row, passage, row.map[0] if row.map else 0)) for row in rows]
    line = node.map[0] if node.map else 0
    for number in range(line + 2, node.map[1] if node.map else 0):
        if (width := _width(passage.lines[number])) != len(cells[0]):
            passage.problem(rules.RAGGED_TABLE, number, f"the row has {width} cells, the head has {len(cells[0])}", "|")
    return Table((), cells[0], tuple(cells[1:]), origin=passage.origin(line))


def _width(row: str) -> int:
    """Count the cells of a row as it was typed; the parser fills up or cuts off to the width of the head."""
    parts = re.split(r"(?<!\\)\|", row.lstrip(" \t>").rstrip())
    return len(parts) - (not parts[0]) - (len(parts) > 1 and not parts[-1])


def _cells(row: SyntaxTreeNode, passage: Passage, line: int) -> Iterator[Cell]:
    after = 0
    for cell in row.children:
        inline, style = cell.children[0], str(cell.attrs.get("style", ""))
        yield Cell(_inlines(inline, passage, line, after), style.removeprefix("text-align:"))
        after = max(passage.lines[line].find(inline.content, after) + len(inline.content), after)


def _box(node: SyntaxTreeNode, passage: Passage, env: dict[str, Any], line: int) -> Box:
    title_text, anchor = node.meta["title"], ""
    if match := _ANCHOR.search(title_text):
        title_text, anchor = title_text[: match.start()], match[1]
    title = _inner_line(title_text, passage, line)
    return Box(node.meta["kind"], title, tuple(_blocks(node, passage, env)), anchor, origin=passage.origin(line))


def _with_captions(blocks: Blocks) -> Blocks:
    """Join a paragraph `Table: caption` with the table that follows it."""
    out: list[Block] = []
    for block in blocks:
        if isinstance(block, Box | Quote):
            block = replace(block, blocks=_with_captions(block.blocks))
        elif isinstance(block, List):
            block = replace(block, items=tuple(Item(_with_captions(item.blocks)) for item in block.items))
        before = out[-1] if out else None
        if isinstance(block, Table) and isinstance(before, Paragraph) and _is_caption(before):
            first = before.content[0]
            assert isinstance(first, Text)
            words = (Text(first.text.removeprefix("Table:").lstrip()), *before.content[1:])
            out[-1] = replace(block, caption=_merge(iter(words)), anchor=before.anchor)
        else:
            out.append(block)
    return tuple(out)


def _is_caption(block: Paragraph) -> bool:
    return bool(block.content) and isinstance(block.content[0], Text) and block.content[0].text.startswith("Table:")


# ---------------------------------------------------------------- tokens -> inlines

_HTML = re.compile(r"(?<!\\)(?:</?[A-Za-z][A-Za-z0-9]*(?:\s[^<>]*)?/?>|<!--)")
_OPENING = re.compile(rf"(?<!\\)(?:\^\[|{_CITE_START.pattern})")
_LOOSE_MARK = re.compile(r"\{(?:\s*(?:internal|committee|public)\b|#|\{)")
_WEB = re.compile(r"https?://[^/?#@]+(?:[/?#].*)?$|mailto:")


class _Words:
    """The words of one block as they were typed, and where each of their lines stands."""

    __slots__ = ("columns", "line", "passage", "source", "starts")

    def __init__(self, source: str, passage: Passage, line: int, after: int) -> None:
        self.source, self.passage, self.line = source, passage, line
        self.starts: list[int] = []
        self.columns: list[int] = []
        offset = 0
        for number, text in enumerate(source.split("\n"), line):
            here = passage.lines[number] if number < len(passage.lines) else ""
            self.starts.append(offset)
            self.columns.append(max(here.find(text.strip(), after) - (len(text) - len(text.lstrip())), 0))
            offset, after = offset + len(text) + 1, 0

    def at(self, offset: int) -> Origin:
        """Return the place of a character."""
        row = bisect_right(self.starts, max(offset, 0)) - 1
        return self.passage.at(self.line + row, self.columns[row] + max(offset, 0) - self.starts[row])

    def problem(self, rule: Rule, offset: int, message: str, hint: str = "") -> None:
        """Report a problem with the words at a character."""
        self.passage.problems.append(rule.at(self.at(offset), message, hint))


def _inlines(inline: SyntaxTreeNode, passage: Passage, line: int, after: int = 0) -> Inlines:
    """Return the nodes of one block's words, which begin on `line`, not before the column `after`."""
    words = _Words(inline.content, passage, line, after)
    pairs = _pairs({}, words.source)
    for opening in _OPENING.finditer(words.source):
        note = opening[0][0] == "^"
        if opening.start() + note not in pairs:
            what = "the note '^['" if note else "the citation '[@'"
            words.problem(rules.UNCLOSED_MARK, opening.start(), f"{what} is never closed in this paragraph", "add the missing ']'")
    for html in _HTML.finditer(words.source):
        words.problem(rules.HTML_IN_PROSE, html.start(), f"HTML in prose: {html[0]}")
    found = _merge(_walk(inline, words))
    if any(isinstance(node, Text) and _LOOSE_MARK.search(node.text) for node in walk(found)):
        taken = {close + 1 for close in pairs.values()} | {variable.start() for variable in _VARIABLE.finditer(words.source)}
        loose = next((mark.start() for mark in _LOOSE_MARK.finditer(words.source) if mark.start() not in taken), 0)
        words.problem(rules.UNCLOSED_MARK, loose, "a mark in braces that cannot be read",
                      "write [words]{internal} within one paragraph, {{name}}, or {#anchor} at the end")  # fmt: skip
    return found


def _walk(node: SyntaxTreeNode, words: _Words) -> Iterator[Inline]:
    for child in node.children:
        match child.type:
            case "text":
                yield Text(child.content)
            case "softbreak":
                yield Text(" ")
            case "hardbreak":
                yield LineBreak()
            case "em":
                yield Emphasis(_merge(_walk(child, words)))
            case "strong":
                yield Strong(_merge(_walk(child, words)))
            case "link":
                url = str(child.attrs.get("href", ""))
                if not _WEB.match(url):
                    hint = "an address starts with http:// or https://"
                    words.problem(rules.UNSUPPORTED_PROSE, words.source.find(f"({url}"), "a link that leads to no public address", hint)
                yield Link(_merge(_walk(child, words)), url)
            case "image":
                words.problem(rules.UNSUPPORTED_PROSE, words.source.find("!["), "a picture in running text", "put it into a paragraph alone")
            case "code_inline":
                words.problem(rules.UNSUPPORTED_PROSE, words.source.find("`"), "code in running text", "delete the marks `")
            case _:
                yield from _own(child, words, child.meta["offset"])


def _own(child: SyntaxTreeNode, words: _Words, offset: int) -> Iterator[Inline]:
    """Yield the node of one of our own marks, which begins at `offset`."""
    match child.type:
        case "note":
            inside = _merge(_walk(child, words))
            for inner in child.walk():
                if inner.type == "note" and inner is not child:
                    words.problem(rules.NOTE_IN_NOTE, inner.meta["offset"], "a note inside a note")
            yield Annotation(inside, words.at(offset))
        case "cite":
            yield _cite(child.content, words, offset + 1)
        case "crossref":
            yield CrossRef(child.meta["target"], child.meta["form"], words.at(offset + 1))
        case "variable":
            yield Variable(child.meta["name"], words.at(offset))
        case "span":
            yield _span(child.meta, _merge(_walk(child, words)), words, offset)


def _span(meta: dict[str, Any], inside: Inlines, words: _Words, offset: int) -> Inline:
    if meta["language"]:
        return Foreign(inside, meta["language"])
    if meta["unknown"] is not None:
        words.problem(rules.UNCLOSED_MARK, meta["close"] + 1, f"unknown mark {{{meta['unknown']}}}",
                      "write {public}, {committee}, {internal} or a language such as {.ru}")  # fmt: skip
    # a level that nobody knows is the strictest one
    return Confidential(inside, meta["audience"] or "internal", words.at(offset))


_CITE_ITEM = re.compile(rf"^(?:(?P<prefix>[^@\[\]{{}}]*?)\s+)?@(?P<key>{ID})\s*(?:,\s*(?P<rest>[^@\[\]{{}}]+))?$")


def _cite(content: str, words: _Words, start: int) -> Cite:
    """Read a citation whose words between the brackets begin at `start`."""
    items = []
    offset = start
    for part in content.split(";"):
        begin, offset = offset + len(part) - len(part.lstrip()), offset + len(part) + 1
        match = _CITE_ITEM.match(part.strip())
        if not match:
            words.problem(rules.BAD_CITATION, begin, f"cannot read the citation '{' '.join(part.split())}'",
                          "write [@key, para. 14] or [@one; see also @two, p. 3]")  # fmt: skip
            continue
        origin = words.at(begin + match.start("key") - 1)
        locators = _locators(" ".join((match["rest"] or "").split()))
        for unknown in (value for kind, value in locators if not kind):
            words.passage.problems.append(rules.UNKNOWN_LOCATOR.at(origin, f"'{unknown}' is printed as it stands"))
        items.append(CiteItem(match["key"], " ".join((match["prefix"] or "").split()), locators, origin))
    return Cite(tuple(items), words.at(start + content.find("@")))


_LABEL = re.compile(r"^(?P<label>[A-Za-z]+)\.?\s+(?P<value>\S.*)$")
_NUMBER = re.compile(r"^(?:and\s+)?(?:\(?\d|\([a-z]+\)|[ivxlcdm]+\b|[IVXLCDM]+\b)")


def _locators(text: str) -> tuple[tuple[str, str], ...]:
    """Split "art. 7, paras. 12, 14" into pairs; a number without a label belongs to the one before it."""
    found: list[tuple[str, str]] = []
    for part in filter(None, (piece.strip() for piece in text.split(","))):
        match = _LABEL.match(part)
        kind = LOCATORS.get(match["label"].lower()) if match else None
        if kind and match:
            found.append((kind, match["value"]))
        elif found and _NUMBER.match(part):
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
