"""The rows of an Excel file (.xlsx) as texts: the only door to openpyxl. No formula is worked out and no link is followed."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterator
from typing import Any

from shadowgen.readers.archive import Archive, open_archive
from shadowgen.readers.textlines import Unreadable

MAX_ROWS = 500_000


def read_rows(raw: bytes) -> list[list[str]]:
    """Return the rows of the first sheet; raises `Unreadable`."""
    import openpyxl

    archive = open_archive(raw, "Excel file")
    _refuse_document_types(archive)
    try:
        book = openpyxl.load_workbook(io.BytesIO(raw), read_only=True, data_only=True, keep_links=False)
        return list(_rows(book.worksheets[0]))
    except Unreadable:
        raise
    except Exception as error:  # a broken file makes openpyxl fail in many ways
        raise Unreadable("the Excel file cannot be read", "open it in Excel or LibreOffice and save it anew as .xlsx") from error


def _rows(sheet: Any) -> Iterator[list[str]]:
    for number, row in enumerate(sheet.iter_rows(values_only=True)):
        if number >= MAX_ROWS:
            raise Unreadable(f"the sheet has more than {MAX_ROWS:,} rows", "export fewer records at a time")
        yield ["" if cell is None else _text(cell) for cell in row]


def _text(cell: Any) -> str:
    """Return a cell as text; a moment becomes its day."""
    if isinstance(cell, dt.datetime | dt.date):
        return cell.isoformat()[:10]
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)


def _refuse_document_types(archive: Archive) -> None:
    """Refuse markup that names other files or swells without end, before another library parses it."""
    for name in archive.names:
        if name.endswith((".xml", ".rels")):
            data = archive.read(name)
            if b"<!DOCTYPE" in data or b"<!ENTITY" in data or b"\0" in data[:4]:
                raise Unreadable("the file holds a document type, which no such file needs", "save it anew as .xlsx")
