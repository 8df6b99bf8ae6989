"""Resolution: numbers, cross-references, variables, typography, and a Submission that cannot hold anything unresolved."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from support import EXAMPLE, codes, example, finding, put_together, submission

from shadowgen.diagnostics import Diagnostic, Origin
from shadowgen.locales import locale
from shadowgen.markdown import Passage, parse_prose
from shadowgen.nodes import (
    Annotation,
    Box,
    Cite,
    CiteItem,
    Confidential,
    CrossRef,
    Emphasis,
    Figure,
    Heading,
    Manuscript,
    Meta,
    Note,
    NoteCall,
    NoteNumber,
    Paragraph,
    Reference,
    Submission,
    Table,
    Text,
    Trace,
    Variable,
    plain_text,
    walk,
)
from shadowgen.notestyles import load_style
from shadowgen.records import Source
from shadowgen.resolve import Setting, resolve
from shadowgen.workspace import Workspace

KEYS = "abcd"
META = Meta("Title", "en", "title")


def setting(language: str = "en", **changes: Any) -> Setting:
    """Return what resolving needs; there is one report for each letter, with nothing in it that a test does not expect."""
    sources = {
        key: Source(key, "ngo-report", "public", {"author": f"Author-{key}", "title": f"Title-{key}", "short": f"Short-{key}", "date": "2015"},
                    Origin("s.yaml"))
        for key in KEYS
    }  # fmt: skip
    style = load_style(Workspace(Path("/nowhere")), "un", locale(language))[0]
    assert style is not None
    values = {
        "locale": locale(language), "style": style, "sources": sources, "hidden_sources": frozenset(), "variables": {}, "titles": {},
    }  # fmt: skip
    return Setting(**(values | changes))


def resolved(prose: str, language: str = "en", **changes: Any) -> tuple[Submission, list[Diagnostic]]:
    """Resolve prose whose paragraphs are not numbered."""
    blocks, problems = parse_prose(Passage(prose, "x.yaml"))
    assert problems == []
    done, _, problems = resolve(Manuscript(META, blocks), setting(language, **changes))
    return done, problems


def marked(prose: str, language: str = "en", **changes: Any) -> str:
    """Return the words of the first paragraph, with [1] where the mark of note 1 stands."""
    done, _ = resolved(prose, language, **changes)
    return plain_text(done.blocks[0], lambda number: f"[{number}]")


# ---------------------------------------------------------------- numbers of paragraphs


def numbers(numbering: str) -> list[int]:
    paragraph = Paragraph((Text("x"),), numbered=True)
    part, article, finding_ = (Heading(level, (Text("h"),), numbered=level == 1) for level in (1, 2, 3))
    blocks = (
        paragraph, part, paragraph, paragraph, article, paragraph, finding_, paragraph, article, paragraph, Paragraph((Text("plain"),)),
        part, paragraph, finding_, paragraph,
    )  # fmt: skip
    done, _, _ = resolve(Manuscript(Meta("t", "en", "t", numbering=numbering), blocks), setting())
    return [block.number for block in done.blocks if isinstance(block, Paragraph) and plain_text(block) == "x"]


@pytest.mark.parametrize(
    ("numbering", "expected"),
    [
        ("continuous", [1, 2, 3, 4, 5, 6, 7, 8]),
        ("part", [1, 1, 2, 3, 4, 5, 1, 2]),
        ("section", [1, 1, 2, 1, 2, 1, 1, 2]),
        ("none", [0, 0, 0, 0, 0, 0, 0, 0]),
    ],
)
def test_paragraphs_are_numbered_as_the_submission_says(numbering: str, expected: list[int]) -> None:
    assert numbers(numbering) == expected


def test_parts_have_roman_labels() -> None:
    blocks = tuple(Heading(1, (Text("part"),), numbered=True) for _ in range(39))
    done, _, _ = resolve(Manuscript(META, blocks), setting())
    labels = [block.label for block in done.blocks]
    assert [labels[place - 1] for place in (1, 4, 9, 14, 19, 28, 39)] == ["I.", "IV.", "IX.", "XIV.", "XIX.", "XXVIII.", "XXXIX."]


# ---------------------------------------------------------------- cross-references

TARGETS = "# A title {#title}\n\nFirst.{#first}\n\n::: case A case {#case}\nWords.\n:::\n\nTable: A table {#table}\n\n| a |\n| - |\n| b |\n"


def referring(reference: str, *, before: bool, numbering: str = "continuous", language: str = "en") -> tuple[str, list[Diagnostic]]:
    """Return how a reference reads in a paragraph that stands before or after everything that it may name."""
    blocks, _ = parse_prose(Passage(TARGETS, "x.yaml"))
    figure = Figure("f.png", "alt", (Text("A figure"),), "figure")
    numbered = tuple(Paragraph(block.content, True, anchor=block.anchor) if isinstance(block, Paragraph) else block for block in blocks)
    numbered = (*numbered, figure, Heading(2, (Text("Article 7. Torture"),), "ICCPR 7"), Paragraph((Text("Second."),), True))
    (paragraph,), _ = parse_prose(Passage(f"See {reference}.", "x.yaml"))
    whole = (paragraph, *numbered) if before else (*numbered, paragraph)
    done, _, problems = resolve(Manuscript(Meta("t", "en", "t", numbering=numbering), whole), setting(language))
    return plain_text(done.blocks[0 if before else -1]).replace("\u00a0", " "), problems


@pytest.mark.parametrize("before", [True, False])
@pytest.mark.parametrize(
    ("reference", "expected"),
    [
        ("[#title]", "See “A title” (paras. 1–2)."),
        ("[#title, paras]", "See paras. 1–2."),
        ("[#first]", "See para. 1."),
        ("[#first, paras]", "See para. 1."),
        ("[#case]", "See case 1."),
        ("[#table]", "See table 1."),
        ("[#figure]", "See figure 1."),
        ("[#ICCPR 7]", "See “Article 7. Torture” (para. 2)."),
        ("[#ICCPR 7(1)]", "See “Article 7. Torture” (para. 2)."),
        ("[#ICCPR 9]", "See article 9."),
    ],
)
def test_cross_reference_reads_the_same_forward_and_back(reference: str, expected: str, before: bool) -> None:
    assert referring(reference, before=before) == (expected, [])


@pytest.mark.parametrize("numbering", ["part", "section", "none"])
def test_paragraph_numbers_that_are_not_unique_are_not_added_to_a_title(numbering: str) -> None:
    assert referring("[#title]", before=True, numbering=numbering) == ("See “A title”.", [])


def test_reference_to_paragraphs_that_have_no_numbers_gives_the_title() -> None:
    assert referring("[#title, paras]", before=True, numbering="none") == ("See “A title”.", [])


def test_cross_reference_in_russian() -> None:
    assert referring("[#title]", before=True, language="ru") == ("See «A title» (пп. 1–2).", [])
    assert referring("[#table]", before=True, language="ru")[0] == "See таблица 1."


def test_cross_reference_is_a_link_to_its_target() -> None:
    done, _ = resolved(f"See [#case].\n\n{TARGETS}")
    box = next(block for block in done.blocks if isinstance(block, Box))
    assert [node.anchor for node in walk(done.blocks[0]) if isinstance(node, Reference)] == [box.anchor]


def test_unknown_target_is_an_error_at_its_place() -> None:
    done, problems = resolved(f"Words. See [#tabel].\n\n{TARGETS}")
    assert [(problem.rule.name, problem.origin, problem.hint) for problem in problems] == [
        ("unknown-target", Origin("x.yaml", 1, 13), "did you mean 'table'?")
    ]
    assert plain_text(done.blocks[0]) == "Words. See [tabel]."


def left_out(reference: str) -> dict:
    return {
        "sections/articles/iccpr/7/gone.yaml": finding(
            "Words.{#in-gone}\n\nTable: T {#table-in-gone}\n\n| a |\n| - |\n| b |", title="Gone *away*"
        ),
        "sections/articles/iccpr/19/here.yaml": finding(f"See {reference}."),
        "submissions/report.yaml": submission(leave_out="[gone]"),
    }


def test_reference_to_a_section_left_out_is_a_warning_and_a_quoted_title(tmp_path: Path) -> None:
    composition, problems = put_together(tmp_path, left_out("[#gone]"))
    assert [(problem.rule.name, problem.origin) for problem in problems] == [
        ("target-not-in-document", Origin("sections/articles/iccpr/19/here.yaml", 6, 8))
    ]
    assert "See “Gone away”." in plain_text(composition.submission.blocks)


@pytest.mark.parametrize("target", ["in-gone", "table-in-gone"])
def test_reference_to_an_anchor_of_a_section_left_out_is_a_warning_too(tmp_path: Path, target: str) -> None:
    _, problems = put_together(tmp_path, left_out(f"[#{target}]"))
    assert codes(problems) == ["target-not-in-document"]


# ---------------------------------------------------------------- variables and typography


def test_variable_has_the_words_of_the_language_and_is_data(tmp_path: Path) -> None:
    variables = {"period": {"en": 'the "*period*" [@a]', "ru": "период"}, "x": "plain"}
    assert marked("In {{period}} and {{ x }}.", variables=variables) == "In the “*period*” [@a] and plain."
    assert marked("За {{period}} и {{x}}.", "ru", variables=variables) == "За период и plain."
    done, _ = resolved("Words.^[In {{period}}.]", variables={"period": "May"})
    assert plain_text(done.notes[0].content) == "In May."


def test_unknown_variable_is_told_with_place_and_hint() -> None:
    done, problems = resolved("Words and\n{{perod}}.", variables={"period": "May"})
    assert [(problem.rule.name, problem.origin, problem.hint) for problem in problems] == [
        ("unknown-variable", Origin("x.yaml", 2, 1), "did you mean 'period'?")
    ]
    assert plain_text(done.blocks) == "Words and [perod]."


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", "He said “they ‘left’ us” – don’t."),
        ("ru", "He said «they „left“ us» – don’t."),
        ("fr", "He said «\u00a0they “left” us\u00a0» – don’t."),
        ("es", "He said “they ‘left’ us” – don’t."),
    ],
)
def test_quotation_marks_are_those_of_the_language(language: str, expected: str) -> None:
    assert marked("He said \"they 'left' us\" -- don't.", language) == expected


@pytest.mark.parametrize(
    ("prose", "expected"),
    [
        ('"*Words*" here', "“Words” here"),
        ('the ("first") one', "the (“first”) one"),
        ('say "they were *refused*".', "say “they were refused”."),
        ('say "{{x}}" now', "say “May” now"),
        ('say "they were refused [@a]".', "say “they were refused”.[1]"),
        ('say "they were refused [@a]"', "say “they were refused”[1]"),
        ('say "they were refused [@a]" now', "say “they were refused”[1] now"),
        ('say "they were refused."^[Words.] "Then" more', "say “they were refused.”[1] “Then” more"),
        ("the reporters' rights", "the reporters’ rights"),
    ],
)
def test_quotation_marks_open_and_close_across_marks(prose: str, expected: str) -> None:
    assert marked(prose, variables={"x": "May"}) == expected


def test_quotation_marks_of_a_note_do_not_depend_on_the_text_around_it() -> None:
    done, _ = resolved('They ("left"^["Words" of a note.]) went.')
    assert plain_text(done.notes[0].content) == "“Words” of a note."
    assert plain_text(done.blocks) == "They (“left”) went."


# ---------------------------------------------------------------- what a Submission refuses

ORIGIN = Origin("x.yaml", 1, 1)
PENDING = [
    Cite((CiteItem("a"),)),
    Annotation((Text("x"),)),
    CrossRef("x"),
    Variable("x"),
    Confidential((Text("x"),), "internal"),
]


@pytest.mark.parametrize("node", PENDING, ids=lambda node: type(node).__name__)
@pytest.mark.parametrize("where", ["text", "emphasis", "note", "table", "box"])
def test_submission_refuses_what_is_pending(node: Any, where: str) -> None:
    from shadowgen.nodes import Cell

    inside = {
        "text": (Paragraph((node,)),),
        "emphasis": (Paragraph((Emphasis((node,)),)),),
        "note": (Paragraph((NoteCall(1),)),),
        "table": (Table((), (Cell((node,)),), ()),),
        "box": (Box("case", (), (Paragraph((node,)),)),),
    }
    notes = (Note(1, (node,)),) if where == "note" else ()
    with pytest.raises(ValueError, match=type(node).__name__):
        Submission(META, inside[where], notes)


@pytest.mark.parametrize(
    ("blocks", "notes"),
    [
        ((Paragraph((NoteCall(1), NoteCall(2))),), (Note(1, ()), Note(3, ()))),
        ((Paragraph((NoteCall(1),)),), (Note(2, ()),)),
        ((Paragraph((NoteCall(1), NoteCall(1))),), (Note(1, ()), Note(1, ()))),
        ((Paragraph((NoteCall(2),)),), (Note(1, ()),)),
        ((Paragraph((NoteNumber(1),)),), ()),
        ((Paragraph((Reference("p1", "x"),)),), ()),
        ((Paragraph((Text("x"),), origin=ORIGIN),), ()),
        ((Heading(1, (Text("x"),), origin=ORIGIN),), ()),
        ((Paragraph((Text("x"),), trace=Trace("s", "en", "body", 1)),), ()),
    ],
)
def test_submission_refuses_gaps_dangling_references_and_places(blocks: Any, notes: Any) -> None:
    with pytest.raises(ValueError):
        Submission(META, blocks, notes)


@pytest.mark.parametrize(
    ("blocks", "notes"),
    [
        ((Paragraph((NoteCall(1), NoteCall(1))),), (Note(1, ()),)),
        ((Paragraph((NoteCall(2), NoteCall(1))),), (Note(1, ()), Note(2, ()))),
        ((Paragraph((Text("x"),)),), (Note(1, ()),)),
    ],
)
def test_submission_refuses_notes_that_are_not_called_once_in_their_order(blocks: Any, notes: Any) -> None:
    with pytest.raises(ValueError):
        Submission(META, blocks, notes)


def test_resolving_keeps_a_record_of_every_source_paragraph(tmp_path: Path) -> None:
    composition, _ = put_together(tmp_path, EXAMPLE)
    places = [(entry.section, entry.part, entry.place) for entry in composition.record if entry.section == "torture"]
    assert places == [("torture", "body", 1), ("torture", "asks_lead", 1), ("torture", "asks", 1)]
    assert [entry.ordinal for entry in composition.record] == list(range(1, len(composition.record) + 1))
    again, _ = put_together(tmp_path / "again", example(introduction=finding("Other words.", title="Introduction")))
    changed = {entry.section for entry in set(composition.record) ^ set(again.record)}
    assert changed == {"introduction"}
