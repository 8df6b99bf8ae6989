"""Word files become drafts: what hides in their markup, what would harm the machine, and our own files coming back."""

from __future__ import annotations

import io
import warnings
import zipfile
from pathlib import Path

import pytest
from roundtrip import asks, headings, notes, paragraphs, trip

from shadowgen.compose import compose
from shadowgen.importing.drafting import Wanted
from shadowgen.importing.run import import_file
from shadowgen.loading import load_library
from shadowgen.nodes import Emphasis, Link, NoteCall, Strong, Table, plain_text, walk
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
        ("accept", "They always came.", [("deleted words", "never")]),
        ("reject", "They never came.", [("rejected insertion", "always")]),
        ("keep", "They always came.", [("deleted words", "never"), ("inserted words", "always")]),
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


def twice() -> bytes:
    """Return a Word file with a second part of the name of the first: programs differ in which they read."""
    out = io.BytesIO(word_file(""))
    with warnings.catch_warnings(), zipfile.ZipFile(out, "a") as archive:
        warnings.simplefilter("ignore")
        archive.writestr("word/document.xml", f"<w:document {W}/>")
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
        (twice(), "a part twice"),
        (word_file("").replace(b"PK\x01\x02\x14\x03\x14", b"PK\x01\x02\x14\x03\xff"), "no Word file"),  # to be unpacked by a program to come
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
@pytest.mark.parametrize("id", sorted(path.stem for path in (ROOT / "submissions").glob("*.yaml")))
def test_our_own_word_file_comes_back(id: str, tmp_path: Path) -> None:
    library, _ = load_library(Workspace(ROOT))
    plan = library.plans[id]
    language = plan.languages[0]
    before, _ = compose(library, plan, language, plan.audience)
    assert before is not None
    (tmp_path / "own.docx").write_bytes(write_docx(before.submission, before.locale, before.look))
    back = trip(tmp_path / "own.docx", tmp_path)
    assert back.done.shares[-1][1] == 0
    wanted, found = paragraphs(before.submission), paragraphs(back.after)
    differing = (wanted - found).total()
    assert differing <= wanted.total() * 0.01
    titles = {" ".join(plain_text(one.prose[language].title).split()) for one in library.sections.values() if language in one.prose}
    assert headings(before.submission, titles) == headings(back.after, titles)
    assert (len(back.after.notes), asks(back.after)) == (len(before.submission.notes), asks(before.submission))
    same = sum(a == b for a, b in zip(notes(before.submission), notes(back.after), strict=True))
    assert same >= 0.98 * len(before.submission.notes)


# ---------------------------------------------------------------- faults that files of others showed


def packed(parts: dict[str, str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, markup in parts.items():
            archive.writestr(name, markup)
    return out.getvalue()


def test_the_strict_form_of_a_word_file_is_read() -> None:
    strict = W.replace("schemas.openxmlformats.org/wordprocessingml/2006/main", "purl.oclc.org/ooxml/wordprocessingml/main")
    assert texts(read_word(packed({"word/document.xml": f"<w:document {strict}><w:body>{p(r('strict'))}</w:body></w:document>"}))) == [
        "strict"
    ]


CALL, TAB, BREAK = '<w:r><w:footnoteReference w:id="3"/></w:r>', "<w:r><w:tab/></w:r>", "<w:r><w:br/></w:r>"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def test_the_main_part_and_its_notes_may_have_any_name() -> None:
    def relations(*rows: tuple[str, str]) -> str:
        inside = "".join(f'<Relationship Id="r{n}" Type="{RELATION}/{kind}" Target="{target}"/>' for n, (kind, target) in enumerate(rows))
        return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{inside}</Relationships>'

    made = read_word(
        packed(
            {
                "_rels/.rels": relations(("officeDocument", "/word/document2.xml")),
                "word/document2.xml": f"<w:document {W}><w:body>{p(r('words') + CALL)}</w:body></w:document>",
                "word/_rels/document2.xml.rels": relations(("footnotes", "../notes/foot.xml"), ("header", "head9.xml")),
                "notes/foot.xml": f'<w:footnotes {W}><w:footnote w:id="3">{p(r("note"))}</w:footnote></w:footnotes>',
                "word/head9.xml": f"<w:hdr {W}>{p(r('run'))}{p(r('ning') + TAB + r('head'))}</w:hdr>",
            }
        )
    )
    assert (texts(made), words_in(made.notes[1].inlines)) == (["words"], "note")
    assert [(one.what, one.words) for one in made.asides] == [("running head", "run ning head")]


def test_formulas_readings_drawings_and_second_bodies_keep_their_words() -> None:
    math = '<m:oMath xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"><m:r><m:t>x+1</m:t></m:r></m:oMath>'
    ruby = f"<w:r><w:ruby><w:rt>{r('reading')}</w:rt><w:rubyBase>{r('sign')}</w:rubyBase></w:ruby></w:r>"
    drawing = (
        '<w:r><w:drawing><a:p xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:r><a:t>in a drawing</a:t></a:r></a:p>'
        f'<x:txbxContent xmlns:x="x">{p(r("in a box of another name"))}</x:txbxContent></w:drawing></w:r>'
    )
    body = p(math + r(" ") + ruby + drawing) + f"</w:body><w:body>{p(r('second body'))}"
    made = read_word(word_file(body))
    assert texts(made) == ["x+1 sign(reading)", "in a box of another name", "second body"]
    assert [(one.what, one.words) for one in made.asides] == [("words in a drawing", "in a drawing")]


def test_of_two_forms_of_one_box_the_first_is_read() -> None:
    mc = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    box = f"<w:pict><w:txbxContent>{p(r('boxed'))}</w:txbxContent></w:pict>"
    alternatives = (
        f"<w:r><mc:AlternateContent {mc}><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r>"
    )
    assert texts(read_word(word_file(p(alternatives)))) == ["boxed"]
    cell = f"<w:tbl><w:tr><w:tc>{p(alternatives)}</w:tc><w:tc>{p(r('beside'))}</w:tc></w:tr></w:tbl>"
    assert [words_in(cell) for cell in read_word(word_file(cell)).pieces[0].rows[0]] == ["boxed", "beside"]


def test_a_joiner_between_letters_survives_where_runs_meet() -> None:
    made = read_word(word_file(p(r("می") + r("\u200cشود") + r("\u200c end"))))
    assert texts(made) == ["می\u200cشود end"]


def test_a_link_in_a_link_keeps_its_words() -> None:
    rels = (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="{RELATION}/hyperlink" '
        'Target="https://example.org/" TargetMode="External"/></Relationships>'
    )
    inner = f'<w:hyperlink r:id="rId1">{r("inner")}</w:hyperlink>'
    made = read_word(word_file(p(f'<w:hyperlink r:id="rId1">{r("outer ")}{inner}</w:hyperlink>'), rels=rels))
    assert texts(made) == ["outer inner https://example.org/"]


def drafted(tmp_path: Path, body: str, **parts: str) -> str:
    """Import a Word file; no word may be lost and the drafts must load. Return the words of its first section."""
    for folder in ("sections", "submissions"):
        (tmp_path / folder).mkdir()
    (tmp_path / "old.docx").write_bytes(word_file(body, **parts))
    done, problems = import_file(load_library(Workspace(tmp_path))[0], tmp_path / "old.docx", Wanted("old", "old.docx"))
    library, loading = load_library(Workspace(tmp_path))
    assert problems == loading == []
    assert done.shares[-1] == ("no draft", 0, 0.0)
    return " ".join(plain_text(library.sections[id].prose["en"].body) for id in library.sections)


TABLE = f"<w:tbl><w:tr><w:tc>{p(r('a'))}</w:tc><w:tc>{p(r('b') + BREAK + r('c'))}</w:tc></w:tr></w:tbl>"


def test_a_table_at_the_top_with_a_broken_line_in_a_cell_is_kept(tmp_path: Path) -> None:
    assert "a" in drafted(tmp_path, TABLE + p(r("Words after the table.")))
    table = next(node for one in load_library(Workspace(tmp_path))[0].sections.values() for node in walk(one.prose["en"].body)
                 if isinstance(node, Table))  # fmt: skip
    assert [plain_text(cell.content) for cell in table.head] == ["a", "b c"]


def test_the_number_of_a_heading_and_a_note_without_words_are_accounted_for(tmp_path: Path) -> None:
    styles = f'<w:styles {W}><w:style w:styleId="H"><w:name w:val="heading 2"/></w:style></w:styles>'
    numbering = (
        f'<w:numbering {W}><w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.1"/></w:lvl>'
        '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num></w:numbering>'
    )
    footnotes = f'<w:footnotes {W}><w:footnote w:id="1">{p("")}</w:footnote></w:footnotes>'
    body = p(r("Head"), '<w:pStyle w:val="H"/><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>') + p(
        r("Words.") + '<w:r><w:footnoteReference w:id="1"/></w:r>'
    )
    assert "The words of note 1 did not survive" in drafted(tmp_path, body, styles=styles, numbering=numbering, footnotes=footnotes)


def test_an_address_that_leads_nowhere_and_one_with_brackets(tmp_path: Path) -> None:
    rels = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">' + "".join(
        f'<Relationship Id="rId{n}" Type="{RELATION}/hyperlink" Target="{url}" TargetMode="External"/>'
        for n, url in enumerate(("http://", "https://example.org/a_(b)?x=1&amp;copy;=2", "https://example.org/c)"))
    )
    links = " ".join(f'<w:hyperlink r:id="rId{n}">{r(f"link {n}")}</w:hyperlink>' for n in range(3))
    assert "link 0 http://" in drafted(tmp_path, p(r("See ") + links), rels=rels + "</Relationships>")
    library, _ = load_library(Workspace(tmp_path))
    urls = [node.url for one in library.sections.values() for node in walk(one.prose["en"].body) if isinstance(node, Link)]
    assert urls == ["https://example.org/a_(b)?x=1&copy;=2", "https://example.org/c)"]


def test_what_follows_a_pointer_without_a_number_is_counted_and_a_part_in_capitals_is_one(tmp_path: Path) -> None:
    for folder in ("sections", "submissions"):
        (tmp_path / folder).mkdir()
    lines = ["Recommendation: Free them.", "1. They are held.", "For more information, please see the section on Article 9.", "Nobody came.",
             "II. PROVISIONS OF THE COVENANT", "Article 9", "1. Arrest."]  # fmt: skip
    (tmp_path / "old.docx").write_bytes(word_file("".join(p(r(line)) for line in lines)))
    done, _ = import_file(load_library(Workspace(tmp_path))[0], tmp_path / "old.docx", Wanted("old", "old.docx"))
    assert done.shares[-1] == ("no draft", 0, 0.0)
    assert (done.counts["parts"], done.counts["pointers to other sections"]) == (1, 1)
    text = (tmp_path / "sections/imported/old/recommendations/old-commitments/old-recommendation-1.yaml").read_text(encoding="utf-8")
    assert "section on [#old-article-9].\n\n  Nobody came." in text


def test_the_caption_of_a_picture_stands_alone_with_its_label_and_the_picture_is_told(tmp_path: Path) -> None:
    for folder in ("sections", "submissions"):
        (tmp_path / folder).mkdir()
    body = p(r("Article 9")) + p(r("1. As figure 1 shows.")) + p(r("Figure 1: Arrests"), '<w:pStyle w:val="Caption"/>') + p(r("2. More."))
    (tmp_path / "old.docx").write_bytes(word_file(body))
    done, _ = import_file(load_library(Workspace(tmp_path))[0], tmp_path / "old.docx", Wanted("old", "old.docx"))
    text = (tmp_path / "sections/imported/old/articles/iccpr/9/old-article-9.yaml").read_text(encoding="utf-8")
    assert "As figure 1 shows.\n\n  Figure 1: Arrests\n\n  More." in text
    assert "paragraph 3: picture that is left out: Figure 1: Arrests." in (tmp_path / done.report).read_text(encoding="utf-8")
    assert done.shares[-1] == ("no draft", 0, 0.0)


def test_headings_of_articles_in_russian_are_found_and_files_have_latin_names(tmp_path: Path) -> None:
    for folder in ("sections", "submissions"):
        (tmp_path / folder).mkdir()
    lines = ["Рекомендация (пункт 20)", "«Освободить их.»", "1. Их держат.", "Подробнее см. раздел по статье 9.", "Статья 9. Свобода", "1. Арест.",
             "Статьи 2, 3 и 26", "1. Равенство.", "Статья 2, пункт 3", "1. Защита."]  # fmt: skip
    (tmp_path / "old.docx").write_bytes(word_file("".join(p(r(line)) for line in lines)))
    done, _ = import_file(load_library(Workspace(tmp_path))[0], tmp_path / "old.docx", Wanted("old", "old.docx"))
    assert [path for path in done.written if "/articles/" in path] == [
        "sections/imported/old/articles/iccpr/9/old-statya-9-svoboda.yaml",
        "sections/imported/old/articles/iccpr/2/old-stati-2-3-i-26.yaml",
        "sections/imported/old/articles/iccpr/2/old-statya-2-punkt-3.yaml",
    ]
    library, problems = load_library(Workspace(tmp_path))
    assert problems == []
    assert [[str(ref) for ref in library.sections[id].articles] for id in ("old-stati-2-3-i-26", "old-statya-2-punkt-3")] == [
        ["ICCPR 2", "ICCPR 3", "ICCPR 26"], ["ICCPR 2(3)"],
    ]  # fmt: skip
    assert done.counts["pointers to other sections"] == 1
    assert done.shares[-1] == ("no draft", 0, 0.0)


@pytest.mark.parametrize("own", ["", "Nobody is freed."])
def test_a_line_that_only_points_elsewhere_is_the_answer_where_there_is_no_other(own: str, tmp_path: Path) -> None:
    for folder in ("sections", "submissions"):
        (tmp_path / folder).mkdir()

    def styled(style: str, words: str) -> str:
        return p(r(words), f'<w:pStyle w:val="{style}"/>')

    lines = [styled("Heading3", "Prisons"), styled("Label", "Recommendation (paragraph 6)"), styled("Commitment", "Free them."),
             styled("SeeAlso", "For more information, see the section on article 9."), p(r(own)), styled("Heading2", "Article 9"), p(r("1. Arrest."))]  # fmt: skip
    (tmp_path / "old.docx").write_bytes(word_file("".join(lines)))
    done, _ = import_file(load_library(Workspace(tmp_path))[0], tmp_path / "old.docx", Wanted("old", "old.docx"))
    (path,) = [path for path in done.written if "/recommendations/" in path]
    body = (tmp_path / path).read_text(encoding="utf-8").partition("body: |\n")[2]
    assert body.strip() == (own or "For more information, see the section on [#old-article-9].")
    assert done.shares[-1] == ("no draft", 0, 0.0)
