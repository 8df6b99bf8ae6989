"""What a seal may say: a file in `submissions/filed/` that tells what was sent, when, to whom, and what went into it.

It holds names, dates and digests, and no words of the document but its title.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from shadowgen.filefields import Audience, Day, FileModel, Id, Language, Line, Words

Digest = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Provision = Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]+(#[a-z0-9-]+)?$")]


class SealedOutput(FileModel):
    """A file that was sent."""

    format: Line = Field(description="docx, pdf, html, md, print.pdf")
    file: Line = Field(description="where it lay")
    sha256: Digest
    finished: Literal["built", "by hand"] = Field(default="built", description="by hand: a person has changed it after the build")


class KeptFile(FileModel):
    """A file that is kept beside the seal."""

    file: Line
    sha256: Digest


class SealedDocument(FileModel):
    """What was sent in one language."""

    language: Language
    outputs: Annotated[list[SealedOutput], Field(min_length=1)]
    text: KeptFile = Field(description="the Word file of this version")
    prose: KeptFile = Field(description="the sections as their readers could read them")
    sections: dict[Id, Digest] = Field(description="of the words of each section, as its readers could read them")


class SealFile(FileModel):
    """What was sent: the record of a submission that was filed."""

    submission: Id
    title: Words
    filed: Day
    to: Line | None = Field(default=None, description="to whom it was sent")
    audience: Audience
    profile: Id | None = None
    template: Id
    tool: Line = Field(description="the version of shadowgen")
    documents: Annotated[list[SealedDocument], Field(min_length=1)]
    sources: dict[Id, Digest] = Field(default={}, description="the sources that the sections cite")
    commitments: dict[Provision, Digest] = Field(default={}, description="the recommendations that the sections answer")
