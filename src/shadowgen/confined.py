"""A process of its own with bounds on time and memory, for files that may be made to do harm to whoever reads them.

The parent calls `run_confined` with a module to run; that module calls `confine` before it looks at the first byte. What the parent
hands over goes through a pipe, where no other process of the computer sees it.
"""

from __future__ import annotations

import contextlib
import subprocess
import sys
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Ended:
    """How a confined process ended: it is done, a bound stopped it, or the file broke its reader; and what it wrote."""

    how: Literal["done", "stopped", "broken"]
    output: bytes = b""


def confine(seconds: int, memory: int) -> None:
    """Bound this process to so many seconds of computing and bytes of memory. Not every system has such bounds; the parent's clock holds everywhere."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def run_confined(*arguments: str, given: bytes = b"", seconds: int) -> Ended:
    """Run Python with these arguments in a process of its own; `given` is what it reads on its input."""
    command = [sys.executable, *arguments]
    try:
        done = subprocess.run(command, input=given, capture_output=True, timeout=seconds, check=False)
    except subprocess.TimeoutExpired:
        return Ended("stopped")
    if done.returncode == 0:
        return Ended("done", done.stdout)
    killed = done.returncode < 0 or b"MemoryError" in done.stderr
    return Ended("stopped" if killed else "broken")
