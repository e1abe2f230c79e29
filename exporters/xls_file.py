"""XLS: an Office Open XML workbook, with the rows on data sheets and all that is said of them on a Summary sheet.

openpyxl makes the workbook and its looks, but it would take minutes for a million rows: these are streamed into the
package that it made.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import BinaryIO

from core.columns import Row
from core.errors import WorkFailed
from core.result import Result
from exporters.job import Job
from exporters.xls.cells import Cells
from exporters.xls.frame import SHEET_ROWS, DataSheet, make_frame
from exporters.xls.package import add, open_package, stream


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
    blocks = _cut(chain([first], blocks), SHEET_ROWS)
    frame = make_frame(result, first, job.made_at)
    cells = Cells(result.columns, frame.styles)
    row_size = len(Cells(result.columns, frame.styles).rows(first)) // len(first) if first else 0
    with open_package(out) as package:
        for name, content in frame.opening_parts():
            add(package, name, content)
        for sheet in frame.sheets:
            stream(package, sheet.part, _sheet_xml(sheet, blocks, cells, job), expected=row_size * sheet.row_count)
        if cells.row_count != result.row_count or next(blocks, []):
            raise WorkFailed("The accounts changed while the workbook was written.", "Run the report again.")
        if notes := cells.notes():
            frame = make_frame(result, first, job.made_at, notes)
        for name, content in frame.closing_parts():
            add(package, name, content)
    return notes


def _sheet_xml(sheet: DataSheet, blocks: Iterator[list[Row]], cells: Cells, job: Job) -> Iterator[bytes]:
    """Yield a data sheet with as many rows as it is to hold, taken from `blocks`."""
    yield sheet.head
    wanted = cells.row_count + sheet.row_count
    while cells.row_count < wanted and (block := next(blocks, [])):
        yield cells.rows(block)
        job.tick(cells.row_count)
    yield sheet.tail


def _cut(blocks: Iterable[list[Row]], limit: int) -> Iterator[list[Row]]:
    """Yield blocks, those cut in two that reach beyond a sheet of `limit` rows; none is empty."""
    room = limit
    for block in blocks:
        rest = block
        while rest:
            yield rest[:room]
            rest, room = rest[room:], room - len(rest[:room]) or limit
