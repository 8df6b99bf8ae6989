"""The rules SG2: references."""

from shadowgen.rules.registering import error as _error
from shadowgen.rules.registering import warning as _warning

UNKNOWN_SOURCE = _error(
    "SG201",
    "unknown-source",
    """
    The text cites a source that is in no file under sections/sources. Add the entry, or correct the key: `[@adil-soz-2015]`
    names the entry `adil-soz-2015:`.""",
)
UNKNOWN_TARGET = _error(
    "SG202",
    "unknown-target",
    """
    A cross-reference names a section or anchor that does not exist in the library.
    Correct the id: a section's id is its file name without `.yaml`, an anchor is what stands in `{#...}`.""",
)
TARGET_NOT_IN_DOCUMENT = _warning(
    "SG203",
    "target-not-in-document",
    """
    A cross-reference names a section that exists but is not part of this document, perhaps because a word limit or the audience left it
    out. The document prints the target's title in quotation marks, without a link.""",
)
UNKNOWN_COMMITMENT = _error(
    "SG204",
    "unknown-commitment",
    """
    The field `responds_to` names a document that is in no file under sections/commitments, or a paragraph that this document does not have.
    Correct the name of the file or the id of the paragraph, or add the paragraph to the commitments file.""",
)
BAD_ARTICLE = _error(
    "SG205",
    "bad-article",
    """
    An article reference cannot be read, or the treaty has no such article or paragraph. Write it as "ICCPR 19", "ICCPR 19(3)" or
    "ICCPR 2(3)(a)".""",
)
BAD_SYMBOL = _error(
    "SG206",
    "bad-symbol",
    """
    A UN document symbol does not follow the pattern of its body. Examples: CCPR/C/KAZ/CO/2, CCPR/C/KAZ/Q/2/Add.1, CCPR/C/GC/34,
    CCPR/C/126/D/2417/2014, A/HRC/28/10. There are no blanks in a symbol.""",
)
UNKNOWN_CONTRIBUTOR = _error(
    "SG207",
    "unknown-contributor",
    """
    A submission or coalition names a contributor that is in no file under sections/contributors.
    Add the entry there, or correct the key.""",
)
UNKNOWN_SECTION = _error(
    "SG208",
    "unknown-section",
    """
    A submission names a section that does not exist, or a pattern that matches none.
    Correct the id, or the folders in the pattern: `articles/iccpr/19/*` is every section of article 19.""",
)
UNKNOWN_NAME = _error(
    "SG209",
    "unknown-name",
    """
    A submission names a template, profile, look, style or language that is neither in the workspace nor built in.
    Correct the name, or add the file under templates/ in the workspace.""",
)
UNUSED_SOURCE = _warning(
    "SG210",
    "unused-source",
    """
    No section, note or other entry cites this source. Delete it, or cite it.
    An entry that nothing cites is often a key that was misspelt when the text was written.""",
)
CONFIDENTIAL_SOURCE = _error(
    "SG211",
    "confidential-source",
    """
    A text for a wide audience cites a source for a narrower one, so the note would be empty or would leak. Lower the section's audience, or cite
    a source that this audience may see.""",
)
UNKNOWN_REPEAT = _error(
    "SG230",
    "unknown-repeat",
    """
    A recommendation is said to repeat, or not to repeat, one that is in no file under sections/commitments, or one of the same document or of a later
    one, or it is said to do both. Write the earlier one as `document#paragraph`; `shadowgen repeats` finds it and writes it.""",
)
GRADE_WITHOUT_SOURCE = _warning(
    "SG231",
    "grade-without-source",
    """
    The commitments file gives a grade of the Committee and does not say when and where the Committee gave it, so no reader can tell it from the
    authors' own. Write it under `committee_grades`, with `date` and `source`.""",
)
TOO_MANY_FOLLOW_UPS = _warning(
    "SG232",
    "too-many-follow-ups",
    """
    More recommendations of a document are marked `follow_up: yes` than its body selects at most, by the dated rule `follow_up_count` of the
    body's profile. Mark those only which the document itself names for follow-up.""",
)
