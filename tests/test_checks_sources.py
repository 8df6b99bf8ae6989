"""Sources that stand twice in a library, and register numbers that do not agree with their entries."""

from __future__ import annotations

from pathlib import Path

import pytest
from support import load

from shadowgen.checks.sources import check_sources
from shadowgen.diagnostics import Diagnostic
from shadowgen.likeness import identities, pairs_alike
from shadowgen.loading import load_library
from shadowgen.registry import Act, parse_registry
from shadowgen.workspace import Workspace


def check(root: Path, text: str) -> list[Diagnostic]:
    return check_sources(load(root, {"sections/sources/all.yaml": text}))


def test_the_sample_library_is_clean() -> None:
    assert check_sources(load_library(Workspace(Path(__file__).parents[1]))[0]) == []


# ---------------------------------------------------------------- the same source twice


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("{type: web-page, title: A, publisher: P, url: http://example.org/a/}",
         "{type: news, title: B, outlet: P, url: https://www.example.org/a?utm_source=x#b}", "address"),
        ("{type: un-document, symbol: CCPR/C/KAZ/CO/2, title: A}", "{type: un-document, symbol: CCPR/C/KAZ/CO/2, title: B}", "symbol"),
        ("{type: un-document, symbol: A/1/2, url: https://docs.un.org/en/A/1/2}", "{type: un-document, symbol: A/1/2, url: https://docs.un.org/ru/A/1/2}",
         "symbol and address"),
        ("{type: general-comment, number: '34', date: 2011}", "{type: general-comment, number: '34', date: 2011-09, symbol: CCPR/C/GC/34}", "number"),
        ("{type: legislation, title: A, date: 2005, registry: U050001677_}", "{type: legislation, title: B, date: 2005, registry: U050001677}",
         "register number"),
    ],
)  # fmt: skip
def test_the_same_source_twice(tmp_path: Path, one: str, other: str, same: str) -> None:
    [problem] = check(tmp_path, f"one: {one}\nother: {other}\n")
    assert (problem.rule.name, str(problem.origin)) == ("duplicate-source", "sections/sources/all.yaml:2:1")
    assert problem.message == f"'other' is the same source as 'one' (sections/sources/all.yaml:1:1): the same {same}"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("{type: web-page, title: A, publisher: P, url: https://example.org/}", "{type: web-page, title: B, publisher: P, url: https://example.org}"),
        ("{type: web-page, title: A, publisher: P, url: https://example.org/?id=1}", "{type: web-page, title: B, publisher: P, url: https://example.org/?id=2}"),
        ("{type: general-comment, number: '3', date: 1981, symbol: HRI/GEN/1/Rev.9 (Vol. I)}",
         "{type: general-comment, number: '4', date: 1981, symbol: HRI/GEN/1/Rev.9 (Vol. I)}"),
        ("{type: general-comment, number: '3', date: 2012, treaty_body: CAT}", "{type: general-comment, number: '3', date: 1981}"),
        ("{type: upr-recommendation, symbol: A/HRC/28/10, paragraph: '124.1'}", "{type: upr-recommendation, symbol: A/HRC/28/10, paragraph: '124.2'}"),
        ("{type: upr-recommendation, symbol: A/HRC/28/10, paragraph: '124.1'}", "{type: un-document, symbol: A/HRC/28/10}"),
    ],
)  # fmt: skip
def test_what_shares_an_address_or_symbol_and_is_two(tmp_path: Path, one: str, other: str) -> None:
    assert check(tmp_path, f"one: {one}\nother: {other}\n") == []


BOOK = {"title": "Freedom of expression in Kazakhstan", "author": "Adil Soz", "date": "2015-03"}


@pytest.mark.parametrize(
    ("changes", "near"),
    [
        ({"title": "Freedom of Expresion in Kazakhstan"}, True),
        ({"title": "In Kazakhstan: freedom of expression"}, True),
        ({"title": {"en": "Freedom of expression in Kazakhstan", "ru": "Свобода выражения"}}, True),
        ({"date": "2015"}, True),
        ({"author": "Soz, Adil"}, True),
        ({"title": "Freedom of assembly in Kazakhstan"}, False),
        ({"title": "Freedom of expression in Kazakhstan 2"}, False),
        ({"date": "2016"}, False),
        ({"date": "2015-04"}, False),
        ({"author": "Human Rights Watch"}, False),
    ],
)
def test_what_looks_like_one_source(changes: dict[str, str], near: bool) -> None:
    assert list(pairs_alike({"one": BOOK, "other": BOOK | changes})) == ([("one", "other")] if near else [])


@pytest.mark.parametrize("field", ["number", "symbol", "registry", "paragraph", "volume", "pages", "place", "recipient", "outlet"])
def test_what_tells_two_sources_apart(field: str) -> None:
    assert list(pairs_alike({"one": BOOK | {field: "1"}, "other": BOOK | {field: "2"}})) == []
    assert list(pairs_alike({"one": BOOK | {field: "1"}, "other": BOOK})) == [("one", "other")]


def test_sources_without_title_are_not_alike() -> None:
    assert list(pairs_alike({"one": {"court": "A court", "date": "2010"}, "other": {"court": "A court", "date": "2010"}})) == []


def test_what_looks_the_same_is_told_once(tmp_path: Path) -> None:
    entry = "{type: book, author: A, title: Some long title of a book, date: 2010, url: https://example.org/a}"
    assert [problem.rule.name for problem in check(tmp_path / "a", f"one: {entry}\nother: {entry}\n")] == ["duplicate-source"]
    near = entry.replace("Some", "Somme").replace("org/a", "org/b")
    [problem] = check(tmp_path / "b", f"one: {entry}\nother: {near}\n")
    assert (problem.rule.name, problem.is_error) == ("near-duplicate-source", False)
    assert problem.message == "'other' looks like the source 'one' (sections/sources/all.yaml:1:1)"


def test_addresses_that_are_broken_do_no_harm() -> None:
    assert identities("web-page", {"url": "http://[x/a"}) == {}


# ---------------------------------------------------------------- register numbers


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("K1400000226", ("K1400000226", "K", "code", 2014, "226")),
        ("Z990000349_", ("Z990000349_", "Z", "law", 1999, "349")),
        ("V14C0009722", ("V14C0009722", "V", "registered order", 2014, "9722")),
        ("https://adilet.zan.kz/kaz/docs/P1400000132", ("P1400000132", "P", "resolution of the Government", 2014, "132")),
        ("http://adilet.zan.kz/rus/docs/U050001677_#z5", ("U050001677_", "U", "decree of the President", 2005, "1677")),
    ],
)
def test_register_numbers(text: str, act: tuple[str, str, str, int, str]) -> None:
    id, letter, kind, year, number = act
    assert parse_registry(text) == Act(id, "KAZ", letter, kind, year, number)


@pytest.mark.parametrize(
    "text", ["", "K14", "X1400000226", "k1400000226", "K1400000226/x", "https://example.org/eng/docs/K1400000226", "226-V"]
)
def test_what_is_no_register_number(text: str) -> None:
    assert parse_registry(text) is None


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ("title: Criminal Code, date: 2014-07-03, registry: K1400000226, number: 226-V", ""),
        ("title: Criminal Code, date: 2015-07-03, registry: K1400000226", "the register number K1400000226 is of 2014, the date is 2015-07-03"),
        ("title: Criminal Code, date: 2014, registry: K1400000226, number: 231-V",
         "the register number K1400000226 has the number 226, the entry has 231-V"),
        ("title: Law on Examples, date: 2014, registry: K1400000226", "the register number K1400000226 is of a code, the title names a law"),
        ("title: Law on the Criminal Code, date: 2014, registry: Z1400000226", ""),
        ("title: 'Уголовный кодекс', date: 2014, registry: Z1400000226", "the register number Z1400000226 is of a law, the title names a code"),
        ("title: Order on Examples, date: 2014, registry: V14C0009722, number: '503'", ""),
        ("title: Order on Examples, date: 2013-12-30, registry: V14C0009722", ""),
        ("title: Order on Examples, date: 2012, registry: V14C0009722", "the register number V14C0009722 is of 2014, the date is 2012"),
        ("title: Criminal Code, date: 2014, registry: K1400000226, url: 'https://adilet.zan.kz/eng/docs/K1400000231'",
         "the register number is K1400000226, the address leads to K1400000231"),
        ("title: Some Act, date: 1986, registry: something else", ""),
    ],
)  # fmt: skip
def test_register_numbers_are_held_against_the_entry(tmp_path: Path, fields: str, says: str) -> None:
    problems = check(tmp_path, f"act: {{type: legislation, {fields}}}\n")
    assert [problem.message for problem in problems] == ([f"'act': {says}"] if says else [])
    assert {problem.rule.name for problem in problems} <= {"registry-mismatch"}
