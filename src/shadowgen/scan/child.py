"""The process in which a file is read that may be made to do harm: bounds on time and memory are set before the first byte of it is looked at.

Usage: python -P -m shadowgen.scan.child FILE, with secrets as JSON on the input; prints findings as JSON.
"""

from __future__ import annotations

import contextlib
import json
import sys
from pathlib import Path

SECONDS, MEMORY = 10, 2_000_000_000


def _bound() -> None:
    with contextlib.suppress(ImportError, ValueError, OSError):  # not every system has such bounds; the parent's clock holds everywhere
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main(path: str) -> None:
    """Judge a file; print what was found."""
    _bound()
    secrets = json.load(sys.stdin)
    from shadowgen.scan.findings import in_order
    from shadowgen.scan.judging import judge
    from shadowgen.scan.secrets import Secret, tell_secrets

    seen = judge(Path(path).read_bytes())
    seen.findings += tell_secrets(seen.words, [Secret(*row) for row in secrets])
    json.dump([[one.kind, one.place, one.value] for one in in_order(seen.findings)], sys.stdout)


if __name__ == "__main__":
    main(sys.argv[1])
