"""Words by section, counted by hand; budgets; what to cut first, with the running total."""

from __future__ import annotations

import datetime as dt
import json
import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support import codes, example, finding, load, make_workspace, put_together, submission
from test_cli import run

from shadowgen.fitting import Fit, as_text, fit
from shadowgen.wordbudget import FRAME, SOURCES, Used, measure, total
from shadowgen.wordcount import count_words

ROOT = Path(__file__).parents[1]
DAY = dt.date(2020, 1, 1)
# "Contents"; "Implementation of the provisions of the International Covenant on Civil and Political Rights"; "Article 19. Freedom of opinion
# and expression"; "Contributors"
FRAME_WORDS = 1 + 13 + 7 + 1


def words(count: int) -> str:
    return "word " * (count - 1) + "word."


FOUR = {
    "sections/articles/iccpr/19/keep.yaml": finding(words(100), title="keep", priority="1"),
    "sections/articles/iccpr/19/old.yaml": finding(words(100), title="old facts", verified="2015-01-01", review_by="2019-12-31"),
    "sections/articles/iccpr/19/short.yaml": finding(words(25), title="short", verified="2019-06-01"),
    "sections/articles/iccpr/19/long.yaml": finding(words(100), title="long", verified="2019-01-01"),
    "submissions/report.yaml": submission(word_limit="300", words='{"ICCPR 19": 300}'),
}


def fitted(root: Path, files: dict[str, str] = FOUR, wanted: int = 0) -> Fit:
    library = load(root, files)
    found, _ = fit(library, library.plans["report"], "en", "public", DAY, wanted)
    assert found is not None
    return found


# ---------------------------------------------------------------- words by section


def test_each_section_has_its_words_and_the_rest_is_frame(tmp_path: Path) -> None:
    found = fitted(tmp_path)
    assert {one.section: one.words for one in found.sections} == {"keep": 101, "long": 101, "old": 102, "short": 26}
    assert found.parts == {"articles": 330, "frame": FRAME_WORDS} and found.words == 330 + FRAME_WORDS == 352


def test_a_section_counts_with_its_notes_tables_and_the_recommendation_that_it_answers(tmp_path: Path) -> None:
    files = {
        "sections/commitments/co.yaml": (
            "title: T\nkind: concluding-observations\nsymbol: CCPR/C/KAZ/CO/1\nparagraphs:\n  - {id: press, title: Free press, summary: Protect it now.}\n"
        ),
        "sections/recommendations/co/press.yaml": finding(
            "One two.^[Three four five.]\n\nTable: A table\n\n| a | b |\n| --- | --- |\n| c | d |\n\n## Inner heading\n\nSix.",
            title="Not printed", responds_to="[{document: co, paragraphs: [press]}]", asks="[seven eight]",
        ),
        "submissions/report.yaml": submission(sections="[press]", commitments="[co]"),
    }  # fmt: skip
    composition, _ = put_together(tmp_path, files)
    lengths = measure(composition.submission, composition.record, "Table of sources")
    # heading 2; "Recommendation (CCPR/C/KAZ/CO/1)" 2; its summary 3; prose 2 + 1; caption 2, cells 4; inner heading 2; "The authors recommend
    # that the State party:" 7; the ask 2. Notes: 3
    assert lengths["press"] == Used(2 + 2 + 3 + 2 + 1 + 2 + 4 + 2 + 7 + 2, 3)


def test_the_sum_is_the_document(tmp_path: Path) -> None:
    composition, _ = put_together(tmp_path, example())
    lengths = measure(composition.submission, composition.record, "Table of sources")
    text = sum(count_words(block) for block in composition.submission.blocks[1:])  # without the cover
    notes = sum(count_words(note.content) for note in composition.submission.notes)
    assert total(lengths) == Used(text, notes) == Used(composition.text_words, composition.note_words)
    assert set(lengths) == {FRAME, "introduction", "press-freedom", "torture", "blocked", "entry-bans"}


PROFILE = "title: P\nbody: UPR\nstage: upr\nrules:\n  words_max: {value: 100}\n  count_notes: {value: no}\n  count_annexes: {value: no}\n"


@pytest.mark.parametrize(("profile", "counts"), [("", True), ("mine", False)])
def test_notes_and_annexes_count_as_the_body_counts_them(tmp_path: Path, profile: str, counts: bool) -> None:
    files = {
        "sections/articles/iccpr/19/one.yaml": finding(words(20) + "^[two words]", title="one"),
        "sections/matter/extra.yaml": finding(words(40) + " [@source]", title="extra", articles="[]"),
        "sections/sources/all.yaml": "source: {type: un-document, symbol: A/HRC/28/10}\n",
        "templates/profiles/mine.yaml": PROFILE,
        "submissions/report.yaml": submission(annexes="[extra]", table_of_sources="yes", **({"profile": profile} if profile else {})),
    }
    composition, _ = put_together(tmp_path, files)
    assert composition.words["one"] == 21 + 2 * counts
    assert composition.words["extra"] == (43 + composition.note_words - 2) * counts  # "Annex 1. extra" and the notes but the first
    assert (composition.words[SOURCES] > 4) == counts
    assert composition.counted == sum(composition.words.values())
    assert composition.text_words + composition.note_words > composition.counted or counts


# ---------------------------------------------------------------- budgets


@pytest.mark.parametrize(
    ("name", "used"),
    [("front", 3), ("recommendations", 5), ("articles", 7), ("closing", 9), ("annexes", 14), ('"ICCPR 19"', 4), ('"ICCPR 19(2)"', 0),
     ("articles/iccpr/7/*", 3), ("one", 4), ("CAT 2", 0)],
)  # fmt: skip
def test_a_budget_is_for_a_part_an_article_a_pattern_or_a_section(tmp_path: Path, name: str, used: int) -> None:
    files = {
        "sections/matter/a.yaml": finding(words(2), title="a", articles="[]"),
        "sections/recommendations/co/r.yaml": finding(words(4), title="r", articles='["ICCPR 19"]', responds_to="[{document: co, paragraphs: [p]}]"),
        "sections/commitments/co.yaml": "title: T\nkind: other\nparagraphs: [{id: p, title: P, summary: S}]\n",
        "sections/articles/iccpr/19/one.yaml": finding(words(3), title="one", articles='["ICCPR 19(3)", "ICCPR 7"]'),
        "sections/articles/iccpr/7/two.yaml": finding(words(2), title="two", articles='["ICCPR 7"]'),
        "sections/matter/c.yaml": finding(words(8), title="c", articles="[]"),
        "sections/matter/x.yaml": finding(words(11), title="x", articles="[]"),
        "submissions/report.yaml": submission(
            front="[a]", sections="[recommendations/*, articles/*]", closing="[c]", annexes="[x]", commitments="[co]", template="plain",
            words=f"{{{name}: {max(used, 1)}}}",
        ),
        "templates/plain.md.j2": (
            "{% for one in front %}{{ section(one) }}{% endfor %}{% for one in sections %}{{ section(one) }}{% endfor %}"
            '{% for one in closing %}{{ section(one) }}{% endfor %}{% for one in annexes %}\n# {{ label("annex", 1, one.title) }}\n\n'
            "{{ section(one, heading=False) }}{% endfor %}"
        ),
    }  # fmt: skip
    composition, problems = put_together(tmp_path, files)
    assert [(one.name, one.used) for one in composition.budgets] == [(name.strip('"'), used)]
    assert "over-budget" not in codes(problems)


def test_a_budget_that_is_exceeded_or_for_nothing_is_told_at_its_line(tmp_path: Path) -> None:
    text = submission(words="\n  keep: 100\n  shorty: 5\n  articles: 229\n  short: 26")
    _, problems = put_together(
        tmp_path, FOUR | {"submissions/report.yaml": text, "sections/articles/iccpr/19/old.yaml": finding("W.", audience="internal")}
    )
    line = text[: text.index("  keep:")].count("\n") + 1
    told = [(problem.rule.name, problem.origin.line - line, problem.message) for problem in problems]
    assert told == [
        ("over-budget", 0, "'keep' has 101 words where 100 are budgeted: 1 too many"),
        ("unknown-section", 1, "no section, article or part is named or matched by 'shorty'"),
    ]  # fmt: skip
    assert "did you mean 'short'?" in problems[1].hint


# ---------------------------------------------------------------- what to cut


def test_text_is_the_one_that_is_documented(tmp_path: Path) -> None:
    documented = re.search(r"```\n(report \(en, public\).*?)```", (ROOT / "docs/profiles.md").read_text("utf-8"), re.S)
    shown = "\n".join(line.rstrip() for line in as_text(fitted(tmp_path)).splitlines()) + "\n"
    assert documented and documented[1] == shown


def cuts(root: Path, files: dict[str, str], wanted: int) -> list[tuple[str, int]]:
    return [(cut.section, cut.left) for cut in fitted(root, files, wanted).cuts]


def test_the_lowest_priority_goes_first_then_the_oldest_then_the_lowest_status_then_the_longest(tmp_path: Path) -> None:
    facts = {
        "a": {"priority": "2", "verified": "2010-01-01", "review_by": "2011-01-01"},  # 6th: a higher priority
        "b": {"priority": "3", "verified": "2019-01-01", "status": "draft"},  # 3rd of its priority: a draft of this year
        "c": {"priority": "3", "verified": "2018-12-31"},  # 2nd after what is never checked: the year before
        "d": {"priority": "3"},  # never checked
        "e": {"priority": "5", "verified": "2019-01-01"},  # 1st: the lowest priority
        "f": {"priority": "3", "verified": "2019-01-01"},  # the longest of what is alike
        "g": {"priority": "3", "verified": "2019-01-01"},
        "h": {"priority": "1", "verified": "2010-01-01", "review_by": "2011-01-01"},  # stays
        "i": {"priority": "3", "verified": "2019-12-01", "review_by": "2019-12-30"},  # stale
    }
    sizes = dict.fromkeys(facts, 10) | {"f": 20}
    files = {f"sections/articles/iccpr/19/{id}.yaml": finding(words(sizes[id]), title=id, **fields) for id, fields in facts.items()}
    files["submissions/report.yaml"] = submission()
    whole = FRAME_WORDS + 8 * 11 + 21
    assert cuts(tmp_path, files, 1) == [
        ("e", whole - 11), ("i", whole - 22), ("d", whole - 33), ("c", whole - 44), ("b", whole - 55), ("f", whole - 76), ("g", whole - 87), ("a", whole - 98),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("wanted", "gone"), [(352, []), (351, ["old"]), (250, ["old"]), (249, ["old", "long"]), (148, ["old", "long", "short"])]
)
def test_no_more_is_cut_than_must_be(tmp_path: Path, wanted: int, gone: list[str]) -> None:
    found = fitted(tmp_path, FOUR, wanted)
    assert ([cut.section for cut in found.cuts], found.after <= wanted) == (gone, True)


def test_what_cannot_fit_says_so(tmp_path: Path) -> None:
    found = fitted(tmp_path, FOUR, 100)
    assert (len(found.cuts), found.after) == (3, 101 + FRAME_WORDS)
    assert "still 23 too many: sections of priority 1 and other parts stay" in as_text(found)


def test_a_source_that_is_cited_in_full_later_is_counted_anew(tmp_path: Path) -> None:
    """The first citation is long, the second short; without the first section the second one is long."""
    sources = "long-one: {type: ngo-report, author: An organisation with a name, title: A title of very many words indeed, short: It, date: 2015}\n"
    files = {
        "sections/sources/all.yaml": sources,
        "sections/articles/iccpr/19/a.yaml": finding("Word [@long-one].", title="a", priority="5"),
        "sections/articles/iccpr/19/b.yaml": finding("Between [@other].", title="b", priority="1"),
        "sections/articles/iccpr/19/c.yaml": finding("Word [@long-one].", title="c", priority="1"),
        "sections/articles/iccpr/19/d.yaml": finding(words(20), title="d", priority="4"),
        "submissions/report.yaml": submission(),
    }
    files["sections/sources/all.yaml"] += "other: {type: un-document, symbol: A/HRC/28/10}\n"
    whole = fitted(tmp_path / "whole", files)
    first = next(one.words for one in whole.sections if one.section == "a")
    found = fitted(tmp_path, files, whole.words - first)
    assert [(cut.section, cut.left <= found.limit) for cut in found.cuts] == [("a", True), ("d", True)]
    assert found.after < found.limit == whole.words - first


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.lists(st.tuples(st.integers(1, 5), st.integers(1, 60)), min_size=1, max_size=6), st.integers(1, 300))
def test_it_fits_or_only_priority_one_is_left(tmp_path_factory: pytest.TempPathFactory, sizes: list[tuple[int, int]], wanted: int) -> None:
    files = {f"sections/articles/iccpr/19/s{at}.yaml": finding(words(size), priority=str(one)) for at, (one, size) in enumerate(sizes)}
    found = fitted(tmp_path_factory.mktemp("w"), files | {"submissions/report.yaml": submission()}, wanted)
    kept = {one.section: one for one in found.sections} | {}
    for cut in found.cuts:
        assert kept.pop(cut.section).priority > 1
    assert found.after == sum(one.words for one in kept.values()) + found.parts["frame"] or not kept
    assert found.after <= wanted or all(one.priority == 1 for one in kept.values())


# ---------------------------------------------------------------- the command


def test_command_exits_by_the_limit_and_the_budgets(tmp_path: Path) -> None:
    make_workspace(tmp_path, FOUR)
    assert run(tmp_path, "budget", "report").exit_code == 1
    make_workspace(tmp_path, FOUR | {"submissions/report.yaml": submission(words="{keep: 101}")})
    assert run(tmp_path, "budget", "report").exit_code == 0
    make_workspace(tmp_path, FOUR | {"submissions/report.yaml": submission(words="{keep: 100}")})
    assert run(tmp_path, "budget", "report").exit_code == 1


def test_data_are_as_documented(tmp_path: Path) -> None:
    make_workspace(tmp_path, FOUR)
    data = json.loads(run(tmp_path, "budget", "report", "--json").stdout)
    text = (ROOT / "docs/profiles.md").read_text("utf-8")
    named = [*data, *data["sections"][0], *data["budgets"][0], *data["cuts"][0]]
    assert data["shape"] == 1 and [name for name in named if f"`{name}`" not in text and f'"{name}"' not in text] == []
    assert data["budgets"] == [{"name": "ICCPR 19", "words": 300, "used": 330}]


@pytest.mark.parametrize(
    ("call", "said"),
    [(("reprot",), "did you mean 'report'?"), (("report", "--language", "ru"), "report has en, not ru"), ((), "Missing argument")],
)
def test_command_called_wrongly(tmp_path: Path, call: tuple[str, ...], said: str) -> None:
    make_workspace(tmp_path, FOUR)
    done = run(tmp_path, "budget", *call)
    assert done.exit_code == 2 and said in done.output


def test_command_says_why_nothing_can_be_composed(tmp_path: Path) -> None:
    make_workspace(tmp_path, FOUR | {"submissions/report.yaml": submission(profile="nobody")})
    done = run(tmp_path, "budget", "report")
    assert done.exit_code == 1 and "there is no profile 'nobody'" in done.output
