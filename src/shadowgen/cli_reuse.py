"""The commands for what a library holds: what it covers, and where it says what."""

from __future__ import annotations

import datetime as dt
import os
import sys
from pathlib import Path

import click

from shadowgen.terminal import OK, PROBLEMS, load, print_problems

_AUDIENCE = click.Choice(["public", "committee", "internal"])

# ---------------------------------------------------------------- coverage

_FORMATS = ("text", "html", "csv", "json")


@click.command()
@click.option("--treaty", default="ICCPR", show_default=True, help="The treaty whose articles are shown.")
@click.option("--format", "form", type=click.Choice(_FORMATS), help="Without it, what the ending of FILE says, or text.")
@click.option(
    "-o", "--output", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path), help="Write to this file, not to the terminal."
)
@click.option("--audience", type=_AUDIENCE, default="internal", show_default=True, help="Count only what this audience may read.")
@click.option("--date", "day", type=click.DateTime(["%Y-%m-%d"]), help="The day on which findings must be fresh; without it, today.")
@click.option("--language", default="en", show_default=True, help="The language of titles, where there are several.")
@click.pass_obj
def coverage(
    directory: Path, treaty: str, form: str | None, output: Path | None, audience: str, day: dt.datetime | None, language: str
) -> None:
    """Show what the findings cover. Articles down to their paragraphs, and every recommendation: by which findings, how fresh, how long.

    It also tells what is missing, and which sources the findings rest on. Exit 0, whatever is missing.
    """
    from shadowgen.catalogue import treaties
    from shadowgen.coverage import cover
    from shadowgen.coverage_views import put_view, view
    from shadowgen.diagnostics import did_you_mean

    if treaty not in treaties():
        hint = did_you_mean(treaty.upper(), list(treaties())) or f"there are: {', '.join(sorted(treaties()))}"
        raise click.UsageError(f"--treaty: there is no treaty '{treaty}'; {hint}")
    chosen = form or (output.suffix.lstrip(".").lower() if output else "")
    library, problems = load(directory)
    found = cover(library, treaty, day.date() if day else dt.date.today(), audience, language=language)
    text = view(found, chosen if chosen in _FORMATS else "text")
    if unread := sum(problem.is_error for problem in problems):
        click.echo(f"{unread} problems in files that are not read: see shadowgen check", err=True)
    if output is None:
        click.echo(text, nl=False)
        sys.exit(OK)
    failed = put_view(output, text, str(output))
    print_problems(failed, {}, as_json=False)
    if not failed:
        click.echo(f"wrote {os.path.relpath(output)}")
    sys.exit(PROBLEMS if failed else OK)
