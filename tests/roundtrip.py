"""Compare a submission with what came of it when its finished file was imported and composed again."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from shadowgen.compose import compose
from shadowgen.importing.drafting import Wanted
from shadowgen.importing.run import Imported, import_file
from shadowgen.loading import load_library
from shadowgen.nodes import Blocks, Heading, List, NoteCall, Paragraph, Submission, Table, plain_text, walk
from shadowgen.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Trip:
    """What an import of a file did, and the submission that its drafts make."""

    done: Imported
    after: Submission


def trip(file: Path, root: Path) -> Trip:
    """Import a file into an empty workspace and compose what came of it; neither may tell of a problem."""
    for folder in ("sections", "submissions"):
        (root / folder).mkdir()
    fresh, _ = load_library(Workspace(root))
    done, problems = import_file(fresh, file, Wanted("own", file.name))
    again, loading = load_library(Workspace(root))
    assert problems == loading == []
    after, _ = compose(again, again.plans["own"], again.plans["own"].languages[0], "internal")
    assert after is not None
    return Trip(done, after.submission)


def paragraphs(submission: Submission) -> Counter[str]:
    """Count the words of each paragraph, item and cell, without those that a template prints of its own."""
    own = ("see", "label", "address", "salutation", "imprint")
    found = [node.content for node in walk(submission.blocks) if isinstance(node, Paragraph) and node.role not in own]
    found += [cell.content for node in walk(submission.blocks) if isinstance(node, Table) for row in node.rows for cell in row]
    return Counter(" ".join(plain_text(one).split()) for one in found)


def asks(submission: Submission) -> int:
    """Count what is asked for."""
    return sum(len(node.items) for node in walk(submission.blocks) if isinstance(node, List) and node.role == "asks")


def notes(submission: Submission) -> list[str]:
    """Return the words of all notes, in order."""
    return [" ".join(plain_text(note.content).split()) for note in submission.notes]


def calls(blocks: Blocks) -> Counter[tuple[int, str]]:
    """Count the calls of notes in paragraphs by their number and the letters before them: where a mark stands to a full stop depends on the language."""
    found: Counter[tuple[int, str]] = Counter()
    for node in walk(blocks):
        content = node.content if isinstance(node, Paragraph) else ()
        for at, inline in enumerate(content):
            if isinstance(inline, NoteCall):
                found[(inline.note, "".join(filter(str.isalnum, plain_text(content[:at]).lower()))[-40:])] += 1
    return found


def headings(submission: Submission, titles: set[str]) -> Counter[str]:
    """Count the headings that are titles of sections."""
    found = [" ".join(plain_text(node.content).split()) for node in walk(submission.blocks) if isinstance(node, Heading)]
    return Counter(heading for heading in found if heading in titles)
