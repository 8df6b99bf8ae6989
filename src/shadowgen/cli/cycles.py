"""The commands for recommendations from cycle to cycle: their grades over time, and which ones repeat earlier ones."""

from __future__ import annotations

import datetime as dt
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from shadowgen.cli.showing import day_of, form_of, show, table_options
from shadowgen.cli.terminal import OK, PROBLEMS, load, print_problems

if TYPE_CHECKING:
    from shadowgen.library import Library
    from shadowgen.records import Commitment, CommitmentDocument
    from shadowgen.reuse.repeats import Pair


def _document(library: Library, name: str) -> CommitmentDocument:
    """Return a commitments file by its name or its symbol; otherwise the call is wrong."""
    from shadowgen.diagnostics import did_you_mean

    if (found := library.document(name)) is None:
        hint = did_you_mean(name, library.document_names()) or f"there are: {', '.join(library.commitments) or 'none'}"
        raise click.UsageError(f"there is no commitments file or symbol '{name}'; {hint}")
    return found


# ---------------------------------------------------------------- recommendations


@click.command()
@click.argument("document", required=False)
@click.option("--theme", default="", help="Only recommendations that a finding with this theme answers.")
@click.option("--article", default="", help='Only recommendations about this article, such as "ICCPR 19".')
@table_options
@click.pass_obj
def recommendations(
    directory: Path, document: str | None, theme: str, article: str, form: str | None, output: Path | None,
    audience: str, day: dt.datetime | None, language: str,
) -> None:  # fmt: skip
    """Show recommendations over time. Of each: the authors' grades and the Committee's, with their dates, and its repeats in later cycles.

    DOCUMENT is a commitments file or its symbol, such as CCPR/C/KAZ/CO/1; without it, all are shown. Exit 0.
    """
    from shadowgen.catalogue import known, parse_article
    from shadowgen.reuse.implementation import track
    from shadowgen.reuse.implementation_views import TABLE_HEAD, TITLE, view

    chosen = form_of(form, output)
    ref = parse_article(article) if article else None
    if article and (ref is None or not known(ref)):
        raise click.UsageError(f"--article: there is no article '{article}'; write 'ICCPR 19(3)'")
    library, problems = load(directory)
    named = _document(library, document).id if document else ""
    tracking = track(library, day_of(day), audience, language=language).only(named, theme, ref)
    show(view(tracking, chosen), output, problems, what=TITLE, head=TABLE_HEAD)


# ---------------------------------------------------------------- repeats


@click.command()
@click.argument("earlier")
@click.argument("later")
@click.option("--least", type=click.IntRange(0, 100), default=30, show_default=True, help="How alike a pair must be to be shown.")
@click.option("--yes", "agreed", metavar="LATER=EARLIER", multiple=True, help="Write that a recommendation repeats an earlier one.")
@click.option("--no", "refused", metavar="LATER=EARLIER", multiple=True, help="Write that it does not.")
@click.option("--language", default="en", show_default=True, help="The language in which they are compared.")
@click.option("--json", "as_json", is_flag=True, help="Print the pairs as data.")
@click.pass_obj
def repeats(
    directory: Path, earlier: str, later: str, least: int, agreed: tuple[str, ...], refused: tuple[str, ...], language: str, as_json: bool
) -> None:
    """Find recommendations that repeat those of the last cycle. EARLIER and LATER are commitments files or their symbols.

    Pairs are proposed by their words, titles and articles; you decide, with --yes and --no and the ids of the two paragraphs.
    The decision is kept in the later file. Without a decision nothing is written.
    """
    from shadowgen.reuse.repeats import decide, propose

    library, _ = load(directory)
    old, new = _document(library, earlier), _document(library, later)
    if old.id == new.id:
        raise click.UsageError("name two documents")
    decisions = {_pair(new, old, words): True for words in agreed}
    for words in refused:
        if (pair := _pair(new, old, words)) in decisions:
            raise click.UsageError(f"--no {words}: it is said with --yes as well")
        decisions[pair] = False
    if decisions:
        if failed := decide(library, new, decisions):
            print_problems(failed, library.texts, as_json=False)
            sys.exit(PROBLEMS)
        library, _ = load(directory)
        old, new = library.commitments[old.id], library.commitments[new.id]
    pairs = propose(new, old, least, language)
    click.echo(_pairs_json(pairs) if as_json else _pairs_text(new, old, pairs, language), nl=False)
    sys.exit(OK)


def _pair(new: CommitmentDocument, old: CommitmentDocument, words: str) -> tuple[str, str]:
    """Return the paragraph and the key of the earlier recommendation that LATER=EARLIER names; otherwise the call is wrong."""
    from shadowgen.diagnostics import did_you_mean

    one, _, other = words.partition("=")
    later, former = ({paragraph.id for paragraph in document.paragraphs} for document in (new, old))
    if (one not in later or other not in former) and one in former and other in later:
        raise click.UsageError(f"'{words}': the later one comes first: write {other}={one}")
    for id, document in ((one, new), (other, old)):
        known = [paragraph.id for paragraph in document.paragraphs]
        if id not in known:
            raise click.UsageError(f"'{words}': {document.id} has no paragraph '{id}'; {did_you_mean(id, known) or 'write LATER=EARLIER'}")
    return one, f"{old.id}#{other}"


def _pairs_text(new: CommitmentDocument, old: CommitmentDocument, pairs: list[Pair], language: str) -> str:
    open_ = sum(not pair.decided for pair in pairs)
    counted = f"{len(pairs)} pair{'s' * (len(pairs) != 1)}, {open_} to be decided"
    rows = [f"{new.symbol or new.id} (the later) and {old.symbol or old.id} (the earlier): {counted}"]
    marks = {"yes": "repeats", "no": "does not repeat", "": "?"}
    for pair in pairs:
        rows.append(f"{pair.score:>4}  {pair.later.id}  {marks[pair.decided]}  {pair.earlier.id}")
        rows += [_told(one, language) for one in (pair.later, pair.earlier) if not pair.decided]
    rows += [f"{one.id} has no paragraphs yet: fill them in, or import the document" for one in (old, new) if not one.paragraphs]
    if first := next((pair for pair in pairs if not pair.decided), None):
        rows.append(f"Decide: shadowgen repeats {old.id} {new.id} --yes {first.later.id}={first.earlier.id} (or --no)")
    return "\n".join(rows) + "\n"


def _told(one: Commitment, language: str) -> str:
    """Return what a person must read to decide, as one line of a terminal."""
    from shadowgen.records import in_language
    from shadowgen.reuse.forms import WIDTH, cut

    title, asked = (" ".join(in_language(words, language).split()) for words in (one.title, one.text or one.summary))
    return cut(f"        {one.number}{'  ' if one.number else ''}{title}: {asked}", WIDTH)


def _pairs_json(pairs: list[Pair]) -> str:
    rows = [{"later": pair.later.key, "earlier": pair.earlier.key, "score": pair.score, "decided": pair.decided or None} for pair in pairs]
    return json.dumps({"shape": 1, "pairs": rows}, ensure_ascii=False, indent=2) + "\n"
