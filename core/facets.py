"""The values of a column with how many rows each has: what there is to filter by."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from heapq import nsmallest
from typing import Any, NamedTuple

from core.columns import Column, Value
from core.conditions.tree import Comparison, Operand, all_of
from core.database import Database
from core.query import Query
from core.request import Request
from core.view import in_worker

MOST_LISTED = 5_000
"""Values that are listed, the most frequent ones."""
MOST_SPELLINGS = 100_000
"""Spellings that are held in memory at once. Where there are more, the rows are read a second time for those listed."""

_BLOCK = 1_000


class Facet(NamedTuple):
    """A value and how many rows have it. Text counts without case, as conditions compare it."""

    value: Value
    """None for unknown. Of several spellings, the most frequent."""
    rows: int


@dataclass(frozen=True, slots=True)
class Facets:
    """The values of a column, the most frequent first, equally frequent ones in their order."""

    column: Column
    listed: list[Facet]
    is_all: bool
    """Whether there are no other values."""
    containing: str = ""
    """What all of them contain."""


def column_facets(
    database: Database, request: Request, key: str, unwanted: Callable[[], bool], containing: str = ""
) -> Facets:
    """Return the values that a column has in the rows of a request, for a worker.

    Raises:
        Cancelled: `unwanted` became true.
    """
    column = next(column for column in request.report.columns if column.key == key)
    if containing:
        text = containing.replace(",", "") if column.is_number else containing
        test = Comparison(column, "~", Operand(text, text))
        request = replace(request, condition=all_of([request.condition, test] if request.condition else [test]))
    listed = in_worker(database, request, unwanted, lambda query: ValueCounts(query, column).most(MOST_LISTED + 1))
    return Facets(column, listed[:MOST_LISTED], len(listed) <= MOST_LISTED, containing)


class ValueCounts:
    """How many rows of a query have each value of a column; text without case."""

    def __init__(self, query: Query, column: Column) -> None:
        """Read the column once."""
        self._query, self._column = query, column
        self.rows: Counter[Value] = Counter()
        """Rows by value, text in the form that ignores case."""
        self._spellings: Counter[Value] | None = Counter()
        """Rows by spelling; None where there are too many to hold."""
        spellings: Counter[Value] = Counter()
        for block in self._blocks():
            spellings.update(block)
            if len(spellings) > MOST_SPELLINGS:
                self._add(spellings)
                self._spellings = None
                spellings.clear()
        self._add(spellings)
        if self._spellings is not None:
            self._spellings = spellings

    def most(self, limit: int) -> list[Facet]:
        """Return the most frequent values, equally frequent ones in their order."""
        values = self._most(limit)
        spelled = self._most_spelled(set(values)) if self._column.kind in ("id", "text") else {}
        return [Facet(spelled.get(value, value), self.rows[value]) for value in values]

    def _most(self, limit: int) -> list[Value]:
        if not self.rows:
            return []
        least = sorted(self.rows.values(), reverse=True)[:limit][-1]
        more = [value for value, rows in self.rows.items() if rows > least]
        as_many = (value for value, rows in self.rows.items() if rows == least)
        tied = nsmallest(limit - len(more), as_many, key=_order)
        return [*sorted(more, key=lambda value: (-self.rows[value], _order(value))), *tied]

    def _most_spelled(self, wanted: set[Value]) -> dict[Value, Value]:
        """Return the most frequent spelling of each value."""
        spellings = self._spellings
        if spellings is None:
            spellings = Counter(value for block in self._blocks() for value in block if _folded(value) in wanted)
        ranked = sorted(spellings.items(), key=lambda item: (item[1], _order(item[0])))
        return {_folded(value): value for value, _ in ranked}

    def _blocks(self) -> Iterator[list[Value]]:
        cursor = self._query.connection.execute(
            f"SELECT {self._column.key} {self._query.rows_sql}", self._query.parameters
        )
        while block := cursor.fetchmany(_BLOCK):
            yield [value for (value,) in block]

    def _add(self, spellings: Counter[Value]) -> None:
        for value, rows in spellings.items():
            self.rows[_folded(value)] += rows


def _folded(value: Value) -> Value:
    return value.casefold() if isinstance(value, str) else value


def _order(value: Value) -> tuple[bool, Any]:
    """Return the key that sorts the values of one column, the unknown one last."""
    return value is None, value
