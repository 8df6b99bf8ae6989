"""Words, dates, lists, locators and quotation marks of each language."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shadowgen.counting import mark
from shadowgen.locales import direction_of, has_locale, languages, locale, script_of, typographic

NBSP = "\u00a0"


def test_the_languages():
    assert languages() == ["ar", "en", "es", "fr", "kk-Latn", "kk", "ru", "zh"]


@pytest.mark.parametrize("language", languages())
def test_every_language_has_the_same_words_with_the_same_slots(language):
    import re

    slots = {key: sorted(re.findall(r"\{\w+\}", word)) for key, word in locale("en").words.items()}
    numbered = {key for key, found in slots.items() if not found}  # a label may say where its number stands
    own = {key: sorted(re.findall(r"\{\w+\}", word)) for key, word in locale(language).words.items()}
    own |= {key: [] for key in numbered if own[key] == ["{number}"]}
    assert own == slots
    assert set(locale(language).locators) == set(locale("en").locators)
    assert all(word.strip() == word and word for word in locale(language).words.values())


def test_a_region_has_the_locale_of_its_language():
    assert locale("en-GB").words == locale("en").words
    assert locale("en-GB").date("2014-07-03") == "3 July 2014"
    assert locale("zh-TW").words == locale("zh").words


def test_the_first_of_a_month_in_french() -> None:
    assert locale("fr").date("2014-05-01") == "1er mai 2014"
    assert locale("fr").date("2014-05-11") == "11 mai 2014"
    assert locale("ru").date("2014-05-01") == "1 мая 2014 года"


def test_a_script_may_have_a_locale_of_its_own():
    assert locale("kk-Latn").word("contents") == "Mazmūny"
    assert locale("kk-Latn-KZ").words == locale("kk-Latn").words
    assert locale("kk-Cyrl").words == locale("kk").words
    assert has_locale("kk-Latn-KZ") and has_locale("en-GB") and not has_locale("xx-Latn")


@pytest.mark.parametrize(
    ("language", "script", "direction"),
    [("en", "Latn", "ltr"), ("kk", "Cyrl", "ltr"), ("kk-Latn", "Latn", "ltr"), ("kk-Arab", "Arab", "rtl"), ("zh", "Hans", "ltr"),
     ("zh-TW", "Hant", "ltr"), ("ar", "Arab", "rtl"), ("he", "Hebr", "rtl"), ("fa-IR", "Arab", "rtl"), ("qqq", "Latn", "ltr")],
)  # fmt: skip
def test_script_and_direction_of_any_language(language, script, direction):
    assert (script_of(language), direction_of(language)) == (script, direction)


@pytest.mark.parametrize("language", languages())
def test_a_locale_says_its_direction(language):
    assert locale(language).direction == direction_of(language)


# ---------------------------------------------------------------- counting


@pytest.mark.parametrize(
    ("language", "part", "item", "inner", "table"),
    [
        ("en", "III.", "(c)", "(iii)", f"Table{NBSP}3"),
        ("ru", "III.", "c)", "iii)", f"Таблица{NBSP}3"),
        ("kk", "III.", "c)", "iii)", "3-кесте"),
        ("kk-Latn", "III.", "c)", "iii)", "3-keste"),
        ("zh", "三、", "(c)", "(iii)", "表3"),
        ("ar", "ثالثاً-", "(ج)", "(3)", f"الجدول{NBSP}3"),
    ],
)
def test_parts_items_and_labels(language, part, item, inner, table):
    own = locale(language)
    assert [own.marks[kind].printed(3) for kind in ("part", "alpha", "roman")] == [part, item, inner]
    assert own.label("table", 3) == table


def test_past_its_symbols_a_form_counts_in_figures():
    assert locale("ar").marks["part"].printed(10) == "عاشراً-"
    assert locale("ar").marks["part"].printed(11) == "11-"


def test_a_counter_style_for_a_page():
    assert mark("({abjad})").css("x").startswith('@counter-style x { system: fixed; symbols: "أ" "ب" "ج"')
    assert mark("{decimal})").css("x") == '@counter-style x { system: extends decimal; prefix: ""; suffix: ")\\a0 " }'


def test_a_language_without_a_locale():
    with pytest.raises(KeyError):
        locale("xx")


def test_a_word_with_its_slots_filled():
    assert locale("en").word("page_of", page="3", pages="9") == "Page 3 of 9"
    with pytest.raises(KeyError):
        locale("en").word("nonsense")


# ---------------------------------------------------------------- dates and lists


@pytest.mark.parametrize(
    ("language", "day", "month"),
    [
        ("en", "3 July 2014", "July 2014"),
        ("ru", "3 июля 2014 года", "июль 2014 года"),
        ("fr", "3 juillet 2014", "juillet 2014"),
        ("es", "3 de julio de 2014", "julio de 2014"),
        ("kk", "2014 жылғы 3 шілде", "2014 жылғы шілде"),
        ("kk-Latn", "2014 jylğy 3 şılde", "2014 jylğy şılde"),
        ("zh", "2014年7月3日", "2014年7月"),
        ("ar", "3 تموز/يوليه 2014", "تموز/يوليه 2014"),
    ],
)
def test_date(language, day, month):
    assert locale(language).date("2014-07-03") == day
    assert locale(language).date("2014-07") == month
    assert locale(language).date("2014") == "2014"
    assert locale(language).date("") == ""


@pytest.mark.parametrize(
    ("language", "three", "two"),
    [("en", "2, 3 and 26", "2 and 3"), ("ru", "2, 3 и 26", "2 и 3"), ("fr", "2, 3 et 26", "2 et 3"), ("es", "2, 3 y 26", "2 y 3"),
     ("kk", "2, 3 және 26", "2 және 3"), ("kk-Latn", "2, 3 jäne 26", "2 jäne 3"), ("zh", "2、3和26", "2和3"), ("ar", "2 و3 و26", "2 و3")],
)  # fmt: skip
def test_join(language, three, two):
    assert locale(language).join(["2", "3", "26"]) == three
    assert locale(language).join(["2", "3"]) == two
    assert locale(language).join(["2"]) == "2"
    assert locale(language).join([]) == ""


# ---------------------------------------------------------------- locators


@pytest.mark.parametrize(
    ("value", "printed"),
    [
        ("14", "para. 14"),
        ("12-14", "paras. 12–14"),
        ("12 - 14", "paras. 12–14"),
        ("12–14", "paras. 12–14"),
        ("12, 14", "paras. 12, 14"),
        ("12, 14 and 16", "paras. 12, 14 and 16"),
        ("9.5-9.7", "paras. 9.5–9.7"),
        ("9-12, 15-16", "paras. 9–12, 15–16"),
        ("14 (a)", "para. 14 (a)"),
        ("97-102", "paras. 97–102"),
        ("4-bis", "para. 4-bis"),
    ],
)
def test_locator_in_english(value, printed):
    assert locale("en").locator("paragraph", value) == printed.replace(". ", "." + NBSP, 1)


@pytest.mark.parametrize(("language", "printed"), [("en", "art. 174-1"), ("ru", "ст. 174-1")])
def test_an_article_inserted_after_another_is_no_range(language, printed):
    assert locale(language).locator("article", "174-1") == printed.replace(" ", NBSP)


@pytest.mark.parametrize(
    ("kind", "one", "many"),
    [
        ("paragraph", "п. 5", "пп. 5–7"),
        ("page", "с. 5", "сс. 5–7"),
        ("article", "ст. 5", "ст. 5–7"),
        ("section", "разд. 5", "разд. 5–7"),
        ("chapter", "гл. 5", "гл. 5–7"),
        ("note", "прим. 5", "прим. 5–7"),
        ("annex", "приложение 5", "приложения 5–7"),
        ("table", "таблица 5", "таблицы 5–7"),
        ("part", "часть 5", "части 5–7"),
    ],
)
def test_locator_in_russian(kind, one, many):
    assert locale("ru").locator(kind, "5") == one.replace(" ", NBSP)
    assert locale("ru").locator(kind, "5-7") == many.replace(" ", NBSP)


@pytest.mark.parametrize(
    ("language", "printed"), [("en", "paras. 3, 5 and 8"), ("ru", "пп. 3, 5 и 8"), ("fr", "par. 3, 5 et 8"), ("es", "párrs. 3, 5 y 8")]
)
def test_the_and_of_a_locator_is_the_languages_own(language, printed):
    assert locale(language).locator("paragraph", "3, 5 and 8") == printed.replace(" ", NBSP, 1)


@pytest.mark.parametrize(
    ("language", "one", "some"),
    [("kk", "14-тармақ", "12–14-тармақтар"), ("kk-Latn", "14-tarmaq", "12–14-tarmaqtar"), ("zh", "第14段", "第12–14段"),
     ("ar", f"الفقرة{NBSP}14", f"الفقرات{NBSP}12–14")],
)  # fmt: skip
def test_the_number_stands_where_the_language_wants_it(language, one, some):
    assert locale(language).locator("paragraph", "14") == one
    assert locale(language).locator("paragraph", "12-14") == some


def test_a_locator_of_no_kind_is_printed_as_it_stands():
    assert locale("ru").locator("", "first and second column, 3-5") == "first and second column, 3–5"


# ---------------------------------------------------------------- quotation marks


@pytest.mark.parametrize(
    ("language", "quoted"),
    [("en", "“x”"), ("ru", "«x»"), ("fr", f"«{NBSP}x{NBSP}»"), ("es", "“x”"), ("kk", "«x»"), ("zh", "“x”"), ("ar", "”x“")],
)
def test_quoted(language, quoted):
    assert locale(language).quoted("x") == quoted


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ('the "law" of it', "the “law” of it"),
        ('("law")', "(“law”)"),
        ('"A," he said, "b."', "“A,” he said, “b.”"),
        ("the State's and States' duty", "the State’s and States’ duty"),
        ("the 'law', and 'it'", "the ‘law’, and ‘it’"),
        ("\"the 'law' of it\"", "“the ‘law’ of it”"),
        ("a -- b--c", "a – b--c"),
        ("“done” – already", "“done” – already"),
        ("plain", "plain"),
    ],
)
def test_typography_in_english(typed, printed):
    assert typographic(typed, "", locale("en")) == printed


def test_typography_without_blanks_between_words():
    assert typographic('他说："法律"是"好"的，\'内\'。', "", locale("zh")) == "他说：“法律”是“好”的，‘内’。"
    assert typographic('قال "القانون" و"الحق".', "", locale("ar")) == "قال ”القانون“ و”الحق“."


def test_typography_in_other_languages():
    assert typographic('он сказал "да, \'это\'" -- и "нет".', "", locale("ru")) == "он сказал «да, „это“» – и «нет»."
    assert typographic('l\'article "deux"', "", locale("fr")) == f"l’article «{NBSP}deux{NBSP}»"


@pytest.mark.parametrize(("before", "printed"), [("", "“a"), (" ", "“a"), ("(", "“a"), ("x", "”a"), (".", "”a"), ("“", "“a")])
def test_the_character_before_decides(before, printed):
    assert typographic('"a', before, locale("en")) == printed


@given(st.text(), st.text(max_size=1), st.sampled_from(languages()))
def test_typography_changes_nothing_but_marks(text, before, language):
    printed = typographic(text, before, locale(language))
    assert not set("\"'") & set(printed)
    assert [char for char in printed if char.isalnum()] == [char for char in text if char.isalnum()]


# ---------------------------------------------------------------- signals


@pytest.mark.parametrize(
    ("language", "see", "also"),
    [("en", "see", "see also"), ("ru", "см.", "см. также"), ("fr", "voir", "voir aussi"), ("es", "véase", "véase también"),
     ("kk", "қараңыз:", "сондай-ақ қараңыз:"), ("zh", "见", "另见"), ("ar", "انظر", "انظر أيضاً")],
)  # fmt: skip
def test_the_words_before_a_source_are_the_languages_own(language, see, also):
    assert locale(language).signal("see") == see
    assert locale(language).signal("See also") == also
    assert locale(language).signal("contra") == "contra"
