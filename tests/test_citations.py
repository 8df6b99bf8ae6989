"""The words of notes in the style un. Expected texts: DOMAIN.md 4.1 to 4.3 and the style's own file, written by hand."""

import itertools
import re
from pathlib import Path

import pytest

from shadowgen.citations import Citations
from shadowgen.diagnostics import Origin
from shadowgen.locales import locale
from shadowgen.markdown import Passage, parse_line
from shadowgen.nodes import Annotation, Cite, Emphasis, Link, NoteNumber, Text, plain_text, walk
from shadowgen.notestyles import finish_note, load_style, parse_form
from shadowgen.records import Source
from shadowgen.workspace import Workspace

STYLE_WORKSPACE = Workspace(Path(__file__).parent / "no-such-folder")


def source(key: str, type: str, **fields) -> Source:
    return Source(key, type, "public", fields, Origin("s.yaml"))


def note_nodes(sources: list[Source], typed: str, language: str = "en") -> list[tuple]:
    """Word every note of a line of prose, as resolve does."""
    style = load_style(STYLE_WORKSPACE, "un", locale(language))[0]
    citations = Citations(style, locale(language), {one.key: one for one in sources})
    line, problems = parse_line(Passage(typed, "f"))
    assert problems == []
    notes = []
    for number, mark in enumerate((mark for mark in line if isinstance(mark, Cite | Annotation)), 1):
        citations.start_note()
        content = ()
        for part in mark.children if isinstance(mark, Annotation) else (mark,):
            content += citations.cite(part, number, alone=isinstance(mark, Cite)) if isinstance(part, Cite) else (part,)
        notes.append(finish_note(content, style))
    return notes


def notes(sources: list[Source], typed: str, language: str = "en") -> list[str]:
    return [plain_text(note).replace("\u00a0", " ") for note in note_nodes(sources, typed, language)]


UN = load_style(STYLE_WORKSPACE, "un", locale("en"))[0]
OTHER = source("other", "un-document", symbol="A/74/89")

# type: its fields; first and later note in English, then in Russian; {L} is the locator
FORMS = {
    "treaty": (
        {"title": {"en": "Convention against Torture", "ru": "Конвенция против пыток"}, "series": "UNTS, vol. 1465", "short": {"en": "Convention", "ru": "Конвенция"},
         "url": "https://x.org/t"},
        "Convention against Torture, UNTS, vol. 1465{L}. Available at https://x.org/t.", "Convention{L}.",
        "Конвенция против пыток, UNTS, vol. 1465{L}. URL: https://x.org/t.", "Конвенция{L}.",
    ),
    "legislation": (
        {"title": {"en": "Criminal Code of the Republic of Kazakhstan", "ru": "Уголовный кодекс Республики Казахстан"}, "number": "226-V",
         "date": "2014-07-03", "amended": "2014-11-07", "url": "https://x.org/c", "short": {"en": "Criminal Code", "ru": "Уголовный кодекс"}},
        "Criminal Code of the Republic of Kazakhstan, No. 226-V, 3 July 2014 (as amended 7 November 2014){L}. Available at https://x.org/c.",
        "Criminal Code (note 1 above){L}.",
        "Уголовный кодекс Республики Казахстан, № 226-V, 3 июля 2014 года (с изменениями от 7 ноября 2014 года){L}. URL: https://x.org/c.",
        "Уголовный кодекс (примечание 1 выше){L}.",
    ),
    "un-document": (
        {"title": {"en": "Concluding observations on the second periodic report of Kazakhstan", "ru": "Заключительные замечания"}, "symbol": "CCPR/C/KAZ/CO/2"},
        "Concluding observations on the second periodic report of Kazakhstan (CCPR/C/KAZ/CO/2){L}.", "CCPR/C/KAZ/CO/2{L}.",
        "Заключительные замечания (CCPR/C/KAZ/CO/2){L}.", "CCPR/C/KAZ/CO/2{L}.",
    ),
    "general-comment": (
        {"number": "34", "date": "2011-09-12", "title": {"en": "the freedoms of opinion and expression"}},
        "General comment No. 34 (2011) on the freedoms of opinion and expression (CCPR/C/GC/34){L}.", "General comment No. 34 (2011){L}.",
        "Замечание общего порядка № 34 (2011) (CCPR/C/GC/34){L}.", "Замечание общего порядка № 34 (2011){L}.",
    ),
    "views": (
        {"title": {"en": "Geller v. Kazakhstan", "ru": "Геллер против Казахстана"}, "symbol": "CCPR/C/126/D/2417/2014", "short": {"en": "Geller", "ru": "Геллер"}},
        "Geller v. Kazakhstan (CCPR/C/126/D/2417/2014){L}.", "Geller (CCPR/C/126/D/2417/2014){L}.",
        "Геллер против Казахстана (CCPR/C/126/D/2417/2014){L}.", "Геллер (CCPR/C/126/D/2417/2014){L}.",
    ),
    "upr-recommendation": (
        {"symbol": "A/HRC/28/10", "paragraph": "124.12"},
        "A/HRC/28/10, recommendation 124.12{L}.", "A/HRC/28/10, recommendation 124.12{L}.",
        "A/HRC/28/10, рекомендация 124.12{L}.", "A/HRC/28/10, рекомендация 124.12{L}.",
    ),
    "judgment": (
        {"court": {"en": "Supreme Court", "ru": "Верховный суд"}, "place": {"en": "Astana", "ru": "Астана"}, "number": "5-16", "date": "2016-02-03"},
        "Supreme Court, Astana, No. 5-16, 3 February 2016{L}.", "Supreme Court (note 1 above){L}.",
        "Верховный суд, Астана, № 5-16, 3 февраля 2016 года{L}.", "Верховный суд (примечание 1 выше){L}.",
    ),
    "ngo-report": (
        {"author": {"en": "Adil Soz", "ru": "Әділ сөз"}, "title": {"en": "Freedom of Speech", "ru": "Свобода слова"}, "place": {"en": "Almaty", "ru": "Алматы"},
         "date": "2015", "url": "https://x.org/r", "short": {"en": "Adil Soz report", "ru": "Доклад"}},
        "Adil Soz, Freedom of Speech (Almaty, 2015){L}. Available at https://x.org/r.", "Adil Soz report (note 1 above){L}.",
        "Әділ сөз, Свобода слова (Алматы, 2015){L}. URL: https://x.org/r.", "Доклад (примечание 1 выше){L}.",
    ),
    "official-report": (
        {"author": {"en": "Ombudsman", "ru": "Омбудсмен"}, "title": {"en": "Annual Report", "ru": "Годовой доклад"}, "number": "7", "date": "2014-03"},
        "Ombudsman, Annual Report, No. 7 (March 2014){L}.", "Ombudsman, Annual Report (note 1 above){L}.",
        "Омбудсмен, Годовой доклад, № 7 (март 2014 года){L}.", "Омбудсмен, Годовой доклад (примечание 1 выше){L}.",
    ),
    "statistics": (
        {"author": {"en": "Committee on Statistics", "ru": "Комитет по статистике"}, "title": {"en": "Deaths in prisons", "ru": "Смертность в тюрьмах"},
         "period": "2009–2013", "date": "2014"},
        "Committee on Statistics, Deaths in prisons, 2009–2013 (2014){L}.", "Committee on Statistics, Deaths in prisons (note 1 above){L}.",
        "Комитет по статистике, Смертность в тюрьмах, 2009–2013 (2014){L}.", "Комитет по статистике, Смертность в тюрьмах (примечание 1 выше){L}.",
    ),
    "letter": (
        {"author": {"en": "Ministry of Justice", "ru": "Министерство юстиции"}, "recipient": "KIBHR", "date": "2015-03-03", "number": "7-1/12", "holder": "KIBHR"},
        "Letter, Ministry of Justice, to KIBHR, 3 March 2015, ref. No. 7-1/12{L} (on file with KIBHR).", "Letter, Ministry of Justice (note 1 above){L}.",
        "Письмо, Министерство юстиции, адресат: KIBHR, 3 марта 2015 года, исх. № 7-1/12{L} (хранится у: KIBHR).", "Письмо, Министерство юстиции (примечание 1 выше){L}.",
    ),
    "news": (
        {"author": {"en": "A. Author", "ru": "А. Автор"}, "title": {"en": "Court closes paper", "ru": "Суд закрыл газету"}, "outlet": "Vlast", "date": "2013-11-28",
         "url": "https://x.org/n"},
        "A. Author, “Court closes paper”, Vlast, 28 November 2013{L}. Available at https://x.org/n.", "“Court closes paper” (note 1 above){L}.",
        "А. Автор, «Суд закрыл газету», Vlast, 28 ноября 2013 года{L}. URL: https://x.org/n.", "«Суд закрыл газету» (примечание 1 выше){L}.",
    ),
    "web-page": (
        {"title": {"en": "Statutes", "ru": "Устав"}, "publisher": {"en": "Ministry", "ru": "Министерство"}, "date": "2014", "url": "https://x.org/w"},
        "“Statutes”, Ministry, 2014{L}. Available at https://x.org/w.", "“Statutes” (note 1 above){L}.",
        "«Устав», Министерство, 2014{L}. URL: https://x.org/w.", "«Устав» (примечание 1 выше){L}.",
    ),
    "press-release": (
        {"author": {"en": "IPHR", "ru": "МПЧ"}, "title": {"en": "Free them", "ru": "Свободу им"}, "date": "2015-05-05"},
        "IPHR, “Free them”, press release, 5 May 2015{L}.", "IPHR, “Free them” (note 1 above){L}.",
        "МПЧ, «Свободу им», пресс-релиз, 5 мая 2015 года{L}.", "МПЧ, «Свободу им» (примечание 1 выше){L}.",
    ),
    "book": (
        {"author": {"en": "M. Nowak", "ru": "М. Новак"}, "title": {"en": "Commentary", "ru": "Комментарий"}, "place": {"en": "Kehl", "ru": "Кель"}, "publisher": "Engel",
         "date": "2005"},
        "M. Nowak, Commentary (Kehl, Engel, 2005){L}.", "M. Nowak, Commentary (note 1 above){L}.",
        "М. Новак, Комментарий (Кель, Engel, 2005){L}.", "М. Новак, Комментарий (примечание 1 выше){L}.",
    ),
    "article": (
        {"author": {"en": "A. Author", "ru": "А. Автор"}, "title": {"en": "Torture", "ru": "Пытки"}, "journal": {"en": "Law Review", "ru": "Право"}, "date": "2014",
         "volume": "5", "issue": "2", "pages": "1-30"},
        "A. Author, “Torture”, Law Review, vol. 5, No. 2 (2014){L}.", "A. Author, “Torture” (note 1 above){L}.",
        "А. Автор, «Пытки», Право, т. 5, № 2 (2014){L}.", "А. Автор, «Пытки» (примечание 1 выше){L}.",
    ),
    "interview": (
        {"person": {"en": "X", "ru": "Х"}, "role": {"en": "judge", "ru": "судьёй"}, "place": {"en": "Almaty", "ru": "Алматы"}, "date": "2016-02-03"},
        "Interview with X, judge, Almaty, 3 February 2016{L}.", "Interview with X (note 1 above){L}.",
        "Интервью с Х, судьёй, Алматы, 3 февраля 2016 года{L}.", "Интервью с Х (примечание 1 выше){L}.",
    ),
    "confidential-interview": (
        {"code": "KIBHR-17", "date": "2016-02", "description": {"en": "a former detainee", "ru": "бывшим заключённым"}, "place": {"en": "the north", "ru": "север"}},
        "Interview with a former detainee, the north, February 2016, code KIBHR-17 (name withheld for security reasons){L}.",
        "Interview with a former detainee, code KIBHR-17 (note 1 above){L}.",
        "Интервью с бывшим заключённым, север, февраль 2016 года, код KIBHR-17 (имя не раскрывается из соображений безопасности){L}.",
        "Интервью с бывшим заключённым, код KIBHR-17 (примечание 1 выше){L}.",
    ),
    "case-file": (
        {"title": {"en": "Monitoring report", "ru": "Отчёт"}, "code": "02/2015", "date": "2015", "holder": "KIBHR"},
        "Monitoring report, No. 02/2015, 2015{L} (on file with KIBHR).", "Monitoring report (note 1 above){L}.",
        "Отчёт, № 02/2015, 2015{L} (хранится у: KIBHR).", "Отчёт (примечание 1 выше){L}.",
    ),
}  # fmt: skip


@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize("type", FORMS)
def test_the_notes_of_a_source_type(type, language):
    fields, *texts = FORMS[type]
    first, later = texts[:2] if language == "en" else texts[2:]
    ibid, para = ("Ibid.", ", para. ") if language == "en" else ("Там же", ", п. ")
    typed = "[@k, para. 5] [@other] [@k, para. 7] [@k, para. 9] [@k, para. 9] [@k, para. 9; @other] [@k, para. 9] ^[words] [@k, para. 9] [@other] [@k]"
    worded = notes([source("k", type, **fields), OTHER], typed, language)
    assert worded == [
        first.replace("{L}", f"{para}5"),
        "A/74/89.",
        later.replace("{L}", f"{para}7"),
        f"{ibid}{para}9.",
        f"{ibid.rstrip('.')}.",
        f"{ibid.rstrip('.')}" + ("." if language == "en" else "") + "; A/74/89.",
        later.replace("{L}", f"{para}9"),
        "Words.",
        later.replace("{L}", f"{para}9"),
        "A/74/89.",
        later.replace("{L}", ""),
    ]


@pytest.mark.parametrize("type", FORMS)
def test_the_first_note_without_a_locator(type):
    fields, first, *_ = FORMS[type]
    assert notes([source("k", type, **fields)], "[@k]") == [first.replace("{L}", "")]


def test_there_are_19_types():
    assert len(FORMS) == 19


# ---------------------------------------------------------------- positions

BOOK, NEWS = source("book", "book", author="A", title="B", date="2005"), source("news", "news", title="N", outlet="O", url="https://x.org")


@pytest.mark.parametrize(
    ("typed", "worded"),
    [
        ("[@book] [@book]", ["A, B (2005).", "Ibid."]),
        ("[@book, p. 3] [@book, p. 3] [@book, pp. 4-5]", ["A, B (2005), p. 3.", "Ibid.", "Ibid., pp. 4–5."]),
        ("[@book] [@book, p. 3]", ["A, B (2005).", "Ibid., p. 3."]),
        ("[@book, p. 3] [@book]", ["A, B (2005), p. 3.", "A, B (note 1 above)."]),
        ("[@book] [see @book]", ["A, B (2005).", "See A, B (note 1 above)."]),
        ("[see also @book] [@book]", ["See also A, B (2005).", "Ibid."]),
        ("[@book; @news] [@book]", ["A, B (2005); “N”, O, available at https://x.org.", "A, B (note 1 above)."]),
        ("[@book] [@book; @news]", ["A, B (2005).", "Ibid.; “N”, O, available at https://x.org."]),
        ("[@book] [@news; @book]", ["A, B (2005).", "“N”, O, available at https://x.org; A, B (note 1 above)."]),
        ("[@news] [@book] [@news, p. 2]", ["“N”, O. Available at https://x.org.", "A, B (2005).", "“N” (note 1 above), p. 2."]),
        ("[@book, p. 1; @book, p. 2]", ["A, B (2005), p. 1; A, B, p. 2."]),
        ("^[It said so [@book, p. 3], twice] [@book]", ["It said so A, B (2005), p. 3, twice.", "A, B (note 1 above)."]),
        ("^[It said so [@book]] [@book]", ["It said so A, B (2005).", "Ibid."]),
        ("^[See [@book] and [@news]] [@news]", ["See A, B (2005) and “N”, O, available at https://x.org.", "“N” (note 1 above)."]),
        ("[@book] ^[No source here.] [@book]", ["A, B (2005).", "No source here.", "A, B (note 1 above)."]),
        ("[@book] ^[See [@book]]", ["A, B (2005).", "See A, B (note 1 above)."]),
        ("[@unknown; @book] [@book]", ["A, B (2005).", "Ibid."]),
        ("[@unknown]", [""]),
    ],
)
def test_position(typed, worded):
    assert notes([BOOK, NEWS], typed) == worded


def test_the_words_before_a_source_in_another_language():
    assert notes([BOOK, OTHER], "[see @book; see also @other]", "ru") == ["См. A, B (2005); см. также A/74/89."]


def test_the_note_above_is_a_live_number():
    _, _, third = note_nodes([BOOK, NEWS], "[@news] [@book] [@news]")
    assert [node.note for node in walk(third) if isinstance(node, NoteNumber)] == [1]


def test_titles_are_in_italics_and_addresses_are_links():
    (note,) = note_nodes([source("k", "news", title="N", outlet="O", url="https://x.org")], "[@k]")
    assert [node for node in walk(note) if isinstance(node, Emphasis)] == [Emphasis((Text("O"),))]
    assert [node for node in walk(note) if isinstance(node, Link)] == [Link((Text("https://x.org"),), "https://x.org")]


def test_a_general_comment_takes_what_it_lacks_from_the_catalogue():
    assert notes([source("k", "general-comment", number="20", date="1992")], "[@k]") == [
        "General comment No. 20 (1992) on article 7 (HRI/GEN/1/Rev.9 (Vol. I))."
    ]


# ---------------------------------------------------------------- punctuation

OPTIONAL = {
    "treaty": ("title", "date series symbol"), "legislation": ("title date", "number amended"), "un-document": ("symbol", "title author date"),
    "general-comment": ("number date", "title symbol"), "views": ("title symbol", "communication date"), "upr-recommendation": ("symbol paragraph", "title"),
    "judgment": ("court date", "title number place"), "ngo-report": ("author title date", "place publisher"),
    "official-report": ("author title date", "number publisher"), "statistics": ("author title date", "period method"),
    "letter": ("author date", "title recipient number holder"), "news": ("title outlet", "author date"), "web-page": ("title publisher", "author date"),
    "press-release": ("author title", "date"), "book": ("author title date", "place publisher"),
    "article": ("author title journal date", "volume issue pages"), "interview": ("person date", "role place"),
    "confidential-interview": ("code date description", "place holder"), "case-file": ("title holder", "code date"),
}  # fmt: skip
STRAY = re.compile(r",,|, ,|\(\)|\( | \)|  |\s[.,;:]|\.\.|,\.|[?!…]\.|^\W*[,.;)]|\[|\]|\{|\}|\*|\"")


@pytest.mark.parametrize("language", ["en", "ru", "fr", "es"])
@pytest.mark.parametrize("type", OPTIONAL)
def test_no_stray_punctuation(type, language):
    needed, also = (names.split() for names in OPTIONAL[type])
    also += ["url", "short"]
    values = {"date": "2014-07-03", "amended": "2015", "url": "https://x.org/a"}
    for chosen in itertools.chain.from_iterable(itertools.combinations(also, size) for size in {0, 1, 2, len(also) - 1, len(also)}):
        one = source("k", type, **{name: values.get(name, f"{name} words") for name in (*needed, *chosen)})
        for text in notes([one, OTHER], "[@k] [@k, p. 2] [@other] [@k] [@other] [@k, p. 3; @other]", language):
            assert not STRAY.search(text), text
            assert text.endswith(".")


@pytest.mark.parametrize("end", [".", "?", "!", "…"])
def test_a_title_with_a_stop_of_its_own(end):
    one = source("k", "treaty", title=f"What now{end}", url="https://x.org")
    assert notes([one], "[@k] ^[a] [@k]") == [f"What now{end} Available at https://x.org.", "A.", f"What now{end}"]


@pytest.mark.parametrize(
    ("content", "finished"),
    [
        ("a word", "A word."), (" a word ", "A word."), ("Done.", "Done."), ("Is it?", "Is it?"), ("He said “no.”", "He said “no.”"), ("…", "…"),
        ("https://x.org", "https://x.org."), ("", ""), ("écrit", "Écrit."), ("да", "Да."),
    ],
)  # fmt: skip
def test_a_note_has_a_capital_and_a_stop(content, finished):
    assert plain_text(finish_note((Text(content),), UN)) == finished


def test_a_capital_in_italics():
    assert finish_note((Emphasis((Text("geller"),)), Text(", p. 3")), UN) == (Emphasis((Text("Geller"),)), Text(", p. 3"), Text("."))


# ---------------------------------------------------------------- styles of a workspace


@pytest.mark.parametrize(
    "text",
    [
        "",
        "- a",
        "words: {}",
        "title: x\nseparator: ;",
        "a: &b c",
        "types: x\nwords: {en: {}}\nseparator: a\nend: b\ndefaults: {first: a, later: b}",
    ],
)
def test_a_style_that_cannot_be_used_is_none(tmp_path, text):
    tmp_path.joinpath("templates/styles").mkdir(parents=True)
    tmp_path.joinpath("templates/styles/own.yaml").write_text(text)
    style, problems = load_style(Workspace(tmp_path), "own", locale("en"))
    assert style is None and {problem.origin.file for problem in problems} == {"templates/styles/own.yaml"}


def test_a_style_that_is_not_there():
    assert load_style(STYLE_WORKSPACE, "nothing", locale("en")) == (None, [])


@pytest.mark.parametrize("form", ["]", "[", "[a|]b]", "{", "}", "*a", '"a', "|", "[{x}"])
def test_a_form_with_a_fault_is_parsed_all_the_same(form):
    assert isinstance(parse_form(form), tuple)
