"""The rules that our dialect adds to CommonMark: boxes, anchors, notes, citations, cross-references, spans, variables.

Enters: text. Leaves: markdown_it tokens; `blocks` and `inlines` turn them into nodes.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.common.utils import mdTrim
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline

from shadowgen import rules
from shadowgen.markdown.lists import letters_rule

ID = r"[a-z0-9]+(?:-[a-z0-9]+)*"
# a line without any of these is plain words: no inline rule begins with another character
SPECIAL = re.compile(r"[\n\r\0\\`*_~\[\]{}<>&!^]")


@cache
def parser() -> MarkdownIt:
    made = MarkdownIt("commonmark", {"html": False}).enable("table")
    # a line `[words]: word` would be taken for the definition of a link and vanish
    # "text_join" would hide which signs were escaped
    made.disable(["html_block", "html_inline", "reference", "text_join"])
    made.validateLink = lambda url: True  # type: ignore[method-assign]  # `inlines` reports an address that leads to no public place
    made.block.ruler.before("fence", "box", _box_rule, {"alt": ["paragraph", "blockquote", "list"]})
    made.block.ruler.before("table", "plain", _plain_rule)
    made.core.ruler.before("inline", "letters", letters_rule)
    made.core.ruler.before("inline", "anchor", _anchor_rule)
    for name, rule in (
        ("note", _note_rule),
        ("person", _person_rule),
        ("cite", _cite_rule),
        ("crossref", _crossref_rule),
        ("span", _span_rule),
    ):
        made.inline.ruler.before("link", name, rule)
    made.inline.ruler.before("link", "variable", _variable_rule)
    return made


# ---------------------------------------------------------------- block rules

BOXES = ("case", "highlight")
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
    if not match or match[1] not in BOXES:
        state.env["passage"].problem(
            rules.UNSUPPORTED_PROSE, start, "unknown kind of box", ":::", "write '::: case Title' or '::: highlight 125'"
        )
    old, state.parentType, state.lineMax = (state.parentType, state.lineMax), "box", close or end
    state.md.block.tokenize(state, start + 1, close or end)
    state.parentType, state.lineMax = old
    state.push("box_close", "div", -1)
    state.line = (close + 1) if close is not None else end
    return True


# how a heading, rule, list, quotation, code block, table or box begins, and the line under a heading
_BLOCK_MARK = re.compile(r"[#>*+=~`|:_<-]|\d+[.)]")


def _plain_rule(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Take a paragraph none of whose lines begins as another block does, without asking every rule about every line."""
    if silent or state.parentType != "root":
        return False
    line = start
    while line < end and not state.isEmpty(line):
        if state.sCount[line] > 3 or _BLOCK_MARK.match(state.src, state.bMarks[line] + state.tShift[line]):
            return False
        line += 1
    state.line = line
    state.push("paragraph_open", "p", 1).map = [start, line]
    inline = state.push("inline", "", 0)
    inline.content, inline.map, inline.children = mdTrim(state.getLines(start, line, 0, False)), [start, line], []
    state.push("paragraph_close", "p", -1)
    return True


def _line(state: StateBlock, line: int) -> str:
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]


_ANCHOR = re.compile(rf"\s*\{{#({ID})\}}\s*$")


def anchor_of(source: str) -> re.Match[str] | None:
    """Return the `{#anchor}` at the end of a text; one behind a backslash is plain words."""
    match = _ANCHOR.search(source) if "{#" in source else None
    return match if match and not is_escaped(source, source.rindex("{#")) else None


def is_escaped(source: str, at: int) -> bool:
    """True if the sign at an index stands behind a backslash that is no plain backslash itself."""
    before = source[:at]
    return (len(before) - len(before.rstrip("\\"))) % 2 == 1


def _anchor_rule(state: StateCore) -> None:
    for token in state.tokens:
        if token.type == "inline" and (match := anchor_of(token.content)) and not _names_a_note(token.content, match):
            token.content = token.content[: match.start()]
            token.meta["anchor"] = match[1]


def _names_a_note(source: str, anchor: re.Match[str]) -> bool:
    """True if the anchor at the end of a block stands right behind a note, and so is the note's."""
    last = anchor.start() - 1
    opening = next((first for first, close in bracket_pairs({}, source).items() if close == last), 0)
    return anchor[0].startswith("{") and source[opening - 1 : opening] == "^" and opening > 0


# ---------------------------------------------------------------- inline rules


def bracket_pairs(env: dict[str, Any], source: str) -> dict[int, int]:
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
    close = bracket_pairs(state.env, state.src).get(opening, -1)
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
    again = _AGAIN.fullmatch(state.src, state.pos, close + 1)
    name = _NAME.match(state.src, close + 1, state.posMax)
    if not silent and again:
        state.push("same_note", "", 0).meta = _at(state) | {"target": again[1]}
    elif not silent:
        _inside(state, "note", state.pos + 2, close, _at(state) | {"anchor": name[1] if name else ""})
    state.pos = name.end() if name and not again else close + 1
    return True


_AGAIN = re.compile(rf"\^\[#({ID})\]")
_NAME = re.compile(rf"\{{#({ID})\}}")

PERSON = re.compile(rf"\[@@({ID})(?:,\s*({ID}))?\s*\]")


def _person_rule(state: StateInline, silent: bool) -> bool:
    match = PERSON.match(state.src, state.pos, state.posMax)
    if not match:
        return False
    if not silent:
        state.push("person", "", 0).meta = _at(state) | {"key": match[1], "form": match[2] or ""}
    state.pos = match.end()
    return True


CITE_START = re.compile(r"\[(?:@|[^\[\]@;]{0,200}\s@(?=\w))")


def _cite_rule(state: StateInline, silent: bool) -> bool:
    if not CITE_START.match(state.src, state.pos, state.posMax):
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


VARIABLE = re.compile(r"\{\{\s*([a-z][a-z0-9_]*)\s*\}\}")


def _variable_rule(state: StateInline, silent: bool) -> bool:
    match = VARIABLE.match(state.src, state.pos, state.posMax)
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


def is_span(source: str, opening: int, close: int) -> bool:
    """True if the brackets at these places hold the words of a span, not those of a note, citation or cross-reference."""
    other = source[opening - 1 : opening] == "^" or CITE_START.match(source, opening) or _CROSSREF.match(source, opening)
    return bool(not other and _SPAN_END.match(source, close))
