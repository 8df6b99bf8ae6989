"""The rules SG5: outputs."""

from shadowgen.rules.registering import error as _error
from shadowgen.rules.registering import warning as _warning

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
    The output on disk is not the one that shadowgen wrote: a person has edited it since. It is not overwritten; the new one stands beside it,
    as report.new.docx. Carry the changes over to the sections, or rename the edited file to keep it, and build again; --force replaces it and
    keeps a backup under .shadowgen/backups. If report.new.docx has been edited too, nothing is written.""",
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
LEAK = _error(
    "SG540",
    "leak",
    """
    Words stand in the finished output that its audience may not read: those of a confidential span, section or source, or the name of a person. The
    file is not written. The message names the place in the output, the record whose words they are, and the line of each text that brings
    them, and prints none of the words. Write that text otherwise, or mark its words `{committee}` or `{internal}`.""",
    silent=True,
)
HIDDEN_THING = _error(
    "SG541",
    "hidden-thing",
    """
    The finished output holds something that its pages do not show, and that a reader could dig out: metadata of a person, hidden words, a
    remote address that is fetched. The file is not written. If it comes from a picture or a Word template of yours, `shadowgen clean` takes
    it out of the picture; otherwise this is a fault of shadowgen: please report it.""",
)
TOLD_PATH = _warning(
    "SG542",
    "told-path",
    """
    The words of the document hold a path on somebody's computer, which may tell a name. Write an address that a reader can open, or name the
    document instead.""",
)
BUSY_WORKSPACE = _error(
    "SG506",
    "busy-workspace",
    """
    Another shadowgen writes in this workspace, and did not finish within half a minute. Nothing was written. Wait until it has finished and
    do it again; if it hangs, end that process. The lock ends with the process that holds it, so there is nothing to delete.""",
)
NO_LOCK = _warning(
    "SG507",
    "no-lock",
    """
    The folder or the system has no file locks (a network folder, Windows). Files are still written whole or not at all, but two commands
    that write at the same time do not wait for each other, and what a killed one left is not cleared away.""",
)
CHANGED_MEANWHILE = _error(
    "SG508",
    "changed-meanwhile",
    """
    A file was changed, or appeared, between the moment when shadowgen read it and the moment when it would have been replaced. It is left as
    it is. Do it again.""",
)
NOT_IN_PLACE = _error(
    "SG509",
    "not-in-place",
    """
    A file was written, but what stands at its place was then read and is something else: another program changed it at the same moment, or
    the disk does not keep what it is given.""",
)
