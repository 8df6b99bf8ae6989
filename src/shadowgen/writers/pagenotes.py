"""Keep every footnote of a paged document: WeasyPrint 70.0 silently loses some.

In: WeasyPrint's own layout, patched while `cured()` is open. Out: the same pages with every note whole, in order
and never before its call; and `lost_notes`, which looks at laid-out pages, cured or not, and names what is missing.
PAGENOTES.md beside this file tells the causes, the cure, and what to do when WeasyPrint is upgraded.
"""

import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from math import inf
from typing import Any, NamedTuple

import weasyprint
import weasyprint.document
import weasyprint.layout
import weasyprint.layout.page
from weasyprint.draw.color import get_color
from weasyprint.formatting_structure import boxes, build
from weasyprint.layout.block import block_level_layout
from weasyprint.text.line_break import strut

VERSION = "70.0"
"""The only WeasyPrint whose private functions this module knows."""

SHARE_OF_CARRIED_NOTES = 0.8
"""How much of a page's height notes carried over from earlier pages may take, so that the text always moves on."""

NOTE_CLASS = "footnote"
"""The class by which our HTML marks a note."""

Box = boxes.Box
SkipStack = dict[int, Any] | None
"""WeasyPrint's own way to say where in a box the next page goes on; None is the beginning."""


class Carried(NamedTuple):
    """Notes that begin a page because the page before had no room; `skip` is where the first of them goes on."""

    notes: tuple[Box, ...] = ()
    skip: SkipStack = None


class NoteContext(weasyprint.layout.LayoutContext):
    """A layout context that decides which notes stand on a page only when the page's text is known.

    While WeasyPrint lays text out, the methods it calls only *reserve* height for notes. At the end of the page,
    `place` puts the notes whose calls are really there into the room the text really left. Whatever path
    dropped or doubled a reservation, a note can neither vanish nor come before its call.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Start like WeasyPrint's context; what is known by page number outlives a page's being laid out again."""
        self.page_of_call: dict[Box, int] = {}
        self.carried: dict[int, Carried] = {}
        self.laid_out_with: dict[int, Carried] = {}
        self.order: dict[Box, int] = {}
        self.arriving = Carried()
        super().__init__(*args, **kwargs)

    # The page begins

    def begin_page(self, number: int, is_blank: bool) -> None:
        """Forget the reservations of the page before; `is_blank` is a page without text of its own."""
        self.number, self.is_blank = number, is_blank
        self.arriving = self.laid_out_with[number] = self.carried.get(number, Carried())
        self.footnotes = _Waiting(note for note in self.order if self._is_new(note))
        self.reported_footnotes = []
        self.placed: tuple[Box, ...] = ()
        self.resume: SkipStack = None
        self.text: Box | None = None
        self.floor_of_line = -inf

    def _is_new(self, note: Box) -> bool:
        """Tell whether no earlier page calls the note; a repeated table head calls its notes again."""
        return self.page_of_call.get(note, self.number) >= self.number

    @property
    def current_footnote_area(self) -> Any:
        """The empty area of the page being laid out, which keeps the reserved height."""
        return self._area

    @current_footnote_area.setter
    def current_footnote_area(self, area: Any) -> None:
        """Reserve height for carried notes at the moment a new page shows its area, before any text."""
        self._area = area
        self.reservations: dict[tuple[Box, ...], tuple[float | str, bool]] = {(): ("auto", False)}
        self.is_full = False
        if self.arriving.notes:
            share = 1 if self.is_blank else SHARE_OF_CARRIED_NOTES
            self.room_of_carried = share * area.page.height
            laid_out, resume = self._lay_out(self.arriving.notes, self.room_of_carried, force=True)
            self._reserve(laid_out.height, resume is not None)

    # WeasyPrint lays out the text and asks for room

    def overflows_page(self, bottom_space: float, position_y: float) -> bool:
        """Remember the line being asked about: a note called in it may rise up to its bottom and no further."""
        self.floor_of_line = position_y + bottom_space
        return super().overflows_page(bottom_space, position_y)

    def layout_footnote(self, footnote: Box) -> bool:
        """Reserve room for a note of the line just laid out; return whether it cannot even begin on this page."""
        self.footnotes.remove(footnote)
        self.current_page_footnotes.append(footnote)
        if self.is_full or self.reported_footnotes:
            return True
        notes = (*self.arriving.notes, *self.current_page_footnotes)
        room = inf if self.in_column else self._area.position_y - self.floor_of_line
        laid_out, resume = self._lay_out(notes, room)
        if resume is not None:
            laid_out, resume = self._lay_out(notes, room - _lines_kept_together(footnote))
            if resume is not None and not _is_inside(resume, len(notes) - 1):
                return True
        self._reserve(laid_out.height, resume is not None)
        return False

    def unlayout_footnote(self, footnote: Box) -> None:
        """Take a note back whose line was taken back; one that came from an earlier page stays."""
        for held in (self.current_page_footnotes, self.reported_footnotes):
            if footnote in held:
                held.remove(footnote)
                self.footnotes.append(footnote)
                self._update_footnote_area()

    def report_footnote(self, footnote: Box) -> None:
        """Give back a note's room; as long as one note waits, all later ones wait, so the order stays."""
        self.current_page_footnotes.remove(footnote)
        self.reported_footnotes.append(footnote)
        self._update_footnote_area()

    def _update_footnote_area(self) -> bool:
        """Reserve again after a note has gone. Most often the state before that note is known and nothing is laid out."""
        known = self.reservations.get(tuple(self.current_page_footnotes))
        if known is None:
            notes = (*self.arriving.notes, *self.current_page_footnotes)
            laid_out, resume = self._lay_out(notes, self._area.page.height, force=True)
            known = laid_out.height, resume is not None
        self._reserve(*known)
        return False

    def _reserve(self, height: float | str, is_full: bool) -> None:
        """Raise or lower the bottom of the text; `is_full`: the area ends inside a note, so nothing may follow it."""
        if self._area.height != "auto" and not self.in_column:
            self.page_bottom += self._area.margin_height()
        self.is_full = is_full
        self._area.height = 0 if height == "auto" and self.in_column else height
        self.reservations[tuple(self.current_page_footnotes)] = self._area.height, is_full
        if self._area.height != "auto" and not self.in_column:
            self.page_bottom -= self._area.margin_height()

    # The page ends

    def place(self, *positioned: list[Box]) -> Any:
        """Return the page's final note area: notes called up to here, in the room between text and page bottom."""
        self.placed = (*self.arriving.notes, *self._new_calls(self.text))
        top_of_page = self._area.page.content_box_y()
        room = self._area.position_y - max(top_of_page, _bottom(self.text))
        force = self.is_blank or bool(self.arriving.notes and room >= self.room_of_carried * (1 - 1e-9))
        area, self.resume = self._lay_out(self.placed, room, force, positioned) if self.placed else (None, None)
        if area is None:
            area = self._area.copy_with_children([])
            area.height = 0
        return area

    def _new_calls(self, box: Box) -> list[Box]:
        """Return the notes called for the first time in a laid-out box, in the order of the document."""
        notes = {child.footnote for child in box.descendants(placeholders=True) if child.footnote}
        return sorted(filter(self._is_new, notes), key=self.order.__getitem__)

    def end_page(self, page: Box) -> None:
        """Hand what is called but not yet shown to the next page."""
        calls = self._new_calls(page.children[0])
        self.page_of_call = {note: at for note, at in self.page_of_call.items() if at != self.number}
        self.page_of_call |= dict.fromkeys(calls, self.number)
        shown, skip = len(self.placed), None
        if self.resume is not None:
            [(shown, skip)] = self.resume.items()
        rest = self.placed[shown:]
        late = tuple(note for note in calls if note not in self.placed)
        self.carried[self.number + 1] = Carried(rest + late, skip)

    # One layout of an area

    def _lay_out(self, notes: tuple[Box, ...], room: float, force: bool = False,
                 positioned: tuple[list[Box], ...] = ()) -> tuple[Any, SkipStack]:
        """Lay notes out, at most `room` high with the area's margins, and tell where the next page goes on.

        With `force` at least one line is laid out. Nothing laid out is an area without a height and a resume
        position at the beginning. The page's own notes are hidden meanwhile: a break inside a note would move them.
        """
        area = self._prepared_area(notes)
        skip = {0: self.arriving.skip} if self.arriving.skip else None
        bottom_space = self.page_bottom - (area.position_y + room)
        held = self.current_page_footnotes, self.footnotes, self.floor_of_line
        self.current_page_footnotes, self.footnotes = [], _Waiting()
        laid_out, resume, *_ = block_level_layout(
            self, area, bottom_space, skip, area.page, force, *positioned)
        self.current_page_footnotes, self.footnotes, self.floor_of_line = held
        if laid_out is None:
            return None, skip or {0: None}
        if resume is not None:
            _shrink(laid_out)
        return laid_out, resume

    def _prepared_area(self, notes: Iterable[Box]) -> Any:
        """Return a copy of the page's area around copies of notes; `clone` repeats its rule above a note that goes on."""
        area = self._area.copy_with_children([_as_block(note).deepcopy() for note in notes])
        area.style = area.style.copy()
        area.style["box_decoration_break"] = "clone"
        area.height = "auto"
        return build.create_anonymous_boxes(area)


class _Waiting(dict[Box, None]):
    """The notes not yet laid out, in order: WeasyPrint asks for each box of each line whether its note is among them."""

    def __init__(self, notes: Iterable[Box] = ()) -> None:
        """Hold notes as keys, so that the question costs no walk through a list."""
        super().__init__(dict.fromkeys(notes))

    def append(self, note: Box) -> None:
        """Add a note, as to a list."""
        self[note] = None

    def remove(self, note: Box) -> None:
        """Take a note out, as of a list."""
        del self[note]


def _as_block(note: Box) -> Box:
    """Wrap a note styled to run inline: only blocks can be told apart and broken one by one."""
    return note if isinstance(note, boxes.BlockLevelBox) else boxes.BlockBox.anonymous_from(note, [note])


def _lines_kept_together(note: Box) -> float:
    """Return the height of the lines that may have to follow a line on its page.

    A note that is cut leaves them room. Otherwise orphans and widows would drive the line away, and its note with it,
    and leave the page empty.
    """
    style = note.style.parent_style
    return (style["orphans"] + style["widows"] - 2) * strut(style)[0]


def _is_inside(resume: SkipStack, index: int) -> bool:
    """Tell whether a resume position lies after the beginning of one child."""
    return resume is not None and resume.get(index) is not None


def _shrink(area: Box) -> None:
    """Undo the stretching of broken boxes to the bottom of the page: a cut area ends with its last line."""
    bottom, box = _bottom(area), area
    while box.children and isinstance(box, boxes.BlockBox):
        box.height = bottom - box.content_box_y()
        box = box.children[-1]


def _bottom(box: Box) -> float:
    """Return how far down a laid-out box shows anything, since a box broken by the page is stretched to its end."""
    if box.is_absolutely_positioned():
        return -inf
    below = max(map(_bottom, box.children), default=-inf)
    if isinstance(box, boxes.LineBox):
        return max(below, box.position_y + box.height)
    if isinstance(box, boxes.ReplacedBox | boxes.TableCellBox) or _is_drawn(box):
        return max(below, box.border_box_y() + box.border_height())
    return below


def _is_drawn(box: Box) -> bool:
    """Tell whether a box has a border or a background of its own; those of html and body are the page's."""
    if box.element_tag in ("html", "body") or isinstance(box, boxes.InlineLevelBox):
        return False
    style = box.style
    borders = (style[f"border_{side}_width"] for side in ("top", "right", "bottom", "left"))
    return any(borders) or get_color(style, "background_color").alpha > 0


# The patches

_stock_make_page = weasyprint.layout.page.make_page
_stock_make_all_pages = weasyprint.layout.make_all_pages


def _make_page(context: Any, root_box: Box, page_type: Any, resume_at: SkipStack, page_number: int,
               page_state: Any) -> Any:
    """Lay out one page with the notes that were carried to its number, however often and alone it is made."""
    if isinstance(context, NoteContext):
        context.begin_page(page_number, page_type.blank)
    result = _stock_make_page(context, root_box, page_type, resume_at, page_number, page_state)
    if isinstance(context, NoteContext):
        context.end_page(result[0])
    return result


def _page_block_layout(context: Any, box: Box, *args: Any, **kwargs: Any) -> Any:
    """Lay out a block of a page: watch the text go by, and answer for the note area that comes after it."""
    if isinstance(context, NoteContext) and isinstance(box, boxes.FootnoteAreaBox):
        return context.place(kwargs["absolute_boxes"], kwargs["fixed_boxes"]), None, None, [], False, None
    result = block_level_layout(context, box, *args, **kwargs)
    if isinstance(context, NoteContext):
        context.text = result[0]
    return result


def _make_all_pages(context: Any, root_box: Box, html: Any, pages: list[Box]) -> Iterator[Box]:
    """Yield all pages, making those again that changed, whose carried notes changed, or that only notes are left for.

    WeasyPrint's own loop knows nothing of carried notes when it makes a page again, and ends with the text.
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
            page, resume_at = _remake(context, root_box, html, number)
        else:
            page, resume_at = pages[number - 1], context.page_maker[number][0]
        yield page
    del context.page_maker[number + 1:]
    context.broken_out_of_flow.clear()


def _is_stale(context: NoteContext, number: int, known_pages: int) -> bool:
    """Tell whether a page has to be laid out (again)."""
    if number > known_pages:
        return True
    wishes = context.page_maker[number - 1][-1]
    arriving = context.carried.get(number, Carried())
    return wishes["content_changed"] or wishes["pages_wanted"] or arriving != context.laid_out_with[number]


def _remake(context: NoteContext, root_box: Box, html: Any, number: int) -> tuple[Box, SkipStack]:
    """Lay one page out. Notes left after the text's end make WeasyPrint take the page for a blank one: that is right."""
    context.page_maker[number - 1][-1].update(content_changed=False, pages_wanted=False, anchors=[], content_lookups=[])
    context.reported_footnotes = list(context.carried.get(number, Carried()).notes)
    return weasyprint.layout.page.remake_page(number - 1, context, root_box, html)


_PATCHES = (
    (weasyprint.document, "LayoutContext", NoteContext),
    (weasyprint.layout, "make_all_pages", _make_all_pages),
    (weasyprint.layout.page, "make_page", _make_page),
    (weasyprint.layout.page, "block_level_layout", _page_block_layout),
)
_one_at_a_time = threading.RLock()


@contextmanager
def cured() -> Iterator[None]:
    """Patch WeasyPrint for the renders inside; may be entered again inside itself, other threads wait.

    Raises RuntimeError with any other version than the one whose private functions this module was written for.
    """
    if weasyprint.__version__ != VERSION:
        raise RuntimeError(
            f"the cure for lost footnotes is written for WeasyPrint {VERSION}, not {weasyprint.__version__}: "
            "see 'Upgrading WeasyPrint' in writers/PAGENOTES.md")
    with _one_at_a_time:
        originals = [(module, name, getattr(module, name)) for module, name, _ in _PATCHES]
        try:
            for module, name, patched in _PATCHES:
                setattr(module, name, patched)
            yield
        finally:
            for module, name, original in originals:
                setattr(module, name, original)


# Detection

@dataclass(frozen=True, slots=True)
class LostNote:
    """A note that a reader of the pages would miss; `page` counts from 1 and is 0 if no page calls the note."""

    note: str
    page: int
    reason: str


@dataclass(frozen=True, slots=True)
class _Body:
    """One piece of a note on one page: whether it ends the note, and whether a reader sees it whole."""

    page: int
    ends: bool
    fault: str


def note_pages(document: Any) -> dict[str, tuple[int, int]]:
    """Return, for each note that has both, the page of its call and the page where its body begins, from 1."""
    calls, bodies = _calls(document), _bodies(document)
    return {_name(note): (page, bodies[note][0].page) for note, page in calls.items() if note in bodies}


def lost_notes(document: Any) -> list[LostNote]:
    """Return the notes that a document, right after `HTML(...).render()`, does not show whole and in order."""
    calls, bodies = _calls(document), _bodies(document)
    lost = []
    for note in _notes_written(document, calls, bodies):
        page, body = calls.get(note, 0), bodies.get(note, [])
        lost += [LostNote(_name(note), page, reason) for reason in _faults(page, body)]
    return lost


def _faults(page: int, body: list[_Body]) -> Iterator[str]:
    """Say what is wrong with one note, given the page of its call (0: none) and the pieces of its body."""
    if not page:
        yield "no call on any page"
    if not body:
        yield "no body on any page"
        return
    if body[0].page < page:
        yield f"body on page {body[0].page}, before its call"
    if not body[-1].ends:
        yield f"cut short on page {body[-1].page}"
    yield from (piece.fault for piece in body if piece.fault)


def _notes_written(document: Any, *found: dict[Any, Any]) -> Iterable[Any]:
    """Return the elements of the source that are notes, and those laid out as notes, so that no one counts alone."""
    written = [element for element in document._html.etree_element.iter()
               if NOTE_CLASS in (element.get("class") or "").split()]
    return dict.fromkeys([*written, *(note for notes in found for note in notes)])


def _name(note: Any) -> str:
    """Return what a note is called in messages: its id, or failing that its `data-note`."""
    return note.get("id") or note.get("data-note") or ""


def _calls(document: Any) -> dict[Any, int]:
    """Return the first page that calls each note's element."""
    calls: dict[Any, int] = {}
    for number, page in enumerate(document.pages, 1):
        for box in page._page_box.children[0].descendants(placeholders=True):
            if box.footnote:
                calls.setdefault(box.footnote.element, number)
    return calls


def _bodies(document: Any) -> dict[Any, list[_Body]]:
    """Return each note's pieces, in the order of the pages."""
    bodies: dict[Any, list[_Body]] = {}
    for number, page in enumerate(document.pages, 1):
        text, *others = page._page_box.children
        for area in others:
            if isinstance(area, boxes.FootnoteAreaBox):
                for child in area.children:
                    piece = _Body(number, _ends(child), _fault(child, area, _bottom(text), number))
                    bodies.setdefault(child.element, []).append(piece)
    return bodies


def _ends(box: Box) -> bool:
    """Tell whether the last line of a note's piece is the last of the note."""
    lines = [child for child in box.descendants() if isinstance(child, boxes.LineBox)]
    return not lines or getattr(lines[-1], "resume_at", None) is None


def _fault(body: Box, area: Any, bottom_of_text: float, number: int) -> str:
    """Say why a reader would not see a piece of a note: it stands on the text or off the page's own area."""
    top_of_page = area.page.content_box_y()
    end_of_page = top_of_page + area.page.height
    if body.position_y < top_of_page - 1 or _bottom(body) > end_of_page + 1:
        return f"off page {number}"
    if area.content_box_y() < bottom_of_text - 1:
        return f"over the text of page {number}"
    return ""
