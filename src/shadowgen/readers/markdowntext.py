"""Read Markdown as people write it: headings, paragraphs, lists, quotes, pipe tables, and notes as `[^1]` with `[^1]: words`."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from shadowgen.markdown import Passage, parse_line
from shadowgen.nodes import Inline, Inlines, NoteCall, Text, walk
from shadowgen.readers.original import NoteBody, Original, Piece, Place
from shadowgen.readers.textlines import clean, decode
from shadowgen.readers.typedmarks import typed_marks

_HEADING = re.compile(r"^(#{1,6})\s+(.*?)\s*#*$")
_NOTE = re.compile(r"^\[\^([^\]]+)\]:\s*(.*)$")
_ITEM = re.compile(r"^(\s*)([-*+]|\(?[a-z]{1,2}\)|\d{1,2}\))\s+(.*)$")
_CALL = re.compile(r"\[\^([^\]\s]+)\](?!:)")


@dataclass(slots=True)
class _Paragraph:
    """Lines that belong together: what they are, their mark and depth, where they begin."""

    kind: str
    line: int
    rows: list[str] = field(default_factory=list)
    mark: str = ""
    level: int = 0
    name: str = ""


def read_markdown(raw: bytes) -> Original:
    """Return a Markdown file as pieces with notes."""
    made = Original()
    ids: dict[str, int] = {}
    paragraphs = _gather(clean(decode(raw).replace("\r\n", "\n").replace("\t", "    ")).split("\n"))
    for one in paragraphs:
        place = Place(line=one.line)
        if one.kind == "note":
            continue
        if one.kind == "table":
            made.pieces.append(_table(one, ids, place))
            continue
        inlines = _inlines(" ".join(row.strip() for row in one.rows), ids)
        if inlines:
            made.pieces.append(Piece(one.kind, inlines, place, one.mark, one.level))
    for one in paragraphs:
        if one.kind == "note":
            number = ids.setdefault(one.name, len(ids) + 1)
            made.notes[number] = NoteBody(number, _inlines(" ".join(row.strip() for row in one.rows), {}), Place(line=one.line))
    typed_marks(made.pieces)
    return made


def _gather(lines: list[str]) -> list[_Paragraph]:
    """Group lines into paragraphs, by blank lines and by the marks that begin something new."""
    found: list[_Paragraph] = []
    open_ = False
    for number, line in enumerate(lines, 1):
        if not line.strip():
            open_ = bool(found) and found[-1].kind == "note" and open_
            continue
        started = _starts(line, number, found[-1] if found and open_ else None)
        if started is not None:
            found.append(started)
        elif open_ and found:
            found[-1].rows.append(line.lstrip("> ") if found[-1].kind == "quote" else line)
        else:
            found.append(_Paragraph("text", number, [line]))
        open_ = found[-1].kind != "heading"
    return found


def _starts(line: str, number: int, before: _Paragraph | None) -> _Paragraph | None:
    """Return what a line begins, or None if it goes on."""
    if heading := _HEADING.match(line):
        return _Paragraph("heading", number, [heading[2]], level=len(heading[1]))
    if note := _NOTE.match(line):
        return _Paragraph("note", number, [note[2]], name=note[1])
    if item := _ITEM.match(line):
        return _Paragraph("item", number, [item[3]], "-" if item[2] in "*+" else item[2], len(item[1]) // 2)
    if line.startswith("|"):
        return None if before is not None and before.kind == "table" else _Paragraph("table", number, [line])
    if line.startswith(">"):
        return None if before is not None and before.kind == "quote" else _Paragraph("quote", number, [line.lstrip("> ")])
    typed = re.match(r"^(\d{1,3})\\?\.\s+(.*)$", line)
    if typed and (before is None or (before.kind == "text" and re.match(r"\d{1,3}\. ", before.rows[0]))):
        return _Paragraph("text", number, [f"{typed[1]}. {typed[2]}"])
    return None


def _inlines(words: str, ids: dict[str, int]) -> Inlines:
    """Parse the marks inside a line and put the calls of notes in their places."""
    protected = _CALL.sub(lambda call: f"\ue000{ids.setdefault(call[1], len(ids) + 1)}\ue001", words)
    inlines, _ = parse_line(Passage(protected, "", single_line=True))
    plain = all(type(node).__name__ in ("Text", "Emphasis", "Strong", "Link", "LineBreak") for node in walk(inlines))
    return tuple(_with_calls(inlines if plain else (Text(protected),)))


def _with_calls(inlines: Inlines) -> list[Inline]:
    out: list[Inline] = []
    for inline in inlines:
        if not isinstance(inline, Text):
            out.append(inline)
            continue
        for part in re.split("(\ue000\\d+\ue001)", inline.text):
            if part[:1] == "\ue000":
                out.append(NoteCall(int(part[1:-1])))
            elif part:
                out.append(Text(part))
    return out


def _table(one: _Paragraph, ids: dict[str, int], place: Place) -> Piece:
    rows = [[cell.strip() for cell in re.split(r"(?<!\\)\|", row.strip().strip("|"))] for row in one.rows]
    rows = [row for row in rows if not all(re.fullmatch(r":?-{2,}:?", cell) for cell in row)]
    return Piece("table", (), place, rows=tuple(tuple(_inlines(cell.replace("\\|", "|"), ids) for cell in row) for row in rows))
