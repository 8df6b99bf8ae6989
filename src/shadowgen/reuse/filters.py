"""The filters of a search: `article:19`, `theme:media`, `stale:yes`, and what each asks of a section.

Enters: the words of a query. Leaves: a `Query`; a filter or a value that does not exist raises ValueError with a sentence for a person.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from shadowgen.catalogue import known, parse_article
from shadowgen.diagnostics import did_you_mean
from shadowgen.library import Library
from shadowgen.outline import choose_sections
from shadowgen.records import AUDIENCES, Plan, Section
from shadowgen.reuse.coverage import citations_in

FILTERS = ("article", "recommendation", "theme", "status", "source", "stale", "used-in", "audience", "language")
_FILTER = re.compile(r"([a-z][a-z-]*):(?!//)(.+)", re.DOTALL)  # an address is no filter


@dataclass(frozen=True, slots=True)
class Query:
    """What is asked: words, and filters by name, which must all hold."""

    words: tuple[str, ...]
    filters: tuple[tuple[str, str], ...]

    def value(self, name: str) -> str:
        """Return the last value of a filter, or an empty string."""
        return next((value for key, value in reversed(self.filters) if key == name), "")

    def audience(self, option: str) -> str:
        """Return the narrower of the audience of the filter and that of an option."""
        return min(option, self.value("audience") or option, key=AUDIENCES.index)


def parse_query(words: Sequence[str]) -> Query:
    """Tell words from filters."""
    plain, filters = [], []
    for word in words:
        if (match := _FILTER.fullmatch(word)) is None:
            plain.append(word)
        elif match[1] in FILTERS:
            filters.append((match[1], match[2].strip()))
        else:
            raise ValueError(
                f"there is no filter '{match[1]}:'; {did_you_mean(match[1], list(FILTERS)) or 'filters: ' + ', '.join(FILTERS)}"
            )
    for name, value in filters:
        if name == "audience":
            _one_of("audience", value, AUDIENCES)
    return Query(tuple(plain), tuple(filters))


def fitting(library: Library, query: Query, day: dt.date) -> frozenset[str]:
    """Return the ids of the sections that all filters let through."""
    tests = [_test(library, name, value, day) for name, value in query.filters]
    return frozenset(id for id, section in library.sections.items() if all(test(section) for test in tests))


def _test(library: Library, name: str, value: str, day: dt.date) -> Callable[[Section], bool]:
    match name:
        case "article":
            if (ref := parse_article(value)) is None or not known(ref):
                raise ValueError(f"article: there is no article '{value}'; write article:19 or article:'ICCPR 19(3)'")
            return lambda section: any(ref.contains(other) for other in section.articles)
        case "recommendation":
            return _answers(library, value)
        case "theme":
            themes = {theme.casefold(): theme for section in library.sections.values() for theme in section.themes}
            _one_of(name, value.casefold(), themes)
            return lambda section: value.casefold() in map(str.casefold, section.themes)
        case "status":
            _one_of(name, value, ("draft", "review", "final"))
            return lambda section: section.status == value
        case "source":
            _one_of(name, value, library.sources)
            return lambda section: value in citations_in(section)
        case "stale":
            _one_of(name, value, ("yes", "no"))
            return lambda section: (section.freshness(day) == "stale") == (value == "yes")
        case "used-in":
            _one_of("used-in", value, library.plans)
            used = used_in(library, library.plans[value])
            return lambda section: section.id in used
        case "language":
            _one_of(name, value, {language for section in library.sections.values() for language in section.prose})
            return lambda section: value in section.prose
        case _:  # the audience is the gate's
            return lambda section: True


def _answers(library: Library, value: str) -> Callable[[Section], bool]:
    """Take a document by its name or symbol, and a paragraph by its id or number."""
    name, _, paragraph = value.partition("#")
    document = library.document(name)
    if document is None:
        _one_of("recommendation", name, library.document_names())
        raise AssertionError(name)  # `_one_of` has raised
    wanted = {one.id for one in document.paragraphs if paragraph in ("", one.id, one.number)}
    if paragraph and not wanted:
        _one_of(f"recommendation:{name}#", paragraph, [one.id for one in document.paragraphs])
    return lambda section: any(one.document == document.id and one.paragraph in wanted for one in section.responds_to)


def used_in(library: Library, plan: Plan) -> frozenset[str]:
    """Return the sections that a submission names, before a word limit leaves any out."""
    chosen = choose_sections(library, plan, [], frozenset())
    return frozenset((*(section.id for section in chosen), *plan.front, *plan.closing, *plan.annexes))


def _one_of(name: str, value: str, values: Collection[str]) -> None:
    if value not in values:
        few = sorted(values) if len(values) < 12 else []
        hint = did_you_mean(value, list(values)) or (f"there are: {', '.join(few)}" if few else "")
        raise ValueError(f"{name}: there is no '{value}'{'; ' + hint if hint else ''}")
