"""What makes a rule known under its code and its name."""

from __future__ import annotations

from shadowgen.diagnostics import Rule, Severity

_ALL: dict[str, Rule] = {}


def _rule(code: str, name: str, severity: Severity, doc: str, silent: bool) -> Rule:
    rule = Rule(code, name, severity, "\n".join(line.strip() for line in doc.strip().splitlines()), silent)
    assert code not in _ALL, code
    _ALL[code] = rule
    return rule


def error(code: str, name: str, doc: str, *, silent: bool = False) -> Rule:
    return _rule(code, name, Severity.ERROR, doc, silent)


def warning(code: str, name: str, doc: str, *, silent: bool = False) -> Rule:
    return _rule(code, name, Severity.WARNING, doc, silent)


def all_rules() -> list[Rule]:
    """Return every rule, by code."""
    return [_ALL[code] for code in sorted(_ALL)]


def find_rule(name: str) -> Rule | None:
    """Return the rule with this code or name, in any case, or None."""
    wanted = name.strip().lower()
    return next((rule for rule in _ALL.values() if wanted in (rule.code.lower(), rule.name)), None)
