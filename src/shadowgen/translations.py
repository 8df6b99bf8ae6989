"""Which text a translation translates, paragraph by paragraph: its stamp, and what has changed since it was set.

Enters: the text of a section's file, and the stamp of a translation. Leaves: the `Part`s of the text with their digests; the `Difference`s.
A digest is of the words as they stand in the file, with their citations and marks, whatever the line breaks; changes of data in a chart are none.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from shadowgen.yamlfile import Document, parse_yaml

KINDS = {"title": "the title", "body": "paragraph", "asks_lead": "the lead of the recommendations", "asks": "recommendation"}


@dataclass(frozen=True, slots=True)
class Part:
    """A title, paragraph, recommendation or chart of a section: its digest, the line where it stands, its first words."""

    digest: str
    line: int
    words: str


@dataclass(frozen=True, slots=True)
class Difference:
    """What happened to a part of the original: changed, added, removed or moved; its place then and now, from 1 (0: it was not, or is no more).

    What is added belongs after the part `after` of the translation (0: before all).
    """

    kind: str
    how: str
    was: int
    now: int
    line: int = 0
    words: str = ""
    after: int = 0

    @property
    def name(self) -> str:
        """What the part is called: "paragraph 3", "the title", "the chart 'crimes'"."""
        return f"{self.kind_name} {self.now or self.was}" if self.kind in ("body", "asks") else self.kind_name

    @property
    def kind_name(self) -> str:
        """What parts of this kind are called."""
        return KINDS.get(self.kind, f"the chart '{self.kind.removeprefix('charts.')}'")


def digest(words: str) -> str:
    """Return eight letters that stand for words, whatever the blanks between them; letters only, so that no reader of YAML sees a number."""
    number = hashlib.sha256(" ".join(words.split()).encode()).hexdigest()[:8]
    return "".join(chr(ord("a") + int(figure, 16)) for figure in number)


def parts_of(text: str, file: str) -> dict[str, list[Part]]:
    """Return the parts of a section's file by kind: title, body, asks_lead, asks, and each chart as `charts.name`; empty for a broken file."""
    document, problems = parse_yaml(text, file)
    if problems or not isinstance(document.data, dict):
        return {}
    data = document.data
    parts = {"title": [_part(document, ("title",), data.get("title"))], "body": list(_paragraphs(document, data.get("body")))}
    if data.get("asks_lead"):
        parts["asks_lead"] = [_part(document, ("asks_lead",), data["asks_lead"])]
    parts["asks"] = [_part(document, ("asks", place), ask) for place, ask in enumerate(data.get("asks") or ())]
    for name, chart in (data.get("charts") or {}).items():
        words = [chart.get("caption"), chart.get("unit"), chart.get("alt"), *(chart.get("x") or ()), *(chart.get("series") or ())]
        said = "\n".join(word for word in words if word)
        parts[f"charts.{name}"] = [Part(digest(said), document.origin(("charts", name), key=True).line, _first(said))]
    return parts


def _part(document: Document, path: tuple[str | int, ...], words: str | None) -> Part:
    return Part(digest(words or ""), document.text_start(path)[0], _first(words or ""))


def _first(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= 60 else line[:59] + "…"


def _paragraphs(document: Document, body: str | None) -> Iterator[Part]:
    """Yield what blank lines divide."""
    start = document.text_start(("body",))[0]
    for found in re.finditer(r"\S[^\n]*(?:\n[^\n]*\S[^\n]*)*", body or ""):
        yield Part(digest(found[0]), start + (body or "").count("\n", 0, found.start()), _first(found[0]))


def stamp_of(parts: Mapping[str, Sequence[Part]]) -> dict[str, Any]:
    """Return the stamp of a translation of these parts, as its file holds it."""
    stamp: dict[str, Any] = {"title": parts["title"][0].digest, "body": [part.digest for part in parts["body"]]}
    if "asks_lead" in parts:
        stamp["asks_lead"] = parts["asks_lead"][0].digest
    if parts["asks"]:
        stamp["asks"] = [part.digest for part in parts["asks"]]
    charts = {kind.removeprefix("charts."): found[0].digest for kind, found in parts.items() if kind.startswith("charts.")}
    return stamp | ({"charts": charts} if charts else {})


def differences(stamp: Mapping[str, Any], parts: Mapping[str, Sequence[Part]]) -> list[Difference]:
    """Return what has happened to the original since a stamp was set, in the order of the text."""
    old = _by_kind(stamp)
    found = []
    for kind in dict.fromkeys((*parts, *old)):
        found += _moves(list(_among(kind, old.get(kind, []), parts.get(kind, []))))
    return found


def _by_kind(stamp: Mapping[str, Any]) -> dict[str, list[str]]:
    single = {kind: [stamp[kind]] for kind in ("title", "asks_lead") if stamp.get(kind)}
    charts = {f"charts.{name}": [one] for name, one in (stamp.get("charts") or {}).items()}
    return {**single, "body": list(stamp.get("body") or ()), "asks": list(stamp.get("asks") or ()), **charts}


def _among(kind: str, old: Sequence[str], new: Sequence[Part]) -> Iterator[tuple[str, Difference]]:
    """Yield each difference between two lists of parts, with its digest where that may stand elsewhere."""
    digests = [part.digest for part in new]
    for how, start, end, begin, close in SequenceMatcher(None, old, digests, autojunk=False).get_opcodes():
        if how == "equal":
            continue
        both = min(end - start, close - begin) if not set(old[start:end]) & set(digests) and not set(digests[begin:close]) & set(old) else 0
        for place in range(both):
            part = new[begin + place]
            yield "", Difference(kind, "changed", start + place + 1, begin + place + 1, part.line, part.words)
        for place in range(start + both, end):
            yield old[place], Difference(kind, "removed", place + 1, 0)
        for place in range(begin + both, close):
            yield digests[place], Difference(kind, "added", 0, place + 1, new[place].line, new[place].words, end)


def _moves(found: list[tuple[str, Difference]]) -> list[Difference]:
    """Join what was removed in one place and added in another."""
    removed = {mark: one for mark, one in found if one.how == "removed"}
    added = {mark for mark, one in found if one.how == "added"}
    rows = []
    for mark, one in found:
        if one.how == "added" and mark in removed:
            rows.append(Difference(one.kind, "moved", removed[mark].was, one.now, one.line, one.words))
        elif not (one.how == "removed" and mark in added):
            rows.append(one)
    return rows
