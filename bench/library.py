"""What a large library costs: `python bench/library.py [SECTIONS] [WORDS]` (10,000 sections of 1,000 words if not said).

The sections are drawn, always the same, from the sentences of the sample library, with citations, articles, names of the term base and days of
review; they are written to a folder that goes when it is done. Each part runs once, in one process.
"""

from __future__ import annotations

import datetime as dt
import gc
import random
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml

from shadowgen.checks import settled
from shadowgen.checks.upkeep import upkeep
from shadowgen.loading import load_library
from shadowgen.reuse.coverage import cover
from shadowgen.reuse.links import links
from shadowgen.reuse.postings import index
from shadowgen.reuse.search import like, search
from shadowgen.workspace import Workspace

ROOT = Path(__file__).parents[1]
DAY = dt.date(2026, 1, 1)
QUERIES = (("torture", "prisons"), ("свобода", "слова"), ("Zhanaozen",), ("Жанаозене",), ("journalists", "border", "accreditation"))
SOURCES = 300
TERMS = "council: {preferred: Constitutional Council, avoid: [Constitution Council], replaced: {by: Constitutional Court, on: 2022}}\n"


def write_library(root: Path, count: int, words: int) -> None:
    """Write `count` sections of about `words` words, one in twelve in Russian, each with a name that stands nowhere else."""
    own, _ = load_library(Workspace(ROOT))
    draw = random.Random(7)
    passages: dict[str, list[str]] = {}
    for document in index(own).documents:
        told = (passage.text.replace("[", "(").replace("]", ")") for passage in document.passages if len(passage.text) > 60)
        passages.setdefault(document.prose.language, []).extend(told)
    (root / "submissions").mkdir()
    for number in range(count):
        path = root / f"sections/articles/iccpr/{draw.randint(1, 27)}/section-{number}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(_section(number, passages["ru" if number % 12 == 0 else "en"], words, draw), encoding="utf-8")
    entries = (
        f"source-{number}: {{type: news, title: Page {number}, outlet: O, url: https://example.org/{number}}}\n"
        for number in range(SOURCES)
    )
    for folder, text in (("sources", "".join(entries)), ("terms", TERMS)):
        (root / f"sections/{folder}").mkdir()
        (root / f"sections/{folder}/en.yaml").write_text(text, encoding="utf-8")


def _section(number: int, passages: list[str], words: int, draw: random.Random) -> str:
    body, said = [], 0
    while said < words:
        body.append(f"{draw.choice(passages)} [@source-{draw.randrange(SOURCES)}, p. {draw.randint(1, 99)}]")
        said += len(body[-1].split())
    body.append(f"This was said by Name{number}.")
    head = f"title: Section {number}\nlanguage: {'ru' if number % 12 == 0 else 'en'}\nstatus: final\naudience: public\n"
    head += f'articles: ["ICCPR {draw.randint(1, 27)}"]\nverified: {draw.randint(2014, 2024)}-05-01\nreview_by: {draw.randint(2025, 2028)}-05-01\n'
    return head + "body: |\n" + "".join(f"  {line}\n\n" for line in body)


def timed(what: str, act: Callable[[], Any], floor: float = 0) -> tuple[Any, float]:
    """Run a function and print the processor time that it took; beside it, how many times the floor that is."""
    start = time.process_time()
    result = act()
    spent = time.process_time() - start
    print(f"{what:44}{spent * 1000:12,.1f} ms{f'{spent / floor:8.2f}' if floor else ''}", flush=True)
    return result, spent


def _events(root: Path) -> int:
    """Read every file and let libyaml make its events of it: what no reader of these files can do without."""
    texts = (path.read_text(encoding="utf-8") for path in sorted(root.rglob("*.yaml")))
    return sum(1 for text in texts for _ in yaml.parse(text, Loader=yaml.CSafeLoader))


def main() -> None:
    count, words = (int(sys.argv[place]) if len(sys.argv) > place else default for place, default in ((1, 10_000), (2, 1_000)))
    gc.set_threshold(1_000_000, 50, 50)  # as the program does
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        write_library(root, count, words)
        _, floor = timed(f"read {count:,} sections with libyaml alone", lambda: _events(root))
        (library, problems), _ = timed("load", lambda: load_library(Workspace(root)), floor)
        assert len(library.sections) == count, problems[:3]
        print(f"{sum(len(text.split()) for text in library.texts.values()):,} words")
        found, _ = timed("check", lambda: settled(library, problems, today=DAY), floor)
        timed("stale", lambda: upkeep(library, DAY), floor)
        timed("coverage", lambda: cover(library, "ICCPR", DAY), floor)
        timed("links", lambda: links(library.for_audience("public")), floor)
        gated, _ = timed("the gate", lambda: library.for_audience("internal"), floor)
        indexed, _ = timed("make the index", lambda: index(gated), floor)
        every = frozenset(library.sections)
        for query in QUERIES:
            told, _ = timed(f"find {' '.join(query)}", lambda query=query: search(indexed, query, every))
            print(f"  {told.total:,} found")
        timed("find --like", lambda: like(indexed, "section-1", every))
    print(f"{len(found.left):,} problems; peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MB")


if __name__ == "__main__":
    main()
