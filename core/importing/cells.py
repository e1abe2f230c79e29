"""Cells of workbooks, made the texts that a file of text would have."""

from __future__ import annotations

import math

from core.importing.dates import serial_date
from core.importing.table import Cell, Cells, ErrorCell
from core.importing.unreadable import Unreadable
from db.fields import Kind

_EXACT = 10**15
"""Spreadsheets keep fifteen figures of a number; the others of a longer one are not what was typed."""


def plain_texts(cells: Cells, kind: Kind, epoch_1904: bool = False) -> tuple[list[str], dict[int, Unreadable]]:
    """Return the text of each cell of a column, and by their places the cells that have none ('' in the list).

    A whole number becomes its digits (1001, not 1001.0), in a column of dates the day that it counts.
    """
    texts: list[str] = []
    faults = {}
    for at, cell in enumerate(cells):
        text = cell if type(cell) is str else _text(cell, kind, epoch_1904)
        if isinstance(text, Unreadable):
            faults[at] = text
            text = ""
        texts.append(text)
    return texts, faults


def _text(cell: Cell, kind: Kind, epoch_1904: bool) -> str | Unreadable:
    """Return what a cell says to a column of a kind."""
    if isinstance(cell, ErrorCell):
        return Unreadable(cell.reason)
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, float):
        if not math.isfinite(cell):
            return Unreadable("not a number")
        if kind == "date":
            return serial_date(int(cell // 1), epoch_1904)
        if not cell.is_integer():
            return Unreadable("not a whole number") if kind == "number" else str(cell)
        if abs(cell) >= _EXACT:
            return Unreadable("a number of over 15 figures, which spreadsheets round: make the column text")
        return str(int(cell))
    return str(cell)
