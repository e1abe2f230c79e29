"""What calamine does not tell of an XLSX workbook: its epoch, and cells without a value (faults B8 to B10).

calamine gives an error cell, and a formula that was never calculated, as blank; a blank cell says something else.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from pathlib import Path

from lxml import etree

from core.importing.sandbox import CannotRead
from core.importing.table import ErrorCell

_SUSPECT = re.compile(rb"\bt\s*=\s*[\"']e[\"']|<(?:\w+:)?f[\s/>]")
"""An error cell or a formula: without one, a sheet needs no second look."""
_CHUNK = 1 << 20
_HEAD = 1 << 10
"""Bytes of a part in which its document type would stand."""
_CELL = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")

Errors = dict[int, dict[int, ErrorCell]]
"""By row and column, from 0."""


class WorkbookParts:
    """The XML parts of a workbook."""

    def __init__(self, path: Path) -> None:
        self._zip = zipfile.ZipFile(path)
        self._refuse_entities()
        self._names = {name.lower(): name for name in self._zip.namelist()}
        book = self._xml("xl/workbook.xml")
        links = self._xml("xl/_rels/workbook.xml.rels")
        targets = {link.get("Id"): link.get("Target", "") for link in links.iter("{*}Relationship")}
        self._sheets = {
            sheet.get("name"): targets.get(next((v for k, v in sheet.attrib.items() if k.endswith("}id")), ""), "")
            for sheet in book.iter("{*}sheet")
        }
        properties = next(book.iter("{*}workbookPr"), None)
        self.epoch_1904 = properties is not None and properties.get("date1904") in ("1", "true", "on")
        self._errors: dict[str, Errors] = {}

    def _refuse_entities(self) -> None:
        """Refuse parts that define entities (fault B2): calamine gives cells that hold them as blank."""
        for name in self._zip.namelist():
            with self._zip.open(name) as stream:
                if b"<!DOCTYPE" in stream.read(_HEAD):
                    raise CannotRead("defines XML entities, as no program for workbooks does.")

    def _xml(self, part: str) -> etree._Element:
        """Return a small part of the workbook; nothing outside it is ever fetched."""
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
        return etree.fromstring(self._zip.read(self._names[part]), parser)

    def errors(self, sheet: str) -> Errors:
        """Return the cells of a sheet that have no value although they are not blank."""
        if sheet not in self._errors:
            target = self._sheets.get(sheet, "")
            part = self._names.get(posixpath.normpath(posixpath.join("/xl", target)).lstrip("/").lower())
            self._errors[sheet] = self._find_errors(part) if part and self._is_suspect(part) else {}
        return self._errors[sheet]

    def _is_suspect(self, part: str) -> bool:
        """Return whether a sheet has error cells or formulas."""
        tail = b""
        with self._zip.open(part) as stream:
            while chunk := stream.read(_CHUNK):
                if _SUSPECT.search(tail + chunk):
                    return True
                tail = chunk[-16:]
        return False

    def _find_errors(self, part: str) -> Errors:
        """Read a sheet cell by cell."""
        found: Errors = {}
        row = column = -1
        with self._zip.open(part) as stream:
            events = etree.iterparse(
                stream, events=("start", "end"), tag=("{*}row", "{*}c"), resolve_entities=False, no_network=True
            )
            for event, element in events:
                is_row = etree.QName(element).localname == "row"
                if event == "start" and is_row:
                    row = int(element.get("r", row + 2)) - 1
                    column = -1
                elif event == "end" and is_row:
                    element.clear()
                elif event == "end":
                    column = _column(element.get("r"), column + 1)
                    if error := _error(element):
                        found.setdefault(row, {})[column] = error
                    element.clear()
        return found


def _column(reference: str | None, otherwise: int) -> int:
    """Return the column, from 0, of a cell such as AB12; cells without a reference follow each other."""
    match = _CELL.fullmatch(reference or "")
    if match is None:
        return otherwise
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return column - 1


def _error(cell: etree._Element) -> ErrorCell | None:
    """Return what is wrong with a cell, if something is."""
    value = cell.findtext("{*}v")
    if cell.get("t") == "e":
        return ErrorCell(value or "#N/A", "an error in the workbook")
    if not value and cell.get("t") != "str" and cell.find("{*}f") is not None:  # "str": it gave an empty text
        return ErrorCell(f"={cell.findtext('{*}f') or ''}", "a formula that was not calculated")
    return None
