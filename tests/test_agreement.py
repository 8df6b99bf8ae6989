"""Word file, PDF, HTML and Markdown of one submission hold the same words, numbers and notes: read back by programs that are not ours."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from pathlib import Path
from typing import Any

import pytest
from conftest import need, office_stem
from expected import BULLET, LEADER, Line, lines, note_lines, numbered_by_chapter, plain, remarked
from finished import Finished
from pagewalk import Stream, Walk, body_of, letters_of, notes_at_foot
from readers import HtmlReader, pandoc_notes, poppler_pages, pypdf_pages, word_notes, word_paragraphs

from shadowgen.nodes import Cover, NoteNumber, Submission, Table, plain_text, walk

pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def _start_converting(converting: Future[Path]) -> None:
    """LibreOffice works while the other tests run."""


def expected(finished: Finished) -> list[Line]:
    return lines(finished.submission, finished.locale)


# ---------------------------------------------------------------- Word


def test_word_file_has_the_notes(finished: Finished) -> None:
    """The references in the text are 1, 2, 3 ... and lead to the words of the notes (lxml)."""
    wanted = [(note.shown, text) for note, text in zip(finished.submission.notes, note_lines(finished.submission), strict=True)]
    assert word_notes(finished.files["docx"]) == wanted


def test_word_file_has_the_text(finished: Finished) -> None:
    """Paragraph for paragraph the same words, with the calls of notes where they belong; entries of the contents carry a page number (lxml)."""
    said = {"attribution": "— "}
    wanted = []
    for line in expected(finished):
        label = f"{line.mark} " if line.mark and (line.kind == "entry" or not counted(finished, line)) else ""
        wanted.append(label + said.get(line.kind, "") + line.words(calls=True))
    found = [re.sub(r" \d+$", "", one.text) if one.style.startswith("TOC") else one.text for one in word_paragraphs(finished.files["docx"])]
    assert found == wanted


def counted(finished: Finished, line: Line) -> bool:
    """False for the parts of an Arabic document: Word cannot count as Arabic counts them, so their labels are words of the heading."""
    return not (finished.language == "ar" and line.kind.startswith("heading"))


def test_word_file_counts_as_the_document_does(finished: Finished) -> None:
    """Word's own numbering gives each paragraph, part and list item the number or letter that the document gives it (lxml)."""
    wanted = [
        (line.mark, line.words(calls=True))
        for line in expected(finished)
        if line.mark and line.kind not in ("entry", "attribution") and counted(finished, line)
    ]
    assert [(one.mark, one.text) for one in word_paragraphs(finished.files["docx"]) if one.mark] == wanted


def test_pandoc_reads_the_notes_of_the_word_file(finished: Finished) -> None:
    need("pandoc")
    assert pandoc_notes(finished.files["docx"], "docx") == note_lines(finished.submission)


# ---------------------------------------------------------------- Markdown and HTML


def test_pandoc_reads_the_notes_of_the_markdown(finished: Finished) -> None:
    need("pandoc")
    assert pandoc_notes(finished.files["md"], "markdown-smart") == note_lines(remarked(finished.submission, (NoteNumber,), str))


def test_markdown_has_the_paragraph_numbers(finished: Finished) -> None:
    found = re.findall(r"^(\d+)\\\. ", finished.files["md"].read_text(encoding="utf-8"), re.MULTILINE)
    assert [f"{number}." for number in found] == [line.mark for line in expected(finished) if line.kind == "paragraph" and line.mark]


def test_html_has_text_and_notes(finished: Finished) -> None:
    """Line for line the same words; paragraph numbers and labels stand in the text; every link inside the page leads somewhere."""
    page = HtmlReader(finished.files["html"].read_text(encoding="utf-8"))
    in_text = ("paragraph", "entry", "heading")
    printed = [line.whole() if line.kind.startswith(in_text) else line.words(calls=True) for line in expected(finished)]
    assert page.lines == printed
    assert page.notes == note_lines(finished.submission)
    assert page.language == finished.language
    assert len(page.ids) == len(set(page.ids))
    assert [link for link in page.links if link.startswith("#") and link[1:] not in page.ids] == []


# ---------------------------------------------------------------- PDF


def pdf_text(document: list[Line], *, marks_apart: bool) -> tuple[list[str], list[str]]:
    """Return the lines of the text as a PDF shows them, and the marks of lists where they are drawn apart."""
    texts, marks = [], []
    for line in document:
        if line.kind == "item" and marks_apart:
            texts.append(line.words(calls=True))
            marks.append(line.mark)
        elif line.kind == "entry":
            texts.append(f"{line.whole()} {LEADER}")
        else:
            texts.append(line.whole())
    return texts, marks


def running_heads(finished: Finished) -> list[str]:
    """Return the words that may stand at the head of a page beside the short title."""
    titles = (line for line in expected(finished) if line.kind.startswith(("heading", "contents")))
    return ["", *(f"{line.mark} {line.words(calls=False)}" for line in titles)]


def numbered_notes(submission: Submission) -> list[str]:
    return [f"{note.shown} {text}" for note, text in zip(submission.notes, note_lines(submission), strict=True)]


def table_heads(finished: Finished) -> list[str]:
    """Return the head row of each table, which is repeated where the table goes over a page."""
    tables = (node for node in walk(finished.submission.blocks) if isinstance(node, Table))
    return [" ".join(plain_text(cell.content) for cell in table.head) for table in tables]


def has_title_page(finished: Finished) -> bool:
    return any(isinstance(block, Cover) and block.style == "page" for block in finished.submission.blocks)


def walk_pdf(finished: Finished, pages: list[str]) -> Walk:
    """Account for every letter of our PDF."""
    texts, marks = pdf_text(expected(finished), marks_apart=True)
    reading = Walk(Stream(texts), marks, Stream(numbered_notes(finished.submission)), table_heads(finished))
    title, parts = finished.submission.meta.running_title, running_heads(finished)
    for number, page in enumerate(pages, 1):
        heads = [f"{title} {part} {number}" for part in parts]
        bare = number == 1 and has_title_page(finished)
        reading.page(number, [_one_bullet(line) for line in body_of(page, last=() if bare else heads)])
    reading.finish()
    return reading


def _one_bullet(line: str) -> str:
    return BULLET if line.strip() in ("◦", "▪") else line


def test_poppler_finds_every_word_of_the_pdf(finished: Finished) -> None:
    """Text, paragraph numbers, list marks and notes of the PDF, in order, page by page; no other letter is on its pages."""
    need("pdftotext")
    in_order(finished)
    walk_pdf(finished, poppler_pages(finished.files["pdf"]))


def test_contents_name_the_pages(finished: Finished) -> None:
    """The page numbers in the contents are those of the pages on which the headings stand; the Word file holds the same ones."""
    need("pdftotext")
    in_order(finished)
    reading = walk_pdf(finished, poppler_pages(finished.files["pdf"]))
    document = expected(finished)
    entries = [line.anchor for line in document if line.kind == "entry"]
    places = {line.anchor: place for place, line in enumerate(document) if line.kind.startswith("heading")}
    stored = [int(one.text.rsplit(" ", 1)[1]) for one in word_paragraphs(finished.files["docx"]) if re.fullmatch(r"TOC\d", one.style)]
    assert reading.numbers == [reading.page_of(places[anchor]) for anchor in entries]
    assert stored == reading.numbers


def test_pypdf_finds_the_notes_of_the_pdf(finished: Finished) -> None:
    """A second reader of PDF finds every note with its number, letter for letter, in order at the foot of the pages."""
    in_order(finished)
    heads = running_heads(finished)
    pages = []
    for number, page in enumerate(pypdf_pages(finished.files["pdf"]), 1):
        bare = number == 1 and has_title_page(finished)
        furniture = [f"{finished.submission.meta.running_title} {part} {number}" for part in heads]
        pages.append("\n".join(body_of(page, last=() if bare else furniture)))
    notes_at_foot(pages, numbered_notes(finished.submission))


# ---------------------------------------------------------------- from right to left


def in_order(finished: Finished) -> None:
    """Skip a document from right to left: a reader of PDF gives its words in the order in which they are drawn, each reader in another."""
    if finished.locale.direction == "rtl":
        pytest.skip("its order is tested in the Word file and the page; see the tests of right to left")


def every_letter(finished: Finished) -> Counter[str]:
    """Return the letters and figures of text, marks and notes, each as often as it stands there."""
    return letters_of([*(line.whole() for line in expected(finished)), *numbered_notes(finished.submission)])


@pytest.mark.parametrize("pages", [poppler_pages, pypdf_pages])
def test_a_pdf_has_every_letter_from_right_to_left(finished: Finished, pages: Callable[[Path], list[str]]) -> None:
    """Every Arabic letter of text and notes is in the PDF as often as in the document; in a document from right to left every other, too."""
    need("pdftotext")
    wanted = every_letter(finished)
    if finished.locale.direction == "ltr":
        wanted = Counter({letter: count for letter, count in wanted.items() if unicodedata.bidirectional(letter) == "AL"})
    assert wanted - letters_of(pages(finished.files["pdf"])) == Counter()


def test_libreoffice_draws_every_letter_from_right_to_left(finished: Finished, office: Path) -> None:
    """The first letter of the alphabet is left out: LibreOffice counts (ا) where Word counts (أ)."""
    if finished.locale.direction == "ltr":
        pytest.skip("it is read in order")
    drawn = letters_of(poppler_pages(office / f"{office_stem(finished.name)}.pdf"))
    wanted = Counter({letter: count for letter, count in every_letter(finished).items() if letter not in "أا"})
    assert wanted - drawn == Counter()


def test_outline_has_the_pages_of_the_contents(finished: Finished) -> None:
    """The outline of the PDF leads to the pages that the contents of the Word file name."""
    from pypdf import PdfReader

    reader = PdfReader(finished.files["pdf"])
    entries = iter([(plain(item.title), reader.get_destination_page_number(item) + 1) for item in flat(reader.outline)])
    stored = [one.text.rsplit(" ", 1) for one in word_paragraphs(finished.files["docx"]) if re.fullmatch(r"TOC\d", one.style)]
    missing = [
        (title, number) for title, number in stored if (title, int(number)) not in entries
    ]  # the outline goes deeper than the contents
    if not stored:
        pytest.skip("it has no contents")
    assert missing == []


def flat(outline: list[Any]) -> Iterator[Any]:
    """Yield the entries of an outline in order, whatever their level."""
    for entry in outline:
        yield from flat(entry) if isinstance(entry, list) else (entry,)


# ---------------------------------------------------------------- LibreOffice


def test_libreoffice_draws_every_word_of_the_word_file(finished: Finished, office: Path) -> None:
    """What LibreOffice makes of the Word file has the numbers, words and notes of the document, and so those of our PDF.

    Numbers of notes that start again do so by chapter in LibreOffice.
    """
    in_order(finished)
    submission = numbered_by_chapter(finished.submission)
    document = lines(submission, finished.locale)
    texts, _ = pdf_text(document, marks_apart=False)
    reading = Walk(Stream(texts, fold=True), (), Stream(numbered_notes(submission), fold=True), table_heads(finished))
    for number, page in enumerate(poppler_pages(office / f"{office_stem(finished.name)}.pdf"), 1):
        bare = number == 1 and has_title_page(finished)
        head, foot = [finished.submission.meta.running_title], [str(number)]
        reading.page(number, body_of(page, first=() if bare else head, last=() if bare else foot))
    reading.finish()
    assert reading.strays(document) == []  # LibreOffice 7 moves a note that does not fit to the next page


def test_libreoffice_counts_paragraphs_in_plain_text(finished: Finished, office: Path) -> None:
    """LibreOffice writes the Word file as plain text with its numbers: they stand before the same words as in the document."""
    file = office / f"{office_stem(finished.name)}.txt"
    found = [plain(line).casefold() for line in file.read_text(encoding="utf-8-sig").split("\n")]
    submission = numbered_by_chapter(finished.submission)
    wanted = [
        line.whole().casefold() for line in lines(submission, finished.locale) if line.mark and line.kind in ("paragraph", "heading 1")
    ]
    assert [line for line in found if line in set(wanted)] == wanted
