"""The rules on imports of old reports: what a person must look at before the drafts are used."""

from shadowgen.rules.registering import error as _error
from shadowgen.rules.registering import warning as _warning

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
NUMBER_GAP = _warning(
    "SG635",
    "number-gap",
    """
    The numbers of the paragraphs of an imported file have a gap. Where a page ends there, the text of the paragraphs may be lost: a line
    stands for each, so that the others keep their numbers. Compare with the original, and write the words in or delete the lines.
    A number that is skipped within a page has a line, too; delete it if the number was never used.""",
)
DOUBTFUL_POINTER = _warning(
    "SG636",
    "doubtful-pointer",
    """
    A pointer of an imported file, such as 'For more information, please see the section on Article 9', leads to a section that never uses
    the words that the matter turns on, and another section does; or no section is on that article.
    The reference is kept as the original has it. Read both sections, and point to the right one.""",
)
WORDLESS_NOTES = _warning(
    "SG637",
    "wordless-notes",
    """
    An imported file calls notes whose words did not survive in it. Each call is kept, with a line in place of the words; the import report
    tells where each is. Find the words in the original, and write them in.""",
)
NEW_VERSION = _warning(
    "SG638",
    "new-version",
    """
    A section of an imported file closely resembles one that the library has, or has changed since it was imported. Nothing was written:
    the import report proposes it as a new version. Compare the two, and take over what is new into the section that stands.""",
)
WORDS_IN_NO_DRAFT = _warning(
    "SG639",
    "words-in-no-draft",
    """
    Words of an imported file are in no section, source, commitment or listed remainder. The import report names them.
    Find them in the original, and write them in; and tell us, since an import should lose no word.""",
)
