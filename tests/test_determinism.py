"""The same workspace gives the same bytes, whatever the folder, clock zone, language, home, hash seed, umask, and order of files on the disk."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from finished import FOLDERS, REPOSITORY, WORKSPACES

pytestmark = pytest.mark.slow

BUILDS = {"samples": "pledges-memorandum", "everything": "whole-report"}


def copy_in_order(source: Path, target: Path, *, backwards: bool) -> None:
    """Copy a workspace file by file; the order decides how the disk lists them."""
    files = sorted(file for folder in FOLDERS for file in (source / folder).rglob("*") if file.is_file())
    for file in reversed(files) if backwards else files:
        copy = target / file.relative_to(source)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(file.read_bytes())


def build(workspace: Path, submission: str, umask: int, **surroundings: str) -> dict[str, bytes]:
    """Build one submission in a process of its own; return its files by name."""
    command = [sys.executable, "-m", "shadowgen", "-C", str(workspace), "build", submission, "--format", "docx,pdf,html,md"]
    known = {name: value for name, value in os.environ.items() if name in ("PATH", "PYTHONPATH", "VIRTUAL_ENV", "FONTCONFIG_FILE")}
    done = subprocess.run(command, env=known | surroundings, capture_output=True, text=True, umask=umask, timeout=200, cwd=workspace.parent)
    assert done.returncode == 0, done.stdout + done.stderr
    folder = workspace / "output" / submission
    record = workspace / ".shadowgen" / "builds" / f"{submission}.json"
    return {file.name: file.read_bytes() for file in [*sorted(folder.iterdir()), record]}


@pytest.mark.parametrize("name", list(BUILDS))
def test_two_surroundings_give_the_same_bytes(name: str, tmp_path: Path) -> None:
    here, there = tmp_path / "a", tmp_path / "another folder" / "with a longer name"
    copy_in_order(WORKSPACES[name], here, backwards=False)
    copy_in_order(WORKSPACES[name], there, backwards=True)
    (tmp_path / "home").mkdir()
    first = build(here, BUILDS[name], 0o022, TZ="UTC", LANG="C", HOME=str(tmp_path), PYTHONHASHSEED="1")
    second = build(
        there,
        BUILDS[name],
        0o077,
        TZ="Pacific/Auckland",
        LANG="ru_RU.UTF-8",
        LC_ALL="C.UTF-8",
        HOME=str(tmp_path / "home"),
        PYTHONHASHSEED="2",
    )
    assert len(first) == 5
    assert sorted(first) == sorted(second)
    assert [file for file in first if first[file] != second[file]] == []


def test_built_files_do_not_know_the_repository(tmp_path: Path) -> None:
    """Neither the folder of the workspace nor that of the program stands in what was built."""
    copy_in_order(WORKSPACES["everything"], tmp_path / "w", backwards=False)
    for file, data in build(tmp_path / "w", "letter", 0o022, TZ="UTC", HOME=str(tmp_path)).items():
        for place in (str(tmp_path), str(REPOSITORY), str(Path.home())):
            assert place.encode() not in data, file
