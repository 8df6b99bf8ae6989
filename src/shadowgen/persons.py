"""Persons and how they may be named: for an audience, in a language, in a grammatical form.

Enters: entries of `sections/people/`, identities from a vault. Leaves: `Person`s, the words that stand for one, the secrets of all.
Whatever is missing, a name without consent is never among the words.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from shadowgen.diagnostics import Origin
from shadowgen.locales import has_locale, languages, locale
from shadowgen.markdown import PERSON
from shadowgen.people.names import Secret
from shadowgen.records import AUDIENCES, Words, in_language

NAMINGS = ("withheld", "pseudonym", "initials", "name")  # each tells more than the one before
KINDS = ("name", "initials", "pseudonym", "description")


@dataclass(frozen=True, slots=True, repr=False)
class Person:
    """Somebody the prose speaks of. `words` has for each form ("" is the plain one) the words of each kind; it prints as its key alone.

    `consents`: the file says what the person agreed to; `recorded`: and when, by whom and for what; `told_here`: the workspace holds the identity.
    """

    key: str
    words: Mapping[str, Mapping[str, Words]]
    consent: Mapping[str, str]
    origin: Origin
    vault: bool = False
    aliases: tuple[str, ...] = ()
    contacts: tuple[str, ...] = ()
    consents: bool = False
    recorded: bool = False
    told_here: bool = False

    def __repr__(self) -> str:
        return f"Person({self.key!r})"

    def naming(self, audience: str) -> str:
        """Return how the person is named for an audience; what the public may read, narrower audiences may read too."""
        open_to = AUDIENCES[: AUDIENCES.index(audience) + 1]
        return max((self.consent.get(one, "withheld") for one in open_to), key=NAMINGS.index)

    def kind(self, audience: str) -> str:
        """Return which words stand for the person: those of the naming, or a description where the name is withheld."""
        naming = self.naming(audience)
        return "description" if naming == "withheld" else naming

    def exactly(self, kind: str, form: str, language: str) -> str:
        """Return the words of a kind in a form and a language, or an empty string."""
        words = self.words.get(form, {}).get(kind)
        if isinstance(words, Mapping):
            return words.get(language) or words.get(language.split("-")[0]) or ""
        return words or ""

    def lacks_identity(self, audience: str) -> bool:
        """True if the person agreed to be named by name or initials, and these are in a vault that was not given."""
        return self.vault and self.naming(audience) in ("name", "initials") and self.naming(audience) not in self.words.get("", {})

    def shown(self, audience: str, form: str, language: str) -> tuple[str, bool]:
        """Return the words that stand for the person, and whether they are a description; what lacks gives way to what tells less."""
        kinds = KINDS[KINDS.index(self.kind(audience)) :]
        for kind in (one for one in kinds if one != "initials" or kinds[0] == "initials"):
            for one in dict.fromkeys((form, "")):
                if found := self.exactly(kind, one, language):
                    return found, kind == "description"
            if fallback := in_language(self.words.get("", {}).get(kind), language):
                return fallback, kind == "description"
        return withheld(language), True


def withheld(language: str) -> str:
    """Return what a language says in the place of a name that is not given."""
    tongue = language if has_locale(language) else "en"
    return locale(tongue).word("name_withheld")


def read_person(key: str, entry: Any, origin: Origin) -> Person:
    """Return the person of an entry of a file."""
    said = entry.model_dump(exclude_none=True)
    words = {"": {kind: said[kind] for kind in KINDS if kind in said}}
    words |= {form: dict(displays) for form, displays in said["forms"].items()}
    consent = {audience: said["consent"][audience] for audience in AUDIENCES}
    recorded = all(name in said["consent"] for name in ("recorded", "by", "purpose"))
    told = bool(entry.aliases or entry.contacts) or any(kind in kinds for kinds in words.values() for kind in ("name", "initials"))
    return Person(
        key,
        words,
        consent,
        origin,
        entry.vault,
        tuple(entry.aliases),
        tuple(entry.contacts),
        "consent" in entry.model_fields_set,
        recorded,
        told,
    )


def with_identity(person: Person, identity: Mapping[str, Any]) -> Person:
    """Return a person with what a vault says of them: names and initials with their forms, aliases, contacts."""
    words = {form: dict(kinds) for form, kinds in person.words.items()}
    for form, kinds in {"": identity, **identity.get("forms", {})}.items():
        words.setdefault(form, {}).update({kind: kinds[kind] for kind in ("name", "initials") if kind in kinds})
    return replace(
        person,
        words=words,
        aliases=(*person.aliases, *identity.get("aliases", ())),
        contacts=(*person.contacts, *identity.get("contacts", ())),
    )


# ---------------------------------------------------------------- secrets


def person_secrets(people: Mapping[str, Person], audience: str) -> list[Secret]:
    """Return what `audience` may not read of persons: the names of those who did not agree to be named, and contacts of all."""
    found = []
    for person in people.values():
        record = f"person '{person.key}', {person.origin}"
        if person.naming(audience) != "name":
            found += [Secret(record, "name", name) for name in dict.fromkeys(names_of(person))]
        found += [Secret(record, "words", contact) for contact in person.contacts]
    return found


def names_of(person: Person) -> Iterator[str]:
    """Yield the real name of a person in each language and form, and the aliases."""
    for kinds in person.words.values():
        yield from _each(kinds.get("name"))
    yield from person.aliases


def _each(words: Words | None) -> Iterator[str]:
    if isinstance(words, str):
        yield words
    elif words:
        yield from words.values()


# ---------------------------------------------------------------- references


@dataclass(frozen=True, slots=True)
class Naming:
    """How persons are named for one audience: the words for a reference in prose, and for those in plain words."""

    people: Mapping[str, Person]
    audience: str

    def words(self, key: str, form: str, language: str, *, starts: bool) -> str:
        """Return the words for a reference; one to nobody is a name withheld. A description that starts a sentence gets a capital."""
        person = self.people.get(key)
        text, described = person.shown(self.audience, form, language) if person else (withheld(language), True)
        return text[:1].upper() + text[1:] if starts and described else text

    def in_words(self, words: Any, language: str = "") -> Any:
        """Return plain words, in one language or by language, or anything that holds such, with the references put into words."""
        if not refers(words):
            return words
        if isinstance(words, Mapping):
            return {key: self.in_words(value, language or (key if has_locale(key) else "")) for key, value in words.items()}
        if isinstance(words, tuple):
            return tuple(self.in_words(one, language) for one in words)
        if not language:
            return {one: self.in_words(words, one) for one in languages()}
        return PERSON.sub(lambda match: self.words(match[1], match[2] or "", language, starts=match.start() == 0), words)


def refers(words: Any) -> bool:
    """True if plain words, or any in a mapping or a tuple, hold a reference to a person."""
    if isinstance(words, str):
        return PERSON.search(words) is not None
    inside = words.values() if isinstance(words, Mapping) else words if isinstance(words, tuple) else ()
    return any(map(refers, inside))
