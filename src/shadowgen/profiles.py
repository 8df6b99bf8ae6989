"""What a body asks of a submission: dated rules, as data.

Enters: `templates/profiles/<id>.yaml` of the workspace, or a built-in profile. Leaves: a `Profile`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from shadowgen.diagnostics import Diagnostic
from shadowgen.validation import validate
from shadowgen.workspace import Workspace, shadowed
from shadowgen.yamlfile import parse_yaml


@dataclass(frozen=True, slots=True)
class Requirement:
    """One rule of a body: its value, whether it is binding, where it stands, when it was last checked there."""

    value: Any
    binding: bool
    source: str
    verified_on: str
    note: str = ""

    def cited(self) -> str:
        """Return how binding the rule is and where it stands: "binding: ohchr.org, read on 2026-11-22", or "advisory: unverified"."""
        where = f"{self.source}, read on {self.verified_on}" if self.source else self.note or "no source"
        return f"{'binding' if self.binding else 'advisory'}: {where}"


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

    def words(self, name: str) -> str:
        """Return a rule's value as words; empty where there is no such rule."""
        rule = self.rules.get(name)
        return str(rule.value) if rule else ""

    def several(self, name: str) -> tuple[str, ...]:
        """Return the values of a rule that lists several; empty where there is no such rule."""
        rule = self.rules.get(name)
        return tuple(map(str, rule.value)) if rule and isinstance(rule.value, list) else ()

    def counts(self, what: str) -> bool:
        """True unless the body says that its limit leaves out "notes" or "annexes": where it is silent, they are counted, to be safe."""
        return self.words(f"count_{what}") != "no"

    def cited(self, name: str) -> str:
        """Return how binding a rule is and where it stands; the profile must have it."""
        return self.rules[name].cited()


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
        name: Requirement(rule.value, rule.severity == "binding", rule.source or "", str(rule.verified_on or ""), rule.note or "")
        for name, rule in model.rules.items()
    }
    return Profile(id, model.body, model.stage, rules), []
