"""Old workbooks (XLS), made record by record: what other programs write and no library here does (MS-XLS, MS-CFB)."""

from __future__ import annotations

import struct

Result = str | float | bool | None
"""What a formula came to; None for a blank text."""


def record(number: int, content: bytes) -> bytes:
    """Return a record of an old workbook."""
    return struct.pack("<HH", number, len(content)) + content


def container(name: str, stream: bytes) -> bytes:
    """Return an OLE container of one stream of at most 4,096 bytes (MS-CFB, version 3)."""
    end, free, own = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
    begin = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    begin += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, end, 0, end, 0) + struct.pack("<109I", 0, *[free] * 108)
    sectors = struct.pack("<128I", own, end, *range(3, 10), end, *[free] * 118)

    def entry(title: str, kind: int, child: int, start: int, size: int) -> bytes:
        written = title.encode("utf-16-le") + b"\0\0"
        links = struct.pack("<HBBIII", len(written), kind, 1, free, free, child)
        return written.ljust(64, b"\0") + links + bytes(36) + struct.pack("<IQ", start, size)

    folder = entry("Root Entry", 5, 1, end, 0) + entry(name, 2, free, 2, 4096)
    return begin + sectors + folder.ljust(512, b"\0") + stream.ljust(4096, b"\0")


def label(row: int, column: int, text: str) -> bytes:
    """Return a cell of text."""
    return record(0x0204, struct.pack("<HHHHB", row, column, 0, len(text), 0) + text.encode("latin-1"))


def formula(number: int, row: int, column: int, result: Result, between: bytes = b"") -> bytes:
    """Return a cell of a formula, in a record of this number, with its result; `between` stands before a text."""
    special = {str: b"\0\0\0", bool: b"\1\0" + bytes([result is True]), type(None): b"\3\0\0"}.get(type(result))
    came_to = struct.pack("<d", result) if special is None else special + bytes(3) + b"\xff\xff"
    cell = record(number, struct.pack("<HHH", row, column, 0) + came_to + struct.pack("<HIH3B", 0, 0, 3, 0x1E, 1, 0))
    if isinstance(result, str):
        text = struct.pack("<HB", len(result), 0) + result.encode("latin-1")
        return cell + between + record(0x0207, text)
    return cell


def old_workbook(cells: bytes, name: str = "Workbook") -> bytes:
    """Return a workbook of Excel 97 with one sheet of these cells; its stream has this name."""

    def begin(kind: int) -> bytes:
        return record(0x0809, struct.pack("<HHHHII", 0x0600, kind, 0, 1997, 0, 6))

    font = record(0x0031, struct.pack("<HHHHHBBBBBB", 200, 0, 0x7FFF, 400, 0, 0, 0, 0, 0, 5, 0) + b"Arial")
    looks = begin(5) + font + record(0x00E0, bytes(20))
    end = record(0x000A, b"")
    start = len(looks) + 4 + 8 + len("Data") + len(end)
    sheet = record(0x0085, struct.pack("<IHBB", start, 0, 4, 0) + b"Data")
    return container(name, looks + sheet + end + begin(0x10) + cells + end)
