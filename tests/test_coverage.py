"""What a library covers: counted by hand on a small library, shown in each form, printed in a document, and true of the sample library."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from conftest import need
from readers import word_paragraphs
from support import build_all, finding, load, make_workspace, put_together, submission
from test_cli import run

from shadowgen.loading import load_library
from shadowgen.nodes import Table, plain_text, walk
from shadowgen.reuse.coverage import Coverage, cover
from shadowgen.reuse.coverage_page import as_html
from shadowgen.reuse.coverage_views import CSV_COLUMNS, as_csv, as_json, as_text, as_xlsx
from shadowgen.reuse.forms import WIDTH, cell
from shadowgen.workspace import Workspace

ROOT = Path(__file__).parents[1]
DAY = dt.date(2020, 1, 1)
COMMITMENTS = """\
title: Concluding observations
kind: concluding-observations
paragraphs:
  - {id: press, number: "25", title: The press, summary: Protect it.}
  - {id: prisons, number: "17", title: Prisons, summary: Nobody answers this one.}
"""
FILES = {
    # about 19 and 19(3); touches 12
    "sections/articles/iccpr/19/bans.yaml": finding(
        "One two [@report; @law]. Three [@report].^[Four five.]", title="Entry bans", articles='["ICCPR 19(3)", "ICCPR 12"]',
        verified="2019-06-01", review_by="2020-01-01", responds_to="[{document: co, paragraphs: [press]}]",
    ),
    # about 19, and touches 15(1); reviewed too late; rests on one source
    "sections/articles/iccpr/19/blocked.yaml": finding(
        "Six [@report].", title="Blocked", articles='["ICCPR 19", "ICCPR 15(1)"]', verified="2018-06-01", review_by="2019-12-31",
        status="draft", asks="[seven eight]",
    ),
    # about 2 and 26, which the submission puts under one heading; touches 7; nobody has checked it; no source
    "sections/articles/iccpr/2/equality.yaml": finding(
        "Nine.", title="Sameness", articles='["ICCPR 2(1)", "ICCPR 26", "ICCPR 7"]', audience="internal",
    ),
    "sections/matter/introduction.yaml": finding("Words [@report].", title="Introduction", articles="[]"),
    "sections/commitments/co.yaml": COMMITMENTS,
    "sections/sources/all.yaml": """\
report: {type: un-document, symbol: A/HRC/28/10, title: A report}
law: {type: un-document, symbol: A/HRC/28/11}
secret: {type: case-file, title: A file, holder: We, audience: internal}
""",
    "submissions/one.yaml": submission(groups='[["ICCPR 2", "ICCPR 26"]]'),
}  # fmt: skip


def covered(root: Path, files: dict[str, str] = FILES, audience: str = "internal") -> Coverage:
    return cover(load(root, files), "ICCPR", DAY, audience)


def ids(coverage: Coverage) -> dict[str, tuple[list[str], list[str]]]:
    """Return the rows with anything in them: the findings about each, and those that touch it."""
    rows = [row for part in coverage.parts for row in part.rows]
    return {row.key: ([one.id for one in row.findings], [one.id for one in row.touching]) for row in rows if row.findings or row.touching}


# ---------------------------------------------------------------- what is counted


def test_each_row_has_the_findings_about_it_and_those_that_touch_it(tmp_path: Path) -> None:
    assert ids(covered(tmp_path)) == {
        "ICCPR 2": (["equality"], []),
        "ICCPR 2(1)": (["equality"], []),
        "ICCPR 7": ([], ["equality"]),
        "ICCPR 12": ([], ["bans"]),
        "ICCPR 15": ([], ["blocked"]),
        "ICCPR 15(1)": ([], ["blocked"]),
        "ICCPR 19": (["bans", "blocked"], []),
        "ICCPR 19(3)": (["bans"], []),
        "ICCPR 26": (["equality"], []),
        "co#press": (["bans"], []),
    }  # fmt: skip


def test_an_article_is_covered_with_the_first_only_where_a_submission_groups_them(tmp_path: Path) -> None:
    apart = FILES | {"submissions/one.yaml": submission(groups='[["ICCPR 2(1)"], ["ICCPR 2", "ICCPR 26"]]')}
    assert ids(covered(tmp_path, apart))["ICCPR 26"] == ([], ["equality"])


def test_every_substantive_article_has_a_row_and_what_has_no_finding_is_missing(tmp_path: Path) -> None:
    coverage = covered(tmp_path)
    rows = coverage.articles.rows
    assert [row.number for row in rows if not row.level] == [str(number) for number in range(1, 28)]
    assert [row.number for row in rows if row.key.startswith("ICCPR 9(")] == [f"9 ({number})" for number in range(1, 6)]
    assert [row.number for row in coverage.articles.missing()] == [str(number) for number in range(1, 28) if number not in (2, 19, 26)]
    assert [row.key for row in coverage.commitments[0].missing()] == ["co#prisons"]


def test_an_answer_to_a_whole_document_has_a_row_of_its_own(tmp_path: Path) -> None:
    files = FILES | {"sections/articles/iccpr/6/life.yaml": finding("Words.", responds_to="[{document: co}]")}
    whole, *rest = covered(tmp_path, files).commitments[0].rows
    assert (whole.key, whole.title, [one.id for one in whole.findings]) == ("co", "Concluding observations", ["life"])
    assert [row.key for row in rest] == ["co#press", "co#prisons"]


def test_facts_of_each_finding(tmp_path: Path) -> None:
    facts = {id: (one.status, one.audience, one.freshness, one.words) for id, one in covered(tmp_path).findings.items()}
    assert facts == {  # titles 2, 1 and 1 words; on its day of review a finding is still fresh
        "bans": ("final", "public", "fresh", 7), "blocked": ("draft", "public", "stale", 4), "equality": ("final", "internal", "never", 2),
    }  # fmt: skip
    assert {row.key: row.words for row in covered(tmp_path).articles.rows if row.words}["ICCPR 19"] == 11


def test_words_and_titles_are_of_the_language_shown(tmp_path: Path) -> None:
    files = FILES | {"sections/articles/iccpr/19/blocked.ru.yaml": "title: Сайты\nbody: |\n  Одно, два, три, четыре.\n"}
    library = load(tmp_path, files)
    told = {language: cover(library, "ICCPR", DAY, language=language).findings["blocked"] for language in ("en", "ru", "fr")}
    assert {language: (one.title, one.words) for language, one in told.items()} == {
        "en": ("Blocked", 4),
        "ru": ("Сайты", 5),
        "fr": ("Blocked", 4),
    }


def test_sources_by_their_share_and_the_findings_that_rest_on_one(tmp_path: Path) -> None:
    coverage = covered(tmp_path)
    told = [(use.key, use.title, use.citations, use.share, use.findings, use.alone, use.too_much) for use in coverage.sources]
    assert told == [  # matter is no finding, so the introduction does not count
        ("report", "A report", 3, 0.75, ("bans", "blocked"), ("blocked",), True), ("law", "A/HRC/28/11", 1, 0.25, ("bans",), (), True),
    ]  # fmt: skip
    assert coverage.unsourced == ("equality",)


def test_a_fifth_of_the_citations_is_not_yet_too_much(tmp_path: Path) -> None:
    body = "A [@a]. B [@b]. C [@c]. D [@d]. E [@e]."
    sources = "".join(f"{key}: {{type: un-document, symbol: A/HRC/28/1{place}}}\n" for place, key in enumerate("abcde"))
    files = {"sections/articles/iccpr/19/one.yaml": finding(body), "sections/sources/all.yaml": sources}
    assert [use.too_much for use in covered(tmp_path, files).sources] == [False] * 5
    files["sections/articles/iccpr/19/one.yaml"] = finding(f"{body} F [@a].")
    assert [(use.key, use.too_much) for use in covered(tmp_path, files).sources][:2] == [("a", True), ("b", False)]


def test_a_translation_does_not_count_its_citations_again(tmp_path: Path) -> None:
    files = FILES | {"sections/articles/iccpr/19/blocked.ru.yaml": "title: Сайты\nbody: |\n  Слово [@report]. Слово [@law].\n"}
    assert [(use.key, use.citations) for use in covered(tmp_path, files).sources] == [("report", 3), ("law", 2)]


def test_only_what_the_audience_may_read_counts(tmp_path: Path) -> None:
    files = FILES | {
        "sections/articles/iccpr/6/life.yaml": finding(
            "One [two three [@law]]{internal} four [@secret].", title="Life [taken]{internal}", articles='["ICCPR 6"]'
        )
    }
    coverage = covered(tmp_path, files, "public")
    assert sorted(coverage.findings) == ["bans", "blocked", "life"]
    assert (coverage.findings["life"].title, coverage.findings["life"].words, coverage.unsourced) == ("Life", 3, ("life",))
    assert [(use.key, use.citations) for use in coverage.sources] == [("report", 3), ("law", 1)]
    for text in (as_text(coverage), as_csv(coverage), as_json(coverage), as_html(coverage)):
        assert not re.search("equality|Sameness|secret|taken", text)
    assert covered(tmp_path, files).findings["life"].words == 6


def test_another_treaty_has_its_own_articles(tmp_path: Path) -> None:
    coverage = cover(load(tmp_path, FILES), "CAT", DAY)
    assert [row.number for row in coverage.articles.missing()] == [str(number) for number in range(1, 17)]


# ---------------------------------------------------------------- the sample library


@pytest.fixture(scope="module")
def sample() -> Coverage:
    library, _ = load_library(Workspace(ROOT))
    return cover(library, "ICCPR", dt.date(2017, 1, 1))


def test_sample_library_has_no_finding_on_eight_articles(sample: Coverage) -> None:
    assert [row.number for row in sample.articles.missing()] == ["1", "5", "11", "15", "20", "23", "24", "27"]
    assert "ICCPR, no finding: 1, 5, 11, 15, 20, 23, 24, 27\n" in as_text(sample)


def test_sample_library_has_a_finding_on_every_recommendation_of_2011(sample: Coverage) -> None:
    counted = {part.id: (len(part.rows), len(part.missing())) for part in sample.commitments}
    assert counted == {"ccpr-c-kaz-co-1": (18, 0), "ccpr-c-kaz-co-2": (0, 0), "constitution-kz": (7, 1), "madrid-pledges-2007": (4, 0)}


def test_document_whose_paragraphs_are_not_filled_in_is_not_called_complete(sample: Coverage) -> None:
    assert "ccpr-c-kaz-co-2 has no paragraphs yet\n" in as_text(sample) and "ccpr-c-kaz-co-2, no finding" not in as_text(sample)
    assert "of the second periodic report" not in as_html(sample) and as_html(sample).count("has no paragraphs yet") == 1


def test_sample_library_rests_on_one_source_by_half(sample: Coverage) -> None:
    assert [use.key for use in sample.sources if use.too_much] == ["kz-ngos-2016"]
    assert 0.5 < sample.sources[0].share < 0.55


# ---------------------------------------------------------------- forms

DOCUMENTED = (ROOT / "docs/reuse.md").read_text("utf-8")
TEXT = re.search(r"```\n(19 .*?)```", DOCUMENTED, re.S)[1]  # type: ignore[index]


def test_text_for_a_terminal(tmp_path: Path, sample: Coverage) -> None:
    text = as_text(covered(tmp_path))
    assert TEXT in text
    assert "7  Prohibition of torture and cruel, inhuman or deg…      none     1\n    also: equality\n" in text
    assert "    equality (internal, never checked)\n" in text
    assert "report                                                       3   75.0%         2      1  too much\n" in text
    assert text.endswith(
        "resting on one source: blocked\nno source: equality\n\n"
        "ICCPR, no finding: 1, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 20, 21, 22, 23, 24,\n  25, 27\nco, no finding: 17\n"
    )
    assert max(map(len, as_text(sample).splitlines())) <= WIDTH == 100


def test_csv_has_a_line_for_each_pair_and_each_gap(tmp_path: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(as_csv(covered(tmp_path)))))
    assert tuple(rows[0]) == CSV_COLUMNS
    told = [tuple(row[name] for name in ("kind", "key", "relation", "finding")) for row in rows]
    assert ("article", "ICCPR 1", "none", "") in told and ("recommendation", "co#prisons", "none", "") in told
    assert [one for one in told if one[1].startswith("ICCPR 15")] == [
        ("article", "ICCPR 15", "touches", "blocked"), ("paragraph", "ICCPR 15(1)", "touches", "blocked"), ("paragraph", "ICCPR 15(2)", "none", ""),
    ]  # fmt: skip
    assert [one for one in told if one[0] == "source"] == [
        ("source", "report", "cited", "bans"), ("source", "report", "cited alone", "blocked"), ("source", "law", "cited", "bans"),
    ]  # fmt: skip
    bans = next(row for row in rows if row["finding"] == "bans" and row["key"] == "ICCPR 19(3)")
    assert bans | {"kind": "", "key": "", "number": "", "title": "", "relation": ""} == {
        "kind": "", "key": "", "number": "", "title": "", "relation": "", "finding": "bans", "finding_title": "Entry bans", "status": "final",
        "audience": "public", "verified": "2019-06-01", "review_by": "2020-01-01", "freshness": "fresh", "words": "7",
        "file": "sections/articles/iccpr/19/bans.yaml", "citations": "", "share": "",
        "authors_grade": "", "committee_grade": "", "follow_up": "",
    }  # fmt: skip


def test_workbook_has_the_lines_of_the_csv_and_no_formula_link_or_trace(tmp_path: Path) -> None:
    import openpyxl

    files = FILES | {"sections/articles/iccpr/19/bans.yaml": finding("Words [@report].", title="'=1+1 https://example.org'")}
    coverage = covered(tmp_path, files)
    book = openpyxl.load_workbook(io.BytesIO(as_xlsx(coverage)))
    assert book.sheetnames == ["Articles", "Recommendations", "Sources"]
    rows = [row for sheet in book.worksheets for row in sheet.iter_rows(min_row=2, values_only=True)]
    plain = [["" if value is None else str(value) for value in row] for row in rows]
    lines = [[cell.removesuffix(".0") for cell in line] for line in csv.reader(io.StringIO(as_csv(coverage)))][1:]
    order = {"article": 0, "paragraph": 0, "recommendation": 1, "source": 2}
    assert plain == sorted(lines, key=lambda line: order[line[0]])
    cells = [one for sheet in book.worksheets for row in sheet.iter_rows() for one in row]
    assert not [one for one in cells if one.data_type == "f" or one.hyperlink] and any(
        one.value == "'=1+1 https://example.org" for one in cells
    )
    assert [type(one.value) for one in book["Articles"]["N"] if one.value][1:] and book["Articles"].freeze_panes == "A2"
    assert (book.properties.creator, book.properties.created) == (None, dt.datetime(2000, 1, 1))
    assert as_xlsx(coverage) == as_xlsx(coverage)


def test_grades_and_follow_up_stand_with_the_recommendation(tmp_path: Path) -> None:
    commitments = COMMITMENTS.replace(
        "summary: Protect it.", "summary: Protect it., follow_up: yes, committee_grades: [{grade: B2, date: 2013}]"
    )
    answering = finding("W.", responds_to="[{document: co, paragraphs: [press]}]", grade="E", verified="2019-06-01")
    coverage = covered(tmp_path, FILES | {"sections/commitments/co.yaml": commitments, "sections/articles/iccpr/19/bans.yaml": answering})
    row = coverage.commitments[0].rows[0]
    assert (row.authors, row.committee, row.follow_up) == ("E", "B2", True)
    told = "    grade E by the authors, grade B2 by the Committee, selected for follow-up\n    bans\n"
    assert told in as_text(coverage)
    assert "authors: E; Committee: B2; selected for follow-up" in as_html(coverage)
    line = next(one for one in csv.DictReader(io.StringIO(as_csv(coverage))) if one["key"] == "co#press")
    assert (line["authors_grade"], line["committee_grade"], line["follow_up"]) == ("E", "B2", "yes")


@pytest.mark.parametrize(
    ("value", "is_"),
    [
        ("=1+1", "'=1+1"), ("+1", "'+1"), ("-1", "'-1"), ("@SUM(A1)", "'@SUM(A1)"), ("|calc", "'|calc"), ("  =1", "'=1"), ("\t=1", "'=1"),
        ("\r\n=1", "'=1"), ("\u200b=1", "'=1"), ("\ufeff=1", "'=1"), ("\u00a0=1", "'=1"), ("\u202e\u2066=1", "'=1"), ("＝1", "'=1"), ("＋1", "'+1"),
        ("－1", "'-1"), ("﹣1", "'-1"), ("＠A1", "'@A1"), ("｜calc", "'|calc"), ("\u200b \u00ad＝1", "'=1"),
        ("19 (3)", "19 (3)"), ("a=1", "a=1"), ("Слова", "Слова"), ("", ""), (7, "7"),
    ],
)  # fmt: skip
def test_no_cell_is_a_formula(value: object, is_: str) -> None:
    assert cell(value) == is_


def test_csv_quotes_every_cell_so_that_no_other_separator_opens_a_formula(tmp_path: Path) -> None:
    files = FILES | {"sections/articles/iccpr/19/bans.yaml": finding("Words.", title='"=cmd|x;=1+1"')}
    assert '"\'=cmd|x;=1+1"' in as_csv(covered(tmp_path, files))


def test_json_has_the_shape_that_is_documented(tmp_path: Path) -> None:
    data = json.loads(as_json(covered(tmp_path)))
    documented = re.search(r"```json\n(.*?)```", DOCUMENTED, re.S)
    assert documented and shape(json.loads(documented[1])) == shape(data)
    assert (data["shape"], data["date"], data["audience"]) == (1, "2020-01-01", "internal")
    assert data["missing"]["co"] == ["co#prisons"]
    assert data["findings"]["equality"]["verified"] is None


def shape(value: object, depth: int = 0) -> object:
    """Return the names of data at each level; of a list or of a table by id, those of one member."""
    if isinstance(value, list):
        return [shape(value[0])] if value and isinstance(value[0], dict) else []
    if isinstance(value, dict) and depth == 1:
        return {"*": shape(next(iter(value.values()))), "by": "id"}
    return {name: shape(one, name in ("findings", "missing")) for name, one in value.items()} if isinstance(value, dict) else None


class Page(HTMLParser):
    """Everything that a page names or runs."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.open: list[str] = []
        self.addresses: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.open += [] if tag in ("meta", "br") else [tag]
        self.addresses += [value or "" for name, value in attrs if name in ("src", "href", "style") or name.startswith("on")]

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_html_is_one_page_that_needs_nothing_and_runs_nothing(tmp_path: Path) -> None:
    files = FILES | {"sections/articles/iccpr/19/bans.yaml": finding("Words.", title="'A < B & \"x\"'")}
    text = as_html(covered(tmp_path, files))
    page = Page(text)
    assert page.open == [] and page.addresses == [] and {"script", "link", "img", "iframe"} & set(page.tags) == set()
    assert 'title="A &lt; B &amp; &quot;x&quot;"' in text
    assert "url(" not in text and "@import" not in text and "default-src 'none'" in text
    assert "<b>Concluding observations</b>: no finding on 25, 17" in text


def test_html_draws_a_square_for_each_finding(tmp_path: Path) -> None:
    text = as_html(covered(tmp_path))
    row = next(row for row in text.split("<tr") if "<td>19 Freedom" in row)
    assert re.findall(r'<i class="([^"]*)" title="([^"]*)">', row) == [("fresh final", "Entry bans"), ("stale ", "Blocked")]
    assert '<td class="n">2</td><td class="n">11</td>' in row
    touched = next(row for row in text.split("<tr") if "<td>15 No " in row)
    assert 'class="none">none<' in touched and '<i class="stale also"' in touched


# ---------------------------------------------------------------- the command


def test_command_shows_and_writes_every_form(tmp_path: Path) -> None:
    make_workspace(tmp_path, FILES)
    shown = run(tmp_path, "coverage", "--date", "2020-01-01")
    assert (shown.exit_code, shown.stdout) == (0, as_text(covered(tmp_path)))
    for form, render in (("html", as_html), ("csv", as_csv), ("json", as_json), ("txt", as_text)):
        path = tmp_path / f"matrix.{form}"
        for _ in range(2):  # what we wrote we replace
            done = run(tmp_path, "coverage", "--date", "2020-01-01", "-o", str(path))
            assert (done.exit_code, done.stdout.startswith("wrote ")) == (0, True)
        assert path.read_bytes().decode("utf-8-sig") == render(covered(tmp_path))
    assert (tmp_path / "matrix.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    assert run(tmp_path, "coverage", "--audience", "public", "--format", "json").stdout.count("equality") == 0


def test_command_never_replaces_a_file_that_is_no_coverage(tmp_path: Path) -> None:
    make_workspace(tmp_path, FILES)
    (tmp_path / "notes.csv").write_text("mine\n")
    done = run(tmp_path, "coverage", "-o", str(tmp_path / "notes.csv"))
    assert done.exit_code == 1 and "cannot-write" in done.stderr
    assert (tmp_path / "notes.csv").read_text() == "mine\n"


def test_command_called_wrongly(tmp_path: Path) -> None:
    make_workspace(tmp_path, FILES)
    done = run(tmp_path, "coverage", "--treaty", "ICCRP")
    assert done.exit_code == 2 and "did you mean 'ICCPR'?" in done.output
    assert run(tmp_path, "coverage", "--date", "soon").exit_code == 2


def test_command_says_when_files_are_not_read(tmp_path: Path) -> None:
    make_workspace(tmp_path, FILES | {"sections/articles/iccpr/7/broken.yaml": "title: [\n"})
    done = run(tmp_path, "coverage")
    assert done.exit_code == 0 and "1 problem in files that are not read" in done.stderr


# ---------------------------------------------------------------- in a document

MATRIX = "{% for finding in sections %}\n{{ section(finding) }}\n{% endfor %}\n{{ coverage_matrix() }}\n"
HEAD = ["Provision", "Findings", "Words", "Facts checked"]


def documented(language: str = "en") -> dict[str, str | bytes]:
    files = {
        "sections/articles/iccpr/19/bans.yaml": finding(
            "One.\n\nTwo.", title="Entry bans", articles='["ICCPR 19(3)", "ICCPR 12"]', verified="2016-04-30"
        ),
        "sections/articles/iccpr/7/torture.yaml": finding(
            "Three [four]{internal}.",
            title="Torture",
            articles='["ICCPR 7", "ICCPR 12"]',
            responds_to="[{document: co, paragraphs: [prisons]}]",
        ),
        "sections/articles/iccpr/6/hidden.yaml": finding("Five.", title="Hidden", articles='["ICCPR 6"]', audience="internal"),
        "sections/articles/iccpr/8/unused.yaml": finding("Five.", title="Unused", articles='["ICCPR 8"]'),
        "sections/commitments/co.yaml": COMMITMENTS,
        "templates/matrix.md.j2": MATRIX,
        "submissions/report.yaml": submission(
            template="matrix", sections="[hidden, torture, bans]", commitments="[co]", languages=f"[{language}]"
        ),
    }
    return dict(files)


def matrix(root: Path, audience: str = "public", language: str = "en") -> list[list[list[str]]]:
    composition, problems = put_together(root, documented(language), audience=audience, language=language)
    assert [problem.rule.name for problem in problems if problem.is_error] == []
    tables = [node for node in walk(composition.submission.blocks) if isinstance(node, Table)]
    return [[[plain_text(cell.content).replace("\u00a0", " ") for cell in row] for row in (table.head, *table.rows)] for table in tables]


def test_matrix_in_a_document_counts_its_own_sections(tmp_path: Path) -> None:
    articles, commitments = matrix(tmp_path)
    rows = {row[0]: row[1:] for row in articles}
    assert articles[0] == HEAD
    assert rows["6 Right to life"] == rows["8 Prohibition of slavery, servitude and forced labour"] == ["none", "", ""]
    assert rows["19 (3)"] == ["“Entry bans” (paras. 2–3)", "4", "30 April 2016"]
    assert rows["12 Freedom of movement"] == ["see also “Entry bans” (paras. 2–3); “Torture” (para. 1)", "", ""]
    assert rows["7 Prohibition of torture and cruel, inhuman or degrading treatment"] == ["“Torture” (para. 1)", "2", ""]
    assert len(articles) == 1 + 27 + 1  # a paragraph has a row only where a finding names it
    assert commitments == [HEAD, ["25 The press", "none", "", ""], ["17 Prisons", "“Torture” (para. 1)", "2", ""]]


def test_matrix_passes_the_gate(tmp_path: Path) -> None:
    articles, _ = matrix(tmp_path, "internal")
    rows = {row[0]: row[1:] for row in articles}
    assert rows["6 Right to life"] == ["“Hidden” (para. 1)", "2", ""]
    assert rows["7 Prohibition of torture and cruel, inhuman or degrading treatment"][1] == "3"


@pytest.mark.parametrize(
    ("language", "none"),
    [("ru", "нет"), ("fr", "aucun"), ("es", "ninguna"), ("kk", "жоқ"), ("kk-Latn", "joq"), ("zh", "无"), ("ar", "لا يوجد")],
)
def test_matrix_speaks_the_language_of_the_document(tmp_path: Path, language: str, none: str) -> None:
    articles, _ = matrix(tmp_path, language=language)
    assert articles[1][1] == none and not set(articles[0]) & set(HEAD)


def test_matrix_is_the_same_in_all_four_outputs(tmp_path: Path) -> None:
    need("pdftotext")
    import subprocess

    (built,), problems = build_all(tmp_path, documented(), formats=("docx", "pdf", "html", "md"))
    assert [str(problem) for problem in problems if problem.is_error] == []
    word, pdf, html, markdown = (tmp_path / name for name in built.files)
    cells = ["19 (3)", "“Entry bans” (paras. 2–3)", "4", "30 April 2016"]
    paragraphs = [one.text.replace("\u00a0", " ") for one in word_paragraphs(word)]
    assert cells in [paragraphs[place : place + 4] for place in range(len(paragraphs))]
    assert "| 19 (3) | “Entry bans” (paras. 2–3) | 4 | 30 April 2016 |" in markdown.read_text("utf-8").replace("\u00a0", " ")
    plain = re.sub(r"\s+", " ", re.sub("<[^>]*>", "|", html.read_text("utf-8")).replace("\u00a0", " "))
    assert re.search(r"\|19 \(3\)\|.*?“\|Entry bans\|” \(paras\. \|2\|–\|3\|\).*?\|4\|.*?\|30 April 2016\|", plain)
    drawn = subprocess.run(["pdftotext", "-layout", str(pdf), "-"], capture_output=True, check=True, text=True).stdout
    assert re.search(r"19 \(3\) +“Entry bans” \(paras\. 2–3\) +4 +30 April", drawn.replace("\u00a0", " "))
    assert "Hidden" not in drawn and "Hidden" not in html.read_text("utf-8") and "Hidden" not in markdown.read_text("utf-8")


def test_matrix_of_an_unknown_treaty_is_a_fault_of_the_template(tmp_path: Path) -> None:
    files = documented() | {"submissions/report.yaml": submission(template="matrix", treaty="ICCRP", sections="[bans]")}
    _, problems = put_together(tmp_path, files)
    assert [problem.message for problem in problems if problem.rule.name == "template-error"] == ["valueerror: there is no treaty 'ICCRP'"]
