"""Seals as they stand in `submissions/filed/`: read, checked, and never written over.

Enters: a `Workspace`. Leaves: `Seal`s by their ids, and every problem of their files.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from shadowgen import rules
from shadowgen.diagnostics import Diagnostic, Origin
from shadowgen.safewrite import sha256
from shadowgen.sealfile import SealedDocument, SealFile
from shadowgen.validation import validate
from shadowgen.workspace import FILED, Workspace, read_bytes
from shadowgen.yamlfile import parse_yaml, read_text

_PASSAGE = re.compile(r"^<!-- ([a-z0-9-]+) \d+ -->\n", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Seal:
    """A submission that was filed: its id, the file, what the file says."""

    id: str
    file: str
    said: SealFile

    @property
    def day(self) -> dt.date:
        """When it was filed."""
        return self.said.filed

    def document(self, language: str) -> SealedDocument | None:
        """Return what was sent in a language; in its first one without a language."""
        return next((one for one in self.said.documents if language in ("", one.language)), None)


def load_seals(workspace: Workspace) -> tuple[dict[str, Seal], list[Diagnostic]]:
    """Read every seal, in the order of their days; bad ones give problems and are left out."""
    seals: list[Seal] = []
    problems: list[Diagnostic] = []
    for path in workspace.yaml_files(FILED):
        seal, found = _read(workspace, path.stem, workspace.relative(path))
        seals += [seal] if seal else []
        problems += found
    return {seal.id: seal for seal in sorted(seals, key=lambda one: (one.day, one.id))}, problems


def _read(workspace: Workspace, id: str, file: str) -> tuple[Seal | None, list[Diagnostic]]:
    raw = read_bytes(workspace.root / file)
    if raw is None:
        return None, [rules.UNREADABLE_FILE.at(Origin(file), "the file cannot be read, or is a link")]
    text, problems = read_text(raw, file)
    document, more = parse_yaml(text, file) if not problems else (None, problems)
    if document is None or more:
        return None, more
    said, problems = validate("seal", document)
    if said is None:
        return None, problems
    return Seal(id, file, said), list(_changed(workspace, Seal(id, file, said)))


def _changed(workspace: Workspace, seal: Seal) -> Iterable[Diagnostic]:
    """Tell which kept file is gone or is not the one that was kept."""
    for document in seal.said.documents:
        for kept in (document.text, document.prose):
            data = read_kept(workspace, kept.file)
            if data is None or sha256(data) != kept.sha256:
                what = "is missing" if data is None else "has been changed since it was filed"
                yield rules.BROKEN_SEAL.at(Origin(seal.file), f"'{kept.file}' {what}", "take it back from version control")


def read_kept(workspace: Workspace, name: str) -> bytes | None:
    """Return a file that is kept beside a seal, or None; a name with a folder in it is none of ours."""
    return read_bytes(workspace.root / FILED / name) if "/" not in name and "\\" not in name else None


def kept_prose(sections: Mapping[str, Iterable[str]]) -> str:
    """Return the passages of sections as one readable file."""
    rows = [f"<!-- {id} {place} -->\n{text}\n" for id, texts in sections.items() for place, text in enumerate(texts, 1)]
    return "\n".join(rows)


def read_prose(text: str) -> dict[str, tuple[str, ...]]:
    """Return the passages of each section from the file that keeps them."""
    found: dict[str, list[str]] = {}
    pieces = _PASSAGE.split(text)[1:]
    for id, words in zip(pieces[::2], pieces[1::2], strict=True):
        found.setdefault(id, []).append(words.strip())
    return {id: tuple(texts) for id, texts in found.items()}
