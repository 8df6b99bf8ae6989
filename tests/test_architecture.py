"""The law of the code: which module may import which, one door to each package, and nothing too long to be read at once."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "src" / "shadowgen"
MODULES = sorted(path.relative_to(PACKAGE).as_posix() for path in PACKAGE.rglob("*.py"))
MODULE_LINES, FUNCTION_LINES = 400, 40
NAMES_THAT_SAY_NOTHING = {"manager", "processor", "engine", "handler", "helper", "helpers", "utils", "util", "common", "core"}


def test_imports_keep_the_law_of_importlinter() -> None:
    command = [sys.executable, "-c", "from importlinter.cli import lint_imports_command; lint_imports_command()", "--no-cache"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def tree(module: str) -> ast.Module:
    return ast.parse((PACKAGE / module).read_text(encoding="utf-8"))


def functions(module: str) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    yield from (node for node in ast.walk(tree(module)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


@pytest.mark.parametrize("module", MODULES)
def test_module_can_be_read_at_once(module: str) -> None:
    lines = len((PACKAGE / module).read_text(encoding="utf-8").splitlines())
    assert lines <= MODULE_LINES


@pytest.mark.parametrize("module", MODULES)
def test_functions_can_be_read_at_once(module: str) -> None:
    lengths = {node.name: (node.end_lineno or 0) - node.lineno + 1 for node in functions(module)}
    assert {name: length for name, length in lengths.items() if length > FUNCTION_LINES} == {}


@pytest.mark.parametrize("module", MODULES)
def test_module_says_what_it_is_for(module: str) -> None:
    body = tree(module).body
    assert not body or ast.get_docstring(tree(module))


@pytest.mark.parametrize("module", MODULES)
def test_names_say_something(module: str) -> None:
    names = [Path(module).stem] + [node.name for node in ast.walk(tree(module)) if isinstance(node, ast.ClassDef)]
    words = {word for name in names for word in "".join("_" + c.lower() if c.isupper() else c for c in name).split("_")}
    assert words & NAMES_THAT_SAY_NOTHING == set()
