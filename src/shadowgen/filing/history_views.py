"""A history as a person reads it, and as a machine does."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict

from shadowgen.filing.history import Change, Filed, Since, Story
from shadowgen.redline.differing import changes, words_of

_SHOWN = 8
SHAPE = 1  # raised when a name of the JSON changes its meaning or goes
Mark = Callable[[str, bool], str]  # words, and whether they are new: how they are shown


def plain_mark(words: str, new: bool) -> str:
    """Show a change without colours: [-gone-]{+new+}."""
    return f"{{+{words}+}}" if new else f"[-{words}-]"


def history_json(stories: Sequence[Story], seals: Sequence[Since]) -> str:
    """Return a history as JSON."""
    data = {"shape": SHAPE, "findings": [asdict(story) for story in stories], "filed": [asdict(one) for one in seals]}
    return json.dumps(data, ensure_ascii=False, indent=2, default=str) + "\n"


def history_text(stories: Sequence[Story], seals: Sequence[Since], mark: Mark = plain_mark) -> str:
    """Return a history for a terminal."""
    rows = [row for story in stories for row in (*_story(story, mark), "")] + [row for one in seals for row in (*_since(one), "")]
    return "\n".join(rows[:-1] or ["nothing has been filed"]) + "\n"


def _story(story: Story, mark: Mark) -> Iterator[str]:
    yield f"{story.id}  {story.title}".rstrip() + ("" if story.kind == "section" else f"  ({story.kind})")
    yield f"  used in: {', '.join(story.used_in) or 'no submission'}"
    if story.kind == "source":
        yield f"  cited by: {', '.join(story.cited_by) or 'no section'}"
    for filed in story.filed:
        yield f"  filed {filed.date} in {filed.submission}{_language(filed)}{f' to {filed.to}' if filed.to else ''}: {_STATES[filed.state]}"
        yield from (f"    {_change(change, mark)}" for change in filed.changes)
    if not story.filed:
        yield "  never filed"


_STATES = {"same": "unchanged since", "changed": "changed since", "gone": "no longer there for these readers"}


def _language(filed: Filed) -> str:
    return f" ({filed.language})" if filed.language else ""


def _change(change: Change, mark: Mark) -> str:
    was, now = words_of(change.was), words_of(change.now)
    out = []
    for same, a, b, c, d in changes(was, now):
        gone, added = "".join(was[a:b]), "".join(now[c:d])
        out += [gone] if same else [mark(gone, False)] * bool(gone) + [mark(added, True)] * bool(added)
    return " ".join("".join(out).split())


def _some(ids: Sequence[str]) -> str:
    """Name a few; the others stand in the JSON."""
    more = len(ids) - _SHOWN
    return ", ".join(ids[:_SHOWN]) + (f" and {more} more" if more > 0 else "")


def _since(one: Since) -> Iterator[str]:
    yield f"{one.seal}  {one.title}"
    yield f"  filed {one.date}{f' to {one.to}' if one.to else ''}; {one.audience}; {one.sections} section{'s' * (one.sections != 1)}"
    for label, ids in (
        ("changed since", one.changed),
        ("no longer there", one.gone),
        ("in the submission now, not filed then", one.not_filed),
        ("sources changed since", one.changed_sources),
        ("recommendations changed since", one.changed_commitments),
    ):
        if ids:
            yield f"  {label}: {_some(ids)}"
    if not (one.changed or one.gone or one.not_filed or one.changed_sources or one.changed_commitments):
        yield "  nothing has changed since"
