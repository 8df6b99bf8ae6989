"""Inlines: what stands inside a line of words. Pending ones are resolved before a document is finished."""

from __future__ import annotations

from dataclasses import dataclass

from shadowgen.diagnostics import Origin


@dataclass(frozen=True, slots=True)
class Text:
    """Plain words."""

    text: str


@dataclass(frozen=True, slots=True)
class LineBreak:
    """A forced line break inside a paragraph."""


@dataclass(frozen=True, slots=True)
class Emphasis:
    """Words in italics."""

    children: Inlines


@dataclass(frozen=True, slots=True)
class Strong:
    """Words in bold."""

    children: Inlines


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead to an address outside the document."""

    children: Inlines
    url: str


@dataclass(frozen=True, slots=True)
class Foreign:
    """Words in another language (a BCP 47 tag)."""

    children: Inlines
    language: str


@dataclass(frozen=True, slots=True)
class CiteItem:
    """One source cited: its key, the words before it ("see also"), its locators as pairs of kind and value.

    A locator of the kind "" is printed as it stands.
    """

    key: str
    prefix: str = ""
    locators: tuple[tuple[str, str], ...] = ()
    origin: Origin | None = None


@dataclass(frozen=True, slots=True)
class Cite:
    """Pending: a citation of one or more sources; outside a note it becomes a note of its own."""

    items: tuple[CiteItem, ...]
    origin: Origin | None = None


@dataclass(frozen=True, slots=True)
class Annotation:
    """Pending: a note with words of the author's own, which may hold citations; by its `anchor` it can be called again."""

    children: Inlines
    origin: Origin | None = None
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class SameNote:
    """Pending: another call of a named note, which keeps its one number."""

    target: str
    origin: Origin | None = None


@dataclass(frozen=True, slots=True)
class CrossRef:
    """Pending: a reference to another place of the document. `form` is title, paras or page."""

    target: str
    form: str = "title"
    origin: Origin | None = None


@dataclass(frozen=True, slots=True)
class Variable:
    """Pending: a value that the submission gives."""

    name: str
    origin: Origin | None = None


@dataclass(frozen=True, slots=True)
class PersonName:
    """Pending: a person, by key, who is named as they agreed for the reader at hand. `form` is one that the person's file has, or empty.

    The gate for an audience puts words in its place, so that no later stage knows of whom they are.
    """

    key: str
    form: str = ""
    origin: Origin | None = None


@dataclass(frozen=True, slots=True)
class Confidential:
    """Pending: words for one audience only; dropped or unwrapped before assembly."""

    children: Inlines
    audience: str
    origin: Origin | None = None


@dataclass(frozen=True, slots=True)
class NoteCall:
    """The mark of a note; `note` is the note's place in the whole document, from 1, `mark` what is printed, if that is another number."""

    note: int
    mark: str = ""


@dataclass(frozen=True, slots=True)
class NoteAgain:
    """The mark of a note that was called before: the same number a second time, a live field in Word."""

    note: int
    mark: str = ""


@dataclass(frozen=True, slots=True)
class NoteNumber:
    """The number of another note, printed in running text ("note 12 above"): a live field in Word."""

    note: int
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Reference:
    """A resolved cross-reference: an anchor of this document and the words that stand for it.

    `shows` is what a live field in Word must show: "title" (the target's words), "number" (its paragraph number),
    or "page".
    """

    anchor: str
    text: str
    shows: str = "title"


PENDING = (Cite, Annotation, SameNote, CrossRef, Variable, PersonName, Confidential)

Inline = (
    Text | LineBreak | Emphasis | Strong | Link | Foreign | Cite | Annotation | SameNote | CrossRef | Variable | PersonName | Confidential
    | NoteCall | NoteAgain | NoteNumber | Reference
)  # fmt: skip
Inlines = tuple[Inline, ...]
