"""The commands for what a library holds: what it covers, and where it says what."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path

import click

from shadowgen.cli.showing import AUDIENCE, day_of, form_of, show, table_options
from shadowgen.cli.terminal import OK, PROBLEMS, load

# ---------------------------------------------------------------- coverage


@click.command()
@click.option("--treaty", default="ICCPR", show_default=True, help="The treaty whose articles are shown.")
@table_options
@click.pass_obj
def coverage(
    directory: Path, treaty: str, form: str | None, output: Path | None, audience: str, day: dt.datetime | None, language: str
) -> None:
    """Show what the findings cover. Articles down to their paragraphs, and every recommendation: by which findings, how fresh, how long.

    It also tells what is missing, and which sources the findings rest on. Exit 0, whatever is missing.
    """
    from shadowgen.catalogue import treaties
    from shadowgen.diagnostics import did_you_mean
    from shadowgen.reuse.coverage import cover
    from shadowgen.reuse.coverage_views import TABLE_HEAD, view

    treaty = treaty.upper()
    if treaty not in treaties():
        hint = did_you_mean(treaty, list(treaties())) or f"there are: {', '.join(sorted(treaties()))}"
        raise click.UsageError(f"--treaty: there is no treaty '{treaty}'; {hint}")
    chosen = form_of(form, output)
    library, problems = load(directory)
    found = cover(library, treaty, day_of(day), audience, language=language)
    show(view(found, chosen), output, problems, what="Coverage of ", head=TABLE_HEAD)


# ---------------------------------------------------------------- find


@click.command()
@click.argument("words", nargs=-1, metavar="[WORD|FILTER:VALUE]...")
@click.option("--like", "near", metavar="SECTION", help="Find findings like this one.")
@click.option("--audience", type=AUDIENCE, default="internal", show_default=True, help="Search only what this audience may read.")
@click.option("--limit", type=click.IntRange(1), default=10, show_default=True, help="How many are shown.")
@click.option("--json", "as_json", is_flag=True, help="Print what is found as data.")
@click.pass_obj
def find(directory: Path, words: tuple[str, ...], near: str | None, audience: str, limit: int, as_json: bool) -> None:
    """Find findings to use again. In all languages of the library, the best first, with the words in their context.

    A word finds its other forms, and a name its other spellings, Cyrillic or Latin. Filters: article:19,
    recommendation:DOCUMENT#PARAGRAPH, theme:media, status:final, source:KEY, stale:yes, used-in:SUBMISSION, audience:public,
    language:ru. Exit 0 if something is found, 1 if nothing is.
    """
    from shadowgen.diagnostics import did_you_mean
    from shadowgen.reuse.filters import fitting, parse_query
    from shadowgen.reuse.found_views import found_json, found_text
    from shadowgen.reuse.postings import index
    from shadowgen.reuse.search import like, search

    if not words and not near:
        raise click.UsageError("say what to find: words, a filter such as article:19, or --like SECTION")
    library, problems = load(directory)
    day = dt.date.today()
    try:
        query = parse_query(words)
        library = library.for_audience(query.audience(audience), by_key=True)
        among = fitting(library, query, day)
    except ValueError as error:
        raise click.UsageError(str(error)) from None
    if near is not None and near not in library.sections:
        raise click.UsageError(f"--like: there is no section '{near}'; {did_you_mean(near, list(library.sections)) or 'give its id'}")
    if near is not None and query.words:
        raise click.UsageError("--like goes with filters, not with words")
    asked, language = index(library), query.value("language")
    found = like(asked, near, among, language, limit) if near else search(asked, query.words, among, language, limit)
    if unread := sum(problem.is_error for problem in problems):
        click.echo(f"{unread} problems in files that are not read: see shadowgen check", err=True)
    if as_json:
        click.echo(found_json(found, day), nl=False)
    else:
        click.echo(found_text(found, query.words, day, lambda words: click.style(words, bold=True)), nl=False)
    sys.exit(OK if found.hits else PROBLEMS)
