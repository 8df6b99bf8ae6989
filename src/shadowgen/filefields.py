"""The kinds of value that files hold: ids, lines, dates, links; the base of every file model."""

from __future__ import annotations

import datetime as dt
import re
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

Audience = Literal["public", "committee", "internal"]
Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=64)]
Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?$")]
Line = Annotated[str, StringConstraints(min_length=1, pattern=r"^[^\n]*\n?$", strip_whitespace=True)]
Prose = Annotated[str, StringConstraints(min_length=1)]
Words = Line | Annotated[dict[Language, Line], Field(min_length=1)]
Link = Annotated[str, StringConstraints(pattern=r"^https?://[^\s<>\"]+$")]
RecommendationKey = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*#[a-z0-9]+(-[a-z0-9]+)*$")]
Grade = Literal["A", "B", "B1", "B2", "C", "C1", "C2", "D", "D1", "D2", "E"]


def _real_date(text: str) -> str:
    parts = [int(part) for part in text.split("-")]
    dt.date(parts[0], *[*parts[1:], 1, 1][:2])
    return text


PartialDate = Annotated[
    str,
    StringConstraints(pattern=r"^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"),
    AfterValidator(_real_date),
    Field(examples=["2014", "2014-07-03"]),
]


def _written_out(text: Any) -> Any:
    """Refuse what pydantic would read as seconds since 1970 or as a time of day."""
    if isinstance(text, str) and not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        raise ValueError("not a date")
    return text


Day = Annotated[dt.date, BeforeValidator(_written_out)]


class FileModel(BaseModel):
    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True, frozen=True)


class AcceptedEntry(FileModel):
    """A warning that a person has looked at and lets stand."""

    rule: Line = Field(description="the code or the name of the rule: SG602 or avoided-name")
    words: Line | None = Field(
        default=None, description="words of the message, or of the line if that quotes none; without them, every warning of the rule here"
    )
    reason: Line = Field(description="why it may stand")


Accepted = Annotated[list[AcceptedEntry], Field(description="warnings that may stand, each with a reason")]
