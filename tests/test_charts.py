"""Charts from data in a section: read strictly, kept from those who may not see them, the same data in every format."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import pytest
from lxml import etree
from support import Files, build_all, codes, example, finding, load, make_workspace, put_together, submission
from test_leaks import everything

from shadowgen.chartdata import Chart, Series
from shadowgen.charts import alternative_text, data_table, draw_chart
from shadowgen.loading import load_library
from shadowgen.locales import locale
from shadowgen.looks import Look
from shadowgen.markdown import Passage, parse_prose
from shadowgen.nodes import Figure, Table, plain_text, walk
from shadowgen.writers.markdown import write_prose

CHART = """\
charts:
  homes:
    chart: lines
    caption: Crimes by *year*
    source: "[@adil-soz, p. 77]"
    unit: cases
    x: [2009, 2010, 2011]
    series:
      Home: [633, 1265, none]
      Letters: [73, 0.5, 30]
"""
TRANSLATION = """\
title: Вывод
body: |
  ![](#homes)
charts:
  homes:
    caption: Преступления
    unit: случаи
    labels: {Home: Жилище}
"""
BODY = "See [#crimes].\n\n![](#homes){#crimes}\n\nEnd."
PLACE = "sections/articles/iccpr/19/charted.yaml"


def charted(charts: str = CHART, body: str = BODY, **more: str) -> Files:
    return {
        **example(),
        PLACE: finding(body) + charts,
        "submissions/report.yaml": submission(languages="[en, ru]", variables="{period: then}"),
        **more,
    }


def figures(root: Path, files: Files, **how: str) -> list[Figure]:
    composition, _ = put_together(root, files, **how)
    return [node for node in walk(composition.submission.blocks) if isinstance(node, Figure) and node.chart]


# ---------------------------------------------------------------- read


def test_chart_stands_where_the_prose_names_it(tmp_path: Path) -> None:
    section = load(tmp_path, charted()).sections["charted"]
    found = section.prose["en"].body[1]
    assert isinstance(found, Figure) and found.anchor == "crimes" and plain_text(found.caption) == "Crimes by year"
    series = (Series("Home", (633, 1265, None)), Series("Letters", (73, 0.5, 30)))
    assert found.chart == Chart("lines", "cases", ("2009", "2010", "2011"), series)


def test_name_of_a_chart_is_prose() -> None:
    nodes, problems = parse_prose(Passage("![](#homes){#crimes}", "f"))
    assert problems == [] and write_prose(nodes) == "![](#homes) {#crimes}\n"


@pytest.mark.parametrize(
    ("old", "new", "rule", "place", "said"),
    [
        ("633, 1265, none", "633, 1265", "wrong-value", "19:7", "'Home' has 2 values for 3 labels"),
        ("    unit: cases\n", "", "missing-field", "12:3", "the field 'unit' is missing in 'homes'"),
        ("633, 1265, none", "none, none, none", "wrong-value", "19:7", "'Home' has no data at all"),
        ("73, 0.5", "1e3, 0.5", "wrong-value", "20:17", ""),
        ("chart: lines", "chart: pie", "wrong-value", "13:12", "'chart': expected 'bars', 'lines' or 'stacked'"),
        ("lines", "stacked\n    alt: negative", "wrong-value", "21:7", "'Letters' has a negative value, which cannot be stacked"),
        ('"[@adil-soz, p. 77]"', "somebody", "wrong-value", "15:13", "a citation is expected here"),
        ("unit: cases", "unit: cases [secret]{internal}", "unclosed-mark", "16:11", "marks work in the caption of a chart only"),
        ("Letters:", '"Letters {internal}":', "unclosed-mark", "20:7", "marks work in the caption of a chart only"),
        ("  homes:", "  house:", "missing-picture", "8:3", "the section has no chart 'homes'"),
        ("  ![](#homes){#crimes}\n", "  Nothing.{#crimes}\n", "wrong-value", "12:3", "the chart 'homes' stands nowhere in the body"),
        ("![](#homes)", "![A chart](#homes)", "unsupported-prose", "8:3", "words on a chart"),
        ("![](#homes)", '![](#homes "Caption")', "unsupported-prose", "8:3", "words on a chart"),
        ("lines", "lines\n    colour: red", "unknown-field", "14:5", "unknown field 'colour'"),
    ],
)  # fmt: skip
def test_problem_with_a_chart_has_its_place(tmp_path: Path, old: str, new: str, rule: str, place: str, said: str) -> None:
    files = charted(CHART.replace("0.5, 30", "-0.5, 30") if "negative" in new else CHART)
    assert old in files[PLACE]  # type: ignore[operator]
    files[PLACE] = files[PLACE].replace(old, new, 1)  # type: ignore[union-attr,arg-type,call-arg]
    _, problems = load_library(make_workspace(tmp_path, files))
    errors = [(one.rule.name, str(one.origin), one.message) for one in problems if one.is_error]
    assert (rule, f"{PLACE}:{place}") in [error[:2] for error in errors]
    assert any(said in message for _, _, message in errors)


# ---------------------------------------------------------------- in words


def test_alternative_text_says_every_value_in_the_language() -> None:
    chart = Chart("stacked", "случаи", ("2009", "2010"), (Series("Жилище", (1265, None)), Series("Б", (0.5, 2))))
    assert alternative_text(chart, locale("en")) == "Stacked bar chart (случаи). Жилище: 2009: 1,265; 2010: no data. Б: 2009: 0.5; 2010: 2."
    said = "Столбчатая диаграмма с накоплением (случаи). Жилище: 2009: 1\u00a0265; 2010: нет данных. Б: 2009: 0,5; 2010: 2."
    assert alternative_text(chart, locale("ru")) == said


def test_table_has_a_row_for_each_label() -> None:
    table = data_table(Chart("bars", "cases", ("2009", "2010"), (Series("Home", (1265, None)), Series("B", (1, 2)))), locale("en"))
    rows = [[plain_text(cell.content) for cell in row] for row in (table.head, *table.rows)]
    assert rows == [["cases", "Home", "B"], ["2009", "1,265", "1"], ["2010", "no data", "2"]]


def test_text_of_the_author_is_used_as_it_is(tmp_path: Path) -> None:
    [found] = figures(tmp_path, charted(CHART + "    alt: Crimes doubled.\n"))
    assert found.alt == "Crimes doubled."


def test_translation_changes_words_and_keeps_the_data(tmp_path: Path) -> None:
    more = {PLACE.replace(".yaml", ".ru.yaml"): TRANSLATION}
    [found] = figures(tmp_path, charted(**more), language="ru")
    assert found.alt.startswith("График (случаи). Жилище: 2009: 633; ") and "Letters: 2009: 73; 2010: 0,5;" in found.alt
    assert plain_text(found.caption) == "Преступления"
    assert [one.values for one in found.chart.series] == [(633, 1265, None), (73, 0.5, 30)]  # type: ignore[union-attr]
    composition, _ = put_together(tmp_path / "again", charted(**more), language="ru")
    assert any("77" in plain_text(note.content) for note in composition.submission.notes)


@pytest.mark.parametrize(
    ("old", "new", "rule", "place", "said"),
    [
        ("Home:", "Hone:", "wrong-value", "8:14", "the chart has no label or series 'Hone'"),
        ("  homes:", "  house:", "missing-picture", "5:3", "the original has no chart 'house'"),
        (TRANSLATION[TRANSLATION.index("charts:") :], "", "no-translation", "1:1", "the chart 'homes' has no words in this language"),
        ("    unit: случаи\n", "    series: {}\n", "unknown-field", "7:5", "unknown field 'series'"),
    ],
)  # fmt: skip
def test_problem_with_a_translated_chart(tmp_path: Path, old: str, new: str, rule: str, place: str, said: str) -> None:
    name = PLACE.replace(".yaml", ".ru.yaml")
    assert old in TRANSLATION
    _, problems = load_library(make_workspace(tmp_path, charted(**{name: TRANSLATION.replace(old, new)})))
    assert (rule, f"{name}:{place}", said) in [(one.rule.name, str(one.origin), one.message) for one in problems]


# ---------------------------------------------------------------- the gate

SECRET = """\
charts:
  {name}:
    chart: bars
    caption: zqcaption{name}
    source: "[@adil-soz, p. 9{number}]"
    unit: zqunit{name}
    x: [zqlabel{name}]
    series: {{zqseries{name}: [123{number}57]}}
    table: yes
    audience: {name}
"""


def test_chart_above_the_audience_is_in_no_byte(tmp_path: Path) -> None:
    """Not its words, data, note or table, in a list as little as at the top; readers who may see it get it all."""
    charts = SECRET.format(name="internal", number=7) + SECRET.format(name="committee", number=8).removeprefix("charts:\n")
    files = charted(charts, "Words.\n\n![](#internal)\n\n- item\n\n  ![](#committee)\n\nEnd.")
    seen = {}
    for audience in ("public", "committee", "internal"):
        root = tmp_path / audience
        built, problems = build_all(root, files, formats=("docx", "pdf", "html", "md"), audience=audience)
        assert [problem for problem in problems if problem.is_error] == []
        text = "".join(everything((root / file).read_bytes(), file.rsplit(".", 1)[1]) for file in built[0].files)
        seen[audience] = {name for name in ("internal", "committee") if re.search(rf"zq\w+{name}|123,?{'78'['ic'.index(name[0])]}57", text)}
        assert [bool(re.search(rf"p\.\s{page}", text)) for page in (97, 98)] == [
            name in seen[audience] for name in ("internal", "committee")
        ]
    assert seen == {"public": set(), "committee": {"committee"}, "internal": {"internal", "committee"}}


def test_section_above_the_audience_takes_its_chart_along(tmp_path: Path) -> None:
    files = charted()
    files[PLACE] = files[PLACE].replace("audience: public", "audience: committee")  # type: ignore[union-attr,arg-type,call-arg]
    assert figures(tmp_path / "a", files) == []
    assert len(figures(tmp_path / "b", files, audience="committee")) == 1


# ---------------------------------------------------------------- drawn


def of(kind: str, *series: Series, labels: tuple[str, ...] = ("2009", "2010")) -> Chart:
    return Chart(kind, "cases", labels, series)


TWO = (Series("Home $\\frac$", (633, 566)), Series("Letters", (73, 38)))


@pytest.fixture(scope="module")
def look(tmp_path_factory: pytest.TempPathFactory) -> Look:
    return put_together(tmp_path_factory.mktemp("look"), example())[0].look


@pytest.mark.parametrize("kind", ["bars", "lines", "stacked"])
@pytest.mark.parametrize("labels", [("2009", "2010"), ("A label that is longer than others", "2010")], ids=["upright", "across"])
def test_drawing_is_the_same_and_of_outlines(look: Look, kind: str, labels: tuple[str, ...]) -> None:
    chart = of(kind, *TWO, labels=labels)
    once, again = (draw_chart(chart, locale("en"), look, "svg") for _ in range(2))
    assert once == again
    root = etree.fromstring(once, etree.XMLParser(load_dtd=False, no_network=True))
    names = {etree.QName(node).localname for node in root.iter(etree.Element)}
    assert "path" in names and names & {"text", "image", "script", "foreignObject"} == set()
    assert b"Matplotlib" not in once and b"<dc:date>" not in once
    links = [value for node in root.iter(etree.Element) for name, value in node.attrib.items() if name.endswith("href")]
    assert links and all(link.startswith("#") for link in links)
    png = [draw_chart(chart, locale("en"), look, "png") for _ in range(2)]
    assert png[0] == png[1] and png[0].startswith(b"\x89PNG") and b"Software" not in png[0]


def test_series_differ_without_colour(look: Look) -> None:
    six = tuple(Series(f"S{number}", (number, 7 - number)) for number in range(1, 7))
    bars = draw_chart(of("bars", *six), locale("en"), look, "svg")
    patterns = re.findall(rb'<pattern .*?<path d="([^"]+)"', bars, re.DOTALL)
    assert len(patterns) == len(set(patterns)) == 5  # the first is plain
    lines = draw_chart(of("lines", *six), locale("en"), look, "svg")
    plots = re.findall(rb'id="line2d_\d+">\s*<path d="[^"]+" (?:clip-path="[^"]+" )?style="([^"]*stroke-width: 1\.4[^"]*)"', lines)
    dashes = [re.search(rb"stroke-dasharray: ([^;]+)", style) for style in plots]
    assert len(plots) == 6 and len({found[1] if found else b"" for found in dashes}) == 6


def test_values_without_data_leave_a_gap(look: Look) -> None:
    labels = ("1", "2", "3", "4", "5")
    for values, pieces in (((1, 2, None, 3, 4), 2), ((1, 2, 0, 3, 4), 1)):
        drawn = draw_chart(of("lines", Series("A", values), labels=labels), locale("en"), look, "svg")
        line = re.search(rb'<path d="([^"]+)" style="[^"]*stroke-width: 1\.4', drawn)
        assert line is not None and line[1].count(b"M") == pieces
    draw_chart(of("stacked", Series("A", (1, None)), Series("B", (None, 0))), locale("en"), look, "png")


def outlines(look: Look, words: str, language: str) -> list[str]:
    """Return the outlines that a label is drawn with, from left to right, each as "font-number"."""
    drawn = draw_chart(Chart("bars", "2", (words,), (Series("2", (1,)),)), locale(language), look.in_script(locale(language).script), "svg")
    label = re.search(f"<!-- {words} -->.*?</g>\\s*</g>", drawn.decode(), re.DOTALL)
    assert label is not None
    return re.findall('href="#([^"]+)"', label[0])


def test_chinese_label_is_drawn_in_a_font_that_has_it(look: Look) -> None:
    assert [one.rsplit("-", 1)[0] for one in outlines(look, "和平", "zh")] == ["NotoSerifCJKsc-Regular"] * 2
    assert len(set(outlines(look, "和平", "zh"))) == 2


def test_arabic_label_is_joined_and_runs_from_right_to_left(look: Look) -> None:
    """Four letters that join have other outlines than alone; the first stands at the right."""
    joined, apart = outlines(look, "سلمي", "ar"), outlines(look, "س ل م ي", "ar")
    assert [one.rsplit("-", 1)[0] for one in joined] == ["Amiri-Regular"] * 4
    assert set(joined).isdisjoint(apart)
    assert apart[0] == outlines(look, "ي", "ar")[0] and apart[-1] == outlines(look, "س", "ar")[0]


@pytest.mark.parametrize("form", ["pdf", "docx", "html"])
def test_letter_of_a_chart_that_no_font_has_stops_the_build(tmp_path: Path, form: str) -> None:
    files = charted(CHART.replace("unit: cases", "unit: cases \U0010fffd"))
    built, problems = build_all(tmp_path, files, formats=(form,))
    assert (built, codes(problems)) == ([], ["layout-warning"])
    assert problems[0].message == "no font has '\U0010fffd' (U+10FFFD): in the chart of figure 2"


def test_letter_that_no_font_has_is_no_matter_where_nothing_is_drawn(tmp_path: Path) -> None:
    built, problems = build_all(tmp_path, charted(CHART.replace("unit: cases", "unit: cases \U0010fffd")), formats=("md",))
    assert len(built) == 1 and codes(problems) == []


# ---------------------------------------------------------------- in every format


def test_chart_in_every_format(tmp_path: Path) -> None:
    built, problems = build_all(tmp_path, charted(CHART + "    table: yes\n"), formats=("docx", "pdf", "html", "md"))
    assert codes(problems) == []
    word, _, html, md = ((tmp_path / file).read_bytes() for file in built[0].files)
    said = "Line chart (cases). Home: 2009: 633; 2010: 1,265; 2011: no data. Letters: 2009: 73; 2010: 0.5; 2011: 30."
    with zipfile.ZipFile(io.BytesIO(word)) as archive:
        document = archive.read("word/document.xml").decode()
        pictures = [archive.read(name)[:4] for name in archive.namelist() if name.startswith("word/media/")]
    assert pictures == [b"\x89PNG"] * 2 and f'descr="{said}"' in document
    assert f'alt="{said}"' in html.decode() and b"data:image/svg+xml;base64," in html
    text = md.decode()
    assert text.count("| 2010 | 1,265 | 0.5 |") == 1 and re.search(r"^Figure 2\. Crimes by \*year\*\[\^\d+\]$", text, re.MULTILINE)
    assert "Data: figure 2" in text.replace("\u00a0", " ")


def test_markdown_prints_the_table_even_where_nobody_asks(tmp_path: Path) -> None:
    built, _ = build_all(tmp_path, charted(), formats=("md",))
    text = (tmp_path / built[0].files[0]).read_text(encoding="utf-8")
    assert text.count("| 2010 | 1,265 | 0.5 |") == 1 and "Data:" not in text


# ---------------------------------------------------------------- for templates

GRADED = '{{ cover("masthead") }}\n{{ status_chart() }}\n{{ coverage_chart() }}\n'


def test_charts_for_templates_count(tmp_path: Path) -> None:
    def graded(grade: str) -> str:
        return finding("Words.", grade=grade, articles='["ICCPR 7"]')

    files = {
        **example(),
        "templates/counts.md.j2": GRADED,
        "sections/articles/iccpr/7/one.yaml": graded("B1"),
        "sections/articles/iccpr/7/two.yaml": graded("C"),
        "submissions/report.yaml": submission(template="counts", sections="[recommendations/*, articles/*]"),
    }
    status, coverage = figures(tmp_path, files)
    assert status.chart is not None and coverage.chart is not None
    assert [label[0] for label in status.chart.labels] == ["A", "B", "C", "D", "E"]
    assert status.chart.series[0].values == (0, 1, 2, 0, 0)  # B1; C and the C2 of the example
    counted = dict(zip(coverage.chart.labels, coverage.chart.series[0].values, strict=True))
    assert {label.split(".")[0]: value for label, value in counted.items()} == {"Article 7": 3, "Article 19": 2}


def test_nothing_to_count_is_no_chart(tmp_path: Path) -> None:
    files = {**example(press_freedom=None), "templates/counts.md.j2": GRADED.replace("{{ coverage_chart() }}", "")}
    files["submissions/report.yaml"] = submission(template="counts")
    assert figures(tmp_path, files) == []


@pytest.mark.parametrize(("grades", "charts"), [(["C"], 0), (["C", "A"], 1)])
def test_follow_up_shows_grades_where_there_are_several(tmp_path: Path, grades: list[str], charts: int) -> None:
    files = example(press_freedom=None)
    for number, grade in enumerate(grades):
        files[f"sections/recommendations/ccpr-c-kaz-co-1/graded-{number}.yaml"] = finding(
            "Words.", grade=grade, responds_to="[{document: ccpr-c-kaz-co-1, paragraphs: [press]}]"
        )
    files["submissions/report.yaml"] = submission(template="follow-up", sections="[recommendations/*]", commitments="[ccpr-c-kaz-co-1]")
    assert len(figures(tmp_path, files)) == charts


def test_tables_follow_their_charts_with_a_reference(tmp_path: Path) -> None:
    composition, problems = put_together(tmp_path, charted(CHART + "    table: yes\n", "![](#homes)"))
    blocks = composition.submission.blocks
    place = next(at for at, block in enumerate(blocks) if isinstance(block, Figure) and block.chart)
    after = blocks[place + 1]
    assert isinstance(after, Table) and plain_text(after.caption).replace("\u00a0", " ") == "Data: figure 2"
    assert codes(problems) == []
