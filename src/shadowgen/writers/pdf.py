"""Submission -> PDF bytes. The only door to weasyprint, with its neighbours named in ARCHITECTURE.md.

Lays out the HTML of `shadowgen.writers.html`, cures WeasyPrint's loss of notes, and refuses a layout that lacks one.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, TypeVar

from shadowgen import rules
from shadowgen.diagnostics import Diagnostic, Origin
from shadowgen.locales import Locale
from shadowgen.looks import Look
from shadowgen.nodes import Submission
from shadowgen.writers.html import write_html
from shadowgen.writers.xmp import accessible_xmp

VARIANT = "pdf/a-2a"
"""What WeasyPrint is asked for; `_finish` adds the claim to PDF/UA-1, because it writes one claim to a file."""

Painted = TypeVar("Painted")


@dataclass(frozen=True, slots=True)
class Pdf:
    """A finished PDF: its bytes, number of pages, and the page of each anchor, for the contents of the Word file."""

    data: bytes
    pages: int
    anchor_pages: dict[str, int]


def write_pdf(submission: Submission, locale: Locale, look: Look) -> tuple[Pdf | None, list[Diagnostic]]:
    """Return the PDF, or None and the reasons: a lost note, a letter that no font has, or a warning of the layout engine."""
    page = write_html(submission, locale, look, notes="page")
    return lay_out(page, submission, "pdf", lambda document: _paint(document, submission.meta.title), variant=VARIANT)


def _paint(document: Any, title: str) -> Pdf:
    anchors = {name: number for number, one in enumerate(document.pages, 1) for name in one.anchors}
    return Pdf(accessible(document, title), len(document.pages), anchors)


def accessible(document: Any, title: str) -> bytes:
    """Paint a layout with its tags; it must have been made for `VARIANT`."""
    from shadowgen.writers.pdftags import end_words, link_notes, tagged
    from shadowgen.writers.tagtree import tag_tree

    document.metadata.title = title
    tree = tag_tree(document)
    link_notes(document, tree)
    end_words(tree)
    with tagged(tree):
        return document.write_pdf(pdf_variant=VARIANT, finisher=_finish)


def _finish(document: Any, pdf: Any) -> None:
    """Say in the file that it is both PDF/A-2a and PDF/UA-1."""
    for picture in pdf.objects:
        if getattr(picture, "extra", {}).get("Interpolate") == "true":
            picture.extra["Interpolate"] = "false"  # ISO 19005-2, 6.2.8
    metadata = pdf.objects[int(pdf.catalog["Metadata"].split()[0])]
    metadata.stream = [accessible_xmp(document.metadata.title, document.metadata.lang, pdf.info["Producer"].string)]


def lay_out(
    page: str, submission: Submission, ending: str, paint: Callable[[Any], Painted], variant: str | None = None
) -> tuple[Painted | None, list[Diagnostic]]:
    """Lay a page out and return what `paint` makes of it; None and the reasons where the layout lacks a note or the engine warns.

    `ending` is that of the file which is made, such as "print.pdf".
    """
    from weasyprint import HTML
    from weasyprint.urls import FatalURLFetchingError

    from shadowgen.writers.letters import is_missing_letter, missing_letters
    from shadowgen.writers.pagenotes import cured, lost_notes

    place = Origin(f"{submission.meta.slug}.{ending}")
    with _listening() as said, cured():
        try:
            document = HTML(string=page, url_fetcher=_fetcher()).render(pdf_variant=variant)
        except FatalURLFetchingError as error:
            return None, [rules.LAYOUT_WARNING.at(place, str(error))]
        problems = [rules.LAYOUT_WARNING.at(place, message) for message in dict.fromkeys(record.getMessage() for record in said)]
        for lost in lost_notes(document):
            problems.append(rules.LOST_NOTE.at(place, f"note {lost.note.removeprefix('n')} on page {lost.page}: {lost.reason}"))
        if problems:
            return None, problems
        painted = paint(document)
    others = dict.fromkeys(record.getMessage() for record in said if not is_missing_letter(record))
    problems = [rules.LAYOUT_WARNING.at(place, message) for message in others] + missing_letters(said, submission, place.file)
    return (None, problems) if problems else (painted, [])


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
