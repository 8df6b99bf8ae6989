"""Sources as YAML, written into files without touching one byte of what stands there.

Enters: drafts, and the text of a file. Leaves: the text with entries added at its end and missing fields put in; checked before it is kept.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from shadowgen import rules
from shadowgen.bibliography.mapping import Draft
from shadowgen.diagnostics import Diagnostic, Origin
from shadowgen.markdown import ID
from shadowgen.records import Words
from shadowgen.safewrite import put, sha256
from shadowgen.validation import validate
from shadowgen.workspace import Workspace, read_bytes
from shadowgen.yamlfile import Document, parse_yaml, read_text

FOLDER = "sections/sources"
_NUMBER = re.compile(r"[-+.\d][\d_.,:eExX+-]*")  # other readers of YAML would take it for a number or a time
_PLAIN = re.compile(r"[^\W_](?:(?!: | #|:$)[^\n\"{}\[\]])*(?<![\s:])")


def scalar(text: str) -> str:
    """Return words as YAML writes them on one line, between quotation marks where they would mean something else."""
    words = text.lower() not in ("null", "true", "false", "yes", "no", "on", "off")
    if _PLAIN.fullmatch(text) and words and not (_NUMBER.fullmatch(text) and not re.fullmatch(_PARTIAL, text)):
        return text
    return json.dumps(text, ensure_ascii=False)


_PARTIAL = r"\d{4}(?:-\d\d(?:-\d\d)?)?"  # a date is written as people write it, without quotation marks


def _value(words: Words) -> str:
    if isinstance(words, str):
        return scalar(words)
    pairs = [f"{language}: {json.dumps(text, ensure_ascii=False)}" for language, text in words.items()]
    return "{" + ", ".join(pairs) + "}"


def entry_text(draft: Draft) -> str:
    """Return a draft as an entry of a file of sources; one that lacks a field is a comment, with the field to be filled in."""
    rows = [f"{draft.key}:", f"  type: {draft.type}"]
    rows += [f"  {name}: " for name in draft.missing]
    rows += [f"  {name}: {_value(words)}" for name, words in draft.fields.items()]
    if draft.missing:
        rows = [f"# {row}" for row in (f"to be filled in: {', '.join(draft.missing)}; then delete the marks before these lines", *rows)]
    return "\n".join(row.rstrip() for row in rows) + "\n"


def drafted_keys(text: str) -> set[str]:
    """Return the keys of entries that stand in a file as comments, to be filled in."""
    return set(re.findall(rf"^# ({ID}):\s*$", text, re.MULTILINE))


def file_named(name: str) -> tuple[str, list[Diagnostic]]:
    """Return the path of a file of sources from what a person calls it: `press`, `press.yaml` or `sections/sources/press.yaml`."""
    stem = re.sub(r"\.ya?ml$", "", name.replace("\\", "/").removeprefix(f"{FOLDER}/"))
    if not re.fullmatch(ID, stem) or len(stem) > 64:
        return "", [rules.BAD_FILE_NAME.at(Origin("--into"), f"'{name}' cannot be a file in {FOLDER}")]
    return f"{FOLDER}/{stem}.{'yml' if name.endswith('.yml') else 'yaml'}", []


class Changes:
    """What is to be added to the files of sources; `put_in_place` writes it, unless a file changed since it was read."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.texts: dict[str, str] = {}
        self.before: dict[str, str] = {}
        self.expected: dict[str, dict[str, Any]] = {}

    def text(self, file: str) -> str:
        """Return the text of a file as it is to be; empty for a file that is not there yet."""
        if file not in self.texts:
            raw = read_bytes(self.workspace.root / file) or b""
            self.texts[file] = self.before[file] = raw.decode("utf-8", "surrogateescape")
        return self.texts[file]

    def append(self, file: str, drafts: Iterable[Draft]) -> None:
        """Add entries at the end of a file, in its own kind of line ends."""
        text = self.text(file)
        end = "\r\n" if "\r\n" in text else "\n"
        text += end if text and not text.endswith("\n") else ""
        for draft in drafts:
            text += entry_text(draft).replace("\n", end)
            if not draft.missing:
                self.expected.setdefault(file, {})[draft.key] = {"type": draft.type, **draft.fields}
        self.texts[file] = text

    def splice(self, file: str, key: str, fields: Mapping[str, Words]) -> bool:
        """Put fields right after the type of an entry; False where the entry is written in braces on one line."""
        text = self.text(file)
        document, _ = parse_yaml(text.removeprefix("\ufeff").replace("\r\n", "\n"), file)
        place = document.keys.get((key, "type"))
        lines = text.split("\n")
        if place is None or lines[place.line - 1][: place.column - 1].strip():
            return False
        indent, end = " " * (place.column - 1), "\r" if lines[place.line - 1].endswith("\r") else ""
        lines[place.line : place.line] = [f"{indent}{name}: {_value(words)}{end}" for name, words in fields.items()]
        self.texts[file] = "\n".join(lines)
        self.expected.setdefault(file, {})[key] = {**document.data[key], **fields}
        return True

    def problems(self) -> list[Diagnostic]:
        """Return what would be wrong with a file: it is read as the library reads it, and must hold the old and the new, no more."""
        found: list[Diagnostic] = []
        for file, text in self.texts.items():
            old, new = (_parsed(words, file)[0] for words in (self.before[file], text))
            expected = {**(old.data or {}), **self.expected.get(file, {})} if isinstance(old.data, dict | None) else None
            problems = _parsed(text, file)[1]
            if not problems and (new.data or {}) != expected:
                hint = "write each key of the file at the start of a line, or import into another file with --into"
                problems = [rules.CANNOT_WRITE.at(Origin(file), "entries cannot be added to this file as it is written", hint)]
            found += problems
        return found

    def put_in_place(self) -> tuple[list[str], list[Diagnostic]]:
        """Write the files that change, up to the first that cannot be written; return the names of those written, and what went wrong."""
        if found := self.problems():
            return [], found
        written = []
        for file in (file for file, text in self.texts.items() if text != self.before[file]):
            path = self.workspace.root / file
            before, after = (texts[file].encode("utf-8", "surrogateescape") for texts in (self.before, self.texts))
            if found := put(path, after, file, known={sha256(before)}, backups=self.workspace.backups(path)):
                break
            written.append(file)
        return written, found


def _parsed(text: str, file: str) -> tuple[Document, list[Diagnostic]]:
    words, problems = read_text(text.encode("utf-8", "surrogateescape"), file)
    if problems:
        return Document(file, ""), problems
    document, problems = parse_yaml(words, file)
    if not problems and document.data is not None:
        problems = validate("sources", document)[1]
    return document, problems
