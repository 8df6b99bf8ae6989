"""Rules over a finished file: it holds the notes of the document, all of them, in order, word for word."""

from __future__ import annotations

import re
import unicodedata

from shadowgen import rules
from shadowgen.diagnostics import Diagnostic, Origin
from shadowgen.nodes import Submission, plain_text
from shadowgen.readers.built import docx_notes, html_notes, pdf_pages


def note_texts(submission: Submission) -> list[str]:
    """Return the words of each note of a document."""
    return [" ".join(plain_text(note.content).split()) for note in submission.notes]


def check_docx(data: bytes, submission: Submission) -> list[Diagnostic]:
    """Compare the footnotes of a Word file with the document's."""
    return _compare(docx_notes(data), note_texts(submission), f"{submission.meta.slug}.docx")


def check_html(data: bytes, submission: Submission) -> list[Diagnostic]:
    """Compare the notes of an HTML page with the document's."""
    return _compare(html_notes(data), note_texts(submission), f"{submission.meta.slug}.html")


def _compare(found: list[str], wanted: list[str], file: str) -> list[Diagnostic]:
    problems = []
    if len(found) != len(wanted):
        problems.append(rules.READ_BACK.at(Origin(file), f"{len(found)} notes where the document has {len(wanted)}"))
    for number, (one, other) in enumerate(zip(found, wanted, strict=False), 1):
        if one != other:
            problems.append(rules.READ_BACK.at(Origin(file), f"note {number} has other words"))
    return problems


def check_pdf(data: bytes, submission: Submission) -> list[Diagnostic]:
    """Look for the words of each note, in order, on the pages of a PDF."""
    pages = [squeeze(page) for page in pdf_pages(data)]
    whole, at = "".join(pages), 0
    problems = []
    for number, words in enumerate(note_texts(submission), 1):
        found = _find(whole, words, at)
        if found < 0:
            problems.append(rules.READ_BACK.at(Origin(f"{submission.meta.slug}.pdf"), f"note {number} is not in the file"))
        else:
            at = found
    return problems


def squeeze(text: str) -> str:
    """Return text without blanks and hyphens, which differ where lines break."""
    plain = unicodedata.normalize("NFKC", text)
    return re.sub(r"[\s\x00-\x1f\u00ad\u2010\u2011\ufffe-]+", "", plain)  # PDFium gives U+0002 for a hyphen at the end of a line


def _find(whole: str, words: str, start: int) -> int:
    """Return where a note begins; one that runs over pages is searched word after word."""
    wanted = squeeze(words)
    found = whole.find(wanted, start)
    if found >= 0:
        return found
    at = first = -1
    for word in (squeeze(word) for word in words.split()):
        at = whole.find(word, max(at, start)) if word else at
        if at < 0 or (first >= 0 and at - first > 40_000 + len(wanted)):
            return -1
        first = at if first < 0 else first
        at += len(word)
    return first
