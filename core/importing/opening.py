"""Opening a partner's file, whatever it is."""

from __future__ import annotations

from collections.abc import Callable, Collection
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path

from core.errors import Step, WorkFailed, WrongUse
from core.importing.arrivals import arrived
from core.importing.delimited import open_delimited
from core.importing.files import SourceFile
from core.importing.heading_words import heading_key
from core.importing.kinds import kind_of
from core.importing.table import Table


@dataclass(frozen=True, slots=True)
class Opening:
    """What a person says of how a file is to be opened."""

    sheet: str | None = None
    """The sheet of a workbook (or "table 2" of a web page) to read, where it has several that fit."""
    encoding: str | None = None
    """How its text is written: any name that Python knows."""
    delimiter: str | None = None
    skip_hidden: bool = False
    """Whether rows and columns that a workbook hides are left out."""


def open_table(
    path: Path,
    sheet: str | None = None,
    extra_headings: Collection[str] = (),
    go_on: Callable[[], None] = lambda: None,
    opening: Opening | None = None,
) -> Table:
    """Find out what a file is by its bytes, not its name, and return its table.

    Args:
        path: any file, also packed in a zip or gzip file; a pipe; or "-" for standard input.
        sheet: as in `opening`, which may say it too.
        extra_headings: headings that a mapping names, which help to find the heading row.
        go_on: called now and then while a workbook is opened and read; what it raises ends that.
        opening: what a person says of it.

    Raises:
        WorkFailed: it is not there, is not what it says, is damaged, or has no rows.
        WrongUse: it has no such sheet, or is of a kind for which an option means nothing.
    """
    said = opening or Opening()
    with ExitStack() as stack:
        source, notes = stack.enter_context(arrived(path, go_on))
        table = _opened(source, replace(said, sheet=sheet or said.sheet), extra_headings, go_on)
        stack.callback(table.close)
        _check_rows(source, table)
        left = stack.pop_all()
    return replace(table, close=left.close, notes=[*notes, *table.notes])


def _opened(source: SourceFile, said: Opening, extra_headings: Collection[str], go_on: Callable[[], None]) -> Table:
    """Return the table of a file by its kind."""
    extra = frozenset(map(heading_key, extra_headings))
    kind = kind_of(source)
    if kind != "text":
        if said.delimiter:
            raise WrongUse(f"{source.name} is no text file: it has no delimiter.", Step.NO_DELIMITER())
        from core.importing.sheets import open_sheet  # with multiprocessing, which text has no need of

        return open_sheet(source, kind, said.sheet, extra, go_on, said.encoding, said.skip_hidden)
    if said.sheet:
        raise WrongUse(f"{source.name} is a text file: it has no sheets.", Step.NO_SHEET(sheet=said.sheet))
    return open_delimited(source, extra, said.encoding, said.delimiter)


def _check_rows(source: SourceFile, table: Table) -> None:
    """Make sure that a table has a row below its headings."""
    if not any(block.rows for block in table.blocks()):
        raise WorkFailed(f"{source.name} has no rows below its headings.", "Export the list again.")
