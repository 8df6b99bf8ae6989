"""What may happen to a draft and to the people in it, tried on shadowgen and on the tools beside it: `make bench-safety`.

Each trial runs in a process of its own and looks at the file that is left. Every tool is used as its documentation shows, and in its documented
safe way too where there is one: pandoc --sandbox, docxtpl with autoescape and a sandboxed environment, WeasyPrint with a fetcher that refuses
and escaped text. None of them promises confidentiality: the table tells what one has to see to oneself.
"""

from __future__ import annotations

import http.server
import io
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import Any

CHILD = Path(__file__).with_name("safety_child.py")
TOOLS = [
    ("shadowgen", "plain"), ("pandoc", "plain"), ("pandoc", "safe"), ("docxtpl", "plain"), ("docxtpl", "safe"), ("python-docx", "plain"),
    ("WeasyPrint", "plain"), ("WeasyPrint", "safe"),
]  # fmt: skip
OUTPUTS = {"shadowgen": "output/report/report.docx", "WeasyPrint": "out.pdf"}
WRITING = "write,pwrite64,openat,ftruncate,fsync,rename,renameat,renameat2,unlink,close,fchmod,chmod"
POINTS = 10
TEXT = 'R&D <x> & "y"'


def case(folder: Path, **given: Any) -> Path:
    """Write a case into a new folder; return it."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    (folder / "case.json").write_text(json.dumps({"text": "Words.", "length": 1} | given), encoding="utf-8")
    return folder


def command(tool: str, mode: str, folder: Path) -> list[str]:
    return [sys.executable, str(CHILD), tool, mode, str(folder)]


def write(tool: str, mode: str, folder: Path, **how: Any) -> subprocess.CompletedProcess[str]:
    """Let a tool write its document."""
    return subprocess.run(command(tool, mode, folder), capture_output=True, text=True, timeout=300, cwd=folder, **how)


def output(tool: str, folder: Path) -> Path:
    return folder / OUTPUTS.get(tool, "out.docx")


def said(path: Path) -> bytes:
    """Return the bytes of a file and of all its compressed parts, and its text; nothing if there is none."""
    data = path.read_bytes() if path.exists() else b""
    found = [path.name.encode(), data]
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            found += [name.encode() + b"\n" + archive.read(name) for name in archive.namelist()]
    elif data.startswith(b"%PDF"):
        for part in re.split(rb"stream\r?\n", data)[1:]:
            try:
                found.append(zlib.decompressobj().decompress(part))
            except zlib.error:
                found.append(part)
        found.append(text_of(path).encode())
    return b"\n".join(found)


def text_of(path: Path) -> str:
    """Return the text of a document as a reader meets it."""
    if path.suffix == ".pdf":
        import pypdfium2

        with pypdfium2.PdfDocument(path) as document:
            return "\n".join(page.get_textpage().get_text_bounded() for page in document)
    from docx import Document

    return "\n".join(paragraph.text for paragraph in Document(str(path)).paragraphs)


# ---------------------------------------------------------------- trials


def killed(tool: str, mode: str, base: Path) -> str:
    """The old draft after SIGKILL at up to ten of the system calls that touch the folder, spread evenly over the run."""
    if mode == "safe":
        return ""
    if not shutil.which("strace"):
        return "no strace"
    stage = case(base / "stage", length=300)
    write(tool, mode, stage)
    (stage / "case.json").write_text(json.dumps({"text": "Other words.", "length": 300}), encoding="utf-8")
    change_words(stage)
    old = output(tool, stage).read_bytes()
    log, counted = base / "calls", Path(shutil.copytree(stage, base / "k", dirs_exist_ok=True))
    subprocess.run(
        ["strace", "-f", "-y", "-qq", "-o", str(log), "-e", f"trace={WRITING}", *command(tool, mode, counted)],
        capture_output=True,
        timeout=300,
    )
    new, points = output(tool, counted).read_bytes(), touching(log.read_text(errors="replace"), str(counted))
    lost = 0
    chosen = points[:: max(1, len(points) // POINTS)][:POINTS]
    for name, number in chosen:
        shutil.rmtree(base / "k")
        shutil.copytree(stage, base / "k")
        inject = f"inject={name}:signal=SIGKILL:when={number}"
        subprocess.run(
            ["strace", "-f", "-qq", "-o", os.devnull, "-e", f"trace={name}", "-e", inject, *command(tool, mode, base / "k")],
            capture_output=True,
            timeout=300,
        )
        left = output(tool, base / "k")
        lost += not left.exists() or left.read_bytes() not in (old, new)
    return f"{lost} of {len(chosen)} lost"


def touching(log: str, folder: str) -> list[tuple[str, int]]:
    """Return the calls that touch outputs: their names, and which of that name in its process they are."""
    counts: dict[tuple[str, str], int] = {}
    found = []
    for line in log.splitlines():
        if match := re.match(r"(\d+) +(\w+)\(", line):
            counts[match.groups()] = count = counts.get(match.groups(), 0) + 1
            reading = match[2] == "openat" and "O_RDONLY" in line
            if folder in line and not reading and re.search(r"out\.|output|\.shadowgen", line):
                found.append((match[2], count))
    return found


def change_words(folder: Path) -> None:
    """Change the words of a workspace as those of the case were changed."""
    for file in folder.rglob("one.yaml"):
        file.write_text(file.read_text().replace("Words.", "Other words."))


def full(tool: str, mode: str, base: Path) -> str:
    """The old draft where a disk ends in the middle of a file, and whether the tool says so."""
    if mode == "safe":
        return ""
    stage = case(base / "f", length=2000)
    write(tool, mode, stage)
    old = output(tool, stage).read_bytes()
    (stage / "case.json").write_text(json.dumps({"text": "Other words.", "length": 2000}), encoding="utf-8")
    change_words(stage)

    done = write(tool, mode, stage, env=os.environ | {"LARGEST_FILE": str(len(old) // 2)})
    left = output(tool, stage)
    kept = left.exists() and left.read_bytes() == old
    return f"{'intact' if kept else 'lost'}, exit {done.returncode}" + (", traceback" if "Traceback" in done.stderr else "")


def metadata(tool: str, mode: str, base: Path) -> str:
    """Which of six facts about a person are in the document: user, host, author of the template; artist, place and comment of a photo."""
    folder = case(base / "m", picture="house.jpg", author="Walter Author")
    photo(folder / "house.jpg")
    write(tool, mode, folder, env=os.environ | {"USER": "walter-user", "LOGNAME": "walter-user", "HOSTNAME": "walter-host"})
    found = said(output(tool, folder))
    if not output(tool, folder).exists():
        return "not written"
    marks = {
        "user": b"walter-user",
        "host": b"walter-host",
        "author": b"Walter Author",
        "artist": b"Walter Artist",
        "GPS": b"2016:05:05",
        "comment": b"Walter Comment",
    }
    there = [name for name, mark in marks.items() if mark in found]
    picture = any(sign in found for sign in (b"\xff\xd8\xff", b"/DCTDecode", b"/XObject"))
    return (", ".join(there) or "none") + ("" if picture else " (no picture)")


def photo(path: Path) -> None:
    """Write a photo as a telephone does: with its maker, its place, and a comment."""
    from PIL import Image

    image, facts = Image.new("RGB", (400, 300), (90, 120, 30)), Image.Exif()
    facts[0x013B] = "Walter Artist"
    facts.get_ifd(0x8825).update({1: "N", 2: (43.0, 14.0, 5.0), 29: "2016:05:05"})
    image.save(path, "JPEG", exif=facts, comment=b"Walter Comment")


def fidelity(tool: str, mode: str, base: Path) -> str:
    """The text as it was typed, read back from the document."""
    folder = case(base / "t", text=TEXT)
    done = write(tool, mode, folder)
    if not output(tool, folder).exists():
        told = next((line for line in done.stderr.splitlines() if " error " in line), "").split(" error ")[-1]
        return f"refused: {told[:50]}" if told else "not written"
    text = text_of(output(tool, folder)).replace("“", '"').replace("”", '"')
    if TEXT in text:
        return "equal"
    return "lost: `" + next((line for line in text.splitlines() if line.startswith("R")), "") + "`"


def execution(tool: str, mode: str, base: Path) -> str:
    """A template that runs a command of the system."""
    if tool not in ("shadowgen", "docxtpl"):
        return "no Jinja"
    mark = base / "owned"
    code = "{{ cycler.__init__.__globals__.os.system('touch MARK') }}".replace("MARK", str(mark))
    done = write(tool, mode, case(base / "x", code=code))
    return "runs" if mark.exists() else f"refused, exit {done.returncode}" + (", traceback" if "Traceback" in done.stderr else "")


def fetching(tool: str, mode: str, base: Path) -> str:
    """Content that names an address and a file of the computer: requests received, and whether the file's words are in the document."""
    if tool in ("docxtpl", "python-docx"):
        return "no addresses"
    with listening() as (port, hits):
        secret = base / "secret.txt"
        secret.write_text("WALTERS-PRIVATE-FILE " * 3)
        address = f"http://127.0.0.1:{port}/beacon.png"
        folder = case(
            base / "n", html=f"<img src='{address}'><link rel=attachment href='file://{secret}'>", markdown=f"![]({address})\n\n![]({secret})",
            dialect=[f"![A picture]({address})", f"![A picture](file://{secret})"],
        )  # fmt: skip
        if tool == "pandoc":  # a picture is what pandoc takes in
            photo(secret)
            (base / "secret.txt").write_bytes(secret.read_bytes() + b"WALTERS-PRIVATE-FILE")
        done = write(tool, mode, folder)
    inside = b"WALTERS-PRIVATE-FILE" in said(output(tool, folder))
    told = f"{len(hits)} request{'s' * (len(hits) != 1)}, file {'in' if inside else 'not in'}"
    return told + ("" if output(tool, folder).exists() else f" (not written, exit {done.returncode})")


@contextmanager
def listening() -> Iterator[tuple[int, list[str]]]:
    """Listen on this computer alone; give the port, and the requests as they come."""
    hits: list[str] = []

    class Beacon(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            hits.append(self.path)
            self.send_error(404)

        def log_message(self, *_: Any) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Beacon)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server.server_port, hits
    finally:
        server.shutdown()


CARRIERS = ("comment", "hidden block", "hidden span", "field", "name of anchor", "name of picture")


def unpublished(tool: str, mode: str, base: Path) -> str:
    """Six words that the author did not mean to publish, by what carries them."""
    if tool == "python-docx":
        return "no content"
    canary = {name: f"CANARY{number}Q" for number, name in enumerate(CARRIERS)}
    comment, block, span, field, anchor, picture = canary.values()
    folder = case(
        base / "u", picture=f"{picture}.jpg",
        front=f"---\ntitle: T\nwitness: {field}\n---\n\n",
        markdown=f"<!-- {comment} -->\n\n::: {{.internal hidden=1}}\n{block}\n:::\n\nSeen [{span}]{{.internal}}. []{{#{anchor}}}",
        head=f"<head><meta name=keywords content={field}></head>",
        html=f"<!-- {comment} --><div style='opacity:0'>{block}</div>Seen <span style='color:white'>{span}</span><a id={anchor}></a>",
        hidden={"witness": field, "internal": block},
        comment=f"# {comment}\n",
        dialect=[f"Seen [{span}]{{internal}}.", f"Anchored.{{#{anchor.lower()}}}"],
        files={
            "sections/articles/iccpr/19/two.yaml": f'title: Two\narticles: ["ICCPR 19"]\nstatus: final\naudience: internal\nbody: |\n  {block}\n',
            "sections/sources/s.yaml": f"talk:\n  type: confidential-interview\n  code: K-7\n  date: '2016'\n  description: {field}\n",
        },
    )  # fmt: skip
    photo(folder / f"{picture}.jpg")
    done = write(tool, mode, folder)
    if not output(tool, folder).exists():
        return f"not written: {done.stderr[-60:]!r}"
    found = said(output(tool, folder)).lower() + (said(output(tool, folder).with_suffix(".pdf")).lower() if tool == "shadowgen" else b"")
    there = [name for name, word in canary.items() if word.lower().encode() in found]
    return f"{len(there)} of {len(canary)}" + (f": {', '.join(there)}" if there else "")


TRIALS: dict[str, Callable[[str, str, Path], str]] = {
    "old draft after a kill": killed, "disk full": full, "facts about a person": metadata, f"text `{TEXT}`": fidelity,
    "code in a template": execution, "addresses in content": fetching, "not meant to be read": unpublished,
}  # fmt: skip


def main() -> None:
    """Run every trial with every tool; print a table in Markdown."""
    print("| tool |", " | ".join(TRIALS), "|\n|" + " --- |" * (len(TRIALS) + 1))
    for tool, mode in TOOLS:
        cells = []
        for name, trial in TRIALS.items():
            print(f"{tool} {mode}: {name} ...", file=sys.stderr, flush=True)
            with tempfile.TemporaryDirectory() as folder:
                cells.append(trial(tool, mode, Path(folder)) or "as above")
        print(f"| {tool}{', safe way' if mode == 'safe' else ''} |", " | ".join(cells), "|", flush=True)
    peers = {"docxtpl": "docxtpl", "python-docx": "python-docx", "WeasyPrint": "weasyprint"}
    import pypandoc

    print(f"\npandoc {pypandoc.get_pandoc_version()}, " + ", ".join(f"{name} {version(package)}" for name, package in peers.items()))


if __name__ == "__main__":
    main()
