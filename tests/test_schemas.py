"""The JSON Schemas that ship with the package are those of the file models, and judge the sample files as the models do."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from shadowgen.model import SCHEMAS, json_schema
from shadowgen.workspace import built_in

ROOT = Path(__file__).resolve().parents[1]


@pytest.mark.parametrize("kind", list(SCHEMAS))
def test_published_schema_is_current(kind: str) -> None:
    """Run scripts/schemas after changing a model."""
    assert json.loads(built_in("schemas", f"{kind}.json") or "") == json_schema(kind)


def test_editor_globs_reach_every_sample_file() -> None:
    from shadowgen.starter import editor_globs

    globs = [glob for patterns in editor_globs().values() for glob in patterns]
    reached = {path for glob in globs for path in ROOT.glob(glob)}
    files = {path for folder in ("sections", "submissions") for path in (ROOT / folder).rglob("*.yaml")}
    assert files and files <= reached
