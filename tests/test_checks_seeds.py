"""What an editor looks for, in real reports that people published: every defect known in them is found, and hardly anything else.

The counts are those of the table in docs/checking.md, for which each finding was looked up in the text.
"""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
from test_import_seeds import SEEDS, run

from shadowgen.checks import check
from shadowgen.diagnostics import Diagnostic

pytestmark = pytest.mark.skipif(SEEDS is None, reason="the real reports are not here: name their folder in SHADOWGEN_SEEDS")
PAGE = Path(__file__).parents[1] / "docs" / "checking.md"


def edited(number: str, root: Path) -> list[Diagnostic]:
    library, _, _ = run(number, root)
    return [one for one in check(library, []) if one.rule.code.startswith("SG7")]


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> list[Diagnostic]:
    return edited("001", tmp_path_factory.mktemp("report"))


@pytest.fixture(scope="module")
def appeal(tmp_path_factory: pytest.TempPathFactory) -> list[Diagnostic]:
    return edited("000", tmp_path_factory.mktemp("appeal"))


def table(page: str, heading: str) -> dict[str, tuple[int, int]]:
    """Return what the table after a heading says: findings that are true, and those that are not, by rule."""
    rows = re.findall(r"^\| (SG7\d\d) [a-z-]+ \| (\d+) \| (\d+) \|", page.split(heading)[1].split("\n## ")[0], re.MULTILINE)
    return {code: (int(true), int(false)) for code, true, false in rows}


def test_the_page_tells_what_is_found(report: list[Diagnostic], appeal: list[Diagnostic]) -> None:
    told = table(PAGE.read_text(encoding="utf-8"), "## How good it is")
    counts = Counter(one.rule.code for one in [*report, *appeal])
    assert {code: true + false for code, (true, false) in told.items()} == dict(counts)


def test_of_three_findings_two_are_true_and_more() -> None:
    told = table(PAGE.read_text(encoding="utf-8"), "## How good it is")
    known = {code: counts for code, counts in told.items() if code != "SG721"}  # what an import marks itself is no feat
    assert sum(false for _, false in known.values()) * 2 < sum(true for true, _ in known.values())


@pytest.mark.parametrize(
    ("rule", "place", "words"),
    [
        ("numbering-gap", "article-19.yaml", "no paragraph 69"),
        ("doubtful-target", "recommendation-9.yaml", "'old-article-9'.*'trafficking'.*'old-article-8' 17 times"),
        ("act-mismatch", "article-12.yaml", "2012-02-24 for No. 132.*2014-02-24"),
        ("address-script", "articles-2-3-and-26.yaml", r"CERD\.C\.KAZ\.CO\.4-5_ru.*U\+0441"),
        ("impossible-address", "articles-2-3-and-26.yaml", "is left out"),
        ("impossible-address", "sources.yaml", r"unhchr\.en"),
        ("address-blank", "article-19.yaml", "rus/docs/' is cut"),
        ("several-names", "article-14.yaml", "'Supreme Court Council'.*'Supreme Judicial Council'"),
        ("several-names", "article-12.yaml", "'Code of Administrative Infractions'"),
        ("several-names", "article-12.yaml", "'Code of Administrative Offenses'"),
        ("several-names", "article-19.yaml", "'Code on Administrative Violations'"),
        ("several-names", "article-22.yaml", "'Code on Administrative Offences'"),
        ("several-names", "sources.yaml", "'Final Remarks'"),
        ("several-names", "article-14.yaml", "'Final Comments'"),
        ("several-names", "article-10.yaml", "'Committee on Human Rights'"),
        ("name-spellings", "recommendation-13.yaml", "'Yesergepov'.*'Esergepov'"),
        ("name-spellings", "article-19.yaml", "'Kazkommertsbank'"),
        ("name-spellings", "article-19.yaml", "'Kazkommertzbank'"),
        ("name-spellings", "article-7.yaml", "'Kadyr-kassiet'.*'Kadir-Kassiet'"),
        ("name-spellings", "article-22.yaml", "'Miana Kiai'"),
        ("mixed-spelling", "article-21.yaml", "'organize'"),
        ("mixed-spelling", "recommendation-13.yaml", "'defense'"),
        ("mixed-spelling", "article-19.yaml", "'offense'"),
        ("mixed-dates", "article-22.yaml", "'December 27, 1994'"),
        ("mixed-dates", "article-22.yaml", r"'29\.12\.2014'"),
        ("note-position", "", "before the punctuation"),
        ("no-locator", "commitments.yaml", "and of 17 others"),
        ("orphan-item", "article-10.yaml", r"begins with \(c\)"),
        ("vague-reference", "recommendation-1.yaml", "'as mentioned above'"),
    ],
)
def test_the_known_defects_of_the_long_report(report: list[Diagnostic], rule: str, place: str, words: str) -> None:
    assert any(one.rule.name == rule and one.origin.file.endswith(place) and re.search(words, one.message) for one in report)


@pytest.mark.parametrize(
    ("one", "other"), [("old-105", "old-96"), ("old-96", "old-25"), ("old-86", "old-77"), ("old-125", "old-98"), ("old-18", "old-4")]
)
def test_the_known_duplicates_among_the_signatories_of_the_appeal(appeal: list[Diagnostic], one: str, other: str) -> None:
    told = [problem.message for problem in appeal if problem.rule.name == "duplicate-signatory"]
    assert any(re.match(rf"'{one}' .* seems to be '{other}' ", message) for message in told)
