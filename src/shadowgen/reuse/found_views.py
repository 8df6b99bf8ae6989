"""What a search found, as text for a terminal or as JSON.

Enters: `Hit`s. Leaves: text.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Sequence
from typing import Any

from shadowgen.reuse.search import Context, Hit, words_in

SHAPE = 1  # of the JSON; a change that would break a reader of it raises the number


def found_text(hits: Sequence[Hit], words: Sequence[str], limit: int, day: dt.date, strong: Callable[[str], str]) -> str:
    """Return the first hits for a person; `strong` marks the words that were found."""
    if not hits:
        return "nothing is found\n"
    lines: list[str] = []
    lacking = [] if len(hits[0].words) >= len(words_in(words)) else ["no finding has all the words; these have most of them", ""]
    for hit in hits[:limit]:
        place = next((f":{context.line}" for context in hit.contexts if context.line), "")
        lines += [f"{hit.section.id}  {hit.prose.title_text}", f"  {_facts(hit, day)}", f"  {hit.prose.origin.file}{place}"]
        lines += [f"    {_marked(context, strong)}" for context in hit.contexts] + [""]
    more = f", the first {limit} are shown; --limit {len(hits)} shows all" if len(hits) > limit else ""
    return "\n".join([*lacking, *lines, f"{len(hits)} found{more}"]) + "\n"


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


def found_json(hits: Sequence[Hit], limit: int, day: dt.date) -> str:
    """Return the first hits as data; docs/reuse.md says what each name holds."""
    data = {"shape": SHAPE, "found": len(hits), "results": [_data(hit, day) for hit in hits[:limit]]}
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
