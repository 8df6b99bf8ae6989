"""How much of what names look like is found, and how often other words are taken for names: measured, with names that the search was not made with."""

from __future__ import annotations

import random
import time
from pathlib import Path

import variants

from shadowgen.people.names import Level, Matcher, Secret


def test_nearly_all_spellings_are_found() -> None:
    """At least 99 of 100, and of those of a full name at least 99 of 100 as one that blocks."""
    matchers: dict[str, Matcher] = {}
    tried, missed = 0, []
    for name, spelling in variants.every():
        matcher = matchers.setdefault(name, Matcher([Secret(name, "name", name)]))
        tried += 1
        if not any(hit.level.blocks for hit in matcher.search(f"Then {spelling} said so.")):
            missed.append((name, spelling))
    assert tried >= 10_000
    assert len(missed) / tried <= 0.01, missed


def test_persons_are_told_apart() -> None:
    """A matcher of all persons finds each by name, and hardly ever another one."""
    persons = [f"{surname}, {given}" for surname, given, _ in variants.people()]
    matcher = Matcher(Secret(name, "name", name) for name in persons)
    found = {name: {hit.key for hit in matcher.search(" ".join(reversed(name.split(", ")))) if hit.level.blocks} for name in persons}
    assert all(name in keys for name, keys in found.items())
    assert {name: keys - {name} for name, keys in found.items() if len(keys) > 1} == {}


def test_search_is_fast() -> None:
    """200 persons in 60 pages in less than a second, whatever else the machine does."""
    persons = [Secret(f"{at}", "name", f"{surname}, {given}") for at, (surname, given, _) in enumerate((variants.people() * 2)[:200])]
    chance = random.Random(7)
    syllables = [consonant + vowel for consonant in "bdfgklmnprstvz" for vowel in "aeiou"]
    words = ["".join(chance.choices(syllables, k=chance.randint(1, 4))) for _ in range(6000)]
    text = " ".join(chance.choices(words, k=60 * 500))
    start = time.process_time()
    Matcher(persons).search(text)
    assert time.process_time() - start < 1


def test_levels_of_a_full_name() -> None:
    """A given name beside the surname makes it a full name, in whatever order and case."""
    for surname, given, gender in variants.people()[:40]:
        matcher = Matcher([Secret("k", "name", f"{surname}, {given}")])
        for spelling in (
            f"{given} {surname}",
            f"{surname} {given}",
            f"{surname}, {given}",
            f"{given[0]}. {surname}",
            f"{surname} {given[0]}.",
        ):
            assert [hit.level for hit in matcher.search(spelling)] == [Level.FULL], (spelling, gender)


SURNAMES_THERE = {"Сыдыкова, Эльмира"}  # a namesake is cited: surname and another given name


def test_reports_hold_no_names_of_others() -> None:
    """In all texts of the sample library not one word is taken for the name of one of over 200 persons who are not in it."""
    names = [f"{surname}, {given}" for surname, given, *_ in (*variants.people(), *variants.kazakhs())]
    matcher = Matcher(Secret(name, "name", name) for name in names)
    texts = [path.read_text(encoding="utf-8") for path in sorted((Path(__file__).parents[2] / "sections").rglob("*.yaml"))]
    hits = [(hit, text) for text in texts for hit in matcher.search(text)]
    assert sum(len(text.split()) for text in texts) > 60_000 and len(names) > 200
    assert [(hit.key, text[hit.start : hit.end]) for hit, text in hits if hit.level.blocks] == []
    assert {hit.key for hit, _ in hits if hit.level is Level.FUZZY} <= SURNAMES_THERE
