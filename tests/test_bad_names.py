"""Names that lead elsewhere, hide or mean two things: none is taken as a key, as the file of a template or as that of a picture."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from support import finding, make_workspace, picture, submission

from shadowgen.build import Job, build
from shadowgen.diagnostics import Diagnostic, has_errors
from shadowgen.loading import load_library

# no key, template or picture has such a name; each stands for one way that another program was led astray
UP = [
    "..", "../a", "../../a", "a/../../a", "./../a", "..\\a", "..\\..\\a", "a\\..\\..\\a", "....//a", "..;/a", ".%2e/a", "%2e%2e/a", "%2e%2e%2fa",
    "..%2fa", "..%5ca", "..%c0%afa", "%252e%252e/a", "..\u2215a", "..\uff0fa", "\uff0e\uff0e/a", "..\u2044a", "../", "..//a", "a/..",
]  # fmt: skip
ELSEWHERE = [
    "/", "/etc/passwd", "//server/share", "\\\\server\\share", "\\a", "C:\\a", "C:a", "C:/a", "c:/windows/win.ini", "~", "~/a", "~root/a",
    "file:///etc/passwd", "file:a", "http://192.0.2.1/a", "https://192.0.2.1/a", "//192.0.2.1/a", "ftp://192.0.2.1/a", "data:text/plain,a",
    "javascript:alert(1)", "smb://192.0.2.1/a", "/dev/zero", "/proc/self/environ", "\\\\?\\C:\\a", "\\\\.\\pipe\\a", "$HOME/a", "${HOME}/a", "%APPDATA%\\a",
]  # fmt: skip
HIDING = [
    "a\u202eb", "a\u200bb", "\ufeffa", "a\u00adb", "a\u2066b", "\u0430", "p\u0430per", "a\u0301b", "\uff41", "\u017fa", "a\u00a0b", "a\tb",
    "a\nb", "a\rb", "a\0b", "a\x1b[2Jb",
]  # fmt: skip
STEERING = ["", " ", ".", "a b", " a", "a;b", "a|b", "a&b", "a`b`", "$(a)", "-rf", "--help", "a*", "a?", "[a]", "{{a}}", "{% a %}", "'a'", '"a"', "<a>", "a#b@c", "A", "CON.", "a" * 300]  # fmt: skip
BAD = [*UP, *ELSEWHERE, *HIDING, *STEERING]
assert len(set(BAD)) == len(BAD)


def quoted(name: str) -> str:
    """Return a name as YAML, whatever it holds."""
    return json.dumps(name)


FOLDER = "sections/articles/iccpr/7"


def traps(root: Path) -> dict[str, bytes]:
    """Lay what a name could lead to beside the workspace and in each folder above the file; return what lies outside it."""
    (root / FOLDER).mkdir(parents=True)
    for folder in [root.parent, root, *[root / one for one in ("templates", "sections", "sections/articles", "sections/articles/iccpr")]]:
        folder.mkdir(exist_ok=True)
        for name in ("a", "passwd", "a.md.j2", "a.png"):
            if folder.name != "templates" or name != "a.md.j2":
                (folder / name).write_bytes(picture() if name.endswith("png") else b"TRAPPED\n")
    return outside(root)


def outside(root: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in root.parent.iterdir() if path.is_file()}


def tried(root: Path, files: dict[str, str | bytes]) -> tuple[str, list[Diagnostic]]:
    """Read and build a workspace; return the page that was made, with the problems."""
    library, problems = load_library(make_workspace(root, files))
    if "report" in library.plans and not has_errors(problems):
        problems += build(library, library.plans["report"], Job(formats=("html",)))[1]
    made = sorted((root / "output").rglob("*.*"))
    return "".join(path.read_text("utf-8") for path in made), problems


@pytest.mark.parametrize("name", BAD, ids=ascii)
def test_it_is_no_key(tmp_path: Path, name: str) -> None:
    text = f"{quoted(name)}: {{type: book, author: A, title: T, date: 2014}}\n"
    library, problems = load_library(make_workspace(tmp_path, {"sections/sources/s.yaml": text}))
    assert library.sources == {} and has_errors(problems)


@pytest.mark.parametrize("name", BAD, ids=ascii)
def test_it_is_no_template(tmp_path: Path, name: str) -> None:
    there = traps(root := tmp_path / "w")
    files = {f"{FOLDER}/one.yaml": finding("Words."), "submissions/report.yaml": submission(template=quoted(name))}
    made, problems = tried(root, files)
    assert made == "" and has_errors(problems)
    assert "TRAPPED" not in str(problems) and outside(root) == there


@pytest.mark.parametrize("name", BAD, ids=ascii)
def test_it_is_no_picture(tmp_path: Path, name: str) -> None:
    there = traps(root := tmp_path / "w")
    section = f"title: T\naudience: public\narticles: [ICCPR 7]\nbody: {quoted(f'Words.{chr(10)}{chr(10)}![What it shows]({name}.png)')}\n"
    made, problems = tried(root, {f"{FOLDER}/one.yaml": section, "submissions/report.yaml": submission()})
    assert "data:image" not in made and outside(root) == there
    assert has_errors(problems) or "<img" not in made


def test_an_honest_name_is_all_three(tmp_path: Path) -> None:
    traps(root := tmp_path / "w")
    files: dict[str, str | bytes] = {
        f"{FOLDER}/one.yaml": finding("Words [@a].\n\n![What it shows](a.png)"),
        f"{FOLDER}/a.png": picture(),
        "sections/sources/s.yaml": "a: {type: book, author: A, title: T, date: 2014}\n",
        "templates/a.md.j2": "# Honest\n\n{{ section(sections[0]) }}\n",
        "submissions/report.yaml": submission(template="a"),
    }
    made, problems = tried(root, files)
    assert not has_errors(problems) and "Honest" in made and "data:image" in made


# ---------------------------------------------------------------- levels

# no reader may be taken for the public because of a slip; "p\u0443blic" and the like have a Cyrillic letter
LEVELS = [
    "", " ", "Public", "PUBLIC", "public ", " public", "publi", "publik", "publicc", "public.", "public,internal", "public internal", "[public]", "public/", "p\u0443blic",
    "\u0440ublic", "publi\u0441", "public\u200b", "\ufeffpublic", "public\u00a0", "p\u00fablic", "\uff50ublic", "public\t", "public\n", "public\0", "committee ", "Committee", "comittee",
    "committees", "internal ", "Internal", "intern", "all", "everyone", "none", "null", "~", "yes", "true", "0", "1", "-1", "*", "secret", "confidential",
]  # fmt: skip
assert len(set(LEVELS)) == len(LEVELS)


@pytest.mark.parametrize("level", LEVELS, ids=ascii)
def test_it_is_no_level(tmp_path: Path, level: str) -> None:
    """An entry is not read and the build stops, as a section, a source, a person of the coalition, and as a word of consent."""
    files: dict[str, str | bytes] = {
        f"{FOLDER}/one.yaml": f"title: T\narticles: [ICCPR 7]\naudience: {quoted(level)}\nbody: |\n  Words.\n",
        "sections/sources/s.yaml": f"a: {{type: book, author: A, title: T, date: 2014, audience: {quoted(level)}}}\n",
        "sections/contributors/c.yaml": f"a: {{type: organisation, name: A, audience: {quoted(level)}}}\n",
        "sections/people/p.yaml": f"a: {{name: Qwelina Zardotova, consent: {{public: {quoted(level)}}}}}\n",
    }
    library, problems = load_library(make_workspace(tmp_path, files))
    assert (library.sections, library.sources, library.contributors, library.people) == ({}, {}, {}, {})
    assert {problem.origin.file for problem in problems if problem.is_error} == set(files)
