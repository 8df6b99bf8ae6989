"""The rules SG1: files."""

from shadowgen.rules.registering import error as _error
from shadowgen.rules.registering import warning as _warning

UNREADABLE_FILE = _error(
    "SG101",
    "unreadable-file",
    """
    The file cannot be read as UTF-8 text, is larger than 2 MB, or is not a regular file inside the workspace.
    Save it as UTF-8 (in Word: "Plain text", encoding Unicode UTF-8); split a very large file.""",
)
YAML_SYNTAX = _error(
    "SG102",
    "yaml-syntax",
    """
    The file is not well-formed YAML. The place is where the reader gave up; the cause often stands a line above: a missing colon,
    a tab in the indentation, a quotation mark that is not closed, or a text with ": " or " #" in it that needs quotation marks.""",
)
YAML_FEATURE = _error(
    "SG103",
    "yaml-feature",
    """
    The file uses a feature of YAML that shadowgen refuses: an anchor (&x), an alias (*x), a merge (<<), a tag (!x), a directive (%x),
    several documents in one file (---), or more than 32 levels of nesting. A shared fact is a source, a term or a variable instead.
    A text that starts with & * or ! needs quotation marks.""",
)
DUPLICATE_KEY = _error(
    "SG104",
    "duplicate-key",
    """
    The same key stands twice in one mapping. Most YAML readers silently keep the last one and lose the first.
    Remove or rename one of them.""",
)
FORBIDDEN_CHARACTER = _error(
    "SG105",
    "forbidden-character",
    """
    The file holds a character that nobody can see and that changes what a reader or a search finds: a control character, a zero-width or
    bidirectional control, a non-character. Delete it; text copied from a PDF or a web page often carries one.
    The zero-width joiners that Arabic and Indic scripts need are allowed between letters.""",
)
UNKNOWN_FIELD = _error(
    "SG110",
    "unknown-field",
    """
    The file has a field that this kind of file does not know. A misspelt field would silently have no effect, so it is an error.
    Correct its name, or delete it; `shadowgen schema` lists what a kind of file may say.""",
)
MISSING_FIELD = _error(
    "SG111",
    "missing-field",
    """
    A field that this kind of file needs is missing.
    Add it; the tables in docs/writing.md say what each kind of file and each type of source needs.""",
)
WRONG_VALUE = _error(
    "SG112",
    "wrong-value",
    """
    A field has a value of the wrong kind: a word where a list belongs, a date that does not exist, a status that is not one of
    the allowed words. Values are read as plain text first, so `no`, `010` and `1:30` mean just what they say.""",
)
BAD_FILE_NAME = _error(
    "SG113",
    "bad-file-name",
    """
    The name of a file is its id. An id is lower-case Latin letters, digits and single hyphens, starts with a letter or digit and has at most 64 characters.
    A translation adds a language: `entry-bans.ru.yaml`.""",
)
DUPLICATE_ID = _error(
    "SG114",
    "duplicate-id",
    """
    Two sections, sources, contributors or anchors have the same id. An id names one thing in the whole workspace.
    Rename one of the two, and the references to it.""",
)
BODY_NOT_LITERAL = _warning(
    "SG115",
    "body-not-literal",
    """
    The prose of a section is best a literal block (`body: |`), so that each of its lines has a line in the file and a problem can be shown
    where it is. In a folded (`>`) or quoted text the line is only approximate.""",
)
ORPHAN_TRANSLATION = _error(
    "SG116",
    "orphan-translation",
    """
    A translation has no original beside it: `entry-bans.ru.yaml` needs `entry-bans.yaml` in the same folder.
    Rename the translation after its original, or move it beside it.""",
)
MISPLACED_FILE = _error(
    "SG117",
    "misplaced-file",
    """
    A YAML file stands where no kind of file is expected. The folder says what a file is: sections/articles, sections/recommendations,
    sections/matter, sections/commitments, sections/sources, sections/contributors, sections/terms, submissions.""",
)
NO_AUDIENCE = _warning(
    "SG118",
    "no-audience",
    """
    The section, source or contributor does not say who may read it, so it is treated as internal and left out of every
    public document. Write `audience: public`, `committee` or `internal`.""",
)
