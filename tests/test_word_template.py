"""A coalition's own Word template: what comes along, what stays behind, and that no file from outside does harm. Templates by python-docx and LibreOffice."""

from __future__ import annotations

import io
import random
import re
import subprocess
import time
import warnings
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

import docx
import pypdfium2
import pytest
from conftest import need
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.oxml import parse_xml
from docx.shared import Mm, Pt, RGBColor
from lxml import etree
from support import build_all, finding, picture, submission

from shadowgen.wordtemplate import read_template

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
NS = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
SECRET = "Aliya-Secret"


def template() -> bytes:
    """A template by python-docx: Letter, its own fonts, sizes, colours, header and footer; and a secret wherever one may hide."""
    made = docx.Document()
    section = made.sections[0]
    section.page_width, section.page_height, section.left_margin, section.right_margin = Mm(215.9), Mm(279.4), Mm(30), Mm(20)
    normal, heading = made.styles["Normal"], made.styles["Heading 1"]
    normal.font.name, normal.font.size = "Liberation Sans", Pt(10)
    heading.font.size, heading.font.color.rgb = Pt(20), RGBColor(0x88, 0x00, 0x44)
    heading.paragraph_format.keep_with_next = False
    base = made.styles.add_style(f"Base {SECRET}", 1)
    base.font.size = Pt(8)
    base.font.italic, base.paragraph_format.left_indent = True, Pt(30)
    quote = made.styles["Quote"]
    quote.base_style, quote.font.size = base, Pt(9)
    head = section.header.paragraphs[0]
    head.text = "Our Coalition"
    head.add_run().add_picture(io.BytesIO(picture(comment=SECRET, name=SECRET)), width=Mm(24))
    for xml in (
        FIELD.format("AUTHOR", SECRET),
        FIELD.format("FILENAME \\p", f"C:\\{SECRET}.docx"),
        FIELD.format(f'DDEAUTO cmd "{SECRET}"', "x"),
    ):
        head._p.append(parse_xml(xml))
    head._p.append(
        parse_xml(f'<w:ins {NS} w:author="{SECRET}" w:date="2020-01-01T00:00:00Z" w:id="9"><w:r><w:t> inserted</w:t></w:r></w:ins>')
    )
    head._p.append(parse_xml(f'<w:del {NS} w:author="{SECRET}" w:id="8"><w:r><w:delText>{SECRET}</w:delText></w:r></w:del>'))
    section.footer.paragraphs[0]._p.append(parse_xml(FIELD.format("PAGE", "1")))
    made.add_paragraph(f"The body, by {SECRET}.")
    made.core_properties.author = made.core_properties.comments = SECRET
    return saved(made)


FIELD = (
    f'<w:smartTag {NS}><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> {{}} </w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>{}</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:smartTag>'
)


def saved(made: docx.document.Document) -> bytes:
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def built(root: Path, raw: bytes, *formats: str, files: Mapping[str, bytes] = MappingProxyType({}), **fields: str) -> dict[str, bytes]:
    """Build a small report in a look with this template; return the parts of its Word file."""
    every = {
        "sections/articles/iccpr/19/one.yaml": finding("Words.^[A note.]\n\n> A quotation."),
        "submissions/report.yaml": submission(look="ours", sections="[one]", **fields),
        "templates/looks/ours/look.yaml": "based_on: un\nword_template: ours.dotx\n",
        "templates/looks/ours/ours.dotx": raw,
        **files,
    }
    done, problems = build_all(root, every, formats=formats or ("docx",))
    assert done, [str(problem) for problem in problems]
    with zipfile.ZipFile(root / "output/report/report.docx") as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def styles(parts: dict[str, bytes]) -> dict[str, etree._Element]:
    return {one.find(f"{W}name").get(f"{W}val"): one for one in etree.fromstring(parts["word/styles.xml"]).iter(f"{W}style")}


def value(style: etree._Element, path: str, attribute: str = "val") -> str | None:
    found = style.find("/".join(f"{W}{step}" for step in path.split("/")))
    return None if found is None else found.get(f"{W}{attribute}")


# ---------------------------------------------------------------- what comes along


def test_styles_page_header_and_footer_of_the_template_take_the_place_of_ours(tmp_path: Path) -> None:
    parts = built(tmp_path, template())
    ours = styles(parts)
    assert (value(ours["Normal"], "rPr/rFonts", "ascii"), value(ours["Normal"], "rPr/sz")) == ("Liberation Sans", "20")
    assert (value(ours["heading 1"], "rPr/sz"), value(ours["heading 1"], "rPr/color")) == ("40", "880044")
    document = etree.fromstring(parts["word/document.xml"])
    sizes = {(one.get(f"{W}w"), one.get(f"{W}h")) for one in document.iter(f"{W}pgSz")}
    assert sizes == {("12240", "15840")}
    assert {one.get(f"{W}left") for one in document.iter(f"{W}pgMar")} == {"1701"}  # 30 mm
    head = next(parts[name] for name in parts if name.startswith("word/header"))
    foot = next(parts[name] for name in parts if name.startswith("word/footer"))
    assert "".join(one.text for one in etree.fromstring(head).iter(f"{W}t")) == "Our Coalition inserted"
    assert [one.text.strip() for one in etree.fromstring(foot).iter(f"{W}instrText")] == ["PAGE"]
    assert [name for name in parts if "image" in name] == ["word/media/header1image1.png"]


def test_style_keeps_what_it_inherits_without_the_name_of_its_base(tmp_path: Path) -> None:
    """Quote is based on a style of the coalition's: italic and indented by 30 points come along, its name does not."""
    quote = styles(built(tmp_path, template()))["Quote"]
    assert value(quote, "basedOn") == "Normal"
    assert (value(quote, "rPr/sz"), value(quote, "pPr/ind", "left")) == ("18", "600")
    assert quote.find(f"{W}rPr/{W}i") is not None
    order = [etree.QName(one).localname for one in quote.find(f"{W}rPr")]
    assert order == ["i", "iCs", "color", "sz"]  # the schema's order, whatever the chain said first


def test_a_named_font_ends_the_inherited_font_of_the_theme(tmp_path: Path) -> None:
    """Word would show the theme's font where both stand on one style; and a style of ours that the template has stands on Normal as there."""
    made = docx.Document()
    base = made.styles.add_style("Base", 1)
    base.element.get_or_add_rPr().append(parse_xml(f'<w:rFonts {NS} w:asciiTheme="majorHAnsi" w:hAnsiTheme="majorHAnsi"/>'))
    own = made.styles.add_style("Numbered Paragraph", 1)
    own.base_style, own.font.name = base, "Verdana"
    ours = styles(built(tmp_path, saved(made)))["Numbered Paragraph"]
    fonts = {etree.QName(name).localname: said for name, said in ours.find(f"{W}rPr/{W}rFonts").items()}
    assert fonts == {"ascii": "Verdana", "hAnsi": "Verdana"}
    assert value(ours, "basedOn") == "Normal"


def test_pictures_have_numbers_of_their_own_over_all_parts(tmp_path: Path) -> None:
    files = {"templates/logos/a.png": picture()}
    parts = built(tmp_path, template(), logos="[{file: templates/logos/a.png, name: First}]", files=files)
    numbers = [one for data in parts.values() for one in re.findall(rb'<wp:docPr id="(\d+)"', data)]
    assert len(numbers) == 2 and len(set(numbers)) == 2


def test_styles_that_the_template_lacks_are_ours_in_its_fonts(tmp_path: Path) -> None:
    ours = styles(built(tmp_path, template()))
    assert value(ours["footnote text"], "rPr/sz") == "20"  # of the look un: 10 points
    assert value(ours["Numbered Paragraph"], "basedOn") == "BodyText"
    assert value(ours["toc 1"], "pPr/tabs/tab", "leader") == "dot"
    assert ours["Case Title"].find(f"{W}rPr/{W}rFonts").get(f"{W}ascii") == "Calibri"  # the theme's font of Heading 1


def test_structure_stays_ours(tmp_path: Path) -> None:
    """Levels of the outline, and headings that stay with their text where the template does not say otherwise; no numbering of the template's."""
    made = docx.Document()
    heading = made.styles["Heading 2"].element
    properties = heading.get_or_add_pPr()
    properties.remove(properties.find(f"{W}keepNext"))
    properties.insert(0, parse_xml(f'<w:numPr {NS}><w:numId w:val="7"/></w:numPr>'))
    properties.find(f"{W}outlineLvl").set(f"{W}val", "5")
    made.styles["Title"].element.get_or_add_pPr().append(parse_xml(f'<w:outlineLvl {NS} w:val="0"/>'))
    made.styles["Heading 2"].element.get_or_add_rPr().append(parse_xml(f"<w:vanish {NS}/>"))
    ours = styles(built(tmp_path, saved(made)))
    assert value(ours["heading 2"], "pPr/outlineLvl") == "1"
    assert ours["heading 2"].find(f"{W}pPr/{W}keepNext") is not None
    assert ours["heading 2"].find(f"{W}pPr/{W}numPr") is None
    assert ours["heading 2"].find(f"{W}rPr/{W}vanish") is None
    assert ours["Title"].find(f"{W}pPr/{W}outlineLvl") is None


@pytest.mark.slow
def test_pdf_follows_the_template(tmp_path: Path) -> None:
    built(tmp_path, template(), "docx", "pdf", "html")
    pages = pypdfium2.PdfDocument(tmp_path / "output/report/report.pdf")
    assert {tuple(round(length) for length in page.get_size()) for page in pages} == {(612, 792)}
    page = (tmp_path / "output/report/report.html").read_text(encoding="utf-8")
    for said in (
        '--font-body: "Liberation Sans"',
        "--size-body: 10pt",
        "--size-heading1: 20pt",
        "--colour-heading: #880044",
        "--margin-left: 30mm",
    ):
        assert said in page, said


def test_title_of_the_template_stands_on_no_band(tmp_path: Path) -> None:
    look = "based_on: coalition\nword_template: ours.dotx\n"
    ours = styles(built(tmp_path, template(), files={"templates/looks/ours/look.yaml": look.encode()}))
    assert ours["Cover Session"].find(f"{W}pPr/{W}shd") is None


# ---------------------------------------------------------------- what stays behind


def test_nothing_personal_comes_along(tmp_path: Path) -> None:
    """Author, body, authors of changes, deleted words, fields, name of a style, metadata of a picture: in no part, and in no other output."""
    raw = template()
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        assert sum(SECRET.encode() in archive.read(name) for name in archive.namelist()) >= 5
    parts = built(tmp_path, raw, "docx", "html")
    assert [name for name, data in parts.items() if SECRET.encode() in data] == []
    assert SECRET.encode() not in (tmp_path / "output/report/report.html").read_bytes()
    for name, data in parts.items():
        for trace in (b"rsid", b"python-docx", b"AUTHOR", b"FILENAME", b"DDEAUTO", b"w:author", b"w:ins "):
            assert trace not in data, (name, trace)
    assert [name for name in parts if name.startswith(("docProps/app", "customXml")) or "vba" in name.lower()] == []


def test_words_of_controls_links_and_tables_in_a_header_come_along_bare(tmp_path: Path) -> None:
    """A content control and a link are unwrapped: their words stay, the control's name and the address do not; a table stays a table."""
    made = docx.Document()
    header = made.sections[0].header
    id = header.part.relate_to(f"https://{SECRET}.example.org/", RT.HYPERLINK, is_external=True)
    words = "<w:r><w:t>{}</w:t></w:r>".format
    control = (
        f'<w:sdt {NS}><w:sdtPr><w:alias w:val="{SECRET}"/></w:sdtPr><w:sdtContent><w:p>{words("Control")}</w:p></w:sdtContent></w:sdt>'
    )
    link = f'<w:p {NS} xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><w:hyperlink r:id="{id}">{words("Link")}</w:hyperlink></w:p>'
    header._element.insert(0, parse_xml(link))
    header._element.insert(0, parse_xml(control))
    header.add_table(1, 1, Mm(100)).cell(0, 0).text = "Cell"
    parts = built(tmp_path, saved(made))
    head = etree.fromstring(next(parts[name] for name in parts if name.startswith("word/header")))
    assert [one.text for one in head.iter(f"{W}t")] == ["Control", "Link", "Cell"]
    assert [etree.QName(one).localname for one in head] == ["p", "p", "p", "tbl", "p"]
    assert [name for name, data in parts.items() if SECRET.encode() in data] == []
    assert head.find(f".//{W}sdt") is None and head.find(f".//{W}hyperlink") is None


def test_header_without_words_leaves_ours(tmp_path: Path) -> None:
    made = docx.Document()
    made.sections[0].header.paragraphs[0].text = "  "
    parts = built(tmp_path, saved(made))
    assert any(b"STYLEREF 1" in data for name, data in parts.items() if name.startswith("word/header"))


# ---------------------------------------------------------------- LibreOffice


@pytest.mark.slow
def test_template_by_libreoffice(tmp_path: Path) -> None:
    """What LibreOffice makes of the same template restyles the file alike."""
    need("soffice")
    (tmp_path / "ours.docx").write_bytes(template())
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "dotx", "--outdir", str(tmp_path / "office"), str(tmp_path / "ours.docx")]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    parts = built(tmp_path / "workspace", (tmp_path / "office/ours.dotx").read_bytes())
    ours = styles(parts)
    assert value(ours["Normal"], "rPr/rFonts", "ascii") == "Liberation Sans"
    assert (value(ours["heading 1"], "rPr/sz"), value(ours["heading 1"], "rPr/color")) == ("40", "880044")
    assert {one.get(f"{W}w") for one in etree.fromstring(parts["word/document.xml"]).iter(f"{W}pgSz")} == {"12240"}
    assert any(b"Our Coalition" in data for name, data in parts.items() if name.startswith("word/header"))
    assert [name for name, data in parts.items() if SECRET.encode() in data] == []


# ---------------------------------------------------------------- hostile files


def changed(name: str, change: Callable[[bytes], bytes]) -> bytes:
    """The template with one part changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(template())) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in source.namelist():
            target.writestr(entry, change(source.read(entry)) if entry == name else source.read(entry))
    return out.getvalue()


def external_picture(data: bytes) -> bytes:
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
    row = f'<Relationship Id="rId99" Type="{kind}" Target="http://192.0.2.1/x.png" TargetMode="External"/>'
    return data.replace(b"</Relationships>", row.encode() + b"</Relationships>")


def many_parts() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for number in range(2_001):
            archive.writestr(f"word/{number}.xml", b"")
    return out.getvalue()


def two_of_one_name() -> bytes:
    out = io.BytesIO(template())
    with warnings.catch_warnings(), zipfile.ZipFile(out, "a") as archive:
        warnings.simplefilter("ignore")
        archive.writestr("word/styles.xml", b"<x/>")
    return out.getvalue()


BOMB = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
HOSTILE = {
    "no zip": (lambda: b"not a Word file at all", "the file is not a Word file, or is protected by a password"),
    "password": (lambda: bytes.fromhex("d0cf11e0a1b11ae1") + bytes(4096), "the file is not a Word file, or is protected by a password"),
    "cut off": (lambda: template()[:-400], "the file is not a Word file, or is protected by a password"),
    "zip bomb": (lambda: changed("word/styles.xml", lambda _: bytes(30_000_000)), "a part of the file is larger than 20 MB when unpacked"),
    "document type": (lambda: changed("word/styles.xml", lambda data: BOMB + data[data.index(b"?>") + 2 :]), "a part of the file has a document type, which no Word file needs"),
    "file of this machine": (
        lambda: changed("word/header1.xml", lambda data: b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>' + data[data.index(b"?>") + 2 :]),
        "a part of the file has a document type, which no Word file needs",
    ),
    "not well-formed": (lambda: changed("word/theme/theme1.xml", lambda data: data[:-20]), "a part of the file is not well-formed"),
    "picture from outside": (lambda: changed("word/_rels/header1.xml.rels", external_picture), "its header or footer shows something that stands outside the file"),
    "picture that is none": (lambda: changed("word/media/image1.png", lambda _: b"GIF89a"), "a picture of its header or footer cannot be used: the file is not a picture that can be read"),
    "too many parts": (many_parts, "the file holds too many parts, or two of one name"),
    "two parts of one name": (two_of_one_name, "the file holds too many parts, or two of one name"),
    "a zip of something else": (lambda: changed("_rels/.rels", lambda data: data.replace(b"officeDocument", b"other")), "the file is not a Word file"),
}  # fmt: skip


@pytest.mark.parametrize("what", HOSTILE)
def test_hostile_file_is_refused_at_its_place(tmp_path: Path, what: str) -> None:
    make, reason = HOSTILE[what]
    files = {
        "sections/articles/iccpr/19/one.yaml": finding("Words."),
        "submissions/report.yaml": submission(look="ours", sections="[one]"),
        "templates/looks/ours/look.yaml": "based_on: un\nword_template: ours.dotx\n",
        "templates/looks/ours/ours.dotx": make(),
    }
    start = time.monotonic()
    done, problems = build_all(tmp_path, files, formats=("docx",))
    assert done == [] and time.monotonic() - start < 5
    assert [(one.origin.file, one.origin.line, one.origin.column, one.message) for one in problems] == [
        ("templates/looks/ours/look.yaml", 2, 16, f"'ours.dotx': {reason}")
    ]


def test_a_link_to_a_template_outside_the_workspace_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "outside.dotx").write_bytes(template())
    folder = tmp_path / "workspace/templates/looks/ours"
    folder.mkdir(parents=True)
    (folder / "ours.dotx").symlink_to(tmp_path / "outside.dotx")
    files = {
        "sections/articles/iccpr/19/one.yaml": finding("Words."),
        "submissions/report.yaml": submission(look="ours", sections="[one]"),
        "templates/looks/ours/look.yaml": "based_on: un\nword_template: ours.dotx\n",
    }
    done, problems = build_all(tmp_path / "workspace", files, formats=("docx",))
    assert done == [] and problems[0].message == "'ours.dotx': there is no such file beside the look"


def test_any_bytes_give_a_reason_and_no_exception() -> None:
    """Bytes of the template changed at random: it is read, or there is a reason."""
    raw, chance = template(), random.Random(7)
    refused = 0
    for _ in range(150):
        data = bytearray(raw)
        for _ in range(chance.randint(1, 30)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        made, reason = read_template(bytes(data[: chance.choice((len(data), len(data), chance.randrange(len(data))))]))
        assert (made is None) == bool(reason)
        refused += made is None
    assert refused > 50


def test_names_of_fonts_cannot_carry_css(tmp_path: Path) -> None:
    """A font's name that would end its quotation marks is no name: the look's own font stays."""
    made = docx.Document()
    made.styles["Normal"].font.name = 'x"; } </style><script>'
    built(tmp_path, saved(made), "docx", "html")
    page = (tmp_path / "output/report/report.html").read_text(encoding="utf-8")
    assert "<script>" not in page and '--font-body: "Times New Roman"' in page
