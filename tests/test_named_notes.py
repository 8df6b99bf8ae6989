"""Notes that are called again, notes whose numbers start again, and the options of a submission's notes."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support import codes, finding, put_together, submission
from test_resolve import META, setting

from shadowgen.markdown import Passage, parse_prose
from shadowgen.nodes import Annotation, NoteAgain, NoteCall, Submission, plain_text, walk
from shadowgen.nodes import Manuscript as Draft
from shadowgen.records import NoteOptions
from shadowgen.resolve import resolve


def done(prose: str, **options: object) -> tuple[Submission, list[str]]:
    """Resolve prose whose named notes are those that it holds."""
    blocks, problems = parse_prose(Passage(prose, "x.yaml"))
    assert problems == []
    named = {node.anchor: node for node in walk(blocks) if isinstance(node, Annotation) and node.anchor}
    finished, _, problems = resolve(Draft(META, blocks), setting(options=NoteOptions(**options), named_notes=named))
    return finished, [problem.message for problem in problems]


def shown(document: Submission) -> str:
    """Return the text with the mark of every note in brackets, one that is called again with an equals sign."""
    parts = []
    for node in walk(document.blocks):
        match node:
            case NoteCall(note, mark):
                parts.append(f"[{mark or note}]")
            case NoteAgain(note, mark):
                parts.append(f"[={mark or note}]")
            case _ if hasattr(node, "text"):
                parts.append(node.text)
            case _ if hasattr(node, "note"):
                parts.append(node.mark or str(node.note))
    return "".join(parts).replace("\u00a0", " ")


def words(document: Submission) -> list[str]:
    return [f"{note.shown} {plain_text(note.content)}".replace("\u00a0", " ") for note in document.notes]


# ---------------------------------------------------------------- called again


@pytest.mark.parametrize(
    ("prose", "text", "notes"),
    [
        ("One^[N.]{#n} two^[#n].", "One[1] two.[=1]", ["1 N."]),
        ("One^[#n] two^[N.]{#n}.", "One[1] two.[=1]", ["1 N."]),
        ("One^[A.] two^[N.]{#n} three^[B.] four^[#n].", "One[1] two[2] three[3] four.[=2]", ["1 A.", "2 N.", "3 B."]),
        ("One^[#n], ^[#n] two^[N.]{#n}", "One,[1][=1] two[=1]", ["1 N."]),
        ("See [#n]. One^[A.] two^[N.]{#n}.", "See note 2. One[1] two.[2]", ["1 A.", "2 N."]),
        ("One^[see [@a, p. 3]]{#n} two^[#n] three [@a, p. 3].", "One[1] two[=1] three.[2]",
         ["1 See Author-a, Title-a (2015), p. 3.", "2 Ibid."]),
    ],
)  # fmt: skip
def test_a_note_called_again_keeps_its_number(prose: str, text: str, notes: list[str]) -> None:
    document, problems = done(prose)
    assert (shown(document), words(document), problems) == (text, notes, [])


def test_a_note_that_nobody_named_is_told() -> None:
    document, problems = done("One^[N.]{#no-answer} two^[#no-anser].")
    assert problems == ["no note is named 'no-anser'"]
    assert words(document) == ["1 N."]


def test_a_named_note_at_the_end_of_a_paragraph_is_no_anchor_of_the_paragraph() -> None:
    blocks, problems = parse_prose(Passage("One^[N.]{#n}\n\nTwo^[M.] {#p}\n", "x.yaml"))
    assert problems == [] and [block.anchor for block in blocks] == ["", "p"]
    assert [node.anchor for node in walk(blocks) if isinstance(node, Annotation)] == ["n", ""]


def test_a_note_without_words_is_told() -> None:
    assert [problem.rule.name for problem in parse_prose(Passage("One^[ ] two.", "x.yaml"))[1]] == ["unclosed-mark"]


@pytest.mark.parametrize("prose", ["One^[ ]{#n} two^[#n] [@a].", "One^[#n] two^[ ]{#n} [@a]."])
def test_a_named_note_without_words_leaves_no_call(prose: str) -> None:
    blocks, _ = parse_prose(Passage(prose, "x.yaml"))
    named = {node.anchor: node for node in walk(blocks) if isinstance(node, Annotation) and node.anchor}
    finished, _, _ = resolve(Draft(META, blocks), setting(named_notes=named))
    assert shown(finished).endswith(".[1]") and words(finished) == ["1 Author-a, Title-a (2015)."]


FILES = {
    "sections/articles/iccpr/19/one.yaml": finding("Words.^[The letter has no reply.]{#letter}", title="One"),
    "sections/articles/iccpr/7/two.yaml": finding("More words.^[#letter] See [#letter].", title="Two", articles='["ICCPR 7"]'),
}


def test_a_note_of_a_section_that_is_left_out_is_printed_where_it_is_called(tmp_path: Path) -> None:
    files = {**FILES, "submissions/report.yaml": submission(sections="[two]")}
    composition, problems = put_together(tmp_path, files)
    assert codes(problems) == []
    assert words(composition.submission) == ["1 The letter has no reply."]


def test_a_note_of_a_section_above_the_audience_is_told_without_its_words(tmp_path: Path) -> None:
    one = FILES["sections/articles/iccpr/19/one.yaml"].replace("audience: public", "audience: internal")
    files = {**FILES, "sections/articles/iccpr/19/one.yaml": one, "submissions/report.yaml": submission(sections="[two]")}
    composition, problems = put_together(tmp_path, files)
    assert "unknown-target" in codes(problems)
    assert "reply" not in "".join(words(composition.submission)) + "".join(problem.message for problem in problems)


# ---------------------------------------------------------------- numbers that start again

PARTS = "# I\n\nA [@a]. B [@b]. C [@a].\n\n# II\n\nD [@a]. E^[X.]{#n}\n\n## F\n\nG [@b]. H [@a]. J^[#n].\n"


@pytest.mark.parametrize(
    ("restart", "text", "marks"),
    [
        ("none", "IA.[1] B.[2] C.[3]IID.[4] E[5]FG.[6] H.[7] J.[=5]", ["1", "2", "3", "4", "5", "6", "7"]),
        ("part", "IA.[1] B.[2] C.[3]IID.[1] E[2]FG.[3] H.[4] J.[=2]", ["1", "2", "3", "1", "2", "3", "4"]),
        ("section", "IA.[1] B.[2] C.[3]IID.[1] E[2]FG.[1] H.[2] J.[3]", ["1", "2", "3", "1", "2", "1", "2", "3"]),
    ],
)
def test_where_numbers_start_again(restart: str, text: str, marks: list[str]) -> None:
    document, problems = done(PARTS, restart=restart)
    assert problems == []
    assert shown(document) == text
    assert [note.shown for note in document.notes] == marks


def test_a_source_is_cited_in_full_again_where_numbers_start_again() -> None:
    document, _ = done(PARTS, restart="part")
    full = ["Author-a, Title-a (2015).", "Author-b, Title-b (2015)."]
    assert words(document) == [
        f"1 {full[0]}",
        f"2 {full[1]}",
        "3 Short-a (note 1 above).",
        f"1 {full[0]}",
        "2 X.",
        f"3 {full[1]}",
        "4 Short-a (note 1 above).",
    ]


def test_a_reference_to_a_note_names_its_part_where_numbers_start_again() -> None:
    assert shown(done(f"# A\n\nSee [#n].\n\n{PARTS}", restart="part")[0]).startswith("ASee note 2 (“II”).")


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.sampled_from(["A [@a].", "B [@b].", "C^[Words.]{#n}.", "D^[#n].", "\n\n# Part\n\n", "E^[See [@a].]"]), max_size=14),
    st.sampled_from(["none", "part"]),
)
def test_every_reference_names_the_first_full_citation_of_its_part(pieces: list[str], restart: str) -> None:
    if "C^[Words.]{#n}." not in pieces:
        pieces = [*pieces, "C^[Words.]{#n}."]
    document, problems = done("".join(pieces), restart=restart)
    assert problems == []
    first: dict[str, str] = {}
    for note in document.notes:
        if note.shown == "1":
            first = {}
        text = plain_text(note.content)
        for key in "ab":
            if f"Title-{key}" in text:
                assert key not in first
                first[key] = note.shown
            elif f"Short-{key}" in text:
                assert f"(note {first[key]} above)" in text


# ---------------------------------------------------------------- options


def test_a_submission_may_do_without_ibid() -> None:
    assert words(done("A [@a]. B [@a].", ibid=False)[0]) == ["1 Author-a, Title-a (2015).", "2 Short-a (note 1 above)."]
    assert words(done("A [@a]. B [@a].")[0]) == ["1 Author-a, Title-a (2015).", "2 Ibid."]


SOURCES = """\
both: {type: web-page, title: Both, publisher: P, url: "https://live.org/a", archived: "https://kept.org/a"}
live: {type: web-page, title: Live, publisher: P, url: "https://live.org/b"}
kept: {type: web-page, title: Kept, publisher: P, archived: "https://kept.org/c"}
"""
LIVE_A, KEPT_A, LIVE_B, KEPT_C = "https://live.org/a", "https://kept.org/a", "https://live.org/b", "https://kept.org/c"


@pytest.mark.parametrize(
    ("policy", "both", "live", "kept"),
    [
        ("url", f". Available at {LIVE_A}", f". Available at {LIVE_B}", f". Available at {KEPT_C}"),
        ("archived", f". Available at {KEPT_A}", f". Available at {LIVE_B}", f". Available at {KEPT_C}"),
        ("both", f". Available at {LIVE_A} (archived at {KEPT_A})", f". Available at {LIVE_B}", f". Available at {KEPT_C}"),
        ("none", "", "", ""),
    ],
)
def test_which_addresses_are_printed(tmp_path: Path, policy: str, both: str, live: str, kept: str) -> None:
    files = {
        "sections/sources/all.yaml": SOURCES,
        "sections/articles/iccpr/19/one.yaml": finding("A [@both]. B [@live]. C [@kept]."),
        "submissions/report.yaml": submission(notes=f"{{addresses: {policy}}}"),
    }
    composition, problems = put_together(tmp_path, files)
    assert codes(problems) == []
    assert words(composition.submission) == [f"1 “Both”, P{both}.", f"2 “Live”, P{live}.", f"3 “Kept”, P{kept}."]


def test_the_table_of_sources_lists_what_is_cited_by_kind_and_alphabet(tmp_path: Path) -> None:
    entries = """\
z: {type: ngo-report, author: Zebra, title: Last, date: 2010}
a: {type: ngo-report, author: Élan, title: First, date: 2011}
b: {type: ngo-report, author: Ems, title: Second, date: 2012}
t: {type: treaty, title: Covenant}
unused: {type: treaty, title: Never cited}
"""
    files = {
        "sections/sources/all.yaml": entries,
        "sections/articles/iccpr/19/one.yaml": finding("A [@z]. B [@b]. C [@t; see also @a, p. 3]."),
        "submissions/report.yaml": submission(table_of_sources="yes"),
    }
    composition, _ = put_together(tmp_path, files)
    blocks = composition.submission.blocks
    start = next(place for place, block in enumerate(blocks) if plain_text(block) == "Table of sources")
    assert [plain_text(block) for block in blocks[start + 1 :]] == [
        "Treaties", "Covenant.", "Reports and literature", "Élan, First (2011).", "Ems, Second (2012).", "Zebra, Last (2010).",
    ]  # fmt: skip
