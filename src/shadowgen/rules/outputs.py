"""The rules SG5: outputs."""

from shadowgen.rules.registering import error as _error

LOST_NOTE = _error(
    "SG501",
    "lost-note",
    """
    The PDF that was laid out lacks a note, cuts one off, or prints it before its call. The file is not written.
    Shorten the note named, or move a part of it into the text.""",
)
EDITED_OUTPUT = _error(
    "SG502",
    "edited-output",
    """
    The output on disk is not the one that shadowgen wrote: a person has edited it since. It is not overwritten.
    Rename it to keep both, or use --force, which keeps a backup under .shadowgen/backups.""",
)
CANNOT_WRITE = _error(
    "SG503",
    "cannot-write",
    """
    The output cannot be written: the disk is full, the folder is read-only, or the file is open in another program. What was there before is
    untouched.""",
)
LAYOUT_WARNING = _error(
    "SG504",
    "layout-warning",
    """
    The PDF engine reported a problem, such as a letter that no installed font has or a picture it cannot read. A PDF with a hole in it is
    worse than none, so the file is not written.""",
)
READ_BACK = _error(
    "SG505",
    "read-back",
    """
    The finished file was read back and does not hold the same notes as the document. This is a fault of shadowgen:
    please report it. The file is not put in place.""",
)
