"""The rules SG4: templates and assembly."""

from shadowgen.rules.registering import error as _error
from shadowgen.rules.registering import warning as _warning

TEMPLATE_ERROR = _error(
    "SG401",
    "template-error",
    """
    The template cannot be rendered: a syntax error, a name that does not exist, a field that is not there, or an operation that the
    sandbox refuses. The place is the line of the template.""",
)
NO_TRANSLATION = _warning(
    "SG402",
    "no-translation",
    """
    A section has no version in the language of the document, so its original language is printed and marked as such.
    Add `<id>.<language>.yaml` beside the section, with its title and body in that language.""",
)
OVER_WORD_LIMIT = _error(
    "SG403",
    "over-word-limit",
    """
    The document has more words than its limit, and leaving sections out by priority cannot mend that. Give the sections that may go a priority
    of 2 to 5, shorten them, or raise `word_limit`.""",
)
SECTION_LEFT_OUT = _warning(
    "SG404",
    "section-left-out",
    """
    A section that the submission names is left out of this document because its audience is narrower.
    Widen the section's audience if its words allow it, or take it out of the submission.""",
)
NOT_ACCEPTED_LANGUAGE = _warning(
    "SG405",
    "language-not-accepted",
    """
    The body that the submission is for does not work in this language, by the dated rule in the profile. Submit a translation.
    Look the rule up at its source: the note of a session may say otherwise.""",
)
OVER_PROFILE_LIMIT = _warning(
    "SG407",
    "over-profile-limit",
    """
    The document has more words than the body accepts, by the dated rule in the profile. Give the submission a `word_limit`, so that
    sections are left out by priority, or shorten it.""",
)
AGAINST_BINDING_RULE = _warning(
    "SG410",
    "against-binding-rule",
    """
    The submission breaks a rule that its body calls binding, by the dated profile: it may be refused for that. The message names the source of the rule
    and the day on which it was read there. The document is built all the same, so that a draft can be read.""",
)
AGAINST_ADVICE = _warning(
    "SG411",
    "against-advice",
    """
    The submission does otherwise than its body, or a guide to it, advises by the dated profile. The message names the source, or says that nobody has
    verified the rule. If the information note of the session says otherwise, put a profile of your own under templates/profiles/.""",
)
OVER_BUDGET = _warning(
    "SG412",
    "over-budget",
    """
    A section, article or part has more words than the submission gives it under `words`. Shorten it, or move words from another budget;
    `shadowgen budget` shows all of them, and what to cut first.""",
)
