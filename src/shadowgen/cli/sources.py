"""The commands for the bibliography: import, export, add, list."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from shadowgen.cli.showing import AUDIENCE, output_option
from shadowgen.cli.terminal import OK, PROBLEMS, load, print_problems, tally, writing

if TYPE_CHECKING:
    from shadowgen.bibliography.importing import Report
    from shadowgen.library import Library


@click.group()
def sources() -> None:
    """Import, export, draft and list sources."""


def _readable(directory: Path) -> Library:
    """Return the library, if its sources can all be read: what cannot be read would be added a second time."""
    from shadowgen.bibliography.entries import FOLDER

    library, problems = load(directory)
    bad = [problem for problem in problems if problem.is_error and problem.origin.file.startswith(FOLDER)]
    if bad:
        print_problems(bad, library.texts, as_json=False)
        click.echo("nothing is written: correct these files first", err=True)
        sys.exit(PROBLEMS)
    return library


# ---------------------------------------------------------------- import


@sources.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--into", default="imported.yaml", show_default=True, help="The file under sections/sources/ that new entries go to.")
@click.option("--all", "near", is_flag=True, help="Add entries that look like a source of the library, too.")
@click.option("--json", "as_json", is_flag=True, help="Print results and problems as data.")
@click.pass_obj
def import_(directory: Path, file: Path, into: str, near: bool, as_json: bool) -> None:
    """Import what Zotero exports. CSL-JSON, BibLaTeX, BibTeX and RIS are told apart by what they hold.

    New entries are added at the end of a file under sections/sources/. An entry whose key is there gets the fields that it lacks;
    nothing that a person wrote is changed. What is there already is reported and not added again. An entry that lacks a
    required field is written as a comment, to be filled in. Exit 1 if an entry cannot be read or is incomplete.
    """
    from shadowgen.bibliography.importing import import_sources
    from shadowgen.diagnostics import has_errors
    from shadowgen.workspace import read_bytes

    raw = read_bytes(file)
    if raw is None:
        raise click.UsageError(f"{file} cannot be read, or is a link")
    with writing(directory):
        library = _readable(directory)
        report = import_sources(library, raw, str(file), into=into, near=near)
    if as_json:
        click.echo(json.dumps(_as_data(report), ensure_ascii=False, indent=2))
    else:
        print_problems(report.problems, library.texts, as_json=False)
        for line in _summary(report):
            click.echo(line)
    sys.exit(PROBLEMS if has_errors(report.problems) else OK)


def _as_data(report: Report) -> dict[str, object]:
    from dataclasses import asdict

    return {**asdict(report), "left_out": dict(report.left_out), "problems": [problem.as_data() for problem in report.problems]}


def _summary(report: Report) -> list[str]:
    counts = [
        f"{len(report.added)} added",
        f"{len(report.completed)} completed",
        f"{len(report.unchanged)} unchanged",
        f"{len(report.duplicates)} here already",
        f"{len(report.incomplete)} to be filled in",
    ]
    lines = [f"{report.read} {'entry' if report.read == 1 else 'entries'} read: {', '.join(counts)}"]
    if report.left_out:
        lines.append("left out: " + ", ".join(f"{count} {name}" for name, count in sorted(report.left_out.items())))
    lines += [f"wrote {file}" for file in report.files]
    return [*lines, tally(report.problems)] if report.problems else lines


# ---------------------------------------------------------------- export


@sources.command("export")
@click.argument("keys", nargs=-1, metavar="[KEY]...")
@click.option(
    "--format", "form", type=click.Choice(["csl-json"]), default="csl-json", show_default=True, help="What Zotero and pandoc read."
)
@output_option()
@click.option("--audience", type=AUDIENCE, default="public", show_default=True, help="Who the export is for.")
@click.option("--language", default="en", show_default=True, help="The language of titles and names, where an entry has several.")
@click.pass_obj
def export(directory: Path, keys: tuple[str, ...], form: str, output: Path | None, audience: str, language: str) -> None:
    """Write sources as CSL-JSON. Zotero imports it and pandoc cites from it; without keys, all sources are written.

    Only what the audience may read is written: without --audience, only what is public.
    """
    from shadowgen.bibliography.exporting import export_sources, write_export
    from shadowgen.diagnostics import did_you_mean

    library, _ = load(directory)
    for key in keys:
        if key not in library.sources:
            raise click.UsageError(
                f"there is no source '{key}'; {did_you_mean(key, list(library.sources)) or 'see shadowgen sources list'}"
            )
    text, held_back = export_sources(library, keys, audience=audience, language=language)
    if held_back:
        many = len(held_back) != 1
        click.echo(f"{len(held_back)} source{'s' if many else ''} not for this audience {'are' if many else 'is'} left out", err=True)
    if output is None:
        click.echo(text, nl=False)
        sys.exit(PROBLEMS if keys and held_back else OK)
    problems = write_export(output, text, str(output))
    print_problems(problems, {}, as_json=False)
    if not problems:
        click.echo(f"wrote {os.path.relpath(output)}")
    sys.exit(PROBLEMS if problems or (keys and held_back) else OK)


# ---------------------------------------------------------------- add


@sources.command()
@click.argument("text", metavar="SYMBOL|URL|TEXT")
@click.option("--key", help="The key of the entry; without it, one is made.")
@click.option("--type", "type_", help="The type of the entry, if not the one that the text suggests.")
@click.option(
    "--set", "fields", multiple=True, metavar="FIELD=VALUE", help="Fill in a field, such as title='Criminal Code'; may be repeated."
)
@click.option("--into", default="sources.yaml", show_default=True, help="The file under sections/sources/ that the entry goes to.")
@click.pass_obj
def add(directory: Path, text: str, key: str | None, type_: str | None, fields: tuple[str, ...], into: str) -> None:
    """Draft an entry. It is made from a document symbol, a register number, an address, or a citation as typed in a note.

    Nothing is looked up: the entry says what the text proves. If its type needs more, it is written as a comment, to be filled in.
    """
    import datetime as dt

    from shadowgen.bibliography.adding import add_source
    from shadowgen.diagnostics import did_you_mean
    from shadowgen.sourcetypes import source_fields

    known = source_fields()
    if type_ is not None and type_ not in known:
        raise click.UsageError(f"--type: there is no type '{type_}'; {did_you_mean(type_, list(known)) or ', '.join(known)}")
    if wrong := next((field for field in fields if "=" not in field), ""):
        raise click.UsageError(f"--set: write FIELD=VALUE, not '{wrong}'")
    given = dict(field.split("=", 1) for field in fields)
    with writing(directory):
        library = _readable(directory)
        added = add_source(library, text, dt.date.today().isoformat(), key=key or "", type=type_ or "", given=given, into=into)
    print_problems(added.problems, library.texts, as_json=False)
    if added.text:
        click.echo(f"{added.file}:{added.line}\n{added.text}", nl=False)
        if added.empty:
            click.echo(f"could be filled in: {', '.join(added.empty)}")
    sys.exit(PROBLEMS if added.problems else OK)


# ---------------------------------------------------------------- list


@sources.command("list")
@click.option("--language", default="en", show_default=True, help="The language of titles, where an entry has several.")
@click.option("--json", "as_json", is_flag=True, help="Print the list as data.")
@click.pass_obj
def list_(directory: Path, language: str, as_json: bool) -> None:
    """List the sources. Each with key, type, title, how often it is cited, and what it lacks.

    Flags: unused (nothing cites it), no-url (a publication of the web without address), no-archive (an address without a copy in an archive).
    """
    from dataclasses import asdict

    from shadowgen.bibliography.listing import list_sources

    library, problems = load(directory)
    rows = list_sources(library, language)
    if as_json:
        click.echo(json.dumps([asdict(row) for row in rows], ensure_ascii=False, indent=2))
        return
    wide = max((len(row.key) for row in rows), default=0)
    kinds = max((len(row.type) for row in rows), default=0)
    for row in rows:
        title = row.title if len(row.title) <= 60 else row.title[:59] + "…"
        click.echo(f"{row.key:{wide}}  {row.type:{kinds}}  {row.cited:4}  {title}{'  ' if row.flags else ''}{', '.join(row.flags)}")
    unread = sum(problem.is_error for problem in problems)
    click.echo(f"{len(rows)} sources" + (f"; {unread} problems in files that are not read: see shadowgen check" if unread else ""))
