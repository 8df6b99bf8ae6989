"""How long a document is, as bodies count it."""

from __future__ import annotations

import re
from typing import Any

from shadowgen.nodes import Box, Cell, Heading, Item, Paragraph, Reference, Table, Text, walk


def count_words(value: Any) -> int:
    """Return the words of a part of a tree: runs of non-blank characters with a letter or digit in them.

    Each Chinese character counts as one word, as in Word.
    """
    words = _IDEOGRAPH.sub(" 字 ", _spaced(value)).split()
    return sum(word[0].isalnum() or any(map(str.isalnum, word)) for word in words)


_IDEOGRAPH = re.compile("[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_BLOCKS = frozenset({Paragraph, Heading, Cell, Table, Box, Item})


def _spaced(value: Any) -> str:
    """Return the words of a tree with a blank between blocks, so that no two words run together."""
    parts: list[str] = []
    for node in walk(value):
        kind = type(node)
        if kind in _BLOCKS:
            parts.append(" ")
        elif kind is Text or kind is Reference:
            parts.append(node.text)
    return "".join(parts)
