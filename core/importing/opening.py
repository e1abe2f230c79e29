"""Opening a partner's file, whatever it is."""

from __future__ import annotations

from collections.abc import Callable, Collection
from pathlib import Path

from core.errors import WorkFailed, WrongUse
from core.importing.delimited import open_delimited
from core.importing.files import SourceFile
from core.importing.headings import heading_key
from core.importing.kinds import kind_of
from core.importing.sheets import open_sheet
from core.importing.table import Table


def open_table(
    path: Path,
    sheet: str | None = None,
    extra_headings: Collection[str] = (),
    go_on: Callable[[], None] = lambda: None,
) -> Table:
    """Find out what a file is by its bytes, not its name, and return its table.

    Args:
        path: any file; only regular ones are read.
        sheet: the sheet of a workbook (or "table 2" of a web page) to read, where it has several that fit.
        extra_headings: headings that a mapping names, which help to find the heading row.
        go_on: called now and then while a workbook is opened and read; what it raises ends that.

    Raises:
        WorkFailed: it is not there, is not what it says, is damaged, or has no rows.
        WrongUse: it has no such sheet.
    """
    source = SourceFile(path)
    extra = frozenset(map(heading_key, extra_headings))
    kind = kind_of(source)
    if kind != "text":
        table = open_sheet(source, kind, sheet, extra, go_on)
    elif sheet:
        raise WrongUse(f"{source.name} is a text file: it has no sheets.", f"Leave out --sheet {sheet}.")
    else:
        table = open_delimited(source, extra)
    try:
        _check_rows(source, table)
    except BaseException:
        table.close()
        raise
    return table


def _check_rows(source: SourceFile, table: Table) -> None:
    """Make sure that a table has a row below its headings."""
    if not any(block.rows for block in table.blocks()):
        raise WorkFailed(f"{source.name} has no rows below its headings.", "Export the list again.")
