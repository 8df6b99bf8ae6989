"""What an audience may not read taken out of prose, and with it every block that has no words left.

Enters: nodes as they were parsed. Leaves: the same without confidential words; a paragraph, item, row, quotation or box of nothing else goes
with them, so that no empty number tells that something stood there.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from shadowgen.diagnostics import Origin
from shadowgen.markdown import words_of
from shadowgen.nodes import Block, Blocks, Box, Cell, Confidential, Figure, Heading, Item, List, Paragraph, Quote, Table, Text, Trace, walk
from shadowgen.records import Prose, Section, may_read


def redacted(section: Section, audience: str) -> Section:
    """Return a section with the prose that an audience may read, each paragraph with its place in the file."""
    return replace(section, prose={language: _redact_prose(section.id, prose, audience) for language, prose in section.prose.items()})


def _redact_prose(id: str, prose: Prose, audience: str) -> Prose:
    prose = replace(prose, body=traced(prose.body, id, prose.language), asks=prose.asks if any(prose.asks) else ())
    if all(level_of(node) is None for node in walk(prose.words())):
        return prose
    title = drop_confidential(prose.title, audience)
    asks = tuple(drop_confidential(ask, audience) for ask in prose.asks)
    return replace(
        prose,
        title=title,
        title_text=words_of(title),
        body=drop_confidential(prose.body, audience),
        asks_lead=drop_confidential(prose.asks_lead, audience),
        asks=asks if any(asks) else (),
    )


def traced(blocks: Blocks, section: str, language: str) -> Blocks:
    """Return the body of a section with each paragraph's place in it, which is that in the file whatever is dropped."""
    count = 0

    def mark(block: Block) -> Block:
        nonlocal count
        match block:
            case Paragraph():
                count += 1
                return replace(block, trace=Trace(section, language, "body", count))
            case List():
                return replace(block, items=tuple(Item(tuple(map(mark, item.blocks))) for item in block.items))
            case Quote() | Box():
                return replace(block, blocks=tuple(map(mark, block.blocks)))
        return block

    return tuple(map(mark, blocks))


def drop_confidential(value: Any, audience: str) -> Any:
    """Return nodes without the confidential spans that `audience` may not read; the others lose their mark."""
    if isinstance(value, tuple):
        return _drop_among(value, audience)
    if hasattr(value, "__dataclass_fields__") and not isinstance(value, Origin):
        changes = {
            name: drop_confidential(child, audience)
            for name in value.__dataclass_fields__
            if isinstance(child := getattr(value, name), tuple) or hasattr(child, "__dataclass_fields__")
        }
        kept = replace(value, **changes) if changes else value
        return _without_empty_columns(value, kept) if isinstance(value, Table) else kept
    return value


def _drop_among(values: tuple[Any, ...], audience: str) -> tuple[Any, ...]:
    out: list[Any] = []
    gap = dropped = False
    for element in values:
        level = level_of(element)
        hidden = level is not None and not may_read(audience, level)
        kept = () if hidden else drop_confidential(element, audience)
        if hidden or (getattr(element, "children", ()) and not kept.children):
            gap = dropped = True  # a note, link or emphasis goes with the last of its words
        elif not _is_emptied(element, kept):
            if gap:
                _close_gap(out, element)
                gap = False
            out += kept.children if isinstance(element, Confidential) else _items(element, kept) if isinstance(kept, Item) else (kept,)
    if dropped and not any(re.search(r"\w", one.text) if isinstance(one, Text) else True for one in out):
        return ()  # a full stop goes with the last of its sentence
    return tuple(out)


def level_of(node: Any) -> str | None:
    """Return for whom alone a node is: a confidential span, the figure of a confidential chart; None for whoever reads the section."""
    if isinstance(node, Figure) and node.chart:
        return node.chart.audience or None
    return node.audience if isinstance(node, Confidential) else None


def _is_emptied(before: Any, after: Any) -> bool:
    """True if a block, or a row of a table, has lost all that it held."""
    match before:
        case Paragraph() | Heading():
            return bool(before.content) and not after.content
        case Item() | Quote() | Box():
            return bool(before.blocks) and not after.blocks
        case List():
            return bool(before.items) and not after.items
        case Table():
            return bool(before.rows) and not after.rows
        case (Cell(), *_):
            return any(cell.content for cell in before) and not any(cell.content for cell in after)
    return False


def _items(before: Item, after: Item) -> tuple[Item, ...]:
    """Return an item; where its own words are gone, the items of the list inside it take its place."""
    if not (after.blocks and isinstance(inside := after.blocks[0], List)) or isinstance(before.blocks[0], List):
        return (after,)
    *items, last = inside.items
    return (*items, Item((*last.blocks, *after.blocks[1:])))


def _without_empty_columns(before: Table, after: Table) -> Table:
    """Return a table without the columns that lost their head and every cell."""
    kept = [
        place
        for place, cell in enumerate(after.head)
        if cell.content or not before.head[place].content or any(row[place].content for row in after.rows)
    ]
    return replace(
        after, head=tuple(after.head[place] for place in kept), rows=tuple(tuple(row[place] for place in kept) for row in after.rows)
    )


def _close_gap(out: list[Any], following: Any) -> None:
    """Take away the blank before dropped words where what follows them brings its own, or is punctuation."""
    if out and isinstance(out[-1], Text) and isinstance(following, Text) and re.match(r"[\s.,;:!?)]", following.text):
        out[-1] = Text(out[-1].text.rstrip())
