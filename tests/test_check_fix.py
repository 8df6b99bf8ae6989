"""`check --fix`: only the words of a fix change, never at the price of a new error or of somebody's work."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from support import codes, finding, load, make_workspace
from test_cli import run

from shadowgen.checks import check
from shadowgen.checks.fixing import plan_fixes, spliced
from shadowgen.diagnostics import Diagnostic, Edit, Fix, Origin
from shadowgen.library import Library
from shadowgen.loading import load_library
from shadowgen.rules import UNUSED_SOURCE

SECTION = "sections/articles/iccpr/19/one.yaml"
TERMS = "code:\n  preferred: Criminal Code\n  avoid: [Penal Code, Penal Codes]\nombudsman:\n  preferred: Human Rights Commissioner\n  avoid: [Ombudsman]\n"


def workspace(root: Path, text: str | bytes, **terms: str) -> Path:
    named = {f"sections/terms/{language}.yaml": words for language, words in ({"en": TERMS} | terms).items()}
    return make_workspace(root, {SECTION: text, **named}).root


def after(root: Path, text: str | bytes, *options: str, **terms: str) -> bytes:
    """Return the section's bytes after `check --fix`."""
    path = workspace(root, text, **terms) / SECTION
    run(root, "check", "--fix", *options)
    return path.read_bytes()


# ---------------------------------------------------------------- what changes, and what does not


def test_only_the_name_changes_and_every_other_byte_stays(tmp_path: Path) -> None:
    text = finding("The Penal Code says so,  \nand the Penal Code's notes too. # no comment\n\n\n", title="The Penal Code   # said Penal")
    raw = b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode()
    assert raw.count(b"Penal Code") == 3
    assert after(tmp_path, raw) == raw.replace(b"Penal Code", b"Criminal Code")


def test_what_is_fixed_and_what_is_left_is_told(tmp_path: Path) -> None:
    root = workspace(tmp_path, finding("The Penal Code of the\nOmbudsman."))
    done = run(root, "check", "--fix")
    assert done.exit_code == 0
    assert done.output.splitlines() == [
        f"{SECTION}:6:7: fixed: SG602 avoided-name: 'Penal Code' is a name to avoid",
        f"{SECTION}:7:3: fixed: SG602 avoided-name: 'Ombudsman' is a name to avoid",
        "2 fixed in 1 file; left: no problems",
    ]
    assert run(root, "check", "--fix").output == "0 fixed in 0 files; left: no problems\n"


def test_what_cannot_be_fixed_is_left(tmp_path: Path) -> None:
    root = workspace(tmp_path, finding("The Penal Code [@nowhere]."))
    done = run(root, "check", "--fix")
    assert (done.exit_code, done.output.splitlines()[-1]) == (1, "1 fixed in 1 file; left: 1 error, 0 warnings")
    assert "there is no source 'nowhere'" in done.output


@pytest.mark.parametrize(
    ("words", "fixed"),
    [
        ('It said: "the Penal Code is clear".', ""),
        ('It "said" so in the Penal Code.', 'It "said" so in the Criminal Code.'),
        ("It said: “the Penal Code is clear”.", ""),
        ("> The Penal Code is clear.", ""),
        ("The Penal\n  Code is clear.", ""),
        ("The *Penal* Code is clear.", ""),
        ("An Ombudsman was named.", ""),  # an Ombudsman, a Commissioner
        ("The Ombudsman was named.", "The Human Rights Commissioner was named."),
        ("The Penal Codes were changed.", ""),  # one, not several
        ("See [the Penal Code](https://example.org/Penal).", "See [the Criminal Code](https://example.org/Penal)."),
        ("The PenalCode and a Penal Codex.", ""),
    ],
)
def test_a_name_is_fixed_only_where_no_person_is_needed(tmp_path: Path, words: str, fixed: str) -> None:
    before = finding(words)
    assert after(tmp_path, before).decode() == (before.replace(words, fixed) if fixed else before)


def test_a_name_that_stands_in_a_comment_too_is_left(tmp_path: Path) -> None:
    before = finding("The Penal Code is clear.", title="A law # the Penal Code")
    assert after(tmp_path, before).decode() == before


def test_a_name_that_other_fields_hold_too_is_fixed_in_the_prose(tmp_path: Path) -> None:
    before = finding("The Penal Code is clear.", themes="[Penal Code]") + "asks:\n- change the Penal Code;\n"
    assert after(tmp_path, before).decode() == before.replace("Penal Code", "Criminal Code").replace("[Criminal Code]", "[Penal Code]")


@pytest.mark.parametrize(
    ("words", "fixed"),
    [("Меджлис принял закон.", "Мажилис принял закон."), ("Страна-участница приняла закон.", "")],
)
def test_where_words_agree_only_a_spelling_is_fixed(tmp_path: Path, words: str, fixed: str) -> None:
    terms = "a: {preferred: Мажилис, avoid: [Меджлис]}\nb: {preferred: Государство-участник, avoid: [Страна-участница]}\n"
    before = finding(words, language="ru")
    assert after(tmp_path, before, ru=terms).decode() == (before.replace(words, fixed) if fixed else before)


def test_a_character_that_nobody_sees_is_deleted(tmp_path: Path) -> None:
    before = finding("A soft\u00adhyphen and a zero\u200bwidth blank.")
    assert after(tmp_path, before).decode() == finding("A softhyphen and a zerowidth blank.")


def test_a_control_character_is_left_to_a_person(tmp_path: Path) -> None:
    before = finding("A line\u2028break and a \x0c page.")
    assert after(tmp_path, before).decode() == before


# ---------------------------------------------------------------- looking first


def test_a_dry_run_shows_the_change_and_writes_nothing(tmp_path: Path) -> None:
    before = finding("Lead.\n\nThe Penal Code stays.").replace("\n", "\r\n")
    for option in ("--dry-run", "--diff"):
        root = workspace(tmp_path / option, before)
        done = run(root, "check", "--fix", option)
        assert (root / SECTION).read_bytes() == before.encode()
        assert done.exit_code == 1
        assert done.output.splitlines()[:2] == [f"--- {SECTION}", f"+++ {SECTION}"]
        assert "-  The Penal Code stays.\n+  The Criminal Code stays.\n" in done.output
        assert done.output.splitlines()[-1] == "1 to be fixed in 1 file; left: no problems"


def test_diff_without_fix_is_a_wrong_call(tmp_path: Path) -> None:
    assert run(workspace(tmp_path, finding("Words.")), "check", "--diff").exit_code == 2


def test_fixes_as_data(tmp_path: Path) -> None:
    root = workspace(tmp_path, finding("The Penal Code stays."))
    [problem] = json.loads(run(root, "check", "--format", "json").output)
    assert problem["fix"] == [{"file": SECTION, "line": 6, "column": 7, "old": "Penal Code", "new": "Criminal Code"}]
    told = json.loads(run(root, "check", "--fix", "--format", "json").output)
    assert ([one["rule"] for one in told["fixed"]], told["left"]) == (["avoided-name"], [])
    assert "+  The Criminal Code stays." in told["diff"]


# ---------------------------------------------------------------- never at the price of something else


def edit(line: int, column: int, old: str, new: str, file: str = SECTION) -> Edit:
    return Edit(Origin(file, line, column), old, new)


def problem(*edits: Edit) -> Diagnostic:
    return UNUSED_SOURCE.at(edits[0].origin, "a test", fix=Fix(edits))


def planned(library: Library, *problems: Diagnostic) -> tuple[dict[str, bytes], list[str], int]:
    """Return the bytes that would be written, the problems left, and how many are fixed."""
    fixing = plan_fixes(library, list(problems), check)
    return fixing.after, [f"{one.rule.name}: {one.message}" for one in fixing.left], len(fixing.fixed)


TEXT = finding("One two three.")
CHANGED = "not-fixed: another program changed the file meanwhile"
NOT_SO = "not-fixed: a fix does not go with the text as it is written"
WORSE = "not-fixed: a fix would bring a new error"


def test_fixes_that_meet_are_not_applied_together(tmp_path: Path) -> None:
    library = load(tmp_path, {SECTION: TEXT})
    first, second, third = problem(edit(6, 3, "One two", "1")), problem(edit(6, 7, "two three", "2")), problem(edit(6, 14, "", "!"))
    done, left, count = planned(library, first, second, third)
    assert (done[SECTION].decode(), left, count) == (TEXT.replace("One two three.", "1 thr!ee."), [], 2)


def test_all_edits_of_a_fix_or_none(tmp_path: Path) -> None:
    library = load(tmp_path, {SECTION: TEXT})
    first, second = problem(edit(6, 3, "One", "1")), problem(edit(6, 3, "One", "x"), edit(6, 11, "three", "3"))
    assert planned(library, first, second)[0][SECTION].decode() == TEXT.replace("One", "1")


def test_the_same_edit_of_two_problems_is_made_once(tmp_path: Path) -> None:
    library = load(tmp_path, {SECTION: TEXT})
    done, _, count = planned(
        library, problem(edit(6, 3, "", "x")), UNUSED_SOURCE.at(Origin(SECTION, 6, 4), "b", fix=Fix((edit(6, 3, "", "x"),)))
    )
    assert (done[SECTION].decode(), count) == (TEXT.replace("One", "xOne"), 2)


@pytest.mark.parametrize(
    ("one", "why"),
    [
        (edit(6, 3, "Two", "2"), NOT_SO),  # other words stand there
        (edit(60, 3, "", "2"), NOT_SO),  # there is no such line
        (edit(1, 8, "A finding", "A: finding"), NOT_SO),  # YAML would see a mapping
        (edit(1, 8, "A finding", "A #finding"), NOT_SO),  # YAML would see a comment
        (edit(3, 1, "status", "statut"), NOT_SO),  # a key
        (edit(3, 9, "final", "fin"), WORSE),
        (edit(6, 3, "One", "[@nowhere]"), WORSE),
        (edit(6, 3, "One", "[@"), WORSE),
        (edit(3, 1, "", "x: 1\n"), WORSE),
    ],
)
def test_a_fix_that_would_do_harm_is_refused(tmp_path: Path, one: Edit, why: str) -> None:
    library = load(tmp_path, {SECTION: TEXT})
    assert planned(library, problem(one)) == ({}, [why], 0)


def test_a_refused_file_does_not_keep_others_from_being_fixed(tmp_path: Path) -> None:
    other = SECTION.replace("one", "two")
    library = load(tmp_path, {SECTION: TEXT, other: TEXT})
    done, left, count = planned(library, problem(edit(6, 3, "One", "[@nowhere]")), problem(edit(6, 3, "One", "1", other)))
    assert (list(done), left, count) == ([other], [WORSE], 1)


def test_an_error_that_was_there_before_keeps_nothing_from_being_fixed(tmp_path: Path) -> None:
    library, problems = load_library(make_workspace(tmp_path, {SECTION: finding("One [@nowhere] two.")}))
    problems += [*check(library, []), problem(edit(6, 18, "two", "2"))]
    fixing = plan_fixes(library, problems, check)
    assert (fixing.after[SECTION], codes(fixing.left)) == (finding("One [@nowhere] 2.").encode(), ["unknown-source"])


def test_a_new_line_has_the_line_end_of_the_file() -> None:
    assert spliced(b"a: 1\r\nb: 2\r\n", [edit(2, 1, "", "c: 3\n")]) == b"a: 1\r\nc: 3\r\nb: 2\r\n"
    assert spliced(b"a: 1\nb: 2\n", [edit(1, 4, "1\nb", "2\nc")]) == b"a: 2\nc: 2\n"


@pytest.mark.parametrize("when", ["before", "between"])
def test_a_file_that_another_program_changed_is_left(tmp_path: Path, when: str) -> None:
    """Between reading and planning, or between planning and writing."""
    library = load(tmp_path, {SECTION: TEXT})
    path, theirs = tmp_path / SECTION, TEXT.replace("three", "four").encode()
    if when == "before":
        path.write_bytes(theirs)
    fixing = plan_fixes(library, [problem(edit(6, 3, "One", "1"))], check)
    if when == "between":
        path.write_bytes(theirs)
    fixing.put_in_place(library)
    assert path.read_bytes() == theirs
    assert (fixing.after, fixing.fixed, [f"{one.rule.name}: {one.message}" for one in fixing.left]) == ({}, [], [CHANGED])


def test_a_file_that_cannot_be_written_is_not_told_as_fixed(tmp_path: Path) -> None:
    library = load(tmp_path, {SECTION: TEXT})
    fixing = plan_fixes(library, [problem(edit(6, 3, "One", "1"))], check)
    path = tmp_path / SECTION
    path.rename(tmp_path / "kept")
    path.symlink_to(tmp_path / "kept")
    fixing.put_in_place(library)
    assert (path.read_text(), fixing.fixed, codes(fixing.left)) == (TEXT, [], ["not-fixed"])


def test_diff_that_goes_elsewhere_shows_no_line_that_the_public_may_not_read(tmp_path: Path) -> None:
    root = workspace(
        tmp_path,
        finding("Words.\nThe Penal Code.\nZqhidden [words\nzqspan]{internal}.\n\nMore.\n\nThe Penal Code of [zqother]{internal}.\n"),
    )
    told = run(root, "check", "--fix", "--diff").stdout
    assert "zq" not in told.lower() and "-  The Penal Code.\n+  The Criminal Code.\n" in told
    assert "-(not shown)\n+(not shown)\n" in told.replace("-  ", "-").replace("+  ", "+")
