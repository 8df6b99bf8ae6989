"""Charts: drawn as SVG or PNG, in words, and as a table. The only door to matplotlib.

Every chart can be read in black and white: bars differ by pattern, lines by marker and dash, and the names of series stand beside what they name.
Letters are drawn as outlines, so that a page shows them alike wherever it is opened. The same chart gives the same bytes.
"""

from __future__ import annotations

import io
import math
import textwrap
import unicodedata
import warnings
from contextlib import suppress
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any

from shadowgen.chartdata import Chart, Series
from shadowgen.locales import Locale
from shadowgen.looks import Look
from shadowgen.nodes import Block, Blocks, Box, Cell, CrossRef, Figure, Inlines, Item, List, Quote, Table, Text

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_HATCHES = ("", "////", "....", "xxxx", "----", "\\\\\\\\")
_MARKERS = ("o", "s", "^", "D", "v", "X")
_DASHES = ("-", (0, (5, 2)), (0, (1, 1.5)), (0, (5, 2, 1, 2)), (0, (8, 3)), (0, (3, 1, 1, 1, 1, 1)))
_WIDE_LABEL, _ACROSS_LABEL, _MANY_LABELS = 12, 34, 14


# ---------------------------------------------------------------- in words


def alternative_text(chart: Chart, locale: Locale) -> str:
    """Return kind, unit and every value of a chart, for readers who cannot see it."""
    rows = [f"{one.name}: " + "; ".join(map(": ".join, zip(chart.labels, _shown(one, locale), strict=True))) for one in chart.series]
    return f"{locale.word(f'chart_{chart.kind}')} ({chart.unit}). {'. '.join(rows)}."


def _shown(series: Series, locale: Locale) -> list[str]:
    return [locale.word("no_data") if value is None else locale.number(value) for value in series.values]


def data_table(chart: Chart, locale: Locale, caption: Inlines = ()) -> Table:
    """Return the data of a chart as a table: a row for each label, a column for each series."""
    head = (Cell((Text(chart.unit),)), *(Cell((Text(one.name),), "right") for one in chart.series))
    columns = [_shown(one, locale) for one in chart.series]
    rows = tuple(
        (Cell((Text(label),)), *(Cell((Text(value),), "right") for value in values))
        for label, *values in zip(chart.labels, *columns, strict=True)
    )
    return Table(caption, head, rows)


def spelled_out(blocks: Blocks, locale: Locale, home: str) -> Blocks:
    """Give each chart an alternative text where it has none, and its table where it asks for one; `home` is the section that they stand in."""
    out: list[Block] = []
    for block in blocks:
        match block:
            case Figure(chart=Chart() as chart):
                anchor = block.anchor or f"{home} chart {len(out)}"  # a blank keeps it apart from what authors write
                alt = block.alt or alternative_text(chart, locale)
                out.append(replace(block, file="", anchor=anchor, alt=alt, chart=replace(chart, audience="")))
                if chart.table:
                    before, _, after = locale.word("chart_data", figure="\n").partition("\n")
                    out.append(data_table(chart, locale, (Text(before), CrossRef(anchor), Text(after))))
            case List():
                items = tuple(Item(spelled_out(item.blocks, locale, f"{home} {at}")) for at, item in enumerate(block.items))
                out.append(replace(block, items=items))
            case Quote() | Box():
                out.append(replace(block, blocks=spelled_out(block.blocks, locale, f"{home} {len(out)}")))
            case _:
                out.append(block)
    return tuple(out)


# ---------------------------------------------------------------- drawn


def draw_chart(chart: Chart, locale: Locale, look: Look, form: str) -> bytes:
    """Return a chart as wide as the text of a page, as "svg" or "png"."""
    import matplotlib
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.backends.backend_svg import FigureCanvasSVG
    from matplotlib.figure import Figure as Drawing

    across = chart.kind != "lines" and (max(map(len, chart.labels)) > _WIDE_LABEL or len(chart.labels) > _MANY_LABELS)
    width = look.text_width() / 25.4
    out = io.BytesIO()
    with matplotlib.rc_context(_style(look)), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        drawing = Drawing(figsize=(width, _height(chart, width, across)), layout="constrained")
        (FigureCanvasSVG if form == "svg" else FigureCanvasAgg)(drawing)
        _draw(drawing.add_subplot(), chart, locale, look, across)
        drawing.savefig(out, format=form, dpi=220, metadata={"Date": None, "Creator": None} if form == "svg" else {"Software": None})
    return out.getvalue()


def undrawable(chart: Chart, locale: Locale, look: Look) -> list[str]:
    """Return the letters of a chart that none of its fonts has, in the order in which they stand; each would be drawn as an empty box."""
    from matplotlib.font_manager import findfont, get_font

    words = "".join([chart.unit, *chart.labels, *("".join([one.name, *_shown(one, locale)]) for one in chart.series)])
    letters = [letter for letter in dict.fromkeys(words) if unicodedata.category(letter) not in ("Cc", "Cf")]  # those are never drawn
    for family in _families(look):
        if not letters:
            break
        font = get_font(findfont(family))
        letters = [letter for letter in letters if not font.get_char_index(ord(letter))]
    return letters


def _families(look: Look) -> list[str]:
    """Return the fonts of a chart in order: those of the page, in all scripts, that there are, and one that comes with matplotlib."""
    from matplotlib.font_manager import fontManager

    _add_new_fonts()
    there = set(fontManager.get_font_names())
    return [*(name for name in look.page_fonts("body") if name in there), "DejaVu Sans"]


@cache
def _add_new_fonts() -> None:
    """Let matplotlib know the fonts that were installed after it made its list, which it keeps for good."""
    from matplotlib.font_manager import findSystemFonts, fontManager

    known = {font.fname for font in fontManager.ttflist}
    for file in sorted(set(findSystemFonts()) - known):
        with suppress(OSError, RuntimeError, UnicodeError):  # it cannot read each: one for the screen only, or a broken one
            fontManager.addfont(file)
    # of two files with one font the first is taken, and the list comes in no order of its own
    fontManager.ttflist.sort(key=lambda font: (font.fname, font.index))


def _style(look: Look) -> dict[str, Any]:
    text, rule = f"#{look.colours['text']}", f"#{look.colours['rule']}"
    return {
        "font.family": _families(look),
        "font.size": look.sizes["small"], "axes.titlesize": look.sizes["small"], "axes.labelsize": look.sizes["small"],
        "text.color": text, "axes.labelcolor": text, "xtick.color": text, "ytick.color": text, "axes.edgecolor": rule, "grid.color": rule,
        "grid.linewidth": 0.4, "grid.alpha": 0.5, "axes.axisbelow": True, "hatch.linewidth": 0.6, "hatch.color": text, "text.parse_math": False,
        "axes.spines.top": False, "axes.spines.right": False, "svg.hashsalt": "shadowgen", "svg.fonttype": "path", "path.simplify": False,
    }  # fmt: skip


def _height(chart: Chart, width: float, across: bool) -> float:
    if not across:
        return width * 0.45
    bars = 0.27 * (len(chart.series) if chart.kind == "bars" else 1)
    lines = max(len(textwrap.wrap(label, _ACROSS_LABEL)) for label in chart.labels)
    legend = 0.12 + 0.18 * math.ceil(len(chart.series) / _legend_columns(chart)) if len(chart.series) > 1 else 0
    return min(0.6 + len(chart.labels) * max(bars, 0.19 * lines) + legend, width * 1.3)


def _draw(axes: Axes, chart: Chart, locale: Locale, look: Look, across: bool) -> None:
    from matplotlib.ticker import MaxNLocator

    whole = all(value is None or value == int(value) for one in chart.series for value in one.values)
    values = axes.xaxis if across else axes.yaxis
    values.set_major_locator(MaxNLocator(5, integer=whole))
    values.set_major_formatter(lambda value, _: locale.number(round(value, 6)))
    axes.grid(axis="x" if across else "y")
    wrapped = [textwrap.fill(label, _ACROSS_LABEL if across else _WIDE_LABEL) for label in chart.labels]
    places = range(len(wrapped))
    (axes.set_yticks if across else axes.set_xticks)(places, wrapped)
    (axes.tick_params)(axis="y" if across else "x", length=0)
    if across:
        axes.invert_yaxis()
        axes.set_xlabel(chart.unit)
    else:
        axes.set_title(chart.unit, loc="left")
    {"bars": _bars, "stacked": _stacked, "lines": _lines}[chart.kind](axes, chart, locale, look, across)
    if all(value is None or value >= 0 for one in chart.series for value in one.values):
        axes.set_xlim(left=0) if across else axes.set_ylim(bottom=0)


def _fill(number: int, look: Look) -> dict[str, Any]:
    """Return how the bars of a series are filled: the first plain and dark, the others light with a pattern each."""
    colour = f"#{look.colours['accent']}" if number == 0 else ("white", f"#{look.colours['head']}")[number % 2]
    return {"facecolor": colour, "edgecolor": f"#{look.colours['text']}", "linewidth": 0.6, "hatch": _HATCHES[number]}


def _bars(axes: Axes, chart: Chart, locale: Locale, look: Look, across: bool) -> None:
    thick = 0.8 / len(chart.series)
    for number, one in enumerate(chart.series):
        places = [at + (number - (len(chart.series) - 1) / 2) * thick for at in range(len(chart.labels))]
        lengths = [float("nan") if value is None else value for value in one.values]
        drawn = (axes.barh if across else axes.bar)(places, lengths, thick * 0.9, label=one.name, **_fill(number, look))
        if len(chart.labels) * len(chart.series) <= 40:
            axes.bar_label(drawn, ["" if value is None else locale.number(value) for value in one.values], padding=2)
    if len(chart.series) > 1:
        _name_bars(axes, chart)
    axes.margins(**{"x" if across else "y": 0.1})


def _stacked(axes: Axes, chart: Chart, locale: Locale, look: Look, across: bool) -> None:
    ends = [0.0] * len(chart.labels)
    top = max(sum(value or 0 for value in column) for column in zip(*(one.values for one in chart.series), strict=True)) or 1
    middles: list[float] = []
    for number, one in enumerate(chart.series):
        lengths = [value or 0 for value in one.values]
        draw = (lambda *place, left: axes.barh(*place, left=left, label=one.name, **_fill(number, look))) if across else (  # noqa: B023
            lambda *place, left: axes.bar(*place, bottom=left, label=one.name, **_fill(number, look)))  # noqa: B023  # fmt: skip
        drawn = draw(range(len(lengths)), lengths, 0.6, left=ends)
        shown = [locale.number(value) if value > top * 0.06 else "" for value in lengths]
        plate = {"facecolor": "white", "edgecolor": "none", "pad": 1}
        for words, label in zip(shown, axes.bar_label(drawn, shown, label_type="center"), strict=True):
            label.set_bbox(plate if words else None)
        middles.append(ends[-1] + lengths[-1] / 2)
        ends = [end + length for end, length in zip(ends, lengths, strict=True)]
    if across:
        _name_bars(axes, chart)
    else:
        _name_ends(axes, [one.name for one in chart.series], middles, len(chart.labels) - 0.7, top)


def _lines(axes: Axes, chart: Chart, locale: Locale, look: Look, across: bool) -> None:
    numbers = [value for one in chart.series for value in one.values if value is not None]
    names, ends = [], []
    for number, one in enumerate(chart.series):
        colour = f"#{look.colours['accent' if number % 2 == 0 else 'text']}"
        places = [float("nan") if value is None else value for value in one.values]
        style = {"linestyle": _DASHES[number], "marker": _MARKERS[number], "markersize": 4.5, "linewidth": 1.4, "clip_on": False}
        axes.plot(range(len(places)), places, color=colour, **style)  # type: ignore[arg-type]
        names.append(one.name)
        ends.append(next(value for value in reversed(one.values) if value is not None))
        if len(chart.series) == 1 and len(places) <= 24:
            for at, value in enumerate(one.values):
                if value is not None:
                    axes.annotate(locale.number(value), (at, value), xytext=(0, 5), textcoords="offset points", ha="center")
    axes.margins(y=0.15 if len(chart.series) == 1 else 0.05)
    if len(chart.series) > 1:
        _name_ends(axes, names, ends, len(chart.labels) - 1, max(numbers) - min(0, *numbers) or 1)


def _legend_columns(chart: Chart) -> int:
    """Return in how many columns the names of series fit beside each other."""
    longest = max(len(one.name) for one in chart.series)
    return min(len(chart.series), max(80 // (longest + 8), 1))


def _name_bars(axes: Axes, chart: Chart) -> None:
    axes.figure.legend(loc="outside upper left", ncols=_legend_columns(chart), frameon=False, handlelength=3)  # type: ignore[union-attr]


def _name_ends(axes: Axes, names: list[str], heights: list[float], at: float, span: float) -> None:
    """Write the name of each series at the right, at the height where it ends, or above the one below with a line that leads there."""
    lowest = float("-inf")
    for name, height in sorted(zip(names, heights, strict=True), key=lambda pair: pair[1]):
        words = textwrap.fill(name, 26)
        room = span * 0.075 * (words.count("\n") + 1)
        place = max(height, lowest + room / 2)
        leader = {"arrowstyle": "-", "linewidth": 0.4, "shrinkA": 0, "shrinkB": 2} if place > height else None
        axes.annotate(words, (at, height), (at + 0.18, place), va="center", annotation_clip=False, arrowprops=leader)
        lowest = place + room / 2
