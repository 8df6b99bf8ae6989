"""Whatever lies in a workspace: problems are told, and nothing ends in a traceback.

Of the pairs of a place and what lies there a fixed share is tried, in which every place and every content comes up;
with SHADOWGEN_SLOW=1 all of them.
"""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support import EXAMPLE, REPORT, example, finding, make_workspace, picture, submission
from test_build import no_longer_than
from test_cli import program, run

PLACES = (
    "sections/articles/iccpr/19/entry-bans.yaml",
    "sections/articles/iccpr/19/entry-bans.ru.yaml",
    "sections/sources/all.yaml",
    "sections/contributors/all.yaml",
    "sections/commitments/ccpr-c-kaz-co-1.yaml",
    "sections/terms/en.yaml",
    "submissions/report.yaml",
    "templates/shadow-report.md.j2",
    "templates/looks/un/look.yaml",
    "templates/looks/un/page.css",
    "templates/styles/un.yaml",
    "templates/profiles/open.yaml",
)

ENGLISH = example(report=REPORT.replace("[en, ru]", "[en]"))

CONTENTS: dict[str, bytes] = {
    "empty": b"",
    "blank": b"\n\n  \n",
    "null": b"null\n",
    "a word": b"word\n",
    "a list": b"- a\n- b\n",
    "a number": b"3\n",
    "numbers for keys": b"1: 2\n2: {3: 4}\n",
    "binary": bytes(range(256)) * 4,
    "a picture": picture(),
    "zeros": bytes(4096),
    "utf-16": "title: Заголовок\n".encode("utf-16"),
    "deep brackets": b"a: " + b"[" * 60_000,
    "deep mappings": b"".join(b" " * depth + b"a:\n" for depth in range(500)),
    "many keys": b"".join(b"key%d: 1\n" % number for number in range(400)),
    "long line": b"title: " + b"x" * 1_000_000,
    "large": b"# x\n" * 600_000,
    "conflict": b"<<<<<<< HEAD\ntitle: a\n=======\ntitle: b\n>>>>>>> other\n",
    "alias bomb": b"a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n",
    "html": b"<html><body>404</body></html>",
}


WHOLE_SUITE = bool(os.environ.get("SHADOWGEN_SLOW"))


def share(places: Sequence[str], one_of: int) -> list[tuple[str, str]]:
    """Return one of so many pairs of a place and a content, spread evenly; all of them if that is asked for."""
    pairs = [(at, place, number, content) for at, place in enumerate(places) for number, content in enumerate(CONTENTS)]
    return [(place, content) for at, place, number, content in pairs if WHOLE_SUITE or (at + number) % one_of == 0]


def told(root: Path, *commands: tuple[str, ...]) -> None:
    """Run commands on a workspace; each may find problems, none may fail or wait."""
    for words in commands or (("check",), ("build", "--format", "html,docx,md")):
        with no_longer_than(60):
            done = run(root, *words)
        assert done.exit_code in (0, 1), done.output
        assert done.exit_code == 0 or "SG" in done.output


@pytest.mark.parametrize(("place", "content"), share(PLACES, 4))
def test_any_file_may_hold_anything(tmp_path: Path, place: str, content: str) -> None:
    make_workspace(tmp_path, {**ENGLISH, place: CONTENTS[content]})
    told(tmp_path, ("check",))


@pytest.mark.parametrize(
    ("place", "content"), share(("templates/shadow-report.md.j2", "templates/looks/un/page.css", ".shadowgen/builds/report.json"), 3)
)
def test_any_file_that_only_a_build_reads_may_hold_anything(tmp_path: Path, place: str, content: str) -> None:
    make_workspace(tmp_path, {**ENGLISH, place: CONTENTS[content]})
    told(tmp_path, ("build", "--format", "html,docx"))


def links(root: Path) -> None:
    (root / "sections/articles/loop").symlink_to(root / "sections")
    (root / "sections/articles/iccpr/19/self.yaml").symlink_to("self.yaml")
    (root / "sections/articles/iccpr/19/nowhere.yaml").symlink_to("missing")
    (root / "submissions/loop").symlink_to("..")


def folders_named_as_files(root: Path) -> None:
    for name in ("sections/articles/x.yaml", "sections/sources/y.yaml", "submissions/z.yaml", "templates/shadow-report.md.j2"):
        (root / name).mkdir(parents=True)
    (root / "sections/articles/iccpr/19/pic.png").mkdir()


def pipes(root: Path) -> None:
    os.mkfifo(root / "sections/sources/pipe.yaml")
    os.mkfifo(root / "submissions/pipe.yaml")
    (root / "templates/looks/un").mkdir(parents=True)
    os.mkfifo(root / "templates/open-letter.md.j2")
    os.mkfifo(root / "templates/looks/un/look.yaml")


def odd_names(root: Path) -> None:
    for name in (
        b"\xff\xfe.yaml",
        "Ünïcode.yaml".encode(),
        b"with\nline.yaml",
        b"\x1b[31mred.yaml",
        b".yaml",
        b"a.b.c.yaml",
        b"con.yaml",
        b"-.yaml",
        b"A.YAML",
    ):
        path = os.path.join(os.fsencode(root), b"sections/articles/iccpr/19", name)
        with open(path, "wb") as stream:
            stream.write(b"title: x\n")


def deep_folders(root: Path) -> None:
    path = root / "sections/articles"
    for _ in range(60):
        path = path / "folder"
    path.mkdir(parents=True)
    (path / "deep.yaml").write_text(finding("Words."))


def files_for_folders(root: Path) -> None:
    for name in ("templates", "output", ".shadowgen"):
        (root / name).write_text("in the way")


def closed(root: Path) -> None:
    (root / "sections/sources/all.yaml").chmod(0)
    (root / "sections/articles/iccpr/7").chmod(0)


@pytest.mark.parametrize("harm", [links, folders_named_as_files, pipes, odd_names, deep_folders, files_for_folders, closed])
def test_any_kind_of_file_may_lie_anywhere(tmp_path: Path, harm: Callable[[Path], None]) -> None:
    make_workspace(tmp_path, EXAMPLE)
    harm(tmp_path)
    try:
        told(tmp_path)
    finally:
        (tmp_path / "sections/articles/iccpr/7").chmod(0o700)


def test_names_that_steer_a_terminal_or_cannot_be_printed_are_shown_safely(tmp_path: Path) -> None:
    make_workspace(tmp_path, EXAMPLE)
    odd_names(tmp_path)
    for coding in ("utf-8", "ascii"):
        done = program(tmp_path, "check", PYTHONIOENCODING=coding)
        assert done.returncode == 1
        assert "Traceback" not in done.stderr and "has a fault" not in done.stderr
        assert "\x1b" not in done.stderr and "red.yaml" in done.stderr


def test_linked_folders_are_not_read(tmp_path: Path) -> None:
    make_workspace(tmp_path / "outside", EXAMPLE)
    make_workspace(tmp_path / "w", {})
    (tmp_path / "w/sections/articles").symlink_to(tmp_path / "outside/sections/articles")
    assert "0 sections" in run(tmp_path / "w", "check").output


def test_a_file_of_a_linked_folder_takes_no_built_in_ones_place(tmp_path: Path) -> None:
    make_workspace(tmp_path / "outside", {"profiles/open.yaml": "a: 1\n"})
    workspace = make_workspace(tmp_path / "w", {})
    (workspace.root / "templates").symlink_to(tmp_path / "outside")
    assert (workspace.root / "templates/profiles/open.yaml").is_file()
    assert workspace.own_file("templates/profiles", "open.yaml") is None


@pytest.mark.parametrize(
    "body",
    [
        "> " * 3_000 + "deep",
        "\n".join("  " * depth + "- x" for depth in range(300)),
        "[" * 20_000,
        "*" * 20_000 + "a" + "*" * 20_000,
        "^[" * 5_000 + "x" + "]" * 5_000,
        "^[a ^[b] c] and [@adil-soz].",
        "[a ^[b] c]{.ru} *^[d [e]{internal}]* [^[f]](http://example.org)",
        "[x]{internal}" * 3_000,
        "| a " * 400 + "|\n" + "| - " * 400 + "|\n" + "| b " * 400 + "|",
        "::: case x\n" * 500 + ":::\n" * 500,
        "[@adil-soz]" * 500,
        "word " * 200_000,
        "[#entry-bans]" * 500,
        "{{x}}" * 500,
        "x" * 500_000,
        "\n\n".join(["## a", "#### b", "###### c"] * 300),
    ],
    ids=lambda body: body[:12].replace("\n", " "),
)
def test_any_prose_may_be_written(tmp_path: Path, body: str) -> None:
    make_workspace(tmp_path, example(torture=finding(body), report=submission(sections="[torture, blocked]")))
    told(tmp_path, ("check",))


@pytest.mark.parametrize(
    "pattern",
    ["*" * 60 + "b", "*a" * 25 + "*b", "[", "[!a", "**/**", "../../*", "/etc/*", "\\", "?", "*.yaml"],
)
@pytest.mark.parametrize("field", ["sections", "leave_out"])
def test_any_pattern_may_be_written(tmp_path: Path, field: str, pattern: str) -> None:
    long = "a" * 64
    files = {f"sections/articles/iccpr/19/{long}.yaml": finding("Words.")}
    fields = {"sections": f"['{long}', '{pattern}']"} if field == "sections" else {"leave_out": f"['{pattern}']"}
    make_workspace(tmp_path, {**files, "submissions/report.yaml": submission(**fields)})
    with no_longer_than(10):
        done = run(tmp_path, "check")
    assert done.exit_code in (0, 1), done.output
    assert "fault" not in done.output


WHOLE = [path for path, content in EXAMPLE.items() if isinstance(content, str)]


@settings(
    max_examples=400 if WHOLE_SUITE else 25,
    derandomize=not WHOLE_SUITE,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(st.sampled_from(WHOLE), st.randoms(use_true_random=False))
def test_any_damage_to_an_honest_file_is_told(tmp_path_factory: pytest.TempPathFactory, path: str, chance: random.Random) -> None:
    text = bytearray(str(EXAMPLE[path]).encode())
    for _ in range(chance.randint(1, 6)):
        at = chance.randrange(len(text))
        match chance.randrange(4):
            case 0:
                del text[at : at + chance.randint(1, 12)]
            case 1:
                text[at:at] = chance.choice(
                    [b"[", b"]", b"{", b"}", b"'", b'"', b"\n", b"  ", b"- ", b": ", b"^[", b"|", b"*", b"#", b"\t", b"\xff"]
                )
            case 2:
                text[at] = chance.randrange(256)
            case _:
                other = chance.randrange(len(text))
                text[at:at] = text[other : other + chance.randint(1, 40)]
    root = tmp_path_factory.mktemp("damaged")
    make_workspace(root, {**EXAMPLE, path: bytes(text)})
    done = run(root, "check")
    assert done.exit_code in (0, 1)
