"""Quotations of the recommendation or pledge that a section answers: to the letter, or told."""

from __future__ import annotations

import re
from collections.abc import Iterator

from shadowgen import rules
from shadowgen.checks.passages import MARK, Passage, place_of
from shadowgen.diagnostics import Diagnostic
from shadowgen.library import Library
from shadowgen.likeness import nearest_part
from shadowgen.records import Section, in_language

_WORDS, _ALIKE = 5, 85  # shorter quotations are names; what is less alike is a quotation of something else
_LEFT_OUT = re.compile(rf"\s*(?:\.\s?\.\s?\.|…|\[[^\]]*\]|{MARK})\s*")


def check_quotes(library: Library, passages: list[Passage]) -> Iterator[Diagnostic]:
    """Compare every quotation of a section with the texts that it answers."""
    for one in passages:
        texts = _answered(one.section, library, one.language)
        for start, end in (one.quoted() if one.kind != "quote" else [(0, len(one.text))]) if texts else ():
            for piece in _LEFT_OUT.split(one.text[start:end].strip('“”«»"‘’ ')):
                yield from _compared(library, one, (start, end), piece, texts)


def _answered(section: Section | None, library: Library, language: str) -> list[str]:
    found = []
    for response in section.responds_to if section else ():
        document = library.commitments.get(response.document)
        found += (
            [in_language(one.text, language) for one in document.paragraphs if one.id == response.paragraph and one.text]
            if document
            else []
        )
    return [text for text in found if text]


def _compared(library: Library, one: Passage, span: tuple[int, int], piece: str, texts: list[str]) -> Iterator[Diagnostic]:
    words = _plain(piece)
    if len(words.split()) < _WORDS or any(words in _plain(text) for text in texts):
        return
    score, part = max(nearest_part(words, _plain(text)) for text in texts)
    if score >= _ALIKE:
        origin, _ = place_of(library, one, *span)
        yield rules.MISQUOTED_COMMITMENT.at(origin, f"'{_short(piece)}' is quoted, the text has '{_short(part)}'", "copy it again")


def _plain(text: str) -> str:
    """Return words as they are compared: in small letters, with blanks for signs."""
    return " ".join(re.findall(r"\w+", text.casefold()))


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 90 else f"{text[:89]}…"
