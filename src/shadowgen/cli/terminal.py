"""What the commands share: find the workspace, load its library, show problems to a person or a machine."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from shadowgen.diagnostics import Diagnostic
    from shadowgen.library import Library
    from shadowgen.workspace import Workspace

OK, PROBLEMS, INTERRUPTED = 0, 1, 130


def workspace_of(directory: Path) -> Workspace:
    """Return the workspace that holds a folder; without one the call is wrong."""
    from shadowgen.workspace import find_workspace

    workspace = find_workspace(directory)
    if workspace is None:
        raise click.UsageError(
            f"no workspace here: neither {directory.resolve()} nor a folder above it has sections/ and submissions/. "
            "Start one with: shadowgen init FOLDER"
        )
    return workspace


def load(directory: Path) -> tuple[Library, list[Diagnostic]]:
    """Return the library of the workspace that holds a folder, and every problem of its files."""
    from shadowgen.loading import load_library

    return load_library(workspace_of(directory))


@contextmanager
def writing(directory: Path) -> Iterator[None]:
    """Hold the workspace around a folder while files of it are read, changed and written; end if another command does not let go of it."""
    from shadowgen.diagnostics import has_errors
    from shadowgen.safewrite import alone, cannot_write

    root = workspace_of(directory).root
    with ExitStack() as stack:
        try:
            found = stack.enter_context(alone(root, tell=lambda words: click.echo(words, err=True)))
        except OSError as error:
            found = [cannot_write(".shadowgen", error)]
        print_problems(found, {}, as_json=False)
        if has_errors(found):
            sys.exit(PROBLEMS)
        yield


def must_be_known(library: Library, names: tuple[str, ...], option: str = "SUBMISSION") -> None:
    """Refuse names of submissions that are in no file."""
    from shadowgen.diagnostics import did_you_mean

    for name in names:
        if name not in library.plans:
            hint = did_you_mean(name, list(library.plans)) or f"there are: {', '.join(sorted(library.plans)) or 'none'}"
            raise click.UsageError(f"{option}: there is no submissions/{name}.yaml; {hint}")


def at_terminal() -> bool:
    """True if what is printed goes to a screen, and not to a file or another program."""
    return sys.stdout.isatty() and sys.stderr.isatty()


def print_problems(problems: list[Diagnostic], texts: dict[str, str], *, as_json: bool, internal: bool = False) -> None:
    """Show problems in colour on a terminal, with those of their lines that the public may read; or as data.

    `internal` shows the lines of sections that the public may not read, too.
    """
    from shadowgen.diagnostics import render_text
    from shadowgen.excerpts import discreet

    if as_json:
        click.echo(json.dumps(as_data(problems, texts), ensure_ascii=False, indent=2))
        return
    for problem, shown in discreet(problems, texts, internal=internal):
        head, *rest = render_text(problem, shown).split("\n")
        click.secho(head, fg="red" if problem.is_error else "yellow", err=True)
        for line in rest:
            click.echo(line, err=True)


def tell_unread(problems: list[Diagnostic]) -> None:
    """Say how many files have problems for which they are not read, so that nobody takes what is shown for all there is."""
    if unread := sum(problem.is_error for problem in problems):
        click.echo(f"{unread} problem{'s' * (unread != 1)} in files that are not read: see shadowgen check", err=True)


def as_data(problems: list[Diagnostic], texts: dict[str, str]) -> list[dict[str, Any]]:
    """Return problems as data that quotes nothing confidential."""
    from shadowgen.excerpts import discreet

    return [problem.as_data() for problem, _ in discreet(problems, texts)]


def tally(problems: list[Diagnostic]) -> str:
    """Count problems in words: "1 error, 2 warnings"."""
    errors = sum(problem.is_error for problem in problems)
    warnings = len(problems) - errors
    return f"{errors} error{'s' * (errors != 1)}, {warnings} warning{'s' * (warnings != 1)}"
