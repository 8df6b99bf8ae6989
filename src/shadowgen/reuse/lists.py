"""Lists for other programs: cells that no spreadsheet takes for a formula, and files that are replaced only by their own kind.

Enters: values, or the text of a list. Leaves: cells; the file, or a diagnostic.
"""

from __future__ import annotations

import unicodedata
from pathlib import Path
from typing import Any

from shadowgen import rules
from shadowgen.diagnostics import Diagnostic, Origin
from shadowgen.safewrite import put

_TABLES = ('"kind","key","number"', '"url","kind","used_by"')
_MARKS = (b"Coverage of ", b"Addresses for ", b'{\n  "shape":', *map(str.encode, _TABLES))


def cell(value: Any) -> str:
    """Return a value as a cell that no spreadsheet takes for a formula, whatever invisible characters or wide letters it starts with."""
    text = unicodedata.normalize("NFKC", " ".join(str(value).split()))
    start = next((place for place, one in enumerate(text) if unicodedata.category(one)[0] not in "ZC"), len(text))
    return f"'{text[start:]}" if text[start:].startswith(("=", "+", "-", "@", "|")) else text[start:]


def put_list(path: Path, text: str, shown: str) -> list[Diagnostic]:
    """Write a list to a file; only a file that starts as such a list does is replaced. CSV gets the mark by which Excel knows UTF-8."""
    data = text.encode("utf-8-sig" if text.startswith(_TABLES) else "utf-8")
    if path.is_file() and not any(mark in path.read_bytes()[:2000] for mark in _MARKS):
        return [rules.CANNOT_WRITE.at(Origin(shown), "the file exists and is no list of shadowgen's", "choose another name")]
    return put(path, data, shown)
