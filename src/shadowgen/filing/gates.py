"""The gates of filing: files that a person names are judged in a process with bounds before any of their bytes are used; what is written here is
searched, like every output, for what its readers may not see.

Enters: a path or bytes, for whom they are. Leaves: bytes, or the reason why they may not be used or written.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from shadowgen import rules
from shadowgen.diagnostics import Diagnostic
from shadowgen.library import Library
from shadowgen.scan.cleaning import Refused, clean
from shadowgen.scan.findings import UNJUDGED
from shadowgen.scan.gate import hold_back
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


def leaks(files: Mapping[str, bytes], library: Library, audience: str) -> list[Diagnostic]:
    """Return why files that are made here may not be written: words stand in them that `audience` may not read."""
    return [problem for problem in hold_back(files, library, audience) if problem.rule is rules.LEAK]


def cleaned_word(data: bytes) -> tuple[bytes, str]:
    """Return a Word file without the names of those who worked on it; nothing and the reason if a person must decide first."""
    try:
        return clean(data), ""
    except (Refused, Unreadable) as reason:
        return b"", str(reason)
