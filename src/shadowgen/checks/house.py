"""What an editor looks for in a language, and what the workspace has chosen.

Enters: `data/editing/<language>.yaml`, and `templates/editing/<language>.yaml` of the workspace, which adds to it. Leaves: plain data. A language without
a file has no words to look for, and the rules bound to it are silent.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from shadowgen.diagnostics import Diagnostic
from shadowgen.model import EditingFile
from shadowgen.validation import validate
from shadowgen.workspace import Workspace, package_data, package_files, read_bytes
from shadowgen.yamlfile import parse_yaml, read_text

House = Mapping[str, Any]


def editing(workspace: Workspace, language: str) -> tuple[House, list[Diagnostic]]:
    """Return what is looked for in a language, the workspace's words among them, and what is wrong with its file; empty where there is none."""
    name = f"{language.split('-')[0]}.yaml"
    built_in: House = package_data("editing", name) if name in package_files("editing") else {}
    own, problems = _own(workspace, name)
    if own is None:
        return built_in, problems
    choice = {**built_in.get("choice", {}), **own.choice.model_dump(exclude_none=True)}
    more = {
        "abbreviations": [*built_in.get("abbreviations", []), *own.abbreviations],
        "vague": [*built_in.get("vague", []), *map(re.escape, own.vague)],
    }
    return {**built_in, "choice": choice, **{key: words for key, words in more.items() if words}}, problems


def _own(workspace: Workspace, name: str) -> tuple[EditingFile | None, list[Diagnostic]]:
    path = workspace.own_file("templates/editing", name)
    raw = read_bytes(path) if path else None
    if raw is None:
        return None, []
    text, problems = read_text(raw, f"templates/editing/{name}")
    if problems:
        return None, problems
    document, problems = parse_yaml(text, f"templates/editing/{name}")
    return (None, problems) if problems else validate("editing", document)


@cache
def common() -> House:
    """Return what is looked for in any language."""
    return package_data("", "editing-common.yaml")


def usual(counts: Mapping[str, int], order: Iterable[str], choice: str = "") -> tuple[str, bool]:
    """Return the form that is right (chosen, or the most frequent, or of several the first in the order), and whether that is beyond doubt."""
    right = choice or max(order, key=lambda form: counts.get(form, 0))
    return right, bool(choice) or counts.get(right, 0) * 3 >= sum(counts.values()) * 2
