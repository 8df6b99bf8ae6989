"""How long a document is, as bodies count it."""

from __future__ import annotations

from typing import Any

from shadowgen.nodes import Blocks, Box, Cell, Cover, Heading, Item, Paragraph, Reference, Submission, Table, Text, plain_text, walk


def words_in(submission: Submission) -> tuple[int, int]:
    """Return the words of the text and of the notes: runs of non-blank characters with a letter or digit in them."""
    text = [_words(block) for block in submission.blocks if not isinstance(block, Cover)]
    return sum(text), sum(_words(note.content) for note in submission.notes)


def _words(value: Any) -> int:
    return sum(any(char.isalnum() for char in word) for word in plain_text(_spaced(value)).split())


def _spaced(value: Any) -> Blocks:
    """Return the texts of a tree with a blank between blocks, so that no two words run together."""
    parts: list[Any] = []
    for node in walk(value):
        if isinstance(node, Paragraph | Heading | Cell | Table | Box | Item):
            parts.append(Text(" "))
        if isinstance(node, Text | Reference):
            parts.append(Text(node.text))
    return tuple(parts)
