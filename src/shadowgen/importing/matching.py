"""Find drafts that closely resemble a section of the library: new versions, which are proposed and not copied."""

from __future__ import annotations

import re

from shadowgen.importing.drafting import Drafts
from shadowgen.library import Library
from shadowgen.likeness import alike, most_alike
from shadowgen.markdown import words_of
from shadowgen.records import Section

ALIKE = 85.0
SHORTEST = 80


def resembling(drafts: Drafts, library: Library) -> list[tuple[str, str, float, str]]:
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
    from shadowgen.writers.markdown import write_prose

    prose = section.prose[section.language]
    words = " ".join([write_prose(prose.body), words_of(prose.asks_lead), *(words_of(ask) for ask in prose.asks)])
    return " ".join(re.findall(r"[^\W_]+", re.sub(r"\[@[^\]]*\]|\[#[^\]]*\]", " ", words).lower()))
