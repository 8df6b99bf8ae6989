"""Every rule that a diagnostic can name, with its documentation (`shadowgen explain SG201`); those on sources are in `sourcerules`.
Codes: SG1 files, SG2 references between files, SG3 prose, SG4 templates and assembly, SG5 outputs, SG6 freshness and editing.
"""

from __future__ import annotations

from shadowgen.diagnostics import Rule, Severity
from shadowgen.sourcerules import SOURCE_RULES

_ALL: dict[str, Rule] = {rule.code: rule for rule in SOURCE_RULES}


def _rule(code: str, name: str, severity: Severity, doc: str) -> Rule:
    rule = Rule(code, name, severity, "\n".join(line.strip() for line in doc.strip().splitlines()))
    assert code not in _ALL, code
    _ALL[code] = rule
    return rule


def _error(code: str, name: str, doc: str) -> Rule:
    return _rule(code, name, Severity.ERROR, doc)


def _warning(code: str, name: str, doc: str) -> Rule:
    return _rule(code, name, Severity.WARNING, doc)


def all_rules() -> list[Rule]:
    """Return every rule, by code."""
    return [_ALL[code] for code in sorted(_ALL)]


def find_rule(name: str) -> Rule | None:
    """Return the rule with this code or name, in any case, or None."""
    wanted = name.strip().lower()
    return next((rule for rule in _ALL.values() if wanted in (rule.code.lower(), rule.name)), None)


# ---------------------------------------------------------------- SG1: files

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

# ---------------------------------------------------------------- SG2: references

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

# ---------------------------------------------------------------- SG3: prose

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

# ---------------------------------------------------------------- SG4: templates and assembly

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

# ---------------------------------------------------------------- SG5: outputs

LOST_NOTE = _error(
    "SG501",
    "lost-note",
    """
    The PDF that was laid out lacks a note, cuts one off, or prints it before its call. The file is not written.
    Shorten the note named, or move a part of it into the text.""",
)
EDITED_OUTPUT = _error(
    "SG502",
    "edited-output",
    """
    The output on disk is not the one that shadowgen wrote: a person has edited it since. It is not overwritten.
    Rename it to keep both, or use --force, which keeps a backup under .shadowgen/backups.""",
)
CANNOT_WRITE = _error(
    "SG503",
    "cannot-write",
    """
    The output cannot be written: the disk is full, the folder is read-only, or the file is open in another program. What was there before is
    untouched.""",
)
LAYOUT_WARNING = _error(
    "SG504",
    "layout-warning",
    """
    The PDF engine reported a problem, such as a letter that no installed font has or a picture it cannot read. A PDF with a hole in it is
    worse than none, so the file is not written.""",
)
READ_BACK = _error(
    "SG505",
    "read-back",
    """
    The finished file was read back and does not hold the same notes as the document. This is a fault of shadowgen:
    please report it. The file is not put in place.""",
)

# ---------------------------------------------------------------- SG6: freshness and editing

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
