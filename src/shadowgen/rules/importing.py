"""The rules on imports of old reports: what a person must look at before the drafts are used."""

from shadowgen.rules.registering import warning as _warning

NUMBER_GAP = _warning(
    "SG635",
    "number-gap",
    """
    The numbers of the paragraphs of an imported file have a gap. Where a page ends there, the text of the paragraphs may be lost: a line
    stands for each, so that the others keep their numbers. Compare with the original, and write the words in or delete the lines.
    A number that is skipped within a page was never used: the paragraphs after it get new numbers.""",
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
