"""Scan a file in a process of its own, so that whatever it holds ends in findings within ten seconds and two gigabytes.

Enters: a path, secrets. Leaves: findings, dangers first. The secrets go through a pipe: no other process of the computer sees them.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from shadowgen.scan.child import SECONDS
from shadowgen.scan.findings import Finding, found

CHILD = ("-P", "-m", "shadowgen.scan.child")

if TYPE_CHECKING:
    from shadowgen.scan.secrets import Secret


def scan(path: Path, secrets: list[Secret] | None = None) -> list[Finding]:
    """Return everything that a reader could dig out of a file."""
    command = [sys.executable, *CHILD, str(path.absolute())]
    kept = json.dumps([[one.record, one.words, one.person] for one in secrets or []])
    try:
        done = subprocess.run(command, input=kept, capture_output=True, text=True, encoding="utf-8", timeout=SECONDS, check=False)
        return [Finding(*row) for row in json.loads(done.stdout)] if done.returncode == 0 else [_ended(done.returncode, done.stderr)]
    except subprocess.TimeoutExpired:
        return [found("too-long", "file")]
    except ValueError:
        return [found("unreadable", "file")]


def _ended(code: int, said: str) -> Finding:
    """Return why a process ended before its time: a bound stopped it (it was killed, or had no memory left), or the file broke its reader."""
    return found("too-long" if code < 0 or "MemoryError" in said else "unreadable", "file")
