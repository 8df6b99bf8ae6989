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
import weasyprint.document
import weasyprint.layout
from weasyprint.formatting_structure import boxes
from weasyprint.layout import block as block_module
from weasyprint.layout import page as page_module

from shadowgen.writers.notelayout import Box, Carried, NoteContext, SkipStack, lowest_ink

VERSION = "70.0"
"""The only WeasyPrint whose private functions are known here."""

NOTE_CLASS = "footnote"
"""The class by which our HTML marks a note."""

TOLERANCE = 1.0
"""In CSS pixels: how far a note may stand over an edge before a reader could see it."""

_one_at_a_time = threading.RLock()
_stock_make_page = page_module.make_page
_stock_make_all_pages = weasyprint.layout.make_all_pages
_stock_table_layout = block_module.table_layout


# The cure


def _make_page(context: Any, *args: Any) -> Any:
    """Lay out one page with the notes carried to its number, even when WeasyPrint makes that page again alone."""
    if not isinstance(context, NoteContext):
        return _stock_make_page(context, *args)
    _root_box, page_type, _resume_at, number, _page_state = args
    context.begin_page(number, page_type.blank)
    result = _stock_make_page(context, *args)
    context.end_page()
    return result


def _page_block_layout(context: Any, box: Box, *args: Any, **kwargs: Any) -> Any:
    """Lay out a block of a page: watch the text go by, and answer for the note area that comes after it."""
    if not isinstance(context, NoteContext):
        return block_module.block_level_layout(context, box, *args, **kwargs)
    if isinstance(box, boxes.FootnoteAreaBox):
        return [context.place(kwargs["absolute_boxes"], kwargs["fixed_boxes"])]
    result = _text_layout(context, box, *args, **kwargs)
    context.text = result[0]
    return result


def _text_layout(context: NoteContext, box: Box, *args: Any, **kwargs: Any) -> Any:
    """Lay out the text of a page; again, and without a thought for notes, if they would cost it a table's head.

    WeasyPrint drops the head, on all pages even, where it does not fit with one row: notes can make that so.
    """
    position_y, margins = box.position_y, list(args[-1])
    result = block_module.block_level_layout(context, box, *args, **kwargs)
    if result[0] is None or any(map(context.lacks_its_head, result[0].descendants())):
        block_module.remove_placeholders(context, [child for child in result[:1] if child], *args[-3:-1])
        context.give_way()
        box.position_y = position_y
        result = block_module.block_level_layout(context, box, *args[:-1], margins, **kwargs)
    return result


def _table_layout(context: Any, table: Box, *args: Any) -> Any:
    """Lay out a table's part on a page, and keep in mind that a head belongs to it."""
    result = _stock_table_layout(context, table, *args)
    if isinstance(context, NoteContext) and table.children and table.children[0].is_header:
        context.headed.add(table.element)
    return result


def _make_all_pages(context: Any, root_box: Box, html: Any, pages: list[Box]) -> Iterator[Box]:
    """Yield all pages, old or made again, until no text and no note is left.

    WeasyPrint's own loop forgets carried notes when it makes one page again, and then ends with the text.
    """
    if not isinstance(context, NoteContext):
        yield from _stock_make_all_pages(context, root_box, html, pages)
        return
    if not pages:
        context.order = {note: index for index, note in enumerate(context.footnotes)}
    context.rendered_notes = []
    number, resume_at = 0, None
    while number == 0 or resume_at is not None or context.carried[number + 1].notes:
        number += 1
        if _is_stale(context, number, len(pages)):
            page, resume_at = _make_again(context, root_box, html, number)
        else:
            page, resume_at = pages[number - 1], context.page_maker[number][0]
        yield page
    del context.page_maker[number + 1 :]
    context.broken_out_of_flow.clear()


def _is_stale(context: NoteContext, number: int, known_pages: int) -> bool:
    """Tell whether a page is to be laid out: it is new, WeasyPrint wants it, or other notes are carried to it."""
    if number > known_pages:
        return True
    wishes = context.page_maker[number - 1][-1]
    arriving = context.carried.get(number, Carried())
    return bool(wishes["content_changed"] or wishes["pages_wanted"] or arriving != context.laid_out_with[number])


def _make_again(context: NoteContext, root_box: Box, html: Any, number: int) -> tuple[Box, SkipStack]:
    """Lay one page out. Where only notes are left, reporting them makes WeasyPrint add a page without text."""
    context.page_maker[number - 1][-1].update(content_changed=False, pages_wanted=False, anchors=[], content_lookups=[])
    context.reported_footnotes = list(context.carried.get(number, Carried()).notes)
    page, resume_at = page_module.remake_page(number - 1, context, root_box, html)
    return page, resume_at


PATCHES = (
    (weasyprint.document, "LayoutContext", NoteContext),
    (weasyprint.layout, "make_all_pages", _make_all_pages),
    (page_module, "make_page", _make_page),
    (page_module, "block_level_layout", _page_block_layout),
    (block_module, "table_layout", _table_layout),
)
"""Where in WeasyPrint, under which name, what takes the place of its own."""


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


# The detection


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
