"""Inline tokens -> inline nodes, each pending node with its line and column."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import Any

from shadowgen import rules
from shadowgen.diagnostics import Origin, Rule
from shadowgen.markdown.passage import Passage
from shadowgen.markdown.syntax import CITE_START, ID, VARIABLE, bracket_pairs, is_escaped, is_span
from shadowgen.markdown.tree import Mark
from shadowgen.nodes import (
    Annotation,
    Cite,
    CiteItem,
    Confidential,
    CrossRef,
    Emphasis,
    Foreign,
    Inline,
    Inlines,
    LineBreak,
    Link,
    PersonName,
    SameNote,
    Strong,
    Text,
    Variable,
)

LOCATORS = {
    "para": "paragraph", "paras": "paragraph", "p": "page", "pp": "page", "art": "article", "arts": "article", "sect": "section",
    "sects": "section", "chap": "chapter", "chaps": "chapter", "note": "note", "notes": "note", "annex": "annex", "table": "table",
    "part": "part", "box": "box",
}  # fmt: skip


_HTML = re.compile(r"(?<!\\)(?:</?[A-Za-z][A-Za-z0-9]*(?:\s[^<>]*)?/?>|<!--)")
_OPENING = re.compile(rf"(?<!\\)(?:\^\[|{CITE_START.pattern})")
_LOOSE_MARK = re.compile(r"\{(?:\s*(?:internal|committee|public)\b|#|\{)|\]\(")
_WEB = re.compile(r"https?://[^/?#@]+(?:[/?#].*)?$|mailto:")


def leads_to_web(url: str) -> bool:
    """True if a link may lead to this address: a public place, with no sign that ends it."""
    return bool(_WEB.match(url)) and not re.search(r"[\s<>\\]", url)


class _Words:
    """The words of one block as they were typed, and where each of their lines stands."""

    __slots__ = ("columns", "in_note", "line", "passage", "source", "starts")

    def __init__(self, source: str, passage: Passage, line: int, after: int) -> None:
        self.source, self.passage, self.line = source, passage, line
        self.in_note = False
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


def inlines(inline: Mark, passage: Passage, line: int, after: int = 0) -> Inlines:
    """Return the nodes of one block's words, which begin on `line`, not before the column `after`."""
    words = _Words(inline.token.content, passage, line, after)
    pairs = bracket_pairs({}, words.source)
    for opening in _OPENING.finditer(words.source):
        note = opening[0][0] == "^"
        if opening.start() + note not in pairs:
            what = "the note '^['" if note else "the citation '[@'"
            words.problem(rules.UNCLOSED_MARK, opening.start(), f"{what} is never closed in this paragraph", "add the missing ']'")
    for html in _HTML.finditer(words.source) if "<" in words.source else ():
        words.problem(rules.HTML_IN_PROSE, html.start(), f"HTML in prose: {html[0]}")
    found = merged(_walk(inline, words))
    # an entity may stand for a brace
    if any(sign in words.source for sign in ("{", "&", "](")) and _has_loose_mark(inline):
        taken = {close + 1 for opening, close in pairs.items() if is_span(words.source, opening, close)}
        taken |= {variable.start() for variable in VARIABLE.finditer(words.source)}
        marks = (mark.start() for mark in _LOOSE_MARK.finditer(words.source))
        loose = next((at for at in marks if at not in taken and not is_escaped(words.source, at)), 0)
        words.problem(rules.UNCLOSED_MARK, loose, "a mark that cannot be read",
                      "write [words]{internal} within one paragraph, {{name}}, {#anchor} at the end, or [plain words](https://...)")  # fmt: skip
    return found


def _has_loose_mark(node: Mark) -> bool:
    """True if words hold what looks like a mark and is none; signs behind a backslash are plain words."""
    signs = []
    for child in node.children:
        plain = child.type == "text" or (child.type == "text_special" and child.token.info != "escape")
        signs.append(child.token.content if plain else " " if child.type == "softbreak" else "\0")
    return bool(_LOOSE_MARK.search("".join(signs))) or any(map(_has_loose_mark, node.children))


def _walk(node: Mark, words: _Words) -> Iterator[Inline]:
    for child in node.children:
        match child.type:
            case "text" | "text_special":
                yield Text(child.token.content)
            case "softbreak":
                yield Text(" ")
            case "hardbreak":
                yield LineBreak()
            case "em":
                yield Emphasis(merged(_walk(child, words)))
            case "strong":
                yield Strong(merged(_walk(child, words)))
            case "link":
                url = str(child.attribute("href"))
                if _WEB.match(url):
                    yield Link(merged(_walk(child, words)), url)
                else:
                    hint = "an address starts with http:// or https://"
                    words.problem(rules.UNSUPPORTED_PROSE, words.source.find(f"({url}"), "a link that leads to no public address", hint)
                    yield from _walk(child, words)
            case "image":
                words.problem(
                    rules.UNSUPPORTED_PROSE, words.source.find("!["), "a picture in running text", "put it into a paragraph alone"
                )
            case "code_inline":
                words.problem(rules.UNSUPPORTED_PROSE, words.source.find("`"), "code in running text", "delete the marks `")
            case _:
                yield from _own(child, words, child.token.meta["offset"])


def _own(child: Mark, words: _Words, offset: int) -> Iterator[Inline]:
    """Yield the node of one of our own marks, which begins at `offset`."""
    match child.type:
        case "note":
            if words.in_note:
                words.problem(rules.NOTE_IN_NOTE, offset, "a note inside a note")
                yield from _walk(child, words)
                return
            words.in_note = True
            inside = merged(_walk(child, words))
            words.in_note = False
            if not any(not isinstance(node, Text) or node.text.strip() for node in inside):
                words.problem(rules.UNCLOSED_MARK, offset, "a note without words", "write the note's words between '^[' and ']'")
            yield Annotation(inside, words.at(offset), child.token.meta["anchor"])
        case "same_note":
            yield SameNote(child.token.meta["target"], words.at(offset))
        case "cite":
            yield _cite(child.token.content, words, offset + 1)
        case "crossref":
            yield CrossRef(child.token.meta["target"], child.token.meta["form"], words.at(offset + 1))
        case "person":
            yield PersonName(child.token.meta["key"], child.token.meta["form"], words.at(offset))
        case "variable":
            yield Variable(child.token.meta["name"], words.at(offset))
        case "span":
            yield _span(child.token.meta, merged(_walk(child, words)), words, offset)


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
            hint = "write [@key, para. 14] or [@one; see also @two, p. 3]; a person is [@@key], or [@@key, form], and stands alone"
            words.problem(rules.BAD_CITATION, begin, f"cannot read the citation '{' '.join(part.split())}'", hint)
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


def merged(inlines: Iterator[Inline]) -> Inlines:
    """Join neighbouring texts and drop empty ones."""
    out: list[Inline] = []
    for inline in inlines:
        if isinstance(inline, Text) and out and isinstance(out[-1], Text):
            out[-1] = Text(out[-1].text + inline.text)
        elif not (isinstance(inline, Text) and not inline.text):
            out.append(inline)
    return tuple(out)
