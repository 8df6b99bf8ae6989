"""Findings on what a document cites: ambiguous short names, superseded general comments, names to avoid wherever words stand."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest
from support import finding, load

from shadowgen.checks.library import check_library
from shadowgen.checks.sources import check_sources
from shadowgen.diagnostics import Diagnostic

TERMS = "code:\n  preferred: Criminal Code\n  avoid: [Penal Code]\n"
TERMS_RU = "code:\n  preferred: Уголовный кодекс\n  avoid: [УК]\n"


def found(root: Path, rule: str, **files: str) -> list[tuple[str, str, str | None]]:
    """Return place, message and hint of each finding of one rule; `__` in a name of a file stands for `/`."""
    library = load(root, {f"sections/{name.replace('__', '/')}.yaml": text for name, text in files.items()})
    problems: list[Diagnostic] = [*check_library(library, dt.date(2016, 6, 1)), *check_sources(library)]
    return [(str(one.origin), one.message, one.hint) for one in problems if one.rule.name == rule]


# ---------------------------------------------------------------- short names


@pytest.mark.parametrize(
    ("one", "other", "told"),
    [
        ("report of 2015", "report of 2015", "report of 2015"),
        ("Report of 2015", "report of 2015", "report of 2015"),
        ("{en: report A, ru: доклад}", "{en: report B, ru: доклад}", "доклад"),
        ("{en: report}", "report", "report"),
        ("{en: report A, ru: доклад}", "{en: report B, ru: отчёт}", ""),
        ("report A", "report B", ""),
    ],
)
def test_two_sources_with_one_short_name(tmp_path: Path, one: str, other: str, told: str) -> None:
    text = f"a: {{type: ngo-report, author: A, title: First, date: 2015, short: {one}}}\nb: {{type: ngo-report, author: B, title: Other, date: 2015, short: {other}}}\n"
    problems = found(tmp_path, "ambiguous-short", sources__all=text)
    message = f"'b' and 'a' (sections/sources/all.yaml:1:1) are both called '{told}' in later notes"
    assert problems == ([("sections/sources/all.yaml:2:1", message, "give each a short name of its own")] if told else [])


@pytest.mark.parametrize(("surname", "count"), [("Other", 0), ("Nowak", 1)])
def test_a_short_title_is_ambiguous_only_under_one_surname(tmp_path: Path, surname: str, count: int) -> None:
    books = "".join(
        f"{key}: {{type: book, author: A. {name}, surname: {name}, title: {key} Commentary, short: Commentary, date: 2005}}\n"
        for key, name in (("a", "Nowak"), ("b", surname))
    )
    assert len(found(tmp_path, "ambiguous-short", sources__all=books)) == count


# ---------------------------------------------------------------- general comments


@pytest.mark.parametrize(
    ("number", "body", "message"),
    [
        ("10", "CCPR", "general comment No. 10 (1983) was replaced by general comment No. 34 (2011)"),
        ("2", "CCPR", "general comment No. 2 (1981) was replaced by CCPR/C/66/GUI/Rev.2"),
        ("34", "CCPR", ""),
        ("10", "CAT", ""),
    ],
)
def test_superseded_general_comment_is_told_where_it_is_cited(tmp_path: Path, number: str, body: str, message: str) -> None:
    source = f"gc: {{type: general-comment, number: '{number}', date: 1983, treaty_body: {body}}}\n"
    section = finding("Words.\n\nMore words [see @gc, para. 2].")
    problems = found(tmp_path, "superseded-comment", sources__all=source, articles__iccpr__19__one=section)
    assert problems == ([("sections/articles/iccpr/19/one.yaml:8:19", message, "cite the later one")] if message else [])


# ---------------------------------------------------------------- names to avoid

BODY = """\
In the Penal
Code.^[The Penal Code again.]

## The Penal Code

Table: The Penal Code

| Penal Code |
| ---------- |
| Penal Code |

> Words.
>
> -- The Penal Code

::: case The Penal Code
Words.
:::"""


def test_names_to_avoid_in_everything_a_section_says(tmp_path: Path) -> None:
    section = finding(BODY, title='"The Penal Code"', asks_lead='"Under the Penal Code:"', asks='["amend the Penal Code;"]')
    problems = found(tmp_path, "avoided-name", terms__en=TERMS, articles__iccpr__19__one=section)
    assert {(message, hint) for _, message, hint in problems} == {("'Penal Code' is a name to avoid", "write 'Criminal Code'")}
    # title, lead and ask; the paragraph and its note; heading; caption, two cells; attribution; box: each at its own words
    starts = [(section[: match.start()], match.start()) for match in re.finditer(r"Penal\s+Code", section)]
    words = [(before.count("\n") + 1, at - before.rfind("\n")) for before, at in starts]
    assert len(words) == 11
    assert [tuple(map(int, place.split(":")[1:])) for place, _, _ in problems] == words


def test_names_whose_place_is_not_sure_stand_at_their_block(tmp_path: Path) -> None:
    section = finding("> This is the Penal\n> Code, and it is in force.\n\nThe Penal Code stays.")
    problems = found(tmp_path, "avoided-name", terms__en=TERMS, articles__iccpr__19__one=section)
    assert [place.split(":", 1)[1] for place, _, _ in problems] == ["6:3", "9:3"]


def test_names_to_avoid_in_a_source(tmp_path: Path) -> None:
    sources = (
        "a: {type: ngo-report, author: A, title: {en: On the Penal Code, ru: Об УК}, date: 2015}\n"
        "b: {type: ngo-report, author: Penal Code Group, title: Words, short: УК и мы, date: 2015}\n"
        "c: {type: ngo-report, author: C, title: {en: УК, ru: Penal Code}, date: 2015}\n"
    )
    problems = found(tmp_path, "avoided-name-in-source", terms__en=TERMS, terms__ru=TERMS_RU, sources__all=sources)
    assert [(place, message) for place, message, _ in problems] == [
        ("sections/sources/all.yaml:1:1", "'a', title: 'Penal Code' is a name to avoid"),
        ("sections/sources/all.yaml:1:1", "'a', title: 'УК' is a name to avoid"),
        ("sections/sources/all.yaml:2:1", "'b', author: 'Penal Code' is a name to avoid"),
        ("sections/sources/all.yaml:2:1", "'b', short: 'УК' is a name to avoid"),
    ]
