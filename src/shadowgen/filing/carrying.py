"""The submission of the next cycle, proposed from one that was written: what can stand, what is stale, what answers which recommendation now.

Enters: a `Library`, a submission, the commitments of the new cycle, a day. Leaves: a `Proposal`, and the text of a submission file for a person
to decide on. A section is as fresh as `coverage` and `find` say.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from shadowgen.library import Library
from shadowgen.records import Commitment, CommitmentDocument, Plan, Section, in_language
from shadowgen.reuse.filters import used_in
from shadowgen.reuse.implementation import NOT_ASKED
from shadowgen.reuse.repeats import propose as propose_pairs
from shadowgen.staleness import reasons
from shadowgen.writers.yamltext import write_yaml
from shadowgen.yamlfile import parse_yaml

SAYS, REPEATS, LOOKS = "says so", "repeats", "looks like"
_ORDER = (SAYS, REPEATS, LOOKS)


@dataclass(frozen=True, slots=True)
class Answer:
    """A recommendation of the new cycle that a section answers: how that is known, and through which earlier one; `likeness` is 0 to 100."""

    key: str
    number: str
    title: str
    how: str
    earlier: str = ""
    likeness: int = 0


@dataclass(frozen=True, slots=True)
class Carried:
    """A section of the old submission: whether it can stand, and what it answers now."""

    id: str
    title: str
    status: str
    freshness: str
    review_by: dt.date | None
    stale_because: tuple[str, ...]
    answers: tuple[Answer, ...]

    @property
    def stands(self) -> bool:
        """True if nothing keeps it from being used again as it is: its facts are fresh and its text is final."""
        return self.freshness == "fresh" and self.status == "final"


@dataclass(frozen=True, slots=True)
class Open:
    """A recommendation of the new cycle that no section of the old submission is known to answer."""

    key: str
    number: str
    title: str
    known: bool  # an earlier recommendation is repeated by it, or looks like it, and nothing answered that


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a new submission could take over."""

    submission: str
    source: str
    cycle: int
    date: dt.date
    commitments: tuple[str, ...]
    sections: tuple[Carried, ...]
    unanswered: tuple[Open, ...]


def propose(library: Library, plan: Plan, id: str, cycle: int, commitments: Sequence[str], day: dt.date) -> Proposal:
    """Return what a submission of the next cycle could take over from `plan`; `commitments` are ids of documents in the library."""
    own = [library.sections[name] for name in sorted(used_in(library, plan)) if name in library.sections]
    later = [one for name in commitments for one in library.commitments[name].paragraphs]
    became = _became(library, [library.commitments[name] for name in commitments], _earlier(library, plan, own, commitments))
    carried = [_carried(library, section, later, became, day) for section in own]
    answered = {answer.key for one in carried for answer in one.answers}
    known = {answer.key for answers in became.values() for answer in answers}
    unanswered = [Open(one.key, one.number, in_language(one.title, "en"), one.key in known) for one in later if one.key not in answered]
    return Proposal(id, plan.id, cycle, day, tuple(commitments), tuple(_in_order(carried, library, plan)), tuple(unanswered))


def _earlier(library: Library, plan: Plan, sections: Sequence[Section], commitments: Sequence[str]) -> list[CommitmentDocument]:
    """Return the documents that the old submission assesses, or that its sections answer, and that ask for something."""
    named = dict.fromkeys([*plan.commitments, *(one.document for section in sections for one in section.responds_to)])
    documents = [library.commitments[name] for name in named if name in library.commitments and name not in commitments]
    return [document for document in documents if document.kind not in NOT_ASKED]


def _rank(answer: Answer) -> tuple[int, int, str]:
    return (_ORDER.index(answer.how), -answer.likeness, answer.key)


def _became(library: Library, later: Sequence[CommitmentDocument], earlier: Sequence[CommitmentDocument]) -> dict[str, list[Answer]]:
    """Return for each earlier recommendation the later ones that repeat it by a person's word, over any number of cycles, or look like it.

    What looks alike is what `shadowgen repeats` proposes; a pair that a person has denied is not.
    """
    became: dict[str, list[Answer]] = {}
    for document in later:
        for one in document.paragraphs:
            for key in _repeated(library, one):
                became.setdefault(key, []).append(_answer(one, REPEATS, key))
        for old in earlier:
            for pair in propose_pairs(document, old):
                known = {answer.key for answer in became.get(pair.earlier.key, ())}
                if not pair.decided and pair.later.key not in known:
                    became.setdefault(pair.earlier.key, []).append(_answer(pair.later, LOOKS, pair.earlier.key, pair.score))
    return became


def _repeated(library: Library, one: Commitment) -> list[str]:
    """Return the keys of all that a recommendation repeats, the last cycle first."""
    paragraphs = {each.key: each for document in library.commitments.values() for each in document.paragraphs}
    found, todo = dict.fromkeys(one.repeats), [*one.repeats]
    while todo:
        for key in paragraphs[todo[0]].repeats if todo[0] in paragraphs else ():
            if key not in found and key != one.key:
                found[key] = None
                todo.append(key)
        del todo[0]
    return list(found)


def _answer(one: Commitment, how: str, earlier: str = "", likeness: int = 0) -> Answer:
    return Answer(one.key, one.number, in_language(one.title, "en"), how, earlier, likeness)


def _carried(library: Library, section: Section, later: Sequence[Commitment], became: dict[str, list[Answer]], day: dt.date) -> Carried:
    said = {f"{one.document}#{one.paragraph}" for one in section.responds_to}
    direct = [_answer(one, SAYS) for one in later if one.key in said]
    through = [answer for key in sorted(said) for answer in became.get(key, ())]
    answers: dict[str, Answer] = {}
    for answer in sorted([*direct, *through], key=_rank):
        answers.setdefault(answer.key, answer)
    return Carried(
        section.id, section.in_language("en").title_text, section.status, section.freshness(day), section.review_by,
        reasons(library, section, day), tuple(answers.values()),
    )  # fmt: skip


def _in_order(carried: list[Carried], library: Library, plan: Plan) -> list[Carried]:
    """Put sections in the order of the document that they come from."""
    from shadowgen.outline import choose_sections

    chosen = [section.id for section in choose_sections(library, plan, [], frozenset())]
    order = {id: place for place, id in enumerate([*plan.front, *chosen, *plan.closing, *plan.annexes])}
    return sorted(carried, key=lambda one: order[one.id])


# ---------------------------------------------------------------- the file

_CHANGED = ("session", "date", "subtitle")  # what belongs to one cycle; a person says what it is in the next
_LISTS = ("front", "closing", "annexes")


def submission_text(library: Library, plan: Plan, proposal: Proposal) -> str:
    """Return the file of the proposed submission: the old one's choices, its outline made of what can stand, the rest as comments."""
    document, _ = parse_yaml(library.texts[plan.origin.file], plan.origin.file)
    data = {
        name: value for name, value in document.data.items() if name not in (*_CHANGED, "sections", "leave_out", "commitments", "languages")
    }
    stands = {one.id for one in proposal.sections if one.stands}
    for name in _LISTS:
        if name in data:
            data[name] = [id for id in data[name] if id in stands]
    data = {name: value for name, value in data.items() if value not in ([], {})}
    data |= {"languages": list(plan.languages), "date": proposal.date.strftime("%Y-%m"), "commitments": list(proposal.commitments)}
    head = (
        f"Proposed from {proposal.source} for cycle {proposal.cycle} on {proposal.date}. Nothing in it is decided:\n"
        "say the title, session and date of the new cycle, and look at every section that is commented out."
    )
    return write_yaml(data, head) + "\n".join(_outline(proposal, {*plan.front, *plan.closing, *plan.annexes})) + "\n"


def _outline(proposal: Proposal, apart: set[str]) -> Iterator[str]:
    main = [one for one in proposal.sections if one.id not in apart]
    yield "sections:" if any(one.stands for one in main) else "sections: []  # take the brackets out when you uncomment a line"
    for one in proposal.sections:
        if one.stands and one.id in apart:
            continue
        for answer in one.answers:
            yield f"  # answers {answer.key}{f' ({answer.number})' if answer.number else ''}: {told(answer)}"
        if one.stands:
            yield f"  - {one.id}"
        else:
            yield f"  # {why_not(one)}"
            yield f"  # - {one.id}"
    for row in proposal.unanswered:
        yield f"  # nothing answers {row.key}{f' ({row.number})' if row.number else ''}"


def told(answer: Answer) -> str:
    """Say how it is known that a section answers a recommendation."""
    match answer.how:
        case "repeats":
            return f"repeats {answer.earlier}"
        case "looks like":
            return f"looks like {answer.earlier} ({answer.likeness} of 100): to be decided"
    return "the section says so"


def why_not(one: Carried) -> str:
    """Say what keeps a section from being used as it is."""
    kept_back = [one.status] if one.status != "final" else []
    kept_back += [f"stale: {'; '.join(one.stale_because)}"] if one.freshness == "stale" else []
    kept_back += ["never checked"] if one.freshness == "never" else []
    return "; ".join(kept_back)
