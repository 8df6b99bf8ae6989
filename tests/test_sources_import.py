"""Import of what Zotero exports: every entry in our terms, nothing twice, nothing of a person's own words changed."""

from __future__ import annotations

import itertools
import json
from pathlib import Path
from typing import Any

import pytest
from support import example, make_workspace
from test_cli import run

from shadowgen.bibliography.importing import Report, import_sources
from shadowgen.bibliography.item import date_of, language_of, link_of, name_of
from shadowgen.bibliography.keys import key_of, made_key
from shadowgen.bibliography.reading import MAX_ENTRIES, read_items
from shadowgen.library import Library
from shadowgen.loading import load_library
from shadowgen.yamlfile import parse_yaml

EXPORTS = Path(__file__).parent / "bibliographies"


def take(root: Path, raw: str | bytes, files: dict[str, str] | None = None, **options: Any) -> tuple[Report, Library]:
    """Import a text into a workspace with these files; return the report and the library as it is then."""
    workspace = make_workspace(root, files or {})
    library, _ = load_library(workspace)
    report = import_sources(library, raw if isinstance(raw, bytes) else raw.encode(), "zotero", **options)
    after, problems = load_library(workspace)
    assert [str(problem) for problem in problems if problem.is_error] == []
    return report, after


def csl(**fields: Any) -> str:
    """Return one book as CSL-JSON, with these fields."""
    return json.dumps([{"id": "book-1", "type": "book", "title": "A title", "author": [{"family": "Doe", "given": "Jane"}]} | fields])


def told(report: Report) -> list[str]:
    return [problem.rule.name for problem in report.problems]


# ---------------------------------------------------------------- forty entries as Zotero exports them

# Worked out by hand from the files: the type, and the fields that a reader would look for.
EXPECTED: dict[str, dict[str, dict[str, str]]] = {
    "bib": {
        "nowak-u-n-2005": {
            "type": "book", "author": "Manfred Nowak", "title": "U.N. Covenant on Civil and Political Rights: CCPR Commentary",
            "date": "2005", "place": "Kehl", "publisher": "N.P. Engel", "short": "CCPR Commentary", "language": "en",
        },
        "joseph-international-2013": {"type": "book", "author": "Sarah Joseph and Melissa Castan", "publisher": "Oxford University Press"},
        "alston-conjuring-1984": {
            "type": "article", "author": "Philip Alston", "journal": "American Journal of International Law", "date": "1984-07",
            "volume": "78", "issue": "3", "pages": "607-621", "url": "https://doi.org/10.2307/2202599",
        },
        "hathaway-human-2002": {"type": "article", "title": "Do Human Rights Treaties Make a Difference?", "pages": "1935-2042"},
        "human-rights-watch-we-2016": {
            "type": "ngo-report", "author": "Human Rights Watch", "accessed": "2017-02-01", "date": "2016-11-22",
            "title": "“We Are Not the Enemy”: Violations of Workers' Rights in Kazakhstan",
        },
        "amnesty-international-dead-2016": {"type": "ngo-report", "author": "Amnesty International", "date": "2016-03", "place": "London"},
        "human-rights-committee-concluding-2016": {
            "type": "un-document", "symbol": "CCPR/C/KAZ/CO/2", "author": "Human Rights Committee", "date": "2016-08-09",
        },
        "kiai-mission-2015": {"type": "un-document", "symbol": "A/HRC/29/25/Add.2", "author": "Maina Kiai"},
        "noauthor-criminal-2014": {
            "type": "legislation", "number": "226-V", "date": "2014-07-03", "registry": "K1400000226", "jurisdiction": "KAZ",
        },
        "noauthor-handyside-1976": {
            "type": "judgment", "court": "European Court of Human Rights", "number": "5493/72", "date": "1976-12-07",
        },
        "noauthor-court-2015": {
            "type": "news", "title": "A court hears an éditeur & 100% of the newspaper's readers", "outlet": "The Example Herald",
            "url": "https://example.org/court_2015?a=1&b=2",
        },
        "noauthor-human-nodate": {"type": "web-page", "publisher": "OHCHR", "accessed": "2016-05-01"},
        "noauthor-prava-2010": {"type": "book", "author": "Айгүл Пример и Иван Образцов", "place": "Алматы", "language": "ru"},
        "example-monitoring-2011": {"type": "book", "author": "Jan van der Voorbeeld", "date": "2011", "publisher": "Example University"},
    },
    "ris": {
        "human-rights-watch-striking-oil-striking-2012": {
            "type": "ngo-report", "author": "Human Rights Watch", "date": "2012-09-10", "accessed": "2016-05-01", "place": "New York",
        },
        "a-hrc-28-10": {"type": "un-document", "symbol": "A/HRC/28/10", "date": "2014-12-10"},
        "konstitutsiya-respubliki-kazakhstan-1995": {
            "type": "legislation", "title": "Конституция Республики Казахстан", "registry": "K950001000", "language": "ru",
        },
        "qazaqstan-respublikasynyng-qylmystyq-kodeksi-2014": {
            "type": "legislation", "title": "Қазақстан Республикасының Қылмыстық кодексі", "number": "226-V", "language": "kk",
        },
        "ccpr-c-126-d-2417-2014": {
            "type": "views", "title": "Geller v. Kazakhstan", "symbol": "CCPR/C/126/D/2417/2014", "communication": "2417/2014",
        },
        "kudla-v-poland-2000": {"type": "judgment", "court": "European Court of Human Rights", "number": "30210/96", "place": "Strasbourg"},
        "osce-odihr-guidelines-freedom-peaceful-2010": {"type": "book", "author": "OSCE/ODIHR and Venice Commission", "place": "Warsaw"},
        "doe-article-its-title-2009": {
            "type": "article", "title": "An article & its title", "author": "Jane Doe, Richard Roe and Anna Smith Jr.", "pages": "34-56",
            "url": "https://doi.org/10.1234/example.2009.12",
        },
        "redaktsiyu-zakryli-2013": {"type": "news", "outlet": "Газета-пример", "date": "2013-11-28", "url": "http://www.example.org/news/1"},
        "page": {"type": "web-page", "title": "A page", "publisher": "example.org"},
        "example-ministry-reply-ministry-2015": {
            "type": "letter", "author": "Example Ministry", "recipient": "Example Organization", "number": "11-22", "audience": "internal",
        },
        "doe-freedom-assembly-2008": {"type": "article", "journal": "A Handbook of Examples", "pages": "1-20"},
    },
    "json": {
        "vienna-convention-law-treaties-1969": {
            "type": "treaty", "date": "1969-05-23", "series": "United Nations, Treaty Series, vol. 1155, p. 331",
        },
        "ccpr-c-gc-34": {
            "type": "general-comment", "number": "34", "treaty_body": "CCPR", "date": "2011-09-12", "symbol": "CCPR/C/GC/34",
        },
        "a-res-70-175": {
            "type": "un-document", "symbol": "A/RES/70/175",
            "title": "United Nations Standard Minimum Rules for the Treatment of Prisoners (the Nelson Mandela Rules)",
        },
        "a-res-48-134": {"type": "un-document", "symbol": "A/RES/48/134"},
        "donnelly-universal-2013": {"type": "book", "author": "Jack Donnelly", "place": "Ithaca", "language": "en-US"},
        "ministry-of-examples-annual-report-example-2014": {"type": "official-report", "number": "7", "date": "2014"},
        "example-organization-organization-calls-inquiry-2015": {"type": "press-release", "date": "2015-03-03"},
        "registered-offences-2014": {"type": "statistics", "author": "Committee on Statistics of Examples", "date": "2014"},
        "doe-2016": {"type": "interview", "person": "Jane Doe", "date": "2016-02-03", "audience": "internal"},
        "obraztsov-torzhestvo-primera-2012": {"type": "article", "author": "Иван Образцов и Айгүл Пример", "journal": "Книга примеров"},
        "gogharticle2014": {
            "type": "news", "author": "Vincent van Gogh", "outlet": "The Example Weekly", "date": "2014-02", "accessed": "2016-05-01",
            "archived": "https://web.archive.org/web/2014/https://example.org/weekly",
        },
        "report-without-author-web-2014": {"type": "web-page", "publisher": "example.org", "date": "2014-01"},
    },
}  # fmt: skip
INCOMPLETE = {  # key, type, what is missing, line of the export
    "bib": ("noauthor-leaflet-nodate", "ngo-report", "date", 117),
    "ris": ("doe-thesis-without-year", "book", "date", 113),
    "json": ("draft-law-examples", "legislation", "date", 93),
}


@pytest.mark.parametrize("form", EXPECTED)
def test_exports_of_zotero(tmp_path: Path, form: str) -> None:
    report, library = take(tmp_path, (EXPORTS / f"zotero.{form}").read_bytes())
    assert sorted(library.sources) == sorted(EXPECTED[form]) == sorted(report.added)
    for key, expected in EXPECTED[form].items():
        source = library.sources[key]
        found = {"type": source.type, "audience": source.audience, **source.fields}
        assert {name: found.get(name) for name in expected} == expected, key


@pytest.mark.parametrize("form", EXPECTED)
def test_what_lacks_a_field_waits_as_a_comment(tmp_path: Path, form: str) -> None:
    report, library = take(tmp_path, (EXPORTS / f"zotero.{form}").read_bytes())
    key, type, missing, line = INCOMPLETE[form]
    [problem] = report.problems
    assert (problem.rule.name, problem.origin.line) == ("incomplete-source", line)
    assert f"'{key}' ({type}) lacks {missing}" in problem.message
    text = library.texts["sections/sources/imported.yaml"]
    assert f"\n# {key}:\n#   type: {type}\n#   {missing}:\n" in text
    rows = text[text.index(f"# {key}:") :].splitlines()
    draft = [row.removeprefix("# ") for row in itertools.takewhile(lambda row: row.startswith("# "), rows)]
    filled = "\n".join(draft).replace(f"  {missing}:", f"  {missing}: 2010")
    document, problems = parse_yaml(filled + "\n", "x")
    assert problems == [] and document.data[key]["date"] == "2010"
    again = import_sources(library, (EXPORTS / f"zotero.{form}").read_bytes(), "zotero")
    assert (again.files, again.added, again.incomplete) == ([], [], [key])


def test_what_has_no_place_is_counted(tmp_path: Path) -> None:
    report, _ = take(tmp_path / "a", (EXPORTS / "zotero.bib").read_bytes())
    assert report.left_out == {
        "abstracts": 1, "attached files": 1, "editions": 1, "end of a range of dates": 1, "ISBNs": 1, "tags": 1, "numbers": 1,
    }  # fmt: skip
    report, _ = take(tmp_path / "b", (EXPORTS / "zotero.json").read_bytes())
    assert (report.left_out["abstracts"], report.left_out["notes"], report.left_out["ISBNs"]) == (1, 1, 1)


# ---------------------------------------------------------------- merging

OWN = (
    "# my own words\r\nbook-1:   # the one\r\n    type: book\r\n    title: 'A title'\r\n    author: Jane Doe\r\n    date:   2010\r\n"
    "other: {type: book, author: A, title: Another, date: 2011}\r\n\r\n# the end"
)


def test_a_source_of_the_same_key_gets_what_it_lacks_and_keeps_its_words(tmp_path: Path) -> None:
    raw = csl(issued={"date-parts": [[2012]]}, publisher="Press: the first", URL="https://example.org/b")
    report, library = take(tmp_path, raw, {"sections/sources/mine.yaml": OWN})
    text = (tmp_path / "sections/sources/mine.yaml").read_bytes().decode()
    added = '    publisher: "Press: the first"\r\n    url: https://example.org/b\r\n'
    assert text == OWN.replace("    type: book\r\n", "    type: book\r\n" + added, 1)
    assert (report.completed, report.added, report.files) == (["book-1"], [], ["sections/sources/mine.yaml"])
    [problem] = report.problems
    assert (problem.rule.name, str(problem.origin)) == ("kept-value", "sections/sources/mine.yaml:2:1")
    assert "'date' is kept; zotero:1 has '2012'" in problem.message
    assert library.sources["book-1"].fields["publisher"] == "Press: the first"
    again = import_sources(library, raw.encode(), "zotero")
    assert (again.files, again.unchanged, told(again)) == ([], ["book-1"], ["kept-value"])


def test_an_entry_in_braces_is_left_as_it_is(tmp_path: Path) -> None:
    raw = csl(id="other", title="Another", author=[{"literal": "A"}], issued={"date-parts": [[2011]]}, publisher="Press")
    report, _ = take(tmp_path, raw, {"sections/sources/mine.yaml": OWN})
    assert (tmp_path / "sections/sources/mine.yaml").read_bytes().decode() == OWN
    assert (report.unchanged, report.files) == (["other"], [])


def test_entries_go_to_the_end_of_a_file_that_a_person_wrote(tmp_path: Path) -> None:
    raw = csl(id="new-1", title="Something new", issued={"date-parts": [[2012]]})
    take(tmp_path, raw, {"sections/sources/mine.yaml": OWN}, into="mine")
    text = (tmp_path / "sections/sources/mine.yaml").read_bytes().decode()
    assert text == OWN + "\r\nnew-1:\r\n  type: book\r\n  author: Jane Doe\r\n  title: Something new\r\n  date: 2012\r\n"


@pytest.mark.parametrize(
    "text", ["{a: {type: book, author: A, title: T, date: 2011}}\n", "  a:\n    type: un-document\n    symbol: A/1/2\n"]
)
def test_a_file_that_nothing_can_be_added_to_is_left(tmp_path: Path, text: str) -> None:
    report, library = take(tmp_path, csl(issued={"date-parts": [[2012]]}), {"sections/sources/mine.yaml": text}, into="mine")
    assert (tmp_path / "sections/sources/mine.yaml").read_text() == text
    assert report.added == [] and [problem.is_error for problem in report.problems] == [True]
    assert list(library.sources) == ["a"]


def test_another_source_of_the_same_key_is_added_under_its_own(tmp_path: Path) -> None:
    raw = csl(title="Quite different words stand here", issued={"date-parts": [[1999]]})
    report, library = take(tmp_path, raw, {"sections/sources/mine.yaml": OWN})
    assert (report.added, told(report)) == (["book-1-2"], ["key-taken"])
    again = import_sources(library, raw.encode(), "zotero")
    assert (again.added, told(again)) == ([], ["near-duplicate-source"])


@pytest.mark.parametrize(
    ("entry", "why"),
    [
        ({"type": "webpage", "title": "Other words", "URL": "https://www.example.org/a?b=1&utm_source=x#top"}, "the same address"),
        ({"type": "report", "title": "Other words", "number": "CCPR/C/KAZ/CO/1"}, "the same symbol"),
        ({"type": "report", "title": "On article 19", "number": "CCPR/C/GC/34"}, "the same number"),
        ({"type": "legislation", "title": "Words", "URL": "https://adilet.zan.kz/rus/docs/K1400000226"}, "the same register number"),
    ],
)
def test_the_same_source_is_not_added_twice(tmp_path: Path, entry: dict[str, str], why: str) -> None:
    own = "code:\n  type: legislation\n  title: Criminal Code\n  date: 2014\n  registry: K1400000226\nnews-2:\n"
    own += "  type: web-page\n  title: T\n  publisher: P\n  url: http://example.org/a/?b=1\n"
    files = example() | {"sections/sources/more.yaml": own}
    raw = json.dumps([{"id": "x-1", "issued": {"date-parts": [[2014]]}, **entry}])
    report, _ = take(tmp_path, raw, files, near=True)
    assert (report.added, told(report), report.files) == ([], ["duplicate-source"], [])
    assert report.problems[0].message.endswith(why)


def test_what_looks_the_same_is_added_only_if_asked_for(tmp_path: Path) -> None:
    raw = csl(id="x-1", title="Freedom of expression in Kazakstan", author=[{"literal": "Adil Soz"}], issued={"date-parts": [[2015]]})
    report, library = take(tmp_path, raw, example())
    assert (report.added, told(report)) == ([], ["near-duplicate-source"])
    assert "'adil-soz'" in report.problems[0].message
    assert import_sources(library, raw.encode(), "zotero", near=True).added == ["x-1"]


def test_an_entry_twice_in_one_export_is_added_once(tmp_path: Path) -> None:
    one = json.loads(csl(issued={"date-parts": [[2012]]}))[0]
    report, _ = take(tmp_path, json.dumps([one, one | {"id": "other-key"}, one]))
    assert (report.added, report.duplicates) == (["book-1"], ["book-1", "book-1"])


# ---------------------------------------------------------------- words, names, dates, keys


@pytest.mark.parametrize(
    ("text", "date", "shortened"),
    [
        ("2014-07-03", "2014-07-03", False), ("2014/07/03/", "2014-07-03", False), ("3 July 2014", "2014-07-03", False),
        ("July 3, 2014", "2014-07-03", False), ("03.07.2014", "2014-07-03", False), ("3 июля 2014 года", "2014-07-03", False),
        ("2014 жылғы 3 шілде", "2014-07-03", False), ("июль 2014", "2014-07", False), ("spring 2014", "2014", False), ("c. 2014?", "2014", False),
        ("2014-02-31", "2014-02", False), ("2014-13", "2014", False), ("2011/2013", "2011", True), ("2011-2013", "2011", True),
        ("2011-05/2013-02", "2011-05", True), ("2011--2013", "2011", True), ("/2013", "2013", False), ("n.d.", "", False), ("", "", False),
        ("forthcoming", "", False), ("0000", "", False), ("12345", "", False),
    ],
)  # fmt: skip
def test_dates_of_any_form(text: str, date: str, shortened: bool) -> None:
    assert date_of(text) == (date, shortened)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Last, First", "First Last"),
        ("Last, Jr., First", "First Last Jr."),
        ("Last, First, III", "First Last III"),
        ("An Institution", "An Institution"),
    ],
)
def test_names(text: str, name: str) -> None:
    assert str(name_of(text)) == name


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("en", "en"),
        ("en_GB", "en-GB"),
        ("ngerman", "de"),
        ("Russian", "ru"),
        ("қазақ", "kk"),
        ("kk-latn", "kk-Latn"),
        ("Klingon", ""),
        ("", ""),
    ],
)
def test_languages(text: str, code: str) -> None:
    assert language_of(text) == code


@pytest.mark.parametrize(
    ("text", "link"),
    [
        ("www.example.org", "http://www.example.org"), ("https://e.org/a b", "https://e.org/a%20b"), ("<https://e.org>", "https://e.org"),
        ("ftp://e.org", ""), ("javascript:alert(1)", ""), ("file:///etc/passwd", ""), ("http://[", ""), ("http://[x]/y", ""), ("https://e.org/\u200bx", "https://e.org/x"),
    ],
)  # fmt: skip
def test_addresses(text: str, link: str) -> None:
    assert link_of(text) == link


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Уголовный кодекс", "ugolovnyy-kodeks"), ("Қылмыстық кодексі", "qylmystyq-kodeksi"), ("smith_title_2014", "smith-title-2014"),
        ("A--b__C", "a-b-c"), ("объект", "obekt"), ("***", ""), ("x" * 70, "x" * 64), ("word " * 20, "-".join(["word"] * 13)),
    ],
)  # fmt: skip
def test_keys(text: str, key: str) -> None:
    assert key_of(text) == key


def test_a_key_is_made_of_author_title_and_year() -> None:
    assert made_key("Nowak", "On the Covenant and its Commentary", "2005") == "nowak-covenant-its-commentary-2005"
    assert made_key("", "", "") == "source"
    assert len(made_key("x" * 60, "words of a title", "2014")) <= 64


def test_hidden_characters_and_marks_go(tmp_path: Path) -> None:
    raw = csl(title="A\u200b ti\u00adtle {internal} \u202e<b>bold</b>\n with &amp; lines", issued={"raw": "2014"})
    _, library = take(tmp_path, raw)
    assert library.sources["book-1"].fields["title"] == "A title (internal} bold with & lines"


@pytest.mark.parametrize(
    "title",
    [
        "null",
        "no",
        "- a",
        "? b",
        "a: b",
        "a #b",
        "[x]",
        "{x}",
        '"q"',
        "'q'",
        "@x",
        "%x",
        "*x",
        "&x",
        "12",
        "1:30",
        "a\\b",
        "é: «ё»",
        ":",
        "#",
        "|",
        ">",
    ],
)
def test_titles_that_yaml_would_misread(tmp_path: Path, title: str) -> None:
    _, library = take(tmp_path, csl(title=title, issued={"raw": "2014"}))
    assert library.sources["book-1"].fields["title"] == title


# ---------------------------------------------------------------- what is no bibliography

BROKEN = {
    "a PDF": (b"%PDF-1.7 ...", 0, "this is a PDF"),
    "a Word file": (b"PK\x03\x04...", 0, "this is a Word file"),
    "UTF-16": ("[]".encode("utf-16"), 0, "UTF-16"),
    "Windows letters": ("TY  - BOOK\nTI  - Книга\n".encode("cp1251"), 2, "not UTF-8"),
    "zero bytes": (b"@book{a,\0}", 0, "not text"),
    "nothing": (b"", 0, "neither CSL-JSON nor BibTeX nor RIS"),
    "a letter": (b"Dear colleague,\n", 0, "neither CSL-JSON nor BibTeX nor RIS"),
    "a page": (b"<!DOCTYPE html><html>", 0, "neither CSL-JSON nor BibTeX nor RIS"),
    "a comment": (b"@comment{nothing}", 0, "holds no entry"),
    "deep lists": (b"[" * 100_000, 1, "not JSON"),
    "deep objects": (b'{"a":' * 100_000, 1, "not JSON"),
    "a huge number": (b'[{"type":"book","volume":' + b"9" * 10_000 + b"}]", 1, "not JSON"),
    "a list of words": (b'["a"]', 1, "no entry"),
    "an empty object": (b"{}", 1, "no entry"),
    "Better BibTeX": (b'{"config": {}, "items": [{"itemType": "book"}]}', 1, "Better BibTeX"),
    "Zotero's own": (b'[{"itemType": "book"}]', 1, "Zotero's or Better BibTeX's own JSON"),
    "half a list": (b'[{"type":\n', 2, "not JSON"),
    "an open brace": (b"% mine\n@book{a, title = {b\n", 2, "cannot be read"),
    "many entries": (b"TY  - BOOK\n" * (MAX_ENTRIES + 1), 0, "more than 20,000 entries"),
    "many bytes": (b"[" + b" " * 20_000_000, 0, "bytes"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_no_bibliography_is_told_once(name: str) -> None:
    raw, line, words = BROKEN[name]
    items, problems = read_items(raw, "file")
    assert items == []
    assert [problem.origin.line for problem in problems] == [line]
    assert words in problems[0].message


@pytest.mark.parametrize(
    "raw",
    [
        b"@book{a, title={" + b"{" * 20_000 + b"x" + b"}" * 20_000 + b"}}",
        b"@book{a, title={" + b"\\textit{" * 3_000 + b"}" * 3_000 + b"}}",
        b"@book{a, author={" + b"a and " * 20_000 + b"b}}",
        b'@string{a="xxxxxxxxxx"}\n'
        + b"".join(b"@string{%c = %c # %c # %c}\n" % (98 + i, 97 + i, 97 + i, 97 + i) for i in range(20))
        + b"@book{k, title=u}",
        b"TY  - BOOK\nTI  - " + b"a" * 1_000_000 + b"\nER  - \n",
        b"TY  - BOOK\n" + b"AU  - a\n" * 20_000,
        b"TY  - BOOK\n  a line of no tag\nER  -\nTY  - BOOK\nTI  - b",
        b'[{"type": "book", "title": "'
        + b"<i " * 100_000
        + b'", "author": 3, "issued": [], "custom": {"shadowgen": {"title": [1], "type": []}}}]',
        b'[{"type": "book", "issued": {"date-parts": [["x", [1]]]}, "language": 7, "note": "' + b"a: " * 50_000 + b'"}]',
    ],
    ids=["braces", "macros", "authors", "strings", "a long line", "many authors", "no tag", "markup", "dates"],
)
def test_bombs_are_read_or_told(tmp_path: Path, raw: bytes) -> None:
    report, _ = take(tmp_path, raw)
    assert report.read + len(report.problems) >= 1


def test_an_entry_that_is_broken_takes_no_other_with_it(tmp_path: Path) -> None:
    raw = "@book{one, title={One}, author={A}, date={2011}}\n@book{two, title={Two\n@book{three, title={Three}, author={B}, date={2012}}\n"
    report, library = take(tmp_path, raw)
    assert sorted(library.sources) == ["one", "three"]
    assert [(problem.rule.name, problem.origin.line) for problem in report.problems] == [("unreadable-entry", 2)]


def test_addresses_and_per_cent_signs_of_bibtex(tmp_path: Path) -> None:
    raw = "@online{one, title={Over 50% of women}, url={https://example.org/a%20b_c~d}, organization={O}}"
    fields = take(tmp_path, raw)[1].sources["one"].fields
    assert (fields["title"], fields["url"]) == ("Over 50% of women", "https://example.org/a%20b_c~d")


def test_the_id_of_a_database_is_no_key(tmp_path: Path) -> None:
    report, _ = take(tmp_path, csl(id="ABCD2345", issued={"raw": "2014"}))
    assert report.added == ["doe-title-2014"]


def test_one_address_twice_in_an_export_is_one_source(tmp_path: Path) -> None:
    one = {"type": "webpage", "title": "Some words", "URL": "https://example.org/a"}
    report, _ = take(tmp_path, json.dumps([one, one | {"title": "Quite other ones"}]))
    assert (len(report.added), told(report)) == (1, ["duplicate-source"])


def test_what_may_reveal_a_person_says_that_it_is_internal(tmp_path: Path) -> None:
    take(tmp_path, (EXPORTS / "zotero.ris").read_bytes())
    text = (tmp_path / "sections/sources/imported.yaml").read_text()
    assert '  number: "11-22"\n  audience: internal\n' in text


# ---------------------------------------------------------------- the command


def test_import_by_the_command(tmp_path: Path) -> None:
    make_workspace(tmp_path, {})
    done = run(tmp_path, "sources", "import", str(EXPORTS / "zotero.ris"))
    assert done.exit_code == 1
    assert "13 entries read: 12 added, 0 completed, 0 unchanged, 0 here already, 1 to be filled in\n" in done.output
    assert "zotero.ris:113: error SG606 incomplete-source" in done.output
    assert "wrote sections/sources/imported.yaml\n" in done.output
    data = json.loads(run(tmp_path, "sources", "import", str(EXPORTS / "zotero.ris"), "--json").stdout)
    assert (data["read"], data["added"], len(data["unchanged"]), data["files"]) == (13, [], 12, [])
    (tmp_path / "book.json").write_text(csl(issued={"raw": "2014"}))
    assert run(tmp_path, "sources", "import", str(tmp_path / "book.json"), "--into", "sections/sources/books.yaml").exit_code == 0
    assert (tmp_path / "sections/sources/books.yaml").is_file()


@pytest.mark.parametrize("into", ["../x", "a/b", "A b", "/etc/passwd", "x" * 65])
def test_import_writes_only_where_sources_are(tmp_path: Path, into: str) -> None:
    make_workspace(tmp_path, {"book.json": csl(issued={"raw": "2014"})})
    done = run(tmp_path, "sources", "import", str(tmp_path / "book.json"), "--into", into)
    assert done.exit_code == 1 and "bad-file-name" in done.output
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == ["book.json"]


def test_import_waits_until_the_sources_can_be_read(tmp_path: Path) -> None:
    make_workspace(tmp_path, {"book.json": csl(issued={"raw": "2014"}), "sections/sources/mine.yaml": "book-1: {type: book}\n"})
    done = run(tmp_path, "sources", "import", str(tmp_path / "book.json"))
    assert done.exit_code == 1 and "missing-field" in done.output and "correct these files first" in done.output
    assert not (tmp_path / "sections/sources/imported.yaml").exists()
