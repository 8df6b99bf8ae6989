"""Find a version of a document by what a person calls it: a submission as it is now, a seal, a Word or Markdown file of ours.

Enters: a `Library`, a name. Leaves: a `Version`: the Word file, for whom it is, in which language. For a file that no build knows a person must say
for whom it is.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from shadowgen import rules
from shadowgen.compose import compose
from shadowgen.diagnostics import Diagnostic, Origin, did_you_mean
from shadowgen.filing.gates import cleaned_word, leaks, read_foreign
from shadowgen.filing.plaintext import word_of_markdown
from shadowgen.filing.seals import Seal, read_kept
from shadowgen.library import Library
from shadowgen.redline.marking import Signature
from shadowgen.redline.packing import redline
from shadowgen.safewrite import sha256
from shadowgen.scan.package import Unreadable
from shadowgen.workspace import Workspace, read_bytes


@dataclass(frozen=True, slots=True)
class Version:
    """A version of a document: its name, the bytes of a Word file, its audience and language; both are empty where nobody has said.

    `markdown` is the same as Markdown, where that is known: what was Markdown has no Word file of its own, a submission has both.
    """

    name: str
    data: bytes
    audience: str
    language: str
    markdown: bytes = b""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a person says of the versions: for whom they are, in which language; empty where it is not said."""

    audience: str = ""
    language: str = ""


def find_version(library: Library, seals: dict[str, Seal], name: str, wanted: Wanted) -> tuple[Version | None, list[Diagnostic]]:
    """Return the version of a name; None with the reasons if there is none."""
    path = Path(name)
    if path.suffix.lower() in (".docx", ".md") and path.exists():
        return _of_file(library, path, wanted)
    if name in seals:
        return _of_seal(library.workspace, seals[name], wanted)
    if name in library.plans:
        return _of_plan(library, name, wanted)
    hint = did_you_mean(name, [*library.plans, *seals]) or "name a submission, a seal of submissions/filed, or a .docx or .md file"
    return None, [rules.CANNOT_COMPARE.at(Origin(name), "there is no such version", hint)]


def _of_plan(library: Library, name: str, wanted: Wanted) -> tuple[Version | None, list[Diagnostic]]:
    from shadowgen.writers.docx import write_docx
    from shadowgen.writers.markdown import write_markdown

    plan = library.plans[name]
    language, audience = wanted.language or plan.languages[0], wanted.audience or plan.audience
    composition, problems = compose(library, plan, language, audience)
    errors = [problem for problem in problems if problem.is_error]
    if composition is None or errors:
        return None, errors
    word = write_docx(composition.submission, composition.locale, composition.look)
    return Version(name, word, audience, language, write_markdown(composition.submission, composition.locale).encode()), []


def _of_seal(workspace: Workspace, seal: Seal, wanted: Wanted) -> tuple[Version | None, list[Diagnostic]]:
    document = seal.document(wanted.language)
    if document is None:
        return None, [rules.CANNOT_COMPARE.at(Origin(seal.file), f"nothing was filed in '{wanted.language}'")]
    data = read_kept(workspace, document.text.file)
    if data is None or sha256(data) != document.text.sha256:
        return None, [
            rules.BROKEN_SEAL.at(Origin(seal.file), f"'{document.text.file}' is not what was filed", "take it back from version control")
        ]
    return Version(seal.id, data, seal.said.audience, document.language), []


def _of_file(library: Library, path: Path, wanted: Wanted) -> tuple[Version | None, list[Diagnostic]]:
    def refused(reason: str, hint: str = "") -> tuple[None, list[Diagnostic]]:
        return None, [rules.CANNOT_COMPARE.at(Origin(path.name), reason, hint)]

    audience, language = _built_for(library.workspace, sha256(read_bytes(path.absolute()) or b""))
    audience, language = audience or wanted.audience, language or wanted.language
    if not audience:
        return refused("no build of this workspace made this file", "say with --audience for whom it is")
    data, reason = read_foreign(library, path, audience)
    if data is None:
        return refused(reason, f"shadowgen scan {path.name}")
    if path.suffix.lower() == ".docx":
        data, reason = cleaned_word(data)
        return (
            refused(reason, "accept or refuse all changes in Word first") if reason else (Version(path.name, data, audience, language), [])
        )
    return Version(path.name, b"", audience, language, data), []


def _built_for(workspace: Workspace, digest: str) -> tuple[str, str]:
    """Return the audience and language of a built file by the records of the builds; empty texts if none knows it."""
    for path in sorted((workspace.state / "builds").glob("*.json")):
        try:
            record = json.loads(path.read_text(encoding="utf-8"))
            if digest in record.get("outputs", {}).values():
                return str(record.get("audience", "")), str(record.get("language", ""))
        except (OSError, ValueError, AttributeError):
            continue
    return "", ""


def compare(library: Library, old: Version, new: Version, signature: Signature) -> tuple[bytes, int, list[Diagnostic]]:
    """Return the redline of two versions and the number of its changes; none if their readers or languages differ."""
    if old.audience != new.audience:
        message = f"'{old.name}' is for the audience {old.audience}, '{new.name}' for {new.audience}"
        return b"", 0, [rules.CANNOT_COMPARE.at(Origin(new.name), message, "compare versions for the same readers")]
    if old.language and new.language and old.language != new.language:
        message = f"'{old.name}' is in {old.language}, '{new.name}' in {new.language}"
        return b"", 0, [rules.CANNOT_COMPARE.at(Origin(new.name), message, "choose one language with --language")]
    try:
        data, count = redline(*_comparable(library, old, new), signature)
    except Unreadable as reason:
        return b"", 0, [rules.CANNOT_COMPARE.at(Origin(reason.place), f"it cannot be read ({reason.kind})")]
    except ValueError as reason:
        hint = "compare Markdown with Markdown or with a submission, Word files with Word files"
        return b"", 0, [rules.CANNOT_COMPARE.at(Origin(new.name), str(reason), hint)]
    return data, count, leaks({new.name: data}, library, new.audience)


def _comparable(library: Library, old: Version, new: Version) -> tuple[bytes, bytes]:
    """Return two Word files made in the same way: what a Markdown file does not say must not look like a change. Raises ValueError."""
    if old.data and new.data:
        return old.data, new.data
    if not (old.markdown and new.markdown):
        raise ValueError(f"'{(old if old.data else new).name}' is a Word file, the other version Markdown, which says less")
    language = old.language or new.language or "en"
    first, second = (word_of_markdown(one.markdown, language, library.workspace) for one in (old, new))
    return first, second
