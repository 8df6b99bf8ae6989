"""The types of source and the fields of each. Which fields a type needs is in docs/writing.md too."""

from __future__ import annotations

from typing import Annotated, Literal, get_args

from pydantic import ConfigDict, Field, TypeAdapter

from shadowgen.filefields import Accepted, Audience, Day, FileModel, Id, Language, Line, Link, PartialDate, Words


class SourceModel(FileModel):
    short: Words | None = Field(default=None, description="the name for later notes")
    url: Link | None = None
    archived: Link | None = None
    accessed: PartialDate | None = None
    language: Language | None = None
    audience: Audience | None = None
    checked: Day | None = Field(default=None, description="when somebody last looked whether it still stands as cited")
    superseded_by: Id | None = Field(default=None, description="the key of the source that has taken its place")
    accepted: Accepted = []


UPKEEP = ("checked", "superseded_by", "accepted")  # fields about our work with a source, not about the source


class AuthoredModel(SourceModel):
    surname: Words | None = Field(default=None, description="the surname of an author who is a person, for later notes")


class Treaty(SourceModel):
    type: Literal["treaty"]
    title: Words
    date: PartialDate | None = None
    in_force: PartialDate | None = None
    series: Words | None = None
    symbol: Line | None = None


class Legislation(SourceModel):
    type: Literal["legislation"]
    title: Words
    date: PartialDate
    number: Line | None = None
    amended: PartialDate | None = None
    registry: Line | None = None
    jurisdiction: Line | None = None
    publisher: Words | None = None


class UnDocument(SourceModel):
    type: Literal["un-document"]
    symbol: Line
    title: Words | None = None
    author: Words | None = None
    date: PartialDate | None = None


class GeneralComment(SourceModel):
    type: Literal["general-comment"]
    number: Line
    date: PartialDate
    treaty_body: Line = "CCPR"
    title: Words | None = None
    symbol: Line | None = None


class Views(SourceModel):
    type: Literal["views"]
    title: Words
    symbol: Line
    communication: Line | None = None
    date: PartialDate | None = None


class UprRecommendation(SourceModel):
    type: Literal["upr-recommendation"]
    symbol: Line
    paragraph: Line
    title: Words | None = None
    date: PartialDate | None = None


class Judgment(SourceModel):
    type: Literal["judgment"]
    court: Words
    date: PartialDate
    title: Words | None = None
    number: Line | None = None
    place: Words | None = None


class NgoReport(AuthoredModel):
    type: Literal["ngo-report"]
    author: Words
    title: Words
    date: PartialDate
    place: Words | None = None
    publisher: Words | None = None


class OfficialReport(AuthoredModel):
    type: Literal["official-report"]
    author: Words
    title: Words
    date: PartialDate
    number: Line | None = None
    publisher: Words | None = None


class Statistics(SourceModel):
    type: Literal["statistics"]
    author: Words
    title: Words
    date: PartialDate
    period: Line | None = None
    method: Words | None = None


class Letter(SourceModel):
    type: Literal["letter"]
    author: Words
    date: PartialDate
    title: Words | None = None
    recipient: Words | None = None
    number: Line | None = None
    holder: Words | None = None


class News(AuthoredModel):
    type: Literal["news"]
    title: Words
    outlet: Words
    author: Words | None = None
    date: PartialDate | None = None


class WebPage(AuthoredModel):
    type: Literal["web-page"]
    title: Words
    publisher: Words
    author: Words | None = None
    date: PartialDate | None = None


class PressRelease(SourceModel):
    type: Literal["press-release"]
    author: Words
    title: Words
    date: PartialDate | None = None


class Book(AuthoredModel):
    type: Literal["book"]
    author: Words
    title: Words
    date: PartialDate
    place: Words | None = None
    publisher: Words | None = None


class JournalArticle(AuthoredModel):
    type: Literal["article"]
    author: Words
    title: Words
    journal: Words
    date: PartialDate
    volume: Line | None = None
    issue: Line | None = None
    pages: Line | None = None


class Interview(SourceModel):
    type: Literal["interview"]
    person: Words
    date: PartialDate
    role: Words | None = None
    place: Words | None = None


class ConfidentialInterview(SourceModel):
    type: Literal["confidential-interview"]
    code: Line
    date: PartialDate
    description: Words
    place: Words | None = None
    holder: Words | None = None


class CaseFile(SourceModel):
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


def source_fields() -> dict[str, dict[str, bool]]:
    """Return the fields of each type of source in the order of an entry, and whether the type needs them; `type` itself is left out."""
    models = get_args(get_args(SourceEntry)[0])
    return {get_args(model.model_fields["type"].annotation)[0]: _fields(model) for model in models}


def _fields(model: type[SourceModel]) -> dict[str, bool]:
    every = [name for name in SourceModel.model_fields if name not in UPKEEP]
    own = [name for name in model.model_fields if name not in (*every, "type", *UPKEEP)]
    return {name: model.model_fields[name].is_required() for name in (*own, *every)}
