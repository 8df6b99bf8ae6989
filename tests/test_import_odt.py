"""OpenDocument texts become drafts: what hides in their markup, how their lists count, their tracked changes."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from shadowgen.importing.drafting import Wanted
from shadowgen.importing.run import import_file
from shadowgen.loading import load_library
from shadowgen.nodes import Emphasis, Link, NoteCall, Strong, walk
from shadowgen.readers.odt import read_odt
from shadowgen.readers.original import Original, words_in
from shadowgen.readers.textlines import Unreadable
from shadowgen.workspace import Workspace

_URN = "urn:oasis:names:tc:opendocument:xmlns:{}:1.0"
NAMES = " ".join(
    [f'xmlns:{short}="{_URN.format(name)}"' for short, name in (("office", "office"), ("text", "text"), ("style", "style"), ("table", "table"),
     ("draw", "drawing"), ("fo", "xsl-fo-compatible"), ("svg", "svg-compatible"))]
    + ['xmlns:xlink="http://www.w3.org/1999/xlink"', 'xmlns:dc="http://purl.org/dc/elements/1.1/"']
)  # fmt: skip


def odt(body: str, automatic: str = "", styles: str = "", **parts: str) -> bytes:
    """Make an OpenDocument text of the markup of its body, its own styles, and the named styles and margins."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "content.xml",
            f"<office:document-content {NAMES}><office:automatic-styles>{automatic}</office:automatic-styles>"
            f"<office:body><office:text>{body}</office:text></office:body></office:document-content>",
        )
        archive.writestr("styles.xml", f"<office:document-styles {NAMES}>{styles}</office:document-styles>")
        for name, markup in parts.items():
            archive.writestr("META-INF/manifest.xml" if name == "manifest" else name, markup)
    return out.getvalue()


def p(inside: str, style: str = "Standard") -> str:
    return f'<text:p text:style-name="{style}">{inside}</text:p>'


def shapes(made: Original) -> list[tuple[str, str, int, str]]:
    return [(piece.kind, piece.mark, piece.level, " ".join(words_in(piece.inlines).split())) for piece in made.pieces]


def asides(made: Original) -> list[tuple[str, str]]:
    return [(one.what, one.words) for one in made.asides]


def test_headings_go_by_their_outline_level_and_styles_by_their_parents() -> None:
    automatic = (
        '<style:style style:name="P1" style:family="paragraph" style:parent-style-name="Quotations"/>'
        '<style:style style:name="P2" style:family="paragraph" style:parent-style-name="Own_20_head"/>'
    )
    styles = '<style:style style:name="Own_20_head" style:family="paragraph" style:default-outline-level="3"/>'
    body = '<text:h text:outline-level="2">Article 19</text:h>' + p("Plain.") + p("Said so.", "P1") + p("Head", "P2") + p("Name", "Title")
    made = read_odt(odt(body, automatic, styles))
    assert shapes(made) == [
        ("heading", "", 2, "Article 19"), ("text", "", 0, "Plain."), ("quote", "", 0, "Said so."), ("heading", "", 3, "Head"), ("text", "", 0, "Name"),
    ]  # fmt: skip
    assert [piece.style for piece in made.pieces] == ["", "", "", "", "Title"]


LISTS = (
    '<text:list-style style:name="L1"><text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."/>'
    '<text:list-level-style-number text:level="2" style:num-format="a" style:num-prefix="(" style:num-suffix=")"/></text:list-style>'
    '<text:list-style style:name="L2"><text:list-level-style-bullet text:level="1" text:bullet-char="x"/></text:list-style>'
)


def items(*inside: str) -> str:
    return "".join(f"<text:list-item>{one}</text:list-item>" for one in inside)


def test_lists_count_go_on_and_begin_anew() -> None:
    body = (
        f'<text:list text:style-name="L1">{items(p("one"), p("two") + "<text:list>" + items(p("inner"), p("second")) + "</text:list>")}</text:list>'
        + p("between")
        + f'<text:list text:style-name="L1" text:continue-numbering="true">{items(p("three") + "<text:list>" + items(p("again")) + "</text:list>")}</text:list>'
        + f'<text:list text:style-name="L1">{items(p("anew") + p("goes on"))}</text:list>'
        + f'<text:list text:style-name="L1" text:continue-numbering="true"><text:list-item text:start-value="7">{p("seven")}</text:list-item></text:list>'
        + f'<text:list text:style-name="L2">{items(p("bullet"))}</text:list>'
    )
    assert [(kind, mark, words) for kind, mark, _, words in shapes(read_odt(odt(body, LISTS)))] == [
        ("text", "1.", "one"), ("text", "2.", "two"), ("item", "(a)", "inner"), ("item", "(b)", "second"), ("text", "", "between"),
        ("text", "3.", "three"), ("item", "(a)", "again"), ("text", "1.", "anew"), ("text", "", "goes on"), ("text", "7.", "seven"), ("item", "-", "bullet"),
    ]  # fmt: skip


def test_notes_links_looks_and_blanks() -> None:
    automatic = (
        '<style:style style:name="T1" style:family="text"><style:text-properties fo:font-style="italic"/></style:style>'
        '<style:style style:name="T2" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>'
    )
    note = '<text:note text:note-class="footnote"><text:note-citation>9</text:note-citation><text:note-body>{}</text:note-body></text:note>'
    body = p(
        'One<text:s text:c="2"/>two<text:tab/><text:span text:style-name="T1">three</text:span> <text:span text:style-name="T2">four</text:span>'
        + note.format(p("Foot.") + p("More."))
        + ' <text:a xlink:href="https://example.org/">five</text:a><text:a xlink:href="#x"> six</text:a>'
        + note.format(p("End."))
    )
    made = read_odt(odt(body, automatic))
    assert shapes(made) == [("text", "", 0, "One two three four five https://example.org/ six")]
    found = list(walk(made.pieces[0].inlines))
    assert [node.note for node in found if isinstance(node, NoteCall)] == [1, 2]
    assert [node.url for node in found if isinstance(node, Link)] == ["https://example.org/"]
    assert [words_in((node,)) for node in found if isinstance(node, Emphasis | Strong)] == ["three", "four"]
    assert {number: words_in(one.inlines) for number, one in made.notes.items()} == {1: "Foot. More.", 2: "End."}


def test_comments_boxes_margins_pictures_and_contents_are_told_apart() -> None:
    body = (
        f"<text:table-of-content><text:index-body>{p('Contents')}{p('Article 19')}</text:index-body></text:table-of-content>"
        + p(
            "Be<office:annotation><dc:creator>Editor</dc:creator>" + p("Is it so?") + "</office:annotation>fore"
            f"<draw:frame><draw:text-box>{p('In a box')}</draw:text-box></draw:frame><draw:custom-shape><svg:title>A map</svg:title>{p('On a shape')}</draw:custom-shape>"
            " after"
        )
    )  # fmt: skip
    styles = f"<style:master-page><style:header>{p('Run')}{p('Head')}</style:header></style:master-page>"
    made = read_odt(odt(body, styles=styles))
    assert [words for _, _, _, words in shapes(made)] == ["Before after", "In a box", "On a shape"]
    assert asides(made) == [
        ("contents", "Contents Article 19"), ("comment", "Is it so?"), ("words about a picture", "A map"), ("running head", "Run Head"),
    ]  # fmt: skip


def test_a_table_keeps_its_cells_and_one_of_one_column_is_a_frame() -> None:
    def row(*cells: str) -> str:
        return f"<table:table-row>{''.join(f'<table:table-cell>{cell}</table:table-cell>' for cell in cells)}</table:table-row>"

    table = (
        f"<table:table><table:table-header-rows>{row(p('a'), p('b'))}</table:table-header-rows>{row(p('1'), p('2') + p('3'))}</table:table>"
    )
    made = read_odt(odt(table + f"<table:table>{row(p('framed'))}{row(p('words'))}</table:table>"))
    assert [[words_in(cell) for cell in row] for row in made.pieces[0].rows] == [["a", "b"], ["1", "2 3"]]
    assert [words for _, _, _, words in shapes(made)[1:]] == ["framed", "words"]


TRACKED = (
    '<text:tracked-changes><text:changed-region xml:id="c1"><text:insertion/></text:changed-region><text:changed-region text:id="c2">'
    f"<text:deletion>{p('never ')}</text:deletion></text:changed-region></text:tracked-changes>"
    + p('They <text:change text:change-id="c2"/><text:change-start text:change-id="c1"/>always <text:change-end text:change-id="c1"/>came.')
)


@pytest.mark.parametrize(
    ("changes", "words", "told"),
    [
        ("accept", "They always came.", [("deleted words", "never")]),
        ("reject", "They never came.", [("rejected insertion", "always")]),
        ("keep", "They always came.", [("deleted words", "never"), ("inserted words", "always")]),
    ],
)
def test_tracked_changes(changes: str, words: str, told: list[tuple[str, str]]) -> None:
    made = read_odt(odt(TRACKED), changes)
    assert [one for _, _, _, one in shapes(made)] == [words]
    assert asides(made) == told


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        (b"PK\x03\x04 no archive", "no OpenDocument text"),
        (odt("", manifest="<x>encryption-data</x>"), "locked with a password"),
        (odt("")[:-30], "no OpenDocument text"),
        (odt(f"{p('x')}<broken"), "broken"),
        (odt(p("x")).replace(b"content.xml", b"contont.xml"), "holds no OpenDocument text"),
        (odt("<text:section>" * 3000), "broken or nested too deep"),
    ],
)
def test_a_broken_or_locked_file_is_refused_with_a_reason(raw: bytes, why: str) -> None:
    with pytest.raises(Unreadable, match=why) as told:
        read_odt(raw)
    assert told.value.hint


def test_a_document_type_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("content.xml", f'<!DOCTYPE x [<!ENTITY e "ee">]><office:document-content {NAMES}/>')
    with pytest.raises(Unreadable, match="document type"):
        read_odt(out.getvalue())


def test_a_report_in_an_odt_becomes_drafts(tmp_path: Path) -> None:
    for folder in ("sections", "submissions"):
        (tmp_path / folder).mkdir()
    body = (
        '<text:h text:outline-level="1">Report</text:h><text:h text:outline-level="2">Article 9</text:h>'
        f'<text:list text:style-name="L1">{items(p("Arrests are long {{x}}."), p("We recommend:"))}</text:list>'
        f'<text:list text:style-name="L2">{items(p("to count the hours;"), p("to tell the family."))}</text:list>'
    )
    (tmp_path / "old.odt").write_bytes(odt(body, LISTS))
    done, problems = import_file(load_library(Workspace(tmp_path))[0], tmp_path / "old.odt", Wanted("old", "old.odt"))
    library, loading = load_library(Workspace(tmp_path))
    assert problems == loading == []
    assert done.shares[-1] == ("no draft", 0, 0.0)
    section = library.sections["old-article-9"]
    assert ([str(ref) for ref in section.articles], len(section.prose["en"].asks)) == (["ICCPR 9"], 2)
