"""A chart as data: what is counted, for which labels, in which series. How it looks is the affair of `charts`."""

from __future__ import annotations

from dataclasses import dataclass

KINDS = ("bars", "lines", "stacked")


@dataclass(frozen=True, slots=True)
class Series:
    """One row of values with its name; None where there is no data."""

    name: str
    values: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """Values in one unit, as many in each series as there are labels (years, mostly).

    `table` asks for the data as a table after the figure; `audience` is who may see the chart, until the gate has been passed.
    """

    kind: str
    unit: str
    labels: tuple[str, ...]
    series: tuple[Series, ...]
    table: bool = False
    audience: str = ""
