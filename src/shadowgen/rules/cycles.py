"""The rules SG52: what was sent, and what follows from it."""

from shadowgen.rules.registering import error as _error

NOT_BUILT = _error(
    "SG520",
    "not-built",
    """
    What is to be filed has no output in this language, or an output has been deleted since it was built. Build it, look at it, send it, then file
    it; or name the file that was sent with --sent.""",
)
FILING_EDITED = _error(
    "SG521",
    "filing-edited",
    """
    An output has been changed since it was built, so the seal would say that shadowgen made what a person has finished. If that very file was
    sent, name it with --sent: the seal then says that it was finished elsewhere. Otherwise build it anew.""",
)
FILING_STALE = _error(
    "SG522",
    "filing-stale",
    """
    An output was not built from the files as they are now: the seal would hold the digests of words that nobody sent. Build it again, or
    go back to the files from which it was built; a file that was sent may be sealed knowingly with --sent.""",
)
FILED_ALREADY = _error(
    "SG523",
    "filed-already",
    """
    The same files are sealed already, on that day and to that addressee. A seal is never overwritten.
    Nothing is to be done, or say with --date and --to when and to whom they were sent again.""",
)
CANNOT_SEAL = _error(
    "SG524",
    "cannot-seal",
    """
    The file that was named cannot be sealed: it cannot be read, holds tracked changes or comments, or holds words that its readers may not see.
    `shadowgen scan` tells what, and `shadowgen clean` helps.""",
)
BROKEN_SEAL = _error(
    "SG525",
    "broken-seal",
    """
    A seal in submissions/filed, or a file kept beside it, is not what was written when the submission was filed. Take the file back from
    version control: what was sent does not change.""",
)
CANNOT_COMPARE = _error(
    "SG526",
    "cannot-compare",
    """
    Two versions cannot be compared: they are for two audiences or in two languages, or one of them cannot be read or holds tracked changes. A
    redline shows all words of both, so both must be for the same readers.""",
)
