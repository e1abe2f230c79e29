"""Opening a partner's file, whatever it is."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from core.importing.table import Table


def open_table(path: Path, sheet: str | None = None, extra_headings: Collection[str] = ()) -> Table:
    """Find out what a file is by its bytes, not its name, and return its table.

    Args:
        path: any file; only regular ones are read.
        sheet: the sheet of a workbook (or "table 2" of a web page) to read, where it has several that fit.
        extra_headings: headings that a mapping names, which help to find the heading row.

    Raises:
        WorkFailed: it is not there, is not what it says, is damaged, or has no rows.
        WrongUse: it has no such sheet.
    """
    raise NotImplementedError
