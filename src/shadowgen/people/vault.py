"""Identities outside the workspace, in one encrypted file. The only door to pyrage.

Enters: the bytes of a vault and of a key file in the formats of age (age-encryption.org/v1). Leaves: a `Vault`, in memory only; bytes that only
the holders of its recipients' keys can read. Nothing plain is written anywhere. A vault holds its recipients, so that it can be sealed again.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from shadowgen.personfields import parse_vault

LEAST_RECIPIENTS = 2  # a lost key must not lose the identities


class VaultError(Exception):
    """Why a vault cannot be used; the message holds nothing of what stands in it."""


@dataclass(frozen=True, slots=True, repr=False)
class Vault:
    """Identities by the key of the person, and the public keys for which they are sealed. It prints as a count."""

    recipients: tuple[str, ...]
    persons: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    def __repr__(self) -> str:
        return f"Vault({len(self.persons)} persons)"


def _age() -> Any:
    try:
        import pyrage
    except ImportError:
        raise VaultError("vaults need one more package: pip install 'shadowgen[vault]'") from None
    return pyrage


def new_key() -> tuple[str, str]:
    """Return the text of a new key file, and the recipient that goes with it."""
    identity = _age().x25519.Identity.generate()
    recipient = str(identity.to_public())
    return f"# public key: {recipient}\n{identity}\n", recipient


def check_recipient(text: str) -> str:
    """Return a recipient; raises VaultError if it is none."""
    age = _age()
    try:
        age.x25519.Recipient.from_str(text.strip())
    except Exception:
        raise VaultError("a recipient starts with age1 and is a public key of age") from None
    return text.strip()


def seal(vault: Vault) -> bytes:
    """Return the bytes of a vault; they differ each time."""
    age = _age()
    recipients = [age.x25519.Recipient.from_str(check_recipient(one)) for one in vault.recipients]
    if not recipients:
        raise VaultError("a vault needs a recipient")
    plain = json.dumps({"recipients": list(vault.recipients), "persons": vault.persons}, ensure_ascii=False, sort_keys=True)
    return bytes(age.encrypt(plain.encode(), recipients))


def unseal(data: bytes, key_file: str) -> Vault:
    """Return the vault that bytes hold; raises VaultError if the key does not open it, or it was cut short or changed."""
    age = _age()
    if not data.startswith(b"age-encryption.org/v1\n"):
        raise VaultError("the file is no vault: it does not start as files of age do")
    identities = _identities(age, key_file)
    try:
        plain = bytes(age.decrypt(data, identities))
    except age.DecryptError as error:
        if "No matching keys" in str(error):
            raise VaultError("this key does not open the vault") from None
        raise VaultError("the vault was cut short or changed") from None
    except Exception:
        raise VaultError("the vault was cut short or changed") from None
    try:
        recipients, persons = parse_vault(plain)
    except ValueError:
        raise VaultError("the vault was opened, and does not hold what a vault of shadowgen holds") from None
    return Vault(recipients, persons)


def _identities(age: Any, key_file: str) -> list[Any]:
    lines = [line.strip() for line in key_file.splitlines()]
    keys = [line for line in lines if re.fullmatch(r"AGE-SECRET-KEY-1[A-Z0-9]+", line)]
    try:
        identities = [age.x25519.Identity.from_str(key) for key in keys]
    except Exception:
        identities = []
    if not identities:
        raise VaultError("the key file holds no key of age: a line that starts with AGE-SECRET-KEY-1")
    return identities
