"""Run by a Python that has LibreOffice's bridge: edit a Word file as a person would, update every field, save it, and say what changed.

Usage: python office_edit.py FILE.docx RESULT.docx. Prints JSON. It imports nothing of the project.
"""

import contextlib
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException
from com.sun.star.text.ControlCharacter import PARAGRAPH_BREAK
from com.sun.star.uno import RuntimeException

STARTS, SECONDS = 3, 40


def started(folder):
    """Return LibreOffice's process and desktop, without a window and with a profile of its own; a start that comes to nothing is tried again."""
    for attempt in range(STARTS):
        process, desktop = start(Path(folder) / f"profile{attempt}", f"shadowgen{os.getpid()}x{attempt}")
        if desktop is not None:
            return process, desktop
        stop(process, None)
    raise SystemExit(f"LibreOffice did not start in {STARTS} times {SECONDS} seconds")


def start(profile, pipe):
    """Start LibreOffice; return its process, and its desktop or None."""
    command = [
        "soffice",
        "--headless",
        "--norestore",
        "--nologo",
        f"-env:UserInstallation={Path(profile).as_uri()}",
        f"--accept=pipe,name={pipe};urp;",
    ]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    end = time.monotonic() + SECONDS
    while time.monotonic() < end and process.poll() in (None, 81):  # 81: it starts itself again with its new profile
        try:
            context = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
            return process, context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
        except (NoConnectException, RuntimeException):  # not yet there, or the bridge broke off while it was made
            time.sleep(0.25)
    return process, None


def stop(process, desktop):
    """End LibreOffice; the bridge may break off while it answers, and what was wanted of it is done."""
    if desktop is not None:
        with contextlib.suppress(Exception):
            desktop.terminate()
    try:
        process.wait(30 if desktop is not None else 1)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)  # the program is a child of the one that was started
        process.wait()


def each(collection):
    """Yield what a collection of the bridge enumerates."""
    if not hasattr(collection, "hasMoreElements"):
        collection = collection.createEnumeration()
    while collection.hasMoreElements():
        yield collection.nextElement()


def state(document):
    """Return numbers and words of the references, the commands of fields that are only kept, the notes, the contents."""
    references, kept = [], []
    for field in each(document.TextFields):
        if field.supportsService("com.sun.star.text.textfield.GetReference"):
            references.append([field.SourceName, field.ReferenceFieldPart, field.getPresentation(False)])
        elif field.supportsService("com.sun.star.text.Fieldmark"):
            kept.append([str(value) for value in (field.Parameters.getByName(name) for name in field.Parameters.getElementNames())])
    notes = [document.Footnotes.getByIndex(place) for place in range(document.Footnotes.Count)]
    indexes = [document.DocumentIndexes.getByIndex(place) for place in range(document.DocumentIndexes.Count)]
    return {
        "references": references,
        "kept": kept,
        "notes": [note.String.strip() for note in notes],
        "contents": [index.Anchor.String.split("\n") for index in indexes],
    }


def edit(document):
    """Put a note into the first numbered paragraph, before every other note, and a numbered paragraph and a heading after it."""
    paragraphs = list(each(document.Text))
    first = next(one for one in paragraphs if one.supportsService("com.sun.star.text.Paragraph") and one.ListLabelString == "1.")
    note = document.createInstance("com.sun.star.text.Footnote")
    document.Text.insertTextContent(first.Start, note, False)
    note.String = "A note that a person put in."
    document.Text.insertControlCharacter(first.End, PARAGRAPH_BREAK, False)
    cursor = document.Text.createTextCursorByRange(first.End)
    cursor.gotoNextParagraph(False)
    document.Text.insertString(cursor, "A paragraph that a person put in.", False)
    heading = next(
        one for one in each(document.Text) if one.supportsService("com.sun.star.text.Paragraph") and one.ParaStyleName == "Heading 1"
    )
    document.Text.insertString(heading.Start, "New words in the ", False)
    document.refresh()
    document.TextFields.refresh()
    for place in range(document.DocumentIndexes.Count):
        document.DocumentIndexes.getByIndex(place).update()


def main(source, target):
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        process, desktop = started(folder)
        try:
            document = desktop.loadComponentFromURL(Path(source).resolve().as_uri(), "_blank", 0, (PropertyValue("Hidden", 0, True, 0),))
            document.TextFields.refresh()
            before = state(document)
            edit(document)
            after = state(document)
            document.storeToURL(Path(target).resolve().as_uri(), (PropertyValue("FilterName", 0, "MS Word 2007 XML", 0),))
            print(json.dumps({"before": before, "after": after}), flush=True)
            with contextlib.suppress(RuntimeException):  # on a busy machine the bridge breaks off here, when all is saved and told
                document.close(True)
        finally:
            stop(process, desktop)


if __name__ == "__main__":
    main(*sys.argv[1:])
