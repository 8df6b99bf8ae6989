"""Looks: what look.yaml may say and where its faults are told; logos; paper; and that Word, PDF and HTML of one look are drawn from the same values."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pypdfium2
import pytest
from lxml import etree
from support import build_all, example, finding, make_workspace, picture, submission

from shadowgen.looks import Look, load_look, look_names
from shadowgen.workspace import Workspace

ROOT = Path(__file__).parents[1]
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
LOOK = "templates/looks/ours/look.yaml"


def word(root: Path, name: str = "document", id: str = "report") -> etree._Element:
    with zipfile.ZipFile(root / f"output/{id}/{id}.docx") as archive:
        return etree.fromstring(archive.read(f"word/{name}.xml"))


def page_sizes(root: Path) -> list[tuple[float, float]]:
    document = pypdfium2.PdfDocument(root / "output/report/report.pdf")
    return [tuple(round(length, 1) for length in page.get_size()) for page in document]


def built(root: Path, files: dict[str, str | bytes], formats: tuple[str, ...] = ("docx", "html")) -> Path:
    done, problems = build_all(root, files, formats=formats)
    assert done, [str(problem) for problem in problems]
    return root


def looked(root: Path, text: str, **files: str | bytes) -> tuple[Look | None, list[str]]:
    look, problems = load_look(make_workspace(root, {LOOK: text, **files}), "ours")
    return look, [f"{problem.rule.name} {problem.origin.line}:{problem.origin.column} {problem.message}" for problem in problems]


# ---------------------------------------------------------------- building on another look


def test_a_look_says_only_what_differs(tmp_path: Path) -> None:
    look, problems = looked(tmp_path, 'based_on: un\npaper: Letter\ncolours: {accent: "7A1F3D"}\nsizes: {title: 30}\nasks: box\n')
    un = load_look(Workspace(ROOT), "un")[0]
    assert problems == [] and look is not None and un is not None
    assert look.page == (215.9, 279.4)
    assert look.colours == {**un.colours, "accent": "7A1F3D"}
    assert look.sizes == {**un.sizes, "title": 30}
    assert look.shapes == {"cover": "plain", "cases": "frame", "asks": "box"}
    assert (look.fonts, look.css) == (un.fonts, un.css + "\n")


def test_css_of_a_look_comes_after_that_of_its_base(tmp_path: Path) -> None:
    look, _ = looked(tmp_path, "based_on: coalition\n", **{"templates/looks/ours/page.css": "p { color: red }"})
    assert look is not None and look.css.endswith("p { color: red }") and look.css.index("@page") < look.css.index("color: red")


def test_notes_of_the_un_look_are_of_ten_points() -> None:
    look = load_look(Workspace(ROOT), "un")[0]
    assert look is not None and (look.sizes["body"], look.sizes["note"]) == (11, 10)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("based_on: un\npaper: A5\n", "wrong-value 2:8 'paper': expected 'A4' or 'Letter'"),
        ("based_on: un\nclours: {}\n", "unknown-field 2:1 unknown field 'clours'"),
        ("based_on: un\ncolours: {accent: red}\n", "wrong-value 2:19 'colours', 'accent': a colour is six hexadecimal digits in quotation marks, such as \"1F5C99\""),
        ("based_on: un\nsizes: {body: 300}\n", "wrong-value 2:15 'sizes', 'body': the number must be at most 96.0"),
        ("based_on: un\nfonts: {body: ['x\"; } </style>']}\n", "wrong-value 2:16 'body', item 1: the name of a font has letters, digits, blanks and hyphens"),
        ("paper: A4\nbased_on: unn\n", "wrong-value 2:11 there is no look 'unn'"),
        ("paper: A4\nbased_on: ours\n", "wrong-value 2:11 the look 'ours' would be based on itself"),
        ("paper: A4\n", "missing-field 1:1 the look has neither a page.css nor 'based_on'"),
        ("based_on: un\njustify: perhaps\n", "wrong-value 2:10 'justify': yes or no is expected here"),
        ("based_on: un\nword_template: ../ours.dotx\n", "wrong-value 2:16 'word_template': a Word template is a .dotx or .docx file beside the look"),
        ("based_on: un\nword_template: macros.dotm\n", "wrong-value 2:16 'word_template': a Word template is a .dotx or .docx file beside the look"),
        ("based_on: un\nword_template: none.dotx\n", "wrong-value 2:16 'none.dotx': there is no such file beside the look"),
    ],
)  # fmt: skip
def test_fault_of_a_look_is_told_at_its_place(tmp_path: Path, text: str, told: str) -> None:
    assert looked(tmp_path, text) == (None, [told])


def test_a_circle_of_looks_is_told(tmp_path: Path) -> None:
    files = {"templates/looks/theirs/look.yaml": "based_on: ours\n"}
    assert looked(tmp_path, "based_on: theirs\n", **files) == (None, ["wrong-value 1:11 the look 'ours' would be based on itself"])


def test_a_look_that_builds_on_none_must_say_everything(tmp_path: Path) -> None:
    look, told = looked(tmp_path, "paper: A4\n", **{"templates/looks/ours/page.css": "p {}"})
    assert look is None and len(told) == 1
    assert told[0].startswith(
        "missing-field 1:1 the look does not say cover, cases, asks, heading_rule, justify, line_height, margins: top,"
    )


def test_names_of_looks_are_known(tmp_path: Path) -> None:
    assert look_names(make_workspace(tmp_path, {LOOK: "based_on: un\n"})) == ["coalition", "ours", "un"]


# ---------------------------------------------------------------- one look, two outputs


@pytest.mark.parametrize("name", ["un", "coalition"])
def test_word_and_pdf_share_sizes_colours_and_margins(tmp_path: Path, name: str) -> None:
    """Every size stands in Word's styles in half points and in the page's CSS in points; so do colours and margins; headings grow with their level."""
    root = built(tmp_path, example(report=submission(look=name, sections="[entry-bans]", variables="{period: 2015}")))
    look = load_look(Workspace(ROOT), name)[0]
    assert look is not None
    page = (root / "output/report/report.html").read_text(encoding="utf-8")
    styles = {one.get(f"{W}styleId"): one for one in word(root, "styles").iter(f"{W}style")}
    for size, style in (
        ("heading1", "Heading1"),
        ("heading2", "Heading2"),
        ("title", "Title"),
        ("note", "FootnoteText"),
        ("table", "Caption"),
    ):
        assert float(styles[style].find(f"{W}rPr/{W}sz").get(f"{W}val")) == 2 * look.sizes[size]
        assert f"--size-{size}: {look.sizes[size]:g}pt" in page
    assert styles["Heading1"].find(f"{W}rPr/{W}color").get(f"{W}val") == look.colours["heading"]
    assert f"--colour-heading: #{look.colours['heading']}" in page
    margin = next(word(root).iter(f"{W}pgMar"))
    assert int(margin.get(f"{W}left")) == round(look.margins["left"] / 25.4 * 1440)
    order = [look.sizes[key] for key in ("title", "heading1", "heading2", "heading3", "heading4", "body", "note")]
    assert order == sorted(order, reverse=True)


def test_coalition_look_is_drawn_by_both(tmp_path: Path) -> None:
    """The band of the cover, the box of the recommendations and the bar of the cases stand in Word's styles and are chosen in the page."""
    root = built(tmp_path, example(report=submission(look="coalition", sections="[entry-bans, blocked]", variables="{period: 2015}")))
    styles = {one.get(f"{W}styleId"): one for one in word(root, "styles").iter(f"{W}style")}
    accent, box = "12395B", "EEF2F6"
    assert styles["Title"].find(f"{W}pPr/{W}shd").get(f"{W}fill") == accent
    assert styles["Title"].find(f"{W}rPr/{W}color").get(f"{W}val") == "FFFFFF"
    assert styles["Ask"].find(f"{W}pPr/{W}shd").get(f"{W}fill") == box
    assert styles["CaseTitle"].find(f"{W}pPr/{W}pBdr/{W}top").get(f"{W}color") == accent
    page = (root / "output/report/report.html").read_text(encoding="utf-8")
    assert '<body class="book cover-band cases-bar asks-box heading-rule">' in page


def test_paragraphs_of_a_box_have_one_indent_in_word(tmp_path: Path) -> None:
    """Word draws neighbours as one box only if borders and indents are the same."""
    root = built(tmp_path, example(report=submission(look="coalition", sections="[entry-bans]", variables="{period: 2015}")))
    boxed = [one for one in word(root).iter(f"{W}p") if one.find(f"{W}pPr/{W}pStyle[@{W}val='Ask']") is not None]
    lead = next(one for one in word(root).iter(f"{W}p") if one.find(f"{W}pPr/{W}pStyle[@{W}val='Lead']") is not None)
    indents = {tuple(sorted(one.find(f"{W}pPr/{W}ind").items())) for one in (*boxed, lead)}
    assert len(boxed) == 2 and len(indents) == 1


# ---------------------------------------------------------------- the worked example of the docs


@pytest.mark.slow
def test_worked_example_of_the_docs(tmp_path: Path) -> None:
    """The look.yaml of docs/looks.md, word for word, with its logo: Letter in Word and PDF, its colour and font and logo in every output."""
    text = (ROOT / "docs/looks.md").read_text(encoding="utf-8")
    own = "\n".join(line[3:] for line in re.findall(r"^   ```yaml\n(.*?)^   ```", text, re.MULTILINE | re.DOTALL)[0].split("\n"))
    assert own.startswith("title: Our coalition\nbased_on: coalition\n")
    files = example(report=submission(look="ours", sections="[entry-bans]", variables="{period: 2015}", session="117th session"))
    root = built(tmp_path, files | {LOOK: own, "templates/looks/ours/ours.png": picture()}, ("docx", "pdf", "html"))
    assert set(page_sizes(root)) == {(612.0, 792.0)}
    size = next(word(root).iter(f"{W}pgSz"))
    assert (size.get(f"{W}w"), size.get(f"{W}h")) == ("12240", "15840")
    styles = {one.get(f"{W}styleId"): one for one in word(root, "styles").iter(f"{W}style")}
    assert styles["Heading1"].find(f"{W}rPr/{W}rFonts").get(f"{W}ascii") == "Verdana"
    assert styles["Title"].find(f"{W}pPr/{W}shd").get(f"{W}fill") == "7A1F3D"
    assert next(one.get("descr") for one in word(root).iter(f"{WP}docPr")) == "Our Coalition"
    page = (root / "output/report/report.html").read_text(encoding="utf-8")
    assert "--colour-accent: #7A1F3D" in page and 'alt="Our Coalition"' in page


# ---------------------------------------------------------------- logos


LOGOS = "[{file: templates/logos/a.png, name: First}, {file: templates/logos/b.jpg, name: {en: Second, ru: Второй}}]"


def with_logos(**fields: str) -> dict[str, str | bytes]:
    return {
        "sections/articles/iccpr/19/one.yaml": finding("Words."),
        "submissions/report.yaml": submission(sections="[one]", **fields),
        "templates/logos/a.png": picture("PNG", comment="PLACE", name="AUTHOR"),
        "templates/logos/b.jpg": picture("JPEG", comment="PLACE", name="AUTHOR"),
    }


def test_logos_stand_on_the_cover_with_the_names_of_the_organisations(tmp_path: Path) -> None:
    """A picture of 12 by 8 on a title page is 20 mm high and so 30 mm wide, in Word (36,000 units a millimetre) and HTML alike."""
    root = built(tmp_path, with_logos(logos=LOGOS))
    first = next(word(root).iter(f"{W}p"))
    assert [one.get("descr") for one in first.iter(f"{WP}docPr")] == ["First", "Second"]
    assert [(one.get("cx"), one.get("cy")) for one in first.iter(f"{WP}extent")] == [("1080000", "720000")] * 2
    page = (root / "output/report/report.html").read_text(encoding="utf-8")
    assert re.findall(r'alt="(\w+)" style="(.*?)"', page) == [(name, "width: 30mm; height: 20mm") for name in ("First", "Second")]
    for path in (root / "output/report").iterdir():
        assert b"PLACE" not in path.read_bytes() and b"AUTHOR" not in path.read_bytes()
    with zipfile.ZipFile(root / "output/report/report.docx") as archive:
        parts = b"".join(archive.read(name) for name in archive.namelist())
    assert b"PLACE" not in parts and b"AUTHOR" not in parts and b"a.png" not in parts


def test_logos_of_a_submission_take_the_place_of_the_look_s(tmp_path: Path) -> None:
    own = {LOOK: "based_on: un\nlogos: [{file: c.png, name: Third}]\n", "templates/looks/ours/c.png": picture()}
    of_look = built(tmp_path / "a", with_logos(look="ours") | own)
    assert [one.get("descr") for one in word(of_look).iter(f"{WP}docPr")] == ["Third"]
    of_both = built(tmp_path / "b", with_logos(look="ours", logos=LOGOS) | own)
    assert [one.get("descr") for one in word(of_both).iter(f"{WP}docPr")] == ["First", "Second"]


@pytest.mark.parametrize("file", ["templates/logos/none.png", "../outside.png", "templates/logos/c.svg"])
def test_logo_that_cannot_be_shown_is_told_at_its_place(tmp_path: Path, file: str) -> None:
    text = submission(sections="[one]") + f"logos:\n  - name: First\n    file: {file}\n"
    done, problems = build_all(tmp_path, with_logos() | {"submissions/report.yaml": text, "templates/logos/c.svg": b"<svg/>"})
    assert done == []
    line = text[: text.index("file: ")].count("\n") + 1
    assert [(one.rule.name, one.origin.file, one.origin.line) for one in problems] == [("missing-picture", "submissions/report.yaml", line)]


# ---------------------------------------------------------------- highlights


def test_highlight_is_drawn_by_every_writer_and_takes_no_number(tmp_path: Path) -> None:
    body = "::: highlight 125 sites\nwere *blocked*.\n:::\n\n::: case A case\nWords.\n:::"
    root = built(tmp_path, with_logos() | {"sections/articles/iccpr/19/one.yaml": finding(body)}, ("docx", "html", "md"))
    rows = [(one.find(f"{W}pPr/{W}pStyle"), "".join(t.text or "" for t in one.iter(f"{W}t"))) for one in word(root).iter(f"{W}p")]
    assert [(style.get(f"{W}val"), words) for style, words in rows if style is not None and style.get(f"{W}val").startswith(("Pull", "CaseT"))] == [
        ("PullFigure", "125 sites"), ("PullText", "were blocked."), ("CaseTitle", "Case\u00a01. A case"), ("CaseText", "Words."),
    ]  # fmt: skip
    page = (root / "output/report/report.html").read_text(encoding="utf-8")
    assert '<div class="highlight"><p class="figure">125 sites</p><p>were <em>blocked</em>.</p>' in page
    assert "::: highlight 125 sites\n\nwere *blocked*." in (root / "output/report/report.md").read_text(encoding="utf-8")


# ---------------------------------------------------------------- wide tables, running heads


TABLE = "| a | b |\n| - | - |\n| 1 | 2 |"


def test_wide_table_has_pages_across_in_word_and_pdf(tmp_path: Path) -> None:
    """Upright, across, upright: heads and feet go on, only the first page is without them; two wide tables side by side share a page."""
    body = f"One.\n\nWide table: First\n\n{TABLE}\n\nWide table: Second\n\n{TABLE}\n\nTable: Third\n\n{TABLE}\n\nTwo."
    root = built(tmp_path, with_logos() | {"sections/articles/iccpr/19/one.yaml": finding(body)}, ("docx", "pdf"))
    sections = list(word(root).iter(f"{W}sectPr"))
    assert [one.find(f"{W}pgSz").get(f"{W}orient") for one in sections] == [None, None, "landscape", None]
    assert [one.find(f"{W}titlePg") is not None for one in sections] == [True, False, False, False]
    assert all(len(one.findall(f"{W}{kind}Reference")) == 1 for one in sections for kind in ("header", "footer"))
    across = sections[2].find(f"{W}pgSz")
    assert (across.get(f"{W}w"), across.get(f"{W}h")) == ("16838", "11906")
    assert page_sizes(root).count((841.9, 595.3)) == 1 and page_sizes(root)[-1] == (595.3, 841.9)
    table = next(word(root).iter(f"{W}tbl"))
    widths = sum(int(one.get(f"{W}w")) for one in table.iter(f"{W}gridCol"))
    assert widths == round((297 - 50) / 25.4 * 1440)


def test_wide_table_at_the_end_leaves_no_empty_page(tmp_path: Path) -> None:
    files = with_logos() | {
        "sections/articles/iccpr/19/one.yaml": finding(f"One.\n\nWide table: First\n\n{TABLE}"),
        "templates/shadow-report.md.j2": "{% for one in sections %}{{ section(one, level=1) }}{% endfor %}",
    }
    root = built(tmp_path, files, ("docx", "pdf"))
    assert page_sizes(root) == [(595.3, 841.9), (841.9, 595.3)]
    assert [one.find(f"{W}pgSz").get(f"{W}orient") for one in word(root).iter(f"{W}sectPr")] == [None, "landscape"]


def test_wide_table_inside_a_box_stays_upright(tmp_path: Path) -> None:
    body = f"::: case A case\nWide table: First\n\n{TABLE}\n:::"
    root = built(tmp_path, with_logos() | {"sections/articles/iccpr/19/one.yaml": finding(body)}, ("docx", "pdf"))
    assert not any(one.get(f"{W}orient") for one in word(root).iter(f"{W}pgSz"))
    assert set(page_sizes(root)) == {(595.3, 841.9)}


def test_running_head_names_the_part_and_nothing_asks_to_update(tmp_path: Path) -> None:
    """The head of the text holds STYLEREF 1, which names built-in headings in any language of Word; that of title page and contents does not."""
    root = built(tmp_path, with_logos(short_title="Short"))
    sections = list(word(root).iter(f"{W}sectPr"))
    with zipfile.ZipFile(root / "output/report/report.docx") as archive:
        relations = {one.get("Id"): one.get("Target") for one in etree.fromstring(archive.read("word/_rels/document.xml.rels"))}
        named = [section.find(f"{W}headerReference").get(f"{R}id") for section in sections]
        heads = [etree.fromstring(archive.read(f"word/{relations[id]}")) for id in named]
        settings = archive.read("word/settings.xml")
    codes = [[(code.text or "").strip() for code in head.iter(f"{W}instrText")] for head in heads]
    assert codes == [[], ["STYLEREF 1"]]
    assert ["".join(t.text or "" for t in head.iter(f"{W}t")) for head in heads] == ["Short", "Short"]
    assert b"updateFields" not in settings


# ---------------------------------------------------------------- what holds in every look


@pytest.mark.parametrize("name", ["un", "coalition"])
def test_headings_stay_with_what_follows_and_no_line_stands_alone(tmp_path: Path, name: str) -> None:
    root = built(tmp_path, with_logos(look=name))
    styles = {one.get(f"{W}styleId"): one for one in word(root, "styles").iter(f"{W}style")}
    for style in ("Heading1", "Heading2", "Heading3", "Heading4", "Caption", "CaseTitle", "Lead", "Label", "PullFigure"):
        assert styles[style].find(f"{W}pPr/{W}keepNext") is not None, style
    assert styles["Normal"].find(f"{W}pPr/{W}widowControl") is not None


@pytest.mark.slow
@pytest.mark.parametrize("name", ["un", "coalition"])
def test_long_address_is_broken_without_a_sign(tmp_path: Path, name: str) -> None:
    """However the lines break, the letters of the address are those that were written, in Word and PDF."""
    url = "https://example.org/" + "averylongfolderwithoutanyplacetobreak" * 4 + "/page-with-hyphens.html"
    files = with_logos(look=name) | {"sections/articles/iccpr/19/one.yaml": finding(f"Words.^[See <{url}>.]")}
    root = built(tmp_path, files, ("docx", "pdf"))
    pages = pypdfium2.PdfDocument(root / "output/report/report.pdf")
    text = "".join(page.get_textpage().get_text_bounded() for page in pages)
    assert url in re.sub(r"[\r\n]", "", text)
    assert url in "".join(one.text or "" for one in word(root, "footnotes").iter(f"{W}t"))


@pytest.mark.parametrize("name", ["un", "coalition"])
def test_cases_that_follow_each_other_are_two_boxes_in_word(tmp_path: Path, name: str) -> None:
    """Word draws neighbours with the same borders as one box: those of a title are not those of the text before it."""
    root = built(tmp_path, with_logos(look=name))
    styles = {one.get(f"{W}styleId"): one for one in word(root, "styles").iter(f"{W}style")}
    title, text = (etree.tostring(styles[style].find(f"{W}pPr/{W}pBdr")) for style in ("CaseTitle", "CaseText"))
    assert title != text
