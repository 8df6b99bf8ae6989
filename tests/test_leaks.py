"""Canaries: a word of its own in every confidential place; not one of them above the audience in any byte that leaves, every other one there.

The name of a canary says its place and its level: `zqcellinternal` stands in a cell of a table, for us alone.
"""

from __future__ import annotations

import base64
import io
import json
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from support import build_all, finding, make_workspace, picture, submission

from shadowgen.cli import main
from shadowgen.records import AUDIENCES

TEMPLATES = ("shadow-report", "list-of-issues", "follow-up", "open-letter", "memorandum", "country-update")
FORMATS = ("docx", "pdf", "html", "md")


def spans(place: str) -> str:
    """Return one word for each level, two of them in confidential spans."""
    return f"zq{place}public [zq{place}committee]{{committee}} [zq{place}internal]{{internal}}"


VOICES = " ".join(f"[@@zqpersonkeynever-{level}]" for level in (*AUDIENCES, "nobody"))  # named for the public, the committee, us, nobody


def person(level: str) -> str:
    """Return a person who may be named to readers of a level, with a name of its own in every place that tells who it is."""
    name = f"zqvoice{level}" if level in AUDIENCES else "zqvoicenever"
    consent = f"{level}: name, " if level in AUDIENCES else ""
    return (
        f"zqpersonkeynever-{level}:  # zqcommentnever\n  name: {{en: {name}, ru: {name}}}\n  initials: zqinitialsnever\n"
        f"  description: somebody\n  aliases: [zqaliasnever]\n  contacts: [zqcontactnever]\n"
        f"  consent: {{{consent}recorded: 2016-01-01, by: zqaskernever, purpose: zqpurposenever}}\n"
    )


BODY = f"""\
Text {spans("text")}. A *mark {spans("emphasis")} of* and **strong {spans("strong")} words**.

[zqoutercommittee [zqnestedinternal]{{internal}} zqaftercommittee]{{committee}} [zqoutertwointernal [zqinnertwointernal]{{committee}}]{{internal}}

Told by {VOICES}.^[By {VOICES}.] [Also by {VOICES}]{{committee}} in *words of {VOICES}*.

## Told by {VOICES}

| By {VOICES} | b |
| ----------- | - |
| {VOICES}    | c |

A note.^[Note {spans("note")} and [zqcitingnoteinternal [@zqkeyinternal]]{{internal}} end.] [Note.^[zqwholenoteinternal]]{{internal}} More.

Cited [@zqkeypublic]. [Cited [@zqkeycommittee].]{{committee}} [Cited [@zqkeyinternal].]{{internal}}

[A link [zqlinkinternal](https://example.org/zqurlinternal) in it.]{{internal}} [A link [zqlinkcommittee](https://example.org/zqurlcommittee).]{{committee}}

[Words [zqforeigninternal]{{.ru}} and {{{{secretvariable}}}} and [#zqfileinternal].]{{internal}}

## Heading {spans("heading")}

- Item {spans("item")}
  1. Item {spans("deepitem")}

> Quote {spans("quote")}
>
> -- Somebody {spans("attribution")}

Table: Caption {spans("caption")} {{#table}}

| Head {spans("head")} | b |
| -------------------- | - |
| Cell {spans("cell")} | c |

::: case Box {spans("box")}
Inside {spans("boxed")}
:::

![zqaltpublic](zqpicturepublic.png "Figure {spans("figure")}")
"""


def section(level: str, name: str) -> str:
    body = f'Words zq{name}{level} of a section.{{#zqanchor{name}{level}}}\n\n![zqalt{name}{level}](zqpicture{level}.png "zqcaption{name}{level}")'
    if level != "public":
        body += f" \n\nCited here [@zqkey{level}]."
    fields = {"title": f"Title zqtitle{name}{level}", "audience": level, "themes": f"[zqtheme{level}]", "asks": f"[zqask{name}{level}]"}
    return finding(body, **fields) + f"# zqcomment{level}\n"


def source(level: str) -> str:
    return (
        f"zqkey{level}:\n  type: ngo-report  # zqcomment{level}\n  author: zqauthor{level}\n  title: zqsource{level}\n"
        f"  date: 2015\n  url: https://example.org/zqaddress{level}\n  audience: {level}\n  publisher: 'with {VOICES}'\n"
    )


def contributor(level: str) -> str:
    return f"zqwho{level}:\n  type: organisation\n  name: 'zqname{level} {VOICES}'\n  city: zqcity{level}\n  about: zqabout{level}\n  audience: {level}\n"


PEOPLE = "".join(contributor(level) for level in AUDIENCES) + (
    "zqwithoutconsent:\n  type: person\n  name: zqpersonnever\n  role: zqrolenever\n  audience: public\n"
    "zqunsaid:\n  type: organisation\n  name: zqunsaidinternal\n"
    "everybody:\n  type: coalition\n  name: Everybody\n  audience: public\n"
    "  members: [zqwhopublic, zqwhocommittee, zqwhointernal, zqwithoutconsent, zqunsaid]\n"
)

COMMITMENTS = "title: Pledges\nkind: pledges\nparagraphs:\n  - {id: one, title: One, summary: Do it.}\n"


def workspace(root: Path, template: str) -> None:
    files: dict[str, str | bytes] = {
        "sections/sources/all.yaml": "".join(source(level) for level in AUDIENCES) + "# zqcommentnever\n",
        "sections/contributors/all.yaml": PEOPLE,
        "sections/people/all.yaml": "".join(person(level) for level in (*AUDIENCES, "nobody")),
        "sections/commitments/pledges.yaml": COMMITMENTS,
        "templates/zqtemplatenever.md.j2": "zqothertemplatenever",
    }
    for level in AUDIENCES:
        files[f"sections/articles/iccpr/7/zqfile{level}.yaml"] = section(level, "finding")
        answer = section(level, "answer") + "responds_to: [{document: pledges, paragraphs: [one]}]\n"
        files[f"sections/recommendations/pledges/zqanswer{level}.yaml"] = answer
        for folder in ("articles/iccpr/7", "recommendations/pledges"):
            files[f"sections/{folder}/zqpicture{level}.png"] = picture(comment="zqpngnever", name="zqexifnever")
    files["sections/articles/iccpr/19/zqunsaid.yaml"] = section("internal", "unsaid").replace("audience: internal\n", "")
    files["sections/articles/iccpr/19/zqpictureinternal.png"] = picture()
    files["sections/articles/iccpr/19/zqpicturepublic.png"] = picture("JPEG", comment="zqjpegnever", name="zqexifnever")
    files["sections/articles/iccpr/19/zqopen.yaml"] = finding(
        BODY, title=f"'Open {spans('title')}'", asks_lead=f"'Lead {spans('lead')}'", asks=f"['Ask {spans('ask')} {VOICES};', 'zqaskpublic.']",
        themes="[media]",
    )  # fmt: skip
    files["sections/articles/iccpr/19/zqopen.ru.yaml"] = f"title: '{spans('russiantitle')}'\nbody: |\n  {spans('russianbody')}\n"
    files["submissions/report.yaml"] = submission(
        template=template, languages="[en, ru]", sections="[recommendations/*, articles/*]", submitted_by="[everybody]", signatories="[everybody]",
        commitments="[pledges]", themes="[{theme: media, title: Media}]", variables="{secretvariable: value}", subtitle=f"'By {VOICES}'",
    ) + "# zqcommentnever\n"  # fmt: skip
    make_workspace(root, files)


@dataclass(frozen=True, slots=True)
class Run:
    """One build: where, and what was said."""

    root: Path
    said: str
    code: int


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], Run]:
    found = {}
    for template in TEMPLATES:
        for audience in AUDIENCES:
            root = tmp_path_factory.mktemp(audience)
            workspace(root, template)
            formats = ",".join(FORMATS if template == "shadow-report" else ("docx", "html", "md"))
            said, code = "", 0
            for words in ([], ["--language", "ru"], ["--json"]):
                arguments = ["-C", str(root), "build", "--audience", audience, "--format", formats if not words else "html", *words]
                done = CliRunner().invoke(main, arguments)
                said, code = said + done.output, max(code, done.exit_code)
            found[template, audience] = Run(root, said, code)
    return found


# ---------------------------------------------------------------- everything that a file holds


def everything(data: bytes, ending: str) -> str:
    """Return all that can be read out of a file: as it stands, unpacked, decoded, without tags, without blanks."""
    parts = [data, *{"docx": _zip, "pdf": _pdf, "html": _html}.get(ending, lambda _: iter(()))(data)]
    texts = [coded for part in parts for coded in _codings(part)]
    return "\n".join(texts).lower()


def _codings(part: bytes) -> Iterator[str]:
    for coding in ("utf-8", "utf-16-le", "utf-16-be"):
        text = part.decode(coding, "replace")
        yield text
    bare = re.sub(r"<[^>]*>", "", part.decode("utf-8", "replace"))
    yield re.sub(r"[\s\x02\u00ad\u2010-]+", "", bare)  # PDFium gives U+0002 for the hyphen at the end of a line


def _zip(data: bytes) -> Iterator[bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for entry in archive.infolist():
            yield entry.filename.encode() + b"\n" + entry.comment + entry.extra
            yield archive.read(entry)


def _html(data: bytes) -> Iterator[bytes]:
    for coded in re.findall(rb"base64,([A-Za-z0-9+/=]+)", data):
        yield base64.b64decode(coded)


def _pdf(data: bytes) -> Iterator[bytes]:
    import pikepdf
    import pypdfium2

    with pikepdf.open(io.BytesIO(data)) as document:
        for thing in document.objects:
            if isinstance(thing, pikepdf.Stream):
                try:
                    yield thing.read_bytes()
                except pikepdf.PdfError:
                    yield thing.read_raw_bytes()
            yield from _strings(thing, 0)
        yield from _strings(document.trailer, 0)
    pages = pypdfium2.PdfDocument(data)
    yield "".join(page.get_textpage().get_text_bounded() for page in pages).encode()


def _strings(thing: Any, depth: int) -> Iterator[bytes]:
    import pikepdf

    if isinstance(thing, pikepdf.String):
        yield str(thing).encode()
        yield bytes(thing)
    elif isinstance(thing, pikepdf.Name):
        yield str(thing).encode()
    elif isinstance(thing, pikepdf.Array) and depth < 4:
        for one in thing:
            yield from _strings(one, depth + 1)
    elif isinstance(thing, pikepdf.Dictionary | pikepdf.Stream) and depth < 4:
        for name, one in thing.items():
            yield name.encode()
            yield from _strings(one, depth + 1)


def canaries(text: str) -> set[str]:
    return set(re.findall(r"zq[a-z]+?(?:public|committee|internal|never)", text.lower()))


def above(audience: str) -> tuple[str, ...]:
    return (*AUDIENCES[AUDIENCES.index(audience) + 1 :], "never")


def leaked(text: str, audience: str) -> set[str]:
    return {canary for canary in canaries(text) if canary.endswith(above(audience))}


def outputs(run: Run) -> list[Path]:
    return sorted(path for path in (run.root / "output").rglob("*") if path.is_file())


# ---------------------------------------------------------------- the tests


@pytest.mark.parametrize("audience", AUDIENCES)
@pytest.mark.parametrize("template", TEMPLATES)
def test_nothing_above_the_audience_is_in_any_output(runs: dict, template: str, audience: str) -> None:
    run = runs[template, audience]
    assert run.code == 0, run.said
    files = outputs(run)
    assert len(files) == (5 if template == "shadow-report" else 4)
    found = {path.name: leaked(everything(path.read_bytes(), path.suffix[1:]) + path.name, audience) for path in files}
    assert {name: canaries for name, canaries in found.items() if canaries} == {}


@pytest.mark.parametrize("audience", AUDIENCES)
@pytest.mark.parametrize("template", TEMPLATES)
def test_nothing_above_the_audience_is_said_or_kept(runs: dict, template: str, audience: str) -> None:
    run = runs[template, audience]
    state = [path for path in (run.root / ".shadowgen").rglob("*") if path.is_file()]
    assert state
    kept = "".join(path.name + path.read_text(encoding="utf-8") for path in state)
    assert leaked(run.said, audience) == set()
    assert leaked(kept, audience) == set()


PRINTED = [
    "text", "emphasis", "strong", "note", "heading", "item", "deepitem", "quote", "attribution", "caption", "head", "cell", "box", "boxed",
    "figure", "title", "lead", "ask", "author", "source", "address", "name", "city", "about", "finding", "answer", "titlefinding",
    "askfinding", "askanswer", "captionfinding", "captionanswer", "voice",
]  # fmt: skip
ONCE = {
    "committee": ["outer", "after", "link", "url"],
    "internal": [
        "nested",
        "outertwo",
        "innertwo",
        "citingnote",
        "wholenote",
        "link",
        "url",
        "foreign",
        "unsaid",
        "titleunsaid",
        "askunsaid",
    ],
}
PDF_AND_MARKDOWN_HAVE_NO_ALT = {"pdf", "md"}


@pytest.mark.parametrize("audience", AUDIENCES)
@pytest.mark.parametrize("ending", FORMATS)
def test_everything_that_the_audience_may_read_is_there(runs: dict, audience: str, ending: str) -> None:
    run = runs["shadow-report", audience]
    stem = "report" if audience == "public" else f"report.{audience}"
    found = canaries(everything((run.root / f"output/report/{stem}.{ending}").read_bytes(), ending))
    levels = AUDIENCES[: AUDIENCES.index(audience) + 1]
    wanted = {f"zq{place}{level}" for level in levels for place in [*PRINTED, *ONCE.get(level, [])]}
    assert wanted - found == set()


@pytest.mark.parametrize("ending", ["docx", "html", "md"])
def test_alternative_text_is_there(runs: dict, ending: str) -> None:
    run = runs["shadow-report", "public"]
    found = canaries(everything((run.root / f"output/report/report.{ending}").read_bytes(), ending))
    assert {"zqaltpublic", "zqaltfindingpublic"} <= found


def test_the_search_finds_a_canary_in_every_carrier(runs: dict) -> None:
    """The tests above prove nothing if the search is blind."""
    import pikepdf

    word = "zqcontrolnever"
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.xml", "<t>zqcon</t><t>trolnever</t>")
    run = runs["shadow-report", "public"]
    with pikepdf.open(run.root / "output/report/report.pdf") as document:
        document.docinfo["/Author"] = word
        document.Root.Extra = document.make_stream(word.encode())
        inside = io.BytesIO()
        document.save(inside, object_stream_mode=pikepdf.ObjectStreamMode.generate, compress_streams=True)
    coded = base64.b64encode(picture(comment=word))
    for data, ending in ((packed.getvalue(), "docx"), (inside.getvalue(), "pdf"), (b"<img src='data:base64," + coded, "html")):
        assert word.encode() not in data
        assert word in leaked(everything(data, ending), "internal"), ending
    assert word in leaked(everything(word.encode("utf-16-be"), "md"), "internal")


@pytest.mark.parametrize("audience", AUDIENCES)
def test_files_carry_no_trace_of_who_made_them(runs: dict, audience: str) -> None:
    import getpass
    import socket

    run = runs["shadow-report", audience]
    for path in outputs(run):
        text = everything(path.read_bytes(), path.suffix[1:])
        for trace in (str(run.root).lower(), "file://", f"/home/{getpass.getuser()}", socket.gethostname().lower() + "."):
            assert trace not in text, (path.name, trace)


MIXED = """\
The first paragraph. See [#last, paras].

[A paragraph.]{internal}{#gone}

[A paragraph]{internal} [of two levels [@secret]]{committee}.

## [A heading]{internal}

- one
- [an item]{internal}
- two
- [an item]{internal}
  1. of a list inside
  2. and another

a) [a list of nothing else;]{internal}
b) [and *its* second item.]{committee}

> [A quotation.]{internal}
>
> -- Somebody

::: case A title
[In a box.]{internal}

- [and a list]{internal}
:::

Table: A caption

| [Name]{internal} | Year | Place |
| ---- | ---- | ----- |
| [A]{internal} | 2014 | Almaty |
| [B]{internal} | [2015]{internal} | [Astana]{internal} |
|      | 2016 | [Aktau]{internal} |

Table: Of nothing else

| Name |
| ---- |
| [A]{internal} |

The last paragraph.{#last}
"""

OPEN = """\
The first paragraph. See [#last, paras].

- one
- two
- of a list inside
- and another

Table: A caption

| Year | Place |
| ---- | ----- |
| 2014 | Almaty |
| 2016 |       |

The last paragraph.{#last}
"""


def built_with(root: Path, body: str, asks: str) -> dict[str, bytes]:
    """Build a section for the public; return the files by format."""
    section = finding(body, asks=asks)
    secret = "secret: {type: book, author: A, title: T, date: 2014}\n"
    files = {"sections/articles/iccpr/7/a.yaml": section, "sections/sources/s.yaml": secret, "submissions/report.yaml": submission()}
    built, problems = build_all(root, files, formats=FORMATS)
    assert [str(problem) for problem in problems if problem.is_error] == []
    return {Path(file).suffix: (root / file).read_bytes() for file in built[0].files}


def test_what_has_no_words_left_vanishes_with_its_number(tmp_path: Path) -> None:
    """Byte for byte the document of a writer who never knew of it."""
    mixed = built_with(tmp_path / "mixed", MIXED, "['[a]{internal}', b, '[c]{committee}.', d]")
    assert mixed == built_with(tmp_path / "open", OPEN, "[b, d]")


def test_record_names_the_places_in_the_file_whatever_is_dropped(tmp_path: Path) -> None:
    built_with(tmp_path, "One.\n\n[Two.]{internal}\n\nThree.", "['[a]{internal}', b]")
    record = json.loads((tmp_path / ".shadowgen/builds/report.json").read_text(encoding="utf-8"))["paragraphs"]
    assert [(one["part"], one["place"]) for one in record] == [("body", 1), ("body", 3), ("asks_lead", 1), ("asks", 2)]


def test_a_lead_goes_with_the_last_of_its_asks(tmp_path: Path) -> None:
    assert built_with(tmp_path / "a", "One.", "['[a]{internal}', '[b]{committee}']") == built_with(tmp_path / "b", "One.", "[]")
