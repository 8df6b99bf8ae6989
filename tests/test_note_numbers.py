""" "Note k" names the first full citation of its source in this output, in every style, with numbers that start again and notes called again."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from test_resolve import KEYS, META, setting

from shadowgen.locales import locale
from shadowgen.nodes import (
    Annotation,
    Block,
    Cite,
    CiteItem,
    Heading,
    Manuscript,
    NoteAgain,
    NoteCall,
    NoteNumber,
    Paragraph,
    SameNote,
    Submission,
    Text,
    plain_text,
    walk,
)
from shadowgen.notestyles import load_style
from shadowgen.records import NoteOptions
from shadowgen.resolve import resolve
from shadowgen.workspace import Workspace

# style: how it names an earlier note, {} its number; Chicago names none
ABOVE = {
    "un": r"Short-(\w) \(note (\d+) above\)", "oscola": r"Short-(\w) \(n (\d+)\)", "bluebook": r"Short-(\w), supra note (\d+)",
    "gost": r"Short-(\w) \(see note (\d+)\)",
}  # fmt: skip
LEVELS = {"none": (), "part": (1,), "section": (1, 2)}

items = st.builds(
    lambda key, prefix, page: CiteItem(key, prefix, (("page", str(page)),) if page else ()),
    st.sampled_from(KEYS),
    st.sampled_from(["", "", "see"]),
    st.integers(min_value=0, max_value=2),
)
cites = st.lists(items, min_size=1, max_size=2).map(lambda some: Cite(tuple(some)))
words = st.lists(cites, max_size=2).map(lambda some: (Text("As said "), *some, Text(" there")))
calls = st.sampled_from(["x", "y"]).map(SameNote)
events = st.lists(st.one_of(cites, words.map(Annotation), calls, st.sampled_from([1, 2])), max_size=14)
named = st.fixed_dictionaries({"x": words, "y": words})


@dataclass
class Expected:
    """What a reader counts by hand: the notes, what each cites, the number each shows, the unit each stands in; and every mark in the text."""

    cited: list[list[str]] = field(default_factory=list)
    shown: list[int] = field(default_factory=list)
    unit: list[int] = field(default_factory=list)
    marks: list[int] = field(default_factory=list)


def counted(sequence: list, notes: dict[str, Annotation], restart: str) -> Expected:
    out, unit, number, here = Expected(), 0, 0, {}
    for event in sequence:
        if isinstance(event, int):
            if event in LEVELS[restart]:
                unit, number, here = unit + 1, 0, {}
            continue
        name = event.target if isinstance(event, SameNote) else ""
        if name not in here:
            number += 1
            here |= {name: number} if name else {}
            meant = notes[name] if name else event
            out.cited.append([item.key for node in walk(meant) if isinstance(node, Cite) for item in node.items])
            out.shown.append(number)
            out.unit.append(unit)
        out.marks.append(here[name] if name else number)
    return out


def document(style: str, sequence: list, notes: dict[str, Annotation], options: NoteOptions) -> Submission:
    blocks: tuple[Block, ...] = tuple(
        Heading(event, (Text("Head"),)) if isinstance(event, int) else Paragraph((Text("Words"), event, Text("."))) for event in sequence
    )
    chosen = load_style(Workspace(Path("/nowhere")), style, locale("en"))[0]
    done, _, problems = resolve(Manuscript(META, blocks), setting(style=chosen, options=options, named_notes=notes))
    assert problems == []
    return done


@pytest.mark.parametrize("restart", LEVELS)
@pytest.mark.parametrize("style", ABOVE)
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(events, named, st.booleans())
def test_note_above_names_the_first_full_citation_in_its_unit(style: str, restart: str, sequence: list, named: dict, ibid: bool) -> None:
    notes = {name: Annotation(inside, None, name) for name, inside in named.items()}
    expected = counted(sequence, notes, restart)
    done = document(style, sequence, notes, NoteOptions(ibid=ibid, restart=restart))
    assert len(done.notes) == len(expected.cited)
    first: dict[tuple[int, str], int] = {}
    for place, note in enumerate(done.notes):
        unit, text = expected.unit[place], plain_text(note.content)
        for key in expected.cited[place]:
            first.setdefault((unit, key), place)
        full = re.findall(r"Title-(\w)", text)
        assert sorted(full) == sorted(key for (where, key), at in first.items() if (where, at) == (unit, place))
        above = re.findall(ABOVE[style], text)
        assert all(first[unit, key] < place and expected.shown[first[unit, key]] == int(number) for key, number in above)
        live = [node.note for node in walk(note.content) if isinstance(node, NoteNumber)]
        assert live == [first[unit, key] + 1 for key, _ in above]
        assert ibid or ("bid" not in text.lower() and "id." not in text.lower())


@pytest.mark.parametrize("restart", LEVELS)
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(events, named)
def test_marks_in_the_text_show_the_number_of_their_note(restart: str, sequence: list, named: dict) -> None:
    notes = {name: Annotation(inside, None, name) for name, inside in named.items()}
    expected = counted(sequence, notes, restart)
    done = document("un", sequence, notes, NoteOptions(restart=restart))
    marks = [int(node.mark or node.note) for node in walk(done.blocks) if isinstance(node, NoteCall | NoteAgain)]
    assert marks == expected.marks
