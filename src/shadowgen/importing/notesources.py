"""Make sources of the bodies of notes, where their form is known; leave the others as notes with words of their own.

Enters: note bodies in order. Leaves: for each number the inlines that stand for its call (a `Cite`, or an `Annotation` with the
words), and the bibliography: entries with the bodies they came from. A repeated source has one entry; "Ibid." is resolved.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from shadowgen.catalogue import parse_symbol
from shadowgen.importing.dates import first_date, partial_date, without_dates
from shadowgen.nodes import Annotation, Cite, CiteItem, Inline, Inlines, Link, Text
from shadowgen.readers.original import NoteBody, words_in

MAX_KEY = 64


@dataclass(slots=True)
class Entry:
    """One source of the bibliography and the notes that it came from."""

    key: str
    fields: dict[str, Any]
    bodies: list[tuple[int, str]] = field(default_factory=list)
    in_library: bool = False


@dataclass(slots=True)
class Bibliography:
    """All sources found, by key, and what stands for the call of each note."""

    entries: dict[str, Entry] = field(default_factory=dict)
    calls: dict[int, Inlines] = field(default_factory=dict)
    verbatim: list[int] = field(default_factory=list)
    resolved: list[tuple[int, str]] = field(default_factory=list)
    unresolved: list[int] = field(default_factory=list)
    single: dict[int, str] = field(default_factory=dict)


_SIGNAL = re.compile(r"^(see also|see, for example|see for example|see|cf\.|см\. также|см\., например|см\.|ср\.)\s*[:,]?\s+", re.IGNORECASE)
_IN_ENGLISH = {"см. также": "see also", "см., например": "see, for example", "см.": "see", "ср.": "cf."}
_IBID = re.compile(r"^(?:Ibid|Idem|Same (?:document|source))\b[.,]?\s*(.*)$", re.DOTALL)
_LOCATOR = re.compile(
    r"^(paragraphs?|paras?\.|pp?\.|pages?|art(?:icle)?s?\.?|sections?|sects?\.|chapters?|chaps?\.)\s*([\d–-]+(?: ?\(\w+\))*(?:\s*(?:,|and)\s*(?:[\d–-]+(?: ?\(\w+\))*|\(\w+\)))*)\.?$",
    re.IGNORECASE,
)
_KINDS = {"pa": "paragraph", "p": "page", "ar": "article", "se": "section", "ch": "chapter"}
_ABOVE = re.compile(r"^(.+?) \(note (\d+) above\)(?:, (.+?))?\.?$")
_TAIL = re.compile(r",\s*((?:paras?|pp?|arts?|sects?|chaps?)\.\s*[\d(][^,.]*?(?:,\s*\d[^,.]*?)*)\.?(?=[.,]? [Aa]vailable at|\.?$)")
_SPLIT = re.compile(r"(?<=[\w/_.)”]) (?=(?:See also|См\. также):? )|; (?=(?:see also|см\. также) )|; (?=\w[^;()]{3,80} \(note \d+ above\))")
_LAW = re.compile(
    r"^(?:The )?(?:Constitution\b|(?:[A-Z][a-z]+ ){0,4}Code\b|Constitutional Law\b|Law\b|Decree\b|Regulatory Resolution\b|Resolution\b|Order\b|Act\b)"
)
_NUMBER = re.compile(r"(?:,\s*)?(?:No\.?|№|#)\s?([\w/-]+(?: ?ZRK)?)")
_AMENDED = re.compile(r"\((?:as )?amended[^()]*\)")
_REGISTRY = re.compile(r"adilet\.zan\.kz/\w+/docs/\s?([A-Z][0-9A-Z]{8,12}_?)")
_NEWS = re.compile(r"^(?:([^“”\"]{3,60}), )?[“\"]([^“”\"]{5,200})[”\"], ([^,“”\"]{2,60}), ((?:\d{1,2} )?[A-Z][a-z]+ \d{4})$")
_QUOTED_PAGE = re.compile(r"^[“\"]([^“”\"]{5,250})[”\"], ([^,“”\"]{2,80})$")
_IMPRINT = re.compile(r"^([^.]{15,160}(?:\. Report)?)[.,]?\s*[–-]?\s+([A-Z][a-z]+), ((?:19|20)\d\d)\.?(?:\s*pp?\.\s?([\d–-]+))?$")
_COMMENT = re.compile(r"\bgeneral comment (?:No\. ?)?(\d{1,2})\b", re.IGNORECASE)
# an act or an article in Russian, whose form is not known here: its words stay as they are
_OTHER_TONGUE = re.compile(r"№|\bгода\b|\bг\.|«")
_SYMBOL = re.compile(r"\b(?:CCPR|CAT|CEDAW|CERD|CRC|CRPD|CMW|CED|HRI|A|E)/[A-Z0-9][A-Za-z0-9./-]*[A-Za-z0-9]")


def gather(notes: dict[int, NoteBody], prefix: str, taken: dict[str, dict[str, Any]]) -> Bibliography:
    """Return the bibliography of all notes; `taken` holds the fields of the sources that the library has, by key."""
    found = Bibliography()
    last = ""
    for number in sorted(notes):
        last = _note(found, number, notes[number], last, prefix, taken)
        if last:
            found.single[number] = last
    return found


def _note(found: Bibliography, number: int, note: NoteBody, last: str, prefix: str, taken: dict[str, dict[str, Any]]) -> str:
    """Take one note; return the key of its single source for a following "Ibid.", else an empty text."""
    words = " ".join(words_in(note.inlines).split())
    parts = [_Part(part) for part in _SPLIT.split(words)]
    again = [_again(found, part, last if place == 0 else "") for place, part in enumerate(parts)]
    if not all(known or part.fields for known, part in zip(again, parts, strict=True)):
        (found.unresolved if _IBID.match(words) else found.verbatim).append(number)
        found.calls[number] = (Annotation(_without_stop(note.inlines) if len(note.inlines) > 1 else _linked(words.removesuffix("."))),)
        return ""
    items = []
    for known, part in zip(again, parts, strict=True):
        key, locators = known or (_entered(found, part.fields, prefix, taken).key, part.locators)
        if known:
            found.resolved.append((number, key))
        found.entries[key].bodies.append((number, part.words))
        items.append(CiteItem(key, part.signal if part.signal != "see" or len(parts) > 1 else "", locators))
    rest = " ".join(part.rest for known, part in zip(again, parts, strict=True) if part.rest and not known)
    cite = Cite(tuple(items))
    found.calls[number] = (Annotation((cite, Text(f". {rest}"))),) if rest else (cite,)
    return items[0].key if len(items) == 1 else ""


def _again(found: Bibliography, part: _Part, last: str) -> tuple[str, tuple[tuple[str, str], ...]] | None:
    """Return the source that "Ibid., p. 3" or "Criminal Code (note 12 above), art. 146" means, with its locators."""
    if match := _IBID.match(part.words):
        key, rest = last, match[1].strip(" .,")
    elif match := _ABOVE.match(part.bare):
        key, rest = found.single.get(int(match[2]), ""), (match[3] or "").strip(" .,")
        if key and not _shares_word(match[1], found.entries[key].fields):
            return None
        if key and not found.entries[key].in_library:
            found.entries[key].fields.setdefault("short", match[1])
    else:
        return None
    locators = _locators(rest)
    return (key, locators) if key and (locators or not rest) else None


def _shares_word(name: str, fields: dict[str, Any]) -> bool:
    known = {word for value in fields.values() for word in re.findall(r"\w{4,}", str(value).lower())}
    return bool(known & set(re.findall(r"\w{4,}", name.lower())))


def _without_stop(inlines: Inlines) -> Inlines:
    """Return inlines without the full stop that every note gets when it is printed."""
    last = inlines[-1]
    return (*inlines[:-1], Text(last.text.rstrip().removesuffix("."))) if isinstance(last, Text) else inlines


def _locators(words: str) -> tuple[tuple[str, str], ...]:
    found = []
    for part in re.split(r",\s*(?=(?:para|p|page|art|sect|chap)[a-z]*\.?\s*[\d(])", words.strip(" ,")):
        match = _LOCATOR.match(part)
        if not match:
            return ()
        label = match[1].lower()
        found.append((next(kind for start, kind in _KINDS.items() if label.startswith(start)), match[2].strip()))
    return tuple(found)


def _linked(words: str) -> Inlines:
    """Return words with their addresses as links."""
    out: list[Inline] = []
    at = 0
    for address in re.finditer(r"https?://[^\s<>\"”\[\]]*[\w/=&_]", words):
        out += [Text(words[at : address.start()]), Link((Text(address[0]),), address[0])]
        at = address.end()
    return tuple(inline for inline in (*out, Text(words[at:])) if not isinstance(inline, Text) or inline.text)


def _entered(found: Bibliography, fields: dict[str, Any], prefix: str, taken: dict[str, dict[str, Any]]) -> Entry:
    identity = _identity(fields)
    for entry in found.entries.values():
        if _identity(entry.fields) & identity and not _told_apart(entry.fields, fields):
            return entry
    for key, other in taken.items():
        if _identity(other) & identity and not _told_apart(other, fields):
            found.entries[key] = Entry(key, other, in_library=True)
            return found.entries[key]
    base = f"{prefix}-{_short_name(fields)}"
    key, count = base, 1
    while key in found.entries or key in taken:
        count += 1
        key = f"{base[: MAX_KEY - 3]}-{count}"
    found.entries[key] = Entry(key, fields)
    return found.entries[key]


def _told_apart(one: dict[str, Any], other: dict[str, Any]) -> bool:
    """True if two sources under one title have symbols or numbers of their own."""
    return any(one.get(name) and other.get(name) and one[name] != other[name] for name in ("symbol", "registry"))


def _identity(fields: dict[str, Any]) -> set[str]:
    """Return what tells that two entries are the same source: a symbol, a registry number, an address, or title with date."""
    title = str(fields.get("title", ""))
    names = {f"{name}:{fields[name]}" for name in ("symbol", "registry") if fields.get(name)}
    if url := fields.get("url"):
        split = urlsplit(str(url))
        if split.path.strip("/"):
            names.add("url:" + (split.netloc + split.path).rstrip("/_") + split.query)
    if len(title) >= 12:
        bare = " ".join(re.findall(r"[^\W_]+", title.lower()))
        names.add(f"title:{bare} {fields.get('date', '')}")
    if fields.get("type") == "general-comment":
        names.add(f"gc:{fields.get('treaty_body', 'CCPR')}:{fields.get('number')}")
    return names


def _short_name(fields: dict[str, Any]) -> str:
    """Return a key that a person can type: the symbol, or the words that name the source, and its year."""
    title = str(fields.get("title", ""))
    quoted = re.search(r"[“\"«](?:On (?:the )?)?([^”\"»]{6,})", title)
    words = str(fields.get("symbol", "")) or (quoted[1] if quoted else re.sub(r"^The | of the (?:Republic of [A-Z]\w+|RoK)", "", title))
    plain = re.sub(r"[^a-z0-9]+", "-", words.lower().replace("’", "")).strip("-") or str(fields["type"])
    if len(plain) > 34:
        plain = plain[:34].rsplit("-", 1)[0]
    year = str(fields.get("date", ""))[:4]
    return f"{plain}-{year}" if year and not plain.endswith(year) else plain


class _Part:
    """One source named in a note: its signal, its fields (empty if its form is not known), locators, and words left over."""

    def __init__(self, words: str) -> None:
        self.words = words
        match = _SIGNAL.match(words)
        signal = match[1].lower() if match else ""
        self.signal = _IN_ENGLISH.get(signal, signal)
        self.locators: tuple[tuple[str, str], ...] = ()
        self.bare = bare = words[match.end() :] if match else words
        tail = _TAIL.search(bare)
        if tail and (self_located := _locators(tail[1])):
            self.locators = self_located
            bare = bare[: tail.start()] + bare[tail.end() :]
        text, self.url, rest = _address(bare)
        text = re.sub(r"[.,]? [Aa]vailable at\s*$", "", text)
        self.rest = rest.strip(" .")
        accessed = re.match(r"^\((?:date visited|accessed|last accessed)[: ]+([^)]*)\)$", self.rest)
        self.fields: dict[str, Any] = {}
        title, _, site = text.partition("//")
        self.title, self.site = title.strip(" .,"), site.strip(" .,")
        if self.rest and not accessed and not re.match(r"[A-Z]", self.rest):
            return
        self.fields = self._fields()
        if self.fields and accessed and (day := first_date(accessed[1])):
            self.fields["accessed"], self.rest = day, ""

    def _fields(self) -> dict[str, Any]:
        fields = self._comment() or self._law() or self._symbol() or self._news() or self._page() or self._imprint()
        if fields and self.url:
            fields["url"] = self.url
        if fields and self.site and fields["type"] == "legislation":
            fields["publisher"] = self.site
        return fields

    def _comment(self) -> dict[str, Any]:
        match = _COMMENT.search(self.title)
        year = first_date(self.title) or (re.search(r"\b(?:19|20)\d\d\b", self.title) or [""])[0]
        if not match or not year or len(self.title) > 250:
            return {}
        if para := re.search(r",?\s*para\. ?(\d+)", self.title):
            self.locators = (("paragraph", para[1]),)
        quoted = re.search(r"[“\"]([^”\"]+)[”\"]", self.title) or re.search(r"Article \d+: ([^,]+(?:,[^,\d]+)*),", self.title)
        return {"type": "general-comment", "number": match[1], "date": year} | ({"title": quoted[1]} if quoted else {})

    def _law(self) -> dict[str, Any]:
        words = self.title
        bare_year = re.search(r", ((?:19|20)\d\d)$", words)
        day = first_date(_AMENDED.sub("", words)) or (bare_year[1] if bare_year else "")
        if not _LAW.match(words) or not day or len(words) > 420:
            return {}
        amended = _AMENDED.search(words)
        number = _NUMBER.search(re.sub(r"[“\"«].*?[”\"»]", "", words))
        title = without_dates(_AMENDED.sub("", words)) if len(day) > 4 else words.removesuffix(f", {day}")
        title = re.sub(r"\s+([,.])", r"\1", _NUMBER.sub("", title, count=1)) if number else title
        fields: dict[str, Any] = {"type": "legislation", "title": " ".join(title.split()).strip(" ,."), "date": day}
        if number:
            fields["number"] = number[1]
        if amended and (changed := first_date(amended[0])):
            fields["amended"] = changed
        if registry := _REGISTRY.search(self.url):
            fields["registry"] = registry[1].rstrip("_") + ("_" if registry[1].endswith("_") else "")
        return fields

    def _symbol(self) -> dict[str, Any]:
        symbols = [match[0] for match in _SYMBOL.finditer(self.title) if parse_symbol(match[0])]
        if len(set(symbols)) != 1 or len(self.title) > 300:
            return {}
        title = re.sub(r"\(\s*\)", "", self.title.replace("UN document", "").replace(symbols[0], "")).strip(" ,.;(")
        if symbols[0] in self.url:
            self.url = ""  # the address follows from the symbol
        return {"type": "un-document", "symbol": symbols[0]} | ({"title": " ".join(title.split())} if title else {})

    def _imprint(self) -> dict[str, Any]:
        """Read "Title. Report. – Almaty, 2007. pp.38-52.": a publication whose author the note does not name."""
        match = _IMPRINT.match(self.title)
        if not match or self.url or self.site:
            return {}
        if match[4]:
            self.locators = (("page", match[4]),)
        return {"type": "ngo-report", "author": "To be filled in", "title": match[1].strip(" .,“”"), "date": match[3], "place": match[2]}

    def _news(self) -> dict[str, Any]:
        """Read "Author, “Title”, Outlet, 28 November 2013": an article in a newspaper or by an agency."""
        match = _NEWS.match(self.title)
        day = first_date(match[4]) or partial_date(match[4]) if match else ""
        if not match or not day or self.site:
            return {}
        return {"type": "news", "title": match[2], "outlet": match[3], "date": day} | ({"author": match[1]} if match[1] else {})

    def _page(self) -> dict[str, Any]:
        sentences = len(re.findall(r"[a-z]{3}[”\"]?\. [A-Z]", self.title))
        if not self.url or len(self.title) > 300 or _OTHER_TONGUE.search(self.title) or "(see" in self.title or sentences > 1:
            return {}
        if match := _QUOTED_PAGE.match(self.title):
            return {"type": "web-page", "title": match[1], "publisher": match[2]}
        host = urlsplit(self.url).netloc.removeprefix("www.")
        day = first_date(self.title)
        fields: dict[str, Any] = {"type": "web-page", "title": self.title or f"Page of {host}", "publisher": self.site or host}
        return fields | ({"date": day} if day else {})


def _address(words: str) -> tuple[str, str, str]:
    """Split a note at its address: what stands before it, the address without the blanks that a line end put in, what follows."""
    match = re.search(r"(?:\bURL:\s*)?/?(https?://\S+)", words)
    if not match:
        return words, "", ""
    url, rest = match[1], words[match.end() :]
    while more := re.match(r" (\S+)", rest):
        glued = url[-1] in "/-=&_?%." and re.match(r"[\w%&=?./#-]+$", more[1]) and not more[1].startswith("http")
        if not (glued or re.match(r"[\w-]*[&=?]", more[1])):
            break
        url, rest = url + more[1], rest[more.end() :]
    clean = url.rstrip(".,;)")
    if not re.fullmatch(r"https?://[^\s<>\"]+", clean):
        return words, "", ""
    return words[: match.start()], clean, rest
