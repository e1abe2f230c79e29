"""Which sheet of a workbook, or table of a web page, holds the accounts."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from core.errors import Fault, WorkFailed, WrongUse
from core.importing.archive import check_archive
from core.importing.files import SourceFile
from core.importing.heading_row import Extra, find_headings, names_rows
from core.importing.kinds import FileKind
from core.importing.notes import Note
from core.importing.sandbox import Book, Sandbox, SheetStart
from core.importing.table import Block, Table, is_blank

_KIND_WORDS = {"workbook": "XLSX workbook", "old workbook": "XLS workbook", "web page": "HTML table"}


class SeveralSheets(WorkFailed):
    """Several sheets could hold the accounts: the person must say which."""

    def __init__(self, file: str, sheets: Sequence[str]) -> None:
        """Take the file's name, and the sheets that could be meant."""
        self.sheets = tuple(sheets)
        super().__init__(
            f"{file} has several sheets that could be meant: {_listed(sheets)}.",
            f'Say which one: --sheet "{sheets[0]}".',
        )


def open_sheet(source: SourceFile, kind: FileKind, sheet: str | None, extra: Extra, go_on: Callable[[], None]) -> Table:
    """Return the table of a workbook or web page.

    Args:
        source: the file.
        kind: what it is.
        sheet: the sheet to read, hidden or not; None for the only visible one with rows, or the only one of several
            whose headings name accounts.
        extra: headings that a mapping names.
        go_on: called now and then while the file is opened and read; what it raises ends that.

    Raises:
        SeveralSheets: more than one fits.
        WorkFailed: it cannot be read.
        WrongUse: it has no such sheet.
    """
    if kind == "workbook":
        check_archive(source)
    sandbox = Sandbox(_reader(kind), source.path, go_on)
    try:
        start = _named(sandbox.starts, sheet) if sheet else _only_fitting(source, kind, sandbox.starts, extra)
        found = find_headings(start.rows, extra)
    except Fault:
        sandbox.close()
        raise
    return Table(
        kind=f"{_KIND_WORDS[kind]}, {start.name}",
        headings=found.texts,
        heading_row=found.last + 1,
        blocks=lambda: _blocks(source, sandbox, start.name, found.last + 1),
        close=sandbox.close,
        sheet=start.name,
        sheets=[one.name for one in sandbox.starts],
        notes=[*_notes(sandbox.starts, start), *found.notes(start.rows)],
        passed_over=found.above(start.rows),
        heading_cells=found.cells(start.rows),
        is_workbook=kind != "web page",
        epoch_1904=sandbox.epoch_1904,
    )


def _reader(kind: FileKind) -> Callable[[Path], Book]:
    """Return what opens such a file in the child: only its name crosses, so nothing heavy is imported here."""
    if kind == "web page":
        return open_web_page
    return open_workbook if kind == "workbook" else open_old_workbook


def open_web_page(path: Path) -> Book:
    """Open an HTML page, in the child."""
    from core.importing.html_table import WebPage

    return WebPage(path)


def open_workbook(path: Path) -> Book:
    """Open an XLSX workbook, in the child."""
    from core.importing.workbook import Workbook

    return Workbook(path, is_old=False)


def open_old_workbook(path: Path) -> Book:
    """Open an XLS workbook, in the child."""
    from core.importing.workbook import Workbook

    return Workbook(path, is_old=True)


def _named(starts: Sequence[SheetStart], name: str) -> SheetStart:
    """Return the sheet that a person named."""
    by_name = {start.name.casefold(): start for start in starts}
    found = by_name.get(name.casefold())
    if found is None:
        near = difflib.get_close_matches(name.casefold(), by_name, n=1)
        raise WrongUse(
            f"There is no sheet '{name}'.",
            f"Did you mean '{by_name[near[0]].name}'?"
            if near
            else f"The sheets are: {_listed([start.name for start in starts])}.",
        )
    if all(map(is_blank, found.rows)):
        raise WorkFailed(f"The sheet '{found.name}' has no rows.")
    return found


def _only_fitting(source: SourceFile, kind: FileKind, starts: Sequence[SheetStart], extra: Extra) -> SheetStart:
    """Return the sheet that holds the accounts, if that is certain."""
    filled = [start for start in starts if start.is_visible and not all(map(is_blank, start.rows))]
    if not filled:
        raise WorkFailed(f"{source.name} has no rows.", "Export the list again.")
    naming = [start for start in filled if names_rows(find_headings(start.rows, extra).texts, extra)]
    if kind == "web page" and not naming:
        raise WorkFailed(
            f"{source.name} is a web page without a table of accounts, perhaps a sign-in page that was saved.",
            "Export the list again, as CSV if you can; or name the table with --sheet and its headings with --map.",
        )
    fitting = naming or filled
    if len(fitting) > 1:
        raise SeveralSheets(source.name, [start.name for start in fitting])
    return fitting[0]


def _listed(names: Sequence[str]) -> str:
    """Return the names of sheets for a message."""
    return ", ".join(names[:12]) + (" …" if len(names) > 12 else "")


def _notes(starts: Sequence[SheetStart], chosen: SheetStart) -> list[Note]:
    """Return which sheets were passed over."""
    others = [
        f"{start.name}{'' if start.is_visible else ' (hidden)'}"
        for start in starts
        if start is not chosen and not all(map(is_blank, start.rows))
    ]
    text = f"Only {chosen.name} was read, not {', '.join(others[:12])}."
    return [Note("other_sheets", text, len(others))] if others else []


def _blocks(source: SourceFile, sandbox: Sandbox, sheet: str, heading_row: int) -> Iterator[Block]:
    """Yield the rows below the heading row without blank ones, with their numbers."""
    first = 1
    for rows in sandbox.blocks(sheet):
        kept = [(n, row) for n, row in enumerate(rows, first) if n > heading_row and not is_blank(row)]
        first += len(rows)
        yield Block([number for number, _ in kept], [row for _, row in kept])
    source.check_unchanged()
