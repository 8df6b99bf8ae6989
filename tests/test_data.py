"""The package's own data holds together: profiles, locales, styles, treaties, general comments."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, get_args

import pytest

from shadowgen.catalogue import bodies, general_comments, parse_symbol, treaties
from shadowgen.model import ProfileFile
from shadowgen.sourcetypes import SourceEntry
from shadowgen.validation import validate
from shadowgen.workspace import built_in, package_data, package_files
from shadowgen.yamlfile import parse_yaml

NUMBERS = {"words_max", "words_max_joint", "pages_max", "pages_max_joint", "font_size", "note_font_size", "follow_up_count"}
ANSWERS = {
    "paragraph_numbering",
    "page_numbering",
    "contents",
    "executive_summary",
    "posting_consent",
    "count_notes",
    "count_annexes",
    "publication",
}
LISTS = {"languages", "formats", "cover_fields"}
WORDS = {"font", "executive_summary_language", "confidentiality_marking", "filename_pattern", "mail_subject_pattern", "deadline"}
VOCABULARY = NUMBERS | ANSWERS | LISTS | WORDS

PROFILES = [name.removesuffix(".yaml") for name in package_files("profiles")]
SOURCE_TYPES = {get_args(entry.model_fields["type"].annotation)[0] for entry in get_args(get_args(SourceEntry)[0])}


def profile(id: str) -> ProfileFile:
    document, problems = parse_yaml(built_in("profiles", f"{id}.yaml") or "", f"profiles/{id}.yaml")
    found, more = validate("profile", document)
    assert [*problems, *more] == []
    return found


@pytest.mark.parametrize("id", PROFILES)
def test_profile_is_valid_and_for_a_known_body(id: str) -> None:
    found = profile(id)
    assert found.body in {*bodies(), "UPR", "HRC", "none"}
    assert isinstance(found.title, dict) and {"en", "ru"} <= set(found.title)


@pytest.mark.parametrize("id", PROFILES)
def test_profile_speaks_the_vocabulary(id: str) -> None:
    for name, rule in profile(id).rules.items():
        assert name in VOCABULARY
        if name in LISTS:
            assert isinstance(rule.value, list) and rule.value, name
        elif name in NUMBERS:
            assert re.fullmatch(r"[1-9]\d*", rule.value), name
        elif name in ANSWERS:
            assert rule.value in {"yes", "no", "unknown"}, name
        else:
            assert isinstance(rule.value, str) and rule.value, name


@pytest.mark.parametrize("id", PROFILES)
def test_rule_is_dated_in_its_source_or_called_unverified(id: str) -> None:
    for name, rule in profile(id).rules.items():
        assert (rule.source is None) == (rule.verified_on is None) == (rule.note == "unverified"), name


def test_every_body_has_a_profile_for_each_stage_at_which_it_receives_submissions() -> None:
    """Stages by body, from the bodies' pages and the guides that the profiles name."""
    three = {"list-of-issues", "session", "follow-up"}
    stages: dict[str, set[str]] = {}
    for id in PROFILES:
        stages.setdefault(profile(id).body, set()).add(profile(id).stage)
    reviewed_only = {"CRC", "CMW"}  # no source of ours speaks of submissions on follow-up to them
    assert stages == {
        **dict.fromkeys(("CCPR", "CAT", "CEDAW", "CERD", "CESCR", "CRPD", "CED"), three),
        **{body: three - {"follow-up"} for body in reviewed_only},
        "SPT": {"visit"}, "UPR": {"upr"}, "HRC": {"statement"}, "none": {"open"},
    }  # fmt: skip


def test_every_rule_name_is_documented() -> None:
    text = (Path(__file__).parents[1] / "docs" / "profiles.md").read_text(encoding="utf-8")
    assert [name for name in sorted(VOCABULARY) if f"`{name}`" not in text] == []


def keys(data: Any, path: tuple[str, ...] = ()) -> set[tuple[str, ...]]:
    if not isinstance(data, dict):
        return {path}
    return {path}.union(*(keys(value, (*path, key)) for key, value in data.items()))


def slots(words: dict[str, str]) -> dict[str, list[str]]:
    return {key: sorted(re.findall(r"\{(\w*)\}", text or "")) for key, text in words.items()}


@pytest.mark.parametrize("name", package_files("locales"))
def test_locale_says_what_english_says(name: str) -> None:
    english, other = package_data("locales", "en.yaml"), package_data("locales", name)
    optional = {("alphabet",), ("citing", "on"), ("join",), ("dates", "months"), ("dates", "first")}  # a language may do without them
    numbered = {"table", "figure", "case", "annex", "article", "articles", "articles_inline_one", "articles_inline_many"}
    assert keys(other) - optional == keys(english) - optional
    assert slots({**other["citing"], "on": ""}) == slots({**english["citing"], "on": ""})
    assert slots(other["words"]) | {word: [] for word in numbered} == slots(english["words"])
    assert all(slots(other["words"])[word] in ([], ["number"]) for word in numbered)
    assert all(len(forms) == 2 for forms in other["locators"].values())


@pytest.mark.parametrize("name", package_files("styles"))
def test_style_has_a_form_for_every_source_type(name: str) -> None:
    style = package_data("styles", name)
    assert set(style["types"]) == SOURCE_TYPES
    assert all(forms.get("first") for forms in style["types"].values())
    for own in style.get("languages", {}).values():
        shared = {word: form for word, form in package_data("locales", "en.yaml")["citing"].items() if word in own.get("words", {})}
        assert slots({word: own["words"][word] for word in shared}) == slots(shared)


@pytest.mark.parametrize("id", treaties())
def test_treaty_has_contiguous_articles_and_a_body(id: str) -> None:
    treaty = treaties()[id]
    listed = list(treaty.articles)
    assert treaty.body in bodies()
    assert listed == list(range(1, len(listed) + 1)) and len(listed) <= treaty.articles_total
    if treaty.substantive:
        first, last = treaty.substantive
        assert 1 <= first <= last <= treaty.articles_total
        assert not listed or listed[-1] >= last
    for article in treaty.articles.values():
        parents = {path[:-1] for path in article.paragraphs if len(path) > 1}
        assert parents <= set(article.paragraphs), article.number


@pytest.mark.parametrize("body", package_data("", "general-comments.yaml"))
def test_general_comments_are_contiguous_and_replaced_by_what_exists(body: str) -> None:
    comments = general_comments(body)
    assert body in bodies()
    assert list(comments) == [str(number) for number in range(1, len(comments) + 1)]
    for number, comment in comments.items():
        assert parse_symbol(comment["symbol"]), number
        if later := comment.get("replaced_by"):
            assert int(later) > int(number) if later in comments else parse_symbol(later), number
