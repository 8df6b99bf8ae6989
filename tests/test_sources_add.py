"""Drafts of single entries from what a person has at hand, and the list of sources."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from support import example, finding, load, make_workspace
from test_cli import run

from shadowgen.bibliography.drafting import draft_source
from shadowgen.bibliography.entries import entry_text
from shadowgen.bibliography.listing import list_sources
from shadowgen.loading import load_library
from shadowgen.rules import find_rule
from shadowgen.yamlfile import parse_yaml

ADILET = "https://adilet.zan.kz/eng/docs/"
# What each line proves and no more: key, then type and fields, then what is missing.
PROVED: dict[str, tuple[str, dict[str, str], tuple[str, ...]]] = {
    "CCPR/C/KAZ/CO/2": (
        "ccpr-c-kaz-co-2",
        {
            "type": "un-document", "symbol": "CCPR/C/KAZ/CO/2", "title": "Concluding observations on Kazakhstan",
            "author": "Human Rights Committee", "url": "https://docs.un.org/en/CCPR/C/KAZ/CO/2",
        },
        (),
    ),
    "CERD/C/KAZ/4-5": (
        "cerd-c-kaz-4-5",
        {"type": "un-document", "symbol": "CERD/C/KAZ/4-5", "title": "Report of Kazakhstan", "url": "https://docs.un.org/en/CERD/C/KAZ/4-5"},
        (),
    ),
    "CCPR/C/SR.3271": (
        "ccpr-c-sr-3271",
        {
            "type": "un-document", "symbol": "CCPR/C/SR.3271", "title": "Summary record of meeting No. 3271",
            "author": "Human Rights Committee", "url": "https://docs.un.org/en/CCPR/C/SR.3271",
        },
        (),
    ),
    "A/HRC/WG.6/20/KAZ/3": (
        "a-hrc-wg-6-20-kaz-3",
        {
            "type": "un-document", "symbol": "A/HRC/WG.6/20/KAZ/3", "title": "Summary of information of stakeholders: Kazakhstan",
            "url": "https://docs.un.org/en/A/HRC/WG.6/20/KAZ/3",
        },
        (),
    ),
    "A/HRC/28/10": ("a-hrc-28-10", {"type": "un-document", "symbol": "A/HRC/28/10", "url": "https://docs.un.org/en/A/HRC/28/10"}, ()),
    "https://undocs.org/en/A/HRC/28/10": (
        "a-hrc-28-10", {"type": "un-document", "symbol": "A/HRC/28/10", "url": "https://docs.un.org/en/A/HRC/28/10"}, (),
    ),
    "CCPR/C/GC/34": (
        "ccpr-c-gc-34",
        {
            "type": "general-comment", "number": "34", "date": "2011", "treaty_body": "CCPR", "symbol": "CCPR/C/GC/34",
            "url": "https://docs.un.org/en/CCPR/C/GC/34",
        },
        (),
    ),
    "General comment No. 34": (
        "ccpr-gc-34",
        {
            "type": "general-comment", "number": "34", "date": "2011", "treaty_body": "CCPR", "symbol": "CCPR/C/GC/34",
            "url": "https://docs.un.org/en/CCPR/C/GC/34",
        },
        (),
    ),
    "CAT general comment No. 3 (2012)": ("cat-gc-3", {"type": "general-comment", "number": "3", "date": "2012", "treaty_body": "CAT"}, ()),
    "CCPR/C/126/D/2417/2014": (
        "ccpr-c-126-d-2417-2014",
        {
            "type": "views", "symbol": "CCPR/C/126/D/2417/2014", "communication": "2417/2014",
            "url": "https://docs.un.org/en/CCPR/C/126/D/2417/2014",
        },
        ("title",),
    ),
    "K1400000226": (
        "k1400000226",
        {
            "type": "legislation", "date": "2014", "number": "226", "registry": "K1400000226", "jurisdiction": "KAZ", "url": ADILET + "K1400000226",
        },
        ("title",),
    ),
    "http://adilet.zan.kz/rus/docs/U050001677_": (
        "u050001677",
        {
            "type": "legislation", "date": "2005", "number": "1677", "registry": "U050001677_", "jurisdiction": "KAZ", "url": ADILET + "U050001677_",
        },
        ("title",),
    ),
    "V14C0009722": (
        "v14c0009722",
        {"type": "legislation", "date": "2014", "registry": "V14C0009722", "jurisdiction": "KAZ", "url": ADILET + "V14C0009722"},
        ("title",),
    ),
    "https://www.example.org/a/page": (
        "example-a-page",
        {"type": "web-page", "publisher": "example.org", "url": "https://www.example.org/a/page", "accessed": "2016-05-01"},
        ("title",),
    ),
    "Criminal Code of the Republic of Kazakhstan, No. 226-V, 3 July 2014 (as amended 7 November 2014), art. 174. Available at "
    + ADILET + "K1400000226": (
        "criminal-code-republic-kazakhstan-2014",
        {
            "type": "legislation", "title": "Criminal Code of the Republic of Kazakhstan", "date": "2014-07-03", "number": "226-V",
            "amended": "2014-11-07", "registry": "K1400000226", "jurisdiction": "KAZ", "url": ADILET + "K1400000226",
        },
        (),
    ),
    "Закон РК «О средствах массовой информации» от 23 июля 1999 года № 451-I": (
        "zakon-rk-sredstvakh-massovoy-informatsii-1999",
        {"type": "legislation", "title": "Закон РК «О средствах массовой информации»", "date": "1999-07-23", "number": "451-I"},
        (),
    ),
    "Concluding observations on the second periodic report of Kazakhstan (CCPR/C/KAZ/CO/2), para. 14": (
        "ccpr-c-kaz-co-2",
        {
            "type": "un-document", "symbol": "CCPR/C/KAZ/CO/2", "title": "Concluding observations on the second periodic report of Kazakhstan",
            "author": "Human Rights Committee", "url": "https://docs.un.org/en/CCPR/C/KAZ/CO/2",
        },
        (),
    ),
    'Jane Doe, "A court: a story", The Example Herald, 28 November 2013. Available at https://example.org/a.': (
        "jane-doe-court-story-2013",
        {
            "type": "news", "author": "Jane Doe", "title": "A court: a story", "outlet": "The Example Herald", "date": "2013-11-28",
            "url": "https://example.org/a",
        },
        (),
    ),
    "Manfred Nowak, U.N. Covenant on Civil and Political Rights: CCPR Commentary (Kehl, N.P. Engel, 2005), pp. 3-4": (
        "manfred-nowak-u-n-covenant-2005",
        {
            "type": "book", "author": "Manfred Nowak", "title": "U.N. Covenant on Civil and Political Rights: CCPR Commentary", "date": "2005",
            "place": "Kehl", "publisher": "N.P. Engel",
        },
        (),
    ),
    "scribbled on a napkin": ("scribbled-napkin", {"type": "ngo-report", "title": "scribbled on a napkin"}, ("author", "date")),
}  # fmt: skip


@pytest.mark.parametrize("text", PROVED)
def test_a_line_says_what_it_proves(text: str) -> None:
    key, fields, missing = PROVED[text]
    draft = draft_source(text, "2016-05-01")
    assert (draft.key, {"type": draft.type, **draft.fields}, draft.missing) == (key, fields, missing)
    document, problems = parse_yaml(entry_text(draft).replace("# ", ""), "x") if not missing else (None, [])
    assert problems == [] and (document is None or document.data == {key: fields})


@pytest.mark.parametrize(
    "text", ["", " ", "///", "\x00", "(" * 5000, "A" * 20_000, "https://", "http://[", "«" * 300, ", " * 3000, "No. " * 2000]
)
def test_any_line_gives_a_draft(text: str) -> None:
    draft = draft_source(text, "2016-05-01")
    assert draft.key and draft.missing


def test_an_address_that_is_none_stays_in_the_title() -> None:
    draft = draft_source("Some words. Available at http://[x/y", "2016-05-01")
    assert "url" not in draft.fields and "http://[x/y" in str(draft.fields["title"])


def test_add_writes_and_says_where(tmp_path: Path) -> None:
    make_workspace(tmp_path, {"sections/sources/sources.yaml": "# mine\none: {type: un-document, symbol: A/HRC/14/10}"})
    done = run(
        tmp_path, "sources", "add", "A/HRC/28/10", "--set", "title=Report of the Working Group: Kazakhstan", "--set", "date=2014-12-10"
    )
    assert done.exit_code == 0
    assert done.output.startswith("sections/sources/sources.yaml:3\na-hrc-28-10:\n  type: un-document\n  symbol: A/HRC/28/10\n")
    assert "could be filled in: author, short, archived, accessed, language, audience\n" in done.output
    assert (tmp_path / "sections/sources/sources.yaml").read_text() == (
        "# mine\none: {type: un-document, symbol: A/HRC/14/10}\na-hrc-28-10:\n  type: un-document\n  symbol: A/HRC/28/10\n"
        '  title: "Report of the Working Group: Kazakhstan"\n  date: 2014-12-10\n  url: https://docs.un.org/en/A/HRC/28/10\n'
    )
    assert "a-hrc-28-10" in load_library(make_workspace(tmp_path, {}))[0].sources


def test_add_tells_what_is_to_be_filled_in(tmp_path: Path) -> None:
    make_workspace(tmp_path, {})
    done = run(tmp_path, "sources", "add", "K1400000226")
    assert done.exit_code == 1 and "'k1400000226' (legislation) lacks title; it is written as a comment" in done.output
    assert "#   title:\n" in (tmp_path / "sections/sources/sources.yaml").read_text()
    done = run(tmp_path, "sources", "add", "K1400000226", "--set", "title=Criminal Code", "--key", "criminal-code", "--into", "laws")
    assert done.exit_code == 0 and "sections/sources/laws.yaml:1\ncriminal-code:\n" in done.output


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["CCPR/C/KAZ/CO/1"], "the library has this source as 'co-1' (sections/sources/all.yaml:13:1): the same symbol"),
        (["Adil Soz, Freedom of Expresion in Kazakhstan (Almaty, 2015)"], "seems to have this source as 'adil-soz'"),
        (["A/1/2", "--key", "co-1"], "the key 'co-1' is taken"),
        (["A/1/2", "--key", "Co 1"], "'Co 1' cannot be a key"),
        (["A/1/2", "--set", "titel=x"], "did you mean 'title'?"),
        (["A/1/2", "--set", "date=soon"], "a date has the form 2014"),
        (["A/1/2", "--into", "../x"], "cannot be a file in sections/sources"),
    ],
)
def test_add_writes_nothing_where_something_is_wrong(tmp_path: Path, words: list[str], says: str) -> None:
    make_workspace(tmp_path, example())
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    done = run(tmp_path, "sources", "add", *words)
    assert done.exit_code == 1 and says in done.output
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize(
    ("words", "says"), [(["x", "--type", "bok"], "did you mean 'book'?"), (["x", "--set", "title"], "write FIELD=VALUE")]
)
def test_add_called_wrongly(tmp_path: Path, words: list[str], says: str) -> None:
    make_workspace(tmp_path, {})
    done = run(tmp_path, "sources", "add", *words)
    assert done.exit_code == 2 and says in done.output


# ---------------------------------------------------------------- list

LISTED = """\
one: {type: book, author: A, title: One, date: 2010}
two: {type: web-page, title: Two, publisher: P}
three: {type: web-page, title: Three, publisher: P, url: https://example.org/3}
four: {type: news, title: Four, outlet: P, url: https://example.org/4, archived: https://example.org/a}
five: {type: un-document, symbol: A/HRC/28/10}
"""


def test_list_counts_and_flags(tmp_path: Path) -> None:
    files = {
        "sections/sources/all.yaml": LISTED,
        "sections/articles/iccpr/19/a.yaml": finding("Words [@one; see also @two].^[A note [@one, p. 3].]"),
        "sections/articles/iccpr/19/a.ru.yaml": "title: A\nbody: |\n  Слова [@one] и [@four].\n",
        "sections/commitments/d.yaml": "title: D\nkind: other\nsource: five\nparagraphs: []\n",
    }
    rows = {row.key: row for row in list_sources(load(tmp_path, files))}
    assert {key: row.cited for key, row in rows.items()} == {"one": 2, "two": 1, "three": 0, "four": 1, "five": 1}
    assert {key: row.flags for key, row in rows.items()} == {
        "one": (), "two": ("no-url",), "three": ("unused", "no-archive"), "four": (), "five": (),
    }  # fmt: skip
    assert (rows["five"].title, rows["three"].file, rows["three"].line) == ("A/HRC/28/10", "sections/sources/all.yaml", 3)


def test_list_by_the_command(tmp_path: Path) -> None:
    make_workspace(tmp_path, {"sections/sources/all.yaml": LISTED})
    done = run(tmp_path, "sources", "list")
    assert done.exit_code == 0 and done.output.endswith("5 sources\n")
    assert "three  web-page        0  Three  unused, no-archive\n" in done.output
    rows = json.loads(run(tmp_path, "sources", "list", "--json").stdout)
    assert [row["key"] for row in rows] == ["five", "four", "one", "three", "two"] and rows[3]["flags"] == ["unused", "no-archive"]


@pytest.mark.parametrize("code", ["SG212", "SG213", "SG214", "SG606", "SG607", "SG608", "SG609"])
def test_rules_on_sources_are_explained(tmp_path: Path, code: str) -> None:
    rule = find_rule(code)
    assert rule and rule.doc in run(tmp_path, "explain", code).output
