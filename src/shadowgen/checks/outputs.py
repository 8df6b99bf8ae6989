"""Rules over a finished file: it holds the notes of the document, all of them, in order, word for word."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

from shadowgen import rules
from shadowgen.diagnostics import Diagnostic, Origin
from shadowgen.locales import direction_of
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
    """Look for the words of each note on the pages of a PDF: in order, or in any order where they run from right to left."""
    pages = pdf_pages(data)
    whole, at = "".join(map(squeeze, pages)), 0
    texts = note_texts(submission)
    mirrored = direction_of(submission.meta.language) == "rtl"
    scattered = _pieces(" ".join(pages), " ".join(texts))
    lost = []
    for number, words in enumerate(texts, 1):
        if mirrored or _RIGHT_TO_LEFT.search(words):
            own = _pieces(words, words)
            found = at if own <= scattered else -1
            scattered -= own
        else:
            found = _find(whole, words, at)
        if found < 0:
            lost.append(number)
        else:
            at = found
    return [rules.READ_BACK.at(Origin(f"{submission.meta.slug}.pdf"), f"note {number} is not in the file") for number in lost]


_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdfd\ufe70-\ufefc]")


def _pieces(text: str, alphabet: str) -> Counter[str]:
    """Count the runs of letters and of figures in a text, however they are ordered.

    A PDF holds text from right to left as it is drawn; PDFium gives the words of a line in one order or the other, puts blanks beside the
    marks of vowels, and has no name for some joined marks. So marks and letters outside the `alphabet` divide.
    """
    letters = set(unicodedata.normalize("NFKC", alphabet))
    plain = (char if char in letters and char.isalnum() else " " for char in unicodedata.normalize("NFKC", text))
    return Counter(re.findall(r"\d+|[^\W\d_]+", "".join(plain)))


def squeeze(text: str) -> str:
    """Return text without blanks and hyphens, which differ where lines break."""
    plain = unicodedata.normalize("NFKC", text)
    return re.sub(r"[\s\x00-\x1f\u00ad\u2010\u2011\ufffe-]+", "", plain)  # PDFium gives U+0002 for a hyphen at the end of a line


def _find(whole: str, words: str, start: int) -> int:
    """Return where a note begins, or -1; one that runs over pages is searched piece by piece, for a page may end within a word."""
    wanted = squeeze(words)
    found = whole.find(wanted, start)
    if found >= 0:
        return found
    first, at = -1, start
    while wanted:
        length = _longest(whole, wanted, at, at + _REACH + len(wanted))
        if length < min(_PIECE, len(wanted)):
            return -1
        at = whole.find(wanted[:length], at) + length
        first = at - length if first < 0 else first
        wanted = wanted[length:]
    return first


_PIECE = 8  # letters: less than any line of a note but its last
_REACH = 40_000  # letters of text between two pieces of one note: several pages


def _longest(whole: str, wanted: str, start: int, end: int) -> int:
    """Return how many letters of the beginning of `wanted` stand together between two places."""
    low, high = 0, len(wanted)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if whole.find(wanted[:middle], start, end) >= 0 else (low, middle - 1)
    return low
