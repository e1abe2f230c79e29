"""What can be said of a column's values in one look: how many, from which to which, the most frequent."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from core.database import Database
from core.query.columns import Column, Value
from core.query.facets import Facet, ValueCounts
from core.query.ordered_rows import in_worker
from core.query.query import Query
from core.query.request import Request

MOST_FREQUENT = 5


@dataclass(frozen=True, slots=True)
class Statistics:
    """A column's values in the rows of a request."""

    column: Column
    rows: int
    known: int
    """Rows whose value is known."""
    distinct: int
    """Different values; text without case."""
    least: Value
    """The least number or earliest date; None for text, or where none is known."""
    greatest: Value
    total: int | float | None
    """The sum, exactly; None unless they are numbers."""
    frequent: list[Facet]
    """The most frequent values, the unknown one not among them."""

    @property
    def mean(self) -> Fraction | None:
        """The mean of the known numbers, exactly; None where there are none."""
        return None if self.total is None or not self.known else Fraction(self.total) / self.known


def column_statistics(database: Database, request: Request, key: str, unwanted: Callable[[], bool]) -> Statistics:
    """Return the statistics of a column over the rows of a request, for a worker.

    Raises:
        Cancelled: `unwanted` became true.
    """
    column = next(column for column in request.report.columns if column.key == key)
    return in_worker(database, request, unwanted, lambda query: _statistics(query, column))


def _statistics(query: Query, column: Column) -> Statistics:
    counts, tally = ValueCounts(query, column), _Tally(has_ends=not column.kind.is_text)
    frequent = counts.most(MOST_FREQUENT + 1, tally.over(counts.each()))
    return Statistics(
        column,
        rows=tally.rows,
        known=tally.known,
        distinct=tally.distinct,
        least=tally.least,
        greatest=tally.greatest,
        total=tally.total if column.is_number else None,
        frequent=[facet for facet in frequent if facet.value is not None][:MOST_FREQUENT],
    )


class _Tally:
    """What is found while values go by once: there may be too many to hold them."""

    def __init__(self, *, has_ends: bool) -> None:
        self._has_ends = has_ends
        self.rows = self.known = self.distinct = 0
        self.total: int | float = 0
        self.least: Any = None
        self.greatest: Any = None

    def over(self, values: Iterable[tuple[Value, int]]) -> Iterator[tuple[Value, int]]:
        """Yield the values and their rows."""
        for item in values:
            value, rows = item
            self.rows += rows
            if value is not None:
                self.known += rows
                self.distinct += 1
                if self._has_ends:
                    self._stretch(value)
                if isinstance(value, int | float):
                    self.total += value * rows
            yield item

    def _stretch(self, value: Any) -> None:
        self.least = value if self.least is None else min(self.least, value)
        self.greatest = value if self.greatest is None else max(self.greatest, value)
