"""The title page or letterhead: logos, then the lines of the cover, some of them on a band of the accent colour."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shadowgen.nodes import Cover
from shadowgen.writers.docx.xml import paragraph, run, text_run
from shadowgen.writers.sizes import BAND, logo_sizes

if TYPE_CHECKING:
    from shadowgen.writers.docx.document import DocumentWriter

_STYLES = {
    "marking": "Marking", "session": "CoverSession", "title": "Title", "subtitle": "Subtitle", "label": "CoverLabel", "name": "CoverName", "date": "Date",
}  # fmt: skip

# twentieths of a point before a line: on a title page, on a title page with a band, on a letterhead
_BEFORE = {"plain": {"title": 2550, "label": 2000}, "band": {"label": 900}, "masthead": {"date": 60, "label": 60}}
_BAND_TOP, _MASTHEAD_BAND_TOP = 1700, 120


def draw_cover(writer: DocumentWriter, block: Cover) -> str:
    """Return the paragraphs of a cover."""
    own_page, band = block.style == "page", writer.look.shapes["cover"] == "band"
    before = _BEFORE["masthead" if not own_page else "band" if band else "plain"]
    top = next((role for role, _ in block.lines if role in BAND), "") if band else ""
    rows = [_logos(writer, block)]
    for place, (role, words) in enumerate(block.lines):
        last = place == len(block.lines) - 1 and not own_page
        rule = _rule(writer.look.colours["accent"]) if last else ""
        space = (_BAND_TOP if own_page else _MASTHEAD_BAND_TOP) if role == top else before.get(role)
        after = ' w:after="400"' if last else ""
        spacing = (
            f"<w:spacing{'' if space is None else f' w:before={chr(34)}{space}{chr(34)}'}{after}/>" if last or space is not None else ""
        )
        rows.append(paragraph(writer.inlines(words), _STYLES[role], rule + spacing))
    return "".join(rows)


def _rule(colour: str) -> str:
    return f'<w:pBdr><w:bottom w:val="single" w:sz="12" w:space="8" w:color="{colour}"/></w:pBdr>'


def _logos(writer: DocumentWriter, block: Cover) -> str:
    drawn = [
        run(writer.pictures.drawing(logo.data, logo.alt, size)) for logo, size in zip(block.logos, logo_sizes(block), strict=True)
    ]  # fmt: skip
    return paragraph(text_run("\u2003\u2003").join(drawn), "CoverLogos") if drawn else ""
