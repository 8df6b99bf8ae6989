"""Measure shadowgen beside pandoc and Typst on the sample report at 1, 2 and 4 times its size. See README.md."""

from __future__ import annotations

import argparse
import json
import math
import os
import sys
import tempfile
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from measure import Measure, side_by_side
from tasks import Task, Texts, help_imports

ROOT = Path(__file__).resolve().parents[1]
NAMES = ("help", "check", "docx", "docx-edit", "pdf", "pdf-edit")
NEVER_FOR_HELP = {"weasyprint", "docx"}


@dataclass(frozen=True, slots=True)
class Row:
    """One task at one size: our medians and the peer's."""

    task: str
    peer: str
    size: int
    runs: int
    ours: Measure
    theirs: Measure


def measured(task: Task, size: int, runs: int) -> Row:
    """Measure one task."""
    print(f"{size}x {task.name} ...", file=sys.stderr, flush=True)
    runs = 1 if task.name.startswith("pdf") and size >= 4 else runs
    return Row(task.name, task.peer, size, runs, *side_by_side(task.ours, task.theirs, runs))


def ratio(row: Row, name: str) -> float:
    """Return ours / peer."""
    return getattr(row.ours, name) / getattr(row.theirs, name)


def growth(rows: list[Row], side: str) -> float | None:
    """Return the exponent e of work = size ** e between the smallest and the largest size; 1 is linear."""
    first, last = min(rows, key=lambda row: row.size), max(rows, key=lambda row: row.size)
    if first.size == last.size:
        return None
    return math.log(getattr(last, side).work / getattr(first, side).work) / math.log(last.size / first.size)


# ---------------------------------------------------------------- printing


def table(rows: list[Row]) -> str:
    """Return one line a task: ours / peer, growth, peak memory."""
    sizes = sorted({row.size for row in rows})
    heads = [f"{kind} {size}x" for kind in ("time", "work") for size in sizes]
    heads += ["growth", "peer's", *(f"{kind} {size}x" for kind in ("MB", "peer") for size in sizes)]
    lines = [["task", "beside", *heads]]
    for name in dict.fromkeys(row.task for row in rows):
        mine = {row.size: row for row in rows if row.task == name}
        cells = [mine.get(size) for size in sizes]
        numbers = [*(row and ratio(row, "seconds") for row in cells), *(row and ratio(row, "work") for row in cells)]
        numbers += [growth(list(mine.values()), "ours"), growth(list(mine.values()), "theirs")]
        memory = [*(row and row.ours.megabytes for row in cells), *(row and row.theirs.megabytes for row in cells)]
        lines.append([name, next(iter(mine.values())).peer, *map(_number, numbers), *(_number(one, 0) for one in memory)])
    return _aligned(lines, left=2)


def stage_table(stages: dict[str, dict[str, float]], rows: list[Row]) -> str:
    """Return the work of each of our stages, in units of pandoc's for the DOCX of the same size."""
    pandoc = {str(row.size): row.theirs.work for row in rows if row.task == "docx"}
    sizes = [size for size in stages if size in pandoc]
    lines = [["stage", *(f"{size}x" for size in sizes)]]
    for name in dict.fromkeys(name for size in sizes for name in stages[size]):
        lines.append([name, *(_number(stages[size][name] / pandoc[size] if name in stages[size] else None) for size in sizes)])
    return _aligned(lines, left=1)


def _number(value: float | None, digits: int = 2) -> str:
    return "-" if value is None else f"{value:.{digits}f}"


def _aligned(lines: list[list[str]], left: int) -> str:
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return "\n".join(
        "  ".join(
            cell.ljust(width) if place < left else cell.rjust(width) for place, (cell, width) in enumerate(zip(line, widths, strict=True))
        )
        for line in lines
    )


# ---------------------------------------------------------------- the run


def main() -> None:
    """Measure what the options name, print the tables, write the JSON."""
    options = _options()
    rows, facts, stages = _earlier(options.json) if options.add else ([], {}, {})
    imported = help_imports()
    for size in [1] if options.quick else options.sizes:
        with tempfile.TemporaryDirectory(prefix="shadowgen-bench-") as folder:
            texts = Texts(options.workspace, options.report, Path(folder), size)
            found = [measured(task, size, options.runs) for task in texts.tasks() if task.name in options.only]
            again = {(row.task, row.size) for row in found}
            rows = sorted(
                [*(row for row in rows if (row.task, row.size) not in again), *found], key=lambda row: (NAMES.index(row.task), row.size)
            )
            facts[str(size)] = facts.get(str(size), {}) | texts.facts()
            stages[str(size)] = stages.get(str(size), {}) | texts.stages(pdf="pdf" in options.only and size == 1)
        _write(options, rows, facts, stages, imported)
    print(f"{options.report}, {os.cpu_count()} processors, shadowgen {version('shadowgen')}, {_peers()}\n")
    print(table(rows))
    print("\ntime: ours / peer on the clock; work: the same in processor time; growth: e in work = size ** e; MB: peak memory\n")
    print(stage_table(stages, rows))
    print("\nstage: work of ours / work of pandoc for the DOCX of the same size\n")
    for size, files in sorted(facts.items(), key=lambda one: int(one[0])):
        said = (f"{name} " + ", ".join(f"{value:,} {what}" for what, value in counts.items()) for name, counts in files.items())
        print(f"{size}x: {'; '.join(said)}")
    print(f"shadowgen --help imports of the heavy packages: {', '.join(imported) or 'none'}")
    if NEVER_FOR_HELP & set(imported):
        sys.exit("--help must import neither weasyprint nor docx")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="only the size 1x")
    parser.add_argument("--sizes", type=int, nargs="+", default=[1, 2, 4], help="how many times the report")
    parser.add_argument("--only", nargs="+", choices=NAMES, default=NAMES, help="only these tasks")
    parser.add_argument("--runs", type=int, default=3, help="runs of each; the median counts (the PDF at 4x runs once)")
    parser.add_argument("--add", action="store_true", help="keep the rows of the JSON file that are not measured now")
    parser.add_argument("--report", default="kazakhstan-2016-full", help="the submission to measure")
    parser.add_argument("--workspace", type=Path, default=ROOT, help="the workspace that holds it")
    parser.add_argument("--json", type=Path, default=ROOT / "output" / "bench.json", help="where the figures go")
    return parser.parse_args()


def _earlier(file: Path) -> tuple[list[Row], dict[str, Any], dict[str, Any]]:
    if not file.exists():
        return [], {}, {}
    data = json.loads(file.read_text(encoding="utf-8"))
    rows = [Row(**{**row, "ours": Measure(**row["ours"]), "theirs": Measure(**row["theirs"])}) for row in data["rows"]]
    return rows, data["facts"], data["stages"]


def _write(options: argparse.Namespace, rows: list[Row], facts: dict[str, Any], stages: dict[str, Any], imported: list[str]) -> None:
    names = dict.fromkeys(row.task for row in rows)
    grown = {name: {side: growth([row for row in rows if row.task == name], side) for side in ("ours", "theirs")} for name in names}
    ratios = [{"task": row.task, "size": row.size, **{name: ratio(row, name) for name in Measure.__slots__}} for row in rows]
    data = {
        "report": options.report,
        "peers": _peers(),
        "processors": os.cpu_count(),
        "rows": [asdict(row) for row in rows],
        "ratios": ratios,
        "growth": grown,
        "stages": stages,
        "facts": facts,
        "help_imports": imported,
    }
    options.json.parent.mkdir(parents=True, exist_ok=True)
    options.json.write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")


def _peers() -> str:
    return f"pypandoc_binary {version('pypandoc_binary')}, typst {version('typst')}"


if __name__ == "__main__":
    main()
