"""Problems as values: their order, their rendering, and the rules they name."""

import pytest

from shadowgen import rules
from shadowgen.diagnostics import Diagnostic, Origin, Severity, did_you_mean, display_path, has_errors, in_order, render_text


def problem(rule=rules.UNKNOWN_SOURCE, file="a.yaml", line=1, column=1, message="m", hint="") -> Diagnostic:
    return rule.at(Origin(file, line, column), message, hint)


# ---------------------------------------------------------------- places and order


@pytest.mark.parametrize(
    ("origin", "text"),
    [(Origin("a.yaml", 3, 7), "a.yaml:3:7"), (Origin("a.yaml", 3), "a.yaml:3"), (Origin("a.yaml"), "a.yaml")],
)
def test_a_place_prints_what_it_knows(origin, text):
    assert str(origin) == text


def test_a_problem_without_a_place_names_the_program():
    assert str(rules.LOST_NOTE.at(None, "m").origin) == "shadowgen"


def test_problems_are_ordered_by_file_line_column_and_code():
    wanted = [
        problem(file="a.yaml", line=2, column=9),
        problem(file="a.yaml", line=10, column=1),
        problem(rules.BAD_ARTICLE, file="b.yaml", line=1, column=5),
        problem(rules.BAD_CITATION, file="b.yaml", line=1, column=5),
    ]
    assert in_order([wanted[2], wanted[0], wanted[3], wanted[1]]) == wanted


def test_the_same_problem_is_reported_once():
    assert len(in_order([problem(), problem(), problem(message="another")])) == 2


def test_only_an_error_stops_a_build():
    warning, error = problem(rules.UNUSED_SOURCE), problem(rules.UNKNOWN_SOURCE)
    assert (warning.is_error, error.is_error) == (False, True)
    assert not has_errors([warning])
    assert has_errors([warning, error])


def test_data_for_machines():
    assert problem(line=4, column=2, message="there is no source 'x'", hint="h").as_data() == {
        "file": "a.yaml",
        "line": 4,
        "column": 2,
        "severity": "error",
        "code": "SG201",
        "rule": "unknown-source",
        "message": "there is no source 'x'",
        "hint": "h",
    }


# ---------------------------------------------------------------- text


def rendered(text: str, line: int, column: int) -> list[str]:
    return render_text(problem(line=line, column=column, hint="do this"), {"a.yaml": text}).split("\n")


def test_the_caret_stands_under_the_column():
    assert rendered("one\ntwo [@x]\n", 2, 6) == [
        "a.yaml:2:6: error SG201 unknown-source: m",
        "  2 | two [@x]",
        "    |      ^",
        "  hint: do this",
    ]


def test_a_tab_and_a_windows_line_end_do_not_move_the_caret():
    assert rendered("\tab\r\n", 1, 3)[1:3] == ["  1 |  ab", "    |   ^"]


def test_without_a_column_there_is_no_caret():
    assert rendered("one\n", 1, 0)[1:] == ["  1 | one", "  hint: do this"]


@pytest.mark.parametrize("line", [0, 9])
def test_a_line_that_is_not_there_is_not_shown(line):
    assert [row for row in rendered("one\n", line, 1) if "|" in row] == []


def test_a_column_behind_the_line_points_at_its_end():
    assert rendered("abc\n", 1, 99)[2] == "    |    ^"


def test_a_long_line_is_cut_around_the_column():
    line = "x" * 300 + "HERE" + "y" * 300
    shown, caret = rendered(line, 1, 301)[1:3]
    assert len(shown) < 120
    assert shown[caret.index("^") :].startswith("HERE")


@pytest.mark.parametrize("char", ["\x1b", "\u202e", "\u200b", "\x00"])
def test_an_excerpt_cannot_steer_a_terminal(char):
    shown, caret = rendered(f"ab{char}cd\n", 1, 3)[1:3]
    assert shown == "  1 | ab\ufffdcd"
    assert shown[caret.index("^")] == "\ufffd"


def test_no_hint_no_line():
    assert render_text(problem(), {}) == "a.yaml:1:1: error SG201 unknown-source: m"


def test_did_you_mean():
    assert did_you_mean("adil-soz-2105", ["kibhr-2014", "adil-soz-2015"]) == "did you mean 'adil-soz-2015'?"
    assert did_you_mean("zzz", ["kibhr-2014"]) == ""
    assert did_you_mean("x", []) == ""


def test_a_path_has_forward_slashes():
    assert display_path("sections\\sources\\a.yaml") == "sections/sources/a.yaml"


# ---------------------------------------------------------------- rules


def test_every_rule_has_a_code_of_its_kind_a_name_and_a_documentation():
    for rule in rules.all_rules():
        assert rule.code[:3] in ("SG1", "SG2", "SG3", "SG4", "SG5", "SG6", "SG7", "SG8")
        assert len(rule.code) == 5 and rule.code[2:].isdigit()
        assert rule.name == rule.name.lower() and " " not in rule.name
        assert len(rule.doc.split()) >= 8 and rule.doc.endswith((".", "`."))
        assert rule.severity in (Severity.ERROR, Severity.WARNING)


def test_rules_are_listed_by_code_and_names_are_unique():
    listed = rules.all_rules()
    assert [rule.code for rule in listed] == sorted({rule.code for rule in listed})
    assert len({rule.name for rule in listed}) == len(listed)


@pytest.mark.parametrize("name", ["SG201", "sg201", " unknown-source ", "Unknown-Source"])
def test_a_rule_is_found_by_code_or_name(name):
    assert rules.find_rule(name) is rules.UNKNOWN_SOURCE


def test_no_such_rule():
    assert rules.find_rule("SG999") is None
