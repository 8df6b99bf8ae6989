"""File a submission: seal what was sent, so that nobody needs to remember which version that was.

Enters: a `Library`, a `Plan`, a `Filing`. Leaves: the seal and the files kept beside it, or why there is none. Only what the readers of the
document could read is digested and kept.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from shadowgen import __version__, rules
from shadowgen.build import tree_of
from shadowgen.compose import Composition, compose
from shadowgen.diagnostics import Diagnostic, Origin, has_errors
from shadowgen.filing.fingerprints import commitments_of, of_section, passages, sources_of
from shadowgen.filing.gates import cleaned_word, leaks, read_foreign
from shadowgen.filing.seals import Seal, kept_prose
from shadowgen.library import Library
from shadowgen.outputs import Outputs
from shadowgen.records import Plan
from shadowgen.safewrite import put, sha256
from shadowgen.sealfile import KeptFile, SealedDocument, SealedOutput, SealFile
from shadowgen.workspace import FILED, read_bytes
from shadowgen.writers.yamltext import write_yaml

_HAND = "name it with --sent if that very file was sent, or build it anew"


@dataclass(frozen=True, slots=True)
class Filing:
    """What was sent: when, to whom, for whom, in which language (empty: all that are built), which files (none: the outputs)."""

    day: dt.date
    to: str = ""
    audience: str = ""
    language: str = ""
    files: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class _Sent:
    """One language of what was sent: its composition, its outputs, the Word file that is kept."""

    composition: Composition
    outputs: tuple[SealedOutput, ...]
    text: bytes


def file_submission(library: Library, plan: Plan, filing: Filing, seals: dict[str, Seal]) -> tuple[str, list[Diagnostic]]:
    """Seal a submission; return the path of the seal, from the root, and every problem."""
    audience = filing.audience or plan.audience
    sent: list[_Sent] = []
    problems: list[Diagnostic] = []
    for language in [filing.language] if filing.language else _built(library, plan, audience):
        one, found = _sent(library, plan, language, audience, filing.files)
        sent += [one] if one else []
        problems += [problem for problem in found if problem.is_error]
    if not sent and not problems:
        problems = [rules.NOT_BUILT.at(Origin(f"submissions/{plan.id}.yaml"), "nothing is built of it", f"shadowgen build {plan.id}")]
    if has_errors(problems):
        return "", problems
    return _write(library, plan, filing, sent, seals)


def _built(library: Library, plan: Plan, audience: str) -> Iterator[str]:
    for language in plan.languages:
        if Outputs(library.workspace, plan, language, audience).record.get("outputs"):
            yield language


# ---------------------------------------------------------------- what was sent


def _sent(library: Library, plan: Plan, language: str, audience: str, files: tuple[Path, ...]) -> tuple[_Sent | None, list[Diagnostic]]:
    composition, problems = compose(library, plan, language, audience)
    if composition is None or has_errors(problems):
        return None, problems
    if files:
        outputs, text, problems = _named(library, composition, audience, files)
    else:
        outputs, text, problems = _as_built(library, composition, audience)
    return (None, problems) if problems else (_Sent(composition, tuple(outputs), text or _drawn(composition)), [])


def _drawn(composition: Composition) -> bytes:
    from shadowgen.writers.docx import write_docx

    return write_docx(composition.submission, composition.locale, composition.look)


def _as_built(library: Library, composition: Composition, audience: str) -> tuple[list[SealedOutput], bytes, list[Diagnostic]]:
    """Take every output of the last builds; each must be as it was built, and from the files as they are."""
    plan, tree = composition.plan, tree_of(composition)
    outputs = Outputs(library.workspace, plan, composition.locale.language, audience)
    taken: list[SealedOutput] = []
    problems: list[Diagnostic] = []
    text = b""
    for ending, digest in outputs.record.get("outputs", {}).items():
        shown, data = outputs.shown(ending), read_bytes(outputs.path(ending))
        if ending == "draft.pdf":
            continue  # a draft is for the coalition itself and is never sent
        if data is None:
            problems.append(rules.NOT_BUILT.at(Origin(shown), "the output is missing", f"shadowgen build {plan.id}"))
        elif sha256(data) != digest:
            problems.append(rules.FILING_EDITED.at(Origin(shown), "the output has been changed since it was built", _HAND))
        elif outputs.record.get("trees", {}).get(ending) != tree:
            problems.append(rules.FILING_STALE.at(Origin(shown), "the files have changed since it was built", f"shadowgen build {plan.id}"))
        else:
            taken.append(SealedOutput(format=ending, file=shown, sha256=digest))
            text = data if ending == "docx" else text
    return taken, text, problems


def _named(
    library: Library, composition: Composition, audience: str, files: tuple[Path, ...]
) -> tuple[list[SealedOutput], bytes, list[Diagnostic]]:
    """Take the files that a person names; those that are not as they were built are sealed as finished by hand."""
    outputs = Outputs(library.workspace, composition.plan, composition.locale.language, audience)
    known = set(outputs.record.get("outputs", {}).values())
    taken: list[SealedOutput] = []
    problems: list[Diagnostic] = []
    text = b""
    for path in files:
        full = path.absolute()
        shown = library.workspace.relative(full) if full.is_relative_to(library.workspace.root) else path.name
        data, reason = read_foreign(library, full, audience)
        if data is None:
            problems.append(rules.CANNOT_SEAL.at(Origin(shown), reason, f"shadowgen scan {path.name}"))
            continue
        ending = full.suffix.lstrip(".").lower()
        finished = "built" if sha256(data) in known else "by hand"
        taken.append(SealedOutput(format=ending, file=shown, sha256=sha256(data), finished=finished))  # type: ignore[arg-type]
        if ending == "docx":
            text, reason = cleaned_word(data)
            hint = "accept or refuse all changes in Word first"
            problems += [rules.CANNOT_SEAL.at(Origin(shown), reason, hint)] if reason else []
    return taken, text, problems


# ---------------------------------------------------------------- the seal


def _write(library: Library, plan: Plan, filing: Filing, sent: list[_Sent], seals: dict[str, Seal]) -> tuple[str, list[Diagnostic]]:
    id = free = f"{plan.id}-{filing.day.isoformat()}"
    number = 1
    while free in seals or (library.workspace.root / FILED / f"{free}.yaml").exists():
        number += 1
        if free in seals and _is_same(seals[free], filing, sent):
            return "", [rules.FILED_ALREADY.at(Origin(seals[free].file), "the same files are sealed already")]
        free = f"{id}-{number}"
    seal, kept = _seal(library, plan, filing, sent, free)
    if problems := leaks({f"{FILED}/{name}": data for name, data in kept.items()}, library, filing.audience or plan.audience):
        return "", problems
    file = f"{FILED}/{free}.yaml"
    for name, data in [*kept.items(), (f"{free}.yaml", write_yaml(_plain(seal)).encode())]:
        if problems := put(library.workspace.root / FILED / name, data, f"{FILED}/{name}", known=()):
            return "", problems
    return file, []


def _is_same(seal: Seal, filing: Filing, sent: list[_Sent]) -> bool:
    digests = {output.sha256 for document in seal.said.documents for output in document.outputs}
    return (seal.said.to or "") == filing.to and digests == {output.sha256 for one in sent for output in one.outputs}


def _seal(library: Library, plan: Plan, filing: Filing, sent: list[_Sent], id: str) -> tuple[SealFile, dict[str, bytes]]:
    """Return the seal and the files to keep beside it, by name."""
    audience = filing.audience or plan.audience
    allowed = library.for_audience(audience)
    kept: dict[str, bytes] = {}
    documents = []
    used: dict[str, str] = {}
    for one in sent:
        language = one.composition.locale.language
        sections = [allowed.sections[name] for name in sorted({entry.section for entry in one.composition.record})]
        digests = {section.id: of_section(section, language) for section in sections}
        prose = kept_prose({section.id: passages(section, language) for section in sections})
        names = f"{id}.{language}.docx", f"{id}.{language}.md"
        kept |= {names[0]: one.text, names[1]: prose.encode()}
        text, words = (KeptFile(file=name, sha256=sha256(kept[name])) for name in names)
        documents.append(SealedDocument(language=language, outputs=list(one.outputs), text=text, prose=words, sections=digests))
        used |= digests
    seal = SealFile(
        submission=plan.id, title=plan.title, filed=filing.day, to=filing.to or None, audience=audience, profile=plan.profile or None,  # type: ignore[arg-type]
        template=plan.template, tool=f"shadowgen {__version__}", documents=documents, sources=sources_of(allowed, used),
        commitments=commitments_of(allowed, used),
    )  # fmt: skip
    return seal, kept


def _plain(seal: SealFile) -> dict[str, object]:
    return {name: value for name, value in seal.model_dump(mode="json", exclude_none=True).items() if value != {}}
