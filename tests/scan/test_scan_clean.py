"""A clean copy: what was planted is gone, what a person must decide is left and told, the words stay."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner
from conftest import need
from finished import Finished
from lxml import etree
from planting import chunk, core, field, jpeg, page, paragraph, part, pdf, png, run, word
from readers import W, parts, word_notes, word_text
from test_scan_found import ALL

from shadowgen.cli import main
from shadowgen.scan.cleaning import clean
from shadowgen.scan.cleanword import Refused
from shadowgen.scan.judging import format_of, judge

# What only a person can take out; the scan of the copy says so.
LEFT = {
    "Word": {"bookmark-name", "choice-list", "cropped-picture", "embedded-file", "fetching-field", "file-path", "form-field", "hidden-field",
             "linked-file", "ole-object", "personal-field", "program-code", "tooltip", "unknown-part"},
    "PDF": {"covered-text", "hidden-text", "outside-page", "pale-text", "tiny-text", "hidden-layer", "destination-name", "form-field", "file-path"},
    "picture": set(),
}  # fmt: skip
DRAWN = {
    "a hidden picture",
    "a drawing off the page",
    "a hidden old shape",
    "an old shape off the page",
}  # --drop-hidden looks at words, not at drawings
UNJUDGED = {"unreadable", "huge-picture", "declares-entities", "unknown-format"}
CLEANABLE = [name for name, (kind, data) in ALL.items() if name.split(":")[0] in LEFT and kind not in UNJUDGED]


def words(data: bytes) -> str:
    return " ".join(text for _, text in judge(data).words)


@pytest.mark.parametrize("name", CLEANABLE)
def test_what_is_planted_is_taken_out_or_told(name: str) -> None:
    kind, data = ALL[name]
    form, place = name.split(": ", 1)
    copy = clean(data, accept_changes=True, drop_hidden=True)
    left = {kind} if kind in LEFT[form] or place in DRAWN else set()
    assert {one.kind for one in judge(copy).findings} == left
    assert form == "picture" or "Plain words." in words(copy)


@pytest.mark.parametrize("data", [word(), pdf(), png(), jpeg()], ids=["docx", "pdf", "png", "jpeg"])
def test_same_file_gives_the_same_copy(data: bytes) -> None:
    once = clean(data)
    assert format_of(once) == format_of(data)
    assert clean(data) == once
    assert judge(once).findings == []


def body(data: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        root = etree.fromstring(archive.read("word/document.xml"))
    return [word_text(one) for one in root.iter(f"{W}p")]


def text(words: str, tag: str = "t") -> str:
    return f"<w:r><w:{tag}>{words}</w:{tag}></w:r>"


MARK = '<w:rPr><w:{} w:id="9" w:author="A"/></w:rPr>'
ROW = "<w:tr><w:trPr>{}</w:trPr><w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc></w:tr>"
CHANGES = {
    "an insertion": (paragraph(text("a ") + f"<w:ins>{text('b')}</w:ins>"), ["a b"]),
    "a deletion": (paragraph(text("a ") + f"<w:del>{text('b', 'delText')}</w:del>" + text("c")), ["a c"]),
    "a deletion of an insertion": (paragraph(text("a") + f"<w:ins><w:del>{text('b', 'delText')}</w:del></w:ins>"), ["a"]),
    "a move": (paragraph(f"<w:moveFrom>{text('b')}</w:moveFrom>" + text("a")) + paragraph(f"<w:moveTo>{text('b')}</w:moveTo>"), ["a", "b"]),
    "a deleted end of a paragraph": (paragraph(text("a "), MARK.format("del")) + paragraph(text("b")), ["a b"]),
    "three paragraphs in one": (
        paragraph(text("a "), MARK.format("del")) + paragraph(text("b "), MARK.format("del")) + paragraph(text("c")), ["a b c"],
    ),
    "an inserted end of a paragraph": (paragraph(text("a"), MARK.format("ins")) + paragraph(text("b")), ["a", "b"]),
    "a deleted row": (f"<w:tbl>{ROW.format('<w:del/>', 'a')}{ROW.format('', 'b')}</w:tbl>", ["b"]),
    "an inserted row": (f"<w:tbl>{ROW.format('<w:ins/>', 'a')}{ROW.format('', 'b')}</w:tbl>", ["a", "b"]),
    "a deleted table": (f"<w:tbl>{ROW.format('<w:del/>', 'a')}</w:tbl>" + paragraph(text("b")), ["b"]),
    "a tracked format": (paragraph(run("a", "<w:b/><w:rPrChange><w:rPr/></w:rPrChange>")), ["a"]),
}  # fmt: skip


@pytest.mark.parametrize("name", CHANGES)
def test_accepted_changes_are_the_text(name: str) -> None:
    content, expected = CHANGES[name]
    copy = clean(word(content), accept_changes=True)
    assert [one for one in body(copy)[1:] if one] == expected
    assert judge(copy).findings == []


@pytest.mark.parametrize("name", CHANGES)
def test_tracked_changes_are_refused_unless_asked_for(name: str) -> None:
    with pytest.raises(Refused, match=r"\d+ tracked changes: accept or refuse them in Word, or use --accept-changes"):
        clean(word(CHANGES[name][0]))


def test_bookmark_in_a_deletion_keeps_its_start() -> None:
    content = paragraph(
        f'<w:del><w:bookmarkStart w:id="1" w:name="_Ref_n1"/>{text("a", "delText")}</w:del>{text("b")}<w:bookmarkEnd w:id="1"/>'
    )
    copy = clean(word(content), accept_changes=True)
    with zipfile.ZipFile(io.BytesIO(copy)) as archive:
        document = archive.read("word/document.xml").decode()
    assert '<w:bookmarkStart w:id="1" w:name="_Ref_n1"/>' in document


def test_hidden_words_stay_unless_asked_for() -> None:
    data = word(paragraph(text("a") + run("b", "<w:vanish/>")))
    assert body(clean(data)) == ["Plain words.", "ab"]
    assert body(clean(data, drop_hidden=True)) == ["Plain words.", "a"]


def test_fields_notes_and_bookmarks_of_ours_stay() -> None:
    notes = part(
        "footnotes", '<w:footnote w:id="-1" w:type="separator"/>' + f'<w:footnote w:id="5">{paragraph(text("A note."))}</w:footnote>'
    )
    mark = (
        '<w:bookmarkStart w:id="1" w:name="_sg0001"/><w:bookmarkStart w:id="2" w:name="_Ref_n1"/><w:r><w:footnoteReference w:id="5"/></w:r>'
    )
    data = word(paragraph(mark) + field(" NOTEREF _Ref_n1 \\h "), parts={"word/footnotes.xml": notes, **core("<dc:creator>A</dc:creator>")})
    copy = clean(data, accept_changes=True, drop_hidden=True)
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(io.BytesIO(copy)) as after:
        for name in ("word/document.xml", "word/footnotes.xml"):
            assert etree.tostring(etree.fromstring(after.read(name)), method="c14n") == etree.tostring(
                etree.fromstring(before.read(name)), method="c14n"
            )


def test_picture_stays_upright() -> None:
    from PIL import Image

    picture = Image.new("RGB", (40, 20), "white")
    facts = Image.Exif()
    facts[0x0112] = 6  # the camera was held on its side
    out = io.BytesIO()
    picture.save(out, "JPEG", exif=facts)
    with Image.open(io.BytesIO(clean(out.getvalue()))) as copy:
        assert copy.size == (20, 40)


# ---------------------------------------------------------------- the command


def invoke(folder: Path, *arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(main, ["-C", str(folder), "clean", *arguments])
    return done.exit_code, done.output


def test_command_writes_a_copy_beside_and_scans_it(tmp_path: Path) -> None:
    file = tmp_path / "a.docx"
    data = word(parts=core("<dc:creator>A</dc:creator>"))
    file.write_bytes(data)
    code, said = invoke(tmp_path, str(file))
    assert (code, file.read_bytes()) == (0, data)
    assert f"wrote {tmp_path / 'a.clean.docx'}; taken out: author" in said
    assert judge((tmp_path / "a.clean.docx").read_bytes()).findings == []
    assert invoke(tmp_path, str(file))[0] == 2  # the copy is there already
    assert invoke(tmp_path, str(file), "-o", str(tmp_path / "b.docx"))[0] == 0


def test_command_in_place_keeps_a_backup(tmp_path: Path) -> None:
    file = tmp_path / "a.png"
    data = png(chunk(b"tEXt", b"Comment\0A"))
    file.write_bytes(data)
    code, said = invoke(tmp_path, "--in-place", str(file))
    assert code == 0
    assert "do not send that" in said
    assert [one.read_bytes() for one in (tmp_path / ".shadowgen/backups").iterdir()] == [data]
    assert judge(file.read_bytes()).findings == []


LEAVES = {
    "changes": (word(CHANGES["an insertion"][0]), [], "tracked changes", False),
    "a page": (page("<p hidden>a</p>"), [], "by hand", False),
    "a broken file": (word()[:300], [], "cannot be read", False),
    "hidden words in a PDF": (pdf(b"1 1 1 rg BT /F1 9 Tf 9 9 Td (a b) Tj ET"), [], "delete", True),
}


@pytest.mark.parametrize("name", LEAVES)
def test_command_says_what_it_cannot_do(name: str, tmp_path: Path) -> None:
    data, arguments, word_of_it, written = LEAVES[name]
    file = tmp_path / "a.bin"
    file.write_bytes(data)
    code, said = invoke(tmp_path, str(file), *arguments)
    assert code == 1
    assert word_of_it in said
    assert (tmp_path / "a.clean.bin").exists() == written
    assert file.read_bytes() == data


# ---------------------------------------------------------------- documents of the samples


@pytest.mark.parametrize("form", ["docx", "pdf", "html", "md"])
def test_our_own_documents_are_clean(finished: Finished, form: str) -> None:
    from shadowgen.loading import load_library
    from shadowgen.scan.secrets import secrets_of, tell_secrets
    from shadowgen.workspace import Workspace

    seen = judge(finished.files[form].read_bytes())
    kept_back = secrets_of(load_library(Workspace(finished.root))[0])
    assert len(seen.words) > 10
    assert [*seen.findings, *tell_secrets(seen.words, kept_back)] == []


def references(path: Path) -> list[str]:
    document = "".join(content.decode() for name, content in parts(path).items() if name in ("word/document.xml", "word/footnotes.xml"))
    return re.findall(r"(?:NOTE|PAGE)?REF +\w+", document)


@pytest.fixture(scope="module")
def edited(documents: dict[str, Finished], tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A sample document as LibreOffice saved it, and its clean copy."""
    need("soffice")
    folder = tmp_path_factory.mktemp("edited")
    source = folder / "source" / "report.docx"
    source.parent.mkdir()
    shutil.copy(documents["everything/whole-report.en"].files["docx"], source)
    office(source, folder, "docx")
    saved, copy = folder / "report.docx", folder / "copy.docx"
    copy.write_bytes(clean(saved.read_bytes()))
    return saved, copy


def office(source: Path, folder: Path, form: str) -> None:
    command = [
        "soffice",
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        "--headless",
        "--convert-to",
        form,
        "--outdir",
        str(folder),
        str(source),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=120)


@pytest.mark.slow
def test_document_saved_by_libreoffice_keeps_its_notes_and_references(edited: tuple[Path, Path]) -> None:
    saved, copy = edited
    assert {one.kind for one in judge(saved.read_bytes()).findings} >= {"program", "file-dates"}
    assert judge(copy.read_bytes()).findings == []
    assert len(word_notes(saved)) > 10
    assert word_notes(copy) == word_notes(saved)
    assert len(references(saved)) > 10
    assert references(copy) == references(saved)
    for name in ("word/numbering.xml", "word/styles.xml"):
        assert len(parts(copy)[name]) > 0.9 * len(parts(saved)[name])


@pytest.mark.slow
def test_libreoffice_reads_the_same_words_in_the_copy(edited: tuple[Path, Path]) -> None:
    saved, copy = edited
    for path in (saved, copy):
        office(path, path.parent, "txt:Text (encoded):UTF8")
    texts = [path.with_suffix(".txt").read_text(encoding="utf-8") for path in (saved, copy)]
    assert len(texts[0]) > 3_000
    assert texts[0] == texts[1]
