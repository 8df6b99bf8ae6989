"""Put bytes in place so that a person never loses work: the old file or the new one, never half of either.

Enters: a path, bytes, what we wrote there last. Leaves: the file, or a diagnostic. The only place that writes into a workspace.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from shadowgen import rules
from shadowgen.diagnostics import Diagnostic, Origin

KEPT_BACKUPS = 5
_UNFINISHED = ".shadowgen-part"


def sha256(data: bytes) -> str:
    """Return the digest of bytes in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def put(path: Path, data: bytes, shown: str, *, mode: int = 0o644) -> list[Diagnostic]:
    """Write bytes to a path at once: a temporary file beside it, flushed to the disk, then renamed. `mode` is who may read it."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.is_symlink() or (path.exists() and not path.is_file()):
            return [rules.CANNOT_WRITE.at(Origin(shown), "the path is a link, a folder or a pipe", "remove it, or build elsewhere")]
        with _writing_in(path.parent):
            _replace(path, data, mode)
    except OSError as error:
        reason = error.strerror or "the system refused"
        return [rules.CANNOT_WRITE.at(Origin(shown), reason.lower(), "free some space, or close the file in the program that has it open")]
    return []


@contextlib.contextmanager
def _writing_in(folder: Path) -> Iterator[None]:
    """Clear away what a killed run left in a folder, unless another run writes there now.

    It may hold words of a draft that nobody knows to delete. Every writer holds a shared lock, which ends with its process.
    Where the system has no such locks, nothing is cleared.
    """
    with contextlib.ExitStack() as stack:
        with contextlib.suppress(ImportError, OSError):
            import fcntl

            handle = os.open(folder, os.O_RDONLY)
            stack.callback(os.close, handle)
            with contextlib.suppress(BlockingIOError):
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                for left in folder.glob(f".*{_UNFINISHED}"):
                    left.unlink()
            fcntl.flock(handle, fcntl.LOCK_SH)
        yield


def _replace(path: Path, data: bytes, mode: int) -> None:
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=_UNFINISHED, dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        os.chmod(name, mode)
        os.replace(name, path)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(name)
        raise
    with contextlib.suppress(OSError):
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def edited_since(path: Path, written: str | None) -> bool:
    """True if a file stands at `path` that is not the one with the digest `written`."""
    if not path.exists():
        return False
    try:
        return sha256(path.read_bytes()) != written
    except OSError:
        return True


def back_up(path: Path, folder: Path) -> Path:
    """Copy a file into a folder of backups, keep the last five of its name, and return the copy's path."""
    folder.mkdir(parents=True, exist_ok=True)
    numbers = [int(copy.name.rsplit(".", 1)[1]) for copy in folder.glob(f"{path.name}.*") if copy.name.rsplit(".", 1)[1].isdigit()]
    copy = folder / f"{path.name}.{max(numbers, default=0) + 1:03d}"
    copy.write_bytes(path.read_bytes())
    for old in sorted(folder.glob(f"{path.name}.*"))[:-KEPT_BACKUPS]:
        old.unlink()
    return copy
