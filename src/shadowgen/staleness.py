"""What has changed since the facts of a section were checked: an institution was replaced, a source amended or superseded.

Enters: the records of a library. Leaves: for each section its `Change`s, each with the day since which it holds. Together with the day of review
(`Section.freshness`) they are the one meaning of stale, for `check`, `stale`, `find` and `coverage`.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from shadowgen import rules
from shadowgen.acceptance import Acceptance, settle
from shadowgen.diagnostics import Diagnostic, Origin
from shadowgen.nodes import Cite, CiteItem, plain_text, walk
from shadowgen.records import Section, Source, Term

if TYPE_CHECKING:
    from shadowgen.library import Library


@dataclass(frozen=True, slots=True)
class Change:
    """A change in what a section rests on: since which day, and how it is told."""

    since: dt.date
    problem: Diagnostic

    @property
    def overtakes(self) -> bool:
        """True if it came after the facts were checked."""
        return self.problem.rule is rules.OVERTAKEN_SECTION


def period(date: str) -> tuple[dt.date, dt.date]:
    """Return the first and the last day of a date that may be a year or a month only."""
    year, month, day = (int(part) for part in (*date.split("-"), "0", "0")[:3])
    first = dt.date(year, month or 1, day or 1)
    if day:
        return first, first
    after = dt.date(year + (month in (0, 12)), (month % 12 + 1) if month else 1, 1)
    return first, after - dt.timedelta(days=1)


def note_changes(library: Library) -> None:
    """Note in a library what has changed since the facts of each section were checked."""
    changes = _Changes(library.sources, library.terms, library.texts)
    for id, section in library.sections.items():
        if found := changes.of(section):
            library.changes[id] = found
            library.sections[id] = replace(section, overtaken=_overtaken_on(found, library.accepted, library.texts))


def reasons(library: Library, section: Section, day: dt.date) -> tuple[str, ...]:
    """Return in words why a section is stale on a day; nothing where it is not."""
    due = (f"to be reviewed by {section.review_by}",) if section.review_by and section.review_by < day else ()
    changes = library.changes.get(section.id, ())
    found = [change.problem for change in changes if change.overtakes and change.since <= day]
    return (*due, *(problem.message for problem in settle(found, library.accepted, library.texts).left))


class _Changes:
    """Looks for changes in the sections of one library."""

    def __init__(self, sources: Mapping[str, Source], terms: Mapping[str, list[Term]], texts: Mapping[str, str]) -> None:
        self.sources = sources
        self.texts = texts
        self.terms = {language: [term for term in entries if term.replaced] for language, entries in terms.items()}
        self.changed = {key: source for key, source in sources.items() if source.superseded_by or source.fields.get("amended")}

    def of(self, section: Section) -> list[Change]:
        """Return the changes that concern a section, in its own language: a translation states the same facts."""
        text = self.texts.get(section.origin.file, "")
        return [*self._names(section, text), *self._sources(section, text)]

    def _names(self, section: Section, text: str) -> Iterator[Change]:
        terms = [term for term in self.terms.get(section.language, []) if _longest_word(term.preferred)[:_STEM] in text]
        words = plain_text(section.prose[section.language].words()) if terms else ""
        for term in terms:
            pattern = _forms((term.preferred, *term.avoid), section.language != "en")
            if term.replaced is None or not pattern.search(words):
                continue
            first, last = period(term.replaced.on)
            place = pattern.search(text)
            origin = _origin(section.origin.file, text, place.start()) if place else section.origin
            message = f"'{term.preferred}' was replaced by '{term.replaced.by}' ({term.replaced.on})"
            if section.verified and section.verified > last:
                yield Change(
                    first, rules.REPLACED_NAME.at(origin, f"{message}, and the facts were checked later", f"write '{term.replaced.by}'")
                )
            else:
                yield Change(first, _overtaken(section, origin, message))

    def _sources(self, section: Section, text: str) -> Iterator[Change]:
        keys = {key for key in self.changed if f"@{key}" in text}
        nodes = walk(section.prose[section.language].words()) if keys else ()
        cited = {item.key: item for node in nodes if isinstance(node, Cite) for item in reversed(node.items) if item.key in keys}
        for key, item in sorted(cited.items()):
            source = self.changed[key]
            amended = source.get("amended", "en")
            if amended and section.verified and period(amended)[0] > section.verified:
                yield Change(period(amended)[0], _overtaken(section, item.origin, f"the source '{key}' was amended ({amended})"))
            if source.superseded_by in self.sources:
                yield self._superseded(section, item, self.sources[source.superseded_by])

    def _superseded(self, section: Section, item: CiteItem, later: Source) -> Change:
        date = later.get("date", "en")
        first, last = period(date) if date else (dt.date.min, dt.date.min)
        message = f"the source '{item.key}' was superseded by '{later.key}'{f' ({date})' if date else ''}"
        if section.verified and section.verified > last:
            return Change(first, rules.SUPERSEDED_SOURCE.at(item.origin, message, f"cite [@{later.key}]"))
        return Change(first, _overtaken(section, item.origin, message))


def _overtaken(section: Section, origin: Origin | None, message: str) -> Diagnostic:
    checked = f"the facts were last checked {section.verified}" if section.verified else "nobody has checked the facts"
    hint = "check the facts and set 'verified' anew; if the text is about the past, accept this with a reason"
    return rules.OVERTAKEN_SECTION.at(origin or section.origin, f"{message}; {checked}", hint)


def _overtaken_on(found: list[Change], accepted: list[Acceptance], texts: Mapping[str, str]) -> dt.date | None:
    """Return the first day on which something overtook a section; what somebody has accepted does not count."""
    left = settle([change.problem for change in found if change.overtakes], accepted, texts).left
    return min((change.since for change in found if change.problem in left), default=None)


_STEM = 4  # letters of a word that stay in all its forms


def _longest_word(name: str) -> str:
    return max(name.split(), key=len)


@cache
def _forms(names: tuple[str, ...], bending: bool) -> re.Pattern[str]:
    """Return what finds a name: as it stands in English; in other languages with any endings of its longer words."""

    def word(text: str) -> str:
        return re.escape(text) if not bending or len(text) <= _STEM else re.escape(text[: max(_STEM, len(text) - 3)]) + r"\w{0,5}"

    return re.compile(r"(?<!\w)(?:" + "|".join(r"\s+".join(word(part) for part in name.split()) for name in names) + r")(?!\w)")


def _origin(file: str, text: str, at: int) -> Origin:
    return Origin(file, text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at))
