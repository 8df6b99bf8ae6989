"""The command for words: how many each section takes, and what to cut."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path

import click

from shadowgen.cli.showing import AUDIENCE, DAY, day_of
from shadowgen.cli.terminal import OK, PROBLEMS, load, must_be_known, print_problems, tell_unread


@click.command()
@click.argument("submission")
@click.option("--to", "wanted", type=click.IntRange(1), help="Fit into so many words; without it, the submission's limit or the body's.")
@click.option("--language", help="One of the submission's languages; without it, the first.")
@click.option("--audience", type=AUDIENCE, help="Who the document is for, if not who its file says.")
@click.option("--date", "day", type=DAY, help="The day on which findings must be fresh; without it, today.")
@click.option("--json", "as_data", is_flag=True, help="Print all of it as data.")
@click.pass_obj
def budget(
    directory: Path, submission: str, wanted: int | None, language: str | None, audience: str | None, day: dt.datetime | None, as_data: bool
) -> None:
    """Show how many words each section takes, and what to cut first. Words are counted as the body of the profile counts them.

    The document is measured whole, before a word limit leaves anything out. What goes first has the lowest priority, then the oldest
    facts, then the lowest status, then the most words; sections of priority 1 stay. Exit 1 if it is over its limit or a budget.
    """
    from shadowgen.fitting import as_json, as_text, fit

    library, loading = load(directory)
    must_be_known(library, (submission,))
    plan = library.plans[submission]
    if language and language not in plan.languages:
        raise click.UsageError(f"--language: {plan.id} has {', '.join(plan.languages)}, not {language}")
    found, problems = fit(library, plan, language or plan.languages[0], audience or plan.audience, day_of(day), wanted or 0)
    tell_unread(loading)
    if found is None:
        print_problems(problems, library.texts, as_json=False)
        sys.exit(PROBLEMS)
    click.echo(as_json(found) if as_data else as_text(found), nl=False)
    over = bool(found.limit and found.words > found.limit) or any(one.used > one.words for one in found.budgets)
    sys.exit(PROBLEMS if over else OK)
