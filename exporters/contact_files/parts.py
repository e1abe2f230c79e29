"""Contacts as lines of CSV, in as many files as the vendor's limits ask for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO

from exporters.contact_files.purpose import Purpose
from exporters.file_set import FileSet

_NEEDS_QUOTES = re.compile('[,"]|^ | $')


class Parts:
    """Writes lines into files of a set, beginning a new one where the next line would go over a limit.

    Values stand untouched: no spreadsheet guard, nothing cut. None of them holds a line end.
    """

    def __init__(self, files: FileSet, target: Path, purpose: Purpose) -> None:
        """Write to files beside `target`; the first is begun at once, with its heading."""
        self._files = files
        self._target = target
        self._purpose = purpose
        self._heading = contact_line(purpose.headings)
        self._outs: list[BinaryIO] = []
        self._begin()

    def write(self, rows: Sequence[Sequence[str | None]]) -> None:
        """Write rows, one line each.

        Raises:
            OSError: the disk is full, or the like.
        """
        for row in rows:
            line = contact_line(row)
            if self._lines == self._purpose.max_lines or self._bytes + len(line) > self._purpose.max_bytes:
                self._begin()
            self._put(line)

    def named(self) -> list[tuple[BinaryIO, Path]]:
        """Return the files and their names: `target` for one, and NAME-1-of-3 and so on for several."""
        if len(self._outs) == 1:
            return [(self._outs[0], self._target)]
        stem, ending, count = self._target.stem, self._target.suffix, len(self._outs)
        return [
            (out, self._target.with_name(f"{stem}-{number}-of-{count}{ending}"))
            for number, out in enumerate(self._outs, start=1)
        ]

    def left_over(self) -> list[Path]:
        """Return what lies there of an earlier export to the same name that had another number of files."""
        stem, ending = re.escape(self._target.stem), re.escape(self._target.suffix)
        earlier = re.compile(rf"{stem}(-\d+-of-\d+)?{ending}")
        ours = {path.name for _, path in self.named()}
        folder = self._target.parent
        try:
            return sorted(path for path in folder.iterdir() if earlier.fullmatch(path.name) and path.name not in ours)
        except PermissionError:  # a folder that may be written, but not listed
            return []

    def _begin(self) -> None:
        self._outs.append(self._files.open(self._target))
        self._lines = self._bytes = 0
        self._put(self._heading)

    def _put(self, line: bytes) -> None:
        self._outs[-1].write(line)
        self._lines += 1
        self._bytes += len(line)


def contact_line(values: Sequence[str | None]) -> bytes:
    """Return values as one line of CSV, quoted only where it must be, with its line end."""
    return ",".join(_field(value or "") for value in values).encode() + b"\r\n"


def _field(value: str) -> str:
    return '"' + value.replace('"', '""') + '"' if _NEEDS_QUOTES.search(value) else value
