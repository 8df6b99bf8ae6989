"""What a body asks of a submission: dated rules, as data.

Enters: `templates/profiles/<id>.yaml` of the workspace, or a built-in profile. Leaves: a `Profile`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from shadowgen.model import validate
from shadowgen.workspace import Workspace, built_in, read_bytes
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


def load_profile(workspace: Workspace, id: str) -> Profile | None:
    """Return a profile, or None if there is none of that name or it cannot be read."""
    own = workspace.own_file("templates/profiles", f"{id}.yaml")
    raw = read_bytes(own) if own else None
    text = raw.decode("utf-8", "replace") if raw is not None else built_in("profiles", f"{id}.yaml")
    if text is None:
        return None
    document, problems = parse_yaml(text, f"profiles/{id}.yaml")
    model, more = (None, []) if problems else validate("profile", document)
    if model is None or more:
        return None
    rules = {
        name: Requirement(rule.value, rule.severity == "binding", rule.source or "", str(rule.verified_on or ""))
        for name, rule in model.rules.items()
    }
    return Profile(id, model.body, model.stage, rules)
