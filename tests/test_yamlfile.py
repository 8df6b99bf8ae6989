"""Strict YAML: what it means, what it refuses, and where it says things stand."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shadowgen import yamlfile
from shadowgen.yamlfile import MAX_BYTES, Document, parse_yaml, read_text


def data_of(text: str) -> object:
    document, problems = parse_yaml(text, "f.yaml")
    assert problems == []
    return document.data


def found(text: str) -> list[tuple[str, str]]:
    """Return code and place of every problem of a text."""
    document, problems = parse_yaml(text, "f.yaml")
    assert document.data is None or not problems
    return [(problem.rule.code, str(problem.origin)) for problem in problems]


def read(raw: bytes) -> list[tuple[str, str]]:
    return [(problem.rule.code, str(problem.origin)) for problem in read_text(raw, "f.yaml")[1]]


# ---------------------------------------------------------------- scalars mean what they say


@pytest.mark.parametrize(
    "word",
    ["no", "NO", "yes", "on", "off", "true", "False", "010", "0x1F", "0b1", "1e3", "1_000", ".5", "1:30", "12:30:45", "+77015550101", ".inf", ".nan",
     "2014-02-31", "2014-07-03", "2014-07-03 10:00:00", "=", "Null", "NULL"],
)  # fmt: skip
def test_a_plain_word_is_text(word):
    assert data_of(f"a: {word}") == {"a": word}


@pytest.mark.parametrize("nothing", ["~", "null", ""])
def test_nothing_is_none(nothing):
    assert data_of(f"a: {nothing}") == {"a": None}


@pytest.mark.parametrize("word", ["'~'", '"null"', "''", '""'])
def test_quoted_nothing_is_text(word):
    assert data_of(f"a: {word}") == {"a": word[1:-1]}


def test_a_key_is_text():
    assert data_of("no: 1\n010: 2\n~: 3\n2014-01-01: 4\n") == {"no": "1", "010": "2", "~": "3", "2014-01-01": "4"}


def test_containers():
    assert data_of("a: [1, {b: [2, ~]}]\nc:\n  - d: e\n    f: g\n") == {"a": ["1", {"b": ["2", None]}], "c": [{"d": "e", "f": "g"}]}


@pytest.mark.parametrize("text", ["", "\n\n", "# only a comment\n", "---\n", "~"])
def test_an_empty_file_has_no_data(text):
    assert data_of(text) is None


def test_block_scalars():
    assert data_of("a: |\n  one\n   two\n\nb: >-\n  one\n  two\n") == {"a": "one\n two\n", "b": "one two"}


# ---------------------------------------------------------------- what is refused, and where


@pytest.mark.parametrize(
    ("text", "code", "place"),
    [
        ("a: 1\nb: 2\na: 3\n", "SG104", "3:1"),
        ("a: 1\n'a': 3\n", "SG104", "2:1"),
        ("a:\n  - b: 1\n    b: 2\n", "SG104", "3:5"),
        ("{a: 1, a: 2}", "SG104", "1:8"),
        ("a: &x 1\n", "SG103", "1:4"),
        ("&x a: 1\n", "SG103", "1:1"),
        ("a: 1\nb: *a\n", "SG103", "2:4"),
        ("a: 1\n<<: {b: 2}\n", "SG103", "2:1"),
        ("a: !x 1\n", "SG103", "1:4"),
        ("a: !!python/object/apply:os.system [id]\n", "SG103", "1:4"),
        ("a: !!str 1\n", "SG103", "1:4"),
        ("a: ! 1\n", "SG103", "1:4"),
        ("a: 1\n---\nb: 2\n", "SG103", "2:1"),
        ("? [a]\n: 1\n", "SG103", "1:3"),
        ("%TAG ! tag:x,2000:\n---\na: 1\n", "SG103", "1:1"),
        ("a: 1\n...\n%YAML 1.1\n---\nb: 1\n", "SG103", "3:1"),
        ("a: 1\nb: c: d\n", "SG102", "2:5"),
        ("a: 1\n\tb: 2\n", "SG102", "2:1"),
        ("a: [1, 2\nb: 3\n", "SG102", "2:2"),
        ("a: @x\n", "SG102", "1:4"),
    ],
)
def test_refused(text, code, place):
    assert found(text) == [(code, f"f.yaml:{place}")]


def test_a_duplicate_key_says_where_the_first_is():
    _, problems = parse_yaml("a: 1\nb: 2\na: 3\n", "f.yaml")
    assert problems[0].hint == "the first one is on line 1"


def test_every_duplicate_is_reported_at_once_but_not_more_than_a_hundred():
    assert found("a: 1\na: 2\nb: 1\nb: 2\n") == [("SG104", "f.yaml:2:1"), ("SG104", "f.yaml:4:1")]
    assert len(found("a: 1\n" * 1000)) == 100


@pytest.mark.parametrize("text", ["a: '&x *y !z'\n", "a: x & y * z!\n", "a: 'b: c # d'\n", "a: |\n  &x *y\n  --- !z\n"])
def test_the_same_signs_inside_a_text_are_text(text):
    assert found(text) == []


# ---------------------------------------------------------------- bombs


@pytest.mark.parametrize("opening", ["[", "{", "{a: ", "- ", "? ", "[a: ", "!", "&a ", "---\n", "%TAG !a! x\n"])
def test_a_nesting_bomb_ends_soon(opening):
    text = opening * (1_900_000 // len(opening))
    start = time.process_time()
    codes = {code for code, _ in found(text)}
    assert time.process_time() - start < 1
    assert codes <= {"SG102", "SG103"} and codes


def test_nesting_is_allowed_to_32_levels():
    assert found("[" * 32 + "]" * 32) == []
    assert found("[" * 33 + "]" * 33) == [("SG103", "f.yaml:1:33")]


def test_the_number_of_values_is_limited(monkeypatch):
    assert yamlfile.MAX_NODES == 100_000
    monkeypatch.setattr(yamlfile, "MAX_NODES", 100)
    assert found("[" + "a," * 99 + "]") == []
    assert found("[" + "a," * 100 + "]") == [("SG103", "f.yaml:1:200")]


def test_a_file_of_two_megabytes_is_read_and_one_byte_more_is_not():
    assert read(b"#" * MAX_BYTES) == []
    assert read(b"#" * (MAX_BYTES + 1)) == [("SG101", "f.yaml")]


# ---------------------------------------------------------------- bytes and characters


def test_latin_1_is_refused_with_its_line():
    assert read("a: 1\nb: café\n".encode("latin-1")) == [("SG101", "f.yaml:2")]


def test_utf_16_is_refused():
    assert read("a: 1\n".encode("utf-16")) == [("SG101", "f.yaml:1")]


def test_a_byte_order_mark_and_windows_line_ends_go():
    assert read_text("\ufeffa: |\r\n  x\r\n".encode(), "f.yaml") == ("a: |\n  x\n", [])


@pytest.mark.parametrize(
    "char",
    ["\x00", "\x07", "\x0b", "\x1b", "\x7f", "\x85", "\x9f", "\u00ad", "\u061c", "\u200b", "\u200e", "\u200f", "\u2028", "\u202a", "\u202e", "\u2060",
     "\u2066", "\u2069", "\ufeff", "\ufffd", "\ufffe", "\ufdd0", "\U0001fffe", "\U000e0001", "\U000e0041"],
)  # fmt: skip
def test_a_character_that_nobody_sees_is_refused(char):
    assert read(f"a: 1\nb: xy{char}z\n".encode()) == [("SG105", "f.yaml:2:6")]


def test_a_bare_carriage_return_is_refused():
    assert read(b"a: x\ry\n") == [("SG105", "f.yaml:1:5")]


@pytest.mark.parametrize("word", ["می\u200cخواهم", "क्\u200dष", "x\u200dy"])
def test_a_joiner_between_letters_is_allowed(word):
    assert read(f"a: {word}\n".encode()) == []


@pytest.mark.parametrize("word", ["\u200dx", "x\u200d", "x\u200d y", "1\u200d2", "x\u200c\u200cy"])
def test_a_joiner_elsewhere_is_refused(word):
    assert {code for code, _ in read(f"a: {word}\n".encode())} == {"SG105"}


@pytest.mark.parametrize("char", ["\t", "é", "ә", "ع", "漢", "\u00a0", "\U0001f4c4", "e\u0301"])
def test_what_can_be_seen_is_allowed(char):
    assert read(f"a: x{char}y\n".encode()) == []


@pytest.mark.parametrize("escape", ["\\0", "\\e", "\\x07", "\\u202e", "\\u200b", "\\N", "\\L", "\\uFEFF", "\\U000E0041"])
def test_an_escape_cannot_smuggle_such_a_character_in(escape):
    assert found(f'a: 1\nb: "x{escape}y"\n') == [("SG105", "f.yaml:2:4")]
    assert found(f'"x{escape}y": 1\n') == [("SG105", "f.yaml:1:1")]


@pytest.mark.parametrize("char", ["\0", "\u200b"])
def test_a_file_of_such_characters_is_refused_soon(char):
    start = time.process_time()
    problems = read(char.encode() * (MAX_BYTES // 3))
    assert time.process_time() - start < 1
    assert 1 <= len(problems) <= 100


# ---------------------------------------------------------------- places

PLACED = """\
# a comment
title: Entry bans
quoted: "two words"
list:
  - first
  - 'second'
map: {en: x, ru: y}
body: |

    Prose begins here.
folded: >-
  Other prose.
empty:
"""


def placed() -> Document:
    return parse_yaml(PLACED, "f.yaml")[0]


@pytest.mark.parametrize(
    ("path", "value", "key"),
    [
        (("title",), "2:8", "2:1"),
        (("quoted",), "3:9", "3:1"),
        (("list",), "5:3", "4:1"),
        (("list", 1), "6:5", "6:5"),
        (("map", "ru"), "7:18", "7:14"),
        (("body",), "8:7", "8:1"),
        (("empty",), "13:7", "13:1"),
        (("list", 9), "5:3", "5:3"),
        (("absent",), "2:1", "2:1"),
        ((), "2:1", "2:1"),
    ],
)
def test_the_place_of_a_value_and_its_key(path, value, key):
    assert str(placed().origin(path)) == f"f.yaml:{value}"
    assert str(placed().origin(path, key=True)) == f"f.yaml:{key}"


@pytest.mark.parametrize(
    ("path", "start"),
    [
        (("title",), (2, 8)),
        (("quoted",), (3, 10)),
        (("list", 1), (6, 6)),
        (("body",), (9, 5)),
        (("folded",), (12, 3)),
        (("absent",), (1, 1)),
    ],
)
def test_the_place_where_the_words_begin(path, start):
    assert placed().text_start(path) == start


def test_literal_and_folded_are_told_apart():
    places = placed().values
    assert (places[("body",)].literal, places[("body",)].block) == (True, True)
    assert (places[("folded",)].literal, places[("folded",)].block) == (False, True)
    assert (places[("title",)].literal, places[("title",)].block) == (False, False)


# ---------------------------------------------------------------- any bytes

YAML_LIKE = st.text(st.sampled_from("ab:-?&*!%@`|>[]{},#'\"\\ \n\t0~<=\r\u200b\u0085é"), max_size=200)


@settings(max_examples=200, deadline=None)
@given(st.one_of(st.text(), YAML_LIKE))
def test_any_text_gives_data_or_problems(text):
    start = time.process_time()
    document, problems = parse_yaml(text, "f.yaml")
    assert time.process_time() - start < 1
    assert not problems or document.data is None
    assert all(problem.is_error and problem.origin.line >= 1 for problem in problems)


@settings(max_examples=150, deadline=None)
@given(st.binary())
def test_any_bytes_give_text_or_problems(raw):
    start = time.process_time()
    text, problems = read_text(raw, "f.yaml")
    if not problems:
        parse_yaml(text, "f.yaml")
    assert time.process_time() - start < 1


@settings(max_examples=60, deadline=None)
@given(
    st.recursive(
        st.none() | st.text("ab:#'\"\n é-0", max_size=8), lambda inner: st.lists(inner) | st.dictionaries(st.text("abc", max_size=3), inner)
    )
)
def test_what_yaml_writes_is_read_back(value):
    import yaml

    text = yaml.safe_dump(value, default_style='"', allow_unicode=True).replace("!!null ", "").replace('"null"', "null")
    document, problems = parse_yaml(text, "f.yaml")
    assert problems == []
    assert document.data == value
