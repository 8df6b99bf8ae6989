"""How many words each section takes in a finished document, as its body counts them, and whether that is within the budgets of the submission.

Enters: a resolved `Submission` with its record, a `Plan`, a `Profile`. Leaves: words by section, budgets kept and broken. The sum of all is the
document's length: what belongs to no section (headings of parts and articles, contents, signatories) is the frame.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase

from shadowgen import rules
from shadowgen.catalogue import parse_article
from shadowgen.diagnostics import Diagnostic, Origin, did_you_mean
from shadowgen.library import Library
from shadowgen.nodes import Block, Cover, Heading, NoteCall, PageBreak, Paragraph, Submission, plain_text, walk
from shadowgen.numbering import RecordEntry
from shadowgen.outline import matches_any
from shadowgen.profiles import Profile
from shadowgen.records import Plan, Section
from shadowgen.wordcount import count_words

FRAME, SOURCES = "", "#sources"  # what belongs to no section; the table of sources, which is an annex
PARTS = ("front", "recommendations", "articles", "closing", "annexes")


@dataclass(frozen=True, slots=True)
class Used:
    """Words of text and words of notes."""

    text: int = 0
    notes: int = 0

    def __add__(self, other: Used) -> Used:
        return Used(self.text + other.text, self.notes + other.notes)


Lengths = dict[str, Used]


@dataclass(frozen=True, slots=True)
class Budget:
    """A budget of the submission file: what it is for, its words, how many are used, where it stands."""

    name: str
    words: int
    used: int
    origin: Origin


def measure(submission: Submission, record: tuple[RecordEntry, ...], sources_title: str) -> Lengths:
    """Return the words of each section of a document, with the heading and the quoted recommendation that stand right before it.

    A block without a paragraph of any section goes with the block before it. A heading goes with what follows it, so that two headings
    in a row are one of an article, which is frame, and one of a section.
    """
    homes = {entry.ordinal: entry.section for entry in record}
    lengths: Lengths = {FRAME: Used()}
    owner, waiting = FRAME, list[tuple[bool, Used]]()

    def book(section: str, used: Used) -> None:
        lengths[section] = lengths.get(section, Used()) + used

    for block in submission.blocks:
        if isinstance(block, Cover):
            continue
        used, home = _used(block, submission), _home(block, homes)
        is_heading = isinstance(block, Heading)
        if is_heading and owner == SOURCES and block.level == 1:
            owner = FRAME
        if is_heading and block.level == 1 and plain_text(block.content) == sources_title:
            owner = SOURCES
        if home:
            last = max((place for place, (heading, _) in enumerate(waiting) if heading), default=0)
            for place, (_, words) in enumerate(waiting):
                book(home if place >= last else FRAME, words)
            owner, waiting = home, []
            book(home, used)
        elif (is_heading or waiting or isinstance(block, PageBreak)) and owner != SOURCES:
            waiting.append((is_heading, used))
        else:
            book(owner, used)
    for _, words in waiting:
        book(FRAME, words)
    return lengths


def _used(block: Block, submission: Submission) -> Used:
    calls = [node.note for node in walk(block) if isinstance(node, NoteCall)]
    return Used(count_words(block), sum(count_words(submission.notes[note - 1].content) for note in calls))


def _home(block: Block, homes: Mapping[int, str]) -> str:
    """Return the section of the first paragraph in a block that comes from one, or an empty string."""
    return next((homes[node.ordinal] for node in walk(block) if isinstance(node, Paragraph) and node.ordinal), "")


def total(lengths: Lengths) -> Used:
    """Return the words of the whole document."""
    return sum(lengths.values(), Used())


def counted(lengths: Lengths, plan: Plan, profile: Profile | None) -> dict[str, int]:
    """Return the words of each section that count towards the body's limit: notes and annexes do, unless the body says otherwise."""
    notes = profile is None or profile.counts("notes")
    outside = () if profile is None or profile.counts("annexes") else (*plan.annexes, SOURCES)
    return {id: 0 if id in outside else used.text + used.notes * notes for id, used in lengths.items()}


def part_of(section: Section | None, plan: Plan) -> str:
    """Return in which part of a document a section stands; empty for what is none."""
    if section is None:
        return ""
    for part in ("front", "closing", "annexes"):
        if section.id in getattr(plan, part):
            return part
    return "recommendations" if section.folder == "recommendations" else "articles"


def budgets(library: Library, plan: Plan, words: Mapping[str, int]) -> Iterator[Budget]:
    """Yield every budget of a submission with the words that are used of it."""
    for place, (name, allowed) in enumerate(plan.words.items()):
        used = sum(count for id, count in words.items() if (section := library.sections.get(id)) and _is_for(name, section, plan))
        yield Budget(name, allowed, used, plan.places["words"][place])


def _is_for(name: str, section: Section, plan: Plan) -> bool:
    if name in PARTS:
        return part_of(section, plan) == name
    if ref := parse_article(name):
        return part_of(section, plan) == "articles" and any(ref.contains(article) for article in section.articles[:1])
    return section.id == name or fnmatchcase(section.path, name) or fnmatchcase(section.id, name)


def check_budgets(library: Library, plan: Plan, found: tuple[Budget, ...]) -> Iterator[Diagnostic]:
    """Yield the budgets that are exceeded, and those that are for nothing in the whole library."""
    for budget in found:
        if not (budget.name in PARTS or parse_article(budget.name) or matches_any(budget.name, library)):
            hint = did_you_mean(budget.name, [*PARTS, *library.sections])
            yield rules.UNKNOWN_SECTION.at(budget.origin, f"no section, article or part is named or matched by '{budget.name}'", hint)
        elif budget.used > budget.words:
            over = f"{budget.used:,} words where {budget.words:,} are budgeted"
            yield rules.OVER_BUDGET.at(budget.origin, f"'{budget.name}' has {over}: {budget.used - budget.words:,} too many")
