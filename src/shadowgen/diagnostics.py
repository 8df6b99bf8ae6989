"""Problems as values: what is wrong, where, and what to do.

Enters: nothing. Leaves: `Origin`, `Severity`, `Rule`, `Diagnostic` with its `Fix`, and their rendering as text or data.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import PurePosixPath
from typing import Any


class Severity(StrEnum):
    """How bad a problem is: an error stops a build, a warning does not."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Origin:
    """A place in a file: workspace-relative path, line and column, both counted from 1 (0 = unknown)."""

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        place = [self.file] + [str(number) for number in (self.line, self.column) if number]
        return ":".join(place)


@dataclass(frozen=True, slots=True)
class Edit:
    """Words to be put in place of others: `old` must stand exactly at `origin` (empty: put `new` there).

    Places and words are those of the file as it is read: without a byte order mark, each line ending in one LF.
    """

    origin: Origin
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Fix:
    """What would mend a problem without a person's judgement: edits of one file, all of them or none."""

    edits: tuple[Edit, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """One documented rule; `doc` is what `shadowgen explain` prints. The lines of a `silent` one are never shown: they may name a person."""

    code: str
    name: str
    severity: Severity
    doc: str
    silent: bool = False

    def at(self, origin: Origin | None, message: str, hint: str = "", fix: Fix | None = None) -> Diagnostic:
        """Make a diagnostic of this rule at a place."""
        return Diagnostic(self, message, origin or Origin("shadowgen"), hint, fix)


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One problem: its rule, a short fact in lower case, its place, a hint, and a fix where there is one that is always right."""

    rule: Rule
    message: str
    origin: Origin
    hint: str = ""
    fix: Fix | None = None

    @property
    def is_error(self) -> bool:
        """True if this problem stops a build."""
        return self.rule.severity is Severity.ERROR

    def sort_key(self) -> tuple[str, int, int, str, str]:
        """Order by place, then rule."""
        return (self.origin.file, self.origin.line, self.origin.column, self.rule.code, self.message)

    def as_data(self) -> dict[str, Any]:
        """Return the diagnostic as plain data for `--format json`; `fix` is there only where there is one."""
        data: dict[str, Any] = {
            "file": self.origin.file,
            "line": self.origin.line,
            "column": self.origin.column,
            "severity": self.rule.severity.value,
            "code": self.rule.code,
            "rule": self.rule.name,
            "message": self.message,
            "hint": self.hint,
        }
        if self.fix:
            data["fix"] = [asdict(edit.origin) | {"old": edit.old, "new": edit.new} for edit in self.fix.edits]
        return data


def has_errors(diagnostics: list[Diagnostic]) -> bool:
    """True if any problem stops a build."""
    return any(problem.is_error for problem in diagnostics)


def in_order(diagnostics: list[Diagnostic]) -> list[Diagnostic]:
    """Return the diagnostics sorted by place, each once."""
    return sorted(dict.fromkeys(diagnostics), key=Diagnostic.sort_key)


def render_text(diagnostic: Diagnostic, sources: dict[str, str]) -> str:
    """Render one diagnostic with its source line and a caret; `sources` maps a file to its text."""
    origin = diagnostic.origin
    severity = diagnostic.rule.severity.value
    lines = [f"{origin}: {severity} {diagnostic.rule.code} {diagnostic.rule.name}: {diagnostic.message}"]
    lines += [] if diagnostic.rule.silent else _excerpt(origin, sources.get(origin.file, ""))
    if diagnostic.hint:
        lines.append(f"  hint: {diagnostic.hint}")
    return "\n".join(lines)


_EXCERPT_WIDTH = 110
UNSHOWN = "\0"  # stands for a line that may not be shown


def _excerpt(origin: Origin, text: str) -> list[str]:
    lines = text.split("\n")
    if not text or not 0 < origin.line <= len(lines):
        return []
    if lines[origin.line - 1] == UNSHOWN:
        return []
    line = "".join(map(_shown, lines[origin.line - 1].rstrip("\r")))
    column = min(max(origin.column, 1), len(line) + 1)
    start = max(0, column - 1 - _EXCERPT_WIDTH // 2) if len(line) > _EXCERPT_WIDTH else 0
    shown = line[start : start + _EXCERPT_WIDTH]
    gutter = str(origin.line)
    rows = [f"  {gutter} | {shown}"]
    if origin.column:
        rows.append(f"  {' ' * len(gutter)} | {' ' * (column - 1 - start)}^")
    return rows


def _shown(char: str) -> str:
    """Return a character as an excerpt shows it: one that cannot be seen must not steer a terminal."""
    return char if char.isprintable() else " " if char.isspace() else "\ufffd"


def did_you_mean(word: str, candidates: list[str]) -> str:
    """Return "did you mean 'x'?" for the closest candidate, or an empty string."""
    from difflib import get_close_matches

    close = get_close_matches(word, candidates, n=1, cutoff=0.6)
    return f"did you mean '{close[0]}'?" if close else ""


def display_path(path: PurePosixPath | str) -> str:
    """Return a path with forward slashes, as diagnostics print it on every system."""
    return str(path).replace("\\", "/")
