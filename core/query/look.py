"""How a report looks, said once by the report itself: every screen and every file draws from these words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from core.query.columns import Column, Row

TOTAL = "Total"
"""What the row of totals reads."""


class ChartShape(StrEnum):
    """What figures are drawn as."""

    BARS = "bars"
    """Lying bars, the series of a group below each other: for a few groups with names."""
    COLUMNS = "columns"
    """Standing bars, the series of a group side by side: for months."""
    LINE = "line"
    """A line for each series: for the run of a figure over months."""


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart of a report's own rows: its columns named by their keys."""

    shape: ChartShape
    title: str
    category: str
    """The column that names the groups."""
    series: tuple[str, ...]
    """The columns of numbers that are drawn, in this order."""
    description: str
    """What it shows, in a sentence, for those who cannot see it."""


@dataclass(frozen=True, slots=True)
class Look:
    """What is peculiar to a report's looks."""

    rows_are: str = "Accounts"
    """What its rows are, as the name of a sheet or a bookmark."""
    known_by: str = "company"
    """The column by which people know a row; the first one where it is not shown."""
    total_in: str = ""
    """The column that reads Total in the last row, which adds up those above; '' where there is no such row."""
    chart: Chart | None = None

    @property
    def is_over_months(self) -> bool:
        """Whether its chart shows figures over months, as screens draw them too."""
        return self.chart is not None and self.chart.shape is not ChartShape.BARS

    @property
    def has_total(self) -> bool:
        """Whether the last row adds up those above."""
        return bool(self.total_in)


PLAIN = Look()
"""The looks of a report with nothing peculiar."""


@dataclass(frozen=True, slots=True)
class Series:
    """One column of a chart."""

    column: Column
    place: int
    """Where the column stands among those shown, counted from 0."""
    values: tuple[int | float | None, ...]
    """A number for each category; None where it is unknown."""


@dataclass(frozen=True, slots=True)
class ChartFigures:
    """What a chart draws: its declaration, filled from the rows that are shown."""

    chart: Chart
    category_place: int
    """Where the column of the categories stands among those shown, counted from 0."""
    categories: tuple[str, ...]
    series: tuple[Series, ...]

    @property
    def greatest(self) -> float:
        """The greatest number drawn; 0 where there is none above it."""
        return max((value or 0 for one in self.series for value in one.values), default=0)


def chart_figures(look: Look, columns: Sequence[Column], rows: Iterable[Row]) -> ChartFigures | None:
    """Return what a report's chart draws of these rows, the Total row left out.

    None where the report declares no chart, where its categories or all of its series are not among `columns`, or
    where there are no rows to draw.
    """
    chart = look.chart
    places = {column.key: place for place, column in enumerate(columns)}
    if chart is None or chart.category not in places:
        return None
    drawn = list(rows)[: -1 if look.has_total else None]
    shown = [key for key in chart.series if key in places]
    if not drawn or not shown:
        return None
    category = places[chart.category]
    return ChartFigures(
        chart,
        category,
        tuple(str(row[category] or "") for row in drawn),
        tuple(_series(columns[places[key]], places[key], drawn) for key in shown),
    )


def _series(column: Column, place: int, rows: Sequence[Row]) -> Series:
    cells = (row[place] for row in rows)
    return Series(column, place, tuple(cell if isinstance(cell, int | float) else None for cell in cells))
