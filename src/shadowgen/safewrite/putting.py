"""Put bytes in place so that a person never loses work: the old file or the new one, never half of either.

Enters: a path, bytes, the digests of what may be replaced, a folder for backups. Leaves: the file, or a diagnostic that says what to do.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import stat
import tempfile
from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path

from shadowgen import rules
from shadowgen.diagnostics import Diagnostic, Origin
from shadowgen.safewrite.backups import drop_old, next_backup
from shadowgen.safewrite.exchange import exchange, rename_new
from shadowgen.safewrite.locking import UNFINISHED, writing_in

_REMEDIES = {
    errno.ENOSPC: "free some space on the disk, and do it again",
    errno.EDQUOT: "your share of the disk is used up: free some space, and do it again",
    errno.EFBIG: "files may not be that large here: ask who runs this computer, or write to another folder",
    errno.EACCES: "you may not write there: ask its owner, or write to another folder",
    errno.EPERM: "you may not write there: ask its owner, or write to another folder",
    errno.EROFS: "the disk can only be read: write to another folder",
    errno.ENAMETOOLONG: "choose a shorter name, or a folder less deep",
    errno.ENOTDIR: "a file stands where a folder should be: rename it",
    errno.EEXIST: "a file stands where a folder should be: rename it",
    errno.EIO: "the disk may be failing: copy your files to another one, and do it again there",
    errno.EMFILE: "too many files are open: close other programs, and do it again",
}
_OTHERWISE = "free some space, or close the file in the program that has it open"


class _ChangedMeanwhileError(Exception):
    """Another file stands there than the one that may be replaced."""


@dataclass(frozen=True, slots=True)
class _Order:
    """What is to be put where; `known` are digests of what may be replaced (None: anything), `backups` keeps it."""

    path: Path
    data: bytes
    known: Collection[str] | None
    backups: Path | None
    private: bool = False

    def may_replace(self, digest: str | None) -> bool:
        return self.known is None or digest in self.known


def sha256(data: bytes) -> str:
    """Return the digest of bytes in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def put(
    path: Path, data: bytes, shown: str, *, known: Collection[str] | None = None, backups: Path | None = None, private: bool = False
) -> list[Diagnostic]:
    """Write bytes to a path at once: a temporary file beside it, flushed to the disk, then renamed, then read back.

    `known` are the digests of what may be replaced: with `()` only a new file is made, without it whatever file stands there is
    replaced. With `backups` what is replaced goes to that folder, even if it changed at the last moment. A `private`
    file is its owner's alone.
    """
    order = _Order(path, data, known, backups, private)
    try:
        if path.is_symlink() or (path.exists() and not path.is_file()):
            return [rules.CANNOT_WRITE.at(Origin(shown), "the path is a link, a folder or a pipe", "remove it, or write to another one")]
        make_folder(path.parent)
        with writing_in(path.parent):
            _put(order)
        if _bytes_at(path) != data:
            hint = "do it again; if that does not help, the disk may be failing"
            return [rules.NOT_IN_PLACE.at(Origin(shown), "what stands there is not what was written", hint)]
    except _ChangedMeanwhileError:
        hint = "do it again: it starts from the file as it is now"
        return [rules.CHANGED_MEANWHILE.at(Origin(shown), "another file stands there now; it is left as it is", hint)]
    except OSError as error:
        return [cannot_write(shown, error)]
    return []


def put_over(path: Path, data: bytes, shown: str, is_ours: Callable[[bytes], bool], what: str) -> list[Diagnostic]:
    """Write to a path that a person gave; a file there is replaced only if it is of the same kind (`what`)."""
    standing = _bytes_at(path) if path.is_file() and os.access(path, os.R_OK) else None
    if standing is not None and not is_ours(standing):
        return [rules.CANNOT_WRITE.at(Origin(shown), f"the file exists and is no {what}", "choose another name")]
    return put(path, data, shown, known=() if standing is None else {sha256(standing)})


def cannot_write(shown: str, error: OSError) -> Diagnostic:
    """Say why the system refuses, and what to do."""
    reason = (error.strerror or "the system refused").lower()
    return rules.CANNOT_WRITE.at(Origin(shown), reason, _REMEDIES.get(error.errno or 0, _OTHERWISE))


def make_folder(folder: Path) -> None:
    """Make a folder and those above it, so that they outlast a loss of power. Raises OSError."""
    missing = [one for one in (folder, *folder.parents) if not one.exists()]
    for one in reversed(missing):
        one.mkdir(exist_ok=True)
        _flush_folder(one.parent)
    if not folder.is_dir():
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(folder))


def _put(order: _Order) -> None:
    standing = _bytes_at(order.path)
    if standing == order.data:
        return
    if standing is not None and not order.may_replace(sha256(standing)):
        raise _ChangedMeanwhileError
    part = _write_beside(order.path, order.data, private=order.private)
    try:
        if standing is None and order.known is not None:
            _place_new(part, order.path)
        elif order.backups is None or standing is None:
            os.replace(part, order.path)
        else:
            _place_keeping(part, order, order.backups)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(part)
        raise
    _flush_folder(order.path.parent)


def _write_beside(path: Path, data: bytes, *, private: bool = False) -> Path:
    """Write bytes to a file of a name that nobody else has, readable by its owner alone until it is whole; return its path."""
    handle, name = tempfile.mkstemp(prefix=".", suffix=UNFINISHED, dir=path.parent)
    try:
        try:
            rest = memoryview(data)
            while rest:
                rest = rest[os.write(handle, rest[: 1 << 20]) :]
            os.fsync(handle)
        finally:
            os.close(handle)
        with contextlib.suppress(OSError):  # memory sticks know no owners
            os.chmod(name, 0o600 if private else _mode(path))
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(name)
        raise
    return Path(name)


def _mode(path: Path) -> int:
    """Return who may read a file: as before, or as the person's umask says."""
    with contextlib.suppress(OSError):
        return stat.S_IMODE(path.lstat().st_mode) & 0o666
    mask = os.umask(0o077)
    os.umask(mask)
    return 0o666 & ~mask


def _place_new(part: Path, path: Path) -> None:
    try:
        rename_new(part, path)
    except FileExistsError:
        raise _ChangedMeanwhileError from None


def _place_keeping(part: Path, order: _Order, backups: Path) -> None:
    """Let the new file and the old one change places, so that the old one is the backup.

    That is one step: whatever a person saved up to it is in the backup, and goes back if it is not what may be replaced.
    """
    kept = next_backup(backups, order.path.name)
    try:
        rename_new(part, kept)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        _place_copying(part, order, kept)
        return
    try:
        exchanged = exchange(kept, order.path)
    except OSError:
        os.rename(kept, part)
        raise
    if not exchanged:
        os.rename(kept, part)
        _place_copying(part, order, kept)
        return
    if not order.may_replace(sha256(_bytes_at(kept) or b"")):
        _give_back(kept, order)
        raise _ChangedMeanwhileError
    _flush_folder(backups)
    drop_old(backups, order.path.name)


def _give_back(kept: Path, order: _Order) -> None:
    """Undo an exchange. If the person saved once more in between, the later words stand and the earlier are a backup."""
    exchange(kept, order.path)
    if _bytes_at(kept) == order.data:
        os.unlink(kept)
    else:
        exchange(kept, order.path)


def _place_copying(part: Path, order: _Order, kept: Path) -> None:
    """Copy the old file to the backups, look at it once more, and replace it: where files cannot change places."""
    standing = _bytes_at(order.path) or b""
    copy = _write_beside(kept, standing)
    os.replace(copy, kept)
    if not order.may_replace(sha256(standing)) or _bytes_at(order.path) != standing:
        raise _ChangedMeanwhileError
    os.replace(part, order.path)
    drop_old(kept.parent, order.path.name)


def _bytes_at(path: Path) -> bytes | None:
    """Return what a regular file holds, None if there is none. Raises OSError."""
    try:
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except FileNotFoundError:
        return None
    with os.fdopen(handle, "rb") as stream:
        return stream.read()


def _flush_folder(folder: Path) -> None:
    """Let the names in a folder outlast a loss of power; some file systems cannot."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
