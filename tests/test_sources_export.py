"""The bibliography for Zotero and pandoc: what leaves, what never does, and that it comes back the same."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import pytest
from conftest import need
from support import example, load, make_workspace
from test_cli import run

from shadowgen.bibliography.exporting import export_sources
from shadowgen.bibliography.importing import import_sources
from shadowgen.library import Library
from shadowgen.loading import load_library
from shadowgen.workspace import Workspace

ROOT = Path(__file__).parents[1]
# The types and variables of the CSL 1.0.2 schema that we use.
CSL_TYPES = {"treaty", "legislation", "report", "legal_case", "dataset", "personal_communication", "article-newspaper", "webpage", "book",
             "article-journal", "interview", "manuscript"}  # fmt: skip

EVERY_TYPE = """\
one-treaty: {type: treaty, title: A treaty, date: 1966-12-16, series: "999 UNTS 171", symbol: A/RES/2200}
one-law:
  type: legislation
  title: {en: A law, ru: Закон}
  date: 2014-07-03
  number: 226-V
  amended: 2015-01
  registry: K1400000226
  jurisdiction: KAZ
  publisher: Parliament
  url: https://example.org/law
  archived: https://web.archive.org/law
  accessed: 2016-05-01
  language: ru
  short: {en: Law, ru: Закон}
one-document: {type: un-document, symbol: CCPR/C/KAZ/CO/2, title: "Concluding observations: Kazakhstan", author: Committee, date: 2016}
bare-document: {type: un-document, symbol: A/HRC/28/10}
one-comment: {type: general-comment, number: "34", date: 2011}
other-comment: {type: general-comment, number: "3", date: 2012, treaty_body: CAT, title: redress, symbol: CAT/C/GC/3}
one-view: {type: views, title: A v. B, symbol: CCPR/C/126/D/2417/2014, communication: 2417/2014, date: 2019}
one-recommendation: {type: upr-recommendation, symbol: A/HRC/28/10, paragraph: "124.3", date: 2014}
one-judgment: {type: judgment, court: A court, date: 2010-01-02, number: "7", place: Almaty}
one-ngo: {type: ngo-report, author: An organization, title: A report, date: 2010, place: Almaty, publisher: Somebody}
one-official: {type: official-report, author: A ministry, title: A report of it, date: 2010-02, number: "12", publisher: Press}
one-count: {type: statistics, author: An agency, title: A count, date: 2010, period: 2009-2010, method: by hand}
one-letter: {type: letter, author: A ministry, date: 2010, title: Reply, recipient: Them, number: 1-2, holder: KIBHR, audience: public}
bare-letter: {type: letter, author: Another ministry, date: 2011, audience: public}
one-news: {type: news, title: A title, outlet: A paper, author: Jane Doe, date: 2010-03-04}
one-page: {type: web-page, title: A page, publisher: A site, author: Jane Doe, date: 2010, url: https://example.org/page}
one-release: {type: press-release, author: An organization, title: A call, date: 2010}
one-book: {type: book, author: "Jane Doe, Richard Roe and others", title: A book, date: 2010, place: Kehl, publisher: Press}
one-article: {type: article, author: J. Doe, title: An article, journal: A journal, date: 2010, volume: "1", issue: "2", pages: 3-4}
one-talk: {type: interview, person: Jane Doe, date: 2010-03-04, role: judge, place: Almaty, audience: public}
one-source: {type: confidential-interview, code: K-7, date: 2016-02, description: a guard, place: south, holder: KIBHR, audience: public}
one-file: {type: case-file, title: A case, holder: KIBHR, code: "02", date: 2015, audience: public}
for-committee: {type: book, author: Somebody, title: For the Committee only, date: 2011, audience: committee}
not-to-be-named: {type: interview, person: SENTINEL-PERSON, date: 2012, role: SENTINEL-ROLE}
"""


def same(one: Library, other: Library, keys: list[str]) -> None:
    for key in keys:
        mine, yours = one.sources[key], other.sources[key]
        assert (yours.type, yours.audience, dict(yours.fields)) == (mine.type, mine.audience, dict(mine.fields)), key


def test_every_type_comes_back_the_same(tmp_path: Path) -> None:
    library = load(tmp_path / "one", {"sections/sources/all.yaml": EVERY_TYPE})
    text, held_back = export_sources(library, audience="internal")
    assert held_back == [] and {entry["type"] for entry in json.loads(text)} == CSL_TYPES
    empty = load(tmp_path / "two", {})
    report = import_sources(empty, text.encode(), "all.json", near=True)
    assert report.problems == [] and len(report.added) == 24
    same(library, load_library(empty.workspace)[0], list(library.sources))


def test_the_sample_library_comes_back_the_same(tmp_path: Path) -> None:
    library, _ = load_library(Workspace(ROOT))
    text, held_back = export_sources(library)
    public = [key for key, source in library.sources.items() if source.audience == "public"]
    assert sorted(entry["id"] for entry in json.loads(text)) == sorted(public)
    assert sorted(held_back) == sorted(set(library.sources) - set(public))
    empty = load(tmp_path, {})
    report = import_sources(empty, text.encode(), "all.json")
    assert (report.problems, len(report.added)) == ([], len(public))
    same(library, load_library(empty.workspace)[0], public)


def test_words_edited_elsewhere_come_back_edited(tmp_path: Path) -> None:
    library = load(tmp_path / "one", {"sections/sources/all.yaml": EVERY_TYPE})
    [entry] = json.loads(export_sources(library, ["one-law"])[0])
    entry["title"], entry["publisher"] = "A better name", "Senate"
    empty = load(tmp_path / "two", {})
    import_sources(empty, json.dumps([entry]).encode(), "all.json")
    fields = load_library(empty.workspace)[0].sources["one-law"].fields
    assert fields["title"] == {"en": "A better name", "ru": "Закон"}
    assert (fields["publisher"], fields["amended"]) == ("Senate", "2015-01")


def test_variables_are_those_of_csl(tmp_path: Path) -> None:
    library = load(tmp_path, {"sections/sources/all.yaml": EVERY_TYPE})
    [entry] = json.loads(export_sources(library, ["one-article"])[0])
    assert entry == {
        "id": "one-article", "citation-key": "one-article", "type": "article-journal", "author": [{"literal": "J. Doe"}], "title": "An article",
        "container-title": "A journal", "issued": {"date-parts": [[2010]]}, "volume": "1", "issue": "2", "page": "3-4",
    }  # fmt: skip
    [entry] = json.loads(export_sources(library, ["one-law"], language="ru")[0])
    assert (entry["title"], entry["title-short"], entry["URL"]) == ("Закон", "Закон", "https://example.org/law")
    assert entry["issued"] == {"date-parts": [[2014, 7, 3]]} and entry["accessed"] == {"date-parts": [[2016, 5, 1]]}
    [entry] = json.loads(export_sources(library, ["one-comment"])[0])
    assert entry["title"] == "General comment No. 34 on article 19"
    assert entry["author"] == [{"literal": "Human Rights Committee"}]


# ---------------------------------------------------------------- confidence


@pytest.mark.parametrize(("audience", "shown"), [("public", 22), ("committee", 23), ("internal", 24)])
def test_only_what_an_audience_may_read_leaves(tmp_path: Path, audience: str, shown: int) -> None:
    make_workspace(tmp_path, {"sections/sources/all.yaml": EVERY_TYPE})
    done = run(tmp_path, "sources", "export", "--audience", audience)
    entries = json.loads(done.stdout)
    assert len(entries) == shown
    assert ("SENTINEL" in done.stdout) == ("not-to-be-named" in done.stdout) == (audience == "internal")
    assert ("For the Committee only" in done.stdout) == (audience != "public")
    kept = {entry["id"]: entry.get("custom", {}).get("shadowgen", {}).get("audience") for entry in entries}
    assert kept.get("for-committee") == (None if audience == "public" else "committee")


def test_a_confidential_source_that_is_named_does_not_leave(tmp_path: Path) -> None:
    make_workspace(tmp_path, {"sections/sources/all.yaml": EVERY_TYPE})
    done = run(tmp_path, "sources", "export", "not-to-be-named", "one-book")
    assert done.exit_code == 1 and "1 source not for this audience is left out" in done.stderr
    assert [entry["id"] for entry in json.loads(done.stdout)] == ["one-book"]
    assert "SENTINEL" not in done.output


# ---------------------------------------------------------------- the command


def test_export_to_a_file(tmp_path: Path) -> None:
    make_workspace(tmp_path, example())
    out = tmp_path / "all.json"
    done = run(tmp_path, "sources", "export", "-o", str(out))
    assert done.exit_code == 0 and "wrote" in done.output
    first = out.read_bytes()
    assert run(tmp_path, "sources", "export", "-o", str(out)).exit_code == 0 and out.read_bytes() == first
    mine = tmp_path / "sections/sources/all.yaml"
    before = mine.read_bytes()
    done = run(tmp_path, "sources", "export", "-o", str(mine))
    assert done.exit_code == 1 and "no CSL-JSON" in done.output and mine.read_bytes() == before


def test_export_of_an_unknown_key_is_a_wrong_call(tmp_path: Path) -> None:
    make_workspace(tmp_path, example())
    done = run(tmp_path, "sources", "export", "adil-sos")
    assert done.exit_code == 2 and "did you mean 'adil-soz'?" in done.output


def test_pandoc_reads_and_renders_every_source_of_the_sample(tmp_path: Path) -> None:
    need("pandoc")
    text, _ = export_sources(load_library(Workspace(ROOT))[0])
    (tmp_path / "all.json").write_text(text)
    keys = [entry["id"] for entry in json.loads(text)]
    (tmp_path / "cites.md").write_text("".join(f"x [@{key}].\n\n" for key in keys))
    command = ["pandoc", "--citeproc", "--bibliography", "all.json", "cites.md", "-t", "html", "--wrap=none"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=60, check=True)
    assert done.stderr == ""
    rendered = dict(re.findall(r'id="ref-([^"]+)" class="csl-entry"[^>]*>(.*?)</div>', done.stdout, re.DOTALL))
    assert sorted(rendered) == sorted(keys)
    words = {key: re.sub(r"<[^>]+>|[“”‘’\"']", "", html) for key, html in rendered.items()}
    assert "Code of the Republic of Kazakhstan on Administrative Offences" in words["administrative-offences-code-2014"]
    assert "http://adilet.zan.kz/rus/docs/K1400000235" in words["administrative-offences-code-2014"]
    titles = {entry["id"]: re.findall(r"\w+", entry["title"])[0].lower() for entry in json.loads(text) if "title" in entry}
    lost = [key for key, title in titles.items() if title not in words[key].lower()]
    assert [words[key].strip()[:3] for key in lost] == ["———"] * len(lost)  # the style's mark for "as in the entry before"


def test_a_bibliography_that_pandoc_writes_is_read(tmp_path: Path) -> None:
    need("pandoc")
    library = load(tmp_path / "one", {"sections/sources/all.yaml": EVERY_TYPE})
    (tmp_path / "all.json").write_text(export_sources(library)[0])
    command = ["pandoc", "all.json", "-f", "csljson", "-t", "biblatex"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, timeout=60, check=True)
    empty = load(tmp_path / "two", {})
    report = import_sources(empty, done.stdout, "all.bib", near=True)
    assert report.read == 22 and {"one-book", "one-article", "one-law", "one-document"} <= set(report.added)
    fields = load_library(empty.workspace)[0].sources["one-law"].fields
    assert (fields["number"], fields["date"], fields["url"]) == ("226-V", "2014-07-03", "https://example.org/law")
