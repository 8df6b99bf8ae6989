"""Translations know the text that they translate, paragraph by paragraph, and are told which parts of it have changed since."""

from __future__ import annotations

import datetime as dt
import json
import re
from pathlib import Path

import pytest
from support import load, make_workspace
from test_cli import run

from shadowgen.checks.translations import check_translations
from shadowgen.diagnostics import Diagnostic
from shadowgen.loading import load_library
from shadowgen.stamping import stamp_translation
from shadowgen.translations import digest, parts_of
from shadowgen.workspace import Workspace

ORIGINAL = """\
title: Entry bans
status: final
audience: public
body: |
  First paragraph
  on two lines [@a].

  Second paragraph.

  - an item
  - another

  Fourth paragraph.

  ![](#crimes)
asks_lead: The authors ask
asks:
  - one thing;
  - >-
    another
    thing.
charts:
  crimes:
    chart: bars
    caption: Crimes
    source: "[@a]"
    unit: cases
    x: [2009, 2010]
    series:
      Housing: [1, 2]
"""
RUSSIAN = """\
# перевод
title: Запреты на въезд   # заголовок
translated: 2016-05-10  # день
body: |
  Первый абзац [@a].

  Второй абзац.

  - пункт
  - другой

  Четвертый абзац.

  ![](#crimes)
asks_lead: Авторы просят
asks:
  - одно;
  - другое.
charts:
  crimes: {caption: Преступления}
"""
SOURCES = "a: {type: news, title: N, outlet: O}\n"
PLAIN = ORIGINAL.split("charts:")[0].replace("\n\n  ![](#crimes)", "")
ONE, RU = "sections/articles/iccpr/12/bans.yaml", "sections/articles/iccpr/12/bans.ru.yaml"


def stamped(root: Path, russian: str = RUSSIAN, original: str = ORIGINAL) -> Path:
    """Write a section and its translation, and say that they agree."""
    make_workspace(root, {ONE: original, RU: russian, "sections/sources/all.yaml": SOURCES})
    done = run(root, "translated", "bans.ru", "--date", "2016-06-01")
    assert (done.exit_code, done.output) == (0, f"wrote {RU}\n")
    return root


def behind(root: Path, old: str = "", new: str = "") -> list[tuple[int, str]]:
    """Change the original; return line and message of each problem of the translation."""
    path = root / ONE
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return [(one.origin.line, one.message) for one in problems(root)]


def problems(root: Path) -> list[Diagnostic]:
    library, loading = load_library(Workspace(root))
    assert loading == [] or not any(one.is_error for one in loading)
    return sorted(check_translations(library), key=Diagnostic.sort_key)


# ---------------------------------------------------------------- the stamp


def test_the_stamp_is_put_in_and_nothing_else_changes(tmp_path: Path) -> None:
    text = (stamped(tmp_path) / RU).read_text("utf-8")
    rows = text.split("\n")
    at = rows.index("translates:")
    kinds = {"title": 1, "body": 5, "asks_lead": 1, "asks": 2, "crimes": 1}
    lines = rows[at + 1 : at + 7]
    assert [(line.strip().split(":")[0], len(re.findall(r"\b[a-p]{8}\b", line))) for line in lines if "charts" not in line] == list(
        kinds.items()
    )
    assert rows[at + 7] == "body: |" and lines[4] == "  charts:"
    del rows[at : at + 7]
    assert "\n".join(rows) == RUSSIAN.replace("2016-05-10", "2016-06-01")


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_second_stamp_takes_the_place_of_the_first_byte_for_byte(tmp_path: Path, end: str) -> None:
    root = stamped(tmp_path, russian="\ufeff" + RUSSIAN.replace("\n", end))
    first = (root / RU).read_bytes()
    assert first.startswith("\ufeff".encode()) and first.count(b"\n") == first.count(end.encode())
    behind(root, "Second", "Changed")
    assert run(root, "translated", "bans.ru", "--date", "2016-06-02").exit_code == 0
    second = (root / RU).read_bytes()
    assert len(second) == len(first) and second.count(b"translates:") == 1
    behind(root, "Changed", "Second")
    run(root, "translated", "bans.ru", "--date", "2016-06-01")
    assert (root / RU).read_bytes() == first


def test_a_translation_without_a_day_gets_one(tmp_path: Path) -> None:
    rows = (stamped(tmp_path, russian=RUSSIAN.replace("translated: 2016-05-10  # день\n", "")) / RU).read_text("utf-8").split("\n")
    assert rows[2:4] == ["translated: 2016-06-01", "translates:"]


def test_a_long_stamp_is_readable(tmp_path: Path) -> None:
    long = ORIGINAL.replace("  Second paragraph.\n", "\n\n".join(f"  Paragraph {number}." for number in range(25)) + "\n")
    root = stamped(tmp_path, original=long)
    assert max(map(len, (root / RU).read_text("utf-8").split("\n"))) <= 120
    assert len(load_library(Workspace(root))[0].sections["bans"].prose["ru"].translates["body"]) == 29  # type: ignore[index]


def test_today_is_the_day_if_none_is_given(tmp_path: Path) -> None:
    root = stamped(tmp_path)
    before = dt.date.today().isoformat()
    run(root, "translated", "bans.ru")
    assert f"translated: {before}" in (root / RU).read_text("utf-8") or f"translated: {dt.date.today()}" in (root / RU).read_text("utf-8")


@pytest.mark.parametrize("name", ["bans.fr", "bans", "bans.en", "none.ru", "ru"])
def test_only_a_translation_can_be_stamped(tmp_path: Path, name: str) -> None:
    done = run(stamped(tmp_path), "translated", name)
    assert done.exit_code == 2 and "there is no translation" in done.output


@pytest.mark.parametrize("russian", ["{title: А, body: Б}\n", '"title": А\n"body": |\n  Б\n'])
def test_a_file_that_cannot_be_spliced_is_left_and_told(tmp_path: Path, russian: str) -> None:
    make_workspace(tmp_path, {ONE: PLAIN, RU: russian, "sections/sources/all.yaml": SOURCES})
    done = run(tmp_path, "translated", "bans.ru")
    assert done.exit_code == 1 and "the stamp cannot be put into this file" in done.output
    assert (tmp_path / RU).read_text("utf-8") == russian


def test_a_translation_that_another_program_changed_is_left(tmp_path: Path) -> None:
    library, _ = load_library(Workspace(stamped(tmp_path)))
    theirs = (tmp_path / RU).read_bytes().replace("Второй".encode(), "Иной".encode())
    (tmp_path / RU).write_bytes(theirs)
    _, [problem] = stamp_translation(library, "bans", "ru", dt.date(2020, 1, 1))
    assert (problem.message, (tmp_path / RU).read_bytes()) == ("another program changed the file meanwhile", theirs)


def test_digests_are_words_to_every_reader_of_yaml_and_ignore_line_breaks() -> None:
    # SHA-256 of "a b" begins with c8687a08; each figure is a letter, 0 = a
    assert digest("a\n  b") == digest(" a b ") == "migihkai"
    assert digest("a b.") != digest("a b")


# ---------------------------------------------------------------- what has changed since


def test_a_translation_that_agrees_is_no_problem(tmp_path: Path) -> None:
    assert behind(stamped(tmp_path)) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("First paragraph\n  on two", "First\n  paragraph on two"), ("status: final", "status: draft"), ("[1, 2]", "[3, 4]"), ("one thing;", "one    thing;"),
        ("title: Entry bans", "title: Entry bans  # a comment"), ("title: Entry bans", "verified: 2016-01-01\ntitle: 'Entry bans'"),
    ],
)  # fmt: skip
def test_what_changes_no_words_is_no_problem(tmp_path: Path, old: str, new: str) -> None:
    assert behind(stamped(tmp_path), old, new) == []


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("Entry bans", "Exit bans", [(2, "the title was changed in the original (bans.yaml:1: 'Exit bans')")]),
        ("Second", "Changed", [(14, "paragraph 2 was changed in the original (bans.yaml:8: 'Changed paragraph.')")]),
        ("[@a].\n\n  Second", "[@a, p. 2].\n\n  Second", [(12, "paragraph 1 was changed in the original (bans.yaml:5: 'First paragraph on two lines [@a, p. 2].')")]),
        ("  - an item", "  New.\n\n  - an item", [(14, "paragraph 3 is new in the original (bans.yaml:10: 'New.'); it belongs after paragraph 2 here")]),
        ("  Second paragraph.\n\n", "", [(14, "paragraph 2 of then is no more in the original")]),
        ("  Fourth paragraph.", "  Fifth.", [(19, "paragraph 4 was changed in the original (bans.yaml:13: 'Fifth.')")]),
        ("The authors ask", "They ask", [(22, "the lead of the recommendations was changed in the original (bans.yaml:16: 'They ask')")]),
        ("  - one thing;\n", "  - a first;\n  - one thing;\n", [(2, "recommendation 1 is new in the original (bans.yaml:18: 'a first;')")]),
        ("unit: cases", "unit: crimes", [(27, "the chart 'crimes' was changed in the original (bans.yaml:23: 'Crimes crimes 2009 2010 Housing')")]),
        (
            "  Second paragraph.\n\n  - an item\n  - another\n\n  Fourth paragraph.\n",
            "  - an item\n  - another\n\n  Fourth paragraph.\n\n  Second paragraph.\n",
            [(14, "paragraph 4 stood at 2 when it was translated (bans.yaml:13: 'Second paragraph.')")],
        ),
        (
            "  Second paragraph.\n\n  - an item\n  - another\n\n  Fourth paragraph.\n", "  Fourth paragraph.\n\n  - an item\n  - another\n",
            [
                (14, "paragraph 2 of then is no more in the original"),
                (19, "paragraph 2 stood at 4 when it was translated (bans.yaml:8: 'Fourth paragraph.')"),
            ],
        ),
        (
            "  Second paragraph.", "  Changed.\n\n  New.",
            [
                (14, "paragraph 2 was changed in the original (bans.yaml:8: 'Changed.')"),
                (14, "paragraph 3 is new in the original (bans.yaml:10: 'New.'); it belongs after paragraph 2 here"),
            ],
        ),
    ],
)  # fmt: skip
def test_each_part_that_changed_is_told_at_its_place(tmp_path: Path, old: str, new: str, told: list[tuple[int, str]]) -> None:
    assert behind(stamped(tmp_path), old, new) == told


def test_what_is_told_leads_to_the_command_that_settles_it(tmp_path: Path) -> None:
    root = stamped(tmp_path)
    behind(root, "Second", "Changed")
    [problem] = problems(root)
    assert problem.hint == "when the translation agrees again: shadowgen translated bans.ru"
    assert run(root, "translated", "bans.ru").exit_code == 0
    assert problems(root) == []


@pytest.mark.parametrize("words", ["Words [and a SECRET]{internal}.", "Words on\n  a line [and a SECRET]{committee}."])
def test_confidential_words_of_the_original_are_not_quoted(tmp_path: Path, words: str) -> None:
    root = stamped(tmp_path)
    assert [message.split(" (")[1] for _, message in behind(root, "Second paragraph.", words)] == ["bans.yaml:8: '…')"]
    assert "SECRET" not in run(root, "stale").output + run(root, "stale", "--json").output + run(root, "check").output


def test_a_translation_with_other_paragraphs_is_told_at_its_head(tmp_path: Path) -> None:
    root = stamped(tmp_path, russian=RUSSIAN.replace("  Второй абзац.\n\n", ""))
    assert [line for line, _ in behind(root, "Second", "Changed")] == [2]


def test_translations_without_a_stamp_are_told_once(tmp_path: Path) -> None:
    files = {
        name.replace("bans", f"bans-{number}"): text for number in range(7) for name, text in ((ONE, PLAIN), (RU, "title: А\nbody: Б\n"))
    }
    library = load(tmp_path, files | {"sections/sources/all.yaml": SOURCES})
    [problem] = check_translations(library)
    assert problem.rule.name == "unstamped-translation"
    assert problem.message == (
        "7 translations do not say which text they translate: bans-0.ru, bans-1.ru, bans-2.ru, bans-3.ru, bans-4.ru and 2 more"
    )


def test_the_list_has_the_positions_for_machines(tmp_path: Path) -> None:
    root = stamped(tmp_path)
    behind(root, "  - an item", "  New.\n\n  - an item")
    data = json.loads(run(root, "stale", "--json").output)
    change = {"part": "paragraph 3", "how": "added", "was": 0, "now": 3, "after": 2, "line": 10, "words": "New."}
    assert data["translations"] == [{"id": "bans", "language": "ru", "stamped": True, "changes": [change]}]
    documented = re.search(r"```json\n(.*?)```", (Path(__file__).parents[1] / "docs/upkeep.md").read_text("utf-8"), re.S)
    assert documented and json.loads(documented[1])["translations"] == data["translations"]


def test_parts_of_a_broken_file_are_none() -> None:
    assert parts_of("a: [", "x.yaml") == {} == parts_of("- a\n", "x.yaml")


def test_every_translation_of_the_sample_library_agrees_with_its_original() -> None:
    library, _ = load_library(Workspace(Path(__file__).parents[1]))
    assert [str(one.origin) for one in check_translations(library)] == []
