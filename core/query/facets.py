"""The values of a column with how many rows each has: what there is to filter by."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from heapq import nlargest
from operator import itemgetter
from typing import Any, NamedTuple

from core.conditions.tree import Comparison, Operand, all_of
from core.database import Database
from core.query.columns import Column, Value
from core.query.ordered_rows import in_worker
from core.query.query import Query
from core.query.request import Request

MOST_LISTED = 5_000
"""Values that are listed, the most frequent ones."""
MOST_HELD = 100_000
"""Spellings that are counted in memory. SQLite sorts the values where there are more: slower, but in little memory."""

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
        text = column.kind.searched(containing)
        test = Comparison(column, "~", Operand(text, text))
        request = replace(request, condition=all_of([request.condition, test] if request.condition else [test]))
    listed = in_worker(database, request, unwanted, lambda query: ValueCounts(query, column).most(MOST_LISTED + 1))
    return Facets(column, listed[:MOST_LISTED], len(listed) <= MOST_LISTED, containing)


class ValueCounts:
    """How many rows of a query have each value of a column; text without case."""

    def __init__(self, query: Query, column: Column) -> None:
        """Read the column once."""
        self._query, self._column = query, column
        self._held = self._spellings()

    def each(self) -> Iterable[tuple[Value, int]]:
        """Return every value, text in the form that ignores case, and its rows; in order, the unknown one first."""
        if self._held is None:
            same = _without_case(self._column, self._query.request.report.folded)
            return self._grouped(f"SELECT {same} AS value {self._query.rows_sql}")
        rows: Counter[Value] = Counter()
        for value, count in self._held.items():
            rows[_folded(value)] += count
        return sorted(rows.items(), key=lambda item: _order(item[0]))

    def most(self, limit: int, values: Iterable[tuple[Value, int]] | None = None) -> list[Facet]:
        """Return the most frequent values, equally frequent ones in their order; `values` are those of `each`."""
        most = nlargest(limit, values or self.each(), key=itemgetter(1))
        most.sort(key=lambda item: (-item[1], item[0] is None))
        spelled = self._most_spelled([value for value, _ in most]) if self._column.kind.is_text else {}
        return [Facet(spelled.get(value, value), rows) for value, rows in most]

    def _spellings(self) -> Counter[Value] | None:
        """Return the rows by spelling; None if there are too many to hold."""
        spellings: Counter[Value] = Counter()
        rows = self._query.connection.execute(
            f"SELECT {self._column.key} {self._query.rows_sql}", self._query.parameters
        )
        while block := rows.fetchmany(_BLOCK):
            spellings.update(value for (value,) in block)
            if len(spellings) > MOST_HELD:
                return None
        return spellings

    def _most_spelled(self, wanted: list[Value]) -> dict[Value, Value]:
        """Return the most frequent spelling of each value."""
        spellings: Iterable[tuple[Value, int]]
        if self._held is None:
            key = self._column.key
            same = _without_case(self._column, self._query.request.report.folded)
            spellings = self._grouped(
                f"SELECT value FROM (SELECT {key} AS value, {same} AS same {self._query.rows_sql})"
                " WHERE same IN (SELECT value FROM json_each(:wanted))",
                wanted=json.dumps(wanted),
            )
        else:
            spellings = self._held.items()
        ranked = sorted(spellings, key=lambda item: (item[1], _order(item[0])))
        return {_folded(value): value for value, _ in ranked}

    def _grouped(self, values_sql: str, **more: str) -> sqlite3.Cursor:
        """Return how often each `value` comes among values."""
        sql = f"SELECT value, count(*) FROM ({values_sql}) GROUP BY value"
        return self._query.connection.execute(sql, self._query.parameters | more)


def _without_case(column: Column, folded: frozenset[str]) -> str:
    """Return the SQL of a column's value in the form that ignores case."""
    return column.kind.same_sql(column.key, is_folded=column.key in folded)


def _folded(value: Value) -> Value:
    return value.casefold() if isinstance(value, str) else value


def _order(value: Value) -> tuple[bool, Any]:
    """Return the key that sorts the values of one column, the unknown one first."""
    return value is not None, value
