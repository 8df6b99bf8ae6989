"""Treaties, articles, document symbols. Expected values: DOMAIN.md section 3."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shadowgen.catalogue import (
    ArticleRef,
    article_title,
    bodies,
    general_comments,
    known,
    parse_article,
    parse_articles,
    parse_symbol,
    treaties,
)

# ---------------------------------------------------------------- treaties (3.1, 3.2)


@pytest.mark.parametrize(
    ("treaty", "body", "total", "substantive", "stem"),
    [
        ("ICCPR", "CCPR", 53, (1, 27), "CCPR/C"),
        ("ICCPR-OP1", "CCPR", 14, None, "CCPR/C"),
        ("ICCPR-OP2", "CCPR", 11, None, "CCPR/C"),
        ("ICESCR", "CESCR", 31, (1, 15), "E/C.12"),
        ("ICERD", "CERD", 25, (1, 7), "CERD/C"),
        ("CEDAW", "CEDAW", 30, (1, 16), "CEDAW/C"),
        ("CAT", "CAT", 33, (1, 16), "CAT/C"),
        ("CRC", "CRC", 54, (1, 41), "CRC/C"),
        ("ICRMW", "CMW", 93, (1, 71), "CMW/C"),
        ("CRPD", "CRPD", 50, (1, 30), "CRPD/C"),
        ("ICPPED", "CED", 45, (1, 25), "CED/C"),
        ("OPCAT", "SPT", 37, None, "CAT/OP"),
    ],
)
def test_treaty(treaty, body, total, substantive, stem):
    one = treaties()[treaty]
    assert (one.body, one.articles_total, one.substantive, one.symbol_stem) == (body, total, substantive, stem)
    assert one.name["en"] and one.name["ru"]
    assert body in bodies()
    assert known(ArticleRef(treaty, 1)) and known(ArticleRef(treaty, total))
    assert not known(ArticleRef(treaty, 0)) and not known(ArticleRef(treaty, total + 1))


def test_every_body_has_a_name_in_english_and_russian():
    assert len(bodies()) == 10
    assert all(name["en"] and name["ru"] for name in bodies().values())
    assert bodies()["CCPR"]["en"] == "Human Rights Committee"


# how many numbered paragraphs each article of the Covenant has (0: a single one), DOMAIN.md 3.1
PARAGRAPHS = {
    1: 3, 2: 3, 3: 0, 4: 3, 5: 2, 6: 6, 7: 0, 8: 3, 9: 5, 10: 3, 11: 0, 12: 4, 13: 0, 14: 7, 15: 2, 16: 0, 17: 2, 18: 4, 19: 3, 20: 2, 21: 0,
    22: 3, 23: 4, 24: 3, 25: 0, 26: 0, 27: 0,
}  # fmt: skip


@pytest.mark.parametrize(("article", "count"), PARAGRAPHS.items())
def test_paragraphs_of_the_covenant(article, count):
    assert [number for number in range(12) if known(ArticleRef("ICCPR", article, (str(number),)))] == list(range(1, count + 1))
    assert article_title(ArticleRef("ICCPR", article), "en") and article_title(ArticleRef("ICCPR", article), "ru")


@pytest.mark.parametrize(
    ("article", "points", "behind"),
    [
        ("2(3)", "abc", "d"), ("10(2)", "ab", "c"), ("14(3)", "abcdefg", "h"), ("19(3)", "ab", "c"), ("25", "abc", "d"),
        ("8(3)(c)", ("i", "ii", "iii", "iv"), "v"),
    ],
)  # fmt: skip
def test_points_of_the_covenant(article, points, behind):
    assert all(known(parse_article(f"ICCPR {article}({point})")) for point in points)
    assert not known(parse_article(f"ICCPR {article}({behind})"))


@pytest.mark.parametrize(
    "text", ["ICCPR 19(4)", "ICCPR 7(1)", "ICCPR 25(1)", "ICCPR 54", "ICCPR 0", "ICPR 19", "ICCPR 19(a)", "ICCPR 14(3)(g)(i)"]
)
def test_no_such_article(text):
    assert not known(parse_article(text))


@pytest.mark.parametrize("text", ["ICCPR 40(1)", "CAT 14", "CRC 40(2)(b)(ii)"])
def test_paragraphs_that_are_not_catalogued_are_not_refused(text):
    assert known(parse_article(text))


def test_title_in_a_language_without_one_is_english():
    ref = ArticleRef("ICCPR", 6)
    assert article_title(ref, "en") == "Right to life"
    assert article_title(ref, "de") == "Right to life"
    assert article_title(ref, "ru") == "Право на жизнь"
    assert article_title(ArticleRef("ICCPR", 40), "en") == article_title(ArticleRef("XYZ", 1), "en") == ""


# ---------------------------------------------------------------- references to articles


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("ICCPR 19(3)", "ICCPR 19(3)"),
        ("ICCPR 19", "ICCPR 19"),
        ("ICCPR 25(a)", "ICCPR 25(a)"),
        ("ICCPR 8(3)(c)(iv)", "ICCPR 8(3)(c)(iv)"),
        ("art. 9 (1)", "ICCPR 9(1)"),
        ("article 14 (3) (g)", "ICCPR 14(3)(g)"),
        ("article 19, paragraph 3", "ICCPR 19(3)"),
        ("Article 2, paragraph 3", "ICCPR 2(3)"),
        ("article 19(3)", "ICCPR 19(3)"),
        ("22(2)", "ICCPR 22(2)"),
        ("Article10", "ICCPR 10"),
        ("art.19", "ICCPR 19"),
        ("19.3", "ICCPR 19(3)"),
        ("ICCPR, article 19, para. 3 (b)", "ICCPR 19(3)(b)"),
        ("ICCPR\u00a019\u00a0(3)", "ICCPR 19(3)"),
        ("  CAT 16 ", "CAT 16"),
        ("ICCPR-OP1 5(2)(b)", "ICCPR-OP1 5(2)(b)"),
    ],
)
def test_article_forms(text, canonical):
    assert str(parse_article(text)) == canonical


@pytest.mark.parametrize(
    "text", ["", "ICCPR", "article", "ICCPR 19 3", "ICCPR 19()", "ICCPR 19(3a)", "iccpr 19", "ICCPR 1000", "19 of the Covenant", "2, 3"]
)
def test_no_article(text):
    assert parse_article(text) is None


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("arts. 2, 3, 20 and 26", ["ICCPR 2", "ICCPR 3", "ICCPR 20", "ICCPR 26"]),
        ("Articles 2, 3 and 26", ["ICCPR 2", "ICCPR 3", "ICCPR 26"]),
        ("article 19, paragraph 3", ["ICCPR 19(3)"]),
        ("arts. 9 (1), 10 and 14 (3) (g)", ["ICCPR 9(1)", "ICCPR 10", "ICCPR 14(3)(g)"]),
        ("CAT 2 and 3", ["CAT 2", "CAT 3"]),
        ("CAT 2, ICCPR 7", ["CAT 2", "ICCPR 7"]),
        ("2 and the rest", []),
        ("", []),
    ],
)
def test_several_articles(text, canonical):
    assert [str(ref) for ref in parse_articles(text)] == canonical


def test_the_treaty_that_stands_in():
    assert str(parse_article("art. 3", "CAT")) == "CAT 3"
    assert [str(ref) for ref in parse_articles("arts. 3 and 4", "CAT")] == ["CAT 3", "CAT 4"]


def test_printed_as_the_un_does():
    assert parse_article("ICCPR 14(3)(g)").printed() == "14 (3) (g)"
    assert parse_article("ICCPR 7").printed() == "7"


def test_an_article_contains_its_parts():
    whole, part = parse_article("ICCPR 14"), parse_article("ICCPR 14(3)(g)")
    assert whole.contains(part) and part.contains(part) and not part.contains(whole)
    assert not whole.contains(parse_article("ICCPR 1")) and not whole.contains(parse_article("CAT 14"))


def test_articles_sort_by_number():
    wanted = ["CAT 1", "CRPD 34", "CRPD 34(2)", "CRPD 34(10)", "ICCPR 2", "ICCPR 2(3)(a)", "ICCPR 10", "ICCPR 25(a)", "ICCPR 25(b)"]
    assert [str(ref) for ref in sorted(parse_article(text) for text in reversed(wanted))] == wanted


@given(
    st.sampled_from(sorted(treaties())),
    st.integers(1, 99),
    st.lists(st.integers(1, 20).map(str) | st.sampled_from(["a", "b", "iv"]), max_size=3),
)
def test_a_reference_reads_back(treaty, article, path):
    ref = ArticleRef(treaty, article, tuple(path))
    assert parse_article(str(ref)) == ref
    assert parse_article(f"art. {ref.printed()}", treaty) == ref


# ---------------------------------------------------------------- general comments (3.3)


def test_general_comments_of_the_committee():
    comments = general_comments()
    assert sorted(comments, key=int) == [str(number) for number in range(1, 38)]
    replaced = {number: entry["replaced_by"] for number, entry in comments.items() if "replaced_by" in entry}
    assert replaced == {
        "2": "CCPR/C/66/GUI/Rev.2", "3": "31", "4": "28", "5": "29", "6": "36", "7": "20", "8": "35", "9": "21", "10": "34", "13": "32", "14": "36",
    }  # fmt: skip
    assert all(parse_symbol(entry["symbol"]) for entry in comments.values())


@pytest.mark.parametrize(
    ("number", "year", "symbol"),
    [("16", "1988", "HRI/GEN/1/Rev.9 (Vol. I)"), ("22", "1993", "CCPR/C/21/Rev.1/Add.4"), ("26", "1997", "CCPR/C/21/Rev.1/Add.8/Rev.1"),
     ("31", "2004", "CCPR/C/21/Rev.1/Add.13"), ("32", "2007", "CCPR/C/GC/32"), ("34", "2011", "CCPR/C/GC/34"), ("37", "2020", "CCPR/C/GC/37")],
)  # fmt: skip
def test_general_comment(number, year, symbol):
    entry = general_comments()[number]
    assert (entry["year"], entry["symbol"]) == (year, symbol)


def test_a_body_without_general_comments():
    assert general_comments("SPT") == {}


# ---------------------------------------------------------------- document symbols (3.4)


@pytest.mark.parametrize(
    ("text", "kind", "stem", "area"),
    [
        # observed
        ("CCPR/C/KAZ/1", "state-report", "CCPR/C", "KAZ"),
        ("CCPR/C/KAZ/2", "state-report", "CCPR/C", "KAZ"),
        ("CCPR/C/KAZ/Q/1", "list-of-issues", "CCPR/C", "KAZ"),
        ("CCPR/C/KAZ/Q/1/Add.1", "replies", "CCPR/C", "KAZ"),
        ("CCPR/C/KAZ/CO/1", "concluding-observations", "CCPR/C", "KAZ"),
        ("CCPR/C/KAZ/CO/2", "concluding-observations", "CCPR/C", "KAZ"),
        ("CCPR/C/KAZ/CO/3", "concluding-observations", "CCPR/C", "KAZ"),
        ("CCPR/C/SR.3271", "summary-record", "CCPR/C", ""),
        ("CCPR/C/128/3", "session-document", "CCPR/C", ""),
        ("CCPR/C/128/3/Add.1", "session-document", "CCPR/C", ""),
        ("CCPR/C/128/3/Add.4", "session-document", "CCPR/C", ""),
        ("CCPR/C/112/D/2137/2012", "views", "CCPR/C", ""),
        ("CCPR/C/126/D/2417/2014", "views", "CCPR/C", ""),
        ("CCPR/C/136/D/4023/2021-4032/2021", "views", "CCPR/C", ""),
        ("CERD/C/KAZ/4-5", "state-report", "CERD/C", "KAZ"),
        ("CERD/C/KAZ/CO/6-7", "concluding-observations", "CERD/C", "KAZ"),
        ("CERD/C/SR.1991", "summary-record", "CERD/C", ""),
        ("HRI/GEN/2/Rev.6", "harmonized", "", ""),
        ("HRI/GEN/1/Rev.9 (Vol. I)", "harmonized", "", ""),
        ("HRI/MC/2008/4", "harmonized", "", ""),
        ("E/CN.4/1985/4", "other", "", ""),
        ("A/HRC/14/10", "human-rights-council", "", ""),
        ("A/HRC/28/10", "human-rights-council", "", ""),
        ("CED/C/3", "session-document", "CED/C", ""),
        ("CRPD/C/11/2", "session-document", "CRPD/C", ""),
        ("CRC/C/66/2", "session-document", "CRC/C", ""),
        ("CEDAW/C/GC/31/Rev.1–CRC/C/GC/18/Rev.1", "general-comment", "CEDAW/C", ""),
        # cited elsewhere in DOMAIN.md
        ("CCPR/C/66/GUI/Rev.2", "session-document", "CCPR/C", ""),
        ("CCPR/C/21/Rev.1/Add.8/Rev.1", "general-comment", "CCPR/C", ""),
        ("CCPR/C/KAZ/Q/2/Add.1", "replies", "CCPR/C", "KAZ"),
        ("CERD/C/506", "session-document", "CERD/C", ""),
        ("CAT/OP/KAZ/1", "state-report", "CAT/OP", "KAZ"),
        ("A/74/89", "general-assembly", "", ""),
        ("A/HRC/29/25/Add.2", "human-rights-council", "", ""),
        # the grammar
        ("CCPR/C/KAZ/QPR/3", "list-of-issues-prior-to-reporting", "CCPR/C", "KAZ"),
        ("CCPR/C/KAZ/RQ/3", "replies", "CCPR/C", "KAZ"),
        ("CCPR/C/KAZ/FCO/2", "follow-up", "CCPR/C", "KAZ"),
        ("CCPR/C/KAZ/FU/1", "follow-up", "CCPR/C", "KAZ"),
        ("CCPR/C/CHN-HKG/CO/3", "concluding-observations", "CCPR/C", "CHN-HKG"),
        ("CRPD/C/EU/CO/1", "concluding-observations", "CRPD/C", "EU"),
        ("CCPR/C/UNK/CO/1", "concluding-observations", "CCPR/C", "UNK"),
        ("CRC/C/OPAC/KAZ/CO/1", "concluding-observations", "CRC/C/OPAC", "KAZ"),
        ("E/C.12/KAZ/CO/1", "concluding-observations", "E/C.12", "KAZ"),
        ("E/C.12/GC/25", "general-comment", "E/C.12", ""),
        ("CCPR/C/112/R.5", "session-document", "CCPR/C", ""),
        ("HRI/CORE/KAZ", "harmonized", "", "KAZ"),
        ("A/HRC/RES/16/18", "human-rights-council", "", ""),
        ("A/HRC/WG.6/7/KAZ/3", "upr-document", "", "KAZ"),
        ("A/RES/40/34", "general-assembly", "", ""),
        ("CCPR/C/KAZ/2/Corr.1", "state-report", "CCPR/C", "KAZ"),
    ],
)
def test_symbol(text, kind, stem, area):
    symbol = parse_symbol(text)
    assert (symbol.text, symbol.kind, symbol.stem, symbol.area) == (text, kind, stem, area)


def test_the_blank_of_an_addendum_is_mended():
    assert parse_symbol(" CCPR/C/21/Rev.1/Add. 13\n").text == "CCPR/C/21/Rev.1/Add.13"


@pytest.mark.parametrize(
    "text",
    ["", "KAZ", "ccpr/c/kaz/co/2", "CCPR/C/KAZ/CO2", "CCPR/C/KAZ/CO/", "CCPR/C/KA/CO/2", "CCPR/KAZ/CO/2", "CCPR/C/KAZ/XX/1", "CCPR / C / KAZ / 1",
     "CCPR/C/KAZ/CO/2 para. 5", "CCPR/C/KAZ/CO/\u0662", "\u0421\u0421PR/C/KAZ/CO/2", "E/C.12/KAZ/CO2", "A/HRC/WG.6/7/KAZ/4", "CCPR/C/126/D/2417",
     "CCPR/C/GC/34/", "XYZ/C/KAZ/1", "CCPR/C/GC/31–nothing"],
)  # fmt: skip
def test_no_symbol(text):
    assert parse_symbol(text) is None


def test_the_link_of_a_symbol():
    assert parse_symbol("CCPR/C/KAZ/CO/2").link == "https://docs.un.org/en/CCPR/C/KAZ/CO/2"
    assert parse_symbol("HRI/GEN/1/Rev.9 (Vol. I)").link == "https://docs.un.org/en/HRI/GEN/1/Rev.9%20(Vol.%20I)"


@given(st.text())
def test_any_text_is_a_reference_or_none(text):
    assert parse_article(text) is None or known(parse_article(text)) in (True, False)
    assert isinstance(parse_articles(text), list)
    parse_symbol(text)
