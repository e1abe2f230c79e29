"""What can be said of a column's values in one look: how many, from which to which, the most frequent."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from core.columns import Column, Value
from core.database import Database
from core.facets import Facet, ValueCounts
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
    counts = ValueCounts(query, column)
    frequent = [facet for facet in counts.most(MOST_FREQUENT + 1) if facet.value is not None]
    known = [(value, rows) for value, rows in counts.rows.items() if value is not None]
    ends: list[Value] = [value for value, _ in known] if column.kind in ("date", "number") else []
    total = sum(value * rows for value, rows in known if isinstance(value, int))
    return Statistics(
        column,
        rows=counts.rows.total(),
        known=sum(rows for _, rows in known),
        distinct=len(known),
        least=min(ends, default=None, key=_comparable),
        greatest=max(ends, default=None, key=_comparable),
        total=total if column.is_number else None,
        frequent=frequent[:MOST_FREQUENT],
    )


def _comparable(value: Value) -> Any:
    return value
