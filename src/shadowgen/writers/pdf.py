"""Submission -> PDF bytes. The only door to weasyprint, with `pagenotes`.

Lays out the HTML of `shadowgen.writers.html`, cures WeasyPrint's loss of notes, and refuses a layout that lacks one.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from shadowgen import rules
from shadowgen.diagnostics import Diagnostic, Origin
from shadowgen.locales import Locale
from shadowgen.looks import Look
from shadowgen.nodes import Submission
from shadowgen.writers.html import write_html


@dataclass(frozen=True, slots=True)
class Pdf:
    """A finished PDF: its bytes, number of pages, and the page of each anchor, for the contents of the Word file."""

    data: bytes
    pages: int
    anchor_pages: dict[str, int]


def write_pdf(submission: Submission, locale: Locale, look: Look) -> tuple[Pdf | None, list[Diagnostic]]:
    """Return the PDF, or None and the reasons: a lost note, a letter that no font has, or a warning of the layout engine."""
    from weasyprint import HTML
    from weasyprint.urls import FatalURLFetchingError

    from shadowgen.writers.letters import is_missing_letter, missing_letters
    from shadowgen.writers.pagenotes import cured, lost_notes

    page = write_html(submission, locale, look, notes="page")
    place = Origin(f"{submission.meta.slug}.pdf")
    with _listening() as said, cured():
        try:
            document = HTML(string=page, url_fetcher=_fetcher()).render()
        except FatalURLFetchingError as error:
            return None, [rules.LAYOUT_WARNING.at(place, str(error))]
        problems = [rules.LAYOUT_WARNING.at(place, message) for message in dict.fromkeys(record.getMessage() for record in said)]
        for lost in lost_notes(document):
            problems.append(rules.LOST_NOTE.at(place, f"note {lost.note.removeprefix('n')} on page {lost.page}: {lost.reason}"))
        if problems:
            return None, problems
        anchors = {name: number for number, one in enumerate(document.pages, 1) for name in one.anchors}
        document.metadata.title = submission.meta.title
        data = document.write_pdf()
    others = dict.fromkeys(record.getMessage() for record in said if not is_missing_letter(record))
    problems = [rules.LAYOUT_WARNING.at(place, message) for message in others] + missing_letters(said, submission, place.file)
    return (None, problems) if problems else (Pdf(data, len(document.pages), anchors), [])


def _fetcher() -> Any:
    """Return a fetcher that gives the pictures inside the page, and stops the layout at any other address."""
    from weasyprint.urls import FatalURLFetchingError, URLFetcher

    class Inside(URLFetcher):
        def fetch(self, url: str, headers: Any = None) -> Any:
            if not url.startswith("data:"):
                raise FatalURLFetchingError("the document asks for something outside itself")
            return super().fetch(url, headers)

    return Inside(allowed_protocols=("data",), allow_redirects=False, fail_on_errors=True)


@contextmanager
def _listening() -> Iterator[list[logging.LogRecord]]:
    """Collect what WeasyPrint warns of, and keep it from the terminal."""
    said: list[logging.LogRecord] = []
    handler = logging.Handler(logging.WARNING)
    handler.emit = said.append  # type: ignore[method-assign]
    logger = logging.getLogger("weasyprint")
    before, logger.propagate = logger.propagate, False
    logger.addHandler(handler)
    try:
        yield said
    finally:
        logger.removeHandler(handler)
        logger.propagate = before
