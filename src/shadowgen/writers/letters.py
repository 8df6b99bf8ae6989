"""Letters that no installed font has: an empty box would be drawn for each. WeasyPrint tells of it only while it draws, matplotlib is asked before.

In: what WeasyPrint logged while it drew, and the document. Out: a diagnostic for each letter, with its code point and where it stands first.
"""

from __future__ import annotations

import logging
import unicodedata
from collections.abc import Iterable, Iterator, Mapping

from shadowgen import rules
from shadowgen.charts import undrawable
from shadowgen.diagnostics import Diagnostic, Origin
from shadowgen.locales import Locale
from shadowgen.looks import Look
from shadowgen.nodes import Box, Cover, Figure, Heading, Paragraph, Reference, Submission, Table, Text, plain_text, walk

TOLD = 10
"""A text in a script without a font lacks hundreds of letters; more than a few of them say nothing new."""

_MESSAGE = ".notdef glyph rendered"
_AROUND = 20
_HINT = "install a font that has it (the Noto fonts have most scripts), or write it otherwise; --format docx builds the Word file alone"


def is_missing_letter(record: logging.LogRecord) -> bool:
    """True if WeasyPrint tells with `record` of a letter that it could not draw."""
    return str(record.msg).startswith(_MESSAGE)


def missing_letters(records: Iterable[logging.LogRecord], submission: Submission, file: str) -> list[Diagnostic]:
    """Return a diagnostic for each letter that could not be drawn, at most `TOLD`, and one for the others."""
    letters = list(dict.fromkeys(record.args[0] for record in records if is_missing_letter(record)))  # type: ignore[index]
    return _told({letter: _place(letter, submission) for letter in letters}, file)


def missing_in_charts(submission: Submission, locale: Locale, look: Look) -> list[Diagnostic]:
    """Return a diagnostic for each letter of a chart that could not be drawn: a picture tells nobody of it."""
    places: dict[str, str] = {}
    for node in walk(submission.blocks):
        if isinstance(node, Figure) and node.chart:
            for letter in undrawable(node.chart, locale, look):
                places.setdefault(letter, f"in the chart of figure {node.number}")
    return _told(places, submission.meta.slug)


def _told(places: Mapping[str, str], file: str) -> list[Diagnostic]:
    """Return the diagnostics for letters, each with its place."""
    letters = list(places)
    problems = [
        rules.LAYOUT_WARNING.at(Origin(file), f"no font has {_named(letter)}: {places[letter]}", _HINT) for letter in letters[:TOLD]
    ]
    if len(letters) > TOLD:
        problems.append(rules.LAYOUT_WARNING.at(Origin(file), f"no font has {len(letters) - TOLD} other letters either", _HINT))
    return problems


def _named(letter: str) -> str:
    name = unicodedata.name(letter, "")
    return f"'{letter}' (U+{ord(letter):04X}{' ' + name if name else ''})"


def _place(letter: str, submission: Submission) -> str:
    """Return where a letter stands first, with some words around it; what no text holds, the look prints."""
    for place, text in _texts(submission):
        at = text.find(letter)
        if at >= 0:
            first, last = text.rfind(" ", 0, max(at - _AROUND, 0)) + 1, text.find(" ", at + _AROUND)
            return f"{place}, “{' '.join(text[first : last if last > 0 else len(text)].split())}”"
    return "in the running title, or in what the look prints"


def _texts(submission: Submission) -> Iterator[tuple[str, str]]:
    """Yield the words of a document, each with the last thing before it that a reader can find."""
    place = "at the beginning"
    for node in walk(submission.blocks):
        match node:
            case Text(text) | Reference(text=text):
                yield place, text
            case Heading():
                place = f"below the heading “{' '.join(plain_text(node.content).split())}”"
            case Paragraph(number=int(number)) if number:
                place = f"paragraph {number}"
            case Table():
                place = f"table {node.number}"
            case Figure():
                place = f"figure {node.number}"
            case Box():
                place = f"case {node.number}"
            case Cover():
                place = "on the cover"
    for note in submission.notes:
        yield f"note {note.number}", plain_text(note.content)
