"""Rules over recommendations from cycle to cycle: their grades, what repeats what, what was selected for follow-up."""

from __future__ import annotations

from collections.abc import Iterator

from shadowgen import rules
from shadowgen.catalogue import parse_symbol, treaties
from shadowgen.diagnostics import Diagnostic, did_you_mean
from shadowgen.library import Library
from shadowgen.profiles import load_profile
from shadowgen.records import Commitment, CommitmentDocument, Grading


def check_cycles(library: Library) -> list[Diagnostic]:
    """Return every problem of grades, repeats and follow-up."""
    found: list[Diagnostic] = []
    for grading in gradings(library):
        if grading.source and grading.source not in library.sources:
            hint = did_you_mean(grading.source, list(library.sources))
            found.append(rules.UNKNOWN_SOURCE.at(grading.origin, f"there is no source '{grading.source}'", hint))
    for document in library.commitments.values():
        found += _follow_ups(document, library)
        for one in document.paragraphs:
            found += _repeats(one, document, library)
            for grading in one.committee:
                if not (grading.date and grading.source):
                    found.append(rules.GRADE_WITHOUT_SOURCE.at(grading.origin, f"the Committee's grade {grading.grade} has no source"))
    return found


def gradings(library: Library) -> Iterator[Grading]:
    """Yield every grade that is written in a file."""
    yield from (grading for section in library.sections.values() for grading in section.earlier)
    yield from (grading for document in library.commitments.values() for one in document.paragraphs for grading in one.committee)


def _repeats(one: Commitment, document: CommitmentDocument, library: Library) -> Iterator[Diagnostic]:
    known = {earlier.key: home for home in library.commitments.values() for earlier in home.paragraphs}
    for key in (*one.repeats, *one.not_repeats):
        if (home := known.get(key)) is None:
            yield rules.UNKNOWN_REPEAT.at(one.origin, f"there is no recommendation '{key}'", did_you_mean(key, list(known)))
        elif home.id == document.id or (home.date and document.date and home.date > document.date):
            yield rules.UNKNOWN_REPEAT.at(one.origin, f"'{key}' is not of an earlier document")
    for key in sorted({*one.repeats} & {*one.not_repeats}):
        yield rules.UNKNOWN_REPEAT.at(one.origin, f"'{key}' is said to be repeated and not to be")


def _follow_ups(document: CommitmentDocument, library: Library) -> Iterator[Diagnostic]:
    """Compare what was selected with what the body of the document selects at most."""
    selected = [one for one in document.paragraphs if one.follow_up]
    symbol = parse_symbol(document.symbol) if document.symbol else None
    body = next((treaty.body for treaty in treaties().values() if symbol and symbol.stem and treaty.symbol_stem == symbol.stem), "")
    if not selected or not body:
        return
    profile, _ = load_profile(library.workspace, f"{body.lower()}-follow-up")
    most = profile.number("follow_up_count") if profile else None
    if most and len(selected) > most:
        told = f"{len(selected)} recommendations are marked for follow-up where the body selects at most {most}"
        yield rules.TOO_MANY_FOLLOW_UPS.at(selected[most].origin, told, profile.cited("follow_up_count") if profile else "")
