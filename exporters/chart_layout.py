"""Where the parts of a chart stand: the same in PDF and HTML, which only draw them.

Lengths are in the unit of the given width, from the upper left corner. Series are told apart without colour: by the
fill of their bars or the dashes of their lines, and by their words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from math import ceil, floor, log10
from typing import Literal

from core.query.look import ChartFigures, ChartShape

Measure = Callable[[str], float]
"""Returns the width of a text of size 1."""
Anchor = Literal["start", "middle", "end"]
Role = Literal["name", "figure", "words"]
"""What a text is: the name of a group, a figure, or words beside one."""

MOST_SERIES = 3
"""As many fills and dashes there are."""

_BAR, _STEP, _BETWEEN = 1.25, 1.5, 1.1
"""Of lying bars: how high one is, how far it is to the next, and what is blank between two groups; in ems."""
_GAP = 0.7
"""Between a text and what it belongs to, in ems."""
_PLOT, _LEGEND, _FOOT = 14.0, 2.2, 1.8
"""How high the plot over months is, the line of words above it and the names below; in ems."""
_MOST_TICKS = 5
_USED = 0.72
"""How much of a month's room its bars take."""
_BASELINE = 0.35
"""How far a text stands below the middle of what it belongs to, in ems."""


@dataclass(frozen=True, slots=True)
class Box:
    """A bar of a series, by its number from 0."""

    x: float
    y: float
    width: float
    height: float
    series: int


@dataclass(frozen=True, slots=True)
class Run:
    """The line of a series; it begins anew behind an unknown value."""

    points: tuple[tuple[float, float], ...]
    series: int


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line: an axis, or one of the scale behind it."""

    x1: float
    y1: float
    x2: float
    y2: float
    is_axis: bool


@dataclass(frozen=True, slots=True)
class Label:
    """A text; `y` is its baseline."""

    x: float
    y: float
    text: str
    role: Role
    anchor: Anchor = "start"
    beside: str = ""
    """Words that follow it, after a blank."""


@dataclass(slots=True)
class Drawing:
    """A chart's parts."""

    width: float
    height: float = 0.0
    boxes: list[Box] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    labels: list[Label] = field(default_factory=list)


def layout(figures: ChartFigures, width: float, em: float, measure: Measure) -> Drawing:
    """Return the parts of a chart.

    Args:
        figures: what it draws; of more than `MOST_SERIES` series the first are drawn.
        width: the room there is.
        em: the size of the text.
        measure: how wide a text is.
    """
    drawing = Drawing(width)
    if figures.chart.shape is ChartShape.BARS:
        _lay_bars(drawing, figures, em, measure)
    else:
        _lay_months(drawing, figures, em, measure)
    return drawing


def _lay_bars(drawing: Drawing, figures: ChartFigures, em: float, measure: Measure) -> None:
    """Lay bars from the left, each with its figure and its series' words behind it."""
    series = figures.series[:MOST_SERIES]
    left = (max(map(measure, figures.categories)) + _GAP) * em
    texts = [one.column.kind.shown(one.values) for one in series]
    words = [one.column.title.lower() for one in series]
    behind = max(measure(text) for one in texts for text in one) + max(map(measure, words)) + 2 * _GAP
    scale = (drawing.width - left - behind * em) / max(figures.greatest, 1)
    height = len(series) * _STEP * em
    for group, name in enumerate(figures.categories):
        top = group * (height + _BETWEEN * em)
        middle = top + (height - (_STEP - _BAR) * em) / 2
        drawing.labels.append(Label(left - _GAP * em, middle + _BASELINE * em, name, "name", "end"))
        for place, one in enumerate(series):
            y, length = top + place * _STEP * em, max(one.values[group] or 0, 0) * scale
            if length:
                drawing.boxes.append(Box(left, y, length, _BAR * em, place))
            x, baseline = left + length + _GAP * em, y + (_BAR / 2 + _BASELINE) * em
            drawing.labels.append(Label(x, baseline, texts[place][group], "figure", beside=words[place]))
        drawing.height = top + height - (_STEP - _BAR) * em
    drawing.rules.append(Rule(left, 0.0, left, drawing.height, is_axis=True))


def _lay_months(drawing: Drawing, figures: ChartFigures, em: float, measure: Measure) -> None:
    """Lay a plot with its scale at the left and its categories below: standing bars, or lines."""
    top, bottom = _LEGEND * em, (_LEGEND + _PLOT) * em
    tick_values = list(ticks(figures.greatest))
    marks = [f"{tick:,.12g}" for tick in tick_values]
    left = (max(map(measure, marks)) + _GAP) * em
    scale = (bottom - top) / tick_values[-1]
    for tick, mark in zip(tick_values, marks, strict=True):
        y = bottom - tick * scale
        drawing.rules.append(Rule(left, y, drawing.width, y, is_axis=not tick))
        drawing.labels.append(Label(left - _GAP * em, y + _BASELINE * em, mark, "words", "end"))
    slot = (drawing.width - left) / len(figures.categories)
    _lay_names(drawing, figures.categories, left, slot, em, measure)
    _lay_legend(drawing, figures, left, em, measure)
    if figures.chart.shape is ChartShape.COLUMNS:
        _lay_columns(drawing, figures, (left, bottom, slot, scale), em, measure)
    else:
        _lay_runs(drawing, figures, (left, bottom, slot, scale), em, measure)
    drawing.height = bottom + _FOOT * em


Plot = tuple[float, float, float, float]
"""Where it begins at the left, where 0 is, how wide a category is, and the height of 1."""


def _lay_columns(drawing: Drawing, figures: ChartFigures, plot: Plot, em: float, measure: Measure) -> None:
    left, bottom, slot, scale = plot
    series = figures.series[:MOST_SERIES]
    width = slot * _USED / len(series)
    has_figures = _fit(figures, slot * _USED / len(series) + em * _GAP / 2, em, measure)
    for group in range(len(figures.categories)):
        start = left + slot * (group + (1 - _USED) / 2)
        for place, one in enumerate(series):
            value, x = one.values[group], start + place * width
            height = max(value or 0, 0) * scale
            if height:
                drawing.boxes.append(Box(x, bottom - height, width, height, place))
            if value is not None and has_figures:
                baseline = bottom - height - em * _GAP / 2
                drawing.labels.append(Label(x + width / 2, baseline, one.column.kind.show(value), "figure", "middle"))


def _lay_runs(drawing: Drawing, figures: ChartFigures, plot: Plot, em: float, measure: Measure) -> None:
    left, bottom, slot, scale = plot
    is_alone = len(figures.series) == 1  # figures of several lines would lie on each other
    has_figures = is_alone and _fit(figures, slot, em, measure)
    for place, one in enumerate(figures.series[:MOST_SERIES]):
        points: list[tuple[float, float]] = []
        for group, value in enumerate(one.values):
            if value is None:
                _end_run(drawing, points, place)
                points = []
                continue
            points.append((left + slot * (group + 0.5), bottom - max(value, 0) * scale))
            if has_figures or (is_alone and group == len(one.values) - 1):
                x, y = points[-1]
                drawing.labels.append(Label(x, y - em * _GAP, one.column.kind.show(value), "figure", "middle"))
        _end_run(drawing, points, place)


def _end_run(drawing: Drawing, points: list[tuple[float, float]], series: int) -> None:
    if points:
        drawing.runs.append(Run(tuple(points), series))


def _lay_names(drawing: Drawing, names: tuple[str, ...], left: float, slot: float, em: float, measure: Measure) -> None:
    """Name the categories below the plot; where not all have room every second, third …, the last always."""
    widest = (max(map(measure, names)) + _GAP) * em
    step = max(1, ceil(widest / slot))
    baseline = (_LEGEND + _PLOT + _FOOT / 2 + _BASELINE) * em
    for group in range(len(names) - 1, -1, -step):
        drawing.labels.append(Label(left + slot * (group + 0.5), baseline, names[group], "words", "middle"))


def _lay_legend(drawing: Drawing, figures: ChartFigures, left: float, em: float, measure: Measure) -> None:
    """Say above the plot which fill or dash is which series."""
    x, height = left, em
    for place, one in enumerate(figures.series[:MOST_SERIES]):
        if figures.chart.shape is ChartShape.COLUMNS:
            drawing.boxes.append(Box(x, 0.0, height, height, place))
        else:
            drawing.runs.append(Run(((x, height / 2), (x + 2 * em, height / 2)), place))
            x += em
        x += em * (1 + _GAP / 2)
        drawing.labels.append(Label(x, (0.5 + _BASELINE) * em, one.column.title, "words"))
        x += (measure(one.column.title) + 2 * _GAP) * em


def _fit(figures: ChartFigures, room: float, em: float, measure: Measure) -> bool:
    """Return whether every figure fits into so much room."""
    return all(measure(text) * em <= room for one in figures.series for text in one.column.kind.shown(one.values))


def ticks(greatest: float) -> Iterator[float]:
    """Yield the numbers of a scale from 0 to at least `greatest`: by 1, 2 or 5 times a power of ten."""
    wanted = max(greatest, 1.0) / _MOST_TICKS
    power = 10.0 ** floor(log10(wanted))
    step = next(size * power for size in (1, 2, 5, 10) if size * power >= wanted)
    step = max(step, 1.0) if greatest > 1 else step
    for count in range(ceil(max(greatest, 1.0) / step - 1e-9) + 1):
        yield round(count * step, 6)
