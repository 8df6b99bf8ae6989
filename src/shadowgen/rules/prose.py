"""The rules SG3: prose."""

from shadowgen.rules.registering import error as _error
from shadowgen.rules.registering import warning as _warning

BAD_CITATION = _error(
    "SG301",
    "bad-citation",
    """
    A bracket that starts like a citation cannot be read as one. The form is `[@key]`, `[@key, para. 14]`,
    `[see @key, p. 3; see also @other]`.""",
)
UNCLOSED_MARK = _error(
    "SG302",
    "unclosed-mark",
    """
    A note `^[`, citation `[@`, case box `:::` or confidential span is opened and never closed, or closed in another paragraph; or the braces
    of a span, variable or anchor, or the brackets of a link, cannot be read: `[words] {internal}`, `{{Name}}`, `{#Anchor}`, `[a [@key]](...)`.""",
)
UNKNOWN_VARIABLE = _error(
    "SG303",
    "unknown-variable",
    """
    The text uses a variable `{{name}}` for which the submission gives no value under `variables`.
    Add it there, or correct the name.""",
)
HTML_IN_PROSE = _error(
    "SG304",
    "html-in-prose",
    """
    Prose cannot hold HTML: it would not reach Word. Use the marks of the prose, or write &lt; for a real < sign.
    A sign such as < before a number needs no change.""",
)
HEADING_LEVEL = _error(
    "SG305",
    "heading-level",
    """
    A heading inside a section starts at `##`, and a deeper one follows its parent: no level is skipped. The title of the section
    itself is the field `title`. A document has four levels in all.""",
)
UNKNOWN_LOCATOR = _warning(
    "SG306",
    "unknown-locator",
    """
    The words after the key are printed as they stand, because they do not start with a known kind of locator (para., p., art., sect.,
    chap., note, annex, table). A known kind is printed in the language and style of the document.""",
)
MISSING_PICTURE = _error(
    "SG307",
    "missing-picture",
    """
    A figure or logo names a file that is not there, is not a PNG or JPEG picture, or cannot be read, or a figure a chart that its section lacks.
    A figure's file stands in the folder of the section, a look's logo beside the look; a submission names its logos from the workspace.""",
)
NO_ALT_TEXT = _error(
    "SG308",
    "no-alt-text",
    """
    A figure has no alternative text. A reader who cannot see it, and the accessible PDF, need one: `![what it shows](file.png "Caption")`.
    Say what a reader who sees it would learn from it, in one sentence.""",
)
RAGGED_TABLE = _error(
    "SG309",
    "ragged-table",
    """
    A row of a table has more or fewer cells than its head.
    Add the missing `|`, or write a `|` inside a cell as `\\|`.""",
)
UNSUPPORTED_PROSE = _error(
    "SG310",
    "unsupported-prose",
    """
    The prose uses a mark that no output format of a submission can carry the same way: a code block, an inline picture, a rule.
    Write it as a paragraph, a list, a table or a figure of its own.""",
)
NOTE_IN_NOTE = _error(
    "SG311",
    "note-in-note",
    """
    A note cannot stand inside another note. A citation inside a note is fine: it is printed within that note.
    Make the inner note part of the outer one, or a second note beside it.""",
)
