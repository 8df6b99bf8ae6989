"""One process at a time writes into a workspace, and what a killed one left behind is cleared away.

Locks are those of the system (flock): they end with the process that holds them, however it ends. Where there are none, a warning says so.
"""

from __future__ import annotations

import contextlib
import os
import stat
import time
from collections.abc import Callable, Iterator
from itertools import chain
from pathlib import Path

from shadowgen import rules
from shadowgen.diagnostics import Diagnostic, Origin

UNFINISHED = ".shadowgen-part"
PATIENCE = 30.0  # seconds; writing takes a fraction of one, adding sources to a large library a few
_OURS = ("sections", "submissions", "templates", "output", ".shadowgen", ".vscode")


def _silent(_: str) -> None:
    pass


@contextlib.contextmanager
def alone(root: Path, patience: float = PATIENCE, tell: Callable[[str], None] = _silent) -> Iterator[list[Diagnostic]]:
    """Hold the lock of a workspace, and give what stands in the way: an error if another process keeps it, a warning if there are no locks.

    The lock is on the folder `.shadowgen` itself, so that there is no file to be left behind. `tell` hears once that it has to wait. Raises
    OSError if that folder cannot be made.
    """
    try:
        import fcntl
    except ImportError:
        yield [_no_lock()]
        return
    (root / ".shadowgen").mkdir(mode=0o700, exist_ok=True)
    handle = os.open(root / ".shadowgen", os.O_RDONLY | os.O_NOFOLLOW | os.O_DIRECTORY)
    try:
        try:
            free = _wait(lambda: fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB), handle, patience, tell)
        except OSError:  # a network folder without locks
            yield [_no_lock()]
            return
        if not free:
            yield [_busy(handle)]
            return
        _sweep(root)
        yield []
    finally:
        os.close(handle)


def _wait(lock: Callable[[], None], handle: int, patience: float, tell: Callable[[str], None]) -> bool:
    """Try to lock until it succeeds or patience ends."""
    end, told = time.monotonic() + patience, False
    while True:
        with contextlib.suppress(BlockingIOError):
            lock()
            return True
        if time.monotonic() >= end:
            return False
        if not told:
            tell(f"waiting for another shadowgen{_holder(handle)} to finish writing")
            told = True
        time.sleep(0.02)


def _holder(handle: int) -> str:
    """Return who holds the lock, where the system tells (Linux)."""
    with contextlib.suppress(OSError):
        inode = f":{os.fstat(handle).st_ino}"
        for row in map(str.split, Path("/proc/locks").read_text(encoding="ascii", errors="replace").splitlines()):
            if len(row) > 5 and row[1] == "FLOCK" and row[5].endswith(inode):
                return f" (process {row[4]})"
    return ""


def _busy(handle: int) -> Diagnostic:
    hint = "wait until it has finished and do this again; if it hangs, end that process: the lock ends with it"
    return rules.BUSY_WORKSPACE.at(Origin(".shadowgen"), f"another shadowgen{_holder(handle)} is writing in this workspace", hint)


def _no_lock() -> Diagnostic:
    return rules.NO_LOCK.at(Origin(".shadowgen"), "this folder has no locks", "do not let two commands write here at the same time")


def _sweep(root: Path) -> None:
    """Clear away what killed runs left anywhere in a workspace."""
    top = [(str(root), [], os.listdir(root))]
    for folder, _, files in chain(top, *(os.walk(root / name, followlinks=False) for name in _OURS)):
        if any(file.endswith(UNFINISHED) for file in files):
            with writing_in(Path(folder)):
                pass


@contextlib.contextmanager
def writing_in(folder: Path) -> Iterator[None]:
    """Clear away what a killed run left in a folder, unless another run writes there now.

    It may hold words of a draft that nobody knows to delete. Every writer holds a shared lock. Where the system has no locks, nothing is cleared.
    """
    with contextlib.ExitStack() as stack:
        with contextlib.suppress(ImportError, OSError):
            import fcntl

            handle = os.open(folder, os.O_RDONLY)
            stack.callback(os.close, handle)
            with contextlib.suppress(BlockingIOError):
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                _clear(folder)
            fcntl.flock(handle, fcntl.LOCK_SH)
        yield


def _clear(folder: Path) -> None:
    """Delete unfinished files: regular ones of this user, with the name that only we give."""
    for left in folder.glob(f".*{UNFINISHED}"):
        with contextlib.suppress(OSError):
            found = left.lstat()
            if stat.S_ISREG(found.st_mode) and found.st_uid == os.geteuid():
                left.unlink()
