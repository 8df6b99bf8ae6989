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
    """LibreOffice at work in the background: every Word file to PDF, the shorter ones to plain text, in one call each."""
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
        short = [file for file in files if file.stat().st_size < 100_000]
        for form, some in (("pdf", files), ("txt:Text (encoded):UTF8", short)):
            command = ["soffice", profile, "--headless", "--convert-to", form, "--outdir", str(folder), *map(str, some)]
            subprocess.run(command, check=True, capture_output=True, timeout=240)
    return folder


# Findings that are open: the constructs of tests/everything that one reader or another sees otherwise than the document.
OPEN = {
    "test_pandoc_reads_the_notes_of_the_markdown[everything/": "the caption of a figure is written as the title of an image, where its note is lost",
    "test_poppler_finds_every_word_of_the_pdf[everything/whole-report.ru": "the look prints (i) in Russian, Word prints i)",
    "test_contents_name_the_pages[everything/whole-report.ru": "the look prints (i) in Russian, Word prints i)",
    "test_libreoffice_draws_every_word_of_the_word_file[everything/": "LibreOffice orders the words of lists otherwise",
    "test_libreoffice_counts_paragraphs_in_plain_text[everything/": "LibreOffice writes the numbers of nested lists otherwise",
    "test_letter_that_no_font_has_stops_the_build": "WeasyPrint does not always tell of a letter that no font has",
}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what is known to be open; it is run and reported all the same."""
    for item in items:
        module = item.path.name
        if module == "test_hostile_workspaces.py" and not os.environ.get("SHADOWGEN_SLOW"):
            item.add_marker(pytest.mark.skip(reason="several minutes: set SHADOWGEN_SLOW=1"))
        if module == "test_interrupted.py":
            item.add_marker(pytest.mark.xfail(reason="written for a build that kept its record last; it is kept first now", strict=False))
        for name, reason in OPEN.items():
            if item.name.startswith(name):
                item.add_marker(pytest.mark.xfail(reason=reason, strict=False))
