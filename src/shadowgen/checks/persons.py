"""Rules over persons: references, consent, pseudonyms that tell too much, and names typed in texts. No message says a name.

Enters: a `Library`, with identities from a vault if it was given. Leaves: problems that name persons by their keys.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from shadowgen import rules
from shadowgen.checks.names import runs
from shadowgen.diagnostics import Diagnostic, Origin, did_you_mean
from shadowgen.library import Library
from shadowgen.markdown import PERSON
from shadowgen.nodes import Figure, PersonName, plain_text, walk
from shadowgen.people.initials import agree, initial_letters
from shadowgen.people.names import Hit, Level, Matcher, Secret
from shadowgen.persons import Person, names_of, person_secrets
from shadowgen.records import AUDIENCES, may_read


def check_persons(library: Library, *, others: bool = True) -> Iterator[Diagnostic]:
    """Yield every problem with persons that needs no document; `others`: look also for contributors and interviewed persons in texts."""
    for key, form, language, audience, origin in references(library):
        yield from _reference(library, key, form, language, audience, origin)
    for person in library.people.values():
        yield from _consent(person)
        yield from telling(person)
    yield from _typed(library, others=others)


# ---------------------------------------------------------------- references


def references(library: Library) -> Iterator[tuple[str, str, str, str, Origin]]:
    """Yield each reference to a person: key, form, language (empty: any), the audience of the text, and its place."""
    for section in library.sections.values():
        for prose in section.prose.values():
            for node in walk(prose.words()):
                if isinstance(node, PersonName):
                    yield node.key, node.form, prose.language, section.audience, node.origin or prose.origin
    for origin, language, words, audience in _plain_words(library):
        for match in PERSON.finditer(words):
            yield match[1], match[2] or "", language, audience, origin


def _plain_words(library: Library) -> Iterator[tuple[Origin, str, str, str]]:
    """Yield the words of sources, contributors and submissions: their place, language (empty: any), and audience."""
    records = [(one.origin, one.fields, one.audience) for one in library.sources.values()]
    records += [(one.origin, (one.name, one.short, one.city, one.role, one.about), one.audience) for one in library.contributors.values()]
    records += [
        (
            one.origin,
            (
                one.title,
                one.subtitle,
                one.short_title,
                one.place,
                one.session,
                one.addressee,
                one.salutation,
                one.contact,
                one.keywords,
                one.themes,
                one.variables,
            ),
            one.audience,
        )
        for one in library.plans.values()
    ]
    for origin, values, audience in records:
        yield from ((origin, language, words, audience) for language, words in _flat(values, ""))


def _flat(value: object, language: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield language, value
    elif isinstance(value, tuple):
        for one in value:
            yield from _flat(one, language)
    elif hasattr(value, "items"):
        for key, one in value.items():
            yield from _flat(one, key if re.fullmatch(r"[a-z]{2,3}(-[A-Z].*)?", key) and isinstance(one, str) else language)


def _reference(library: Library, key: str, form: str, language: str, audience: str, origin: Origin) -> Iterator[Diagnostic]:
    person = library.people.get(key)
    if person is None:
        yield rules.UNKNOWN_PERSON.at(origin, f"there is no person '{key}'", did_you_mean(key, list(library.people)))
        return
    tongues = [language] if language else sorted({one for plan in library.plans.values() for one in plan.languages})
    readers = [reader for reader in AUDIENCES if may_read(reader, audience) and not person.lacks_identity(reader)]
    lacking = {(person.kind(reader), tongue) for reader in readers for tongue in tongues}
    for kind, tongue in sorted(one for one in lacking if not person.exactly(one[0], form, one[1])):
        if kind == "description" and not form:
            continue  # the language has a word for a name withheld
        what = f"the {kind} of '{key}' is missing in '{tongue}'" + (f" in the form '{form}'" if form else "")
        yield rules.MISSING_PERSON_FORM.at(origin, what, f"add it in {person.origin}")


def lacking_identities(library: Library, audience: str, sections: set[str]) -> Iterator[Diagnostic]:
    """Report persons of these sections, and of sources and other records, whose agreed name is in a vault that was not given."""
    allowed = library.for_audience(audience, by_key=True)
    allowed.sections = {id: section for id, section in allowed.sections.items() if id in sections}
    rule = rules.IDENTITY_NOT_GIVEN if audience == "internal" else rules.IDENTITY_NEEDED
    for key in dict.fromkeys(key for key, *_ in references(allowed)):
        person = library.people.get(key)
        if person and person.lacks_identity(audience):
            yield rule.at(person.origin, f"'{key}' is to be named to the audience '{audience}', and the vault was not given")


# ---------------------------------------------------------------- a person


def _consent(person: Person) -> Iterator[Diagnostic]:
    namings = {person.naming(audience) for audience in AUDIENCES}
    if namings & {"name", "initials"} and not person.recorded:
        yield rules.CONSENT_WITHOUT_RECORD.at(
            person.origin, f"'{person.key}' is to be named, and when, by whom or for what is not recorded"
        )
    if namings == {"withheld"} and not person.consents:
        yield rules.NO_CONSENT.at(person.origin, f"'{person.key}' has agreed to nothing that is recorded")
    if person.vault and person.told_here:
        yield rules.IDENTITY_IN_WORKSPACE.at(person.origin, f"'{person.key}' is in a vault, and something of the identity stands here")


def telling(person: Person) -> Iterator[Diagnostic]:
    """Report a key, pseudonym or description that shares a part of the real name or its initials."""
    names = list(dict.fromkeys(names_of(person)))
    matcher = Matcher(Secret("", "name", name) for name in names)
    initials = [letters for name in names for word in name.split() if (letters := initial_letters(word))]
    for kind in ("pseudonym", "description"):
        for words in (words for kinds in person.words.values() for _, words in _flat(kinds.get(kind), "")):
            shares = bool(names) and matcher.search(words)
            if shares or (kind == "pseudonym" and any(agree(initial_letters(one), initials) for one in _initials(words))):
                yield rules.TELLING_PSEUDONYM.at(person.origin, f"the {kind} of '{person.key}' shares a part or an initial of the name")
                break
    if names and matcher.search(" ".join(part.capitalize() for part in person.key.split("-"))):
        yield rules.TELLING_PSEUDONYM.at(person.origin, "the key of this person holds a part of the name", "rename it: keys are printed")


def _initials(pseudonym: str) -> list[str]:
    """Return what a reader would take for initials: single letters; where there are none and no figure, words with a capital."""
    words = re.findall(r"[^\W_]+", pseudonym)
    single = [word for word in words if len(word) == 1 and word.isalpha()]
    return single or [word for word in words if word[0].isupper() and not re.search(r"\d", pseudonym)]


# ---------------------------------------------------------------- names typed in texts


def _typed(library: Library, *, others: bool) -> Iterator[Diagnostic]:
    """Report the names that stand in texts of an audience which may not read them, once each."""
    told: set[tuple[Origin, str]] = set()
    for audience in ("public", "committee"):
        matcher = Matcher(one for one in _names(library, audience) if others or one.key.startswith("person "))
        for origin, words in _texts(library.for_audience(audience, by_key=True)) if matcher.has_secrets else ():
            for hit in matcher.search(words):
                place = _place(library.texts.get(origin.file, ""), origin, words[hit.start : hit.end])
                if hit.level is not Level.GIVEN and (place, hit.key) not in told:
                    told.add((place, hit.key))
                    yield _told(hit, place, audience)


def _told(hit: Hit, place: Origin, audience: str) -> Diagnostic:
    kind, key = hit.key.split(" ", 1)
    hint = f"write [@@{key}]" if kind == "person" else "make it a person under sections/people, and write [@@key]"
    if hit.level is Level.FULL or (kind == "person" and hit.level.blocks):  # a contributor's surname is often a namesake's
        return rules.NAME_IN_TEXT.at(place, f"the name of {kind} '{key}' stands here, which the audience '{audience}' may not read", hint)
    return rules.NAME_IN_TEXT_PERHAPS.at(
        place, f"this may be the name of {kind} '{key}', which the audience '{audience}' may not read", hint
    )


def _names(library: Library, audience: str) -> Iterator[Secret]:
    for person in library.people.values():
        yield from (Secret(f"person {person.key}", one.kind, one.text) for one in person_secrets({person.key: person}, audience))
    for key, one in library.contributors.items():
        if not one.named:
            yield from (Secret(f"contributor {key}", "name", words) for _, words in _flat(one.name, ""))
    for key, source in library.sources.items():
        if not may_read(audience, source.audience):
            yield from (
                Secret(f"source {key}", "name", words) for _, words in _flat(source.fields.get("person"), "") if not PERSON.search(words)
            )


def _texts(library: Library) -> Iterator[tuple[Origin, str]]:
    """Yield every text of a library, with its place."""
    for section in library.sections.values():
        for prose in section.prose.values():
            yield from ((origin, plain_text(words)) for words, origin in runs(prose))
            yield from (
                (node.origin or prose.origin, words) for node in walk(prose.body) if isinstance(node, Figure) for words in _drawn(node)
            )
    yield from ((origin, words) for origin, _, words, _ in _plain_words(library))
    for document in library.commitments.values():
        values = tuple(part for one in document.paragraphs for part in (one.title, one.summary, one.text))
        yield from ((document.origin, words) for _, words in _flat((document.title, document.short, document.body, *values), ""))


def _drawn(figure: Figure) -> Iterator[str]:
    """Yield the words of a figure that are no prose: its alternative text, and what stands in a chart."""
    yield figure.alt
    if chart := figure.chart:
        yield from (chart.unit, *chart.labels, *(one.name for one in chart.series))


def _place(text: str, origin: Origin, words: str) -> Origin:
    """Return where words stand in a file, at or after a place; that place if a mark or the end of a line cuts them."""
    lines = text.split("\n")
    start = sum(len(line) + 1 for line in lines[: max(origin.line - 1, 0)])
    found = re.compile(r"\s+".join(map(re.escape, words.split())) or r"(?!)").search(text, start)
    if found is None:
        return origin
    before = text[: found.start()]
    return Origin(origin.file, before.count("\n") + 1, found.start() - (before.rfind("\n") + 1) + 1)
