"""Finished files read by programs that share nothing with the writers: lxml, pandoc, poppler, pypdf, html.parser."""

from __future__ import annotations

import json
import re
import subprocess
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from expected import CALL, CALL_END, LEADER, plain
from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"


def parts(path: Path) -> dict[str, bytes]:
    """Return every part of a Word file by its name."""
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def part(path: Path, name: str) -> etree._Element:
    """Return the root of one XML part of a Word file."""
    return etree.fromstring(parts(path)[name])


# ---------------------------------------------------------------- Word files through lxml


@dataclass(frozen=True, slots=True)
class WordParagraph:
    """A paragraph of a Word file: its style, the mark that Word's numbering gives it, its words with the notes' ids marked."""

    style: str
    mark: str
    text: str
    in_series: bool


def word_text(element: etree._Element, numbers: dict[str, str] | None = None) -> str:
    """Return the words of a paragraph as stored, the results of fields included, their codes left out; `numbers` gives each note's by its id."""
    out = []
    for node in element.iter(f"{W}t", f"{W}tab", f"{W}br", f"{W}footnoteReference"):
        if node.tag == f"{W}t":
            out.append(node.text or "")
        elif node.tag == f"{W}footnoteReference":
            id = node.get(f"{W}id")
            out.append(f"{CALL}{(numbers or {}).get(id, id)}{CALL_END}")
        elif node.getparent().tag == f"{W}r":
            out.append(" ")
    return "".join(out)


def word_paragraphs(path: Path) -> list[WordParagraph]:
    """Return the paragraphs of the text in order, without empty ones, each with the mark that its numbering gives."""
    counters, numbers = _Counters(part(path, "word/numbering.xml")), note_numbers(path)
    found = []
    for element in part(path, "word/document.xml").iter(f"{W}p"):
        style, series = element.find(f"{W}pPr/{W}pStyle"), element.find(f"{W}pPr/{W}numPr")
        mark = counters.mark(series) if series is not None else ""
        if text := plain(word_text(element, numbers)):
            id = series.find(f"{W}numId").get(f"{W}val") if series is not None else ""
            found.append(WordParagraph(style.get(f"{W}val") if style is not None else "", mark, text, counters.kinds.get(id) == "%1."))
    return found


class _Counters:
    """Counts as Word does: a level goes on within one series, and starts again below a level that has moved on."""

    def __init__(self, numbering: etree._Element) -> None:
        abstract = {one.get(f"{W}abstractNumId"): one for one in numbering.iter(f"{W}abstractNum")}
        self.levels: dict[tuple[str, str], tuple[str, str, int]] = {}
        self.kinds: dict[str, str] = {}
        self.now: dict[tuple[str, str], int] = {}
        for num in numbering.iter(f"{W}num"):
            id, kind = num.get(f"{W}numId"), abstract[num.find(f"{W}abstractNumId").get(f"{W}val")]
            over = {one.get(f"{W}ilvl"): int(one.find(f"{W}startOverride").get(f"{W}val")) for one in num.iter(f"{W}lvlOverride")}
            for level in kind.iter(f"{W}lvl"):
                values = {name: level.find(f"{W}{name}").get(f"{W}val") for name in ("numFmt", "lvlText", "start")}
                place = level.get(f"{W}ilvl")
                self.levels[id, place] = (values["numFmt"], values["lvlText"], over.get(place, int(values["start"])))

    def mark(self, series: etree._Element) -> str:
        key = series.find(f"{W}numId").get(f"{W}val"), series.find(f"{W}ilvl").get(f"{W}val")
        form, text, start = self.levels[key]
        number = self.now[key] = self.now.get(key, start - 1) + 1
        if form == "bullet":
            return "•"
        shown = {
            "decimal": str,
            "lowerLetter": lambda one: chr(97 + (one - 1) % 26) * ((one - 1) // 26 + 1),  # ISO/IEC 29500-1, 17.18.59: aa, bb, cc after z
            "lowerRoman": lambda one: _roman(one).lower(),
            "upperRoman": _roman,
            "arabicAbjad": lambda one: "أبجدهوزحطي"[one - 1],
            "chineseCountingThousand": lambda one: "一二三四五六七八九十"[one - 1],
        }
        return re.sub(r"%\d", shown[form](number), text)


def _roman(number: int) -> str:
    out = ""
    for value, letters in ((40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")):
        out += letters * (number // value)
        number %= value
    return out


def word_notes(path: Path) -> list[tuple[str, str]]:
    """Return number and words of each note in the order of the references in the text."""
    bodies = {note.get(f"{W}id"): plain(word_text(note)) for note in part(path, "word/footnotes.xml").iter(f"{W}footnote")}
    return [(number, bodies[id]) for id, number in note_numbers(path).items()]


def note_numbers(path: Path) -> dict[str, str]:
    """Count the notes as Word does: on through the sections, from 1 in a section whose properties, at its end, say `eachSect`."""
    found: dict[str, str] = {}
    here: list[str] = []
    last = 0
    for node in part(path, "word/document.xml").iter(f"{W}footnoteReference", f"{W}sectPr"):
        if node.tag == f"{W}footnoteReference":
            here.append(node.get(f"{W}id"))
            continue
        again = node.find(f"{W}footnotePr/{W}numRestart")
        first = 1 if again is not None and again.get(f"{W}val") == "eachSect" else last + 1
        found |= {id: str(first + place) for place, id in enumerate(here)}
        last, here = first + len(here) - 1, []
    assert here == [], "the body does not end with the properties of its section"
    return found


# ---------------------------------------------------------------- pandoc


def pandoc_notes(path: Path, form: str) -> list[str]:
    """Return the words of the notes that pandoc finds, in order."""
    done = subprocess.run(["pandoc", "-f", form, "-t", "json", str(path)], capture_output=True, check=True, timeout=120)
    return [plain(_pandoc_text(note)) for note in _pandoc_walk(json.loads(done.stdout)["blocks"])]


def _pandoc_walk(value: Any) -> Iterator[Any]:
    if isinstance(value, dict):
        if value.get("t") == "Note":
            yield value["c"]
        else:
            yield from _pandoc_walk(list(value.values()))
    elif isinstance(value, list):
        for one in value:
            yield from _pandoc_walk(one)


def _pandoc_text(value: Any) -> str:
    if isinstance(value, list):
        return "".join(map(_pandoc_text, value))
    if not isinstance(value, dict):
        return ""
    match value["t"]:
        case "Str":
            return value["c"]
        case "Space" | "SoftBreak" | "LineBreak":
            return " "
        case "Quoted":
            kind, inner = value["c"]
            left, right = "“”" if kind["t"] == "DoubleQuote" else "‘’"
            return left + _pandoc_text(inner) + right
    return _pandoc_text(value.get("c", []))


# ---------------------------------------------------------------- HTML through html.parser

_LEAVES = {"p", "h1", "h2", "h3", "h4", "h5", "caption", "th", "td", "figcaption"}


class HtmlReader(HTMLParser):
    """Collects the lines of a page and its notes, each with the number that its links lead to."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.lines: list[str] = []
        self.notes: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.language = ""
        self._open: list[tuple[str, bool]] = []
        self._in_notes = self._skip = False
        self.feed(text)
        self.close()
        self.lines = [line for line in map(plain, self.lines) if line]
        self.notes = [plain(note) for note in self.notes]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self.ids += [values["id"]] if values.get("id") else []
        self.links += [values["href"]] if values.get("href") else []
        if tag == "html":
            self.language = values.get("lang") or ""
        if tag == "br":
            self._add(" ")
        if tag in ("style", "title", "h2") and (tag != "h2" or self._in_notes):
            self._skip = True
        if tag == "section" and values.get("class") == "notes":
            self._in_notes = True
        leaf = tag in _LEAVES or (tag == "li" and ("nav" in (name for name, _ in self._open)))
        if leaf and not self._in_notes:
            self.lines.append("")
        if values.get("role") == "doc-footnote":
            assert self._in_notes
            self.notes.append("")
        if values.get("role") == "doc-backlink":
            self._skip = True
        if tag not in ("br", "img", "meta", "link"):
            self._open.append((tag, values.get("class") == "num"))

    def handle_endtag(self, tag: str) -> None:
        name, number = self._open.pop()
        assert name == tag, f"</{tag}> closes <{name}>"
        self._skip = self._skip and tag not in ("style", "title", "h2", "a")
        if number:
            self._add(" ")

    def handle_data(self, data: str) -> None:
        if not self._skip:
            self._add(data)

    def _add(self, data: str) -> None:
        into = self.notes if self._in_notes else self.lines
        if into:
            into[-1] += data


# ---------------------------------------------------------------- PDF pages


def poppler_pages(path: Path) -> list[str]:
    """Return the text of each page in the order in which it is drawn."""
    done = subprocess.run(["pdftotext", "-raw", "-enc", "UTF-8", str(path), "-"], capture_output=True, check=True, timeout=120)
    return _pages(done.stdout.decode().split("\f")[:-1])


def pypdf_pages(path: Path) -> list[str]:
    """Return the text of each page as pypdf reads it."""
    from pypdf import PdfReader

    return _pages([page.extract_text() for page in PdfReader(path).pages])


_DOTS = re.compile(r"(?:\s*\.){3,}\s*(\d+)[ \t]*(?=\n|$)")


def _pages(texts: list[str]) -> list[str]:
    """Put a mark and the page number on a line of its own where dots lead to a number in the contents."""
    return [_DOTS.sub(lambda found: f"\n{LEADER}{found[1]}", text) for text in texts]
