"""Documents of UN bodies and exports of their index become commitments: hand-written imitations."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner

from shadowgen.cli import main
from shadowgen.importing.drafting import Wanted
from shadowgen.importing.run import Imported, import_file
from shadowgen.library import Library, load_library
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
