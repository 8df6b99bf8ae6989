"""What a body asks, held against composed submissions: each rule broken once and kept once, with how binding it is and where it stands."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from support import build_all, codes, finding, load, make_workspace, put_together, submission
from test_cli import run

from shadowgen import check
from shadowgen.bodyrules import check_pages, pages_of, sending
from shadowgen.nodes import Cover, plain_text
from shadowgen.profiles import load_profile
from shadowgen.workspace import Workspace

CONTRIBUTORS = """\
one: {type: organisation, name: First Organisation, short: FO, audience: public, about: It watches.}
two: {type: organisation, name: Second Organisation, audience: public}
many: {type: coalition, name: The Coalition, members: [one, two], audience: public}
"""
SEEN = "source: https://example.org/rules, verified_on: 2026-11-22"


def profiled(rule: str, value: str, severity: str = "binding", seen: str = SEEN, **fields: str) -> dict[str, str | bytes]:
    """Return a workspace with one submission, under a profile of one rule."""
    row = f"  {rule}: {{value: {value}, severity: {severity}, {seen}}}\n"
    return {
        "templates/profiles/mine.yaml": f"title: P\nbody: CCPR\nstage: session\nrules:\n{row}",
        "templates/plain.md.j2": "{{ cover() }}\n{% for one in front %}{{ section(one, numbered=False) }}{% endfor %}Words.\n",
        "sections/articles/iccpr/19/one.yaml": finding("One two three."),
        "sections/matter/executive-summary.yaml": finding("In short.", title="Summary", articles="[]"),
        "sections/matter/introduction.yaml": finding("Long.", title="Introduction", articles="[]"),
        "sections/contributors/all.yaml": CONTRIBUTORS,
        "submissions/report.yaml": submission(profile="mine", **fields),
    }


def told(root: Path, files: dict[str, str | bytes], language: str = "en") -> list[str]:
    _, problems = put_together(root, files, language=language, audience=load(root, files).plans["report"].audience)
    return [problem.message for problem in problems if problem.rule.name in ("against-binding-rule", "against-advice")]


CASES = [
    ("contents", "yes", {"template": "plain"}, "there is no table of contents", {}),
    ("paragraph_numbering", "yes", {"numbering": "none"}, "no paragraph is numbered", {"numbering": "section"}),
    ("paragraph_numbering", "yes", {"template": "plain"}, "no paragraph is numbered", {}),
    ("font", "Verdana", {}, "the text is set in Times New Roman, not in Verdana", None),
    ("font_size", "12", {}, "the text is set in 11 points, not in 12", None),
    ("note_font_size", "9", {}, "notes are set in 10 points, not in 9", None),
    ("cover_fields", "[country]", {}, "the cover does not say: country", {"title": "Torture in Kazakhstan"}),
    ("cover_fields", "[body]", {}, "the cover does not say: body", {"session": '"Human Rights Committee, 117th session"'}),
    ("cover_fields", "[session]", {}, "the cover does not say: session", {"session": "117th"}),
    ("cover_fields", "[submitted_by]", {}, "the cover does not say: submitted by", {"submitted_by": "[one, two]"}),
    ("cover_fields", "[about]", {"submitted_by": "[one, two]"}, "the cover does not say: about", {"submitted_by": "[one]"}),
    ("cover_fields", "[contact]", {}, "the cover does not say: contact", {"contact": "a@example.org"}),
    ("cover_fields", "[keywords]", {}, "the cover does not say: keywords", {"keywords": "[torture, prisons]"}),
    (
        "cover_fields", "[treaty]", {}, "the cover does not say: treaty",
        {"title": "The International Covenant on Civil and Political Rights in Kazakhstan"},
    ),
    ("posting_consent", "yes", {}, "the submission does not say whether it may be posted", {"posting": "yes"}),
    ("posting_consent", "yes", {}, "the submission does not say whether it may be posted", {"posting": "no"}),
    ("posting_consent", "no", None, "", {}),
    (
        "confidentiality_marking", "mark", {"posting": "no"}, "it may not be posted, and is not marked as confidential",
        {"posting": "no", "audience": "committee"},
    ),
    ("confidentiality_marking", "ask", None, "", {"posting": "no"}),
    ("publication", "no", {}, "the body receives it in confidence, and it is made for the public", {"audience": "committee"}),
    ("executive_summary", "yes", {"front": "[introduction]"}, "there is no summary", {"front": "[executive-summary]"}),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "value", "breaks", "said", "keeps"), CASES)
def test_each_rule_is_told_if_broken_and_silent_if_kept(
    tmp_path: Path, rule: str, value: str, breaks: dict[str, str] | None, said: str, keeps: dict[str, str] | None
) -> None:
    if breaks is not None:
        found = told(tmp_path / "breaks", profiled(rule, value, **breaks))
        assert found == [f"{said} (binding: https://example.org/rules, read on 2026-11-22)"]
    if keeps is not None:
        assert told(tmp_path / "keeps", profiled(rule, value, **keeps)) == []


@pytest.mark.parametrize(("rule", "value"), [("font", "Times New Roman"), ("font_size", "11"), ("note_font_size", "10")])
def test_a_look_that_sets_the_text_as_asked_is_right(tmp_path: Path, rule: str, value: str) -> None:
    assert told(tmp_path, profiled(rule, value)) == []


@pytest.mark.parametrize(
    ("severity", "seen", "rule", "ending"),
    [
        ("binding", SEEN, "against-binding-rule", "(binding: https://example.org/rules, read on 2026-11-22)"),
        ("advisory", SEEN, "against-advice", "(advisory: https://example.org/rules, read on 2026-11-22)"),
        ("advisory", "note: unverified", "against-advice", "(advisory: unverified)"),
        ("binding", "note: unverified", "against-binding-rule", "(binding: unverified)"),
    ],
)
def test_a_message_says_how_binding_the_rule_is_and_where_it_stands(
    tmp_path: Path, severity: str, seen: str, rule: str, ending: str
) -> None:
    _, problems = put_together(tmp_path, profiled("contents", "yes", severity, seen, template="plain"))
    (problem,) = [one for one in problems if one.rule.name.startswith("against")]
    assert (problem.rule.name, problem.message.endswith(ending), problem.is_error) == (rule, True, False)
    assert str(problem.origin) == "submissions/report.yaml:2:11"  # the template


@pytest.mark.parametrize(
    ("submitted_by", "words", "over"),
    [("[one]", 99, True), ("[one]", 101, False), ("[one, two]", 60, True), ("[one, two]", 99, False), ("[many]", 99, False)],
)
def test_a_joint_submission_may_be_longer(tmp_path: Path, submitted_by: str, words: int, over: bool) -> None:
    """`words` is what one may use; two, or a coalition, may use half as much again."""
    files = profiled("words_max", "1", submitted_by=submitted_by)
    counted = put_together(tmp_path / "length", files)[0].counted
    allowed = counted * words // 100
    rules = f"  words_max: {{value: {allowed}, {SEEN}}}\n  words_max_joint: {{value: {allowed * 3 // 2}, {SEEN}}}\n"
    files["templates/profiles/mine.yaml"] = f"title: P\nbody: CCPR\nstage: session\nrules:\n{rules}"
    _, problems = put_together(tmp_path, files)
    found = [problem.message for problem in problems if problem.rule.name == "over-profile-limit"]
    assert bool(found) == over
    assert all(message.endswith("(advisory: https://example.org/rules, read on 2026-11-22)") for message in found)


def test_a_language_that_is_not_accepted_names_the_source(tmp_path: Path) -> None:
    _, problems = put_together(tmp_path, profiled("languages", "[fr, es]"))
    assert [problem.message for problem in problems if problem.rule.name == "language-not-accepted"] == [
        "the body works in fr, es, not in en (binding: https://example.org/rules, read on 2026-11-22)"
    ]


def test_a_summary_must_be_in_the_language_that_the_body_reads(tmp_path: Path) -> None:
    files = profiled("executive_summary_language", "en", front="[executive-summary]", languages="[ru]")
    translated = "title: Резюме\nbody: |\n  Кратко.\n"
    assert told(tmp_path / "a", files, "ru") == []  # the English text is printed, since there is no other
    files["sections/matter/executive-summary.ru.yaml"] = translated
    assert [message.split(" (")[0] for message in told(tmp_path / "b", files, "ru")] == ["there is no summary in 'en'"]


FOLLOW = """\
title: T
kind: concluding-observations
paragraphs:
  - {id: a, title: A, summary: S}
  - {id: b, title: B, summary: S}
"""


@pytest.mark.parametrize(
    ("most", "marked", "said"),
    [
        ("2", "", []),
        ("1", "", ["2 recommendations are assessed where the body selects at most 1"]),
        ("1", "a", ["not selected for follow-up: b"]),
        ("2", "ab", []),
    ],
)
def test_follow_up_keeps_to_what_was_selected(tmp_path: Path, most: str, marked: str, said: list[str]) -> None:
    text = FOLLOW
    for id in marked:
        text = text.replace(f"{{id: {id},", f"{{id: {id}, follow_up: yes,")
    files = profiled("follow_up_count", most, commitments="[co]", sections="[recommendations/co/*]") | {
        "sections/commitments/co.yaml": text
    }
    for id in "ab":
        files[f"sections/recommendations/co/on-{id}.yaml"] = finding("Words.", responds_to=f"[{{document: co, paragraphs: [{id}]}}]")
    assert [message.split(" (")[0] for message in told(tmp_path, files)] == said


# ---------------------------------------------------------------- pages, formats, sending


@pytest.mark.parametrize(("pages", "joint", "over"), [(10, False, False), (11, False, True), (15, True, False), (16, True, True)])
def test_pages_of_one_and_of_several(tmp_path: Path, pages: int, joint: bool, over: bool) -> None:
    """The Committee on Economic, Social and Cultural Rights takes 10 pages, 15 of a coalition (profile cescr-session)."""
    files = profiled("contents", "no", submitted_by="[many]" if joint else "[one]")
    library = load(tmp_path, files)
    profile, _ = load_profile(Workspace(tmp_path), "cescr-session")
    found = check_pages(library, library.plans["report"], profile, pages)
    assert [problem.message for problem in found] == [
        f"{pages} pages where the body accepts {15 if joint else 10} (advisory: unverified)"
    ] * over


def test_pages_beside_a_limit_in_words_are_not_checked(tmp_path: Path) -> None:
    library = load(tmp_path, profiled("contents", "no"))
    profile, _ = load_profile(Workspace(tmp_path), "ccpr-session")
    assert check_pages(library, library.plans["report"], profile, 99) == []


def test_pages_are_estimated_by_check_and_counted_by_build(tmp_path: Path) -> None:
    files = profiled("pages_max", "1") | {"sections/articles/iccpr/19/one.yaml": finding("word " * 899 + "word.")}
    library = load(tmp_path, files)
    assert [pages_of(words) for words in (1, 450, 451)] == [1, 1, 2]
    messages = [problem.message for problem in check(library, []) if problem.rule.name == "against-binding-rule"]
    assert messages == ["about 3 pages where the body accepts 1 (binding: https://example.org/rules, read on 2026-11-22)"]
    (built,), problems = build_all(tmp_path, files, formats=("pdf",))
    counted = [problem.message for problem in problems if problem.rule.name == "against-binding-rule"]
    assert built.pages > 1 and counted == [
        f"{built.pages} pages where the body accepts 1 (binding: https://example.org/rules, read on 2026-11-22)"
    ]


@pytest.mark.parametrize(("formats", "rules"), [(("html",), ["against-binding-rule"]), (("html", "docx"), [])])
def test_one_format_that_the_body_takes_must_be_built(tmp_path: Path, formats: tuple[str, ...], rules: list[str]) -> None:
    _, problems = build_all(tmp_path, profiled("formats", "[docx]"), formats=formats)
    assert codes(problems) == rules


def test_name_of_the_file_and_subject_of_the_mail_are_filled_in(tmp_path: Path) -> None:
    pattern = '"{submitted_by} – {kind} UPR submission – {country} – {session}"'
    for submitted_by, is_ in (("[one, two]", "FO, Second Organisation – joint"), ("[one]", "FO – individual")):
        files = profiled("mail_subject_pattern", pattern, submitted_by=submitted_by)
        library = load(tmp_path, files)
        profile, _ = load_profile(Workspace(tmp_path), "mine")
        told = sending(library, library.plans["report"], profile, "en")
        assert told == {"mail subject": f"{is_} UPR submission – Kazakhstan – {{session}}"}  # nobody said which session
    shown = run(tmp_path, "build", "--format", "md").output
    assert "  mail subject: FO – individual UPR submission – Kazakhstan – {session}\n" in shown
    assert json.loads(run(tmp_path, "build", "--format", "md", "--json").stdout)["built"][0]["sending"] == told


def test_a_document_that_may_not_be_posted_reminds_of_asking(tmp_path: Path) -> None:
    make_workspace(tmp_path, profiled("confidentiality_marking", "ask", posting="no"))
    assert "  posting: ask the secretariat not to post it\n" in run(tmp_path, "build", "--format", "md").output


# ---------------------------------------------------------------- on the cover


@pytest.mark.parametrize("formats", [("docx", "html", "md", "pdf")])
def test_cover_says_whom_to_write_to_and_whether_it_may_be_posted(tmp_path: Path, formats: tuple[str, ...]) -> None:
    files = profiled("contents", "no", contact="a@example.org", keywords="[torture, prisons]", posting="no", submitted_by="[one]")
    composition, _ = put_together(tmp_path, files)
    cover = next(block for block in composition.submission.blocks if isinstance(block, Cover))
    assert [plain_text(words) for role, words in cover.lines if role == "name"] == [
        "First Organisation", "Contact: a@example.org", "Keywords: torture, prisons",
        "The authors ask that this submission not be posted on the Internet.",
    ]  # fmt: skip
    (built,), problems = build_all(tmp_path, files, formats=formats)
    assert codes(problems) == [] and len(built.files) == 4
