"""Word files become drafts: what hides in their markup, what would harm the machine, and our own files coming back."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from roundtrip import asks, notes, paragraphs, trip

from shadowgen.compose import compose
from shadowgen.library import load_library
from shadowgen.nodes import Emphasis, Link, NoteCall, Strong, walk
from shadowgen.readers.original import Original, words_in
from shadowgen.readers.textlines import Unreadable
from shadowgen.readers.word import read_word
from shadowgen.workspace import Workspace
from shadowgen.writers.docx import write_docx

ROOT = Path(__file__).parents[1]
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'


def word_file(body: str, **parts: str) -> bytes:
    """Make a Word file of the markup of its body and of other parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", f"<w:document {W} {R}><w:body>{body}</w:body></w:document>")
        for name, markup in parts.items():
            path = "word/_rels/document.xml.rels" if name == "rels" else f"word/{name}.xml"
            archive.writestr(path, markup)
    return out.getvalue()


def p(inside: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{inside}</w:p>"


def r(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def texts(made: Original) -> list[str]:
    return [words_in(piece.inlines) for piece in made.pieces]


def test_words_inside_controls_fields_links_and_boxes_are_read() -> None:
    rels = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink" Target="https://example.org/" '
        'TargetMode="External"/></Relationships>'
    )
    body = "".join(
        [
            f"<w:sdt><w:sdtContent>{p(r('in a control'))}</w:sdtContent></w:sdt>",
            p(f"{r('a ')}<w:sdt><w:sdtContent>{r('small ')}</w:sdtContent></w:sdt><w:fldSimple w:instr='REF x'>{r('field')}</w:fldSimple>"),
            p(
                "<w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText>NOTEREF _x</w:instrText></w:r>"
                f"<w:r><w:fldChar w:fldCharType='separate'/></w:r>{r('12')}<w:r><w:fldChar w:fldCharType='end'/></w:r>"
            ),
            p(f'<w:hyperlink r:id="rId1">{r("a link")}</w:hyperlink><w:bdo>{r(" turned")}</w:bdo><w:smartTag>{r(" smart")}</w:smartTag>'),
            p(f"{r('before ')}<w:r><w:pict><w:txbxContent>{p(r('in a box'))}</w:txbxContent></w:pict></w:r>{r('after')}"),
        ]
    )
    made = read_word(word_file(body, rels=rels))
    assert texts(made) == ["in a control", "a small field", "12", "a link https://example.org/ turned smart", "before after", "in a box"]
    assert [node.url for node in walk(made.pieces[3].inlines) if isinstance(node, Link)] == ["https://example.org/"]


def test_notes_are_numbered_as_they_are_called() -> None:
    body = p(f'{r("One")}<w:r><w:endnoteReference w:id="5"/></w:r>{r(" two")}<w:r><w:footnoteReference w:id="9"/></w:r>')
    footnotes = (
        f'<w:footnotes {W}><w:footnote w:type="separator" w:id="0">{p(r("--"))}</w:footnote>'
        f'<w:footnote w:id="9">{p("<w:r><w:footnoteRef/></w:r>" + r(" foot"))}{p(r("second"))}</w:footnote><w:footnote w:id="3">{p(r("orphan"))}'
        "</w:footnote></w:footnotes>"
    )
    endnotes = f'<w:endnotes {W}><w:endnote w:id="5">{p(r("end"))}</w:endnote></w:endnotes>'
    made = read_word(word_file(body, footnotes=footnotes, endnotes=endnotes))
    assert [node.note for node in made.pieces[0].inlines if isinstance(node, NoteCall)] == [1, 2]
    assert {number: words_in(note.inlines) for number, note in made.notes.items()} == {1: "end", 2: "foot second"}
    assert [(one.what, one.words) for one in made.asides] == [("note without a call", "orphan")]


TRACKED = p(
    f'{r("They ")}<w:del w:id="1" w:author="x"><w:r><w:delText xml:space="preserve">never </w:delText></w:r></w:del>'
    f'<w:ins w:id="2" w:author="x">{r("always ")}</w:ins>{r("came.")}'
)


@pytest.mark.parametrize(
    ("changes", "words", "asides"),
    [
        ("accept", "They always came.", [("deleted words", "never ")]),
        ("reject", "They never came.", [("rejected insertion", "always ")]),
        ("keep", "They always came.", [("deleted words", "never "), ("inserted words", "always ")]),
    ],
)
def test_tracked_changes(changes: str, words: str, asides: list[tuple[str, str]]) -> None:
    made = read_word(word_file(TRACKED), changes)
    assert texts(made) == [words]
    assert [(one.what, one.words) for one in made.asides] == asides


def test_comments_are_told_and_not_printed() -> None:
    comments = f'<w:comments {W}><w:comment w:id="0" w:author="Editor">{p(r("Is this so?"))}</w:comment></w:comments>'
    body = p(f'<w:commentRangeStart w:id="0"/>{r("It is so.")}<w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r>')
    made = read_word(word_file(body, comments=comments))
    assert (texts(made), [(one.what, one.words) for one in made.asides]) == (["It is so."], [("comment", "Is this so?")])


def test_numbers_are_counted_as_word_counts() -> None:
    def level(depth: int, form: str, text: str) -> str:
        return f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'

    abstract = level(0, "decimal", "%1.") + level(1, "lowerLetter", "(%2)")
    numbering = (
        f'<w:numbering {W}><w:abstractNum w:abstractNumId="7">{abstract}</w:abstractNum>'
        f'<w:abstractNum w:abstractNumId="8">{level(0, "bullet", "x")}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="8"/></w:num>'
        '<w:num w:numId="3"><w:abstractNumId w:val="7"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
        "</w:numbering>"
    )

    def numbered(id: int, depth: int = 0) -> str:
        return p(r("words"), f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{id}"/></w:numPr>')

    body = numbered(1) + numbered(1, 1) + numbered(1, 1) + numbered(1) + numbered(1, 1) + numbered(2) + numbered(3)
    made = read_word(word_file(body, numbering=numbering))
    assert [(piece.kind, piece.mark) for piece in made.pieces] == [
        ("text", "1."), ("item", "(a)"), ("item", "(b)"), ("text", "2."), ("item", "(a)"), ("item", "-"), ("text", "1."),
    ]  # fmt: skip


def test_styles_say_headings_and_a_table_keeps_its_cells() -> None:
    styles = (
        f'<w:styles {W}><w:style w:styleId="Own"><w:name w:val="My head"/><w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style></w:styles>'
    )
    cell = "<w:tc>{}</w:tc>"
    rows = "".join(f"<w:tr>{''.join(cell.format(p(r(word))) for word in row)}</w:tr>" for row in (("a", "b"), ("1", "2")))
    made = read_word(word_file(p(r("Head"), '<w:pStyle w:val="Own"/>') + f"<w:tbl>{rows}</w:tbl>", styles=styles))
    assert [(piece.kind, piece.level) for piece in made.pieces] == [("heading", 2), ("table", 0)]
    assert [[words_in(one) for one in row] for row in made.pieces[1].rows] == [["a", "b"], ["1", "2"]]


def test_emphasis_is_kept_and_split_runs_are_joined() -> None:
    made = read_word(
        word_file(p(r("plain ") + r("sla", "<w:i/>") + r("nted ", "<w:i/>") + r("fat", "<w:b/>") + r("!", '<w:b w:val="0"/>')))
    )
    kinds = [(type(node).__name__, words_in((node,))) for node in made.pieces[0].inlines]
    assert kinds == [("Text", "plain "), ("Emphasis", "slanted"), ("Text", " "), ("Strong", "fat"), ("Text", "!")]
    assert {Emphasis, Strong} <= {type(node) for node in made.pieces[0].inlines}


# ---------------------------------------------------------------- hostile files


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * 60_000_000)
    return out.getvalue()


ENTITY = f'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><w:document {W}><w:body><w:p><w:r><w:t>&e;</w:t></w:r></w:p></w:body></w:document>'


def with_document(markup: str | bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", markup)
    return out.getvalue()


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        (bomb(), "unpacks to far more"),
        (with_document(ENTITY), "document type"),
        (with_document(f'<!DOCTYPE x SYSTEM "http://example.org/x.dtd"><w:document {W}/>'), "document type"),
        (with_document(('<?xml version="1.0" encoding="UTF-16"?>' + ENTITY).encode("utf-16")), "document type"),
        (with_document(f"<w:document {W}>" + "<w:tbl><w:tr><w:tc>" * 3000), "broken or nested too deep"),
        (with_document("<w:document"), "broken"),
        (b"PK\x03\x04 no archive", "no Word file"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "old kind"),
        (word_file("")[:-30], "no Word file"),
    ],
)  # fmt: skip
def test_a_hostile_or_broken_file_is_refused_with_a_reason(raw: bytes, why: str) -> None:
    with pytest.raises(Unreadable, match=why) as told:
        read_word(raw)
    assert told.value.hint


def test_deep_tables_give_their_words_and_end() -> None:
    depth = 40
    nested = "<w:tbl><w:tr><w:tc>" * depth + p(r("deep")) + "</w:tc></w:tr></w:tbl>" * depth
    assert texts(read_word(word_file(nested))) == ["deep"]


# ---------------------------------------------------------------- our own files


@pytest.mark.slow
@pytest.mark.parametrize(
    "id", ["kazakhstan-2016-full", "kazakhstan-list-of-issues", "pledges-memorandum", "criminal-code-appeal", "country-update-2017"]
)
def test_our_own_word_file_comes_back(id: str, tmp_path: Path) -> None:
    library, _ = load_library(Workspace(ROOT))
    plan = library.plans[id]
    before, _ = compose(library, plan, "en", plan.audience)
    assert before is not None
    (tmp_path / "own.docx").write_bytes(write_docx(before.submission, before.locale, before.look))
    back = trip(tmp_path / "own.docx", tmp_path)
    assert back.done.shares[-1][1] == 0
    wanted, found = paragraphs(before.submission), paragraphs(back.after)
    differing = (wanted - found).total()
    assert differing <= max(wanted.total() * 0.01, 1)  # an apostrophe inside a link may come back curled
    assert (len(back.after.notes), asks(back.after)) == (len(before.submission.notes), asks(before.submission))
    same = sum(a == b for a, b in zip(notes(before.submission), notes(back.after), strict=True))
    assert same >= 0.98 * len(before.submission.notes)
