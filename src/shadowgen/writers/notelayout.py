"""A layout context that loses no footnote, for `pagenotes.cured()` to put in the place of WeasyPrint 70.0's own.

In: what WeasyPrint's functions ask of their context while they lay out a document. Out: the note area of each page.
Every name taken from WeasyPrint here is private to it; PAGENOTES.md says what is done and why.
"""

from collections.abc import Iterable
from math import inf
from typing import Any, NamedTuple

from weasyprint.draw.color import get_color
from weasyprint.formatting_structure import boxes, build
from weasyprint.layout import LayoutContext
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


class NoteContext(LayoutContext):
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
        self.gives_way = False
        self.headed: set[Any] = set()

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
        if self.gives_way:
            return False
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
        if not self.gives_way:
            known = self.reservations.get(tuple(self.current_page_footnotes))
            self._reserve(known or self._reservation_for_all(self._area.page.height))
        return False

    def lacks_its_head(self, box: Box) -> bool:
        """Tell whether a laid-out box is a table without the head that belongs to it."""
        return isinstance(box, boxes.TableBox) and box.element in self.headed and not (box.children and box.children[0].is_header)

    def give_way(self) -> None:
        """Reserve nothing on this page any more: its text does not go together with reserved notes."""
        self.footnotes = Waiting(note for note in self.order if self._is_new(note))
        self.current_page_footnotes, self.reported_footnotes = [], []
        self._reserve(Reservation())
        self.gives_way = True

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
        force = bool(self.arriving.notes) and room >= self.room_of_carried * (1 - 1e-9)
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

    def end_page(self) -> None:
        """Hand what is called by now and not yet shown to the next page."""
        calls = self.placed[len(self.arriving.notes) :]
        self.page_of_call = {note: at for note, at in self.page_of_call.items() if at != self.number}
        self.page_of_call |= dict.fromkeys(calls, self.number)
        shown, skip = len(self.placed), None
        if self.resume is not None:
            [(shown, skip)] = self.resume.items()
        self.carried[self.number + 1] = Carried(self.placed[shown:], skip)

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
