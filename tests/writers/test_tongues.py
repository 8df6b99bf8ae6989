"""What Word and the page are told of languages: directions, tags, fonts. Expected values are from ISO/IEC 29500 and the bidi algorithm."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

import pytest
from finished import Finished
from lxml import etree
from readers import W, part

from shadowgen.looks import Look, load_look
from shadowgen.workspace import Workspace
from shadowgen.writers.docx.tongues import default_language, language_tag, stretches


@pytest.mark.parametrize(
    ("text", "direction", "expected"),
    [
        ("all of it", "ltr", ["all of it"]),
        ("", "ltr", []),
        ("12 (3)", "rtl", ["12 (3)"]),
        ("انظر (CCPR/C/GC/37)، الفقرة 3", "rtl", ["انظر (", "CCPR/C/GC/37", ")، الفقرة 3"]),
        ("the word حق, in short", "ltr", ["the word ", "حق", ", in short"]),
        ("المنظمة Example Bureau 2 (Almaty).", "rtl", ["المنظمة ", "Example Bureau 2 (Almaty", ")."]),
    ],
)
def test_stretches_of_one_direction(text: str, direction: str, expected: list[str]) -> None:
    found = stretches(text, direction)
    assert [words for words, _ in found] == expected
    sides = [side for _, side in found]
    assert all(one != other for one, other in pairwise(sides))


def test_word_keeps_a_language_for_each_kind_of_script() -> None:
    assert language_tag("kk-Latn") == '<w:lang w:val="kk-Latn"/>'
    assert language_tag("zh") == '<w:lang w:eastAsia="zh"/>'
    assert language_tag("ar") == '<w:lang w:bidi="ar"/>'
    assert default_language("ru") == '<w:lang w:val="ru"/>'
    assert default_language("ar", "themeFontLang") == '<w:themeFontLang w:val="en" w:bidi="ar"/>'


# ---------------------------------------------------------------- the look


@pytest.fixture
def look(tmp_path) -> Look:
    found, problems = load_look(Workspace(tmp_path), "un")
    assert found is not None and problems == []
    return found


def page_font(look: Look) -> str:
    found = re.search(r'--font-body: "([^"]+)"', look.custom_properties())
    assert found is not None
    return found[1]


def test_a_document_is_set_in_the_fonts_of_its_script(look: Look) -> None:
    assert page_font(look) == "Times New Roman"
    assert page_font(look.in_script("Arab")) == "Amiri"
    assert page_font(look.in_script("Hans")) == "Noto Serif CJK SC"
    assert look.in_script("Cyrl") == look
    assert [look.font_of(script, "body") for script in ("Latn", "Arab", "Hans")] == ["Times New Roman", "Times New Roman", "SimSun"]


def test_arabic_is_set_larger_and_looser(look: Look) -> None:
    arabic = look.in_script("Arab")
    assert (look.sizes["body"], arabic.sizes["body"]) == (11, 12.5)  # 11 * 1.15 = 12.65, to the half point
    assert arabic.line_height == pytest.approx(1.22 * 1.15)
    assert replace(arabic, sizes=look.sizes, line_height=look.line_height, script="") == look


# ---------------------------------------------------------------- finished documents


@pytest.fixture
def in_language(documents: dict[str, Finished]):
    return lambda language: documents[f"tongues/rights.{language}"]


def text_of(element: etree._Element) -> str:
    return "".join(node.text or "" for node in element.iter(f"{W}t"))


@pytest.mark.slow
def test_word_is_told_that_a_document_runs_from_right_to_left(in_language) -> None:
    file = in_language("ar").files["docx"]
    styles, document = part(file, "word/styles.xml"), part(file, "word/document.xml")
    normal = next(style for style in styles.iter(f"{W}style") if style.get(f"{W}styleId") == "Normal")
    assert normal.find(f"{W}pPr/{W}bidi") is not None
    assert document.find(f".//{W}sectPr/{W}bidi") is not None
    assert all(table.find(f"{W}tblPr/{W}bidiVisual") is not None for table in document.iter(f"{W}tbl"))
    assert styles.find(f".//{W}rPrDefault//{W}lang").get(f"{W}bidi") == "ar"
    assert part(file, "word/numbering.xml").find(f".//{W}lvl/{W}rPr/{W}rtl") is not None
    for name in ("word/document.xml", "word/footnotes.xml", "word/header1.xml"):
        runs = [run for run in part(file, name).iter(f"{W}r") if text_of(run)]
        assert runs and all(bool(run.find(f"{W}rPr/{W}rtl") is not None) == bool(re.search("[\u0600-\u06ff]", text_of(run)))
                            for run in runs if re.search("[^\\W\\d_]", text_of(run)))  # fmt: skip


@pytest.mark.slow
def test_word_is_told_of_words_against_the_direction(in_language) -> None:
    document = part(in_language("en").files["docx"], "word/document.xml")
    arabic = [run for run in document.iter(f"{W}r") if "التجمع" in text_of(run)]
    assert arabic and all(run.find(f"{W}rPr/{W}rtl") is not None for run in arabic)
    assert arabic[0].find(f"{W}rPr/{W}lang").get(f"{W}bidi") == "ar"
    assert document.find(f".//{W}sectPr/{W}bidi") is None
    chinese = next(run for run in document.iter(f"{W}r") if "和平" in text_of(run))
    assert chinese.find(f"{W}rPr/{W}lang").get(f"{W}eastAsia") == "zh"
    assert chinese.find(f"{W}rPr/{W}rFonts").get(f"{W}hint") == "eastAsia"


@pytest.mark.slow
def test_the_page_names_direction_and_language(in_language) -> None:
    arabic, english = (in_language(language).files["html"].read_text(encoding="utf-8") for language in ("ar", "en"))
    assert '<html lang="ar" dir="rtl">' in arabic and '<html lang="en" dir="ltr">' in english
    assert '<span lang="ar" dir="rtl">الحق في التجمع السلمي</span>' in english
    assert '<span lang="zh">和平集会权</span>' in english
    assert '<span lang="en" dir="ltr">the right of peaceful assembly (article 21)</span>' in arabic
    assert '<span class="symbol" dir="ltr">CCPR/C/GC/37</span>' in arabic
    assert re.search(r'<a class="external url" href="https://example\.org/[^"]+" dir="ltr">', arabic)


@pytest.mark.slow
def test_the_pdf_holds_the_fonts_of_its_scripts(in_language) -> None:
    """Every font is embedded; none that a look does not name stands in for a missing letter."""
    from pypdf import PdfReader

    named = {"Liberation-Serif", "Times-New-Roman", "Amiri", "Noto-Serif-CJK-SC", "SimSun"}
    for language in ("en", "kk", "kk-Latn", "zh", "ar"):
        fonts = {}
        for page in PdfReader(in_language(language).files["pdf"]).pages:
            for font in page["/Resources"]["/Font"].values():
                inner = font.get_object()["/DescendantFonts"][0].get_object()
                name = re.sub("-(Bold|Italic|Bold-Italic|Oblique)$", "", inner["/BaseFont"].partition("+")[2])
                fonts[name] = any(key in inner["/FontDescriptor"].get_object() for key in ("/FontFile2", "/FontFile3"))
        assert set(fonts) <= named and all(fonts.values()), language
