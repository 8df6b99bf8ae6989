"""docs/styles/citeproc.md without the network: each difference has its reasons, and our side of it is what the engine makes today."""

from __future__ import annotations

import re
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def script() -> ModuleType:
    loader = SourceFileLoader("compare_citeproc", str(ROOT / "scripts" / "compare-citeproc"))
    spec = spec_from_loader(loader.name, loader)
    assert spec is not None
    module = module_from_spec(spec)
    loader.exec_module(module)
    return module


def test_every_difference_has_reasons_that_the_page_gives(script: ModuleType) -> None:
    told = script.explained(script.PAGE.read_text(encoding="utf-8"))
    given = set(re.findall(r"^- \*\*(\w+)\*\*", script.PAGE.read_text(encoding="utf-8"), re.M))
    assert {reason for *_, reasons in told.values() for reason in reasons.split(", ")} == given
    assert all(one != other for one, other, _ in told.values())


def test_our_side_of_the_page_is_what_the_engine_makes(script: ModuleType) -> None:
    told = script.explained(script.PAGE.read_text(encoding="utf-8"))
    ours = {
        (style, type, position): note
        for style in script.STYLES
        for type in script.TYPES
        for position, note in zip(script.POSITIONS, script.ours(style, type), strict=True)
    }
    assert len(told) > 10
    assert {key: note for key, (note, *_) in told.items()} == {key: ours[key] for key in told}


@pytest.mark.parametrize(
    ("nodes", "line"),
    [
        ([{"t": "Str", "c": "A"}, {"t": "Space"}, {"t": "Emph", "c": [{"t": "Str", "c": "b"}]}], "A *b*"),
        ([{"t": "Quoted", "c": [{"t": "DoubleQuote"}, [{"t": "Str", "c": "a"}]]}], "“a”"),
        ([{"t": "Link", "c": [["", [], []], [{"t": "Str", "c": "u"}], ["http://u", ""]]}], "u"),
    ],
)
def test_pandoc_s_words_are_read(script: ModuleType, nodes: list, line: str) -> None:
    assert script.words(nodes) == line
