"""Our dialect of Markdown: each mark of docs/writing.md, where it stands, and each problem."""

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shadowgen.markdown import Passage, parse_line, parse_prose, words_of
from shadowgen.markdown.syntax import parser
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
    plain_text,
    walk,
)
from shadowgen.writers.markdown import write_prose

FILE = "s.yaml"


def parse(text: str) -> tuple:
    """Parse prose without problems into nodes without places."""
    blocks, problems = parse_prose(Passage(text, FILE))
    assert problems == []
    return bare(blocks)


def bare(value):
    """Return nodes without their places."""
    if isinstance(value, tuple):
        return tuple(map(bare, value))
    if not hasattr(value, "__dataclass_fields__"):
        return value
    return type(value)(**{name: None if name == "origin" else bare(getattr(value, name)) for name in value.__dataclass_fields__})


def words(text: str) -> tuple:
    """Return the nodes of a text that is a single paragraph."""
    (paragraph,) = parse(text)
    assert isinstance(paragraph, Paragraph)
    return paragraph.content


def para(text: str, **more) -> Paragraph:
    return Paragraph((Text(text),), **more)


def items(*texts: str) -> tuple[Item, ...]:
    return tuple(Item((para(text),)) for text in texts)


def problems(text: str) -> list[tuple[str, str]]:
    """Return code and place of every problem of a text that begins at line 10, column 3 of its file."""
    found = parse_prose(Passage(text, FILE, 10, 3))[1]
    return [(problem.rule.code, f"{problem.origin.line}:{problem.origin.column}") for problem in found]


def places(text: str, kind: type) -> list[str]:
    blocks = parse_prose(Passage(text, FILE, 10, 3))[0]
    return [f"{node.origin.line}:{node.origin.column}" for node in walk(blocks) if isinstance(node, kind)]


# ---------------------------------------------------------------- inlines


@pytest.mark.parametrize(
    ("text", "nodes"),
    [
        ("plain\nwords", (Text("plain words"),)),
        ("one  \ntwo\\\nthree", (Text("one"), LineBreak(), Text("two"), LineBreak(), Text("three"))),
        ("*a* **b** *c **d***", (Emphasis((Text("a"),)), Text(" "), Strong((Text("b"),)), Text(" "), Emphasis((Text("c "), Strong((Text("d"),)))))),
        ("[a *b*](https://x.org/y?z=1#q)", (Link((Text("a "), Emphasis((Text("b"),))), "https://x.org/y?z=1#q"),)),
        ("<https://x.org>", (Link((Text("https://x.org"),), "https://x.org"),)),
        ("[a](mailto:a@x.org)", (Link((Text("a"),), "mailto:a@x.org"),)),
        ("{{period}} {{ name_2 }}", (Variable("period"), Text(" "), Variable("name_2"))),
        ("[#id] [#id, paras] [#id, page]", (CrossRef("id"), Text(" "), CrossRef("id", "paras"), Text(" "), CrossRef("id", "page"))),
        ("[#ICCPR 19(3)]", (CrossRef("ICCPR 19(3)"),)),
        ("[a]{committee} [b]{internal} [c]{public}",
         (Confidential((Text("a"),), "committee"), Text(" "), Confidential((Text("b"),), "internal"), Text(" "), Confidential((Text("c"),), "public"))),
        ("[a *b* [@k]]{internal}", (Confidential((Text("a "), Emphasis((Text("b"),)), Text(" "), Cite((CiteItem("k"),))), "internal"),)),
        ("*a [b]{internal}*", (Emphasis((Text("a "), Confidential((Text("b"),), "internal"))),)),
        ("[a [b]{internal} c]{committee}", (Confidential((Text("a "), Confidential((Text("b"),), "internal"), Text(" c")), "committee"),)),
        ("[слово]{.ru} [w]{.kk-Latn}", (Foreign((Text("слово"),), "ru"), Text(" "), Foreign((Text("w"),), "kk-Latn"))),
        ("a^[Note *b* [@k, p. 3].] c", (Text("a"), Annotation((Text("Note "), Emphasis((Text("b"),)), Text(" "),
                                                               Cite((CiteItem("k", "", (("page", "3"),)),)), Text("."))), Text(" c"))),
        ("^[see [#id] and {{v}}]", (Annotation((Text("see "), CrossRef("id"), Text(" and "), Variable("v"))),)),
        ("a [b] c] [d", (Text("a [b] c] [d"),)),
        ("\\[@k] \\*a\\* \\^[b]", (Text("[@k] *a* ^[b]"),)),
        ("&lt;b&gt; &amp; R&D; 5 < 6 > 4", (Text("<b> & R&D; 5 < 6 > 4"),)),
        ("write to a@x.org [a@x.org]", (Text("write to a@x.org [a@x.org]"),)),
        ("wrong![@k]", (Text("wrong!"), Cite((CiteItem("k"),)))),
    ],
)  # fmt: skip
def test_inline(text, nodes):
    assert words(text) == nodes


@pytest.mark.parametrize(
    ("text", "cited"),
    [
        ("[@key]", [CiteItem("key")]),
        ("[@key, para. 14]", [CiteItem("key", "", (("paragraph", "14"),))]),
        ("[@one, art. 174; see also @two, pp. 12-15]",
         [CiteItem("one", "", (("article", "174"),)), CiteItem("two", "see also", (("page", "12-15"),))]),
        ("[see @key, p. 3]", [CiteItem("key", "see", (("page", "3"),))]),
        ("[see, for\nexample, @key,\nart. 7,\npara. 12]", [CiteItem("key", "see, for example,", (("article", "7"), ("paragraph", "12")))]),
        ("[@key, paras. 12, 14 and 16]", [CiteItem("key", "", (("paragraph", "12, 14 and 16"),))]),
        ("[@key, para. 3 (a), (b)]", [CiteItem("key", "", (("paragraph", "3 (a), (b)"),))]),
        ("[@key, Art. 7]", [CiteItem("key", "", (("article", "7"),))]),
        ("[@a;@b ; @c]", [CiteItem("a"), CiteItem("b"), CiteItem("c")]),
    ],
)  # fmt: skip
def test_citation(text, cited):
    assert words(text) == (Cite(tuple(cited)),)


@pytest.mark.parametrize(
    ("label", "kind"),
    [("para.", "paragraph"), ("paras.", "paragraph"), ("p.", "page"), ("pp.", "page"), ("art.", "article"), ("arts.", "article"), ("sect.", "section"),
     ("chap.", "chapter"), ("note", "note"), ("annex", "annex"), ("table", "table"), ("part", "part"), ("box", "box")],
)  # fmt: skip
def test_locator(label, kind):
    assert words(f"[@k, {label} 2]") == (Cite((CiteItem("k", "", ((kind, "2"),)),)),)


def test_a_locator_of_no_known_kind_stands_alone():
    blocks, found = parse_prose(Passage("[@k, p. 3, first column, § 5]", FILE))
    assert bare(blocks)[0].content[0].items[0].locators == (("page", "3"), ("", "first column"), ("", "§ 5"))
    assert [problem.message for problem in found] == ["'first column' is printed as it stands", "'§ 5' is printed as it stands"]


def test_a_prefix_may_be_long():
    prefix = "see, for a discussion of the same matter that is far longer than it would need to be,"
    assert words(f"[{prefix} @k]") == (Cite((CiteItem("k", prefix),)),)


def test_a_bracketed_line_with_a_colon_is_text():
    assert words("[Note]: refused") == (Text("[Note]: refused"),)


# ---------------------------------------------------------------- blocks


def test_paragraphs_and_their_anchors():
    assert parse("one\n\ntwo {#two}\n\nthree\n{#three}") == (para("one"), para("two", anchor="two"), para("three", anchor="three"))


def test_headings():
    assert parse("## A *b* {#a}\n\n### C") == (Heading(2, (Text("A "), Emphasis((Text("b"),))), "a"), Heading(3, (Text("C"),)))


@pytest.mark.parametrize(
    ("text", "style", "start"),
    [("- x\n- y", "bullet", 1), ("1. x\n2. y", "decimal", 1), ("1) x\n2) y", "paren", 1), ("a) x\nb) y", "alpha", 1), ("i) x\nii) y", "roman", 1),
     ("3. x\n4. y", "decimal", 3), ("12) x\n13) y", "paren", 12), ("c) x\nd) y", "alpha", 3), ("iv) x\nv) y", "roman", 4), ("h) x\ni) y", "alpha", 8)],
)  # fmt: skip
def test_list(text, style, start):
    assert parse(text) == (List(style, items("x", "y"), start),)


def test_ten_roman_items_and_nine_letters():
    numerals = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi"]
    assert parse("\n".join(f"{one}) x" for one in numerals)) == (List("roman", items(*"x" * 11)),)
    assert parse("\n".join(f"{one}) x" for one in "abcdefghijklm")) == (List("alpha", items(*"x" * 13)),)


def test_letters_are_doubled_after_z_and_roman_numerals_go_on():
    letters = [*"abcdefghijklmnopqrstuvwxyz", "aa", "bb"]
    assert parse("\n".join(f"{one}) x" for one in letters)) == (List("alpha", items(*"x" * 28)),)
    assert parse("aa) x") == (para("aa) x"),)
    assert parse("xxxix) x\nxl) y\nxli) z") == (List("roman", items("x", "y", "z"), 39),)
    assert parse("civil) x") == (para("civil) x"),)


def test_marks_nested_too_deep_are_refused():
    _, problems = parse_prose(Passage("fine\n\n" + "*" * 400 + "a" + "*" * 400, FILE))
    assert [(problem.rule.name, problem.origin.line) for problem in problems] == [("unsupported-prose", 3)]


def test_nested_lists():
    inner = List("roman", items("q", "r"))
    assert parse("a) x\nb) y\n\n   i) q\n   ii) r\n\nc) z") == (List("alpha", (*items("x"), Item((para("y"), inner)), *items("z"))),)
    deepest = Item((para("y"), List("bullet", items("z"))))
    assert parse("1) x\n   a) y\n      - z") == (List("paren", (Item((para("x"), List("alpha", (deepest,)))),)),)


def test_a_letter_at_the_start_of_a_wrapped_line_stays_a_letter():
    assert words("under points b) and\nc) of article 14\nv) and x) too") == (Text("under points b) and c) of article 14 v) and x) too"),)
    assert parse("- under\n  b) of it\n- y") == (List("bullet", items("under b) of it", "y")),)


def test_a_letter_in_the_head_of_a_table_stays_a_letter():
    rows = ((Cell((Text("1"),)), Cell((Text("2"),))),)
    assert parse("b) x | y\n---|---\n1 | 2") == (Table((), (Cell((Text("b) x"),)), Cell((Text("y"),))), rows),)


def test_quotation_with_attribution():
    cite = Cite((CiteItem("k"),))
    assert parse("> words\n> more\n>\n> -- The Minister [@k]") == (Quote((para("words more"),), (Text("The Minister "), cite)),)
    assert parse("> words\n>\n> — A") == (Quote((para("words"),), (Text("A"),)),)
    assert parse("> words\n>\n> -- [@k]") == (Quote((para("words"),), (cite,)),)
    assert parse("> a -- b") == (Quote((para("a -- b"),)),)


TABLE = "| a | b |\n|:--|--:|\n| x [@k] | **y** |\n|  | \\| |"


def test_table():
    head = (Cell((Text("a"),), "left"), Cell((Text("b"),), "right"))
    rows = (
        (Cell((Text("x "), Cite((CiteItem("k"),))), "left"), Cell((Strong((Text("y"),)),), "right")),
        (Cell((), "left"), Cell((Text("|"),), "right")),
    )
    assert parse(TABLE) == (Table((), head, rows),)
    caption = (Text("Deaths "), Cite((CiteItem("s"),)))
    assert parse("Table: Deaths [@s] {#deaths}\n\n" + TABLE) == (Table(caption, head, rows, "deaths"),)
    assert parse("Table: Deaths [@s]\n" + TABLE) == (Table(caption, head, rows),)
    assert parse("- Table: Deaths [@s]\n\n" + TABLE.replace("|", "  |", 1).replace("\n", "\n  ")) == (
        List("bullet", (Item((Table(caption, head, rows),)),)),
    )


def test_a_quoted_table():
    assert isinstance(parse("> | a | b |\n> |---|---|\n> | c | d |")[0].blocks[0], Table)


def test_figure():
    assert parse('![a map](maps/kz.png "Prisons [@k]") {#map}') == (
        Figure("maps/kz.png", "a map", (Text("Prisons "), Cite((CiteItem("k"),))), "map"),
    )
    assert parse("![a\nmap](карта.png)") == (Figure("карта.png", "a map", ()),)


def test_box():
    text = "before\n::: case A *complaint* [@k] {#c1}\nOne.\n\n- x\n:::\nafter"
    title = (Text("A "), Emphasis((Text("complaint"),)), Text(" "), Cite((CiteItem("k"),)))
    assert parse(text) == (para("before"), Box("case", title, (para("One."), List("bullet", items("x"))), "c1"), para("after"))


def test_one_line():
    line, found = parse_line(Passage("Title *a* [b]{internal}", FILE, 4, 8, single_line=True))
    assert (bare(line), found) == ((Text("Title "), Emphasis((Text("a"),)), Text(" "), Confidential((Text("b"),), "internal")), [])
    assert words_of(line) == "Title a b"
    assert parse_line(Passage("", FILE)) == ((), [])


# ---------------------------------------------------------------- places


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a [@k] b [@k]\nc [@k]; d\n  [@k]", ["10:6", "10:13", "11:6", "12:6"]),
        ("a [@kk] b [@k]", ["10:6", "10:14"]),
        ("a@b.org [@k]", ["10:12"]),
        ("a [@k,\np. 3; see\nalso @l] [@m]", ["10:6", "12:8", "12:13"]),
        ("- a [@k]\n- b\n  [@k]\n\n  1) [@k]", ["10:8", "12:6", "14:9"]),
        ("a) a [@k]\n   b [@k]", ["10:9", "11:9"]),
        ("> a [@k]\n> b [@k]\n>\n> -- c [@k]", ["10:8", "11:8", "13:11"]),
        ("> - a\n>   b [@k]", ["11:10"]),
        ("| [@k] | [@k] |\n|---|---|\n| a | b [@k] |\n| a | [@k] [@k] |", ["10:6", "10:13", "12:12", "13:10", "13:15"]),
        ("Table: a [@k]\n\n| a |\n|---|\n| [@k] |", ["10:13", "14:6"]),
        ("a^[b [@k] c\n[@k]] d^[[@k]]", ["10:9", "11:4", "11:13"]),
        ("::: case A [@k]\nb [@k]\n\n> c [@k]\n:::", ["10:15", "11:6", "13:8"]),
        ("## a [@k]\n\n*b [@k]* **c [@k]** [d [@k]]{internal}", ["10:9", "12:7", "12:17", "12:27"]),
        ('![a](b.png "c [@k]")', ["10:18"]),
        ("\n\na [@k]", ["12:6"]),
    ],
)
def test_the_place_of_a_citation(text, found):
    assert places(text, CiteItem) == found


@pytest.mark.parametrize(
    ("text", "kind", "found"),
    [
        ("a {{v}} {{v}}\n{{w}}", Variable, ["10:5", "10:11", "11:3"]),
        ("a [#i] [#i]\n> [#i]", CrossRef, ["10:6", "10:11", "11:6"]),
        ("a^[b] ^[c]\n- d^[e]", Annotation, ["10:4", "10:9", "11:6"]),
        ("a [b]{internal} [c]{internal}", Confidential, ["10:5", "10:19"]),
        ("a\n\n- b\n\n  c", Paragraph, ["10:3", "12:3", "14:3"]),
        ("a\n\n| b |\n|---|", Table, ["12:3"]),
        ("a\n\n## b", Heading, ["12:3"]),
    ],
)
def test_the_place_of_a_mark(text, kind, found):
    assert places(text, kind) == found


def test_a_text_on_one_line_of_the_file_keeps_its_line():
    line, _ = parse_line(Passage("a [@k] [@k]", FILE, 7, 11, single_line=True))
    assert [str(node.origin) for node in walk(line) if isinstance(node, CiteItem)] == ["s.yaml:7:14", "s.yaml:7:19"]


# ---------------------------------------------------------------- problems


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a [@]", [("SG301", "10:6")]),
        ("a\nb [@k; @L]", [("SG301", "11:10")]),
        ("[@k;]", [("SG301", "10:7")]),
        ("[@k,]", [("SG301", "10:4")]),
        ("[@ключ]", [("SG301", "10:4")]),
        ("[@k, p. 3 @l]", [("SG301", "10:4")]),
        ("[@k, p. 3 [x]{internal}]", [("SG301", "10:4")]),
        ("a [@k\n\nb]", [("SG302", "10:5")]),
        ("a\nb ^[c", [("SG302", "11:5")]),
        ("a [see @k \\]", [("SG302", "10:5")]),
        ("a\n::: case T\nb", [("SG302", "11:3")]),
        ("a\n:::\nb", [("SG302", "11:3")]),
        ("a [b]{internl}", [("SG302", "10:8")]),
        ("a [b]{}", [("SG302", "10:8")]),
        ("a [b] {internal}", [("SG302", "10:9")]),
        ("a [b\n\nc]{internal}", [("SG302", "12:5")]),
        ("a [b]{internal", [("SG302", "10:8")]),
        ("[a]{internal} [b] {committee}", [("SG302", "10:21")]),
        ("[@k]{internal}", [("SG302", "10:7")]),
        ("[#k]{committee}", [("SG302", "10:7")]),
        ("a {#Bad} b", [("SG302", "10:5")]),
        ("{{ok}} {{Bad}}", [("SG302", "10:10")]),
        ("a [b [@k]](https://x.org)", [("SG302", "10:12")]),
        ("a <b>c</b>\n<!-- d -->", [("SG304", "10:5"), ("SG304", "10:9"), ("SG304", "11:3")]),
        ("- a\n- b <br/>", [("SG304", "11:7")]),
        ("[@k, foo 3]", [("SG306", "10:4")]),
        ("a\n\n![](b.png)", [("SG308", "12:3")]),
        ("| a | b |\n|---|---|\n| c |\n| d | e | f |\n| g | |\n| h | i |", [("SG309", "12:3"), ("SG309", "13:3")]),
        ("> | a | b |\n> |---|---|\n> | c |", [("SG309", "12:5")]),
        ("a `b`", [("SG310", "10:5")]),
        ("a ![b](c.png)", [("SG310", "10:5")]),
        ("![a [b]{internal}](c.png)", [("SG310", "10:3")]),
        ("a\n\n```\nb\n```", [("SG310", "12:3")]),
        ("a\n\n    b", [("SG310", "12:3")]),
        ("a\n\n***", [("SG310", "12:3")]),
        ("::: boxx T\na\n:::", [("SG310", "10:3")]),
        ("[a](b.html)", [("SG310", "10:6")]),
        ("[a](//host/share)", [("SG310", "10:6")]),
        ("[a](file:///x) [b](javascript:x)", [("SG310", "10:6"), ("SG310", "10:21")]),
        ("[a](https://user:word@x.org/)", [("SG310", "10:6")]),
        ("a ^[b ^[c]]", [("SG311", "10:9")]),
        ("a ^[*b ^[c]*]", [("SG311", "10:10")]),
    ],
)
def test_problem(text, found):
    assert problems(text) == found


def test_what_is_nested_too_deep_is_reported_not_dropped_in_silence():
    assert ("SG310", "10:3") in problems("> " * 25 + "a")
    assert problems("> " * 10 + "a") == []


@pytest.mark.parametrize("mark", ["[w]{intrnal}", "[w]{Internal}", "[w]{}", "[w]{ public }"])
def test_an_unknown_level_is_the_strictest(mark):
    blocks, _ = parse_prose(Passage(mark, FILE))
    assert bare(blocks)[0].content == (Confidential((Text("w"),), "internal"),)


# ---------------------------------------------------------------- any text

MARKS = st.lists(
    st.sampled_from(["[", "]", "^[", "[@", "@k", "; ", ", p. 3", "]{internal}", "{", "}", "{{v}}", "[#i]", "*", "**", "> ", "- ", "1. ", "a) ", "i) ", "\n", "\n\n",
                     "    ", "|", "|---|---|\n", "Table: ", "::: case T\n", ":::\n", "![", "](x.png)", "(", ")", "`", "```\n", "## ", "{#a}", "\\", "<b>", "&amp;", "w", "ж",
                     "-- ", "---\n", "\t", '"']),
    max_size=60,
).map("".join)  # fmt: skip


@settings(max_examples=250, deadline=None)
@given(st.one_of(st.text(), MARKS))
def test_any_text_gives_nodes_and_problems(text):
    blocks, found = parse_prose(Passage(text, FILE, 5, 3))
    last = 5 + text.count("\n") + text.count("\r")
    assert all(5 <= problem.origin.line <= last and problem.origin.column >= 3 for problem in found)
    assert all(5 <= node.origin.line <= last for node in walk(blocks) if getattr(node, "origin", None))
    parse_line(Passage(text, FILE, single_line=True))


@settings(max_examples=100, deadline=None)
@given(MARKS)
def test_confidential_words_stay_confidential_or_are_reported(text):
    blocks, found = parse_prose(Passage(text.replace("\n\n", " ") + " [secret]{internal}", FILE))
    hidden = {inner for node in walk(blocks) if isinstance(node, Confidential) for inner in walk(node.children)}
    shown = [node for node in walk(blocks) if isinstance(node, Text) and "secret" in node.text and node not in hidden]
    assert not shown or found


@pytest.mark.parametrize(
    "piece", ["[", "^[", "[@a ", "![", "[x](", "]", "*a ", "<a ", "`", "> ", "{{", "[a]{internal}", "a) x\n", "|", "[@a; ", "::: case x\n"]
)
def test_no_text_takes_long(piece):
    start = time.process_time()
    parse_prose(Passage(piece * 3000, FILE))
    assert time.process_time() - start < 2


@pytest.mark.parametrize(
    "text",
    [
        "Plain words\nover two lines.\n\nMore words.", "Words\n=====", "Words\n---", "Words\n***", "Words\n# Heading", "Words\n## Heading",
        "Words\n> quoted", "> quoted\nlazily", "Words\n- item", "- item\nlazily\n\n  second", "Words\n1) item", "Words\n1. item",
        "Words\n2013 was a year", "2013. item", "2013) item", "12\nwords", "Words\n    indented", "    code", "\tcode", "Words\n\tindented",
        "Words\n```\ncode\n```", "Words\n~~~\ncode\n~~~", "Words\n::: case Title\ninside\n:::", "::: case Title\ninside\n:::\nafter",
        "a | b\n--- | ---\n1 | 2", "a\n:--\n1", "| a |\n|---|\n| 1 |", "Words  \nbroken", "Words\\\nbroken", "a) one\nb) two", "Words\nb) two",
        "[x]: https://example.org", "[words](https://example.org)\n[more]{internal}", "*Words*\n_more_", "+ item", "<b>x</b>", "“Words”\n\u00a0",
        "\u00a0Words\u00a0", "  Words\n   more  \n", "Words {#anchor}\n\n^[A note.]", "1\n2)\n3", "Words\n+", "Words\n1)", "Words\n:::",
    ],
)  # fmt: skip
def test_plain_prose_is_read_as_every_rule_would_read_it(text: str) -> None:
    quick = parse_prose(Passage(text, "a.yaml"))
    with parser().reset_rules():
        parser().disable("plain")
        assert quick == parse_prose(Passage(text, "a.yaml"))


@pytest.mark.parametrize(
    "text", ["Plain words", "Words, 2013 — “quoted” (so)", " edges ", "a - b", "# no heading", "1. no item", "it's + = | :"]
)
def test_a_line_without_special_characters_is_read_as_the_parser_would_read_it(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    quick = parse_line(Passage(text, "a.yaml"))
    monkeypatch.setattr("shadowgen.markdown.blocks.SPECIAL", re.compile(""))
    assert quick == parse_line(Passage(text, "a.yaml"))


def test_a_line_after_a_forced_break_begins_nothing_new() -> None:
    blocks = (Paragraph((Text("one"), LineBreak(), Text("# two"), LineBreak(), Text("- three"), LineBreak(), Text("4. four"))),)
    again, problems = parse_prose(Passage(write_prose(blocks), "x"))
    assert problems == []
    assert [type(block) for block in again] == [Paragraph]
    assert plain_text(again) == plain_text(blocks)
