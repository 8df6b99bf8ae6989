"""A person's name is found in its forms, alphabets, orders and disguises, at the level that is due; other words are not."""

from __future__ import annotations

import pytest

from shadowgen.people.names import Hit, Level, Matcher, Secret

# No such persons: a common given name beside a surname made of a common word.
ANNA = Secret("witness-a", "name", "Анна Болатовна Назарова")
KAIRAT = Secret("witness-k", "name", "Қайрат Сатыбалды")
KIM = Secret("witness-e", "name", "Ким, Елена")
CELL = Secret("section 'a'", "words", "cell fourteen")
MATCHER = Matcher([ANNA, KAIRAT, KIM, CELL])

FOUND = {
    "Анны Назаровой": ("witness-a", Level.FULL, "Анны Назаровой"),
    "NAZAROVA Anna": ("witness-a", Level.FULL, "NAZAROVA Anna"),
    "by A. Nazarova, a lawyer": ("witness-a", Level.FULL, "A. Nazarova"),
    "Nazarova A.B.": ("witness-a", Level.FULL, "Nazarova A.B"),
    "Ms. Nazarova said": ("witness-a", Level.SURNAME, "Nazarova"),
    "the Nazarovs": ("witness-a", Level.SURNAME, "Nazarovs"),
    "Nazarova\u2019s house": ("witness-a", Level.SURNAME, "Nazarova\u2019s"),
    "Наза-\nрова": ("witness-a", Level.SURNAME, "Наза-\nрова"),
    "Наза\u00adрова": ("witness-a", Level.SURNAME, "Наза\u00adрова"),
    "Наз\u200bарова": ("witness-a", Level.SURNAME, "Наз\u200bарова"),
    "Нaзаpова": ("witness-a", Level.SURNAME, "Нaзаpова"),  # a and p are Latin
    "н а з а р о в а": ("witness-a", Level.SURNAME, "н а з а р о в а"),
    "file nazarova-anna.jpg": ("witness-a", Level.FULL, "nazarova-anna"),
    "NazarovaAnna.docx": ("witness-a", Level.FULL, "NazarovaAnna"),
    "said Anna Bolatovna": ("witness-a", Level.SURNAME, "Anna"),
    "Anna said": ("witness-a", Level.GIVEN, "Anna"),
    "Nazrova said": ("witness-a", Level.FUZZY, "Nazrova"),
    "Dmitry Nazarov said": ("witness-a", Level.FUZZY, "Nazarov"),  # a namesake
    "D.K. Nazarov said": ("witness-a", Level.FUZZY, "Nazarov"),
    "Қайрат Сатыбалдының": ("witness-k", Level.FULL, "Қайрат Сатыбалдының"),
    "Kairat Satybaldy": ("witness-k", Level.FULL, "Kairat Satybaldy"),
    "Ye. Kim": ("witness-e", Level.FULL, "Ye. Kim"),
    "с Кимом": ("witness-e", Level.SURNAME, "Кимом"),
    "in Cell\u00a0Four-teen": ("section 'a'", Level.FULL, "Cell\u00a0Four-teen"),
}


@pytest.mark.parametrize("text", FOUND, ids=str)
def test_name_is_found(text: str) -> None:
    key, level, words = FOUND[text]
    start = text.index(words)
    assert MATCHER.search(text) == [Hit(key, level, start, start + len(words))]


@pytest.mark.parametrize(
    "text", ["Nazareth", "Назарий", "Satybaldiev", "the kimono", "a cell for fourteen", "cell fourteenth", "", "\0\uffff"]
)
def test_other_words_are_not_found(text: str) -> None:
    assert MATCHER.search(text) == []


def test_only_sure_levels_block() -> None:
    assert [level for level in Level if level.blocks] == [Level.FULL, Level.SURNAME]


def test_a_secret_prints_as_its_key() -> None:
    assert repr(ANNA) == "Secret('witness-a')" and f"{ANNA}" == "Secret('witness-a')"
