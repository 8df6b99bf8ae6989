"""The commands for what a library holds: what it covers, and where it says what."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from shadowgen.cli.showing import AUDIENCE, DAY, day_of, form_of, show, table_options
from shadowgen.cli.terminal import OK, PROBLEMS, load, tell_unread

if TYPE_CHECKING:
    from shadowgen.library import Library
    from shadowgen.reuse.postings import Index

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
@click.option("--date", "day", type=DAY, help="The day on which findings must be fresh; without it, today.")
@click.option("--limit", type=click.IntRange(1), default=10, show_default=True, help="How many are shown.")
@click.option("--json", "as_json", is_flag=True, help="Print what is found as data.")
@click.option("--stay", is_flag=True, help="Read the library once, then answer one line after another; an empty line ends.")
@click.pass_obj
def find(
    directory: Path, words: tuple[str, ...], near: str | None, audience: str, day: dt.datetime | None, limit: int, as_json: bool, stay: bool
) -> None:
    """Find findings to use again. In all languages of the library, the best first, with the words in their context.

    A word finds its other forms, and a name its other spellings, Cyrillic or Latin. Filters: article:19,
    recommendation:DOCUMENT#PARAGRAPH, theme:media, status:final, source:KEY, stale:yes, used-in:SUBMISSION, audience:public,
    language:ru. Exit 0 if something is found, 1 if nothing is.
    """
    if stay and (words or near):
        raise click.UsageError("--stay asks for the words itself: give none")
    if not (words or near or stay):
        raise click.UsageError("say what to find: words, a filter such as article:19, or --like SECTION")
    library, problems = load(directory)
    finder = _Finder(library, audience, day_of(day), limit, as_json)
    if stay:
        sys.exit(finder.stay())
    found = finder.answer(words, near)
    tell_unread(problems)
    sys.exit(found)


class _Finder:
    """A library that was read once, with the index for each audience that is asked for."""

    def __init__(self, library: Library, audience: str, day: dt.date, limit: int, as_json: bool) -> None:
        self.library, self.audience, self.day, self.limit, self.as_json = library, audience, day, limit, as_json
        self.asked: dict[str, tuple[Library, Index]] = {}

    def answer(self, words: Sequence[str], near: str | None) -> int:
        """Show what is found; return 0 if anything is, else 1. Raises click.UsageError."""
        from shadowgen.diagnostics import did_you_mean
        from shadowgen.reuse.filters import fitting, parse_query
        from shadowgen.reuse.found_views import found_json, found_text
        from shadowgen.reuse.search import like, search

        try:
            query = parse_query(words)
            library, asked = self._open(query.audience(self.audience))
            among = fitting(library, query, self.day)
        except ValueError as error:
            raise click.UsageError(str(error)) from None
        if near is not None and near not in library.sections:
            raise click.UsageError(f"--like: there is no section '{near}'; {did_you_mean(near, list(library.sections)) or 'give its id'}")
        if near is not None and query.words:
            raise click.UsageError("--like goes with filters, not with words")
        language = query.value("language")
        found = like(asked, near, among, language, self.limit) if near else search(asked, query.words, among, language, self.limit)
        shown = found_json(found, self.day) if self.as_json else found_text(found, query.words, self.day, _bold)
        click.echo(shown, nl=False)
        return OK if found.hits else PROBLEMS

    def _open(self, audience: str) -> tuple[Library, Index]:
        from shadowgen.reuse.postings import index

        if audience not in self.asked:
            library = self.library.for_audience(audience, by_key=True)
            self.asked[audience] = library, index(library)
        return self.asked[audience]

    def stay(self) -> int:
        """Answer lines until one is empty or there are no more: words and filters, or `--like SECTION`; a wrong one is told."""
        import shlex

        self._open(self.audience)
        click.echo(f"{len(self.library.sections)} sections; words and filters, or --like SECTION; an empty line ends", err=True)
        while (line := _asked()).strip():
            try:
                words = shlex.split(line)
                near = words.pop(1) if words[0] == "--like" and len(words) > 1 else None
                self.answer(words[1:] if near else words, near)
            except (ValueError, click.UsageError) as error:
                click.echo(error.format_message() if isinstance(error, click.UsageError) else f"cannot read the line: {error}", err=True)
        return OK


def _asked() -> str:
    """Return a line that a person typed; an empty one at the end of the input."""
    click.echo("find> ", nl=False, err=True)
    return sys.stdin.readline()


def _bold(words: str) -> str:
    return click.style(words, bold=True)
