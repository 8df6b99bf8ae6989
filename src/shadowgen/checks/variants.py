"""One thing under several names, and one name in several spellings, where the term base is silent.

Names are put under keys, so that only those that may be one are ever compared: the words of a name without order, prepositions and words of the
same meaning; the sound or the consonants of a single one.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from shadowgen import rules
from shadowgen.checks.house import House
from shadowgen.checks.passages import Passage, place_of, quotable
from shadowgen.diagnostics import Diagnostic
from shadowgen.latin import latin
from shadowgen.library import Library
from shadowgen.likeness import alike
from shadowgen.reuse.stemming import sound_keys

_ALIKE = 82  # out of 100: "Kazkommertsbank" and "Kazcommerzbank" have 83


@dataclass(slots=True)
class _Form:
    """One way in which a name stands: how often, and where first."""

    count: int = 0
    first: tuple[Passage, int, int] | None = None


Forms = dict[str, _Form]


def check_variants(library: Library, language: str, house: House, passages: list[Passage]) -> Iterator[Diagnostic]:
    """Check the names of one language."""
    known = {variant.casefold() for term in library.terms.get(language, []) for variant in term.avoid}
    preferred = {term.preferred.casefold() for term in library.terms.get(language, [])}
    read = [one for one in passages if one.kind != "quote"]
    if data := house.get("names"):
        yield from _several(library, _Names(data).gather(read), known, preferred)
    yield from _spellings(library, read, known, preferred)


# ---------------------------------------------------------------- names of several words


class _Names:
    """Finds names with capitals in text, and the key under which each stands."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self.same = {word: group[0] for group in data["same"] for word in group}
        self.joining = frozenset(data["joining"])
        self.dropped = frozenset(data["dropped"])
        self.kinds = frozenset(self._plain(word) for word in data["kinds"])
        joining = "|".join(data["joining"])
        self.ends = re.compile(rf"\s+(?:{'|'.join(data['ends'])})\b.*$", re.IGNORECASE)
        word = r"[A-Z][\w’'-]*"
        self.name = re.compile(rf"(?<![\w-]){word}(?:\s+(?:(?:{joining})\s+){{0,2}}{word}){{1,15}}")  # no name has more words

    def _plain(self, word: str) -> str:
        """Return a word in the singular and in the form that stands for all of its meaning."""
        word = re.sub(r"['’]s$|['’]$", "", word.lower())
        word = self.same.get(word, word)
        return self.same.get(word[:-1], word[:-1]) if word.endswith("s") and not word.endswith("ss") else word

    def key(self, name: str) -> tuple[str, ...]:
        """Return the words of a name in order of the alphabet; empty for what is no body, law or document."""
        words = [self._plain(word) for word in re.split(r"[\s-]+", name) if word.lower() not in self.joining]
        telling = sorted(word for word in words if word not in self.dropped)
        return tuple(telling) if len(telling) > 1 and self.kinds.intersection(telling) else ()

    def trimmed(self, name: str) -> str:
        """Return a name without the country, and without words before it that are no part of it."""
        name = self.ends.sub("", " ".join(name.split()))
        words = name.split(" ")
        while words and (re.sub(r"['’]s$", "", words[0].lower()) in self.dropped or words[0].lower() in self.joining):
            words.pop(0)
        return " ".join(words)

    def gather(self, passages: Iterable[Passage]) -> dict[tuple[str, ...], Forms]:
        """Return the forms of each name by its key."""
        found: dict[tuple[str, ...], Forms] = defaultdict(dict)
        for one in passages:
            if one.kind in ("title", "heading"):
                continue  # a title may have capitals of its own
            for match in self.name.finditer(one.text):
                for start, words in self._single(match.start(), match[0]):
                    name = self.trimmed(words)
                    if key := self.key(name):
                        form = found[key].setdefault(name.casefold(), _Form())
                        form.count += 1
                        at = start + max(words.find(name.split(" ")[0]), 0)
                        form.first = form.first or (one, at, min(at + len(name), match.end()))
        return found

    def _single(self, start: int, words: str) -> Iterator[tuple[int, str]]:
        """Yield the names that "and" joins, each with its place, where what stands before is a whole name."""
        for joint in re.finditer(r"\s+and\s+", words):
            first = words[: joint.start()]
            if self._plain(first.split()[-1]) in self.kinds:
                yield start, first
                yield from self._single(start + joint.end(), words[joint.end() :])
                return
        yield start, words


def _several(library: Library, names: Mapping[tuple[str, ...], Forms], known: set[str], preferred: set[str]) -> Iterator[Diagnostic]:
    for forms in names.values():
        forms = _without_plurals({name: form for name, form in forms.items() if name not in known})
        if len(forms) > 1:
            yield from _told(library, rules.SEVERAL_NAMES, forms, preferred, "seems to be what is also called")


def _without_plurals(forms: Forms) -> Forms:
    """Join forms that differ by an s at the end of a word."""
    joined: Forms = {}
    seen: dict[str, str] = {}
    for name, form in sorted(forms.items(), key=lambda pair: -pair[1].count):
        plain = re.sub(r"['’]s?\b|s\b|[-]", "", name)
        if plain in seen:
            joined[seen[plain]].count += form.count
        else:
            seen[plain] = name
            joined[name] = form
    return joined


def _told(library: Library, rule: rules.Rule, forms: Forms, preferred: set[str], how: str) -> Iterator[Diagnostic]:
    """Report every form but the right one: that of the term base, else the most frequent."""
    ordered = sorted(forms, key=lambda name: (name not in preferred, -forms[name].count, name))
    right = forms[ordered[0]]
    for name in ordered[1:]:
        if rule is rules.NAME_SPELLINGS and _goes_on(name, ordered[0]):
            continue
        form = forms[name]
        assert form.first and right.first
        origin, _ = place_of(library, *form.first)
        times = f"{form.count} times, first here" if form.count > 1 else "once"
        other_times = f"{right.count} times" if right.count > 1 else "once"
        place = place_of(library, *right.first)[0]
        other = quotable(library, _words(right), place, origin)
        message = f"'{_words(form)}' ({times}) {how} '{other}' ({other_times}, first in {place})"
        yield rule.at(origin, message, "choose one, and put the other under 'avoid' in the term base")


def _words(form: _Form) -> str:
    assert form.first
    one, start, end = form.first
    return " ".join(one.text[start:end].split())


# ---------------------------------------------------------------- spellings of one name

_NAME = re.compile(r"(?<![\w@./-])[A-Z][a-z]{3,}(?:-[A-Z]?[a-z]{3,})?(?![\w@/])")
_PAIR = re.compile(r"(?<![\w@./-])(?=([A-Z][a-z]{3,})\s+([A-Z][a-z]{3,})(?![\w@/]))")


@dataclass(slots=True)
class _Spellings:
    """Single names by their form, and pairs of names by one of the two and the letters of the other."""

    forms: Forms = field(default_factory=dict)
    pairs: dict[tuple[str, str, int], Forms] = field(default_factory=lambda: defaultdict(dict))
    small: set[str] = field(default_factory=set)


def _spellings(library: Library, passages: list[Passage], known: set[str], preferred: set[str]) -> Iterator[Diagnostic]:
    found = _gathered(passages)
    told: set[frozenset[str]] = set()
    for group in _groups(
        {name: form for name, form in found.forms.items() if name.lower() not in found.small and name.casefold() not in known}
    ):
        told.add(frozenset(group))
        yield from _told(
            library, rules.NAME_SPELLINGS, {name: found.forms[name] for name in group}, preferred, "seems to be the same name as"
        )
    for forms in found.pairs.values():
        if len(forms) > 1 and not any(group >= set(" ".join(forms).split()) - _common(forms) for group in told):
            kept = {name: form for name, form in forms.items() if name.casefold() not in known}
            if len(kept) > 1:
                yield from _told(library, rules.NAME_SPELLINGS, kept, preferred, "seems to be the same name as")


def _common(forms: Forms) -> set[str]:
    return set.intersection(*(set(name.split()) for name in forms))


def _gathered(passages: list[Passage]) -> _Spellings:
    found = _Spellings()
    small = re.compile(r"(?<![\w@./-])[a-z]{4,}")
    for one in passages:
        found.small.update(small.findall(one.text))
        for match in _NAME.finditer(one.text):
            _count(found.forms, match[0], one, match.span())
        for match in _PAIR.finditer(one.text):
            first, last = match[1], match[2]
            span = (match.start(), match.end(2))
            _count(found.pairs[(last, "".join(sorted(first.lower())), 0)], f"{first} {last}", one, span)
            _count(found.pairs[(first, "".join(sorted(last.lower())), 1)], f"{first} {last}", one, span)
    return found


def _count(forms: Forms, name: str, one: Passage, span: tuple[int, int]) -> None:
    form = forms.setdefault(name, _Form())
    form.count += 1
    form.first = form.first or (one, *span)


def _groups(forms: Forms) -> Iterator[list[str]]:
    """Yield names that seem to be one, joined through those that are alike."""
    blocks: dict[str, list[str]] = defaultdict(list)
    for name in sorted(forms):
        for key in {*_sounds(name), _consonants(name)}:
            blocks[key].append(name)
    joined: dict[str, set[str]] = {}
    for names in blocks.values():
        for place, name in enumerate(names[:40]):
            for other in names[place + 1 : 40]:
                if _one_name(name, other):
                    both = joined.get(name, {name}) | joined.get(other, {other})
                    joined |= dict.fromkeys(both, both)
    yield from (sorted(group) for group in {id(group): group for group in joined.values()}.values())


def _sounds(name: str) -> Iterator[str]:
    parts = [sorted(sound_keys(part)) for part in name.split("-")]
    if all(parts):
        yield "-".join(part[0] for part in parts)


_SKELETON = ((r"tz|ts|z", "s"), (r"[cq]", "k"), (r"w", "v"), (r"(?<!^)[aeiouyh’']|-", ""), (r"(.)\1", r"\1"))


def _consonants(name: str) -> str:
    """Return the consonants by which long names that sound nearly alike meet: the first three and the last two."""
    plain = latin(name).lower()
    for pattern, other in _SKELETON:
        plain = re.sub(pattern, other, plain)
    return f"{plain[:3]}…{plain[-2:]}" if len(plain) >= 5 and len(name) >= 9 else f"={name}"


def _one_name(one: str, other: str) -> bool:
    """True if two forms may be one name: not where one only goes on after the other (Kazakh, Kazakhstan), nor for its plural or case."""
    first, second = one.lower(), other.lower()
    if first == second:
        return one != other and "-" in one
    if _goes_on(first, second):
        return False
    return alike(first, second) >= _ALIKE or (set(_sounds(one)) & set(_sounds(other)) != set() and alike(first, second) >= 70)


def _goes_on(one: str, other: str) -> bool:
    return one.lower().startswith(other.lower()) or other.lower().startswith(one.lower())
