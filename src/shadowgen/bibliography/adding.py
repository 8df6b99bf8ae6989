"""Write one drafted entry into a file of sources, unless the library has that source already."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from shadowgen import rules
from shadowgen.bibliography.drafting import draft_source
from shadowgen.bibliography.entries import Changes, drafted_keys, entry_text, file_named
from shadowgen.bibliography.keys import key_of, unique
from shadowgen.bibliography.mapping import Draft
from shadowgen.diagnostics import Diagnostic, Origin, did_you_mean
from shadowgen.library import Library
from shadowgen.likeness import Titles, identities
from shadowgen.sourcetypes import source_fields


@dataclass(frozen=True, slots=True)
class Added:
    """What was written and where; the fields that are still empty; every problem."""

    problems: list[Diagnostic]
    file: str = ""
    line: int = 0
    text: str = ""
    empty: tuple[str, ...] = ()


def add_source(library: Library, text: str, today: str, *, key: str, type: str, given: Mapping[str, str], into: str) -> Added:
    """Draft a source from a line of text and add it to a file; nothing is written if there is a problem but a field to fill in."""
    file, problems = file_named(into)
    if problems:
        return Added(problems)
    draft = draft_source(text, today, type=type, given=given)
    if problems := [*_wrong(draft, given, key), *_there(library, draft)]:
        return Added(problems)
    changes = Changes(library.workspace)
    before = changes.text(file)
    draft = replace(draft, key=key or unique(draft.key, {*library.sources, *drafted_keys(before)}))
    if draft.key in library.sources or draft.key in drafted_keys(before):
        return Added([rules.DUPLICATE_ID.at(Origin("--key"), f"the key '{draft.key}' is taken", "choose another")])
    changes.append(file, [draft])
    if problems := changes.put_in_place()[1]:
        return Added(problems)
    line = before.count("\n") + (1 if before and not before.endswith("\n") else 0) + 1
    if draft.missing:
        message = f"'{draft.key}' ({draft.type}) lacks {', '.join(draft.missing)}; it is written as a comment"
        problems = [rules.INCOMPLETE_SOURCE.at(Origin(file, line), message, "fill it in there, or give it with --set FIELD=VALUE")]
    empty = tuple(name for name in source_fields()[draft.type] if name not in draft.fields and name not in draft.missing)
    return Added(problems, file, line, entry_text(draft), empty)


def _wrong(draft: Draft, given: Mapping[str, str], key: str) -> list[Diagnostic]:
    known = list(source_fields()[draft.type])
    found = [
        rules.UNKNOWN_FIELD.at(Origin("--set"), f"a {draft.type} has no field '{name}'", did_you_mean(name, known) or ", ".join(known))
        for name in given
        if name not in known
    ]
    if key and key_of(key) != key:
        found.append(rules.BAD_FILE_NAME.at(Origin("--key"), f"'{key}' cannot be a key", f"an example is {key_of(key) or 'adil-soz-2015'}"))
    return found


def _there(library: Library, draft: Draft) -> list[Diagnostic]:
    """Return why the library has this source already, or nothing."""
    mine, index = identities(draft.type, draft.fields), Titles()
    for key, source in library.sources.items():
        theirs = identities(source.type, source.fields)
        if same := [what for what in mine.keys() & theirs.keys() if mine[what] == theirs[what]]:
            message = f"the library has this source as '{key}' ({source.origin}): the same {min(same)}"
            return [rules.DUPLICATE_SOURCE.at(source.origin, message)]
        index.add(key, source.fields)
    for key in index.alike(draft.fields)[:1]:
        origin = library.sources[key].origin
        message = f"the library seems to have this source as '{key}' ({origin})"
        return [rules.NEAR_DUPLICATE_SOURCE.at(origin, message, "if it is another one, set its date or number with --set")]
    return []
