"""Where the files of one document stand, and the record of what was written there: it tells a build's own file from one that a person edited.

The record (`.shadowgen/builds/<name>.json`) holds digests: `outputs` of what is in place, `pending` of what a build is about to put there, `trees` of the documents that they were drawn from. It is
written before the outputs and after them, so that after a build was killed at any moment what stands there is one of the two. `paragraphs`
ties the ordinals of the Word file to sections; `new_paragraphs` those of the Word file beside one that a person edited.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from shadowgen import rules
from shadowgen.diagnostics import Diagnostic, Origin
from shadowgen.records import Plan
from shadowgen.safewrite import cannot_write, put, retire, sha256
from shadowgen.workspace import Workspace, read_bytes


class Outputs:
    """The files of one document by their endings ("docx", "print.pdf", "new.docx"), and their record; `tree` is the digest of what they are drawn from.

    To be written while the workspace is locked.
    """

    def __init__(self, workspace: Workspace, plan: Plan, language: str, audience: str) -> None:
        self.workspace, self.plan, self.language = workspace, plan, language
        named = [plan.id]
        named += [language] if language != plan.languages[0] else []
        named += [audience] if audience != "public" else []
        self.stem = ".".join(named)
        self.folder = workspace.output / plan.id
        self.record_file = workspace.state / "builds" / f"{self.stem}.json"
        self.audience, self.tree = audience, ""
        self.record = _record(read_bytes(self.record_file) or b"")

    def path(self, ending: str) -> Path:
        return self.folder / f"{self.stem}.{ending}"

    def shown(self, ending: str) -> str:
        return self.workspace.relative(self.path(ending))

    def place(
        self, drawn: Mapping[str, bytes], paragraphs: list[dict[str, Any]], *, force: bool
    ) -> tuple[tuple[str, ...], list[Diagnostic]]:
        """Put outputs in place; return those that are, and every problem. One that a person has edited stays, with the new one beside it."""
        self.record = _record(read_bytes(self.record_file) or b"")
        self._expect(drawn)
        if problems := self._save():
            return (), problems
        placed: dict[str, str] = {}
        for ending, data in drawn.items():
            found = put(self.path(ending), data, self.shown(ending), known=None if force else self._known(ending), backups=self._backups)
            if any(one.rule is rules.CHANGED_MEANWHILE for one in found):
                found = self._place_beside(ending, data, placed)
            elif not found:
                placed[ending] = sha256(data)
                found = self._retire_beside(ending)
            problems += found
        self._keep(placed, paragraphs)
        problems += self._save()
        return tuple(self.shown(ending) for ending in drawn if ending in placed), problems

    @property
    def _backups(self) -> Path:
        return self.workspace.backups(self.path("docx"))

    def _known(self, ending: str) -> set[str]:
        """Return the digests of what may be replaced: what we put there, or were about to when we were stopped."""
        return {*self.record["pending"].get(ending, []), *([self.record["outputs"][ending]] if ending in self.record["outputs"] else [])}

    def _place_beside(self, ending: str, data: bytes, placed: dict[str, str]) -> list[Diagnostic]:
        """Leave an output that a person has edited, and put the new one beside it, unless that was edited too."""
        beside = f"new.{ending}"
        found = put(self.path(beside), data, self.shown(beside), known=self._known(beside), backups=self._backups)
        message, hint = "the file has been changed since it was built, and is left as it is", _EDITED.format(self.shown(beside))
        if not found:
            placed[beside] = sha256(data)
        elif found[0].rule is rules.CHANGED_MEANWHILE:
            found, message = [], f"{message}; so has {self.path(beside).name}: nothing is written"
            hint = "rename both to keep your changes, or use --force: a backup is kept under .shadowgen/backups"
        return [rules.EDITED_OUTPUT.at(Origin(self.shown(ending)), message, hint), *found]

    def _retire_beside(self, ending: str) -> list[Diagnostic]:
        """Take away the new file beside an output that is up to date again, if nobody edited it: it would be taken for the newest."""
        beside = f"new.{ending}"
        raw = read_bytes(self.path(beside))
        if raw is None or sha256(raw) not in self._known(beside):
            return []
        try:
            retire(self.path(beside), self._backups)
        except OSError as error:
            return [cannot_write(self.shown(beside), error)]
        return []

    def _expect(self, drawn: Mapping[str, bytes]) -> None:
        """Note what may stand there after this build, besides what may stand there now."""
        for ending, data in drawn.items():
            for name in (ending, f"new.{ending}"):
                self.record["pending"][name] = sorted({*self.record["pending"].get(name, []), sha256(data)})

    def _keep(self, placed: Mapping[str, str], paragraphs: list[dict[str, Any]]) -> None:
        """Note what stands there now. `pending` stays for what could not be placed: it may stand there from a build that was stopped."""
        for ending, digest in placed.items():
            self.record["outputs"][ending] = digest
            self.record["trees"][ending] = self.tree
        for name in {one for ending in placed for one in (ending, f"new.{ending}", ending.removeprefix("new."))}:
            self.record["pending"].pop(name, None)
        for ending in placed:
            if not ending.startswith("new."):
                self.record["outputs"].pop(f"new.{ending}", None)
                self.record["trees"].pop(f"new.{ending}", None)
        word = "docx" in self.record["outputs"]
        if "docx" in placed or not word:
            self.record["paragraphs"] = paragraphs
            self.record.pop("new_paragraphs", None)
        elif "new.docx" in placed:
            self.record["new_paragraphs"] = paragraphs

    def _save(self) -> list[Diagnostic]:
        record = {name: part for name, part in self.record.items() if part or name == "outputs"}
        record |= {"submission": self.plan.id, "language": self.language, "audience": self.audience}
        text = json.dumps(record, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
        return put(self.record_file, text.encode(), self.workspace.relative(self.record_file))


_EDITED = (
    "the new one is {}: carry your changes over, or rename yours to keep it and build again; "
    "--force replaces it and keeps a backup under .shadowgen/backups"
)


def _record(raw: bytes) -> dict[str, Any]:
    """Return a record that was read; a broken one is as good as none."""
    try:
        record = json.loads(raw)
    except (ValueError, RecursionError):
        record = None
    record = record if isinstance(record, dict) else {}
    outputs, pending = record.get("outputs"), record.get("pending")
    whole = {
        "outputs": _texts(outputs),
        "trees": _texts(record.get("trees")),
        "pending": {name: list(map(str, one)) for name, one in _pairs(pending) if isinstance(one, list)},
    }
    return {name: record[name] for name in ("paragraphs", "new_paragraphs") if isinstance(record.get(name), list)} | whole


def _pairs(part: Any) -> list[tuple[str, Any]]:
    return list(part.items()) if isinstance(part, dict) else []


def _texts(part: Any) -> dict[str, str]:
    return {name: one for name, one in _pairs(part) if isinstance(one, str)}
