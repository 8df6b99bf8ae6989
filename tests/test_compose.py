"""Composition: the word limit, the audience, names that do not exist, languages."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support import REPORT, codes, example, finding, load, put_together, submission

from shadowgen.compose import compose
from shadowgen.diagnostics import Origin
from shadowgen.nodes import Cover, Foreign, Heading, Paragraph, plain_text

# ---------------------------------------------------------------- the word limit


def weighted(sections: dict[str, tuple[int, int]], **fields: str) -> dict:
    """Return a workspace of sections, each with a priority and so many words of prose, ordered by name."""
    files = {
        f"sections/articles/iccpr/19/{id}.yaml": finding("word " * (words - 1) + "word.", title=id, priority=str(priority))
        for id, (priority, words) in sections.items()
    }
    return {**files, "submissions/report.yaml": submission(**fields)}


FIVE = {"a": (1, 100), "b": (2, 100), "c": (3, 100), "d": (5, 100), "e": (5, 100)}


def left_out(root: Path, limit: int | None, sections: dict[str, tuple[int, int]] = FIVE) -> tuple[tuple[str, ...], list[str], int]:
    fields = {"word_limit": str(limit)} if limit else {}
    composition, problems = put_together(root, weighted(sections, **fields))
    printed = [block for block in composition.submission.blocks if isinstance(block, Heading) and block.level == 3]
    assert {plain_text(block.content) for block in printed} == set(sections) - set(composition.left_out)
    return composition.left_out, codes(problems), composition.counted


def test_words_are_counted_without_the_cover(tmp_path: Path) -> None:
    composition, _ = put_together(tmp_path, weighted({"a": (1, 100)}))
    headings = sum(len(plain_text(block.content).split()) for block in composition.submission.blocks if isinstance(block, Heading))
    assert isinstance(composition.submission.blocks[0], Cover)
    contents = 1  # the word "Contents"
    assert (composition.text_words, composition.note_words) == (100 + headings + contents, 0)


@pytest.mark.parametrize(
    ("room", "expected"),
    [
        (10_000, ()),
        (500, ()),
        (499, ("e",)),
        (400, ("e",)),
        (398, ("d", "e")),
        (300, ("d", "e")),
        (250, ("c", "d", "e")),
        (150, ("b", "c", "d", "e")),
    ],
)
def test_sections_go_by_priority_the_lowest_and_last_first_until_it_fits(tmp_path: Path, room: int, expected: tuple[str, ...]) -> None:
    """`room` is what the limit leaves for the prose of five sections of 100 words, beside what is printed in any case."""
    _, _, whole = left_out(tmp_path / "whole", None)
    frame = whole - 500
    gone, problems, counted = left_out(tmp_path / "cut", frame + room)
    assert (gone, problems) == (expected, [])
    assert counted <= frame + room


def test_priority_one_never_goes_and_the_excess_is_told(tmp_path: Path) -> None:
    sections = {"a": (1, 300), "b": (1, 300), "c": (2, 50)}
    composition, problems = put_together(tmp_path, weighted(sections, word_limit="200"))
    assert composition.left_out == ("c",)
    assert [(problem.rule.name, problem.origin) for problem in problems] == [("over-word-limit", Origin("submissions/report.yaml", 7, 13))]
    assert f"{composition.counted:,}" in problems[0].message and "200" in problems[0].message


def test_front_matter_and_annexes_do_not_go(tmp_path: Path) -> None:
    files = weighted({"a": (5, 100)}, front="[intro]", annexes="[extra]", word_limit="100")
    for id in ("intro", "extra"):
        files[f"sections/matter/{id}.yaml"] = finding("word " * 80, title=id, priority="5", articles="[]")
    composition, problems = put_together(tmp_path, files)
    assert composition.left_out == ("a",)
    assert codes(problems) == ["over-word-limit"]


def test_no_section_goes_that_need_not(tmp_path: Path) -> None:
    """A small section of the lowest priority is kept when a greater one, gone before it, makes room enough."""
    sections = {"a": (1, 100), "b": (5, 20), "c": (5, 200)}
    gone, problems, _ = left_out(tmp_path, 150, sections)
    assert (gone, problems) == (("c",), [])


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(
    st.lists(st.tuples(st.integers(1, 5), st.integers(5, 60)), min_size=1, max_size=7),
    st.integers(100, 400),
)
def test_what_stays_has_no_lower_priority_than_what_goes(
    tmp_path_factory: pytest.TempPathFactory, sizes: list[tuple[int, int]], limit: int
) -> None:
    sections = {f"s{place}": size for place, size in enumerate(sizes)}
    gone, problems, counted = left_out(tmp_path_factory.mktemp("w"), limit, sections)
    going = [sections[id][0] for id in gone]
    staying = [priority for id, (priority, _) in sections.items() if id not in gone]
    assert 1 not in going
    assert not going or max(staying, default=1) <= min(going)
    assert (counted > limit) == (problems == ["over-word-limit"])
    assert counted <= limit or set(staying) == {1}


def test_notes_count_unless_the_profile_says_otherwise(tmp_path: Path) -> None:
    body = "Word.^[" + "word " * 150 + "]"
    profile = "title: P\nbody: CCPR\nstage: session\nrules:\n  count_notes: {value: no}\n"
    files = {"sections/articles/iccpr/19/a.yaml": finding(body, priority="5"), "submissions/report.yaml": submission(word_limit="150")}
    counting, _ = put_together(tmp_path / "a", files)
    files |= {"submissions/report.yaml": submission(word_limit="150", profile="mine"), "templates/profiles/mine.yaml": profile}
    silent, _ = put_together(tmp_path / "b", files)
    assert (counting.left_out, silent.left_out) == (("a",), ())
    assert silent.note_words == 150 and silent.counted == silent.text_words


def test_limit_of_the_profile_is_told_but_leaves_nothing_out(tmp_path: Path) -> None:
    profile = "title: P\nbody: CCPR\nstage: session\nrules:\n  words_max: {value: '120', severity: binding}\n"
    files = weighted(FIVE, profile="mine") | {"templates/profiles/mine.yaml": profile}
    composition, _ = put_together(tmp_path, files)
    assert (composition.limit, composition.left_out) == (120, ())
    assert composition.counted > 500


# ---------------------------------------------------------------- names that do not exist


@pytest.mark.parametrize(
    ("field", "value", "hint"),
    [
        ("look", "nonsense", "built in: coalition, un"),
        ("style", "nonsense", "built in: bluebook, chicago, gost, oscola, un"),
        ("profile", "ccpr-sesion", "did you mean 'ccpr-session'?"),
        ("languages", "[tlh]", "built in: ar, en, es, fr, kk-Latn, kk, ru, zh"),
    ],
)
def test_unknown_part_is_told_with_place_and_hint(tmp_path: Path, field: str, value: str, hint: str) -> None:
    text = submission(**{field: value})
    library = load(tmp_path, example(report=text))
    plan = library.plans["report"]
    composition, problems = compose(library, plan, plan.languages[0], "public")
    line = text[: text.index(f"{field}: ")].count("\n") + 1
    column = len(field) + (4 if value.startswith("[") else 3)
    assert composition is None
    assert [(problem.rule.name, problem.origin) for problem in problems] == [
        ("unknown-name", Origin("submissions/report.yaml", line, column))
    ]
    assert problems[0].hint == hint


def test_all_unknown_parts_are_told_at_once(tmp_path: Path) -> None:
    library = load(tmp_path, example(report=submission(look="x", style="y", profile="z", languages="[tlh]")))
    _, problems = compose(library, library.plans["report"], "tlh", "public")
    assert codes(problems) == ["unknown-name"] * 4


BROKEN = {
    "look": ("templates/looks/mine/look.yaml", "paper: A5\n"),
    "style": ("templates/styles/mine.yaml", "title: x\n"),
    "profile": ("templates/profiles/mine.yaml", "title: x\nrules: 3\n"),
}


@pytest.mark.parametrize("field", BROKEN)
@pytest.mark.parametrize("how", ["wrong", "not yaml"])
def test_own_file_that_is_broken_is_told_as_broken_and_not_as_missing(tmp_path: Path, field: str, how: str) -> None:
    path, wrong = BROKEN[field]
    content = {"wrong": wrong.encode(), "not yaml": b"a: ["}[how]
    files = {**example(report=submission(**{field: "mine"})), path: content, "templates/looks/mine/page.css": "p {}"}
    library = load(tmp_path, files)
    composition, problems = compose(library, library.plans["report"], "en", "public")
    assert composition is None
    assert {problem.origin.file for problem in problems} == {path}


# ---------------------------------------------------------------- audience


LAYERS = {
    "sections/articles/iccpr/19/open.yaml": finding("Open [for the Committee]{committee} [for us]{internal} words.", title="Open"),
    "sections/articles/iccpr/19/narrow.yaml": finding("Narrow words.", title="Narrow", audience="committee"),
    "sections/articles/iccpr/19/closed.yaml": finding("Closed words.", title="Closed", audience="internal"),
    "sections/articles/iccpr/19/unsaid.yaml": finding("Unsaid words.", title="Unsaid").replace("audience: public\n", ""),
}


@pytest.mark.parametrize(
    ("audience", "there", "absent", "marking"),
    [
        ("public", ["Open words"], ["for the Committee", "for us", "Narrow", "Closed", "Unsaid"], ""),
        (
            "committee",
            ["Open for the Committee words", "Narrow words"],
            ["for us", "Closed", "Unsaid"],
            "Confidential: for the Committee only.",
        ),
        ("internal", ["Open for the Committee for us words", "Narrow words", "Closed words", "Unsaid words"], [], "Internal."),
    ],
)
def test_audience_decides_what_is_there(tmp_path: Path, audience: str, there: list[str], absent: list[str], marking: str) -> None:
    composition, problems = put_together(tmp_path, {**LAYERS, "submissions/report.yaml": submission()}, audience=audience)
    text = plain_text(composition.submission.blocks)
    assert [problem for problem in problems if problem.is_error] == []
    assert all(words in text for words in there)
    assert not any(words in repr(composition.submission) for words in absent)
    assert composition.submission.meta.marking.startswith(marking) and bool(composition.submission.meta.marking) == bool(marking)
    assert composition.submission.meta.audience == audience


@pytest.mark.parametrize("field", ["sections", "front", "closing", "annexes"])
def test_section_that_is_named_and_held_back_is_a_warning_and_no_error(tmp_path: Path, field: str) -> None:
    text = submission(**({"sections": "[open]"} | {field: "[narrow]"}))
    _, problems = put_together(tmp_path, {**LAYERS, "submissions/report.yaml": text})
    assert codes(problems) == ["section-left-out"]


def test_pattern_that_matches_only_what_is_held_back_is_no_error(tmp_path: Path) -> None:
    files = {**LAYERS, "sections/articles/iccpr/7/secret.yaml": finding("Words.", audience="internal")}
    _, problems = put_together(tmp_path, {**files, "submissions/report.yaml": submission(sections="[articles/iccpr/7/*, open]")})
    assert [problem for problem in problems if problem.is_error] == []


def test_public_words_that_cite_an_internal_source_are_an_error(tmp_path: Path) -> None:
    sources = "secret:\n  type: interview\n  person: Somebody\n  date: 2016\n  audience: internal\n"
    files = {"sections/articles/iccpr/19/a.yaml": finding("Words [@secret]."), "sections/sources/s.yaml": sources}
    files["submissions/report.yaml"] = submission()
    _, problems = put_together(tmp_path / "a", files)
    assert [(problem.rule.name, problem.origin) for problem in problems] == [
        ("confidential-source", Origin("sections/articles/iccpr/19/a.yaml", 6, 10))
    ]
    assert put_together(tmp_path / "b", files, audience="internal")[1] == []


# ---------------------------------------------------------------- languages


def test_language_that_the_body_does_not_accept_is_a_warning(tmp_path: Path) -> None:
    report = REPORT.replace("profile: open", "profile: ccpr-session")
    _, english = put_together(tmp_path / "en", example(report=report))
    composition, russian = put_together(tmp_path / "ru", example(report=report), language="ru")
    told = [problem for problem in russian if problem.rule.name == "language-not-accepted"]
    assert [str(problem.origin) for problem in told] == ["submissions/report.yaml:5:17"]
    assert "en, fr, es" in told[0].message and not told[0].is_error
    assert "language-not-accepted" not in codes(english)
    assert composition.submission.meta.language == "ru"


def test_untranslated_section_is_printed_in_its_own_language_marked_and_told(tmp_path: Path) -> None:
    composition, problems = put_together(tmp_path, example(), language="ru")
    told = [str(problem.origin) for problem in problems if problem.rule.name == "no-translation"]
    assert "sections/articles/iccpr/7/torture.yaml:1:8" in told
    assert not any("entry-bans" in place for place in told)
    blocks = composition.submission.blocks
    torture = next(block for block in blocks if isinstance(block, Heading) and plain_text(block.content) == "Complaints of torture")
    examined = next(block for block in blocks if isinstance(block, Paragraph) and "examined by the police" in plain_text(block.content))
    bans = next(block for block in blocks if isinstance(block, Heading) and "Запреты" in plain_text(block.content))
    assert (torture.language, examined.language, bans.language) == ("en", "en", "")


def test_untranslated_section_is_told_once_however_often_it_is_assembled(tmp_path: Path) -> None:
    files = weighted({"a": (1, 100), "b": (5, 100)}, languages="[ru]", word_limit="180")
    composition, problems = put_together(tmp_path, files, language="ru")
    assert composition.left_out == ("b",)
    assert codes(problems) == ["no-translation"]


def test_foreign_words_keep_their_language(tmp_path: Path) -> None:
    files = {"sections/articles/iccpr/19/a.yaml": finding("The [акимат]{.ru} said."), "submissions/report.yaml": submission()}
    composition, _ = put_together(tmp_path, files)
    paragraph = next(block for block in composition.submission.blocks if isinstance(block, Paragraph))
    assert paragraph.content[1] == Foreign((paragraph.content[1].children[0],), "ru")
