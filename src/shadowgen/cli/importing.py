"""The command that drafts from an old report."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from shadowgen.cli.terminal import OK, PROBLEMS, load, print_problems, writing

if TYPE_CHECKING:
    from shadowgen.importing.run import Imported


@click.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--name", help="The name of the import, for folder and ids; without it, that of the file.")
@click.option("--treaty", default="ICCPR", show_default=True, help="The treaty whose articles the headings mean.")
@click.option("--document", help="The symbol of the document that is answered, such as CCPR/C/KAZ/CO/1.")
@click.option("--country", default="", help="Of an export of the Universal Human Rights Index: the country, as it is written there.")
@click.option("--body", default="", help="Of such an export: the body, as it is written there.")
@click.option("--addendum", type=click.Path(exists=True, dir_okay=False, path_type=Path),
              help="Of a report of the Universal Periodic Review: the file with the State's answers, which says what it supports and notes.")  # fmt: skip
@click.option("--track-changes", "changes", type=click.Choice(["accept", "reject", "keep"]), default="accept", show_default=True,
              help="What to do with tracked changes of a Word file.")  # fmt: skip
@click.pass_obj
def import_(
    directory: Path,
    file: Path,
    name: str | None,
    treaty: str,
    document: str | None,
    country: str,
    body: str,
    addendum: Path | None,
    changes: str,
) -> None:
    """Draft sections from an old report. Its sources, commitments and a submission are drafted with them.

    Everything goes to sections/imported/NAME/ and submissions/NAME.yaml, with a report of what was guessed. Files that exist
    already are left as they are.
    """
    from shadowgen.catalogue import treaties
    from shadowgen.importing.run import Wanted, import_file, name_for
    from shadowgen.markdown import ID

    if (name and not re.fullmatch(ID, name)) or len(name or "") > 24:
        raise click.UsageError("--name: up to 24 lower-case Latin letters, digits and hyphens")
    if treaty not in treaties():
        raise click.UsageError(f"--treaty: there is no {treaty}; there are: {', '.join(treaties())}")
    wanted = Wanted(name or name_for(file), file.name, treaty, document or "", country=country, body=body)
    with writing(directory):
        library, _ = load(directory)
        done, problems = import_file(library, file, wanted, changes, addendum)
    print_problems([*problems, *done.warnings], {}, as_json=False)
    _tell(done)
    if not problems:
        read = f"; read {done.report}" if done.report else ""
        click.echo(f"{len(done.written)} files written, {len(done.kept)} left as they were{read}")
    sys.exit(PROBLEMS if problems else OK)


def _tell(done: Imported) -> None:
    """Say what was recognised, and where the words are."""
    for what, count in done.counts.items():
        if count:
            click.echo(f"{count:6,} {what}")
    for place, count, share in done.shares:
        click.echo(f"{count:6,} words ({share:.1f} %) in {place}")
    if done.findings is None:
        for path in done.kept:
            click.echo(f"{path} holds this document already; nothing of it was changed")
