"""Contributors and signatories that stand twice: the same name, the same within a longer one, or a near spelling."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping

from shadowgen import rules
from shadowgen.checks.house import House
from shadowgen.checks.passages import quotable
from shadowgen.diagnostics import Diagnostic
from shadowgen.latin import latin
from shadowgen.library import Library
from shadowgen.likeness import alike
from shadowgen.records import Contributor, in_language
from shadowgen.reuse.stemming import sound_keys

_ALIKE = 84


def check_signatures(library: Library, house: House) -> Iterator[Diagnostic]:
    """Check every contributor against those before it, and every list of a submission for a key that it names twice."""
    forms = dict.fromkeys(house.get("signatories", {}).get("forms", ()), "")
    forms |= {word: group[0] for group in house.get("names", {}).get("same", ()) for word in group}
    blocks: dict[str, list[tuple[tuple[str, ...], Contributor]]] = defaultdict(list)
    for one in library.contributors.values():
        told: set[str] = set()
        names = list(_names(one, forms))
        for words in names:
            for key in _keys(words):
                for other_words, other in blocks[key][:200]:
                    if other.key not in told and _same(words, other_words):
                        told.add(other.key)
                        named = quotable(library, _shown(other), other.origin, one.origin)
                        message = f"'{one.key}' (“{_shown(one)}”) seems to be '{other.key}' (“{named}”, {other.origin})"
                        yield rules.DUPLICATE_SIGNATORY.at(one.origin, message, "keep one, or tell them apart by role or city")
        for words in names:
            for key in _keys(words):
                blocks[key].append((words, one))
    for plan in library.plans.values():
        for name in ("signatories", "submitted_by"):
            seen: set[str] = set()
            for place, key in enumerate(getattr(plan, name)):
                if key in seen:
                    yield rules.DUPLICATE_SIGNATORY.at(plan.places[name][place], f"'{key}' stands twice under '{name}'", "keep one")
                seen.add(key)


def _shown(one: Contributor) -> str:
    return in_language(one.name, "en")


def _names(one: Contributor, forms: Mapping[str, str]) -> Iterator[tuple[str, ...]]:
    """Yield the words of a name, without those for what it is, and of "A. Name, Organisation" also those of its parts."""
    name = re.sub(r"\([^)]*\)", " ", latin(_shown(one)))
    name = re.sub(r",?\s+(?:\w+ ){0,3}(?:director|chair\w*|president|head)\b.*$", "", name)
    for part in dict.fromkeys([name, *name.split(", ")]):
        words = [forms.get(word, word) for word in re.findall(r"[a-z]+", part.lower())]
        words = [word for word in words if word]
        if len(words) > 1 or part == name:
            yield tuple(words)


def _keys(words: tuple[str, ...]) -> set[str]:
    """Return what names that may be one have in common: each of their words by its sound."""
    return {key for word in words for key in (sound_keys(word) or (word,))}


def _same(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    if len(one) != len(other) or not one:
        return False
    first, second = sorted(one), sorted(other)
    return first == second or all(alike(a, b) >= 60 and _sound(a) & _sound(b) for a, b in zip(first, second, strict=True)) or (
        alike(" ".join(first), " ".join(second)) >= _ALIKE and sum(a != b for a, b in zip(first, second, strict=True)) == 1
        and all(alike(a, b) >= _ALIKE for a, b in zip(first, second, strict=True))
    )  # fmt: skip


def _sound(word: str) -> frozenset[str]:
    return sound_keys(word) or frozenset((word,))
