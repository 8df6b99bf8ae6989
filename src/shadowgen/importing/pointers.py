"""Pointers such as "For more information, please see the section on Article 7": find their targets, and doubt those that miss.

A pointer is doubted where the section it names never uses the words that its own matter turns on, and another section does.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from shadowgen.catalogue import ArticleRef
from shadowgen.importing.prose import pointer, trimmed
from shadowgen.importing.units import Outline, Unit
from shadowgen.nodes import Inlines
from shadowgen.readers.landmarks import SEE, read_articles
from shadowgen.readers.original import Place, words_in

_NAMED = re.compile(r"\b(?:[Aa]rticles?|[Сс]тать\w{1,2})\s?(\d+(?:\s?\(\w\))*(?:(?:,| and|, and| и) \d+(?:\s?\(\w\))*)*)")


@dataclass(frozen=True, slots=True)
class Pointer:
    """A pointer of the original: its words, the units it leads to, and a doubt, if there is one."""

    unit: Unit
    row: int
    words: str
    place: Place
    targets: tuple[Unit, ...]
    doubt: str = ""


def pointers(outline: Outline) -> list[Pointer]:
    """Return every pointer of the units that names articles."""
    articles = [unit for unit in outline.units if unit.kind == "article"]
    counts = {unit: _stems(_all_words(unit)) for unit in articles}
    found = []
    for unit in outline.units:
        for row, piece in enumerate(unit.pieces):
            words = " ".join(words_in(piece.inlines).split())
            if SEE.match(words) and (match := _NAMED.search(words)):
                refs = read_articles(match[1])
                targets = tuple(dict.fromkeys(one for ref in refs for one in _homes(ref, articles)))
                doubt = _doubt(unit, targets, articles, counts) if targets else f"no section is on article {match[1]}"
                found.append(Pointer(unit, row, words, piece.place, targets, doubt))
    return found


def _homes(ref: ArticleRef, articles: list[Unit]) -> list[Unit]:
    exact = [unit for unit in articles if ref in unit.refs]
    return exact or [unit for unit in articles if any(ref.contains(own) or own.contains(ref) for own in unit.refs)]


def as_prose(one: Pointer, ids: dict[Unit, str]) -> Inlines:
    """Return a pointer's words with live references in place of the names of articles."""
    match = _NAMED.search(one.words)
    if not match or not one.targets:
        return trimmed(pointer(one.words, []))
    marks = [f"\ue010{place}\ue011" for place in range(len(one.targets))]
    joined = ", ".join(marks[:-1]) + (" and " if len(marks) > 1 else "") + marks[-1]
    words = one.words[: match.start()] + joined + one.words[match.end() :]
    return pointer(words, [(mark, ids[unit]) for mark, unit in zip(marks, one.targets, strict=True)])


def _all_words(unit: Unit) -> str:
    asked = unit.asked.words if unit.asked else ""
    pieces = [*unit.pieces, *([unit.lead] if unit.lead else []), *unit.asks]
    return asked + " " + " ".join(words_in(piece.inlines) for piece in pieces if not SEE.match(words_in(piece.inlines).strip()))


def _stems(words: str) -> Counter[str]:
    return Counter(word[:8] for word in re.findall(r"[a-z]{6,}", words.lower()))


def _doubt(unit: Unit, targets: tuple[Unit, ...], articles: list[Unit], counts: dict[Unit, Counter[str]]) -> str:
    own = _stems(_all_words(unit))
    spread = Counter(stem for one in articles for stem in counts[one])
    turning = [stem for stem, count in own.most_common() if count >= 3 and 0 < spread[stem] <= max(len(articles) // 4, 2)][:3]
    missed = [stem for stem in turning if _misses(stem, targets, articles, counts)]
    if not turning or missed != turning:
        return ""
    stem = missed[0]
    best = max(articles, key=lambda one: counts[one][stem])
    here = sum(counts[target][stem] for target in targets)
    word = next(word for word in re.findall(r"[a-z]{6,}", _all_words(unit).lower()) if word.startswith(stem))
    there = " and ".join(target.title for target in targets)
    return f"it is about “{word}”, which {there} names {here or 'no'} times; {best.title} names it {counts[best][stem]} times"


def _misses(stem: str, targets: tuple[Unit, ...], articles: list[Unit], counts: dict[Unit, Counter[str]]) -> bool:
    most = max(counts[one][stem] for one in articles)
    return most >= 5 and sum(counts[target][stem] for target in targets) * 10 <= most
