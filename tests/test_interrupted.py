"""A full disk, a folder that cannot be written, a process killed at any moment: the old output or the new one, never a broken one."""

from __future__ import annotations

import errno
import os
import random
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from support import build_all, codes, load, make_workspace
from test_build import DOCX, HTML, RECORD, files_under, small

from shadowgen.safewrite import _writing_in

OUTPUTS = (DOCX, HTML)


def contents(root: Path) -> dict[str, bytes]:
    return {name: (root / name).read_bytes() for name in OUTPUTS}


def both(tmp_path: Path) -> tuple[dict[str, bytes], dict[str, bytes]]:
    """Return the outputs of the old words and of the new ones; `tmp_path/w` is left with the old ones built."""
    build_all(tmp_path / "new", small("New"))
    build_all(tmp_path / "w", small("Old"))
    old, new = contents(tmp_path / "w"), contents(tmp_path / "new")
    assert all(old[name] != new[name] for name in OUTPUTS)
    return old, new


def failing(step: str, number: int, how: Callable[[], Any], monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the `number`th call of a step of writing end as `how` says."""
    counted = {"calls": 0}

    def wrap(real: Callable[..., Any]) -> Callable[..., Any]:
        def called(*args: Any, **kwargs: Any) -> Any:
            counted["calls"] += 1
            if counted["calls"] == number:
                how()
            return real(*args, **kwargs)

        return called

    if step == "write":
        real_open = os.fdopen

        def fdopen(*args: Any, **kwargs: Any) -> Any:
            stream = real_open(*args, **kwargs)
            return stream if "w" not in str(args[1:2]) else _Stream(stream, wrap(stream.write))

        monkeypatch.setattr("os.fdopen", fdopen)
    else:
        target = {"mkstemp": "tempfile.mkstemp"}.get(step, f"os.{step}")
        module, name = target.rsplit(".", 1)
        monkeypatch.setattr(target, wrap(getattr(sys.modules[module], name)))


class _Stream:
    """An open file whose write is another."""

    def __init__(self, stream: Any, write: Callable[..., Any]) -> None:
        self.stream, self.write = stream, write

    def __enter__(self) -> _Stream:
        return self

    def __exit__(self, *_: object) -> None:
        self.stream.close()

    def __getattr__(self, name: str) -> Any:
        return getattr(self.stream, name)


def full() -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def refused() -> None:
    raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))


STEPS = ("mkstemp", "write", "fsync", "chmod", "replace")

# What a build of two outputs writes, in this order: what it is about to write is recorded before it, that it was written after it.
WRITES = (RECORD, DOCX, RECORD, RECORD, HTML, RECORD, RECORD)


def call(step: str, write: int) -> int:
    """Return the number of the call of a step that belongs to a write; each write flushes its file, then its folder."""
    return 2 * write + 1 if step == "fsync" else write + 1


@pytest.mark.parametrize("write", range(len(WRITES)))
@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("how", [full, refused])
def test_full_or_closed_disk_at_any_write_leaves_old_or_new_and_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, write: int, step: str, how: Callable[[], None]
) -> None:
    """An output whose record could not be kept is not written; the one after it is, and the next build goes on."""
    old, new = both(tmp_path)
    with monkeypatch.context() as patched:
        failing(step, call(step, write), how, patched)
        built, problems = build_all(tmp_path / "w", small("New"))
    assert [(problem.rule.name, problem.origin.file) for problem in problems] == [("cannot-write", WRITES[write])]
    assert "space" in problems[0].message or "denied" in problems[0].message
    kept = {0: DOCX, 1: DOCX, 3: HTML, 4: HTML}.get(write)
    assert contents(tmp_path / "w") == {name: (old if name == kept else new)[name] for name in OUTPUTS}
    assert kept not in built[0].files
    assert files_under(tmp_path / "w", "output") == [DOCX, HTML]
    assert build_all(tmp_path / "w", small("Newer"))[1] == []


def test_output_is_kept_when_no_backup_can_be_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build_all(tmp_path, small())
    (tmp_path / DOCX).write_bytes(b"a day of work")
    monkeypatch.setattr("pathlib.Path.write_bytes", lambda *_: full())
    library = load(tmp_path, {})
    from shadowgen.build import Job, build

    _, problems = build(library, library.plans["report"], Job(formats=("docx",), force=True))
    assert codes(problems) == ["cannot-write"]
    assert (tmp_path / DOCX).read_bytes() == b"a day of work"


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may write everywhere")
def test_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    old, _ = both(tmp_path)
    folder = tmp_path / "w/output/report"
    folder.chmod(0o500)
    try:
        _, problems = build_all(tmp_path / "w", small("New"))
    finally:
        folder.chmod(0o700)
    assert codes(problems) == ["cannot-write"] * 2
    assert contents(tmp_path / "w") == old


def command(root: Path, *words: str) -> list[str]:
    return [sys.executable, "-m", "shadowgen", "-C", str(root), *words]


@pytest.mark.parametrize("size", [0, 1, 4096])
def test_disk_that_ends_within_a_file_leaves_the_old_one(tmp_path: Path, size: int) -> None:
    """The system itself refuses to write more than `size` bytes into any file."""
    old, _ = both(tmp_path)
    make_workspace(tmp_path / "w", small("New"))
    done = subprocess.run(
        command(tmp_path / "w", "build", "--format", "docx,html"), capture_output=True, text=True, timeout=120,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size)),
    )  # fmt: skip
    assert done.returncode == 1
    assert "cannot-write" in done.stderr and "Traceback" not in done.stderr
    assert contents(tmp_path / "w") == old
    assert files_under(tmp_path / "w", "output") == [DOCX, HTML]


# ---------------------------------------------------------------- killed


def killed_at(root: Path, files: dict, step: str, number: int) -> int:
    """Build in a child that is killed at a step; return the signal that ended it, or 0."""
    child = os.fork()
    if child == 0:
        try:
            patch = pytest.MonkeyPatch()
            failing(step, number, lambda: os.kill(os.getpid(), signal.SIGKILL), patch)
            build_all(root, files)
        finally:
            os._exit(0)
    return os.waitpid(child, 0)[1]


@pytest.mark.parametrize("write", range(len(WRITES)))
@pytest.mark.parametrize("step", STEPS)
def test_build_killed_at_any_step_leaves_old_or_new_and_the_next_one_goes_on(tmp_path: Path, step: str, write: int) -> None:
    """The words of the third build differ from both, so that it has to know the output of the second for its own."""
    old, new = both(tmp_path)
    assert killed_at(tmp_path / "w", small("New"), step, call(step, write)) == signal.SIGKILL
    found = contents(tmp_path / "w")
    assert all(found[name] in (old[name], new[name]) for name in OUTPUTS)
    assert build_all(tmp_path / "w", small("Newer"))[1] == []
    assert {name: found[name] == now for name, now in contents(tmp_path / "w").items()} == {DOCX: False, HTML: False}


@pytest.mark.parametrize("write", range(len(WRITES)))
def test_what_a_person_writes_after_a_killed_build_is_not_overwritten(tmp_path: Path, write: int) -> None:
    both(tmp_path)
    killed_at(tmp_path / "w", small("New"), "replace", call("replace", write))
    (tmp_path / "w" / DOCX).write_bytes(b"a day of work")
    _, problems = build_all(tmp_path / "w", small("Newer"))
    assert [(problem.rule.name, problem.origin.file) for problem in problems] == [("edited-output", DOCX)]
    assert (tmp_path / "w" / DOCX).read_bytes() == b"a day of work"


@pytest.mark.parametrize("write", range(len(WRITES)))
def test_next_build_clears_away_what_a_killed_one_left(tmp_path: Path, write: int) -> None:
    """It may hold words of a draft that nobody knows to delete."""
    both(tmp_path)
    killed_at(tmp_path / "w", small("New"), "fsync", call("fsync", write))
    left = files_under(tmp_path / "w", "output") + files_under(tmp_path / "w", ".shadowgen")
    assert len(left) == 4
    build_all(tmp_path / "w", small("New"))
    assert files_under(tmp_path / "w", "output") + files_under(tmp_path / "w", ".shadowgen") == [DOCX, HTML, RECORD]


def test_what_another_build_is_writing_is_not_cleared_away(tmp_path: Path) -> None:
    both(tmp_path)
    with _writing_in(tmp_path / "w/output/report"):
        (other := tmp_path / "w/output/report/.report.pdf.12345678.shadowgen-part").write_bytes(b"half of it")
        assert build_all(tmp_path / "w", small("New"))[1] == []
        assert other.exists()
    build_all(tmp_path / "w", small("New"))
    assert not other.exists()


@pytest.mark.slow
def test_build_killed_at_random_times_leaves_old_or_new(tmp_path: Path) -> None:
    old, new = both(tmp_path)
    begun = time.monotonic()
    subprocess.run(command(tmp_path / "new", "build", "--format", "docx,html"), capture_output=True, check=True)
    whole = time.monotonic() - begun
    ended = []
    for round_ in range(10):
        words = "New" if round_ % 2 else "Old"
        make_workspace(tmp_path / "w", small(words))
        process = subprocess.Popen(
            command(tmp_path / "w", "build", "--format", "docx,html", "--force"), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        time.sleep(random.uniform(0.5, 1.1) * whole)
        process.kill()
        ended.append(process.wait())
        found = contents(tmp_path / "w")
        assert all(found[name] in (old[name], new[name]) for name in OUTPUTS), round_
    assert set(ended) <= {0, -signal.SIGKILL}
