"""What the styles of an OpenDocument text say: names and kinds of paragraphs, slant and weight of words, how lists count."""

from __future__ import annotations

from dataclasses import dataclass, field

from lxml import etree

from shadowgen.readers.wordnumbers import formatted

_NAME = "urn:oasis:names:tc:opendocument:xmlns:{}:1.0"
TEXT, STYLE, OFFICE, TABLE = (f"{{{_NAME.format(name)}}}" for name in ("text", "style", "office", "table"))
FO, SVG = (f"{{{_NAME.format(name)}}}" for name in ("xsl-fo-compatible", "svg-compatible"))
_FORMS = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}


@dataclass(frozen=True, slots=True)
class Look:
    """A style with what it inherits: the names from itself up to its root, slant, weight, raised words, its list and its outline level."""

    names: tuple[str, ...] = ()
    italic: bool = False
    bold: bool = False
    raised: bool = False
    list: str = ""
    level: int = 0


@dataclass(frozen=True, slots=True)
class ListLevel:
    """How one level of a list counts. `form` is empty for a bullet, and `shown` is how many levels its number shows."""

    form: str = ""
    before: str = ""
    after: str = ""
    start: int = 1
    shown: int = 1


@dataclass(slots=True)
class Counts:
    """How far each list has counted, by its style."""

    levels: dict[str, dict[int, ListLevel]]
    counts: dict[str, dict[int, int]] = field(default_factory=dict)

    def restart(self, style: str, depth: int = 0) -> None:
        """Count from the first number again, at this depth and below."""
        here = self.counts.get(style, {})
        for level in [level for level in here if level >= depth]:
            del here[level]

    def next(self, style: str, depth: int, value: str = "") -> str:
        """Count one item; return its mark, "-" for a bullet. `value` is a number that the item itself names."""
        levels = self.levels.get(style, {})
        level = levels.get(depth, ListLevel())
        if not level.form:
            return "-"
        here = self.counts.setdefault(style, {})
        here[depth] = int(value) if value.isdigit() and len(value) < 7 else here.get(depth, level.start - 1) + 1
        self.restart(style, depth + 1)
        first = max(depth - level.shown + 1, 0)
        parts = [(levels.get(one, level), here.get(one, levels.get(one, level).start)) for one in range(first, depth + 1)]
        return (level.before + ".".join(formatted(count, one.form or "decimal") for one, count in parts) + level.after).strip()


def looks(*parts: etree._Element) -> dict[tuple[str, str], Look]:
    """Return every style by its family and name."""
    found = {(one.get(f"{STYLE}family", ""), one.get(f"{STYLE}name", "")): one for part in parts for one in part.iter(f"{STYLE}style")}
    return {key: _look(key, found) for key in found}


def _look(key: tuple[str, str], found: dict[tuple[str, str], etree._Element]) -> Look:
    names: list[str] = []
    italic = bold = raised = None
    numbered = level = ""
    family, name = key
    seen: set[str] = set()
    while (family, name) in found and name not in seen:
        seen.add(name)
        element = found[family, name]
        names += [one for one in (element.get(f"{STYLE}display-name"), name.replace("_20_", " ")) if one]
        numbered = numbered or element.get(f"{STYLE}list-style-name", "")
        level = level or element.get(f"{STYLE}default-outline-level", "")
        words = element.find(f"{STYLE}text-properties")
        if words is not None:
            slant, weight, place = words.get(f"{FO}font-style"), words.get(f"{FO}font-weight"), words.get(f"{STYLE}text-position")
            italic = slant in ("italic", "oblique") if italic is None and slant else italic
            bold = weight in ("bold", "600", "700", "800", "900") if bold is None and weight else bold
            raised = place.startswith("super") if raised is None and place else raised
        name = element.get(f"{STYLE}parent-style-name", "")
    return Look((*names, name), bool(italic), bool(bold), bool(raised), numbered, int(level) if level.isdigit() else 0)


def counts(*parts: etree._Element) -> Counts:
    """Return how every list counts; the outline of headings is the list named "" (nothing)."""
    levels: dict[str, dict[int, ListLevel]] = {}
    for part in parts:
        for style in part.iter(f"{TEXT}list-style", f"{TEXT}outline-style"):
            name = style.get(f"{STYLE}name", "") if style.tag == f"{TEXT}list-style" else ""
            levels[name] = {_number(one, "level", 1) - 1: _level(one) for one in style if one.get(f"{TEXT}level")}
    return Counts(levels)


def _level(element: etree._Element) -> ListLevel:
    form = _FORMS.get(element.get(f"{STYLE}num-format", ""), "") if "bullet" not in str(element.tag) else ""
    before, after = element.get(f"{STYLE}num-prefix", ""), element.get(f"{STYLE}num-suffix", "")
    return ListLevel(form, before, after, _number(element, "start-value", 1), _number(element, "display-levels", 1))


def _number(element: etree._Element, name: str, default: int) -> int:
    value = element.get(f"{TEXT}{name}", "")
    return int(value) if value.isdigit() and len(value) < 7 else default
