"""The pages docs/styles/<style>.md are the expected notes: every cell of their tables is compared with what the engine makes.

The cells are written from the manuals' rules, never from the output. In a page *...* is italics and a backslash keeps the next character as it is.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest
from support import load
from test_data import SOURCE_TYPES

from shadowgen.locales import locale
from shadowgen.markdown import Passage, parse_line
from shadowgen.nodes import Emphasis, Inlines, Manuscript, Meta, NoteNumber, Paragraph, Text, plain_text
from shadowgen.notestyles import load_style
from shadowgen.records import NoteOptions, Source
from shadowgen.resolve import Setting, resolve
from shadowgen.workspace import Workspace, package_files

ROOT = Path(__file__).parents[1]
STYLES = [name.removesuffix(".yaml") for name in package_files("styles")]
LANGUAGES = {"English": "en", "Russian": "ru", "French": "fr", "Spanish": "es"}
OTHER, WORDS = "[@other]", "^[Words.]"
POSITIONS = ["first", "again", "other locator", "later", "after words", "with another"]


# ---------------------------------------------------------------- the pages


def tables(style: str) -> dict[tuple[str, str], list[list[str]]]:
    """Return the rows of each table of a page by its headings: language and, in English, type of source."""
    found: dict[tuple[str, str], list[list[str]]] = {}
    language = type = ""
    for line in (ROOT / "docs" / "styles" / f"{style}.md").read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            language, type = LANGUAGES.get(line[3:], ""), ""
        elif line.startswith("### "):
            type = line[4:]
        elif line.startswith("| ") and language:
            found.setdefault((language, type), []).append([cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]])
    return {place: rows[2:] for place, rows in found.items()}


def shown(cell: str) -> str:
    """Return a cell as it is read: without the backslashes of Markdown."""
    return re.sub(r"\\(.)", r"\1", cell)


# ---------------------------------------------------------------- the engine


@cache
def sources() -> dict[str, Source]:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        text = (ROOT / "tests" / "citations" / "sources.yaml").read_text(encoding="utf-8")
        return dict(load(Path(folder), {"sections/sources/all.yaml": text}).sources)


def made(style: str, language: str, *written: str, options: NoteOptions | None = None, known: dict[str, Source] | None = None) -> list[str]:
    """Return the notes of a document in which these are written one after another; italics as *...*, no-break spaces as blanks."""
    words = locale(language)
    chosen, problems = load_style(Workspace(Path("/nowhere")), style, words)
    assert chosen is not None and problems == []
    blocks = tuple(Paragraph((Text("Words "), *parse_line(Passage(one, "f"))[0])) for one in written)
    setting = Setting(words, chosen, known or sources(), frozenset(), {}, {}, options or NoteOptions())
    done, _, found = resolve(Manuscript(Meta("Title", language, "title"), blocks), setting)
    assert found == []
    return [printed(note.content).replace("\u00a0", " ") for note in done.notes]


def printed(inlines: Inlines) -> str:
    parts = []
    for inline in inlines:
        if isinstance(inline, Emphasis):
            parts.append(f"*{printed(inline.children)}*")
        elif isinstance(inline, NoteNumber):
            parts.append(str(inline.note))
        else:
            parts.append(plain_text((inline,)))
    return "".join(parts)


# ---------------------------------------------------------------- the comparison


@pytest.mark.parametrize("style", STYLES)
def test_page_has_every_type_in_every_position(style: str) -> None:
    found = tables(style)
    assert {type for language, type in found if language == "en"} == SOURCE_TYPES
    for type in SOURCE_TYPES:
        rows = [row[0] for row in found["en", type]]
        wanted = [row for row in POSITIONS if row != "other locator" or "," in found["en", type][0][1]]
        assert rows == wanted, type
    for language in ("ru", "fr", "es"):
        assert {row[0] for row in found[language, ""]} == SOURCE_TYPES
        assert all(len(row) == 4 for row in found[language, ""])


@pytest.mark.parametrize("style", STYLES)
def test_notes_in_english_are_those_of_the_page(style: str) -> None:
    assert [one for (language, type), rows in tables(style).items() if language == "en" for one in compared(style, type, rows)] == []


def compared(style: str, type: str, rows: list[list[str]]) -> list[str]:
    """Return what differs in the table of a type: its rows but the last are the notes of one document, with other notes before some."""
    written = [(row, mark.strip("`")) for row, mark, _ in rows]
    document = [pair for row, mark in written[:-1] for pair in (*BETWEEN.get(row, ()), (row, mark))]
    notes = [note for (row, _), note in zip(document, made(style, "en", *(mark for _, mark in document)), strict=True) if row]
    return differences({f"{type} {row[0]}": shown(row[2]) for row in rows}, notes + made(style, "en", written[-1][1]))


BETWEEN = {"later": (("", OTHER),), "after words": (("", WORDS),)}


@pytest.mark.parametrize("language", ["ru", "fr", "es"])
@pytest.mark.parametrize("style", STYLES)
def test_notes_in_another_language_are_those_of_the_page(style: str, language: str) -> None:
    found, wrong = tables(style), []
    for type, *cells in found[language, ""]:
        marks = {row[0]: row[1].strip("`") for row in found["en", type]}
        first, again, _, later = made(style, language, marks["first"], marks.get("other locator", marks["again"]), OTHER, marks["later"])
        wrong += differences(
            dict(zip((f"{type} first", "another locator", "later"), map(shown, cells), strict=True)), [first, again, later]
        )
    assert wrong == []


def differences(expected: dict[str, str], notes: list[str]) -> list[str]:
    assert len(expected) == len(notes)
    return [
        f"{row}:\n  page:   {one}\n  engine: {other}" for (row, one), other in zip(expected.items(), notes, strict=True) if one != other
    ]
