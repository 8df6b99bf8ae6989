"""The Word file is alive: after a person has edited it in a word processor, numbers and references follow.

LibreOffice stands in for Word. It counts notes, paragraphs and parts anew, and computes REF fields and the contents. NOTEREF it does not compute: it
keeps the field with its command and its old result, and writes it back. So for "note 4 above" the proof is that the edited and saved file still has
the field, and that the bookmark it names now holds the fifth note: that number is what NOTEREF is defined to show (ISO/IEC 29500-1, 17.16.5.34).
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from conftest import need
from expected import lines, note_lines
from finished import Finished
from readers import W, part, word_notes

pytestmark = pytest.mark.slow

NAME = "everything/whole-report.en"
PARAGRAPH_NUMBER = 8  # com.sun.star.text.ReferenceFieldPart.NUMBER


def bridge() -> str:
    """Return a Python that can talk to LibreOffice: the system's own, or the one that LibreOffice brings."""
    need("soffice")
    beside = Path(shutil.which("soffice") or "").resolve().parent / "python"
    for python in ("/usr/bin/python3", shutil.which("python3"), str(beside)):
        if python and Path(python).exists() and subprocess.run([python, "-c", "import uno"], capture_output=True).returncode == 0:
            return python
    (pytest.fail if os.environ.get("SHADOWGEN_CI") else pytest.skip)("no Python has the uno module (Debian: python3-uno)")
    raise AssertionError


@pytest.fixture(scope="module")
def edited(documents: dict[str, Finished], tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, Any], Path]:
    """The state before and after a person has put in a note, a paragraph and words of a heading; and the file as saved then."""
    result = tmp_path_factory.mktemp("edited") / "edited.docx"
    script = Path(__file__).with_name("office_edit.py")
    done = subprocess.run(
        [bridge(), str(script), str(documents[NAME].files["docx"]), str(result)], capture_output=True, text=True, timeout=240
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout), result


def note_in_bookmark(path: Path, name: str) -> int:
    """Return what NOTEREF shows: the place, among all notes of the text, of the first note in the bookmark."""
    place, inside, id = 0, False, ""
    for node in part(path, "word/document.xml").iter(f"{W}bookmarkStart", f"{W}bookmarkEnd", f"{W}footnoteReference"):
        if node.tag == f"{W}footnoteReference":
            place += 1
            if inside:
                return place
        elif node.get(f"{W}name") == name:
            inside, id = True, node.get(f"{W}id")
        elif inside and node.tag == f"{W}bookmarkEnd" and node.get(f"{W}id") == id:
            break
    raise AssertionError(f"no note in the bookmark {name}")


def test_a_note_put_in_moves_every_number_that_refers_to_a_later_note(
    edited: tuple[dict[str, Any], Path], documents: dict[str, Finished]
) -> None:
    """All NOTEREF fields are still there, and each names a bookmark whose note is now one further."""
    states, file = edited
    before, after = ([one for one, *_ in states[when]["kept"] if one.startswith("NOTEREF")] for when in ("before", "after"))
    assert len(before) > 5
    assert after == before
    parts = [part(file, name) for name in ("word/document.xml", "word/footnotes.xml")]
    codes = [" ".join((node.text or "").split()) for one in parts for node in one.iter(f"{W}instrText")]
    assert sorted(code for code in codes if code.startswith("NOTEREF")) == sorted(before)
    assert any("\\f" in code for code in before), "no note is called a second time"
    for name in {command.split()[1] for command in before}:
        number = int(name.removeprefix("_Ref_n"))
        assert note_in_bookmark(documents[NAME].files["docx"], name) == number
        assert note_in_bookmark(file, name) == number + 1


def test_the_note_put_in_is_the_first_and_the_others_keep_their_words(
    edited: tuple[dict[str, Any], Path], documents: dict[str, Finished]
) -> None:
    wanted = note_lines(documents[NAME].submission)
    found = [text for _, text in word_notes(edited[1])]
    assert found == ["A note that a person put in.", *wanted]


def test_a_paragraph_put_in_moves_every_number_that_refers_to_a_later_paragraph(
    edited: tuple[dict[str, Any], Path], documents: dict[str, Finished]
) -> None:
    """References to paragraph numbers show the document's numbers as built, and one more after the insertion."""
    before, after = ([one for one in edited[0][when]["references"] if one[1] == PARAGRAPH_NUMBER] for when in ("before", "after"))
    numbers = {
        f"_Ref_{line.anchor}": int(line.mark[:-1])
        for line in lines(documents[NAME].submission, documents[NAME].locale)
        if line.mark[:-1].isdigit()
    }
    assert len(before) > 5
    assert [int(shown) for _, _, shown in before] == [numbers[name] for name, _, _ in before]
    assert [int(shown) for _, _, shown in after] == [numbers[name] + 1 for name, _, _ in after]


def test_contents_show_a_heading_that_was_changed(edited: tuple[dict[str, Any], Path], documents: dict[str, Finished]) -> None:
    """Updating the contents finds the same headings in the same order, the changed one with its new words."""
    wanted = [line.whole() for line in lines(documents[NAME].submission, documents[NAME].locale) if line.kind == "entry"]
    before, after = (
        [" ".join(row.split("\t")[0].split()) for row in edited[0][when]["contents"][0][1:] if row] for when in ("before", "after")
    )
    assert before == wanted
    assert after == [f"New words in the {wanted[0]}", *wanted[1:]]
