"""The Summary sheet: title, parameters, freshness, totals and notes, beside the data and never below it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC

from openpyxl import Workbook
from openpyxl.styles import Alignment
from openpyxl.worksheet.worksheet import Worksheet

from core.query.result import Result
from core.text.date_style import in_style
from exporters.export_options import Job
from exporters.xls.sizes import length, row_height
from exporters.xls.style import (
    GREY,
    LABEL_FONT,
    NUMBER_FORMAT,
    SECTION_FONT,
    SECTION_LINE,
    TITLE_FONT,
    put_text,
    set_page,
)

_LABEL_WIDTH, _TEXT_WIDTH = 24, 84
_TOP_LEFT = Alignment(horizontal="left", vertical="top", wrap_text=True)


def add_summary(book: Workbook, result: Result, job: Job, notes: Sequence[str]) -> Worksheet:
    """Add the sheet, in two columns: what it is, and what is said of it."""
    sheet = book.create_sheet("Summary")
    sheet.sheet_properties.tabColor = GREY
    sheet.sheet_view.showGridLines = False
    sheet.column_dimensions["A"].width = _LABEL_WIDTH
    sheet.column_dimensions["B"].width = _TEXT_WIDTH
    set_page(sheet, result.title, job.style.paper, landscape=False)
    put_text(sheet["A1"], result.title)
    sheet["A1"].font = TITLE_FONT
    sheet.row_dimensions[1].height = 30
    made = ("Made", f"{job.made_at.astimezone(UTC):%Y-%m-%d %H:%M %Z} by partner-tui")
    _add_section(sheet, "Report", [*result.facts(), made])
    _add_section(sheet, "Totals", result.totals)
    _add_section(sheet, "Notes", [(f"Note {number}", note) for number, note in enumerate(notes, 1)])
    _add_section(sheet, "Columns", [(column.title, column.help) for column in result.columns if column.help])
    return sheet


def _add_section(sheet: Worksheet, title: str, lines: Sequence[tuple[str, str | int]]) -> None:
    """Add a heading and its lines below what is there; nothing if there are no lines."""
    if not lines:
        return
    top = sheet.max_row + 2
    put_text(sheet.cell(top, 1), title)
    for cell in (sheet.cell(top, 1), sheet.cell(top, 2)):
        cell.font = SECTION_FONT
        cell.border = SECTION_LINE
    for row, (label, content) in enumerate(lines, top + 1):
        name, value = sheet.cell(row, 1), sheet.cell(row, 2)
        put_text(name, label)
        name.font = LABEL_FONT
        if isinstance(content, int):
            value.value = content
            value.number_format = NUMBER_FORMAT
        else:
            put_text(value, in_style(content))
        sheet.row_dimensions[row].height = row_height(_lines(str(content)))
        name.alignment = value.alignment = _TOP_LEFT


def _lines(text: str) -> int:
    """Return about how many lines a text takes in the second column; not every program looks for itself."""
    return sum(1 + length(line) // _TEXT_WIDTH for line in text.splitlines())
