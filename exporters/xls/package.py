"""The zip package that a workbook is, written forward only."""

from __future__ import annotations

from collections.abc import Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import BinaryIO
from zipfile import ZIP_DEFLATED, ZipFile

from core.errors import WorkFailed

PLAIN_LIMIT = 2**31 - 1
"""The bytes up to which `zipfile` can write a part in the plain form of zip."""
_FASTEST = 1


def open_package(out: BinaryIO) -> ZipFile:
    """Return a new package that is written to `out`."""
    return ZipFile(_ForwardOnly(out), "w", ZIP_DEFLATED, compresslevel=_FASTEST)


def add(package: ZipFile, name: str, content: bytes) -> None:
    """Write a small part. A part's time is always the first of 1980, as in Excel's own files."""
    with package.open(name, "w") as part:
        part.write(content)


def stream(package: ZipFile, name: str, pieces: Iterable[bytes], expected: int) -> None:
    """Write a part of any size, piece by piece.

    One piece is compressed while the next is made: deflating lets other Python code run. The large form of zip (zip64)
    is used only where about `expected` bytes may call for it, because Excel wants to repair small files that have it.

    Raises:
        WorkFailed: The part became far larger than expected.
    """
    large = 2 * expected > PLAIN_LIMIT
    size = 0
    with package.open(name, "w", force_zip64=large) as part, ThreadPoolExecutor(max_workers=1) as helper:
        under_way: Future[int] | None = None
        for piece in pieces:
            size += len(piece)
            if size > PLAIN_LIMIT and not large:
                raise WorkFailed("The texts of this report are too long for one worksheet.", "Write it as CSV.")
            if under_way is not None:
                under_way.result()
            under_way = helper.submit(part.write, piece)
        if under_way is not None:
            under_way.result()


class _ForwardOnly:
    """A stream in which `zipfile` cannot go back, so that a file and a pipe get the same bytes."""

    def __init__(self, out: BinaryIO) -> None:
        self._out = out

    def write(self, data: bytes) -> int:
        """Write on."""
        return self._out.write(data)

    def flush(self) -> None:
        """Do nothing, like `close`: both are for whoever opened the stream."""

    def close(self) -> None:
        """Do nothing."""
