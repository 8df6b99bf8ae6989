"""The command that looks for problems, and mends those that need no judgement."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from shadowgen.cli.terminal import OK, PROBLEMS, as_data, at_terminal, must_be_known, print_problems, tally, writing
from shadowgen.cli.vault import load_people, vault_options

if TYPE_CHECKING:
    from shadowgen.acceptance import Settled
    from shadowgen.checks.fixing import Fixing
    from shadowgen.cli.vault import VaultAt
    from shadowgen.diagnostics import Diagnostic
    from shadowgen.library import Library


@click.command()
@click.argument("submissions", nargs=-1, metavar="[SUBMISSION]...")
@click.option("--format", "form", type=click.Choice(["text", "json"]), help="For a person or for a machine; without it, text.")
@click.option("--json", "form", flag_value="json", help="The same as --format json.")
@click.option("--all", "show_all", is_flag=True, help="Show the warnings that are accepted, too, with the reasons.")
@click.option("--show-internal", is_flag=True,
              help="Show what is wrong in sections that are not public, too: on a screen only, never in a file, a pipe or JSON.")  # fmt: skip
@click.option("--fix", is_flag=True, help="Mend what needs no judgement, then check again; every other byte stays.")
@click.option("--dry-run", "--diff", "dry", is_flag=True, help="With --fix: show what would change, and write nothing.")
@vault_options
@click.pass_obj
def check(
    directory: Path,
    submissions: tuple[str, ...],
    form: str | None,
    show_all: bool,
    show_internal: bool,
    fix: bool,
    dry: bool,
    vault: VaultAt,
) -> None:
    """Look for problems in all files. The submissions are composed as they would be built.

    Every problem is shown at once, with file, line, column, rule and a hint. Exit 1 if there is any.
    """
    from shadowgen.checks import check as run
    from shadowgen.checks import settled
    from shadowgen.filing.seals import load_seals

    if dry and not fix:
        raise click.UsageError("--diff and --dry-run go with --fix")
    if show_internal and (form == "json" or fix or not at_terminal()):
        raise click.UsageError("--show-internal prints to a screen only: not to a file or a pipe, not as JSON, and not with --fix")
    library, loading = load_people(directory, vault)
    must_be_known(library, submissions)
    seals = load_seals(library.workspace)[1]
    found = settled(library, [*loading, *seals], submissions)
    if fix:
        from shadowgen.checks.fixing import plan_fixes

        fixing = plan_fixes(library, found.left, lambda library, loading: run(library, [*loading, *seals], submissions))
        _tell_fixing(library, fixing, found.left, dry=dry, as_json=form == "json")
    if form == "json":
        accepted = [problem.as_data() | {"accepted": reason} for problem, reason in _accepted(library, found) if show_all]
        click.echo(json.dumps([*as_data(found.left, library.texts), *accepted], ensure_ascii=False, indent=2))
    else:
        _tell(library, found, show_all=show_all, internal=show_internal)
    sys.exit(PROBLEMS if found.left else OK)


def _accepted(library: Library, found: Settled) -> list[tuple[Diagnostic, str]]:
    """Return the accepted problems, which quote nothing confidential, each with its reason."""
    from shadowgen.excerpts import discreet

    shown = discreet((problem for problem, _ in found.accepted), library.texts)
    return [(problem, reason) for (problem, _), (_, reason) in zip(shown, found.accepted, strict=True)]


def _tell(library: Library, found: Settled, *, show_all: bool, internal: bool) -> None:
    """Show the problems, then the accepted ones if they are wanted, then how many there are."""
    print_problems(found.left, library.texts, as_json=False, internal=internal)
    for problem, reason in _accepted(library, found) if show_all else ():
        click.secho(f"{problem.origin}: accepted {problem.rule.code} {problem.rule.name}: {problem.message}", fg="blue", err=True)
        click.echo(f"  reason: {reason}", err=True)
    kinds = (("section", library.sections), ("source", library.sources), ("submission", library.plans))
    counted = ", ".join(f"{len(records)} {kind}{'s' * (len(records) != 1)}" for kind, records in kinds)
    accepted = f"; {len(found.accepted)} accepted" if found.accepted else ""
    click.echo(f"{counted}: {tally(found.left) if found.left else 'no problems'}{accepted}")


def _tell_fixing(library: Library, fixing: Fixing, before: list[Any], *, dry: bool, as_json: bool) -> None:
    """Write the fixes, or show them; tell what is fixed and what is left, and end."""
    from shadowgen.excerpts import discreet

    if not dry:
        with writing(library.workspace.root):
            fixing.put_in_place(library)
    left = before if dry else fixing.left
    diff = fixing.diff(discreet=not sys.stdout.isatty())  # what goes into a file or another program may be read by others
    if as_json:
        told = {"fixed": as_data(fixing.fixed, fixing.texts), "left": as_data(fixing.left, fixing.texts), "diff": diff}
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
        sys.exit(PROBLEMS if left else OK)
    if dry:
        click.echo(diff, nl=False)
    print_problems(fixing.left, fixing.texts, as_json=False)
    for one, _ in discreet(fixing.fixed, library.texts):
        click.echo(f"{one.origin}: {'would be fixed' if dry else 'fixed'}: {one.rule.code} {one.rule.name}: {one.message}")
    many = len(fixing.after)
    words = f"{len(fixing.fixed)} {'to be fixed' if dry else 'fixed'} in {many} file{'s' * (many != 1)}"
    click.echo(f"{words}; left: {tally(fixing.left) if fixing.left else 'no problems'}")
    sys.exit(PROBLEMS if left else OK)
