"""The rules SG63: what is imported."""

from shadowgen.rules.registering import error as _error

SCANNED_PDF = _error(
    "SG630",
    "scanned-pdf",
    """
    The PDF holds pictures of pages, or letters that do not say what they are, and so no words that could be read.
    Make a text layer with `ocrmypdf old.pdf new.pdf` and import the new file, or ask the authors for the Word file.""",
)
LOCKED_PDF = _error(
    "SG631",
    "locked-pdf",
    """
    The PDF can only be opened with a password, which the import does not ask for.
    Open it with the password, save or print it to a PDF without one, and import that.""",
)
BROKEN_PDF = _error(
    "SG632",
    "broken-pdf",
    """
    The file is no PDF, or it is broken, so that nothing in it can be read. Get it anew from where it was published, save it anew from the
    program that made it, or ask the authors for the Word file.""",
)
PDF_BEYOND_BOUNDS = _error(
    "SG633",
    "pdf-beyond-bounds",
    """
    The PDF has more than 3,000 pages or 8 million letters, or takes more than a minute or two gigabytes to read: no report does. It is read in a process of its own,
    so nothing else suffers. Import a part of it, or save it anew.""",
)
