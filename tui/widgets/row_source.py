"""What a report table draws from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from core.query.columns import Column, Row


class RowSource(Protocol):
    """Rows in one order, any stretch of which can be had at once, however many there are."""

    @property
    def columns(self) -> Sequence[Column]:
        """The columns, in the order of each row's values."""
        ...

    @property
    def row_count(self) -> int:
        """How many rows there are."""
        ...

    def rows(self, start: int, stop: int) -> list[Row]:
        """Return the rows from `start` up to, but not including, `stop`: fewer if they have gone meanwhile.

        Asked for one screenful at a time, while the person waits: it must take no more than a few milliseconds.
        """
        ...


@dataclass(frozen=True, slots=True)
class ListedRows:
    """A source of rows that are all at hand, for short tables."""

    columns: Sequence[Column] = ()
    listed: Sequence[Row] = ()

    @property
    def row_count(self) -> int:
        """How many rows there are."""
        return len(self.listed)

    def rows(self, start: int, stop: int) -> list[Row]:
        """Return the rows from `start` up to, but not including, `stop`."""
        return list(self.listed[start:stop])
