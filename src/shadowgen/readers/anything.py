"""Read a file of any format that is known, by its ending and its first bytes."""

from __future__ import annotations

from collections.abc import Callable

from shadowgen.readers.markdowntext import read_markdown
from shadowgen.readers.odt import read_odt
from shadowgen.readers.original import Original
from shadowgen.readers.pdf import read_pdf
from shadowgen.readers.plain import read_plain
from shadowgen.readers.textlines import Unreadable
from shadowgen.readers.webpage import read_webpage
from shadowgen.readers.word import read_word

ENDINGS = (".docx", ".odt", ".pdf", ".html", ".md", ".txt")


def read_anything(raw: bytes, ending: str, changes: str = "accept") -> Original:
    """Return a file in the common form; raises `Unreadable` with the way out."""
    readers: dict[str, Callable[[], Original]] = {
        ".docx": lambda: read_word(raw, changes),
        ".htm": lambda: read_webpage(raw),
        ".html": lambda: read_webpage(raw),
        ".pdf": lambda: read_pdf(raw),
        ".md": lambda: read_markdown(raw),
        ".odt": lambda: read_odt(raw, changes),
        ".txt": lambda: read_plain(raw),
    }
    if ending not in readers:
        raise Unreadable(f"files that end in '{ending or 'nothing'}' are not read", f"save it as one of: {', '.join(ENDINGS)}")
    return readers[ending]()
