"""Submission -> a draft for the coalition itself: the pages of the PDF over a watermark, with line numbers and the source of each paragraph.

Every page of the layout gets a sheet beneath it, laid out by itself, so that nothing in the margins moves a word of the text. The sheets are painted
first, and are artifacts for a screen reader. Where a paragraph comes from is told by ordinal, in words that the caller chose.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape
from typing import Any

from shadowgen.diagnostics import Diagnostic
from shadowgen.locales import Locale
from shadowgen.looks import Look
from shadowgen.nodes import Submission
from shadowgen.writers.html import write_html
from shadowgen.writers.pdf import VARIANT, accessible, lay_out

CSS = """
@page { size: var(--paper); margin: 0 }
@page across { size: var(--paper-wide) }
.across { page: across }
body { margin: 0; font: 6pt/1.1 var(--font-heading); color: #666 }
section { position: relative; height: 100vh; overflow: hidden }
section + section { break-before: page }
section > * { position: absolute; margin: 0 }
b { top: 38%; left: 0; width: 100%; text-align: center; font-size: 88pt; color: #ddd; transform: rotate(-50deg) }
i { left: 0; width: calc(var(--margin-left) - 3mm); text-align: right; font-style: normal }
p { right: 1mm; width: calc(var(--margin-right) - 3mm); font-size: 5pt; overflow-wrap: anywhere }
"""

SAME_LINE = 4.0
"""In CSS pixels: lines nearer than this stand side by side, in the cells of a row, and are counted once."""


def write_draft_pdf(submission: Submission, locale: Locale, look: Look, labels: Mapping[int, str]) -> tuple[bytes | None, list[Diagnostic]]:
    """Return the draft, or None and the reasons; `labels` say for each ordinal of a paragraph where it comes from."""
    page = write_html(submission, locale, look, notes="page")

    def paint(document: Any) -> bytes:
        word = locale.word("draft")
        sheets = [f"<section{' class=across' * (one.width > one.height)}>{_sheet(one, labels, word)}</section>" for one in document.pages]
        beneath = _render(look, sheets, submission.meta.language)
        for above, below in zip(document.pages, beneath.pages, strict=True):
            _put_beneath(above, below)
        return accessible(document, submission.meta.title)

    return lay_out(page, submission, "draft.pdf", paint, variant=VARIANT)


def _render(look: Look, sheets: list[str], language: str) -> Any:
    from weasyprint import HTML

    head = f'<html lang="{language}"><style>{look.custom_properties()}{CSS}</style><body>'
    return HTML(string=head + "".join(sheets)).render(pdf_variant=VARIANT)


def _put_beneath(above: Any, below: Any) -> None:
    """Let one page paint another before itself."""
    paint = above.paint

    def both(stream: Any, scale: float = 1) -> None:
        below.paint(stream, scale)
        paint(stream, scale)

    above.paint = both


def _sheet(page: Any, labels: Mapping[int, str], word: str) -> str:
    """Return what stands beneath a page: the watermark, a number at each line, the source at each paragraph."""
    rows = [f"<b>{escape(word)}</b>"]
    above = float("-inf")
    for top in sorted(_lines(page)):
        if top - above > SAME_LINE:
            above = top
            rows.append(f'<i style="top: {top:.1f}px">{len(rows)}</i>')
    rows += [f'<p style="top: {top:.1f}px">{escape(words)}</p>' for top, words in _sources(page, labels)]
    return "".join(rows)


def _text(page: Any) -> Iterator[Any]:
    """Yield the boxes of a page's text: not those of its notes and margins."""
    yield from page._page_box.children[0].descendants()


def _lines(page: Any) -> Iterator[float]:
    """Yield how far down each line of the text stands, as its letters do."""
    from weasyprint.formatting_structure.boxes import LineBox

    for box in _text(page):
        if isinstance(box, LineBox) and any(True for _ in box.children):
            yield float(box.position_y + max(0, box.height - 8) / 2)


def _sources(page: Any, labels: Mapping[int, str]) -> Iterator[tuple[float, str]]:
    """Yield where each paragraph begins on a page, and where it comes from."""
    seen = set()
    for box in _text(page):
        ordinal = box.element.get("data-ordinal") if box.element is not None and box.element_tag == "p" else None
        if ordinal and ordinal not in seen and int(ordinal) in labels:
            seen.add(ordinal)
            yield float(box.position_y + 4), labels[int(ordinal)]
