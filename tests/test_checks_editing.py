"""What an editor looks for in the text of a library: each rule SG7 on words that break it, and on words that only look so."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from support import finding, load, submission

from shadowgen.checks import check
from shadowgen.checks.editing import check_editing
from shadowgen.diagnostics import Diagnostic

SOURCES = """\
resolution-132:
  type: legislation
  title: Resolution on standards of services
  number: 132
  date: 2014-02-24
gc-34: {type: general-comment, number: 34, date: 2011-09-12}
views: {type: views, title: A. v. Kazakhstan, symbol: CCPR/C/101/D/1/2009}
state-report: {type: un-document, symbol: CCPR/C/KAZ/2, title: Second periodic report}
report: {type: ngo-report, author: A Group, title: A report, date: 2015}
"""
CONCLUDING = """\
title: Concluding observations
kind: concluding-observations
paragraphs:
  - id: trafficking
    number: "20"
    title: Trafficking
    summary: To fight trafficking.
    text: The State party should combat trafficking in human beings by ensuring that all allegations are investigated.
"""


def found(root: Path, rule: str, *bodies: str, **files: str) -> list[Diagnostic]:
    """Return the findings of one rule in sections with these bodies; `__` in the name of another file stands for `/`."""
    texts = {f"sections/articles/iccpr/19/s{place}.yaml": finding(body) for place, body in enumerate(bodies)}
    texts["sections/sources/all.yaml"] = SOURCES
    texts |= {f"{name.replace('__', '/').replace('_', '-')}.yaml": text for name, text in files.items()}
    return [one for one in check(load(root, texts), []) if one.rule.name == rule]


def places(problems: list[Diagnostic]) -> list[tuple[int, int]]:
    return [(one.origin.line, one.origin.column) for one in problems]


def mends(problems: list[Diagnostic]) -> list[tuple[str, str]]:
    return [(edit.old, edit.new) for one in problems if one.fix for edit in one.fix.edits]


FIRST = 6  # the line of a section file on which its body begins


# ---------------------------------------------------------------- numbers


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("1. one\n2. two\n4. four", ["4 follows 2"]),
        ("1. one\n2. two\n3. three", []),
        ("68. one\n\n70. two", ["70 follows 68"]),
        ("1. one\n\nWords between.\n\n1. one\n2. two", []),
        ("In the years\n2014. Not a list", []),
        ("(The imported file has no paragraph 69.)", ["the original has no paragraph 69"]),
        ("(Paragraph 17 did not survive in the imported file.)", ["paragraph 17 is lost"]),
        ("(Paragraph 17 of the law was repealed.)", []),
    ],
)
def test_a_number_that_is_skipped(tmp_path: Path, body: str, told: list[str]) -> None:
    assert [one.message for one in found(tmp_path, "numbering-gap", body)] == told


def test_a_typed_number_is_told_where_it_stands(tmp_path: Path) -> None:
    assert places(found(tmp_path, "numbering-gap", "Words.\n\n1. one\n3. three")) == [(FIRST + 3, 3)]


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("c) third\nd) fourth", ["the list begins with (c)"]),
        ("a) first\nb) second\n\nWords.\n\nc) third", []),
        ("a) first\nb) second", []),
        ("The law says: (a) one; (c) three.", ["(c) follows (a)"]),
        ("The law says: (a) one; (b) two; (c) three.", []),
        ("Article 14 (3) (g) and article 2 (c) apply.", []),
    ],
)
def test_a_list_that_begins_in_its_middle(tmp_path: Path, body: str, told: list[str]) -> None:
    assert [one.message for one in found(tmp_path, "orphan-item", body)] == told


def test_a_note_without_its_words(tmp_path: Path) -> None:
    lost = found(
        tmp_path, "lost-in-import", "One.^[The words of note 12 did not survive in the imported file.] Two.^[The words of a judge.]"
    )
    assert [one.message for one in lost] == ["the words of note 12 are lost"]


# ---------------------------------------------------------------- addresses and letters


@pytest.mark.parametrize(
    ("body", "rule", "mended"),
    [
        ("The сourt sat.", "mixed-script", [("сourt", "court")]),
        ("Приговop оглашён.", "mixed-script", [("Приговop", "Приговор")]),
        ("The court sat, суд сел, COVID-19, Nº 1.", "mixed-script", []),
        ("See http://ohchr.org/file_ru.doс now.", "address-script", [("http://ohchr.org/file_ru.doс", "http://ohchr.org/file_ru.doc")]),
        ("See http://ohсhr.org/file now.", "address-script", [("http://ohсhr.org/file", "http://ohchr.org/file")]),
        ("See http://novgaz.com/2-news/317-дуплет now.", "address-script", []),
        ("See http://adilet.zan.kz/rus/docs/ K1400000226 now.", "address-blank",
         [("http://adilet.zan.kz/rus/docs/ K1400000226", "http://adilet.zan.kz/rus/docs/K1400000226")]),
        ("See http://time.kz/index. php?id=7 now.", "address-blank", [("http://time.kz/index. php?id=7", "http://time.kz/index.php?id=7")]),
        ("See http://time.kz/ for 2014 figures.", "address-blank", []),
        ("See http://time.kz/news. Then 1999 came.", "address-blank", []),
    ],
)  # fmt: skip
def test_letters_and_blanks_in_words_and_addresses(tmp_path: Path, body: str, rule: str, mended: list[tuple[str, str]]) -> None:
    problems = found(tmp_path, rule, body)
    assert mends(problems) == mended and len(problems) == len(mended)


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("http://www2.ohchr.org/cerd/.../co.doc", "is left out"),
        ("http://www.unhchr.en/tbs", "no country has the ending '.en'"),
        ("http://example.org/a", "stands in examples only"),
        ("http://localhost/a", "stands in examples only"),
        ("https://www.ohchr.org/en", ""),
        ("http://365info.kz/2015", ""),
        ("http://ruleoflaw.eu/x", ""),
    ],
)
def test_addresses_that_cannot_be(tmp_path: Path, address: str, told: str) -> None:
    problems = found(tmp_path, "impossible-address", f"See {address} now.")
    assert [told in one.message for one in problems] == ([True] if told else [])


def test_the_address_of_a_source(tmp_path: Path) -> None:
    source = "page: {type: web-page, title: A page, publisher: X, url: 'http://www.unhchr.en/tbs'}\n"
    (problem,) = found(tmp_path, "impossible-address", sections__sources__more=source)
    assert "'page'" in problem.message and problem.origin.file == "sections/sources/more.yaml"


# ---------------------------------------------------------------- names


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("The Supreme Judicial Council met. The Supreme Judicial Council erred. The Supreme Court Council met.", ["'Supreme Court Council'"]),
        ("The Code of Administrative Infractions, the Code on Administrative Offences, the Code on Administrative Offences.",
         ["'Code of Administrative Infractions'"]),
        ("Final Remarks and Concluding Observations and Concluding Observations.", ["'Final Remarks'"]),
        ("The UN Human Rights Committee, the Human Rights Committee and the Committee on Human Rights.", ["'Committee on Human Rights'"]),
        ("The Criminal Code and the Criminal Procedure Code and the Civil Code.", []),
        ("The Supreme Court of Kazakhstan and the Supreme Court.", []),
        ("The Human Rights Committee and the Committee against Torture.", []),
        ("The Law on Elections and Articles of the Law on Elections.", []),
    ],
)  # fmt: skip
def test_one_body_under_several_names(tmp_path: Path, body: str, told: list[str]) -> None:
    assert [one.message.split(" (")[0] for one in found(tmp_path, "several-names", body)] == told


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("Mr Yesergepov, Mr Yesergepov and Mr Esergepov.", ["'Esergepov'"]),
        ("Kazkommertsbank, Kazkommertsbank, Kazcommerzbank.", ["'Kazcommerzbank'"]),
        ("Kadyr-Kassiet, Kadyr-Kassiet and Kadir-Kassiet.", ["'Kadir-Kassiet'"]),
        ("Rapporteur Maina Kiai, then Maina Kiai, then Miana Kiai.", ["'Miana Kiai'"]),
        ("Kazakhstan, Kazakhstani and Kazakh law.", []),
        ("Sarsenov and Sarsenova, Nurlan and Nurbol.", []),
        ("Informatisation and Informatization, or informatisation and informatization.", []),
    ],
)
def test_one_name_in_several_spellings(tmp_path: Path, body: str, told: list[str]) -> None:
    assert [one.message.split(" (")[0] for one in found(tmp_path, "name-spellings", body)] == told


def test_names_that_the_term_base_knows_are_left_to_it(tmp_path: Path) -> None:
    terms = "council:\n  preferred: Supreme Judicial Council\n  avoid: [Supreme Court Council]\nname: {preferred: Yesergepov, avoid: [Esergepov]}\n"
    body = "The Supreme Judicial Council and the Supreme Court Council heard Yesergepov, or Esergepov."
    assert found(tmp_path, "several-names", body, sections__terms__en=terms) == []
    assert found(tmp_path, "name-spellings", body, sections__terms__en=terms) == []


# ---------------------------------------------------------------- one way of writing


@pytest.mark.parametrize(
    ("body", "mended"),
    [
        ("They organise, recognised and organised; they organize.", [("organize", "organise")]),
        ("They organize, recognized and organized; they organise.", [("organise", "organize")]),
        ("A defence, an offence, a centre and a defense.", [("defense", "defence")]),
        ("They organise and recognise, “they organize”, the World Health Organization.", []),
        ("They exercise, advise, realise, surprise and comprise.", []),
        ("Skills and a skilful programme.", []),
    ],
)
def test_two_spellings(tmp_path: Path, body: str, mended: list[tuple[str, str]]) -> None:
    problems = found(tmp_path, "mixed-spelling", body)
    assert mends(problems) == mended and len(problems) == len(mended)


def test_spellings_as_frequent_as_each_other_are_told_and_not_mended(tmp_path: Path) -> None:
    (problem,) = found(tmp_path, "mixed-spelling", "They organise. They recognize.")
    assert problem.fix is None and problem.origin.column == 23


def test_the_spelling_that_the_workspace_chose(tmp_path: Path) -> None:
    own = "choice: {letters: ize}\n"
    problems = found(tmp_path, "mixed-spelling", "They organise, recognised and organised; they organize.", templates__editing__en=own)
    assert mends(problems) == [("organise", "organize"), ("recognised", "recognized"), ("organised", "organized")]


def test_a_choice_that_there_is_not(tmp_path: Path) -> None:
    (problem,) = found(tmp_path, "wrong-value", "Words.", templates__editing__en="choice: {letters: isse}\n")
    assert str(problem.origin).startswith("templates/editing/en.yaml:1")


@pytest.mark.parametrize(
    ("body", "mended"),
    [
        ("On 3 July 2014, 4 July 2014 and July 5, 2014.", [("July 5, 2014", "5 July 2014")]),
        ("On 3 July 2014, 4 July 2014 and 10th March 2017.", [("10th March 2017", "10 March 2017")]),
        ("On 3 July 2014, 4 July 2014 and 04.07.2014.", [("04.07.2014", "4 July 2014")]),
        ("On July 3, 2014, July 4, 2014 and 21 March 2017.", [("21 March 2017", "March 21, 2017")]),
        ("On 3 July 2014. “Signed on July 5, 2014.” In July 2014.", []),
        ("On 3 July 2014 under No. 12.2014.", []),
    ],
)
def test_two_ways_of_dating(tmp_path: Path, body: str, mended: list[tuple[str, str]]) -> None:
    problems = found(tmp_path, "mixed-dates", body)
    assert mends(problems) == mended and len(problems) == len(mended)


def test_a_date_over_two_lines(tmp_path: Path) -> None:
    (problem,) = found(tmp_path, "mixed-dates", "On 3 July 2014, on 4 July 2014\nand on July\n5, 2014.")
    assert problem.fix and (problem.fix.edits[0].old, problem.fix.edits[0].new) == ("July\n  5, 2014", "5 July 2014")


def test_dates_in_russian_french_and_spanish(tmp_path: Path) -> None:
    for place, (language, body, new) in enumerate([
        ("ru", "3 июля 2014 года, 4 июля 2014 года и 05.07.2014.", "5 июля 2014"),
        ("fr", "Le 3 juillet 2014, le 4 juillet 2014 et le 05/07/2014.", "5 juillet 2014"),
        ("es", "El 3 de julio de 2014, el 4 de julio de 2014 y el 5 de julio del 2014.", "5 de julio de 2014"),
    ]):  # fmt: skip
        text = finding(body, language=language)
        problems = found(tmp_path / str(place), "mixed-dates", sections__articles__iccpr__19__a=text)
        assert [other for _, other in mends(problems)] == [new], language


@pytest.mark.parametrize(
    ("body", "mended"),
    [
        ("One [@report]. Two [@report]. Three.[@report] Four.", [(".[@report]", " [@report].")]),
        ("One.[@report] Two.[@report] Three [@report]. Four.", [(" [@report].", ".[@report]")]),
        ("One [@report]. Two [@report]. Three.^[See [@report].] Four.", [(".^[See [@report].]", "^[See [@report].].")]),
        ("One [@report]. Two [@report] and three.", []),
    ],
)
def test_calls_on_both_sides_of_the_punctuation(tmp_path: Path, body: str, mended: list[tuple[str, str]]) -> None:
    problems = found(tmp_path, "note-position", body)
    assert mends(problems) == mended and len(problems) == len(mended)


@pytest.mark.parametrize(
    ("body", "language", "told"),
    [
        ("As mentioned above, it failed.", "en", 1),
        ("The above-mentioned law.", "en", 1),
        ("Based on the above, we ask.", "en", 1),
        ("The case is described above (see [#s0-x]). {#s0-x}", "en", 0),
        ("He rose above others. “As mentioned above.”", "en", 0),
        ("Как уже было отмечено выше, это нарушение.", "ru", 1),
        ("Comme indiqué ci-dessus, la loi a changé.", "fr", 1),
        ("Como se indicó anteriormente, no hubo respuesta.", "es", 1),
        ("Жоғарыда айтылғандай.", "kk", 0),
    ],
)
def test_references_to_no_place(tmp_path: Path, body: str, language: str, told: int) -> None:
    text = finding(body, language=language)
    assert len(found(tmp_path, "vague-reference", sections__articles__iccpr__19__a=text)) == told


# ---------------------------------------------------------------- evidence


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("On 24 February 2012 the Government adopted Resolution No. 132 [@resolution-132].", ["the text says 2012-02-24 for No. 132"]),
        ("On 24 February 2014 the Government adopted Resolution No. 132 [@resolution-132].", []),
        ("The Resolution of 24 February 2013 [@resolution-132] is void.", ["the text says 2013-02-24"]),
        ("On 24 February 2014 the Government adopted Resolution No. 123 [@resolution-132].", ["the text says No. 123"]),
        ("On 1 March 2015 a court applied the Resolution [@resolution-132].", []),
        ("On 24 February 2012 he was born. The Resolution No. 132 came later [@resolution-132].", []),
        ("Resolution No. 7 of 3 May 2011^[Resolution No. 7 of 3 May 2012, art. 1.] is void.", ["the text says 2011-05-03 for No. 7"]),
        ("In general comment No. 32 [@gc-34, para. 1] it held.", ["the text says general comment No. 32"]),
        ("In general comment No. 34 [@gc-34, para. 1] it held.", []),
    ],
)
def test_a_text_and_its_source_disagree(tmp_path: Path, body: str, told: list[str]) -> None:
    problems = [one.message for one in found(tmp_path, "act-mismatch", body)]
    assert len(problems) == len(told) and all(one.startswith(other) for one, other in zip(problems, told, strict=True))


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("The Committee held so [@gc-34].", 1),
        ("The Committee held so [@gc-34, para. 11].", 0),
        ("The Committee found a violation [@views].", 1),
        ("The Views were never carried out [@views].", 0),
        ("Article 19 has its own comment [@gc-34].", 1),
        ("It is so.^[See General Comment No. 16 on privacy.]", 1),
        ("It is so.^[See General Comment No. 16, para. 8.]", 0),
    ],
)
def test_a_citation_without_its_paragraph(tmp_path: Path, body: str, told: int) -> None:
    assert len(found(tmp_path, "no-locator", body)) == told


def test_recommendations_without_numbers(tmp_path: Path) -> None:
    text = CONCLUDING.replace('    number: "20"\n', "")
    (problem,) = found(tmp_path, "no-locator", sections__commitments__co=text)
    assert problem.message == "the paragraph number of 'trafficking' in 'co' is not known"
    assert found(tmp_path / "b", "no-locator", sections__commitments__co=CONCLUDING) == []


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("It is said [@state-report, p. 12].", 1),
        ("It is said [@state-report, para. 12].", 0),
        ("It is said [@report, p. 12].", 0),
        ("It is said.^[See CCPR/C/KAZ/2, p. 14.]", 1),
        ("It is said.^[See CCPR/C/KAZ/2, para. 14.]", 0),
    ],
)
def test_a_state_report_cited_by_page(tmp_path: Path, body: str, told: int) -> None:
    assert len(found(tmp_path, "page-of-state-report", body)) == told


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("Acquittals are 2 per cent of all verdicts.", ["2 per cent"]),
        ("Some 49,821 individuals were in prison.", ["49,821"]),
        ("In one year 162 people complained.", ["162 people"]),
        ("Two thirds of the prisoners complained.", ["Two thirds of"]),
        ("In one year 162 people complained [@report].", []),
        ("A party needs at least 40,000 members.", []),
        ("He was fined 50,000 tenge and held for 15 days in 2014.", []),
        ("The press wrote that “162 people complained”.", []),
        ("Call +7 000 111 22 33.", []),
        ("The report counts them [@report]:\n\n- 162 people in 2014;\n- 12 people in 2015.", []),
    ],
)
def test_figures_without_a_source(tmp_path: Path, body: str, told: list[str]) -> None:
    assert [one.message.split("'")[1] for one in found(tmp_path, "unsourced-figure", body)] == told


def answer(body: str) -> str:
    return finding(body, responds_to="[{document: co, paragraphs: [trafficking]}]")


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("It said “combat trafficking in human beings by ensuring that all allegations are investigated”.", 0),
        ("It said “combat trafficking of human beings by ensuring that all allegations are examined”.", 1),
        ("It said “The State party should combat trafficking ... by ensuring that all allegations are investigated”.", 0),
        ("> The State party should combat traffic in human beings by ensuring that allegations are investigated.", 1),
        ("A judge said “the police never came to see us after that night”.", 0),
        ("It said “combat trafficking”.", 0),
    ],
)
def test_a_quotation_of_the_recommendation(tmp_path: Path, body: str, told: int) -> None:
    files = {"sections__recommendations__co__a": answer(body), "sections__commitments__co": CONCLUDING}
    assert len(found(tmp_path, "misquoted-commitment", **files)) == told


# ---------------------------------------------------------------- references, signatories, abbreviations


def test_a_reference_to_a_section_on_another_matter(tmp_path: Path) -> None:
    files = {f"sections/articles/iccpr/{number}/article-{number}.yaml": finding(body, articles=f'["ICCPR {number}"]') for number, body in (
        (8, "Trafficking in persons. " * 9), (9, "Arrest and detention without a judge. " * 9), (10, "Prisons are full. " * 9),
    )}  # fmt: skip
    for target, told in (("article-9", 1), ("article-8", 0)):
        words = "Victims of trafficking wait. " * 5 + f"See [#{target}]."
        files["sections/recommendations/co/a.yaml"] = finding(
            words, responds_to="[{document: co, paragraphs: [trafficking]}]", articles="[]"
        )
        files["sections/commitments/co.yaml"] = CONCLUDING
        problems = [one for one in check(load(tmp_path / target, files), []) if one.rule.name == "doubtful-target"]
        assert len(problems) == told
        assert all("'trafficking'" in one.message and "'article-8'" in one.message for one in problems)


def test_sections_of_one_theme_may_refer_to_each_other(tmp_path: Path) -> None:
    files = {
        "sections/articles/iccpr/8/many.yaml": finding("Trafficking in persons. " * 9, articles='["ICCPR 8"]'),
        "sections/articles/iccpr/9/few.yaml": finding("Arrest without a judge. " * 9, articles='["ICCPR 9"]', themes="[police]"),
        "sections/articles/iccpr/7/a.yaml": finding(
            "Victims of trafficking. " * 5 + "See [#few].", articles='["ICCPR 7"]', themes="[police]"
        ),
    }
    assert [one for one in check(load(tmp_path, files), []) if one.rule.name == "doubtful-target"] == []


@pytest.mark.parametrize(
    ("one", "other", "told"),
    [
        ("Asia Kaliyeva", "Asia Kaliyeva", True),
        ("Asia Kaliyeva", "Asiya Kaliyeva", True),
        ("Arzgul Tillyabaeva", "Arzgul Tillyabaeva (Almaty)", True),
        ("Anna Example, Center for Civil Liberties (Ukraine)", "The Center for Civil Liberties (Ukraine)", True),
        ("The Public Fund Law Initiative", "The International Legal Initiative", True),
        ("N.G. Romanov, chairman of a Centre", "E.E. Romanov, chairman of the Centre", False),
        ("Centre for Human Rights", "Committee for Human Rights", False),
        ("Natalya Balashova", "Natalya Ivanova", False),
    ],
)
def test_one_signatory_twice(tmp_path: Path, one: str, other: str, told: bool) -> None:
    people = f'a: {{type: organisation, name: "{one}", audience: public}}\nb: {{type: organisation, name: "{other}", audience: public}}\n'
    assert bool(found(tmp_path, "duplicate-signatory", sections__contributors__all=people)) == told


def test_a_key_that_a_list_names_twice(tmp_path: Path) -> None:
    people = "a: {type: organisation, name: A Group, audience: public}\n"
    files = {"sections__contributors__all": people, "submissions__letter": submission(signatories="[a, a]")}
    (problem,) = found(tmp_path, "duplicate-signatory", "Words.", **files)
    assert problem.message == "'a' stands twice under 'signatories'"


@pytest.mark.parametrize(
    ("first", "second", "told"),
    [
        ("The CEC met.", "The Central Election Commission (CEC) met.", ["'CEC' is explained only later, in 's1'"]),
        ("The Central Election Commission (CEC) met.", "The CEC met.", []),
        ("The CEC met.", "The CEC met again.", ["'CEC' is never explained"]),
        ("The UN and the ICCPR, World War II.", "A magazine ADAM, the ADAM case.", []),
        ("The CEC (Central Election Commission) met.", "The CEC met.", []),
        ("They said “the CEC met”.", "Words.", []),
    ],
)
def test_abbreviations_in_the_order_of_a_document(tmp_path: Path, first: str, second: str, told: list[str]) -> None:
    problems = found(tmp_path, "unexplained-abbreviation", first, second, submissions__report=submission())
    assert [one.message for one in problems] == told


def test_an_abbreviation_that_the_workspace_knows(tmp_path: Path) -> None:
    files = {"submissions__report": submission(), "templates__editing__en": "abbreviations: [CEC]\n"}
    assert found(tmp_path, "unexplained-abbreviation", "The CEC met.", **files) == []


@pytest.mark.parametrize(
    "body",
    ["1" * 200_000, "http://a/ 1/" * 10_000, "(a) (c) " * 5_000, "Code of Law and Code on Law " * 5_000, "аA" * 50_000, '"' * 100_000],
)
def test_any_words_are_read_in_time(tmp_path: Path, body: str) -> None:
    library = load(tmp_path, {"sections/articles/iccpr/1/a.yaml": finding(body)})
    began = time.process_time()
    check_editing(library)
    assert time.process_time() - began < 10  # seconds; what is read again from each place takes minutes


def test_no_message_quotes_what_stands_on_a_confidential_line(tmp_path: Path) -> None:
    """The other name is told by its place alone, where the public may not read it."""
    hidden = finding("Yesergepov, Yesergepov, the Supreme Judicial Council, the Supreme Judicial Council.", audience="internal")
    for rule in ("name-spellings", "several-names"):
        files = {"sections__matter__hidden": hidden}
        (problem,) = found(tmp_path / rule, rule, "Mr Esergepov saw the Supreme Court Council.", **files)
        assert "Yesergepov" not in problem.message and "Judicial" not in problem.message
        assert "'…' (2 times, first in sections/matter/hidden.yaml:6:" in problem.message


def test_no_message_names_a_signatory_who_is_confidential(tmp_path: Path) -> None:
    people = "a: {type: organisation, name: Asia Kaliyeva, audience: internal}\nb: {type: organisation, name: Asiya Kaliyeva, audience: public}\n"
    (problem,) = found(tmp_path, "duplicate-signatory", sections__contributors__all=people)
    assert "'b' (“Asiya Kaliyeva”)" in problem.message and "Asia " not in problem.message


# ---------------------------------------------------------------- places


def test_the_same_word_in_a_note_before_it_does_not_shift_its_place(tmp_path: Path) -> None:
    body = "They organise, organise.^[They organize\nthere.] They “organize” and\norganize here."
    problems = found(tmp_path, "mixed-spelling", body)
    assert places(problems) == [(FIRST, 34), (FIRST + 2, 3)]


def test_words_of_titles_and_asks_have_their_lines(tmp_path: Path) -> None:
    text = finding("They organise and organise and organise.", title="How they organize") + "asks:\n  - let people\n    organize."
    problems = found(tmp_path, "mixed-spelling", sections__articles__iccpr__19__a=text)
    assert places(problems) == [(1, 17), (9, 5)]
