"""Notes: where their marks stand, the order in which they are numbered, and what "ibid." and "note 3 above" may mean."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support import finding, put_together, submission
from test_resolve import KEYS, META, marked, resolved, setting

from shadowgen.nodes import Annotation, Cite, CiteItem, Manuscript, NoteCall, NoteNumber, Paragraph, Submission, Text, plain_text, walk
from shadowgen.resolve import resolve

# ---------------------------------------------------------------- marks


@pytest.mark.parametrize(
    ("prose", "after", "before"),
    [
        ("It was refused [@a].", "It was refused.[1]", "It was refused[1]."),
        ("It was refused. [@a]", "It was refused.[1]", "It was refused[1]."),
        ("It was refused[@a].", "It was refused.[1]", "It was refused[1]."),
        ("Refused [@a], then let in.", "Refused,[1] then let in.", "Refused[1], then let in."),
        ("Refused [@a]; let in [@b]!", "Refused;[1] let in![2]", "Refused[1]; let in[2]!"),
        ("Refused [@a] and let in.", "Refused[1] and let in.", "Refused[1] and let in."),
        ("Was it *refused* [@a]?", "Was it refused?[1]", "Was it refused[1]?"),
        ("Refused...^[Words.] Then", "Refused...[1] Then", "Refused[1]... Then"),
        ("Refused [@a]\n[@b].", "Refused.[1][2]", "Refused[1][2]."),
        ("Refused [@a] ^[Words.], then.", "Refused,[1][2] then.", "Refused[1][2], then."),
        ("Refused. [@a] [@b] [@c] Then.", "Refused.[1][2][3] Then.", "Refused[1][2][3]. Then."),
        ("Refused [@a][@b] then.", "Refused[1][2] then.", "Refused[1][2] then."),
        ("[@a] Refused.", "[1] Refused.", "[1] Refused."),
        ("*Refused [@a].*", "Refused.[1]", "Refused[1]."),
    ],
)
def test_mark_stands_where_the_language_wants_it(prose: str, after: str, before: str) -> None:
    assert marked(prose, "en") == after
    for language in ("fr", "es", "ru"):
        assert marked(prose, language) == before, language


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", "It is “refused.”[1]"),
        ("fr", "It is «\u00a0refused.\u00a0»[1]"),
        ("es", "It is “refused.”[1]"),
        ("ru", "It is «refused.»[1]"),
    ],
)
def test_mark_of_a_quotation_that_ends_with_its_own_stop_stands_behind_it(language: str, expected: str) -> None:
    assert marked('It is "refused." [@a]', language) == expected


@pytest.mark.parametrize(("language", "expected"), [("en", "It is «refused».[1]"), ("ru", "It is «refused»[1].")])
def test_mark_and_the_stop_behind_a_quotation(language: str, expected: str) -> None:
    assert marked("It is «refused» [@a].", language) == expected


def test_note_ends_with_one_stop_and_begins_with_a_capital() -> None:
    done, _ = resolved("Words^[see the letter] and^[see the letter.] and^[was it?] and^[see *this*] end.")
    assert [plain_text(note.content) for note in done.notes] == ["See the letter.", "See the letter.", "Was it?", "See this."]


def test_citations_within_a_note_stand_in_that_note() -> None:
    done, problems = resolved("Words.^[As in [@a, p. 3; see also @b] and [@c].]")
    assert problems == []
    assert [plain_text(note.content) for note in done.notes] == [
        "As in Author-a, Title-a (2015), p.\u00a03; see also Author-b, Title-b (2015) and Author-c, Title-c (2015)."
    ]


def test_unknown_and_confidential_sources_are_told_and_leave_no_note() -> None:
    done, problems = resolved("One [@zz]. Two [@secret].\nThree [@a; @zz].", hidden_sources=frozenset({"secret"}))
    assert [(problem.rule.name, problem.origin.line, problem.origin.column) for problem in problems] == [
        ("unknown-source", 1, 6),
        ("confidential-source", 1, 17),
        ("unknown-source", 2, 12),
    ]
    assert [plain_text(note.content) for note in done.notes] == ["Author-a, Title-a (2015)."]
    assert "secret" not in problems[1].message


# ---------------------------------------------------------------- order

EVERYWHERE = """\
One^[one].

## Head^[two]

- three^[three]
  1. four^[four]

> five^[five]
>
> -- Six^[six]

Table: Seven^[seven]

| eight^[eight] | nine^[nine] |
| ------------- | ----------- |
| ten^[ten]     | eleven^[eleven] |
| twelve^[twelve] | thirteen^[thirteen] |

::: case Fourteen^[fourteen]
fifteen^[fifteen]
:::

![alt](x.png "Sixteen^[sixteen]")

seventeen^[seventeen]"""

COUNT = [
    "One.", "Two.", "Three.", "Four.", "Five.", "Six.", "Seven.", "Eight.", "Nine.", "Ten.", "Eleven.", "Twelve.", "Thirteen.", "Fourteen.",
    "Fifteen.", "Sixteen.", "Seventeen.",
]  # fmt: skip


def calls(document: Submission) -> list[int]:
    return [node.note for node in walk(document.blocks) if isinstance(node, NoteCall)]


def test_notes_are_numbered_as_a_reader_meets_them(tmp_path: Path) -> None:
    body = finding(
        EVERYWHERE, title="'Nought ^[nought]'", asks="['eighteen^[eighteen];', 'nineteen^[nineteen].']", asks_lead="'We ask^[ask]'"
    )
    from support import picture

    files = {
        "sections/articles/iccpr/19/one.yaml": body,
        "sections/articles/iccpr/19/x.png": picture(),
        "submissions/report.yaml": submission(),
    }
    composition, problems = put_together(tmp_path, files)
    assert problems == []
    assert [plain_text(note.content) for note in composition.submission.notes] == ["Nought.", *COUNT, "Ask.", "Eighteen.", "Nineteen."]
    assert calls(composition.submission) == list(range(1, 22))


# ---------------------------------------------------------------- invariants

items = st.builds(
    lambda key, page: CiteItem(key, "", (("page", str(page)),) if page else ()),
    st.sampled_from(KEYS),
    st.integers(min_value=0, max_value=3),
)
cites = st.lists(items, min_size=1, max_size=3).map(lambda some: Cite(tuple(some)))
notes = st.one_of(
    cites,
    st.lists(cites, min_size=0, max_size=2).map(lambda some: Annotation((Text("As said "), *some, Text(" there")))),
)


def cited(note: Cite | Annotation) -> list[CiteItem]:
    return [item for node in walk(note) if isinstance(node, Cite) for item in node.items]


def with_notes(sequence: list[Cite | Annotation]) -> Submission:
    blocks = tuple(Paragraph((Text("Words "), note, Text("."))) for note in sequence)
    done, _, problems = resolve(Manuscript(META, blocks), setting())
    assert problems == []
    return done


several = settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@several
@given(st.lists(notes, max_size=12))
def test_notes_are_numbered_without_gap_and_called_once_in_order(sequence: list[Cite | Annotation]) -> None:
    done = with_notes(sequence)
    assert [note.number for note in done.notes] == calls(done) == list(range(1, len(sequence) + 1))


@several
@given(st.lists(notes, max_size=12))
def test_note_above_names_the_first_note_that_cites_the_source_in_full(sequence: list[Cite | Annotation]) -> None:
    done = with_notes(sequence)
    first: dict[str, int] = {}
    for number, (given_note, note) in enumerate(zip(sequence, done.notes, strict=True), 1):
        expected = []
        for key in (item.key for item in cited(given_note)):
            if key not in first:
                expected.append(f"Author-{key}, Title-{key}")
            else:
                expected.append(f"Short-{key}" if first[key] == number else f"Short-{key} (note {first[key]} above)")
            first.setdefault(key, number)
        text = plain_text(note.content)
        if text.startswith("Ibid."):
            expected[0] = "Ibid."
        assert re.findall(r"Author-\w, Title-\w|Short-\w(?: \(note \d+ above\))?|Ibid\.", text) == expected
        assert {node.note for node in walk(note.content) if isinstance(node, NoteNumber)} == {
            int(k) for k in re.findall(r"note (\d+) above", text)
        }


@several
@given(st.lists(notes, max_size=12))
def test_ibid_stands_only_behind_a_note_with_that_one_source(sequence: list[Cite | Annotation]) -> None:
    done = with_notes(sequence)
    for place, note in enumerate(done.notes):
        text = plain_text(note.content)
        assert "bid." not in text.removeprefix("Ibid.")
        if text.startswith("Ibid."):
            before, here = cited(sequence[place - 1]), cited(sequence[place])
            assert place > 0 and len(before) == 1
            assert before[0].key == here[0].key


@several
@given(st.lists(notes, max_size=12))
def test_every_source_and_page_cited_is_named_in_its_note(sequence: list[Cite | Annotation]) -> None:
    done = with_notes(sequence)
    for given_note, note in zip(sequence, done.notes, strict=True):
        text, wanted = plain_text(note.content).replace("\u00a0", " "), cited(given_note)
        assert len(re.findall(r"(?:Title|Short)-\w|Ibid\.", text)) == len(wanted)
        pages = [locator[1] for item in wanted for locator in item.locators]
        if not text.startswith("Ibid."):
            assert re.findall(r"p\. (\d)", text) == pages


def test_links_in_brackets_stand_one_blank_behind_the_words(tmp_path: Path) -> None:
    """A document with links instead of notes: the blank that the author wrote is the only one."""
    files = {
        "sections/articles/iccpr/19/one.yaml": finding("Refused [@a]; so was the other[@a] ^[a third].", themes="[x]"),
        "sections/sources/all.yaml": "a:\n  type: news\n  title: The news\n  outlet: O\n  audience: public\n",
        "submissions/report.yaml": submission(template="country-update", sections="[one]", themes="[{theme: x, title: X}]"),
    }
    done, _ = put_together(tmp_path, files)
    paragraphs = [plain_text(node) for node in walk(done.submission.blocks) if isinstance(node, Paragraph)]
    assert "Refused (The news); so was the other (The news) (a third)." in paragraphs
