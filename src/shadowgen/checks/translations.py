"""Translations that are behind their originals, paragraph by paragraph."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import takewhile

from shadowgen import rules
from shadowgen.diagnostics import UNSHOWN, Diagnostic, Origin
from shadowgen.excerpts import showable
from shadowgen.library import Library
from shadowgen.records import Prose, Section
from shadowgen.translations import Difference, Part, differences, parts_of


def check_translations(library: Library) -> Iterator[Diagnostic]:
    """Report each part of an original that is not what was translated; and, once, the translations that do not say what they translate."""
    unstamped = []
    for section, prose in translations(library):
        if prose.translates is None:
            unstamped.append(prose.origin.file)
            continue
        own = parts_of(library.texts.get(prose.origin.file, ""), prose.origin.file)
        for one in behind(library, section, prose):
            yield _told(one, section, prose, own)
    if unstamped:
        names = ", ".join(file.rsplit("/", 1)[1].removesuffix(".yaml") for file in unstamped[:5])
        more = f" and {len(unstamped) - 5} more" if len(unstamped) > 5 else ""
        message = (
            f"{len(unstamped)} translation{'s do' if len(unstamped) > 1 else ' does'} not say which text they translate: {names}{more}"
        )
        yield rules.UNSTAMPED_TRANSLATION.at(
            Origin(unstamped[0], 1, 1), message, "run 'shadowgen translated' for each that agrees with its original"
        )


def translations(library: Library) -> Iterator[tuple[Section, Prose]]:
    """Yield each text that is not in the language of its section."""
    for section in library.sections.values():
        yield from ((section, prose) for language, prose in section.prose.items() if language != section.language)


def behind(library: Library, section: Section, prose: Prose) -> list[Difference]:
    """Return what has happened to the original since the translation was stamped."""
    file = section.origin.file
    found = differences(prose.translates, parts_of(library.texts.get(file, ""), file)) if prose.translates else []
    shown = showable(file, library.texts).split("\n") if found else []
    return [one if not one.line or _may_be_shown(shown, one.line) else replace(one, words="…") for one in found]


def _may_be_shown(lines: list[str], start: int) -> bool:
    """True if the public may read every line of the paragraph that starts on a line."""
    return UNSHOWN not in takewhile(str.strip, lines[start - 1 :])


def _told(one: Difference, section: Section, prose: Prose, own: dict[str, list[Part]]) -> Diagnostic:
    where = f" ({section.origin.file.rsplit('/', 1)[1]}:{one.line}: {one.words!r})" if one.line else ""
    after = f"; it belongs after {one.kind_name} {one.after} here" if one.after else ""
    messages = {
        "changed": f"{one.name} was changed in the original{where}",
        "added": f"{one.name} is new in the original{where}{after}",
        "removed": f"{one.name} of then is no more in the original",
        "moved": f"{one.name} stood at {one.was} when it was translated{where}",
    }
    hint = f"when the translation agrees again: shadowgen translated {section.id}.{prose.language}"
    return rules.STALE_TRANSLATION.at(_place(one, prose, own.get(one.kind, [])), messages[one.how], hint)


def _place(one: Difference, prose: Prose, own: list[Part]) -> Origin:
    """Return where the part stands in the translation, or what stands before it, if that still has the parts of its stamp; else the file's head."""
    stamped = (prose.translates or {}).get(one.kind)
    whole = len(own) == (len(stamped) if isinstance(stamped, list) else 1)
    place = (one.was or one.after) - 1
    return Origin(prose.origin.file, own[place].line, 1) if whole and 0 <= place < len(own) else prose.origin
