"""The digest of a paragraph is that of its words: it stays when the paragraph moves to another line, and changes with a word."""

from __future__ import annotations

from shadowgen.markdown import Passage, parse_prose
from shadowgen.numbering import digest


def digest_of(text: str, line: int) -> str:
    blocks, problems = parse_prose(Passage(text, "a.yaml", line))
    assert problems == []
    return digest(blocks[0].content)


def test_digest_does_not_change_with_the_line() -> None:
    text = "Words [@key, p. 3] and [#other] {{name}}^[note]."
    assert digest_of(text, 3) == digest_of(text, 40)


def test_digest_changes_with_a_word_a_key_or_a_locator() -> None:
    texts = ["Words [@key, p. 3].", "Word [@key, p. 3].", "Words [@keys, p. 3].", "Words [@key, p. 4]."]
    assert len({digest_of(text, 3) for text in texts}) == 4
