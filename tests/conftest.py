"""Documents that many tests read: the sample submissions and the small workspace of every construct, built once, and converted once."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pytest
from finished import Finished, finish_all, names


def need(program: str) -> None:
    """Skip the test where a program is missing; fail where everything must be there."""
    if not shutil.which(program):
        (pytest.fail if os.environ.get("SHADOWGEN_CI") else pytest.skip)(f"{program} is not installed")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep the tests that read the finished documents in one process, so that the documents are built once."""
    for item in items:
        if "documents" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.xdist_group("documents"))


@pytest.fixture(scope="session")
def documents(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Finished]:
    """Every document of the sample workspaces, in every format."""
    return finish_all(tmp_path_factory.mktemp("finished"))


@pytest.fixture(params=names())
def finished(request: pytest.FixtureRequest, documents: dict[str, Finished]) -> Finished:
    """One document after the other; it must have been built without errors."""
    one = documents[request.param]
    assert one.errors == ()
    return one


@pytest.fixture(scope="session")
def converting(documents: dict[str, Finished], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Future[Path]]:
    """LibreOffice at work in the background: every Word file to PDF and to plain text, in one call each."""
    folder = tmp_path_factory.mktemp("office")
    copies = []
    for one in documents.values():
        if one.files["docx"].exists():
            copies.append(folder / f"{office_stem(one.name)}.docx")
            shutil.copy(one.files["docx"], copies[-1])
    with ThreadPoolExecutor(1) as pool:
        yield pool.submit(_convert, folder, copies)


@pytest.fixture(scope="session")
def office(converting: Future[Path]) -> Path:
    """The folder of what LibreOffice made of the Word files."""
    need("soffice")
    return converting.result(timeout=240)


def office_stem(name: str) -> str:
    """Return the file stem under which LibreOffice gets a document."""
    return name.replace("/", "-")


def _convert(folder: Path, files: list[Path]) -> Path:
    if shutil.which("soffice"):
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        for form in ("pdf", "txt:Text (encoded):UTF8"):
            command = ["soffice", profile, "--headless", "--convert-to", form, "--outdir", str(folder), *map(str, files)]
            subprocess.run(command, check=True, capture_output=True, timeout=240)
    return folder
