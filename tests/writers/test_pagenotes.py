"""Every word of every note reaches the paper: the finished PDF is read back with pdftotext and compared, word by word.

The documents are random with fixed seeds, and every word in them is different. SHADOWGEN_DENSITY=full builds them as
long as in the table that PAGENOTES.md quotes.
"""

import os
import random
import re
import subprocess
import threading
from collections import Counter
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest

weasyprint = pytest.importorskip("weasyprint")

from shadowgen.writers import pagenotes  # noqa: E402
from shadowgen.writers.pagenotes import LostNote, cured, lost_notes, note_pages  # noqa: E402

FULL = os.environ.get("SHADOWGEN_DENSITY") == "full"
PARAGRAPHS = 30 if FULL else 6
SEEDS = range(8 if FULL else 2)

CSS = """
@page { size: A4; margin: 25mm; @top-center { content: string(title) } @bottom-center { content: counter(page) }
        @footnote { border-top: .5pt solid; margin-top: 6pt; padding-top: 3pt } }
html { font: 11pt/1.3 serif }
h1 { string-set: title content() }
h1, h2, h3, h4 { break-after: avoid }
.footnote { float: footnote; font-size: 9pt; line-height: 1.2 }
.footnote::footnote-call { content: attr(data-number); font-size: 60%; vertical-align: super }
.footnote::footnote-marker { content: attr(data-number) " " }
nav a::after { content: leader(".") target-counter(attr(href), page) }
table { border-collapse: collapse; width: 100% }
td, th { border: .5pt solid; padding: 2pt; vertical-align: top }
.case { border: 1pt solid; background: #eee; padding: 6pt }
"""

LINES = """
@page { size: 300px 200px; margin: 0; @footnote { margin: 0 } }
* { margin: 0; padding: 0; font: 10px/20px serif; orphans: 2; widows: 2 }
.footnote { float: footnote }
.footnote::footnote-call { content: attr(data-number); font: inherit; vertical-align: baseline }
.footnote::footnote-marker { content: attr(data-number) " " }
"""
"""Ten lines of text fill a page exactly, whatever the font: where a line breaks is written in the HTML."""


class Report:
    """Random HTML with notes, and what must be found again in its PDF: words `t5` of the text, `n7w3` of note 7."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.text: list[str] = []
        self.notes: list[list[str]] = []

    def words(self, least: int, most: int) -> str:
        start, count = len(self.text), self.random.randint(least, most)
        self.text += [f"t{number}x" for number in range(start, start + count)]
        return " ".join(self.text[start:])

    def note(self, least: int, most: int) -> str:
        number = len(self.notes) + 1
        words = [f"n{number}w{index}" for index in range(self.random.randint(least, most))]
        self.notes.append(words)
        middle = len(words) // 2
        inline = f"{' '.join(words[:middle])} <em>{' '.join(words[middle:])}</em>"
        return f'<span class="footnote" id="n{number}" data-number="{number}">{inline}</span>'

    def prose(self, notes: int, least: int, most: int) -> str:
        return "".join(self.words(10, 40) + self.note(least, most) for _ in range(notes)) + " " + self.words(5, 10)


def page(*body: str, css: str = "") -> str:
    return f'<html lang="en"><title>T</title><style>{CSS}{css}</style><body><h1>Report</h1>{"".join(body)}</body></html>'


def render(html: str, cure: bool = True) -> Any:
    with cured() if cure else nullcontext():
        return weasyprint.HTML(string=html).render()


def read(document: Any, folder: Path, **options: Any) -> str:
    file = folder / "report.pdf"
    document.write_pdf(file, **options)
    return subprocess.run(["pdftotext", "-raw", file, "-"], capture_output=True, text=True, check=True).stdout


def note_words(pdf: str) -> list[str]:
    return re.findall(r"n\d+w\d+", pdf)


def check(report: Report, html: str, folder: Path) -> Any:
    """Render cured, read back, and compare: the text and all notes in order, each word once, and a silent detector."""
    document = render(html)
    pdf = read(document, folder)
    assert note_words(pdf) == [word for note in report.notes for word in note]
    assert Counter(re.findall(r"t\d+x", pdf)) == Counter(report.text)
    assert lost_notes(document) == []
    assert all(call <= body for call, body in note_pages(document).values())
    assert len(note_pages(document)) == len(report.notes)
    return document


# The density table: paragraphs with so many notes of so many words

DENSITIES = {
    "4 notes of 30-120": ("p", 4, 30, 120),
    "4 notes of 30-120 in list items": ("li", 4, 30, 120),
    "6 notes of 20-200": ("p", 6, 20, 200),
    "8 notes of 60-200": ("p", 8, 60, 200),
    "2 notes of 5-60": ("p", 2, 5, 60),
}


@pytest.mark.parametrize("policy", ["auto", "line"])
@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("density", DENSITIES)
def test_no_note_is_lost_at_any_density(density: str, seed: int, policy: str, tmp_path: Path) -> None:
    tag, notes, least, most = DENSITIES[density]
    report = Report(seed)
    body = [f"<{tag}>{report.prose(notes, least, most)}</{tag}>" for _ in range(PARAGRAPHS)]
    document = check(report, page(*body, css=f".footnote {{ footnote-policy: {policy} }}"), tmp_path)
    distances = Counter(body - call for call, body in note_pages(document).values())
    assert max(distances) <= 1, "a note begins on the page of its call or on the next one"
    if policy == "line":
        assert distances[0] >= 0.95 * len(report.notes)


@pytest.mark.parametrize("policy", ["auto", "line"])
@pytest.mark.parametrize("words", [1500, 3000])
def test_a_long_note_is_whole_over_several_pages(words: int, policy: str, tmp_path: Path) -> None:
    report = Report(words)
    body = [f"<p>{report.prose(1, *size)}</p>" for size in [(5, 30), (words, words), (5, 30), (words, words), (5, 30)]]
    document = check(report, page(*body, css=f".footnote {{ footnote-policy: {policy} }}"), tmp_path)
    assert len(pages_with("n2", document)) >= (3 if words == 1500 else 5)
    assert note_pages(document)["n2"] == (1, 1)


def pages_with(note: str, document: Any) -> list[int]:
    return [
        number
        for number, sheet in enumerate(document.pages, 1)
        if any(box.element is not None and box.element.get("id") == note and not box.footnote for box in sheet._page_box.descendants())
    ]


def test_long_notes_at_the_very_end_get_pages_of_their_own(tmp_path: Path) -> None:
    report = Report(1)
    document = check(report, page(f"<p>{report.prose(3, 1200, 1500)}</p>"), tmp_path)
    assert len(document.pages) > max(call for call, _ in note_pages(document).values()) + 2


# Where notes may stand


def table(report: Report, rows: int, notes: int, words: int) -> str:
    caption = f"<caption>{report.words(3, 8)}{report.note(5, 40)}</caption>"
    head = f"<thead><tr><th>Article{report.note(5, 20)}</th><th>Finding</th></tr></thead>"
    cells = "".join(f"<tr><td>{report.words(1, 3)}</td><td>{report.prose(notes, 5, words)}</td></tr>" for _ in range(rows))
    return f"<table>{caption}{head}<tbody>{cells}</tbody></table>"


@pytest.mark.parametrize("inside", ["auto", "avoid"])
@pytest.mark.parametrize("seed", SEEDS)
def test_tables(seed: int, inside: str, tmp_path: Path) -> None:
    report = Report(seed)
    body = [table(report, 6, 1, 120) + f"<p>{report.prose(2, 20, 90)}</p>" for _ in range(PARAGRAPHS // 4)]
    check(report, page(*body, css=f"tr {{ break-inside: {inside} }}"), tmp_path)


@pytest.mark.parametrize("seed", SEEDS)
def test_cells_that_break_side_by_side(seed: int, tmp_path: Path) -> None:
    """Two cells of a row go on side by side on the next page: the order is then that of the pages, not of the HTML."""
    report = Report(seed)
    rows = "".join(f"<tr><td>{report.prose(3, 10, 90)}</td><td>{report.prose(2, 10, 90)}</td></tr>" for _ in range(6))
    document = render(page(f"<table>{rows}</table>"))
    found = note_words(read(document, tmp_path))
    for number, words in enumerate(report.notes, 1):
        assert [word for word in found if word.startswith(f"n{number}w")] == words
    assert lost_notes(document) == []


@pytest.mark.parametrize("seed", SEEDS)
def test_nested_lists(seed: int, tmp_path: Path) -> None:
    report = Report(seed)

    def items(depth: int) -> str:
        return "".join(f"<li>{report.prose(2, 10, 80)}{f'<ol>{items(depth - 1)}</ol>' if depth else ''}</li>" for _ in range(3))

    check(report, page(f"<ul>{items(2 if FULL else 1)}</ul>"), tmp_path)


def sections(report: Report, count: int, pieces: list[Callable[[], str]]) -> tuple[str, str]:
    """Return a contents list, and that many sections under headings of four levels with a note in some of them."""
    contents, body = [], []
    for number in range(1, count + 1):
        level = report.random.choice([2, 2, 3, 4])
        note = report.note(5, 30) if number % 4 == 0 else ""
        contents.append(f'<div><a href="#s{number}">s{number}s</a></div>')
        body.append(f'<h{level} id="s{number}">h{number}h{note}</h{level}>')
        body += [report.random.choice(pieces)() for _ in range(2)]
    return f"<nav>{''.join(contents)}</nav>", "".join(body)


@pytest.mark.parametrize("seed", SEEDS)
def test_contents_list(seed: int, tmp_path: Path) -> None:
    """Pages are laid out again when the contents list learns its page numbers: stock forgets carried notes then."""
    report = Report(seed)
    contents, body = sections(report, 2 * PARAGRAPHS, [lambda: f"<p>{report.prose(2, 20, 120)}</p>"])
    pdf = read(check(report, page(contents, body), tmp_path), tmp_path)
    where = {heading: number for number, sheet in enumerate(pdf.split("\f"), 1) for heading in re.findall(r"h(\d+)h", sheet)}
    printed = dict(re.findall(r"s(\d+)s\W+(\d+)$", pdf, re.MULTILINE))
    assert {section: int(number) for section, number in printed.items()} == where


@pytest.mark.parametrize("seed", range(40 if FULL else 4))
def test_everything_at_once(seed: int, tmp_path: Path) -> None:
    report = Report(seed)
    contents, body = sections(
        report,
        PARAGRAPHS,
        [
            lambda: f"<p>{report.prose(3, 5, 150)}</p>",
            lambda: f"<ol><li>{report.prose(2, 5, 90)}<ul><li>{report.prose(1, 5, 60)}</li></ul></li></ol>",
            lambda: f"<p>{report.words(5, 20)}{report.note(300, 900)}</p>",
            lambda: f'<div class="case"><p>{report.prose(1, 5, 60)}</p><p>{report.prose(2, 5, 60)}</p></div>',
            lambda: f"<blockquote>{report.prose(1, 5, 60)}</blockquote>",
            lambda: f'<table style="break-inside: avoid"><tr><td>{report.prose(1, 5, 60)}</td></tr></table>',
            lambda: f'<p style="break-before: right">{report.prose(1, 5, 60)}</p>',
        ],
    )
    css = f"""@page {{ size: {report.random.choice(["A4", "A5"])} }}
    html {{ text-align: justify; orphans: {seed % 3 + 1}; widows: {seed % 3 + 1} }}
    .footnote {{ footnote-policy: {report.random.choice(["auto", "line"])}; margin-top: {seed % 4}pt }}"""
    check(report, page(contents, body, css=css), tmp_path)


def test_a_note_that_grows_when_page_numbers_are_known(tmp_path: Path) -> None:
    """Then the text of its page stays, yet the notes of the next page are others: that page must be made again."""
    html = f"""<style>{LINES} @counter-style tall {{ system: cyclic; symbols: "x" "n1w0\\A n1w1\\A n1w2\\A n1w3" "x" }}
    a::after {{ content: target-counter(attr(href), page) }}
    .footnote a::after {{ content: target-counter(attr(href), page, tall); white-space: pre }}</style>
    <p><span style="display: inline-block; height: 120px"></span>page <a href="#end"></a>
    <span class="footnote" id="n1">see <a href="#end"></a></span></p>
    <p id="end" style="break-before: page">9</p><p style="break-before: page">10</p>"""
    document = render(html)
    assert note_words(read(document, tmp_path)) == ["n1w0", "n1w1", "n1w2", "n1w3"]
    assert lost_notes(document) == []


def test_a_call_that_moves_on_when_page_numbers_are_known(tmp_path: Path) -> None:
    html = f"""<style>{LINES} @counter-style tall {{ system: cyclic; symbols: "x" "2\\A 2\\A 2\\A 2" "x" }}
    a::after {{ content: target-counter(attr(href), page, tall); white-space: pre }}</style>
    <p><a href="#end"></a><br>2<br>3<br>4<br>5<br>6<br>7<br>8<span class="footnote" id="n1">n1w0</span></p>
    <p id="end" style="break-before: page">9<br>10<br>11<br>12<br>13</p>"""
    document = render(html)
    assert note_words(read(document, tmp_path)) == ["n1w0"]
    assert note_pages(document) == {"n1": (2, 2)}
    assert lost_notes(document) == []


def test_a_note_in_a_float_that_goes_on_over_the_page(tmp_path: Path) -> None:
    lines = "<br>".join(str(number) for number in range(14))
    html = f"""<style>{LINES}</style><div style="float: right; width: 100px">{lines}
    <span class="footnote" id="n1">n1w0</span></div><p>text{lines}</p>"""
    document = render(html)
    assert note_words(read(document, tmp_path)) == ["n1w0"]
    assert note_pages(document) == {"n1": (2, 2)}
    assert lost_notes(document) == []


def test_notes_stay_below_a_frame_that_is_broken_by_the_page() -> None:
    """A frame that goes on is drawn down to the bottom of its page's text, below its last line."""
    lines = "<br>".join(str(number) for number in range(30))
    tall = '<span style="display: inline-block; height: 120px"></span>'
    html = f"""<style>{LINES} div {{ border: 1px solid }}</style>
    <div><p>text<span class="footnote" id="n1">{lines}</span></p><p>{tall}</p></div>"""
    first = render(html).pages[0]._page_box.children
    frame = next(box for box in first[0].descendants() if box.element_tag == "div")
    assert frame.border_box_y() + frame.border_height() <= first[1].position_y + first[1].margin_top + 0.01
    assert frame.border_height() > 30


def test_a_cut_note_ends_at_the_bottom_of_its_page() -> None:
    lines = "<br>".join(str(number) for number in range(30))
    css = LINES.replace("200px", "213px")
    document = render(f'<style>{css}</style><p>1<br>2<span class="footnote" id="n1">{lines}</span><br>3<br>4</p>')
    for sheet in document.pages[:2]:
        area = sheet._page_box.children[1]
        last = [box for box in area.descendants() if isinstance(box, weasyprint.formatting_structure.boxes.LineBox)][-1]
        assert last.position_y + last.height == pytest.approx(213)
        assert area.position_y + area.margin_height() == pytest.approx(213)


def test_notes_in_columns(tmp_path: Path) -> None:
    report = Report(2)
    check(report, page(*(f"<p>{report.prose(2, 10, 60)}</p>" for _ in range(12)), css="body { columns: 2 }"), tmp_path)


def test_carried_notes_do_not_cost_a_table_its_head(tmp_path: Path) -> None:
    """WeasyPrint drops a head that does not fit together with a row: the room taken by notes can be the reason."""
    lines = "<br>".join(f"n1w{index}" for index in range(30))
    cell = '<span style="display: inline-block; height: 80px">cell</span>'
    html = f"""<style>{LINES}</style><p>text<span class="footnote" id="n1">{lines}</span></p>
    <table style="break-before: page"><thead><tr><th>head</th></tr></thead><tr><td>{cell}</td></tr></table>"""
    document = render(html)
    pdf = read(document, tmp_path)
    assert "head" in pdf
    assert note_words(pdf) == [f"n1w{index}" for index in range(30)]
    assert lost_notes(document) == []


# What a note looks like


def test_numbers_come_from_the_html(tmp_path: Path) -> None:
    html = f'<style>{LINES}</style><p>before<span class="footnote" data-number="12">body</span> after</p>'
    assert read(render(html), tmp_path).split() == ["before12", "after", "12", "body"]


def test_a_note_that_goes_on_has_its_number_once_and_its_rule_on_each_page(tmp_path: Path) -> None:
    report = Report(1)
    document = render(page(f"<p>{report.prose(1, 1500, 1500)}</p>"))
    areas = [
        box
        for sheet in document.pages
        for box in sheet._page_box.children
        if isinstance(box, weasyprint.formatting_structure.boxes.FootnoteAreaBox)
    ]
    assert len(areas) >= 3
    assert all(area.border_top_width > 0 for area in areas)
    assert len(re.findall(r"^1 n1w0|^1 n1w\d+", read(document, tmp_path), re.MULTILINE)) == 1


def test_a_cut_note_leaves_the_lines_below_its_call_their_room() -> None:
    """Else widows would drive the line away, its note with it, and leave the page empty but for two lines."""
    lines = "<br>".join(str(index) for index in range(30))
    html = f'<style>{LINES}</style><p>1<br>2<br>3<span class="footnote" id="n1">{lines}</span><br>4</p>'
    assert note_pages(render(html)) == {"n1": (1, 1)}


@pytest.mark.parametrize("variant", ["pdf/ua-1", "pdf/a-2a"])
def test_tagged_and_archival_files(variant: str, tmp_path: Path) -> None:
    report = Report(3)
    with cured():
        document = weasyprint.HTML(string=page(f"<p>{report.prose(3, 100, 900)}</p>")).render(pdf_variant=variant)
    pdf = read(document, tmp_path, pdf_variant=variant)
    assert sorted(note_words(pdf)) == sorted(word for note in report.notes for word in note)


def test_the_same_bytes_twice() -> None:
    report = Report(4)
    html = page(*(f"<p>{report.prose(4, 20, 200)}</p>" for _ in range(4)))
    assert render(html).write_pdf() == render(html).write_pdf()


# The detector: it must be able to fail

STOCK_LOSES = f"""<style>{LINES}</style><p>1<br>2<br>3<br>4<br>5<br>6<br>7<br>8</p>
<p>one<span class="footnote" id="n1" data-number="1">n1w0</span><br>
two<span class="footnote" id="n2" data-number="2">n2w0</span><br>three<br>four</p><p>more</p>"""
"""The second line fits only when note 1 leaves the page: stock then forgets the second line's own note."""


def test_stock_loses_a_note_and_the_detector_names_it(tmp_path: Path) -> None:
    document = render(STOCK_LOSES, cure=False)
    assert note_words(read(document, tmp_path)) == ["n1w0"]
    assert lost_notes(document) == [LostNote("n2", 1, "no body on any page")]


def test_the_cure_keeps_that_note(tmp_path: Path) -> None:
    document = render(STOCK_LOSES)
    assert note_words(read(document, tmp_path)) == ["n1w0", "n2w0"]
    assert lost_notes(document) == []


@pytest.mark.parametrize("seed", SEEDS)
def test_in_dense_stock_documents_the_detector_finds_what_the_pdf_lacks(seed: int, tmp_path: Path) -> None:
    report = Report(seed)
    document = render(page(*(f"<p>{report.prose(4, 30, 120)}</p>" for _ in range(2 * PARAGRAPHS))), cure=False)
    found = set(note_words(read(document, tmp_path)))
    missing = {f"n{number}" for number, words in enumerate(report.notes, 1) if not found & set(words)}
    assert {lost.note for lost in lost_notes(document) if lost.reason == "no body on any page"} == missing


def test_stock_cuts_a_long_note_and_the_detector_names_it() -> None:
    lines = "<br>".join(str(index) for index in range(30))
    html = f'<style>{LINES}</style><p>text<span class="footnote" data-note="long">{lines}</span></p>'
    [lost] = lost_notes(render(html, cure=False))
    assert lost.note == "long"
    assert lost.reason.startswith("off page")
    assert lost_notes(render(html)) == []


def test_stock_lays_notes_over_the_text_and_the_detector_names_them() -> None:
    notes = "".join(f'<span class="footnote" id="n{number}">a<br>b<br>c</span>' for number in range(6))
    picture = '<span style="display: inline-block; height: 100px">x</span>'
    html = f"<style>{LINES}</style><p>text{notes}</p><p>{picture}</p>"
    assert any("over the text" in lost.reason for lost in lost_notes(render(html, cure=False)))
    assert lost_notes(render(html)) == []


SPLIT = f"""<style>{LINES}</style><p>text<span class="footnote" id="n1">{"<br>".join(str(n) for n in range(16))}</span></p>
<p>more<span class="footnote" id="n2">short</span></p>"""
"""Note 1 stands on pages 1 and 2."""


@pytest.mark.parametrize(
    ("spoil", "expected"),
    [
        (
            lambda pages: pages.reverse(),
            {("n1", "body on page 1, before its call"), ("n1", "body cut short on page 2"), ("n1", "body again on page 2")},
        ),
        (lambda pages: pages.pop(), {("n1", "body cut short on page 1")}),
        (lambda pages: pages.append(pages[-1]), {("n1", "body again on page 3")}),
        (lambda pages: pages.pop(0), {("n1", "no call on any page")}),
        (lambda pages: pages.clear(), {("n1", "no call on any page"), ("n1", "no body on any page")}),
    ],
)
def test_the_detector_sees_spoiled_pages(spoil: Callable[[list[Any]], None], expected: set[tuple[str, str]]) -> None:
    document = render(SPLIT)
    assert lost_notes(document) == []
    spoil(document.pages)
    assert {(lost.note, lost.reason) for lost in lost_notes(document) if lost.note == "n1"} == expected


def test_a_note_that_is_never_laid_out_is_lost() -> None:
    html = f'<style>{LINES}</style><p style="display: none">text<span class="footnote" id="n1">note</span></p><p>more</p>'
    assert LostNote("n1", 0, "no call on any page") in lost_notes(render(html))


def test_note_pages() -> None:
    html = f"""<style>{LINES}</style><p>one<span class="footnote" id="n1">a</span></p>
    <p style="break-before: page">two<span class="footnote" data-note="b">b</span></p>"""
    assert note_pages(render(html)) == {"n1": (1, 1), "b": (2, 2)}


# The patches


def originals() -> list[Any]:
    return [getattr(module, name) for module, name, _ in pagenotes.PATCHES]


ORIGINALS = originals()


def test_weasyprint_is_its_own_again_afterwards() -> None:
    with cured():
        assert not any(patched is original for patched, original in zip(originals(), ORIGINALS, strict=True))
        with cured():
            render(STOCK_LOSES)
        assert originals() == [patched for _, _, patched in pagenotes.PATCHES]
    assert originals() == ORIGINALS
    assert all(original.__module__.startswith("weasyprint.") for original in ORIGINALS)


def test_weasyprint_is_its_own_again_after_an_error() -> None:
    with pytest.raises(ZeroDivisionError), cured():
        raise ZeroDivisionError
    assert originals() == ORIGINALS


def test_a_stock_render_is_not_changed_by_a_cured_one() -> None:
    before = render(STOCK_LOSES, cure=False).write_pdf()
    render(STOCK_LOSES)
    assert render(STOCK_LOSES, cure=False).write_pdf() == before


def test_threads_take_turns() -> None:
    found: list[list[LostNote]] = []
    threads = [threading.Thread(target=lambda: found.append(lost_notes(render(STOCK_LOSES)))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [[], [], [], []]
    assert originals() == ORIGINALS


def test_any_other_version_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(weasyprint, "__version__", "70.1")
    with pytest.raises(RuntimeError, match=r"70\.0 and 70\.1 is installed"), cured():
        pass
    assert originals() == ORIGINALS
