"""The bytes of an export -> items: which format it is, and one clear word where it is none.

Enters: bytes that another program wrote, or somebody who means harm. Leaves: items and problems.
"""

from __future__ import annotations

import re

from shadowgen import rules
from shadowgen.bibliography.bibtex import read_bibtex
from shadowgen.bibliography.csljson import read_csl_json
from shadowgen.bibliography.item import Item
from shadowgen.bibliography.ris import read_ris
from shadowgen.diagnostics import Diagnostic, Origin
from shadowgen.limits import bounded

MAX_BYTES, MAX_ENTRIES, MAX_PROBLEMS = 20_000_000, 20_000, 100
SECONDS, MEMORY = 60, 1_000_000_000
_HOW = "in Zotero: File, Export Library, and one of CSL JSON, BibLaTeX, BibTeX or RIS"

_OTHER_FILES = (
    (b"%PDF", "this is a PDF, not a bibliography"),
    (b"PK\x03\x04", "this is a Word file or an archive, not a bibliography"),
    (b"\xd0\xcf\x11\xe0", "this is an old Word file, not a bibliography"),
    (b"\x1f\x8b", "this is a packed file, not a bibliography"),
    (b"\xff\xfe", "the file is UTF-16, not UTF-8"),
    (b"\xfe\xff", "the file is UTF-16, not UTF-8"),
)
_FORMATS = (
    (re.compile(r"\s*[\[{]"), read_csl_json),
    (re.compile(r"^TY  - ", re.MULTILINE), read_ris),
    (re.compile(r"^[ \t]*@[A-Za-z]+[ \t]*[{(]", re.MULTILINE), read_bibtex),
)


def read_items(raw: bytes, file: str) -> tuple[list[Item], list[Diagnostic]]:
    """Return every item of an export in CSL-JSON, RIS or BibTeX, told apart by what they hold, not by the file's name."""
    text, problems = _decoded(raw, file)
    if problems:
        return [], problems
    read = next((read for pattern, read in _FORMATS if (pattern.match if read is read_csl_json else pattern.search)(text)), None)
    if read is None:
        return [], [rules.UNREADABLE_FILE.at(Origin(file), "this is neither CSL-JSON nor BibTeX nor RIS", _HOW)]
    if len(_BEGINS.findall(text)) > MAX_ENTRIES:
        return [], [
            rules.UNREADABLE_FILE.at(Origin(file), f"the file has more than {MAX_ENTRIES:,} entries", "export fewer entries at once")
        ]
    try:
        with bounded(SECONDS, MEMORY):
            items, problems = read(text, file)
    except (TimeoutError, MemoryError, RecursionError):
        return [], [
            rules.UNREADABLE_FILE.at(Origin(file), "the file takes too much time or memory to read", "export fewer entries at once")
        ]
    if not items and not problems:
        problems = [rules.UNREADABLE_FILE.at(Origin(file), "the file holds no entry", _HOW)]
    return items, problems[:MAX_PROBLEMS]


_BEGINS = re.compile(r'^TY  - |@[A-Za-z]+[ \t]*[{(]|"type"[ \t]*:', re.MULTILINE)


def _decoded(raw: bytes, file: str) -> tuple[str, list[Diagnostic]]:
    if len(raw) > MAX_BYTES:
        return "", [
            rules.UNREADABLE_FILE.at(Origin(file), f"the file has {len(raw):,} bytes; the limit is {MAX_BYTES:,}", "export in parts")
        ]
    for start, message in _OTHER_FILES:
        if raw.startswith(start):
            return "", [rules.UNREADABLE_FILE.at(Origin(file), message, _HOW)]
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        hint = "export again with the character encoding Unicode (UTF-8)"
        return "", [rules.UNREADABLE_FILE.at(Origin(file, line), "not UTF-8 text", hint)]
    if "\0" in text:
        return "", [rules.UNREADABLE_FILE.at(Origin(file), "the file is not text", _HOW)]
    return text.replace("\r\n", "\n").replace("\r", "\n"), []
