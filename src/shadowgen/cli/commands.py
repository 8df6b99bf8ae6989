"""The commands. Each is thin: one call of the library, then words for a person or data for a machine."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from shadowgen.cli.budget import budget
from shadowgen.cli.checking import check
from shadowgen.cli.cycles import recommendations, repeats
from shadowgen.cli.filing import file_, history, redline
from shadowgen.cli.importing import import_
from shadowgen.cli.reuse import coverage, find
from shadowgen.cli.scanning import clean, scan
from shadowgen.cli.showing import AUDIENCE, DAY
from shadowgen.cli.sources import sources
from shadowgen.cli.terminal import INTERRUPTED, OK, PROBLEMS, as_data, must_be_known, print_problems, tally, workspace_of
from shadowgen.cli.upkeep import links, stale, translated
from shadowgen.cli.vault import load_people, vault, vault_options

if TYPE_CHECKING:
    from shadowgen.build import Job
    from shadowgen.cli.vault import VaultAt
    from shadowgen.workspace import Workspace


class _Commands(click.Group):
    """The commands, with a last resort: a fault of ours is told in a sentence, without the values at hand."""

    def invoke(self, context: click.Context) -> Any:
        try:
            return super().invoke(context)
        except (KeyboardInterrupt, click.Abort):
            click.echo("\nstopped: every file is as it was, or finished", err=True)
            sys.exit(INTERRUPTED)
        except (click.ClickException, click.exceptions.Exit, SystemExit, BrokenPipeError):
            raise
        except Exception as error:
            if os.environ.get("SHADOWGEN_DEBUG"):
                raise
            trace = error.__traceback__
            while trace and trace.tb_next:
                trace = trace.tb_next
            place = f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}" if trace else "unknown"
            click.echo(
                f"shadowgen has a fault ({type(error).__name__} at {place}). Your files are untouched. Please report this line.", err=True
            )
            sys.exit(PROBLEMS)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="shadowgen", prog_name="shadowgen")
@click.option("-C", "--directory", type=click.Path(exists=True, file_okay=False, path_type=Path), default=".", help="Work in this folder.")
@click.pass_context
def main(context: click.Context, directory: Path) -> None:
    """Write shadow reports to UN treaty bodies from reusable findings.

    Exit codes: 0 clean, 1 problems found, 2 the command was called wrongly, 130 stopped by Ctrl-C.
    """
    import atexit
    import gc

    gc.set_threshold(1_000_000, 50, 50)  # many small frozen nodes, hardly any cycles: a fifth off the time of every command
    atexit.register(gc.freeze)  # or Python would look for cycles twice more before it ends
    context.obj = directory


# ---------------------------------------------------------------- build


@main.command()
@click.argument("submissions", nargs=-1, metavar="[SUBMISSION]...")
@click.option("--format", "formats", default="docx,pdf", show_default=True, help="Any of docx, pdf, html, md, separated by commas.")
@click.option("--audience", type=AUDIENCE, help="Who the document is for, if not who its file says.")
@click.option("--language", help="One of the submission's languages; without it, the first.")
@click.option("--print", "for_print", is_flag=True, help="Build a PDF for the print shop as well: <name>.print.pdf.")
@click.option("--fold", is_flag=True, help="Fill the print shop's pages up to a multiple of four.")
@click.option("--draft", is_flag=True, help="Build a draft for yourselves as well: <name>.draft.pdf, with line numbers and sources.")
@click.option("--force", is_flag=True, help="Replace an output that a person has edited; a backup is kept.")
@click.option("--json", "as_json", is_flag=True, help="Print results and problems as data.")
@vault_options
@click.pass_obj
def build(
    directory: Path, submissions: tuple[str, ...], formats: str, language: str | None, as_json: bool, vault: VaultAt, **options: Any
) -> None:
    """Build submissions (all, or those named) into output/.

    Nothing is built of a submission that has an error, and an output that a person has edited is left as it is. Warnings are
    counted; `shadowgen check` shows them.
    """
    from shadowgen.acceptance import settle
    from shadowgen.build import build as run
    from shadowgen.checks.persons import check_persons
    from shadowgen.diagnostics import has_errors, in_order

    library, loading = load_people(directory, vault)
    must_be_known(library, submissions)
    loading += [problem for problem in check_persons(library, others=False) if problem.is_error]
    job = _job(formats, language, **options)
    built, problems = [], [problem for problem in loading if problem.is_error]
    for plan in [library.plans[name] for name in submissions] or list(library.plans.values()):
        if language and language not in plan.languages:
            raise click.UsageError(f"--language: {plan.id} has {', '.join(plan.languages)}, not {language}")
        done, found = run(library, plan, job) if not has_errors(loading) else ([], [])
        built += done
        problems += found
    problems = settle(in_order(problems), library.accepted, library.texts).left
    if as_json:
        from dataclasses import asdict

        data = {"built": [asdict(one) for one in built], "problems": as_data(problems, library.texts)}
        click.echo(json.dumps(data, ensure_ascii=False, indent=2))
    else:
        print_problems([problem for problem in problems if problem.is_error], library.texts, as_json=False)
        for one in built:
            click.echo(_summary(one, workspace_of(directory)))
        if problems:
            click.echo(f"{tally(problems)}{'' if has_errors(problems) else '; shadowgen check shows them'}")
    sys.exit(PROBLEMS if has_errors(problems) else OK)


def _job(formats: str, language: str | None, audience: str | None, for_print: bool, fold: bool, draft: bool, force: bool) -> Job:
    """Return what to build; a call that makes no sense ends here."""
    from shadowgen.build import FORMATS, Job

    chosen = tuple(dict.fromkeys(part.strip() for part in formats.split(",") if part.strip()))
    if unknown := [part for part in chosen if part not in FORMATS] or not chosen:
        raise click.UsageError(f"--format: {unknown[0] if isinstance(unknown, list) else 'nothing'} is not one of {', '.join(FORMATS)}")
    if fold and not for_print:
        raise click.UsageError("--fold is for --print")
    beside = tuple(name for name, wanted in (("print", for_print), ("draft", draft)) if wanted)
    return Job(chosen, audience, language, force, beside, fold, _teller())


def _teller() -> Any:
    """Return a function that shows what is going on, on one line of a terminal."""
    if not sys.stderr.isatty():
        return lambda _: None
    return lambda words: click.echo(f"\r\x1b[2K{words} ...", nl=False, err=True)


def _summary(one: Any, workspace: Workspace) -> str:
    if sys.stderr.isatty():
        click.echo("\r\x1b[2K", nl=False, err=True)
    name = one.submission + (f" ({one.language}, {one.audience})" if one.audience != "public" else f" ({one.language})")
    words = f"{one.text_words:,} words and {one.note_words:,} in notes"
    if one.limit:
        words += f"; {one.counted:,} count towards the limit of {one.limit:,}"
        words += "" if one.counted <= one.limit else ": OVER THE LIMIT"
    rows = [click.style(name, bold=True), f"  {words}", f"  {one.notes} notes" + (f", {one.pages} pages" if one.pages else "")]
    if one.left_out:
        rows.append(f"  {len(one.left_out)} sections left out to keep the limit")
    rows += [f"  {os.path.relpath(workspace.root / file)}" for file in one.files]
    rows += [f"  {name}: {words}" for name, words in one.sending.items() if name in ("file name", "mail subject", "posting")]
    return "\n".join(rows)


# ---------------------------------------------------------------- explain and schema


@main.command()
@click.argument("rule", required=False)
def explain(rule: str | None) -> None:
    """Say what a rule means. Name it by its code or name (SG201, unknown-source); without one, all rules are listed."""
    from shadowgen.diagnostics import did_you_mean
    from shadowgen.rules import all_rules, find_rule

    if rule is None:
        for one in all_rules():
            click.echo(f"{one.code}  {one.severity.value:7}  {one.name}")
        return
    found = find_rule(rule)
    if found is None:
        names = [name for one in all_rules() for name in (one.code, one.name)]
        raise click.UsageError(
            f"there is no rule '{rule}'; {did_you_mean(rule.upper(), names) or did_you_mean(rule, names) or 'see shadowgen explain'}"
        )
    click.echo(f"{found.code} {found.name} ({found.severity.value})\n\n{found.doc}")


@main.command()
@click.argument("kind", required=False)
def schema(kind: str | None) -> None:
    """Print the JSON Schema of a kind of file. Without one, the kinds are listed."""
    from shadowgen.model import SCHEMAS, json_schema

    if kind is None:
        click.echo("\n".join(SCHEMAS))
        return
    if kind not in SCHEMAS:
        raise click.UsageError(f"there is no kind '{kind}'; there are: {', '.join(SCHEMAS)}")
    click.echo(json.dumps(json_schema(kind), ensure_ascii=False, indent=2))


# ---------------------------------------------------------------- init and new


@main.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.pass_obj
def init(directory: Path, folder: Path) -> None:
    """Start a workspace in FOLDER. It gets a first section, source and submission, and editor support for YAML.

    Files that exist already are left as they are.
    """
    from shadowgen.starter import start_workspace

    target = directory / folder
    if target.exists() and not target.is_dir():
        raise click.UsageError(f"{target} is a file")
    made, problems = start_workspace(target)
    print_problems(problems, {}, as_json=False)
    for name in made:
        click.echo(f"made {os.path.relpath(target / name)}")
    if not problems:
        click.echo(f"Next: cd {os.path.relpath(target)} && shadowgen check && shadowgen build")
    sys.exit(PROBLEMS if problems else OK)


@main.group()
def new() -> None:
    """Start a section, source or submission."""


def _start(directory: Path, kind: str, id: str, **values: str) -> None:
    from shadowgen.starter import start_file

    made, problems = start_file(workspace_of(directory), kind, id, values)
    print_problems(problems, {}, as_json=False)
    if made:
        click.echo(f"made {made}")
    sys.exit(PROBLEMS if problems else OK)


@new.command("section")
@click.argument("id")
@click.option("--article", default="ICCPR 19", show_default=True, help="The article that it mainly concerns.")
@click.pass_obj
def new_section(directory: Path, id: str, article: str) -> None:
    """Start a section under its article."""
    _start(directory, "section", id, article=article)


@new.command("source")
@click.argument("id", metavar="KEY")
@click.option("--type", "type_", default="ngo-report", show_default=True, help="Its type, such as legislation or un-document.")
@click.pass_obj
def new_source(directory: Path, id: str, type_: str) -> None:
    """Start a source in sections/sources/, in a file of its own."""
    _start(directory, "source", id, type=type_)


@new.command("submission")
@click.argument("id", required=False)
@click.option("--template", help="The kind of document; without it, shadow-report.")
@click.option("--from", "source", metavar="SUBMISSION", help="Propose the submission of the next cycle from this one.")
@click.option("--cycle", type=click.IntRange(1), help="With --from: the number of the cycle.")
@click.option(
    "--commitments",
    multiple=True,
    metavar="DOCUMENT",
    help="With --from: what was asked since, a commitments file or its symbol; may be repeated.",
)
@click.option("--date", "day", type=DAY, help="With --from: the day on which findings must be fresh.")
@click.option("--json", "as_json", is_flag=True, help="With --from: print the proposal as data.")
@click.pass_obj
def new_submission(directory: Path, id: str | None, template: str | None, source: str | None, **options: Any) -> None:
    """Start a submission; with --from, the next one of a series.

    The proposal says what can stand, what is stale, which new recommendation each section answers, and what nothing answers. It is
    written as a new file, in which what cannot stand as it is, is a comment. Nothing is ever overwritten.
    """
    from shadowgen.cli.filing import carry_over

    if source is not None and template is None:
        carry_over(directory, source, id, **options)
    if source is not None or any(options.values()) or id is None:
        raise click.UsageError("give an ID and --template, or --from SUBMISSION and --cycle NUMBER")
    _start(directory, "submission", id, template=template or "shadow-report")


main.add_command(check)
main.add_command(budget)
main.add_command(coverage)
main.add_command(find)
main.add_command(recommendations)
main.add_command(repeats)
main.add_command(sources)
main.add_command(import_)
main.add_command(scan)
main.add_command(clean)
main.add_command(vault)
main.add_command(stale)
main.add_command(links)
main.add_command(translated)
main.add_command(file_)
main.add_command(history)
main.add_command(redline)
