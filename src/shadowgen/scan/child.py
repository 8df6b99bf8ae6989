"""The process in which a file is read that may be made to do harm: bounds on time and memory are set before the first byte of it is looked at.

Usage: python -P -m shadowgen.scan.child FILE, with secrets as JSON on the input; prints findings as JSON.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from shadowgen.confined import confine

SECONDS, MEMORY = 10, 2_000_000_000


def main(path: str) -> None:
    """Judge a file; print what was found."""
    confine(SECONDS, MEMORY)
    secrets = json.load(sys.stdin)
    from shadowgen.people.names import Secret
    from shadowgen.scan.findings import in_order
    from shadowgen.scan.judging import judge
    from shadowgen.scan.secrets import tell_secrets

    seen = judge(Path(path).read_bytes())
    seen.findings += tell_secrets(seen.words, [Secret(*row) for row in secrets])
    json.dump([[one.kind, one.place, one.value] for one in in_order(seen.findings)], sys.stdout)


if __name__ == "__main__":
    main(sys.argv[1])
