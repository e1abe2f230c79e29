"""The workbook without its rows, as openpyxl makes it."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from zipfile import ZipFile

from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from core.query.columns import Row
from core.query.look import chart_figures
from core.query.result import Result
from core.region import Paper
from exporters.export_options import Job
from exporters.xls.cells import Styles
from exporters.xls.chart import add_bars, add_chart, mark_total
from exporters.xls.openpyxl_fixes import cut_open, with_description, with_fonts_in_order, with_moment
from exporters.xls.sheets import row_counts, sheet_name
from exporters.xls.sizes import widths
from exporters.xls.style import INK, clean, put_heading, row_styles, set_page
from exporters.xls.summary_sheet import add_summary


@dataclass(frozen=True, slots=True)
class DataSheet:
    """A worksheet that is still without rows."""

    part: str
    """Its name in the package."""
    row_count: int
    head: bytes
    """What stands before its rows …"""
    tail: bytes
    """… and what behind them."""


@dataclass(frozen=True, slots=True)
class Frame:
    """A workbook that is still without rows."""

    sheets: list[DataSheet]
    styles: Styles
    parts: dict[str, bytes]
    """The content of all other parts by their names in the package."""

    def opening_parts(self) -> list[tuple[str, bytes]]:
        """Return the parts to be written before the data sheets: a file's kind is told by the first ones."""
        return [(name, self.parts[name]) for name in sorted(self.parts) if not name.startswith("xl/")]

    def closing_parts(self) -> list[tuple[str, bytes]]:
        """Return the parts to be written after the data sheets, among them the Summary sheet."""
        return [(name, self.parts[name]) for name in sorted(self.parts) if name.startswith("xl/")]


def make_frame(result: Result, first_rows: Sequence[Row], job: Job, notes: Sequence[str] = ()) -> Frame:
    """Return the workbook of a result.

    Its first rows decide the columns' widths. `notes` are those found while writing: the Summary sheet says them
    after the result's own.
    """
    made_at = job.made_at.astimezone(UTC)
    book = Workbook()
    book.remove(book.active)
    counts = row_counts(result.row_count)
    for number, count in enumerate(counts, 1):
        _add_data_sheet(book, sheet_name(result.look.rows_are, number), result, first_rows, count, job.style.paper)
    data = book.worksheets[0]
    styles = row_styles(data, result.columns)
    mark_total(data, result)
    summary = add_summary(book, result, job, [*result.notes, *notes])
    chart = chart_figures(result.look, result.columns, first_rows) if len(first_rows) == result.row_count else None
    if chart:
        add_chart(summary, data, chart)
        book.active = summary
    _set_properties(book, result.title, made_at)
    figures = f"The figures stand on the sheet {data.title}."
    parts = _parts(book, made_at, f"{chart.chart.description} {figures}" if chart else "")
    sheets = [
        _without_rows(parts, number, get_column_letter(len(result.columns)), count)
        for number, count in enumerate(counts, 1)
    ]
    return Frame(sheets, styles, parts)


def _add_data_sheet(
    book: Workbook, name: str, result: Result, first_rows: Sequence[Row], row_count: int, paper: Paper
) -> None:
    """Add a worksheet with a heading row that stays in sight, as the key column does, and a filter over all rows."""
    sheet = book.create_sheet(name)
    sheet.sheet_properties.tabColor = INK
    sheet.freeze_panes = "B2"
    sheet.print_title_rows = "1:1"
    sheet.row_dimensions[1].height = 24
    set_page(sheet, result.title, paper, landscape=True)
    for number, (column, width) in enumerate(zip(result.columns, widths(result.columns, first_rows), strict=True), 1):
        put_heading(sheet.cell(1, number), column.title, right=column.is_number)
        sheet.column_dimensions[get_column_letter(number)].width = width
        if column.bar and row_count:
            add_bars(sheet, get_column_letter(number), row_count, column.bar)
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(result.columns))}{row_count + 1}"


def _set_properties(book: Workbook, title: str, made_at: datetime) -> None:
    """Say what the workbook is and who made it; there is nothing in it to be computed on opening."""
    book.properties.title = clean(title)
    book.properties.creator = "partner-tui"
    book.properties.created = made_at.replace(tzinfo=None)
    book.calculation.fullCalcOnLoad = False


def _parts(book: Workbook, made_at: datetime, description: str) -> dict[str, bytes]:
    """Return the parts of the saved workbook, mended; `description` is the chart's, if there is one."""
    saved = io.BytesIO()
    book.save(saved)
    with ZipFile(saved) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    parts["xl/styles.xml"] = with_fonts_in_order(parts["xl/styles.xml"])
    parts["docProps/core.xml"] = with_moment(parts["docProps/core.xml"], made_at)
    if drawing := parts.get("xl/drawings/drawing1.xml"):
        parts["xl/drawings/drawing1.xml"] = with_description(drawing, description)
    return parts


def _without_rows(parts: dict[str, bytes], number: int, last_column: str, row_count: int) -> DataSheet:
    """Take a data sheet out of the parts, ready to be written around its rows."""
    part = f"xl/worksheets/sheet{number}.xml"
    last_cell = f"{last_column}{row_count + 1}"
    head, tail = cut_open(parts.pop(part), f"A1:{last_cell}", f"A2:{last_cell}" if row_count else "A2")
    return DataSheet(part, row_count, head, tail)
