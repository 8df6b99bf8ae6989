"""What is measured at one size: each of our commands, and the peer's that does the same with the same text."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from enlarged import Edited, make_workspace
from measure import Measure, child, run


@dataclass(frozen=True, slots=True)
class Task:
    """A name, the peer's name, and how to measure each side once."""

    name: str
    peer: str
    ours: Callable[[], Measure]
    theirs: Callable[[], Measure]


class Texts:
    """The report at one size: a workspace for us, Markdown and Typst for the peers, before and after one section is edited."""

    def __init__(self, root: Path, report: str, folder: Path, times: int) -> None:
        self.report, self.times = report, times
        self.workspace = folder / "workspace"
        self.before, self.after = folder / "before", folder / "after"
        self.pandoc_file = run([sys.executable, "-c", "import pypandoc; print(pypandoc.get_pandoc_path())"])[1].strip()
        make_workspace(root, self.workspace, report, times)
        run(child("prepare", self.workspace, report, self.before))
        self.edited = Edited(self.workspace)
        self.edited()
        run(child("prepare", self.workspace, report, self.after))
        self.edited.restore()

    def tasks(self) -> list[Task]:
        """Return every task; what does not depend on the size stands in the first size only."""
        start = [Task("help", "python, click", lambda: self._shadowgen("--help"), lambda: run([sys.executable, "-c", "import click"])[0])]
        return [
            *(start if self.times == 1 else []),
            Task("check", "pandoc, reading", self._check, lambda: self._pandoc(self.before, "json")),
            Task("docx", "pandoc", lambda: self._build("docx"), lambda: self._pandoc(self.before, "docx")),
            Task("docx-edit", "pandoc", lambda: self._rebuild("docx"), lambda: self._pandoc(self.after, "docx")),
            Task("pdf", "Typst", lambda: self._build("pdf"), self._typst),
            Task("pdf-edit", "Typst, kept open", lambda: self._rebuild("pdf"), self._typst_open),
        ]

    # ------------------------------------------------ ours

    def _shadowgen(self, *arguments: str, accepted: tuple[int, ...] = (0,)) -> Measure:
        return run([sys.executable, "-m", "shadowgen", "-C", str(self.workspace), *arguments], accepted)[0]

    def _check(self) -> Measure:
        self.edited.restore()
        return self._shadowgen("check", self.report, accepted=(0, 1))

    def _build(self, form: str) -> Measure:
        """Build with nothing left of an earlier build."""
        self.edited.restore()
        for name in ("output", ".shadowgen"):
            shutil.rmtree(self.workspace / name, ignore_errors=True)
        return self._shadowgen("build", self.report, "--format", form)

    def _rebuild(self, form: str) -> Measure:
        """Build again after one section has been edited."""
        if not self._built(form).exists():
            self._build(form)
        self.edited()
        return self._shadowgen("build", self.report, "--format", form)

    def _built(self, form: str) -> Path:
        return self.workspace / "output" / self.report / f"{self.report}.{form}"

    # ------------------------------------------------ the peers

    def _pandoc(self, texts: Path, to: str) -> Measure:
        return run([self.pandoc_file, "-f", "markdown", "-t", to, "--toc", "-o", str(texts / f"pandoc.{to}"), str(texts / "report.md")])[0]

    def _typst(self) -> Measure:
        return run(child("typst", self.before / "report.typ", self.before / "typst.pdf"))[0]

    def _typst_open(self) -> Measure:
        """Compile twice in one process, the second time after the edit: what an author sees who keeps Typst open."""
        shutil.copy(self.before / "report.typ", self.before / "open.typ")
        return run(child("typst-open", self.before / "open.typ", self.after / "report.typ", self.before / "open.pdf"))[0]

    # ------------------------------------------------ beside the measures

    def facts(self) -> dict[str, dict[str, int]]:
        """Return words, notes and pages of what was built, to show that both sides hold the same text."""
        files = {
            "shadowgen docx": self._built("docx"),
            "pandoc docx": self.before / "pandoc.docx",
            "shadowgen pdf": self._built("pdf"),
            "typst pdf": self.before / "typst.pdf",
        }
        found = {name: path for name, path in files.items() if path.exists()}
        return dict(zip(found, _last(run(child("facts", *found.values()))[1]), strict=True)) if found else {}

    def stages(self, *, pdf: bool) -> dict[str, float]:
        """Return the processor time of each of our stages."""
        self.edited.restore()
        return _last(run(child("stages", self.workspace, self.report, "pdf" if pdf else "-"))[1])


def help_imports() -> list[str]:
    """Return the heavy packages that `shadowgen --help` imports."""
    return _last(run(child("imports"))[1])


def _last(text: str) -> Any:
    return json.loads(text.rstrip().rsplit("\n", 1)[-1])
