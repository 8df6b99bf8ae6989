"""Run by a Python that has LibreOffice's bridge: say what Word files hold, as they are or with all tracked changes accepted or rejected.

Usage: python office_changes.py OLD.docx NEW.docx REDLINE.docx. Prints JSON: old, new, accepted, rejected, each with its paragraphs and notes.
"""

import contextlib
import json
import sys
import tempfile
from pathlib import Path

import uno  # noqa: F401  it makes the names of LibreOffice known to Python
from com.sun.star.beans import PropertyValue
from com.sun.star.lang import IndexOutOfBoundsException
from com.sun.star.uno import RuntimeException
from com.sun.star.util import URL
from office_edit import each, started, stop


def words(content):
    """Yield the words of every paragraph that has any; a table row by row."""
    for one in each(content):
        if one.supportsService("com.sun.star.text.TextTable"):
            for name in one.CellNames:
                yield " ".join(one.getCellByName(name).String.split())
        elif one.supportsService("com.sun.star.text.Paragraph") and one.String.strip():
            yield " ".join(one.String.split())


def state(document):
    """Return the words of the text and of each note, with every number up to date."""
    document.refresh()
    document.TextFields.refresh()
    notes = []
    for place in range(document.Footnotes.Count):
        with contextlib.suppress(IndexOutOfBoundsException):  # a note whose call went is counted until the document is saved
            notes.append(document.Footnotes.getByIndex(place).String)
    return {"text": [one for one in words(document.Text) if one], "notes": [" ".join(note.split()) for note in notes]}


def settle(document, command):
    """Give the window of a document one of LibreOffice's own commands, and wait until it is done."""
    url = URL()
    url.Complete, url.Main, url.Protocol, url.Path = f".uno:{command}", f".uno:{command}", ".uno:", command
    frame = document.CurrentController.Frame
    frame.queryDispatch(url, "_self", 0).dispatch(url, ())


def main(old, new, redline):
    cases = {
        "old": (old, ""),
        "new": (new, ""),
        "accepted": (redline, "AcceptAllTrackedChanges"),
        "rejected": (redline, "RejectAllTrackedChanges"),
    }
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        process, desktop = started(folder)
        try:
            told = {}
            for name, (path, command) in cases.items():
                how = (PropertyValue("Hidden", 0, True, 0), PropertyValue("AsTemplate", 0, True, 0))  # so that the file is not locked
                document = desktop.loadComponentFromURL(Path(path).resolve().as_uri(), "_blank", 0, how)
                if command:
                    settle(document, command)
                told[name] = state(document)
                with contextlib.suppress(RuntimeException):
                    document.close(True)
            print(json.dumps(told), flush=True)
        finally:
            stop(process, desktop)


if __name__ == "__main__":
    main(*sys.argv[1:])
