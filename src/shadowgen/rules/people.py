"""The rules SG8: people and confidentiality."""

from shadowgen.rules.registering import error as _error
from shadowgen.rules.registering import warning as _warning

UNKNOWN_PERSON = _error(
    "SG801",
    "unknown-person",
    """
    A reference `[@@key]` names a person who is in no file under `sections/people/`.
    Correct the key, or add the person: with a pseudonym or a description, and with what the person agreed to.""",
)
MISSING_PERSON_FORM = _error(
    "SG802",
    "missing-person-form",
    """
    The words that would stand for a person are missing: in this language, or in the grammatical form that `[@@key, form]` asks for.
    Give them in the person's file: `pseudonym: {ru: ...}`, or `forms: {gen: {pseudonym: {ru: ...}}}`. A name is never put in their place.""",
)
NAME_IN_TEXT = _error(
    "SG803",
    "name-in-text",
    """
    The name of a person who has not agreed to be named to this audience is typed in a text that it may read, in whatever spelling, alphabet or
    case of grammar. Only the key of the person and the place are told. Write a reference `[@@key]` instead.""",
    silent=True,
)
NAME_IN_TEXT_PERHAPS = _warning(
    "SG804",
    "name-in-text-perhaps",
    """
    What may be the name of a person who has not agreed to be named is typed in a text: a surname with a typing error, one beside another
    person's given name, a very short one in small letters. Look at it. If it is somebody else, say so under `accepted`, with the reason.""",
    silent=True,
)
TELLING_PSEUDONYM = _error(
    "SG805",
    "telling-pseudonym",
    """
    The pseudonym or the description of a person, or the key, shares a part of the real name or its initials, and so leads to the person.
    Choose one that has nothing in common with the name: "Person A", not the first letter of the name.""",
)
CONSENT_WITHOUT_RECORD = _error(
    "SG806",
    "consent-without-record",
    """
    A person is to be named by name or initials, and the file does not say when they agreed (`recorded`), who asked them (`by`) and for what
    (`purpose`). Write all three, or let the consent be `pseudonym` or `withheld`.""",
)
NO_CONSENT = _warning(
    "SG807",
    "no-consent",
    """
    The file says nothing of what a person agreed to, so their name is withheld from everybody. Write `consent:` with `public`, `committee`
    and `internal`, each `name`, `initials`, `pseudonym` or `withheld`.""",
)
IDENTITY_NEEDED = _error(
    "SG808",
    "identity-needed",
    """
    A person agreed to be named to this audience, and the name is in a vault that was not given. Build with `--vault FILE --key FILE`, or let
    those build this document who have the key. Without the name the document would not say what was agreed.""",
)
IDENTITY_NOT_GIVEN = _warning(
    "SG809",
    "identity-not-given",
    """
    A document for yourselves prints the pseudonym or the description of a person, because the vault with the name was not given.
    Give it with `--vault FILE --key FILE` if you need the name.""",
)
MISPLACED_PERSON = _error(
    "SG810",
    "misplaced-person",
    """
    A reference to a person stands where words are printed as they are typed: in a commitments file, in terms, in the themes or the data of a
    chart. References work in the prose of sections, and in the words of sources, contributors and submissions.""",
)
IDENTITY_IN_WORKSPACE = _error(
    "SG811",
    "identity-in-workspace",
    """
    A person is said to be in a vault, and the file in the workspace gives a real name, initials, other names or contacts all the same.
    Delete them here: the workspace and its history are shared more widely than the vault.""",
)
VAULT_UNREADABLE = _error(
    "SG812",
    "vault-unreadable",
    """
    The vault cannot be opened: the file or the key is missing or is not what it should be, the vault is for other keys, or it was cut short or
    changed. Nothing of it was used. A backup, or the holder of another key, helps.""",
)
FEW_RECIPIENTS = _warning(
    "SG813",
    "few-recipients",
    """
    A vault can be opened with one key alone. If that is lost, every identity is lost. Add a second recipient whose key is kept elsewhere:
    `shadowgen vault recipients --add age1...`.""",
)
VAULT_DIFFERS = _warning(
    "SG814",
    "vault-differs",
    """
    The vault and the workspace do not name the same persons: one is in the vault and in no file, or a file says `vault: true` and the vault
    does not have the person.""",
)
