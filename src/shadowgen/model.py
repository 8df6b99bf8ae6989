"""What each file may say, and the published JSON Schema. The only door to pydantic.

Enters: plain data of one YAML file, with places. Leaves: a validated `...File` model, or diagnostics that name field and place.
Only the shape is checked here; what needs a second file is a check with a place of its own.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field, StringConstraints, TypeAdapter, ValidationError

from shadowgen import rules
from shadowgen.chartfields import ChartFile, ChartWords
from shadowgen.diagnostics import Diagnostic, did_you_mean
from shadowgen.filefields import (
    Accepted,
    Audience,
    Day,
    FileModel,
    Grade,
    Id,
    Language,
    Line,
    Link,
    PartialDate,
    Prose,
    RecommendationKey,
    Words,
)
from shadowgen.lookfile import LogoEntry, LookFile
from shadowgen.personfields import PeopleFile
from shadowgen.sealfile import SealFile
from shadowgen.sourcetypes import SourcesFile
from shadowgen.yamlfile import Document, Path


class RespondsTo(FileModel):
    """A commitment that a section answers."""

    document: Id = Field(description="the file name (without .yaml) of the commitments file")
    paragraphs: list[Line] = Field(default=[], description="ids of its paragraphs")


class GradeEntry(FileModel):
    """A grade that was given to the implementation of a recommendation: when, where it stands, in which cycle."""

    grade: Grade
    date: PartialDate
    source: Id | None = Field(default=None, description="its entry in the bibliography")
    cycle: int | None = Field(default=None, ge=1, description="the cycle in which it was given; that of the recommendation if absent")


class SectionFile(FileModel):
    """A reusable finding, assessment, or piece of front matter."""

    title: Line
    articles: list[Line] = Field(default=[], description='treaty articles, the main one first: "ICCPR 19(3)"')
    responds_to: list[RespondsTo] = []
    status: Literal["draft", "review", "final"] = "draft"
    audience: Audience | None = Field(default=None, description="who may read it; without it: internal")
    language: Language = "en"
    verified: Day | None = Field(default=None, description="when the facts were last checked")
    review_by: Day | None = Field(default=None, description="after this date a check warns")
    themes: list[Line] = []
    priority: int = Field(default=3, ge=1, le=5, description="1 stays longest under a word limit, 5 goes first")
    order: int = Field(default=100, description="place among the sections of the same article")
    grade: Grade | None = Field(default=None, description="the authors' own grade of implementation, as of 'verified'")
    earlier_grades: list[GradeEntry] = Field(default=[], description="the grades that the authors gave before")
    body: Prose = Field(description="the prose; a literal block: body: |")
    asks_lead: Line | None = Field(default=None, description="the words before the list of recommendations")
    asks: list[Line] = Field(default=[], description="recommendations or demands")
    charts: dict[Id, ChartFile] = Field(default={}, description="charts by name; ![](#name) in the body places one")
    accepted: Accepted = []


Digest = Annotated[str, StringConstraints(pattern=r"^[a-p]{8}$")]


class Stamp(FileModel):
    """The text that a translation translates: a digest of each of its parts, in order."""

    title: Digest
    body: list[Digest]
    asks_lead: Digest | None = None
    asks: list[Digest] = []
    charts: dict[Id, Digest] = {}


class TranslationFile(FileModel):
    """The words of a section in another language."""

    title: Line
    body: Prose
    asks_lead: Line | None = None
    asks: list[Line] = []
    charts: dict[Id, ChartWords] = Field(default={}, description="the words of the original's charts")
    translated: Day | None = None
    translates: Stamp | None = Field(default=None, description="the text that it translates; shadowgen translated writes it")
    accepted: Accepted = []


class CommitmentParagraph(FileModel):
    """One recommendation, issue, pledge or article of a document."""

    id: Id
    number: Line | None = Field(default=None, description="its number in the document")
    title: Words
    articles: list[Line] = []
    summary: Words = Field(description="what was asked, in your own words")
    text: Words | None = Field(default=None, description="the official wording")
    follow_up: bool = Field(default=False, description="the body selected it for its follow-up procedure")
    committee_grade: Grade | None = Field(default=None, description="the Committee's grade, where no more is known about it")
    committee_grades: list[GradeEntry] = Field(default=[], description="the Committee's grades, each with its date and source")
    repeats: list[RecommendationKey] = Field(default=[], description="earlier recommendations that it repeats: document#paragraph")
    not_repeats: list[RecommendationKey] = Field(default=[], description="earlier ones that it only looks like, by a person's decision")
    position: Literal["supported", "noted"] | None = Field(default=None, description="what the State answered to a UPR recommendation")


class CommitmentsFile(FileModel):
    """What was asked or promised, paragraph by paragraph."""

    title: Words
    short: Words | None = None
    kind: Literal["concluding-observations", "list-of-issues", "upr", "pledges", "constitution", "other"]
    symbol: Line | None = None
    source: Id | None = None
    body: Words | None = None
    state: Line | None = None
    cycle: int | None = Field(default=None, ge=1, description="the cycle of review that it ends, counted from the initial report")
    date: PartialDate | None = None
    paragraphs: list[CommitmentParagraph]
    accepted: Accepted = []


class _Contributor(FileModel):
    name: Words
    short: Words | None = None
    city: Words | None = None
    country: Words | None = None
    about: Words | None = None
    url: Link | None = None
    audience: Audience | None = None
    accepted: Accepted = []


class Organisation(_Contributor):
    type: Literal["organisation"]


class Person(_Contributor):
    type: Literal["person"]
    role: Words | None = None
    consent: Literal["name"] | None = Field(default=None, description="the person agreed to be named")


class Coalition(_Contributor):
    type: Literal["coalition"]
    members: list[Id]


ContributorEntry = Annotated[Organisation | Person | Coalition, Field(discriminator="type")]
ContributorsFile = TypeAdapter(dict[Id, ContributorEntry], config=ConfigDict(hide_input_in_errors=True))


class ReplacedEntry(FileModel):
    """What took the place of an institution or law."""

    by: Line = Field(description="its name, or the id of its entry here")
    on: PartialDate
    note: Line | None = None


class TermEntry(FileModel):
    """One preferred name with the variants to avoid."""

    preferred: Line
    avoid: list[Line] = []
    replaced: ReplacedEntry | None = None
    note: Line | None = None


TermsFile = TypeAdapter(dict[Id, TermEntry], config=ConfigDict(hide_input_in_errors=True))


class Theme(FileModel):
    """A theme of a country update: the word that sections carry, and its heading."""

    theme: Line
    title: Words


class NotesEntry(FileModel):
    """How the notes of a submission are numbered and worded."""

    ibid: bool = Field(
        default=True, description="no: every repeated source gets its short form, safer while people still add notes in Word"
    )
    addresses: Literal["url", "archived", "both", "none"] = Field(default="url", description="which address of a source is printed")
    restart: Literal["none", "part", "section"] = Field(default="none", description="where the numbers of notes start again")


class SubmissionFile(FileModel):
    """One concrete document."""

    title: Words
    subtitle: Words | None = None
    short_title: Words | None = Field(default=None, description="for the running head")
    template: Id
    profile: Id | None = None
    look: Id = "un"
    style: Id = "un"
    languages: Annotated[list[Language], Field(min_length=1)]
    audience: Audience = "public"
    treaty: Line = "ICCPR"
    country: Words
    session: Words | None = None
    date: PartialDate
    place: Words | None = None
    submitted_by: list[Id] = []
    commitments: list[Id] = Field(default=[], description="the documents whose recommendations or pledges are assessed, in order")
    front: list[Id] = Field(default=[], description="sections before the main parts")
    sections: list[Line] = Field(description="ids, or patterns such as articles/iccpr/*, in order")
    leave_out: list[Line] = Field(default=[], description="ids or patterns to leave out")
    groups: list[list[Line]] = Field(default=[], description='articles under one heading: [["ICCPR 2", "ICCPR 3", "ICCPR 26"]]')
    themes: list[Theme] = []
    closing: list[Id] = Field(default=[], description="sections after the main parts")
    annexes: list[Id] = []
    numbering: Literal["continuous", "part", "section", "none"] = "continuous"
    notes: NotesEntry = NotesEntry()
    table_of_sources: bool = Field(default=False, description="list the sources that the document cites, in an annex")
    words: dict[Line, Annotated[int, Field(ge=1)]] = Field(
        default={},
        description="budgets in words: of a section, a pattern, an article, or front, recommendations, articles, closing, annexes",
    )
    posting: bool | None = Field(default=None, description="yes if the body may post the document on its website, no if it may not")
    contact: Words | None = Field(default=None, description="whom the body may write to")
    keywords: list[Words] = []
    word_limit: int | None = Field(default=None, ge=100, description="leave sections out by priority until the document fits")
    variables: dict[Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")], Words] = {}
    addressee: list[Words] = []
    salutation: Words | None = None
    signatories: list[Id] = []
    logos: list[LogoEntry] = Field(default=[], description="shown on the cover, in place of the look's own")
    accepted: Accepted = []


class ProfileRule(FileModel):
    """One requirement of a body: its value, how binding it is, where it stands and when it was last checked there."""

    value: Any
    severity: Literal["binding", "advisory"] = "advisory"
    source: Line | None = None
    verified_on: Day | None = None
    note: Line | None = None


class ProfileFile(FileModel):
    """What a body asks of a submission at one stage of its procedure: dated data."""

    title: Words
    body: Line
    stage: Literal["list-of-issues", "session", "follow-up", "upr", "visit", "statement", "open"]
    rules: dict[str, ProfileRule]


class EditingChoice(FileModel):
    """Which of several forms is right; what is not chosen is what the library mostly does."""

    letters: Literal["ise", "ize"] | None = Field(default=None, description="organise or organize")
    words: Literal["british", "american"] | None = Field(default=None, description="defence or defense")
    dates: Literal["day-month", "month-day", "figures"] | None = Field(default=None, description="3 July 2014, July 3, 2014 or 03.07.2014")
    calls: Literal["before", "after"] | None = Field(default=None, description="where a note is called beside punctuation")


class EditingFile(FileModel):
    """What a workspace wants of one language, beside what an editor looks for in any text."""

    choice: EditingChoice = EditingChoice()
    abbreviations: list[Line] = Field(default=[], description="that need no explanation")
    vague: list[Line] = Field(default=[], description="more phrases that send a reader to no place")


SCHEMAS: dict[str, Any] = {
    "section": TypeAdapter(SectionFile),
    "translation": TypeAdapter(TranslationFile),
    "commitments": TypeAdapter(CommitmentsFile),
    "sources": SourcesFile,
    "contributors": ContributorsFile,
    "people": PeopleFile,
    "terms": TermsFile,
    "submission": TypeAdapter(SubmissionFile),
    "profile": TypeAdapter(ProfileFile),
    "look": TypeAdapter(LookFile),
    "seal": TypeAdapter(SealFile),
    "editing": TypeAdapter(EditingFile),
}


def json_schema(kind: str) -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of one kind of file; raises KeyError for an unknown kind."""
    schema = SCHEMAS[kind].json_schema()
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema, "title": f"shadowgen {kind} file"}


def validate(kind: str, document: Document) -> tuple[Any, list[Diagnostic]]:
    """Validate the data of one file as `kind`; return the model (None if it does not hold) and every problem with its place."""
    try:
        return SCHEMAS[kind].validate_python(document.data if document.data is not None else {}), []
    except ValidationError as error:
        problems = error.errors(include_input=False)
        meant = [problem for problem in problems if not _of_another_member(document, problem, problems)]
        return None, list(dict.fromkeys(_diagnose(kind, document, problem) for problem in meant))


def _of_another_member(document: Document, problem: Any, problems: list[Any]) -> bool:
    """True if pydantic tried a text where the author wrote a mapping of languages, or the other way round."""
    *union, member = problem["loc"] or ("",)
    is_mapping = isinstance(value_at(document, _path(document, problem["loc"])), dict)
    other = str(member).startswith("dict[") if not is_mapping else member == "constrained-str"
    return other and any(list(one["loc"][: len(union)]) == union for one in problems if one is not problem)


def value_at(document: Document, path: Path) -> Any:
    """Return the value that stands at a path of the file."""
    here = document.data
    for step in path:
        here = here[step]
    return here


def _path(document: Document, location: tuple[Any, ...]) -> Path:
    """Drop the names of union members that pydantic puts into a location, keeping only steps that the file has."""
    path: list[str | int] = []
    here = document.data
    for step in location:
        if (isinstance(here, dict) and isinstance(step, str) and step in here) or (
            isinstance(here, list) and isinstance(step, int) and step < len(here)
        ):
            here = here[step]
        else:
            continue
        path.append(step)
    return tuple(path)


def _diagnose(kind: str, document: Document, problem: dict[str, Any]) -> Diagnostic:
    location, key = problem["loc"], str(problem["loc"][-1]) if problem["loc"] else ""
    path = _path(document, location)
    match problem["type"]:
        case "extra_forbidden":
            return rules.UNKNOWN_FIELD.at(
                document.origin(path, key=True), f"unknown field '{key}'", _suggest(kind, key, location, document)
            )
        case "missing" | "union_tag_not_found":
            name = "type" if problem["type"] == "union_tag_not_found" else key
            return rules.MISSING_FIELD.at(document.origin(path, key=bool(path)), f"the field '{name}' is missing{_of(path)}")
        case "union_tag_invalid":
            return rules.WRONG_VALUE.at(document.origin((*path, "type")), f"{_field(path)}{_expected(problem)}", _hint(problem))
        case _:
            origin = document.origin(path, key=key == "[key]")
            return rules.WRONG_VALUE.at(origin, f"{_field(path)}{_expected(problem)}", _hint(problem))


def _of(path: Path) -> str:
    return f" in '{path[-1]}'" if path and isinstance(path[-1], str) else ""


def _field(path: Path) -> str:
    names = [f"'{step}'" if isinstance(step, str) else f"item {step + 1}" for step in path[-2:]]
    return f"{', '.join(names)}: " if names else ""


def _suggest(kind: str, key: str, location: tuple[Any, ...], document: Document) -> str:
    schema = SCHEMAS[kind].json_schema()
    known = set(schema.get("properties", {}))
    for definition in schema.get("$defs", {}).values():
        if len(location) > 1 or not known:
            known |= set(definition.get("properties", {}))
    return did_you_mean(key, sorted(known - {key})) or ("known fields: " + ", ".join(sorted(known)) if len(known) < 30 else "")


_EXPECTED = {
    "string_type": "a text is expected here",
    "string_too_short": "the text is empty",
    "list_type": "a list is expected here",
    "dict_type": "a mapping is expected here",
    "model_type": "a mapping is expected here",
    "model_attributes_type": "a mapping is expected here",
    "int_parsing": "a whole number is expected here",
    "float_parsing": "a number is expected here",
    "bool_parsing": "yes or no is expected here",
    "int_type": "a whole number is expected here",
    "date_from_datetime_parsing": "no such date",
    "date_parsing": "no such date",
    "date_type": "a date is expected here",
    "value_error": "no such date",
    "too_short": "nothing stands here",
    "string_too_long": "the text is too long",
    "date_from_datetime_inexact": "a date without a time is expected here",
}


def _expected(problem: dict[str, Any]) -> str:
    context = problem.get("ctx", {})
    match problem["type"]:
        case "literal_error":
            return f"expected {context['expected']}"
        case "union_tag_invalid":
            return f"unknown type {context['tag']!r}"
        case "greater_than_equal":
            return f"the number must be at least {context['ge']}"
        case "less_than_equal":
            return f"the number must be at most {context['le']}"
        case "string_pattern_mismatch":
            return _PATTERN_MESSAGES.get(context["pattern"], "the text does not have the form that is needed")
        case other:
            return _EXPECTED.get(other, "the value does not fit")


_PATTERN_MESSAGES = {
    r"^https?://[^\s<>\"]+$": "an address starts with http:// or https:// and has no blanks",
    r"^[^\n]*\n?$": "one line of text is expected, not several",
    r"^[a-z0-9]+(-[a-z0-9]+)*$": "an id has lower-case Latin letters, digits and single hyphens",
    r"^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$": "a date has the form 2014, 2014-07 or 2014-07-03",
    r"^[\w .'-]{1,60}$": "the name of a font has letters, digits, blanks and hyphens",
    r"^[0-9a-f]{64}$": "a digest has 64 hexadecimal digits",
    r"^[a-z0-9]+(-[a-z0-9]+)*#[a-z0-9]+(-[a-z0-9]+)*$": "a recommendation is written as document#paragraph, such as ccpr-c-kaz-co-1#press",
    r"^[0-9A-Fa-f]{6}$": 'a colour is six hexadecimal digits in quotation marks, such as "1F5C99"',
    r"^[^/\\]+\.(dotx|docx)$": "a Word template is a .dotx or .docx file beside the look",
    r"^[a-p]{8}$": "a digest has eight letters from a to p; shadowgen translated writes them",
    r"^[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?$": "a language is a code such as en, ru, fr or kk-Latn",
}


def _hint(problem: dict[str, Any]) -> str:
    match problem["type"]:
        case "union_tag_invalid":
            return f"known types: {problem['ctx']['expected_tags'].replace(chr(39), '')}"
        case "date_from_datetime_parsing" | "date_parsing" | "value_error":
            return "dates look like 2016-04-30"
        case "list_type":
            return "write each item on its own line, after '- '"
    return ""
