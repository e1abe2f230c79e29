"""What can be said of a column's values in one look: how many, from which to which, the most frequent."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from core.columns import Column, Value
from core.database import Database
from core.facets import Facet, rank, value_facets
from core.query import Query
from core.request import Request
from core.view import in_worker

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
    total: int | None
    """The sum, exactly; None unless they are numbers."""
    frequent: list[Facet]
    """The most frequent values, the unknown one not among them."""

    @property
    def mean(self) -> Fraction | None:
        """The mean of the known numbers, exactly; None where there are none."""
        return None if self.total is None or not self.known else Fraction(self.total, self.known)


def column_statistics(database: Database, request: Request, key: str, unwanted: Callable[[], bool]) -> Statistics:
    """Return the statistics of a column over the rows of a request, for a worker.

    Raises:
        Cancelled: `unwanted` became true.
    """
    column = next(column for column in request.report.columns if column.key == key)
    return in_worker(database, request, unwanted, lambda query: _statistics(query, column))


def _statistics(query: Query, column: Column) -> Statistics:
    rows = known = distinct = total = 0
    least: Value = None
    greatest: Value = None
    frequent: list[Facet] = []
    for facet in value_facets(query, column):
        value, count = facet
        rows += count
        if value is None:
            continue
        known += count
        distinct += 1
        if isinstance(value, int):
            total += value * count
        if column.kind in ("date", "number"):
            least = value if least is None else min(least, value)
            greatest = value if greatest is None else max(greatest, value)
        if len(frequent) < MOST_FREQUENT or rank(facet) < rank(frequent[-1]):
            frequent = sorted([*frequent, facet], key=rank)[:MOST_FREQUENT]
    return Statistics(column, rows, known, distinct, least, greatest, total if column.is_number else None, frequent)
