"""What an import tells a person, as Markdown: what was recognised, what was guessed and why, what needs a person, where words went."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from shadowgen import rules
from shadowgen.diagnostics import Diagnostic, Origin, Rule
from shadowgen.importing.accounts import Accounts
from shadowgen.importing.drafting import Drafts
from shadowgen.importing.notesources import Bibliography
from shadowgen.importing.undocument import UnDocument
from shadowgen.importing.units import Outline
from shadowgen.readers.original import Original, Place, words_of_piece

SAME = 100.0  # percent: two sections of the same words


@dataclass(slots=True)
class Findings:
    """All that the report tells of."""

    file: str
    original: Original
    outline: Outline
    bibliography: Bibliography
    drafts: Drafts
    accounts: Accounts
    asked: UnDocument | None = None
    written: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    resembling: list[tuple[str, str, float, Place]] = field(default_factory=list)


def counts(found: Findings) -> dict[str, int]:
    """Return how many of each thing were recognised."""
    units = found.outline.units
    return {
        "parts": len(found.outline.parts),
        "sections by article": sum(unit.kind == "article" for unit in units),
        "answers to recommendations, pledges or questions": sum(unit.kind == "answer" for unit in units),
        "other sections": sum(unit.kind == "matter" for unit in units),
        "recommendations, pledges or questions": len(found.outline.asked) + found.drafts.points,
        "numbered paragraphs": sum(len(numbers.kept) for numbers in found.drafts.numbers.values()),
        "asks": sum(found.drafts.asks.values()),
        "tables": sum(piece.kind == "table" for unit in units for piece in unit.pieces),
        "boxes": sum(piece.kind == "box" for unit in units for piece in unit.pieces),
        "pointers to other sections": len(found.drafts.pointers),
        "notes": len(set(found.original.notes) | {number for number, _ in found.drafts.lost_notes}),
        "notes whose words did not survive": len(found.drafts.lost_notes),
        "sources": len(found.bibliography.entries),
        "signatories": len(found.outline.signatories),
    }


def write_report(found: Findings) -> str:
    """Return the report."""
    rows = [f"# Import of {found.file}", "", "Everything is a draft that nobody outside may read until a person says so.", ""]
    rows += _recognised(found) + _persons(found) + _guesses(found) + _words(found) + _remainder(found)
    return "\n".join(rows).rstrip() + "\n"


def _table(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> list[str]:
    lines = ["| " + " | ".join(head) + " |", "|" + " --- |" * len(head)]
    return [*lines, *("| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in rows), ""]


def _recognised(found: Findings) -> list[str]:
    rows = ["## What was recognised", "", *(f"- {count} {what}" for what, count in counts(found).items() if count), ""]
    if found.asked is not None:
        points = [(str(one.place), one.number, one.topic or " ".join(one.words)[:80], one.position) for one in found.asked.points]
        return rows + _table(("place", "paragraph", "topic or first words", "position"), points) + _kept(found)
    table = []
    for unit in found.outline.units:
        id = found.drafts.ids[unit]
        numbers = found.drafts.numbers[id].kept
        span = f"{numbers[0][0]} to {numbers[-1][0]}" if len(numbers) > 1 else str(numbers[0][0]) if numbers else ""
        answers = unit.asked.label if unit.asked else ""
        table.append((str(unit.place), unit.title or answers, id, span, str(found.drafts.asks[id] or "")))
    rows += _table(("place", "in the original", "section", "paragraphs", "asks"), table)
    return rows + _kept(found)


def _kept(found: Findings) -> list[str]:
    if not found.kept:
        return []
    return ["These files were there already and are as they were:", "", *(f"- {name}" for name in found.kept), ""]


def _doubts(found: Findings) -> Iterator[tuple[Rule, Place, str]]:
    """Yield what a person must look at, with its rule and its place in the original."""
    same = [id for id, _, score, _ in found.resembling if score >= SAME]
    if same:
        yield (
            rules.NEW_VERSION,
            Place(),
            f"{len(same)} sections have the same words as sections of the library and were not written: {', '.join(same)}",
        )
    for id, path, score, place in found.resembling:
        if score >= SAME:
            continue
        yield (
            rules.NEW_VERSION,
            place,
            (
                f"the draft `{path}` was not written: it is {score:.0f} % like `{id}`, so it may be a new version of it; its words are in the report"
            ),
        )
    for one in found.drafts.pointers:
        if one.doubt:
            yield rules.DOUBTFUL_POINTER, one.place, f"“{one.words}” may lead to the wrong place: {one.doubt}"
    for id, numbers in found.drafts.numbers.items():
        for before, after, place, page in numbers.gaps:
            why = "a page ends there, so the text may be lost" if page else "on one page, so a number was skipped"
            yield rules.NUMBER_GAP, place, f"in `{id}` paragraph {after} follows {before}: {why}; a line stands for each"
    if missing := found.accounts.missing().total():
        yield rules.WORDS_IN_NO_DRAFT, Place(), f"{missing:,} words were found in no draft"


def told(found: Findings) -> list[Diagnostic]:
    """Return what a person must look at as warnings that name the line of the original, where it has lines."""
    doubts = list(_doubts(found))
    if lost := found.drafts.lost_notes:
        numbers = _in_ranges(sorted({number for number, _ in lost}))
        doubts.append(
            (rules.WORDLESS_NOTES, lost[0][1], f"the words of {len({number for number, _ in lost})} notes did not survive: {numbers}")
        )
    return [
        rule.at(Origin(found.file, place.line), message if place.line or place == Place() else f"{place}: {message}")
        for rule, place, message in doubts
    ]


def _in_ranges(numbers: list[int]) -> str:
    """Return numbers in order with runs of three or more as "4 to 9"."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(f"{run[0]} to {run[-1]}" if len(run) > 2 else ", ".join(map(str, run)) for run in runs)


def _asked_persons(found: Findings) -> list[str]:
    """Return what a person has to do with the commitments of a UN document."""
    points = found.asked.points if found.asked else []
    rows = [f"- the summaries of {len(points)} paragraphs are to be written in your own words."] if points else []
    unanswered = [one.number for one in points if not one.position]
    if unanswered and found.asked and found.asked.symbol.kind == "human-rights-council":
        rows.append(
            f"- what the State answered is not said of {', '.join(unanswered)}: delete the draft and import again with `--addendum FILE`, or write it in."
        )
    return rows


def _persons(found: Findings) -> list[str]:
    rows = [*_asked_persons(found), *(f"- {place}: {message}." for _, place, message in _doubts(found))]
    rows += [
        f"- {place}: note {number} is called, but its words did not survive." for number, place in dict.fromkeys(found.drafts.lost_notes)
    ]
    for id, numbers in found.drafts.numbers.items():
        rows += [f"- {place}: in `{id}` the numbers begin again." for place in numbers.restarts]
    if found.bibliography.unresolved:
        listed = ", ".join(map(str, found.bibliography.unresolved))
        rows.append(f"- these notes say “Ibid.” after a note that is not one known source, so their words stay as they are: {listed}.")
    rows += [f"- {one.place}: {one.what}: {one.words}" for one in found.original.asides if one.what not in _FURNITURE]
    return ["## What needs a person", "", *(rows or ["Nothing was found that does."]), ""]


_FURNITURE = ("page number", "running head", "contents", "menus and the like", "note")


def _guesses(found: Findings) -> list[str]:
    rows = [f"- {one.place}: {one.what}: {one.words}." for one in found.original.doubts]
    rows += [f"- note {number} repeats the source `{key}` of the note before it." for number, key in found.bibliography.resolved]
    for entry in found.bibliography.entries.values():
        notes = ", ".join(str(number) for number, _ in entry.bodies)
        where = "in the library already" if entry.in_library else f"{entry.fields['type']}"
        rows.append(f"- source `{entry.key}` ({where}) was made of note{'s' if len(entry.bodies) > 1 else ''} {notes}.")
    if found.bibliography.verbatim:
        rows.append(f"- these notes have no form that is known and keep their words: {', '.join(map(str, found.bibliography.verbatim))}.")
    if not found.outline.date and found.asked is None:
        rows.append("- the date of the submission is the year of the latest date in the text.")
    for one, (document, paragraph) in found.drafts.standing.homes.items():
        how = "is taken for" if one in found.drafts.standing.guessed else "is"
        rows.append(f"- {one.place}: {one.label} {how} `{paragraph}` of `{document}`, which stands in the library; nothing was copied.")
    if found.outline.asked:
        rows.append("- the titles of the recommendations are their first words.")
    return ["## What was guessed", "", *(rows or ["Nothing."]), ""]


def _words(found: Findings) -> list[str]:
    rows = [(place, f"{count:,}", f"{share:.1f} %") for place, count, share in found.accounts.shares() if count]
    missing = found.accounts.missing()
    text = [f"The original has {found.accounts.total:,} words and numbers.", "", *_table(("where", "words", "share"), rows)]
    if missing:
        listed = ", ".join(f"{word} ({count})" if count > 1 else word for word, count in missing.most_common())
        return ["## Where the words are", "", *text, f"**{missing.total():,} words were found in no draft**: {listed}", ""]
    return ["## Where the words are", "", *text, "No word is missing.", ""]


def _remainder(found: Findings) -> list[str]:
    rows: list[str] = []
    for why, piece in found.outline.remainder:
        rows += [f"{piece.place} ({why}):", "", *(f"> {line}" for line in [words_of_piece(piece)]), ""]
    for one in found.original.asides:
        if one.what in _FURNITURE:
            rows += [f"{one.place} ({one.what}): {one.words}", ""]
    for id, path, score, _ in found.resembling:
        if score >= SAME:
            continue
        text = next(one.text for one in found.drafts.files if one.path == path)
        rows += [f"The draft that resembles `{id}`:", "", "```yaml", text.rstrip(), "```", ""]
    return ["## The remainder", "", "Words of the file that are in no draft.", "", *(rows or ["There are none."]), ""]
