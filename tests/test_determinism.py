"""The same workspace gives the same bytes, whoever builds it: user, home, folder, clock, zone, language, hash seed, umask, processors, disk.

And no byte tells of any of these.
"""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import zipfile
import zlib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from finished import FOLDERS, REPOSITORY, WORKSPACES
from support import example

from shadowgen.safewrite import sha256

pytestmark = pytest.mark.slow

# Every call by which a program asks for the time of day, answered as if it were another day.
CLOCK = r"""
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <sys/time.h>
#include <time.h>
static long shift(void) { const char *s = getenv("CLOCK_SHIFT"); return s ? atol(s) : 0; }
int clock_gettime(clockid_t id, struct timespec *t) {
    int (*real)(clockid_t, struct timespec *) = dlsym(RTLD_NEXT, "clock_gettime");
    int done = real(id, t);
    if (id == CLOCK_REALTIME) t->tv_sec += shift();
    return done;
}
time_t time(time_t *t) { struct timespec now; clock_gettime(CLOCK_REALTIME, &now); if (t) *t = now.tv_sec; return now.tv_sec; }
int gettimeofday(struct timeval *t, void *zone) {
    struct timespec now; clock_gettime(CLOCK_REALTIME, &now); t->tv_sec = now.tv_sec; t->tv_usec = now.tv_nsec / 1000; return 0;
}
"""


@dataclass(frozen=True)
class Surroundings:
    """Who builds, where and when. `marks` are words that no output may hold."""

    folder: str
    backwards: bool
    umask: int
    processors: int
    inside: bool
    known: dict[str, str] = field(default_factory=dict)

    @property
    def marks(self) -> list[str]:
        return [self.known[name] for name in ("USER", "HOSTNAME", "TZ", "HOME", "TMPDIR", "EMAIL") if len(self.known[name]) > 3]


FOLDER_NAMES = ["w", "my report", "Отчёт о правах", "تقرير", "a'b\"c & d", "x" * 120, "deep/er/and/deeper", "報告 2016", "ünï", "100% done"]
ZONES = ["UTC", "Pacific/Auckland", "America/St_Johns", "Asia/Kathmandu", "Asia/Almaty", "Etc/GMT+12"]
LANGUAGES = ["C", "C.UTF-8", "ru_RU.UTF-8", "tr_TR.UTF-8", "ar_EG.UTF-8", "POSIX"]
SHIFTS = [0, -400_000_000, 86_400 * 3650, 3_600, -1_700_000_000 + 86_400]  # the last is near 1970


def surroundings(number: int, base: Path) -> Surroundings:
    """Return the `number`th surroundings: each value drawn by chance that is the same every time."""
    pick = random.Random(number)
    home, temporary = base / f"home of walter-{number}", base / f"tmp-of-walter-{number}"
    for folder in (home, temporary):
        folder.mkdir()
    language = pick.choice(LANGUAGES)
    known = {
        "USER": f"walter-{number}", "LOGNAME": f"walter-{number}", "EMAIL": f"walter{number}@example.org", "HOSTNAME": f"border-laptop-{number}",
        "HOME": str(home), "TMPDIR": str(temporary), "TZ": pick.choice(ZONES), "LANG": language, "LC_ALL": pick.choice(["", language]),
        "PYTHONHASHSEED": str(pick.randrange(1, 4_000_000_000)), "CLOCK_SHIFT": str(pick.choice(SHIFTS)),
        **pick.choice([{}, {"SOURCE_DATE_EPOCH": "0"}, {"SOURCE_DATE_EPOCH": "1999999999"}]),
    }  # fmt: skip
    folder = f"{number}/{FOLDER_NAMES[number % len(FOLDER_NAMES)]}"
    umask, processors = pick.choice([0o022, 0o077, 0o002, 0o027]), pick.choice([1, 2, os.cpu_count() or 1])
    return Surroundings(folder, bool(number % 2), umask, processors, pick.random() < 0.5, known)


def copy_in_order(source: Path, target: Path, *, backwards: bool) -> None:
    """Copy a workspace file by file; the order decides how the disk lists them."""
    files = sorted(file for folder in FOLDERS for file in (source / folder).rglob("*") if file.is_file())
    for file in reversed(files) if backwards else files:
        copy = target / file.relative_to(source)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(file.read_bytes())


def build(workspace: Path, submission: str, where: Surroundings, clock: Path | None) -> dict[str, bytes]:
    """Build one submission in a process of its own; return its files by name, with the record."""
    program = (
        "import os, sys, runpy\n"
        "if hasattr(os, 'sched_setaffinity'):\n"
        f"    os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:{where.processors}])\n"
        "sys.argv[0] = 'shadowgen'\n"
        "runpy.run_module('shadowgen', run_name='__main__')\n"
    )
    command = [sys.executable, "-c", program, "-C", str(workspace), "build", submission, "--format", "docx,pdf,html,md"]
    known = {name: value for name, value in os.environ.items() if name in ("PATH", "PYTHONPATH", "VIRTUAL_ENV", "FONTCONFIG_FILE")}
    known |= {"LD_PRELOAD": str(clock)} if clock else {}
    cwd = workspace / "sections" if where.inside else workspace.parent
    done = subprocess.run(command, env=known | where.known, capture_output=True, umask=where.umask, timeout=300, cwd=cwd)
    assert done.returncode == 0, (where, done.stdout + done.stderr)
    record = workspace / ".shadowgen" / "builds" / f"{submission}.json"
    return {file.name: file.read_bytes() for file in [*sorted((workspace / "output" / submission).iterdir()), record]}


@pytest.fixture(scope="module")
def clock(tmp_path_factory: pytest.TempPathFactory) -> Path | None:
    """A library that sets the clock of a program forward or back; None where there is no C compiler, and the clock is the true one."""
    folder = tmp_path_factory.mktemp("clock")
    if not shutil.which("cc") or sys.platform != "linux":
        return None
    (folder / "clock.c").write_text(CLOCK)
    subprocess.run(["cc", "-shared", "-fPIC", "-o", str(folder / "clock.so"), str(folder / "clock.c"), "-ldl"], check=True, timeout=60)
    seen = subprocess.run(
        [sys.executable, "-c", "import datetime; print(datetime.date.today().year)"], capture_output=True, text=True, check=True,
        env={"LD_PRELOAD": str(folder / "clock.so"), "CLOCK_SHIFT": str(-400_000_000)},
    )  # fmt: skip
    import datetime as dt

    assert int(seen.stdout) <= dt.date.today().year - 12
    return folder / "clock.so"


def unpacked(data: bytes) -> bytes:
    """Return what a file says, and what its compressed parts say."""
    if data.startswith(b"PK"):
        import io

        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return data + b"".join(archive.read(name) for name in archive.namelist())
    found = [data]
    for part in data.split(b"stream\n")[1:] if data.startswith(b"%PDF") else ():
        reader = zlib.decompressobj()
        try:
            found.append(reader.decompress(part))
        except zlib.error:
            continue
    return b"\n".join(found)


def test_twenty_surroundings_give_one_digest_for_each_format_and_no_trace_of_themselves(tmp_path: Path, clock: Path | None) -> None:
    source = tmp_path / "source"
    for name, content in example().items():
        (source / name).parent.mkdir(parents=True, exist_ok=True)
        (source / name).write_bytes(content.encode() if isinstance(content, str) else content)

    def built(number: int) -> tuple[Surroundings, dict[str, bytes]]:
        where = surroundings(number, tmp_path)
        copy_in_order(source, tmp_path / where.folder, backwards=where.backwards)
        return where, build(tmp_path / where.folder, "report", where, clock)

    with ThreadPoolExecutor(2) as pool:
        done = list(pool.map(built, range(20)))
    digests = {name: {sha256(files[name]) for _, files in done} for name in done[0][1]}
    assert {name: len(found) for name, found in digests.items()} == dict.fromkeys(
        ["report.docx", "report.html", "report.json", "report.md", "report.pdf"], 1
    )
    for data in map(unpacked, done[0][1].values()):  # the same as those of all others
        for mark in {mark for where, _ in done for mark in where.marks} | {"walter", "border-laptop", str(tmp_path), str(REPOSITORY)}:
            assert mark.encode() not in data and mark.encode("utf-16-be") not in data, mark


def test_two_surroundings_give_the_same_bytes_of_every_construct(tmp_path: Path, clock: Path | None) -> None:
    found = []
    for number in (4, 7):
        where = surroundings(number, tmp_path)
        copy_in_order(WORKSPACES["everything"], tmp_path / where.folder, backwards=where.backwards)
        found.append(build(tmp_path / where.folder, "whole-report", where, clock))
    first, second = found
    assert len(first) == 5 and sorted(first) == sorted(second)
    assert [file for file in first if first[file] != second[file]] == []
    for file, data in first.items():
        for place in (str(tmp_path), str(REPOSITORY), str(Path.home()), "walter"):
            assert place.encode() not in unpacked(data), file
