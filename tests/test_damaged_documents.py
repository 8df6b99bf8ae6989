"""Documents that are damaged, as bytes and in their markup, are read or refused: the small run of bench/fuzz.py, with a seed of its own.

Damaged YAML files and damaged files under `scan` have tests of their own (test_hostile_workspaces, scan/test_scan_hostile).
"""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

SEED = 2


@pytest.fixture(scope="module")
def fuzz() -> ModuleType:
    spec = importlib.util.spec_from_file_location("fuzz", Path(__file__).parents[1] / "bench/fuzz.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_damaged_documents_are_read_or_refused(fuzz: ModuleType) -> None:
    words, odts, pdfs = fuzz.honest_files()
    runs = {
        20: fuzz.run_packages("DOCX", words, fuzz.read_word),
        150: fuzz.run_packages("ODT", odts, lambda data: fuzz.read_document(data, ".odt")),
        24: fuzz.run_pdf(pdfs),
    }
    assert [said for count, run in runs.items() for said in run(count, SEED)] == []


def test_a_reader_that_raises_or_does_not_end_is_a_fault(fuzz: ModuleType) -> None:
    def endless() -> None:
        while True:
            pass

    assert fuzz.fault(lambda: None, 1) == ""
    assert fuzz.fault(lambda: {}["x"], 1).startswith("KeyError at test_damaged_documents.py:")  # type: ignore[misc]
    assert fuzz.fault(endless, 0.2) == "took longer than 0.2 s"
    assert fuzz.all_well(lambda: True) and not fuzz.all_well(lambda: False)
