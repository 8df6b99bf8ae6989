"""Warnings that are accepted where they stand: with a reason, only warnings, and never longer than they are needed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from support import codes, example, finding, make_workspace, submission
from test_cli import run

from shadowgen.checks import check
from shadowgen.loading import load_library

SECTION = "sections/articles/iccpr/19/one.yaml"
TERMS = "code: {preferred: Criminal Code, avoid: [Penal Code, Crime Code]}\n"
BODY = "The Penal Code and the Crime Code."


def left(root: Path, accepted: str, body: str = BODY, *names: str, **files: str) -> list[str]:
    """Return rule and message of what is left where a section accepts something."""
    section = finding(body, accepted=accepted) if accepted else finding(body)
    named = {f"{name.replace('__', '/')}.yaml": text for name, text in files.items()}
    library, loading = load_library(make_workspace(root, {SECTION: section, "sections/terms/en.yaml": TERMS} | named))
    return [f"{one.rule.name}: {one.message}" for one in check(library, loading, names)]


PENAL, CRIME = ("avoided-name: 'Penal Code' is a name to avoid", "avoided-name: 'Crime Code' is a name to avoid")


@pytest.mark.parametrize(
    ("accepted", "still"),
    [
        ("", [PENAL, CRIME]),
        ("[{rule: avoided-name, reason: the old law}]", []),
        ("[{rule: SG602, reason: the old law}]", []),
        ("[{rule: sg602, words: penal  code, reason: the old law}]", [CRIME]),
        ("[{rule: SG602, words: Penal Code, reason: the old law}, {rule: SG602, words: Crime Code, reason: a name}]", []),
    ],
)
def test_an_accepted_warning_is_silent(tmp_path: Path, accepted: str, still: list[str]) -> None:
    assert [one for one in left(tmp_path, accepted) if one.startswith("avoided")] == still


@pytest.mark.parametrize(("words", "count"), [("A finding", 0), ("another finding", 1)])
def test_words_may_stand_on_the_line_where_the_message_quotes_none(tmp_path: Path, words: str, count: int) -> None:
    files = {SECTION: finding("Words.", review_by="2016-01-01", accepted=f"[{{rule: stale-section, words: {words}, reason: history}}]")}
    assert codes(check(*load_library(make_workspace(tmp_path, files)))).count("stale-section") == count


def test_an_acceptance_that_matches_nothing_is_told(tmp_path: Path) -> None:
    accepted = "[{rule: avoided-name, words: Civil Code, reason: the old law}, {rule: stale-section, reason: history}]"
    assert left(tmp_path, accepted, "Words.") == [
        "unused-acceptance: no warning avoided-name about 'Civil Code' is here",
        "unused-acceptance: no warning stale-section is here",
    ]


def test_whether_it_matches_is_judged_only_where_everything_was_checked(tmp_path: Path) -> None:
    accepted = "[{rule: target-not-in-document, reason: it is cut}]"
    files = {
        "submissions__a": submission(),
        "submissions__b": submission(leave_out="[one]", front="[two]"),
        "sections__matter__two": finding("See [#one]."),
    }
    assert left(tmp_path / "whole", accepted, "Words.", **files)[0].startswith("unused-acceptance")
    assert [one for one in left(tmp_path / "part", accepted, "Words.", "a", **files) if one.startswith("unused")] == []
    assert left(tmp_path / "errors", accepted, "Words [@nowhere].", **files)[0].startswith("unknown-source")
    assert [one for one in left(tmp_path / "errors", accepted, "Words [@nowhere].", **files) if one.startswith("unused")] == []


@pytest.mark.parametrize(
    ("rule", "why"),
    [
        ("unknown-source", "SG201 unknown-source is an error: it cannot be accepted"),
        ("SG211", "SG211 confidential-source is an error: it cannot be accepted"),
        ("avoided-names", "there is no rule 'avoided-names'"),
        ("unused-acceptance", "SG611 unused-acceptance is itself about what is accepted: it cannot be accepted"),
    ],
)
def test_what_protects_people_or_the_document_cannot_be_accepted(tmp_path: Path, rule: str, why: str) -> None:
    found = left(tmp_path, f"[{{rule: {rule}, reason: because}}]", "Words [@nowhere].")
    assert found == [f"cannot-accept: {why}", "unknown-source: there is no source 'nowhere'"]


@pytest.mark.parametrize("reason", ["", "reason: ''", "reason: '  '"])
def test_a_reason_is_needed(tmp_path: Path, reason: str) -> None:
    found = left(tmp_path, f"[{{rule: avoided-name, {reason}}}]" if reason else "[{rule: avoided-name}]")
    assert [one.split(":")[0] for one in found] == ["missing-field" if not reason else "wrong-value"]


# ---------------------------------------------------------------- where


def test_an_entry_accepts_for_itself_alone(tmp_path: Path) -> None:
    entry = "type: web-page, title: T{0}, publisher: P, url: https://www.ohchr.org/{0}"
    sources = (
        "".join(
            f"{key}:\n  {entry.format(key).replace(', ', chr(10) + '  ')}\n  accepted: [{{rule: unused-source, reason: for later}}]\n"
            for key in "ab"
        )
        + f"c: {{{entry.format('c')}}}\n"
    )
    assert left(tmp_path, "", "Words.", sections__sources__all=sources) == ["unused-source: nothing cites 'c'"]


@pytest.mark.parametrize(
    ("file", "text", "rule"),
    [
        ("sections/articles/iccpr/19/one.ru.yaml", "title: Находка\nbody: |\n  Это УК.\n", "avoided-name"),
        ("sections/contributors/all.yaml", "a:\n  type: organisation\n  name: A\n", "no-audience"),
        ("submissions/s.yaml", submission(front="[two]", leave_out="[one]"), "target-not-in-document"),
        ("sections/matter/two.yaml", finding("See [#one]."), "target-not-in-document"),
    ],
)
def test_every_kind_of_file_can_accept(tmp_path: Path, file: str, text: str, rule: str) -> None:
    files = {
        SECTION: finding("Words."), "sections/matter/two.yaml": finding("See [#one]."), "submissions/s.yaml": submission(front="[two]", leave_out="[one]"),
        "sections/terms/ru.yaml": "code: {preferred: Кодекс, avoid: [УК]}\n",
    } | {file: text}  # fmt: skip
    indent = "  " if "contributors" in file else ""
    accepting = files | {file: f"{text}{indent}accepted: [{{rule: {rule}, reason: because}}]\n"}
    before, after = (
        codes(check(*load_library(make_workspace(tmp_path / name, given)))) for name, given in (("a", files), ("b", accepting))
    )
    here = rule in before and rule not in after
    assert here or (file == "submissions/s.yaml" and "unused-acceptance" in after)  # the warning stands in the section


# ---------------------------------------------------------------- the commands


def test_check_counts_what_is_accepted_and_shows_it_when_asked(tmp_path: Path) -> None:
    accepted = "[{rule: avoided-name, words: Penal Code, reason: the old law}]"
    root = make_workspace(tmp_path, {SECTION: finding(BODY, accepted=accepted), "sections/terms/en.yaml": TERMS}).root
    done = run(root, "check")
    assert (done.exit_code, done.output.splitlines()[-1]) == (1, "1 section, 0 sources, 0 submissions: 0 errors, 1 warning; 1 accepted")
    assert len(json.loads(run(root, "check", "--format", "json").output)) == 1
    shown = run(root, "check", "--all").output
    assert f"{SECTION}:7:7: accepted SG602 avoided-name: 'Penal Code' is a name to avoid\n  reason: the old law\n" in shown
    [_, last] = json.loads(run(root, "check", "--all", "--format", "json").output)
    assert (last["rule"], last["accepted"]) == ("avoided-name", "the old law")


def test_a_build_does_not_count_what_is_accepted(tmp_path: Path) -> None:
    def last(name: str) -> str:
        return (
            run(make_workspace(tmp_path / name, files).root, "build", "--format", "md").output.splitlines()[-1].replace(f"/{name}/", "/a/")
        )

    files = example() | {"sections/matter/elsewhere.yaml": finding("Words.")}
    blocked = "sections/articles/iccpr/19/blocked.yaml"
    before = last("a")
    files[blocked] = str(files[blocked]).replace("closed hearings", "closed hearings, as [#elsewhere] says")
    told = last("b")
    files[blocked] = f"{files[blocked]}accepted: [{{rule: target-not-in-document, reason: it is known}}]\n"
    assert told != before == last("c")


def test_no_document_says_what_is_accepted(tmp_path: Path) -> None:
    accepted = "[{rule: avoided-name, reason: SENTINEL}]"
    files = {SECTION: finding(BODY, accepted=accepted), "sections/terms/en.yaml": TERMS, "submissions/s.yaml": submission()}
    library, _ = load_library(make_workspace(tmp_path, files))
    assert [one.reason for one in library.accepted] == ["SENTINEL"]
    assert "SENTINEL" not in repr(library.for_audience("internal"))
