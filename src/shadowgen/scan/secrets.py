"""What the library keeps back from an audience, and the search for it in the words of a file.

Enters: a `Library`, an audience; later pairs of place and words. Leaves: `Secret`s, whose key is the record; findings that name it, never the words.
Words are found in any case, composition of letters, spacing, hyphenation and punctuation, over line ends and split runs; names of persons in
other grammatical forms, alphabets and spellings as well.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from shadowgen.diagnostics import Origin
from shadowgen.people.exact import WALL, Row
from shadowgen.people.names import APART, Level, Matcher, Secret
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


def secrets_of(library: Library, audience: str = "public") -> list[Secret]:
    """Return what `audience` may not read: sections, spans, sources and contributors.

    Words that its own documents may hold are no secret, wherever else they stand; names of people are, always. From the coalition itself
    (`internal`) nothing is kept back.
    """
    if audience == "internal":
        return []
    named = [*person_secrets(library.people, audience), *_people(library, audience), *_sources(library, audience, _PERSONAL)]
    open_words = Row(WALL.join(words for _, words in texts_of(library.for_audience(audience)))).letters
    spoken = [*_spoken(library, audience), *_sources(library, audience, _OTHER)]
    spoken = [secret for secret in spoken if _is_telling(row := Row(secret.text).letters) and row not in open_words]
    return [secret for secret in dict.fromkeys([*named, *spoken]) if len(Row(secret.text).letters) >= SHORTEST]


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
                Secret(f"contributor '{key}', {one.origin}", "name" if one.type == "person" else "words", words)
                for value in (one.name, one.short)
                for words in _all_words(value)
            )


def _sources(library: Library, audience: str, fields: tuple[str, ...]) -> Iterator[Secret]:
    for key, source in library.sources.items():
        if not may_read(audience, source.audience):
            for name in fields:
                for words in _all_words(source.fields.get(name)):
                    yield Secret(f"source '{key}', {source.origin}", "name" if name == "person" else "words", words)


def _spoken(library: Library, audience: str) -> Iterator[Secret]:
    from shadowgen.markdown import words_of
    from shadowgen.nodes import Confidential, Paragraph, walk

    for id, section in library.sections.items():
        for prose in section.prose.values():
            if not may_read(audience, section.audience):
                record = f"section '{id}', {prose.origin}"
                yield Secret(record, "words", prose.title_text)
                yield from (Secret(record, "words", words_of(node.content)) for node in walk(prose.words()) if isinstance(node, Paragraph))
                yield from (Secret(record, "words", words_of(ask)) for ask in prose.asks)
            for span in walk(prose.words()):
                if isinstance(span, Confidential) and not may_read(audience, span.audience):
                    yield Secret(
                        f"words marked {{{span.audience}}} in section '{id}', {_place(span, prose.origin)}",
                        "words",
                        words_of(span.children),
                    )


def _place(node: Any, otherwise: Origin) -> Origin:
    return getattr(node, "origin", None) or otherwise


def texts_of(library: Library) -> Iterator[tuple[Origin, str]]:
    """Yield the words of every text of a library, with the place where they begin."""
    from shadowgen.markdown import words_of
    from shadowgen.nodes import Cell, Heading, Paragraph, plain_text, walk

    for section in library.sections.values():
        for prose in section.prose.values():
            yield prose.origin, WALL.join([prose.title_text, *map(words_of, (prose.asks_lead, *prose.asks))])
            for block in prose.body:
                parts = [words_of(node.content) for node in walk(block) if isinstance(node, Paragraph | Heading | Cell)]
                yield _first_place(block, prose.origin), WALL.join([plain_text(block), *parts])
    for one in library.contributors.values():
        yield one.origin, WALL.join(words for value in (one.name, one.short, one.role, one.about) for words in _all_words(value))
    for source in library.sources.values():
        yield source.origin, WALL.join(words for value in source.fields.values() for words in _all_words(value))
    for document in library.commitments.values():
        values = [value for one in document.paragraphs for value in (one.title, one.summary, one.text)]
        yield document.origin, WALL.join(words for value in (document.title, *values) for words in _all_words(value))
    for plan in library.plans.values():
        values = [plan.title, plan.subtitle, *plan.addressee, *plan.variables.values()]
        yield plan.origin, WALL.join(words for value in values for words in _all_words(value))


def _first_place(block: Block, otherwise: Origin) -> Origin:
    from shadowgen.nodes import walk

    return next((origin for node in walk(block) if (origin := getattr(node, "origin", None))), otherwise)


# ---------------------------------------------------------------- the search


def tell_secrets(words: Iterable[tuple[str, str]], secrets: Iterable[Secret]) -> Iterator[Finding]:
    """Yield a finding for each record and place where words of a secret stand: `secret`, or `surname` where it may be another person's."""
    pieces, kept = list(words), list(secrets)
    matcher = Matcher([*kept, *(replace(one, kind="words") for one in kept if one.kind == "name")])
    borders = list(accumulate(len(text) + len(APART) for _, text in pieces))
    told = set()
    hits = matcher.search(APART.join(text.replace(WALL, " ") for _, text in pieces)) if matcher.has_secrets else []
    for hit in sorted((one for one in hits if one.level.blocks), key=lambda one: one.level is not Level.FULL):
        place = pieces[bisect_right(borders, hit.start)][0]
        if (place, hit.key) not in told:
            told.add((place, hit.key))
            yield Finding("secret" if hit.level is Level.FULL else "surname", place, hit.key)
