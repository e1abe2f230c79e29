"""XLS: an Office Open XML workbook, with the rows on data sheets and all that is said of them on a Summary sheet.

openpyxl makes the workbook and its looks, but it would take minutes for a million rows: these are streamed into the
package that it made.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import BinaryIO

from core.errors import WorkFailed
from core.query.columns import Row
from core.query.result import Result
from exporters.export_options import Job
from exporters.xls.cells import Cells
from exporters.xls.package import add, open_package, stream
from exporters.xls.sheets import cut_for_sheets
from exporters.xls.skeleton import DataSheet, make_frame


def write(result: Result, out: BinaryIO, job: Job) -> list[str]:
    """Write `result` to `out` as a workbook; see `Exporter`.

    Dates and numbers are real ones, texts are never formulas, line ends become LF. Characters that XML cannot hold
    become U+FFFD and texts beyond 32,767 characters are cut: both are counted in the notes, which the Summary sheet
    says too.

    Raises:
        WorkFailed: There are more or fewer rows than announced, or their texts are too long for one worksheet.
    """
    blocks = result.blocks()
    first = next(blocks, [])
    blocks = cut_for_sheets(chain([first], blocks))
    frame = make_frame(result, first, job)
    cells = Cells(result.columns, frame.styles)
    row_size = len(Cells(result.columns, frame.styles).rows(first, 2)) // len(first) if first else 0
    with open_package(out) as package:
        for name, content in frame.opening_parts():
            add(package, name, content)
        for sheet in frame.sheets:
            stream(package, sheet.part, _sheet_xml(sheet, blocks, cells, job), expected=row_size * sheet.row_count)
        if cells.row_count != result.row_count or next(blocks, []):
            raise WorkFailed("The accounts changed while the workbook was written.", "Run the report again.")
        if notes := cells.notes():
            frame = make_frame(result, first, job, notes)
        for name, content in frame.closing_parts():
            add(package, name, content)
    return notes


def _sheet_xml(sheet: DataSheet, blocks: Iterator[list[Row]], cells: Cells, job: Job) -> Iterator[bytes]:
    """Yield a data sheet with as many rows as it is to hold, taken from `blocks`."""
    yield sheet.head
    heading = 1
    rows = 0
    while rows < sheet.row_count and (block := next(blocks, [])):
        yield cells.rows(block, heading + rows + 1)
        rows += len(block)
        job.tick(cells.row_count)
    yield sheet.tail
