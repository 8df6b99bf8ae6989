"""The commands for what was sent: file, history, redline."""

from __future__ import annotations

import datetime as dt
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from shadowgen.cli.showing import AUDIENCE, DAY, output_option
from shadowgen.cli.terminal import OK, PROBLEMS, load, must_be_known, print_problems, tell_unread

if TYPE_CHECKING:
    from shadowgen.diagnostics import Diagnostic
    from shadowgen.filing.seals import Seal
    from shadowgen.library import Library


def _loaded(directory: Path) -> tuple[Library, dict[str, Seal], list[Diagnostic]]:
    """Return the library, the seals, and every error of their files."""
    from shadowgen.filing.seals import load_seals

    library, problems = load(directory)
    seals, more = load_seals(library.workspace)
    return library, seals, [problem for problem in (*problems, *more) if problem.is_error]


def _stop(problems: list[Diagnostic], library: Library) -> None:
    if problems:
        print_problems(problems, library.texts, as_json=False)
        sys.exit(PROBLEMS)


@click.command("file")
@click.argument("submission")
@click.option("--date", "day", type=DAY, help="When it was sent; without it, today.")
@click.option("--to", "to", default="", help="To whom it was sent.")
@click.option("--audience", type=AUDIENCE, help="For whom it was built, if not for whom its file says.")
@click.option("--language", default="", help="Seal this language only; without it, every one that is built.")
@click.option(
    "--sent", "files", multiple=True, metavar="FILE", type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Seal this file as sent, though it is not as it was built; may be repeated.",
)  # fmt: skip
@click.pass_obj
def file_(
    directory: Path, submission: str, day: dt.datetime | None, to: str, audience: str | None, language: str, files: tuple[Path, ...]
) -> None:
    """Seal what was sent. The record goes to submissions/filed/, with the version that was filed kept beside it.

    It is refused if an output is missing, edited, or not built from the files as they are; a file that was finished in Word is sealed
    knowingly with --sent. A seal is never overwritten.
    """
    from shadowgen.filing.sealing import Filing, file_submission

    library, seals, errors = _loaded(directory)
    must_be_known(library, (submission,))
    plan = library.plans[submission]
    if language and language not in plan.languages:
        raise click.UsageError(f"--language: {submission} has {', '.join(plan.languages)}, not {language}")
    if files and not language and len(plan.languages) > 1:
        raise click.UsageError("--sent: say with --language in which language the file is")
    _stop(errors, library)
    filing = Filing(day.date() if day else dt.date.today(), to, audience or "", language or (plan.languages[0] if files else ""), files)
    made, problems = file_submission(library, plan, filing, seals)
    _stop(problems, library)
    click.echo(f"sealed {made}")


@click.command("history")
@click.argument("name", required=False, metavar="[SECTION|SOURCE|SUBMISSION]")
@click.option("--json", "as_json", is_flag=True, help="Print the history as data.")
@click.pass_obj
def history(directory: Path, name: str | None, as_json: bool) -> None:
    """Tell where findings were used and filed, and what changed since. Without a name, every submission that was filed.

    A finding shows each passage that has changed, as its readers could read it then and can now.
    """
    from shadowgen.diagnostics import did_you_mean
    from shadowgen.filing.history import History
    from shadowgen.filing.history_views import history_json, history_text, plain_mark

    library, seals, errors = _loaded(directory)
    told = History(library, seals)
    if name is not None and name not in told.known():
        hint = did_you_mean(name, told.known()) or "see shadowgen find, shadowgen sources list"
        raise click.UsageError(f"there is no section, source or submission '{name}'; {hint}")
    tell_unread(errors)
    stories = told.stories(name) if name else []
    filed = told.since(name or "") if not name or not stories or name in library.plans else []
    if as_json:
        click.echo(history_json(stories, filed), nl=False)
    else:
        mark = _coloured if sys.stdout.isatty() else plain_mark
        click.echo(history_text(stories, filed, mark), nl=False)


def _coloured(words: str, new: bool) -> str:
    return click.style(words, fg="green", underline=True) if new else click.style(words, fg="red", strikethrough=True)


@click.command("redline")
@click.argument("old", metavar="A")
@click.argument("new", metavar="B")
@output_option("Write to this file; without it, to A-B.redline.docx here.")
@click.option("--audience", type=AUDIENCE, help="For whom both are: needed for a file that no build made.")
@click.option("--language", default="", help="The language of both; without it, the first of each.")
@click.option("--author", default="shadowgen", show_default=True, help="Who is named as author of the changes.")
@click.pass_obj
def redline(directory: Path, old: str, new: str, output: Path | None, audience: str | None, language: str, author: str) -> None:
    """Write a Word file with tracked changes that lead from A to B. Each is a submission, a seal, or a .docx or .md file built here.

    Accepting all changes gives the words of B, rejecting all gives those of A. Two audiences or two languages are not compared. An
    earlier redline is replaced, unless another program has saved it.
    """
    from shadowgen.filing.versions import Wanted, compare, find_version
    from shadowgen.redline.marking import Signature
    from shadowgen.redline.packing import is_redline
    from shadowgen.safewrite import put_over

    library, seals, _ = _loaded(directory)
    wanted = Wanted(audience or "", language)
    first, problems = find_version(library, seals, old, wanted)
    second, more = find_version(library, seals, new, wanted)
    if first is None or second is None:
        _stop([*problems, *more], library)
        return
    data, count, problems = compare(library, first, second, Signature(author, _moment()))
    _stop(problems, library)
    target = output or Path(f"{Path(old).stem}-{Path(new).stem}.redline.docx")
    _stop(put_over(target, data, str(target), is_redline, "redline as it was written"), library)
    click.echo(f"wrote {os.path.relpath(target)}: {count} changes" if count else f"wrote {os.path.relpath(target)}: no word has changed")
    sys.exit(OK)


def carry_over(
    directory: Path, source: str, id: str | None, cycle: int | None, commitments: tuple[str, ...], day: dt.datetime | None, as_json: bool
) -> None:
    """Write the proposed submission of the next cycle and show the proposal; end the program."""
    from shadowgen.filing.carrying import propose, submission_text
    from shadowgen.filing.carrying_views import proposal_json, proposal_text
    from shadowgen.starter import put_new

    if cycle is None:
        raise click.UsageError("--from: say the number of the cycle with --cycle")
    library, _, errors = _loaded(directory)
    must_be_known(library, (source,), "--from")
    given = [name for words in commitments for name in words.replace(",", " ").split()]
    names = tuple(_known_document(library, name) for name in given) or library.plans[source].commitments
    _stop(errors, library)
    date = day.date() if day else dt.date.today()
    proposal = propose(library, library.plans[source], id or f"{source}-cycle-{cycle}", cycle, names, date)
    made, problems = put_new(library.workspace, proposal.submission, submission_text(library, library.plans[source], proposal))
    _stop(problems, library)
    if not set(names) - set(library.plans[source].commitments):
        click.echo("no newer recommendations are named: say with --commitments what was asked since", err=True)
    click.echo(proposal_json(proposal) if as_json else proposal_text(proposal) + f"\nmade {made}\n", nl=False)
    sys.exit(OK)


def _known_document(library: Library, name: str) -> str:
    """Return the id of a commitments file that is named by its id or symbol; otherwise the call is wrong."""
    from shadowgen.diagnostics import did_you_mean

    if (document := library.document(name)) is None:
        hint = did_you_mean(name, library.document_names()) or f"there are: {', '.join(sorted(library.commitments)) or 'none'}"
        raise click.UsageError(f"--commitments: there is no commitments file or symbol '{name}'; {hint}")
    return document.id


def _moment() -> str:
    """Return the time of the changes where SOURCE_DATE_EPOCH sets one; else nothing is said of it."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    return dt.datetime.fromtimestamp(int(epoch), dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if epoch.isdigit() else ""
