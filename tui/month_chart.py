"""A chart over months drawn with signs that every terminal has: for screens, and for reports printed on a terminal.

Series are told apart without colour, by what fills their columns; without UTF-8 the signs become plain ones.
"""

from __future__ import annotations

from math import ceil

from core.query.look import ChartFigures, ChartShape, Series
from exporters.chart_layout import ticks
from tui.bars import FULL, HEIGHTS, LIGHT

FILLS = (FULL, LIGHT, "│")
"""Of the columns of each series."""
LEAST_HEIGHT, LEAST_WIDTH = 6, 24
"""Lines and cells below which nothing could be read off."""
_AROUND = 3
"""Lines for what is not the plot: the series' names, the axis, and the months' names."""
_USED = 0.75
"""How much of a month's room its columns take."""


def month_chart(figures: ChartFigures, width: int, height: int) -> list[str]:
    """Return the lines of a chart, from the top; none where there is too little room, or nothing over months.

    Where there are more months than cells, the last ones are drawn.

    Args:
        figures: what it draws; of more series than `FILLS` the first are drawn.
        width: the cells of a line at most.
        height: the lines at most.
    """
    if figures.chart.shape is ChartShape.BARS or width < LEAST_WIDTH or height < LEAST_HEIGHT:
        return []
    plot = height - _AROUND
    scale = _scale(figures, plot)
    left = max(map(len, scale.values()))
    room = width - left - 2
    names = figures.categories[-room:]
    slot = room // len(names)
    cells = [[" "] * (slot * len(names)) for _ in range(plot)]
    for place, one in enumerate(figures.series[: len(FILLS)]):
        _draw(cells, one, place, slot, min(len(figures.series), len(FILLS)), max(ticks(figures.greatest)))
    lines = [_legend(figures, left, width)]
    lines += [
        f"{scale.get(line, ''):>{left}} {'┤' if line in scale else '│'}{''.join(row).rstrip()}"
        for line, row in enumerate(cells)
    ]
    lines.append(f"{'0':>{left}} └{'─' * (slot * len(names))}")
    lines.append(f"{'':{left + 2}}{_names(names, slot)}".rstrip())
    return lines


def _scale(figures: ChartFigures, plot: int) -> dict[int, str]:
    """Return the marks of the scale by the plot's lines, counted from the top; 0 stands below them."""
    marks = [mark for mark in ticks(figures.greatest) if mark]
    high = plot - 1  # above the highest mark there is room for a figure
    return {plot - max(1, round(high * mark / marks[-1])): f"{mark:,.12g}" for mark in marks}


def _draw(cells: list[list[str]], one: Series, place: int, slot: int, series: int, top: float) -> None:
    """Draw the columns of a series, with the figure above each where all of them have room."""
    count = len(cells[0]) // slot
    values = one.values[-count:]
    width = max(1, int(slot * _USED / series))
    start = max(0, (slot - width * series) // 2) + place * width
    texts = one.column.kind.shown(values)
    has_figures = all(len(text) < slot if series == 1 else len(text) <= width for text in texts)
    for at, (value, text) in enumerate(zip(values, texts, strict=True)):
        eighths = round(8 * (len(cells) - 1) * max(value or 0, 0) / top) or bool(value and value > 0)
        whole, rest = divmod(eighths, 8) if FILLS[place] == FULL else (ceil(eighths / 8), 0)
        for column in range(at * slot + start, min(at * slot + start + width, (at + 1) * slot)):
            for line in range(whole):
                cells[-1 - line][column] = FILLS[place]
            if rest:
                cells[-1 - whole][column] = HEIGHTS[rest - 1]
        above = whole + bool(rest)
        if has_figures and value:
            begin = at * slot + max(0, start + (width - len(text)) // 2)
            for offset, sign in enumerate(text):
                cells[-1 - above][begin + offset] = sign


def _legend(figures: ChartFigures, left: int, width: int) -> str:
    """Return what each fill stands for: above the plot where there is room, else from the edge on, cut if need be."""
    named = [f"{fill} {one.column.title}" for fill, one in zip(FILLS, figures.series, strict=False)]
    roomy = f"{'':{left + 2}}" + "   ".join(named)
    return roomy if len(roomy) <= width else " ".join(named)[:width]


def _names(names: tuple[str, ...], slot: int) -> str:
    """Return the names below their columns; where not all have room every second, third …, the last always."""
    widest = max(map(len, names))
    step = max(1, ceil((widest + 1) / slot))
    whole = max(slot * len(names), widest)
    line = [" "] * whole
    behind = whole + 1
    for at in range(len(names) - 1, -1, -step):
        name = names[at]
        begin = min(max(0, at * slot + (slot - len(name)) // 2), whole - len(name))
        if begin + len(name) < behind:
            line[begin : begin + len(name)] = name
            behind = begin
    return "".join(line)
