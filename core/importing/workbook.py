"""Workbooks, XLSX and old XLS, read by calamine. Runs in the child process only (see `sandbox`)."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import python_calamine
from python_calamine import CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from core.importing.heading_row import SAMPLE_ROWS
from core.importing.old_workbook import OldWorkbook
from core.importing.sandbox import CannotRead, SheetStart
from core.importing.table import Cell, Cells, ErrorCell
from core.importing.workbook_parts import WorkbookParts

_FIRST_SURE_DAY = datetime.date(1900, 3, 1)
"""Serial 60 is a day that never was, and calamine gives it and the days before it as others."""


class Workbook:
    """One workbook, one sheet of it in memory at a time."""

    def __init__(self, path: Path, is_old: bool) -> None:
        """Open a workbook.

        Raises:
            CannotRead: a password protects it.
        """
        try:
            self._book = CalamineWorkbook.from_path(path)
        except python_calamine.PasswordError as error:
            raise CannotRead("is protected by a password.") from error
        self._parts = OldWorkbook(path) if is_old else WorkbookParts(path)
        self.epoch_1904 = self._parts.epoch_1904
        self._loaded: CalamineSheet | None = None

    def starts(self) -> list[SheetStart]:
        """Return the sheets that hold cells, with their first rows."""
        return [
            SheetStart(
                sheet.name,
                sheet.visible == SheetVisibleEnum.Visible,
                list(islice(self.rows(sheet.name), SAMPLE_ROWS)),
            )
            for sheet in self._book.sheets_metadata
            if sheet.typ == SheetTypeEnum.WorkSheet
        ]

    def rows(self, sheet: str) -> Iterator[Cells]:
        """Yield the rows of a sheet, as wide as its widest."""
        if self._loaded is None or self._loaded.name != sheet:
            self._loaded = self._book.get_sheet_by_name(sheet)
        loaded = self._loaded
        if loaded.start is None:
            return
        left = loaded.start[1]
        errors = self._parts.errors(sheet)
        for number, row in enumerate(loaded.iter_rows()):
            cells: list[Cell] = [cell if type(cell) is str else _cell(cell) for cell in row]
            for column, error in errors.get(number, {}).items():
                cells[column - left] = error
            yield cells


def _cell(value: object) -> Cell:
    """Return a cell of calamine as ours: dates as ISO text, without a time at midnight."""
    if isinstance(value, bool | int | float):
        return value
    if isinstance(value, datetime.datetime):
        text = value.isoformat(sep=" ") if value.time() != datetime.time() else value.date().isoformat()
        return text if value.date() >= _FIRST_SURE_DAY else ErrorCell(text, "a date before March 1900")
    if isinstance(value, datetime.date):
        text = value.isoformat()
        return text if value >= _FIRST_SURE_DAY else ErrorCell(text, "a date before March 1900")
    return str(value)
