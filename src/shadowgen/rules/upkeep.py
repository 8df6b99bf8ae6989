"""The rules SG6: freshness and editing."""

from shadowgen.rules.registering import error as _error
from shadowgen.rules.registering import warning as _warning

STALE_SECTION = _warning(
    "SG601",
    "stale-section",
    """
    The section's `review_by` date has passed: somebody has to check that its facts still hold.
    Then set `verified` and `review_by` anew, or put the section aside.""",
)
AVOIDED_NAME = _warning(
    "SG602",
    "avoided-name",
    """
    The text uses a name that the term base says to avoid. A body, law or person has one preferred name in each language.
    Write the preferred name, or change the term base if the other name is right.""",
)
CANNOT_ACCEPT = _error(
    "SG610",
    "cannot-accept",
    """
    An entry of `accepted` names a rule that does not exist, or an error. Warnings may be accepted with a reason; an error protects people or the
    document, and stays until it is corrected.""",
)
UNUSED_ACCEPTANCE = _warning(
    "SG611",
    "unused-acceptance",
    """
    An entry of `accepted` silences nothing: the text has changed, or the warning was never here. Left in place, it would hide the next warning
    of its kind. Delete the entry.""",
)
NOT_FIXED = _warning(
    "SG612",
    "not-fixed",
    """
    A file was left as it is by `check --fix`: it changed while shadowgen read it, or the fix would have brought a new error.
    Run the command again, or correct the place by hand.""",
)
OVERTAKEN_SECTION = _warning(
    "SG613",
    "overtaken-section",
    """
    Something that the section rests on has changed after its facts were checked: an institution or law that it names was replaced (`replaced` in the
    term base), or a source that it cites was amended (`amended`) or superseded (`superseded_by`). The section is stale, as if its day of review had passed.
    Check the facts and set `verified` anew; where the text is about the past, accept the warning with that reason.""",
)
REPLACED_NAME = _warning(
    "SG614",
    "replaced-name",
    """
    The facts were checked after an institution or law was replaced, and the text still has the old name.
    Write the new name, or accept the warning where the text is about the past.""",
)
SUPERSEDED_SOURCE = _warning(
    "SG615",
    "superseded-source",
    """
    The text cites a source whose entry says that a later one has taken its place (`superseded_by`).
    Cite the later one, or accept the warning where the earlier one is meant.""",
)
STALE_TRANSLATION = _warning(
    "SG616",
    "stale-translation",
    """
    A paragraph of the original was changed, added, moved or taken out after it was translated. Bring the translation up to it, then run
    `shadowgen translated SECTION.LANGUAGE`, which notes the text that it now translates.""",
)
UNSTAMPED_TRANSLATION = _warning(
    "SG617",
    "unstamped-translation",
    """
    Translations do not say which text they translate, so nobody can be told when that text changes. Where a translation agrees with its original,
    run `shadowgen translated SECTION.LANGUAGE` once.""",
)
OLD_SOURCE = _warning(
    "SG618",
    "old-source",
    """
    A submission rests on a source that is older than its profile allows (`source_age_max`, in years before the submission's date).
    Look for newer evidence, or accept the warning at the source with the reason why the old one still holds.""",
)
