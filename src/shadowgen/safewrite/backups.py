"""What was replaced, kept: the last five of each file, numbered, in a folder that only its owner can read."""

from __future__ import annotations

import os
import re
from pathlib import Path

KEPT = 5


def _numbered(folder: Path, name: str) -> dict[int, Path]:
    """Return the backups of a name by their numbers, the oldest first."""
    found = {}
    for copy in folder.iterdir() if folder.is_dir() else ():
        if match := re.fullmatch(re.escape(name) + r"\.(\d{3,9})", copy.name, re.ASCII):
            found[int(match[1])] = copy
    return dict(sorted(found.items()))


def last_backup(folder: Path, name: str) -> Path | None:
    """Return the newest backup of a file name, or None."""
    return next(reversed(_numbered(folder, name).values()), None)


def next_backup(folder: Path, name: str) -> Path:
    """Return the path for the next backup of a file name; the folder is made for the owner alone."""
    for one in reversed([one for one in (folder, *folder.parents) if not one.exists()]):
        one.mkdir(mode=0o700, exist_ok=True)
    return folder / f"{name}.{max(_numbered(folder, name), default=0) + 1:03d}"


def drop_old(folder: Path, name: str) -> None:
    """Delete all but the last five backups of a file name."""
    for old in list(_numbered(folder, name).values())[:-KEPT]:
        old.unlink(missing_ok=True)


def retire(path: Path, folder: Path) -> Path:
    """Move a file to the backups, in place of deleting it; return where it is now."""
    kept = next_backup(folder, path.name)
    os.rename(path, kept)
    drop_old(folder, path.name)
    return kept
