"""No output is put in place with words that its audience may not read, or with anything that a reader could dig out of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from support import finding, make_workspace, picture, submission
from test_cli import run

from shadowgen import build as building
from shadowgen.scan import gate
from shadowgen.scan.findings import Seen, found

PERSON = "witness:\n  type: person\n  name: {en: Aigerim Bekzatova, ru: Айгерим Бекзатова}\n  audience: %s\n"
PLAIN = finding("Nothing about anybody.")
SOURCE = "report: {type: ngo-report, author: An organisation, title: %s, date: 2015, audience: public}\n"
BROUGHT_BY = {
    "a paragraph": {"body": "They heard Aigerim Bekzatova."},
    "a mark inside": {"body": "They heard Aigerim *Bekza*tova."},
    "a note": {"body": "They heard.^[From Aigerim Bekzatova.]"},
    "small letters": {"body": "They heard aigerim  bekzatova."},
    "another alphabet's letters": {"body": "Слышали: Айгерим Бекзатова."},
    "another form": {"body": "Из рассказа Айгерим Бекзатовой."},
    "another spelling": {"body": "They heard Aygerim BEKZATOVA."},
    "an initial": {"body": "They heard A. Bekzatova."},
    "a cell": {"body": "| Who |\n| - |\n| Aigerim Bekzatova |"},
    "the alternative text of a picture": {"body": '![Aigerim Bekzatova](face.png "A picture")'},
    "the caption of a picture": {"body": '![A face](face.png "Aigerim Bekzatova")'},
    "the address of a link": {"body": "[Here](https://example.org/aigerim-bekzatova)."},
    "a title": {"title": "What Aigerim Bekzatova said"},
    "an ask": {"asks": '["Free Aigerim Bekzatova."]'},
    "a source": {"body": "Said [@report].", "source": "About Aigerim Bekzatova"},
    "the submission": {"plan": "The case of Aigerim Bekzatova"},
    "a value of the submission": {"body": "About {{whom}}.", "plan": "A report\nvariables: {whom: Aigerim Bekzatova}"},
}


def workspace(
    root: Path, body: str = "Nothing.", source: str = "A report", plan: str = "A report", level: str = "internal", **fields: str
) -> Path:
    files: dict[str, str | bytes] = {
        "sections/articles/iccpr/7/heard.yaml": finding(body, **fields),
        "sections/articles/iccpr/7/face.png": picture(),
        "sections/articles/iccpr/19/plain.yaml": PLAIN,
        "sections/contributors/people.yaml": PERSON % level,
        "sections/sources/all.yaml": SOURCE % source,
        "submissions/report.yaml": submission(title=plan),
    }
    return make_workspace(root, files).root


def written(root: Path) -> list[str]:
    return sorted(path.name for path in (root / "output").rglob("*") if path.is_file())


@pytest.mark.parametrize("way", BROUGHT_BY)
def test_a_name_that_nobody_may_read_stops_the_build_whatever_brings_it(tmp_path: Path, way: str) -> None:
    root = workspace(tmp_path, **BROUGHT_BY[way])
    done = run(root, "build", "--format", "docx,html,md")
    assert done.exit_code == 1
    assert "SG540" in done.output and "contributor 'witness', sections/contributors/people.yaml:1" in done.output
    assert not any(part in done.output.lower() for part in ("aigerim", "bekza", "айгерим", "бекзат"))
    assert written(root) == []


@pytest.mark.parametrize("format", ["pdf", "docx", "html", "md"])
def test_each_format_is_searched_and_the_text_that_brings_the_name_is_told(tmp_path: Path, format: str) -> None:
    root = workspace(tmp_path, "One.\n\nThey heard Aigerim Bekzatova.")
    done = run(root, "build", "--format", format)
    told = [row for row in done.output.splitlines() if "SG540" in row]
    assert [row.split(": ")[0] for row in told] == [f"output/report/report.{format}", "sections/articles/iccpr/7/heard.yaml:8:3"]
    assert written(root) == []


def test_an_output_that_stood_there_stays(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    assert run(root, "build", "--format", "md").exit_code == 0
    before = (root / "output/report/report.md").read_bytes()
    workspace(root, "They heard Aigerim Bekzatova.")
    assert run(root, "build", "--format", "md").exit_code == 1
    assert (root / "output/report/report.md").read_bytes() == before


@pytest.mark.parametrize(
    ("level", "audience", "code"),
    [
        ("public", "public", 0),
        ("committee", "committee", 0),
        ("committee", "public", 1),
        ("internal", "committee", 1),
        ("internal", "internal", 0),
    ],
)
def test_who_may_read_a_name_gets_it(tmp_path: Path, level: str, audience: str, code: int) -> None:
    root = workspace(tmp_path, "They heard Aigerim Bekzatova.", level=f"{level}\n  consent: name")
    assert run(root, "build", "--format", "md", "--audience", audience).exit_code == code


def test_a_surname_alone_does_not_stop_the_build(tmp_path: Path) -> None:
    """It may be somebody else's; the check of the texts tells it."""
    root = workspace(tmp_path, "They heard Minister Bekzatova.")
    assert run(root, "build", "--format", "md").exit_code == 0


def test_who_did_not_agree_to_be_named_is_named_to_nobody_else(tmp_path: Path) -> None:
    root = workspace(tmp_path, "They heard Aigerim Bekzatova.", level="public")
    codes = [run(root, "build", "--format", "md", "--audience", audience).exit_code for audience in ("public", "committee", "internal")]
    assert codes == [1, 1, 0]


def test_hidden_things_of_any_kind_stop_the_build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from shadowgen.writers import html

    honest = html.write_html
    monkeypatch.setattr(html, "write_html", lambda *words: honest(*words).replace("</body>", "<!-- drafted by the coordinator --></body>"))
    root = workspace(tmp_path)
    done = run(root, "build", "--format", "html,md")
    assert done.exit_code == 1 and written(root) == []
    assert [row.split(" ")[2] for row in done.output.splitlines() if "error" in row][:1] == ["SG541"]
    assert "coordinator" not in done.output


@pytest.mark.parametrize("kind", ["too-long", "unreadable"])
def test_an_output_that_cannot_be_searched_is_not_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    monkeypatch.setattr(gate, "judge", lambda _: Seen([found(kind, "file")]))
    root = workspace(tmp_path)
    assert run(root, "build", "--format", "md").exit_code == 1
    assert written(root) == []


def test_a_path_in_the_words_is_told_and_does_not_stop_the_build(tmp_path: Path) -> None:
    root = workspace(tmp_path, "It lies in C:\\\\Users\\\\coordinator\\\\report.docx on a computer.")
    done = run(root, "build", "--format", "md", "--json")
    assert done.exit_code == 0 and '"SG542"' in done.output and written(root) == ["report.md"]


def test_the_gate_is_no_option(tmp_path: Path) -> None:
    """Whatever is asked of a build, what it makes passes the gate: nothing else calls the one place that writes outputs."""
    root = workspace(tmp_path, "They heard Aigerim Bekzatova.")
    for words in (["--force"], ["--json"], ["--print"], ["--draft"], ["--print", "--fold"]):
        assert run(root, "build", "--format", "pdf", *words).exit_code == 1
        assert written(root) == []
    assert building.hold_back is gate.hold_back
