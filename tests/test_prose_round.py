"""Nodes -> prose -> nodes is the identity, also for words that look like the marks of our dialect."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shadowgen.markdown import Passage, parse_line, parse_prose
from shadowgen.nodes import (
    Annotation,
    Box,
    Cell,
    Cite,
    CiteItem,
    Confidential,
    CrossRef,
    Emphasis,
    Figure,
    Foreign,
    Heading,
    Inlines,
    Item,
    LineBreak,
    Link,
    List,
    Paragraph,
    Quote,
    Strong,
    Table,
    Text,
    Variable,
)
from shadowgen.writers.markdown import write_prose


def bare(value: Any) -> Any:
    """Return nodes without their places."""
    if isinstance(value, tuple):
        return tuple(map(bare, value))
    if not hasattr(value, "__dataclass_fields__"):
        return value
    return type(value)(**{name: None if name == "origin" else bare(getattr(value, name)) for name in value.__dataclass_fields__})


def back(blocks: tuple[Any, ...]) -> Any:
    """Return what the prose of blocks is read as."""
    again, problems = parse_prose(Passage(write_prose(blocks), "s.yaml"))
    assert problems == [], write_prose(blocks)
    return bare(again)


PLAIN = [
    "{{name}}", "{{", "}}", "{{{x}}}", "](", "[a](b)", "[words](http://x.org)", "{internal", "[w]{internal}", "[w] { public }", "{committee}", "{#anchor}",
    "{#", "^[note]", "[@key]", "[#id]", "\\", "\\{", "\\\\[", "`code`", "*", "**", "_", "___", "<b>", "<!--", "&amp;", "&", "!", "![a](b.png)", "#", "##", ">",
    "-", "--", "---", "+", "1.", "2)", "a)", "ii)", "(a)", "=", "===", "|", "a|b", "|---|", ":--", "Table:", "Wide table:", ":::", "::: case", "~~~", "—", "–",
    "{.ru}", "]{.ru}", "https://x.org", "a@b.org", "^", "[^1]", "[x]: y", "$", "€5", "слово", "c#", "#c",
]  # fmt: skip


@pytest.mark.parametrize("words", PLAIN)
def test_a_mark_can_be_said_as_plain_words(words: str) -> None:
    for text in (words, f"{words} after", f"before {words}", f"({words})", words * 2):
        assert back((Paragraph((Text(text),)),)) == (Paragraph((Text(text),)),)


@pytest.mark.parametrize(
    ("prose", "words"),
    [
        (r"\{{name}}", "{{name}}"),
        (r"{\{name}}", "{{name}}"),
        (r"[w]\{internal}", "[w]{internal}"),
        (r"\[w\]\{internal}", "[w]{internal}"),
        (r"\[a\](b)", "[a](b)"),
        (r"\[a]\(b)", "[a](b)"),
        (r"end \{#anchor}", "end {#anchor}"),
    ],
)
def test_a_backslash_makes_a_mark_plain_words(prose: str, words: str) -> None:
    blocks, problems = parse_prose(Passage(prose, "s.yaml"))
    assert (bare(blocks), problems) == ((Paragraph((Text(words),)),), [])
    line, problems = parse_line(Passage(prose, "s.yaml"))
    assert (line, problems) == ((Text(words),), [])


def test_a_plain_backslash_before_an_anchor_hides_nothing() -> None:
    (paragraph,) = bare(parse_prose(Passage("words \\\\{#here}", "s.yaml"))[0])
    assert paragraph == Paragraph((Text("words \\"),), anchor="here")


@pytest.mark.parametrize("prose", ["{{Bad}", r"\\{{Bad}}", "[w] {internal}", r"[w] \\{internal}", "x](y", "&#123;{x"])
def test_a_mark_without_its_backslash_is_still_told(prose: str) -> None:
    assert [problem.rule.code for problem in parse_prose(Passage(prose, "s.yaml"))[1]] == ["SG302"]


def test_a_dash_or_a_caption_with_a_backslash_is_no_mark() -> None:
    said = Quote((Paragraph((Text("words"),)), Paragraph((Text("-- nobody"),))))
    assert bare(parse_prose(Passage("> words\n>\n> \\-- nobody", "s.yaml"))[0]) == (said,)
    table = Table((), (Cell((Text("a"),)),), ((Cell((Text("b"),)),),))
    assert back((Paragraph((Text("Table: of what"),)), table)) == (Paragraph((Text("Table: of what"),)), table)


def test_a_line_break_in_a_line_becomes_a_blank() -> None:
    broken = (Text("one"), LineBreak(), Text("two"))
    table = Table(broken, (Cell(broken),), ((Cell(broken),),))
    joined = Cell((Text("one two"),))
    assert write_prose((Heading(2, (Link(broken, "https://x.org"),)),)) == "## [one two](https://x.org)\n"
    assert back((table, Heading(2, broken))) == (Table((Text("one two"),), (joined,), ((joined,),)), Heading(2, (Text("one two"),)))


# ---------------------------------------------------------------- any tree that a person can write

WORD = st.one_of(st.sampled_from(PLAIN), st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S")), min_size=1, max_size=6))
TEXT = st.lists(WORD, min_size=1, max_size=4).map(lambda words: Text(" ".join(words)))
PLAIN_LINE = TEXT.map(lambda text: (text,))
SAFE = st.sampled_from(["word", "two words", "{{x}}", "a](b", "5 * 3"]).map(lambda words: (Text(words),))
KEY = st.sampled_from(["key", "law-2014", "a1"])
CITE = st.builds(lambda key, page: Cite((CiteItem(key, "", (("page", page),) if page else ()),)), KEY, st.sampled_from(["", "3", "12-15"]))
MARK = st.one_of(
    SAFE.map(Emphasis),
    SAFE.map(Strong),
    SAFE.map(lambda words: Link(words, "https://example.org/a?b=1")),
    SAFE.map(lambda words: Foreign(words, "ru")),
    SAFE.map(lambda words: Confidential(words, "committee")),
    st.one_of(SAFE, CITE.map(lambda cite: (cite,))).map(Annotation),
    CITE,
    st.sampled_from([CrossRef("id"), CrossRef("id", "paras"), Variable("name")]),
)


def joined(first: Text, pairs: list[tuple[Any, Text]]) -> Inlines:
    out: list[Any] = [first]
    for mark, text in pairs:
        out[-1] = Text(out[-1].text + " ")
        out += [mark, Text(f" {text.text}")]
    return tuple(out)


LINE = st.builds(joined, TEXT, st.lists(st.tuples(MARK, TEXT), max_size=3))
PARAGRAPH = st.builds(lambda words, anchor: Paragraph(words, anchor=anchor), LINE, st.sampled_from(["", "", "here"]))
BROKEN = st.builds(lambda one, two: Paragraph((*one, LineBreak(), *two)), LINE, LINE)
WORDS = st.one_of(PARAGRAPH, BROKEN)


@st.composite
def tables(draw: st.DrawFn) -> Table:
    width = draw(st.integers(1, 3))
    cell = LINE.map(Cell)
    rows = [tuple(draw(cell) for _ in range(width)) for _ in range(draw(st.integers(1, 3)))]
    return Table(draw(st.one_of(st.just(()), PLAIN_LINE)), rows[0], tuple(rows[1:]))


LISTS = st.builds(
    lambda style, items: List(style, tuple(Item((one,)) for one in items)),
    st.sampled_from(["bullet", "decimal", "paren", "alpha", "roman"]),
    st.lists(WORDS, min_size=1, max_size=3),
)
QUOTES = st.builds(
    lambda blocks, said: Quote(tuple(blocks), said), st.lists(WORDS, min_size=1, max_size=2), st.one_of(st.just(()), PLAIN_LINE)
)
BOXES = st.builds(lambda title, blocks: Box("case", title, tuple(blocks)), PLAIN_LINE, st.lists(WORDS, min_size=1, max_size=2))
FIGURES = st.builds(lambda alt, caption: Figure("a.png", alt.text, caption), TEXT, st.one_of(st.just(()), PLAIN_LINE))
HEADINGS = st.builds(lambda level, words: Heading(level, words), st.integers(1, 4), LINE)
TREES = st.lists(st.one_of(WORDS, HEADINGS, tables(), LISTS, QUOTES, BOXES, FIGURES), min_size=1, max_size=3)


@settings(max_examples=300, deadline=None)
@given(TREES)
def test_any_tree_comes_back(blocks: list[Any]) -> None:
    apart = tuple(one for block in blocks for one in (block, Paragraph((Text("between"),))))
    assert back(apart) == apart
