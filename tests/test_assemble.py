"""Assembly: templates, the order and grouping of sections, data that is never read as markup, faults of a template."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from support import EXAMPLE, INTRODUCTION, REPORT, example, finding, load, put_together, submission

from shadowgen.assemble import assemble
from shadowgen.diagnostics import Diagnostic, Origin
from shadowgen.locales import locale
from shadowgen.nodes import Contents, Cover, Heading, List, Manuscript, Paragraph, Submission, plain_text, walk

TEMPLATES = ("shadow-report", "list-of-issues", "follow-up", "open-letter", "memorandum", "country-update")


def assembled(root: Path, files: dict, language: str = "en") -> tuple[Manuscript, list[Diagnostic]]:
    library = load(root, files)
    return assemble(library.for_audience("public"), library.plans["report"], locale(language))


def headings(document: Manuscript | Submission, level: int = 0) -> list[str]:
    return [plain_text(node.content) for node in document.blocks if isinstance(node, Heading) and level in (0, node.level)]


def with_template(name: str) -> dict:
    return example(report=REPORT.replace("shadow-report", name))


def rendered(root: Path, template: str) -> tuple[Manuscript, list[Diagnostic]]:
    """Assemble the example with a template of its own."""
    return assembled(root, {**example(), "templates/shadow-report.md.j2": template})


def words(document: Manuscript | Submission) -> str:
    return plain_text(document.blocks)


# ---------------------------------------------------------------- the built-in templates


@pytest.mark.parametrize("name", TEMPLATES)
@pytest.mark.parametrize("language", ["en", "ru"])
def test_built_in_template_renders_without_errors(tmp_path: Path, name: str, language: str) -> None:
    composition, problems = put_together(tmp_path, with_template(name), language=language)
    assert [str(problem) for problem in problems if problem.is_error] == []
    assert isinstance(composition.submission.blocks[0], Cover)
    printed = {"follow-up": "The recommendation has not been implemented", "country-update": "Complaints are examined"}
    assert printed.get(name, "Courts blocked 125 sites") in words(composition.submission)


def test_shadow_report_has_contents_parts_and_contributors(tmp_path: Path) -> None:
    document, _ = assembled(tmp_path, with_template("shadow-report"))
    assert any(isinstance(block, Contents) for block in document.blocks)
    assert headings(document, 1) == [
        "Introduction",
        "Implementation of the recommendations of the Human Rights Committee",
        "Implementation of the provisions of the International Covenant on Civil and Political Rights",
        "Contributors",
    ]


def test_list_of_issues_leaves_out_the_recommendations(tmp_path: Path) -> None:
    document, _ = assembled(tmp_path, with_template("list-of-issues"))
    assert "Suggested questions for the list of issues" in headings(document, 1)
    assert "Freedom of the press" not in headings(document)


def test_follow_up_prints_both_grades(tmp_path: Path) -> None:
    document, _ = assembled(tmp_path, with_template("follow-up"))
    assert "Grade given by the Committee: B2" in words(document)
    assert "Grade proposed by the authors: C (reply or action not satisfactory)" in words(document)


def test_open_letter_has_salutation_and_named_signatories(tmp_path: Path) -> None:
    document, _ = assembled(tmp_path, with_template("open-letter"))
    assert [plain_text(block.content) for block in document.blocks if isinstance(block, Paragraph) and block.role == "salutation"] == [
        "Dear Mr. President,"
    ]
    signed = next(block for block in document.blocks if isinstance(block, List) and block.role == "signatories")
    assert [plain_text(item.blocks) for item in signed.items] == ["Adil Soz, Almaty", "Bureau for Human Rights", "Aliya Example, lawyer"]


def test_country_update_groups_by_theme_and_has_links_for_notes(tmp_path: Path) -> None:
    composition, _ = put_together(tmp_path, with_template("country-update"))
    assert [text for text in headings(composition.submission) if text in ("Media", "Torture")] == ["Media", "Torture"]
    assert composition.submission.notes == ()


@pytest.mark.parametrize("name", TEMPLATES)
def test_template_prints_no_section_twice(tmp_path: Path, name: str) -> None:
    """A finding that answers a recommendation and stands under an article is printed in one of the two places."""
    document, _ = assembled(tmp_path, with_template(name))
    anchors = [node.anchor for node in walk(document.blocks) if getattr(node, "anchor", "")]
    assert sorted(set(anchors)) == sorted(anchors)
    assert words(document).count("three reporters were") == 1


# ---------------------------------------------------------------- which sections, in which order


FINDINGS = {
    "remedies": ("2", '["ICCPR 2(3)"]'),
    "equality": ("2", '["ICCPR 2(1)"]'),
    "women": ("3", '["ICCPR 3"]'),
    "discrimination": ("26", '["ICCPR 26"]'),
    "torture": ("7", '["ICCPR 7"]'),
}


def by_article(**fields: str) -> dict:
    files = {
        f"sections/articles/iccpr/{number}/{id}.yaml": finding(f"About {id}.", title=id, articles=articles)
        for id, (number, articles) in FINDINGS.items()
    }
    return {**files, "submissions/report.yaml": submission(**fields)}


def test_findings_stand_under_their_articles_in_order(tmp_path: Path) -> None:
    document, problems = assembled(tmp_path, by_article())
    assert problems == []
    assert [text.split(". ")[0] for text in headings(document, 2)] == ["Article 2", "Article 3", "Article 7", "Article 26"]
    assert headings(document, 3) == ["equality", "remedies", "women", "torture", "discrimination"]


def test_declared_groups_join_articles_and_keep_2_3_apart_from_2(tmp_path: Path) -> None:
    groups = '[["ICCPR 2(3)"], ["ICCPR 2", "ICCPR 3", "ICCPR 26"]]'
    document, problems = assembled(tmp_path, by_article(groups=groups))
    assert problems == []
    found = [text for text in headings(document) if text.startswith("Article") or text in FINDINGS]
    assert [text.split(". ")[0] for text in found] == [
        "Article 2 (3)", "remedies", "Articles 2, 3 and 26", "equality", "women", "discrimination", "Article 7", "torture",
    ]  # fmt: skip


def test_order_then_id_within_an_article(tmp_path: Path) -> None:
    files = {
        f"sections/articles/iccpr/19/{id}.yaml": finding("Words.", title=id, order=order)
        for id, order in (("a", "30"), ("b", "10"), ("c", "30"), ("d", "20"))
    }
    document, _ = assembled(tmp_path, {**files, "submissions/report.yaml": submission()})
    assert headings(document, 3) == ["b", "d", "a", "c"]


def test_sections_named_one_by_one_keep_the_order_of_the_submission(tmp_path: Path) -> None:
    files = {f"sections/articles/iccpr/19/{id}.yaml": finding("Words.", title=id) for id in "abc"}
    document, _ = assembled(tmp_path, {**files, "submissions/report.yaml": submission(sections="[c, a, articles/*]")})
    assert headings(document, 3) == ["c", "a", "b"]


@pytest.mark.parametrize("pattern", ["remedies", "rem*", "articles/iccpr/2/rem*", "*/remedies"])
def test_leave_out_by_id_and_by_pattern(tmp_path: Path, pattern: str) -> None:
    document, problems = assembled(tmp_path, by_article(leave_out=f'["{pattern}"]'))
    assert problems == []
    assert sorted(headings(document, 3)) == ["discrimination", "equality", "torture", "women"]


@pytest.mark.parametrize("field", ["front", "sections", "closing", "annexes"])
def test_unknown_section_is_told_with_place_and_hint(tmp_path: Path, field: str) -> None:
    text = submission(**({"sections": "[articles/*]"} | {field: "[entry-bams]"}))
    _, problems = assembled(tmp_path, {**EXAMPLE, "submissions/report.yaml": text})
    line = text[: text.index(f"{field}: [")].count("\n") + 1
    found = next(problem for problem in problems if problem.rule.name == "unknown-section")
    assert found.origin == Origin("submissions/report.yaml", line, len(field) + 4)
    assert "entry-bams" in found.message
    assert found.hint == "did you mean 'entry-bans'?"


def test_pattern_that_matches_nothing_is_told(tmp_path: Path) -> None:
    _, problems = assembled(tmp_path, example(report=submission(sections="[articles/iccpr/*, articles/cat/*]")))
    assert [(problem.rule.name, problem.origin.column) for problem in problems] == [("unknown-section", 30)]


def test_unknown_template_is_told_with_place_and_hint(tmp_path: Path) -> None:
    _, problems = assembled(tmp_path, example(report=submission(template="shadow-raport")))
    assert [(problem.rule.name, problem.origin.line, problem.hint) for problem in problems] == [
        ("unknown-name", 2, "did you mean 'shadow-report'?")
    ]


def test_unknown_commitments_are_told_with_place_and_hint(tmp_path: Path) -> None:
    _, problems = assembled(tmp_path, example(report=submission(commitments="[ccpr-c-kaz-co-9]")))
    assert [(problem.rule.name, str(problem.origin), problem.hint) for problem in problems] == [
        ("unknown-commitment", "submissions/report.yaml:7:15", "did you mean 'ccpr-c-kaz-co-1'?")
    ]


# ---------------------------------------------------------------- a workspace's own template


def test_own_template_shadows_the_built_in_one(tmp_path: Path) -> None:
    document, problems = rendered(tmp_path, "# My own\n\n{{ submission.title }}\n")
    assert problems == []
    assert [plain_text(block) for block in document.blocks] == ["My own", "Implementation of the Covenant"]


def test_link_in_place_of_a_template_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("secret words\n")
    (tmp_path / "root" / "templates").mkdir(parents=True)
    (tmp_path / "root" / "templates" / "shadow-report.md.j2").symlink_to(tmp_path / "secret")
    document, _ = assembled(tmp_path / "root", example())
    assert "secret words" not in words(document)


def test_linked_folder_of_templates_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "shadow-report.md.j2").write_text("secret words\n")
    load(tmp_path / "root", example())
    (tmp_path / "root" / "templates").symlink_to(tmp_path / "outside")
    document, _ = assembled(tmp_path / "root", {})
    assert "secret words" not in words(document)


# ---------------------------------------------------------------- data is data

NASTY = "*x* [@k] [#blocked] {{ 7*7 }} {% if %} <b> ^[n] `c` [l](http://e.org) # | - 1. &amp; \\*"


def nasty_files(name: str) -> dict:
    quoted = f"'{NASTY}'"
    report = REPORT.replace("shadow-report", name)
    for field in ("title", "country", "session", "place", "salutation"):
        report = re.sub(rf"^{field}: .*$", lambda _, field=field: f"{field}: {quoted}", report, flags=re.MULTILINE)
    report = report.replace("[To the President]", f"[{quoted}]").replace("title: Media", f"title: {quoted}")
    files = {**example(report=report + f"subtitle: {quoted}\n")}
    files["sections/contributors/all.yaml"] = EXAMPLE["sections/contributors/all.yaml"].replace(
        "name: Bureau for Human Rights", f"name: {quoted}"
    )
    commitments = EXAMPLE["sections/commitments/ccpr-c-kaz-co-1.yaml"]
    for plain in ("Freedom of the press", "The State party should protect the press."):
        commitments = commitments.replace(plain, quoted)
    files["sections/commitments/ccpr-c-kaz-co-1.yaml"] = commitments
    return files


@pytest.mark.parametrize("name", TEMPLATES)
def test_data_is_never_read_as_markup(tmp_path: Path, name: str) -> None:
    plain, _ = put_together(tmp_path / "plain", with_template(name))
    composition, problems = put_together(tmp_path / "nasty", nasty_files(name))
    assert [str(problem) for problem in problems if problem.is_error] == []
    document = composition.submission
    everything = words(document)
    assert everything.count("*x*") == everything.count(NASTY) > 1
    assert "49" not in everything
    assert [type(node) for node in walk(document.blocks)] != []
    assert len(document.notes) == len(plain.submission.notes)


def test_title_of_front_matter_keeps_its_marks_and_notes(tmp_path: Path) -> None:
    matter = INTRODUCTION.replace("title: Introduction", "title: 'Why *we* write [@adil-soz]'")
    composition, _ = put_together(tmp_path, example(introduction=matter))
    head = next(node for node in composition.submission.blocks if isinstance(node, Heading))
    assert plain_text(head.content) == "Why we write"
    assert {type(node).__name__ for node in head.content} >= {"Emphasis", "NoteCall"}
