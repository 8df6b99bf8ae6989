"""A workspace with the sections of a report repeated under new ids: the same report, two or four times the size."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

REPEATED = ("articles", "recommendations")
ADDED = "This paragraph number {number} was added between two builds, to measure how long the next build takes."
_ANCHOR = re.compile(r"\{#([a-z0-9-]+)\}")
_REFERENCE = re.compile(r"\[#([a-z0-9-]+)(?=[\],])")


def make_workspace(root: Path, target: Path, submission: str, times: int) -> None:
    """Copy a workspace with one submission; its sections stand there `times` times, copies as `x2-<id>` beside the first."""
    for folder in ("sections", "templates"):
        if (root / folder).is_dir():
            shutil.copytree(root / folder, target / folder)
    (target / "submissions").mkdir(parents=True)
    shutil.copy(root / "submissions" / f"{submission}.yaml", target / "submissions")
    files = [path for folder in REPEATED for path in sorted((target / "sections" / folder).rglob("*.yaml"))]
    texts = {path: path.read_text(encoding="utf-8") for path in files}
    ids = {path.name.split(".")[0] for path in files} | {anchor for text in texts.values() for anchor in _ANCHOR.findall(text)}
    for number in range(2, times + 1):
        for path, text in texts.items():
            path.with_name(f"x{number}-{path.name}").write_text(_renamed(text, ids, f"x{number}-"), encoding="utf-8")


def _renamed(text: str, ids: set[str], prefix: str) -> str:
    text = _ANCHOR.sub(lambda found: f"{{#{prefix}{found[1]}}}", text)
    return _REFERENCE.sub(lambda found: f"[#{prefix if found[1] in ids else ''}{found[1]}", text)


class Edited:
    """One section in the middle of the report, to which each call adds another paragraph."""

    def __init__(self, workspace: Path) -> None:
        files = sorted((workspace / "sections" / "articles").rglob("*.yaml"))
        sections = [path for path in files if path.name.count(".") == 1 and not re.search(r"-20\d\d$", path.stem)]
        self.path = sections[len(sections) // 2]
        self.text = self.path.read_text(encoding="utf-8")
        self.number = 0

    def __call__(self) -> None:
        """Write the section with another added paragraph than before."""
        self.number += 1
        added = ADDED.format(number=self.number)
        changed, count = re.subn(r"^(body: \|[-+]?\n)( +)", rf"\g<1>\g<2>{added}\n\n\g<2>", self.text, count=1, flags=re.MULTILINE)
        if not count:
            raise SystemExit(f"{self.path} has no literal body")
        self.path.write_text(changed, encoding="utf-8")

    def restore(self) -> None:
        """Put the section back as it was."""
        self.path.write_text(self.text, encoding="utf-8")
