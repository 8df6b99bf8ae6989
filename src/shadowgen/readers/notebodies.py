"""Tie the notes at the bottom of pages to their numbers, also where the number itself did not survive.

Enters: the zones of notes and the calls of each page. Leaves: `NoteBody`s; where a number had to be inferred, the body says why.
"""

from __future__ import annotations

import re

from shadowgen.nodes import Text
from shadowgen.readers.landmarks import NOTE_SIGNAL
from shadowgen.readers.original import NoteBody, Place
from shadowgen.readers.pagetext import Zone
from shadowgen.readers.textlines import Line

_OWN_NUMBER = re.compile(r"(\d{1,3})(?: (?=\S)|$)")


def join_lines(lines: list[Line]) -> str:
    """Return lines as running words; the parts of an address that a line end cut stay together."""
    words = ""
    for line in lines:
        glued = re.search(r"https?://\S*[=/&?_-]$|//$", words) and re.match(r"[\w%/?=&.-]+", line.text)
        hyphen = re.search(r"\w-$", words) and line.text[:1].islower()
        words += ("" if not words or glued or hyphen else " ") + line.text
    return words.strip()


def bodies(zones: list[Zone], calls: dict[int, list[int]]) -> dict[int, NoteBody]:
    """Return the bodies of all notes by number."""
    found: dict[int, NoteBody] = {}
    previous = 0
    for zone in zones:
        here = calls.get(zone.page, [])
        for number, lines, guess in _in_zone(zone, here, previous):
            if not lines:
                continue
            words, place = join_lines(lines), Place(lines[0].number, zone.page)
            if number in found:
                old = found[number]
                joined = (*old.inlines, Text(" " + words))
                found[number] = NoteBody(number, joined, old.place, old.guess or guess)
            else:
                found[number] = NoteBody(number, (Text(words),), place, guess)
            previous = number
    return found


def _in_zone(zone: Zone, calls: list[int], previous: int) -> list[tuple[int, list[Line], str]]:
    """Split a zone into notes: number, lines, and why the number is a guess."""
    parts: list[tuple[int, list[Line], str]] = []
    loose: list[Line] = []
    known = previous
    for number, line in _numbered(zone, calls, previous):
        if number is None:
            loose.append(line)
            continue
        parts += _spread(loose, known, number, calls, owned=known != previous)
        rest = _OWN_NUMBER.sub("", line.text, count=1)
        loose, known = [Line(line.number, rest)] if rest else [], number
    return parts + _spread(loose, known, 10**6, calls, owned=known != previous)


def _numbered(zone: Zone, calls: list[int], previous: int) -> list[tuple[int | None, Line]]:
    """Pair each line with the number that opens it, if it opens a note."""
    out: list[tuple[int | None, Line]] = []
    last = previous
    for line in zone.lines:
        match = _OWN_NUMBER.match(line.text)
        number = int(match[1]) if match else 0
        alone = bool(match) and match[0] == line.text
        if (number > last and (number in calls or alone) and number <= last + 40) or (number and not last and number in calls):
            out.append((number, line))
            last = number
        else:
            out.append((None, line))
    return out


def _spread(loose: list[Line], known: int, upto: int, calls: list[int], *, owned: bool) -> list[tuple[int, list[Line], str]]:
    """Give lines without a number to the notes called between two known ones.

    `owned` is true if the first of the lines is the known note's own; else they may end the last note of the page before.
    """
    if not loose:
        return []
    free = [number for number in calls if known < number < upto]
    starts = [place for place in range(int(owned), len(loose)) if _can_start(loose, place, owned)]
    if not free or not starts:
        return [(known or (free[0] if free else 0), loose, "" if known else "it had no number")]
    starts = _best_starts(loose, starts, len(free))
    parts = [(known, loose[: starts[0]], "")] if starts[0] and known else []
    for place, start in enumerate(starts):
        end = starts[place + 1] if place + 1 < len(starts) else len(loose)
        parts.append((free[place], loose[start if place or known else 0 : end], "it had no number; it is the next one that the page calls"))
    return parts


def _can_start(loose: list[Line], place: int, owned: bool) -> bool:
    line = loose[place]
    if place and not re.search(r"[.\w/&=_)”]$", loose[place - 1].text):
        return False
    if NOTE_SIGNAL.match(line.text) and not (owned and re.match(r"See also", line.text)):
        return True
    return (place == 0 or line.indent == 1) and not line.text[:1].islower()


def _best_starts(loose: list[Line], starts: list[int], wanted: int) -> list[int]:
    """Keep as many starts as there are notes: indented lines first, then those that do not say "See also"."""
    rank = {
        place: (place != starts[0], loose[place].indent != 1, bool(re.match(r"See also", loose[place].text)), place) for place in starts
    }
    return sorted(sorted(starts, key=lambda place: rank[place])[:wanted])
