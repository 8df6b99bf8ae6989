"""Fixes put into files: the words that a fix names are replaced, every other byte stays.

Enters: a library, its problems, and a way to check it anew. Leaves: a `Fixing`: old and new bytes of each file that changes, what is fixed, what is
left. Nothing is written before the whole library has been read and checked with the changes in place.
"""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from shadowgen import rules
from shadowgen.diagnostics import Diagnostic, Edit, Origin, in_order
from shadowgen.excerpts import shown_texts
from shadowgen.library import Library
from shadowgen.loading import load_library
from shadowgen.safewrite import put, sha256
from shadowgen.validation import value_at
from shadowgen.workspace import read_bytes
from shadowgen.yamlfile import Path, parse_yaml, read_text

Check = Callable[[Library, list[Diagnostic]], list[Diagnostic]]


@dataclass(slots=True)
class Fixing:
    """What fixes make of a library: old and new bytes by file, the problems that are fixed, those that are left or cannot be fixed."""

    before: dict[str, bytes] = field(default_factory=dict)
    after: dict[str, bytes] = field(default_factory=dict)
    fixed: list[Diagnostic] = field(default_factory=list)
    left: list[Diagnostic] = field(default_factory=list)
    texts: dict[str, str] = field(default_factory=dict)

    def drop(self, file: str, why: str, hint: str) -> None:
        """Leave a file as it is, and say why."""
        self.after.pop(file, None)
        self.fixed = [problem for problem in self.fixed if _file(problem) != file]
        self.left.append(rules.NOT_FIXED.at(Origin(file), why, hint))

    def diff(self, *, discreet: bool = False) -> str:
        """Return the changes as a unified diff of the files as they are read; `discreet`: without the lines that the public may not read."""
        rows: list[str] = []
        texts = [{file: read_text(one, file)[0] for file, one in raw.items()} for raw in (self.before, self.after)]
        problems = [*self.fixed, *self.left]
        shown = [shown_texts(self.after, problems, self.texts | one) if discreet else one for one in texts]
        for file in sorted(self.after):
            old, new = (_marked(*(one[file].split("\n") for one in pair)) for pair in zip(texts, shown, strict=True))
            rows += difflib.unified_diff(old, new, file, file, lineterm="")
        return "".join(f"{row.partition(_MARK)[0]}\n" for row in rows)

    def put_in_place(self, library: Library) -> None:
        """Write what changes; a file that another program has changed since it was read is left as that program wrote it."""
        for file, data in sorted(self.after.items()):
            path = library.workspace.root / file
            if read_bytes(path) != self.before[file]:
                self.drop(file, *_CHANGED)
            elif problems := put(path, data, file, known={sha256(self.before[file])}, backups=library.workspace.backups(path)):
                self.left += problems
                self.drop(file, "the file cannot be written", "see the problem beside this one")


_MARK = "\0"  # in no text that can be read


def _marked(lines: list[str], shown: list[str]) -> list[str]:
    """Return lines as they are shown; behind one that is not, what it says, so that it still differs from others."""
    return [line if line == other else f"(not shown){_MARK}{line}" for line, other in zip(lines, shown, strict=True)]


_CHANGED = ("another program changed the file meanwhile", "run the command again")


def plan_fixes(library: Library, problems: list[Diagnostic], check: Check) -> Fixing:
    """Apply every fix that meets no other, in memory, and check again; a file that would get a new error is left out."""
    fixing = Fixing(fixed=_chosen(problems))
    for file in sorted({_file(problem) for problem in fixing.fixed}):
        _splice_file(library, file, fixing)
    refused = fixing.left
    while True:
        again, loading = load_library(library.workspace, fixing.after)
        fixing.left, fixing.texts = check(again, loading), again.texts
        if not (bad := _worse(problems, fixing)):
            break
        for file in bad:
            fixing.drop(file, "a fix would bring a new error", "correct it by hand")
            refused.append(fixing.left[-1])
    fixing.left = in_order([*fixing.left, *refused])
    return fixing


def _chosen(problems: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Return the problems whose fixes can be applied together: no edit of one meets another's, unless it is the same."""
    taken: dict[str, list[Edit]] = {}
    chosen: list[Diagnostic] = []
    for problem in in_order([one for one in problems if one.fix]):
        edits, others = _edits(problem), taken.setdefault(_file(problem), [])
        if all(edit == other or not _meet(edit, other) for edit in edits for other in others):
            chosen.append(problem)
            others += edits
    return chosen


def _edits(problem: Diagnostic) -> tuple[Edit, ...]:
    return problem.fix.edits if problem.fix else ()


def _file(problem: Diagnostic) -> str:
    """Return the file that a problem's fix changes."""
    return _edits(problem)[0].origin.file


def _meet(one: Edit, other: Edit) -> bool:
    """True if two edits touch the same words, or put something in at the same place."""
    start, begin = (one.origin.line, one.origin.column), (other.origin.line, other.origin.column)
    return start == begin or (start < _end(other) and begin < _end(one))


def _end(edit: Edit) -> tuple[int, int]:
    lines = edit.old.split("\n")
    column = edit.origin.column if len(lines) == 1 else 1
    return edit.origin.line + len(lines) - 1, column + len(lines[-1])


def _splice_file(library: Library, file: str, fixing: Fixing) -> None:
    raw = read_bytes(library.workspace.root / file)
    if raw is None or read_text(raw, file)[0] != library.texts.get(file):
        fixing.drop(file, *_CHANGED)
        return
    edits = [edit for problem in fixing.fixed if _file(problem) == file for edit in _edits(problem)]
    new = spliced(raw, edits)
    if new is None or not _as_meant(raw, new, edits, file):
        fixing.drop(file, "a fix does not go with the text as it is written", "correct it by hand")
        return
    fixing.before[file], fixing.after[file] = raw, new


def spliced(raw: bytes, edits: Iterable[Edit]) -> bytes | None:
    """Return the bytes of a file with the edits made; None if the old words of one do not stand where it says.

    A line break of an edit becomes that of the file's first line.
    """
    text = raw.decode("utf-8")
    end = "\r\n" if text.partition("\n")[0].endswith("\r") else "\n"
    starts = [1 if text.startswith("\ufeff") else 0]
    for line in text[starts[0] :].split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    for edit in sorted(set(edits), key=lambda edit: (edit.origin.line, edit.origin.column), reverse=True):
        if not 0 < edit.origin.line < len(starts):
            return None
        start = starts[edit.origin.line - 1] + edit.origin.column - 1
        old, new = (words.replace("\n", end) for words in (edit.old, edit.new))
        if not text.startswith(old, start):
            return None
        text = text[:start] + new + text[start + len(old) :]
    return text.encode("utf-8")


def _as_meant(old: bytes, new: bytes, edits: list[Edit], file: str) -> bool:
    """True if the new text can be read and says what the edits say: no key or value more or less, unless an edit adds lines."""
    (was, problems), (now, others) = _values(old, file), _values(new, file)
    if problems:
        return len(others) < len(problems)
    if others or any("\n" in edit.new for edit in edits):
        return not others
    changed = [now[path] for path in now if was.get(path) != now[path]]
    whole = "".join(_squeezed(words) for words in changed)
    return list(was) == list(now) and all(_squeezed(edit.new) in whole for edit in edits)


def _squeezed(words: str) -> str:
    return "".join(words.split())


def _values(raw: bytes, file: str) -> tuple[dict[Path, str], list[Diagnostic]]:
    """Return every value of a file that is no list or mapping, by its path."""
    text, problems = read_text(raw, file)
    if problems:
        return {}, problems
    document, problems = parse_yaml(text, file)
    if problems:
        return {}, problems
    found = {path: value_at(document, path) for path in document.values}
    return {path: value if isinstance(value, str) else "" for path, value in found.items()}, []


def _worse(before: Iterable[Diagnostic], fixing: Fixing) -> list[str]:
    """Return the files to be left as they are: those with an error that they did not have; if others have one, all that change.

    A file that could not be read before may show errors now that nobody could see.
    """
    old, new = (Counter((one.origin.file, one.rule.code) for one in problems if one.is_error) for problems in (before, fixing.left))
    unread = {file for file in fixing.after if _values(fixing.before[file], file)[1]}
    worse = {file for file, _ in new - old} - unread
    return sorted(worse & set(fixing.after) or (fixing.after if worse and not unread else ()))
