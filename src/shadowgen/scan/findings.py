"""One thing that a reader could dig out: what, where, how bad, what to do.

Enters: `data/scan.yaml`, the kinds of findings. Leaves: `Finding`s, and what a scan has seen of a file.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cache

from shadowgen.workspace import package_data

# A file with one of these was not read, or not to its end: nothing may be made of it.
UNJUDGED = frozenset({"unreadable", "encrypted", "bomb", "unknown-format", "declares-entities", "too-long", "huge-picture"})
SHOWN = 40  # of hidden words, so that a report can be sent to a colleague


@dataclass(frozen=True, slots=True)
class Finding:
    """A finding of a kind of `data/scan.yaml` at a place of a file; `value` is what was found there, shortened."""

    kind: str
    place: str
    value: str = ""

    @property
    def severity(self) -> str:
        """`danger` or `notice`."""
        return kinds()[self.kind][0]

    @property
    def what(self) -> str:
        """What it is, in words."""
        return kinds()[self.kind][1]

    @property
    def advice(self) -> str:
        """What to do."""
        return kinds()[self.kind][2]

    def value_for(self, *, quiet: bool) -> str:
        """Return the value to show: if `quiet`, only the name of a record of the library."""
        return "" if quiet and self.kind not in ("secret", "surname") else self.value

    def as_data(self, *, quiet: bool = False) -> dict[str, str]:
        """Return the finding as plain data; without its value if `quiet`."""
        data = {"place": self.place, "severity": self.severity, "kind": self.kind, "what": self.what, "advice": self.advice}
        return {**data, "value": self.value_for(quiet=quiet)}


@cache
def kinds() -> dict[str, tuple[str, str, str]]:
    """Return severity, description and advice of each kind."""
    return {kind: tuple(row) for kind, row in package_data("", "scan.yaml").items()}


def found(kind: str, place: str, value: object = "") -> Finding:
    """Make a finding; of its value no more than the first 40 characters stay, without those that steer a terminal."""
    if kind not in kinds():
        raise ValueError(kind)
    words = " ".join("".join(char if char.isprintable() else " " for char in str(value)).split())
    return Finding(kind, "".join(char if char.isprintable() else "\ufffd" for char in place), words[:SHOWN] + "…" * (len(words) > SHOWN))


@dataclass(slots=True)
class Seen:
    """What a scan has met: findings, and every piece of words with its place, to be compared with the library."""

    findings: list[Finding] = field(default_factory=list)
    words: list[tuple[str, str]] = field(default_factory=list)

    def tell(self, kind: str, place: str, value: object = "") -> None:
        """Add a finding."""
        self.findings.append(found(kind, place, value))

    def read(self, place: str, words: str) -> None:
        """Add words."""
        if words and not words.isspace():
            self.words.append((place, words))

    def take(self, other: Seen, place: str) -> None:
        """Add what was seen in a part."""
        self.findings += [replace(one, place=f"{place} {one.place}".strip()) for one in other.findings]
        self.words += [(f"{place} {where}".strip(), words) for where, words in other.words]


def in_order(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Yield findings, each once, dangers first, otherwise as they were met."""
    once = list(dict.fromkeys(findings))
    yield from sorted(once, key=lambda one: one.severity != "danger")
