"""Rules over a library, the submissions it yields, and finished files.

Enters: a `Library` and the problems found while loading it. Leaves: every problem, once, in the order of files and lines.
"""

from __future__ import annotations

import datetime as dt

from shadowgen.diagnostics import Diagnostic, in_order
from shadowgen.library import Library


def check(library: Library, loading: list[Diagnostic], submissions: tuple[str, ...] = (), today: dt.date | None = None) -> list[Diagnostic]:
    """Check the library and every submission (or the named ones) in each of its languages."""
    from shadowgen.checks.library import check_library, plans_to_check
    from shadowgen.checks.sources import check_sources
    from shadowgen.compose import compose

    found = [*loading, *check_library(library, today or dt.date.today()), *check_sources(library)]
    for plan in plans_to_check(library, submissions):
        for language in plan.languages:
            found += compose(library, plan, language, plan.audience)[1]
    return in_order(found)
