"""Warnings that people have looked at and let stand, where they stand, with a reason.

Enters: what files say under `accepted`, and the problems of a run. Leaves: the problems that are left, those that are accepted, and what is wrong
with an acceptance: a rule that there is not or that nobody may silence, words that match no warning any more.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from shadowgen import rules
from shadowgen.diagnostics import Diagnostic, Origin, Rule, did_you_mean
from shadowgen.yamlfile import Document, Path

KEYED = ("sources", "contributors", "people", "terms")  # kinds of file whose entries each have an `accepted` of their own


@dataclass(frozen=True, slots=True)
class Acceptance:
    """A warning that may stand: its rule (code or name), the words it is about (empty: any), why, and the lines of the file that it holds for."""

    rule: str
    words: str
    reason: str
    origin: Origin
    lines: range

    def covers(self, problem: Diagnostic, text: str) -> bool:
        """True if a problem of the same file is of this rule, stands in these lines, and is about these words: in its message, or on its line if that quotes none."""
        place = problem.origin
        if place.line not in self.lines or not _names(self.rule, problem.rule):
            return False
        if not self.words or _plain(self.words) in _plain(problem.message):
            return True
        lines = text.split("\n")
        return "'" not in problem.message and _plain(self.words) in _plain(lines[place.line - 1] if place.line <= len(lines) else "")


def _names(name: str, rule: Rule) -> bool:
    return name.lower() in (rule.code.lower(), rule.name)


def _plain(words: str) -> str:
    return " ".join(words.split()).casefold()


def read_acceptances(kind: str, document: Document) -> Iterator[Acceptance]:
    """Yield what a valid file lets stand; what an entry says holds for the lines of that entry."""
    if not isinstance(document.data, dict):
        return
    if kind not in KEYED:
        yield from _at(document, ("accepted",), document.data.get("accepted"), range(len(document.lines) + 1))
        return
    starts = [document.keys[(key,)].line for key in document.data]
    for place, (key, entry) in enumerate(document.data.items()):
        end = starts[place + 1] if place + 1 < len(starts) else len(document.lines) + 1
        yield from _at(document, (key, "accepted"), entry.get("accepted"), range(starts[place], end))


def _at(document: Document, path: Path, entries: Sequence[Mapping[str, str]] | None, lines: range) -> Iterator[Acceptance]:
    for place, entry in enumerate(entries or ()):
        origin = document.origin((*path, place))
        yield Acceptance(entry["rule"].strip(), entry.get("words") or "", entry["reason"].strip(), origin, lines)


@dataclass(frozen=True, slots=True)
class Settled:
    """The problems of a run: what is left to do, and what somebody has accepted, with the reason."""

    left: list[Diagnostic]
    accepted: list[tuple[Diagnostic, str]]
    unused: list[Acceptance]


def settle(problems: Iterable[Diagnostic], acceptances: Sequence[Acceptance], texts: Mapping[str, str]) -> Settled:
    """Tell accepted warnings from the problems that are left. An error is never accepted."""
    settled, used = Settled([], [], []), set()
    by_file: dict[str, list[Acceptance]] = {}
    for one in acceptances:
        by_file.setdefault(one.origin.file, []).append(one)
    for problem in problems:
        here = () if problem.is_error else by_file.get(problem.origin.file, ())
        found = next((one for one in here if one.covers(problem, texts.get(one.origin.file, ""))), None)
        if found is None:
            settled.left.append(problem)
        else:
            used.add(found)
            settled.accepted.append((problem, found.reason))
    settled.unused.extend(one for one in acceptances if one not in used)
    return settled


def wrong(acceptances: Iterable[Acceptance]) -> list[Diagnostic]:
    """Report acceptances of rules that there are not, and of errors: what protects people and the document cannot be silenced."""
    found = []
    for one in acceptances:
        rule = rules.find_rule(one.rule)
        if rule is None:
            hint = did_you_mean(one.rule, [name for each in rules.all_rules() for name in (each.code, each.name)])
            found.append(rules.CANNOT_ACCEPT.at(one.origin, f"there is no rule '{one.rule}'", hint or "shadowgen explain lists them"))
        elif rule.severity == "error" or rule in _OWN:
            reason = "an error" if rule.severity == "error" else "itself about what is accepted"
            found.append(rules.CANNOT_ACCEPT.at(one.origin, f"{rule.code} {rule.name} is {reason}: it cannot be accepted", "correct it"))
    return found


_OWN = (rules.UNUSED_ACCEPTANCE, rules.NOT_FIXED)


def _is_quiet(one: Acceptance) -> bool:
    rule = rules.find_rule(one.rule)
    return rule is not None and rule.silent


def unused(acceptances: Iterable[Acceptance]) -> list[Diagnostic]:
    """Report acceptances that silence nothing, so that they do not outlive what they were about."""
    hint = "delete this entry of 'accepted'"
    about = {one: f" about '{one.words}'" if one.words and not _is_quiet(one) else "" for one in acceptances if not wrong([one])}
    return [rules.UNUSED_ACCEPTANCE.at(one.origin, f"no warning {one.rule}{words} is here", hint) for one, words in about.items()]
