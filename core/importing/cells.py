"""Cells of workbooks, made the texts that a file of text would have."""

from __future__ import annotations

import math

from core.importing.dates import CLOCK_BEGINS, number_date
from core.importing.rejected import Unreadable
from core.importing.table import Cell, Cells, ErrorCell
from db.fields import Kind

_EXACT = 10**15
"""Spreadsheets keep fifteen figures of a number; the others of a longer one are not what was typed."""

_BEGINNING = "1900-01-00"
"""What stands for serial 0 and its like: dates take it for unknown."""


def plain_texts(cells: Cells, kind: Kind, epoch_1904: bool = False) -> tuple[list[str], dict[int, Unreadable]]:
    """Return the text of each cell of a column, and by their places the cells that have none ('' in the list).

    A whole number becomes its digits (1001, not 1001.0), in a column of dates the day that it counts.
    """
    texts: list[str] = []
    faults = {}
    for at, cell in enumerate(cells):
        text = cell if type(cell) is str else _text(cell, kind, epoch_1904)
        if isinstance(text, Unreadable):
            if text is CLOCK_BEGINS:
                text = _BEGINNING
            else:
                faults[at] = text
                text = ""
        texts.append(text)
    return texts, faults


def _text(cell: Cell, kind: Kind, epoch_1904: bool) -> str | Unreadable:
    """Return what a cell says to a column of a kind."""
    if isinstance(cell, ErrorCell):
        return cell.text if kind == "number" else Unreadable(cell.reason)
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, float):
        if not math.isfinite(cell):
            return Unreadable("not a number")
        if kind == "date":
            return number_date(cell, epoch_1904)
        if not cell.is_integer():
            return _fraction(cell) if kind == "number" else str(cell)
        if abs(cell) >= _EXACT:
            return Unreadable("a number of over 15 figures, which spreadsheets round: make the column text")
        return str(int(cell))
    return str(cell)


def _fraction(number: float) -> str:
    """Return a number that is not whole so that its point is not taken for one between groups: 1.234 is no 1,234."""
    text = f"{number:.15g}"
    return f"{text}0" if "e" not in text else text
