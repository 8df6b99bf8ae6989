"""A workspace in which every confidential place holds a word of its own, and the search for these words in whatever leaves it.

A canary says its place, its record and who may read it: `zqcitybdcommittee` stands in the city of one contributor, for the Committee;
`never` ends those that no document may hold, such as remarks, keys of persons, and what pictures tell of their making.
"""

from __future__ import annotations

import base64
import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from support import finding, make_workspace, picture, submission

from shadowgen.records import AUDIENCES
from shadowgen.workspace import built_in

TEMPLATES = ("shadow-report", "list-of-issues", "follow-up", "open-letter", "memorandum", "country-update")
PERSONS, SOURCES_OF_A_LEVEL, CONTRIBUTORS_OF_A_LEVEL, FINDINGS_OF_A_LEVEL = 100, 20, 10, 7


def word(place: str, number: int, level: str) -> str:
    """Return the canary of a place of one record; its number is written in letters."""
    return f"zq{place}{'abdegikmnoprstuz'[number // 16]}{'abdegikmnoprstuz'[number % 16]}{level}"


def spans(place: str) -> str:
    """Return one word for each level, two of them in confidential spans."""
    return f"zq{place}public [zq{place}committee]{{committee}} [zq{place}internal]{{internal}}"


# ---------------------------------------------------------------- persons

# how a person may be named, and to whom; the last agreed to nothing
NAMINGS = [
    ("name", "public"), ("name", "committee"), ("name", "internal"), ("initials", "public"), ("initials", "committee"),
    ("pseudonym", "public"), ("pseudonym", "committee"), ("description", "public"),
]  # fmt: skip


def key_of(number: int) -> str:
    return word("personkey", number, "never")


def person(number: int) -> str:
    """Return a person: thirteen words, of which each audience reads one in the plain form and at most one in another form."""
    kind, level = NAMINGS[number % len(NAMINGS)]
    levels = dict.fromkeys(("name", "initials", "pseudonym"), "never") | {"description": "never" if level == "public" else "public"}
    levels[kind] = level
    said = {place: word(place, number, levels[place]) for place in ("name", "initials", "pseudonym", "description")}
    russian, form = word("imya", number, levels["name"]), word("form", number, levels["name"])
    consent = "" if kind == "description" else f"{level}: {kind}, "
    return (
        f"{key_of(number)}:  # {word('personremark', number, 'never')}\n  name: {{en: {said['name']}, ru: {russian}}}\n"
        f"  initials: {said['initials']}\n  pseudonym: {said['pseudonym']}\n  description: {said['description']}\n"
        f"  forms: {{gen: {{name: {form}, initials: some, pseudonym: some, description: some}}}}\n"
        f"  aliases: [{word('alias', number, 'never')}]\n  contacts: [{word('contact', number, 'never')}]\n"
        f"  consent: {{{consent}recorded: 2016-01-01, by: {word('asker', number, 'never')}, purpose: {word('purpose', number, 'never')}}}\n"
    )


def words_of_person(number: int, audience: str) -> set[str]:
    """Return what stands for a person in an English document for an audience, by the rule: what is agreed, else the description."""
    kind, level = NAMINGS[number % len(NAMINGS)]
    if AUDIENCES.index(level) > AUDIENCES.index(audience):
        return {word("description", number, "public")}
    return {word(kind, number, level)} | ({word("form", number, level)} if kind == "name" else set())


EVERYBODY = "\n".join(f"- [@@{key_of(number)}] and [@@{key_of(number)}, gen]" for number in range(PERSONS))  # short lines: no word is cut
VOICES = " ".join(f"[@@{key_of(number)}]" for number in (0, 1, 2, 7))  # named for the public, the Committee, us, nobody


# ---------------------------------------------------------------- prose

BODY = f"""\
Text {spans("text")}. A *mark {spans("emphasis")} of* and **strong {spans("strong")} words**.

[zqoutercommittee [zqnestedinternal]{{internal}} zqaftercommittee]{{committee}} [zqoutertwointernal [zqinnertwointernal]{{committee}}]{{internal}}

Told by {VOICES}.^[By {VOICES}.] [Also by {VOICES}]{{committee}} in *words of {VOICES}*.

## Told by {VOICES}

| By {VOICES} | b |
| ----------- | - |
| {VOICES}    | c |

A note.^[Note {spans("note")} and [zqcitingnoteinternal [@zqkeyaainternal]]{{internal}} end.] [Note.^[zqwholenoteinternal]]{{internal}} More.

[A link [zqlinkinternal](https://example.org/zqurlinternal) in it.]{{internal}} [A link [zqlinkcommittee](https://example.org/zqurlcommittee).]{{committee}}

[Words [zqforeigninternal]{{.ru}} and {{{{secretvariable}}}} and [#zqfileaainternal].]{{internal}}

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

![](#zqchartcommittee)

![](#zqchartinternal)
"""


def chart(level: str, language: str = "") -> str:
    """Return the chart of a section, or its words in another language."""
    caption, unit, alt = (f"zqchart{part}{language}{level}" for part in ("caption", "unit", "alt"))
    if language:
        return f"  zqchart{level}:\n    {{caption: {caption}, unit: {unit}, alt: {alt}, labels: {{zqlabel{level}: zqlabel{language}{level}}}}}\n"
    data = f"x: [zqlabel{level}, other], series: {{zqseries{level}: [1, 2]}}"
    return (
        f"  zqchart{level}:\n    {{chart: bars, caption: {caption}, source: '[@zqkeyaa{level}]', unit: {unit}, {data}, "
        f"table: yes, alt: {alt}, audience: {level}}}\n"
    )


def section(kind: str, number: int, level: str) -> str:
    """Return a finding or an answer with words in eleven places."""
    put = lambda place: word(kind + place, number, level)  # noqa: E731
    body = f'Words {put("body")} of a section.{{#{put("anchor")}}}\n\n![{put("alt")}](zqpicture{level}.png "{put("caption")}")'
    fields = {
        "title": f"Title {put('title')}", "audience": level, "themes": f"[{put('theme')}, media]", "asks": f"[{put('ask')}]",
        "asks_lead": put("lead"), "accepted": f"[{{rule: no-audience, reason: {word(kind + 'reason', number, 'never')}}}]",
    }  # fmt: skip
    return finding(body, **fields) + f"# {word(kind + 'remark', number, 'never')}\n"


def translation(kind: str, number: int, level: str) -> str:
    """Return the Russian words of the same."""
    put = lambda place: word(kind + place + "ru", number, level)  # noqa: E731
    body = f'{put("body")}\n\n  ![{put("alt")}](zqpicture{level}.png "{put("caption")}")'
    return f"title: {put('title')}  # {put('remark')}\nasks: [{put('ask')}]\nbody: |\n  {body}\n"


# ---------------------------------------------------------------- records

# types of sources: the fields that their first note prints in the style of the UN, then those that it does not
TYPES = {
    "ngo-report": ("author title place", "publisher"), "letter": ("title author recipient number", "holder"),
    "interview": ("person role place", ""), "confidential-interview": ("code description place", "holder"),
    "case-file": ("title code", "holder"), "news": ("author title outlet", ""), "book": ("author title place publisher", ""),
    "judgment": ("court title number place", ""), "legislation": ("title number", "publisher"), "statistics": ("author title period", "method"),
    "official-report": ("author title number", "publisher"), "web-page": ("author title publisher", ""), "article": ("author title journal", ""),
}  # fmt: skip


def type_of(number: int) -> str:
    return list(TYPES)[number % len(TYPES)]


def source(number: int, level: str) -> str:
    """Return a source with words in all its fields, its key, its address, its short name and its remark."""
    kind = type_of(number)
    fields = [field for names in TYPES[kind] for field in names.split()]
    rows = [f"  {field}: {word('source' + field, number, level)}" for field in fields]
    rows += [f"  short: {word('short', number, level)}", f"  url: https://example.org/{word('address', number, level)}"]
    return "\n".join(
        [
            f"{word('key', number, level)}:",
            f"  type: {kind}  # {word('sourceremark', number, 'never')}",
            f"  date: 2015\n  audience: {level}",
            *rows,
            "",
        ]
    )


def contributor(number: int, level: str) -> str:
    """Return an organisation, every other one with references to persons in its name."""
    rows = [f"{word('who', number, level)}:  # {word('whoremark', number, 'never')}", "  type: organisation", f"  audience: {level}"]
    rows += [f"  {field}: {word(field, number, level)}" for field in ("short", "city", "country", "about")]
    rows += [
        f"  url: https://example.org/{word('site', number, level)}",
        f"  name: '{word('title', number, level)}{f' {VOICES}' if number % 2 else ''}'",
    ]
    return "\n".join([*rows, ""])


def contributors() -> str:
    numbers = range(CONTRIBUTORS_OF_A_LEVEL)
    members = ", ".join(word("who", number, level) for level in AUDIENCES for number in numbers)
    return "".join(contributor(number, level) for level in AUDIENCES for number in numbers) + (
        "zqwithoutconsent:\n  type: person\n  name: zqpersonnever\n  role: zqrolenever\n  about: zqaboutsomebodynever\n  audience: public\n"
        "zqunsaid:\n  type: organisation\n  name: zqunsaidinternal\n"
        "everybody:\n  type: coalition\n  name: Everybody\n  audience: public\n"
        f"  members: [{members}, zqwithoutconsent, zqunsaid]\n"
    )


COMMITMENTS = (
    "title: Pledges zqpledgespublic  # zqpledgesremarknever\nkind: pledges\nparagraphs:\n"
    "  - {id: one, title: One, summary: Do zqpledgepublic.}\naccepted: [{rule: no-audience, reason: zqpledgereasonnever}]\n"
)
TERMS = "zqtermnever: {preferred: zqpreferrednever, avoid: [zqavoidnever], note: zqtermnotenever}  # zqtermremarknever\n"
LOOK = "title: Ours zqlooktitlenever  # zqlookremarknever\nbased_on: un\nlogos: [{file: zqlogonever.png, name: zqlogopublic}]\n"


def plan(template: str) -> str:
    return submission(
        template=template, look="ours", languages="[en, ru]", sections="[recommendations/*, articles/*]", submitted_by="[everybody]",
        signatories="[everybody]", commitments="[pledges]", themes="[{theme: media, title: Media}]",
        variables="{secretvariable: value, unused: zqunusednever}", subtitle=f"'By {VOICES}'",
        accepted="[{rule: over-word-limit, reason: zqplanreasonnever}]",
    ) + "# zqplanremarknever\n"  # fmt: skip


def files() -> dict[str, str | bytes]:
    """Return the files of the workspace: six submissions, one for each template, over one library."""
    found: dict[str, str | bytes] = {
        "sections/sources/all.yaml": "".join(source(number, level) for level in AUDIENCES for number in range(SOURCES_OF_A_LEVEL)),
        "sections/contributors/all.yaml": contributors(),
        "sections/people/all.yaml": "".join(map(person, range(PERSONS))) + "# zqpeopleremarknever\n",
        "sections/commitments/pledges.yaml": COMMITMENTS,
        "sections/terms/en.yaml": TERMS,
        "sections/imported/zqimportinternal/articles/iccpr/7/zqdraftinternal.yaml": section("draft", 0, "internal"),
        "sections/imported/zqimportinternal/articles/iccpr/7/zqpictureinternal.png": picture(comment="zqpngnever"),
        "templates/looks/ours/look.yaml": LOOK,
        "templates/looks/ours/page.css": "/* zqcssremarknever */\np { color: #000001 }\n",
        "templates/looks/ours/zqlogonever.png": picture(comment="zqlogocommentnever", name="zqlogoexifnever"),
        "templates/zqtemplatenever.md.j2": "zqothertemplatenever",
    }
    for template in TEMPLATES:
        found[f"submissions/{template}.yaml"] = plan(template)
        text = built_in("templates", f"{template}.md.j2")
        found[f"templates/{template}.md.j2"] = "{# zqtemplateremarknever #}" + (text or "")
    for level in AUDIENCES:
        for kind, folder in (("finding", "articles/iccpr/7"), ("answer", "recommendations/pledges")):
            found[f"sections/{folder}/zqpicture{level}.png"] = picture(comment="zqpngnever", name="zqexifnever")
            for number in range(FINDINGS_OF_A_LEVEL):
                name = word("file" if kind == "finding" else "answerfile", number, level)
                text = section(kind, number, level)
                found[f"sections/{folder}/{name}.yaml"] = text + (
                    "responds_to: [{document: pledges, paragraphs: [one]}]\n" if kind == "answer" else ""
                )
                found[f"sections/{folder}/{name}.ru.yaml"] = translation(kind, number, level)
    return found | open_sections()


def open_sections() -> dict[str, str | bytes]:
    """Return the sections of article 19: one without a level, one that is public with confidential words in every place, one of sources and persons."""
    folder = "sections/articles/iccpr/19"
    cited = {level: " ".join(f"[@{word('key', number, level)}]" for number in range(SOURCES_OF_A_LEVEL)) for level in AUDIENCES}
    body = f"Cited {cited['public']}. [Cited {cited['committee']}.]{{committee}} [Cited {cited['internal']}.]{{internal}}\n\nTold by:\n\n{EVERYBODY}"
    asks = f"['Ask {spans('ask')} {VOICES};', 'zqaskpublic.']"
    return {
        f"{folder}/zqunsaid.yaml": section("unsaid", 0, "internal").replace("audience: internal\n", ""),
        f"{folder}/zqpictureinternal.png": picture(),
        f"{folder}/zqpicturepublic.png": picture("JPEG", comment="zqjpegnever", name="zqexifnever"),
        f"{folder}/zqcites.yaml": finding(body, themes="[media]"),
        f"{folder}/zqopen.yaml": finding(BODY, title=f"'Open {spans('title')}'", asks_lead=f"'Lead {spans('lead')}'", asks=asks, themes="[media]")
        + f"charts:\n{chart('committee')}{chart('internal')}",
        f"{folder}/zqopen.ru.yaml": f"title: '{spans('russiantitle')}'\nbody: |\n  {spans('russianbody')}\n\n  ![](#zqchartcommittee)\n\n  ![](#zqchartinternal)\n"
        f"charts:\n{chart('committee', 'ru')}{chart('internal', 'ru')}",
    }  # fmt: skip


def make(root: Path) -> None:
    make_workspace(root, files())


def planted(root: Path) -> set[str]:
    """Return every canary of a workspace: in the texts and bytes of its files, and in their names."""
    paths = [path for path in root.rglob("*") if path.is_file()]
    return set().union(*(canaries(path.relative_to(root).as_posix() + "\n" + path.read_bytes().decode("latin-1")) for path in paths))


# ---------------------------------------------------------------- the search: everything that a file holds


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
        strings: list[bytes] = []
        for thing in document.objects:
            if isinstance(thing, pikepdf.Stream):
                try:
                    yield thing.read_bytes()
                except pikepdf.PdfError:
                    yield thing.read_raw_bytes()
            strings += _strings(thing)
        yield b"\n".join([*strings, *_strings(document.trailer)])
    pages = pypdfium2.PdfDocument(data)
    yield "".join(page.get_textpage().get_text_bounded() for page in pages).encode()


def _strings(thing: Any) -> Iterator[bytes]:
    """Yield the strings and names inside one object; objects that it refers to are met by themselves."""
    import pikepdf

    if isinstance(thing, pikepdf.String):
        yield str(thing).encode()
        yield bytes(thing)
    elif isinstance(thing, pikepdf.Name):
        yield str(thing).encode()
    elif isinstance(thing, pikepdf.Array):
        for one in thing:
            yield from _strings(one) if not getattr(one, "is_indirect", False) else ()
    elif isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
        for name, one in thing.items():
            yield name.encode()
            yield from _strings(one) if not getattr(one, "is_indirect", False) else ()


def canaries(text: str) -> set[str]:
    return set(re.findall(r"zq[a-z]+?(?:public|committee|internal|never)", text.lower()))


def above(audience: str) -> tuple[str, ...]:
    return (*AUDIENCES[AUDIENCES.index(audience) + 1 :], "never")


def leaked(text: str, audience: str) -> set[str]:
    return {canary for canary in canaries(text) if canary.endswith(above(audience))}
