"""The numbers that Word prints before paragraphs: counted as Word counts, since the file holds only the rules."""

from __future__ import annotations

from dataclasses import dataclass, field

from lxml import etree

from shadowgen.readers.wordpackage import W

_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"),
          (4, "iv"), (1, "i"))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a numbering: its form, the text of the number with %1 for the count, its first number."""

    form: str
    text: str
    start: int


@dataclass(slots=True)
class WordNumbers:
    """All numberings of a file and how far each has counted."""

    levels: dict[str, dict[int, Level]]
    abstract: dict[str, str]
    restarts: dict[str, dict[int, int]]
    counts: dict[str, dict[int, int]] = field(default_factory=dict)
    begun: set[str] = field(default_factory=set)

    def next(self, number: str, depth: int) -> tuple[str, bool]:
        """Count one paragraph of a numbering; return its mark and whether it is a bullet. Unknown numberings give no mark."""
        home = self.abstract.get(number)
        levels = self.levels.get(home or "", {})
        if home is None or depth not in levels:
            return "", False
        counts = self.counts.setdefault(home, {})
        if number not in self.begun:
            self.begun.add(number)
            for level, start in self.restarts.get(number, {}).items():
                counts[level] = start - 1
        counts[depth] = counts.get(depth, levels[depth].start - 1) + 1
        for deeper in [level for level in counts if level > depth]:
            del counts[deeper]
        here = levels[depth]
        if here.form in ("bullet", "none"):
            return ("-" if here.form == "bullet" else ""), here.form == "bullet"
        mark = here.text
        for level in range(9):
            one = levels.get(level)
            count = counts.get(level, one.start if one else 1)
            mark = mark.replace(f"%{level + 1}", formatted(count, one.form if one else "decimal"))
        return mark.strip(), False


def formatted(count: int, form: str) -> str:
    """Return a count in a form that Word names: decimal, lowerLetter, upperRoman."""
    if form in ("lowerLetter", "upperLetter"):
        letters = chr(97 + (count - 1) % 26) * ((count + 25) // 26)
        return letters.upper() if form == "upperLetter" else letters
    if form in ("lowerRoman", "upperRoman"):
        roman = ""
        for value, letters in _ROMAN:
            while count >= value and len(roman) < 20:
                roman, count = roman + letters, count - value
        return roman.upper() if form == "upperRoman" else roman
    return str(count)


def _value(element: etree._Element | None, default: str = "") -> str:
    return element.get(f"{W}val", default) if element is not None else default


def _int(text: str, default: int = 0) -> int:
    return int(text) if text.isascii() and text.lstrip("-").isdigit() and len(text) < 7 else default


def word_numbers(numbering: etree._Element) -> WordNumbers:
    """Read the numbering part of a file."""
    levels: dict[str, dict[int, Level]] = {}
    for abstract in numbering.iter(f"{W}abstractNum"):
        levels[abstract.get(f"{W}abstractNumId", "")] = {
            _int(level.get(f"{W}ilvl", "0")): Level(
                _value(level.find(f"{W}numFmt"), "decimal"), _value(level.find(f"{W}lvlText")), _int(_value(level.find(f"{W}start")), 1)
            )
            for level in abstract.iter(f"{W}lvl")
        }
    homes, restarts = {}, {}
    for number in numbering.iter(f"{W}num"):
        id = number.get(f"{W}numId", "")
        homes[id] = _value(number.find(f"{W}abstractNumId"))
        restarts[id] = {
            _int(one.get(f"{W}ilvl", "0")): _int(_value(start), 1)
            for one in number.iter(f"{W}lvlOverride")
            if (start := one.find(f"{W}startOverride")) is not None
        }
    return WordNumbers(levels, homes, restarts)
