"""Real reports that people published, where they are at hand: they are read from a folder outside the repository.

The folder is named by the environment variable SHADOWGEN_SEEDS, else `../shared/seeds` beside the repository.
"""

from __future__ import annotations

import os
import re
import shutil
import time
from pathlib import Path

import pytest

from shadowgen.compose import compose
from shadowgen.importing.drafting import Wanted
from shadowgen.importing.run import Imported, import_file
from shadowgen.library import Library
from shadowgen.loading import load_library
from shadowgen.nodes import Annotation, Cite, CrossRef, List, Paragraph, Table, plain_text, walk
from shadowgen.workspace import Workspace


def seeds() -> Path | None:
    """Return the folder of real reports: named, or beside the repository, or beside the folder of its working trees."""
    root = Path(__file__).resolve().parents[1]
    named = [Path(os.environ["SHADOWGEN_SEEDS"])] if "SHADOWGEN_SEEDS" in os.environ else []
    places = [*named, root.parent / "shared" / "seeds", root.parents[1] / "shared" / "seeds"]
    return next((place for place in places if place.is_dir()), None)


SEEDS = seeds()
pytestmark = pytest.mark.skipif(SEEDS is None, reason="the real reports are not here: name their folder in SHADOWGEN_SEEDS")


def run(number: str, root: Path) -> tuple[Library, Imported, float]:
    assert SEEDS is not None
    for folder in ("sections", "submissions"):
        (root / folder).mkdir()
    (file,) = SEEDS.glob(f"{number}_*.txt")
    library, _ = load_library(Workspace(root))
    began = time.process_time()
    done, problems = import_file(library, file, Wanted("old", file.name))
    took = time.process_time() - began
    library, loading = load_library(Workspace(root))
    assert problems == loading == []
    assert done.shares[-1] == ("no draft", 0, 0.0)
    return library, done, took


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> tuple[Library, Imported, float]:
    return run("001", tmp_path_factory.mktemp("seed"))


# The numbers of paragraphs that each part has, counted in the original by hand; those that its extraction lost are named below.
ANSWERS = [8, 8, 4, 19, 15, 1, 1, 3, 1, 3, 2, 1, 6, 1, 2, 1, 1, 1]
ARTICLES = {
    "article-2-3": 4, "articles-2-3-and-26": 17, "article-4": 4, "article-6": 4, "article-7": 39, "article-8": 18, "article-9": 12,
    "article-10": 26, "article-12": 14, "article-13": 21, "article-14": 36, "article-16": 6, "article-17": 13, "article-18": 37,
    "article-19": 77, "article-21": 29, "article-22": 41, "article-25": 33,
}  # fmt: skip
LOST = {("article-7", 17), ("article-8", 13), ("article-8", 14), ("article-8", 15)}
SKIPPED = {("article-19", 69)}
ASKS = {
    "recommendation-4": 4, "articles-2-3-and-26": 12, "article-7": 19, "article-8": 6, "article-10": 9, "article-12": 8, "article-13": 7,
    "article-14": 13, "article-17": 11, "article-18": 16, "article-19": 8, "article-21": 10, "article-22": 9, "article-25": 13,
}  # fmt: skip


def kept(done: Imported) -> dict[str, list[int]]:
    assert done.findings is not None
    return {id.removeprefix("old-"): [number for number, _, _ in one.kept] for id, one in done.findings.drafts.numbers.items()}


def test_every_paragraph_of_the_long_report_has_its_number_and_place(report: tuple[Library, Imported, float]) -> None:
    _, done, _ = report
    numbers = kept(done)
    for place, count in enumerate(ANSWERS, 1):
        assert numbers[f"recommendation-{place}"] == list(range(1, count + 1))
    for name, count in ARTICLES.items():
        assert numbers[name] == [number for number in range(1, count + 1) if (name, number) not in LOST | SKIPPED], name


def test_the_built_report_prints_the_numbers_of_the_original(report: tuple[Library, Imported, float]) -> None:
    library, done, _ = report
    made, _ = compose(library, library.plans["old"], "en", "internal")
    assert made is not None and done.findings is not None
    printed = [node.number for node in walk(made.submission.blocks) if isinstance(node, Paragraph) and node.number]
    wanted = sum(ANSWERS) + sum(ARTICLES.values())
    assert abs(len(printed) - wanted) <= wanted * 0.05  # the pointers and the words of the introduction get numbers too
    right = sum(number == ordinal for one in done.findings.drafts.numbers.values() for number, ordinal, _ in one.kept)
    assert right >= 0.97 * wanted


def test_the_asks_of_each_section(report: tuple[Library, Imported, float]) -> None:
    library, _, _ = report
    assert {id.removeprefix("old-"): len(one.prose["en"].asks) for id, one in library.sections.items() if one.prose["en"].asks} == ASKS


def test_the_pointers_of_the_long_report(report: tuple[Library, Imported, float]) -> None:
    library, done, _ = report
    assert done.findings is not None
    targets = [
        [node.target.removeprefix("old-article-") for node in walk(library.sections[f"old-recommendation-{place}"].prose["en"].body)
         if isinstance(node, CrossRef)]
        for place in range(1, 19)
    ]  # fmt: skip
    assert [one for one in targets if one] == [
        ["18"], ["14"], ["7", "14"], ["6"], ["12", "13"], ["7"], ["9"], ["10"], ["12"], ["12", "13"], ["18"], ["18"], ["19"], ["21"], ["22"],
    ]  # fmt: skip
    (doubted,) = [one for one in done.findings.drafts.pointers if one.doubt]
    assert doubted.place.line == 461
    assert re.search(r"trafficking.*Article 8 names it 17 times", doubted.doubt)


def test_the_table_and_the_notes_of_the_long_report(report: tuple[Library, Imported, float]) -> None:
    library, done, _ = report
    (table,) = [node for one in library.sections.values() for node in walk(one.prose["en"].body) if isinstance(node, Table)]
    assert ["".join(plain_text(cell.content) for cell in row[1:]) for row in table.rows] == [
        "20141",
        "7338306717",
        "00010",
        "63356680512651316",
    ]
    assert [plain_text(cell.content) for cell in table.head[1:]] == ["2009", "2010", "2011", "2012", "2013"]
    assert done.counts["notes"] == 178  # of 179 calls that are printed, one cannot be told from other figures
    calls = [node for one in library.sections.values() for node in walk(one.prose["en"].body) if isinstance(node, Cite | Annotation)]
    assert len(calls) >= 170


def test_a_second_import_of_the_long_report_proposes_nothing(report: tuple[Library, Imported, float], tmp_path: Path) -> None:
    library, _, _ = report
    (file,) = seeds().glob("001_*.txt")  # type: ignore[union-attr]
    again, _ = import_file(library, file, Wanted("old", file.name))
    assert (again.written, again.findings and again.findings.resembling) == ([], [])


def test_the_long_report_takes_less_than_five_seconds(report: tuple[Library, Imported, float]) -> None:
    assert report[2] < 5


def test_the_open_letter(tmp_path: Path) -> None:
    library, done, _ = run("000", tmp_path)
    assert (done.counts["signatories"], done.counts["asks"]) == (172, 3)
    assert len(library.contributors["old-signatories"].members) == 172
    assert library.plans["old"].date == "2014-06-19"
    constitution = library.commitments["old-constitution"]
    assert [one.number for one in constitution.paragraphs] == ["23", "22", "39", "20", "16", "17"]
    findings = [library.sections[id] for id in library.plans["old"].sections]
    assert [[answer.paragraph for answer in one.responds_to] for one in findings] == [
        ["article-23"], ["article-22", "article-39"], ["article-20"], ["article-16"], ["article-17"],
    ]  # fmt: skip
    assert [sum(len(node.items) for node in walk(one.prose["en"].body) if isinstance(node, List)) for one in findings] == [4, 1, 2, 3, 1]


def test_the_coalition_appeal_and_the_update(tmp_path: Path) -> None:
    for number, name in (("002", "appeal"), ("003", "update")):
        (tmp_path / name).mkdir()
        library, _, _ = run(number, tmp_path / name)
        assert library.sections
    assert library.plans["old"].template == "memorandum"


def test_the_memorandum(tmp_path: Path) -> None:
    library, done, _ = run("004", tmp_path)
    assert library.commitments["old-commitments"].kind == "pledges"
    assert len(library.commitments["old-commitments"].paragraphs) == 4
    assert (done.counts["notes"], done.counts["notes whose words did not survive"]) == (8, 0)
    leads = [plain_text(one.prose["en"].asks_lead) for one in library.sections.values() if one.prose["en"].asks]
    urges, hopes = "Human Rights Watch urges you to", "Human Rights Watch hopes you will"
    assert sorted(leads) == sorted([urges] * 5 + ["Human Rights Watch urges to you", hopes])
    assert library.plans["old"].closing[1:] == (
        "old-freedom-of-assembly", "old-criminal-justice-reform", "old-freedom-of-conscience", "old-government-interaction-with-civil",
    )  # fmt: skip


def test_the_reports_answer_what_our_own_library_holds(tmp_path: Path) -> None:
    assert SEEDS is not None
    for folder in ("sections", "submissions"):
        shutil.copytree(Path(__file__).resolve().parents[1] / folder, tmp_path / folder)
    library, _ = load_library(Workspace(tmp_path))
    for number, name, document in (
        ("001", "long", "ccpr-c-kaz-co-1"),
        ("004", "memo", "madrid-pledges-2007"),
        ("000", "letter", "constitution-kz"),
    ):
        (file,) = SEEDS.glob(f"{number}_*.txt")
        import_file(library, file, Wanted(name, file.name))
        answers = [one for path in (tmp_path / f"sections/imported/{name}/recommendations").rglob("*.yaml") for one in [path.parent.name]]
        assert set(answers) == {document}
        assert not (tmp_path / f"sections/imported/{name}/commitments").exists()
