"""Scan a file in a process of its own, so that whatever it holds ends in findings within ten seconds and two gigabytes.

Enters: a path, secrets. Leaves: findings, dangers first. The secrets go through a pipe: no other process of the computer sees them.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from shadowgen.confined import run_confined
from shadowgen.scan.child import SECONDS
from shadowgen.scan.findings import Finding, found

CHILD = ("-P", "-m", "shadowgen.scan.child")

if TYPE_CHECKING:
    from shadowgen.people.names import Secret


def scan(path: Path, secrets: list[Secret] | None = None) -> list[Finding]:
    """Return everything that a reader could dig out of a file."""
    kept = json.dumps([[one.key, one.kind, one.text] for one in secrets or []]).encode()
    ended = run_confined(*CHILD, str(path.absolute()), given=kept, seconds=SECONDS)
    if ended.how == "stopped":
        return [found("too-long", "file")]
    try:
        return [Finding(*row) for row in json.loads(ended.output)]
    except ValueError:  # the file broke its reader, which then wrote nothing
        return [found("unreadable", "file")]
