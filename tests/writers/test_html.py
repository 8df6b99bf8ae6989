"""The HTML page: its landmarks, its notes once each with links both ways, and nothing that a browser would fetch or run."""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path

import pytest
from support import example, put_together

from shadowgen.checks.outputs import check_html
from shadowgen.compose import Composition
from shadowgen.locales import direction_of
from shadowgen.nodes import Cover, Foreign, Meta, Paragraph, Submission, Text
from shadowgen.writers.html import write_html


@pytest.fixture(scope="module")
def composed(tmp_path_factory: pytest.TempPathFactory) -> Composition:
    return put_together(tmp_path_factory.mktemp("page"), example())[0]


@pytest.fixture(scope="module")
def page(composed: Composition) -> str:
    return write_html(composed.submission, composed.locale, composed.look)


def draw(composed: Composition, *blocks: object) -> str:
    """Return the page of a document of these blocks."""
    submission = Submission(Meta("A title", "en", "x"), blocks, ())  # type: ignore[arg-type]
    return write_html(submission, composed.locale, composed.look)


def test_landmarks_stand_in_reading_order(page: str) -> None:
    marks = ['class="skip" href="#text"', '<header class="cover"', 'role="doc-toc"', '<main id="text"', 'role="doc-endnotes"']
    places = [page.index(mark) for mark in marks]
    assert places == sorted(places)
    assert page.count("<h1") == page.count("<main") == 1


def test_each_note_stands_once_with_links_both_ways(composed: Composition, page: str) -> None:
    numbers = [str(note.number) for note in composed.submission.notes]
    assert len(numbers) > 5
    calls = re.findall(r'<a id="call(\d+)" role="doc-noteref" href="#note\1">\1</a>', page)
    backs = re.findall(
        r'<div id="note(\d+)" role="doc-footnote"><a href="#call\1" role="doc-backlink" aria-label="[^"]*\b\1\b[^"]*">\1</a>', page
    )
    assert calls == backs == numbers


def test_notes_are_read_back(composed: Composition, page: str) -> None:
    """A note that is missing, stands twice, or has other words is found."""
    assert check_html(page.encode(), composed.submission) == []
    first, last = page.index('<div id="note1"'), page.index('<div id="note2"')
    note = page[first:last]
    for changed, found in (
        (page.replace(note, ""), "notes where the document has"),
        (page.replace(note, note * 2), "notes where the document has"),
        (page.replace(note, note.replace("</a> ", "</a> Not ")), "note 1 has other words"),
    ):
        assert found in str(check_html(changed.encode(), composed.submission)[0])


def test_policy_allows_the_page_itself_alone(page: str) -> None:
    style = re.search("<style>(.*)</style>", page, re.DOTALL)
    assert style is not None
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    allowed = f"default-src 'none'; style-src 'sha256-{digest}'; style-src-attr 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"
    assert f'<meta http-equiv="Content-Security-Policy" content="{allowed}">' in page
    assert re.findall(r"<script|<link|<iframe|\son\w+=|\sstyle=|url\(|@import", page) == []
    assert all(source.startswith("data:image/") for source in re.findall(r'src="([^"]*)"', page))


def test_note_stands_below_the_one_before_it(composed: Composition, page: str) -> None:
    rules = dict(re.findall(r"#note(\d+) \{ anchor-name: --n\1; top: (.*?) \}", page))
    assert len(rules) == len(composed.submission.notes)
    assert rules["1"] == "anchor(--c1 top)"
    assert rules["3"] == "max(anchor(--c3 top), calc(anchor(--n2 bottom) + .6rem))"


def test_table_scrolls_by_keyboard(page: str) -> None:
    assert (
        '<div class="table-scroll" role="region" tabindex="0" aria-labelledby="t1-caption"><table id="t1"><caption id="t1-caption">' in page
    )


def test_document_without_title_page_has_a_first_heading(composed: Composition) -> None:
    assert '<h1 class="hidden">A title</h1><main id' in draw(composed, Paragraph((Text("Words"),)))
    assert "hidden" not in draw(composed, Cover("masthead", (("title", (Text("Shown"),)),))).partition("</style>")[2]


def test_words_that_run_the_other_way_say_so(composed: Composition) -> None:
    drawn = draw(composed, Paragraph((Foreign((Text("حق"),), "ar"), Foreign((Text("право"),), "ru"))), Paragraph((), language="fa"))
    assert '<span lang="ar" dir="rtl">' in drawn and '<span lang="ru">' in drawn and '<p lang="fa" dir="rtl">' in drawn
    assert [direction_of(language) for language in ("ar-EG", "he", "kk-Latn", "en")] == ["rtl", "rtl", "ltr", "ltr"]


def test_page_for_the_pdf_has_none_of_this(composed: Composition, tmp_path: Path) -> None:
    drawn = write_html(composed.submission, composed.locale, composed.look, notes="page")
    assert not re.search(r"doc-|Content-Security|anchor-name|tabindex|class=.skip", drawn)
