"""The bibliography for Zotero and pandoc: CSL-JSON of the sources that an audience may read.

Enters: the library, keys, an audience. Leaves: text. A source that the audience may not read is never in it.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from shadowgen.bibliography.csljson import csl_json, entry_of
from shadowgen.bibliography.mapping import item_of
from shadowgen.diagnostics import Diagnostic
from shadowgen.library import Library
from shadowgen.safewrite import put_over


def export_sources(library: Library, keys: Sequence[str] = (), *, audience: str = "public", language: str = "en") -> tuple[str, list[str]]:
    """Return the sources (all, or those of `keys`) as CSL-JSON, and the keys that this audience may not read."""
    sources = library.for_audience(audience).sources
    wanted = list(keys) or sorted(library.sources)
    entries = [entry_of(key, item_of(sources[key], language)) for key in dict.fromkeys(wanted) if key in sources]
    return csl_json(entries), [key for key in wanted if key not in sources]


def write_export(path: Path, text: str, shown: str) -> list[Diagnostic]:
    """Write an export to a file; a file that is no export is never replaced."""
    return put_over(path, text.encode(), shown, lambda there: there.lstrip().startswith(b"["), "CSL-JSON")
