"""What each file may say: docs/writing.md as tests, and where a problem points."""

import datetime as dt
import json
import re
from pathlib import Path

import pytest

from shadowgen.model import SCHEMAS, json_schema
from shadowgen.validation import validate
from shadowgen.yamlfile import parse_yaml

SECTION = "title: T\nbody: |\n  Prose.\n"
PLAN = "title: T\ntemplate: shadow-report\nlanguages: [en]\ncountry: Kazakhstan\ndate: 2016-05-30\nsections: [articles/*]\n"


def check(kind: str, text: str) -> tuple[object, list[tuple[str, str, str]]]:
    """Validate a text; return the model, and place, code and message of every problem."""
    document, problems = parse_yaml(text, "f")
    assert problems == []
    model, problems = validate(kind, document)
    return model, [(f"{problem.origin.line}:{problem.origin.column}", problem.rule.code, problem.message) for problem in problems]


def valid(kind: str, text: str):
    model, problems = check(kind, text)
    assert problems == []
    return model


def wrong(kind: str, text: str) -> list[tuple[str, str, str]]:
    model, problems = check(kind, text)
    assert model is None
    return problems


# ---------------------------------------------------------------- sections


def test_the_section_of_the_documentation():
    block = re.search(
        r"## A section\n\n```yaml\n(.*?)```", Path(__file__).parent.parent.joinpath("docs/writing.md").read_text("utf-8"), re.S
    )[1]
    model = valid("section", block)
    assert model.articles == ["ICCPR 19(3)", "ICCPR 25(a)"]
    assert (model.status, model.audience, model.priority, model.order, model.grade) == ("final", "public", 2, 10, "C")
    assert model.verified == dt.date(2016, 4, 30)
    assert model.responds_to[0].paragraphs == ["freedom-of-expression"]


def test_what_a_section_is_without_being_told():
    model = valid("section", SECTION)
    assert (model.status, model.audience, model.language, model.priority, model.order) == ("draft", None, "en", 3, 100)
    assert (model.articles, model.asks, model.verified, model.grade) == ([], [], None, None)


def test_an_empty_optional_field_is_absent():
    model = valid("section", SECTION + "audience:\nverified: ~\ngrade: null\n")
    assert (model.audience, model.verified, model.grade) == (None, None, None)


@pytest.mark.parametrize(
    ("line", "place", "code", "message"),
    [
        ("audience: Public", "4:11", "SG112", "'audience': expected 'public', 'committee' or 'internal'"),
        ("audience: \u0440ublic", "4:11", "SG112", "'audience': expected 'public', 'committee' or 'internal'"),
        ("audience: 'public '", "4:11", "SG112", "'audience': expected 'public', 'committee' or 'internal'"),
        ("status: finished", "4:9", "SG112", "'status': expected 'draft', 'review' or 'final'"),
        ("priority: 0", "4:11", "SG112", "'priority': the number must be at least 1"),
        ("priority: 6", "4:11", "SG112", "'priority': the number must be at most 5"),
        ("priority: no", "4:11", "SG112", "'priority': a whole number is expected here"),
        ("order: 1:30", "4:8", "SG112", "'order': a whole number is expected here"),
        ("articles: ICCPR 19", "4:11", "SG112", "'articles': a list is expected here"),
        ("themes:", "4:8", "SG112", "'themes': a list is expected here"),
        ("asks: [one, '']", "4:13", "SG112", "'asks', item 2: the text is empty"),
        ("asks: [{a: b}]", "4:8", "SG112", "'asks', item 1: a text is expected here"),
        ("grade: F", "4:8", "SG112", "'grade': expected 'A', 'B', 'B1', 'B2', 'C', 'C1', 'C2', 'D', 'D1', 'D2' or 'E'"),
        ("language: english", "4:11", "SG112", "'language': a language is a code such as en, ru, fr or kk-Latn"),
        (
            "responds_to: [{document: CCPR/C}]",
            "4:26",
            "SG112",
            "item 1, 'document': an id has lower-case Latin letters, digits and single hyphens",
        ),
        ("titel: x", "4:1", "SG110", "unknown field 'titel'"),
        ("responds_to: [{document: a, paragraph: x}]", "4:29", "SG110", "unknown field 'paragraph'"),
    ],
)
def test_a_wrong_line_of_a_section(line, place, code, message):
    assert wrong("section", SECTION + line + "\n") == [(place, code, message)]


@pytest.mark.parametrize(
    "date",
    ["2014-02-31", "20160430", "86400", "1451606400000", "2016-04-30T00:00:00", "2016-4-3", "30.04.2016", "no", "2016", "2016-04-30Z"],
)
def test_a_date_that_is_none(date):
    assert wrong("section", SECTION + f"verified: {date}\n") == [("4:11", "SG112", "'verified': no such date")]


def test_every_problem_of_a_file_is_reported_at_once():
    codes = [code for _, code, _ in wrong("section", "titel: x\nstatus: y\nthemes: z\n")]
    assert sorted(codes) == ["SG110", "SG111", "SG111", "SG112", "SG112"]


@pytest.mark.parametrize("text", ["- a\n", "words\n"])
def test_a_file_that_is_no_mapping(text):
    assert wrong("section", text) == [("1:1", "SG112", "a mapping is expected here")]


def test_an_empty_file_lacks_its_fields():
    assert wrong("section", "") == [("1:1", "SG111", "the field 'title' is missing"), ("1:1", "SG111", "the field 'body' is missing")]


def test_a_title_has_one_line():
    assert wrong("section", "title: |\n  a\n  b\nbody: x\n") == [("1:8", "SG112", "'title': one line of text is expected, not several")]


def test_the_hint_names_the_nearest_field():
    document, _ = parse_yaml(SECTION + "artciles: []\n", "f")
    assert validate("section", document)[1][0].hint == "did you mean 'articles'?"


@pytest.mark.parametrize("line", ["status: final", "articles: [ICCPR 2]", "audience: public", "priority: 1"])
def test_a_translation_has_only_words(line):
    field = line.split(":")[0]
    assert wrong("translation", SECTION + line + "\n") == [("4:1", "SG110", f"unknown field '{field}'")]


def test_a_translation():
    model = valid("translation", "title: Т\nbody: |\n  Т.\nasks_lead: А\nasks: [б]\ntranslated: 2016-06-01\n")
    assert (model.asks_lead, model.asks, model.translated) == ("А", ["б"], dt.date(2016, 6, 1))


# ---------------------------------------------------------------- sources: the table of docs/writing.md

TYPES = {
    "treaty": ("title", "date in_force series symbol"),
    "legislation": ("title date", "number amended registry jurisdiction publisher"),
    "un-document": ("symbol", "title author date"),
    "general-comment": ("number date", "treaty_body title symbol"),
    "views": ("title symbol", "communication date"),
    "upr-recommendation": ("symbol paragraph", "title date"),
    "judgment": ("court date", "title number place"),
    "ngo-report": ("author title date", "surname place publisher"),
    "official-report": ("author title date", "surname number publisher"),
    "statistics": ("author title date", "period method"),
    "letter": ("author date", "title recipient number holder"),
    "news": ("title outlet", "surname author date"),
    "web-page": ("title publisher", "surname author date"),
    "press-release": ("author title", "date"),
    "book": ("author title date", "surname place publisher"),
    "article": ("author title journal date", "surname volume issue pages"),
    "interview": ("person date", "role place"),
    "confidential-interview": ("code date description", "place holder"),
    "case-file": ("title holder", "code date"),
}
COMMON = {
    "url": "https://x.org",
    "archived": "https://x.org",
    "accessed": "2015-01-02",
    "language": "ru",
    "short": "S",
    "audience": "public",
}


def entry(type: str, names: list[str], **more: str) -> str:
    fields = {name: "2014-07" if name in ("date", "amended", "in_force") else "words" for name in names} | more
    return "\n  ".join([f"k:\n  type: {type}", *(f"{name}: {value}" for name, value in fields.items())]) + "\n"


def test_the_table_of_the_documentation_is_this_one():
    text = Path(__file__).parent.parent.joinpath("docs/writing.md").read_text("utf-8")
    rows = re.findall(r"^\| `([a-z-]+)` \| ([a-z, ]+) \| (.*) \|$", text, re.M)
    names = lambda cell: " ".join(re.findall(r"[a-z_]+", re.sub(r"\(.*?\)|;.*", "", cell)))  # noqa: E731
    assert {type: (names(needed), names(also)) for type, needed, also in rows} == TYPES


@pytest.mark.parametrize(("type", "needed", "also"), [(type, *fields) for type, fields in TYPES.items()])
def test_a_source_type(type, needed, also):
    valid("sources", entry(type, needed.split()))
    valid("sources", entry(type, [*needed.split(), *also.split()], **COMMON))
    for name in needed.split():
        rest = [one for one in needed.split() if one != name]
        assert wrong("sources", entry(type, rest)) == [("1:1", "SG111", f"the field '{name}' is missing in 'k'")]
    assert [code for _, code, _ in wrong("sources", entry(type, needed.split(), colour="red"))] == ["SG110"]


@pytest.mark.parametrize(
    ("text", "place", "code", "message"),
    [
        ("k: {title: T}", "1:1", "SG111", "the field 'type' is missing in 'k'"),
        ("k: {type: newz, title: T}", "1:11", "SG112", "'k': unknown type 'newz'"),
        ("k: words", "1:4", "SG112", "'k': a mapping is expected here"),
        (
            "Bad Key: {type: news, title: T, outlet: O}",
            "1:1",
            "SG112",
            "'Bad Key': an id has lower-case Latin letters, digits and single hyphens",
        ),
        ("k: {type: news, title: T, outlet: O, date: 2014-13}", "1:44", "SG112", "'k', 'date': no such date"),
        (
            "k: {type: news, title: T, outlet: O, date: \u0662\u0660\u0661\u0664}",
            "1:44",
            "SG112",
            "'k', 'date': a date has the form 2014, 2014-07 or 2014-07-03",
        ),
        (
            "k: {type: news, title: T, outlet: O, url: 'ftp://x'}",
            "1:43",
            "SG112",
            "'k', 'url': an address starts with http:// or https:// and has no blanks",
        ),
        (
            "k: {type: news, title: T, outlet: O, url: 'http://a b'}",
            "1:43",
            "SG112",
            "'k', 'url': an address starts with http:// or https:// and has no blanks",
        ),
        ("k: {type: news, title: [a], outlet: O}", "1:24", "SG112", "'k', 'title': a text is expected here"),
        ("k: {type: news, title: {}, outlet: O}", "1:24", "SG112", "'k', 'title': nothing stands here"),
        ("k: {type: news, title: {en: [a]}, outlet: O}", "1:29", "SG112", "'title', 'en': a text is expected here"),
        (
            "k: {type: news, title: {english: a}, outlet: O}",
            "1:25",
            "SG112",
            "'title', 'english': a language is a code such as en, ru, fr or kk-Latn",
        ),
        ("k: {type: news, title: '', outlet: O}", "1:24", "SG112", "'k', 'title': the text is empty"),
    ],
)
def test_a_wrong_source(text, place, code, message):
    assert wrong("sources", text) == [(place, code, message)]


@pytest.mark.parametrize("date", ["2014", "2014-07", "2014-07-03"])
def test_a_partial_date_stays_text(date):
    assert valid("sources", f"k: {{type: news, title: T, outlet: O, date: {date}}}\n")["k"].date == date


def test_a_text_per_language():
    assert valid("sources", "k: {type: news, title: {en: A, kk-Latn: B}, outlet: O}\n")["k"].title == {"en": "A", "kk-Latn": "B"}


# ---------------------------------------------------------------- the other kinds


def test_commitments():
    text = "title: T\nkind: upr\ndate: 2014-10\nparagraphs:\n  - {id: a, title: T, summary: S, number: '124.12', committee_grade: B2}\n"
    assert valid("commitments", text).paragraphs[0].number == "124.12"
    assert wrong("commitments", text.replace("summary", "sumary")) == [
        ("5:5", "SG111", "the field 'summary' is missing"),
        ("5:23", "SG110", "unknown field 'sumary'"),
    ]


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ("k: {type: person, name: X, consent: name, role: R}", []),
        ("k: {type: person, name: X, consent: yes}", [("1:37", "SG112", "'k', 'consent': expected 'name'")]),
        ("k: {type: organisation, name: X, role: R}", [("1:34", "SG110", "unknown field 'role'")]),
        ("k: {type: coalition, name: X}", [("1:1", "SG111", "the field 'members' is missing in 'k'")]),
        ("k: {type: coalition, name: X, members: [a, B]}",
         [("1:44", "SG112", "'members', item 2: an id has lower-case Latin letters, digits and single hyphens")]),
    ],
)  # fmt: skip
def test_contributors(text, problems):
    assert check("contributors", text)[1] == problems


def test_terms():
    assert valid("terms", "k: {preferred: X, avoid: [Y]}")["k"].avoid == ["Y"]
    assert wrong("terms", "k: {avoid: Y}") == [
        ("1:1", "SG111", "the field 'preferred' is missing in 'k'"),
        ("1:12", "SG112", "'k', 'avoid': a list is expected here"),
    ]


def test_a_submission():
    model = valid("submission", PLAN)
    assert (model.look, model.style, model.audience, model.treaty, model.numbering) == ("un", "un", "public", "ICCPR", "continuous")


@pytest.mark.parametrize(
    ("line", "place", "message"),
    [
        ("word_limit: 99", "7:13", "'word_limit': the number must be at least 100"),
        ("numbering: all", "7:12", "'numbering': expected 'continuous', 'part', 'section' or 'none'"),
        ("variables: {A b: x}", "7:13", "'variables', 'A b': the text does not have the form that is needed"),
        ("front: [Intro]", "7:9", "'front', item 1: an id has lower-case Latin letters, digits and single hyphens"),
    ],
)
def test_a_wrong_line_of_a_submission(line, place, message):
    assert wrong("submission", PLAN + line + "\n") == [(place, "SG112", message)]


def test_a_submission_has_a_language():
    assert wrong("submission", PLAN.replace("[en]", "[]")) == [("3:12", "SG112", "'languages': nothing stands here")]


# ---------------------------------------------------------------- the published schema


@pytest.mark.parametrize("kind", SCHEMAS)
def test_the_json_schema(kind):
    schema = json.loads(json.dumps(json_schema(kind)))
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["title"] == f"shadowgen {kind} file"
    forbidding = [one for one in (schema, *schema.get("$defs", {}).values()) if "properties" in one]
    assert forbidding and all(one["additionalProperties"] is False for one in forbidding)


def test_the_schema_of_a_date():
    verified = json_schema("section")["properties"]["verified"]["anyOf"]
    assert {"type": "string", "format": "date"} in verified


def test_an_unknown_kind():
    with pytest.raises(KeyError):
        json_schema("nothing")
