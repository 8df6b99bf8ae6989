"""The last gate: no output is put in place while words stand in it that its audience may not read, or anything that a reader could dig out.

Enters: finished outputs as bytes, a `Library`, an audience. Leaves: problems, which name the output, the place in it, the record whose words they
are and the line of a text that brings them, never the words themselves.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from shadowgen import rules
from shadowgen.diagnostics import Diagnostic, Origin
from shadowgen.people.names import Secret
from shadowgen.scan.findings import Finding, in_order
from shadowgen.scan.judging import judge
from shadowgen.scan.secrets import secrets_of, tell_secrets, texts_of

if TYPE_CHECKING:
    from shadowgen.library import Library

_WEAK = {"surname"}  # told where the text is checked, where a person can say that it is somebody else
_WRITTEN = {"file-path"}  # what stands in the words themselves: a person wrote it


def hold_back(outputs: Mapping[str, bytes], library: Library, audience: str) -> list[Diagnostic]:
    """Scan every output, by its name, for what `audience` may not read and what no reader should find; return why any may not be written."""
    secrets = secrets_of(library, audience)
    found = {name: _findings(data, secrets) for name, data in outputs.items()}
    problems = [_problem(name, one, audience) for name, findings in found.items() for one in findings if one.kind not in _WEAK]
    leaked = {one.value for findings in found.values() for one in findings if one.kind == "secret"}
    return problems + [_brought(*home) for home in dict.fromkeys(_homes(library, audience, secrets, leaked))]


def _findings(data: bytes, secrets: list[Secret]) -> list[Finding]:
    """Return each thing that is in an output, at its first place. It is ours, so no process with bounds is needed."""
    seen = judge(data)
    found = [*seen.findings, *tell_secrets(seen.words, secrets)]
    return list(in_order({(one.kind, one.value): one for one in reversed(found)}.values()))


def _problem(name: str, one: Finding, audience: str) -> Diagnostic:
    if one.kind == "secret":
        message = f"words that the audience '{audience}' may not read stand in it ({one.place}): those of {one.value}"
        return rules.LEAK.at(Origin(name), message, "take them out of the text that brings them, or let its audience be narrower")
    if one.kind in _WRITTEN:
        return rules.TOLD_PATH.at(Origin(name), f"{one.what} ({one.place})", one.advice)
    return rules.HIDDEN_THING.at(Origin(name), f"{one.what} ({one.place})")


def _brought(origin: Origin, record: str) -> Diagnostic:
    return rules.LEAK.at(origin, f"this text brings words of {record}", "write them otherwise, or mark them as confidential")


def _homes(library: Library, audience: str, secrets: list[Secret], leaked: set[str]) -> Iterator[tuple[Origin, str]]:
    """Yield the place of each text of the library that brings leaked words, with the record whose words they are."""
    wanted = [secret for secret in secrets if secret.key in leaked]
    for origin, words in texts_of(library.for_audience(audience)) if wanted else ():
        for one in tell_secrets([("", words)], wanted):
            if one.kind == "secret":
                yield origin, one.value
