"""What calamine does not tell of an XLSX workbook: cells without a value, what is hidden, and zeros that formats show.

calamine gives an error cell, and a formula that was never calculated, as blank; a blank cell says something else
(faults B8 to B10). Parts may have any name: the relations say which is which.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree

from core.importing.sandbox import CannotRead
from core.importing.table import Cell, ErrorCell

_SUSPECT = re.compile(rb"\bt\s*=\s*[\"']e[\"']|<(?:\w+:)?f[\s/>]|\bhidden\s*=")
"""An error cell, a formula or something hidden: without one, a sheet needs no second look."""
_CHUNK = 1 << 20
_HEAD = 1 << 10
"""Bytes of a part in which its document type would stand."""
_CELL = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_ZEROS = re.compile(r"0{2,}")
_TRUE = ("1", "true", "on")


@dataclass(slots=True)
class SheetFacts:
    """What is to be known of a sheet beside its values."""

    cells: dict[int, dict[int, Cell]] = field(default_factory=dict)
    """Cells that are not what the values say, by row and column from 0."""
    hidden_rows: list[int] = field(default_factory=list)
    """From 0."""
    hidden_columns: list[int] = field(default_factory=list)


class WorkbookParts:
    """The XML parts of a workbook."""

    def __init__(self, path: Path) -> None:
        """Open the parts.

        Raises:
            CannotRead: they define entities, or none is the main one.
        """
        self._zip = zipfile.ZipFile(path)
        self._refuse_entities()
        self._names = {part_name(name): name for name in self._zip.namelist()}
        main = self._main = self._main_part()
        book = self._xml(main)
        folder, _, name = main.rpartition("/")
        targets = self._relations(f"{folder}/_rels/{name}.rels".lstrip("/"), folder)
        self._sheets = {
            sheet.get("name"): targets.get(next((v for k, v in sheet.attrib.items() if k.endswith("}id")), ""), "")
            for sheet in book.iter("{*}sheet")
        }
        properties = next(book.iter("{*}workbookPr"), None)
        self.epoch_1904 = properties is not None and properties.get("date1904") in _TRUE
        self._zero_styles = self._styles_of_zeros(next((t for t in targets.values() if "styles" in t), ""))
        self._facts: dict[str, SheetFacts] = {}

    def _refuse_entities(self) -> None:
        """Refuse parts that define entities (fault B2): calamine gives cells that hold them as blank."""
        for name in self._zip.namelist():
            with self._zip.open(name) as stream:
                if b"<!DOCTYPE" in stream.read(_HEAD):
                    raise CannotRead("defines XML entities, as no program for workbooks does.")

    def _main_part(self) -> str:
        """Return the name of the main part: what the package's relations say, else the usual one."""
        for relation in self._elements("_rels/.rels", "{*}Relationship"):
            if relation.get("Type", "").endswith("/officeDocument"):
                target = part_name(relation.get("Target", ""))
                if target in self._names:
                    return target
        return "xl/workbook.xml" if "xl/workbook.xml" in self._names else "workbook.xml"

    def _relations(self, part: str, folder: str) -> dict[str | None, str]:
        """Return the parts that a part's relations name, by their ids."""
        return {
            relation.get("Id"): part_name(posixpath.join("/", folder, relation.get("Target", "").replace("\\", "/")))
            for relation in self._elements(part, "{*}Relationship")
        }

    def _elements(self, part: str, tag: str) -> list[etree._Element]:
        return list(self._xml(part).iter(tag)) if part in self._names else []

    def _xml(self, part: str) -> etree._Element:
        """Return a small part of the workbook; nothing outside it is ever fetched."""
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
        return etree.fromstring(self._zip.read(self._names[part]), parser)

    def _styles_of_zeros(self, part: str) -> dict[str, int]:
        """Return the styles whose number format is of zeros only, with how many there are."""
        if part not in self._names:
            return {}
        styles = self._xml(part)
        codes = {one.get("numFmtId"): one.get("formatCode", "") for one in styles.iter("{*}numFmt")}
        zeros = {key: len(code) for key, code in codes.items() if _ZEROS.fullmatch(code)}
        cells = styles.find("{*}cellXfs")
        formats = [] if cells is None else [one.get("numFmtId") for one in cells.iterchildren("{*}xf")]
        return {str(at): zeros[key] for at, key in enumerate(formats) if key in zeros}

    def usual(self, path: Path) -> io.BytesIO:
        """Return the workbook with its main part where calamine looks for it."""
        if self._main == "xl/workbook.xml":
            return io.BytesIO(path.read_bytes())
        folder, _, name = self._main.rpartition("/")
        links = f"{folder}/_rels/{name}.rels".lstrip("/")
        moved = {self._main: "xl/workbook.xml", links: "xl/_rels/workbook.xml.rels"}
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w") as new:
            for part, member in self._names.items():
                content = self._zip.read(member)
                new.writestr(moved.get(part, part), self._absolute(content, folder) if part == links else content)
        made.seek(0)
        return made

    def _absolute(self, links: bytes, folder: str) -> bytes:
        """Return relations whose targets hold wherever they stand."""
        root = etree.fromstring(links, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))
        for link in root.iter("{*}Relationship"):
            if link.get("TargetMode") != "External":
                target = posixpath.join("/", folder, link.get("Target", "").replace("\\", "/"))
                link.set("Target", f"/{part_name(target)}")
        content: bytes = etree.tostring(root)
        return content

    def facts(self, sheet: str) -> SheetFacts:
        """Return what is to be known of a sheet."""
        if sheet not in self._facts:
            part = self._names.get(self._sheets.get(sheet, ""))
            self._facts[sheet] = self._find_facts(part) if part and self._is_suspect(part) else SheetFacts()
        return self._facts[sheet]

    def _is_suspect(self, part: str) -> bool:
        """Return whether a sheet has error cells, formulas, hidden rows or formats that show zeros."""
        tail = b""
        zeros = [f's="{style}"'.encode() for style in self._zero_styles]
        with self._zip.open(part) as stream:
            while chunk := stream.read(_CHUNK):
                if _SUSPECT.search(tail + chunk) or any(sign in tail + chunk for sign in zeros):
                    return True
                tail = chunk[-16:]
        return False

    def _find_facts(self, part: str) -> SheetFacts:
        """Read a sheet cell by cell."""
        found = SheetFacts()
        row = column = -1
        tags = ("{*}row", "{*}c", "{*}col")
        with self._zip.open(part) as stream:
            events = etree.iterparse(stream, events=("start", "end"), tag=tags, resolve_entities=False, no_network=True)
            for event, element in events:
                kind = etree.QName(element).localname
                if kind == "row" and event == "start":
                    row = int(element.get("r", row + 2)) - 1
                    column = -1
                    if element.get("hidden") in _TRUE:
                        found.hidden_rows.append(row)
                elif kind == "col" and event == "start" and element.get("hidden") in _TRUE:
                    first, last = int(element.get("min", 1)), min(int(element.get("max", 1)), 16_384)
                    found.hidden_columns += range(first - 1, last)
                elif kind == "c" and event == "end":
                    column = _column(element.get("r"), column + 1)
                    if (other := self._other_value(element)) is not None:
                        found.cells.setdefault(row, {})[column] = other
                if event == "end":
                    element.clear()
        return found

    def _other_value(self, cell: etree._Element) -> Cell | None:
        """Return what a cell holds if its value does not say it: an error, or figures with zeros before them."""
        value = cell.findtext("{*}v")
        if cell.get("t") == "e":
            return ErrorCell(value or "#N/A", "an error in the workbook")
        if not value and cell.get("t") != "str" and cell.find("{*}f") is not None:  # "str": it gave an empty text
            return ErrorCell(f"={cell.findtext('{*}f') or ''}", "a formula that was not calculated")
        zeros = self._zero_styles.get(cell.get("s", ""))
        if zeros and value and cell.get("t", "n") == "n" and value.isdecimal():
            return str(value).zfill(zeros)
        return None


def part_name(name: str) -> str:
    """Return a part's name as it is compared: some programs write backslashes, or another case."""
    return posixpath.normpath(name.replace("\\", "/")).lstrip("/").lower()


def _column(reference: str | None, otherwise: int) -> int:
    """Return the column, from 0, of a cell such as AB12; cells without a reference follow each other."""
    match = _CELL.fullmatch(reference or "")
    if match is None:
        return otherwise
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return column - 1
