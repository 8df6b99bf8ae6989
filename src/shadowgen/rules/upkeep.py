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
