"""The commands for finished files: scan, clean."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from shadowgen.terminal import OK, PROBLEMS, load

if TYPE_CHECKING:
    from shadowgen.scan.findings import Finding
    from shadowgen.scan.secrets import Secret

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
