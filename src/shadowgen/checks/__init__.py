"""Rules over a library, the submissions it yields, and finished files.

Enters: a `Library` and the problems found while loading it. Leaves: every problem, once, in the order of files and lines.
"""

from __future__ import annotations

import datetime as dt

from shadowgen.acceptance import Settled, settle, unused, wrong
from shadowgen.diagnostics import Diagnostic, has_errors, in_order
from shadowgen.library import Library


def check(library: Library, loading: list[Diagnostic], submissions: tuple[str, ...] = (), today: dt.date | None = None) -> list[Diagnostic]:
    """Check the library and every submission (or the named ones) in each of its languages; what is accepted is left out."""
    return settled(library, loading, submissions, today).left


def settled(library: Library, loading: list[Diagnostic], submissions: tuple[str, ...] = (), today: dt.date | None = None) -> Settled:
    """Check as `check` does, and keep what is accepted.

    Whether an acceptance is still needed can be told only where everything was checked and nothing stopped it.
    """
    from shadowgen.bodyrules import check_pages, pages_of
    from shadowgen.checks.editing import check_editing
    from shadowgen.checks.library import check_library, plans_to_check
    from shadowgen.checks.sources import check_sources
    from shadowgen.compose import compose

    found = [*loading, *check_library(library, today or dt.date.today()), *check_sources(library), *wrong(library.accepted)]
    edited, abbreviations = check_editing(library)
    found += edited
    for plan in plans_to_check(library, submissions):
        for language in plan.languages:
            made, problems = compose(library, plan, language, plan.audience)
            found += problems
            if made and language in abbreviations:
                found += abbreviations[language].check(made)
            if made:
                found += check_pages(library, plan, made.profile, pages_of(made.text_words + made.note_words), about=True)
    result = settle(in_order(found), library.accepted, library.texts)
    if not submissions and not has_errors(found):
        return Settled(in_order([*result.left, *unused(result.unused)]), result.accepted, [])
    return result
