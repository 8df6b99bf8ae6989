"""PDFs become pieces by their geometry: pages that another library drew, and files that would harm, with results worked out by hand."""

from __future__ import annotations

import io
import random
import re
from collections import Counter
from pathlib import Path

import pikepdf
import pytest
from click.testing import CliRunner
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from shadowgen.cli import main
from shadowgen.nodes import Emphasis, Link, NoteCall, Strong, walk
from shadowgen.readers.original import Original, words_in
from shadowgen.readers.pdf import read_pdf
from shadowgen.readers.pdf.drawn import draw
from shadowgen.readers.pdf.hyphens import SOFT, Vocabulary
from shadowgen.readers.textlines import Unreadable


class Drawn:
    """A PDF that is drawn row by row; `^12^` in a row is a small raised figure, `/words/` and `*words*` change the font."""

    def __init__(self) -> None:
        self.out = io.BytesIO()
        self.canvas = Canvas(self.out, pagesize=A4)

    def row(self, x: float, y: float, text: str, size: float = 10, font: str = "Times-Roman") -> float:
        """Draw a row and return where it ends."""
        for part in re.split(r"(\^\d+\^|/[\w ]+/|\*[\w ]+\*)", text):
            mark = part[:1] if len(part) > 2 and part[0] in "^/*" and part[0] == part[-1] else ""
            face = {"/": "Times-Italic", "*": "Times-Bold"}.get(mark, font)
            words, small = (part[1:-1], mark == "^") if mark else (part, False)
            self.canvas.setFont(face, 0.6 * size if small else size)
            self.canvas.drawString(x, y + (0.4 * size if small else 0), words)
            x += self.canvas.stringWidth(words)
        return x

    def rows(self, x: float, y: float, rows: list[str], size: float = 10, font: str = "Times-Roman") -> float:
        """Draw rows below each other and return the height of the next one."""
        for text in rows:
            self.row(x, y, text, size, font)
            y -= 1.2 * size
        return y

    def page(self, number: int) -> None:
        """End a page, with its running head and its number."""
        self.row(60, 800, "Bulletin of the Press Council", 8, "Times-Italic")
        self.row(295, 30, str(number), 8)
        self.canvas.showPage()

    def done(self) -> bytes:
        self.canvas.save()
        return self.out.getvalue()


def two_columns() -> bytes:
    """Two pages in two columns, with notes under each, a quotation, a list, and a note that goes on on the next page."""
    pdf = Drawn()
    pdf.row(60, 760, "Two Years of Closed Doors", 18, "Times-Bold")
    y = pdf.rows(60, 730, [
        "The first hearing was held behind closed doors, and",
        "the reporters who came for it were turned away.^1^ The",
        "judge said that no journalist may enter, and the fol-",
        "low-up hearing was closed as well. No inde-",
        "pendent observer was let in."])  # fmt: skip
    y = pdf.rows(60, y - 8, ["Access to the court"], 12, "Times-Bold")
    y = pdf.rows(60, y - 4, [
        "Under the law, /every person/ may attend a hearing. In",
        "practice a guard decides, as a lawyer told us:"])  # fmt: skip
    y = pdf.rows(80, y - 6, ["Nobody asks the judge. The guard", "at the door is the judge."])
    y = pdf.rows(60, y - 6, ["We know of three courts where a list hangs on the", "door.^2^ Independent reporters are not on it, and a"])
    pdf.canvas.line(60, 120, 150, 120)
    pdf.rows(60, 108, ["^1^ Letter of the Ministry of Justice, 3 March 2014.", "^2^ The lists were seen by members of the Council."], 8)
    y = pdf.rows(310, 730, [
        "follow-up complaint to the regional court was not",
        "answered. The council asks the court:"])  # fmt: skip
    for mark, text in (("(a)", "to open every hearing to the public;"), ("(b)", "to publish the list of hearings a week")):
        pdf.row(310, y, mark)
        pdf.row(330, y, text)
        y -= 12
    y = pdf.rows(330, y, ["before they are held."])
    pdf.canvas.line(310, 120, 400, 120)
    pdf.rows(310, 108, ["^3^ See http://example.org/", "hearings, visited on"], 8)
    pdf.rows(310, y - 6, ["The court has not replied to the letter.^3^"])
    pdf.page(1)
    pdf.rows(60, 730, [f"The court of appeal has its own rules, number {word}," for word in ("one", "two", "three", "four", "five")])
    pdf.rows(310, 730, [f"and nobody outside has ever read rule number {word}," for word in ("one", "two", "three", "four", "five")])
    pdf.canvas.line(60, 120, 150, 120)
    pdf.rows(60, 108, ["two days in June, and photographed."], 8)
    pdf.page(2)
    return pdf.done()


@pytest.fixture(scope="module")
def columns() -> Original:
    return read_pdf(two_columns())


def shown(made: Original) -> list[tuple[str, str, str]]:
    """Return kind, mark and words of each piece, with the calls of notes in brackets."""
    return [(one.kind, one.mark, "".join(f"[{part.note}]" if isinstance(part, NoteCall) else words_in((part,)) for part in one.inlines))
            for one in made.pieces]  # fmt: skip


def test_columns_are_read_one_after_the_other_and_paragraphs_go_on(columns: Original) -> None:
    assert shown(columns)[:12] == [
        ("text", "", "Two Years of Closed Doors"),
        ("text", "", "The first hearing was held behind closed doors, and the reporters who came for it were turned away.[1] The judge said that no "
                     "journalist may enter, and the follow-up hearing was closed as well. No independent observer was let in."),
        ("heading", "", "Access to the court"),
        ("text", "", "Under the law, every person may attend a hearing. In practice a guard decides, as a lawyer told us:"),
        ("quote", "", "Nobody asks the judge. The guard at the door is the judge."),
        ("text", "", "We know of three courts where a list hangs on the door.[2] Independent reporters are not on it, and a follow-up complaint to the "
                     "regional court was not answered. The council asks the court:"),
        ("item", "(a)", "to open every hearing to the public;"),
        ("item", "(b)", "to publish the list of hearings a week before they are held."),
        ("text", "", "The court has not replied to the letter.[3]"),
        ("text", "", " ".join([f"The court of appeal has its own rules, number {word}," for word in ("one", "two", "three", "four", "five")]
                              + [f"and nobody outside has ever read rule number {word}," for word in ("one", "two", "three", "four", "five")])),
    ]  # fmt: skip
    assert columns.pieces[0].style == "Title"


def test_notes_below_columns_keep_their_words_also_on_the_next_page(columns: Original) -> None:
    assert {number: words_in(note.inlines) for number, note in columns.notes.items()} == {
        1: "Letter of the Ministry of Justice, 3 March 2014.",
        2: "The lists were seen by members of the Council.",
        3: "See http://example.org/hearings, visited on two days in June, and photographed.",
    }


def test_running_heads_and_page_numbers_are_put_aside(columns: Original) -> None:
    assert [(one.what, one.words, one.place.page) for one in columns.asides] == [
        ("running head", "Bulletin of the Press Council", 1), ("page number", "1", 1),
        ("running head", "Bulletin of the Press Council", 2), ("page number", "2", 2),
    ]  # fmt: skip


def test_italic_words_are_emphasis(columns: Original) -> None:
    assert [words_in(node.children) for piece in columns.pieces for node in walk(piece.inlines) if isinstance(node, Emphasis)] == [
        "every person"
    ]


def letters(*texts: str) -> Counter[str]:
    return Counter(char for text in texts for char in text if char.isalnum())


def all_words(made: Original) -> list[str]:
    found = [
        words
        for piece in made.pieces
        for words in (piece.mark, words_in(piece.inlines), *(words_in(cell) for row in piece.rows for cell in row))
    ]
    found += [str(node.note) for piece in made.pieces for node in walk((piece.inlines, piece.rows)) if isinstance(node, NoteCall)]
    found += [f"{number} {words_in(note.inlines)}" for number, note in made.notes.items()]
    return found + [one.words for one in made.asides]


def test_no_letter_of_the_pages_is_lost(columns: Original) -> None:
    import pypdfium2

    document = pypdfium2.PdfDocument(two_columns())
    assert letters(*all_words(columns)) == letters(*(page.get_textpage().get_text_range() for page in document))


# ---------------------------------------------------------------- tables, links, one column


def one_page(*rows: tuple[float, float, str], size: float = 10) -> Drawn:
    pdf = Drawn()
    for x, y, text in rows:
        pdf.row(x, y, text, size)
    return pdf


BODY = "This is one full row of the text of a report, which goes on in the next row and so has"
BEFORE = [(60.0, 760.0 - 12 * at, BODY) for at in range(6)] + [(60.0, 688.0, "an end here.")]
CELLS = [["Year", "Opened", "Closed"], ["2013", "14", "3"], ["2014", "9", "11"]]


def cells(made: Original) -> list[list[list[str]]]:
    return [[[words_in(cell) for cell in row] for row in piece.rows] for piece in made.pieces if piece.kind == "table"]


def test_a_ruled_table_keeps_its_cells_and_its_caption() -> None:
    pdf = one_page(*BEFORE, (60, 660, "Table 1. Hearings by year"))
    pdf.canvas.grid([60, 160, 260, 360], [650, 630, 610, 590])
    for at, row in enumerate(CELLS):
        for place, words in enumerate(row):
            pdf.row(65 + 100 * place, 637 - 20 * at, words)
    pdf.row(60, 560, "The text goes on below the table, as before.")
    made = read_pdf(pdf.done())
    assert cells(made) == [CELLS]
    (table,) = [piece for piece in made.pieces if piece.kind == "table"]
    assert (table.mark, words_in(table.inlines)) == ("Table 1.", "Hearings by year")
    assert shown(made)[-1] == ("text", "", "The text goes on below the table, as before.")


def test_a_table_without_lines_is_told_by_its_columns() -> None:
    pdf = one_page(*BEFORE)
    for at, row in enumerate(CELLS):
        for place, words in enumerate(row):
            pdf.row(60 + 100 * place, 660 - 14 * at, words)
    assert cells(read_pdf(pdf.done())) == [CELLS]


def test_numbered_paragraphs_and_nested_items() -> None:
    pdf = one_page((60, 760, "1."), (90, 760, "The first paragraph has a list:"), (90, 740, "-"), (105, 740, "an item;"), (105, 726, "(i)"),
                   (125, 726, "an item in it;"), (90, 712, "-"), (105, 712, "the last item."), (60, 692, "2."), (90, 692, "The second paragraph."))  # fmt: skip
    made = read_pdf(pdf.done())
    assert [(one.kind, one.mark, one.level) for one in made.pieces] == [
        ("text", "1.", 0), ("item", "-", 0), ("item", "(i)", 1), ("item", "-", 0), ("text", "2.", 0),
    ]  # fmt: skip


def test_the_next_number_begins_a_paragraph_after_a_full_row_without_a_stop() -> None:
    rows = ["1. The League of Women", "2. The Bureau for Human Rights of the North and all the South", "3. The Centre for Orphans",
            "4. The Union of Lawyers, which has worked since the Law No.", "8. of 1990 was adopted"]  # fmt: skip
    made = read_pdf(one_page(*((60, 760.0 - 12 * at, text) for at, text in enumerate(rows))).done())
    assert [piece.mark for piece in made.pieces] == ["1.", "2.", "3.", "4."]


def test_a_link_and_bold_words() -> None:
    pdf = one_page(*BEFORE, (60, 660, "Read *all of it* at the page of the council, today."))
    pdf.canvas.linkURL("https://example.org/council", (125, 655, 180, 672))
    made = read_pdf(pdf.done())
    marked = [node for node in walk(made.pieces[-1].inlines) if isinstance(node, Link | Strong)]
    assert [words_in(node.children) for node in marked if isinstance(node, Strong)] == ["all of it"]
    assert [node.url for node in marked if isinstance(node, Link)] == ["https://example.org/council"]


def test_first_rows_that_are_set_in_begin_paragraphs() -> None:
    full = "A row of text that fills the whole width of its column up to the very edge of it, and"
    rows = [(78.0, full[:-4]), (60.0, full), (60.0, full), (78.0, full[:-4]), (60.0, full), (60.0, "ends.")]
    made = read_pdf(one_page(*((x, 760.0 - 12 * at, text) for at, (x, text) in enumerate(rows))).done())
    assert [words for _, _, words in shown(made)] == [" ".join([full[:-4], full, full]), " ".join([full[:-4], full, "ends."])]


def test_a_contents_list_is_put_aside() -> None:
    entries = [("Introduction", "1"), ("Closed hearings", "2"), ("The press", "4")]
    pdf = one_page(
        (60, 760, "Contents"), *((60.0, 740.0 - 14 * at, f"{title} {'. ' * 40}{page}") for at, (title, page) in enumerate(entries))
    )
    pdf.rows(60, 650, [BODY, BODY, "an end."])
    made = read_pdf(pdf.done())
    assert [one.words for one in made.asides] == ["Contents", "Introduction 1", "Closed hearings 2", "The press 4"]
    assert len(made.pieces) == 1


def test_text_from_right_to_left_is_read() -> None:
    from weasyprint import HTML

    page = '<html lang="ar" dir="rtl"><body style="font-family: Amiri">' + "<p>حقوق الإنسان في البلاد</p>" * 3 + "</body></html>"
    made = read_pdf(HTML(string=page).write_pdf())
    assert letters(*all_words(made)) == letters("حقوق الإنسان في البلاد" * 3)


def test_notes_that_begin_anew_on_each_page_are_numbered_through() -> None:
    pdf = Drawn()
    for page in (1, 2):
        pdf.rows(60, 760, [BODY, f"the end of page {page}.^1^ And more words here.^2^"])
        pdf.canvas.line(60, 120, 150, 120)
        pdf.rows(60, 108, [f"^1^ First of page {page}.", f"^2^ Second of page {page}."], 8)
        pdf.page(page)
    made = read_pdf(pdf.done())
    assert [words for _, _, words in shown(made)] == [
        f"{BODY} the end of page {page}.[{2 * page - 1}] And more words here.[{2 * page}]" for page in (1, 2)
    ]
    assert [words_in(note.inlines) for _, note in sorted(made.notes.items())] == [
        "First of page 1.", "Second of page 1.", "First of page 2.", "Second of page 2.",
    ]  # fmt: skip


def test_notes_at_the_end_are_tied_to_their_calls() -> None:
    pdf = Drawn()
    pdf.rows(60, 760, [BODY, BODY, "the end.^1^ And more words here.^2^"])
    pdf.rows(60, 600, ["Notes"], 12, "Times-Bold")
    pdf.rows(
        60,
        580,
        [
            "^1^ First note at the end, which is long enough that it fills the whole of the row and goes on",
            "in another row.",
            "^2^ Second.",
        ],
    )
    made = read_pdf(pdf.done())
    assert shown(made) == [("text", "", f"{BODY} {BODY} the end.[1] And more words here.[2]"), ("heading", "", "Notes")]
    assert {number: words_in(note.inlines) for number, note in made.notes.items()} == {
        1: "First note at the end, which is long enough that it fills the whole of the row and goes on in another row.",
        2: "Second.",
    }


def test_a_table_goes_on_on_the_next_page_without_its_repeated_head() -> None:
    more = [CELLS[0], ["2015", "1", "2"], ["2016", "3", "4"]]
    pdf = one_page(*BEFORE)
    for top, rows in ((200, CELLS), (760, more)):
        pdf.canvas.grid([60, 160, 260, 360], [top, top - 20, top - 40, top - 60])
        for at, row in enumerate(rows):
            for place, words in enumerate(row):
                pdf.row(65 + 100 * place, top - 13 - 20 * at, words)
        pdf.canvas.showPage()
    assert cells(read_pdf(pdf.done())) == [CELLS + more[1:]]


# ---------------------------------------------------------------- hyphens

PROSE = [
    "We met independent reporters and wrote a follow-up report on the self-government of cities.",
    "The report says under the law that all went well.",
]


@pytest.mark.parametrize(
    ("left", "right", "joined"),
    [
        ("inde", "pendent", "independent"),  # stands in one piece elsewhere
        ("follow", "up", "follow-up"),  # stands with its hyphen elsewhere
        ("independ", "ence", "independence"),  # a kindred word stands elsewhere
        ("self", "esteem", "self-esteem"),  # a first part that keeps its hyphen
        ("mark", "up", "mark-up"),  # a second part that keeps its hyphen
        ("Anglo", "American", "Anglo-American"),  # a capital after the hyphen
        ("law", "report", "law-report"),  # two words that the text has
        ("under", "went", "underwent"),  # two words that the text has, but the first makes one word
        ("con", "sideration", "consideration"),  # where programs break the word
        ("consi", "deration", "consi-deration"),  # where none does
    ],
)
def test_a_hyphen_at_the_end_of_a_line(left: str, right: str, joined: str) -> None:
    breaks = [f"the govern{SOFT}", "ment and the minis", f"and the gov{SOFT}", "ernment"]
    vocabulary = Vocabulary([*PROSE, *breaks])
    assert left + vocabulary.between(left, right) + right == joined


def test_where_no_program_broke_words_a_hyphen_stays_and_is_told() -> None:
    vocabulary = Vocabulary(PROSE * 40)
    assert vocabulary.between("con", "sideration") == "-"
    assert vocabulary.guesses == {"con-sideration": "-"}


# ---------------------------------------------------------------- files that cannot be read


def scanned() -> bytes:
    from PIL import Image

    pdf = Drawn()
    pdf.canvas.drawInlineImage(Image.new("L", (60, 84), 200), 0, 0, *A4)
    return pdf.done()


def locked(**passwords: str) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(one_page(*BEFORE).done())) as pdf:
        pdf.save(out, encryption=pikepdf.Encryption(**passwords))
    return out.getvalue()


def long_file() -> bytes:
    out = io.BytesIO()
    with pikepdf.new() as pdf:
        for _ in range(3_001):
            pdf.add_blank_page(page_size=(50, 50))
        pdf.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("raw", "rule", "way_out"),
    [
        (scanned(), "SG630", "ocrmypdf"),
        (locked(user="secret", owner="secret"), "SG631", "without one"),
        (b"%PDF-1.7\nnothing else", "SG632", "Word file"),
        (b"no PDF at all", "SG632", "Word file"),
        (one_page(*BEFORE).done()[:200], "SG632", "Word file"),
        (long_file(), "SG633", "part of it"),
    ],
    ids=["scanned", "locked", "broken", "other", "cut off", "too long"],
)
def test_a_pdf_that_cannot_be_read_is_refused_with_the_way_out(raw: bytes, rule: str, way_out: str, tmp_path: Path) -> None:
    for folder in ("sections", "submissions"):
        (tmp_path / folder).mkdir()
    (tmp_path / "old.pdf").write_bytes(raw)
    done = CliRunner().invoke(main, ["-C", str(tmp_path), "import", str(tmp_path / "old.pdf")])
    assert (done.exit_code, isinstance(done.exception, SystemExit)) == (1, True)
    assert rule in done.output
    assert way_out in done.output
    assert not (tmp_path / "sections" / "imported").exists()


def test_a_pdf_that_only_its_owner_may_change_is_read() -> None:
    assert len(read_pdf(locked(user="", owner="secret")).pieces) == 1


def test_a_pdf_that_takes_too_long_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shadowgen.readers.pdf.reading.CHILD", ("-c", "while True: pass"))
    monkeypatch.setattr("shadowgen.readers.pdf.reading.SECONDS", 0.2)
    with pytest.raises(Unreadable, match="more time or memory"):
        read_pdf(one_page(*BEFORE).done())


@pytest.mark.parametrize(("y", "size"), [(700, 300_000_000), (900_000, 10)])
def test_letters_larger_than_any_page_or_far_from_it_are_counted_and_not_gone_through(y: float, size: float) -> None:
    """One damaged number makes letters of a hundred kilometres, and rows that take hours to look through."""
    drawn = one_page(*BEFORE)
    drawn.row(60, y, "Giant", size)
    drawing = draw(drawn.done())
    assert ["Giant" in one.text for page in drawing.pages for one in page.spans] == [False] * len(BEFORE)
    assert drawing.undecoded == len("Giant")


def test_a_page_that_is_a_picture_among_others_is_told() -> None:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(two_columns())) as pdf, pikepdf.open(io.BytesIO(scanned())) as picture:
        pdf.pages.append(picture.pages[0])
        pdf.save(out)
    made = read_pdf(out.getvalue())
    assert [(one.what, one.place.page) for one in made.doubts if one.place.page] == [("page without text", 3)]


@pytest.mark.parametrize("seed", range(12))
def test_whatever_bytes_a_pdf_has_it_is_read_or_refused(seed: int) -> None:
    chance = random.Random(seed)
    raw = bytearray(two_columns())
    for _ in range(chance.choice([1, 30, 300])):
        raw[chance.randrange(len(raw))] = chance.choice(b"0123456789-./<>[]() \x00\xff")
    if seed % 3 == 0:
        del raw[chance.randrange(len(raw)) :]
    try:
        assert isinstance(read_pdf(bytes(raw)), Original)
    except Unreadable as refused:
        assert refused.hint
