"""What an editor looks for in a language, and what the workspace has chosen.

Enters: `data/editing/<language>.yaml`, and `templates/editing/<language>.yaml` of the workspace, which adds to it. Leaves: plain data. A language without
a file has no words to look for, and the rules bound to it are silent.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from shadowgen.library import Library
from shadowgen.workspace import package_data, package_files, read_bytes
from shadowgen.yamlfile import parse_yaml


def editing(library: Library, language: str) -> Mapping[str, Any]:
    """Return what is looked for in a language: the built-in words with those of the workspace; empty where there are none."""
    name = f"{language.split('-')[0]}.yaml"
    built_in = package_data("editing", name) if name in package_files("editing") else {}
    path = library.workspace.own_file("templates/editing", name)
    raw = read_bytes(path) if path else None
    own = parse_yaml(raw.decode("utf-8-sig", "replace"), name)[0].data if raw else None
    return _joined(built_in, own) if isinstance(own, dict) else built_in


def _joined(base: Any, own: Any) -> Any:
    """Return data with more data: mappings and lists grow, all else is replaced."""
    if isinstance(base, dict) and isinstance(own, dict):
        return {**base, **{key: _joined(base.get(key), value) for key, value in own.items()}}
    return [*base, *own] if isinstance(base, list) and isinstance(own, list) else own


@cache
def common() -> Mapping[str, Any]:
    """Return what is looked for in any language."""
    return package_data("", "editing-common.yaml")


def usual(counts: Mapping[str, int], order: Iterable[str], choice: str = "") -> str:
    """Return the form that is right: the one that was chosen, or the most frequent, or of several the first in the order."""
    return choice or max(order, key=lambda form: counts.get(form, 0))
