"""The words of notes by their position: first form, ibid., "note 12 above".

Enters: citations in document order, with the number of the note each stands in. Leaves: inlines with live note numbers.
Nothing here knows Word, PDF or HTML; how a form is printed is the matter of `notestyles`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from shadowgen.catalogue import bodies, general_comments, parse_symbol
from shadowgen.locales import Locale, typographic
from shadowgen.nodes import Cite, CiteItem, Emphasis, Inlines, Link, NoteNumber, Text
from shadowgen.notestyles import Style, print_form
from shadowgen.records import NoteOptions, Source, in_language


@dataclass(slots=True)
class Citations:
    """Words every note of one document, in order; keeps which note cites a source first and what the last note held."""

    style: Style
    language: Locale
    sources: Mapping[str, Source]
    options: NoteOptions = field(default_factory=NoteOptions)
    first_note: dict[str, int] = field(default_factory=dict)
    previous: CiteItem | None = None
    cited: dict[str, None] = field(default_factory=dict)
    _current: list[CiteItem] = field(default_factory=list)

    def restart(self) -> None:
        """Begin a part whose notes are numbered anew: what was cited before is cited in full again."""
        self.first_note, self.previous, self._current = {}, None, []

    def start_note(self) -> None:
        """Begin a note: what the note before held is now known."""
        self.previous = self._current[0] if len(self._current) == 1 else None
        self._current = []

    def cite(self, cite: Cite, note: int, *, alone: bool) -> Inlines:
        """Word one citation inside note number `note`; `alone` if the note holds nothing else."""
        items = [item for item in cite.items if item.key in self.sources]
        out: list = []
        for place, item in enumerate(items):
            if place:
                out.append(Text(self.style.separator))
            out += self._item(item, note, alone=alone and len(items) == 1, starts=alone and place == 0)
            self._current.append(item)
            self.cited.setdefault(item.key)
        return tuple(out)

    def listed(self, key: str) -> Inlines:
        """Return a source as a table of sources names it."""
        source = self.sources[key]
        form = self.style.form(source.type, "listed") or self.style.form(source.type, "first")
        return print_form(self.style, form, self._values(source, CiteItem(key), 0, alone=True))

    def _item(self, item: CiteItem, note: int, *, alone: bool, starts: bool) -> Inlines:
        prefix = self._signal(item.prefix)
        source = self.sources[item.key]
        which = self._position(item, note, starts=starts)
        first = self.first_note.setdefault(item.key, note)
        values = self._values(source, item, first, alone=alone)
        if which == "ibid" and self.previous and item.locators == self.previous.locators:
            values = {name: words for name, words in values.items() if name not in ("locators", "at")}
        return (*prefix, *print_form(self.style, self.style.form(source.type, which), values))

    def _signal(self, words: str) -> Inlines:
        """Return the words before a source, in italics where the style wants that, with a blank behind them."""
        signal = Text(self.language.signal(words))
        return ((Emphasis((signal,)) if self.style.italic_signals else signal), Text(" ")) if words else ()

    def _position(self, item: CiteItem, note: int, *, starts: bool) -> str:
        """Return which form a citation takes; ibid. only behind a note that holds this one source, and never with fewer locators."""
        before = self.previous
        if (
            before is not None
            and before.key == item.key
            and (item.locators or not before.locators)
            and starts
            and (self.style.ibid_with_signal or not item.prefix)
            and self.options.ibid
            and self.style.form(self.sources[item.key].type, "ibid")
        ):
            return "ibid"
        if item.key not in self.first_note:
            return "first"
        return "same" if self.first_note[item.key] == note else "later"

    # ------------------------------------------------ values

    def _values(self, source: Source, item: CiteItem, first: int, *, alone: bool) -> dict[str, Inlines]:
        plain = self._plain(source) | _catalogued(source, self.language.language) | self._pinpoint(item)
        plain["first_page"] = plain.get("pages", "").split("–")[0]
        plain["year"] = plain.get("year") or str(source.fields.get("date", ""))[:4]
        plain["own_short"] = plain.pop("short", "")
        plain["short"] = plain["own_short"] or next((plain[name] for name in self.style.short if plain.get(name)), source.key)
        values: dict[str, Inlines] = {name: (Text(typographic(words, "", self.language)),) for name, words in plain.items() if words}
        values |= {"note": (NoteNumber(first),)} if first else {}
        if symbol := parse_symbol(plain.get("symbol", "")):
            values["symbol"] = (Link((Text(symbol.text),), symbol.link),)
        return values | self._addresses(source, values, alone=alone)

    def _plain(self, source: Source) -> dict[str, str]:
        """Return the fields of a source as words of the language, its dates written out, its ranges with a dash."""
        fields = {name: source.get(name, self.language.language) for name in source.fields if name not in ("url", "archived")}
        fields |= {"dated": fields.get("date", "")}
        for name in ("date", "dated", "in_force", "amended", "accessed"):
            fields |= {name: self.style.date(fields[name], self.language, name)} if fields.get(name) else {}
        for name in ("period", "pages"):
            fields |= {name: self.language.locator("", fields[name])} if fields.get(name) else {}
        for name in ("title", "short"):
            fields |= {name: self.style.spelled(fields[name])} if fields.get(name) else {}
        if fields.get("period") == fields.get("date"):
            fields["period"] = ""  # "2015 (2015)" says nothing more
        if series := re.fullmatch(r"(\d+) UNTS (\d+)", fields.get("series", "")):
            fields |= {"series_volume": series[1], "series_page": series[2]}
        return fields

    def _pinpoint(self, item: CiteItem) -> dict[str, str]:
        """Return the locators with their words; and `at`, the bare numbers, where nothing but pages is cited."""
        each = [self.style.locator(kind, value, self.language) for kind, value in item.locators]
        words = self.style.locator_join.join(one[:1].upper() + one[1:] if self.style.capitals else one for one in each)
        bare = self.language.locator("", item.locators[0][1]) if [kind for kind, _ in item.locators] == ["page"] else ""
        return {"locators": words, "at": bare}

    def _addresses(self, source: Source, values: dict[str, Inlines], *, alone: bool) -> dict[str, Inlines]:
        """Return the addresses that the submission's policy prints, and {available}: their words, after a stop or a comma."""
        url, archived = (source.get(name, self.language.language) for name in ("url", "archived"))
        match self.options.addresses:
            case "none":
                url = archived = ""
            case "archived":
                url, archived = archived or url, ""
            case "url":
                archived = "" if url else archived
        shown = {name: (Link((Text(one),), one),) for name, one in (("url", url or archived), ("archived", archived if url else "")) if one}
        host = urlsplit(url or archived).hostname or ""
        shown |= {"host": (Text(host.removeprefix("www.")),)} if host else {}
        if "url" in shown:
            form = self.style.form(source.type, "address_alone" if alone else "address_among")
            shown["available"] = print_form(self.style, form, values | shown)
        return shown


def _catalogued(source: Source, language: str) -> dict[str, str]:
    """Return what the catalogue knows of a general comment and the entry does not say: subject, year, symbol."""
    if source.type != "general-comment":
        return {}
    body = str(source.fields.get("treaty_body", "CCPR"))
    entry = general_comments(body).get(str(source.fields["number"]), {})
    known = {"year": entry.get("year", ""), "symbol": entry.get("symbol", ""), "body": in_language(bodies().get(body), language)}
    known["subject"] = source.get("title", language) or (entry.get("subject", "") if language == "en" else "")
    own_symbol = source.get("symbol", language)
    return {name: value for name, value in known.items() if value} | ({"symbol": own_symbol} if own_symbol else {})
