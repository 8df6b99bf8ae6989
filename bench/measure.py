"""One command in a fresh process -> its time, its processor time, its peak memory."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

_PEAK_UNIT = 1024 * 1024 if sys.platform == "darwin" else 1024


@dataclass(frozen=True, slots=True)
class Measure:
    """Seconds on the clock, seconds of processor time, peak memory in megabytes."""

    seconds: float
    work: float
    megabytes: float


def run(command: list[str], accepted: tuple[int, ...] = (0,)) -> tuple[Measure, str]:
    """Run a command to its end; return its measure and what it printed. Any other exit code ends the bench.

    A command that measures a part of itself prints its own figures as its last line: {"seconds": ..., "work": ...}.
    """
    with tempfile.TemporaryFile("w+", encoding="utf-8") as said:
        start = time.perf_counter()
        process = subprocess.Popen(command, stdout=said, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        said.seek(0)
        text = said.read()
    if process.returncode not in accepted:
        sys.exit(f"{' '.join(command)}\n{text[-3000:]}\nended with exit code {process.returncode}")
    work = usage.ru_utime + usage.ru_stime
    last = text.rstrip().rsplit("\n", 1)[-1]
    if last.startswith('{"seconds"'):
        own = json.loads(last)
        seconds, work = own["seconds"], own["work"]
    return Measure(seconds, work, usage.ru_maxrss / _PEAK_UNIT), text


def side_by_side(ours: Callable[[], Measure], peer: Callable[[], Measure], runs: int) -> tuple[Measure, Measure]:
    """Measure two things in turn, so that a busy machine slows both; return the medians."""
    pairs = [(ours(), peer()) for _ in range(runs)]
    return _median([one for one, _ in pairs]), _median([other for _, other in pairs])


def _median(found: list[Measure]) -> Measure:
    return Measure(*(statistics.median(getattr(one, name) for one in found) for name in Measure.__slots__))


def child(*arguments: str | Path) -> list[str]:
    """Return the command that runs one part of `child.py` in a process of its own."""
    return [sys.executable, str(Path(__file__).with_name("child.py")), *map(str, arguments)]
