"""The words of notes: first form, ibid., "note 12 above", by style data.

Enters: citations in document order, with the number of the note each stands in. Leaves: inlines with live note numbers.
Nothing here knows Word, PDF or HTML.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from shadowgen import rules
from shadowgen.catalogue import general_comments
from shadowgen.diagnostics import Diagnostic
from shadowgen.locales import Locale, typographic
from shadowgen.nodes import Cite, CiteItem, Emphasis, Inline, Inlines, Link, NoteNumber, Text, plain_text
from shadowgen.records import Source
from shadowgen.workspace import Workspace, shadowed
from shadowgen.yamlfile import parse_yaml


@dataclass(frozen=True, slots=True)
class Style:
    """A citation style: its data, and its words in one language."""

    data: Mapping[str, Any]
    words: Mapping[str, str]

    def form(self, type: str, which: str) -> str:
        """Return a form of a source type: "first", "later", or "same" for a repetition inside one note."""
        own, general = self.data["types"].get(type, {}), self.data["defaults"]
        if which == "same" and "same" not in own and "{note_above}" not in own.get("later", "{note_above}"):
            return own["later"]
        return own.get(which) or general.get(which) or general["later"]


def load_style(workspace: Workspace, name: str, language: str) -> tuple[Style | None, list[Diagnostic]]:
    """Return a style of the workspace, or a built-in one; None where there is none, and why where it cannot be used."""
    found = shadowed(workspace, "templates/styles", "styles", f"{name}.yaml")
    if found is None:
        return None, []
    document, problems = parse_yaml(found[1], found[0])
    if problems:
        return None, problems
    try:
        words = document.data["words"]
        style = Style(document.data, words.get(language.split("-")[0]) or words["en"])
        forms = [form for forms in (document.data["defaults"], *document.data["types"].values()) for form in forms.values()]
        for form in (*forms, document.data["separator"], document.data["end"]):
            parse_form(form)
        return style, []
    except (KeyError, TypeError, ValueError, AttributeError, IndexError) as error:
        return None, [
            rules.WRONG_VALUE.at(document.origin(), f"the style lacks or garbles {error}", "compare it with the built-in style 'un'")
        ]


# ---------------------------------------------------------------- forms

_TOKEN = re.compile(r"\{(\w+)\}|([\[\]|*\"])|([^{}\[\]|*\"]+)")
Part = tuple[str, Any]


@cache
def parse_form(form: str) -> tuple[Part, ...]:
    """Parse a form into parts: ("text", s), ("field", name), ("mark", c), ("group", alternatives)."""
    stack: list[list[list[Part]]] = [[[]]]
    for match in _TOKEN.finditer(form):
        field_name, mark, text = match.groups()
        if mark == "[":
            stack.append([[]])
        elif mark == "]" and len(stack) > 1:
            group = stack.pop()
            stack[-1][-1].append(("group", tuple(tuple(option) for option in group)))
        elif mark == "|":
            stack[-1].append([])
        else:
            stack[-1][-1].append(("field", field_name) if field_name else ("mark", mark) if mark else ("text", text))
    return tuple(stack[0][0])


class _Printer:
    """Prints a parsed form into inlines with the values of one source."""

    def __init__(self, values: Mapping[str, Inlines], language: Locale) -> None:
        self.values = values
        self.quotes = language.quotes

    def render(self, parts: tuple[Part, ...]) -> Inlines:
        found = self._print(parts, strict=False)
        return _one_stop(self._italics(found or []))

    def _print(self, parts: tuple[Part, ...], *, strict: bool) -> list[Inline | str] | None:
        """Return inlines with bare marks between; None if `strict` and a field is empty."""
        out: list[Inline | str] = []
        for kind, value in parts:
            match kind:
                case "text":
                    out.append(Text(value))
                case "mark":
                    out.append(value)
                case "field":
                    words = self.values.get(value, ())
                    if strict and not words:
                        return None
                    out += words
                case "group":
                    options = (self._print(option, strict=True) for option in value)
                    out += next((option for option in options if option is not None), [])
        return out

    def _italics(self, marked: list[Inline | str]) -> Inlines:
        out: list[list[Inline]] = [[]]
        quotes = 0
        for part in marked:
            if part == '"':
                out[-1].append(Text(self.quotes[quotes % 2]))
                quotes += 1
            elif part == "*":
                if len(out) == 1:
                    out.append([])
                else:
                    out[-2].append(Emphasis(tuple(out.pop())))
            else:
                assert not isinstance(part, str)
                out[-1].append(part)
        return tuple(inline for level in out for inline in level)


def _one_stop(inlines: Inlines) -> Inlines:
    """Drop the full stop that opens a text where the words before it end in one already."""
    out: list[Inline] = []
    for inline in inlines:
        if isinstance(inline, Text) and inline.text.startswith(".") and plain_text(tuple(out))[-1:] in (".", "!", "?", "…"):
            inline = Text(inline.text[1:])
        out.append(inline)
    return tuple(out)


# ---------------------------------------------------------------- positions


@dataclass(slots=True)
class Citations:
    """Words every note of one document, in order; keeps which note cites a source first and what the last note held."""

    style: Style
    language: Locale
    sources: Mapping[str, Source]
    first_note: dict[str, int] = field(default_factory=dict)
    previous: CiteItem | None = None
    _current: list[CiteItem] = field(default_factory=list)

    def start_note(self) -> None:
        """Begin a note: what the note before held is now known."""
        self.previous = self._current[0] if len(self._current) == 1 else None
        self._current = []

    def cite(self, cite: Cite, note: int, *, alone: bool) -> Inlines:
        """Word one citation inside note number `note`; `alone` if the note holds nothing else."""
        items = [item for item in cite.items if item.key in self.sources]
        out: list[Inline] = []
        for place, item in enumerate(items):
            if place:
                out.append(Text(self.style.data["separator"]))
            out += self._item(item, note, alone=alone and len(items) == 1, starts=alone and place == 0)
            self._current.append(item)
        return tuple(out)

    def _item(self, item: CiteItem, note: int, *, alone: bool, starts: bool) -> Inlines:
        prefix: Inlines = (Text(self.language.signal(item.prefix) + " "),) if item.prefix else ()
        before = self.previous
        ibid = self.style.data.get("ibid") == "true" and starts and not item.prefix and before is not None
        if ibid and before and before.key == item.key and (item.locators or not before.locators):
            return (*prefix, *self._ibid(item, before))
        source = self.sources[item.key]
        which = "later" if item.key in self.first_note else "first"
        first = self.first_note.setdefault(item.key, note)
        values = self._values(source, item, first, alone=alone)
        if which == "later" and first == note:
            which = "same"
        return (*prefix, *_Printer(values, self.language).render(parse_form(self.style.form(source.type, which))))

    def _ibid(self, item: CiteItem, before: CiteItem) -> Inlines:
        word = self.style.words["ibid"]
        if item.locators == before.locators:
            return (Text(word),)
        return (Text(f"{word}, {self._locators(item)}"),)

    def _locators(self, item: CiteItem) -> str:
        return ", ".join(self.language.locator(kind, value) for kind, value in item.locators)

    def _values(self, source: Source, item: CiteItem, first: int, *, alone: bool) -> dict[str, Inlines]:
        words, language = self.style.words, self.language
        plain = {name: source.get(name, language.language) for name in source.fields}
        plain |= _catalogued(source, language.language)
        date, amended = plain.pop("date", ""), plain.pop("amended", "")
        plain["year"], plain["date"] = plain.get("year") or date[:4], language.date(date)
        plain["short"] = next((plain[name] for name in ("short", "title", "author", "court", "symbol") if plain.get(name)), "")
        plain["locators"] = self._locators(item)
        plain |= {f"w_{name}": word for name, word in words.items() if "{" not in word}
        plain["w_amended"] = words["amended"].replace("{date}", language.date(amended)) if amended else ""
        holder = plain.get("holder", "")
        plain["w_on_file"] = words["on_file"].replace("{holder}", holder) if holder else words["file"] if source.type == "case-file" else ""
        values: dict[str, Inlines] = {name: (Text(typographic(value, "", language)),) for name, value in plain.items() if value}
        values["note_above"] = _slot(words["note_above"], "note", NoteNumber(first))
        if url := plain.get("url", ""):
            values["available"] = _slot(words["available_alone" if alone else "available_among"], "url", Link((Text(url),), url))
        return values


def _slot(words: str, name: str, inline: Inline) -> Inlines:
    """Return words with one {slot} filled by a node."""
    before, _, after = words.partition("{" + name + "}")
    return tuple(part for part in (Text(before), inline, Text(after)) if not (isinstance(part, Text) and not part.text))


def _catalogued(source: Source, language: str) -> dict[str, str]:
    """Return what the catalogue knows of a general comment and the entry does not say: subject, year, symbol."""
    if source.type != "general-comment":
        return {}
    body = str(source.fields.get("treaty_body", "CCPR"))
    entry = general_comments(body).get(str(source.fields["number"]), {})
    known = {"year": entry.get("year", ""), "symbol": entry.get("symbol", "")}
    known["subject"] = source.get("title", language) or (entry.get("subject", "") if language == "en" else "")
    own_symbol = source.get("symbol", language)
    return {name: value for name, value in known.items() if value} | ({"symbol": own_symbol} if own_symbol else {})


def finish_note(content: Inlines, end: str) -> Inlines:
    """Give a note its capital letter and its full stop; blanks at its edges go."""
    content = _capital(_stripped(content))
    words = plain_text(content).rstrip()
    if words and words[-1] not in ".!?…" and not words.endswith((".”", ".»", "!”", "?”")):
        content = (*content, Text(end))
    return content


def _stripped(content: Inlines) -> Inlines:
    if content and isinstance(content[0], Text):
        content = (Text(content[0].text.lstrip()), *content[1:])
    if content and isinstance(content[-1], Text):
        content = (*content[:-1], Text(content[-1].text.rstrip()))
    return tuple(inline for inline in content if inline != Text(""))


def _capital(content: Inlines) -> Inlines:
    if not content:
        return content
    head = content[0]
    match head:
        case Text(text) if text[:1].islower() and not re.match(r"https?:|www\.", text):
            return (Text(text[:1].upper() + text[1:]), *content[1:])
        case Emphasis(children):
            return (Emphasis(_capital(children)), *content[1:])
    return content
