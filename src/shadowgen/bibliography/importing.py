"""Take the bibliography of another program into the library: what is new is added, what is there stays, what is doubtful is told.

Enters: the bytes of an export, the library. Leaves: files under `sections/sources/`, and a `Report`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from shadowgen import rules
from shadowgen.bibliography.entries import Changes, drafted_keys, file_named
from shadowgen.bibliography.item import Item, terms
from shadowgen.bibliography.keys import unique
from shadowgen.bibliography.mapping import Draft, drafted
from shadowgen.bibliography.reading import read_items
from shadowgen.diagnostics import Diagnostic, has_errors
from shadowgen.library import Library
from shadowgen.likeness import Titles, identities, titles
from shadowgen.records import Source


@dataclass(slots=True)
class Report:
    """What an import did: keys by what became of them, the files written, what has no place here, and every problem."""

    read: int = 0
    added: list[str] = field(default_factory=list)
    completed: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    duplicates: list[str] = field(default_factory=list)
    incomplete: list[str] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)
    problems: list[Diagnostic] = field(default_factory=list)


def import_sources(library: Library, raw: bytes, file: str, *, into: str = "imported.yaml", near: bool = False) -> Report:
    """Import an export; `near` adds what looks like a source that is there all the same."""
    report = Report()
    target, report.problems = file_named(into)
    if report.problems:
        return report
    items, report.problems = read_items(raw, file)
    report.read = len(items)
    taking = _Taking(library, target, report, near)
    for item in items:
        taking.take(item)
    taking.finish()
    return report


class _Taking:
    """Takes item after item, knowing what the library holds and what came before in the same export."""

    def __init__(self, library: Library, target: str, report: Report, near: bool) -> None:
        self.library, self.target, self.report, self.near = library, target, report, near
        self.changes = Changes(library.workspace)
        self.known = Titles()
        self.named: dict[tuple[str, str], str] = {}
        for key, source in library.sources.items():
            self._name(key, source.type, source.fields)
            self.known.add(key, source.fields)
        self.waiting = drafted_keys(self.changes.text(target))
        self.new: list[Draft] = []

    def _name(self, key: str, type: str, fields: Mapping[str, Any]) -> None:
        for name in identities(type, fields).items():
            self.named.setdefault(name, key)

    def take(self, item: Item) -> None:
        """Add one item, complete the source that has its key, or say why neither."""
        draft = drafted(item)
        self.report.left_out.update(terms()["left_out"].get(name, name) for name in draft.left_out)
        mine = self.library.sources.get(draft.key)
        if mine and _same(mine, draft):
            self._complete(mine, drafted(item, mine.type))
            return
        if self._is_there(draft):
            return
        key = unique(draft.key, self.known.sources)
        if mine:
            message = f"'{draft.key}' is another source of the library; added as '{key}'"
            self.report.problems.append(rules.KEY_TAKEN.at(draft.origin, message, "cite the new key where you mean this one"))
        self._add(replace(draft, key=key))

    def _is_there(self, draft: Draft) -> bool:
        for what, name in identities(draft.type, draft.fields).items():
            if key := self.named.get((what, name)):
                return self._duplicate(rules.DUPLICATE_SOURCE, draft, key, f"the same {what}")
        if not self.near and (found := self.known.alike(draft.fields)):
            return self._duplicate(rules.NEAR_DUPLICATE_SOURCE, draft, found[0], "nearly the same title")
        return False

    def _duplicate(self, rule: Any, draft: Draft, key: str, why: str) -> bool:
        hint = "add it all the same with --all" if rule is rules.NEAR_DUPLICATE_SOURCE else ""
        self.report.problems.append(rule.at(draft.origin, f"'{draft.key}' is here already as '{key}': {why}", hint))
        self.report.duplicates.append(key)
        return True

    def _add(self, draft: Draft) -> None:
        if draft.missing:
            self.report.incomplete.append(draft.key)
            where = "it stands" if draft.key in self.waiting else "it is written"
            message = f"'{draft.key}' ({draft.type}) lacks {', '.join(draft.missing)}; {where} in {self.target} as a comment"
            self.report.problems.append(rules.INCOMPLETE_SOURCE.at(draft.origin, message, "fill it in there"))
            if draft.key in self.waiting:
                return
            self.waiting.add(draft.key)
        else:
            self.report.added.append(draft.key)
            self._name(draft.key, draft.type, draft.fields)
        self.known.add(draft.key, draft.fields)
        self.new.append(draft)

    def _complete(self, mine: Source, draft: Draft) -> None:
        """Put the fields that a source of the library lacks into it; tell where the two say different things."""
        lacking = {name: words for name, words in draft.fields.items() if name not in mine.fields and name != "audience"}
        for name, words in draft.fields.items():
            if name in mine.fields and not _agree(mine.fields[name], words):
                message = f"'{mine.key}': the field '{name}' is kept; {draft.origin} has {_shown(words)}"
                self.report.problems.append(rules.KEPT_VALUE.at(mine.origin, message))
        if lacking and self.changes.splice(mine.origin.file, mine.key, lacking):
            self.report.completed.append(mine.key)
        else:
            self.report.unchanged.append(mine.key)

    def finish(self) -> None:
        """Write everything, or nothing if a file could not be read afterwards."""
        if self.new:
            self.changes.append(self.target, self.new)
        self.report.files, problems = self.changes.put_in_place()
        self.report.problems += problems
        if has_errors(problems):
            self.report.added, self.report.completed = [], []


def _same(mine: Source, draft: Draft) -> bool:
    """True if a source of the library is what an item of the same key means, not another work."""
    ours, theirs = identities(mine.type, mine.fields), identities(draft.type, draft.fields)
    if any(ours[what] == theirs[what] for what in ours.keys() & theirs.keys()):
        return True
    if not titles(mine.fields) or not titles(draft.fields):
        return True
    words = [set(" ".join(titles(fields)).split()) for fields in (mine.fields, draft.fields)]
    return len(words[0] & words[1]) * 2 >= min(len(words[0]), len(words[1]))


def _agree(mine: Any, words: Any) -> bool:
    """True if words of an import say what the library says: in one of its languages, whatever the capitals and the punctuation."""
    if isinstance(words, str):
        return any(_bare(words) == _bare(one) for one in (mine.values() if isinstance(mine, Mapping) else [mine]))
    return isinstance(mine, Mapping) and all(_bare(mine.get(language, "")) == _bare(text) for language, text in words.items())


def _bare(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def _shown(words: Any) -> str:
    text = words if isinstance(words, str) else " / ".join(words.values())
    return f"'{text[:80]}{'...' if len(text) > 80 else ''}'"
