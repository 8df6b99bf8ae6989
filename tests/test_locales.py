"""Words, dates, lists, locators and quotation marks of each language."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shadowgen.locales import languages, locale, typographic

NBSP = "\u00a0"


def test_the_languages():
    assert languages() == ["en", "es", "fr", "ru"]


@pytest.mark.parametrize("language", ["en", "es", "fr", "ru"])
def test_every_language_has_the_same_words_with_the_same_slots(language):
    import re

    slots = {key: sorted(re.findall(r"\{\w+\}", word)) for key, word in locale("en").words.items()}
    assert {key: sorted(re.findall(r"\{\w+\}", word)) for key, word in locale(language).words.items()} == slots
    assert set(locale(language).locators) == set(locale("en").locators)
    assert all(word.strip() == word and word for word in locale(language).words.values())


def test_a_region_has_the_locale_of_its_language():
    assert locale("en-GB").words == locale("en").words


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
    ],
)
def test_date(language, day, month):
    assert locale(language).date("2014-07-03") == day
    assert locale(language).date("2014-07") == month
    assert locale(language).date("2014") == "2014"
    assert locale(language).date("") == ""


@pytest.mark.parametrize(
    ("language", "three", "two"),
    [("en", "2, 3 and 26", "2 and 3"), ("ru", "2, 3 и 26", "2 и 3"), ("fr", "2, 3 et 26", "2 et 3"), ("es", "2, 3 y 26", "2 y 3")],
)
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


def test_a_locator_of_no_kind_is_printed_as_it_stands():
    assert locale("ru").locator("", "first and second column, 3-5") == "first and second column, 3–5"


# ---------------------------------------------------------------- quotation marks


@pytest.mark.parametrize(
    ("language", "quoted"),
    [("en", "“x”"), ("ru", "«x»"), ("fr", f"«{NBSP}x{NBSP}»"), ("es", "“x”")],
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


def test_typography_in_other_languages():
    assert typographic('он сказал "да, \'это\'" -- и "нет".', "", locale("ru")) == "он сказал «да, „это“» – и «нет»."
    assert typographic('l\'article "deux"', "", locale("fr")) == f"l’article «{NBSP}deux{NBSP}»"


@pytest.mark.parametrize(("before", "printed"), [("", "“a"), (" ", "“a"), ("(", "“a"), ("x", "”a"), (".", "”a"), ("“", "“a")])
def test_the_character_before_decides(before, printed):
    assert typographic('"a', before, locale("en")) == printed


@given(st.text(), st.text(max_size=1), st.sampled_from(["en", "ru", "fr", "es"]))
def test_typography_changes_nothing_but_marks(text, before, language):
    printed = typographic(text, before, locale(language))
    assert not set("\"'") & set(printed)
    assert [char for char in printed if char.isalnum()] == [char for char in text if char.isalnum()]


# ---------------------------------------------------------------- signals


@pytest.mark.parametrize(
    ("language", "see", "also"),
    [("en", "see", "see also"), ("ru", "см.", "см. также"), ("fr", "voir", "voir aussi"), ("es", "véase", "véase también")],
)
def test_the_words_before_a_source_are_the_languages_own(language, see, also):
    assert locale(language).signal("see") == see
    assert locale(language).signal("See also") == also
    assert locale(language).signal("contra") == "contra"
