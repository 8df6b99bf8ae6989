"""Persons are named as they agreed, for each audience and in each form; without consent never; whatever is wrong is told without a name."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from support import finding, make_workspace, submission

from shadowgen.checks.persons import check_persons, lacking_identities
from shadowgen.cli import main
from shadowgen.library import Library
from shadowgen.loading import load_library
from shadowgen.nodes import PersonName, plain_text, walk
from shadowgen.persons import person_secrets, with_identity
from shadowgen.workspace import Workspace

RECORD = "recorded: 2016-03-01, by: a lawyer of the coalition, purpose: the report of 2016"
PEOPLE = f"""\
open-person:
  name: {{en: Qwelina Zardotova, ru: Квелина Зардотова}}
  initials: {{en: Q. Z., ru: К. З.}}
  pseudonym: {{en: Person M, ru: Лицо М}}
  description: {{en: a former detainee, ru: бывшая задержанная}}
  forms: {{gen: {{name: {{ru: Квелины Зардотовой}}, pseudonym: {{ru: Лица М}}, initials: {{ru: К. З.}}, description: {{ru: бывшей задержанной}}}}}}
  consent: {{public: pseudonym, committee: initials, internal: name, {RECORD}}}
hidden:
  name: Xarifa Wobenova
  description: a nurse
unknown-voice:
  name: Bazhur Pulatkinov
"""


def library(root: Path, body: str, people: str = PEOPLE, *, ru: str = "", **files: str) -> tuple[Library, list[str]]:
    """Return a library with one section, and the rules of the problems of its files."""
    wanted = {
        "sections/people/all.yaml": people,
        "sections/articles/iccpr/7/a.yaml": finding(body),
        "submissions/report.yaml": submission(),
    }
    wanted |= {"sections/articles/iccpr/7/a.ru.yaml": f"title: Т\nbody: |\n  {ru}\n"} if ru else {}
    wanted |= {name.replace("__", "/") + ".yaml": text for name, text in files.items()}
    make_workspace(root, wanted)
    found, problems = load_library(Workspace(root))
    return found, [problem.rule.name for problem in problems]


def shown(found: Library, audience: str, language: str = "en") -> str:
    prose = found.for_audience(audience).sections["a"].in_language(language)
    assert not any(isinstance(node, PersonName) for node in walk(prose.words()))
    return plain_text(prose.body)


READERS = {"public": "Person M", "committee": "Q. Z.", "internal": "Qwelina Zardotova"}


@pytest.mark.parametrize("audience", READERS)
def test_person_is_named_as_agreed(audience: str, tmp_path: Path) -> None:
    found, problems = library(tmp_path, "Words of [@@open-person] here.")
    assert problems == []
    assert shown(found, audience) == f"Words of {READERS[audience]} here."


RUSSIAN = {"public": "Слова Лица М.", "committee": "Слова К. З..", "internal": "Слова Квелины Зардотовой."}


@pytest.mark.parametrize("audience", RUSSIAN)
def test_form_and_language(audience: str, tmp_path: Path) -> None:
    found, _ = library(tmp_path, "Words.", ru="Слова [@@open-person, gen].")
    assert shown(found, audience, "ru") == RUSSIAN[audience]


@pytest.mark.parametrize("audience", READERS)
def test_without_consent_the_name_is_withheld_from_all(audience: str, tmp_path: Path) -> None:
    found, _ = library(tmp_path, "[@@hidden] said so. She, [@@hidden], and [@@unknown-voice] spoke. [@@unknown-voice] left.")
    assert shown(found, audience) == "A nurse said so. She, a nurse, and name withheld spoke. Name withheld left."


def test_what_the_public_may_read_the_committee_may_too(tmp_path: Path) -> None:
    found, _ = library(tmp_path, "[@@one]", f"one: {{name: Qwelina Zardotova, consent: {{public: name, {RECORD}}}}}\n")
    assert [shown(found, audience) for audience in READERS] == ["Qwelina Zardotova"] * 3


SOUGHT = "one: {name: {en: Qwelina Zardotova, ru: Квелина Зардотова}, forms: {gen: {name: {ru: Квелины Зардотовой}}}, aliases: [Zardotushka], contacts: [+7 000 111], "
NAMES = {("name", one) for one in ("Qwelina Zardotova", "Квелина Зардотова", "Квелины Зардотовой", "Zardotushka")}


def test_what_is_searched_for_of_a_person(tmp_path: Path) -> None:
    """Every name, form and alias, until the person agreed to the name; contacts for all readers, even then."""
    found, _ = library(tmp_path, "A.", SOUGHT + f"consent: {{public: pseudonym, committee: name, {RECORD}}}, pseudonym: Person M}}\n")
    sought = {audience: {(one.kind, one.text) for one in person_secrets(found.people, audience)} for audience in ("public", "committee")}
    assert sought == {"public": NAMES | {("words", "+7 000 111")}, "committee": {("words", "+7 000 111")}}
    assert {one.key for one in person_secrets(found.people, "public")} == {"person 'one', sections/people/all.yaml:1:1"}


def test_a_person_prints_as_the_key(tmp_path: Path) -> None:
    found, _ = library(tmp_path, "A.")
    assert repr(found.people["open-person"]) == f"{found.people['open-person']}" == "Person('open-person')"


def test_references_stand_wherever_words_do(tmp_path: Path) -> None:
    body = "*By [@@open-person]*.^[See [@@open-person].]\n\n## Of [@@open-person]\n\n| [@@open-person] | b |\n| - | - |\n| c | [@@open-person] |"
    found, _ = library(tmp_path, body)
    assert shown(found, "public").count("Person M") == 5


WORDS = {
    "sections__sources__all": 'talk: {type: interview, person: "[@@open-person]", date: 2015, audience: public}\n',
    "sections__contributors__all": 'signer: {type: person, name: {en: "[@@open-person]", ru: "[@@open-person]"}, audience: public}\n',
}


def test_sources_and_signatories(tmp_path: Path) -> None:
    found, problems = library(tmp_path, "Said [@talk].", **WORDS)
    assert problems == [] and [name for name, _ in rules_of(found) if name != "no-consent"] == []
    public = found.for_audience("public")
    assert (public.sources["talk"].get("person", "en"), public.sources["talk"].get("person", "ru")) == ("Person M", "Лицо М")
    assert public.contributors["signer"].name == {"en": "Person M", "ru": "Лицо М"}
    assert found.for_audience("internal").sources["talk"].get("person", "en") == "Qwelina Zardotova"


# ---------------------------------------------------------------- problems


def rules_of(found: Library) -> list[tuple[str, str]]:
    return [(problem.rule.name, str(problem.origin)) for problem in check_persons(found)]


AT = "sections/articles/iccpr/7/a.yaml"
PERSON = "sections/people/all.yaml:1:1"
PROBLEMS = {
    "nobody": ("By [@@nobdy].", "nobody: {consent: {public: withheld}}\n", [("unknown-person", f"{AT}:6:6")]),
    "no form": ("By [@@one, gen].", "one: {pseudonym: Person M, consent: {public: pseudonym}}\n", [("missing-person-form", f"{AT}:6:6")]),
    "no language": ("By [@@one].", "one: {pseudonym: {ru: Лицо М}, consent: {public: pseudonym}}\n", [("missing-person-form", f"{AT}:6:6")]),
    "no consent": ("A.", "one: {description: a nurse}\n", [("no-consent", PERSON)]),
    "no record": ("A.", "one: {name: Qwelina Zardotova, consent: {committee: name, by: me, purpose: it}}\n", [("consent-without-record", PERSON)]),
    "part of the name": ("A.", "one: {name: Qwelina Zardotova, pseudonym: Mrs. Zardotov, consent: {public: pseudonym}}\n", [("telling-pseudonym", PERSON)]),
    "an initial": ("A.", "one: {name: Квелина Зардотова, pseudonym: Person Z, consent: {public: pseudonym}}\n", [("telling-pseudonym", PERSON)]),
    "initials of words": ("A.", "one: {name: Qwelina Zardotova, pseudonym: Zoya, consent: {public: pseudonym}}\n", [("telling-pseudonym", PERSON)]),
    "a number": ("A.", "one: {name: Walina Pardotova, pseudonym: Witness 3, consent: {public: pseudonym}}\n", []),
    "a telling key": ("A.", "zardotova-q: {name: Qwelina Zardotova, consent: {public: withheld}}\n", [("telling-pseudonym", PERSON)]),
    "told beside the vault": ("A.", "one: {vault: true, name: Qwelina Zardotova, consent: {public: withheld}}\n", [("identity-in-workspace", PERSON)]),
}  # fmt: skip


@pytest.mark.parametrize("case", PROBLEMS)
def test_problem_is_told(case: str, tmp_path: Path) -> None:
    body, people, expected = PROBLEMS[case]
    found, problems = library(tmp_path, body, people)
    assert (problems, rules_of(found)) == ([], expected)


@pytest.mark.parametrize("word", ["Name", "nаme", "all", "''", "yes"])  # the second has a Cyrillic letter
def test_a_wrong_word_of_consent_stops_the_build(word: str, tmp_path: Path) -> None:
    found, problems = library(tmp_path, "[@@one]", f"one: {{name: Qwelina Zardotova, consent: {{public: {word}}}}}\n")
    assert problems == ["wrong-value"] and found.people == {}


TYPED = {
    "another case": "They met\n  Зардотовой there.",
    "another alphabet": "Ms. Zardotova said.",
    "initials": "Q. Zardotova",
    "somebody's mother": "X. Wobenova said.",
    "a note": "Words.^[Told by Wobenova.]",
    "an alternative text": '![Wobenova at home](a.png "A house")',
    "a table": "| a | b |\n  | - | - |\n  | c | Wobenova |",
}


CHART = (
    "charts:\n  c: {{chart: bars, caption: A chart, source: '[@report]', unit: {unit}, x: [{x}], series: {{'{name}': [1]}}, alt: {alt}}}\n"
)
PLAIN = {"unit": "cases", "x": "2014", "name": "Cases", "alt": "A bar."}


@pytest.mark.parametrize("place", PLAIN)
def test_name_in_a_chart_is_told(place: str, tmp_path: Path) -> None:
    section = finding("![](#c)") + CHART.format(**PLAIN | {place: "of Wobenova"})
    found, problems = library(tmp_path, "Words.", sections__articles__iccpr__7__b=section)
    assert problems == []
    [problem] = [problem for problem in check_persons(found) if problem.rule.name == "name-in-text"]
    line = found.texts[problem.origin.file].split("\n")[problem.origin.line - 1]
    assert line[problem.origin.column - 1 :].startswith("Wobenova")


@pytest.mark.parametrize("place", PLAIN)
def test_reference_in_a_chart_is_an_error(place: str, tmp_path: Path) -> None:
    section = finding("![](#c)") + CHART.format(**PLAIN | {place: "'[@@hidden]'" if place != "name" else "[@@hidden]"})
    assert library(tmp_path, "Words.", sections__articles__iccpr__7__b=section)[1] == ["misplaced-person"]


def test_reference_in_the_themes_of_a_section_or_the_words_of_a_translated_chart_is_an_error(tmp_path: Path) -> None:
    section = finding("![](#c)", themes="['by [@@hidden]']") + CHART.format(**PLAIN)
    russian = "title: T\nbody: |\n  ![](#c)\ncharts: {c: {caption: 'Of [@@hidden]', labels: {Cases: 'Of [@@hidden]'}}}\n"
    files = {"sections__articles__iccpr__7__b": section, "sections__articles__iccpr__7__b.ru": russian}
    found, _ = load_library(make_workspace(tmp_path, {f"{name.replace('__', '/')}.yaml": text for name, text in files.items()}))
    problems = load_library(found.workspace)[1]
    assert [(problem.rule.name, problem.origin.file[-9:]) for problem in sorted(problems, key=str, reverse=True)] == [
        ("misplaced-person", "/7/b.yaml"),
        ("misplaced-person", "b.ru.yaml"),
    ]


@pytest.mark.parametrize("case", TYPED)
def test_name_typed_in_a_text_is_told_without_it(case: str, tmp_path: Path) -> None:
    found, _ = library(tmp_path, TYPED[case].replace("\n  ", "\n"))
    [problem] = [problem for problem in check_persons(found) if problem.rule.name == "name-in-text"]
    text = found.texts[AT].split("\n")[problem.origin.line - 1]
    assert text[problem.origin.column - 1 :].startswith(("Зардотовой", "Zardotova", "Q. Zardotova", "X. Wobenova", "Wobenova"))
    assert "ardotov" not in str(problem) and "obenov" not in str(problem)


def test_name_is_no_problem_for_those_who_may_read_it(tmp_path: Path) -> None:
    found, _ = library(tmp_path, "[By Q. Zardotova.]{internal} Not by Zardotov.", PEOPLE.replace("internal: name", "internal: pseudonym"))
    assert [name for name, _ in rules_of(found)].count("name-in-text") == 1
    named, _ = library(tmp_path / "named", "By Q. Zardotova.", PEOPLE.replace("public: pseudonym", "public: name"))
    assert "name-in-text" not in [name for name, _ in rules_of(named)]


def test_excerpts_never_show_a_name(tmp_path: Path) -> None:
    library(tmp_path, "Zardotova {{unknown}} {{x\n\n[@@open-person, dat]", PEOPLE + "  nmae: Qwelina Zardotova\n")
    for arguments in (["check"], ["check", "--format", "json"], ["build"], ["find", "of"], ["coverage"]):
        done = CliRunner().invoke(main, ["-C", str(tmp_path), *arguments])
        assert "ardotov" not in done.output, arguments


def test_find_and_coverage_speak_of_keys(tmp_path: Path) -> None:
    library(tmp_path, "Words of [@@open-person] here.", PEOPLE)
    done = CliRunner().invoke(main, ["-C", str(tmp_path), "find", "words", "--audience", "internal"])
    assert "Words of [@@open-person] here." in done.output and "Zardotova" not in done.output


# ---------------------------------------------------------------- identities from a vault


VAULTED = f"one: {{vault: true, pseudonym: Person M, consent: {{public: pseudonym, committee: name, {RECORD}}}}}\n"


def test_vault_fills_in_the_name(tmp_path: Path) -> None:
    found, _ = library(tmp_path, "Words of [@@one].", VAULTED)
    assert [shown(found, audience) for audience in READERS] == ["Words of Person M."] * 3
    found.people["one"] = with_identity(found.people["one"], {"name": "Qwelina Zardotova", "contacts": ["+7 000 111"]})
    assert [shown(found, audience) for audience in READERS] == ["Words of Person M.", *["Words of Qwelina Zardotova."] * 2]
    assert rules_of(found) == []


def test_build_stops_where_the_agreed_name_is_lacking(tmp_path: Path) -> None:
    found, _ = library(tmp_path, "Words of [@@one].", VAULTED)
    lacking = {audience: [one.rule.name for one in lacking_identities(found, audience, {"a"})] for audience in READERS}
    assert lacking == {"public": [], "committee": ["identity-needed"], "internal": ["identity-not-given"]}
    assert list(lacking_identities(found, "committee", set())) == []
    done = CliRunner().invoke(main, ["-C", str(tmp_path), "build", "--audience", "committee", "--format", "md", "--json"])
    assert done.exit_code == 1 and [one["rule"] for one in json.loads(done.stdout)["problems"]] == ["identity-needed"]
    assert not (tmp_path / "output").exists()


def test_no_line_of_a_file_of_persons_is_shown(tmp_path: Path) -> None:
    library(tmp_path, "Words.", "one: {name: Qwelina Zardotova}\n")
    done = CliRunner().invoke(main, ["-C", str(tmp_path), "check"])
    assert "SG807 no-consent" in done.output and "ardotov" not in done.output


def test_no_line_with_a_name_is_shown_beside_another_problem(tmp_path: Path) -> None:
    library(tmp_path, "Zardotova said {{unknown}} words.")
    done = CliRunner().invoke(main, ["-C", str(tmp_path), "check"])
    assert "SG803 name-in-text" in done.output and "SG303 unknown-variable" in done.output and "ardotov" not in done.output
