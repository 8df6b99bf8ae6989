"""What a section file may say of its charts, and a translation of theirs."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from shadowgen.filefields import Audience, FileModel, Line


def _plain_number(value: Any) -> Any:
    """Refuse what Python would read as a number and a reader would not: 1_000, 1e3, nan."""
    if isinstance(value, str) and not re.fullmatch(r"-?\d{1,15}(\.\d{1,6})?", value) and value != "none":
        raise ValueError("not a number")
    return value


Value = Annotated[float | Literal["none"], BeforeValidator(_plain_number)]


class ChartFile(FileModel):
    """A chart drawn from data."""

    chart: Literal["bars", "lines", "stacked"]
    caption: Line
    source: Line = Field(description='where the data come from: "[@key, p. 3]"')
    unit: Line = Field(description="what the values count: cases, per cent")
    x: list[Line] = Field(min_length=1, max_length=60, description="the labels, mostly years")
    series: dict[Line, list[Value]] = Field(
        min_length=1, max_length=6, description="a value for each label, by name; none where there is no data"
    )
    alt: Line | None = Field(default=None, description="the alternative text; without it, one is made from the data")
    table: Literal["yes", "no"] = Field(default="no", description="print the data as a table after the chart")
    audience: Audience | None = Field(default=None, description="who may see it, where that is fewer than read the section")


class ChartWords(FileModel):
    """The words of a chart in another language."""

    caption: Line
    unit: Line | None = None
    alt: Line | None = None
    labels: dict[Line, Line] = Field(default={}, description="labels and names of series, each with its translation")
