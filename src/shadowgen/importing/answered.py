"""The commitments that a report quotes: which document and paragraph each is, and the files of those that are new.

What stands in the library already is linked, not copied. Articles of a constitution have a file of their own.
"""

from __future__ import annotations

import re
from typing import Any

from shadowgen.catalogue import ArticleRef
from shadowgen.importing.naming import commitment_ids, guessed_title
from shadowgen.importing.standing import Home, Standing
from shadowgen.importing.units import Asked, Outline
from shadowgen.writers.yamltext import write_yaml

TO_BE_SUMMED_UP = "To be summed up in your own words."
_KINDS = {"pledge": "pledges", "question": "list-of-issues", "constitution": "constitution"}
_TITLES = {"pledges": "Pledges", "list-of-issues": "List of issues", "constitution": "Constitution: articles"}


def homes(outline: Outline, name: str, standing: Standing) -> dict[Asked, Home]:
    """Return the document and the paragraph of every commitment that a report quotes; `standing` holds those of the library."""
    ids = commitment_ids(outline)
    new = {one: (f"{name}-{'constitution' if one.kind == 'constitution' else 'commitments'}", ids[one]) for one in outline.asked}
    return new | standing.homes


def new_files(
    outline: Outline, file: str, symbol: str, homes: dict[Asked, Home], standing: Standing, refs: dict[Asked, list[ArticleRef]]
) -> dict[str, str]:
    """Return the text of each commitments file that the library lacks, by its id; `refs` are the articles that each is about."""
    files: dict[str, str] = {}
    for document in dict.fromkeys(homes[one][0] for one in outline.asked if one not in standing.homes):
        own = [one for one in outline.asked if one not in standing.homes and homes[one][0] == document]
        kind = _KINDS.get(own[0].kind, "concluding-observations")
        data: dict[str, Any] = {"title": f"{_TITLES.get(kind, 'Concluding observations')} quoted in {file}", "kind": kind}
        if symbol and kind != "constitution":
            data["symbol"] = symbol
        head = f"Imported from {file}. Titles are the first words of each text; summaries are to be written."
        files[document] = write_yaml(data | {"paragraphs": [_paragraph(one, homes[one][1], refs.get(one, [])) for one in own]}, head)
    return files


def _paragraph(one: Asked, id: str, refs: list[ArticleRef]) -> dict[str, Any]:
    data: dict[str, Any] = {"id": id, "title": one.title or guessed_title(one.words)}
    if refs:
        data["articles"] = [str(ref) for ref in dict.fromkeys(refs)]
    number = re.search(r"para\. ([\w.]+)\)$|^Pledge (\d+)$", one.label)
    if one.number or number:
        data["number"] = one.number or number[1] or number[2]  # type: ignore[index]
    data["summary"] = one.summary or (one.words if one.summed_up else TO_BE_SUMMED_UP)
    if one.words and not one.summed_up:
        quoted = re.fullmatch(r"[“«]([^“”«»]*)[”»]", one.words)  # the quotation marks are printed anyway
        data["text"] = quoted[1].strip() if quoted else one.words
    return data
