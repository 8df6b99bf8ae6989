"""Where a finding or a source was used and filed, and what changed since; what of a filed submission still stands.

Enters: a `Library`, its seals, an id. Leaves: `Story` and `Since`. What was filed is compared with what the readers of that document could read now.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cache

from shadowgen.compose import compose
from shadowgen.filing.fingerprints import of_commitment, of_section, of_source, passages, provisions
from shadowgen.filing.seals import Seal, read_kept, read_prose
from shadowgen.library import Library
from shadowgen.records import Plan
from shadowgen.redline.aligning import align
from shadowgen.reuse.coverage import citations_in, source_title
from shadowgen.reuse.filters import used_in
from shadowgen.safewrite import sha256
from shadowgen.sealfile import SealedDocument

SAME, CHANGED, GONE = "same", "changed", "gone"


@dataclass(frozen=True, slots=True)
class Change:
    """A passage that was filed and what it is now; either may be empty."""

    was: str
    now: str


@dataclass(frozen=True, slots=True)
class Filed:
    """A seal that holds a finding or source: when, to whom, in which language (empty for a source), and what became of it since.

    `state` is same, changed, or gone: no longer in the library, or no longer for those readers.
    """

    seal: str
    submission: str
    date: dt.date
    to: str
    language: str
    state: str
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class Story:
    """A finding or a source: the submissions that use it now, the findings that cite it, where it was filed."""

    kind: str
    id: str
    title: str
    used_in: tuple[str, ...]
    cited_by: tuple[str, ...]
    filed: tuple[Filed, ...]


@dataclass(frozen=True, slots=True)
class Since:
    """A seal and what became of what was filed: findings, sources and recommendations by their ids."""

    seal: str
    submission: str
    title: str
    date: dt.date
    to: str
    audience: str
    sections: int
    changed: tuple[str, ...]
    gone: tuple[str, ...]
    not_filed: tuple[str, ...]
    changed_sources: tuple[str, ...]
    changed_commitments: tuple[str, ...]


class History:
    """Compares a library with its seals; each audience passes the gate once."""

    def __init__(self, library: Library, seals: dict[str, Seal]) -> None:
        self.library = library
        self.seals = seals
        self.allowed = cache(library.for_audience)

    def known(self) -> list[str]:
        """Return every id that has a history: of what is in the library, and of what was filed and is gone."""
        sealed = {id for seal in self.seals.values() for document in seal.said.documents for id in document.sections}
        sealed |= {key for seal in self.seals.values() for key in (seal.said.submission, *seal.said.sources)}
        return sorted({*self.library.sections, *self.library.sources, *self.library.plans, *sealed})

    def stories(self, id: str) -> list[Story]:
        """Return the history of a finding, and of a source of the same name."""
        told = [self._section(id), self._source(id)]
        return [story for story in told if story is not None]

    def since(self, submission: str = "") -> list[Since]:
        """Return what became of each seal, or of those of one submission, in the order of their days."""
        return [self._since(seal) for seal in self.seals.values() if submission in ("", seal.said.submission)]

    # ------------------------------------------------ a finding, a source

    def _section(self, id: str) -> Story | None:
        section = self.library.sections.get(id)
        filed = tuple(
            self._filed(seal, document, id) for seal in self.seals.values() for document in seal.said.documents if id in document.sections
        )
        if section is None and not filed:
            return None
        used = tuple(name for name, plan in sorted(self.library.plans.items()) if id in used_in(self.library, plan))
        return Story("section", id, section.in_language("en").title_text if section else "", used, (), filed)

    def _filed(self, seal: Seal, document: SealedDocument, id: str) -> Filed:
        state = self._state(seal, document, id)
        changes = () if state == SAME else tuple(self._changes(seal, document, id))
        return Filed(seal.id, seal.said.submission, seal.day, seal.said.to or "", document.language, state, changes)

    def _state(self, seal: Seal, document: SealedDocument, id: str) -> str:
        allowed = self.allowed(seal.said.audience)
        if id not in allowed.sections:
            return GONE
        return SAME if of_section(allowed.sections[id], document.language) == document.sections[id] else CHANGED

    def _changes(self, seal: Seal, document: SealedDocument, id: str) -> list[Change]:
        """Return the passages that are not what they were, as far as the text was kept."""
        kept = read_kept(self.library.workspace, document.prose.file)
        if kept is None or sha256(kept) != document.prose.sha256:
            return []
        allowed = self.allowed(seal.said.audience)
        was = read_prose(kept.decode()).get(id, ())
        now = passages(allowed.sections[id], document.language) if id in allowed.sections else ()
        pairs = align([("", text) for text in was], [("", text) for text in now])
        told = [Change(was[a] if a is not None else "", now[c] if c is not None else "") for a, c in pairs]
        return [change for change in told if change.was != change.now]

    def _source(self, key: str) -> Story | None:
        source = self.library.sources.get(key)
        filed = tuple(
            Filed(seal.id, seal.said.submission, seal.day, seal.said.to or "", "", self._state_of_source(seal, key))
            for seal in self.seals.values()
            if key in seal.said.sources
        )
        if source is None and not filed:
            return None
        citing = tuple(sorted(id for id, section in self.library.sections.items() if key in citations_in(section)))
        used = tuple(name for name, plan in sorted(self.library.plans.items()) if used_in(self.library, plan) & set(citing))
        return Story("source", key, source_title(source, "en") if source else "", used, citing, filed)

    def _state_of_source(self, seal: Seal, key: str) -> str:
        source = self.allowed(seal.said.audience).sources.get(key)
        return GONE if source is None else SAME if of_source(source) == seal.said.sources[key] else CHANGED

    # ------------------------------------------------ a submission

    def _printed(self, plan: Plan, seal: Seal) -> set[str]:
        """Return the sections that a build would print now for the readers of a seal: what a word limit leaves out is not missing."""
        used = set(used_in(self.library, plan))
        if not plan.word_limit:
            return used
        composed = [compose(self.library, plan, document.language, seal.said.audience)[0] for document in seal.said.documents]
        left_out = [set(one.left_out) for one in composed if one is not None]
        return used - set.intersection(*left_out) if left_out else used

    def _since(self, seal: Seal) -> Since:
        said = seal.said
        states = [(id, self._state(seal, document, id)) for document in said.documents for id in document.sections]
        filed = {id for id, _ in states}
        plan = self.library.plans.get(said.submission)
        allowed = self.allowed(said.audience)
        now = self._printed(plan, seal) & set(allowed.sections) if plan else set()
        found = provisions(self.library)
        sources = [key for key in said.sources if self._state_of_source(seal, key) != SAME]
        asked = [key for key, digest in said.commitments.items() if key not in found or of_commitment(found[key]) != digest]
        title = said.title if isinstance(said.title, str) else next(iter(said.title.values()))
        return Since(
            seal.id, said.submission, title, seal.day, said.to or "", said.audience, len(filed),
            tuple(sorted({id for id, state in states if state == CHANGED})), tuple(sorted({id for id, state in states if state == GONE})),
            tuple(sorted(now - filed)), tuple(sources), tuple(asked),
        )  # fmt: skip
