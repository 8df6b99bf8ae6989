"""What grows old: sections overtaken by changes, names and sources that were replaced, sources too old for a profile; and the list of all that."""

from __future__ import annotations

import datetime as dt
import json
import re
from pathlib import Path

import pytest
from support import finding, load, make_workspace, submission
from test_cli import run
from test_coverage import shape

from shadowgen.checks.library import check_library
from shadowgen.library import Library
from shadowgen.reuse.coverage import cover
from shadowgen.reuse.filters import fitting, parse_query
from shadowgen.staleness import period

ROOT = Path(__file__).parents[1]
DAY = dt.date(2025, 1, 1)
SECTION = "sections/articles/iccpr/19/one.yaml"
COUNCIL = """\
council:
  preferred: Constitutional Council
  avoid: [Constitution Council]
  replaced: {by: court, on: 2022}
court: {preferred: Constitutional Court}
"""
SOURCES = """\
old: {type: ngo-report, author: A, title: First, date: 2014, superseded_by: new}
new: {type: ngo-report, author: A, title: Second edition, date: 2019-05}
law: {type: legislation, title: A law, date: 2010-01-01, amended: 2018-03-02}
year: {type: legislation, title: Another law, date: 2010-01-01, amended: 2018}
undated: {type: news, title: N, outlet: O, superseded_by: web}
web: {type: web-page, title: W, publisher: P}
"""


def library(root: Path, text: str, **terms: str) -> Library:
    files = {f"sections/terms/{language}.yaml": words for language, words in ({"en": COUNCIL} | terms).items()}
    return load(root, {SECTION: text, "sections/sources/all.yaml": SOURCES, **files})


def told(found: Library, *rules: str) -> list[tuple[str, str]]:
    names = rules or ("stale-section", "overtaken-section", "replaced-name", "superseded-source")
    return [(one.rule.name, one.message) for one in check_library(found, DAY) if one.rule.name in names]


# ---------------------------------------------------------------- dates that say less than a day


@pytest.mark.parametrize(
    ("date", "first", "last"),
    [
        ("2022", (2022, 1, 1), (2022, 12, 31)), ("2022-02", (2022, 2, 1), (2022, 2, 28)), ("2024-02", (2024, 2, 1), (2024, 2, 29)),
        ("2022-12", (2022, 12, 1), (2022, 12, 31)), ("2022-05-17", (2022, 5, 17), (2022, 5, 17)),
    ],
)  # fmt: skip
def test_first_and_last_day_of_a_date(date: str, first: tuple[int, int, int], last: tuple[int, int, int]) -> None:
    assert period(date) == (dt.date(*first), dt.date(*last))


# ---------------------------------------------------------------- institutions and laws

REPLACED = "'Constitutional Council' was replaced by 'Constitutional Court' (2022)"


@pytest.mark.parametrize(
    ("verified", "rule", "message", "freshness"),
    [
        ("2016-06-01", "overtaken-section", f"{REPLACED}; the facts were last checked 2016-06-01", "stale"),
        ("2022-06-01", "overtaken-section", f"{REPLACED}; the facts were last checked 2022-06-01", "stale"),  # before or after, who knows
        ("2023-01-01", "replaced-name", f"{REPLACED}, and the facts were checked later", "fresh"),
        ("", "overtaken-section", f"{REPLACED}; nobody has checked the facts", "stale"),
    ],
)
def test_a_section_that_names_what_was_replaced(tmp_path: Path, verified: str, rule: str, message: str, freshness: str) -> None:
    fields = {"verified": verified} if verified else {}
    found = library(tmp_path, finding("Ask the Constitutional\nCouncil.", **fields))
    assert told(found) == [(rule, message)]
    assert found.sections["one"].freshness(DAY) == freshness


def test_the_place_of_the_name_is_told(tmp_path: Path) -> None:
    [problem] = [
        one for one in check_library(library(tmp_path, finding("Words.\n\nAsk the Constitution Council.")), DAY) if one.rule.code == "SG613"
    ]
    assert str(problem.origin) == f"{SECTION}:8:11"


@pytest.mark.parametrize("words", ["Ask the Constitutional Court.", "Constitutional Councillors met.", "See [@law] on the Council."])
def test_what_names_nothing_that_was_replaced_is_fresh(tmp_path: Path, words: str) -> None:
    found = library(tmp_path, finding(words, verified="2019-01-01"))
    assert (told(found), found.sections["one"].freshness(DAY)) == ([], "fresh")


@pytest.mark.parametrize(
    ("words", "count"),
    [
        ("Решение Конституционного Совета.", 1),
        ("Обратитесь в Конституционный Совет.", 1),
        ("Конституционный закон и Совет.", 0),
        ("Совета Министров.", 0),
    ],
)
def test_where_words_bend_a_name_is_known_in_its_forms(tmp_path: Path, words: str, count: int) -> None:
    terms = "a: {preferred: Конституционный Совет, replaced: {by: Конституционный Суд, on: 2022}}\n"
    assert len(told(library(tmp_path, finding(words, language="ru", verified="2019-01-01"), ru=terms))) == count


def test_before_its_day_a_change_makes_nothing_stale(tmp_path: Path) -> None:
    section = library(tmp_path, finding("Ask the Constitutional Council.", verified="2016-06-01")).sections["one"]
    assert [section.freshness(dt.date(2021, 12, 31)), section.freshness(dt.date(2022, 1, 1))] == ["fresh", "stale"]


# ---------------------------------------------------------------- sources


@pytest.mark.parametrize(
    ("cite", "verified", "wanted"),
    [
        ("law", "2018-03-01", ("overtaken-section", "the source 'law' was amended (2018-03-02); the facts were last checked 2018-03-01")),
        ("law", "2018-03-02", None),
        ("year", "2018-06-01", None),  # the law may have been amended before
        ("year", "2017-12-31", ("overtaken-section", "the source 'year' was amended (2018); the facts were last checked 2017-12-31")),
        (
            "old",
            "2019-05-31",
            ("overtaken-section", "the source 'old' was superseded by 'new' (2019-05); the facts were last checked 2019-05-31"),
        ),
        ("old", "2019-06-01", ("superseded-source", "the source 'old' was superseded by 'new' (2019-05)")),
        ("undated", "2019-06-01", ("superseded-source", "the source 'undated' was superseded by 'web'")),
        ("new", "2018-01-01", None),
        ("law", "", None),  # nothing was checked, so nothing can be overtaken by an amendment
    ],
)
def test_a_section_that_cites_what_has_changed(tmp_path: Path, cite: str, verified: str, wanted: tuple[str, str] | None) -> None:
    found = library(tmp_path, finding(f"Words [@{cite}] again [@{cite}].", **({"verified": verified} if verified else {})))
    assert told(found) == ([wanted] if wanted else [])
    assert (found.sections["one"].freshness(DAY) == "stale") == bool(wanted and wanted[0] == "overtaken-section")


def test_a_source_superseded_by_nothing_is_an_error(tmp_path: Path) -> None:
    found = load(tmp_path, {"sections/sources/all.yaml": SOURCES.replace("superseded_by: new", "superseded_by: news")})
    [problem] = [one for one in check_library(found, DAY) if one.rule.name == "unknown-source"]
    assert (str(problem.origin), problem.message, problem.hint) == (
        "sections/sources/all.yaml:1:1",
        "there is no source 'news'",
        "did you mean 'new'?",
    )


# ---------------------------------------------------------------- one meaning of stale

ACCEPTED = "[{rule: overtaken-section, words: Constitutional Council, reason: a decision of 2008}]"


@pytest.mark.parametrize(
    ("fields", "freshness"),
    [
        ({"verified": "2016-01-01"}, "stale"),
        ({"verified": "2016-01-01", "accepted": ACCEPTED}, "fresh"),
        ({"verified": "2016-01-01", "accepted": ACCEPTED.replace("Constitutional Council", "Supreme Court")}, "stale"),
        ({"verified": "2016-01-01", "accepted": ACCEPTED, "review_by": "2020-01-01"}, "stale"),
        ({"verified": "2023-01-01", "review_by": "2024-12-31"}, "stale"),
        ({"verified": "2023-01-01", "review_by": "2025-01-01"}, "fresh"),
        ({"accepted": ACCEPTED}, "never"),
    ],
)
def test_check_find_coverage_and_the_list_agree(tmp_path: Path, fields: dict[str, str], freshness: str) -> None:
    found = library(tmp_path, finding("Ask the Constitutional Council.", **fields))
    stale = fitting(found.for_audience("public"), parse_query(["stale:yes"]), DAY)
    assert found.sections["one"].freshness(DAY) == freshness
    assert cover(found, "ICCPR", DAY, "public").findings["one"].freshness == freshness
    assert stale == (frozenset({"one"}) if freshness == "stale" else frozenset())
    listed = json.loads(run(tmp_path, "stale", "--json", "--date", "2025-01-01").output)
    assert [(one["id"], one["freshness"]) for one in listed["findings"]] == ([("one", freshness)] if freshness != "fresh" else [])


def test_the_names_of_what_has_changed_do_not_pass_the_gate(tmp_path: Path) -> None:
    found = library(tmp_path, finding("[Ask the Constitutional Council.]{internal} Words.", verified="2016-01-01"))
    assert found.changes["one"]
    gated = found.for_audience("public")
    assert (gated.changes, gated.sections["one"].freshness(DAY)) == ({}, "stale")
    assert "Council" not in repr(gated.sections)


# ---------------------------------------------------------------- sources too old for a profile

PROFILE = "title: P\nbody: none\nstage: open\nrules:\n  source_age_max: {{value: {0}}}\n"
AGES = """\
report: {type: ngo-report, author: A, title: T, date: 2010-06-30}
figures: {type: statistics, author: A, title: F, date: 2012}
law: {type: legislation, title: L, date: 1995-01-01}
held: {type: news, title: N, outlet: O, date: 1999, accepted: [{rule: old-source, reason: nothing newer}]}
"""


@pytest.mark.parametrize(
    ("value", "date", "old"),
    [
        ("5", "2015-06-30", []), ("5", "2016-06-30", []), ("5", "2016-07-01", ["report"]), ("5", "2016-06", []), ("5", "2016", []),
        ("3", "2016-07", ["report"]), ("3", "2017-02", ["figures", "report"]), ("{statistics: 2}", "2016", ["figures"]),
        ("{statistics: 2}", "2015-12", []), ("{legislation: 20, ngo-report: 9}", "2016-02", ["law"]), ("many", "2016", []),
    ],
)  # fmt: skip
def test_sources_older_than_a_profile_allows(tmp_path: Path, value: str, date: str, old: list[str]) -> None:
    files = {
        SECTION: finding("One [@report], two [@figures], three [@law]."), "sections/sources/all.yaml": AGES,
        "templates/profiles/mine.yaml": PROFILE.format(value), "submissions/s.yaml": submission(profile="mine", date=date),
    }  # fmt: skip
    found = [message for _, message in told(load(tmp_path, files), "old-source")]
    assert [message.split("'")[1] for message in sorted(found)] == old


def test_an_old_source_names_its_submission_and_may_be_accepted(tmp_path: Path) -> None:
    files = {
        SECTION: finding("One [@figures], two [@held]."), "sections/sources/all.yaml": AGES, "templates/profiles/mine.yaml": PROFILE.format(1),
        "submissions/s.yaml": submission(profile="mine", date="2016-02"), "submissions/open.yaml": submission(profile="open", date="2016-02"),
    }  # fmt: skip
    make_workspace(tmp_path, files)
    lines = [line for line in run(tmp_path, "check").output.splitlines() if "SG618" in line]
    message = "'figures' is of 2012; mine takes sources up to 1 year old in a submission of 2016-02 (s)"
    assert lines == [f"sections/sources/all.yaml:2:1: warning SG618 old-source: {message}"]


def test_no_built_in_profile_sets_an_age() -> None:
    """No body's own text with such a rule is known to us."""
    folder = ROOT / "src/shadowgen/data/profiles"
    assert [path.name for path in folder.glob("*.yaml") if "source_age_max" in path.read_text("utf-8")] == []


# ---------------------------------------------------------------- the list

DOCUMENTED = (ROOT / "docs/upkeep.md").read_text("utf-8")
FILES = {
    SECTION: finding("Ask the Constitutional Council [@old].", verified="2020-01-01", title="A council"),
    "sections/articles/iccpr/19/two.yaml": finding("Words [@old].", verified="2020-01-01", review_by="2024-06-30", title="A review"),
    "sections/articles/iccpr/19/three.yaml": finding("Words [@new], [@law], [@year].", title="A finding that nobody checked"),
    "sections/articles/iccpr/19/four.yaml": finding(
        "The Constitutional Council said so [@web].", verified="2021-01-01", accepted="[{rule: SG613, reason: a decision of 2008}]"
    ),
    "sections/articles/iccpr/19/four.ru.yaml": "title: Четыре\nbody: |\n  Так решил Совет.\n",
    "sections/matter/opening.yaml": finding("An introduction [@undated]."),
    "sections/matter/closing.yaml": finding("No facts.", articles="[]"),
    "sections/terms/en.yaml": COUNCIL,
    "sections/sources/all.yaml": SOURCES,
}


def test_text_is_as_documented(tmp_path: Path) -> None:
    make_workspace(tmp_path, FILES)
    done = run(tmp_path, "stale", "--date", "2025-01-01")
    wanted = re.search(r"\$ shadowgen stale --date 2025-01-01\n(.*?)```", DOCUMENTED, re.S)
    assert wanted and (done.exit_code, done.output) == (0, wanted[1])


def test_json_has_the_shape_that_is_documented(tmp_path: Path) -> None:
    make_workspace(tmp_path, FILES)
    data = json.loads(run(tmp_path, "stale", "--date", "2025-01-01", "--json").output)
    documented = re.search(r"```json\n(.*?)```", DOCUMENTED, re.S)
    assert documented and shape(json.loads(documented[1]) | {"translations": []}) == shape(data | {"translations": []})
    assert [(one["id"], one["freshness"]) for one in data["findings"]] == [
        ("one", "stale"),
        ("two", "stale"),
        ("opening", "stale"),
        ("three", "never"),
    ]
    assert data["accepted"] == 1
    assert data["translations"] == [{"id": "four", "language": "ru", "stamped": False, "changes": []}]
