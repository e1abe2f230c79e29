"""Old XLS workbooks, Excel 5 to 2003, read by xlrd. Runs in the child process only (see `sandbox`)."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import xlrd
from xlrd.biffh import XL_CELL_BOOLEAN, XL_CELL_DATE, XL_CELL_ERROR, XL_CELL_NUMBER, XL_CELL_TEXT

from core.importing.heading_row import SAMPLE_ROWS
from core.importing.sandbox import CannotRead, SheetStart
from core.importing.table import Cell, Cells, ErrorCell
from core.importing.workbook import day_cell

_ZEROS = re.compile(r"0{2,}")


class OldWorkbook:
    """One workbook in memory."""

    def __init__(self, path: Path, encoding: str | None = None) -> None:
        """Read a workbook.

        Args:
            path: the file.
            encoding: how texts of one byte a character are written, in place of what the file says.

        Raises:
            CannotRead: a password protects it, or it is damaged.
        """
        try:
            self._book = xlrd.open_workbook(
                file_contents=path.read_bytes(),
                logfile=io.StringIO(),
                formatting_info=True,
                ragged_rows=True,
                encoding_override=encoding,
            )
        except xlrd.XLRDError as error:
            if "encrypt" in str(error).lower() or "password" in str(error).lower():
                raise CannotRead("is protected by a password.") from error
            raise
        self.epoch_1904 = bool(self._book.datemode)

    def starts(self) -> list[SheetStart]:
        """Return the sheets of cells, with their first rows."""
        return [
            SheetStart(
                sheet.name,
                not sheet.visibility,
                list(islice(self.rows(sheet.name), SAMPLE_ROWS)),
                tuple(number for number, row in sheet.rowinfo_map.items() if row.hidden),
                tuple(number for number, column in sheet.colinfo_map.items() if column.hidden),
            )
            for sheet in self._book.sheets()
        ]

    def rows(self, sheet: str) -> Iterator[Cells]:
        """Yield the rows of a sheet."""
        read = self._book.sheet_by_name(sheet)
        for number in range(read.nrows):
            yield [self._cell(cell) for cell in read.row(number)]

    def _cell(self, cell: xlrd.sheet.Cell) -> Cell:
        """Return a cell of xlrd as ours: dates as ISO text, figures as they are shown."""
        if cell.ctype == XL_CELL_TEXT:
            return str(cell.value)
        if cell.ctype == XL_CELL_NUMBER:
            return self._number(cell)
        if cell.ctype == XL_CELL_DATE:
            try:
                return (
                    day_cell(xlrd.xldate_as_datetime(cell.value, self._book.datemode))
                    if cell.value >= 61
                    else cell.value
                )
            except (ValueError, OverflowError):
                return float(cell.value)
        if cell.ctype == XL_CELL_BOOLEAN:
            return bool(cell.value)
        if cell.ctype == XL_CELL_ERROR:
            text = xlrd.error_text_from_code.get(cell.value, "#N/A")
            return ErrorCell(text, "an error in the workbook")
        return ""

    def _number(self, cell: xlrd.sheet.Cell) -> Cell:
        """Return a number; as text where its format shows zeros before it."""
        number = float(cell.value)
        style = self._book.xf_list[cell.xf_index] if cell.xf_index is not None else None
        known = self._book.format_map.get(style.format_key) if style else None
        if known and _ZEROS.fullmatch(known.format_str) and number.is_integer() and number >= 0:
            return str(int(number)).zfill(len(known.format_str))
        return number
