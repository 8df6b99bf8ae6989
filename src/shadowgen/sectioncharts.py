"""The charts of a section file, put into its prose where `![](#name)` stands.

Enters: validated `charts` of a section or a translation, with places. Leaves: blocks whose figures hold their `Chart`, so that a chart goes wherever
its figure goes, through the gate as well; and every problem with its place.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import replace

from shadowgen import rules
from shadowgen.chartdata import Chart, Series
from shadowgen.chartfields import ChartFile, ChartWords
from shadowgen.diagnostics import Diagnostic, did_you_mean
from shadowgen.nodes import Block, Blocks, Box, Cite, Figure, Inlines, Item, List, Quote, Text
from shadowgen.yamlfile import Document
from shadowgen.yamlfile import Path as YamlPath

Line = Callable[[Document, YamlPath, str], Inlines]
Figures = Mapping[str, Figure]


def read_charts(document: Document, charts: Mapping[str, ChartFile], line: Line, problems: list[Diagnostic]) -> Figures:
    """Return a figure for each chart of a section; `line` parses the words of one line."""
    figures: dict[str, Figure] = {}
    for name, model in charts.items():
        path: YamlPath = ("charts", name)
        problems += _faults(document, path, model)
        source = line(document, (*path, "source"), model.source)
        if not any(isinstance(one, Cite) for one in source) or any(not isinstance(one, Cite) and one != Text(" ") for one in source):
            problems.append(rules.WRONG_VALUE.at(document.origin((*path, "source")), "a citation is expected here", 'write "[@key, p. 3]"'))
        series = tuple(Series(one, tuple(None if value == "none" else value for value in values)) for one, values in model.series.items())
        chart = Chart(model.chart, model.unit, tuple(model.x), series, model.table == "yes", model.audience or "")
        caption = (*line(document, (*path, "caption"), model.caption), *source)
        figures[name] = Figure("", model.alt or "", caption, chart=chart)
    return figures


def _faults(document: Document, path: YamlPath, model: ChartFile) -> list[Diagnostic]:
    """Return what is wrong with the data themselves."""
    found = []
    for name, values in model.series.items():
        place = document.origin((*path, "series", name), key=True)
        if len(values) != len(model.x):
            hint = "write none where there is no data"
            found.append(rules.WRONG_VALUE.at(place, f"'{name}' has {len(values)} values for {len(model.x)} labels", hint))
        if model.chart == "stacked" and any(value != "none" and value < 0 for value in values):
            found.append(rules.WRONG_VALUE.at(place, f"'{name}' has a negative value, which cannot be stacked"))
        if all(value == "none" for value in values):
            found.append(rules.WRONG_VALUE.at(place, f"'{name}' has no data at all"))
    printed = {(*path, "unit"): model.unit, (*path, "alt"): model.alt or ""}
    printed |= {(*path, "x", at): label for at, label in enumerate(model.x)} | {(*path, "series", name): name for name in model.series}
    return found + _marks(document, printed)


def _marks(document: Document, printed: Mapping[YamlPath, str]) -> list[Diagnostic]:
    """Return marks of prose in words that are printed as they stand; a mark of confidence there would print what it means to hide."""
    message, hint = "marks work in the caption of a chart only", "delete the mark, or give the chart an 'audience'"
    strange = re.compile(r"\{\s*(?:internal|committee)\b|\[(?:#|@(?!@))|\^\[|\{\{")
    return [
        rules.UNCLOSED_MARK.at(document.origin(path, key=path[-2] == "series"), message, hint)
        for path, words in printed.items()
        if strange.search(words)
    ]


def translate_charts(
    document: Document, words: Mapping[str, ChartWords], originals: Figures, line: Line, problems: list[Diagnostic]
) -> Figures:
    """Return the original's figures with the words of a translation; the data and their source stay."""
    figures = dict(originals)
    for name, model in words.items():
        path: YamlPath = ("charts", name)
        if name not in originals:
            hint = did_you_mean(name, list(originals))
            problems.append(rules.MISSING_PICTURE.at(document.origin(path, key=True), f"the original has no chart '{name}'", hint))
            continue
        chart = originals[name].chart
        assert chart is not None
        known = {*chart.labels, *(one.name for one in chart.series)}
        for label in model.labels.keys() - known:
            place = document.origin((*path, "labels", label), key=True)
            problems.append(rules.WRONG_VALUE.at(place, f"the chart has no label or series '{label}'", did_you_mean(label, sorted(known))))
        printed = {(*path, "unit"): model.unit or "", (*path, "alt"): model.alt or ""}
        problems += _marks(document, printed | {(*path, "labels", label): shown for label, shown in model.labels.items()})
        source = tuple(one for one in originals[name].caption if isinstance(one, Cite))[-_sources(originals[name]) :]
        caption = (*line(document, (*path, "caption"), model.caption), *source)
        figures[name] = replace(originals[name], alt=model.alt or "", caption=caption, chart=_in_words(chart, model))
    return figures


def _sources(figure: Figure) -> int:
    """Return how many citations at the end of a caption are the chart's source."""
    count = 0
    for one in reversed(figure.caption):
        if not isinstance(one, Cite) and one != Text(" "):
            break
        count += isinstance(one, Cite)
    return count


def _in_words(chart: Chart, model: ChartWords) -> Chart:
    shown = lambda label: model.labels.get(label, label)  # noqa: E731
    series = tuple(Series(shown(one.name), one.values) for one in chart.series)
    return replace(chart, unit=model.unit or chart.unit, labels=tuple(map(shown, chart.labels)), series=series)


def place_charts(blocks: Blocks, figures: Figures, document: Document, described: Collection[str], problems: list[Diagnostic]) -> Blocks:
    """Return the blocks with their charts; report what names no chart, and which charts the file describes and does not place."""
    placed: set[str] = set()

    def inside(block: Block) -> Block:
        match block:
            case Figure() if block.file.startswith("#"):
                name = block.file.removeprefix("#")
                if found := figures.get(name):
                    placed.add(name)
                    return replace(found, file=block.file, anchor=block.anchor, origin=block.origin)
                hint = did_you_mean(name, list(figures)) or "describe it under 'charts' of the section"
                problems.append(rules.MISSING_PICTURE.at(block.origin, f"the section has no chart '{name}'", hint))
            case List():
                return replace(block, items=tuple(Item(tuple(map(inside, item.blocks))) for item in block.items))
            case Quote() | Box():
                return replace(block, blocks=tuple(map(inside, block.blocks)))
        return block

    done = tuple(map(inside, blocks))
    for name in sorted({*described} & {*figures} - placed):
        message = f"the chart '{name}' stands nowhere in the body"
        problems.append(rules.WRONG_VALUE.at(document.origin(("charts", name), key=True), message, f"write ![](#{name}) where it belongs"))
    for name in sorted(placed - {*described}):
        message, hint = f"the chart '{name}' has no words in this language", "give it a caption under 'charts'"
        problems.append(rules.NO_TRANSLATION.at(document.origin(), message, hint))
    return done
