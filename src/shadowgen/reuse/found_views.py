"""What a search found, as text for a terminal or as JSON.

Enters: a `Found`. Leaves: text.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Sequence
from typing import Any

from shadowgen.reuse.search import Context, Found, Hit, words_in

SHAPE = 1  # of the JSON; a change that would break a reader of it raises the number


def found_text(found: Found, words: Sequence[str], day: dt.date, strong: Callable[[str], str]) -> str:
    """Return the hits for a person; `strong` marks the words that were found."""
    if not found.hits:
        return "nothing is found\n"
    lines: list[str] = []
    lacking = [] if len(found.hits[0].words) >= len(words_in(words)) else ["no finding has all the words; these have most of them", ""]
    for hit in found.hits:
        place = next((f":{context.line}" for context in hit.contexts if context.line), "")
        lines += [f"{hit.section.id}  {hit.prose.title_text}", f"  {_facts(hit, day)}", f"  {hit.prose.origin.file}{place}"]
        lines += [f"    {_marked(context, strong)}" for context in hit.contexts] + [""]
    shown = len(found.hits)
    more = f", the first {shown} are shown; --limit {found.total} shows all" if found.total > shown else ""
    return "\n".join([*lacking, *lines, f"{found.total} found{more}"]) + "\n"


def _facts(hit: Hit, day: dt.date) -> str:
    section = hit.section
    articles = ", ".join(map(str, section.articles))
    freshness = {"never": "never checked"}.get(section.freshness(day), section.freshness(day))
    return "; ".join([*([articles] if articles else []), section.status, section.audience, freshness, ", ".join(sorted(section.prose))])


def _marked(context: Context, strong: Callable[[str], str]) -> str:
    out, at = [], 0
    for start, end in context.found:
        out += [context.text[at:start], strong(context.text[start:end])]
        at = end
    return "".join([*out, context.text[at:]])


def found_json(found: Found, day: dt.date) -> str:
    """Return the hits as data; docs/reuse.md says what each name holds."""
    data = {"shape": SHAPE, "found": found.total, "results": [_data(hit, day) for hit in found.hits]}
    return json.dumps(data, ensure_ascii=False, indent=2, default=str) + "\n"


def _data(hit: Hit, day: dt.date) -> dict[str, Any]:
    section = hit.section
    return {
        "id": section.id, "title": hit.prose.title_text, "language": hit.prose.language, "languages": sorted(section.prose),
        "file": hit.prose.origin.file, "articles": list(map(str, section.articles)),
        "responds_to": [f"{one.document}#{one.paragraph}" if one.paragraph else one.document for one in section.responds_to],
        "themes": list(section.themes), "status": section.status, "audience": section.audience, "verified": section.verified,
        "review_by": section.review_by, "freshness": section.freshness(day), "score": round(hit.score, 3), "words": list(hit.words),
        "contexts": [{"text": one.text, "line": one.line, "found": [list(span) for span in one.found]} for one in hit.contexts],
    }  # fmt: skip
