"""A piece of prose and where it stands, so that any line of it can be named."""

from __future__ import annotations

from dataclasses import dataclass, field

from shadowgen.diagnostics import Diagnostic, Origin, Rule


@dataclass(slots=True)
class Passage:
    """A piece of prose and where it stands, so that any of its lines can be named."""

    text: str
    file: str
    line: int = 1
    column: int = 1
    single_line: bool = False
    problems: list[Diagnostic] = field(default_factory=list)
    lines: list[str] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self.lines = self.text.split("\n")

    def at(self, line: int, column: int) -> Origin:
        """Return the place of a line and column of the passage, both from 0."""
        return Origin(self.file, self.line + (0 if self.single_line else line), self.column + column)

    def origin(self, line: int, needle: str = "") -> Origin:
        """Return the place of the first `needle` on the passage's line `line` (from 0)."""
        here = self.lines[line] if line < len(self.lines) else ""
        return self.at(line, max(here.find(needle), 0) if needle else 0)

    def problem(self, rule: Rule, line: int, message: str, needle: str = "", hint: str = "") -> None:
        """Report a problem on a line of the passage."""
        self.problems.append(rule.at(self.origin(line, needle), message, hint))
