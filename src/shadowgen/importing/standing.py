"""Find what a report answers among the commitments that stand in the library, so that its findings are linked to them.

A recommendation, pledge or question is the same if its words are nearly the same; an article of a constitution, if its number is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from shadowgen.importing.outline import Asked
from shadowgen.library import Library
from shadowgen.likeness import most_alike
from shadowgen.records import CommitmentDocument

ALIKE = 88.0
SHORTEST = 40
Standing = dict[Asked, tuple[str, str]]


def standing(asked: list[Asked], library: Library, symbol: str = "") -> Standing:
    """Return the document and the paragraph of each commitment that the library has; `symbol` names the document that is answered."""
    documents = [one for one in library.commitments.values() if not symbol or one.symbol == symbol] or list(library.commitments.values())
    known = {f"{document}/{paragraph}/{form}": words for document, paragraph, form, words in _wordings(documents)}
    articles = {
        paragraph.number: (one.id, paragraph.id)
        for one in library.commitments.values()
        if one.kind == "constitution"
        for paragraph in one.paragraphs
    }
    found: Standing = {}
    for one in asked:
        if one.kind == "constitution":
            found |= {one: articles[one.number]} if one.number in articles else {}
        elif len(bare := _bare(one.words)) >= SHORTEST and (best := most_alike(bare, known, ALIKE)):
            document, paragraph, _ = best[0].split("/")
            found[one] = (document, paragraph)
    return found


def _wordings(documents: list[CommitmentDocument]) -> Iterator[tuple[str, str, int, str]]:
    """Yield every wording of every paragraph: the official text and the summary, in each language."""
    for document in documents:
        for paragraph in document.paragraphs:
            for form, words in enumerate([*_texts(paragraph.text), *_texts(paragraph.summary)]):
                yield document.id, paragraph.id, form, _bare(words)


def _texts(words: object) -> list[str]:
    """Return the texts of words in all languages, or none."""
    if words is None:
        return []
    return [str(text) for text in words.values()] if isinstance(words, Mapping) else [str(words)]


def _bare(words: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", words.lower()))
