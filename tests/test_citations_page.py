"""docs/citations.md: its example is built, and it names every field, word, position and key of a style."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from support import finding, put_together, submission
from test_citation_tables import printed

from shadowgen.locales import locale
from shadowgen.notestyles import POSITIONS, Style, load_style
from shadowgen.sourcetypes import source_fields
from shadowgen.workspace import Workspace, package_data, package_files

PAGE = (Path(__file__).parents[1] / "docs" / "citations.md").read_text(encoding="utf-8")
STYLES = [package_data("styles", name) for name in package_files("styles")]
BLOCKS = re.findall(r"^```(?:yaml)?\n(.*?)^```$", PAGE, re.M | re.S)


def test_the_example_makes_the_notes_of_the_page(tmp_path: Path) -> None:
    _, style, sources, prose = BLOCKS
    files = {
        "templates/styles/ours.yaml": style,
        "sections/sources/all.yaml": sources,
        "sections/articles/iccpr/19/one.yaml": finding(prose.rstrip("\n")),
        "submissions/report.yaml": submission(style="ours"),
    }
    composition, problems = put_together(tmp_path, files)
    assert problems == []
    listed = re.findall(r"^\d\. (.*)$", PAGE, re.M)
    assert len(listed) == 5
    notes = [printed(note.content).replace("\u00a0", " ") for note in composition.submission.notes]
    assert notes == [re.sub(r"\\(.)", r"\1", note) for note in listed]


def test_the_options_of_the_page_are_read(tmp_path: Path) -> None:
    files = {"sections/articles/iccpr/19/one.yaml": finding("Words."), "submissions/report.yaml": submission() + BLOCKS[0]}
    composition, problems = put_together(tmp_path, files)
    assert problems == []
    notes = composition.plan.notes
    assert (notes.ibid, notes.addresses, notes.restart, composition.plan.table_of_sources) == (False, "both", "part", True)


def forms() -> list[str]:
    """Return every form and word of the built-in styles and languages."""
    words = [word for name in package_files("locales") for word in package_data("locales", name)["citing"].values()]
    words += [word for style in STYLES for own in style.get("languages", {}).values() for word in own.get("words", {}).values()]
    return words + [form for style in STYLES for group in (style["defaults"], *style["types"].values()) for form in group.values()]


def test_every_field_that_a_form_uses_is_told() -> None:
    used = {name for form in forms() for name in re.findall(r"\{(\w+)\}", form) if not name.startswith("w_")}
    typed = {name for fields in source_fields().values() for name in fields}
    assert [name for name in sorted(used - typed) if f"`{{{name}}}`" not in PAGE] == []


def test_every_word_and_position_is_told() -> None:
    words = [*package_data("locales", "en.yaml")["citing"], *POSITIONS, "listed", "address_alone", "address_among"]
    assert [word for word in words if f"`{word}`" not in PAGE] == []


def test_every_key_of_a_style_is_told() -> None:
    keys = {key for style in STYLES for key in style}
    keys |= {key for style in STYLES for own in style.get("languages", {}).values() for key in own}
    assert [key for key in sorted(keys) if f"`{key}" not in PAGE and f"\n{key}:" not in PAGE] == []


# ---------------------------------------------------------------- what a small style may leave out

SMALL = 'title: Small\nseparator: "; "\nend: "."\ntypes: {}\ndefaults: {first: "{title}", later: "%s"}\n'


def small(root: Path, later: str) -> Style:
    folder = root / "templates" / "styles"
    folder.mkdir(parents=True)
    folder.joinpath("small.yaml").write_text(SMALL % later, encoding="utf-8")
    style, problems = load_style(Workspace(root), "small", locale("en"))
    assert style is not None and problems == []
    return style


@pytest.mark.parametrize("later", ["{short}", "{short} (footnote {note})"])
def test_a_style_without_same_and_ibid_repeats_the_later_form(tmp_path: Path, later: str) -> None:
    style = small(tmp_path, later)
    assert [style.form("book", which) for which in ("same", "later", "ibid")] == [later, later, ""]


@pytest.mark.parametrize(
    ("later", "same"), [("{title}", "{title}"), ("{title} (fn {note})", "{short}"), ("{title} ({w_note_above})", "{short}")]
)
def test_a_type_whose_later_form_names_a_note_does_not_use_it_in_that_very_note(tmp_path: Path, later: str, same: str) -> None:
    folder = tmp_path / "templates" / "styles"
    folder.mkdir(parents=True)
    text = SMALL.replace("types: {}", f'types: {{book: {{later: "{later}"}}}}').replace('later: "%s"', 'later: "x", same: "{short}"')
    folder.joinpath("own.yaml").write_text(text, encoding="utf-8")
    style = load_style(Workspace(tmp_path), "own", locale("en"))[0]
    assert style is not None and style.form("book", "same") == same
