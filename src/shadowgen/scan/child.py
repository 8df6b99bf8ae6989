"""The process in which a file is read that may be made to do harm: bounds on time and memory are set before the first byte of it is looked at.

Usage: python -P -m shadowgen.scan.child SECONDS [FILE], with secrets as a line of JSON on the input, and after it the bytes to judge where no
file is named; prints findings as JSON.
"""

from __future__ import annotations

import contextlib
import json
import sys
from pathlib import Path

SECONDS, MEMORY = 10, 2_000_000_000


def _bound(seconds: int) -> None:
    with contextlib.suppress(ImportError, ValueError, OSError):  # not every system has such bounds; the parent's clock holds everywhere
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main(seconds: str, path: str = "") -> None:
    """Judge a file; print what was found."""
    _bound(int(seconds))
    secrets = json.loads(sys.stdin.buffer.readline())
    data = Path(path).read_bytes() if path else sys.stdin.buffer.read()
    from shadowgen.scan.findings import in_order
    from shadowgen.scan.judging import judge
    from shadowgen.scan.secrets import Secret, tell_secrets

    seen = judge(data)
    seen.findings += tell_secrets(seen.words, [Secret(*pair) for pair in secrets])
    json.dump([[one.kind, one.place, one.value] for one in in_order(seen.findings)], sys.stdout)


if __name__ == "__main__":
    main(*sys.argv[1:])
