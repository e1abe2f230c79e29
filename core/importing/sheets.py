"""Which sheet of a workbook, or table of a web page, holds the accounts."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from core.errors import Advice, Fault, Step, WorkFailed, WrongUse
from core.importing.archive import check_archive
from core.importing.files import SourceFile
from core.importing.heading_row import SEARCHED_ROWS, Extra, Headings, find_headings, names_rows
from core.importing.headings import HeadingsAtFault, listed
from core.importing.kinds import FileKind
from core.importing.notes import Note
from core.importing.sandbox import Book, Sandbox, SheetStart
from core.importing.summary_file import is_summary
from core.importing.table import Block, Cells, Table, is_blank
from core.text.vocabulary import count_of

_KIND_WORDS = {
    "workbook": "XLSX workbook",
    "old workbook": "XLS workbook",
    "open document": "ODS workbook",
    "xml workbook": "XML workbook",
    "web page": "HTML table",
}


class SheetToChoose(WorkFailed):
    """The person must say which sheet is to be read."""

    def __init__(self, message: str, *hints: Advice, sheets: Sequence[str]) -> None:
        """Take what is wrong, what to do, and the sheets that could be meant."""
        super().__init__(message, *hints)
        self.sheets = tuple(sheets)


class SeveralSheets(SheetToChoose):
    """Several sheets could hold the accounts."""

    def __init__(self, file: str, sheets: Sequence[str]) -> None:
        """Take the file's name, and the sheets that could be meant."""
        super().__init__(
            f"{file} has several sheets that could be meant: {_listed(sheets)}.",
            Step.CHOOSE_SHEET(sheet=sheets[0]),
            sheets=sheets,
        )


def open_sheet(
    source: SourceFile,
    kind: FileKind,
    sheet: str | None,
    extra: Extra,
    go_on: Callable[[], None],
    encoding: str | None = None,
    skip_hidden: bool = False,
) -> Table:
    """Return the table of a workbook or web page.

    Args:
        source: the file.
        kind: what it is.
        sheet: the sheet to read, hidden or not; None for the only visible one with rows, or the only one of several
            whose headings name accounts.
        extra: headings that a mapping names.
        go_on: called now and then while the file is opened and read; what it raises ends that.
        encoding: how a page's text, or an old workbook's, is written.
        skip_hidden: whether rows and columns that a workbook hides are left out.

    Raises:
        SheetToChoose: more than one fits, or only hidden ones.
        WorkFailed: it cannot be read.
        WrongUse: it has no such sheet.
    """
    if kind in ("workbook", "open document") and source.head(2) == b"PK":  # a flat document is no archive
        check_archive(source)
    if encoding and kind not in ("web page", "old workbook"):
        raise WrongUse(f"{source.name} is a workbook, which says itself how it is written.", Step.NO_ENCODING())
    sandbox = Sandbox(_reader(kind, encoding), source.path, go_on, source.name)
    try:
        start = _named(sandbox.starts, sheet) if sheet else _only_fitting(source, kind, sandbox.starts, extra)
        if skip_hidden:
            start = replace(start, rows=_without_hidden(start.rows, 0, start))
        found = find_headings(start.rows, extra)
    except Fault:
        sandbox.close()
        raise
    return Table(
        kind=f"{_KIND_WORDS[kind]}, {start.name}",
        headings=found.texts,
        heading_row=found.last + 1,
        blocks=lambda: _blocks(source, sandbox, start, found.last + 1, skip_hidden),
        close=sandbox.close,
        sheet=start.name,
        sheets=[one.name for one in sandbox.starts],
        notes=[
            *_notes(sandbox.starts, start),
            *start.notes,
            *found.notes(start.rows),
            *_hidden_notes(start, found, skip_hidden),
        ],
        passed_over=found.above(start.rows) + start.passed_over,
        heading_cells=found.cells(start.rows),
        is_workbook=kind != "web page",
        epoch_1904=sandbox.epoch_1904,
    )


def _reader(kind: FileKind, encoding: str | None) -> Callable[[Path], Book]:
    """Return what opens such a file in the child: only its name crosses, so nothing heavy is imported here."""
    if kind == "web page":
        return partial(open_web_page, encoding=encoding)
    if kind == "old workbook":
        return partial(open_old_workbook, encoding=encoding)
    return {"workbook": open_workbook, "open document": open_document, "xml workbook": open_xml_workbook}[kind]


def open_web_page(path: Path, encoding: str | None = None) -> Book:
    """Open an HTML page or a web archive, in the child."""
    from core.importing.html_table import open_page

    return open_page(path, encoding)


def open_document(path: Path) -> Book:
    """Open an OpenDocument workbook, in the child."""
    from core.importing.xml_workbooks import OpenDocument

    return OpenDocument(path)


def open_xml_workbook(path: Path) -> Book:
    """Open an XML Spreadsheet 2003, in the child."""
    from core.importing.xml_workbooks import XmlSpreadsheet

    return XmlSpreadsheet(path)


def open_workbook(path: Path) -> Book:
    """Open an XLSX workbook, in the child."""
    from core.importing.workbook import Workbook

    return Workbook(path)


def open_old_workbook(path: Path, encoding: str | None = None) -> Book:
    """Open an XLS workbook, in the child."""
    from core.importing.old_workbook import OldWorkbook

    return OldWorkbook(path, encoding)


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
    unseen = [
        start.name
        for start in starts
        if not start.is_visible and not all(map(is_blank, start.rows)) and names_rows(_headings(start, extra), extra)
    ]
    if unseen and not any(names_rows(_headings(start, extra), extra) for start in filled):
        raise SheetToChoose(
            f"{source.name} has accounts on a hidden sheet only: {_listed(unseen)}.",
            Step.READ_SHEET(sheet=unseen[0]),
            sheets=unseen,
        )
    if not filled:
        raise WorkFailed(
            f"{source.name} has no headings in its first {SEARCHED_ROWS} rows, or no rows at all.",
            "Export the list again.",
        )
    naming = [start for start in filled if names_rows(_headings(start, extra), extra)]
    if kind == "web page" and not naming and not any(is_summary(_headings(start, extra)) for start in filled):
        tables = "; ".join(f"{start.name}: {listed(_headings(start, extra)[:6])}" for start in filled[:3])
        raise HeadingsAtFault(
            f"{source.name} is a web page without a table of accounts, perhaps a sign-in page that was saved. It has "
            f"{tables}.",
            Step.NAME_TABLE(),
            headings=max((_headings(start, extra) for start in filled), key=len),
        )
    summaries = [start for start in filled if is_summary(_headings(start, extra))]
    fitting = naming or summaries[:1] or filled
    if len(fitting) > 1:
        raise SeveralSheets(source.name, [start.name for start in fitting])
    return fitting[0]


def _headings(start: SheetStart, extra: Extra) -> list[str]:
    """Return the headings of a sheet."""
    return find_headings(start.rows, extra).texts


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


def _hidden_notes(start: SheetStart, found: Headings, skipped: bool) -> list[Note]:
    """Return what is to be said of rows and columns that a workbook hides."""
    notes = []
    what, hint = ("left out", None) if skipped else ("read too", Step.LEAVE_HIDDEN_OUT())
    if rows := [number + 1 for number in start.hidden_rows if number > found.last]:
        text = f"{count_of(len(rows), 'row')} that the workbook hides or has filtered away: {what}."
        notes.append(Note("hidden_rows", text, len(rows), tuple(rows[:10]), hint))
    if columns := [number for number in start.hidden_columns if number < len(found.texts) and found.texts[number]]:
        names = listed([found.texts[number] for number in columns])
        text = f"{count_of(len(columns), 'column')} that the workbook hides ({names}): {what}."
        notes.append(Note("hidden_columns", text, len(columns), hint=hint))
    if not start.is_visible and start.name:
        notes.append(Note("hidden_sheet", f"{start.name} is hidden in the file.", 1))
    return notes


def _without_hidden(rows: list[Cells], first: int, start: SheetStart) -> list[Cells]:
    """Return rows, the first of which has the number `first` from 0, with blanks in place of what is hidden."""
    hidden_rows, hidden_columns = set(start.hidden_rows), set(start.hidden_columns)
    return [
        [] if number in hidden_rows else ["" if at in hidden_columns else cell for at, cell in enumerate(row)]
        for number, row in enumerate(rows, first)
    ]


def _blocks(
    source: SourceFile, sandbox: Sandbox, start: SheetStart, heading_row: int, skip_hidden: bool
) -> Iterator[Block]:
    """Yield the rows below the heading row without blank ones, with their numbers."""
    first = 1
    for block in sandbox.blocks(start.name):
        rows = _without_hidden(block, first - 1, start) if skip_hidden else block
        kept = [(n, row) for n, row in enumerate(rows, first) if n > heading_row and not is_blank(row)]
        first += len(rows)
        yield Block([number for number, _ in kept], [row for _, row in kept])
    source.check_unchanged()
