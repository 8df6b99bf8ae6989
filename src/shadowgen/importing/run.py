"""Import one file: read it, recognise it, draft it, write what is new, and report.

Enters: bytes of a file and a library. Leaves: files under `sections/imported/<name>/` and a submission; nothing that exists is touched.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from pathlib import Path

from shadowgen.catalogue import known
from shadowgen.diagnostics import Diagnostic, Origin
from shadowgen.importing.accounts import Accounts, words_of_inlines, words_of_text
from shadowgen.importing.dates import DATED, first_date
from shadowgen.importing.drafting import Draft, Drafts, Wanted, draft
from shadowgen.importing.matching import resembling
from shadowgen.importing.naming import slug
from shadowgen.importing.notesources import gather
from shadowgen.importing.outline import recognise
from shadowgen.importing.report import Findings, counts, told, write_report
from shadowgen.importing.standing import standing
from shadowgen.importing.tongue import language_of
from shadowgen.importing.uhri import read_index
from shadowgen.importing.undocument import UnDocument, as_file, un_document
from shadowgen.importing.units import Outline
from shadowgen.library import Library
from shadowgen.nodes import NoteCall, walk
from shadowgen.readers.anything import read_anything
from shadowgen.readers.original import Aside, Original, words_in, words_of_piece
from shadowgen.readers.textlines import Unreadable
from shadowgen.safewrite import put
from shadowgen.workspace import read_bytes
from shadowgen.writers.yamltext import write_yaml


@dataclass(slots=True)
class Imported:
    """What an import did: files written and kept, the report, and counts; `warnings` are what a person must look at, `taken` counts
    records of an index taken and left."""

    written: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    report: str = ""
    findings: Findings | None = None
    warnings: list[Diagnostic] = field(default_factory=list)
    taken: tuple[int, int] = (0, 0)

    @property
    def counts(self) -> dict[str, int]:
        """How many of each thing were recognised."""
        if self.findings is None:
            return {"recommendations": self.taken[0], "records left aside": self.taken[1]}
        return counts(self.findings)

    @property
    def shares(self) -> list[tuple[str, int, float]]:
        """Where the words of the original are."""
        if self.findings is None:
            return []
        accounts = self.findings.accounts
        missing = accounts.missing().total()
        return [*(one for one in accounts.shares() if one[1]), ("no draft", missing, 100 * missing / max(accounts.total, 1))]


def import_file(
    library: Library, path: Path, wanted: Wanted, changes: str = "accept", addendum: Path | None = None
) -> tuple[Imported, list[Diagnostic]]:
    """Import a file into the workspace of a library.

    `changes` says what to do with tracked changes: accept, reject or keep. `addendum` is the State's answer to the report of a review.
    """
    try:
        if path.suffix.lower() in (".json", ".xlsx"):
            return _import_index(library, _bytes(path), wanted)
        original = read_anything(_bytes(path), path.suffix.lower(), changes)
        if addendum is not None:
            wanted.addendum = read_anything(_bytes(addendum), addendum.suffix.lower(), changes)
    except Unreadable as error:
        return Imported(), [error.rule.at(Origin(path.name), str(error), error.hint)]
    return _write(findings(original, library, wanted), library, wanted)


def _bytes(path: Path) -> bytes:
    raw = read_bytes(path)
    if raw is None:
        raise Unreadable("the file cannot be read, or is a link")
    return raw


def _import_index(library: Library, raw: bytes, wanted: Wanted) -> tuple[Imported, list[Diagnostic]]:
    """Import an export of the Universal Human Rights Index."""
    index = read_index(raw, wanted.name, wanted.file, wanted.country, wanted.body)
    done, problems = Imported(taken=(index.taken, index.left)), []
    for one in index.files:
        if one.id in library.commitments:
            done.kept.append(library.commitments[one.id].origin.file)
            continue
        if _there(library.workspace.root / one.path):
            done.kept.append(one.path)
            continue
        failed = put(library.workspace.root / one.path, one.text.encode(), one.path, known=())
        problems += failed
        done.written += [] if failed else [one.path]
    return done, problems


def findings(original: Original, library: Library, wanted: Wanted) -> Findings:
    """Recognise and draft; nothing is written."""
    _put_aside_uncalled(original)
    accounts = Accounts(words_of_text(all_words(original)))
    if asked := un_document(original, wanted.addendum):
        return _of_un_document(asked, original, library, wanted, accounts)
    outline = recognise(original)
    for unit in outline.units:
        unit.refs = [ref for one in unit.refs if known(ref := replace(one, treaty=wanted.treaty))] or unit.refs
    taken = {key: dict(source.fields) | {"type": source.type} for key, source in library.sources.items()}
    bibliography = gather(original.notes, wanted.name, taken)
    for words in outline.structure:
        accounts.book("headings and labels", words)
    wanted.language = language_of(" ".join(words_in(piece.inlines) for piece in original.pieces))
    wanted.year = _latest_year(original) or wanted.year
    drafts = draft(outline, bibliography, wanted, accounts, standing(outline.asked, library, wanted.document))
    for number in set(original.notes) - drafts.placed_notes:
        note = original.notes[number]
        original.asides.append(Aside("note of a heading or a quotation, where none can stand", words_in(note.inlines), note.place))
    for number in {*original.notes, *(number for number, _ in drafts.lost_notes)}:
        accounts.book("numbers of notes", str(number))
    found = _remainders(Findings(wanted.file, original, outline, bibliography, drafts, accounts))
    found.resembling = resembling(drafts, library)
    drafts.files = [_pointing_there(one, found) for one in drafts.files]
    return found


def _put_aside_uncalled(original: Original) -> None:
    """Take out the notes that nothing calls, which the report lists, and those that have no words."""
    original.notes = {number: note for number, note in original.notes.items() if words_in(note.inlines).strip()}
    called = {node.note for piece in original.pieces for node in walk((piece.inlines, piece.rows)) if isinstance(node, NoteCall)}
    for number in [number for number in original.notes if number not in called]:
        note = original.notes.pop(number)
        original.asides.append(Aside("note without a call", f"{number} {words_in(note.inlines)}", note.place))


def _remainders(found: Findings) -> Findings:
    """Book the words that the report lists."""
    for _, piece in found.outline.remainder:
        found.accounts.book("listed remainder", words_of_piece(piece))
    for aside in found.original.asides:
        if aside.what != "note":
            found.accounts.book("listed remainder", aside.words)
    return found


def _of_un_document(asked: UnDocument, original: Original, library: Library, wanted: Wanted, accounts: Accounts) -> Findings:
    """Draft the commitments of concluding observations or a list of issues, and their source."""
    outline, drafts = Outline(title=asked.title, remainder=asked.remainder, structure=asked.structure), Drafts()
    for words in asked.structure:
        accounts.book("headings and labels", words)
    for point in asked.points:
        accounts.book(
            "commitments", " ".join([point.number, *point.concern, *point.words]).replace("(concern)", "").replace("Paragraph ", "")
        )
    home, id = f"sections/imported/{wanted.name}", slug(asked.symbol.text.replace("/", "-"))
    if id in library.commitments and f"/imported/{wanted.name}/" not in library.commitments[id].origin.file:
        id = f"{wanted.name}-{id}"[:64]
    key = next((key for key, one in library.sources.items() if one.fields.get("symbol") == asked.symbol.text), id)
    head = f"Imported from {wanted.file}. What is not asked, but said with concern, stands above each text. Summaries are to be written."
    drafts.files.append(Draft(f"{home}/commitments/{id}.yaml", write_yaml(as_file(asked, key, wanted.file), head), "commitments", id))
    source = {"type": "un-document", "symbol": asked.symbol.text} | {k: v for k, v in (("title", asked.title), ("date", asked.date)) if v}
    if key not in library.sources:
        drafts.files.append(Draft(f"{home}/sources/{key}.yaml", write_yaml({key: source}), "un-source", key))
    drafts.points = len(asked.points)
    bibliography = gather(original.notes, wanted.name, {})
    for number, note in original.notes.items():
        accounts.book("listed remainder", f"{number} {words_in(note.inlines)}")
        original.asides.append(Aside("note", f"{number} {words_in(note.inlines)}", note.place))
    bibliography.entries.clear()
    bibliography.verbatim.clear()
    return _remainders(Findings(wanted.file, original, outline, bibliography, drafts, accounts, asked))


def _pointing_there(one: Draft, found: Findings) -> Draft:
    """Let a draft name the sections of the library that stay in place of drafts that resemble them."""
    text = one.text
    for id, path, _, _ in found.resembling:
        if path != one.path:
            text = re.sub(rf"(?<![\w-]){re.escape(Path(path).stem)}(?![\w-])", id, text)
    return replace(one, text=text)


def _latest_year(original: Original) -> str:
    """Return the year of the latest full date that the text names: no document is older than what it tells of."""
    return max((first_date(match[0])[:4] for piece in original.pieces for match in DATED.finditer(words_in(piece.inlines))), default="")


def all_words(original: Original) -> str:
    """Return every word and number of an original: what the accounts must find again."""
    rows = [f"{piece.mark} {words_of_inlines(piece.inlines)}" for piece in original.pieces]
    rows += [words_of_inlines(cell) for piece in original.pieces for row in piece.rows for cell in row]
    called = {node.note for piece in original.pieces for node in walk((piece.inlines, piece.rows)) if isinstance(node, NoteCall)}
    rows += [str(number) for number in called]
    rows += [words_of_inlines(note.inlines) for note in original.notes.values()]
    return "\n".join([*rows, *(aside.words for aside in original.asides)])


def _write(found: Findings, library: Library, wanted: Wanted) -> tuple[Imported, list[Diagnostic]]:
    root, problems = library.workspace.root, []
    aside = {path for _, path, _, _ in found.resembling}
    for one in found.drafts.files:
        if one.path in aside:
            continue
        path = _free(root, one.path.removesuffix(".yaml"), ".yaml") if one.kind == "sources" else one.path
        if _there(root / path) or _same_section(one, library):
            found.kept.append(path)
            continue
        written = put(root / path, one.text.encode(), path, known=())
        problems += written
        found.written += [] if written else [path]
    report = _free(root, f"sections/imported/{wanted.name}/import-report", ".md")
    problems += put(root / report, write_report(found).encode(), report, known=())
    return Imported(found.written, found.kept, report, found, told(found)), problems


def _there(path: Path) -> bool:
    return path.exists() or path.is_symlink()


def _same_section(one: Draft, library: Library) -> bool:
    return one.kind == "section" and one.id in library.sections


def _free(root: Path, stem: str, ending: str) -> str:
    """Return a name that no file has: report, report-2, report-3."""
    name, count = f"{stem}{ending}", 1
    while _there(root / name):
        count += 1
        name = f"{stem}-{count}{ending}"
    return name


def name_for(path: Path) -> str:
    """Return the name of an import from that of its file."""
    return slug(path.stem, 24) or "report"
