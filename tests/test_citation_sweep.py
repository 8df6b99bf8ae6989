"""The notes of the whole sample report, in every style and under every policy: worded, and without stray punctuation."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from test_citation_tables import STYLES, printed

from shadowgen.compose import Composition, compose
from shadowgen.library import Library
from shadowgen.loading import load_library
from shadowgen.nodes import Inlines, Paragraph, walk
from shadowgen.records import NoteOptions
from shadowgen.workspace import Workspace

# every address policy, with the other options in turn
POLICIES = [
    NoteOptions(ibid=True, addresses="url", restart="none"),
    NoteOptions(ibid=False, addresses="archived", restart="part"),
    NoteOptions(ibid=True, addresses="both", restart="section"),
    NoteOptions(ibid=False, addresses="none", restart="none"),
]
ADDRESS = re.compile(r"https?://[^\s>\])]+?(?=[.,;]*(?:[\s>\])]|$))")
STRAY = re.compile(r",,|, ,|;;|\(\)|\[\]|\( | \)|\[ |<>|  | [.,;:](?!\w)|\.\.|,\.|[?!…]\.|\.,,|^[^\w«“‘„\"*(\[]|[{}\"]|\*\*")


@cache
def library() -> Library:
    return load_library(Workspace(Path(__file__).parents[1]))[0]


def composed(plan: str, language: str, style: str, options: NoteOptions) -> Composition:
    asked = replace(library().plans[plan], style=style, notes=options, table_of_sources=True)
    composition, problems = compose(library(), asked, language, "public")
    assert composition is not None and [one for one in problems if one.is_error] == []
    return composition


def cited(composition: Composition) -> Iterator[Inlines]:
    """Yield every note, and every entry of the table of sources."""
    yield from (note.content for note in composition.submission.notes)
    yield from (block.content for block in walk(composition.submission.blocks) if isinstance(block, Paragraph) and block.role == "source")


def strays(inlines: Inlines) -> bool:
    text = ADDRESS.sub("URL", printed(inlines).replace("\u00a0", " "))
    return not text.strip() or bool(STRAY.search(text)) or text.count("*") % 2 == 1 or text.rstrip("*")[-1] not in ".!?…”’»"


@pytest.mark.parametrize("options", POLICIES, ids=lambda options: f"{options.addresses}-{options.restart}")
@pytest.mark.parametrize("style", STYLES)
def test_no_note_of_the_sample_report_is_empty_or_has_stray_punctuation(style: str, options: NoteOptions) -> None:
    composition = composed("kazakhstan-2016-full", "en", style, options)
    notes = [printed(one) for one in cited(composition) if strays(one)]
    assert notes == []
    assert len(composition.submission.notes) > 600
    addresses = sum("http" in printed(note.content) for note in composition.submission.notes)
    assert (addresses == 0) == (options.addresses == "none")


@pytest.mark.parametrize("style", STYLES)
def test_no_note_of_the_russian_sample_has_stray_punctuation(style: str) -> None:
    composition = composed("kazakhstan-2016-ru", "ru", style, POLICIES[0])
    assert [printed(one) for one in cited(composition) if strays(one)] == []
    assert len(composition.submission.notes) > 20
