"""The rules SG6: freshness and editing."""

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
