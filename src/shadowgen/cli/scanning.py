"""The commands for finished files: scan, clean."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from shadowgen.cli.terminal import OK, PROBLEMS, load

if TYPE_CHECKING:
    from shadowgen.people.names import Secret
    from shadowgen.scan.findings import Finding

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


def _secrets(directory: Path, audience: str) -> list[Secret]:
    """Return what the workspace around keeps back from an audience; nothing if there is no workspace."""
    from shadowgen.scan.secrets import secrets_of
    from shadowgen.workspace import find_workspace

    if find_workspace(directory) is None:
        return []
    library, problems = load(directory)
    if any(problem.is_error for problem in problems):
        click.echo("some files of the workspace cannot be read: what they keep back is not searched for; see shadowgen check", err=True)
    return secrets_of(library, audience)


def _line(name: str, one: Finding, *, quiet: bool) -> str:
    value = f": {words}" if (words := one.value_for(quiet=quiet)) else ""
    return f"{name}: {one.place}: {one.severity} {one.kind}: {one.what}{value} -> {one.advice}"


def _tell(name: str, findings: list[Finding], *, quiet: bool) -> None:
    for one in findings:
        click.secho(_line(name, one, quiet=quiet), fg="red" if one.severity == "danger" else "yellow")
    dangers = sum(one.severity == "danger" for one in findings)
    notices = len(findings) - dangers
    counted = f"{dangers} danger{'s' * (dangers != 1)}, {notices} notice{'s' * (notices != 1)}"
    click.echo(f"{name}: {counted if findings else 'nothing found'}")


@click.command()
@click.argument("files", nargs=-1, required=True, type=_FILE, metavar="FILE...")
@click.option("--audience", type=click.Choice(["public", "committee"]), default="public", show_default=True, help="Who may read the files.")
@click.option("--quiet-values", "quiet", is_flag=True, help="Print nothing of what is hidden, not even its first words.")
@click.option("--json", "as_json", is_flag=True, help="Print findings as data.")
@click.pass_obj
def scan(directory: Path, files: tuple[Path, ...], audience: str, quiet: bool, as_json: bool) -> None:
    """Tell what a reader could dig out of finished files. DOCX, PDF, HTML, PNG or JPEG, whoever made them.

    Hidden words, comments, tracked changes, names, paths, remote requests; and, inside a workspace or with -C, whatever the library
    keeps back from the audience. Exit 1 if anything is found.
    """
    from shadowgen.scan.guard import scan as run

    secrets = _secrets(directory, audience)
    found = {str(file): run(file, secrets) for file in files}
    if as_json:
        data = [{"file": name, **one.as_data(quiet=quiet)} for name, findings in found.items() for one in findings]
        click.echo(json.dumps(data, ensure_ascii=False, indent=2))
    else:
        for name, findings in found.items():
            _tell(name, findings, quiet=quiet)
    sys.exit(PROBLEMS if any(found.values()) else OK)


# ---------------------------------------------------------------- clean


@click.command()
@click.argument("file", type=_FILE)
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Write the copy here, not to NAME.clean.docx beside the file.")
@click.option("--in-place", is_flag=True, help="Put the copy in the file's place; a backup is kept.")
@click.option("--accept-changes", is_flag=True, help="Accept all tracked changes of a Word file.")
@click.option("--drop-hidden", is_flag=True, help="Take out words of a Word file that cannot be seen.")
@click.option("--quiet-values", "quiet", is_flag=True, help="Print nothing of what is hidden, not even its first words.")
@click.pass_obj
def clean(directory: Path, file: Path, output: Path | None, in_place: bool, accept_changes: bool, drop_hidden: bool, quiet: bool) -> None:
    """Write a copy of a file without what it tells about its making. DOCX, PDF, PNG or JPEG.

    Notes, fields, numbering and styles stay. The copy is scanned; exit 1 if something is left that a person must take out: words
    of a PDF that are hidden, fields, bookmarks, embedded files of Word.
    """
    from shadowgen.scan.findings import UNJUDGED, kinds
    from shadowgen.scan.guard import scan as run

    target = file if in_place else output or file.with_name(f"{file.stem}.clean{file.suffix}")
    if (in_place and output) or (not in_place and (target.exists() or target.is_symlink())):
        raise click.UsageError("use -o or --in-place, not both" if in_place else f"{target} is there already: name another with -o")
    before = run(file)
    if stopping := [one for one in before if one.kind in UNJUDGED]:
        _tell(str(file), stopping, quiet=quiet)
        click.echo("nothing is written", err=True)
        sys.exit(PROBLEMS)
    data = file.read_bytes()
    _put(file, target, data, _copy(file, data, accept_changes, drop_hidden), directory)
    after = run(target, _secrets(directory, "public"))
    gone = [kind for kind in kinds() if kind in {one.kind for one in before} - {one.kind for one in after}]
    click.echo(f"wrote {target}; taken out: {', '.join(gone) or 'nothing'}")
    _tell(str(target), after, quiet=quiet)
    sys.exit(PROBLEMS if after else OK)


def _copy(file: Path, data: bytes, accept_changes: bool, drop_hidden: bool) -> bytes:
    """Return the clean copy; say why there can be none, and end."""
    from shadowgen.scan.cleaning import Refused
    from shadowgen.scan.cleaning import clean as run

    try:
        return run(data, accept_changes=accept_changes, drop_hidden=drop_hidden)
    except Refused as reason:
        click.echo(f"{file}: {reason}", err=True)
        click.echo("nothing is written", err=True)
        sys.exit(PROBLEMS)


def _put(file: Path, target: Path, before: bytes, data: bytes, directory: Path) -> None:
    """Write the copy; if it takes the place of the file, that is kept as a backup."""
    from shadowgen.cli.terminal import print_problems
    from shadowgen.safewrite import last_backup, put, sha256
    from shadowgen.workspace import find_workspace

    workspace = find_workspace(directory)
    backups = workspace.backups(file.resolve()) if workspace else file.parent / ".shadowgen" / "backups"
    known, kept = ({sha256(before)}, backups) if target == file else ((), None)
    if problems := put(target, data, str(target), known=known, backups=kept):
        print_problems(problems, {}, as_json=False)
        sys.exit(PROBLEMS)
    if kept and data != before:
        click.echo(f"the file as it was is in {last_backup(kept, file.name)}, with all that it tells: do not send that")
