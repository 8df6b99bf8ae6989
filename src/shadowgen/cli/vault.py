"""The commands for identities that are kept outside the workspace, and the options by which other commands use them."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from shadowgen.cli.terminal import OK, PROBLEMS, load, print_problems

if TYPE_CHECKING:
    from shadowgen.diagnostics import Diagnostic
    from shadowgen.library import Library
    from shadowgen.people.vault import Vault

_FILE = click.Path(dir_okay=False, path_type=Path)


@dataclass(frozen=True, slots=True)
class VaultAt:
    """Where a vault is, and the key file that opens it; None where nobody said."""

    file: Path | None
    key: Path | None

    @property
    def known(self) -> Path:
        """The file of the vault; without one, or without a key, the call is wrong."""
        if self.file is None or self.key is None:
            raise click.UsageError("name the vault and its key: --vault FILE --key FILE, or SHADOWGEN_VAULT and SHADOWGEN_VAULT_KEY")
        return self.file

    def open(self) -> Vault:
        """Return the opened vault; say why there can be none, and end."""
        from shadowgen.people.vault import VaultError, unseal

        known = self.known
        try:
            return unseal(_read(known, "the vault"), _read(self.key or known, "the key file").decode("utf-8", "replace"))
        except VaultError as reason:
            _refuse(known, str(reason))


def vault_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options that name a vault and its key; each may stand in the environment. The command takes both as `vault`."""

    @wraps(command)
    def run(*args: Any, vault: Path | None, key: Path | None, **others: Any) -> Any:
        return command(*args, vault=VaultAt(vault, key), **others)

    key = click.option("--key", envvar="SHADOWGEN_VAULT_KEY", type=_FILE, help="The key file that opens the vault.")
    vault = click.option("--vault", envvar="SHADOWGEN_VAULT", type=_FILE, help="The vault with the identities of persons.")
    return vault(key(run))


def _read(path: Path, what: str) -> bytes:
    from shadowgen.people.vault import VaultError

    try:
        return path.read_bytes()
    except OSError as error:
        raise VaultError(f"{what} cannot be read: {(error.strerror or 'refused').lower()}") from None


def _refuse(vault: Path, reason: str) -> NoReturn:
    from shadowgen import rules
    from shadowgen.diagnostics import Origin

    print_problems([rules.VAULT_UNREADABLE.at(Origin(vault.name), reason)], {}, as_json=False)
    sys.exit(PROBLEMS)


def load_people(directory: Path, vault: VaultAt) -> tuple[Library, list[Diagnostic]]:
    """Load the library; with a vault, its persons have their identities, in memory."""
    from shadowgen.persons import with_identity

    library, problems = load(directory)
    if vault.file is not None:
        known = vault.open().persons
        library.people = {name: with_identity(one, known[name]) if name in known else one for name, one in library.people.items()}
    return library, problems


# ---------------------------------------------------------------- the commands


@click.group()
def vault() -> None:
    """Keep identities outside the workspace. One file, encrypted with age, opened with a key file; nothing plain is written."""


@vault.command("key")
@click.argument("file", type=_FILE)
def make_key(file: Path) -> None:
    """Make a key in FILE and print its recipient. Keep the file away from the vault, and a copy with somebody you trust."""
    from shadowgen.people.vault import new_key

    _must_be_new(file)
    text, recipient = _sure(file, new_key)
    _put(file, text.encode())
    click.echo(recipient)


@vault.command("init")
@click.argument("file", type=_FILE)
@click.option("--recipient", "recipients", multiple=True, required=True, help="A public key (age1...); give at least two.")
def init(file: Path, recipients: tuple[str, ...]) -> None:
    """Start an empty vault in FILE, outside any workspace."""
    from shadowgen.people.vault import Vault, check_recipient
    from shadowgen.workspace import find_workspace

    _must_be_new(file)
    if find_workspace(file.absolute().parent) is not None:
        raise click.UsageError(f"{file} is in a workspace, which is shared and backed up: keep the vault outside it")
    _save(file, Vault(tuple(dict.fromkeys(_sure(file, lambda: [check_recipient(one) for one in recipients])))))


@vault.command("add")
@click.argument("person")
@click.option(
    "--language", "languages", multiple=True, help="Ask for the name in this language, and the next one; without it, for one name."
)
@vault_options
def add(person: str, languages: tuple[str, ...], vault: VaultAt) -> None:
    """Take the identity of PERSON (a key) into the vault. What there is of that person is replaced.

    The name is asked for, never given on the command line: that would stay in the history of the shell.
    """
    from shadowgen.people.vault import VaultError
    from shadowgen.personfields import identity_of

    opened = vault.open()
    names = {language: click.prompt(f"name in {language}", err=True) for language in languages} or click.prompt("name", err=True)
    asked = {
        "name": names,
        "initials": click.prompt("initials (may be empty)", default="", show_default=False, err=True),
        "aliases": click.prompt("other names, separated by ; (may be empty)", default="", show_default=False, err=True),
        "contacts": click.prompt("numbers and addresses, separated by ; (may be empty)", default="", show_default=False, err=True),
    }
    try:
        identity = identity_of(person, asked)
    except ValueError:
        raise click.UsageError(
            "a key has lower-case letters, digits and hyphens; a name is one line; a language is a code such as ru"
        ) from None
    try:
        _save(vault.known, replace(opened, persons={**opened.persons, person: identity}))
    except VaultError as reason:
        _refuse(vault.known, str(reason))


@vault.command("list")
@vault_options
def list_(vault: VaultAt) -> None:
    """List the keys of the persons in the vault. No names."""
    for person in sorted(vault.open().persons):
        click.echo(person)


@vault.command("show")
@click.argument("person")
@vault_options
def show(person: str, vault: VaultAt) -> None:
    """Print the identity of PERSON on the terminal. The one command that does."""
    import json

    known = vault.open().persons
    if person not in known:
        raise click.UsageError(f"the vault has no person '{person}'")
    click.echo(json.dumps(known[person], ensure_ascii=False, indent=2))


@vault.command("recipients")
@click.option("--add", "added", multiple=True, help="Let the holder of this public key open the vault, too.")
@click.option("--remove", "removed", multiple=True, help="Seal the vault for this one no longer. Copies made before stay readable.")
@vault_options
def recipients(added: tuple[str, ...], removed: tuple[str, ...], vault: VaultAt) -> None:
    """List the public keys for which the vault is sealed, after any change."""
    from shadowgen.people.vault import check_recipient

    opened = vault.open()
    more = _sure(vault.known, lambda: [check_recipient(one) for one in added])
    left = tuple(one for one in dict.fromkeys((*opened.recipients, *more)) if one not in removed)
    if not left:
        raise click.UsageError("a vault needs a recipient")
    if added or removed:
        _save(vault.known, replace(opened, recipients=left))
    for one in left:
        click.echo(one)


@vault.command("check")
@vault_options
@click.pass_obj
def check(directory: Path, vault: VaultAt) -> None:
    """Compare the vault with the workspace: who is missing, which pseudonym tells too much, whether a lost key would lose all."""
    from shadowgen import rules
    from shadowgen.checks.persons import telling
    from shadowgen.diagnostics import Origin

    opened, home = vault.open(), Origin(vault.known.name)
    library, _ = load_people(directory, vault)
    problems = _few(home, opened)
    problems += [
        rules.VAULT_DIFFERS.at(home, f"'{one}' is in no file of the workspace") for one in opened.persons if one not in library.people
    ]
    for name, person in library.people.items():
        if person.vault and name not in opened.persons:
            problems.append(rules.VAULT_DIFFERS.at(person.origin, f"'{name}' is not in the vault", f"shadowgen vault add {name}"))
        problems += telling(person)
    print_problems(problems, {}, as_json=False)
    click.echo(f"{len(opened.persons)} persons, {len(opened.recipients)} recipients" + ("" if problems else ": no problems"))
    sys.exit(PROBLEMS if problems else OK)


def _few(home: Any, opened: Vault) -> list[Diagnostic]:
    from shadowgen import rules
    from shadowgen.people.vault import LEAST_RECIPIENTS

    few = len(opened.recipients) < LEAST_RECIPIENTS
    return [rules.FEW_RECIPIENTS.at(home, "one key alone opens this vault: if it is lost, all identities are")] if few else []


def _sure(file: Path, make: Callable[[], Any]) -> Any:
    from shadowgen.people.vault import VaultError

    try:
        return make()
    except VaultError as reason:
        _refuse(file, str(reason))


def _must_be_new(file: Path) -> None:
    if file.exists():
        raise click.UsageError(f"{file} is there already")


def _save(file: Path, vault: Vault) -> None:
    from shadowgen.diagnostics import Origin
    from shadowgen.people.vault import seal

    _put(file, _sure(file, lambda: seal(vault)))
    print_problems(_few(Origin(file.name), vault), {}, as_json=False)


def _put(file: Path, data: bytes) -> None:
    from shadowgen.safewrite import put

    if problems := put(file, data, str(file), private=True):
        print_problems(problems, {}, as_json=False)
        sys.exit(PROBLEMS)
