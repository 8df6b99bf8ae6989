"""The report of a Working Group on the Universal Periodic Review -> its recommendations, with what the State answered.

A recommendation is told by its number, "124.1"; what the State answered by the words that lead to a list, or by the addendum.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from shadowgen.readers.original import Original, Piece, Place, words_of_piece

NUMBER = r"\d{1,3}\.\d{1,3}"
_STARTS = re.compile(rf"(?:^|(?<=[:;.)] )|(?<=[:;.)]))(?={NUMBER}\.?\s+[A-Z“])")
_ONE = re.compile(rf"({NUMBER})\.?\s+(.+)", re.DOTALL)
_PARAGRAPH = re.compile(r"^(\d{1,3})\.\s")
_NOTED = re.compile(
    r"\b(?:(?:do|does|did) not (?:enjoy|have|receive) (?:the )?support|(?:are|is|were|has|have been|has been) (?:duly )?noted|takes? note of"
    r"|(?:cannot|could not|does not|did not) (?:accept|support)|(?:are|were) (?:rejected|not (?:accepted|supported)))",
    re.IGNORECASE,
)
_SUPPORTED = re.compile(
    r"\b(?:enjoy(?:s|ed)? (?:the )?support|(?:are|were|have been) (?:accepted|supported)|(?:accepts|supports|accepted|supported) "
    r"(?:the (?:following )?)?recommendations?)",
    re.IGNORECASE,
)
_RANGE = re.compile(rf"({NUMBER})(?:\s*(?:[–-]|to)\s*({NUMBER}))?")
_LONGEST_RANGE = 400


@dataclass(frozen=True, slots=True)
class Recommended:
    """One recommendation: its number, its words, what the State answered ("" where that is not said), and its place."""

    number: str
    words: str
    position: str = ""
    place: Place = field(default_factory=Place)


@dataclass(slots=True)
class Review:
    """The recommendations of a review, the words that lead to their lists, and what is neither."""

    recommended: list[Recommended] = field(default_factory=list)
    leads: list[str] = field(default_factory=list)
    remainder: list[tuple[str, Piece]] = field(default_factory=list)


def is_review(original: Original) -> bool:
    """True if the head of a document says that it is a report of the Universal Periodic Review."""
    head = " ".join(words_of_piece(piece) for piece in original.pieces[:40])
    return "universal periodic review" in head.lower()


def review_of(original: Original) -> Review:
    """Sort the pieces of a report of a Working Group."""
    found, position = Review(), ""
    for piece in original.pieces:
        words = " ".join(words_of_piece(piece).split())
        parts = [part.strip() for part in _STARTS.split(words) if part.strip()]
        ones = [(match[1], match[2]) for part in parts if (match := _ONE.match(part))]
        lead = parts[0] if parts and not _ONE.match(parts[0]) else ""
        if ones:
            position = position_of(lead) or position
            found.leads += [lead] if lead else []
            found.recommended += [Recommended(number, text, position, piece.place) for number, text in ones]
        elif _PARAGRAPH.match(words) and (told := position_of(words)):
            position = told
            found.leads.append(words)
        else:
            position = "" if _PARAGRAPH.match(words) else position
            found.remainder.append(("is no recommendation", piece))
    return found


def position_of(words: str) -> str:
    """Return what words that lead to recommendations say of them: supported, noted, or nothing."""
    return "noted" if _NOTED.search(words) else "supported" if _SUPPORTED.search(words) else ""


def positions_in(addendum: Original) -> dict[str, str]:
    """Return what an addendum answers to each number that it names: after the words that say it, alone or as "124.1 to 124.5"."""
    found: dict[str, str] = {}
    position = ""
    for piece in addendum.pieces:
        for words in re.split(r"(?<=[.;:])\s+(?=[A-Z])", " ".join(words_of_piece(piece).split())):
            own = position_of(words)
            position = own or position
            for match in _RANGE.finditer(words) if position else ():
                for number in _numbers(match[1], match[2] or match[1]):
                    found.setdefault(number, position)
    return found


def _numbers(first: str, last: str) -> list[str]:
    """Return the numbers from "124.1" to "124.5"; a range over two paragraphs is its two ends."""
    (paragraph, start), (other, end) = first.split("."), last.split(".")
    if paragraph != other or not int(start) <= int(end) <= int(start) + _LONGEST_RANGE:
        return [first, last]
    return [f"{paragraph}.{number}" for number in range(int(start), int(end) + 1)]
