"""How long `shadowgen find` takes on a large library: `python bench/find.py [SECTIONS]` (10,000 if not said).

The sections are drawn, always the same, from the sentences of the sample library; they are written to a folder that goes when it is done.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from pathlib import Path

from shadowgen.library import load_library
from shadowgen.reuse.search import index, like, search
from shadowgen.workspace import Workspace

ROOT = Path(__file__).parents[1]
QUERIES = (("torture", "prisons"), ("свобода", "слова"), ("Zhanaozen",), ("Жанаозене",), ("journalists", "border", "accreditation"))


def write_library(root: Path, count: int) -> None:
    """Write `count` sections, one in twelve in Russian: four to eight paragraphs, with a name that stands nowhere else."""
    own, _ = load_library(Workspace(ROOT))
    draw = random.Random(7)
    sentences: dict[str, list[str]] = {}
    for document in index(own).documents:
        sentences.setdefault(document.prose.language, []).extend(passage.text for passage in document.passages if len(passage.text) > 60)
    (root / "submissions").mkdir()
    for number in range(count):
        words = sentences["ru" if number % 12 == 0 else "en"]
        body = [f"{draw.choice(words).replace('[', '(').replace(']', ')')}" for _ in range(draw.randint(4, 8))]
        body.append(f"This was said by Name{number}.")
        path = root / f"sections/articles/iccpr/{draw.randint(1, 27)}/section-{number}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        head = f"title: Section {number}\nlanguage: {'ru' if number % 12 == 0 else 'en'}\nstatus: final\naudience: public\nbody: |\n"
        path.write_text(head + "".join(f"  {line}\n\n" for line in body), encoding="utf-8")


def timed(what: str, act: object, times: int = 1) -> object:
    """Run a function and print how long it took, or the mean of several runs."""
    start = time.perf_counter()
    for _ in range(times):
        result = act()  # type: ignore[operator]
    print(f"{what:44}{(time.perf_counter() - start) / times * 1000:10,.1f} ms")
    return result


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        write_library(root, count)
        library, problems = timed(f"load {count:,} sections", lambda: load_library(Workspace(root)))  # type: ignore[misc]
        assert len(library.sections) == count, problems[:3]
        gated = timed("the gate", lambda: library.for_audience("internal"))
        words = timed("make the index", lambda: index(gated))  # type: ignore[arg-type]
        every = frozenset(library.sections)
        for query in QUERIES:
            hits = timed(f"first search: {' '.join(query)}", lambda query=query: search(words, query, every))  # type: ignore[arg-type]
            timed(f"  again ({len(hits):,} found)", lambda query=query: search(words, query, every), 5)  # type: ignore[arg-type]
        timed("--like", lambda: like(words, "section-1", every))  # type: ignore[arg-type]


if __name__ == "__main__":
    main()
