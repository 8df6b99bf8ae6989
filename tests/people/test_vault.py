"""The vault: identities in one encrypted file, opened in memory; nothing plain on the disk, and a clear word for whatever is wrong."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from support import finding, make_workspace, submission

from shadowgen.cli import main
from shadowgen.people.vault import Vault, VaultError, new_key, seal, unseal

NAME, CONTACT = "Qwelina Zardotova", "+7 000 111 22 33"
PEOPLE = """\
one:
  vault: true
  pseudonym: Person M
  consent: {public: pseudonym, committee: name, recorded: 2016-03-01, by: a lawyer, purpose: the report}
"""
ANSWERS = f"{NAME}\n\nQ. Zardot; Zardotushka\n{CONTACT}\n"


def run(*arguments: str | Path, answers: str = "", key: Path | None = None, vault: Path | None = None) -> Result:
    env = {"SHADOWGEN_VAULT": str(vault) if vault else None, "SHADOWGEN_VAULT_KEY": str(key) if key else None}
    return CliRunner().invoke(main, [str(one) for one in arguments], input=answers, env=env)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Return a folder with two keys, a vault for both that knows one person, and a workspace that speaks of that person."""
    recipients = [run("vault", "key", tmp_path / name).stdout.strip() for name in ("first.key", "second.key")]
    assert run("vault", "init", tmp_path / "v.age", "--recipient", recipients[0], "--recipient", recipients[1]).exit_code == 0
    assert run("vault", "add", "one", vault=tmp_path / "v.age", key=tmp_path / "first.key", answers=ANSWERS).exit_code == 0
    files = {"sections/people/all.yaml": PEOPLE, "sections/articles/iccpr/7/a.yaml": finding("Words of [@@one].")}
    make_workspace(tmp_path / "w", files | {"submissions/report.yaml": submission()})
    return tmp_path


def test_either_key_opens_it(home: Path) -> None:
    for key in ("first.key", "second.key"):
        done = run("vault", "show", "one", vault=home / "v.age", key=home / key)
        expected = {"name": NAME, "aliases": ["Q. Zardot", "Zardotushka"], "contacts": [CONTACT]}
        assert json.loads(done.stdout) == expected


def test_list_and_check_say_keys_alone(home: Path) -> None:
    listed = run("vault", "list", vault=home / "v.age", key=home / "first.key")
    checked = run("-C", home / "w", "vault", "check", vault=home / "v.age", key=home / "first.key")
    assert listed.output == "one\n"
    assert (checked.output, checked.exit_code) == ("1 persons, 2 recipients: no problems\n", 0)


def test_nothing_plain_is_on_the_disk(home: Path) -> None:
    for arguments in (["build", "--audience", "committee", "--format", "docx,html,md"], ["build", "--audience", "public"], ["check"]):
        done = run("-C", home / "w", *arguments, vault=home / "v.age", key=home / "first.key")
        assert done.exit_code == 0, done.output
        assert "ardot" not in done.output
    holding = {path.relative_to(home).as_posix() for path in home.rglob("*") if path.is_file() and b"ardotova" in unpacked(path)}
    assert holding == {f"w/output/report/report.committee.{ending}" for ending in ("docx", "html", "md")}
    assert [path for path in home.rglob("*") if path.is_file() and CONTACT.encode() in unpacked(path)] == []


def unpacked(path: Path) -> bytes:
    import zipfile

    if path.suffix != ".docx":
        return path.read_bytes()
    with zipfile.ZipFile(path) as archive:
        return b"".join(map(archive.read, archive.namelist()))


def test_no_file_made_on_the_way_holds_a_name(home: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Every file that the process makes is looked at when it is flushed, removed, and at the end: temporary ones too, wherever they are."""
    probe = tmp_path_factory.mktemp("probe") / "probe.py"
    probe.write_text(PROBE, encoding="utf-8")
    env = {**os.environ, "SHADOWGEN_VAULT": str(home / "v.age"), "SHADOWGEN_VAULT_KEY": str(home / "first.key")}
    for arguments in (["build", "--audience", "public", "--format", "docx,html,md"], ["vault", "recipients"], ["check"], ["vault", "list"]):
        done = subprocess.run([sys.executable, probe, "-C", home / "w", *arguments], env=env, capture_output=True, text=True)
        assert done.returncode == 0 and "HELD []" in done.stdout, (arguments, done.stdout, done.stderr)
    control = subprocess.run(
        [sys.executable, probe, "-C", home / "w", "build", "--audience", "committee", "--format", "md"],
        env=env,
        capture_output=True,
        text=True,
    )
    assert "/output/report/." in control.stdout.split("HELD")[1]


PROBE = """
import os, sys
held = []
made = []
def look(event, arguments):
    if event == "open" and isinstance(arguments[0], (str, bytes)) and (arguments[2] or 0) & (os.O_WRONLY | os.O_RDWR):
        made.append(os.fsdecode(arguments[0]))
    if event == "os.remove" and os.path.isfile(arguments[0]) and b"ardotova" in open(arguments[0], "rb").read():
        held.append(os.fsdecode(arguments[0]))
sys.addaudithook(look)
real = os.fsync
def fsync(handle):
    path = os.readlink(f"/proc/self/fd/{handle}")
    if os.path.isfile(path) and b"ardotova" in open(path, "rb").read():
        held.append(path)
    real(handle)
os.fsync = fsync
from shadowgen.cli import main
try:
    main(sys.argv[1:])
finally:
    for path in made:
        if os.path.isfile(path) and b"ardotova" in open(path, "rb").read():
            held.append(path)
    print("HELD", held)
"""


def test_without_the_vault_the_pseudonym_is_printed(home: Path) -> None:
    assert run("-C", home / "w", "build", "--format", "md").exit_code == 0
    assert "Words of Person M." in (home / "w/output/report/report.md").read_text(encoding="utf-8")
    stopped = run("-C", home / "w", "build", "--audience", "committee", "--format", "md")
    assert stopped.exit_code == 1 and "SG808 identity-needed" in stopped.output
    warned = run("-C", home / "w", "build", "--audience", "internal", "--format", "md", "--json")
    assert warned.exit_code == 0 and [one["rule"] for one in json.loads(warned.stdout)["problems"]] == ["identity-not-given"]


def test_name_in_the_vault_is_found_in_prose(home: Path) -> None:
    make_workspace(home / "w", {"sections/articles/iccpr/7/b.yaml": finding(f"Told by Zardotushka, call {CONTACT}.", title="B")})
    assert run("-C", home / "w", "check").exit_code == 0  # without the vault nobody can know
    found = run("-C", home / "w", "check", vault=home / "v.age", key=home / "first.key")
    assert found.output.count("SG803 name-in-text") == 2 and "ardotu" not in found.output and CONTACT not in found.output
    assert run("-C", home / "w", "build", "--format", "md", vault=home / "v.age", key=home / "first.key").exit_code == 1


def test_recipients_change(home: Path) -> None:
    third = run("vault", "key", home / "third.key").stdout.strip()
    first = run("vault", "recipients", vault=home / "v.age", key=home / "first.key").stdout.split()[0]
    done = run("vault", "recipients", "--add", third, "--remove", first, vault=home / "v.age", key=home / "first.key")
    assert first not in done.stdout and third in done.stdout and done.exit_code == 0
    assert run("vault", "list", vault=home / "v.age", key=home / "third.key").output == "one\n"
    assert run("vault", "list", vault=home / "v.age", key=home / "first.key").exit_code == 1


def test_one_recipient_is_warned_about(home: Path) -> None:
    [_, recipient] = [line.split(": ")[1] for line in (home / "first.key").read_text().splitlines()[:1] for _ in range(2)]
    done = run("vault", "init", home / "lonely.age", "--recipient", recipient)
    assert done.exit_code == 0 and "SG813 few-recipients" in done.output


def test_vault_and_key_are_for_their_owner_alone(home: Path) -> None:
    assert {path.name: oct(path.stat().st_mode & 0o777) for path in home.iterdir() if path.is_file()} == dict.fromkeys(
        ("first.key", "second.key", "v.age"), "0o600"
    )


def test_a_vault_does_not_belong_into_a_workspace(home: Path) -> None:
    recipient = run("vault", "recipients", vault=home / "v.age", key=home / "first.key").stdout.split()[0]
    done = run("vault", "init", home / "w" / "v.age", "--recipient", recipient)
    assert done.exit_code == 2 and not (home / "w" / "v.age").exists()


def test_differences_are_told(home: Path) -> None:
    make_workspace(home / "w", {"sections/people/more.yaml": "two: {vault: true, pseudonym: Zoya, consent: {public: pseudonym}}\n"})
    run("vault", "add", "three", vault=home / "v.age", key=home / "first.key", answers=ANSWERS)
    run("vault", "add", "two", vault=home / "v.age", key=home / "first.key", answers=ANSWERS)
    done = run("-C", home / "w", "vault", "check", vault=home / "v.age", key=home / "first.key")
    assert "'three' is in no file" in done.output and "SG805 telling-pseudonym" in done.output and "ardot" not in done.output


# ---------------------------------------------------------------- what is wrong with a vault


def test_damage_is_told_and_nothing_is_used() -> None:
    (key, recipient), (other, _) = new_key(), new_key()
    sealed = seal(Vault((recipient,), {"one": {"name": NAME}}))
    assert unseal(sealed, key).persons == {"one": {"name": NAME}}
    wrong = {
        "this key does not open": (sealed, other),
        "no vault": (b"", key),
        "no key of age": (sealed, "x"),
        "what a vault": (foreign(recipient), key),
    }
    for words, (data, opener) in wrong.items():
        with pytest.raises(VaultError, match=words) as told:
            unseal(data, opener)
        assert told.value.__context__ is None or told.value.__suppress_context__
    for at in range(22, len(sealed), 7):
        for damaged in (sealed[:at], sealed[:at] + bytes([sealed[at] ^ 1]) + sealed[at + 1 :]):
            with pytest.raises(VaultError):
                unseal(damaged, key)


def foreign(recipient: str) -> bytes:
    import pyrage

    return bytes(pyrage.encrypt(b'{"persons": "Zardotova"}', [pyrage.x25519.Recipient.from_str(recipient)]))


@pytest.mark.parametrize("missing", ["v.age", "first.key"])
def test_missing_file_is_told(missing: str, home: Path) -> None:
    (home / missing).unlink()
    done = run("vault", "list", vault=home / "v.age", key=home / "first.key")
    assert done.exit_code == 1 and "SG812 vault-unreadable" in done.output


def test_without_the_package_vaults_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyrage", None)
    with pytest.raises(VaultError, match=r"shadowgen\[vault\]"):
        new_key()


def test_a_vault_prints_as_a_count() -> None:
    assert repr(Vault(("age1x",), {"one": {"name": NAME}})) == "Vault(1 persons)"
