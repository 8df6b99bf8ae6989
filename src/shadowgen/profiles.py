"""What a body asks of a submission: dated rules, as data.

Enters: `templates/profiles/<id>.yaml` of the workspace, or a built-in profile. Leaves: a `Profile`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from shadowgen.diagnostics import Diagnostic
from shadowgen.model import validate
from shadowgen.workspace import Workspace, shadowed
from shadowgen.yamlfile import parse_yaml


@dataclass(frozen=True, slots=True)
class Requirement:
    """One rule of a body: its value, whether it is binding, where it stands, when it was last checked there."""

    value: Any
    binding: bool
    source: str
    verified_on: str


@dataclass(frozen=True, slots=True)
class Profile:
    """The rules of one body at one stage."""

    id: str
    body: str
    stage: str
    rules: Mapping[str, Requirement]

    def number(self, name: str) -> int | None:
        """Return a rule's value as a whole number, or None."""
        rule = self.rules.get(name)
        return int(rule.value) if rule and str(rule.value).isdigit() else None

    def counts_notes(self) -> bool:
        """True unless the body says that notes do not count: where it is silent, they are counted, to be safe."""
        rule = self.rules.get("count_notes")
        return rule is None or str(rule.value) != "no"

    def languages(self) -> tuple[str, ...]:
        """Return the languages that the body accepts; empty if it does not say."""
        rule = self.rules.get("languages")
        return tuple(rule.value) if rule and isinstance(rule.value, list) else ()


def load_profile(workspace: Workspace, id: str) -> tuple[Profile | None, list[Diagnostic]]:
    """Return a profile; None where there is none, and why where it cannot be read."""
    found = shadowed(workspace, "templates/profiles", "profiles", f"{id}.yaml")
    if found is None:
        return None, []
    document, problems = parse_yaml(found[1], found[0])
    if problems:
        return None, problems
    model, problems = validate("profile", document)
    if model is None:
        return None, problems
    rules = {
        name: Requirement(rule.value, rule.severity == "binding", rule.source or "", str(rule.verified_on or ""))
        for name, rule in model.rules.items()
    }
    return Profile(id, model.body, model.stage, rules), []
