"""What the commands that show a table share: their options, and where the table goes."""

from __future__ import annotations

import datetime as dt
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from shadowgen.cli.terminal import OK, PROBLEMS, print_problems, tell_unread

if TYPE_CHECKING:
    from shadowgen.diagnostics import Diagnostic

FORMATS = ("text", "html", "csv", "xlsx", "json")
AUDIENCE = click.Choice(["public", "committee", "internal"])
DAY = click.DateTime(["%Y-%m-%d"])
_ENDINGS = {"": "text", "txt": "text", "htm": "html"}  # of a file, where they do not name the form themselves


def output_option(help: str = "Write to this file, not to the terminal.") -> Callable[..., Any]:
    """Return the option that names the one file to write; what stands there is replaced only by its own kind."""
    return click.option("-o", "--output", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path), help=help)


def form_options(*forms: str) -> Callable[..., Any]:
    """Return a decorator that gives a command `--format`, the `--json` that all commands with data know, and `-o`."""

    def decorate(command: Callable[..., Any]) -> Callable[..., Any]:
        for option in (
            output_option(),
            click.option("--json", "form", flag_value="json", help="The same as --format json."),
            click.option("--format", "form", type=click.Choice(forms), help="Without it, what the ending of FILE says, or text."),
        ):
            command = option(command)
        return command

    return decorate


def table_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options that say how a table is shown, and for whom and which day."""
    for option in (
        click.option("--language", default="en", show_default=True, help="The language of titles, where there are several."),
        click.option("--date", "day", type=DAY, help="The day on which findings must be fresh; without it, today."),
        click.option("--audience", type=AUDIENCE, default="internal", show_default=True, help="Count only what this audience may read."),
        form_options(*FORMATS),
    ):
        command = option(command)
    return command


def form_of(form: str | None, output: Path | None, forms: tuple[str, ...] = FORMATS) -> str:
    """Return the form that was asked for, by name or by the ending of a file; a workbook needs a file, an unknown ending a name."""
    ending = output.suffix.lstrip(".").lower() if output else ""
    chosen = form or _ENDINGS.get(ending, ending)
    if chosen == "xlsx" and output is None:
        raise click.UsageError("--format xlsx: say where to write it, with -o FILE")
    if chosen not in forms:
        raise click.UsageError(f"-o {output}: the ending says no form; choose one with --format: {', '.join(forms)}")
    return chosen


def day_of(day: dt.datetime | None) -> dt.date:
    """Return the day that was given, or today."""
    return day.date() if day else dt.date.today()


def show(view: str | bytes, output: Path | None, loading: list[Diagnostic], *, what: str, head: str) -> None:
    """Print a table, or put it into a file, and end; `what` begins its title, `head` its CSV."""
    from shadowgen.reuse.forms import put_view

    tell_unread(loading)
    if output is None:
        click.echo(view, nl=False)
        sys.exit(OK)
    failed = put_view(output, view, str(output), what=what, head=head)
    print_problems(failed, {}, as_json=False)
    if not failed:
        click.echo(f"wrote {os.path.relpath(output)}")
    sys.exit(PROBLEMS if failed else OK)
