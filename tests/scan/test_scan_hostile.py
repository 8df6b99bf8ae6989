"""Files that are made to do harm end in one clear finding, within ten seconds, without a traceback."""

from __future__ import annotations

import random
import time
import zlib
from pathlib import Path

import pytest
from click.testing import CliRunner
from damage import damaged_bytes
from planting import NAMESPACES, core, jpeg, packed, page, paragraph, part, pdf, png, run, stream, word

from shadowgen.cli import main
from shadowgen.scan.guard import scan
from shadowgen.scan.judging import judge
from shadowgen.scan.package import OLE

DEEP = 20_000
ENTITIES = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "x" * 100}">' for n in range(10))


def encrypted_pdf() -> bytes:
    import io

    import pikepdf

    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf())) as document:
        document.save(out, encryption=pikepdf.Encryption(user="word", owner="word"))
    return out.getvalue()


def encrypted_zip() -> bytes:
    data = bytearray(word())
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = data.find(mark)
        while place >= 0:
            data[place + at] |= 1
            place = data.find(mark, place + 4)
    return bytes(data)


def declared(text: str, coding: str = "utf-8") -> bytes:
    return word(parts={"word/header1.xml": f'<?xml version="1.0" encoding="{coding}"?>{text}'.encode(coding)})


HOSTILE = {
    "a part of 70 MB": ("bomb", lambda: word(parts={"word/header1.xml": b"<a>" + b" " * 70_000_000})),
    "a part packed a thousandfold": ("bomb", lambda: word(parts={"word/media/image1.png": png() + b"\0" * 9_000_000})),
    "three thousand parts": ("bomb", lambda: packed({f"word/{n}.xml": "<a/>" for n in range(3_000)})),
    "a part twice": ("unreadable", lambda: word(parts={"word/DOCUMENT.xml": "<a/>"})),
    "entities of entities": ("declares-entities", lambda: declared(f"<!DOCTYPE a [{ENTITIES}]><a>&e9;</a>")),
    "entities in UTF-16": ("declares-entities", lambda: declared(f"<!DOCTYPE a [{ENTITIES}]><a>&e9;</a>", "utf-16")),
    "a file of the web as entity": ("declares-entities", lambda: declared('<!DOCTYPE a [<!ENTITY x SYSTEM "http://example.org/a">]><a>&x;</a>')),
    "tables in tables": ("unreadable", lambda: word("<w:tbl><w:tr><w:tc>" * DEEP + "</w:tc></w:tr></w:tbl>" * DEEP)),
    "an encrypted archive": ("encrypted", encrypted_zip),
    "an encrypted Word file": ("encrypted", lambda: OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le")),
    "an old Word file": ("unknown-format", lambda: OLE + b"\0" * 600),
    "an encrypted PDF": ("encrypted", encrypted_pdf),
    "elements in elements": ("bomb", lambda: page("<div>" * DEEP)),
    "a picture of 1600 million pixels": ("huge-picture", lambda: png(size=(40_000, 40_000))),
    "a PDF with such a picture": ("huge-picture", lambda: pdf(objects=(stream(b"/Type /XObject /Subtype /Image /Width 40000 /Height 40000", b"x"),))),
    "half a Word file": ("unreadable", lambda: word()[:200]),
    "nothing": ("unknown-format", lambda: b""),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_file_is_one_clear_finding(name: str, tmp_path: Path) -> None:
    kind, make = HOSTILE[name]
    (tmp_path / "file").write_bytes(make())
    start = time.monotonic()
    findings = scan(tmp_path / "file")
    assert [one.kind for one in findings] == [kind]
    assert time.monotonic() - start < 11


def test_a_file_that_takes_too_long_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page of 120 MB of commands in a file of 120 KB, and a bound of one second instead of ten."""
    body = zlib.compress(b"1 0 0 1 0 0 cm " * 8_000_000)
    data = pdf(page=b"/Contents 10 0 R", objects=(b"<< /Length %d /Filter /FlateDecode >> stream\n" % len(body) + body + b"\nendstream",))
    (tmp_path / "a.pdf").write_bytes(data.replace(b"/Contents 5 0 R", b""))
    monkeypatch.setattr("shadowgen.scan.guard.SECONDS", 1)
    start = time.monotonic()
    assert [one.kind for one in scan(tmp_path / "a.pdf")] == ["too-long"]
    assert time.monotonic() - start < 3


def test_a_process_without_memory_is_one_finding(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.docx").write_bytes(word())
    monkeypatch.setattr("shadowgen.scan.guard.CHILD", ("-c", "raise MemoryError"))
    assert [one.kind for one in scan(tmp_path / "a.docx")] == ["too-long"]
    monkeypatch.setattr("shadowgen.scan.guard.CHILD", ("-c", "import os; os.abort()"))
    assert [one.kind for one in scan(tmp_path / "a.docx")] == ["too-long"]


def mutations(data: bytes, count: int) -> list[bytes]:
    chance = random.Random(len(data))
    return [damaged_bytes(data, chance) for _ in range(count)]


STORED = word(paragraph(run()), parts=core("<dc:creator>A</dc:creator>"))


@pytest.mark.parametrize("data", [STORED, pdf(b"1 1 1 rg"), page("<p hidden>a</p>"), png(), jpeg(), part("document", NAMESPACES).encode()])
def test_damaged_files_never_raise(data: bytes) -> None:
    judged = [judge(damaged) for damaged in mutations(data, 120)]
    assert len(judged) == 120


def test_scan_of_several_files_tells_each_and_counts(tmp_path: Path) -> None:
    (tmp_path / "clean.docx").write_bytes(word())
    (tmp_path / "bad.docx").write_bytes(STORED)
    runner = CliRunner()
    told = runner.invoke(main, ["-C", str(tmp_path), "scan", str(tmp_path / "clean.docx"), str(tmp_path / "bad.docx")])
    assert told.exit_code == 1
    assert "clean.docx: nothing found" in told.output
    assert "bad.docx: docProps/core.xml creator: danger author: a person's name as author: A -> clean takes it out" in told.output
    assert runner.invoke(main, ["-C", str(tmp_path), "scan", str(tmp_path / "clean.docx")]).exit_code == 0
    assert runner.invoke(main, ["scan", str(tmp_path / "none.docx")]).exit_code == 2
    assert runner.invoke(main, ["scan"]).exit_code == 2


LONG = "She lives in the third house of the street behind the mosque"


@pytest.mark.parametrize("arguments", [[], ["--json"]])
def test_no_more_than_forty_characters_are_shown_and_none_if_quiet(tmp_path: Path, arguments: list[str]) -> None:
    file = tmp_path / "a.docx"
    file.write_bytes(word(paragraph(run(LONG, "<w:vanish/>"))))
    told = CliRunner().invoke(main, ["-C", str(tmp_path), "scan", str(file), *arguments]).output
    assert LONG[:40] in told
    assert LONG[:41] not in told
    assert LONG[:5] not in CliRunner().invoke(main, ["-C", str(tmp_path), "scan", str(file), "--quiet-values", *arguments]).output
