"""Native numbering: one abstract definition for each way of counting, one `w:num` for each list or run of paragraph numbers."""

from __future__ import annotations

from shadowgen.locales import Locale
from shadowgen.writers.docx.tongues import RTL
from shadowgen.writers.docx.xml import HEADER, NAMESPACES, attribute

INDENT = 624  # twentieths of a point between the levels of a list: 11 mm
HANGING = 454

PARAGRAPHS, PARTS = "paragraphs", "parts"
_LISTS = ("bullet", "decimal", "paren", "alpha", "roman")
_LEVELS = 6


class Numbering:
    """Collects the counters that a document uses, counted as its language counts."""

    def __init__(self, locale: Locale) -> None:
        self.marks = locale.marks
        self.turn = f"<w:rPr>{RTL}</w:rPr>" if locale.direction == "rtl" else ""
        self.nums: list[tuple[str, int, int]] = []

    def start(self, kind: str, start: int = 1, level: int = 0) -> int:
        """Begin a new count; return its `w:numId`."""
        self.nums.append((kind, start, level))
        return len(self.nums)

    def xml(self) -> str:
        """Return numbering.xml."""
        kinds = [PARAGRAPHS, PARTS, *_LISTS]
        abstract = "".join(self._abstract(place, kind) for place, kind in enumerate(kinds, 1))
        nums = "".join(
            f'<w:num w:numId="{place}"><w:abstractNumId w:val="{kinds.index(kind) + 1}"/>'
            f'<w:lvlOverride w:ilvl="{level}"><w:startOverride w:val="{start}"/></w:lvlOverride></w:num>'
            for place, (kind, start, level) in enumerate(self.nums, 1)
        )
        return f"{HEADER}<w:numbering {NAMESPACES}>{abstract}{nums}</w:numbering>"

    def _abstract(self, number: int, kind: str) -> str:
        if kind == PARAGRAPHS:
            levels = self._level(0, "decimal", "%1.", 0, 0, tab=INDENT)
        elif kind == PARTS:
            levels = self._level(0, *self._form("part", 0), 0, 0, tab=567)
        else:
            levels = "".join(self._level(level, *self._form(kind, level), INDENT * (level + 1), HANGING) for level in range(_LEVELS))
        return f'<w:abstractNum w:abstractNumId="{number}"><w:multiLevelType w:val="multilevel"/>{levels}</w:abstractNum>'

    def _form(self, kind: str, level: int) -> tuple[str, str]:
        """Return Word's name of a way to count, and the text of the mark with the place of the number in it."""
        if kind == "bullet":
            return "bullet", "•"
        mark = self.marks[kind]
        return mark.word or "decimal", f"{mark.before}%{level + 1}{mark.after}"

    def _level(self, level: int, form: str, text: str, left: int, hanging: int, tab: int = 0) -> str:
        # without w:lvlJc a mark stands at the start of its line, whatever the direction
        tabs = f'<w:tabs><w:tab w:val="num" w:pos="{tab}"/></w:tabs>' if tab else ""
        return (
            f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:suff w:val="tab"/><w:lvlText w:val="{attribute(text)}"/>'
            f'<w:pPr>{tabs}<w:ind w:left="{left}" w:hanging="{hanging}"/></w:pPr>{self.turn}</w:lvl>'
        )
