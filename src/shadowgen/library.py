"""All records of a workspace, indexed; and the gate for an audience, before anything is assembled.

Enters: records, which `loading` reads. Leaves: a `Library`, and from it the one that an audience may read.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from shadowgen.acceptance import Acceptance
from shadowgen.nodes import walk
from shadowgen.persons import Naming, Person
from shadowgen.records import (
    CommitmentDocument,
    Contributor,
    Plan,
    Prose,
    Section,
    Source,
    Term,
    may_read,
)
from shadowgen.redaction import name_persons, redact_section
from shadowgen.staleness import Change
from shadowgen.workspace import Workspace


@dataclass(slots=True)
class Library:
    """All records of a workspace, by id, and the text of each file for showing problems."""

    workspace: Workspace
    sections: dict[str, Section] = field(default_factory=dict)
    commitments: dict[str, CommitmentDocument] = field(default_factory=dict)
    sources: dict[str, Source] = field(default_factory=dict)
    contributors: dict[str, Contributor] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    terms: dict[str, list[Term]] = field(default_factory=dict)
    plans: dict[str, Plan] = field(default_factory=dict)
    anchors: dict[str, str] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    accepted: list[Acceptance] = field(default_factory=list)
    changes: dict[str, list[Change]] = field(default_factory=dict)

    def document(self, name: str) -> CommitmentDocument | None:
        """Return the commitments file of a name or of a symbol, such as CCPR/C/KAZ/CO/1; None if there is none."""
        by_symbol = (document for document in self.commitments.values() if document.symbol == name and name)
        return self.commitments.get(name) or next(by_symbol, None)

    def document_names(self) -> list[str]:
        """Return every name and symbol by which a commitments file can be asked for."""
        return [*self.commitments, *(document.symbol for document in self.commitments.values() if document.symbol)]

    def for_audience(self, audience: str, *, by_key: bool = False) -> Library:
        """Return a new library without anything that `audience` may not read: the one gate before assembly.

        Persons are named as they agreed for that audience, or, `by_key`, stay references for those who only look for what there is.
        """
        naming = None if by_key else Naming(self.people, audience)
        sections = {
            key: redact_section(section, audience, naming) for key, section in self.sections.items() if may_read(audience, section.audience)
        }
        anchors = {anchor for section in sections.values() for prose in section.prose.values() for anchor in anchors_in(prose)}
        people = {key: one for key, one in self.contributors.items() if may_read(audience, one.audience) and one.named}
        return replace(
            self,
            sections=sections,
            sources={key: name_persons(one, naming) for key, one in self.sources.items() if may_read(audience, one.audience)},
            contributors={
                key: name_persons(replace(one, members=tuple(member for member in one.members if member in people)), naming)
                for key, one in people.items()
            },
            people={},
            anchors={anchor: id for anchor, id in self.anchors.items() if id in sections and anchor in anchors},
            texts={},
            accepted=[],
            changes={},
        )


ANCHOR = "{#"  # a text without it has no anchor, and need not be walked


def anchors_in(prose: Prose) -> Iterator[str]:
    return (node.anchor for node in walk(prose.words()) if getattr(node, "anchor", ""))
