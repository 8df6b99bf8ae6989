"""Find drafts that closely resemble a section of the library: new versions, which are proposed and not copied."""

from __future__ import annotations

from shadowgen.importing.drafting import Drafts, comparable
from shadowgen.library import Library
from shadowgen.likeness import alike, most_alike
from shadowgen.nodes import Paragraph
from shadowgen.readers.original import Place
from shadowgen.records import Section
from shadowgen.writers.markdown import write_prose

ALIKE = 85.0
SHORTEST = 80


def resembling(drafts: Drafts, library: Library) -> list[tuple[str, str, float, Place]]:
    """Return the id of the section, the path of the draft, the likeness in percent and the place, for each draft that resembles one."""
    known = {id: words for id, section in library.sections.items() if (words := _words(section))}
    found = []
    for one in (draft for draft in drafts.files if draft.kind == "section"):
        if one.id in known:
            if known[one.id] != one.prose:  # a second import, and the file or the section has changed since the first
                found.append((one.id, one.path, alike(one.prose, known[one.id]), one.place))
        elif len(one.prose) >= SHORTEST and (best := most_alike(one.prose, known, ALIKE)):
            found.append((best[0], one.path, best[1], one.place))
    return found


def _words(section: Section) -> str:
    """Return the words of a section as a draft of the same words has them."""
    prose = section.prose[section.language]
    return comparable([write_prose(prose.body), *(write_prose((Paragraph(words),)) for words in (prose.asks_lead, *prose.asks))])
