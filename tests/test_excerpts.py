"""Lines beside a problem: those that the public may read are shown, others never, whatever is wrong in the file."""

from __future__ import annotations

import re

import pytest
from support import finding, make_workspace, submission
from test_cli import run

from shadowgen.diagnostics import UNSHOWN
from shadowgen.excerpts import showable

SECTION = "sections/articles/iccpr/7/a.yaml"
OPEN = "title: A\naudience: public\nbody: |\n  One.\n  Two [sec\n  ret [@k]\n  words]{internal} three.\n  Four.\n# a remark\n"
SOURCES = """\
report: {type: ngo-report, title: A}
talk: {type: interview, person: Somebody}
open-talk: {type: interview, person: Anybody, audience: public}
kept: {type: ngo-report, title: B, audience: committee}
long:
  type: ngo-report
  title: C
  audience: internal
last:
  type: ngo-report  # a remark
  title: D
"""


def shown(file: str, text: str, **others: str) -> list[int]:
    """Return the numbers of the lines that are shown."""
    lines = showable(file, {file: text, **others}).split("\n")
    assert len(lines) == text.count("\n") + 1
    assert all(line in (UNSHOWN, old) for line, old in zip(lines, text.split("\n"), strict=True))
    return [number for number, line in enumerate(lines, 1) if line not in ("", UNSHOWN)]


def test_a_public_section_shows_all_but_its_confidential_words_and_remarks() -> None:
    assert shown(SECTION, OPEN) == [1, 2, 3, 4, 8]


@pytest.mark.parametrize("level", ["audience: internal\n", "audience: committee\n", "audience: publik\n", ""])
def test_any_other_section_shows_nothing(level: str) -> None:
    assert shown(SECTION, OPEN.replace("audience: public\n", level)) == []


def test_a_translation_shows_what_its_original_shows() -> None:
    russian = SECTION.replace("a.yaml", "a.ru.yaml")
    assert shown(russian, "title: Ru\n", **{SECTION: OPEN}) == [1]
    assert shown(russian, "title: Ru\n", **{SECTION: "title: A\n"}) == []
    assert shown(russian, "title: Ru\n") == []


def test_entries_show_what_they_are_open_for() -> None:
    assert shown("sections/sources/a.yaml", SOURCES) == [1, 3, 9, 11]
    assert shown("sections/contributors/a.yaml", SOURCES) == [3]  # nobody is public by what they are
    assert shown("sections/sources/a.yaml", "a file without entries\n") == []


def test_files_that_are_nobodys_show_all_and_unknown_ones_nothing() -> None:
    for file in (
        "submissions/a.yaml",
        "templates/a.md.j2",
        "sections/commitments/a.yaml",
        "sections/terms/en.yaml",
        "sections/imported/x/terms/en.yaml",
    ):
        assert shown(file, "a: b\n") == [1], file
    assert shown("sections/somewhere/a.yaml", "a: b\n") == []


FAULTS = [
    "Zqsecret [@nobody].", "Zqsecret <b>", "Zqsecret {{nothing}}", "Zqsecret ^[note", "## Zqsecret\n\n#### Zqsecret", "Zqsecret [#nowhere]", "![](zqsecret.png)",
    "[@report Zq Secret]", "| zqsecret |\n| - |\n| zqsecret | zqsecret |", "```\nzqsecret\n```", "Zqsecret [@report, Zq secret].", "Zqsecret \u00ad", "zqsecret ^[a ^[b]]", "Zqsecret [words]{nobody}",
]  # fmt: skip
FIELDS = [
    "status: zqsecret",
    "verified: zqsecret",
    "articles: [zqsecret]",
    "other: zqsecret",
    "title: [zqsecret",
    "priority: zqsecret",
    "charts: zqsecret",
]


@pytest.mark.parametrize("level", ["internal", "committee", ""])
@pytest.mark.parametrize("what", ["body", "fields"])
def test_no_problem_of_a_confidential_section_prints_its_words(tmp_path, level: str, what: str) -> None:
    audience = {"audience": level} if level else {}
    files = {"submissions/report.yaml": submission(), "sections/sources/a.yaml": SOURCES}
    for number, fault in enumerate(FAULTS if what == "body" else FIELDS):
        text = finding(fault if what == "body" else "Zqsecret.", title="Zqsecret", **audience)
        text = text if level else text.replace("audience: public\n", "")
        files[f"sections/articles/iccpr/7/f{number}.yaml"] = text if what == "body" else f"{FIELDS[number]}\n{text}"
    root = make_workspace(tmp_path, files).root
    for words in (["check"], ["check", "--format", "json"], ["build"], ["build", "--json"]):
        said = run(root, *words).output
        assert "f3.yaml" in said  # the problems are told
        rows = [row for row in said.splitlines() if re.search("zq ?secret", row.lower())]
        assert rows == [], words


def test_a_person_at_a_screen_may_see_internal_sections_and_nobody_elses_lines(tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = {
        "submissions/report.yaml": submission(),
        "sections/articles/iccpr/7/f3.yaml": finding("Ourown [@nobody].", title="T", audience="internal"),
        "sections/sources/a.yaml": SOURCES.replace("person: Somebody}", "person: Somebody, other: Zqsecret}"),
    }
    root = make_workspace(tmp_path, files).root
    assert "prints to a screen only" in run(root, "check", "--show-internal").output
    monkeypatch.setattr("shadowgen.cli.checking.at_terminal", lambda: True)
    assert "Ourown" not in run(root, "check").output
    said = run(root, "check", "--show-internal").output
    assert "| Ourown [@nobody]" in re.sub(r" +", " ", said)
    assert "a.yaml:2" in said and "Zqsecret" not in said  # the entry of an interview
    for words in (["--format", "json"], ["--fix"]):
        refused = run(root, "check", "--show-internal", *words)
        assert (refused.exit_code, "Ourown" in refused.output) == (2, False)


def test_a_file_that_may_name_a_person_is_never_shown(tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:
    person = "witness:\n  name: {en: Aigul Sadykova}\n  consent: pseudonym\n  pseudonym: {en: Ms A}\n"
    files = {
        "submissions/report.yaml": submission(),
        "sections/people/p.yaml": person,
        "sections/articles/iccpr/7/f.yaml": finding("Aigul Sadykova was held [@nobody].", title="T", audience="internal"),
    }
    root = make_workspace(tmp_path, files).root
    monkeypatch.setattr("shadowgen.cli.checking.at_terminal", lambda: True)
    said = run(root, "check", "--show-internal").output
    assert "f.yaml" in said and "Sadykova" not in said


def test_no_check_quotes_what_a_confidential_record_says(tmp_path) -> None:
    """Neither a single small word, which may look like a key, nor a name beside one; keys are shown."""
    people = "".join(f"{key}:\n  type: organisation\n  name: Zqsecret Bureau of Lawyers\n" for key in ("first", "second"))
    files = {
        "submissions/report.yaml": submission(),
        "sections/terms/en.yaml": "a: {preferred: other, avoid: [zqsecret]}\n",
        "sections/contributors/a.yaml": people,
        "sections/sources/a.yaml": "kept:\n  type: interview\n  person: zqsecret\n  title: zqsecret\n  date: 2014\n",
        "sections/articles/iccpr/7/a.yaml": finding("Words zqsecret, [@nobody].", title="zqsecret", audience="internal"),
    }
    root = make_workspace(tmp_path, files).root
    told = run(root, "check").output + run(root, "check", "--format", "json").output + run(root, "check", "--fix", "--diff").output
    assert all(words in told for words in ("avoided-name", "duplicate-signatory", "'first'", "'nobody'"))
    assert [row for row in told.splitlines() if "zqsecret" in row.lower() and "preferred" not in row] == []
