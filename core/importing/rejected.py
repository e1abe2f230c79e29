"""Cells that cannot be read, and the rows that are left out of an import for them."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from operator import eq
from typing import overload

_SHOWN = 80
_SAME_VALUES = 10_000
"""How many values are kept once however many rows have them."""


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Stands in place of a value that cannot be read."""

    reason: str
    """Why its cell rejects the row, as the end of a sentence: "no such day"."""


@dataclass(frozen=True, slots=True)
class Rejected:
    """Which row, and the first thing in it that is wrong."""

    row: int
    """Its number as a spreadsheet shows it; the heading row counts."""
    column: str
    """The heading as the file has it; '' where the whole row is wrong."""
    value: str
    """What stands there, cut to a length that can be shown."""
    reason: str
    """Why it cannot be read, as the end of a sentence: "no such day"."""


class RejectedRows(Sequence[Rejected]):
    """Rejected rows, kept small: a file may have millions, and mostly one thing is wrong with them."""

    def __init__(self, rows: Iterable[Rejected] = ()) -> None:
        """Begin with these rows, in the order of the file."""
        self._rows = array("q")
        self._faults = array("q")
        self._values: list[str] = []
        self._numbers: dict[tuple[str, str], int] = {}
        self._words: list[tuple[str, str]] = []
        self._same: dict[str, str] = {}
        self.add(rows)

    def add(self, rows: Iterable[Rejected]) -> None:
        """Add rows that stand below the others."""
        for one in rows:
            fault = (one.column, one.reason)
            number = self._numbers.setdefault(fault, len(self._words))
            if number == len(self._words):
                self._words.append(fault)
            value = self._same.get(one.value, one.value)
            if value is one.value and len(self._same) < _SAME_VALUES:
                self._same[value] = value
            self._rows.append(one.row)
            self._faults.append(number)
            self._values.append(value)

    def __len__(self) -> int:
        """Return how many rows there are."""
        return len(self._rows)

    @overload
    def __getitem__(self, place: int) -> Rejected: ...

    @overload
    def __getitem__(self, place: slice) -> list[Rejected]: ...

    def __getitem__(self, place: int | slice) -> Rejected | list[Rejected]:
        """Return a row, or some."""
        if isinstance(place, slice):
            return [self[at] for at in range(*place.indices(len(self)))]
        column, reason = self._words[self._faults[place]]
        return Rejected(self._rows[place], column, self._values[place], reason)

    def __iter__(self) -> Iterator[Rejected]:
        """Yield the rows in the order of the file."""
        return (self[at] for at in range(len(self)))

    def __eq__(self, other: object) -> bool:
        """Return whether these are the same rows, in a list or so as here."""
        return isinstance(other, Sequence) and len(self) == len(other) and all(map(eq, self, other))

    __hash__ = None  # type: ignore[assignment]


def shown(value: object) -> str:
    """Return a cell's value as a message shows it: at most 80 characters, cut ones end with '…'.

    What workbooks hold is shown as a person sees it there: -1, not -1.0, and TRUE, not True.
    """
    if isinstance(value, float):
        text = format(value, ".15g")
    elif isinstance(value, bool):
        text = str(value).upper()
    else:
        text = "" if value is None else str(value)
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"
