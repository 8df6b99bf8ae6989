"""The rules on sources: entries that stand twice, numbers of registers, and what an import of a bibliography may meet."""

from shadowgen.rules.registering import error as _error
from shadowgen.rules.registering import warning as _warning

DUPLICATE_SOURCE = _warning(
    "SG212",
    "duplicate-source",
    """
    Two entries of the bibliography are one source: they have the same address, document symbol, register number or number of a general
    comment. A reader would get two full notes for one source, and 'note 12 above' would point to one of them only.
    Keep one entry, and cite its key everywhere. An import does not add such an entry.""",
)
NEAR_DUPLICATE_SOURCE = _warning(
    "SG213",
    "near-duplicate-source",
    """
    Two entries of the bibliography look like one source: nearly the same title, no other author, no other date or number.
    If they are one, keep one entry. If they are two, say what tells them apart: the date, the number, the pages, or the place.
    An import does not add such an entry, unless it is called with --all.""",
)
REGISTRY_MISMATCH = _warning(
    "SG214",
    "registry-mismatch",
    """
    The number of an act in the state's register does not agree with what the entry says. A register number such as K1400000226 tells
    the kind of act (K, a code), the year (14) and the number (226). Look the act up, and correct the one that is wrong.
    How a register numbers its acts is data, worked out from its pages; so this is a warning.""",
)
AMBIGUOUS_SHORT = _warning(
    "SG220",
    "ambiguous-short",
    """
    Two sources have the same `short` in one language, so a later note would name either of them: 'report of 2015' is no name where two
    reports are cited. Give each a short name of its own. Books and articles with a `surname` may share one if their authors differ.""",
)
SUPERSEDED_COMMENT = _warning(
    "SG221",
    "superseded-comment",
    """
    The text cites a general comment that its body has replaced by a later one. A Committee expects its present view of an article.
    Cite the successor that the message names. What was replaced is in the catalogue, where an official text says so.""",
)
AVOIDED_NAME_IN_SOURCE = _warning(
    "SG222",
    "avoided-name-in-source",
    """
    The author, title or short name of a source uses a name that the term base says to avoid, and would bring it into the notes.
    Write the preferred name. If the document itself bears the other name, the variant is too wide for the term base: make it longer there.""",
)
INCOMPLETE_SOURCE = _error(
    "SG606",
    "incomplete-source",
    """
    An entry that is imported or drafted lacks a field that its type needs. It is written to the file as a comment, so that the file
    stays valid: fill in what is marked, and delete the '# ' before each line. The fields of each type are in docs/writing.md.""",
)
UNREADABLE_ENTRY = _error(
    "SG607",
    "unreadable-entry",
    """
    An entry of an imported bibliography cannot be read: its syntax is broken, or it is not an entry at all. The other entries are imported.
    Correct it in the program that it comes from and export again, or correct the exported file.""",
)
KEPT_VALUE = _warning(
    "SG608",
    "kept-value",
    """
    An imported entry has the key of an entry that stands in the library, and says something else in a field. The library's words stay:
    an import adds what is missing and changes nothing. Change the field by hand if the other value is right.""",
)
KEY_TAKEN = _warning(
    "SG609",
    "key-taken",
    """
    An imported entry has the key of another source of the library, so it is added under a key of its own. Whoever cites it by
    the old key would cite the other source: change those citations.""",
)
