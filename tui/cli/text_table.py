"""A report as a table on a terminal."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from itertools import chain
from typing import TextIO

from rich.cells import cell_len, set_cell_size

from core.query.columns import Column, Row, Value
from core.query.look import chart_figures
from core.query.result import Result
from core.text.terminal_text import neutral
from tui.month_chart import month_chart

_WIDEST = 32
"""Cells of a text at most; ids are never cut."""
_NARROWEST = 10
"""Cells below which a text is not squeezed for want of room."""
_GAP = "  "
_CHART_LINES = 14
"""Lines of a chart below a table."""


def print_table(result: Result, out: TextIO) -> list[str]:
    """Print the rows under their titles, as many columns as fit, and return notes on what did not.

    Widths follow the titles and the first block of rows.
    """
    blocks = result.blocks()
    first = next(blocks, [])
    room = shutil.get_terminal_size().columns
    widths = _fit(result.columns, _widths(result.columns, first), room)
    columns = result.columns[: len(widths)]
    print(_GAP.join(_cell(neutral(c.title), c, w) for c, w in zip(columns, widths, strict=True)).rstrip(), file=out)
    print(_GAP.join("─" * width for width in widths), file=out)
    drawn: list[Row] = []
    for block in chain([first], blocks):
        drawn += block if result.look.is_over_months else []
        for row in block:
            cells = (_cell(show(value, c), c, w) for value, c, w in zip(row, columns, widths, strict=False))
            print(_GAP.join(cells).rstrip(), file=out)
    _print_chart(result, drawn, room, out)
    if len(columns) == len(result.columns):
        return []
    return [
        f"{len(columns)} of {len(result.columns)} columns fit here: choose some with --columns, or write a file with"
        " --output."
    ]


def _print_chart(result: Result, rows: Sequence[Row], room: int, out: TextIO) -> None:
    """Print the chart of a report over months below its rows."""
    figures = chart_figures(result.look, result.columns, rows) if result.look.is_over_months else None
    lines = month_chart(figures, room - 1, _CHART_LINES) if figures else []
    if lines:
        print("", *lines, sep="\n", file=out)


def show(value: Value, column: Column) -> str:
    """Return a value as a terminal shows it: as its kind does, harmless and on one line, whatever its column is."""
    return neutral(column.kind.show(value))


def _widths(columns: Sequence[Column], rows: Sequence[Row]) -> list[int]:
    """Return the width each column wants."""
    widths = []
    for place, column in enumerate(columns):
        widest = max((cell_len(show(row[place], column)) for row in rows), default=0)
        if column.kind.is_breakable:
            widest = min(widest, _WIDEST)
        widths.append(max(widest, cell_len(neutral(column.title))))
    return widths


def _fit(columns: Sequence[Column], widths: list[int], room: int) -> list[int]:
    """Squeeze texts, the widest first, until all columns fit; leave the last columns out where they still do not."""
    widths = list(widths)
    while _total(widths) > room:
        texts = [
            place for place, column in enumerate(columns) if column.kind.is_breakable and widths[place] > _NARROWEST
        ]
        if not texts:
            break
        widths[max(texts, key=widths.__getitem__)] -= 1
    while len(widths) > 1 and _total(widths) > room:
        widths.pop()
    return widths


def _total(widths: list[int]) -> int:
    return sum(widths) + len(_GAP) * (len(widths) - 1)


def _cell(text: str, column: Column, width: int) -> str:
    length = cell_len(text)
    if length > width:
        return set_cell_size(text, max(0, width - 1)) + "…"
    blanks = " " * (width - length)
    return blanks + text if column.is_number else text + blanks
