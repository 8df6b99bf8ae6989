"""Recommendations from cycle to cycle: whose grade is whose and from when, what repeats what, and the decisions written into a file."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import re
import subprocess
from pathlib import Path

import pytest
from conftest import need
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from readers import word_paragraphs
from support import build_all, codes, finding, load, make_workspace, put_together, submission
from test_cli import run
from test_coverage import Page, shape

from shadowgen import check
from shadowgen.catalogue import parse_article
from shadowgen.chartdata import Chart
from shadowgen.loading import load_library
from shadowgen.nodes import Figure, Table, plain_text, walk
from shadowgen.reuse.implementation import Tracking, track
from shadowgen.reuse.implementation_views import CSV_COLUMNS, as_csv, as_html, as_json, as_text
from shadowgen.reuse.repeats import propose
from shadowgen.workspace import Workspace

ROOT = Path(__file__).parents[1]
DAY = dt.date(2020, 1, 1)
FIRST = """\
title: Concluding observations of 2011
kind: concluding-observations
symbol: CCPR/C/KAZ/CO/1
cycle: 1
date: 2011-07-26
paragraphs:
  - id: press
    number: "25"
    title: Freedom of the press
    articles: ["ICCPR 19"]
    summary: Protect journalists and decriminalize defamation.
    follow_up: yes
    committee_grades:
      - {grade: C1, date: 2015-03, source: follow-up-2}
      - {grade: B2, date: 2013-10, source: follow-up-1}
  - id: prisons
    number: "17"
    title: Prisons
    articles: ["ICCPR 10"]
    summary: Reduce overcrowding in prisons.
"""
SECOND = """\
title: Concluding observations of 2016
kind: concluding-observations
symbol: CCPR/C/KAZ/CO/2
cycle: 2
date: 2016-07-11
paragraphs:
  - id: detention # a remark of ours
    number: "30"
    title: Conditions of detention
    articles: ["ICCPR 10"]
    summary: Overcrowding in prisons should be reduced.
  - {id: media, title: "Freedom of the press", articles: ["ICCPR 19"], summary: Decriminalize defamation of officials., number: "50"}
  - id: voting
    title: Elections
    articles: ["ICCPR 25"]
    summary: Register the parties.
"""
SOURCES = """\
follow-up-1: {type: un-document, symbol: CCPR/C/109/2, title: One}
follow-up-2: {type: un-document, symbol: CCPR/C/113/2, title: Two}
ours: {type: ngo-report, author: We, title: A shadow, date: 2011}
"""
FILES = {
    "sections/commitments/co-1.yaml": FIRST,
    "sections/commitments/co-2.yaml": SECOND,
    "sections/sources/all.yaml": SOURCES,
    "sections/recommendations/co-1/press-assessed.yaml": finding(
        "Words.", responds_to="[{document: co-1, paragraphs: [press]}]", grade="E", verified="2016-06-01", review_by="2019-01-01",
        earlier_grades="[{grade: D1, date: 2011-06, source: ours}]", themes="[media]",
    ),
    "sections/articles/iccpr/19/hidden.yaml": finding(
        "Words.", responds_to="[{document: co-2, paragraphs: [media]}]", grade="A", verified="2019-01-01", audience="internal",
    ),
}  # fmt: skip
REPEATED = SECOND.replace("id: media,", "id: media, repeats: [co-1#press],").replace(
    "  - id: voting\n", "  - id: voting\n    not_repeats: [co-1#press, co-1#prisons]\n"
)


def tracked(root: Path, files: dict[str, str] = FILES, audience: str = "internal") -> Tracking:
    return track(load(root, files), DAY, audience)


# ---------------------------------------------------------------- grades


def test_grades_of_authors_and_committee_stand_apart_in_the_order_of_time(tmp_path: Path) -> None:
    press = tracked(tmp_path).threads[0][0]
    assert [(one.grade, one.date, one.source, one.section) for one in press.authors] == [
        ("D1", "2011-06", "ours", "press-assessed"), ("E", "2016-06-01", "", "press-assessed"),
    ]  # fmt: skip
    assert [(one.grade, one.date, one.source, one.section) for one in press.committee] == [
        ("B2", "2013-10", "follow-up-1", ""), ("C1", "2015-03", "follow-up-2", ""),
    ]  # fmt: skip
    assert (press.follow_up, press.themes, press.cycle) == (True, ("media",), 1)


def test_a_grade_is_of_the_cycle_of_its_recommendation_unless_it_says_another(tmp_path: Path) -> None:
    files = FILES | {"sections/commitments/co-1.yaml": FIRST.replace("date: 2015-03,", "date: 2015-03, cycle: 2,")}
    assert [one.cycle for one in tracked(tmp_path, files).threads[0][0].committee] == [1, 2]


def test_a_grade_whose_day_is_not_known_comes_first(tmp_path: Path) -> None:
    first = FIRST.replace("    follow_up: yes\n", "    committee_grade: D\n")
    library = load(tmp_path, FILES | {"sections/commitments/co-1.yaml": first})
    commitment = library.commitments["co-1"].paragraphs[0]
    assert ([one.grade for one in commitment.committee], commitment.committee_grade) == (["D", "B2", "C1"], "C1")


def test_what_an_audience_may_not_read_has_no_grade_for_it(tmp_path: Path) -> None:
    assert [one.grade for asked in tracked(tmp_path).recommendations for one in asked.authors] == ["D1", "E", "A"]
    narrow = FILES | {"sections/sources/all.yaml": SOURCES.replace("title: A shadow,", "title: A shadow, audience: internal,")}
    public = tracked(tmp_path, narrow, "public")
    assert [(one.grade, one.source) for asked in public.recommendations for one in asked.authors] == [("D1", ""), ("E", "")]
    for text in (as_text(public), as_csv(public), as_html(public), as_json(public)):
        assert "hidden" not in text and "ours" not in text


@pytest.mark.parametrize(
    ("name", "before", "after", "line"),
    [
        ("unknown-source", "source: follow-up-1", "source: follow-up-9", "15:9"),
        ("grade-without-source", "follow_up: yes", "committee_grade: B", "12:22"),
        ("unknown-repeat", "follow_up: yes", "repeats: [co-2#media]", "7:9"),
        ("unknown-repeat", "follow_up: yes", "not_repeats: [co-0#media]", "7:9"),
        ("unknown-repeat", "follow_up: yes", "repeats: [co-1#prisons]", "7:9"),
    ],
)
def test_faults_of_cycles_are_told_where_they_are(tmp_path: Path, name: str, before: str, after: str, line: str) -> None:
    make_workspace(tmp_path, FILES | {"sections/commitments/co-1.yaml": FIRST.replace(before, after)})
    library, loading = load_library(Workspace(tmp_path))
    found = [problem for problem in check(library, loading, today=DAY) if problem.rule.name == name]
    assert [str(problem.origin) for problem in found] == [f"sections/commitments/co-1.yaml:{line}"]


def test_a_pair_cannot_be_decided_both_ways(tmp_path: Path) -> None:
    both = SECOND.replace("  - id: voting\n", "  - id: voting\n    repeats: [co-1#press]\n    not_repeats: [co-1#press]\n")
    library = load(tmp_path, FILES | {"sections/commitments/co-2.yaml": both})
    assert [str(problem.origin) for problem in check(library, [], today=DAY) if problem.rule.name == "unknown-repeat"] == [
        "sections/commitments/co-2.yaml:13:9"
    ]


@pytest.mark.parametrize(("selected", "told"), [(4, []), (5, ["too-many-follow-ups"])])
def test_no_more_is_selected_for_follow_up_than_the_body_selects(tmp_path: Path, selected: int, told: list[str]) -> None:
    """The Human Rights Committee selects up to four (rule `follow_up_count` of the profile ccpr-follow-up)."""
    rows = "".join(f"  - {{id: r{place}, title: T, summary: S, follow_up: yes}}\n" for place in range(selected))
    files = {"sections/commitments/co.yaml": f"title: T\nkind: concluding-observations\nsymbol: CCPR/C/KAZ/CO/1\nparagraphs:\n{rows}"}
    found = codes(check(load(tmp_path, files), [], today=DAY))
    assert [name for name in found if name != "no-locator"] == told


# ---------------------------------------------------------------- threads


def keys(tracking: Tracking) -> list[list[str]]:
    return [[one.key for one in thread] for thread in tracking.threads]


def test_a_recommendation_stands_with_those_that_repeat_it(tmp_path: Path) -> None:
    files = FILES | {"sections/commitments/co-2.yaml": REPEATED}
    assert keys(tracked(tmp_path / "apart")) == [["co-1#press"], ["co-1#prisons"], ["co-2#detention"], ["co-2#media"], ["co-2#voting"]]
    assert keys(tracked(tmp_path, files)) == [["co-1#press", "co-2#media"], ["co-1#prisons"], ["co-2#detention"], ["co-2#voting"]]


def test_one_that_repeats_two_ties_both(tmp_path: Path) -> None:
    third = "title: T\nkind: concluding-observations\ndate: 2025\nparagraphs:\n  - {id: all, title: T, summary: S, repeats: [co-2#media, co-1#prisons]}\n"
    files = FILES | {"sections/commitments/co-2.yaml": REPEATED, "sections/commitments/a-third.yaml": third}
    assert keys(tracked(tmp_path, files))[0] == ["co-1#press", "co-1#prisons", "co-2#media", "a-third#all"]


def test_a_filter_keeps_whole_threads(tmp_path: Path) -> None:
    tracking = tracked(tmp_path, FILES | {"sections/commitments/co-2.yaml": REPEATED})
    thread = ["co-1#press", "co-2#media"]
    assert keys(tracking.only(document="co-1")) == [thread, ["co-1#prisons"]]
    assert keys(tracking.only(theme="Media")) == [thread]
    assert keys(tracking.only(article=parse_article("ICCPR 19"))) == [thread]
    assert keys(tracking.only(document="co-2", article=parse_article("ICCPR 10"))) == [["co-2#detention"]]


# ---------------------------------------------------------------- views

DOCUMENTED = (ROOT / "docs/reuse.md").read_text("utf-8")


def test_text_is_the_one_that_is_documented(tmp_path: Path) -> None:
    text = as_text(tracked(tmp_path, FILES | {"sections/commitments/co-2.yaml": REPEATED}))
    shown = re.search(r"```\n(CCPR/C/KAZ/CO/1 \(cycle 1.*?)```", DOCUMENTED, re.S)
    assert shown and shown[1] in text
    assert max(map(len, text.splitlines())) <= 100


def test_where_nothing_is_recommended_the_table_says_what_to_do(tmp_path: Path) -> None:
    text = as_text(tracked(tmp_path, {"sections/matter/words.yaml": finding("Words.", articles="[]")}))
    assert text.endswith("no commitments file recommends anything: shadowgen import drafts one from a UN document\n")


def test_csv_has_a_line_for_each_grade_and_each_recommendation_without_one(tmp_path: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(as_csv(tracked(tmp_path)))))
    assert tuple(rows[0]) == CSV_COLUMNS
    assert [(row["recommendation"], row["by"], row["grade"], row["date"]) for row in rows] == [
        ("co-1#press", "authors", "D1", "2011-06"), ("co-1#press", "authors", "E", "2016-06-01"),
        ("co-1#press", "Committee", "B2", "2013-10"), ("co-1#press", "Committee", "C1", "2015-03"),
        ("co-1#prisons", "none", "", ""), ("co-2#detention", "none", "", ""), ("co-2#media", "authors", "A", "2019-01-01"),
        ("co-2#voting", "none", "", ""),
    ]  # fmt: skip


def test_page_needs_nothing_and_json_is_as_documented(tmp_path: Path) -> None:
    tracking = tracked(tmp_path, FILES | {"sections/commitments/co-2.yaml": REPEATED.replace("Elections", "'<b>=1'")})
    page = Page(as_html(tracking))
    assert all(f"</i> {words}</span>" in as_html(tracking) for words in ("fresh", "stale", "never checked", "not final"))
    assert page.open == [] and page.addresses == [] and "&lt;b&gt;=1" in as_html(tracking)
    documented = [json.loads(text) for text in re.findall(r"```json\n(.*?)```", DOCUMENTED, re.S) if '"threads"' in text]
    data = json.loads(as_json(tracking))
    assert [sorted(one) for one in documented] == [sorted(data)]
    assert shape(documented[0]["threads"][0]) == shape(data["threads"][0])
    assert [one["freshness"] for one in data["threads"][0]] == ["stale", "fresh"]


@pytest.mark.parametrize("ending", ["html", "csv", "xlsx", "json", "txt"])
def test_command_writes_every_form_and_replaces_only_its_own(tmp_path: Path, ending: str) -> None:
    make_workspace(tmp_path, FILES)
    file = tmp_path / f"table.{ending}"
    for _ in range(2):
        done = run(tmp_path, "recommendations", "CCPR/C/KAZ/CO/1", "--date", "2020-01-01", "-o", str(file))
        assert (done.exit_code, file.stat().st_size > 100) == (0, True), done.output
    file.write_bytes(b"PK something of mine")
    done = run(tmp_path, "recommendations", "-o", str(file))
    assert (done.exit_code, file.read_bytes()) == (1, b"PK something of mine")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("CCPR/C/KAZ/CO/9",), "there is no commitments file or symbol 'CCPR/C/KAZ/CO/9'; did you mean"),
        (("--article", "ICCPR 99"), "--article: there is no article 'ICCPR 99'"),
        (("--format", "xlsx"), "say where to write it"),
    ],
)
def test_command_called_wrongly(tmp_path: Path, words: tuple[str, ...], said: str) -> None:
    make_workspace(tmp_path, FILES)
    done = run(tmp_path, "recommendations", *words)
    assert done.exit_code == 2 and said in done.output


def test_the_answer_of_the_state_is_shown_in_every_view_and_in_a_document(tmp_path: Path) -> None:
    """Of a UPR recommendation the State says that it supports or notes it."""
    answered = FIRST.replace("    follow_up: yes\n", "    follow_up: yes\n    position: noted\n")
    tracking = tracked(tmp_path, FILES | {"sections/commitments/co-1.yaml": answered})
    assert "    noted by the State, selected for follow-up\n" in as_text(tracking)
    assert "<small>noted by the State; selected for follow-up</small>" in as_html(tracking)
    assert {row["position"] for row in csv.DictReader(io.StringIO(as_csv(tracking))) if row["recommendation"] == "co-1#press"} == {"noted"}
    assert [one["position"] for thread in json.loads(as_json(tracking))["threads"] for one in thread if one["position"]] == ["noted"]
    files = FILES | {"sections/commitments/co-1.yaml": answered, "templates/cycles.md.j2": "{{ implementation_table() }}\n"}
    for template, shown in (
        ("cycles", "Freedom of the press (noted, selected for follow-up)"),
        ("shadow-report", "Recommendation (CCPR/C/KAZ/CO/1, para. 25, noted)"),
    ):
        plan = submission(template=template, sections="[recommendations/co-1/*]", commitments="[co-1]")
        composition, _ = put_together(tmp_path, files | {"submissions/report.yaml": plan})
        assert shown in plain_text(composition.submission.blocks).replace("\u00a0", " ")


def test_what_is_stale_is_named_and_not_mistaken_for_the_number_of_findings(tmp_path: Path) -> None:
    more = finding("Words.", responds_to="[{document: co-1, paragraphs: [press]}]")
    text = as_text(tracked(tmp_path, FILES | {"sections/articles/iccpr/19/unchecked.yaml": more}))
    row, *under = text[text.index("  25  Freedom of the press") :].splitlines()[:4]
    assert row.endswith("  2") and under == ["    selected for follow-up", "    stale: press-assessed", "    never checked: unchecked"]


# ---------------------------------------------------------------- repeats


def test_pairs_are_proposed_by_words_titles_and_articles(tmp_path: Path) -> None:
    library = load(tmp_path, FILES)
    pairs = propose(library.commitments["co-2"], library.commitments["co-1"])
    assert [(pair.later.id, pair.earlier.id) for pair in pairs] == [("detention", "prisons"), ("media", "press")]
    assert all(pair.score > 50 for pair in pairs)
    every = {(pair.later.id, pair.earlier.id): pair.score for pair in propose(library.commitments["co-2"], library.commitments["co-1"], 0)}
    assert len(every) == 6 and max(score for pair, score in every.items() if pair[0] == "voting") < 20


def test_the_same_recommendation_is_alike_by_a_hundred(tmp_path: Path) -> None:
    again = FIRST.replace("date: 2011-07-26", "date: 2016").replace("CO/1", "CO/2")
    library = load(tmp_path, FILES | {"sections/commitments/co-2.yaml": again} | {"sections/articles/iccpr/19/hidden.yaml": finding("W.")})
    scores = {(pair.later.id, pair.earlier.id): pair.score for pair in propose(library.commitments["co-2"], library.commitments["co-1"], 0)}
    assert scores["press", "press"] == scores["prisons", "prisons"] == 100


def test_decisions_are_written_into_the_later_file_and_nothing_else_changes(tmp_path: Path) -> None:
    make_workspace(tmp_path, FILES)
    done = run(tmp_path, "repeats", "co-1", "CCPR/C/KAZ/CO/2", "--yes", "media=press", "--yes", "detention=prisons", "--no", "voting=press")
    assert done.exit_code == 0 and "detention  repeats  prisons" in done.output and "voting  does not repeat  press" in done.output
    file = tmp_path / "sections/commitments/co-2.yaml"
    decided = (
        SECOND.replace("{id: media,", "{id: media, repeats: [co-1#press],")
        .replace("# a remark of ours\n", "# a remark of ours\n    repeats: [co-1#prisons]\n")
        .replace("  - id: voting\n", "  - id: voting\n    not_repeats: [co-1#press]\n")
    )
    assert file.read_text() == decided
    assert "0 to be decided" in run(tmp_path, "repeats", "co-1", "co-2").output
    run(tmp_path, "repeats", "co-1", "co-2", "--no", "detention=prisons", "--yes", "voting=prisons")
    changed = decided.replace("    repeats: [co-1#prisons]\n", "    not_repeats: [co-1#prisons]\n")
    changed = changed.replace("  - id: voting\n", "  - id: voting\n    repeats: [co-1#prisons]\n")
    assert file.read_text() == changed


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("    not_repeats: [co-1#press, co-1#prisons]\n", "    not_repeats: [co-1#prisons]\n"),
        ("    not_repeats: [co-1#prisons, co-1#press]\n", "    not_repeats: [co-1#prisons]\n"),
        ("    not_repeats: [co-1#prisons,  'co-1#press' ]  # mine\n", "    not_repeats: [co-1#prisons ]  # mine\n"),
        ("    not_repeats:\n      - co-1#press\n      - co-1#prisons # mine\n", "    not_repeats:\n      - co-1#prisons # mine\n"),
        ("    not_repeats:\n      - co-1#press\n", ""),
        ("    not_repeats:\n    - co-1#press\n", ""),
    ],
)  # fmt: skip
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_changed_decision_leaves_the_other_list(tmp_path: Path, before: str, after: str, end: str) -> None:
    place = "  - id: voting\n"
    make_workspace(tmp_path, FILES | {"sections/commitments/co-2.yaml": SECOND.replace(place, place + before).replace("\n", end)})
    assert run(tmp_path, "repeats", "co-1", "co-2", "--yes", "voting=press").exit_code == 0
    wanted = SECOND.replace(place, place + "    repeats: [co-1#press]\n" + after)
    assert (tmp_path / "sections/commitments/co-2.yaml").read_bytes().decode() == wanted.replace("\n", end)


def test_a_file_that_cannot_take_a_decision_is_left(tmp_path: Path) -> None:
    strange = SECOND.replace("  - id: voting\n", "  - ? id\n    : voting\n")
    make_workspace(tmp_path, FILES | {"sections/commitments/co-2.yaml": strange})
    done = run(tmp_path, "repeats", "co-1", "co-2", "--yes", "voting=press")
    assert done.exit_code == 1 and "cannot be put into this file" in done.output
    assert (tmp_path / "sections/commitments/co-2.yaml").read_text() == strange


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.tuples(st.sampled_from(["detention", "media", "voting"]), st.sampled_from(["press", "prisons"]), st.booleans()), max_size=6)
)
def test_the_last_decision_on_a_pair_holds(tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, str, bool]]) -> None:
    root = tmp_path_factory.mktemp("w")
    make_workspace(root, FILES)
    for later, earlier, yes in steps:
        assert run(root, "repeats", "co-1", "co-2", "--yes" if yes else "--no", f"{later}={earlier}").exit_code == 0
    last = {(later, f"co-1#{earlier}"): yes for later, earlier, yes in steps}
    document = load_library(Workspace(root))[0].commitments["co-2"]
    kept = {
        (one.id, key): yes for one in document.paragraphs for yes, keys in ((True, one.repeats), (False, one.not_repeats)) for key in keys
    }
    assert kept == last


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("co-1", "co-1"), "name two documents"),
        (("co-1", "co-2", "--yes", "media=pres"), "co-1 has no paragraph 'pres'; did you mean 'press'?"),
        (("co-1", "co-2", "--yes", "media"), "write LATER=EARLIER"),
        (("co-1", "co-2", "--yes", "press=media"), "the later one comes first: write media=press"),
        (("co-1", "co-2", "--yes", "media=press", "--no", "media=press"), "it is said with --yes as well"),
    ],
)
def test_repeats_called_wrongly(tmp_path: Path, words: tuple[str, ...], said: str) -> None:
    make_workspace(tmp_path, FILES)
    done = run(tmp_path, "repeats", *words)
    assert done.exit_code == 2 and said in done.output
    assert (tmp_path / "sections/commitments/co-2.yaml").read_text() == SECOND


def test_a_pair_to_be_decided_shows_what_was_asked_and_a_decided_one_does_not(tmp_path: Path) -> None:
    make_workspace(tmp_path, FILES | {"sections/commitments/co-2.yaml": REPEATED})
    head, pair, later, earlier, *decided, ask = run(tmp_path, "repeats", "co-1", "co-2").stdout.splitlines()
    assert head == "CCPR/C/KAZ/CO/2 (the later) and CCPR/C/KAZ/CO/1 (the earlier): 4 pairs, 1 to be decided"
    assert pair.split()[1:] == ["detention", "?", "prisons"]
    assert later == "        30  Conditions of detention: Overcrowding in prisons should be reduced."
    assert earlier == "        17  Prisons: Reduce overcrowding in prisons."
    assert [" ".join(row.split()[1:]) for row in decided] == [
        "media repeats press", "voting does not repeat prisons", "voting does not repeat press",
    ]  # fmt: skip
    assert ask == "Decide: shadowgen repeats co-1 co-2 --yes detention=prisons (or --no)"


def test_pairs_as_data(tmp_path: Path) -> None:
    make_workspace(tmp_path, FILES | {"sections/commitments/co-2.yaml": REPEATED})
    data = json.loads(run(tmp_path, "repeats", "co-1", "co-2", "--json").stdout)
    told = [(pair["later"], pair["earlier"], pair["decided"]) for pair in data["pairs"]]
    assert told == [
        ("co-2#detention", "co-1#prisons", None), ("co-2#media", "co-1#press", "yes"), ("co-2#voting", "co-1#prisons", "no"),
        ("co-2#voting", "co-1#press", "no"),
    ]  # fmt: skip


# ---------------------------------------------------------------- in a document

IN_DOCUMENT = FILES | {
    "sections/commitments/co-2.yaml": REPEATED,
    "sections/recommendations/co-2/media-assessed.yaml": finding(
        "Words.", title="Media", responds_to="[{document: co-2, paragraphs: [media]}]", grade="B2", verified="2019-01-01"
    ),
    "templates/cycles.md.j2": "{{ cover() }}\n{{ implementation_chart() }}\n{{ implementation_table() }}\n",
    "submissions/report.yaml": submission(template="cycles", sections="[recommendations/co-2/*]", commitments="[co-2]"),
}


def printed(root: Path, files: dict[str, str], language: str = "en", audience: str = "public") -> tuple[list[list[str]], list[str], Chart]:
    """Return the rows of the table, the words of the notes, and the chart."""
    composition, problems = put_together(root, files, language=language, audience=audience)
    assert [problem.rule.name for problem in problems if problem.is_error] == []
    nodes = list(walk(composition.submission.blocks))
    (table,) = [node for node in nodes if isinstance(node, Table)]
    (figure,) = [node for node in nodes if isinstance(node, Figure)]
    assert figure.chart is not None and figure.alt
    rows = [[plain_text(cell.content).replace("\u00a0", " ") for cell in row] for row in (table.head, *table.rows)]
    return rows, [plain_text(note.content) for note in composition.submission.notes], figure.chart


def test_table_shows_this_cycle_with_what_was_said_of_the_last(tmp_path: Path) -> None:
    rows, notes, _ = printed(tmp_path, IN_DOCUMENT)
    assert rows == [
        ["Recommendation", "Asked in", "Grade proposed by the authors", "Grade given by the Committee"],
        [
            "Freedom of the press (selected for follow-up)", "CCPR/C/KAZ/CO/1, para. 25", "D1 (June 2011); E (1 June 2016)",
            "B2 (October 2013); C1 (March 2015)",
        ],
        ["the same again: Freedom of the press", "CCPR/C/KAZ/CO/2, para. 50", "B2 (1 January 2019)", "none"],
        ["Conditions of detention", "CCPR/C/KAZ/CO/2, para. 30", "none", "none"],
        ["Elections", "CCPR/C/KAZ/CO/2", "none", "none"],
    ]  # fmt: skip
    assert [note.split(",")[0] for note in notes] == ["We", "One (CCPR/C/109/2).", "Two (CCPR/C/113/2)."]


def test_chart_counts_the_last_grade_of_each_by_cycle_and_by_who_gave_it(tmp_path: Path) -> None:
    *_, chart = printed(tmp_path, IN_DOCUMENT)
    assert (chart.kind, chart.labels) == ("stacked", ("CCPR/C/KAZ/CO/1: authors", "CCPR/C/KAZ/CO/1: Committee", "CCPR/C/KAZ/CO/2: authors"))
    assert {series.name[0]: series.values for series in chart.series} == {
        "A": (0, 0, 0), "B": (0, 0, 1), "C": (0, 1, 0), "D": (0, 0, 0), "E": (1, 0, 0),
    }  # fmt: skip


@pytest.mark.parametrize("change", ["audience: internal", "status: draft"])
def test_table_shows_no_grade_that_is_not_for_its_readers_or_not_final(tmp_path: Path, change: str) -> None:
    name = "sections/recommendations/co-1/press-assessed.yaml"
    field = change.split(":")[0]
    changed = re.sub(rf"^{field}: .*$", change, IN_DOCUMENT[name], flags=re.MULTILINE)
    rows, notes, chart = printed(tmp_path, IN_DOCUMENT | {name: changed})
    assert rows[1][2:] == ["none", "B2 (October 2013); C1 (March 2015)"] and len(notes) == 2 and len(chart.labels) == 2


def test_table_shows_no_grade_that_the_submission_leaves_out(tmp_path: Path) -> None:
    files = IN_DOCUMENT | {"submissions/report.yaml": submission(template="cycles", sections="[press-assessed]", commitments="[co-2]")}
    rows, *_ = printed(tmp_path, files)
    assert rows[2][2] == "none"  # the final section about this cycle is not chosen


def test_table_cites_no_source_that_is_not_for_its_readers(tmp_path: Path) -> None:
    files = IN_DOCUMENT | {"sections/sources/all.yaml": SOURCES.replace("title: One", "title: One, audience: committee")}
    rows, notes, _ = printed(tmp_path / "public", files)
    assert len(notes) == 2 and rows[1][3] == "B2 (October 2013); C1 (March 2015)"
    assert len(printed(tmp_path / "committee", files, audience="committee")[1]) == 3


@pytest.mark.parametrize("language", ["ru", "fr", "es", "kk", "kk-Latn", "zh", "ar"])
def test_table_speaks_the_language_of_the_document(tmp_path: Path, language: str) -> None:
    plan = submission(template="cycles", sections="[recommendations/co-2/*]", commitments="[co-2]", languages=f"[{language}]")
    rows, _, chart = printed(tmp_path, IN_DOCUMENT | {"submissions/report.yaml": plan}, language)
    assert not {"Recommendation", "Asked in"} & set(rows[0]) and "the same again" not in rows[2][0] and "authors" not in chart.labels[0]


def test_nothing_asked_is_no_table(tmp_path: Path) -> None:
    composition, _ = put_together(
        tmp_path, IN_DOCUMENT | {"submissions/report.yaml": submission(template="cycles", sections="[press-assessed]")}
    )
    assert not [block for block in composition.submission.blocks if isinstance(block, (Table, Figure))]


def test_follow_up_prints_table_and_chart_where_there_are_several_grades(tmp_path: Path) -> None:
    plan = submission(template="follow-up", sections="[recommendations/*]", commitments="[co-1, co-2]")
    rows, *_ = printed(tmp_path, IN_DOCUMENT | {"submissions/report.yaml": plan})
    assert len(rows) == 1 + 5


def test_table_and_chart_are_in_all_four_outputs(tmp_path: Path) -> None:
    need("pdftotext")
    (built,), problems = build_all(tmp_path, IN_DOCUMENT, formats=("docx", "pdf", "html", "md"))
    assert [str(problem) for problem in problems if problem.is_error] == []
    word, pdf, html, markdown = (tmp_path / name for name in built.files)
    paragraphs = [one.text.replace("\u00a0", " ") for one in word_paragraphs(word)]
    place = paragraphs.index("the same again: Freedom of the press")
    assert paragraphs[place + 1 : place + 4] == ["CCPR/C/KAZ/CO/2, para. 50", "B2 (1 January 2019)", "none"]
    assert "| the same again: Freedom of the press | CCPR/C/KAZ/CO/2, para. 50 | B2 (1 January 2019) | none |" in markdown.read_text(
        "utf-8"
    ).replace("\u00a0", " ")
    assert "| CCPR/C/KAZ/CO/1: Committee | 0 | 0 | 1 | 0 | 0 |" in markdown.read_text("utf-8")
    text = re.sub("<[^>]*>", "|", html.read_text("utf-8")).replace("\u00a0", " ")
    assert "|B2 (1 January 2019)|" in text and "CCPR/C/KAZ/CO/1: Committee: 1" in html.read_text("utf-8")
    drawn = subprocess.run(["pdftotext", "-layout", str(pdf), "-"], capture_output=True, check=True, text=True).stdout
    assert re.search(r"the same again: Freedom.* CCPR/C/KAZ/CO/2", drawn)
