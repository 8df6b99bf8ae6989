"""What all views of a library share: lines for a terminal, cells for a spreadsheet, a page to look at, and the file that they are put into.

Enters: what a view has to say. Leaves: text or bytes. The only door to xlsxwriter.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import textwrap
import unicodedata
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any

from shadowgen.diagnostics import Diagnostic
from shadowgen.safewrite import put_over

FORMATS = ("text", "html", "csv", "xlsx", "json")
WIDTH = 100  # columns of a terminal

# ---------------------------------------------------------------- lines


def wrapped(lead: str, names: Iterable[str], indent: str = "    ") -> list[str]:
    """Return names in lines of the terminal's width; a name is broken only where it is longer than a line."""
    joined = ", ".join(name.replace(" ", "\u00a0") for name in names)
    if not joined:
        return []
    lines = textwrap.wrap(joined, WIDTH, initial_indent=f"{indent}{lead}", subsequent_indent=indent or "  ", break_on_hyphens=False)
    return [line.replace("\u00a0", " ") for line in lines]


def cut(text: str, width: int) -> str:
    """Return a text that leaves a blank at the end of a column of that width."""
    return text if len(text) < width else text[: width - 2] + "…"


# ---------------------------------------------------------------- cells


def cell(value: Any) -> str:
    """Return a value as a cell that no spreadsheet takes for a formula, whatever invisible characters or wide letters it starts with."""
    text = unicodedata.normalize("NFKC", " ".join(str(value).split()))
    start = next((place for place, one in enumerate(text) if unicodedata.category(one)[0] not in "ZC"), len(text))
    return f"'{text[start:]}" if text[start:].startswith(("=", "+", "-", "@", "|")) else text[start:]


def csv_text(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    """Return rows as CSV, every cell in quotation marks."""
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL)
    writer.writerow(columns)
    writer.writerows([cell(value) for value in row] for row in rows)
    return out.getvalue()


def workbook(title: str, sheets: Mapping[str, tuple[Sequence[str], Iterable[Sequence[Any]]]]) -> bytes:
    """Return an Excel workbook of tables, each with a head that stays in view and filters; the same rows give the same bytes.

    Words are written as words, so that no cell is a formula or a link, and the file names no author and no day.
    """
    import xlsxwriter

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        book.set_properties({"title": title, "created": dt.datetime(2000, 1, 1)})
        head, plain = book.add_format({"bold": True, "bottom": 1}), book.add_format({"text_wrap": True, "valign": "top"})
        for name, (columns, rows) in sheets.items():
            sheet, table = book.add_worksheet(name), [tuple(columns), *map(tuple, rows)]
            sheet.freeze_panes(1, 0)
            sheet.autofilter(0, 0, len(table) - 1, len(columns) - 1)
            for at, column in enumerate(zip(*table, strict=True)):
                sheet.set_column(at, at, min(max(len(str(value)) for value in column) + 3, 48))
            for place, row in enumerate(table):
                for at, value in enumerate(row):
                    number = isinstance(value, int | float) and not isinstance(value, bool)
                    (sheet.write_number if number else sheet.write_string)(
                        place, at, value if number else cell(value), plain if place else head
                    )
    return out.getvalue()


# ---------------------------------------------------------------- page

_STYLE = """
:root { --fresh: #2e7d4f; --stale: #c77700; --never: #8a8f98; --gap: #b3261e; --line: #d9dce1; --soft: #f5f6f8; }
* { box-sizing: border-box; }
body { margin: 2rem auto; max-width: 72rem; padding: 0 1.5rem; font: 15px/1.45 system-ui, "Liberation Sans", sans-serif; color: #1d2026; background: #fff; }
h1 { font-size: 1.5rem; margin: 0 0 .25rem; }
h2 { font-size: 1.15rem; margin: 2.5rem 0 .5rem; }
.gaps { border-left: 4px solid var(--gap); background: var(--soft); padding: .6rem 1rem; margin: 1rem 0; }
.key span { margin-right: 1.2rem; white-space: nowrap; }
table { width: 100%; border-collapse: collapse; }
th, td { text-align: left; vertical-align: top; padding: .35rem .5rem; border-bottom: 1px solid var(--line); }
th { font-weight: 600; color: #5a606b; font-size: .85rem; }
.n { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
.part td { color: #5a606b; border-bottom-style: dotted; }
.part td:first-child { padding-left: 1.6rem; }
.gap td { background: #fdf1f0; }
.gap td:first-child { box-shadow: inset 4px 0 var(--gap); }
.none { color: var(--gap); font-weight: 600; }
i { display: inline-block; width: .75rem; height: .75rem; margin: .1rem; border: 2px solid; border-radius: 2px; vertical-align: middle; }
i.fresh { color: var(--fresh); } i.stale { color: var(--stale); } i.never { color: var(--never); }
i.final { background: currentColor; } i.also { border-radius: 50%; border-width: 1.5px; background: none; }
summary { cursor: pointer; }
ul { margin: .3rem 0 .3rem; padding-left: 1.2rem; }
small { color: #5a606b; }
@media print { body { margin: 0; max-width: none; } tr { break-inside: avoid; } }
"""


def html_page(title: str, rows: Iterable[str]) -> str:
    """Return a page that needs nothing beside itself: no script, no address. `rows` is the body, escaped where it must be."""
    policy = "default-src 'none'; style-src 'unsafe-inline'"
    body = "\n".join(rows)
    return (
        f'<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        f'<meta name="viewport" content="width=device-width">\n<title>{escape(title)}</title>\n<style>{_STYLE}</style>\n</head>\n'
        f"<body>\n{body}\n</body>\n</html>\n"
    )


def key(more: str = "") -> str:
    """Return what the squares of findings mean, for the top of a page."""
    looks = (("fresh final", "fresh"), ("stale final", "stale"), ("never final", "never checked"), ("fresh", "not final"))
    return f'<p class="key">{" ".join(f"<span><i class={look!r}></i> {words}</span>" for look, words in looks)}{more}</p>'


# ---------------------------------------------------------------- file


def put_view(path: Path, view: str | bytes, shown: str, *, what: str, head: str) -> list[Diagnostic]:
    """Write a view to a file; only a file that is such a view is replaced. CSV gets the mark by which Excel knows UTF-8.

    `what` is how its title begins ("Coverage of "), `head` how its CSV does.
    """
    data = view if isinstance(view, bytes) else view.encode("utf-8-sig" if view.startswith(head) else "utf-8")
    return put_over(path, data, shown, lambda there: _is_view(there, what, head), what.split()[0].lower())


def _is_view(data: bytes, what: str, head: str) -> bool:
    if data.startswith(b"PK"):
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as package:
                data = package.read("docProps/core.xml")
        except (zipfile.BadZipFile, KeyError, RuntimeError, NotImplementedError):
            return False
    return any(mark in data[:2000] for mark in (what.encode(), head.encode(), b'{\n  "shape":'))
