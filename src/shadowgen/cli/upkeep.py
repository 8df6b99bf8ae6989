"""The commands for keeping a library: what has grown old, which addresses to look at, which translations agree."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path

import click

from shadowgen.cli.showing import AUDIENCE, DAY, day_of, form_of, form_options, show
from shadowgen.cli.terminal import OK, PROBLEMS, load, print_problems, tell_unread

_FORMS = ("text", "csv", "json")


@click.command()
@click.option("--date", "day", type=DAY, help="The day on which all must be fresh; without it, today.")
@click.option("--json", "as_json", is_flag=True, help="Print the list as data.")
@click.pass_obj
def stale(directory: Path, day: dt.datetime | None, as_json: bool) -> None:
    """List what has grown old. Findings to review or overtaken, sources replaced or too old, translations behind their originals.

    It also lists the findings that nobody has ever checked. What is accepted with a reason is counted. Exit 0, whatever there is.
    """
    from shadowgen.checks.upkeep import upkeep
    from shadowgen.checks.upkeep_views import upkeep_json, upkeep_text

    library, problems = load(directory)
    tell_unread(problems)
    found = upkeep(library, day_of(day))
    click.echo((upkeep_json if as_json else upkeep_text)(found, library), nl=False)


@click.command()
@form_options(*_FORMS)
@click.option("--audience", type=AUDIENCE, default="public", show_default=True, help="List only what this audience may read.")
@click.pass_obj
def links(directory: Path, form: str | None, output: Path | None, audience: str) -> None:
    """List every address. Where it is used, when it was last accessed, where a copy is archived.

    The list is for checking with another program: shadowgen never goes online. Whoever checks an address is seen by its owner.
    """
    from shadowgen.reuse.links import links as list_links
    from shadowgen.reuse.links import links_view

    chosen = form_of(form, output, _FORMS)
    library, problems = load(directory)
    found, all_of_them = (list_links(library.for_audience(one)) for one in (audience, "internal"))
    if held := len({link.url for link in all_of_them} - {link.url for link in found}):
        click.echo(f"{held} not for this audience: left out", err=True)
    show(links_view(found, audience, chosen), output, problems, what="Addresses for ", head='"url","kind","used_by"')


@click.command()
@click.argument("names", nargs=-1, required=True, metavar="SECTION.LANGUAGE...")
@click.option("--date", "day", type=DAY, help="The day of the translation; without it, today.")
@click.pass_obj
def translated(directory: Path, names: tuple[str, ...], day: dt.datetime | None) -> None:
    """Say that a translation agrees with its original. Its file notes the text that it translates, paragraph by paragraph.

    When that text changes later, check tells which paragraphs of the translation are behind. Nothing else in the file changes.
    """
    from shadowgen.diagnostics import did_you_mean
    from shadowgen.stamping import stamp_translation

    library, _ = load(directory)
    known = [f"{id}.{language}" for id, section in library.sections.items() for language in section.prose if language != section.language]
    for name in names:
        if name not in known:
            raise click.UsageError(f"there is no translation '{name}'; {did_you_mean(name, known) or 'write SECTION.LANGUAGE'}")
    failed = []
    for name in dict.fromkeys(names):
        file, problems = stamp_translation(library, *name.rsplit(".", 1), (day or dt.datetime.today()).date())
        failed += problems
        if not problems:
            click.echo(f"wrote {file}")
    print_problems(failed, library.texts, as_json=False)
    sys.exit(PROBLEMS if failed else OK)
