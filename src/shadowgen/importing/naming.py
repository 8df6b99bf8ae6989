"""Names for drafts: ids of units and commitments, titles where the original has none."""

from __future__ import annotations

import re

from shadowgen.importing.units import Asked, Outline, Unit
from shadowgen.latin import latin
from shadowgen.readers.original import words_in

MAX_ID = 64


def slug(words: str, longest: int = 40) -> str:
    """Return words as a part of an id, in Latin letters."""
    plain = re.sub(r"[^a-z0-9]+", "-", re.sub("['’]", "", latin(words)).lower()).strip("-")
    return plain if len(plain) <= longest else plain[:longest].rsplit("-", 1)[0]


def unit_ids(outline: Outline, name: str) -> dict[Unit, str]:
    """Return an id for each unit: the name of the import, and what the unit is."""
    ids: dict[Unit, str] = {}
    taken: set[str] = set()
    for place, unit in enumerate(outline.units, 1):
        base = f"{name}-{_unit_name(unit, outline) or f'part-{place}'}"[:MAX_ID].rstrip("-")
        id, count = base, 1
        while id in taken:
            count += 1
            id = f"{base[: MAX_ID - 4]}-{count}"
        taken.add(id)
        ids[unit] = id
    return ids


def _unit_name(unit: Unit, outline: Outline) -> str:
    if unit.kind == "answer" and unit.asked and not unit.title:
        return slug(f"{unit.asked.kind}-{outline.asked.index(unit.asked) + 1}")
    if unit.title:
        return slug(re.sub(r"^(Articles?)(\d)", r"\1 \2", unit.title).replace("paragraph", ""))
    return "opening" if unit is outline.units[0] else ""


def commitment_ids(outline: Outline) -> dict[Asked, str]:
    """Return an id for each recommendation, pledge or question: its title, else its kind and place."""
    ids: dict[Asked, str] = {}
    for place, one in enumerate(outline.asked, 1):
        id = f"article-{one.number}" if one.kind == "constitution" else slug(one.title) or f"{one.kind}-{place}"
        ids[one] = id if id not in ids.values() else f"{id}-{place}"
    return ids


def title_of(unit: Unit) -> str:
    """Return the title of a unit: its heading, the first words of what it answers, or its own first words."""
    if unit.title:
        return re.sub(r"^(Articles?)(\d)", r"\1 \2", unit.title)
    if unit.asked:
        return unit.asked.title or guessed_title(unit.asked.words)
    first = next((words_in(piece.inlines).strip() for piece in unit.pieces), "Untitled")
    return " ".join(first.split()[:8])


_JOINING = frozenset(
    [
        "a",
        "an",
        "and",
        "as",
        "at",
        "by",
        "for",
        "from",
        "he",
        "his",
        "in",
        "into",
        "is",
        "it",
        "its",
        "of",
        "on",
        "or",
        "that",
        "the",
        "their",
        "they",
        "this",
        "to",
        "was",
        "were",
        "which",
        "with",
        "within",
    ]
)


def guessed_title(words: str) -> str:
    """Return the first words of a recommendation without those that every recommendation begins with."""
    bare = re.sub(r"^[-–\s“\"]+", "", words)
    bare = re.sub(
        r"^(?:The (?:State party|Committee) (?:is )?(?:should|urges|encourages|recommends|encouraged)(?: also| the State party)?(?: to)?\s+)",
        "",
        bare,
    )
    bare = re.sub(
        r"^(?:exercise utmost care in|take (?:all )?(?:urgent |necessary |appropriate |the )?(?:measures|steps) to|strengthen its efforts to|ensure that)\s+",
        "",
        bare,
    )
    few = bare.split()[:10]
    while len(few) > 3 and (few[-1].lower() in _JOINING or (len(bare.split()) > 10 and few[-1][-1] not in ",;:." and len(few) > 9)):
        few.pop()
    short = " ".join(few).rstrip(",;:.")
    return (short[:1].upper() + short[1:]) or "Untitled"
