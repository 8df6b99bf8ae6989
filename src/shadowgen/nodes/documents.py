"""Whole documents: a `Manuscript` may hold what is pending, a `Submission` cannot."""

from __future__ import annotations

from dataclasses import dataclass

from shadowgen.nodes.blocks import Blocks, SourceTable
from shadowgen.nodes.inlines import PENDING, Inlines, NoteAgain, NoteCall, NoteNumber, Reference
from shadowgen.nodes.walking import walk


@dataclass(frozen=True, slots=True)
class Meta:
    """What a document says of itself: title, subject, language, direction, numbering, look."""

    title: str
    language: str
    slug: str
    audience: str = "public"
    subject: str = ""
    running_title: str = ""
    numbering: str = "continuous"
    look: str = "un"
    notes: str = "footnotes"
    note_restart: str = "none"
    marking: str = ""


@dataclass(frozen=True, slots=True)
class Manuscript:
    """An assembled document that may hold pending nodes."""

    meta: Meta
    blocks: Blocks


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote: its place in the document, its words, and the mark that is printed, if that is another number."""

    number: int
    content: Inlines
    mark: str = ""

    @property
    def shown(self) -> str:
        """The number that readers see."""
        return self.mark or str(self.number)


@dataclass(frozen=True, slots=True)
class Submission:
    """A finished document: nothing pending, every reference with a target, notes numbered 1, 2, 3 ...

    Raises ValueError if it is made with a pending node, a dangling reference, or a gap in its notes: a fault of ours,
    never of the user's data, which `resolve` reports as diagnostics.
    """

    meta: Meta
    blocks: Blocks
    notes: tuple[Note, ...]

    def __post_init__(self) -> None:
        numbers = list(range(1, len(self.notes) + 1))
        if [note.number for note in self.notes] != numbers:
            raise ValueError("notes are not numbered 1, 2, 3 ...")
        text = tuple(walk(self.blocks))
        if [node.note for node in text if isinstance(node, NoteCall)] != numbers:
            raise ValueError("notes are not called once each, in their order")
        anchors = {node.anchor for node in text if getattr(node, "anchor", "") and not isinstance(node, Reference)}
        for node in (*text, *walk(tuple(note.content for note in self.notes))):
            if isinstance(node, (*PENDING, SourceTable)):
                raise ValueError(f"a submission cannot hold {type(node).__name__}")
            if isinstance(node, Reference) and node.anchor not in anchors:
                raise ValueError(f"reference to a missing anchor {node.anchor}")
            if isinstance(node, (NoteCall, NoteAgain, NoteNumber)) and not 1 <= node.note <= len(self.notes):
                raise ValueError(f"reference to a missing note {node.note}")
            if getattr(node, "origin", None) is not None or getattr(node, "trace", None) is not None:
                raise ValueError("a submission cannot hold places of the library")
