"""Submissions -> files in `output/`, each read back before it is put in place, with a record of what was built.

Enters: a `Library`, the names of submissions, formats. Leaves: `Built` results and every problem. Nothing a person edited is overwritten.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path

from shadowgen import rules
from shadowgen.bodyrules import check_formats, check_pages, sending
from shadowgen.checks.outputs import check_docx, check_html, check_pdf
from shadowgen.checks.persons import lacking_identities
from shadowgen.compose import Composition, compose
from shadowgen.diagnostics import Diagnostic, Origin, has_errors
from shadowgen.library import Library
from shadowgen.outputs import Outputs
from shadowgen.records import Plan
from shadowgen.safewrite import alone, cannot_write, sha256
from shadowgen.scan.gate import hold_back
from shadowgen.workspace import Workspace, read_bytes
from shadowgen.writers.letters import missing_in_charts

FORMATS = ("docx", "pdf", "html", "md")


@dataclass(frozen=True, slots=True)
class Built:
    """One document that was built: its files, and figures about it."""

    submission: str
    language: str
    audience: str
    files: tuple[str, ...]
    pages: int
    text_words: int
    note_words: int
    notes: int
    counted: int
    limit: int | None
    left_out: tuple[str, ...]
    sending: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Job:
    """What to build and how to tell of it. `beside` are further PDFs, "print" and "draft"; `fold` gives the first pages in fours."""

    formats: tuple[str, ...] = ("docx", "pdf")
    audience: str | None = None
    language: str | None = None
    force: bool = False
    beside: tuple[str, ...] = ()
    fold: bool = False
    tell: Callable[[str], None] = field(default=lambda _: None)

    @property
    def draws_charts(self) -> bool:
        """True unless all that is asked for is Markdown, which holds charts as tables."""
        return bool({*self.formats, *self.beside} - {"md"})


def build(library: Library, plan: Plan, job: Job) -> tuple[list[Built], list[Diagnostic]]:
    """Build one submission, in the languages and formats that are asked for; return what was built and every problem."""
    built: list[Built] = []
    problems: list[Diagnostic] = []
    for language in [job.language] if job.language else plan.languages[:1]:
        done, found = _build_one(library, plan, language, job)
        built += [done] if done else []
        problems += found
    return built, problems


def _build_one(library: Library, plan: Plan, language: str, job: Job) -> tuple[Built | None, list[Diagnostic]]:
    audience = job.audience or plan.audience
    job.tell(f"{plan.id}: putting it together")
    composition, problems = compose(library, plan, language, audience)
    problems += lacking_identities(library, audience, {one.section for one in composition.record} if composition else set())
    if composition is None or has_errors(problems):
        return None, problems
    outputs = Outputs(library.workspace, plan, language, audience)
    outputs.tree = tree_of(composition)
    found = missing_in_charts(composition.submission, composition.locale, composition.look) if job.draws_charts else []
    drawn, pages, found = ({}, 0, found) if found else _draw(composition, job)
    if not has_errors(found):
        more, told = _draw_beside(library, composition, job)
        drawn, found = drawn | more, [*found, *told]
    problems += found
    if not has_errors(found):
        job.tell(f"{plan.id}: searching for what its readers may not know")
        problems += (found := hold_back({outputs.shown(ending): data for ending, data in drawn.items()}, library, audience))
    if has_errors(found):
        return None, problems
    problems += check_formats(plan, composition.profile, job.formats)
    problems += check_pages(library, plan, composition.profile, pages)
    files, found = _put_in_place(outputs, composition, drawn, job)
    problems += found
    done = Built(
        plan.id, language, audience, files, pages, composition.text_words, composition.note_words, len(composition.submission.notes),
        composition.counted, composition.limit, composition.left_out, sending(library, plan, composition.profile, language),
    )  # fmt: skip
    return done, problems


def tree_of(composition: Composition) -> str:
    """Return the digest of a finished document and its look: another one means that what was drawn would be drawn otherwise now."""
    return sha256(repr((composition.submission, composition.look)).encode())


def _put_in_place(
    outputs: Outputs, composition: Composition, drawn: dict[str, bytes], job: Job
) -> tuple[tuple[str, ...], list[Diagnostic]]:
    """Write what was drawn, while no other build writes here; return the files in place and every problem."""
    try:
        with alone(outputs.workspace.root, tell=job.tell) as found:
            if has_errors(found):
                return (), found
            files, told = outputs.place(drawn, [asdict(entry) for entry in composition.record], force=job.force)
            return files, [*found, *told]
    except OSError as error:
        return (), [cannot_write(".shadowgen", error)]


def _draw(composition: Composition, job: Job) -> tuple[dict[str, bytes], int, list[Diagnostic]]:
    """Draw every format and read it back; the PDF first, because it knows the pages of the contents."""
    submission, locale, look = composition.submission, composition.locale, composition.look
    drawn: dict[str, bytes] = {}
    problems: list[Diagnostic] = []
    pages, anchors = 0, None
    if "pdf" in job.formats:
        from shadowgen.writers.pdf import write_pdf

        job.tell(f"{composition.plan.id}: laying out the PDF")
        pdf, problems = write_pdf(submission, locale, look)
        if pdf is None:
            return {}, 0, problems
        drawn["pdf"], pages, anchors = pdf.data, pdf.pages, pdf.anchor_pages
        problems += check_pdf(pdf.data, submission)
    if "docx" in job.formats:
        from shadowgen.writers.docx import write_docx

        job.tell(f"{composition.plan.id}: writing the Word file")
        drawn["docx"] = write_docx(submission, locale, look, anchors)
        problems += check_docx(drawn["docx"], submission)
    if "html" in job.formats:
        from shadowgen.writers.html import write_html

        drawn["html"] = write_html(submission, locale, look).encode()
        problems += check_html(drawn["html"], submission)
    if "md" in job.formats:
        from shadowgen.writers.markdown import write_markdown

        drawn["md"] = write_markdown(submission, locale).encode()
    return {ending: drawn[ending] for ending in job.formats if ending in drawn}, pages, problems


def _draw_beside(library: Library, composition: Composition, job: Job) -> tuple[dict[str, bytes], list[Diagnostic]]:
    """Draw the PDFs that stand beside the others: for the print shop, and as a draft for the coalition itself."""
    submission, locale, look = composition.submission, composition.locale, composition.look
    drawn: dict[str, bytes] = {}
    problems: list[Diagnostic] = []
    if "print" in job.beside:
        from shadowgen.writers.pdfprint import Printing, write_print_pdf

        job.tell(f"{composition.plan.id}: laying out the PDF for the print shop")
        profile, problems = _print_profile(library.workspace, look.name)
        data, found = write_print_pdf(submission, locale, look, Printing(profile, job.fold)) if not problems else (None, [])
        problems += found
        drawn |= {"print.pdf": data} if data else {}
    if "draft" in job.beside:
        from shadowgen.writers.pdfdraft import write_draft_pdf

        job.tell(f"{composition.plan.id}: laying out the draft")
        data, found = write_draft_pdf(submission, locale, look, _labels(library, composition))
        problems += found
        drawn |= {"draft.pdf": data} if data else {}
    for data in drawn.values():
        problems += check_pdf(data, submission)
    return drawn, problems


def _print_profile(workspace: Workspace, look: str) -> tuple[bytes, list[Diagnostic]]:
    """Return the ICC profile of the printer's process that a workspace has beside its look; none is an answer too."""
    path = workspace.own_file(f"templates/looks/{look}", "print.icc")
    profile = (read_bytes(path) if path else None) or b""
    if path and (profile[12:20] != b"prtrCMYK" or profile[36:40] != b"acsp"):
        hint = "ask the print shop for the ICC profile of its process"
        return b"", [rules.WRONG_VALUE.at(Origin(workspace.relative(path)), "this is no ICC profile of a CMYK printing process", hint)]
    return profile, []


def _labels(library: Library, composition: Composition) -> dict[int, str]:
    """Return for each ordinal of a paragraph the file that it comes from, and its place in it."""
    homes = {
        entry.ordinal: (library.sections[entry.section].in_language(entry.language).origin.file, entry) for entry in composition.record
    }
    return {ordinal: f"{Path(file).name}, {entry.part.replace('_', ' ')} {entry.place}" for ordinal, (file, entry) in homes.items()}
