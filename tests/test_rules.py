"""Rules: each is used, documented, and printed in docs/rules.md; each command stands in the documentation."""

from __future__ import annotations

import ast
import html
import subprocess
import sys
from pathlib import Path

import pytest
from test_cli import commands

from shadowgen import rules
from shadowgen.diagnostics import Rule

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "src" / "shadowgen"
BY_NAME = {name: rule for name, rule in vars(rules).items() if isinstance(rule, Rule)}


def names_used() -> set[str]:
    """Return the names of rules that stand in the package outside the lists of rules: `rules.X`, `rules.X` or `from shadowgen.rules import X`."""
    used = set()
    for path in PACKAGE.rglob("*.py"):
        if path.name in ("rules.py", "rules.py"):
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "rules":
                used.add(node.attr)
            if isinstance(node, ast.ImportFrom) and node.module == "shadowgen.rules":
                used |= {alias.name for alias in node.names}
    return used


def test_every_rule_has_a_constant() -> None:
    assert sorted(rule.code for rule in BY_NAME.values()) == [rule.code for rule in rules.all_rules()]


@pytest.mark.parametrize("name", BY_NAME)
def test_rule_is_raised_somewhere(name: str) -> None:
    assert name in names_used()


@pytest.mark.parametrize("rule", rules.all_rules(), ids=lambda rule: rule.name)
def test_rule_is_documented_in_two_lines_or_more(rule: Rule) -> None:
    lines = rule.doc.splitlines()
    assert len(lines) >= 2
    assert rule.doc[0].isupper() and rule.doc.endswith(".") and all(line == line.strip() and line for line in lines)


def test_names_and_codes_are_unique_and_regular() -> None:
    found = rules.all_rules()
    assert len({rule.name for rule in found}) == len({rule.code for rule in found}) == len(found)
    assert all(rule.code[:2] == "SG" and rule.code[2:].isdigit() and len(rule.code) == 5 for rule in found)
    assert all(rule.name == rule.name.lower().strip("-") for rule in found)


def test_page_of_rules_is_current() -> None:
    """If this fails, run: scripts/docs > docs/rules.md"""
    printed = subprocess.run([sys.executable, str(ROOT / "scripts" / "docs")], capture_output=True, text=True, check=True).stdout
    assert (ROOT / "docs" / "rules.md").read_text(encoding="utf-8") == printed
    plain = html.unescape(printed).replace("\\*", "*")
    assert all(f"### {rule.code} {rule.name}\n" in plain and f".* {rule.doc}\n" in plain for rule in rules.all_rules())


@pytest.mark.skipif(not (ROOT / "README.md").exists(), reason="there is no README.md yet")
@pytest.mark.parametrize("words", [words for words in commands() if words], ids=" ".join)
def test_command_is_documented(words: tuple[str, ...]) -> None:
    pages = [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]
    text = "\n".join(page.read_text(encoding="utf-8") for page in pages)
    assert f"shadowgen {' '.join(words)}" in text
