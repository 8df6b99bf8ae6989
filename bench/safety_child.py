"""One tool writes one document: `safety_child.py TOOL MODE CASE FOLDER`. MODE is plain (as documented) or safe (the documented safe way).

A case is a folder that holds what its author wrote; the document is `out.docx`, `out.pdf` or, for shadowgen, what it builds.
"""

from __future__ import annotations

import html
import json
import os
import resource
import signal
import sys
from pathlib import Path
from typing import Any


def case(folder: Path) -> dict[str, Any]:
    """Return the case: text, picture, template code, addresses, and what is not meant to be read."""
    return json.loads((folder / "case.json").read_text(encoding="utf-8"))


def limit() -> None:
    """From here on, let no file grow larger than the trial says."""
    if most := os.environ.get("LARGEST_FILE"):
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (int(most), int(most)))


def python_docx(folder: Path, safe: bool) -> None:
    from docx import Document

    given, document = case(folder), Document()
    for _ in range(given["length"]):
        document.add_paragraph(given["text"])
    if given.get("picture"):
        document.add_picture(str(folder / given["picture"]))
    limit()
    document.save(folder / "out.docx")


def docxtpl(folder: Path, safe: bool) -> None:
    from docx import Document
    from docxtpl import DocxTemplate
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    given = case(folder)
    if not (template := folder / "template.docx").exists():
        document = Document()
        document.core_properties.author = given.get("author", "")
        document.add_paragraph(given.get("code") or "{{ text }}")
        if given.get("picture"):
            document.add_picture(str(folder / given["picture"]))
        document.save(template)
    document = DocxTemplate(template)
    context = {"text": "\n".join([given["text"]] * given["length"]), **given.get("hidden", {})}
    safety = {"jinja_env": ImmutableSandboxedEnvironment(autoescape=True), "autoescape": True} if safe else {}
    document.render(context, **safety)
    limit()
    document.save(folder / "out.docx")


def weasyprint(folder: Path, safe: bool) -> None:
    from weasyprint import HTML
    from weasyprint.urls import FatalURLFetchingError, URLFetcher

    class Refusing(URLFetcher):
        def fetch(self, url: str, headers: object = None) -> Any:
            raise FatalURLFetchingError(url)

    given = case(folder)
    words = html.escape(given["text"]) if safe else given["text"]
    picture = f"<img src='{given['picture']}'>" if given.get("picture") else ""
    page = f"<html>{given.get('head', '')}<body>{given.get('html', '')}{picture}" + f"<p>{words}</p>" * given["length"]
    fetcher = {"url_fetcher": Refusing()} if safe and not picture else {}
    limit()
    HTML(string=page, base_url=str(folder) + "/", **fetcher).write_pdf(folder / "out.pdf")


def pandoc(folder: Path, safe: bool) -> None:
    import pypandoc

    given = case(folder)
    picture = f"\n\n![]({given['picture']})" if given.get("picture") else ""
    text = given.get("front", "") + "\n\n".join([given.get("markdown", "") + picture, *[given["text"]] * given["length"]])
    (folder / "in.md").write_text(text, encoding="utf-8")
    sandbox = ["--sandbox"] if safe else []
    limit()
    os.chdir(folder)
    command = [pypandoc.get_pandoc_path(), *sandbox, "in.md", "-o", "out.docx"]
    os.execv(command[0], command)


def shadowgen(folder: Path, safe: bool) -> None:
    from shadowgen.cli import main

    given = case(folder)
    if not (folder / "submissions").is_dir():
        write_workspace(folder, given)
    limit()
    main(["-C", str(folder), "build", "--format", "docx,pdf"])


def write_workspace(folder: Path, given: dict[str, Any]) -> None:
    """Write the same words as a section; what is not meant to be read stands where a library keeps it."""
    body = (
        [given["text"]] * given["length"] + ([f"![A house]({given['picture']})"] if given.get("picture") else []) + given.get("dialect", [])
    )
    home = folder / "sections/articles/iccpr/19"
    home.mkdir(parents=True)
    (folder / "submissions").mkdir()
    rows = "".join(f"  {line}\n\n" for line in body)
    (home / "one.yaml").write_text(
        f'{given.get("comment", "")}title: One\narticles: ["ICCPR 19"]\nstatus: final\naudience: public\nbody: |\n{rows}', encoding="utf-8"
    )
    for name, text in given.get("files", {}).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    if given.get("picture"):
        (home / given["picture"]).write_bytes((folder / given["picture"]).read_bytes())
    template = "shadow-report"
    if given.get("code"):
        (folder / "templates").mkdir()
        (folder / "templates/mine.md.j2").write_text(given["code"], encoding="utf-8")
        template = "mine"
    (folder / "submissions/report.yaml").write_text(
        f"title: A report\ntemplate: {template}\nlanguages: [en]\ncountry: Kazakhstan\ndate: '2016'\nsections: [articles/*]\n",
        encoding="utf-8",
    )


if __name__ == "__main__":
    tool, mode, at = sys.argv[1:4]
    {"shadowgen": shadowgen, "pandoc": pandoc, "docxtpl": docxtpl, "python-docx": python_docx, "WeasyPrint": weasyprint}[tool](
        Path(at), mode == "safe"
    )
