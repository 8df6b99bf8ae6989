"""What look.yaml may say: fonts, sizes, colours, paper, shapes, logos, the coalition's Word template. One of the doors to pydantic.

Every field may be left out where the look is based on another; `looks` joins the two.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from shadowgen.diagnostics import Origin
from shadowgen.filefields import FileModel, Id, Line, Words

Colour = Annotated[str, StringConstraints(pattern=r"^[0-9A-Fa-f]{6}$")]
Font = Annotated[str, StringConstraints(pattern=r"^[\w .'-]{1,60}$")]
Points = Annotated[float, Field(ge=5, le=96)]
Millimetres = Annotated[float, Field(ge=5, le=90)]


class LogoEntry(FileModel):
    """The sign of one organisation."""

    file: Line = Field(description="a PNG or JPEG: beside the look, or, in a submission, from the folder of the workspace")
    name: Words = Field(description="the organisation's name: what a screen reader says")


@dataclass(frozen=True, slots=True)
class LogoFile:
    """A logo to be shown: its file from the folder of the workspace, the organisation's name, and where it is asked for."""

    file: str
    name: Words
    origin: Origin


class Margins(FileModel):
    """The margins of the page in millimetres."""

    top: Millimetres | None = None
    right: Millimetres | None = None
    bottom: Millimetres | None = None
    left: Millimetres | None = None


class Sizes(FileModel):
    """The sizes of letters in points."""

    body: Points | None = None
    note: Points | None = None
    table: Points | None = None
    heading1: Points | None = None
    heading2: Points | None = None
    heading3: Points | None = None
    heading4: Points | None = None
    title: Points | None = None
    subtitle: Points | None = None
    small: Points | None = None
    figure: Points | None = Field(default=None, description="the number of a highlight")


class Colours(FileModel):
    """Colours as RRGGBB."""

    text: Colour | None = None
    heading: Colour | None = None
    accent: Colour | None = Field(default=None, description="rules, bars, links, and the band of the cover with white letters on it")
    rule: Colour | None = Field(default=None, description="thin lines, running heads")
    box: Colour | None = Field(default=None, description="behind boxed text")
    head: Colour | None = Field(default=None, description="behind the head of a table")


class ScriptEntry(FileModel):
    """How a script other than the look's own is set: its fonts, Word's first, and factors for sizes and lines."""

    body: Annotated[list[Font], Field(min_length=1)]
    heading: Annotated[list[Font], Field(min_length=1)]
    larger: Annotated[float, Field(ge=0.5, le=2)] = 1
    looser: Annotated[float, Field(ge=0.5, le=2)] = 1


class LookFile(FileModel):
    """How a document looks in Word, PDF and HTML."""

    title: Line | None = None
    based_on: Id | None = Field(default=None, description="the look that gives everything this file does not say")
    paper: Literal["A4", "Letter"] | None = None
    margins: Margins = Margins()
    fonts: dict[Id, Annotated[list[Font], Field(min_length=1)]] = Field(default={}, description="by use, the first choice first")
    scripts: dict[Annotated[str, StringConstraints(pattern=r"^[A-Z][a-z]{3}$")], ScriptEntry] = Field(
        default={}, description="other scripts by their ISO 15924 code, such as Arab or Hans"
    )
    sizes: Sizes = Sizes()
    colours: Colours = Colours()
    justify: bool | None = None
    line_height: Annotated[float, Field(ge=1, le=2)] | None = None
    cover: Literal["plain", "band"] | None = Field(default=None, description="band: the title stands on the accent colour")
    cases: Literal["frame", "bar"] | None = Field(default=None, description="bar: a case has a bar of the accent colour above it")
    asks: Literal["list", "box"] | None = Field(default=None, description="box: recommendations stand in a box")
    heading_rule: bool | None = Field(default=None, description="a rule of the accent colour under headings of the first level")
    logos: list[LogoEntry] = []
    word_template: Annotated[str, StringConstraints(pattern=r"^[^/\\]+\.(dotx|docx)$")] | None = Field(
        default=None, description="a Word file beside the look, whose styles, theme, page setup, header and footer take the place of ours"
    )
