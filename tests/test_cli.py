"""The command line: what each command does, says, and returns; what it imports."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner, Result
from support import example, finding, make_workspace, submission

from shadowgen.cli import main
from shadowgen.model import SCHEMAS
from shadowgen.rules import all_rules


def run(root: Path, *words: str) -> Result:
    """Run a command in a folder; a fault of ours is raised, not told."""
    done = CliRunner(env={"SHADOWGEN_DEBUG": "1"}).invoke(main, ["-C", str(root), *words])
    assert done.exception is None or isinstance(done.exception, SystemExit), repr(done.exception)
    return done


def program(root: Path, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the program itself, as a person does."""
    command = [sys.executable, "-m", "shadowgen", *words]
    return subprocess.run(command, cwd=root, capture_output=True, text=True, timeout=120, env=os.environ | environment)


def commands(group: click.Group = main, *path: str) -> list[tuple[str, ...]]:
    """Return every command by its words."""
    found: list[tuple[str, ...]] = [path]
    for name, command in group.commands.items():
        found += commands(command, *path, name) if isinstance(command, click.Group) else [(*path, name)]
    return found


# ---------------------------------------------------------------- from nothing to a report


def test_from_an_empty_folder_to_a_report(tmp_path: Path) -> None:
    started = program(tmp_path, "init", "mine")
    assert (started.returncode, started.stderr) == (0, "")
    assert "Next: cd mine && shadowgen check && shadowgen build" in started.stdout
    checked = program(tmp_path / "mine", "check")
    assert (checked.returncode, checked.stdout.strip()) == (0, "1 section, 1 source, 1 submission: no problems")
    built = program(tmp_path / "mine", "build")
    assert (built.returncode, built.stderr) == (0, "")
    names = ["output/first-report/first-report.docx", "output/first-report/first-report.pdf"]
    assert [name in built.stdout for name in names] == [True, True]
    assert [(tmp_path / "mine" / name).is_file() for name in names] == [True, True]
    assert program(tmp_path / "mine/sections/articles", "check").returncode == 0


def test_init_touches_nothing_that_exists(tmp_path: Path) -> None:
    kept = {"submissions/first-report.yaml": "mine\n", ".gitignore": "mine\n"}
    make_workspace(tmp_path, kept)
    done = run(tmp_path, "init", ".")
    assert done.exit_code == 0
    assert [(tmp_path / name).read_text() for name in kept] == ["mine\n", "mine\n"]
    assert "first-report" not in done.output and "entry-bans.yaml" in done.output
    again = run(tmp_path, "init", ".")
    assert (again.exit_code, "made" in again.output) == (0, False)


def test_init_on_a_file_is_a_wrong_call(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    done = run(tmp_path, "init", "file")
    assert done.exit_code == 2 and "is a file" in done.output


def test_new_files_are_valid_and_never_replace_others(tmp_path: Path) -> None:
    make_workspace(tmp_path, {})
    made = {
        ("new", "section", "closed-trials", "--article", "ICCPR 14(1)"): "sections/articles/iccpr/14/closed-trials.yaml",
        ("new", "source", "code", "--type", "legislation"): "sections/sources/code.yaml",
        ("new", "submission", "letter", "--template", "open-letter"): "submissions/letter.yaml",
    }
    for words, path in made.items():
        done = run(tmp_path, *words)
        assert (done.exit_code, done.output) == (0, f"made {path}\n")
        (tmp_path / path).write_text((tmp_path / path).read_text() + "# mine\n")
        again = run(tmp_path, *words)
        assert again.exit_code == 1 and "cannot-write" in again.output
        assert (tmp_path / path).read_text().endswith("# mine\n")
    problems = json.loads(run(tmp_path, "check", "--format", "json").stdout)
    assert [problem["rule"] for problem in problems if problem["severity"] == "error"] == []


@pytest.mark.parametrize("type_", ["treaty", "views", "news", "confidential-interview", "case-file", "general-comment"])
def test_new_source_of_any_type_is_valid(tmp_path: Path, type_: str) -> None:
    make_workspace(tmp_path, {})
    assert run(tmp_path, "new", "source", "key", "--type", type_).exit_code == 0
    problems = json.loads(run(tmp_path, "check", "--format", "json").stdout)
    assert {problem["rule"] for problem in problems} <= {"unused-source", "no-audience"}


@pytest.mark.parametrize("id", ["A-b", "a b", "../x", "", "a/b", "a--b", "x" * 65, "é", "-a"])
@pytest.mark.parametrize("kind", ["section", "source", "submission"])
def test_new_refuses_what_cannot_be_an_id(tmp_path: Path, kind: str, id: str) -> None:
    make_workspace(tmp_path, {})
    done = run(tmp_path, "new", kind, "--", id)
    assert done.exit_code == 1 and "bad-file-name" in done.output
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_new_section_does_not_take_an_id_that_stands_elsewhere(tmp_path: Path) -> None:
    make_workspace(tmp_path, example())
    assert run(tmp_path, "new", "section", "entry-bans", "--article", "ICCPR 7").exit_code == 1
    assert not (tmp_path / "sections/articles/iccpr/7/entry-bans.yaml").exists()


# ---------------------------------------------------------------- help and wrong calls


@pytest.mark.parametrize("words", commands(), ids=" ".join)
@pytest.mark.parametrize("option", ["--help", "-h"])
def test_help_of_every_command(tmp_path: Path, words: tuple[str, ...], option: str) -> None:
    done = run(tmp_path, *words, option)
    assert done.exit_code == 0
    assert done.output.startswith("Usage: ") and len(done.output.splitlines()) > 4
    assert not re.search(r"\x1b|Traceback", done.output)


def test_every_option_says_what_it_does() -> None:
    for words in commands():
        command: Any = main
        for word in words:
            command = command.commands[word]
        for option in command.params:
            if isinstance(option, click.Option):
                assert option.help, (words, option.name)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["bild"], "Did you mean 'build'?"),
        (["build", "reprot"], "did you mean 'report'?"),
        (["check", "zzz"], "there are: report"),
        (["build", "--format", "odt"], "odt is not one of docx, pdf, html, md"),
        (["build", "--format", ","], "docx, pdf, html, md"),
        (["build", "--audience", "everyone"], "'public', 'committee', 'internal'"),
        (["build", "--language", "fr"], "report has en, ru, not fr"),
        (["build", "--no-such"], "No such option"),
        (["check", "--format", "xml"], "'text', 'json'"),
        (["explain", "SG9"], "there is no rule"),
        (["explain", "unknown-sorce"], "did you mean 'unknown-source'?"),
        (["schema", "sections"], "section, translation, commitments"),
        (["init"], "Missing argument 'FOLDER'"),
        (["new", "sektion", "x"], "Did you mean 'section'?"),
        (["new", "section"], "Missing argument 'ID'"),
    ],
)
def test_wrong_call_returns_2_and_says_what_would_be_right(tmp_path: Path, words: list[str], says: str) -> None:
    make_workspace(tmp_path, example())
    done = run(tmp_path, *words)
    assert done.exit_code == 2
    assert says in done.output
    assert not (tmp_path / "output").exists()


@pytest.mark.parametrize("words", [["check"], ["build"], ["new", "section", "x"]])
def test_outside_a_workspace_the_way_in_is_told(tmp_path: Path, words: list[str]) -> None:
    done = run(tmp_path, *words)
    assert done.exit_code == 2
    assert "no workspace here" in done.output and "shadowgen init FOLDER" in done.output


def test_without_a_command_the_commands_are_listed(tmp_path: Path) -> None:
    done = program(tmp_path)
    assert done.returncode == 2
    assert all(name in done.stderr for name in main.commands)


# ---------------------------------------------------------------- results


def test_exit_codes_of_check(tmp_path: Path) -> None:
    clean = {"sections/articles/iccpr/19/one.yaml": finding("Words."), "submissions/report.yaml": submission()}
    assert run(make_workspace(tmp_path / "clean", clean).root, "check").exit_code == 0
    warned = clean | {"sections/sources/more.yaml": "spare:\n  type: un-document\n  symbol: A/HRC/28/10\n"}
    assert run(make_workspace(tmp_path / "warned", warned).root, "check").exit_code == 1
    assert run(make_workspace(tmp_path / "wrong", clean | {"sections/x.yaml": "a: 1\n"}).root, "check").exit_code == 1


def test_build_goes_on_with_warnings_and_stops_at_errors(tmp_path: Path) -> None:
    make_workspace(tmp_path, example())
    warned = run(tmp_path, "build", "--language", "ru", "--format", "html")
    assert warned.exit_code == 0
    assert "warnings; shadowgen check shows them" in warned.output and "no-translation" not in warned.output
    make_workspace(tmp_path, example(torture=finding("Words [@nobody].")))
    wrong = run(tmp_path, "build", "--format", "html")
    assert wrong.exit_code == 1
    assert "unknown-source" in wrong.stderr and "no source 'nobody'" in wrong.stderr
    assert not (tmp_path / "output/report/report.html").exists()


def test_one_submission_in_error_does_not_stop_the_others(tmp_path: Path) -> None:
    make_workspace(tmp_path, example() | {"submissions/other.yaml": submission(look="nonsense")})
    done = run(tmp_path, "build", "--format", "html")
    assert done.exit_code == 1
    assert (tmp_path / "output/report/report.html").is_file() and not (tmp_path / "output/other").exists()


def test_summary_tells_words_notes_limit_and_files(tmp_path: Path) -> None:
    files = {
        "sections/articles/iccpr/19/a.yaml": finding("One two three.^[Four five.]"),
        "submissions/report.yaml": submission(profile="ccpr-session"),
    }
    done = run(make_workspace(tmp_path, files).root, "build", "--format", "html,md", "report")
    told = re.search(r"report \(en\)\n {2}(\d+) words and 2 in notes; (\d+) count towards the limit of 10,000\n {2}1 notes?\n", done.output)
    assert told and int(told[2]) == int(told[1]) + 2
    assert done.output.count("report.html") == done.output.count("report.md") == 1


def test_check_as_json_is_data_with_every_field(tmp_path: Path) -> None:
    make_workspace(tmp_path, example(torture=finding('Слова "x" [@nobody].')))
    done = run(tmp_path, "check", "--format", "json")
    problems = json.loads(done.stdout)
    assert done.exit_code == 1 and done.stderr == ""
    found = next(problem for problem in problems if problem["rule"] == "unknown-source")
    assert found == {
        "file": "sections/articles/iccpr/7/torture.yaml", "line": 6, "column": 14, "severity": "error", "code": "SG201",
        "rule": "unknown-source", "message": "there is no source 'nobody'", "hint": found["hint"],
    }  # fmt: skip
    assert json.loads(run(make_workspace(tmp_path / "clean", {}).root, "check", "--format", "json").stdout) == []


def test_build_as_json_is_data_and_nothing_else(tmp_path: Path) -> None:
    make_workspace(tmp_path, example())
    done = run(tmp_path, "build", "--json", "--format", "html", "--audience", "committee")
    data = json.loads(done.stdout)
    assert (done.exit_code, done.stderr, sorted(data)) == (0, "", ["built", "problems"])
    built = data["built"][0]
    assert (built["submission"], built["language"], built["audience"]) == ("report", "en", "committee")
    assert built["files"] == ["output/report/report.committee.html"]
    make_workspace(tmp_path, example(torture="title: [\n"))
    wrong = run(tmp_path, "build", "--json")
    assert wrong.exit_code == 1
    assert json.loads(wrong.stdout)["built"] == [] and json.loads(wrong.stdout)["problems"]


def test_problem_is_shown_with_its_line_a_caret_and_a_hint(tmp_path: Path) -> None:
    make_workspace(tmp_path, example(torture=finding("Words [@adilsoz].")))
    rows = run(tmp_path, "check").stderr.splitlines()
    at = rows.index("sections/articles/iccpr/7/torture.yaml:6:10: error SG201 unknown-source: there is no source 'adilsoz'")
    assert rows[at + 1 : at + 4] == ["  6 |   Words [@adilsoz].", "    |          ^", "  hint: did you mean 'adil-soz'?"]


# ---------------------------------------------------------------- explain, schema, completion


@pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: rule.name)
def test_explain_by_code_and_by_name(tmp_path: Path, rule: Any) -> None:
    by_code, by_name = run(tmp_path, "explain", rule.code.lower()), run(tmp_path, "explain", rule.name.upper())
    assert by_code.output == by_name.output == f"{rule.code} {rule.name} ({rule.severity.value})\n\n{rule.doc}\n"


def test_explain_without_a_rule_lists_all(tmp_path: Path) -> None:
    assert [line.split()[0] for line in run(tmp_path, "explain").output.splitlines()] == [rule.code for rule in all_rules()]


TYPES = {"string", "integer", "number", "boolean", "object", "array", "null"}


def subschemas(value: Any) -> list[dict]:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else []
    return ([value] if isinstance(value, dict) else []) + [found for one in inner for found in subschemas(one)]


@pytest.mark.parametrize("kind", SCHEMAS)
def test_schema_of_every_kind_is_json_schema(tmp_path: Path, kind: str) -> None:
    schema = json.loads(run(tmp_path, "schema", kind).stdout)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    for part in subschemas(schema):
        if isinstance(part.get("$ref"), str):
            assert part["$ref"].removeprefix("#/$defs/") in schema["$defs"]
        if isinstance(part.get("type"), str) and "properties" in part:
            assert part["type"] in TYPES
            assert set(part.get("required", [])) <= set(part["properties"])
            assert part["additionalProperties"] is False
        if isinstance(part.get("pattern"), str):
            re.compile(part["pattern"])
    assert kind in run(tmp_path, "schema").output.split()


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_shell_completion(tmp_path: Path, shell: str) -> None:
    script = program(tmp_path, _SHADOWGEN_COMPLETE=f"{shell}_source")
    assert script.returncode == 0 and "_SHADOWGEN_COMPLETE" in script.stdout
    words = {"COMP_WORDS": "shadowgen b", "COMP_CWORD": "b" if shell == "fish" else "1"}
    found = program(tmp_path, _SHADOWGEN_COMPLETE=f"{shell}_complete", **words)
    assert re.search(r"\bbuild\b", found.stdout) and "check" not in found.stdout


# ---------------------------------------------------------------- what is imported

HEAVY = {"weasyprint", "docx", "PIL", "pypdfium2", "lxml", "matplotlib", "numpy"}


def imported(root: Path, *words: str) -> set[str]:
    """Return the names of the packages that a command imports."""
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "shadowgen", *words], cwd=root, capture_output=True, text=True, timeout=120
    )
    return {line.rsplit("|", 1)[1].strip().split(".")[0] for line in done.stderr.splitlines() if line.startswith("import time:")}


@pytest.mark.parametrize("words", [["--help"], ["--version"], ["build", "--help"], ["explain"], ["explain", "SG201"]], ids=" ".join)
def test_help_and_explain_import_next_to_nothing(tmp_path: Path, words: list[str]) -> None:
    found = imported(tmp_path, *words)
    assert "click" in found
    assert found & (HEAVY | {"pydantic", "markdown_it", "jinja2", "yaml", "babel"}) == set()


def test_check_imports_no_writer(tmp_path: Path) -> None:
    make_workspace(tmp_path, example(report=submission(sections="[torture]")))
    found = imported(tmp_path, "check")
    assert "pydantic" in found
    assert found & {"weasyprint", "docx", "pypdfium2", "matplotlib", "numpy"} == set()


def test_build_of_one_format_imports_no_other_writer(tmp_path: Path) -> None:
    make_workspace(tmp_path, example())
    found = imported(tmp_path, "build", "--format", "docx")
    assert (tmp_path / "output/report/report.docx").is_file()
    assert "docx" in found and found & {"weasyprint", "matplotlib"} == set()


@pytest.mark.parametrize(
    "command", ["check", "coverage", "recommendations", "links", "stale", "history", "sources list", "find article:19"]
)
def test_every_command_with_data_knows_json(tmp_path: Path, command: str) -> None:
    make_workspace(tmp_path, example())
    done = run(tmp_path, *command.split(), "--json")
    assert done.exit_code == (command == "check") and json.loads(done.stdout) is not None  # the example has one warning


@pytest.mark.parametrize("command", ["check", "coverage", "recommendations", "links"])
def test_json_is_a_format_where_there_are_several(tmp_path: Path, command: str) -> None:
    make_workspace(tmp_path, example())
    assert run(tmp_path, command, "--json").stdout == run(tmp_path, command, "--format", "json").stdout
    assert run(tmp_path, command).stdout != run(tmp_path, command, "--json").stdout


@pytest.mark.parametrize("command", ["coverage", "recommendations", "links"])
def test_an_ending_that_names_no_form_is_a_wrong_call(tmp_path: Path, command: str) -> None:
    make_workspace(tmp_path, example())
    done = run(tmp_path, command, "-o", str(tmp_path / "list.docx"))
    assert done.exit_code == 2 and "the ending says no form; choose one with --format: text" in done.output
    assert not (tmp_path / "list.docx").exists()
    assert run(tmp_path, command, "-o", str(tmp_path / "list"), "--format", "csv").exit_code == 0
    assert (tmp_path / "list").read_text("utf-8-sig").startswith('"')
