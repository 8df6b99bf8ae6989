"""A proposal for the next cycle as a person reads it, and as a machine does."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict

from shadowgen.filing.carrying import Proposal, told, why_not

SHAPE = 1  # raised when a name of the JSON changes its meaning or goes


def proposal_json(proposal: Proposal) -> str:
    """Return a proposal as JSON."""
    data = asdict(proposal)
    for row, one in zip(data["sections"], proposal.sections, strict=True):
        row["stands"] = one.stands
    return json.dumps({"shape": SHAPE, **data}, ensure_ascii=False, indent=2, default=str) + "\n"


def proposal_text(proposal: Proposal) -> str:
    """Return a proposal for a terminal: what can stand, what cannot as it is, what is open."""
    return "\n".join(_rows(proposal)) + "\n"


def _rows(proposal: Proposal) -> Iterator[str]:
    stands, others = ([one for one in proposal.sections if one.stands == wanted] for wanted in (True, False))
    yield f"{proposal.submission}: cycle {proposal.cycle}, from {proposal.source}, on {proposal.date}"
    for label, some in (("can stand", stands), ("to be looked at first", others)):
        yield ""
        yield f"{label}: {len(some)}"
        for one in some:
            yield f"  {one.id}  {one.title}{'' if one.stands else f'  ({why_not(one)})'}"
            yield from (f"    {answer.key}{f' ({answer.number})' if answer.number else ''}: {told(answer)}" for answer in one.answers)
    for label, known in (("repeated or alike, and nothing answered them", True), ("new, and nothing answers them", False)):
        rows = [row for row in proposal.unanswered if row.known == known]
        yield ""
        yield f"{label}: {len(rows)}"
        yield from (f"  {row.key}{f' ({row.number})' if row.number else ''}  {row.title}" for row in rows)
