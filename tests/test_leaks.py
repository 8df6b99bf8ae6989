"""Canaries: over a thousand words, each in a confidential place of its own; none above the audience in any byte that leaves, every other one there."""

from __future__ import annotations

import base64
import io
import json
import os
import re
import shutil
import signal
import tempfile
import zipfile
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Any

import canaries as planting
import pytest
from canaries import canaries, everything, leaked, word
from click.testing import CliRunner
from faults import Faults, faulty, in_child, kill
from support import build_all, finding, picture, submission

from shadowgen.cli import main
from shadowgen.records import AUDIENCES

FORMATS = ("docx", "pdf", "html", "md")
REPORT = "shadow-report"


@dataclass(frozen=True, slots=True)
class Run:
    """All builds for an audience: where, what was said, and what is left in the folder for temporary files."""

    root: Path
    said: str
    codes: tuple[int, ...]
    temporary: Path


def said(root: Path, *words: str) -> tuple[str, int]:
    """Call a command; return everything that it prints, and its code."""
    done = CliRunner().invoke(main, ["-C", str(root), *words])
    return done.output, done.exit_code


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Run]:
    """Six submissions for each audience: in three formats, in a second language, with results as data; one as every kind of PDF; and sealed."""
    found = {}
    for audience in AUDIENCES:
        root, temporary = tmp_path_factory.mktemp(audience), tmp_path_factory.mktemp("temporary")
        planting.make(root)
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("TMPDIR", str(temporary))
            patch.setattr(tempfile, "tempdir", None)
            build = ("build", "--audience", audience)
            done = [
                said(root, *build, "--format", "docx,html,md"),
                said(root, *build, "--format", "html", "--language", "ru", "--json"),
                said(root, *build, "--format", "pdf", "--print", "--draft", REPORT),
                said(root, "file", REPORT, "--audience", audience, "--language", "en", "--date", "2016-06-01"),
            ]
        found[audience] = Run(root, "".join(words for words, _ in done), tuple(code for _, code in done), temporary)
    return found


def outputs(run: Run) -> list[Path]:
    return sorted(path for path in (run.root / "output").rglob("*") if path.is_file())


@cache
def told_by(path: Path) -> str:
    """Return everything that a file tells, its name with it."""
    return everything(path.read_bytes(), path.suffix[1:]) + "\n" + path.name.lower()


def told_in(folder: Path, audience: str) -> dict[str, set[str]]:
    """Return the canaries above an audience by the file that tells them."""
    return {path.name: found for path in folder.rglob("*") if path.is_file() and (found := leaked(told_by(path), audience))}


# ---------------------------------------------------------------- the tests


def test_over_a_thousand_canaries_are_planted_at_every_level(runs: dict[str, Run]) -> None:
    planted = planting.planted(runs["public"].root) - canaries("\n".join(path.name for path in outputs(runs["public"])))
    assert len(planted) >= 2500
    for audience, least in (("public", 2000), ("committee", 1500), ("internal", 1000)):
        assert len({one for one in planted if one.endswith(planting.above(audience))}) >= least


@pytest.mark.parametrize("audience", AUDIENCES)
def test_nothing_above_the_audience_is_in_any_output(runs: dict[str, Run], audience: str) -> None:
    run = runs[audience]
    assert run.codes == (0,) * 4, run.said
    assert len(outputs(run)) == 6 * 4 + 3
    assert told_in(run.root / "output", audience) == {}


@pytest.mark.parametrize("audience", AUDIENCES)
def test_nothing_above_the_audience_is_said_or_kept_or_left_behind(runs: dict[str, Run], audience: str) -> None:
    run = runs[audience]
    assert leaked(run.said, audience) == set()
    for kept in (run.root / ".shadowgen", run.root / "submissions/filed"):
        assert [path for path in kept.rglob("*") if path.is_file()]
        assert told_in(kept, audience) == {}
    assert [path.name for path in run.temporary.rglob("*")] == []


def test_the_gate_before_the_outputs_has_nothing_to_hold_back(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """What is confidential is not there by construction: without the last scan nothing leaks either, until a guard before it falls."""
    planting.make(tmp_path)
    monkeypatch.setattr("shadowgen.build.hold_back", lambda *_: [])

    def found() -> dict[str, set[str]]:
        text, code = said(tmp_path, "build", "open-letter", "--audience", "committee", "--format", "docx,md")
        assert code == 0, text
        told_by.cache_clear()
        return told_in(tmp_path / "output", "committee")

    assert found() == {}
    for guard, fallen in (("shadowgen.library.may_read", lambda *_: True), ("shadowgen.persons.Person.naming", lambda *_: "name")):
        with monkeypatch.context() as patch:
            patch.setattr(guard, fallen)
            assert len(found()) == 2, guard


PRINTED = [
    "text", "emphasis", "strong", "note", "heading", "item", "deepitem", "quote", "attribution", "caption", "head", "cell", "box", "boxed",
    "figure", "title", "lead", "ask",
]  # fmt: skip
ONCE = {
    "public": ["pledge"],
    "committee": ["outer", "after", "link", "url", "chartcaption", "label"],
    "internal": [
        "nested", "outertwo", "innertwo", "citingnote", "wholenote", "link", "url", "foreign", "chartcaption", "label",
        *(f"unsaid{part}aa" for part in ("title", "body", "ask", "lead", "caption")),
    ],
}  # fmt: skip
OF_A_FINDING = ("title", "body", "ask", "lead", "caption")
OF_A_CONTRIBUTOR = ("title", "city", "about")


def printed(audience: str) -> set[str]:
    """Return every canary that a report for an audience must print, whatever its format."""
    levels = AUDIENCES[: AUDIENCES.index(audience) + 1]
    wanted = set().union(*(planting.words_of_person(number, audience) for number in range(planting.PERSONS)))
    for level in levels:
        wanted |= {f"zq{place}{level}" for place in (*PRINTED, *ONCE[level])}
        wanted |= {word(place, number, level) for place in OF_A_CONTRIBUTOR for number in range(planting.CONTRIBUTORS_OF_A_LEVEL)}
        for number in range(planting.FINDINGS_OF_A_LEVEL):
            wanted |= {word(kind + place, number, level) for kind in ("finding", "answer") for place in OF_A_FINDING}
            wanted -= {word("answertitle", number, level)}  # the recommendation is the heading
        for number in range(planting.SOURCES_OF_A_LEVEL):
            fields = planting.TYPES[planting.type_of(number)][0].split()
            wanted |= {word("source" + field, number, level) for field in fields}
    return wanted


@pytest.mark.parametrize("audience", AUDIENCES)
@pytest.mark.parametrize("ending", FORMATS)
def test_everything_that_the_audience_may_read_is_there(runs: dict[str, Run], audience: str, ending: str) -> None:
    stem = REPORT if audience == "public" else f"{REPORT}.{audience}"
    found = canaries(told_by(runs[audience].root / f"output/{REPORT}/{stem}.{ending}"))
    assert printed(audience) - found == set()


@pytest.mark.parametrize("ending", ["docx", "html", "md"])
def test_alternative_text_is_there(runs: dict[str, Run], ending: str) -> None:
    found = canaries(told_by(runs["public"].root / f"output/{REPORT}/{REPORT}.{ending}"))
    assert {"zqaltpublic", *(word("findingalt", number, "public") for number in range(planting.FINDINGS_OF_A_LEVEL))} - found == set()
    assert ("zqlogopublic" in found) == (ending != "md")


def test_the_search_finds_a_canary_in_every_carrier(runs: dict[str, Run]) -> None:
    """The tests above prove nothing if the search is blind."""
    import pikepdf

    hidden = "zqcontrolnever"
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.xml", "<t>zqcon</t><t>trolnever</t>")
    with pikepdf.open(runs["public"].root / f"output/{REPORT}/{REPORT}.pdf") as document:
        document.docinfo["/Author"] = hidden
        document.Root.Extra = document.make_stream(hidden.encode())
        inside = io.BytesIO()
        document.save(inside, object_stream_mode=pikepdf.ObjectStreamMode.generate, compress_streams=True)
    coded = base64.b64encode(picture(comment=hidden))
    for data, ending in ((packed.getvalue(), "docx"), (inside.getvalue(), "pdf"), (b"<img src='data:base64," + coded, "html")):
        assert hidden.encode() not in data
        assert hidden in leaked(everything(data, ending), "internal"), ending
    assert hidden in leaked(everything(hidden.encode("utf-16-be"), "md"), "internal")


@pytest.mark.parametrize("audience", AUDIENCES)
def test_files_carry_no_trace_of_who_made_them(runs: dict[str, Run], audience: str) -> None:
    import getpass
    import socket

    run = runs[audience]
    for path in outputs(run):
        text = told_by(path)
        for trace in (str(run.root).lower(), "file://", f"/home/{getpass.getuser()}", socket.gethostname().lower() + "."):
            assert trace not in text, (path.name, trace)


# ---------------------------------------------------------------- the other commands that write or show for an audience

READERS = ("public", "committee")
SHOWN = [
    ("find", "words", "--limit", "1000"), ("find", "theme:media", "--limit", "1000", "--json"), ("find", "--like", "zqopen", "--limit", "1000"),
    ("find", "zqcellinternal"), ("find", "zqcellcommittee", "--json"), ("links",), ("links", "--format", "json"), ("sources", "export"),
    ("coverage",), ("coverage", "--language", "ru", "--format", "html"), ("coverage", "--format", "csv"), ("coverage", "--format", "json"),
    ("recommendations",), ("recommendations", "--format", "html"), ("recommendations", "--format", "csv"), ("recommendations", "--format", "json"),
    ("budget", REPORT), ("budget", REPORT, "--json", "--to", "100"),
]  # fmt: skip


def leaked_beside_keys(text: str, audience: str) -> set[str]:
    """Return what is above the audience; keys of persons, which are shown wherever a person is not named, are not."""
    return {one for one in leaked(text, audience) if not one.startswith("zqpersonkey")}


@pytest.mark.parametrize("audience", READERS)
def test_no_command_shows_anything_above_the_audience_that_is_asked_for(runs: dict[str, Run], audience: str) -> None:
    told = {words: said(runs[audience].root, *words, "--audience", audience) for words in SHOWN}
    assert {words: done for words, done in told.items() if done[1] not in (0, 1)} == {}
    assert {words: found for words, (text, _) in told.items() if (found := leaked_beside_keys(text, audience))} == {}
    loud = [words for words, (text, _) in told.items() if canaries(text) and any(one.endswith(audience) for one in canaries(text))]
    assert len(loud) > len(SHOWN) // 2  # what the audience may read is shown


@pytest.mark.parametrize("audience", READERS)
def test_no_workbook_tells_anything_above_the_audience(runs: dict[str, Run], audience: str, tmp_path: Path) -> None:
    for name in ("coverage", "recommendations"):
        text, code = said(runs[audience].root, name, "--audience", audience, "-o", str(tmp_path / f"{name}.xlsx"))
        assert code == 0, text
        tables = everything((tmp_path / f"{name}.xlsx").read_bytes(), "docx")
        assert leaked_beside_keys(text + tables, audience) == set()
        assert canaries(tables)


@pytest.fixture(scope="module")
def changed(runs: dict[str, Run], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The workspace of each audience after the filing, with other words around every confidential one."""
    roots = {}
    for audience in READERS:
        run = runs[audience]
        root = roots[audience] = tmp_path_factory.mktemp("changed") / audience
        shutil.copytree(run.root, root)
        for path in (root / "sections/articles").rglob("*.yaml"):
            path.write_text(
                re.sub(r"(?<![\w#@])(zq\w+(?:public|committee|internal))(?=[ \].])", r"other \1", path.read_text("utf-8")), "utf-8"
            )
    return roots


@pytest.mark.parametrize("audience", READERS)
def test_history_of_what_was_filed_tells_only_what_its_readers_may_read(changed: dict[str, Path], audience: str) -> None:
    told = [said(changed[audience], "history", *words) for words in ((), ("zqopen",), ("zqopen", "--json"), (REPORT,))]
    assert [code for _, code in told] == [0] * len(told)
    passages = leaked_beside_keys("".join(text for text, _ in told), audience)
    assert {one for one in passages if not one.startswith("zqtitle")} == set()  # the heading is the title as we read it
    assert "zqtextpublic" in told[1][0] and "other" in told[1][0]  # the changed passages are shown


@pytest.mark.parametrize("audience", READERS)
def test_redline_holds_nothing_above_the_audience(changed: dict[str, Path], audience: str, tmp_path: Path) -> None:
    text, code = said(changed[audience], "redline", f"{REPORT}-2016-06-01", REPORT, "--audience", audience, "-o", str(tmp_path / "a.docx"))
    assert code == 0, text
    tracked = told_by(tmp_path / "a.docx")
    assert leaked(text + tracked, audience) == set()
    assert "<w:del " in tracked and f"zqtext{audience}" in tracked


# ---------------------------------------------------------------- what a killed build leaves

KILLS = [("write", 1), ("write", 2), ("fsync", 1), ("fsync", 3), ("close", 4)]


def test_a_killed_build_leaves_nothing_above_the_audience(tmp_path: Path) -> None:
    """Whatever lies in the workspace that no person wrote, and in the folder for temporary files, after each of several kills."""
    root, temporary, killed = tmp_path / "workspace", tmp_path / "temporary", 0
    temporary.mkdir()
    planting.make(root)
    written = set(planting.files())
    for name, number in KILLS:
        call = ("build", "open-letter", "--audience", "committee", "--format", "docx,html", "--force")
        (root / "sections/articles/iccpr/7/new.yaml").write_text(finding(f"New {name} {number}.", themes="[media]"), "utf-8")
        killed += in_child(partial(_built_and_killed, root, temporary, call, name, number)) == -signal.SIGKILL
        left = [path for path in root.rglob("*") if path.is_file() and path.relative_to(root).as_posix() not in written]
        assert {str(path): found for path in left if (found := leaked(told_by_now(path), "committee"))} == {}
        assert told_in(temporary, "committee") == {}
    assert killed == len(KILLS)


def told_by_now(path: Path) -> str:
    """Return what a file tells that may be half of one."""
    try:
        return told_by.__wrapped__(path)
    except Exception:
        return everything(path.read_bytes(), "")


def _built_and_killed(root: Path, temporary: Path, call: tuple[str, ...], name: str, number: int) -> None:
    os.environ["TMPDIR"], tempfile.tempdir = str(temporary), None
    count = 0

    def at(_: int, called: str) -> Any:
        nonlocal count
        count += called == name
        return kill if called == name and count == number else None

    with faulty(Faults(at, half=True)):
        said(root, *call)


# ---------------------------------------------------------------- blocks of nothing else


MIXED = """\
The first paragraph. See [#last, paras].

[A paragraph.]{internal}{#gone}

[A paragraph]{internal} [of two levels [@secret]]{committee}.

## [A heading]{internal}

- one
- [an item]{internal}
- two
- [an item]{internal}
  1. of a list inside
  2. and another

a) [a list of nothing else;]{internal}
b) [and *its* second item.]{committee}

> [A quotation.]{internal}
>
> -- Somebody

::: case A title
[In a box.]{internal}

- [and a list]{internal}
:::

Table: A caption

| [Name]{internal} | Year | Place |
| ---- | ---- | ----- |
| [A]{internal} | 2014 | Almaty |
| [B]{internal} | [2015]{internal} | [Astana]{internal} |
|      | 2016 | [Aktau]{internal} |

Table: Of nothing else

| Name |
| ---- |
| [A]{internal} |

The last paragraph.{#last}
"""

OPEN = """\
The first paragraph. See [#last, paras].

- one
- two
- of a list inside
- and another

Table: A caption

| Year | Place |
| ---- | ----- |
| 2014 | Almaty |
| 2016 |       |

The last paragraph.{#last}
"""


def built_with(root: Path, body: str, asks: str) -> dict[str, bytes]:
    """Build a section for the public; return the files by format."""
    section = finding(body, asks=asks)
    secret = "secret: {type: book, author: A, title: T, date: 2014}\n"
    files = {"sections/articles/iccpr/7/a.yaml": section, "sections/sources/s.yaml": secret, "submissions/report.yaml": submission()}
    built, problems = build_all(root, files, formats=FORMATS)
    assert [str(problem) for problem in problems if problem.is_error] == []
    return {Path(file).suffix: (root / file).read_bytes() for file in built[0].files}


def test_what_has_no_words_left_vanishes_with_its_number(tmp_path: Path) -> None:
    """Byte for byte the document of a writer who never knew of it."""
    mixed = built_with(tmp_path / "mixed", MIXED, "['[a]{internal}', b, '[c]{committee}.', d]")
    assert mixed == built_with(tmp_path / "open", OPEN, "[b, d]")


def test_record_names_the_places_in_the_file_whatever_is_dropped(tmp_path: Path) -> None:
    built_with(tmp_path, "One.\n\n[Two.]{internal}\n\nThree.", "['[a]{internal}', b]")
    record = json.loads((tmp_path / ".shadowgen/builds/report.json").read_text(encoding="utf-8"))["paragraphs"]
    assert [(one["part"], one["place"]) for one in record] == [("body", 1), ("body", 3), ("asks_lead", 1), ("asks", 2)]


def test_a_lead_goes_with_the_last_of_its_asks(tmp_path: Path) -> None:
    assert built_with(tmp_path / "a", "One.", "['[a]{internal}', '[b]{committee}']") == built_with(tmp_path / "b", "One.", "[]")
