"""Damaged files by the thousand: every one ends in problems that are told, none in a traceback or without end.

    bench/fuzz.py [--yaml 60000] [--docx 6000] [--odt 3000] [--pdf 3000] [--seed 1] [--quick]

YAML files of the samples are damaged and read as the files of a workspace. Word files, OpenDocument texts and PDFs are damaged, as bytes and as
the markup inside, and read as an import does; Word files and PDFs are scanned as well. Prints how many were read, and each fault with the number
that makes it again; exit 1 if there is any.
"""

from __future__ import annotations

import argparse
import io
import os
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
from functools import partial
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(HERE / "tests"))  # the honest files are those of the tests

from damage import damaged_bytes  # noqa: E402

SECONDS = 10  # for one file, of computing: the clock says little on a busy machine
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

    signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


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


def damaged_package(data: bytes, chance: random.Random) -> bytes:
    """Return a Word file or OpenDocument text one of whose XML parts is damaged: tags moved, doubled, renamed, or bytes changed."""
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
    from shadowgen.loading import load_library
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
    from shadowgen.scan.judging import judge

    read_document(data, ".docx")
    judge(data)


def read_document(data: bytes, ending: str) -> None:
    """Read a document as an import does."""
    from shadowgen.importing.outline import recognise
    from shadowgen.readers.anything import read_anything
    from shadowgen.readers.textlines import Unreadable

    with suppress(Unreadable):
        recognise(read_anything(data, ending))


def read_pdf_here(data: bytes) -> None:
    """Read a PDF as an import does, without the process of its own, and scan it."""
    from shadowgen.importing.outline import recognise
    from shadowgen.readers.pdf.drawn import draw
    from shadowgen.readers.pdf.reading import from_drawing
    from shadowgen.readers.textlines import Unreadable
    from shadowgen.scan.judging import judge

    judge(data)
    try:
        drawing = draw(data)
    except ValueError:
        return
    with suppress(Unreadable):
        recognise(from_drawing(drawing))


def read_pdf_apart(data: bytes) -> None:
    """Read a PDF as users do: in a process with bounds, in which the library for PDFs may crash."""
    from shadowgen.scan.guard import scan

    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        file.write(data)
        file.flush()
        scan(Path(file.name))
    read_document(data, ".pdf")


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


def run_packages(what: str, honest: list[bytes], read: Callable[[bytes], None]) -> Callable[[int, int], Iterator[str]]:
    """Return what reads so many damaged packages of XML, and yields each fault."""

    def run(count: int, seed: int) -> Iterator[str]:
        for number in range(count):
            chance = random.Random(f"{seed}/{what}/{number}")
            data = (damaged_package if number % 4 else damaged_bytes)(chance.choice(honest), chance)
            if said := fault(lambda data=data: read(data), SECONDS):
                yield f"{what} {number}: {said}"

    return run


def run_pdf(honest: list[bytes]) -> Callable[[int, int], Iterator[str]]:
    """Return what reads so many damaged PDFs, and yields each fault. What is odd in one process for many counts if it is so in one of its own."""

    def damaged(seed: int, number: int) -> bytes:
        chance = random.Random(f"{seed}/PDF/{number}")
        data = chance.choice(honest)
        return damaged_objects(data, chance) if number % 2 else damaged_bytes(data, chance)

    def run(count: int, seed: int) -> Iterator[str]:
        for start in range(0, count, BATCH):
            numbers = range(start, min(start + BATCH, count))
            if not all_well(lambda numbers=numbers: not any(fault(partial(read_pdf_here, damaged(seed, one)), SECONDS) for one in numbers)):
                for number in numbers:
                    if said := fault(lambda number=number: read_pdf_apart(damaged(seed, number)), 100):
                        yield f"PDF {number}: {said}"

    return run


def all_well(work: Callable[[], bool]) -> bool:
    """Do a work in a forked process, which may crash."""
    if not (child := os.fork()):
        well = False
        with suppress(BaseException):
            well = work()
        os._exit(0 if well else 1)
    return os.waitpid(child, 0)[1] == 0


def damaged_objects(data: bytes, chance: random.Random) -> bytes:
    """Return a PDF with a few numbers, names and keywords among its objects changed."""
    out = data
    for _ in range(chance.randint(1, 5)):
        places = [match.span() for match in re.finditer(rb"/[A-Za-z]+|\b\d+\b|<<|>>|\[|\]|endobj|stream", out)]
        start, end = chance.choice(places)
        put = chance.choice(
            [b"", b"0", b"-1", b"99999999999", b"[", b"<<", b">>", b"null", b"/X", b"(x", b"1 0 R", b"1e99", out[start:end] * 30]
        )
        out = out[:start] + put + out[end:]
    return out


# ---------------------------------------------------------------- honest files


def honest_files() -> tuple[list[bytes], list[bytes], list[bytes]]:
    """Return honest Word files, OpenDocument texts and PDFs, small ones with many constructs."""
    import pikepdf
    from support import build_all, example
    from test_import_odt import LISTS, TRACKED, items, odt, p
    from test_import_pdf import two_columns

    with tempfile.TemporaryDirectory() as folder:
        build_all(Path(folder), example(), formats=("docx", "pdf"))
        word, pdf = (Path(folder, f"output/report/report.{ending}").read_bytes() for ending in ("docx", "pdf"))
    pdfs = [pdf, two_columns()]
    for one in tuple(pdfs):
        out = io.BytesIO()
        with pikepdf.open(io.BytesIO(one)) as opened:
            opened.save(out, qdf=True)  # its objects to be seen, so that they can be damaged
        pdfs.append(out.getvalue())
    table = "<table:table><table:table-row><table:table-cell>a</table:table-cell><table:table-cell>b</table:table-cell></table:table-row></table:table>"
    body = (
        f'<text:h text:outline-level="1">Article 9</text:h><text:list text:style-name="L1">{items(p("One."), p("Two."))}</text:list>{table}'
    )
    note = f'<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body>{p("Foot.")}</text:note-body></text:note>'
    aside = f"<office:annotation><dc:creator>E</dc:creator>{p('So?')}</office:annotation><draw:frame><draw:text-box>{p('Box')}</draw:text-box></draw:frame>"
    head = f"<style:master-page><style:header>{p('Head')}</style:header></style:master-page>"
    return [word], [odt(body + p(f"Be{aside}fore{note}") + TRACKED, LISTS, head), odt(body, LISTS)], pdfs


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    counts = {"yaml": 60_000, "docx": 6_000, "odt": 3_000, "pdf": 3_000}
    for what, count in counts.items():
        parser.add_argument(f"--{what}", type=int, default=count)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--quick", action="store_true", help="a twentieth of each")
    asked = parser.parse_args()
    words, odts, pdfs = honest_files()
    runs = {
        "yaml": run_yaml,
        "docx": run_packages("DOCX", words, read_word),
        "odt": run_packages("ODT", odts, lambda data: read_document(data, ".odt")),
        "pdf": run_pdf(pdfs),
    }
    faults = 0
    for what, run in runs.items():
        count = getattr(asked, what) // (20 if asked.quick else 1)
        begun = time.monotonic()
        found = 0
        for said in run(count, asked.seed) if count else ():
            print(said, flush=True)
            found += 1
        print(f"{count:,} damaged {what.upper()} files: {found} faults, {time.monotonic() - begun:.0f} s", flush=True)
        faults += found
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
