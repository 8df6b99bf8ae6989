"""What a file under `sections/people/` may say of persons: how they may be named, and what they agreed to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field, StringConstraints, TypeAdapter, ValidationError

from shadowgen.filefields import Accepted, Day, FileModel, Id, Line, Words

Naming = Literal["name", "initials", "pseudonym", "withheld"]
FormName = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=64)]


class Display(FileModel):
    """Words that stand for a person, by how much they tell."""

    name: Words | None = Field(default=None, description="the real name; better kept in a vault outside the workspace")
    initials: Words | None = None
    pseudonym: Words | None = Field(default=None, description="a name that shares no part and no initials with the real one")
    description: Words | None = Field(default=None, description='printed where the name is withheld: "a former detainee"')


class Consent(FileModel):
    """How a person agreed to be named, by audience; for an audience that is not named here, the name is withheld."""

    public: Naming = "withheld"
    committee: Naming = "withheld"
    internal: Naming = "withheld"
    recorded: Day | None = Field(default=None, description="when the person agreed")
    by: Line | None = Field(default=None, description="who asked the person; a role or a key will do")
    purpose: Words | None = Field(default=None, description="for what: the report, the follow-up, the press")


class PersonEntry(Display):
    """A person: how to name them, and what they agreed to."""

    vault: bool = Field(default=False, description="the identity is kept in a vault; nothing of it stands here")
    aliases: list[Line] = Field(default=[], description="other names and spellings to look for")
    contacts: list[Line] = Field(default=[], description="numbers, addresses and codes to look for as they stand")
    forms: dict[FormName, Display] = Field(default={}, description="grammatical forms: [@@key, gen] prints the form gen")
    consent: Consent = Consent()
    accepted: Accepted = []


PeopleFile = TypeAdapter(dict[Id, PersonEntry], config=ConfigDict(hide_input_in_errors=True))


class IdentityForm(FileModel):
    """A grammatical form of a real name."""

    name: Words | None = None
    initials: Words | None = None


class Identity(IdentityForm):
    """Who a person is: what a vault holds, and no file of the workspace."""

    aliases: list[Line] = []
    contacts: list[Line] = []
    forms: dict[FormName, IdentityForm] = {}


class _VaultContent(FileModel):
    recipients: list[Line]
    persons: dict[Id, Identity]


def parse_vault(plain: bytes) -> tuple[tuple[str, ...], dict[str, dict[str, Any]]]:
    """Return the recipients and the identities of an opened vault; raises ValueError, with nothing of it, if it holds something else."""
    try:
        content = TypeAdapter(_VaultContent).validate_json(plain)
    except ValidationError:
        raise ValueError("not a vault") from None
    persons = {key: one.model_dump(exclude_none=True, exclude_defaults=True) for key, one in content.persons.items()}
    return tuple(content.recipients), persons


def identity_of(key: str, asked: Mapping[str, Any]) -> dict[str, Any]:
    """Return an identity from what a person typed, lists separated by semicolons; raises ValueError, with nothing of it, for what cannot be one."""
    lists = {name: [part for one in asked[name].split(";") if (part := one.strip())] for name in ("aliases", "contacts")}
    said = {"name": asked["name"], "initials": asked["initials"].strip() or None, **lists}
    try:
        persons = TypeAdapter(dict[Id, Identity]).validate_python({key: said})
    except ValidationError:
        raise ValueError("not an identity") from None
    return persons[key].model_dump(exclude_none=True, exclude_defaults=True)
