"""Rows that a person has selected, by their numbers: one byte for each number, so that a million cost a megabyte."""

from __future__ import annotations

from array import array
from collections.abc import Iterable

_GROWTH = 4096
"""Bytes taken beforehand."""


class Selection:
    """Selected rows. They stay selected whatever the order and the filter."""

    def __init__(self) -> None:
        """Begin with none."""
        self._marks = bytearray()
        self.count = 0
        """How many rows are selected."""
        self.last: int | None = None
        """The row that was selected or let go last, or the end of a range: the next range begins there."""

    def __contains__(self, rid: int) -> bool:
        """Whether a row is selected."""
        return rid < len(self._marks) and self._marks[rid] == 1

    def flip(self, rid: int) -> None:
        """Select a row, or let it go."""
        self.last = rid
        if rid in self:
            self._marks[rid] = 0
            self.count -= 1
        else:
            self.add([rid])

    def add(self, rids: Iterable[int]) -> None:
        """Select rows."""
        marks = self._marks
        for rid in rids:
            if rid >= len(marks):
                marks.extend(bytes(rid + 1 - len(marks) + _GROWTH))
            marks[rid] = 1
        self.count = marks.count(1)

    def clear(self) -> None:
        """Let all rows go."""
        self._marks, self.count = bytearray(), 0

    def rids(self) -> array[int]:
        """Return the numbers of the selected rows."""
        return array("q", (rid for rid, mark in enumerate(self._marks) if mark))
