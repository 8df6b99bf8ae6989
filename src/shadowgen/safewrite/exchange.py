"""Two renames that Python does not have: one that never replaces a file, and one that exchanges two.

Both are one step of the system, so that what another program saves at that moment is still there afterwards. Linux has them since 3.15
(renameat2), macOS since 10.12 (renameatx_np), where the file system can.
"""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path

# name of the call, "this folder", flag for "never replace", flag for "exchange"
_CALLS = {"linux": ("renameat2", -100, 1, 2), "darwin": ("renameatx_np", -2, 4, 2)}
_CANNOT = {errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EXDEV, errno.EPERM}


@cache
def _system_call() -> Callable[[bytes, bytes, int], int] | None:
    """Return a function that renames with a flag and returns 0 or an error number; None where the system has no such call."""
    import ctypes

    if sys.platform not in _CALLS:
        return None
    name, here, *_ = _CALLS[sys.platform]
    try:
        call = getattr(ctypes.CDLL(None, use_errno=True), name)
    except (OSError, AttributeError):
        return None
    return lambda old, new, flag: 0 if call(here, old, here, new, flag) == 0 else ctypes.get_errno()


def _renamed(old: Path, new: Path, flag: int) -> bool:
    """Rename with a flag; False where system or file system cannot do that. Raises OSError."""
    call = _system_call()
    if call is None:
        return False
    number = call(os.fsencode(old), os.fsencode(new), _CALLS[sys.platform][flag])
    if number and number not in _CANNOT:
        raise OSError(number, os.strerror(number), str(new))
    return number == 0


def exchange(one: Path, other: Path) -> bool:
    """Let two files change places in one step; False, with nothing done, where that cannot be."""
    return _renamed(one, other, 3)


def rename_new(old: Path, new: Path) -> None:
    """Rename to a name that no file has; raises FileExistsError if one has it by now."""
    if _renamed(old, new, 2):
        return
    try:
        os.link(old, new)
    except FileExistsError:
        raise
    except OSError:  # a file system without hard links, such as that of memory sticks: the check is the best there is
        if os.path.lexists(new):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(new)) from None
        os.rename(old, new)
    else:
        os.unlink(old)
