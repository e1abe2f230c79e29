"""Workbooks that are one XML text: XML Spreadsheet 2003 and OpenDocument. Runs in the child process only."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

from lxml import etree

from core.importing.heading_row import SAMPLE_ROWS
from core.importing.sandbox import CannotRead, SheetStart
from core.importing.table import Cell, Cells, ErrorCell

_MOST_COLUMNS = 16_384
_MOST_ROWS = 1_048_576
_MIDNIGHT = re.compile(r"[T ]00:00:00(?:\.0+)?$")
_UNCALCULATED = "a formula that was not calculated"
_IN_WORKBOOK = "an error in the workbook"

Events = Iterator[tuple[str, etree._Element]]


class _XmlBook:
    """A workbook whose sheets stand one behind the other in a text that is read as often as needed."""

    epoch_1904 = False

    def __init__(self, content: bytes) -> None:
        self._content = content
        self._hidden_sheets: set[str] = set()

    def starts(self) -> list[SheetStart]:
        """Return all sheets with their first rows."""
        found = []
        for sheet in _each_sheet(self):
            rows = list(islice(sheet.rows(), SAMPLE_ROWS))
            for _ in sheet.rows():
                pass
            is_visible = sheet.name not in self._hidden_sheets
            found.append((sheet, is_visible, rows))
        return [
            SheetStart(
                sheet.name, sheet.name not in self._hidden_sheets, rows, tuple(sheet.hidden_rows),
                tuple(sheet.hidden_columns),
            )
            for sheet, _, rows in found
        ]  # fmt: skip

    def rows(self, sheet: str) -> Iterator[Cells]:
        """Yield the rows of a sheet."""
        for one in _each_sheet(self):
            if one.name == sheet:
                yield from one.rows()
                return


class _Sheet:
    """One sheet while it is read."""

    def __init__(self, name: str, rows: Iterator[Cells]) -> None:
        self.name = name
        self.hidden_rows: list[int] = []
        self.hidden_columns: list[int] = []
        self._rows = rows

    def rows(self) -> Iterator[Cells]:
        """Yield the rows that are left; blank ones at the end are left out."""
        return self._rows


def _each_sheet(book: _XmlBook) -> Iterator[_Sheet]:
    """Yield the sheets of a book; read each before the next."""
    yield from book.sheets()  # type: ignore[attr-defined]


def _parsed(content: bytes, tags: tuple[str, ...]) -> Events:
    return iter(
        etree.iterparse(io.BytesIO(content), events=("start", "end"), tag=tags, resolve_entities=False, no_network=True)
    )


def _flag(element: etree._Element, name: str) -> str:
    """Return an attribute by its name without namespace."""
    for key, value in element.attrib.items():
        if etree.QName(key).localname == name:
            return str(value)
    return ""


def _local(element: etree._Element) -> str:
    return str(etree.QName(element).localname)


def _count(text: str, most: int) -> int:
    return min(int(text), most) if text.isdecimal() else 1


class XmlSpreadsheet(_XmlBook):
    """XML Spreadsheet 2003, which portals name .xls."""

    def __init__(self, path: Path) -> None:
        """Read a workbook.

        Raises:
            CannotRead: it defines entities.
        """
        content = path.read_bytes().lstrip(b"\xef\xbb\xbf\r\n\t ")
        if b"<!DOCTYPE" in content[:4096] or b"<!ENTITY" in content[:4096]:
            raise CannotRead("defines XML entities, as no program for workbooks does.")
        super().__init__(content)
        self.epoch_1904 = b"Date1904/>" in content[:16_384]
        self._zeros: dict[str, int] = {}

    def sheets(self) -> Iterator[_Sheet]:
        """Yield the sheets."""
        tags = ("{*}Worksheet", "{*}Row", "{*}Column", "{*}Visible", "{*}Style")
        events = _parsed(self._content, tags)
        for event, element in events:
            kind = _local(element)
            if kind == "Style" and event == "end":
                self._look_at_style(element)
            elif kind == "Worksheet" and event == "start":
                sheet = _Sheet(_flag(element, "Name"), iter(()))
                sheet._rows = self._rows_of(events, sheet)
                yield sheet
                for _ in sheet.rows():
                    pass

    def _look_at_style(self, style: etree._Element) -> None:
        for shown in style.iterchildren("{*}NumberFormat"):
            code = _flag(shown, "Format")
            if re.fullmatch(r"0{2,}", code):
                self._zeros[_flag(style, "ID")] = len(code)

    def _rows_of(self, events: Events, sheet: _Sheet) -> Iterator[Cells]:
        """Yield the rows up to the end of the sheet; values hold for all cells that are merged with theirs."""
        number = column = 0
        waiting: dict[int, dict[int, Cell]] = {}
        for event, element in events:
            kind = _local(element)
            if kind == "Worksheet" and event == "end":
                element.clear()
                return
            if kind == "Visible" and event == "end" and (element.text or "").startswith("SheetHidden"):
                self._hidden_sheets.add(sheet.name)
            if kind == "Column" and event == "start":
                column = _count(_flag(element, "Index"), _MOST_COLUMNS) - 1 if _flag(element, "Index") else column
                span = _count(_flag(element, "Span"), _MOST_COLUMNS) if _flag(element, "Span") else 0
                if _flag(element, "Hidden") == "1":
                    sheet.hidden_columns += range(column, column + span + 1)
                column += span + 1
            if kind == "Row" and event == "end":
                index = _flag(element, "Index")
                target = _count(index, _MOST_ROWS) - 1 if index else number
                for skipped in range(number, target):
                    yield _row_of(waiting.pop(skipped, {}))
                number = max(number, target)
                if _flag(element, "Hidden") == "1":
                    sheet.hidden_rows.append(number)
                yield self._cells(element, number, waiting)
                number += 1
                element.clear()

    def _cells(self, row: etree._Element, number: int, waiting: dict[int, dict[int, Cell]]) -> list[Cell]:
        cells = waiting.pop(number, {})
        column = 0
        for cell in row.iterchildren("{*}Cell"):
            index = _flag(cell, "Index")
            column = _count(index, _MOST_COLUMNS) - 1 if index else column
            while column in cells and not index:
                column += 1
            value = self._value(cell)
            across = _count(_flag(cell, "MergeAcross"), _MOST_COLUMNS) if _flag(cell, "MergeAcross") else 0
            down = _count(_flag(cell, "MergeDown"), 1_000) if _flag(cell, "MergeDown") else 0
            cells[column] = value
            for below in range(number + 1, number + down + 1):
                waiting.setdefault(below, {})[column] = value
            column += across + 1
        return _row_of(cells)

    def _value(self, cell: etree._Element) -> Cell:
        """Return what a cell holds."""
        data = next(iter(cell.iterchildren("{*}Data")), None)
        if data is None:
            formula = _flag(cell, "Formula")
            return ErrorCell(formula, _UNCALCULATED) if formula else ""
        text = "".join(data.itertext())
        kind = _flag(data, "Type")
        if kind == "Number":
            zeros = self._zeros.get(_flag(cell, "StyleID"), 0)
            return text.strip().zfill(zeros) if zeros and text.strip().isdecimal() else _number(text)
        if kind == "DateTime":
            return _day(text)
        if kind == "Boolean":
            return text.strip() == "1"
        return ErrorCell(text, _IN_WORKBOOK) if kind == "Error" else text


class OpenDocument(_XmlBook):
    """An OpenDocument spreadsheet, packed (.ods) or flat (.fods)."""

    def __init__(self, path: Path) -> None:
        """Read a workbook.

        Raises:
            CannotRead: a password protects it.
        """
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as archive:
                if b"manifest:encryption-data" in archive.read("META-INF/manifest.xml")[: 1 << 20]:
                    raise CannotRead("is protected by a password.")
                content = archive.read("content.xml")
        else:
            content = path.read_bytes().lstrip()
        if b"<!DOCTYPE" in content[:4096]:
            raise CannotRead("defines XML entities, as no program for workbooks does.")
        super().__init__(content)
        self._hidden_styles: set[str] = set()

    def sheets(self) -> Iterator[_Sheet]:
        """Yield the sheets."""
        events = _parsed(self._content, ("{*}style", "{*}table", "{*}table-row", "{*}table-column"))
        for event, element in events:
            kind = _local(element)
            if kind == "style" and event == "end":
                if any(_flag(one, "display") == "false" for one in element.iterchildren("{*}table-properties")):
                    self._hidden_styles.add(_flag(element, "name"))
            elif kind == "table" and event == "start":
                sheet = _Sheet(_flag(element, "name"), iter(()))
                if _flag(element, "style-name") in self._hidden_styles:
                    self._hidden_sheets.add(sheet.name)
                sheet._rows = self._rows_of(events, sheet)
                yield sheet
                for _ in sheet.rows():
                    pass

    def _rows_of(self, events: Events, sheet: _Sheet) -> Iterator[Cells]:
        """Yield the rows up to the end of the sheet; blank ones only where others follow."""
        number = column = blank = 0
        waiting: dict[int, dict[int, Cell]] = {}
        for event, element in events:
            kind = _local(element)
            if kind == "table" and event == "end":
                element.clear()
                return
            if kind == "table-column" and event == "start":
                count = _count(_flag(element, "number-columns-repeated"), _MOST_COLUMNS)
                if _flag(element, "visibility") in ("collapse", "filter"):
                    sheet.hidden_columns += range(column, column + count)
                column += count
            if kind == "table-row" and event == "end":
                count = _count(_flag(element, "number-rows-repeated"), _MOST_ROWS)
                is_hidden = _flag(element, "visibility") in ("collapse", "filter")
                cells = _row_of(self._cells(element, number, waiting))
                element.clear()
                if not cells:
                    blank += count
                    number += count
                    continue
                for _ in range(blank):
                    yield []
                blank = 0
                for _ in range(count):
                    if is_hidden:
                        sheet.hidden_rows.append(number)
                    yield cells
                    number += 1

    def _cells(self, row: etree._Element, number: int, waiting: dict[int, dict[int, Cell]]) -> dict[int, Cell]:
        cells = waiting.pop(number, {})
        column = 0
        for cell in row.iterchildren("{*}table-cell", "{*}covered-table-cell"):
            count = _count(_flag(cell, "number-columns-repeated"), _MOST_COLUMNS)
            value = self._value(cell)
            down = _count(_flag(cell, "number-rows-spanned"), 1_000)
            if value != "":
                for place in range(column, column + count):
                    cells[place] = value
                    for below in range(number + 1, number + down):
                        waiting.setdefault(below, {})[place] = value
            column += count
        return cells

    def _value(self, cell: etree._Element) -> Cell:
        """Return what a cell holds; figures as they are shown where they have zeros before them."""
        kind = next((v for k, v in cell.attrib.items() if k.endswith("}value-type") and "office" in k), "")
        shown = "\n".join("".join(line.itertext()) for line in cell.iterchildren("{*}p"))
        value = _flag(cell, "value")
        if any(v == "error" for k, v in cell.attrib.items() if k.endswith("}value-type")):
            return ErrorCell(shown or "#N/A", _IN_WORKBOOK)
        if kind in ("float", "currency", "percentage"):
            if shown.isdecimal() and shown.startswith("0") and value and float(shown) == float(value):
                return shown
            return _number(value)
        if kind == "date":
            return _day(_flag(cell, "date-value"))
        if kind == "boolean":
            return _flag(cell, "boolean-value") == "true"
        if not kind and not shown and _flag(cell, "formula"):
            return ErrorCell(_flag(cell, "formula"), _UNCALCULATED)
        return shown or _flag(cell, "string-value")


def _row_of(cells: dict[int, Cell]) -> list[Cell]:
    """Return cells by their columns as a row."""
    return [cells.get(column, "") for column in range(max(cells, default=-1) + 1)]


def _number(text: str) -> Cell:
    try:
        return float(text)
    except ValueError:
        return text


def _day(text: str) -> str:
    """Return a moment as ISO text, without a time at midnight."""
    return _MIDNIGHT.sub("", text.strip())


Opener = Callable[[Path], _XmlBook]
