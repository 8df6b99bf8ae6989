"""What each file may say, and the published JSON Schema. The only door to pydantic.

Enters: plain data of one YAML file, with places. Leaves: a validated `...File` model, or diagnostics that name field and place.
Only the shape is checked here; what needs a second file is a check with a place of its own.
"""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, TypeAdapter, ValidationError

from shadowgen import rules
from shadowgen.diagnostics import Diagnostic, did_you_mean
from shadowgen.yamlfile import Document, Path

Audience = Literal["public", "committee", "internal"]
Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=64)]
Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?$")]
Line = Annotated[str, StringConstraints(min_length=1, pattern=r"^[^\n]*\n?$", strip_whitespace=True)]
Prose = Annotated[str, StringConstraints(min_length=1)]
Words = Line | dict[Language, Line]
Link = Annotated[str, StringConstraints(pattern=r"^https?://[^\s<>\"]+$")]
Grade = Literal["A", "B", "B1", "B2", "C", "C1", "C2", "D", "D1", "D2", "E"]


def _real_date(text: str) -> str:
    parts = [int(part) for part in text.split("-")]
    dt.date(parts[0], *(parts[1:] + [1, 1])[:2])
    return text


PartialDate = Annotated[
    str, StringConstraints(pattern=r"^\d{4}(-\d{2}(-\d{2})?)?$"), AfterValidator(_real_date), Field(examples=["2014", "2014-07-03"])
]


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True, frozen=True)


class RespondsTo(_File):
    """A commitment that a section answers."""

    document: Id = Field(description="the file name (without .yaml) of the commitments file")
    paragraphs: list[Line] = Field(default=[], description="ids of its paragraphs")


class SectionFile(_File):
    """A reusable finding, assessment, or piece of front matter."""

    title: Line
    articles: list[Line] = Field(default=[], description='treaty articles, the main one first: "ICCPR 19(3)"')
    responds_to: list[RespondsTo] = []
    status: Literal["draft", "review", "final"] = "draft"
    audience: Audience | None = Field(default=None, description="who may read it; without it: internal")
    language: Language = "en"
    verified: dt.date | None = Field(default=None, description="when the facts were last checked")
    review_by: dt.date | None = Field(default=None, description="after this date a check warns")
    themes: list[Line] = []
    priority: int = Field(default=3, ge=1, le=5, description="1 stays longest under a word limit, 5 goes first")
    order: int = Field(default=100, description="place among the sections of the same article")
    grade: Grade | None = Field(default=None, description="the authors' own grade of implementation")
    body: Prose = Field(description="the prose; a literal block: body: |")
    asks_lead: Line | None = Field(default=None, description="the words before the list of recommendations")
    asks: list[Line] = Field(default=[], description="recommendations or demands")


class TranslationFile(_File):
    """The words of a section in another language."""

    title: Line
    body: Prose
    asks_lead: Line | None = None
    asks: list[Line] = []
    translated: dt.date | None = None


class CommitmentParagraph(_File):
    """One recommendation, issue, pledge or article of a document."""

    id: Id
    number: Line | None = Field(default=None, description="its number in the document")
    title: Words
    articles: list[Line] = []
    summary: Words = Field(description="what was asked, in your own words")
    text: Words | None = Field(default=None, description="the official wording")
    committee_grade: Grade | None = None


class CommitmentsFile(_File):
    """What was asked or promised, paragraph by paragraph."""

    title: Words
    short: Words | None = None
    kind: Literal["concluding-observations", "list-of-issues", "upr", "pledges", "constitution", "other"]
    symbol: Line | None = None
    source: Id | None = None
    body: Words | None = None
    state: Line | None = None
    date: PartialDate | None = None
    paragraphs: list[CommitmentParagraph]


class _Source(_File):
    short: Words | None = Field(default=None, description="the name for later notes")
    url: Link | None = None
    archived: Link | None = None
    accessed: PartialDate | None = None
    language: Language | None = None
    audience: Audience | None = None


class Treaty(_Source):
    type: Literal["treaty"]
    title: Words
    date: PartialDate | None = None
    series: Words | None = None
    symbol: Line | None = None


class Legislation(_Source):
    type: Literal["legislation"]
    title: Words
    date: PartialDate
    number: Line | None = None
    amended: PartialDate | None = None
    registry: Line | None = None
    jurisdiction: Line | None = None
    publisher: Words | None = None


class UnDocument(_Source):
    type: Literal["un-document"]
    symbol: Line
    title: Words | None = None
    author: Words | None = None
    date: PartialDate | None = None


class GeneralComment(_Source):
    type: Literal["general-comment"]
    number: Line
    date: PartialDate
    treaty_body: Line = "CCPR"
    title: Words | None = None
    symbol: Line | None = None


class Views(_Source):
    type: Literal["views"]
    title: Words
    symbol: Line
    communication: Line | None = None
    date: PartialDate | None = None


class UprRecommendation(_Source):
    type: Literal["upr-recommendation"]
    symbol: Line
    paragraph: Line
    title: Words | None = None
    date: PartialDate | None = None


class Judgment(_Source):
    type: Literal["judgment"]
    court: Words
    date: PartialDate
    title: Words | None = None
    number: Line | None = None
    place: Words | None = None


class NgoReport(_Source):
    type: Literal["ngo-report"]
    author: Words
    title: Words
    date: PartialDate
    place: Words | None = None
    publisher: Words | None = None


class OfficialReport(_Source):
    type: Literal["official-report"]
    author: Words
    title: Words
    date: PartialDate
    number: Line | None = None
    publisher: Words | None = None


class Statistics(_Source):
    type: Literal["statistics"]
    author: Words
    title: Words
    date: PartialDate
    period: Line | None = None
    method: Words | None = None


class Letter(_Source):
    type: Literal["letter"]
    author: Words
    date: PartialDate
    title: Words | None = None
    recipient: Words | None = None
    number: Line | None = None
    holder: Words | None = None


class News(_Source):
    type: Literal["news"]
    title: Words
    outlet: Words
    author: Words | None = None
    date: PartialDate | None = None


class WebPage(_Source):
    type: Literal["web-page"]
    title: Words
    publisher: Words
    author: Words | None = None
    date: PartialDate | None = None


class PressRelease(_Source):
    type: Literal["press-release"]
    author: Words
    title: Words
    date: PartialDate | None = None


class Book(_Source):
    type: Literal["book"]
    author: Words
    title: Words
    date: PartialDate
    place: Words | None = None
    publisher: Words | None = None


class JournalArticle(_Source):
    type: Literal["article"]
    author: Words
    title: Words
    journal: Words
    date: PartialDate
    volume: Line | None = None
    issue: Line | None = None
    pages: Line | None = None


class Interview(_Source):
    type: Literal["interview"]
    person: Words
    date: PartialDate
    role: Words | None = None
    place: Words | None = None


class ConfidentialInterview(_Source):
    type: Literal["confidential-interview"]
    code: Line
    date: PartialDate
    description: Words
    place: Words | None = None
    holder: Words | None = None


class CaseFile(_Source):
    type: Literal["case-file"]
    title: Words
    holder: Words
    code: Line | None = None
    date: PartialDate | None = None


SourceEntry = Annotated[
    Treaty | Legislation | UnDocument | GeneralComment | Views | UprRecommendation | Judgment | NgoReport | OfficialReport | Statistics
    | Letter | News | WebPage | PressRelease | Book | JournalArticle | Interview | ConfidentialInterview | CaseFile,
    Field(discriminator="type"),
]  # fmt: skip

SourcesFile = TypeAdapter(dict[Id, SourceEntry], config=ConfigDict(hide_input_in_errors=True))


class _Contributor(_File):
    name: Words
    short: Words | None = None
    city: Words | None = None
    country: Words | None = None
    about: Words | None = None
    url: Link | None = None
    audience: Audience | None = None


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


class TermEntry(_File):
    """One preferred name with the variants to avoid."""

    preferred: Line
    avoid: list[Line] = []
    note: Line | None = None


TermsFile = TypeAdapter(dict[Id, TermEntry], config=ConfigDict(hide_input_in_errors=True))


class Theme(_File):
    """A theme of a country update: the word that sections carry, and its heading."""

    theme: Line
    title: Words


class SubmissionFile(_File):
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
    word_limit: int | None = Field(default=None, ge=100, description="leave sections out by priority until the document fits")
    variables: dict[Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")], Words] = {}
    addressee: list[Words] = []
    salutation: Words | None = None
    signatories: list[Id] = []


class ProfileRule(_File):
    """One requirement of a body: its value, how binding it is, where it stands and when it was last checked there."""

    value: Any
    severity: Literal["binding", "advisory"] = "advisory"
    source: Line | None = None
    verified_on: dt.date | None = None
    note: Line | None = None


class ProfileFile(_File):
    """What a body asks of a submission at one stage of its procedure: dated data."""

    title: Words
    body: Line
    stage: Literal["list-of-issues", "session", "follow-up", "upr", "open"]
    rules: dict[str, ProfileRule]


SCHEMAS: dict[str, Any] = {
    "section": TypeAdapter(SectionFile),
    "translation": TypeAdapter(TranslationFile),
    "commitments": TypeAdapter(CommitmentsFile),
    "sources": SourcesFile,
    "contributors": ContributorsFile,
    "terms": TermsFile,
    "submission": TypeAdapter(SubmissionFile),
    "profile": TypeAdapter(ProfileFile),
}


def json_schema(kind: str) -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of one kind of file; raises KeyError for an unknown kind."""
    schema = SCHEMAS[kind].json_schema()
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": f"shadowgen {kind} file", **schema}


def validate(kind: str, document: Document) -> tuple[Any, list[Diagnostic]]:
    """Validate the data of one file as `kind`; return the model (None if it does not hold) and every problem with its place."""
    try:
        return SCHEMAS[kind].validate_python(document.data if document.data is not None else {}), []
    except ValidationError as error:
        return None, list(dict.fromkeys(_diagnose(kind, document, problem) for problem in error.errors(include_input=False)))


_TAGS = {"str", "constrained-str", "union_tag", "nullable"}


def _path(document: Document, location: tuple[Any, ...]) -> Path:
    """Drop the names of union members that pydantic puts into a location, keeping only steps that the file has."""
    path: list[str | int] = []
    here = document.data
    for step in location:
        if isinstance(here, dict) and isinstance(step, str) and step in here:
            here = here[step]
        elif isinstance(here, list) and isinstance(step, int) and step < len(here):
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
            return rules.UNKNOWN_FIELD.at(document.origin(path, key=True), f"unknown field '{key}'", _suggest(kind, key, location, document))
        case "missing" | "union_tag_not_found":
            name = "type" if problem["type"] == "union_tag_not_found" else key
            return rules.MISSING_FIELD.at(document.origin(path, key=bool(path)), f"the field '{name}' is missing{_of(path)}")
        case _:
            return rules.WRONG_VALUE.at(document.origin(path), f"{_field(path)}{_expected(problem)}", _hint(problem))


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
    return did_you_mean(key, sorted(known)) or ("known fields: " + ", ".join(sorted(known)) if len(known) < 30 else "")


_EXPECTED = {
    "string_type": "a text is expected here",
    "string_too_short": "the text is empty",
    "list_type": "a list is expected here",
    "dict_type": "a mapping is expected here",
    "model_type": "a mapping is expected here",
    "int_parsing": "a whole number is expected here",
    "int_type": "a whole number is expected here",
    "date_from_datetime_parsing": "no such date",
    "date_parsing": "no such date",
    "date_type": "a date is expected here",
    "value_error": "no such date",
    "too_short": "the list is empty",
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
    r"^\d{4}(-\d{2}(-\d{2})?)?$": "a date has the form 2014, 2014-07 or 2014-07-03",
    r"^[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?$": "a language is a code such as en, ru, fr or kk-Latn",
}


def _hint(problem: dict[str, Any]) -> str:
    match problem["type"]:
        case "union_tag_invalid":
            return f"known types: {problem['ctx']['expected_tags'].replace(chr(39), '')}"
        case "date_from_datetime_parsing" | "date_parsing":
            return "dates look like 2016-04-30"
        case "list_type":
            return "write each item on its own line, after '- '"
    return ""
