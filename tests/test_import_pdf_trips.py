"""Whole reports come back from PDF: the sample submissions as shadowgen draws them and as LibreOffice does, and a report in two columns."""

from __future__ import annotations

import random
import re
import shutil
import subprocess
from collections import Counter
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
from conftest import need, office_stem
from finished import Finished, names
from roundtrip import asks, calls, notes, paragraphs, trip

from shadowgen.nodes import Heading, NoteCall, Text, plain_text, walk
from shadowgen.readers.original import Original, words_in
from shadowgen.readers.pdf import read_pdf

SAMPLES = [name for name in names() if name.startswith("samples/")]
QUICK = [name for name in SAMPLES if "full" not in name]


def share(wanted: Counter, found: Counter) -> float:
    return 1 - (wanted - found).total() / max(wanted.total(), 1)


@pytest.mark.slow
@pytest.mark.parametrize("name", SAMPLES)
def test_our_own_pdf_comes_back(name: str, documents: dict[str, Finished], tmp_path: Path) -> None:
    one = documents[name]
    back = trip(one.files["pdf"], tmp_path)
    assert back.done.shares[-1][1] == 0
    wanted = paragraphs(one.submission)
    assert (wanted - paragraphs(back.after)).total() <= max(0.015 * wanted.total(), 1)
    assert len(back.after.notes) == len(one.submission.notes)
    assert share(Counter(notes(one.submission)), Counter(notes(back.after))) >= 0.96  # that much comes back from our Word file too
    assert share(calls(one.submission.blocks), calls(back.after.blocks)) >= 0.99
    assert abs(asks(back.after) - asks(one.submission)) <= 0.01 * asks(one.submission)


@pytest.mark.slow
@pytest.mark.parametrize("name", QUICK)
def test_the_same_report_comes_back_from_the_pdf_of_libreoffice(
    name: str, documents: dict[str, Finished], office: Path, tmp_path: Path
) -> None:
    one = documents[name]
    back = trip(office / f"{office_stem(name)}.pdf", tmp_path)
    assert back.done.shares[-1][1] == 0
    wanted = paragraphs(one.submission)
    assert (wanted - paragraphs(back.after)).total() <= max(
        0.02 * wanted.total(), 1
    )  # LibreOffice writes "Table 1" where we wrote "table 1"
    assert len(back.after.notes) == len(one.submission.notes)
    assert share(calls(one.submission.blocks), calls(back.after.blocks)) >= 0.98
    assert asks(back.after) == asks(one.submission)


def spoken(made: Original) -> dict[int, str]:
    """Return the words of notes as they are printed, without the addresses behind them."""
    return {
        number: " ".join("".join(node.text for node in walk(note.inlines) if isinstance(node, Text)).split())
        for number, note in made.notes.items()
    }


@pytest.mark.slow
@pytest.mark.parametrize("name", SAMPLES)
def test_every_note_has_its_words_and_every_heading_is_found(name: str, documents: dict[str, Finished]) -> None:
    one = documents[name]
    made = read_pdf(one.files["pdf"].read_bytes())
    wanted = dict(enumerate(notes(one.submission), 1))
    assert share(Counter(wanted.items()), Counter(spoken(made).items())) >= 0.99
    headings = Counter(" ".join(plain_text(node.content).split()) for node in walk(one.submission.blocks) if isinstance(node, Heading))
    found = Counter(
        re.sub(r"^[IVX]+\. ", "", " ".join(words_in(piece.inlines).split())) for piece in made.pieces if piece.kind == "heading"
    )
    assert share(headings, found) >= 0.95


@pytest.mark.slow
@pytest.mark.parametrize("name", [name for name in names() if name not in SAMPLES])
def test_no_construct_and_no_language_ends_the_import(name: str, documents: dict[str, Finished], tmp_path: Path) -> None:
    back = trip(documents[name].files["pdf"], tmp_path)
    assert back.done.shares[-1][1] == 0
    assert back.done.written


# ---------------------------------------------------------------- two columns, by LibreOffice

WORDS = [
    "the",
    "authorities",
    "refused",
    "to",
    "register",
    "independent",
    "organizations",
    "without",
    "giving",
    "written",
    "reasons",
    "although",
    "national",
    "legislation",
    "guarantees",
    "that",
    "everybody",
    "may",
    "associate",
    "freely",
    "with",
    "others",
    "including",
    "journalists",
    "lawyers",
    "students",
    "and",
    "administrative",
    "personnel",
    "throughout",
    "the",
    "country",
]
ODF = "urn:oasis:names:tc:opendocument:xmlns"
OFFICE = f"""<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="{ODF}:office:1.0" xmlns:style="{ODF}:style:1.0" xmlns:text="{ODF}:text:1.0" xmlns:fo="{ODF}:xsl-fo-compatible:1.0"
 office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.text">
<office:styles>
<style:default-style style:family="paragraph"><style:text-properties fo:font-family="Liberation Serif" fo:font-size="11pt"/></style:default-style>
<style:style style:name="Body" style:family="paragraph"><style:paragraph-properties fo:text-align="justify" fo:margin-bottom="0.2cm"/></style:style>
<style:style style:name="Head" style:family="paragraph"><style:paragraph-properties fo:margin-top="0.4cm" fo:margin-bottom="0.2cm"
 fo:keep-with-next="always"/><style:text-properties fo:font-size="14pt" fo:font-weight="bold"/></style:style>
<style:style style:name="Quoted" style:family="paragraph" style:parent-style-name="Body"><style:paragraph-properties fo:margin-left="1cm"
 fo:margin-right="1cm"/></style:style>
<style:style style:name="Note" style:family="paragraph"><style:paragraph-properties fo:margin-left="0.5cm" fo:text-indent="-0.5cm"/>
<style:text-properties fo:font-size="9pt"/></style:style>
<style:style style:name="Small" style:family="paragraph"><style:text-properties fo:font-size="9pt" fo:font-style="italic"/></style:style>
</office:styles>
<office:automatic-styles>
<style:page-layout style:name="page"><style:page-layout-properties fo:page-width="21cm" fo:page-height="29.7cm" fo:margin="2cm"/>
<style:header-style><style:header-footer-properties fo:min-height="0.5cm" fo:margin-bottom="0.4cm"/></style:header-style>
<style:footer-style><style:header-footer-properties fo:min-height="0.5cm" fo:margin-top="0.4cm"/></style:footer-style></style:page-layout>
<style:style style:name="Columns" style:family="section"><style:section-properties text:dont-balance-text-columns="true">
<style:columns fo:column-count="2" fo:column-gap="0.7cm"/></style:section-properties></style:style>
</office:automatic-styles>
<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="page">
<style:header><text:p text:style-name="Small">Freedonia: shadow report 2015</text:p></style:header>
<style:footer><text:p text:style-name="Small">Page <text:page-number/> of <text:page-count/></text:p></style:footer>
</style:master-page></office:master-styles>
<office:body><office:text><text:section text:style-name="Columns" text:name="S">BODY</text:section></office:text></office:body></office:document>"""


def prose(chance: random.Random, sentences: int) -> str:
    return " ".join(" ".join(chance.choices(WORDS, k=chance.randint(9, 22))).capitalize() + "." for _ in range(sentences))


def in_columns() -> tuple[str, list[tuple[str, str]], dict[int, str]]:
    """Return a document of LibreOffice in two columns over several pages, the kind and words of its paragraphs, and its notes."""
    chance = random.Random(5)
    markup, wanted, bodies = [], [], {}

    def put(style: str, kind: str, words: str, inside: str = "") -> None:
        markup.append(f'<text:p text:style-name="{style}">{inside or escape(words)}</text:p>')
        wanted.append((kind, words))

    for chapter in range(1, 6):
        put("Head", "heading", f"Chapter heading {chapter} about registration")
        for place in range(6):
            first, rest = prose(chance, 1), prose(chance, chance.randint(2, 5))
            if place % 2:
                put("Body", "text", f"{first} {rest}")
                continue
            number = len(bodies) + 1
            bodies[number] = f"Note words number {number}. {prose(chance, 1)}"
            note = f'<text:note text:note-class="footnote"><text:note-citation>{number}</text:note-citation><text:note-body><text:p text:style-name="Note">'
            put("Body", "text", f"{first}[{number}] {rest}", f"{first}{note}{bodies[number]}</text:p></text:note-body></text:note> {rest}")
        put("Quoted", "quote", prose(chance, 2))
    return OFFICE.replace("BODY", "\n".join(markup)), wanted, bodies


def test_two_columns_of_libreoffice_with_notes_under_each(tmp_path: Path) -> None:
    need("soffice")
    document, wanted, bodies = in_columns()
    (tmp_path / "two.fodt").write_text(document, encoding="utf-8")
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [
        shutil.which("soffice") or "",
        profile,
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        str(tmp_path),
        str(tmp_path / "two.fodt"),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=240)
    made = read_pdf((tmp_path / "two.pdf").read_bytes())
    shown = [
        (piece.kind, "".join(f"[{part.note}]" if isinstance(part, NoteCall) else words_in((part,)) for part in piece.inlines))
        for piece in made.pieces
    ]
    assert shown == wanted
    assert spoken(made) == bodies
    pages = {one.place.page for one in made.asides}
    assert Counter(one.what for one in made.asides) == {"running head": len(pages), "page number": len(pages)}
    assert len(pages) > 3
