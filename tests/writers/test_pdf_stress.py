"""A document larger and odder than real ones: 500 notes, a table of twelve pages with notes in its cells, one note of 1,500 words."""

from __future__ import annotations

from pathlib import Path

import pytest
from pdfstructure import Structure, read_structure
from support import codes, finding, make_workspace, put_together, submission

from shadowgen.checks.outputs import check_pdf
from shadowgen.loading import load_library
from shadowgen.writers.pdf import write_pdf

pytestmark = pytest.mark.slow

LONG = "Much " + " ".join(f"word{number}" for number in range(1499))
ROWS = 380


def body() -> str:
    """Return 250 notes in paragraphs, one of them of 1,500 words, and 250 in a table."""
    paragraphs = [f"Paragraph {number} says this^[Note of paragraph {number}.], and then that." for number in range(1, 250)]
    paragraphs.insert(100, f"A paragraph with much to add^[{LONG}].")
    rows = [
        f"| {row} | Words of row {row} in its second cell{f'^[Note of row {row}.]' if row <= 250 else ''} | {row * 2} |"
        for row in range(1, ROWS + 1)
    ]
    return "\n\n".join(
        [*paragraphs, "Table: Many rows {#row-table}", "\n".join(["| Row | Words | Number |", "| --- | --- | ---: |", *rows])]
    )


@pytest.fixture(scope="module")
def structure(tmp_path_factory: pytest.TempPathFactory) -> Structure:
    root = tmp_path_factory.mktemp("stress")
    files = {"sections/articles/iccpr/19/many.yaml": finding(body()), "submissions/report.yaml": submission()}
    composition, problems = put_together(root, files)
    assert [one for one in problems if one.is_error] == []
    pdf, problems = write_pdf(composition.submission, composition.locale, composition.look)
    assert pdf is not None and problems == check_pdf(pdf.data, composition.submission) == []
    (root / "report.pdf").write_bytes(pdf.data)
    return read_structure(root / "report.pdf")


def test_every_note_is_there_in_its_place(structure: Structure) -> None:
    notes = list(structure.root.all("Note"))
    words = [" ".join(note.text(without=("Lbl",)).replace("\u00ad", "").split()) for note in notes]
    wanted = [f"Note of paragraph {number}." for number in range(1, 250)]
    wanted.insert(100, LONG + ".")
    assert words == wanted + [f"Note of row {row}." for row in range(1, 251)]
    assert len(notes[100].pages) > 1  # the long one goes on over pages and is one


def test_the_table_is_one_over_its_pages_and_its_head_is_read_once(structure: Structure) -> None:
    [table] = structure.root.all("Table")
    assert len(table.pages) >= 12
    assert [row.kids[0].text() for row in table.all("TR")] == ["Row", *map(str, range(1, ROWS + 1))]
    again = [page for page, artifacts in enumerate(structure.artifacts) if ("Row" in [text for _, text in artifacts])]
    assert again == sorted(table.pages)[1:]  # the head is painted on every further page, for the eye


@pytest.mark.parametrize("heading", ["#### Too deep", "# Too high"])
def test_a_heading_that_skips_a_level_is_refused(tmp_path: Path, heading: str) -> None:
    files = {
        "sections/articles/iccpr/19/deep.yaml": finding(f"Words.\n\n{heading}\n\nMore words."),
        "submissions/report.yaml": submission(),
    }
    _, problems = load_library(make_workspace(tmp_path, files))
    assert codes(problems) == ["heading-level"]
    assert (problems[0].origin.file, problems[0].origin.line) == ("sections/articles/iccpr/19/deep.yaml", 8)
