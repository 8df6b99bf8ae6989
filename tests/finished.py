"""Build whole workspaces for tests, each document once and in every format, with the resolved tree that it was drawn from."""

from __future__ import annotations

import json
import shutil
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from shadowgen.build import FORMATS, Job, build
from shadowgen.compose import compose
from shadowgen.library import Library
from shadowgen.loading import load_library
from shadowgen.locales import Locale
from shadowgen.nodes import Submission
from shadowgen.workspace import Workspace

REPOSITORY = Path(__file__).parents[1]
WORKSPACES = {"samples": REPOSITORY, "everything": REPOSITORY / "tests" / "everything", "tongues": REPOSITORY / "tests" / "tongues"}
FOLDERS = ("sections", "templates", "submissions")


@dataclass(frozen=True, slots=True)
class Finished:
    """One built document: its files by format, the tree they were drawn from, the record of its paragraphs, what went wrong."""

    name: str
    root: Path
    language: str
    files: dict[str, Path]
    submission: Submission
    locale: Locale
    record: dict[str, Any]
    errors: tuple[str, ...]


def names() -> list[str]:
    """Return a name for each submission of the sample workspaces in each of its languages; those that take longest first."""
    found = []
    for workspace, root in WORKSPACES.items():
        for file in sorted((root / "submissions").glob("*.yaml")):
            languages = yaml.safe_load(file.read_text(encoding="utf-8"))["languages"]
            found += [f"{workspace}/{file.stem}.{language}" for language in languages]
    return sorted(found, key=lambda name: "full" not in name)


def copy_workspace(name: str, target: Path) -> Path:
    """Copy a workspace into `target`, without anything that was built from it."""
    for folder in FOLDERS:
        if (WORKSPACES[name] / folder).is_dir():
            shutil.copytree(WORKSPACES[name] / folder, target / folder)
    return target


def finish_all(folder: Path, formats: tuple[str, ...] = FORMATS) -> dict[str, Finished]:
    """Build every submission of the sample workspaces in copies under `folder`, in two processes."""
    for name in WORKSPACES:
        copy_workspace(name, folder / name)
    with ProcessPoolExecutor(2) as pool:
        done = [pool.submit(_finish, str(folder), name, formats) for name in names()]
        return {one.result().name: one.result() for one in done}


@cache
def _library(root: Path) -> Library:
    return load_library(Workspace(root))[0]


def _finish(folder: str, name: str, formats: tuple[str, ...]) -> Finished:
    workspace, _, rest = name.partition("/")
    id, _, language = rest.rpartition(".")
    root = Path(folder) / workspace
    library = _library(root)
    plan = library.plans[id]
    _, problems = build(library, plan, Job(formats, language=language))
    composition, _ = compose(library, plan, language, plan.audience)
    assert composition is not None, problems
    stem = id if language == plan.languages[0] else f"{id}.{language}"
    files = {form: root / "output" / id / f"{stem}.{form}" for form in formats}
    record = root / ".shadowgen" / "builds" / f"{stem}.json"
    known = json.loads(record.read_text(encoding="utf-8")) if record.exists() else {}
    errors = tuple(str(problem) for problem in problems if problem.is_error)
    return Finished(name, root, language, files, composition.submission, composition.locale, known, errors)
