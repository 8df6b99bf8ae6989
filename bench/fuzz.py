"""Damaged files by the thousand: every one ends in problems that are told, none in a traceback or without end.

    bench/fuzz.py [--yaml 60000] [--docx 6000] [--seed 1]

YAML files of the samples are damaged and read as the files of a workspace; Word files are damaged, as bytes and as the XML inside, and both
imported and scanned. Prints how many were read, and each fault with the number that makes it again; exit 1 if there is any.
"""

from __future__ import annotations

import argparse
import io
import random
import re
import signal
import sys
import tempfile
import time
import traceback
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent
SECONDS = 10  # for one file, of the clock
BATCH = 40  # YAML files in one workspace

PIECES = [
    "&a ", "*a", "!!python/object/apply:os.system [id]", "!x ", "<<: *a", "---\n", "%YAML 1.1\n", "\t", "\u202e", "\u200b", "\ufeff", "\x00", "\x1b[2J", "\r",
    "[" * 200, "{a: " * 100, "? ", "| ", ">-\n", "'", '"', ": ", " #", "]", "}", "010", "1:30", "no", "~", "9" * 400, "-1", "1e999", ".inf", "2016-02-30", "\U0001f600",
    "[@", "^[", "{{", "}}", "]{internal}", "]{nobody}", ":::", "| a |\n", "<b>", "![", "](", "`", "[#", "{#x}", "../../etc/passwd", "/etc/passwd", "é" * 300,
]  # fmt: skip


class TooLong(BaseException):
    """A file took longer than any may; not an Exception, so that nothing on the way swallows it."""


@contextmanager
def watched(seconds: float) -> Iterator[None]:
    def stop(*_: object) -> None:
        raise TooLong

    signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def damaged_text(text: str, chance: random.Random) -> str:
    """Return a text with a few changes: of a character, a line, the indentation, or with a piece that means something."""
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(text) + 1)
        lines = text.split("\n")
        line = chance.randrange(len(lines))
        match chance.randrange(8):
            case 0:
                text = text[:at] + chance.choice(PIECES) + text[at:]
            case 1:
                text = text[:at] + text[at + chance.randint(1, 30) :]
            case 2:
                text = text[:at] + chr(chance.choice([chance.randrange(32, 127), chance.randrange(0x20, 0x3000)])) + text[at + 1 :]
            case 3:
                lines[line:line] = [lines[chance.randrange(len(lines))]] * chance.choice([1, 1, 50])
                text = "\n".join(lines)
            case 4:
                lines[line] = " " * chance.randrange(9) + lines[line].lstrip()
                text = "\n".join(lines)
            case 5:
                del lines[line]
                text = "\n".join(lines)
            case 6:
                lines[line] = re.sub(r":.*", lambda _: ": " + chance.choice(PIECES), lines[line])
                text = "\n".join(lines)
            case 7:
                text = text[:at]
    return text


def damaged_bytes(data: bytes, chance: random.Random) -> bytes:
    """Return bytes with a few of them changed, taken out or doubled."""
    out = bytearray(data)
    for _ in range(chance.randint(1, 8)):
        at = chance.randrange(len(out) + 1)
        match chance.randrange(3):
            case 0:
                out[at : at + 1] = bytes([chance.randrange(256)])
            case 1:
                del out[at : at + chance.randint(1, 40)]
            case 2:
                out[at:at] = out[: chance.randint(1, 40)]
    return bytes(out)


def damaged_package(data: bytes, chance: random.Random) -> bytes:
    """Return a Word file one of whose XML parts is damaged: tags moved, doubled, renamed, or bytes changed."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = chance.choice([name for name in parts if name.endswith((".xml", ".rels"))])
    text = parts[name].decode("utf-8", "replace")
    tags = re.findall(r"<[^>]*>", text) or ["<a/>"]
    for _ in range(chance.randint(1, 5)):
        at = chance.choice([match.start() for match in re.finditer("<|$", text)])
        match chance.randrange(4):
            case 0:
                text = text[:at] + chance.choice(tags) + text[at:]
            case 1:
                text = text[:at] + re.sub(r"^<[^>]*>", "", text[at:])
            case 2:
                text = text[:at] + re.sub(
                    r'"[^"]*"', lambda _: f'"{chance.choice(["", "-1", "99999999999", "x", "../a"])}"', text[at:], count=1
                )
            case 3:
                text = (
                    text[:at]
                    + chance.choice(["<w:p>" * 50, "<!DOCTYPE a [<!ENTITY b 'c'>]>", "&b;", "\x01", "<w:footnoteReference w:id='7'/>"])
                    + text[at:]
                )
    parts[name] = text.encode("utf-8", "replace")
    if chance.random() < 0.1:
        parts.pop(chance.choice(list(parts)))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return out.getvalue()


# ---------------------------------------------------------------- what reads them


def read_workspace(files: dict[str, str]) -> None:
    """Read files as those of a workspace, check them, and show every problem."""
    import datetime as dt

    from shadowgen.checks.library import check_library
    from shadowgen.checks.sources import check_sources
    from shadowgen.diagnostics import render_text
    from shadowgen.excerpts import discreet
    from shadowgen.library import load_library
    from shadowgen.workspace import Workspace

    with tempfile.TemporaryDirectory() as folder:
        for name, text in files.items():
            path = Path(folder) / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", errors="surrogatepass", newline="")
        library, problems = load_library(Workspace(Path(folder)))
        problems += [*check_library(library, dt.date(2026, 1, 1)), *check_sources(library)]
        for problem, shown in discreet(problems, library.texts):
            render_text(problem, shown)


def read_word(data: bytes) -> None:
    """Read a Word file as an import does, and scan it."""
    from shadowgen.importing.outline import recognise
    from shadowgen.readers.anything import read_anything
    from shadowgen.readers.textlines import Unreadable
    from shadowgen.scan.judging import judge

    with suppress(Unreadable):
        recognise(read_anything(data, ".docx"))
    judge(data)


def fault(read: Callable[[], None], seconds: float) -> str:
    """Return what went wrong in one line, or nothing."""
    try:
        with watched(seconds):
            read()
    except TooLong:
        return f"took longer than {seconds:g} s"
    except Exception as error:
        place = traceback.extract_tb(error.__traceback__)[-1]
        return f"{type(error).__name__} at {Path(place.filename).name}:{place.lineno}"
    return ""


def samples(folders: tuple[str, ...]) -> list[tuple[str, str]]:
    """Return name and text of the YAML files of the samples, as a workspace names them."""
    found = []
    for folder in folders:
        root = HERE / folder
        found += [
            (str(path.relative_to(root)), path.read_text("utf-8"))
            for kind in ("sections", "submissions")
            for path in sorted((root / kind).rglob("*.yaml"))
        ]
    return found


def run_yaml(count: int, seed: int) -> Iterator[str]:
    """Read so many damaged YAML files, and yield each fault."""
    honest = samples((".", "tests/everything", "tests/tongues"))
    for start in range(0, count, BATCH):
        files = {}
        for number in range(start, min(start + BATCH, count)):
            chance = random.Random(f"{seed}/yaml/{number}")
            name, text = chance.choice(honest)
            *folders, last = name.split("/")
            files["/".join([*folders, f"n{number}-{last}"])] = damaged_text(text, chance)
        if fault(lambda files=files: read_workspace(files), SECONDS * 3):
            for name, text in files.items():
                if said := fault(lambda name=name, text=text: read_workspace({name: text}), SECONDS):
                    yield f"YAML {name}: {said}"


def run_word(count: int, seed: int) -> Iterator[str]:
    """Read so many damaged Word files, and yield each fault."""
    honest = [path.read_bytes() for path in sorted((HERE / "output").rglob("*.docx")) if path.stat().st_size < 60_000]
    if not honest:
        sys.exit("build the samples first: there is no Word file under output/")
    for number in range(count):
        chance = random.Random(f"{seed}/docx/{number}")
        data = chance.choice(honest)
        damaged = (damaged_package if number % 2 else damaged_bytes)(data, chance)
        if said := fault(lambda damaged=damaged: read_word(damaged), SECONDS):
            yield f"DOCX {number}: {said}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--yaml", type=int, default=60_000)
    parser.add_argument("--docx", type=int, default=6_000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    faults = 0
    for what, count, run in (("YAML", asked.yaml, run_yaml), ("DOCX", asked.docx, run_word)):
        begun = time.monotonic()
        found = 0
        for said in run(count, asked.seed) if count else ():
            print(said, flush=True)
            found += 1
        print(f"{count:,} damaged {what} files: {found} faults, {time.monotonic() - begun:.0f} s", flush=True)
        faults += found
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
