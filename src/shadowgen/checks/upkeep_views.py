"""What has grown old, as text for a terminal or as JSON.

Enters: an `Upkeep` and its library. Leaves: text.
"""

from __future__ import annotations

import json
from typing import Any

from shadowgen.checks.translations import behind, translations
from shadowgen.checks.upkeep import Upkeep
from shadowgen.excerpts import discreet
from shadowgen.library import Library
from shadowgen.records import Section

SHAPE = 1  # of the JSON; a change that would break a reader of it raises the number


def upkeep_text(found: Upkeep, library: Library) -> str:
    """Return the list for a person, group after group."""
    stale = [section for section in library.sections.values() if section.freshness(found.date) == "stale"]
    accepted = f"; {found.accepted} accepted" if found.accepted else ""
    lines = [
        f"{len(stale)} of {len(library.sections)} sections stale on {found.date}, {len(found.never)} finding{'s' * (len(found.never) != 1)} never checked{accepted}"
    ]
    for name, problems in found.groups.items():
        if problems:
            lines += [
                "",
                f"{name}:",
                *(f"  {one.origin.file}:{one.origin.line}: {one.message}" for one, _ in discreet(problems, library.texts)),
            ]
    if found.never:
        lines += ["", "never checked:", *(f"  {section.origin.file}: {section.in_language('en').title_text}" for section in found.never)]
    return "\n".join(lines) + "\n"


def upkeep_json(found: Upkeep, library: Library) -> str:
    """Return the list as data; docs/upkeep.md says what each name holds."""
    groups = [(name, problem) for name, problems in found.groups.items() for problem, _ in discreet(problems, library.texts)]
    stale = [section for section in library.sections.values() if section.freshness(found.date) == "stale"]
    data = {
        "shape": SHAPE,
        "date": found.date,
        "findings": [_finding(section, found) for section in (*stale, *found.never)],
        "problems": [problem.as_data() | {"group": name} for name, problem in groups],
        "translations": _translations(library),
        "accepted": found.accepted,
    }
    return json.dumps(data, ensure_ascii=False, indent=2, default=str) + "\n"


def _finding(section: Section, found: Upkeep) -> dict[str, Any]:
    return {
        "id": section.id, "title": section.in_language("en").title_text, "file": section.origin.file, "freshness": section.freshness(found.date),
        "verified": section.verified, "review_by": section.review_by,
    }  # fmt: skip


def _translations(library: Library) -> list[dict[str, Any]]:
    rows = []
    for section, prose in translations(library):
        changes = [
            {"part": one.name, "how": one.how, "was": one.was, "now": one.now, "after": one.after, "line": one.line, "words": one.words}
            for one in behind(library, section, prose)
        ]
        if changes or prose.translates is None:
            rows.append({"id": section.id, "language": prose.language, "stamped": prose.translates is not None, "changes": changes})
    return rows
