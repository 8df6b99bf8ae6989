"""What the bench runs in processes of its own: texts for the peers, Typst, our stages, what `--help` imports, facts about files.

Each part imports only what it needs, for its memory is measured too.
"""

from __future__ import annotations

import json
import re
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

HEAVY = ("babel", "docx", "jinja2", "lxml", "markdown_it", "pydantic", "pypdfium2", "rapidfuzz", "weasyprint", "yaml")


def prepare(workspace: str, submission: str, folder: str) -> None:
    """Write the finished report for the peers, as report.md (our own writer) and report.typ."""
    from typst_text import typst_text

    from shadowgen.compose import compose
    from shadowgen.loading import load_library
    from shadowgen.workspace import Workspace
    from shadowgen.writers.markdown import write_markdown

    library, loading = load_library(Workspace(Path(workspace)))
    plan = library.plans[submission]
    done, problems = compose(library, plan, plan.languages[0], plan.audience)
    errors = [str(problem) for problem in (*loading, *problems) if problem.is_error]
    if done is None or errors:
        sys.exit("\n".join(["the report has errors; shadowgen check shows them", *errors[:5]]))
    Path(folder).mkdir(parents=True, exist_ok=True)
    Path(folder, "report.md").write_text(write_markdown(done.submission, done.locale), encoding="utf-8")
    Path(folder, "report.typ").write_text(typst_text(done.submission, done.locale, done.look), encoding="utf-8")


def typst(source: str, target: str) -> None:
    """Compile once."""
    import typst

    typst.compile(source, output=target)


def typst_open(source: str, changed: str, target: str) -> None:
    """Compile, change the file, compile again in the same process; print the time of the second."""
    import typst

    compiler = typst.Compiler(source)
    compiler.compile(output=target)
    Path(source).write_bytes(Path(changed).read_bytes())
    _timed(lambda: compiler.compile(output=target))


def _timed(part: Callable[[], Any]) -> None:
    start, work = time.perf_counter(), time.process_time()
    part()
    print(json.dumps({"seconds": time.perf_counter() - start, "work": time.process_time() - work}))


def stages(workspace: str, submission: str, pdf: str) -> None:
    """Print the processor time of each stage, one after the other; what a writer imports when it is called counts with it."""
    spent: dict[str, float] = {}

    def stage(name: str, part: Callable[[], Any]) -> Any:
        start = time.process_time()
        value = part()
        spent[name] = time.process_time() - start
        return value

    from shadowgen.assemble import assemble
    from shadowgen.checks import check
    from shadowgen.compose import compose
    from shadowgen.loading import load_library
    from shadowgen.workspace import Workspace
    from shadowgen.writers.docx import write_docx
    from shadowgen.writers.html import write_html
    from shadowgen.writers.markdown import write_markdown
    from shadowgen.writers.pdf import write_pdf

    library, loading = stage("load", lambda: load_library(Workspace(Path(workspace))))
    plan = library.plans[submission]
    done, _ = stage("compose", lambda: compose(library, plan, plan.languages[0], plan.audience))
    allowed = stage("  of it: gate", lambda: library.for_audience(plan.audience))
    stage("  of it: assemble", lambda: assemble(allowed, plan, done.locale))
    drawn = stage("write_docx", lambda: write_docx(done.submission, done.locale, done.look))

    from shadowgen.checks.outputs import check_docx, check_pdf

    stage("read the DOCX back", lambda: check_docx(drawn, done.submission))
    stage("write_html", lambda: write_html(done.submission, done.locale, done.look))
    stage("write_markdown", lambda: write_markdown(done.submission, done.locale))
    stage("check", lambda: check(library, loading, (submission,)))
    if pdf == "pdf":
        made, _ = stage("write_pdf", lambda: write_pdf(done.submission, done.locale, done.look))
        stage("read the PDF back", lambda: check_pdf(made.data, done.submission))
    print(json.dumps(spent))


def imports() -> None:
    """Print which heavy packages `shadowgen --help` has imported."""
    from shadowgen.cli import main

    try:
        main(["--help"])
    except SystemExit:
        print(json.dumps([name for name in HEAVY if name in sys.modules]))


def facts(*files: str) -> None:
    """Print words, notes and pages of files, to show that both sides hold the same text."""
    print(json.dumps([_docx(file) if file.endswith(".docx") else _pdf(file) for file in files]))


def _docx(file: str) -> dict[str, int]:
    from zipfile import ZipFile

    with ZipFile(file) as archive:
        document, notes = (archive.read(f"word/{name}.xml").decode() for name in ("document", "footnotes"))
    paragraphs = re.split(r"</w:p>", document + notes)
    words = sum(_words(re.sub(r"<w:(?:tab|br)/>", " ", paragraph)) for paragraph in paragraphs)
    return {"words": words, "notes": len(re.findall(r"<w:footnote (?![^>]*w:type)", notes))}


def _pdf(file: str) -> dict[str, int]:
    import pypdfium2

    document = pypdfium2.PdfDocument(file)
    texts = [page.get_textpage().get_text_range() for page in document]
    return {"pages": len(texts), "words": sum(map(_words, texts))}


def _words(text: str) -> int:
    text = re.sub(r"<w:instrText[^>]*>[^<]*</w:instrText>|<[^>]+>", "", text)
    return sum(any(char.isalnum() for char in word) for word in text.split())


if __name__ == "__main__":
    name, *arguments = sys.argv[1:]
    {"prepare": prepare, "typst": typst, "typst-open": typst_open, "stages": stages, "imports": imports, "facts": facts}[name](*arguments)
