"""A translation gets the stamp of the text that it translates, spliced into its file.

Enters: a library, a section and a language. Leaves: the file with `translated` and `translates` set anew and every other byte as it was; or why not.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from shadowgen import rules
from shadowgen.diagnostics import Diagnostic, Origin
from shadowgen.library import Library
from shadowgen.safewrite import put, sha256
from shadowgen.translations import parts_of, stamp_of
from shadowgen.workspace import read_bytes
from shadowgen.yamlfile import parse_yaml, read_text


def stamp_translation(library: Library, id: str, language: str, day: dt.date) -> tuple[str, list[Diagnostic]]:
    """Say in a translation that it agrees with its original as that is now; return its file. Raises KeyError if there is no such translation."""
    section = library.sections[id]
    file, original = section.prose[language].origin.file, section.origin.file
    if language == section.language:
        raise KeyError(language)
    stamp = stamp_of(parts_of(library.texts[original], original))
    path = library.workspace.root / file
    raw = read_bytes(path)
    if raw is None or read_text(raw, file)[0] != library.texts[file]:
        return file, [rules.CANNOT_WRITE.at(Origin(file), "another program changed the file meanwhile", "run the command again")]
    text = spliced(raw.decode("utf-8"), stamp, day)
    before, after = (parse_yaml(read_text(one, file)[0], file)[0].data for one in (raw, text.encode()))
    if after != {**before, "translated": day.isoformat(), "translates": stamp}:
        hint = "write each field of the translation at the start of a line"
        return file, [rules.CANNOT_WRITE.at(Origin(file), "the stamp cannot be put into this file as it is written", hint)]
    return file, put(path, text.encode(), file, known={sha256(raw)}, backups=library.workspace.backups(path))


def spliced(text: str, stamp: dict[str, Any], day: dt.date) -> str:
    """Return the text of a translation with its day and stamp: in their old places, or before the body."""
    end = "\r\n" if "\r\n" in text else "\n"
    text = _field(text, r"^translated:[ \t]*[^\s#]+", f"translated: {day.isoformat()}", end)
    return _field(text, r"^translates:[^\r\n]*(?:\r?\n[ \t]+[^\r\n]+)*", end.join(_rows(stamp)), end)


def _field(text: str, old: str, new: str, end: str) -> str:
    if re.search(old, text, re.MULTILINE):
        return re.sub(old, lambda _: new, text, count=1, flags=re.MULTILINE)
    return re.sub(r"^body:", lambda _: f"{new}{end}body:", text, count=1, flags=re.MULTILINE)


def _rows(stamp: dict[str, Any]) -> list[str]:
    """Return a stamp as lines of YAML, ten digests on one."""
    rows = ["translates:"]
    for name, value in stamp.items():
        if isinstance(value, str):
            rows.append(f"  {name}: {value}")
        elif isinstance(value, dict):
            rows += [f"  {name}:", *(f"    {key}: {one}" for key, one in value.items())]
        else:
            lines = [", ".join(value[start : start + 10]) for start in range(0, len(value), 10)] or [""]
            rows += f"  {name}: [{',|'.join(lines)}]".replace("|", "\n    ").split("\n")
    return rows
