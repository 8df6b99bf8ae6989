"""What a library keeps back is found in finished files in any spelling that is certain; a hit names the record, never the words."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from planting import core, field, page, paragraph, pdf, png, run, word
from support import finding, make_workspace

from shadowgen.cli import main
from shadowgen.loading import load_library
from shadowgen.people.names import Secret
from shadowgen.scan.guard import scan
from shadowgen.scan.secrets import secrets_of, tell_secrets
from shadowgen.workspace import Workspace

PEOPLE = """\
witness: {type: person, name: Aigul Sarsenova, role: a lawyer, audience: public}
lawyer: {type: person, name: Daniyar Öskenbay, consent: name, audience: public}
bureau: {type: organisation, name: Hidden Bureau}
league: {type: organisation, name: The Open League, audience: public}
"""
SOURCES = """\
mother: {type: interview, person: Botagoz Alikhanova, date: 2014-05-01}
prison: {type: confidential-interview, code: INT-2014-17, date: 2014-05-01, description: Former prisoner of Zhem, holder: The Open League}
report: {type: book, author: A. Author, title: An open report, date: 2014}
"""
FILES = {
    "sections/contributors/all.yaml": PEOPLE,
    "sections/sources/all.yaml": SOURCES,
    "sections/articles/iccpr/7/a.yaml": finding("The guard [Captain Bekov]{internal} beat him. [Kept in cell fourteen]{committee}. In [Almaty]{internal} and Almaty."),
    "sections/articles/iccpr/7/b.yaml": finding("Nobody outside knows of the cellar under the market.", title="The cellar of the station", audience="internal"),
}  # fmt: skip


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("library")
    make_workspace(folder, FILES)
    return folder


def kept_back(root: Path, audience: str = "public") -> dict[str, str]:
    library, _ = load_library(Workspace(root))
    return {secret.text: secret.key for secret in secrets_of(library, audience)}


def test_everything_above_the_audience_is_searched_for(root: Path) -> None:
    found = kept_back(root)
    assert {
        "Aigul Sarsenova", "Hidden Bureau", "Botagoz Alikhanova", "INT-2014-17", "Former prisoner of Zhem", "Captain Bekov",
        "Kept in cell fourteen", "The cellar of the station", "Nobody outside knows of the cellar under the market.",
    } == set(found)  # fmt: skip
    assert found["Captain Bekov"] == "words marked {internal} in section 'a', sections/articles/iccpr/7/a.yaml:6:13"
    assert found["Aigul Sarsenova"] == "contributor 'witness', sections/contributors/all.yaml:1:1"


def test_the_committee_may_read_more(root: Path) -> None:
    assert set(kept_back(root)) - set(kept_back(root, "committee")) == {"Kept in cell fourteen"}


SPELLINGS = {
    "as it is": "Aigul Sarsenova",
    "in capitals": "AIGUL SARSENOVA",
    "over a line end": "Aigul\nSarsenova",
    "with spaces": "Aigul \u00a0 Sarsenova",
    "with a soft hyphen": "Aigul Sarse\u00adnova",
    "with a letter of no width": "Ai\u200bgul Sarsenova",
    "hyphenated at a line end": "Aigul Sarse-\nnova",
    "in a sentence": "(Aigul Sarsenova’s words)",
    "in wide letters": "Ａｉｇｕｌ Ｓａｒｓｅｎｏｖａ",
    "with points": "Aigul.Sarsenova",
}
NOT = {"longer": "Aigul Sarsenovas", "after a letter": "XAigul Sarsenova", "half of it": "Aigul", "another": "Aigul Karsenova"}
WITNESS = Secret("contributor 'witness'", "words", "Aigul Sarsenova")


@pytest.mark.parametrize("spelling", SPELLINGS.values(), ids=SPELLINGS)
def test_spelling_is_found(spelling: str) -> None:
    hits = list(tell_secrets([("page 1", "Nothing."), ("page 2", f"Words {spelling} words")], [WITNESS]))
    assert [(one.place, one.value) for one in hits] == [("page 2", "contributor 'witness'")]


@pytest.mark.parametrize("other", NOT.values(), ids=NOT)
def test_other_words_are_not_found(other: str) -> None:
    assert list(tell_secrets([("page 1", f"Words {other} words"), ("page 2", "Aigul"), ("page 3", "Sarsenova")], [WITNESS])) == []


PERSON = Secret("contributor 'witness'", "name", "Айгуль Сарсенова")
FORMS = {
    "as it stands": ("Айгуль Сарсенова", ["secret"]),
    "in another case of grammar": ("у Айгуль Сарсеновой", ["secret"]),
    "in Latin letters": ("Aigul Sarsenova", ["secret"]),
    "in other Latin letters": ("Aygul Sarsenova", ["secret"]),
    "with the surname first": ("SARSENOVA Aigul", ["secret"]),
    "with an initial": ("A. Sarsenova", ["secret"]),
    "the surname alone": ("Ms. Sarsenova", ["surname"]),
    "the given name alone": ("Aigul", []),
    "somebody else": ("Botagoz Karimova", []),
}


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_names_of_persons_are_found_in_other_forms(form: tuple[str, list[str]]) -> None:
    words, kinds = form
    found = list(tell_secrets([("page 1", "Nothing."), ("page 2", f"He heard {words} there.")], [PERSON]))
    assert [(one.kind, one.place, one.value) for one in found] == [(kind, "page 2", "contributor 'witness'") for kind in kinds]


def test_a_given_name_on_one_page_and_a_surname_on_the_next_are_no_full_name() -> None:
    found = list(tell_secrets([("page 1", "Said Aigul"), ("page 2", "Sarsenova did.")], [PERSON]))
    assert [(one.kind, one.place) for one in found] == [("surname", "page 2")]


def test_a_zero_byte_in_a_file_parts_no_places() -> None:
    found = list(
        tell_secrets(
            [("page 1", "a\0b"), ("page 2", "of INT-2014-17."), ("page 3", "c")], [Secret("source 'prison'", "words", "INT-2014-17")]
        )
    )
    assert [(one.place, one.value) for one in found] == [("page 2", "source 'prison'")]


def test_letters_composed_and_not_are_the_same() -> None:
    secret = Secret("r", "words", "Daniyar Öskenbay")
    assert len(list(tell_secrets([("a", "Daniyar O\u0308skenbay"), ("b", "Daniyar \u00d6skenbay")], [secret]))) == 2


NAME = "Aigul Sarsenova"
CARRIERS = {
    "split runs": (word(paragraph(run("Aigul Sar") + run("senova", "<w:b/>"))), "word/document.xml paragraph 2"),
    "a deletion": (word(paragraph(f"<w:del><w:r><w:delText>{NAME}</w:delText></w:r></w:del>")), "word/document.xml paragraph 2"),
    "a field": (word(field(f' QUOTE "{NAME}" ')), "word/document.xml paragraph 2"),
    "a property": (word(parts=core(f"<dc:subject>{NAME}</dc:subject>")), "docProps/core.xml"),
    "an attribute": (word(paragraph(f'<w:bookmarkStart w:name="{NAME.replace(" ", "_")}"/>')), "word/document.xml paragraph 2"),
    "the name of a part": (word(parts={"word/media/aigul_sarsenova.png": png()}), "names of parts"),
    "entities": (page("<p>Aigul &#83;arsenova</p>"), "line 3"),
    "split elements": (page("<p>Aigul Sar<b>sen</b>ova</p>"), "line 3"),
    "an alt text": (page(f'<img alt="{NAME}" src="data:image/png;base64,">'), "source line 3"),
    "a page": (pdf(b"BT /F1 12 Tf 70 600 Td (Aigul Sar) Tj (senova) Tj ET"), "page 1"),
    "a PDF's object": (pdf(objects=(b"<< /Alt (%s) >>" % NAME.encode(),)), "object 10"),
    "trailing bytes": (png(after=NAME.encode()), "after the end of the picture"),
}  # fmt: skip


@pytest.mark.parametrize("carrier", CARRIERS)
def test_secret_is_found_in_carrier(carrier: str, tmp_path: Path) -> None:
    data, place = CARRIERS[carrier]
    (tmp_path / "file").write_bytes(data)
    hits = [one for one in scan(tmp_path / "file", [WITNESS]) if one.kind == "secret"]
    assert (place, "contributor 'witness'") in [(one.place, one.value) for one in hits]


def test_command_searches_the_workspace_and_names_the_record_only(root: Path, tmp_path: Path) -> None:
    file = tmp_path / "a.docx"
    file.write_bytes(word(paragraph(run("Words of Botagoz Alikhanova, kept in cell fourteen."))))
    told = CliRunner().invoke(main, ["-C", str(root), "scan", "--quiet-values", str(file)])
    assert told.exit_code == 1
    assert "word/document.xml paragraph 2: danger secret" in told.output
    assert "source 'mother', sections/sources/all.yaml:1:1" in told.output
    assert "Botagoz" not in told.output
    data = json.loads(CliRunner().invoke(main, ["-C", str(root), "scan", "--json", "--audience", "committee", str(file)]).output)
    assert [one["value"] for one in data] == ["source 'mother', sections/sources/all.yaml:1:1"]
    assert CliRunner().invoke(main, ["-C", str(tmp_path), "scan", str(file)]).exit_code == 0
