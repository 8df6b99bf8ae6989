"""Files that a person names: judged in a process with bounds before any of their bytes are used, and searched for what their readers may not see.

Enters: a path, for whom the file is. Leaves: its bytes, or the reason why they may not be used.
"""

from __future__ import annotations

from pathlib import Path

from shadowgen.library import Library
from shadowgen.scan.cleaning import Refused, clean
from shadowgen.scan.findings import UNJUDGED
from shadowgen.scan.guard import scan
from shadowgen.scan.package import Unreadable
from shadowgen.scan.secrets import secrets_of
from shadowgen.workspace import read_bytes


def read_foreign(library: Library, path: Path, audience: str) -> tuple[bytes | None, str]:
    """Return the bytes of a file that its readers may have; None and the reason otherwise."""
    data = read_bytes(path.absolute())
    if data is None:
        return None, "it cannot be read, or is a link"
    kinds = {one.kind: one.what for one in scan(path.absolute(), secrets_of(library, audience))}
    if "secret" in kinds:
        return None, "it holds words that its readers may not see"
    return (None, next(iter(judged))) if (judged := [what for kind, what in kinds.items() if kind in UNJUDGED]) else (data, "")


def cleaned_word(data: bytes) -> tuple[bytes, str]:
    """Return a Word file without the names of those who worked on it; nothing and the reason if a person must decide first."""
    try:
        return clean(data), ""
    except (Refused, Unreadable) as reason:
        return b"", str(reason)
