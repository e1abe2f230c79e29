"""What calamine does not tell of an old XLS workbook: its epoch and its error cells (faults B8, B10).

The format is [MS-XLS]: records in a stream "Workbook" of an [MS-CFB] container.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path

from core.importing.table import ErrorCell

_FREE = 0xFFFFFFFA
"""Sector numbers from here on are marks, not sectors."""
_BOF, _EOF, _SHEET, _DATEMODE, _BOOLERR, _FORMULA = 0x0809, 0x000A, 0x0085, 0x0022, 0x0205, 0x0006
_EXCEL_97 = b"\x00\x06"
_ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}

Errors = dict[int, dict[int, ErrorCell]]


class OldWorkbook:
    """The records of a workbook. Calamine read it before, so that it is known to be sound."""

    def __init__(self, path: Path) -> None:
        self._stream = _workbook_stream(path.read_bytes())
        self.epoch_1904 = False
        self._sheets: dict[str, int] = {}
        is_new = False
        for kind, data in self._records(0):
            if kind == _BOF:
                is_new = data[:2] == _EXCEL_97
            elif kind == _DATEMODE:
                self.epoch_1904 = data[:1] == b"\x01"
            elif kind == _SHEET:
                self._sheets[_sheet_name(data, is_new)] = struct.unpack_from("<I", data)[0]

    def errors(self, sheet: str) -> Errors:
        """Return the error cells of a sheet by row and column, from 0."""
        found: Errors = {}
        if sheet not in self._sheets:
            return found
        for kind, data in self._records(self._sheets[sheet]):
            code = None
            if kind == _BOOLERR and data[7]:
                code = data[6]
            elif kind == _FORMULA and data[12:14] == b"\xff\xff" and data[6] == 2:
                code = data[8]
            if code is not None:
                row, column = struct.unpack_from("<HH", data)
                text = _ERRORS.get(code, "#N/A")
                found.setdefault(row, {})[column] = ErrorCell(text, "an error in the workbook")
        return found

    def _records(self, offset: int) -> Iterator[tuple[int, bytes]]:
        """Yield kind and data of the records from `offset` to the end of what begins there."""
        depth = 0
        while offset + 4 <= len(self._stream):
            kind, length = struct.unpack_from("<HH", self._stream, offset)
            depth += (kind == _BOF) - (kind == _EOF)
            if depth < 1:
                return
            if depth == 1:
                yield kind, self._stream[offset + 4 : offset + 4 + length]
            offset += 4 + length


def _sheet_name(data: bytes, is_new: bool) -> str:
    """Return the name in a record of a sheet; before Excel 97 a character was always one byte."""
    length = data[6]
    if is_new and data[7] & 1:
        return data[8 : 8 + 2 * length].decode("utf-16-le", "replace")
    return data[8 if is_new else 7 :][:length].decode("latin-1")


def _workbook_stream(content: bytes) -> bytes:
    """Return the stream "Workbook" of a container; empty if there is none."""
    size = 1 << struct.unpack_from("<H", content, 30)[0]
    fat = _sector_table(content, size)
    directory = _chain(content, size, fat, struct.unpack_from("<I", content, 48)[0])
    entries = {_entry_name(entry): entry for entry in _pieces(directory, 128)}
    entry = entries.get("workbook") or entries.get("book")
    if entry is None:
        return b""
    first, length = struct.unpack_from("<II", entry, 116)
    if length >= struct.unpack_from("<I", content, 56)[0]:
        return _chain(content, size, fat, first)[:length]
    small_sectors = _chain(content, size, fat, struct.unpack_from("<I", entries["root entry"], 116)[0])
    small_fat = _numbers(_chain(content, size, fat, struct.unpack_from("<I", content, 60)[0]))
    return _chain(small_sectors, 64, small_fat, first, header=0)[:length]


def _sector_table(content: bytes, size: int) -> tuple[int, ...]:
    """Return for each sector the one that follows it."""
    sectors = [number for number in struct.unpack_from("<109I", content, 76) if number < _FREE]
    further = struct.unpack_from("<I", content, 68)[0]
    for _ in range(len(content) // size):
        if further >= _FREE:
            break
        *more, further = _numbers(content[(further + 1) * size : (further + 2) * size])
        sectors += [number for number in more if number < _FREE]
    return _numbers(b"".join(content[(number + 1) * size : (number + 2) * size] for number in sectors))


def _chain(content: bytes, size: int, fat: tuple[int, ...], first: int, header: int = 1) -> bytes:
    """Return the sectors that follow each other from `first`; no more than there are."""
    pieces: list[bytes] = []
    while first < _FREE and first < len(fat) and len(pieces) <= len(fat):
        pieces.append(content[(first + header) * size : (first + header + 1) * size])
        first = fat[first]
    return b"".join(pieces)


def _entry_name(entry: bytes) -> str:
    """Return the name of a directory entry in lower case."""
    length = struct.unpack_from("<H", entry, 64)[0]
    return entry[: max(0, length - 2)].decode("utf-16-le", "replace").lower()


def _numbers(data: bytes) -> tuple[int, ...]:
    """Return bytes as numbers of 32 bits."""
    return struct.unpack(f"<{len(data) // 4}I", data[: len(data) // 4 * 4])


def _pieces(data: bytes, size: int) -> Iterator[bytes]:
    """Yield whole pieces of `size` bytes."""
    for offset in range(0, len(data) - size + 1, size):
        yield data[offset : offset + size]
