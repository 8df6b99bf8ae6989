"""The library: what is loaded, what each bad file says, and the gate for an audience."""

import datetime as dt
import os
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shadowgen import rules
from shadowgen.acceptance import Acceptance
from shadowgen.diagnostics import Origin
from shadowgen.library import Library
from shadowgen.loading import load_library
from shadowgen.markdown import Passage, parse_prose
from shadowgen.nodes import Confidential, Link, List, Paragraph, Text, plain_text, walk
from shadowgen.persons import Person
from shadowgen.records import AUDIENCES, in_language, may_read
from shadowgen.redaction import drop_confidential
from shadowgen.staleness import Change
from shadowgen.workspace import Workspace

BAD = Path(__file__).parent / "bad"
SECTION = "title: T\naudience: public\nbody: |\n  Words.\n"


def load(root: Path, **files: str | bytes) -> tuple[Library, list[tuple[str, str]]]:
    """Load a workspace of these files (`__` stands for `/`); return it with code and place of every problem."""
    root.joinpath("sections").mkdir(exist_ok=True)
    root.joinpath("submissions").mkdir(exist_ok=True)
    for name, text in files.items():
        path = root.joinpath(name.replace("__", "/") + ".yaml")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
    library, problems = load_library(Workspace(root))
    return library, [(problem.rule.code, str(problem.origin)) for problem in problems]


# ---------------------------------------------------------------- bad files


@pytest.mark.parametrize("path", sorted(BAD.rglob("*.yaml")), ids=lambda path: path.name)
def test_a_bad_file_says_what_it_expects(tmp_path, path):
    name = path.relative_to(BAD).with_suffix("").as_posix()
    expected = re.findall(rb"^# expect: (\d+):(\d+) (SG\d+)$", path.read_bytes(), re.M)
    load(tmp_path, **{name: path.read_bytes()})
    _, problems = load_library(Workspace(tmp_path))
    found = [(problem.origin.line, problem.origin.column, problem.rule.code) for problem in problems]
    assert sorted(found) == sorted((int(line), int(column), code.decode()) for line, column, code in expected)
    assert {problem.origin.file for problem in problems} <= {f"{name}.yaml"}


def test_a_line_that_expects_is_written_as_the_test_reads_it():
    for path in BAD.rglob("*.yaml"):
        assert path.read_bytes().count(b"expect:") == len(re.findall(rb"^# expect: \d+:\d+ SG\d{3}$", path.read_bytes(), re.M)), path.name


# ---------------------------------------------------------------- loading


def test_a_section(tmp_path):
    text = (
        "title: A *b*\narticles: ['ICCPR 19(3)', 'CAT 2']\nresponds_to: [{document: co-1, paragraphs: [x, y]}, {document: co-2}]\n"
        + SECTION[9:]
    )
    library, problems = load(tmp_path, sections__articles__iccpr__19__bans=text)
    section = library.sections["bans"]
    assert problems == []
    assert (section.path, section.status, section.language) == ("articles/iccpr/19/bans", "draft", "en")
    assert [str(ref) for ref in section.articles] == ["ICCPR 19(3)", "CAT 2"]
    assert [(one.document, one.paragraph) for one in section.responds_to] == [("co-1", "x"), ("co-1", "y"), ("co-2", "")]
    assert section.in_language("en").title_text == "A b"
    assert str(section.origin) == "sections/articles/iccpr/19/bans.yaml:1:8"


def test_the_place_of_prose_is_its_place_in_the_file(tmp_path):
    text = "title: T [@a]\naudience: public\nbody: |\n\n    one\n    two [@b]\nasks_lead: 'L [@c]'\nasks:\n  - x [@d]\n"
    library, _ = load(tmp_path, sections__matter__m=text)
    prose = library.sections["m"].in_language("en")
    places = [
        str(node.origin).split(":", 1)[1] for node in walk((prose.title, prose.body, prose.asks_lead, prose.asks)) if hasattr(node, "items")
    ]
    assert places == ["1:11", "6:10", "7:16", "9:8"]


def test_a_translation_joins_its_original(tmp_path):
    library, problems = load(tmp_path, sections__matter__m=SECTION, **{"sections__matter__m.ru": "title: Т\nbody: |\n  Слова.\n"})
    section = library.sections["m"]
    assert problems == []
    assert (section.in_language("ru").title_text, section.in_language("en").title_text, section.in_language("fr").title_text) == (
        "Т",
        "T",
        "T",
    )


@pytest.mark.parametrize(
    ("files", "found"),
    [
        ({"sections__matter__m": SECTION, "sections__articles__m.ru": "title: Т\nbody: x\n"}, [("SG116", "sections/articles/m.ru.yaml")]),
        ({"sections__matter__m": SECTION + "x: y\n", "sections__matter__m.ru": "title: Т\nbody: x\n"}, [("SG110", "sections/matter/m.yaml:5:1")]),
        ({"sections__matter__m": SECTION, "sections__matter__m.en": "title: T\nbody: x\n"}, [("SG114", "sections/matter/m.en.yaml")]),
        ({"sections__matter__m": SECTION, "sections__articles__m": SECTION}, [("SG114", "sections/matter/m.yaml")]),
        ({"sections__sources__a": "k: {type: news, title: T, outlet: O}\n", "sections__sources__b": "\nk: {type: news, title: T, outlet: O}\n"},
         [("SG114", "sections/sources/b.yaml:2:1")]),
        ({"sections__contributors__a": "k: {type: organisation, name: K, audience: public}\n", "sections__contributors__b":
          "k: {type: organisation, name: K, audience: public}\n"}, [("SG114", "sections/contributors/b.yaml:1:1")]),
        ({"sections__matter__m": SECTION + "\n  x {#here}\n", "sections__matter__n": SECTION + "\n  x {#here}\n"}, [("SG114", "sections/matter/n.yaml:6:3")]),
        ({"sections__matter__m": SECTION + "\n  x {#n}\n", "sections__matter__n": SECTION}, [("SG114", "sections/matter/m.yaml:6:3")]),
        ({"sections__matter__m": SECTION + "\n  x {#here}\n", "sections__matter__m.ru": "title: Т\nbody: |\n  ы {#here}\n"}, []),
        ({"submissions__Plan": "title: T\n"}, [("SG113", "submissions/Plan.yaml")]),
        ({"submissions__plan.ru": "title: T\n"}, [("SG113", "submissions/plan.ru.yaml")]),
        ({"sections__sources__a.ru": "{}"}, [("SG113", "sections/sources/a.ru.yaml")]),
        ({f"sections__matter__{'a' * 65}": SECTION}, [("SG113", f"sections/matter/{'a' * 65}.yaml")]),
        ({f"sections__matter__{'a' * 64}": SECTION}, []),
        ({"sections__sources__empty": ""}, []),
    ],
)  # fmt: skip
def test_files_together(tmp_path, files, found):
    assert load(tmp_path, **files)[1] == found


def test_a_link_or_a_folder_is_not_read(tmp_path):
    tmp_path.joinpath("secret.yaml").write_text(SECTION)
    tmp_path.joinpath("sections/matter").mkdir(parents=True)
    os.symlink(tmp_path / "secret.yaml", tmp_path / "sections/matter/link.yaml")
    tmp_path.joinpath("sections/matter/pipe.yaml").mkdir()
    os.mkfifo(tmp_path / "sections/matter/waits.yaml")
    library, problems = load(tmp_path)
    assert library.sections == {}
    assert problems == [("SG101", "sections/matter/link.yaml"), ("SG101", "sections/matter/waits.yaml")]


def test_files_are_read_in_one_order_whatever_the_disk_says(tmp_path, monkeypatch):
    load(tmp_path, sections__matter__a=SECTION, sections__matter__b=SECTION, sections__articles__iccpr__7__c=SECTION)
    honest, orders = os.walk, set()
    for turn in (sorted, lambda names: sorted(names, reverse=True)):

        def walk(top, turn=turn, **asked):
            for base, names, leaves in honest(top, **asked):
                names[:] = turn(names)
                yield base, names, turn(leaves)

        monkeypatch.setattr(os, "walk", walk)
        orders.add(tuple(path.stem for path in Workspace(tmp_path).yaml_files("sections")))
    assert orders == {("c", "a", "b")}


def test_terms_of_two_files_add_up(tmp_path):
    library, _ = load(tmp_path, sections__terms__en="a: {preferred: A}\n", sections__terms__more__en="b: {preferred: B, avoid: [C]}\n")
    assert [(term.id, term.preferred, term.avoid) for term in library.terms["en"]] == [("a", "A", ()), ("b", "B", ("C",))]


def test_a_commitments_file(tmp_path):
    text = "title: T\nkind: upr\nsymbol: A/HRC/28/10\nparagraphs:\n  - {id: a, number: '124.1', title: T, summary: S, articles: [CAT 2]}\n"
    library, problems = load(tmp_path, sections__commitments__upr=text)
    document = library.commitments["upr"]
    assert problems == []
    assert (document.symbol, document.paragraphs[0].document, document.paragraphs[0].number, str(document.paragraphs[0].articles[0])) == (
        "A/HRC/28/10", "upr", "124.1", "CAT 2",
    )  # fmt: skip


def test_what_is_not_said_about_the_audience(tmp_path):
    sources = "".join(f"{key}: {{type: {key}, {fields}}}\n" for key, fields in (
        ("letter", "author: A, date: 2015"), ("interview", "person: P, date: 2015"), ("case-file", "title: T, holder: H"),
        ("confidential-interview", "code: C, date: 2015, description: D"), ("news", "title: T, outlet: O"),
    ))  # fmt: skip
    library, problems = load(tmp_path, sections__sources__s=sources, sections__matter__m="title: T\nbody: x\n")
    assert {key: one.audience for key, one in library.sources.items()} == {
        "letter": "internal", "interview": "internal", "case-file": "internal", "confidential-interview": "internal", "news": "public",
    }  # fmt: skip
    assert library.sections["m"].audience == "internal"
    assert [code for code, _ in problems] == ["SG118"] * 5


def test_a_plan(tmp_path):
    text = "title: T\ntemplate: shadow-report\nlanguages: [en, ru]\ncountry: K\ndate: 2016\nsections:\n  - a\n  - b\ngroups: [[ICCPR 2, ICCPR 3]]\n"
    plan = load(tmp_path, submissions__p=text)[0].plans["p"]
    assert (plan.languages, plan.sections, plan.profile, plan.word_limit) == (("en", "ru"), ("a", "b"), "", None)
    assert [[str(ref) for ref in group] for group in plan.groups] == [["ICCPR 2", "ICCPR 3"]]
    assert [str(place) for place in plan.places["sections"]] == ["submissions/p.yaml:7:5", "submissions/p.yaml:8:5"]
    assert str(plan.places["template"][0]) == "submissions/p.yaml:2:11"


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=200) | st.text(st.sampled_from("title: body|\n []{}-@^#>*x"), max_size=80).map(str.encode))
def test_any_bytes_as_a_file_give_a_library(tmp_path_factory, raw):
    root = tmp_path_factory.mktemp("w")
    library, problems = load(root, sections__matter__m=raw, sections__sources__s=raw, submissions__p=raw)
    assert len(library.sections) + len(library.plans) + len(problems) >= 2


# ---------------------------------------------------------------- the gate

GATE = {
    "sections__articles__iccpr__7__open": """\
title: Open [TITLE-INTERNAL]{internal} title [TITLE-COMMITTEE]{committee}
audience: public
body: |
  Plain [BODY-INTERNAL]{internal} and [BODY-COMMITTEE]{committee}, *in [EMPHASIS-INTERNAL]{internal} emphasis* **[STRONG-COMMITTEE]{committee}**.

  ## Heading [HEADING-INTERNAL]{internal}

  A note.^[With [NOTE-INTERNAL]{internal} words [NOTE-COMMITTEE]{committee} [@open-source].] [[LINK-INTERNAL](https://x.org/ADDRESS-INTERNAL)]{internal}

  - item [ITEM-INTERNAL]{internal}
    1. deeper [DEEPER-COMMITTEE *and [NESTED-INTERNAL]{internal}*]{committee}

  > quoted [QUOTE-INTERNAL]{internal}
  >
  > -- Somebody [ATTRIBUTION-INTERNAL]{internal}

  Table: Caption [CAPTION-INTERNAL]{internal}

  | head [HEAD-INTERNAL]{internal} |
  | --- |
  | cell [CELL-COMMITTEE]{committee} |

  ![alt](x.png "Figure [FIGURE-INTERNAL]{internal}")

  ::: case Case [BOX-INTERNAL]{internal}
  Told [BOXED-INTERNAL [@open-source]]{internal}.
  :::
asks_lead: We ask [LEAD-INTERNAL]{internal}
asks: ["do this [ASK-INTERNAL]{internal}", "and [ASK-COMMITTEE]{committee} that"]
""",
    "sections__articles__iccpr__7__open.ru": "title: Т [RU-TITLE-INTERNAL]{internal}\nbody: |\n  Слова [RU-BODY-INTERNAL]{internal} [RU-BODY-COMMITTEE]{committee}.\n",
    "sections__matter__inside": "title: SECTION-INTERNAL\naudience: internal\nthemes: [THEME-INTERNAL]\nbody: |\n  INSIDE-INTERNAL\n",
    "sections__matter__silent": "title: SILENT-INTERNAL\nbody: |\n  SILENT-BODY-INTERNAL\n",
    "sections__matter__theirs": "title: SECTION-COMMITTEE\naudience: committee\nbody: |\n  THEIRS-COMMITTEE [DEEP-INTERNAL]{internal}\n",
    "sections__sources__s": """\
open-source: {type: news, title: Open, outlet: O}
witness-internal: {type: confidential-interview, code: CODE-INTERNAL, date: 2015, description: DESCRIPTION-INTERNAL}
theirs-committee: {type: letter, author: AUTHOR-COMMITTEE, date: 2015, audience: committee}
paper-internal: {type: news, title: PAPER-INTERNAL, outlet: O, audience: internal, url: "https://x.org/URL-INTERNAL"}
""",
    "sections__contributors__c": """\
open-org: {type: organisation, name: Open, audience: public}
silent-org-internal: {type: organisation, name: ORG-INTERNAL, about: ABOUT-INTERNAL}
their-org-committee: {type: organisation, name: ORG-COMMITTEE, audience: committee}
unnamed-internal: {type: person, name: PERSON-INTERNAL, audience: public}
named: {type: person, name: Named, audience: public, consent: name}
bap: {type: coalition, name: Bap, members: [open-org, silent-org-internal, their-org-committee, unnamed-internal, named], audience: public}
""",
}
PLANTED = {word for text in GATE.values() for word in re.findall(r"[A-Za-z-]+-(?:INTERNAL|COMMITTEE|internal|committee)\b", text)}
# the key of an internal record, as a person may see it in an internal document
UNNAMED = {"unnamed-internal", "PERSON-INTERNAL"}


@pytest.mark.parametrize("audience", AUDIENCES)
def test_nothing_confidential_passes_the_gate(tmp_path, audience):
    library, problems = load(tmp_path, **GATE)
    assert {code for code, _ in problems} == {"SG118"}
    assert len(PLANTED) > 40 and all(word in repr(library) for word in PLANTED)
    shown = repr(library.for_audience(audience))
    allowed = {"public": (), "committee": ("committee",), "internal": ("committee", "internal")}[audience]
    expected = {word for word in PLANTED if word.lower().endswith(allowed)} - UNNAMED
    assert {word for word in PLANTED if word in shown} == expected


def test_the_gate_leaves_the_library_as_it_was(tmp_path):
    library, _ = load(tmp_path, **GATE)
    before = repr(library)
    library.for_audience("public")
    assert repr(library) == before


def test_what_the_public_may_read(tmp_path):
    library = load(tmp_path, **GATE)[0].for_audience("public")
    assert (set(library.sections), set(library.sources), set(library.contributors)) == (
        {"open"},
        {"open-source"},
        {"open-org", "named", "bap"},
    )
    assert library.contributors["bap"].members == ("open-org", "named")
    assert library.texts == {}
    prose = library.sections["open"].in_language("en")
    assert prose.title_text == "Open title"
    assert plain_text(prose.body[0]) == "Plain and, in emphasis."
    assert [plain_text(ask) for ask in prose.asks] == ["do this ", "and that"]
    assert not any(isinstance(node, Confidential | Link) for node in walk(prose.body))


def test_nothing_but_what_is_read_passes_the_gate(tmp_path):
    """Files' texts, persons, people's reasons, what has changed since, and the anchors of words that were dropped stay behind, for every audience."""
    library, _ = load(tmp_path, sections__matter__m=SECTION + "\n  Kept. {#kept}\n\n  [Gone.]{internal} {#gone}\n")
    assert set(library.anchors) == {"kept", "gone"}
    library.people["witness"] = Person("witness", {"": {"name": "Qwelina Zardotova"}}, {}, Origin("f"))
    library.accepted.append(Acceptance("SG803", "", "it is her namesake", Origin("f"), range(1)))
    library.changes["m"] = [Change(dt.date(2016, 1, 1), rules.NO_AUDIENCE.at(Origin("f"), "her name was changed"))]
    for audience in AUDIENCES:
        shown = library.for_audience(audience)
        assert (shown.texts, shown.people, shown.accepted, shown.changes) == ({}, {}, [], {})
        assert set(shown.anchors) == ({"kept", "gone"} if audience == "internal" else {"kept"})


def test_the_gate_keeps_the_shape_of_a_section(tmp_path):
    library, _ = load(tmp_path, **GATE)
    before, after = (one.sections["open"].in_language("en").body for one in (library, library.for_audience("public")))
    assert [type(block) for block in before] == [type(block) for block in after]
    assert [type(node) for node in walk(before) if isinstance(node, Paragraph | List)] == [
        type(node) for node in walk(after) if isinstance(node, Paragraph | List)
    ]


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("met [X]{internal}.", "met."),
        ("met [X]{internal} in Almaty", "met in Almaty"),
        ("a ([X]{internal})", "a ()"),
        ("([X]{internal}).", ""),
        ("[X]{internal} [Y]{committee}.", ""),
        ("[X]{internal} [@key].", " ."),
        ("[X]{committee} left", " left"),
        ("a [b]{public} c", "a b c"),
        ("a *[X]{internal}* b", "a b"),
        ("a^[[X]{internal}] b", "a b"),
        ("a [X [y]{public}]{internal} b", "a b"),
        ("a [X [Y]{internal}]{public} b", "a X  b"),
    ],
)
def test_words_around_dropped_words(typed, shown):
    assert plain_text(drop_confidential(parse_prose(Passage(typed, "f"))[0], "public")) == shown


@pytest.mark.parametrize(
    ("audience", "read"), [("public", {"public"}), ("committee", {"public", "committee"}), ("internal", set(AUDIENCES) | {"", "Public"})]
)
def test_who_may_read_what(audience, read):
    assert {level for level in (*AUDIENCES, "", "Public") if may_read(audience, level)} == read


def test_words_in_a_language():
    words = {"ru": "Р", "en": "E"}
    assert [in_language(words, language) for language in ("ru", "en", "fr", "ru-KZ")] == ["Р", "E", "E", "Р"]
    assert (in_language("S", "ru"), in_language(None, "ru"), in_language({"kk": "Қ"}, "ru")) == ("S", "", "Қ")
    assert drop_confidential((Text("a"),), "public") == (Text("a"),)
