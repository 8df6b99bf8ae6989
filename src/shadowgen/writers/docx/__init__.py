"""Submission -> .docx bytes. See NOTES.md for what is written and why."""

from __future__ import annotations

from collections.abc import Mapping

from shadowgen.locales import Locale
from shadowgen.looks import Look
from shadowgen.nodes import Submission


def write_docx(submission: Submission, locale: Locale, look: Look, pages: Mapping[str, int] | None = None) -> bytes:
    """Return the Word file; `pages` gives the page of each anchor where a PDF of the same document has been laid out."""
    from shadowgen.writers.docx.document import DocumentWriter
    from shadowgen.writers.docx.measures import estimated_pages
    from shadowgen.writers.docx.package import Parts, pack
    from shadowgen.writers.docx.restyle import restyled
    from shadowgen.writers.docx.styles import settings_xml, styles_xml
    from shadowgen.writers.docx.theme import font_table_xml, theme_xml

    writer = DocumentWriter(submission, locale, look, pages if pages is not None else estimated_pages(submission))
    document, footnotes = writer.document(), writer.footnotes()
    styles = styles_xml(look, locale)
    parts = Parts(
        document=document,
        styles=restyled(styles, look.template.styles) if look.template else styles,
        numbering=writer.numbering.xml(),
        footnotes=footnotes,
        settings=settings_xml(look, submission.meta.language),
        furniture=writer.sections.furniture(),
        theme=theme_xml(look),
        font_table=font_table_xml(look),
        document_links=writer.links,
        footnote_links=writer.note_links,
        pictures=writer.pictures.data,
        title=submission.meta.title,
        language=submission.meta.language,
    )
    return pack(parts)
