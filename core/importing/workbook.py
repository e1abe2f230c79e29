"""XLSX workbooks, read by calamine. Runs in the child process only (see `sandbox`)."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from itertools import count, islice
from pathlib import Path

import python_calamine
from python_calamine import CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from core.importing.heading_row import SAMPLE_ROWS
from core.importing.sandbox import CannotRead, SheetStart
from core.importing.table import Cell, Cells, ErrorCell
from core.importing.xlsx_parts import SheetFacts, WorkbookParts

_FIRST_SURE_DAY = datetime.date(1900, 3, 1)
"""Serial 60 is a day that never was, and calamine gives it and the days before it as others."""
_YEARS = (datetime.date(1905, 3, 14), datetime.date(1905, 10, 1))
"""The days that the numbers 1900 to 2100 count: who typed such a number meant a year."""
_EPOCH = datetime.date(1899, 12, 30)


class Workbook:
    """One workbook, one sheet of it in memory at a time."""

    def __init__(self, path: Path) -> None:
        """Open a workbook.

        Raises:
            CannotRead: a password protects it, or it defines entities.
        """
        self._parts = WorkbookParts(path)
        try:
            self._book = CalamineWorkbook.from_filelike(self._parts.usual(path))  # by a path it goes by the ending
        except python_calamine.PasswordError as error:
            raise CannotRead("is protected by a password.") from error
        self.epoch_1904 = self._parts.epoch_1904
        self._loaded: CalamineSheet | None = None

    def starts(self) -> list[SheetStart]:
        """Return the sheets that hold cells, with their first rows."""
        found = []
        for sheet in self._book.sheets_metadata:
            if sheet.typ == SheetTypeEnum.WorkSheet:
                rows = list(islice(self.rows(sheet.name), SAMPLE_ROWS))
                facts = self._parts.facts(sheet.name)
                is_visible = sheet.visible == SheetVisibleEnum.Visible
                found.append(
                    SheetStart(sheet.name, is_visible, rows, tuple(facts.hidden_rows), tuple(facts.hidden_columns))
                )
        return found

    def rows(self, sheet: str) -> Iterator[Cells]:
        """Yield the rows of a sheet, each from its column A."""
        if self._loaded is None or self._loaded.name != sheet:
            self._loaded = self._book.get_sheet_by_name(sheet)
        loaded, facts = self._loaded, self._parts.facts(sheet)
        left = [""] * (loaded.start[1] if loaded.start else 0)
        number = -1
        for number, row in enumerate(loaded.iter_rows() if loaded.start else ()):
            cells: list[Cell] = [*left, *(cell if type(cell) is str else _cell(cell) for cell in row)]
            yield _with(cells, facts, number)
        for further in count(number + 1):  # rows of nothing but formulas: calamine ends before them
            if further > max(facts.cells, default=-1):
                return
            yield _with([], facts, further)


def _with(cells: list[Cell], facts: SheetFacts, number: int) -> list[Cell]:
    """Return a row with the cells that its values do not say."""
    for column, cell in facts.cells.get(number, {}).items():
        cells += [""] * (column + 1 - len(cells))
        cells[column] = cell
    return cells


def _cell(value: object) -> Cell:
    """Return a cell of calamine as ours: dates as ISO text, without a time at midnight."""
    if isinstance(value, bool | int | float):
        return value
    if isinstance(value, datetime.datetime):
        return day_cell(value)
    if isinstance(value, datetime.date):
        return day_cell(datetime.datetime.combine(value, datetime.time()))
    return str(value)


def day_cell(moment: datetime.datetime) -> Cell:
    """Return a workbook's moment as ISO text, without a time at midnight; a number where it was typed as one."""
    day = moment.date()
    if _YEARS[0] <= day < _YEARS[1]:
        return float((day - _EPOCH).days)
    text = moment.isoformat(sep=" ") if moment.time() != datetime.time() else day.isoformat()
    if day < datetime.date(1900, 1, 2):
        return "1900-01-00"  # serial 0 or 1, which means unknown
    return text if day >= _FIRST_SURE_DAY else ErrorCell(text, "a date before March 1900")
