"""The page layout that loses no footnote: what `pagenotes.cured()` puts in the place of WeasyPrint 70.0's functions.

In: WeasyPrint's boxes while it lays out a document. Out: `PATCHES`, and the measure `lowest_ink` that both the cure
and the detection use. Every name taken from WeasyPrint here is private to it; PAGENOTES.md says why each is needed.
"""

from collections.abc import Iterable, Iterator
from math import inf
from typing import Any, NamedTuple

import weasyprint.document
import weasyprint.layout
import weasyprint.layout.page
from weasyprint.draw.color import get_color
from weasyprint.formatting_structure import boxes, build
from weasyprint.layout.block import block_level_layout
from weasyprint.text.line_break import strut

SHARE_OF_CARRIED_NOTES = 0.8
"""How much of a page's height notes carried over from earlier pages may take, so that the text always moves on."""

Box = boxes.Box
SkipStack = dict[int, Any] | None
"""WeasyPrint's own way to say where in a box the next page goes on; None is the beginning, or that nothing is left."""


class Carried(NamedTuple):
    """Notes a page must begin with because the page before had no room; `skip` is where the first of them goes on."""

    notes: tuple[Box, ...] = ()
    skip: SkipStack = None


class Reservation(NamedTuple):
    """Height kept free for notes while text is laid out.

    `is_full`: the area ends inside a note, so no other note may follow. `margin`: below its last note.
    """

    height: float = 0
    is_full: bool = False
    margin: float = 0


class NoteContext(weasyprint.layout.LayoutContext):
    """A layout context that decides which notes stand on a page only when the page's text is known.

    While WeasyPrint lays text out, the methods it calls only *reserve* height for notes. At the end of the page,
    `place` puts the notes whose calls are really there into the room the text really left. Whatever path of the
    layout dropped, doubled or forgot a reservation, no note can vanish or come before its call.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Start like WeasyPrint's context; what is known by page number outlives a page's being laid out again."""
        self.order: dict[Box, int] = {}
        self.page_of_call: dict[Box, int] = {}
        self.carried: dict[int, Carried] = {}
        self.laid_out_with: dict[int, Carried] = {}
        self.arriving = Carried()
        super().__init__(*args, **kwargs)

    # The page begins

    def begin_page(self, number: int, is_blank: bool) -> None:
        """Forget what the page before reserved; `is_blank` is a page without text of its own."""
        self.number, self.is_blank = number, is_blank
        self.arriving = self.laid_out_with[number] = self.carried.get(number, Carried())
        self.footnotes = Waiting(note for note in self.order if self._is_new(note))
        self.reported_footnotes = []
        self.placed: tuple[Box, ...] = ()
        self.resume: SkipStack = None
        self.text: Any = None
        self.floor_of_line = -inf

    def _is_new(self, note: Box) -> bool:
        """Tell whether no earlier page calls the note: a table's head, repeated, calls its notes again."""
        return self.page_of_call.get(note, self.number) >= self.number

    @property
    def current_footnote_area(self) -> Any:
        """The empty area of the page being laid out; its height is the reserved one."""
        return self._area

    @current_footnote_area.setter
    def current_footnote_area(self, area: Any) -> None:
        """Reserve for the carried notes as soon as a new page shows its area, before any text claims the room."""
        self._area = area
        self.reserved = Reservation()
        self.reservations: dict[tuple[Box, ...], Reservation] = {(): self.reserved}
        if self.arriving.notes:
            self.room_of_carried = area.page.height * (1 if self.is_blank else SHARE_OF_CARRIED_NOTES)
            self._reserve(self._reservation_for_all(self.room_of_carried))

    # WeasyPrint lays out text and asks for room

    def overflows_page(self, bottom_space: float, position_y: float) -> bool:
        """Remember the line being asked about: notes called in it may rise to its bottom and no further."""
        self.floor_of_line = position_y + bottom_space
        return super().overflows_page(bottom_space, position_y)

    def layout_footnote(self, footnote: Box) -> bool:
        """Reserve room for a note of the line just laid out; return whether it cannot even begin on this page."""
        self.footnotes.remove(footnote)
        self.current_page_footnotes.append(footnote)
        if self.reserved.is_full or self.reported_footnotes:
            return True
        room = self._area.page.height
        if not self.in_column:
            room = min(room, self._area.position_y - self.floor_of_line)
        reservation = self._reservation_with(footnote, room)
        if reservation and reservation.is_full:
            reservation = self._reservation_with(footnote, room - _lines_kept_together(footnote))
        if reservation:
            self._reserve(reservation)
        return reservation is None

    def unlayout_footnote(self, footnote: Box) -> None:
        """Take a note back because its line is taken back; a note that came from an earlier page stays."""
        for held in (self.current_page_footnotes, self.reported_footnotes):
            if footnote in held:
                held.remove(footnote)
                self.footnotes.append(footnote)
                self._update_footnote_area()

    def report_footnote(self, footnote: Box) -> None:
        """Give back a note's room. While one note waits all later ones wait too, so that they stay in order."""
        self.current_page_footnotes.remove(footnote)
        self.reported_footnotes.append(footnote)
        self._update_footnote_area()

    def _update_footnote_area(self) -> bool:
        """Go back to what was reserved before a note that is gone; mostly that is known and nothing is laid out."""
        known = self.reservations.get(tuple(self.current_page_footnotes))
        self._reserve(known or self._reservation_for_all(self._area.page.height))
        return False

    def _reserve(self, reservation: Reservation) -> None:
        """Raise or lower the bottom of the text. In columns WeasyPrint reads the area's height and does that itself."""
        area = self._area
        if area.height != "auto" and not self.in_column:
            self.page_bottom += area.margin_height()
        self.reserved = self.reservations[tuple(self.current_page_footnotes)] = reservation
        area.height = reservation.height if reservation.height or self.in_column else "auto"
        if area.height != "auto" and not self.in_column:
            self.page_bottom -= area.margin_height()

    def _reservation_with(self, note: Box, room: float) -> Reservation | None:
        """Return what to reserve with one more note in at most `room`, or None if not one line of it fits.

        Only the new note is laid out, in an area of its own: laying all out again for each note is what makes
        WeasyPrint slow. The sum may differ from the final area by a margin; `place` measures the real one.
        """
        before = self.reserved
        taken = before.height + before.margin
        area, resume = self._lay_out((note,), room - taken)
        if area is None:
            return None
        body = area.children[-1]
        height = taken + max(0, body.margin_top - before.margin) + body.border_height() if taken else area.height
        return Reservation(height, resume is not None, body.margin_bottom)

    def _reservation_for_all(self, room: float) -> Reservation:
        """Return what the notes of this page, carried and own, take of `room`, laid out together."""
        notes = (*self.arriving.notes, *self.current_page_footnotes)
        area, resume = self._lay_out(notes, room, skip=self.arriving.skip, force=True)
        return Reservation(area.height, resume is not None, area.children[-1].margin_bottom)

    # The page ends

    def place(self, *positioned: list[Box]) -> Any:
        """Return the page's final note area: the notes called up to here, in the room between text and page bottom."""
        self.placed = (*self.arriving.notes, *self._new_calls(self.text))
        room = self._area.position_y - max(self._area.page.content_box_y(), lowest_ink(self.text))
        # Carried notes must move on, or they would wait for ever; unless something unbreakable stands in their room.
        force = self.is_blank or bool(self.arriving.notes and room >= self.room_of_carried * (1 - 1e-9))
        area = None
        if self.placed:
            area, self.resume = self._lay_out(self.placed, room, self.arriving.skip, force, positioned)
        if area is None:
            area = self._area.copy_with_children([])
            area.height = 0
        return area

    def _new_calls(self, box: Box) -> list[Box]:
        """Return the notes called for the first time in a laid-out box, in the order of the document."""
        notes = {child.footnote for child in box.descendants(placeholders=True) if child.footnote}
        return sorted(filter(self._is_new, notes), key=self.order.__getitem__)

    def end_page(self, page: Box) -> None:
        """Hand what is called by now and not yet shown to the next page."""
        calls = self._new_calls(page.children[0])
        self.page_of_call = {note: at for note, at in self.page_of_call.items() if at != self.number}
        self.page_of_call |= dict.fromkeys(calls, self.number)
        shown, skip = len(self.placed), None
        if self.resume is not None:
            [(shown, skip)] = self.resume.items()
        late = (note for note in calls if note not in self.placed)
        self.carried[self.number + 1] = Carried((*self.placed[shown:], *late), skip)

    # One layout of an area

    def _lay_out(
        self, notes: tuple[Box, ...], room: float, skip: SkipStack = None, force: bool = False, positioned: tuple[list[Box], ...] = ()
    ) -> tuple[Any, SkipStack]:
        """Lay out notes in an area of at most `room` with its margins; return it and where the next page goes on.

        `skip` is where the first note begins. Without `force` the area is None if not one line fits. The page's own
        notes are hidden meanwhile, since WeasyPrint would move them about to break a note more nicely.
        """
        area = self._new_area(notes)
        bottom_space = self.page_bottom - (area.position_y + room)
        held = self.current_page_footnotes, self.footnotes, self.floor_of_line
        self.current_page_footnotes, self.footnotes = [], Waiting()
        laid_out, resume, *_ = block_level_layout(self, area, bottom_space, {0: skip} if skip else None, area.page, force, *positioned)
        self.current_page_footnotes, self.footnotes, self.floor_of_line = held
        if laid_out is None:
            return None, {0: skip}
        if resume is not None:
            _end_at_last_line(laid_out)
        return laid_out, resume

    def _new_area(self, notes: Iterable[Box]) -> Any:
        """Return an area with copies of notes; `clone` repeats the area's rule above a note that goes on."""
        area = self._area.copy_with_children([_as_block(note).deepcopy() for note in notes])
        area.height = "auto"
        area.style = area.style.copy()
        area.style["box_decoration_break"] = "clone"
        return build.create_anonymous_boxes(area)


class Waiting(dict[Box, None]):
    """The notes not yet laid out, in order: WeasyPrint asks of every box of every line whether its note is one."""

    def __init__(self, notes: Iterable[Box] = ()) -> None:
        """Hold the notes as keys, so that the answer costs no walk through a list."""
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
    """Return the height of the lines that orphans and widows may want below the line that calls a note.

    A note that is cut leaves them room. Otherwise they would drive the line away, its note with it, and leave the
    page empty.
    """
    style = note.style.parent_style
    return float((style["orphans"] + style["widows"] - 2) * strut(style)[0])


def _end_at_last_line(area: Box) -> None:
    """Let a cut area end with its last line: WeasyPrint stretches broken boxes to the bottom of the page."""
    bottom, box = lowest_ink(area), area
    while box.children and isinstance(box, boxes.BlockBox):
        box.height = bottom - box.content_box_y()
        box = box.children[-1]


def lowest_ink(box: Box) -> float:
    """Return how far down a laid-out box shows anything: boxes broken by the page are stretched and tell nothing."""
    if box.is_absolutely_positioned():
        return -inf
    below = max(map(lowest_ink, box.children), default=-inf)
    if isinstance(box, boxes.LineBox):
        return max(below, float(box.position_y + box.height))
    if isinstance(box, boxes.ReplacedBox | boxes.TableCellBox) or _is_drawn(box):
        return max(below, float(box.border_box_y() + box.border_height()))
    return below


def _is_drawn(box: Box) -> bool:
    """Tell whether a block has a border or a background of its own; those of html and body are the page's."""
    if isinstance(box, boxes.InlineLevelBox | boxes.FootnoteAreaBox) or box.element_tag in ("html", "body"):
        return False
    borders = (box.style[f"border_{side}_width"] for side in ("top", "right", "bottom", "left"))
    return any(borders) or get_color(box.style, "background_color").alpha > 0


_stock_make_page = weasyprint.layout.page.make_page
_stock_make_all_pages = weasyprint.layout.make_all_pages


def _make_page(context: Any, *args: Any) -> Any:
    """Lay out one page with the notes carried to its number, even when WeasyPrint makes that page again alone."""
    if not isinstance(context, NoteContext):
        return _stock_make_page(context, *args)
    _root_box, page_type, _resume_at, number, _page_state = args
    context.begin_page(number, page_type.blank)
    result = _stock_make_page(context, *args)
    context.end_page(result[0])
    return result


def _page_block_layout(context: Any, box: Box, *args: Any, **kwargs: Any) -> Any:
    """Lay out a block of a page: watch the text go by, and answer for the note area that comes after it."""
    if not isinstance(context, NoteContext):
        return block_level_layout(context, box, *args, **kwargs)
    if isinstance(box, boxes.FootnoteAreaBox):
        return [context.place(kwargs["absolute_boxes"], kwargs["fixed_boxes"])]
    result = block_level_layout(context, box, *args, **kwargs)
    context.text = result[0]
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
    page, resume_at = weasyprint.layout.page.remake_page(number - 1, context, root_box, html)
    return page, resume_at


PATCHES = (
    (weasyprint.document, "LayoutContext", NoteContext),
    (weasyprint.layout, "make_all_pages", _make_all_pages),
    (weasyprint.layout.page, "make_page", _make_page),
    (weasyprint.layout.page, "block_level_layout", _page_block_layout),
)
"""Where in WeasyPrint, under which name, what takes the place of its own."""
