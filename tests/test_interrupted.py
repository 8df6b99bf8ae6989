"""A process killed at any call, a full or failing disk, two builds at once, a person who saves at the worst moment: nothing is lost, and it is told.

What a build, an import, `sources add` and `clean` do to the disk is run again and again, each time with another call that fails.
"""

from __future__ import annotations

import errno
import json
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from faults import Faults, blow_at, faulty, fork, in_child, kill, raising
from support import build_all, codes, load, make_workspace
from test_build import DOCX, HTML, RECORD, files_under, small

from shadowgen import build as building
from shadowgen.bibliography.adding import add_source
from shadowgen.bibliography.importing import import_sources
from shadowgen.cli import main
from shadowgen.cli.scanning import _put as put_cleaned
from shadowgen.compose import compose
from shadowgen.diagnostics import Diagnostic
from shadowgen.importing.drafting import Wanted
from shadowgen.importing.run import _write, findings
from shadowgen.outputs import Outputs
from shadowgen.readers.anything import read_anything
from shadowgen.safewrite import alone, exchange, put, sha256
from shadowgen.safewrite.locking import writing_in
from shadowgen.workspace import Workspace

PDF = "output/report/report.pdf"
OUTPUTS = (DOCX, PDF, HTML)
Contents = dict[str, bytes]


def contents(root: Path) -> Contents:
    return {name: (root / name).read_bytes() for name in OUTPUTS}


def leftovers(root: Path) -> list[str]:
    return [path.name for path in root.rglob("*.shadowgen-part")]


@dataclass(frozen=True)
class Build:
    """A build that is composed and drawn, and has yet to write."""

    composition: Any
    drawn: dict[str, bytes]

    @property
    def outputs(self) -> Contents:
        return {name: self.drawn[name.rsplit(".", 1)[1]] for name in OUTPUTS}

    def place(self, root: Path, **job: Any) -> list[Diagnostic]:
        """Do what is left of the build: everything that it writes."""
        outputs = Outputs(Workspace(root), self.composition.plan, "en", "public")
        return building._put_in_place(outputs, self.composition, self.drawn, building.Job(**job))[1]


def drawn(root: Path, words: str) -> Build:
    library = load(root, small(words))
    composition, _ = compose(library, library.plans["report"], "en", "public")
    assert composition is not None
    made, _, problems = building._draw(composition, building.Job(formats=("docx", "pdf", "html")))
    assert problems == []
    return Build(composition, made)


@dataclass(frozen=True)
class Stage:
    """Three builds of other words, and a workspace in which the first stands."""

    root: Path
    old: Build
    new: Build
    newer: Build

    def fresh(self, root: Path) -> Path:
        shutil.rmtree(root, ignore_errors=True)
        return Path(shutil.copytree(self.root, root))

    def calls(self, root: Path) -> list[str]:
        """Return the names of the calls by which the second build writes."""
        self.fresh(root)
        with faulty(Faults()) as seen:
            assert self.new.place(root) == []
        return seen.seen


@pytest.fixture(scope="module")
def memory() -> Iterator[Path]:
    """A folder in memory where there is one: a killed process loses nothing that the system has, so a real disk would only be slow."""
    with tempfile.TemporaryDirectory(dir="/dev/shm" if Path("/dev/shm").is_dir() else None) as folder:
        yield Path(folder)


@pytest.fixture
def disk(memory: Path) -> Iterator[Path]:
    """A folder of one test."""
    with tempfile.TemporaryDirectory(dir=memory) as folder:
        yield Path(folder)


@pytest.fixture(scope="module")
def stage(memory: Path) -> Stage:
    root = memory / "stage"
    old, new, newer = (drawn(root / "w", words) for words in ("Old", "New", "Newer"))
    assert old.place(root / "w") == []
    assert all(len({one.outputs[name] for one in (old, new, newer)}) == 3 for name in OUTPUTS)
    return Stage(root / "w", old, new, newer)


def test_the_stage_writes_what_a_whole_build_writes(stage: Stage, disk: Path) -> None:
    with faulty(Faults()) as seen:
        _, problems = build_all(stage.fresh(disk / "w"), small("New"), formats=("docx", "pdf", "html"))
    assert problems == []
    calls = stage.calls(disk / "x")
    assert seen.seen[seen.seen.index("flock") :] == calls[calls.index("flock") :]
    assert contents(disk / "w") == stage.new.outputs


# ---------------------------------------------------------------- killed


def assert_next_build_works(stage: Stage, root: Path, point: object) -> None:
    """After whatever was done to the second build: nothing is broken, and the third one finds its way."""
    found = contents(root)
    assert all(found[name] in (stage.old.outputs[name], stage.new.outputs[name]) for name in OUTPUTS), point
    if (root / RECORD).exists():
        json.loads((root / RECORD).read_bytes())
    whole = {data for one in (stage.old, stage.new) for data in one.outputs.values()}
    assert all(path.read_bytes() in whole for path in (root / ".shadowgen/backups").rglob("*") if path.is_file() and not leftovers(path)), (
        point
    )
    assert [str(one) for one in stage.newer.place(root)] == [], point
    assert contents(root) == stage.newer.outputs, point
    assert leftovers(root) == [], point
    record = json.loads((root / RECORD).read_bytes())
    assert record["outputs"] == {name: sha256(data) for name, data in stage.newer.drawn.items()}, point
    assert "pending" not in record


@pytest.mark.parametrize("half", [False, True])
def test_build_killed_at_any_call_leaves_old_or_new_and_the_next_one_works(stage: Stage, disk: Path, half: bool) -> None:
    """Killed before each call, and after half of each write. The next build knows the outputs of both for its own."""
    calls = stage.calls(disk / "w")
    points = [number for number, name in enumerate(calls, 1) if name == "write" or not half]
    assert half or len(points) >= 95
    for point in points:
        root = stage.fresh(disk / "w")

        def die(at: int = point, root: Path = root) -> None:
            with faulty(Faults(blow_at(at, kill), half=half)):
                stage.new.place(root)

        assert in_child(die) == -signal.SIGKILL
        assert_next_build_works(stage, root, (point, calls[point - 1]))


def test_two_builds_killed_one_after_the_other_leave_no_output_unknown(stage: Stage, disk: Path) -> None:
    """What the first put in place is not forgotten by the second before it has replaced it."""
    count = len(stage.calls(disk / "w"))
    chosen = random.Random(7)
    for _ in range(40):
        root, first, second = stage.fresh(disk / "w"), chosen.randrange(1, count + 1), chosen.randrange(1, count - 8)
        for build, at in ((stage.new, first), (stage.newer, second)):

            def die(build: Build = build, at: int = at, root: Path = root) -> None:
                with faulty(Faults(blow_at(at, kill))):
                    build.place(root)

            assert in_child(die) == -signal.SIGKILL
        assert [str(one) for one in stage.old.place(root)] == [], (first, second)
        assert contents(root) == stage.old.outputs and leftovers(root) == []


def test_what_a_person_writes_after_a_killed_build_is_not_overwritten(stage: Stage, disk: Path) -> None:
    calls = stage.calls(disk / "w")
    for point in [number for number, name in enumerate(calls, 1) if name in ("exchange", "fsync", "write")]:
        root = stage.fresh(disk / "w")

        def die(at: int = point, root: Path = root) -> None:
            with faulty(Faults(blow_at(at, kill))):
                stage.new.place(root)

        in_child(die)
        (root / DOCX).write_bytes(b"a day of work")
        found = stage.newer.place(root)
        assert [(problem.rule.name, problem.origin.file) for problem in found] == [("edited-output", DOCX)], point
        assert (root / DOCX).read_bytes() == b"a day of work"
        assert (root / "output/report/report.new.docx").read_bytes() == stage.newer.outputs[DOCX]


OLD_REPORT = (
    b"# Freedom of expression (article 19)\n\nThree reporters were turned back.[^1]\n\nWe ask to stop.\n\n[^1]: A. Author, A Book (2014).\n"
)
ITEM = {"id": "book-1", "type": "book", "title": "Quite another", "author": [{"literal": "B. Writer"}], "issued": {"date-parts": [[2011]]}}


def run(root: Path, *words: str) -> Callable[[], None]:
    return lambda: main(["-C", str(root), *words])


def alone_do(root: Path, write: Callable[[], list[Diagnostic]]) -> Callable[[], None]:
    """Return how a command writes: alone in the workspace."""

    def work() -> None:
        with alone(root) as found:
            assert found + write() == []

    return work


def importing(root: Path) -> Callable[[], None]:
    library, wanted = load(root, {}), Wanted("old", "old.md")
    found = findings(read_anything(OLD_REPORT, ".md", "accept"), library, wanted)
    return alone_do(root, lambda: _write(found, library, wanted)[1])


def adding(root: Path) -> Callable[[], None]:
    library = load(root, {})
    return alone_do(root, lambda: add_source(library, "CCPR/C/KAZ/CO/2", "2026-01-01", key="", type="", given={}, into="s").problems)


def taking_in(root: Path) -> Callable[[], None]:
    library = load(root, {})
    return alone_do(root, lambda: import_sources(library, json.dumps([ITEM]).encode(), "z.json", into="s").problems)


def cleaning(root: Path) -> Callable[[], None]:
    return lambda: put_cleaned(root / "sent.docx", root / "sent.docx", b"told too much", b"clean", root)


COMMANDS = {"import": importing, "sources add": adding, "sources import": taking_in, "clean": cleaning}


def stage_command(root: Path) -> Path:
    """Make a workspace that each command has something to do in."""
    shutil.rmtree(root, ignore_errors=True)
    make_workspace(root, small() | {"old.md": OLD_REPORT, "zotero.json": json.dumps([ITEM]), "sent.docx": b"told too much"})
    return root


def files(root: Path) -> dict[str, bytes]:
    return {name: (root / name).read_bytes() for name in files_under(root, "") if not name.startswith(".shadowgen/")}


@pytest.mark.parametrize("name", COMMANDS)
def test_command_killed_at_any_call_leaves_each_file_old_or_new_and_the_next_build_works(disk: Path, name: str) -> None:
    before = files(stage_command(disk / "w"))
    calls = calls_of(disk, COMMANDS[name](disk / "w"))
    after = files(disk / "w")
    built: list[set[str]] = []
    assert after != before
    for point in range(1, len(calls) + 1):
        root = stage_command(disk / "w")
        work = COMMANDS[name](root)

        def die(at: int = point, work: Callable[[], None] = work) -> None:
            with faulty(Faults(blow_at(at, kill))):
                work()

        assert in_child(die) == -signal.SIGKILL, point
        with alone(root) as problems:
            assert (problems, leftovers(root)) == ([], []), point
        found = files(root)
        assert before.keys() <= found.keys()
        assert all(data in (before.get(file), after.get(file)) for file, data in found.items()), point
        if found.keys() not in built:  # what was written up to then is a library that builds
            built.append(set(found))
            assert in_child(run(root, "build", "report", "--format", "md")) == 0, point


def calls_of(disk: Path, work: Callable[[], None]) -> list[str]:
    """Do something in a child that must end well; return the names of its calls."""

    def listed() -> None:
        faults = Faults()
        try:
            with faulty(faults):
                work()
        finally:
            (disk / "calls").write_text(" ".join(faults.seen))

    assert in_child(listed) == 0
    return (disk / "calls").read_text().split()


# ---------------------------------------------------------------- stopped by Ctrl-C


def test_build_stopped_by_ctrl_c_ends_with_130_and_leaves_old_or_new(
    stage: Stage, disk: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    as_drawn(stage.new, monkeypatch)
    calls = calls_of(disk, run(stage.fresh(disk / "w"), "build", "--format", "docx,pdf,html"))
    for point in range(calls.index("flock") + 1, len(calls) + 1, 3):
        root = stage.fresh(disk / "w")

        def stop(at: int = point, root: Path = root) -> None:
            signal.signal(signal.SIGINT, signal.default_int_handler)
            with faulty(Faults(blow_at(at, lambda: os.kill(os.getpid(), signal.SIGINT)))):
                run(root, "build", "--format", "docx,pdf,html")()

        assert in_child(stop) == 130, (point, capfd.readouterr())
        assert_next_build_works(stage, root, (point, calls[point - 1]))
    told = capfd.readouterr().err
    assert "stopped: every file is as it was, or finished" in told and "Traceback" not in told


def as_drawn(build: Build, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the command `build` write what is drawn already."""
    monkeypatch.setattr(building, "compose", lambda *_: (build.composition, []))
    monkeypatch.setattr(building, "_draw", lambda *_: (build.drawn, 1, []))
    monkeypatch.setattr(building, "hold_back", lambda *_: [])


# ---------------------------------------------------------------- disks that are full, closed or failing

ENOSPC, EDQUOT, EIO, EACCES, EROFS, ENAMETOOLONG, EFBIG = (
    errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EACCES, errno.EROFS, errno.ENAMETOOLONG, errno.EFBIG,
)  # fmt: skip
REMEDY = {
    ENOSPC: "free some space", EDQUOT: "your share of the disk", EIO: "copy your files to another", EACCES: "write to another folder",
    EROFS: "write to another folder", ENAMETOOLONG: "choose a shorter name", EFBIG: "write to another folder",
}  # fmt: skip
FAULTS = [
    *(("create", error) for error in (ENOSPC, EDQUOT, EIO, EACCES, EROFS, ENAMETOOLONG)),
    *(("write", error) for error in (ENOSPC, EDQUOT, EIO, EFBIG)),
    *(("fsync", error) for error in (ENOSPC, EIO, EDQUOT)),
    *(("exchange", error) for error in (ENOSPC, EIO, EACCES, EROFS)),
]


@pytest.mark.parametrize("number", range(1, 5))
@pytest.mark.parametrize(("call", "error"), FAULTS)
def test_disk_that_fails_at_any_write_of_a_build_leaves_the_old_file_and_is_told(
    stage: Stage, disk: Path, monkeypatch: pytest.MonkeyPatch, call: str, error: int, number: int
) -> None:
    """The files are written in this order: the record, the three outputs, the record. The one that fails is as it was; the others are new."""
    as_drawn(stage.new, monkeypatch)
    root = stage.fresh(disk / "w")
    if call == "fsync":
        number = (1, 3, 6, 9)[number - 1]  # each write flushes its file, its folder, and the folder of backups; folders may refuse
    with faulty(Faults(raising(call, number, error), half=True)):
        done = CliRunner().invoke(main, ["-C", str(root), "build", "--format", "docx,pdf,html", "--json"])
    assert done.exit_code == 1
    told = json.loads(done.output)
    assert [(one["rule"], REMEDY[error] in one["hint"]) for one in told["problems"]] == [("cannot-write", True)]
    failed, found = told["problems"][0]["file"], contents(root)
    kept = [name for name in OUTPUTS if found[name] == stage.old.outputs[name]]
    assert kept == ([failed] if failed in OUTPUTS else list(OUTPUTS))
    assert [name for one in told["built"] for name in one["files"]] == [name for name in OUTPUTS if name not in kept]
    assert leftovers(root) == []
    assert_next_build_works(stage, root, (call, error, number))


ONE_WRITE = {
    "import": ("import", "old.md"),
    "sources add": ("sources", "add", "CCPR/C/KAZ/CO/2", "--into", "s"),
    "sources import": ("sources", "import", "zotero.json", "--into", "s"),
    "coverage": ("coverage", "-o", "c.html"),
    "export": ("sources", "export", "-o", "e.json"),
    "new": ("new", "section", "another"),
    "init": ("init", "there"),
}


@pytest.mark.parametrize("name", ONE_WRITE)
def test_full_or_closed_disk_makes_any_command_that_writes_say_so(
    disk: Path, name: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever it is that fails, and for good: exit 1, a remedy, and no file that is not whole."""
    before = files(stage_command(disk / "w"))
    monkeypatch.chdir(disk / "w")
    for call, error in [one for one in FAULTS if one[0] in ("create", "write", "fsync")]:
        with faulty(Faults(raising(call, 1, error, ever=True), half=True)), pytest.raises(SystemExit) as end:
            run(disk / "w", *ONE_WRITE[name])()
        told = "".join(capsys.readouterr())
        assert end.value.code == 1, (call, error)
        assert REMEDY[error] in told and "cannot-write" in told and "Traceback" not in told and "has a fault" not in told
        assert "wrote" not in told and "made " not in told
        assert files(disk / "w") == before
        assert leftovers(disk / "w") == []


def test_disk_that_gives_back_something_else_is_told(stage: Stage, disk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Exit 0 means: written, read back, in place."""
    as_drawn(stage.new, monkeypatch)
    root = stage.fresh(disk / "w")

    def spoil() -> None:
        (root / HTML).write_bytes(b"zeros")

    calls = stage.calls(disk / "x")
    last = max(number for number, name in enumerate(calls, 1) if name == "exchange")
    with faulty(Faults(blow_at(last + 4, spoil))):
        done = CliRunner().invoke(main, ["-C", str(root), "build", "--format", "docx,pdf,html"])
    assert done.exit_code == 1 and "not-in-place" in done.output and HTML in done.output


@pytest.mark.parametrize("size", [0, 1, 4096])
def test_disk_that_ends_within_a_file_leaves_the_old_one(stage: Stage, disk: Path, size: int) -> None:
    """The system itself refuses to write more than `size` bytes into any file."""
    root = stage.fresh(disk / "w")
    make_workspace(root, small("New"))
    done = subprocess.run(
        [sys.executable, "-m", "shadowgen", "-C", str(root), "build", "--format", "docx,html"], capture_output=True, text=True, timeout=120,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size)),
    )  # fmt: skip
    assert done.returncode == 1
    assert "cannot-write" in done.stderr and "Traceback" not in done.stderr
    assert contents(root) == stage.old.outputs and leftovers(root) == []


def test_file_system_that_cannot_exchange_files_keeps_backups_all_the_same(
    stage: Stage, disk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exchange, "_system_call", lambda: None)
    root = stage.fresh(disk / "w")
    assert stage.new.place(root) == []
    assert contents(root) == stage.new.outputs
    assert {path.read_bytes() for path in (root / ".shadowgen/backups").rglob("*") if path.is_file()} == set(stage.old.outputs.values())
    (root / DOCX).write_bytes(b"a day of work")
    assert codes(stage.newer.place(root)) == ["edited-output"]
    assert (root / DOCX).read_bytes() == b"a day of work"


# ---------------------------------------------------------------- two at once


def test_two_builds_at_once_and_a_reader_who_never_sees_half_a_file(stage: Stage, disk: Path) -> None:
    root, rounds = stage.fresh(disk / "w"), 25
    whole = {name: {one.outputs[name] for one in (stage.old, stage.new, stage.newer)} for name in OUTPUTS}

    def builder(*builds: Build) -> Callable[[], None]:
        return lambda: sys.exit(sum(len(build.place(root)) for _ in range(rounds) for build in builds))

    working = {fork(builder(stage.new, stage.newer)), fork(builder(stage.newer, stage.new))}
    reads, codes_ = 0, []
    while working:
        for name in OUTPUTS:
            assert (root / name).read_bytes() in whole[name]
            reads += 1
        child, status = os.waitpid(-1, os.WNOHANG)
        working -= {child}
        codes_ += [os.waitstatus_to_exitcode(status)] if child else []
    assert codes_ == [0, 0]
    assert reads > 100
    assert contents(root) in (stage.new.outputs, stage.newer.outputs)
    record = json.loads((root / RECORD).read_bytes())["outputs"]
    assert record == {name.rsplit(".", 1)[1]: sha256(data) for name, data in contents(root).items()}
    assert max(len(list(folder.glob("report.docx.*"))) for folder in (root / ".shadowgen/backups").rglob("*") if folder.is_dir()) == 5


def edit_in_place(path: Path, words: bytes) -> Callable[[], object]:
    return lambda: path.write_bytes(words)


def edit_by_renaming(path: Path, words: bytes) -> Callable[[], object]:
    """As Word saves: a new file beside, then a rename over the old one."""

    def save() -> None:
        (beside := path.with_name("~saving.tmp")).write_bytes(words)
        beside.rename(path)

    return save


@pytest.mark.parametrize("save", [edit_in_place, edit_by_renaming])
def test_person_who_saves_at_any_moment_of_a_build_keeps_the_words_in_place(
    stage: Stage, disk: Path, save: Callable[[Path, bytes], Callable[[], object]]
) -> None:
    """Before, during and after the exchange; and the next build leaves them in place too."""
    calls = stage.calls(disk / "w")
    for point in range(1, len(calls) + 1):
        root, words = stage.fresh(disk / "w"), b"a day of work %d" % point
        with faulty(Faults(blow_at(point, save(root / DOCX, words)))):
            stage.new.place(root)
        assert (root / DOCX).read_bytes() == words, (point, calls[point - 1])
        assert leftovers(root) == []
        assert codes(stage.newer.place(root)) == ["edited-output"]
        assert (root / DOCX).read_bytes() == words


def test_person_who_saves_twice_within_an_exchange_keeps_both(stage: Stage, disk: Path) -> None:
    """Just before the exchange, and just before it is undone: the later words stand there, the earlier are a backup."""
    root, count = stage.fresh(disk / "w"), 0
    saves = {2: edit_in_place(root / DOCX, b"first"), 3: edit_by_renaming(root / DOCX, b"second")}

    def at(_: int, name: str) -> Callable[[], object] | None:
        nonlocal count
        count += name == "exchange"
        return saves.pop(count, None) if name == "exchange" else None

    with faulty(Faults(at)):
        assert codes(stage.new.place(root)) == ["edited-output"]
    assert (root / DOCX).read_bytes() == b"second"
    assert (root / ".shadowgen/backups" / f"{DOCX}.001").read_bytes() == b"first"


def test_program_that_has_the_file_open_and_writes_later_does_not_lose_it(stage: Stage, disk: Path) -> None:
    """Its words go to the file that it opened: that is the output until the exchange, and the backup after it."""
    calls = stage.calls(disk / "w")
    places = set()
    for point in range(1, len(calls) + 1):
        root, words = stage.fresh(disk / "w"), b"a day of work %d" % point
        with (root / DOCX).open("r+b", buffering=0) as opened, faulty(Faults(blow_at(point, partial(opened.write, words)))):
            stage.new.place(root)
        found = [path for path in root.rglob("report.docx*") if path.read_bytes().startswith(words)]
        assert found, (point, calls[point - 1])
        places |= {path.relative_to(root).parts[0] for path in found}
    assert places == {"output", ".shadowgen"}


@pytest.mark.parametrize("name", ["sources add", "sources import"])
@pytest.mark.parametrize("save", [edit_in_place, edit_by_renaming])
def test_person_who_saves_a_file_of_sources_while_entries_are_added_keeps_it(
    disk: Path, name: str, save: Callable[[Path, bytes], Callable[[], object]]
) -> None:
    calls = calls_of(disk, COMMANDS[name](stage_command(disk / "w")))
    file = disk / "w/sections/sources/s.yaml"
    for point in range(1, len(calls) + 1):
        work, words = COMMANDS[name](stage_command(disk / "w")), b"# a day of work\n"
        with faulty(Faults(blow_at(point, save(file, words)))):
            try:
                work()
            except AssertionError as told:  # what alone_do says of problems
                assert "changed-meanwhile" in str(told) or "not-in-place" in str(told)
        assert file.read_bytes().startswith(words), (point, calls[point - 1])


def test_new_file_that_appears_at_the_last_moment_is_not_replaced(disk: Path) -> None:
    target = disk / "new.yaml"
    with faulty(Faults()) as seen:
        assert put(target, b"ours", "new.yaml", known=()) == []
    for can_exchange in (True, False):
        for point in range(1, len(seen.seen) + 1):
            target.unlink(missing_ok=True)
            with pytest.MonkeyPatch.context() as patch, faulty(Faults(blow_at(point, edit_in_place(target, b"theirs")))):
                if not can_exchange:
                    patch.setattr(exchange, "_system_call", lambda: None)
                put(target, b"ours", "new.yaml", known=())
            assert target.read_bytes() == b"theirs", (point, seen.seen[point - 1])


def test_bytes_are_on_the_disk_before_they_have_the_name_and_the_name_before_it_is_told(disk: Path) -> None:
    """What a loss of power would need; the calls of one write of a new file, and of one that is replaced."""
    (disk / "old").write_bytes(b"0")
    for name, rename in (("new", "replace"), ("old", "exchange")):
        with faulty(Faults()) as faults:
            assert put(disk / name, b"1", name, backups=disk / "b") == []
        calls = faults.seen
        assert calls.index("write") < calls.index("fsync") < calls.index(rename)
        assert "fsync" in calls[len(calls) - calls[::-1].index(rename) :]


# ---------------------------------------------------------------- locks and leftovers


def holder(root: Path) -> int:
    """Return the process that holds the lock of a workspace until it is killed."""
    ready, tell = os.pipe()

    def hold() -> None:
        with alone(root):
            os.write(tell, b"!")
            time.sleep(60)

    child = fork(hold)
    assert os.read(ready, 1) == b"!"
    return child


def test_command_that_adds_waits_for_another_one_and_loses_no_entry(disk: Path) -> None:
    root = stage_command(disk / "w")
    file = root / "sections/sources/s.yaml"
    other = holder(root)
    working = [fork(run(root, "sources", "add", f"CCPR/C/KAZ/CO/{number}", "--into", "s")) for number in range(1, 4)]
    time.sleep(0.5)
    assert b"CCPR" not in file.read_bytes()
    os.kill(other, signal.SIGKILL)
    assert [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in (other, *working)] == [-signal.SIGKILL, 0, 0, 0]
    assert file.read_text().count("symbol: CCPR/C/KAZ/CO/") == 3


def test_lock_that_is_not_let_go_is_told_with_its_process_and_taken_over_when_that_is_dead(
    stage: Stage, disk: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    as_drawn(stage.new, monkeypatch)
    monkeypatch.setattr("shadowgen.safewrite.locking.PATIENCE", 0.1)
    root = stage.fresh(disk / "w")
    child = holder(root)
    with alone(root, 0.1) as problems:
        assert codes(problems) == ["busy-workspace"]
        assert "wait until it has finished" in problems[0].hint
        if Path("/proc/locks").exists():
            assert f"(process {child})" in problems[0].message
    assert contents(root) == stage.old.outputs
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    assert stage.new.place(root) == []


def test_where_there_are_no_locks_it_is_told_and_written_all_the_same(stage: Stage, disk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "fcntl", None)
    root = stage.fresh(disk / "w")
    assert codes(stage.new.place(root)) == ["no-lock"]
    assert contents(root) == stage.new.outputs


def test_what_another_build_is_writing_is_not_cleared_away_and_what_is_not_ours_neither(stage: Stage, disk: Path) -> None:
    root = stage.fresh(disk / "w")
    folder = root / "output/report"
    (folder / ".precious.shadowgen-part").mkdir()
    (folder / "notes.shadowgen-part").write_bytes(b"a person's")
    with writing_in(folder):
        (other := folder / ".12345678.shadowgen-part").write_bytes(b"half of it")
        assert stage.new.place(root) == []
        assert other.exists()
    stage.newer.place(root)
    assert not other.exists()
    assert sorted(leftovers(root)) == [".precious.shadowgen-part", "notes.shadowgen-part"]


def test_unfinished_file_takes_the_name_of_no_other(disk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A second write begins in the same folder while the first has not written a byte."""
    honest, begun = os.write, []

    def write(handle: int, data: bytes) -> int:
        if not begun:
            begun.append(disk)
            assert put(disk / "second", b"2", "second") == []
        return honest(handle, data)

    monkeypatch.setattr(os, "write", write)
    assert put(disk / "first", b"1", "first") == []
    assert [(disk / name).read_bytes() for name in ("first", "second")] == [b"1", b"2"]


def test_nobody_elses_unfinished_file_is_cleared_away(disk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (disk / "a").write_bytes(b"a")
    (disk / ".1.shadowgen-part").symlink_to(disk / "a")
    (disk / ".2.shadowgen-part").write_bytes(b"half")
    me = os.geteuid()
    monkeypatch.setattr(os, "geteuid", lambda: me + 1)
    assert put(disk / "b", b"1", "b") == []
    assert sorted(leftovers(disk)) == [".1.shadowgen-part", ".2.shadowgen-part"]
    monkeypatch.setattr(os, "geteuid", lambda: me)
    assert put(disk / "c", b"1", "c") == []
    assert leftovers(disk) == [".1.shadowgen-part"]


@pytest.mark.parametrize(("mask", "mode"), [(0o022, 0o644), (0o077, 0o600), (0o007, 0o660)])
def test_new_file_is_as_private_as_the_umask_says_and_a_replaced_one_as_it_was(disk: Path, mask: int, mode: int) -> None:
    before = os.umask(mask)
    try:
        assert put(disk / "new", b"1", "new") == []
        (disk / "old").write_bytes(b"0")
        (disk / "old").chmod(0o640)
        assert put(disk / "old", b"1", "old", known={sha256(b"0")}, backups=disk / ".shadowgen/backups") == []
    finally:
        os.umask(before)
    assert [(disk / name).stat().st_mode & 0o777 for name in ("new", "old", ".shadowgen", ".shadowgen/backups")] == [
        mode,
        0o640,
        0o700,
        0o700,
    ]
