"""What each file may say, and the published JSON Schema. The only door to pydantic.

Enters: nothing. Leaves: a `...File` model for each kind of file; `validation` holds data against them. Only the shape is said here; what needs a second
file is a check with a place of its own.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field, StringConstraints, TypeAdapter

from shadowgen.chartfields import ChartFile, ChartWords
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
