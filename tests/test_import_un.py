"""Documents of UN bodies and exports of their index become commitments: hand-written imitations."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from shadowgen.cli import main
from shadowgen.importing.drafting import Wanted
from shadowgen.importing.reviewed import positions_in
from shadowgen.importing.run import Imported, import_file
from shadowgen.library import Library
from shadowgen.loading import load_library
from shadowgen.readers.plain import read_plain
from shadowgen.workspace import Workspace

OBSERVATIONS = Path(__file__).parent / "imports" / "observations.txt"


def imported(root: Path, file: Path, wanted: Wanted) -> tuple[Library, Imported]:
    for folder in ("sections", "submissions"):
        (root / folder).mkdir(exist_ok=True)
    done, problems = import_file(load_library(Workspace(root))[0], file, wanted)
    library, loading = load_library(Workspace(root))
    assert problems == loading == []
    return library, done


def test_concluding_observations_become_commitments(tmp_path: Path) -> None:
    library, done = imported(tmp_path, OBSERVATIONS, Wanted("co", "observations.txt"))
    document = library.commitments["ccpr-c-kaz-co-9"]
    assert (document.kind, document.symbol, document.body, document.date) == (
        "concluding-observations", "CCPR/C/KAZ/CO/9", "Human Rights Committee", "2016-08-09",
    )  # fmt: skip
    assert [(one.number, one.id, [str(ref) for ref in one.articles], one.text) for one in document.paragraphs] == [
        ("5", "domestic-implementation", ["ICCPR 2"],
         "The State party should train judges and should: (a) publish their judgments; (b) keep statistics."),
        ("6", "death-penalty", ["ICCPR 6", "ICCPR 14(1)"], "The State party should abolish it."),
        ("7", "violence-against-women", [], "The Committee is concerned about violence against women."),
        ("8", "dissemination-and-follow-up", [], "The State party should disseminate these observations."),
    ]  # fmt: skip
    assert library.sources[document.source].fields["symbol"] == "CCPR/C/KAZ/CO/9"
    assert done.shares[-1] == ("no draft", 0, 0.0)


def test_the_concern_stands_above_the_recommendation(tmp_path: Path) -> None:
    imported(tmp_path, OBSERVATIONS, Wanted("co", "observations.txt"))
    text = (tmp_path / "sections/imported/co/commitments/ccpr-c-kaz-co-9.yaml").read_text(encoding="utf-8")
    assert (
        '# Paragraph 4 (concern): The Committee is concerned that courts seldom apply the Covenant (art. 2).\n    text: "The State' in text
    )


def test_a_document_that_the_library_has_keeps_its_place(tmp_path: Path) -> None:
    imported(tmp_path, OBSERVATIONS, Wanted("first", "observations.txt"))
    library, _ = imported(tmp_path, OBSERVATIONS, Wanted("second", "observations.txt"))
    assert set(library.commitments) == {"ccpr-c-kaz-co-9", "second-ccpr-c-kaz-co-9"}
    assert set(library.sources) == {"ccpr-c-kaz-co-9"}


def test_a_list_of_issues(tmp_path: Path) -> None:
    text = (
        "CCPR/C/KAZ/Q/9\n\nList of issues in relation to the ninth periodic report of Freedonia\n\nNon-discrimination (arts. 2 and 26)\n\n"
        + (
            "1. Please say what has been done.\n\n2. Please give figures:\n\n(a) for women;\n\n(b) for men.\n\nRight to life (art. 6)\n\n3. Please explain.\n"
        )
    )
    (tmp_path / "q.txt").write_text(text, encoding="utf-8")
    library, done = imported(tmp_path, tmp_path / "q.txt", Wanted("q", "q.txt"))
    document = library.commitments["ccpr-c-kaz-q-9"]
    assert document.kind == "list-of-issues"
    assert [(one.number, one.title, one.text) for one in document.paragraphs] == [
        ("1", "Non-discrimination", "Please say what has been done."),
        ("2", "Non-discrimination", "Please give figures: (a) for women; (b) for men."),
        ("3", "Right to life", "Please explain."),
    ]
    assert [[str(ref) for ref in one.articles] for one in document.paragraphs] == [
        ["ICCPR 2", "ICCPR 26"],
        ["ICCPR 2", "ICCPR 26"],
        ["ICCPR 6"],
    ]
    assert done.shares[-1] == ("no draft", 0, 0.0)


def record(id: str, symbol: str, text: str, kind: str, country: str, body: str) -> dict[str, object]:
    return {
        "AnnotationId": id, "Symbol": symbol, "Text": text, "AnnotationType": kind, "Countries": [f"- {country}"], "Body": f"- {body}",
        "PublicationDate": "2016-08-09T00:00:00",
    }  # fmt: skip


def test_the_index_is_filtered_by_country_and_body(tmp_path: Path) -> None:
    records = [
        record("A1-x", "CCPR/C/KAZ/CO/2", "The State party should free the press.", "Recommendation", "Kazakhstan", "CCPR"),
        record("A2-x", "CCPR/C/KAZ/CO/2", "It is concerned.", "Concern", "Kazakhstan", "CCPR"),
        record("A3-x", "CAT/C/KAZ/CO/3", "It should end torture.", "Recommendation", "Kazakhstan", "CAT"),
        record("A4-x", "CCPR/C/FRA/CO/5", "It should train judges.", "Recommendation", "France", "CCPR"),
    ]
    (tmp_path / "index.json").write_text(json.dumps(records), encoding="utf-8")
    library, done = imported(tmp_path, tmp_path / "index.json", Wanted("uhri", "index.json", country="kazakhstan", body="CCPR"))
    (document,) = library.commitments.values()
    assert (document.id, document.symbol, document.date) == ("ccpr-c-kaz-co-2", "CCPR/C/KAZ/CO/2", "2016-08-09")
    assert [(one.id, one.text) for one in document.paragraphs] == [("a1-x", "The State party should free the press.")]
    assert done.taken == (1, 3)


def test_json_that_is_no_export_of_the_index_is_refused(tmp_path: Path) -> None:
    for folder in ("sections", "submissions"):
        (tmp_path / folder).mkdir()
    for text in ("{", "[1, 2]", '{"a": 1}', "[" * 100_000):
        (tmp_path / "x.json").write_text(text, encoding="utf-8")
        run = CliRunner().invoke(main, ["-C", str(tmp_path), "import", str(tmp_path / "x.json")])
        assert run.exit_code == 1 and "SG101" in run.output, run.output


def workbook(rows: list[list[object]]) -> bytes:
    """Make an Excel file as the index gives it."""
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


HEAD = ["Text", "Countries Concerned", "Reccomending Body", "Document Symbol", "Annotation Type", "Themes", "Document Publication Date",
        "UPR Position", "OHCHR Annotation Id"]  # fmt: skip


def test_the_excel_export_of_the_index_has_the_columns_and_lists_of_the_index(tmp_path: Path) -> None:
    rows = [
        ["Universal Human Rights Index"],
        HEAD,
        ["124.12 Abolish it (Uruguay);", "- Kazakhstan\n- Freedonia", "- UPR", "A/HRC/28/10", "- Recommendation", "- Death penalty", 41983, "- Supported", "b1"],
        ["124.13. Keep nobody in secret (Chile);", "- Kazakhstan", "- UPR", "A/HRC/28/10", "- Recommendation", "", "2014-12-10", "- Noted", "b2"],
        ["It is worried.", "- Kazakhstan", "- UPR", "A/HRC/28/10", "- Concern", "", "", "", "b3"],
        ["1.1 Elsewhere (Chile);", "- France", "- UPR", "A/HRC/29/1", "- Recommendation", "", "", "", "b4"],
    ]  # fmt: skip
    (tmp_path / "index.xlsx").write_bytes(workbook(rows))
    library, done = imported(tmp_path, tmp_path / "index.xlsx", Wanted("uhri", "index.xlsx", country="Kazakhstan", body="UPR"))
    (document,) = library.commitments.values()
    assert (document.id, document.kind, document.date) == ("a-hrc-28-10", "upr", "2014-12-10")
    assert [(one.id, one.number, one.text, one.position) for one in document.paragraphs] == [
        ("124-12", "124.12", "Abolish it (Uruguay);", "supported"),
        ("124-13", "124.13", "Keep nobody in secret (Chile);", "noted"),
    ]
    assert done.taken == (2, 2)


def test_an_excel_file_that_is_no_export_or_would_harm_is_refused(tmp_path: Path) -> None:
    for folder in ("sections", "submissions"):
        (tmp_path / folder).mkdir()
    evil = io.BytesIO(workbook([HEAD]))
    with zipfile.ZipFile(evil, "a") as archive:
        archive.writestr("xl/evil.xml", '<!DOCTYPE x [<!ENTITY e "ee">]><x>&e;</x>')
    for raw, why in (
        (workbook([["a", "b"], [1, 2]]), "no records"),
        (evil.getvalue(), "document type"),
        (b"PK\x03\x04 no archive", "no Excel file"),
        (workbook([HEAD])[:-40], "no Excel file"),
        (OBSERVATIONS.read_bytes(), "no JSON"),
    ):
        (tmp_path / "x.xlsx").write_bytes(raw)
        run = CliRunner().invoke(main, ["-C", str(tmp_path), "import", str(tmp_path / "x.xlsx")])
        assert run.exit_code == 1 and why in run.output, run.output


def test_a_recommendation_that_the_index_holds_twice_stands_under_two_ids(tmp_path: Path) -> None:
    records = [record(f"A{n}", "A/HRC/28/10", "124.1 Do it (Chile);", "Recommendation", "Kazakhstan", "UPR") for n in (1, 2)]
    (tmp_path / "index.json").write_text(json.dumps(records), encoding="utf-8")
    library, _ = imported(tmp_path, tmp_path / "index.json", Wanted("uhri", "index.json"))
    assert [one.id for one in library.commitments["a-hrc-28-10"].paragraphs] == ["124-1", "124-1-2"]


REVIEW = Path(__file__).parent / "imports" / "working-group.txt"
ADDENDUM = (
    "A/HRC/28/99/Add.1\n\nReport of the Working Group on the Universal Periodic Review\n\nAddendum\n\n1. Freedonia thanks the States.\n\n"
    "2. Recommendations 125.1 and 125.3 enjoy the support of Freedonia.\n\n3. Recommendation 125.2 has been noted.\n"
)


def test_the_report_of_a_review_gives_recommendations_with_the_position_of_the_state(tmp_path: Path) -> None:
    library, done = imported(tmp_path, REVIEW, Wanted("upr", "wg.txt"))
    document = library.commitments["a-hrc-28-99"]
    assert (document.kind, document.symbol, document.body, document.date) == ("upr", "A/HRC/28/99", "Human Rights Council", "2014-12-10")
    assert [(one.id, one.number, one.position, one.text) for one in document.paragraphs] == [
        ("124-1", "124.1", "supported", "Ratify the protocol (Uruguay) (Chile);"),
        ("124-2", "124.2", "supported", "Open the prisons to visitors, as it has said it would since the last review, and tell the public what they find (Norway);"),
        ("125-1", "125.1", "", "Free the press (Canada);"),
        ("125-2", "125.2", "", "Let people gather (Canada);"),
        ("125-3", "125.3", "", "Count the votes (Mexico)."),
        ("126-1", "126.1", "noted", "Abolish the ministry (France)."),
    ]  # fmt: skip
    assert done.shares[-1] == ("no draft", 0, 0.0)


def test_the_addendum_answers_what_the_report_left_open(tmp_path: Path) -> None:
    for folder in ("sections", "submissions"):
        (tmp_path / folder).mkdir()
    (tmp_path / "add.txt").write_text(ADDENDUM, encoding="utf-8")
    run = CliRunner().invoke(main, ["-C", str(tmp_path), "import", str(REVIEW), "--name", "upr", "--addendum", str(tmp_path / "add.txt")])
    assert run.exit_code == 0, run.output
    library, _ = load_library(Workspace(tmp_path))
    assert {one.number: one.position for one in library.commitments["a-hrc-28-99"].paragraphs} == {
        "124.1": "supported", "124.2": "supported", "125.1": "supported", "125.2": "noted", "125.3": "supported", "126.1": "noted",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("words", "answers"),
    [
        ("The following enjoy the support of the State: 1.1–1.3, 1.5.", {"1.1": "supported", "1.2": "supported", "1.3": "supported", "1.5": "supported"}),
        ("Freedonia supports the recommendations 2.1 to 2.2. It notes the rest.", {"2.1": "supported", "2.2": "supported"}),
        ("Recommendations 3.1 and 3.2 do not enjoy the support of Freedonia.", {"3.1": "noted", "3.2": "noted"}),
        ("Recommendation 4.1 is welcome.", {}),
    ],
)  # fmt: skip
def test_the_words_of_an_addendum(words: str, answers: dict[str, str]) -> None:
    assert positions_in(read_plain(words.encode())) == answers


@pytest.mark.parametrize("place", ["table", "header"])
def test_a_word_file_as_the_un_publishes_it_has_its_symbol_in_a_table_or_in_its_header(tmp_path: Path, place: str) -> None:
    def p(words: str) -> str:
        return f"<w:p><w:r><w:t>{words}</w:t></w:r></w:p>"

    w = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    table = f"<w:tbl><w:tr><w:tc>{p('United Nations')}</w:tc><w:tc>{p('CCPR/C/KAZ/CO/9')}{p('Distr.: General')}</w:tc></w:tr></w:tbl>"
    words = ["Concluding observations on the ninth periodic report of Freedonia", "C. Principal matters of concern and recommendations", "Death penalty",
             "1. The Committee is concerned. The State party should abolish it."]  # fmt: skip
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        body = "".join(map(p, words))
        archive.writestr("word/document.xml", f"<w:document {w}><w:body>{table if place == 'table' else ''}{body}</w:body></w:document>")
        if place == "header":
            archive.writestr("word/header1.xml", f"<w:hdr {w}>{p('CCPR/C/KAZ/CO/9')}</w:hdr>")
    (tmp_path / "co.docx").write_bytes(out.getvalue())
    library, done = imported(tmp_path, tmp_path / "co.docx", Wanted("co", "co.docx"))
    (paragraph,) = library.commitments["ccpr-c-kaz-co-9"].paragraphs
    assert (paragraph.number, paragraph.title, paragraph.text) == ("1", "Death penalty", "The State party should abolish it.")
    assert done.shares[-1] == ("no draft", 0, 0.0)


PUBLISHED = """<table><tr><td>United Nations</td><td>CCPR/C/KAZ/CO/9</td></tr><tr><td>Covenant</td><td>Distr.: General<br>18 November 2016</td></tr></table>
<h1>Concluding observations on the ninth periodic report of Freedonia*</h1><p>1. It met on 18 and 19 October 2016.</p>
<h2>C. Principal matters of concern and recommendations</h2><h3>Minorities</h3>
<p>2. The Committee is concerned about:</p><p>(a) Schools;</p><p>(b) Houses (arts. 26 and 27).</p>
<p><b>3. The State party should:</b></p><p><b>(a) Open schools;</b></p><p><b>(b)</b> <b>Build houses.</b></p>
<h3>Torture</h3><p>4. The Committee regrets impunity (art. 7).</p><p><b>5.</b> <b>The State party should investigate.</b></p>
<p>* Adopted at its 118th session.</p><p>1 See CAT/C/KAZ/CO/3.</p>"""


def test_recommendations_in_bold_keep_their_numbers_and_notes_at_the_end_stay_out_of_the_last(tmp_path: Path) -> None:
    (tmp_path / "co.html").write_text(PUBLISHED, encoding="utf-8")
    library, done = imported(tmp_path, tmp_path / "co.html", Wanted("co", "co.html"))
    document = library.commitments["ccpr-c-kaz-co-9"]
    assert (document.title, document.date) == ("Concluding observations on the ninth periodic report of Freedonia", "2016-11-18")
    assert [(one.number, one.title, [str(ref) for ref in one.articles], one.text) for one in document.paragraphs] == [
        ("3", "Minorities", ["ICCPR 26", "ICCPR 27"], "The State party should: (a) Open schools; (b) Build houses."),
        ("5", "Torture", ["ICCPR 7"], "The State party should investigate."),
    ]
    report = (tmp_path / "sections/imported/co/import-report.md").read_text(encoding="utf-8")
    assert "| paragraph 9 | 3 | Minorities |  |" in report
    assert "the summaries of 2 paragraphs are to be written" in report
    assert "paragraph 15 (is a note of the document)" in report
    assert done.shares[-1] == ("no draft", 0, 0.0)


def test_the_first_recommendation_may_stand_in_the_paragraph_that_leads_to_the_list(tmp_path: Path) -> None:
    text = "A/HRC/28/99\n\nReport of the Working Group on the Universal Periodic Review* Freedonia\n\n75. These will be examined:\n75.1 Ratify\nit (Chile);\n75.2 Go on (Peru).\n"
    (tmp_path / "wg.txt").write_text(text, encoding="utf-8")
    library, _ = imported(tmp_path, tmp_path / "wg.txt", Wanted("upr", "wg.txt"))
    document = library.commitments["a-hrc-28-99"]
    assert document.title == "Report of the Working Group on the Universal Periodic Review Freedonia"
    assert [(one.number, one.text) for one in document.paragraphs] == [("75.1", "Ratify it (Chile);"), ("75.2", "Go on (Peru).")]
    report = (tmp_path / "sections/imported/upr/import-report.md").read_text(encoding="utf-8")
    assert "what the State answered is not said of 75.1, 75.2" in report


def test_an_export_tells_which_file_has_its_document_already(tmp_path: Path) -> None:
    imported(tmp_path, OBSERVATIONS, Wanted("co", "observations.txt"))
    records = [record("A1", "CCPR/C/KAZ/CO/9", "Free the press.", "Recommendation", "Kazakhstan", "CCPR")]
    (tmp_path / "index.json").write_text(json.dumps(records), encoding="utf-8")
    run = CliRunner().invoke(main, ["-C", str(tmp_path), "import", str(tmp_path / "index.json")])
    assert "sections/imported/co/commitments/ccpr-c-kaz-co-9.yaml holds this document already" in run.output


def test_the_head_of_a_page_in_one_line_tells_the_symbol(tmp_path: Path) -> None:
    text = OBSERVATIONS.read_text(encoding="utf-8").replace(
        "United Nations\n\nCCPR/C/KAZ/CO/9\n\nDistr.: General\n", "United Nations CCPR/C/KAZ/CO/9 Distr.: General\n\n"
    )
    (tmp_path / "co.txt").write_text(text, encoding="utf-8")
    library, done = imported(tmp_path, tmp_path / "co.txt", Wanted("co", "co.txt"))
    assert [one.number for one in library.commitments["ccpr-c-kaz-co-9"].paragraphs] == ["5", "6", "7", "8"]
    assert done.shares[-1] == ("no draft", 0, 0.0)
