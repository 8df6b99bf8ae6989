"""Rows -> running words with what their letters say: calls of notes, bold, italic, links."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from shadowgen.nodes import Emphasis, Inline, Inlines, Link, NoteCall, Strong, Text
from shadowgen.readers.inlinetidy import merged
from shadowgen.readers.pdf.hyphens import SOFT, Vocabulary
from shadowgen.readers.pdf.page import Span
from shadowgen.readers.pdf.rows import Row, apart
from shadowgen.readers.textlines import clean

_URL_TAIL = re.compile(r"(?:https?://|www\.)\S*$")
_URL_GOES_ON = re.compile(r"[\w%/?=&.#~+-]")


@dataclass(frozen=True, slots=True)
class Run:
    """Words of one look; `call` is the number of the note that they call, and then they have no text."""

    text: str
    bold: bool = False
    italic: bool = False
    url: str = ""
    call: int = 0


@dataclass(slots=True)
class Wording:
    """Makes inlines of rows; `calls` gives the numbers of the notes that a raised span of a page calls."""

    vocabulary: Vocabulary
    calls: dict[tuple[int, Span], tuple[int, ...]] = field(default_factory=dict)

    def inlines(self, rows: Iterable[Row], plain: bool = False) -> Inlines:
        """Return the words of rows as inlines; `plain` leaves bold and italic away, and so does a look that all words share."""
        runs = self._runs(list(rows))
        spoken = [run for run in runs if run.text.strip()]
        bold, italic = all(run.bold for run in spoken), all(run.italic for run in spoken)
        return _trimmed(merged(_inline(run, plain or bold, plain or italic) for run in _together(runs)))

    def _runs(self, rows: list[Row]) -> list[Run]:
        runs: list[Run] = []
        for row in rows:
            if runs and row.spans:
                _end_line(runs, row, self.vocabulary)
            before: Span | None = None
            for span in row.spans:
                numbers = self.calls.get((row.page, span))
                if before is not None and numbers is None and apart(before, span):
                    runs.append(
                        Run(" ", span.bold and before.bold, span.italic and before.italic, span.url if before.url == span.url else "")
                    )
                if numbers is not None:
                    _rstrip(runs)
                    runs += [Run("", call=number) for number in numbers]
                    if span.text.endswith(" "):
                        runs.append(Run(" "))
                else:
                    runs.append(Run(_inside(span.text), span.bold, span.italic, span.url))
                before = span
        return runs


def _inside(text: str) -> str:
    """Return the words of a span; a hyphen that is not the last of it is a plain one."""
    return text[:-1].replace(SOFT, "-") + text[-1:]


def _rstrip(runs: list[Run]) -> None:
    while runs and not runs[-1].call and not runs[-1].text.strip():
        runs.pop()
    if runs and not runs[-1].call:
        runs[-1] = replace(runs[-1], text=runs[-1].text.rstrip())


def _end_line(runs: list[Run], row: Row, vocabulary: Vocabulary) -> None:
    """Join the words of the next row to those before: a blank, nothing, or a hyphen."""
    last = runs[-1]
    words = "".join(run.text for run in runs[-8:]).rstrip()
    following = row.text
    address = _URL_TAIL.search(words)
    if address and (words.endswith((SOFT, "-")) or re.search(r"[/=&?_%.]$", words)) and _URL_GOES_ON.match(following) and not last.call:
        _rstrip(runs)
        runs[-1] = replace(runs[-1], text=re.sub(f"{SOFT}$", "-", runs[-1].text))
    elif not last.call and re.search(rf"\w[-\u2010{SOFT}]$", words):
        _rstrip(runs)
        hyphen = vocabulary.between(re.sub(rf"[-\u2010{SOFT}]$", "", words), following)
        runs[-1] = replace(runs[-1], text=runs[-1].text[:-1] + hyphen)
    elif not last.call and re.search(r"\S–$|\w/$", words):
        _rstrip(runs)
    elif last.call or not last.text.endswith(" "):
        same = last.url and row.spans[0].url == last.url
        joined = same and last.url.endswith("".join((last.text, row.spans[0].text)).replace(" ", "")[-len(last.text) - 4 :])
        runs.append(Run("" if joined else " ", url=last.url if same else ""))


def _together(runs: list[Run]) -> Iterator[Run]:
    """Join neighbouring runs of one look; a blank between two parts of one link belongs to it."""
    held: Run | None = None
    for run in runs:
        if (
            held is not None
            and not run.call
            and not held.call
            and (_look(run) == _look(held) or (run.url == held.url and not run.text.strip()))
        ):
            held = replace(held, text=held.text + run.text)
            continue
        if held is not None:
            yield held
        held = run
    if held is not None:
        yield held


def _look(run: Run) -> tuple[bool, bool, str]:
    return run.bold, run.italic, run.url


def _inline(run: Run, all_bold: bool, all_italic: bool) -> Inline:
    if run.call:
        return NoteCall(run.call)
    text = clean(run.text.replace(SOFT, "-")).replace("\n", " ")
    if run.url:
        return Link((Text(_address(text, run.url)),), run.url)
    plain = Text(re.sub(" +", " ", text))
    if run.italic and not all_italic:
        return Emphasis((plain,))
    return Strong((plain,)) if run.bold and not all_bold else plain


def _address(text: str, url: str) -> str:
    """Return the words of a link, without the blanks and hyphens of line ends if they show its address."""
    words = " ".join(text.split())
    for shown in (words.replace(" ", ""), re.sub("- ?", "", words.replace(" ", ""))):
        if shown in (url, url.rstrip("/")):
            return shown
    return words


def _trimmed(inlines: Inlines) -> Inlines:
    out = list(inlines)
    if out and isinstance(out[0], Text):
        out[0] = Text(out[0].text.lstrip())
    if out and isinstance(out[-1], Text):
        out[-1] = Text(out[-1].text.rstrip())
    return tuple(inline for inline in out if not (isinstance(inline, Text) and not inline.text))
