"""Saved web pages become drafts: hand-written pages, and our own pages coming back."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from shadowgen.compose import compose
from shadowgen.importing.drafting import Wanted
from shadowgen.importing.run import import_file
from shadowgen.loading import load_library
from shadowgen.nodes import NoteCall, Paragraph, Submission, plain_text, walk
from shadowgen.readers.original import words_in
from shadowgen.readers.textlines import Unreadable
from shadowgen.readers.webpage import read_webpage
from shadowgen.workspace import Workspace
from shadowgen.writers.html import write_html

ROOT = Path(__file__).parents[1]

PAGE = """<!doctype html><html><head><title>T</title><style>p {}</style></head><body>
<nav><a href="/">Home</a></nav><script>lost()</script>
<div><h2>Article 19</h2>loose words<p>One <em>two</em><sup><a href="#n1">1</a></sup> <a href="https://example.org/">three</a>.</p>
<ul><li>first:<ol><li>inner</li></ol></li><li>second</li></ul>
<blockquote><p>quoted</p></blockquote><p>1. Counted.</p>
<table><tr><th>a</th><th>b</th></tr><tr><td>1</td><td>2</td></tr></table></div>
<ol><li id="n1">The note. <a href="#r">↩</a></li></ol></body></html>"""


def test_a_page_gives_its_words_and_not_its_menus() -> None:
    made = read_webpage(PAGE.encode())
    assert [(piece.kind, piece.mark, piece.level, " ".join(words_in(piece.inlines).split())) for piece in made.pieces] == [
        ("heading", "", 2, "Article 19"),
        ("text", "", 0, "loose words"),
        ("text", "", 0, "One two three https://example.org/."),
        ("item", "-", 0, "first:"),
        ("item", "1)", 1, "inner"),
        ("item", "-", 0, "second"),
        ("quote", "", 0, "quoted"),
        ("text", "1.", 0, "Counted."),
        ("table", "", 0, ""),
    ]
    assert [node.note for node in walk(made.pieces[2].inlines) if isinstance(node, NoteCall)] == [1]
    assert words_in(made.notes[1].inlines) == "The note."
    assert [(one.what, one.words) for one in made.asides] == [("menus and the like", "Home")]


@pytest.mark.parametrize("raw", [b"", b"   ", b"<!-- nothing -->"])
def test_an_empty_page_is_refused(raw: bytes) -> None:
    with pytest.raises(Unreadable):
        read_webpage(raw)


def test_a_page_nested_without_end_ends() -> None:
    read_webpage(b"<div>" * 100_000 + b"deep")


def paragraphs(submission: Submission) -> Counter[str]:
    own = ("see", "label", "address", "salutation", "imprint")
    return Counter(
        " ".join(plain_text(node.content).split())
        for node in walk(submission.blocks)
        if isinstance(node, Paragraph) and node.role not in own
    )


def test_our_own_page_comes_back(tmp_path: Path) -> None:
    library, _ = load_library(Workspace(ROOT))
    plan = library.plans["pledges-memorandum"]
    before, _ = compose(library, plan, "en", plan.audience)
    assert before is not None
    for folder in ("sections", "submissions"):
        (tmp_path / folder).mkdir()
    (tmp_path / "own.html").write_text(write_html(before.submission, before.locale, before.look), encoding="utf-8")
    done, problems = import_file(load_library(Workspace(tmp_path))[0], tmp_path / "own.html", Wanted("own", "own.html"))
    again, loading = load_library(Workspace(tmp_path))
    assert problems == loading == []
    assert (done.counts["recommendations, pledges or questions"], done.shares[-1][1]) == (4, 0)
    after, _ = compose(again, again.plans["own"], "en", "internal")
    assert after is not None
    wanted, found = paragraphs(before.submission), paragraphs(after.submission)
    assert wanted - found == Counter()
    assert len(after.submission.notes) == len(before.submission.notes)


def test_a_page_of_typed_lines_is_read_as_a_text_file() -> None:
    page = "<html><body><pre>\nArticle 7\n\n1. Prisoners are beaten,\nand nobody asks why.\n2. Doctors are\nsilent.\n</pre></body></html>"
    made = read_webpage(page.encode())
    assert [(piece.kind, piece.mark, words_in(piece.inlines)) for piece in made.pieces] == [
        ("heading", "", "Article 7"),
        ("text", "1.", "Prisoners are beaten, and nobody asks why."),
        ("text", "2.", "Doctors are silent."),
    ]
