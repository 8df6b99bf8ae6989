"""Write drafts: sections, commitments, sources, signatories, and a submission that puts them back in order.

Enters: an outline with its notes. Leaves: `Draft`s with paths and texts; nothing is written here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import takewhile
from typing import Any

from shadowgen.importing.accounts import Accounts, words_of_blocks, words_of_inlines
from shadowgen.importing.answered import homes, new_files
from shadowgen.importing.dates import first_date
from shadowgen.importing.naming import title_of, unit_ids
from shadowgen.importing.notesources import Bibliography
from shadowgen.importing.pointers import Pointer, as_prose, pointers
from shadowgen.importing.prose import Notes, Numbers, body_of, trimmed
from shadowgen.importing.standing import Home, Standing
from shadowgen.importing.units import Asked, Outline, Unit
from shadowgen.nodes import Blocks, CrossRef, Inlines, Paragraph, Text, walk
from shadowgen.readers.original import Original, Piece, Place, words_in
from shadowgen.writers.markdown import write_prose
from shadowgen.writers.yamltext import Block, Remarked, write_yaml


@dataclass(frozen=True, slots=True)
class Draft:
    """A file to be written: its path from the root, its text, what it is; `prose` is the text to compare it by."""

    path: str
    text: str
    kind: str
    id: str = ""
    title: str = ""
    place: Place = field(default_factory=Place)
    prose: str = ""


@dataclass(slots=True)
class Wanted:
    """What the person who imports said: the name of the import, the treaty, the symbol of the document that is answered, filters."""

    name: str
    file: str
    treaty: str = "ICCPR"
    document: str = ""
    year: str = "2000"
    language: str = "en"
    country: str = ""
    body: str = ""
    addendum: Original | None = None


@dataclass(slots=True)
class Drafts:
    """Every draft of one import, and what was met on the way."""

    files: list[Draft] = field(default_factory=list)
    numbers: dict[str, Numbers] = field(default_factory=dict)
    pointers: list[Pointer] = field(default_factory=list)
    lost_notes: list[tuple[int, Place]] = field(default_factory=list)
    ids: dict[Unit, str] = field(default_factory=dict)
    homes: dict[Asked, Home] = field(default_factory=dict)
    standing: Standing = field(default_factory=Standing)
    asks: dict[str, int] = field(default_factory=dict)
    placed_notes: set[int] = field(default_factory=set)
    points: int = 0


def draft(outline: Outline, bibliography: Bibliography, wanted: Wanted, accounts: Accounts, standing: Standing) -> Drafts:
    """Return the drafts of an outline; `standing` holds the commitments that the library has already."""
    made = Drafts()
    made.pointers = pointers(outline)
    made.ids, made.standing = unit_ids(outline, wanted.name), standing
    made.homes = homes(outline, wanted.name, standing)
    for unit in outline.units:
        made.files.append(_section(unit, outline, bibliography, wanted, made, accounts))
    home = f"sections/imported/{wanted.name}"
    refs = {one.unit.asked: [ref for target in one.targets for ref in target.refs] for one in made.pointers if one.unit.asked}
    for id, text in new_files(outline, wanted.file, wanted.document, made.homes, standing, refs).items():
        made.files.append(Draft(f"{home}/commitments/{id}.yaml", text, "commitments", id))
    for one in outline.asked:
        accounts.book("commitments of the library" if one in standing.homes else "commitments", one.words)
    if text := _sources(bibliography):
        made.files.append(Draft(f"{home}/sources/{wanted.name}-sources.yaml", text, "sources"))
    for entry in bibliography.entries.values():
        for _, body in entry.bodies:
            accounts.book("sources", body)
    if outline.signatories:
        made.files.append(
            Draft(f"{home}/contributors/{wanted.name}-signatories.yaml", _signatories(outline, wanted, accounts), "contributors")
        )
    made.files.append(Draft(f"submissions/{wanted.name}.yaml", _submission(outline, wanted, made), "submission", wanted.name))
    return made


# ---------------------------------------------------------------- sections


def _line(inlines: Inlines) -> str:
    return write_prose((Paragraph(trimmed(inlines)),)).strip()


def _section(unit: Unit, outline: Outline, bibliography: Bibliography, wanted: Wanted, made: Drafts, accounts: Accounts) -> Draft:
    id, home = made.ids[unit], f"sections/imported/{wanted.name}"
    notes = Notes(bibliography.calls)
    numbers = made.numbers.setdefault(id, Numbers())
    see = {one.row: as_prose(one, made.ids) for one in made.pointers if one.unit is unit}
    blocks = body_of(unit, notes, numbers, see)
    lead = _lead(unit, notes)
    made.asks[id] = sum(1 for _ in _grouped_asks(unit))
    wanting = [notes.placed(inlines, piece.place) for piece, inlines in _grouped_asks(unit)]
    _book(unit, blocks, lead, wanting, see, accounts)
    asks = [_line(inlines) for inlines in wanting]
    made.placed_notes.update(notes.met)
    made.lost_notes += notes.lost
    data: dict[str, Any] = {"title": _line((Text(title_of(unit)),)) or "Untitled"}
    if unit.refs:
        data["articles"] = [str(ref) for ref in unit.refs]
    if unit.asked:
        answered = [made.homes[one] for one in (unit.asked, *unit.also)]
        documents = dict.fromkeys(document for document, _ in answered)
        data["responds_to"] = [{"document": one, "paragraphs": [id for document, id in answered if document == one]} for one in documents]
    if wanted.language != "en":
        data["language"] = wanted.language
    data |= {"status": "draft", "audience": "internal", "order": outline.units.index(unit) + 1}
    prose = write_prose(blocks).strip("\n")
    data["body"] = Block(prose or "(The original has no words here.)")
    if lead:
        data["asks_lead"] = _line(lead)
    if asks:
        data["asks"] = asks
    folder = _folder(unit, made)
    head = f"Imported from {wanted.file}, {unit.place}."
    text = write_yaml(data, head)
    return Draft(
        f"{home}/{folder}/{id}.yaml", text, "section", id, data["title"], unit.place, comparable([prose, data.get("asks_lead", ""), *asks])
    )


def comparable(texts: list[str]) -> str:
    """Return the words of a section to compare it with others: prose, lead and asks without marks, citations and references."""
    return " ".join(re.findall(r"[^\W_]+", re.sub(r"\[@[^\]]*\]|\[#[^\]]*\]", " ", " ".join(texts)).lower()))


def _folder(unit: Unit, made: Drafts) -> str:
    if unit.kind == "article":
        return f"articles/{unit.refs[0].treaty.lower()}/{unit.refs[0].article}"
    return f"recommendations/{made.homes[unit.asked][0]}" if unit.kind == "answer" and unit.asked else "matter"


def _lead(unit: Unit, notes: Notes) -> Inlines:
    """Return the words before the asks without their colon, which is printed anyway."""
    if unit.lead is None:
        return ()
    words = list(trimmed(notes.placed(unit.lead.inlines, unit.lead.place)))
    if words and isinstance(words[-1], Text):
        words[-1] = Text(words[-1].text.rstrip().removesuffix(":").rstrip())
    return tuple(words)


def _grouped_asks(unit: Unit) -> Iterator[tuple[Piece, Inlines]]:
    """Yield the asks; the heading of a group, "(a) in respect of migrant workers:", goes in front of the first ask of the group."""
    group: Inlines = ()
    for piece, following in zip(unit.asks, [*unit.asks, None][1:], strict=True):
        opens = following is not None and following.mark != piece.mark and words_in(piece.inlines).rstrip().endswith(":")
        if opens and is_group(unit, piece):
            group = (Text(f"{piece.mark} "), *piece.inlines, Text(" "))
            continue
        yield piece, (*group, *((Text(f"{piece.mark} "),) if is_group(unit, piece) else ()), *piece.inlines)
        group = ()


def is_group(unit: Unit, piece: Piece) -> bool:
    """True for a lettered line among asks with other marks: its letter is words, not a number that printing gives back."""
    return bool(re.fullmatch(r"\(?[a-z]\)", piece.mark)) and any(one.mark[:1] in "-–•" for one in unit.asks)


def _book(unit: Unit, blocks: Blocks, lead: Inlines, asks: list[Inlines], see: dict[int, Inlines], accounts: Accounts) -> None:
    """Book the words of a section as they stand in its file, the words of pointers, and the marks that numbering gives back."""
    for row, piece in enumerate(unit.pieces):
        marks = piece.mark if re.search(r"\w", piece.mark) else ""
        accounts.book("numbers and marks of lists", marks)
        if row in see:
            accounts.book("pointers to other sections", words_in(piece.inlines))
    if unit.lead is not None:
        accounts.book("numbers and marks of lists", unit.lead.mark)
    body = [block for block in blocks if not any(isinstance(node, CrossRef) for node in walk(block))]
    pointed = {id(block) for block in blocks} - {id(block) for block in body}
    assert len(pointed) <= len(see) or not see
    accounts.book("sections", words_of_blocks(tuple(body)))
    accounts.book("sections", words_of_inlines(lead))
    for ask in asks:
        accounts.book("sections", words_of_inlines(ask))
    for piece in unit.asks:
        if not is_group(unit, piece):
            accounts.book("numbers and marks of lists", piece.mark if re.search(r"\w", piece.mark) else "")


# ---------------------------------------------------------------- the other files


def _sources(bibliography: Bibliography) -> str:
    rows: dict[str, Any] = {}
    for entry in bibliography.entries.values():
        if entry.in_library:
            continue
        remark = " ".join(f"Note {number}: {body}" for number, body in entry.bodies)
        rows[entry.key] = Remarked(dict(entry.fields), remark)
    return write_yaml(rows, "Made from the notes of the original, which stand above each entry. Check every field.") if rows else ""


_ORGANISATION = re.compile(
    r"^(?:The |[“\"])|\b(?:Fund|Foundation|Cent(?:er|re)|Association|Union|Bureau|Movement|Party|Committee|Institute|Network|Group|League|House"
    r"|Society|Initiative|Federation|Council|Coalition|Organi[sz]ation|Borders|Mission|Watch|International|Rights|Club|Partnership)\b(?!.*,)",
)


def _signatories(outline: Outline, wanted: Wanted, accounts: Accounts) -> str:
    rows: dict[str, Any] = {}
    for place, piece in enumerate(outline.signatories, 1):
        words = " ".join(words_in(piece.inlines).split())
        accounts.book("signatories", words)
        name, _, role = words.partition(",")
        person = not _ORGANISATION.search(words)
        entry: dict[str, Any] = {"type": "person" if person else "organisation", "name": name.strip() if person else words}
        if person and role.strip():
            entry["role"] = role.strip()
        if person:
            entry["consent"] = "name"
        rows[f"{wanted.name}-{place}"] = entry | {"audience": "internal"}
    members = list(rows)
    rows[f"{wanted.name}-signatories"] = {
        "type": "coalition",
        "name": f"Signatories of {wanted.file}",
        "members": members,
        "audience": "internal",
    }
    return write_yaml(rows, "Whether each is a person or an organisation is a guess; persons signed under their name in the original.")


def _placed(units: list[Unit], *, letter: bool) -> tuple[list[Unit], list[Unit], list[Unit]]:
    """Part units into those before the findings, the findings, and those after them; a letter prints only the headings of its findings."""
    finds = [unit.kind != "matter" or (letter and bool(unit.title)) for unit in units]
    first = finds.index(True) if any(finds) else len(units)
    main = [unit for unit, found in zip(units, finds, strict=True) if found]
    closing = [unit for unit, found in zip(units[first:], finds[first:], strict=True) if not found]
    if main:
        return units[:first], main, closing
    if letter:
        return units[:-1], units[-1:], []
    untitled = sum(1 for _ in takewhile(lambda unit: not unit.title, units))
    return units[:untitled], [], units[untitled:]


def _submission(outline: Outline, wanted: Wanted, made: Drafts) -> str:
    units = outline.units
    articles = any(unit.kind == "article" for unit in units)
    pledges = bool(outline.asked) and outline.asked[0].kind == "pledge"
    template = "open-letter" if outline.salutation else "memorandum" if pledges or not (articles or outline.asked) else "shadow-report"
    front, main, closing = ([made.ids[unit] for unit in part] for part in _placed(units, letter=template == "open-letter"))
    data: dict[str, Any] = {
        "title": outline.title or f"Imported from {wanted.file}",
        "template": template,
        "languages": [wanted.language],
        "audience": "internal",
    }
    data |= {"treaty": wanted.treaty, "country": "To be filled in", "date": first_date(outline.date) or wanted.year}
    if outline.asked:
        data["commitments"] = list(dict.fromkeys(made.homes[one][0] for one in outline.asked))
    data |= {"front": front, "sections": main, "closing": closing}
    groups = [[str(ref) for ref in unit.refs] for unit in units if unit.kind == "article" and (len(unit.refs) > 1 or unit.refs[0].path)]
    if groups:
        data["groups"] = list({tuple(group): group for group in groups}.values())
    data["numbering"] = "section" if any(numbers.kept for numbers in made.numbers.values()) else "none"
    if outline.addressee:
        data["addressee"] = [outline.addressee]
    if outline.salutation:
        data["salutation"] = outline.salutation
    if outline.signatories:
        data["signatories"] = [f"{wanted.name}-signatories"]
    head = f"Puts the drafts of {wanted.file} back in their order. Fill in country, date and session."
    return write_yaml({key: value for key, value in data.items() if value or key == "sections"}, head)
