"""What the library keeps back from an audience, and the search for it in the words of a file.

Enters: a `Library`, an audience; later pairs of place and words. Leaves: `Secret`s, and findings that name the record, never the words.
Words are found in any case, composition of letters, spacing, hyphenation and punctuation, over line ends and split runs; names of persons in
other grammatical forms, alphabets and spellings as well.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from shadowgen.diagnostics import Origin
from shadowgen.people import names
from shadowgen.persons import person_secrets, refers
from shadowgen.records import Words, may_read
from shadowgen.scan.findings import Finding

if TYPE_CHECKING:
    from shadowgen.library import Library
    from shadowgen.nodes import Block

SHORTEST = 4  # letters and digits; shorter words stand in any text by chance
_TELLING = (
    12  # letters of a span or paragraph: a shorter one, such as "Name", stands in the style sheet too; with figures in it, half as many
)
_PERSONAL = ("person", "code", "description")
_OTHER = ("title", "holder", "author", "recipient")  # often the coalition itself, which its documents name


@dataclass(frozen=True, slots=True)
class Secret:
    """Words that an audience may not read, with the record that holds them; `person` says that they are the name of one."""

    record: str
    words: str
    person: bool = False


def secrets_of(library: Library, audience: str = "public") -> list[Secret]:
    """Return what `audience` may not read: sections, spans, sources and contributors.

    Words that its own documents may hold are no secret, wherever else they stand; names of people are, always. From the coalition itself
    (`internal`) nothing is kept back.
    """
    if audience == "internal":
        return []
    persons = (Secret(one.key, one.text, one.kind == "name") for one in person_secrets(library.people, audience))
    named = [*persons, *_people(library, audience), *_sources(library, audience, _PERSONAL)]
    open_words = squeezed("\0".join(words for _, words in texts_of(library.for_audience(audience))))[0]
    spoken = [*_spoken(library, audience), *_sources(library, audience, _OTHER)]
    spoken = [secret for secret in spoken if _is_telling(row := squeezed(secret.words)[0]) and row not in open_words]
    return [secret for secret in dict.fromkeys([*named, *spoken]) if len(squeezed(secret.words)[0]) >= SHORTEST]


def _is_telling(row: str) -> bool:
    return len(row) >= _TELLING or (2 * len(row) >= _TELLING and any(char.isdigit() for char in row))


def _all_words(value: Words | None) -> Iterator[str]:
    """Yield words in each language, but references to persons."""
    every = value.values() if isinstance(value, Mapping) else (value,)
    yield from (words for words in every if isinstance(words, str) and not refers(words))


def _people(library: Library, audience: str) -> Iterator[Secret]:
    for key, one in library.contributors.items():
        if not one.named or not may_read(audience, one.audience):
            yield from (
                Secret(f"contributor '{key}', {one.origin}", words, one.type == "person")
                for value in (one.name, one.short)
                for words in _all_words(value)
            )


def _sources(library: Library, audience: str, fields: tuple[str, ...]) -> Iterator[Secret]:
    for key, source in library.sources.items():
        if not may_read(audience, source.audience):
            for name in fields:
                for words in _all_words(source.fields.get(name)):
                    yield Secret(f"source '{key}', {source.origin}", words, name == "person")


def _spoken(library: Library, audience: str) -> Iterator[Secret]:
    from shadowgen.markdown import words_of
    from shadowgen.nodes import Confidential, Paragraph, walk

    for id, section in library.sections.items():
        for prose in section.prose.values():
            if not may_read(audience, section.audience):
                record = f"section '{id}', {prose.origin}"
                yield Secret(record, prose.title_text)
                yield from (Secret(record, words_of(node.content)) for node in walk(prose.words()) if isinstance(node, Paragraph))
                yield from (Secret(record, words_of(ask)) for ask in prose.asks)
            for span in walk(prose.words()):
                if isinstance(span, Confidential) and not may_read(audience, span.audience):
                    yield Secret(
                        f"words marked {{{span.audience}}} in section '{id}', {_place(span, prose.origin)}", words_of(span.children)
                    )


def _place(node: Any, otherwise: Origin) -> Origin:
    return getattr(node, "origin", None) or otherwise


def texts_of(library: Library) -> Iterator[tuple[Origin, str]]:
    """Yield the words of every text of a library, with the place where they begin."""
    from shadowgen.markdown import words_of
    from shadowgen.nodes import Cell, Heading, Paragraph, plain_text, walk

    for section in library.sections.values():
        for prose in section.prose.values():
            yield prose.origin, "\0".join([prose.title_text, *map(words_of, (prose.asks_lead, *prose.asks))])
            for block in prose.body:
                parts = [words_of(node.content) for node in walk(block) if isinstance(node, Paragraph | Heading | Cell)]
                yield _first_place(block, prose.origin), "\0".join([plain_text(block), *parts])
    for one in library.contributors.values():
        yield one.origin, "\0".join(words for value in (one.name, one.short, one.role, one.about) for words in _all_words(value))
    for source in library.sources.values():
        yield source.origin, "\0".join(words for value in source.fields.values() for words in _all_words(value))
    for document in library.commitments.values():
        values = [value for one in document.paragraphs for value in (one.title, one.summary, one.text)]
        yield document.origin, "\0".join(words for value in (document.title, *values) for words in _all_words(value))
    for plan in library.plans.values():
        values = [plan.title, plan.subtitle, *plan.addressee, *plan.variables.values()]
        yield plan.origin, "\0".join(words for value in values for words in _all_words(value))


def _first_place(block: Block, otherwise: Origin) -> Origin:
    from shadowgen.nodes import walk

    return next((origin for node in walk(block) if (origin := getattr(node, "origin", None))), otherwise)


# ---------------------------------------------------------------- the search


def squeezed(text: str) -> tuple[str, list[int], list[int], str]:
    """Return the letters and digits of a text in one row, all small; for each of its stretches where it starts in the row and in the plain text; and that.

    Zero bytes stay: they keep words of two places apart.
    """
    plain = unicodedata.normalize("NFKC", unicodedata.normalize("NFKD", text).casefold())
    plain = "".join(char for char in plain if unicodedata.category(char) != "Cf") if not plain.isascii() else plain
    row, starts, origins, length = [], [], [], 0
    for match in re.finditer(r"[^\W_]+|\0", plain):
        row.append(match[0])
        starts.append(length)
        origins.append(match.start())
        length += len(match[0])
    return "".join(row), starts, origins, plain


def tell_secrets(words: Iterable[tuple[str, str]], secrets: Iterable[Secret]) -> Iterator[Finding]:
    """Yield a finding for each record and place where words of a secret stand: `secret`, or `surname` where it may be another person's."""
    pieces, kept = list(words), list(secrets)
    told = set()
    for kind, place, record in (*_words_told(pieces, kept), *_names_told(pieces, [one for one in kept if one.person])):
        if not {(kind, place, record), ("secret", place, record)} & told:
            told.add((kind, place, record))
            yield Finding(kind, place, record)


def _words_told(pieces: list[tuple[str, str]], secrets: list[Secret]) -> Iterator[tuple[str, str, str]]:
    row, starts, origins, plain = squeezed("\0".join(text.replace("\0", " ") for _, text in pieces))
    borders = [at for at, char in enumerate(row) if char == "\0"]
    for secret in secrets:
        wanted = squeezed(secret.words)[0]
        for at in _places(row, wanted):
            if _stands_alone(at, at + len(wanted), starts, origins, plain):
                yield "secret", pieces[bisect_right(borders, at)][0], secret.record


def _names_told(pieces: list[tuple[str, str]], persons: list[Secret]) -> Iterator[tuple[str, str, str]]:
    if not persons:
        return
    matcher = names.Matcher(names.Secret(one.record, "name", one.words) for one in persons)
    text = names.APART.join(piece for _, piece in pieces)
    borders = list(accumulate(len(piece) + len(names.APART) for _, piece in pieces))
    for hit in sorted(matcher.search(text), key=lambda one: one.level is not names.Level.FULL):
        if hit.level.blocks:
            kind = "secret" if hit.level is names.Level.FULL else "surname"
            yield kind, pieces[bisect_right(borders, hit.start)][0], hit.key


def _places(row: str, wanted: str) -> Iterator[int]:
    at = row.find(wanted)
    while at >= 0:
        yield at
        at = row.find(wanted, at + 1)


def _stands_alone(start: int, end: int, starts: list[int], origins: list[int], plain: str) -> bool:
    """True if no letter or digit touches the words on either side in the plain text."""
    first, last = _origin(start, starts, origins), _origin(end - 1, starts, origins)
    before, after = plain[first - 1 : first], plain[last + 1 : last + 2]
    return not before.isalnum() and not after.isalnum()


def _origin(at: int, starts: list[int], origins: list[int]) -> int:
    stretch = bisect_right(starts, at) - 1
    return origins[stretch] + at - starts[stretch]
