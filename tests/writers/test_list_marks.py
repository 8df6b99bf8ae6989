"""A list counts alike in Word and in the PDF: (a) and (i) in English, a) and i) in other languages; aa) comes after z). Markdown has a) and i) always."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
from conftest import need
from readers import word_paragraphs
from support import finding, load, submission

from shadowgen.build import Job, build

ALPHA = [*"abcdefghijklmnopqrstuvwxyz", "aa", "bb"]
ROMAN = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"]
LATE = ["xxxix", "xl", "xli"]
ROMANS = "\n".join(f"{mark}) words" for mark in ROMAN)
FILES = {
    "sections/articles/iccpr/19/one.yaml": finding(
        f"Words.\n\n{ROMANS}\n\nWords.\n\n" + "\n".join(f"{mark}) words" for mark in LATE), asks=str(["words"] * len(ALPHA))
    ),
    "submissions/report.yaml": submission(languages="[en, ru, fr, es]"),
}


@pytest.mark.parametrize("language", ["en", "ru", "fr", "es"])
def test_word_pdf_and_markdown_count_alike(tmp_path: Path, language: str) -> None:
    need("pdftotext")
    library = load(tmp_path, FILES)
    (built,), problems = build(library, library.plans["report"], Job(("docx", "pdf", "md"), language=language))
    assert [str(problem) for problem in problems if problem.is_error] == []
    word, pdf, markdown = (tmp_path / name for name in built.files)
    left = "(" if language == "en" else ""
    wanted = [f"{left}{mark})" for mark in [*ROMAN, *LATE, *ALPHA]]
    assert [one.mark for one in word_paragraphs(word) if one.mark.endswith(")")] == wanted
    drawn = subprocess.run(["pdftotext", "-raw", str(pdf), "-"], capture_output=True, check=True, text=True).stdout
    assert re.findall(r"^\(?[a-z]+\)(?=\s)", drawn, re.MULTILINE) == wanted
    marks = re.findall(r"^(\S+)\)(?= words)", markdown.read_text(encoding="utf-8"), re.MULTILINE)
    assert marks == [*ROMAN, *LATE, *ALPHA]
