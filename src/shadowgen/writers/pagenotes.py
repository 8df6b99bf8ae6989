"""Keep every footnote of a paged document: WeasyPrint 70.0 silently loses some.

In: WeasyPrint's layout, patched while `cured()` is open, and documents right after `HTML(...).render()`, cured or
not. Out: pages with every note whole, in order and never before its call; and the notes of which that is not true.
PAGENOTES.md beside this file tells the causes, the cure, and what to do when WeasyPrint is upgraded.
"""

import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import weasyprint
from weasyprint.formatting_structure import boxes

from shadowgen.writers.notelayout import PATCHES, lowest_ink

VERSION = "70.0"
"""The only WeasyPrint whose private functions are known here."""

NOTE_CLASS = "footnote"
"""The class by which our HTML marks a note."""

TOLERANCE = 1.0
"""In CSS pixels: how far a note may stand over an edge before a reader could see it."""

_one_at_a_time = threading.RLock()


@contextmanager
def cured() -> Iterator[None]:
    """Patch WeasyPrint for the renders inside. It may be opened inside itself; other threads wait for their turn.

    Raises RuntimeError with any WeasyPrint but the one the patches were written for.
    """
    if weasyprint.__version__ != VERSION:
        raise RuntimeError(
            f"the cure for lost footnotes is written for WeasyPrint {VERSION} and {weasyprint.__version__} is "
            "installed: see 'Upgrading WeasyPrint' in shadowgen/writers/PAGENOTES.md"
        )
    with _one_at_a_time:
        originals = [(module, name, getattr(module, name)) for module, name, _ in PATCHES]
        try:
            for module, name, patched in PATCHES:
                setattr(module, name, patched)
            yield
        finally:
            for module, name, original in originals:
                setattr(module, name, original)


@dataclass(frozen=True, slots=True)
class LostNote:
    """A note that a reader would miss or misread; `page` is that of its call, from 1, or 0 if no page calls it."""

    note: str
    page: int
    reason: str


@dataclass(frozen=True, slots=True)
class _Piece:
    """What one page shows of a note's body: whether it ends the note, and why a reader could not see it ("": can)."""

    page: int
    ends: bool
    fault: str


def note_pages(document: Any) -> dict[str, tuple[int, int]]:
    """Return the page of its call and the page where its body begins, from 1, of each note that has both."""
    calls, bodies = _calls(document), _bodies(document)
    return {_name(note): (page, bodies[note][0].page) for note, page in calls.items() if note in bodies}


def lost_notes(document: Any) -> list[LostNote]:
    """Return what is wrong with the notes of a document as laid out; an empty list is a good document.

    It looks at the laid-out pages only, and trusts neither the cure nor WeasyPrint's own lists.
    """
    calls, bodies = _calls(document), _bodies(document)
    misplaced = _out_of_order(calls, bodies)
    lost = []
    for note in dict.fromkeys([*_written(document), *calls, *bodies]):
        reasons = list(_faults(calls.get(note, 0), bodies.get(note, [])))
        if note in misplaced:
            reasons.append("body after that of a later note")
        lost += [LostNote(_name(note), calls.get(note, 0), reason) for reason in reasons]
    return lost


def _faults(page_of_call: int, pieces: list[_Piece]) -> Iterator[str]:
    """Say what is wrong with one note, given the page of its call (0: none) and the pieces of its body."""
    if not page_of_call:
        yield "no call on any page"
    if not pieces:
        yield "no body on any page"
        return
    if pieces[0].page < page_of_call:
        yield f"body on page {pieces[0].page}, before its call"
    if not pieces[-1].ends:
        yield f"body cut short on page {pieces[-1].page}"
    if any(piece.ends for piece in pieces[:-1]):
        yield f"body again on page {pieces[-1].page}"
    yield from (piece.fault for piece in pieces if piece.fault)


def _out_of_order(calls: dict[Any, int], bodies: dict[Any, list[_Piece]]) -> set[Any]:
    """Return the notes whose bodies come after the body of a note called later."""
    rank = {note: index for index, note in enumerate(calls)}
    misplaced, highest = set(), -1
    for note in bodies:
        if rank.get(note, highest) < highest:
            misplaced.add(note)
        highest = max(highest, rank.get(note, highest))
    return misplaced


def _written(document: Any) -> Iterable[Any]:
    """Return the notes of the HTML itself: one that was never laid out has neither call nor body to be found."""
    return (element for element in document._html.etree_element.iter() if NOTE_CLASS in (element.get("class") or "").split())


def _name(note: Any) -> str:
    """Return what a note is called in messages."""
    return note.get("id") or note.get("data-note") or ""


def _calls(document: Any) -> dict[Any, int]:
    """Return the first page that calls each note, in the order of the calls."""
    calls: dict[Any, int] = {}
    for number, page in enumerate(document.pages, 1):
        for box in page._page_box.children[0].descendants(placeholders=True):
            if box.footnote:
                calls.setdefault(box.footnote.element, number)
    return calls


def _bodies(document: Any) -> dict[Any, list[_Piece]]:
    """Return the pieces of each note's body, in the order of the pages."""
    bodies: dict[Any, list[_Piece]] = {}
    for number, page in enumerate(document.pages, 1):
        text, *others = page._page_box.children
        for area in others:
            if isinstance(area, boxes.FootnoteAreaBox):
                on_text = area.border_box_y() < lowest_ink(text) - TOLERANCE
                for body in area.children:
                    fault = f"over the text of page {number}" if on_text else _off_page(body, area.page, number)
                    bodies.setdefault(body.element, []).append(_Piece(number, _ends(body), fault))
    return bodies


def _ends(body: Any) -> bool:
    """Tell whether the last line of a piece is the last of its note."""
    lines = [box for box in body.descendants() if isinstance(box, boxes.LineBox)]
    return not lines or getattr(lines[-1], "resume_at", None) is None


def _off_page(body: Any, page: Any, number: int) -> str:
    """Say that a piece reaches into the page's margins or beyond, if it does."""
    top = page.content_box_y()
    is_off = body.border_box_y() < top - TOLERANCE or lowest_ink(body) > top + page.height + TOLERANCE
    return f"off page {number}" if is_off else ""
