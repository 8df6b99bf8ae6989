"""Building: names of outputs, the record, edits of a person that are never lost, and a layout that is refused."""

from __future__ import annotations

import hashlib
import json
import signal
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from support import build_all, codes, example, finding, submission

from shadowgen.diagnostics import Diagnostic, Origin
from shadowgen.rules import READ_BACK

DOCX = "output/report/report.docx"
HTML = "output/report/report.html"
NEW = "output/report/report.new.docx"
RECORD = ".shadowgen/builds/report.json"


def small(words: str = "Words", **fields: str) -> dict:
    """Return a workspace of one finding, quick to build."""
    sources = "book:\n  type: book\n  author: A\n  title: T\n  date: 2014\n"
    return {
        "sections/articles/iccpr/19/one.yaml": finding(f"{words} here [@book].\n\nMore {words}."),
        "sections/sources/s.yaml": sources,
        "submissions/report.yaml": submission(**fields),
    }


def files_under(root: Path, folder: str) -> list[str]:
    return sorted(path.relative_to(root).as_posix() for path in (root / folder).rglob("*") if path.is_file())


def text_of(root: Path, name: str = HTML) -> str:
    return (root / name).read_text(encoding="utf-8")


@contextmanager
def no_longer_than(seconds: int) -> Iterator[None]:
    """Break off what waits for ever."""

    def stop(*_: Any) -> None:
        pytest.fail("it waits for ever")

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


# ---------------------------------------------------------------- names


@pytest.mark.parametrize(
    ("in_file", "asked", "stem"),
    [
        ("public", {}, "report"),
        ("public", {"language": "en", "audience": "public"}, "report"),
        ("public", {"language": "ru"}, "report.ru"),
        ("public", {"audience": "committee"}, "report.committee"),
        ("public", {"language": "ru", "audience": "internal"}, "report.ru.internal"),
        ("committee", {}, "report.committee"),
    ],
)
def test_output_is_named_by_language_and_audience_only_where_they_differ(tmp_path: Path, in_file: str, asked: dict, stem: str) -> None:
    built, problems = build_all(tmp_path, small(languages="[en, ru]", audience=in_file), **asked)
    assert [problem for problem in problems if problem.is_error] == []
    assert files_under(tmp_path, "output") == [f"output/report/{stem}.docx", f"output/report/{stem}.html"]
    assert [one.files for one in built] == [(f"output/report/{stem}.docx", f"output/report/{stem}.html")]
    assert files_under(tmp_path, ".shadowgen") == [f".shadowgen/builds/{stem}.json"]


def test_every_format_is_built_and_only_those_asked_for(tmp_path: Path) -> None:
    built, problems = build_all(tmp_path, small(), formats=("md", "pdf", "docx", "html"))
    starts = {path.suffix: path.read_bytes()[:4] for path in (tmp_path / "output/report").iterdir()}
    assert problems == []
    assert [name.rsplit(".", 1)[1] for name in built[0].files] == ["md", "pdf", "docx", "html"]
    assert starts == {".docx": b"PK\x03\x04", ".pdf": b"%PDF", ".html": b"<!DO", ".md": starts[".md"]}
    assert built[0].pages > 0 and built[0].notes == 1


def test_example_builds_in_every_format(tmp_path: Path) -> None:
    built, problems = build_all(tmp_path, example(), formats=("docx", "pdf", "html", "md"))
    assert [str(problem) for problem in problems if problem.is_error] == []
    assert len(built[0].files) == 4


def test_nothing_is_built_of_a_submission_with_an_error(tmp_path: Path) -> None:
    build_all(tmp_path, small("Old"))
    built, problems = build_all(tmp_path, small("New {{nothing}}"))
    assert (built, codes(problems)) == ([], ["unknown-variable"] * 2)
    assert "Old here" in text_of(tmp_path)


# ---------------------------------------------------------------- the record


def test_record_ties_the_outputs_to_their_sections_without_their_words(tmp_path: Path) -> None:
    build_all(tmp_path, small())
    record = json.loads((tmp_path / RECORD).read_text(encoding="utf-8"))
    digests = {path.suffix[1:]: hashlib.sha256(path.read_bytes()).hexdigest() for path in (tmp_path / "output/report").iterdir()}
    assert record["outputs"] == digests
    assert (record["submission"], record["language"]) == ("report", "en")
    assert [(entry["ordinal"], entry["section"], entry["part"], entry["place"]) for entry in record["paragraphs"]] == [
        (1, "one", "body", 1),
        (2, "one", "body", 2),
    ]
    assert "Words" not in (tmp_path / RECORD).read_text(encoding="utf-8")


def test_record_of_one_format_keeps_that_of_another(tmp_path: Path) -> None:
    build_all(tmp_path, small(), formats=("docx",))
    build_all(tmp_path, small(), formats=("html",))
    assert set(json.loads((tmp_path / RECORD).read_text())["outputs"]) == {"docx", "html"}


@pytest.mark.parametrize("content", ["", "{", "[]", '{"outputs": 3}', '{"outputs": {"docx": 3}}', "null", "[" * 100_000, b"\xff\xfe"])
def test_record_that_is_broken_is_as_good_as_none(tmp_path: Path, content: str | bytes) -> None:
    _, problems = build_all(tmp_path, {**small(), RECORD: content})
    assert problems == []
    assert set(json.loads((tmp_path / RECORD).read_text())["outputs"]) == {"docx", "html"}


# ---------------------------------------------------------------- edits of a person


def kept(root: Path) -> dict[str, bytes]:
    """Return the backups by their paths in the folder of backups."""
    folder = root / ".shadowgen/backups"
    return {
        name.removeprefix(".shadowgen/backups/"): (root / name).read_bytes() for name in files_under(root, str(folder.relative_to(root)))
    }


def edit(path: Path) -> bytes:
    edited = path.read_bytes() + b"<!-- a day of work -->"
    path.write_bytes(edited)
    return edited


def test_word_file_is_packed_in_one_order_and_tells_no_day(tmp_path: Path) -> None:
    """Content types first, as the standard advises, the other parts by name; the year of the archive is the first that a ZIP file knows."""
    build_all(tmp_path, small(), formats=("docx",))
    with zipfile.ZipFile(tmp_path / DOCX) as archive:
        names = archive.namelist()
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert names[0] == "[Content_Types].xml" and names[1:] == sorted(names[1:]) and "word/document.xml" in names


def test_identical_rebuild_is_silent_and_gives_the_same_bytes(tmp_path: Path) -> None:
    build_all(tmp_path, small())
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    built, problems = build_all(tmp_path, small())
    assert problems == [] and len(built[0].files) == 2
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


def test_output_that_was_not_edited_is_replaced(tmp_path: Path) -> None:
    build_all(tmp_path, small("Old"))
    old = {name: (tmp_path / name).read_bytes() for name in (DOCX, HTML)}
    _, problems = build_all(tmp_path, small("New"))
    assert problems == []
    assert "New here" in text_of(tmp_path)
    assert kept(tmp_path) == {f"{DOCX}.001": old[DOCX], f"{HTML}.001": old[HTML]}


@pytest.mark.parametrize("words", ["Words", "New"])
def test_edited_output_is_left_as_it_is(tmp_path: Path, words: str) -> None:
    build_all(tmp_path, small())
    edited = edit(tmp_path / DOCX)
    for _ in range(2):
        built, problems = build_all(tmp_path, small(words))
        assert [(problem.rule.name, problem.origin) for problem in problems] == [("edited-output", Origin(DOCX))]
        assert "--force" in problems[0].hint and NEW in problems[0].hint
        assert (tmp_path / DOCX).read_bytes() == edited
        assert built[0].files == (HTML,)
    build_all(tmp_path / "clean", small(words))
    assert (tmp_path / NEW).read_bytes() == (tmp_path / "clean" / DOCX).read_bytes()


def test_new_output_beside_an_edited_one_is_kept_up_to_date_and_goes_when_the_edited_one_is_gone(tmp_path: Path) -> None:
    build_all(tmp_path, small("Old"))
    edit(tmp_path / DOCX)
    build_all(tmp_path, small("New"))
    first = (tmp_path / NEW).read_bytes()
    build_all(tmp_path, small("Newer"))
    second = (tmp_path / NEW).read_bytes()
    assert first != second
    (tmp_path / DOCX).rename(tmp_path / "output/report/mine.docx")
    assert build_all(tmp_path, small("Newer"))[1] == []
    assert (tmp_path / DOCX).read_bytes() == second
    assert files_under(tmp_path, "output") == ["output/report/mine.docx", DOCX, HTML]
    assert {name: data for name, data in kept(tmp_path).items() if ".new." in name} == {f"{NEW}.001": first, f"{NEW}.002": second}


def test_new_output_that_was_edited_too_is_left_as_it_is(tmp_path: Path) -> None:
    build_all(tmp_path, small("Old"))
    edit(tmp_path / DOCX)
    build_all(tmp_path, small("New"))
    edits = [edit(tmp_path / name) for name in (DOCX, NEW)]
    _, problems = build_all(tmp_path, small("Newer"))
    assert [(problem.rule.name, problem.origin) for problem in problems] == [("edited-output", Origin(DOCX))]
    assert "report.new.docx" in problems[0].message and "rename both" in problems[0].hint
    assert [(tmp_path / name).read_bytes() for name in (DOCX, NEW)] == edits
    assert build_all(tmp_path, small("Newer"), force=True)[1] == []
    assert (tmp_path / NEW).read_bytes() == edits[1]


def test_record_tells_the_paragraphs_of_the_word_file_that_stands_there(tmp_path: Path) -> None:
    """It is by them that the edits of a person find their way back; a page built later does not change what the Word file holds."""
    longer = small() | {"sections/articles/iccpr/19/two.yaml": finding("A third.")}
    build_all(tmp_path, small())
    edit(tmp_path / DOCX)
    build_all(tmp_path, longer)
    record = json.loads((tmp_path / RECORD).read_text())
    assert [entry["section"] for entry in record["paragraphs"]] == ["one", "one"]
    assert [entry["section"] for entry in record["new_paragraphs"]] == ["one", "one", "two"]
    build_all(tmp_path, longer, formats=("docx",), force=True)
    record = json.loads((tmp_path / RECORD).read_text())
    assert len(record["paragraphs"]) == 3 and "new_paragraphs" not in record


def test_output_without_a_record_is_taken_for_edited(tmp_path: Path) -> None:
    build_all(tmp_path, small("Old"))
    (tmp_path / RECORD).unlink()
    assert codes(build_all(tmp_path, small("New"))[1]) == ["edited-output"] * 2
    assert build_all(tmp_path, small("Old"))[1] == []


def test_force_replaces_an_edited_output_and_keeps_a_backup(tmp_path: Path) -> None:
    build_all(tmp_path, small())
    edited = edit(tmp_path / DOCX)
    _, problems = build_all(tmp_path, small("New"), force=True)
    assert problems == []
    assert kept(tmp_path)[f"{DOCX}.001"] == edited
    assert (tmp_path / ".shadowgen/backups/output/report").stat().st_mode & 0o777 == 0o700
    assert (tmp_path / DOCX).read_bytes() != edited
    assert build_all(tmp_path, small("Newer"))[1] == []


def test_at_most_five_backups_are_kept_and_they_are_the_last(tmp_path: Path) -> None:
    edits = []
    for round_ in range(7):
        build_all(tmp_path, small(f"Round{round_}"), formats=("html",), force=True)
        edits.append(edit(tmp_path / HTML))
    build_all(tmp_path, small("Last"), formats=("html",), force=True)
    copies = files_under(tmp_path, ".shadowgen/backups")
    assert [(tmp_path / copy).read_bytes() for copy in copies] == edits[-5:]
    assert [Path(copy).name for copy in copies] == [f"report.html.{number:03d}" for number in range(3, 8)]


def test_backups_of_one_output_do_not_push_out_those_of_another(tmp_path: Path) -> None:
    for language in ("ru", "en"):
        for _ in range(6 if language == "en" else 1):
            build_all(tmp_path, small(languages="[en, ru]"), formats=("html",), language=language, force=True)
            edit(tmp_path / ("output/report/report.ru.html" if language == "ru" else HTML))
            build_all(tmp_path, small(languages="[en, ru]"), formats=("html",), language=language, force=True)
    names = [Path(copy).name for copy in files_under(tmp_path, ".shadowgen/backups")]
    assert len([name for name in names if ".ru." in name]) == 1 and len(names) == 6


# ---------------------------------------------------------------- what stands where the output should go


@pytest.mark.parametrize("force", [False, True])
def test_link_is_neither_followed_nor_replaced(tmp_path: Path, force: bool) -> None:
    target = tmp_path / "elsewhere"
    target.write_text("precious")
    (tmp_path / HTML).parent.mkdir(parents=True)
    (tmp_path / HTML).symlink_to(target)
    _, problems = build_all(tmp_path, small(), force=force)
    assert [problem.origin for problem in problems if problem.is_error] == [Origin(HTML)]
    assert target.read_text() == "precious" and (tmp_path / HTML).is_symlink()


@pytest.mark.parametrize("what", ["dangling link", "folder", "pipe"])
@pytest.mark.parametrize("force", [False, True])
def test_what_is_no_file_is_told_as_such(tmp_path: Path, what: str, force: bool) -> None:
    import os

    path = tmp_path / HTML
    path.parent.mkdir(parents=True)
    {"dangling link": lambda: path.symlink_to("nowhere"), "folder": path.mkdir, "pipe": lambda: os.mkfifo(path)}[what]()
    with no_longer_than(30):
        _, problems = build_all(tmp_path, small(), force=force)
    assert [(problem.rule.name, problem.origin) for problem in problems] == [("cannot-write", Origin(HTML))]
    assert (tmp_path / DOCX).is_file()


@pytest.mark.parametrize("blocked", ["output", "output/report", ".shadowgen", ".shadowgen/builds"])
def test_file_in_place_of_a_folder_is_told(tmp_path: Path, blocked: str) -> None:
    _, problems = build_all(tmp_path, {**small(), blocked: "in the way"})
    assert set(codes(problems)) == {"cannot-write"}
    assert (tmp_path / blocked).read_text() == "in the way"


# ---------------------------------------------------------------- a layout that is refused


def refuse(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, target: str, replacement: Any, words: str = "New") -> list[Diagnostic]:
    """Build anew with one function replaced; nothing that stood there may change."""
    formats = ("pdf", "docx", "html")
    build_all(tmp_path, small("Old"), formats=formats)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file() and path.suffix != ".yaml"}
    monkeypatch.setattr(target, replacement)
    built, problems = build_all(tmp_path, small(words), formats=formats)
    assert built == []
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file() and path.suffix != ".yaml"} == before
    return problems


def test_lost_note_stops_the_build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from shadowgen.writers.pagenotes import LostNote

    problems = refuse(tmp_path, monkeypatch, "shadowgen.writers.pagenotes.lost_notes", lambda _: [LostNote("n1", 4, "it is cut off")])
    assert codes(problems) == ["lost-note"]
    assert "note 1 on page 4: it is cut off" in problems[0].message


def test_layout_warning_stops_the_build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import logging

    import weasyprint

    render = weasyprint.HTML.render

    def warning(*args: Any, **kwargs: Any) -> Any:
        logging.getLogger("weasyprint").warning("No glyph for %s", "x")
        return render(*args, **kwargs)

    problems = refuse(tmp_path, monkeypatch, "weasyprint.HTML.render", warning)
    assert [(problem.rule.name, problem.message) for problem in problems] == [("layout-warning", "No glyph for x")]


def test_letter_that_no_font_has_stops_the_build(tmp_path: Path) -> None:
    built, problems = build_all(tmp_path, small("A letter \U0010fffd that nobody has"), formats=("pdf",))
    assert (built, codes(problems)) == ([], ["layout-warning"])
    assert problems[0].message == "no font has '\U0010fffd' (U+10FFFD): paragraph 1, “A letter \U0010fffd that nobody has here.”"


def without_font(tmp_path: Path, body: str) -> list[str]:
    """Return what a build says of the letters of a text that no font has."""
    built, problems = build_all(tmp_path, small() | {"sections/articles/iccpr/19/one.yaml": finding(body)}, formats=("pdf",))
    assert built == []
    return [problem.message for problem in problems]


def test_letter_that_no_font_has_is_told_once_with_its_first_place(tmp_path: Path) -> None:
    assert without_font(tmp_path, "## A title \U000ffff0\n\nWords.^[Of a note \U000ffff1 and \U000ffff0.]") == [
        "no font has '\U000ffff0' (U+FFFF0): below the heading “A title \U000ffff0”, “A title \U000ffff0”",
        "no font has '\U000ffff1' (U+FFFF1): note 1, “Of a note \U000ffff1 and \U000ffff0.”",
    ]


def test_many_letters_that_no_font_has_are_not_all_told(tmp_path: Path) -> None:
    messages = without_font(tmp_path, " ".join(chr(0xF0000 + number) for number in range(14)))
    assert len(messages) == 11
    assert messages[-1] == "no font has 4 other letters either"


@pytest.mark.parametrize("reader", ["check_pdf", "check_docx", "check_html"])
def test_file_that_reads_back_otherwise_stops_the_build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, reader: str) -> None:
    found = [READ_BACK.at(Origin("report"), "note 1 has other words")]
    assert codes(refuse(tmp_path, monkeypatch, f"shadowgen.build.{reader}", lambda *_: found)) == ["read-back"]


def test_layout_that_asks_for_a_file_is_refused(tmp_path: Path) -> None:
    files = small() | {
        "templates/looks/mine/page.css": f'body {{ background: url("file://{tmp_path}/secret.png") }} @import url("http://127.0.0.1:9/x.css");',
        "templates/looks/mine/look.yaml": (Path(__file__).parents[1] / "templates/looks/un/look.yaml").read_text(encoding="utf-8"),
        "submissions/report.yaml": submission(look="mine"),
    }
    built, problems = build_all(tmp_path, files, formats=("pdf",))
    assert (built, set(codes(problems))) == ([], {"layout-warning"})
