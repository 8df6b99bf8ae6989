"""Find the workspace, its files, and the package's own data.

Enters: a folder. Leaves: the paths of its files by kind, in an order that does not depend on the disk; package data.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from shadowgen.yamlfile import parse_yaml

FOLDERS = ("sections", "submissions")
FILED = "submissions/filed"  # what was sent: seals, which are no submissions


@dataclass(frozen=True, slots=True)
class Workspace:
    """A folder with `sections/` and `submissions/`."""

    root: Path

    def relative(self, path: Path) -> str:
        """Return a path as diagnostics print it: from the root, with forward slashes."""
        return path.relative_to(self.root).as_posix() if path.is_relative_to(self.root) else path.as_posix()

    def yaml_files(self, folder: str) -> list[Path]:
        """Return every YAML file under `folder`, sorted by path; links are not followed."""
        found: list[Path] = []
        for base, names, leaves in os.walk(self.root / folder, followlinks=False):
            names[:] = sorted(name for name in names if not name.startswith("."))
            found += [Path(base, leaf) for leaf in leaves if leaf.endswith((".yaml", ".yml")) and not leaf.startswith(".")]
        return sorted(found)

    def own_file(self, folder: str, name: str) -> Path | None:
        """Return a workspace file that stands in for package data of the same name, or None."""
        path = self.root / folder / name
        inside = path.resolve().is_relative_to(self.root.resolve())
        return path if inside and path.is_file() and not path.is_symlink() else None

    @property
    def state(self) -> Path:
        """The folder for build records and backups."""
        return self.root / ".shadowgen"

    def backups(self, path: Path) -> Path:
        """Return the folder for the backups of a file: the same path under `.shadowgen/backups`, or that itself for a file outside."""
        return self.state / "backups" / (path.parent.relative_to(self.root) if path.is_relative_to(self.root) else "")

    @property
    def output(self) -> Path:
        """The folder for what is built."""
        return self.root / "output"


def find_workspace(start: Path) -> Workspace | None:
    """Return the workspace that holds `start`, or None: the nearest folder upwards with `sections/` and `submissions/`."""
    for folder in (start.resolve(), *start.resolve().parents):
        if all((folder / name).is_dir() for name in FOLDERS):
            return Workspace(folder)
    return None


def read_bytes(path: Path) -> bytes | None:
    """Return the bytes of a regular file, or None if it is a link, a folder, a pipe, or cannot be read."""
    try:
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
    except OSError:
        return None
    try:
        with os.fdopen(handle, "rb") as stream:
            import stat

            return stream.read() if stat.S_ISREG(os.fstat(stream.fileno()).st_mode) else None
    except OSError:
        return None


# ---------------------------------------------------------------- the package's own data


def package_files(folder: str) -> list[str]:
    """Return the names of the package's YAML files in a data folder, sorted."""
    return sorted(entry.name for entry in files("shadowgen.data").joinpath(folder).iterdir() if entry.name.endswith(".yaml"))


@cache
def package_data(folder: str, name: str) -> Any:
    """Return one of the package's own YAML files as plain data; a fault in it is a fault of ours and raises ValueError."""
    base = files("shadowgen.data")
    text = (base.joinpath(folder) if folder else base).joinpath(name).read_text(encoding="utf-8")
    document, problems = parse_yaml(text, f"{folder}/{name}")
    if problems:
        raise ValueError(str(problems[0]))
    return document.data


def _built_in_folder(folder: str) -> Traversable:
    """Return a folder of `data/` or `templates/`; in a source tree the templates stand beside `src/`."""
    first, *rest = folder.split("/")
    if first != "templates":
        path = files("shadowgen.data").joinpath(first)
    else:
        beside = Path(__file__).resolve().parents[2] / "templates"
        path = beside if beside.is_dir() else files("shadowgen.templates")
    for step in rest:
        path = path.joinpath(step)
    return path


def built_in(folder: str, name: str) -> str | None:
    """Return the text of a built-in file under `data/` or `templates/` (`folder` templates or templates/looks/x), or None."""
    path = _built_in_folder(folder).joinpath(name)
    return path.read_text(encoding="utf-8") if path.is_file() else None


def shadowed(workspace: Workspace, folder: str, home: str, name: str) -> tuple[str, str] | None:
    """Return path and text of the workspace's own `folder/name`, else of the built-in `home/name`, else None."""
    own = workspace.own_file(folder, name)
    raw = read_bytes(own) if own else None
    if own and raw is not None:
        return workspace.relative(own), raw.decode("utf-8-sig", "replace").replace("\r\n", "\n")
    text = built_in(home, name)
    return (f"{folder}/{name}", text) if text is not None else None


def built_in_names(folder: str, ending: str) -> list[str]:
    """Return the names (without ending) of the built-in files of one folder."""
    path = _built_in_folder(folder)
    return sorted(entry.name.removesuffix(ending) for entry in path.iterdir() if entry.name.endswith(ending))
