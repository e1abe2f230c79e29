"""The values of a column with how many rows each has: what there is to filter by."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from heapq import nsmallest
from typing import NamedTuple

from core.columns import Column, Value
from core.conditions.tree import Comparison, Operand, all_of
from core.database import Database
from core.query import Query
from core.request import Request
from core.view import in_worker

MOST_LISTED = 5_000
"""Values that are listed, the most frequent ones."""
MOST_HELD = 100_000
"""Different values that are held in memory at once; where there are more, SQLite counts them, which takes longer."""

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
    listed = in_worker(database, request, unwanted, lambda query: most_frequent(query, column, MOST_LISTED + 1))
    return Facets(column, listed[:MOST_LISTED], len(listed) <= MOST_LISTED, containing)


def most_frequent(query: Query, column: Column, limit: int) -> list[Facet]:
    """Return the most frequent values of a column in the rows of a query."""
    return nsmallest(limit, value_facets(query, column), key=rank)


def rank(facet: Facet) -> tuple[int, bool, int, str]:
    """Return the key that sorts facets: the most frequent first, then by value, unknown last."""
    value = facet.value
    number = value if isinstance(value, int) else 0
    return -facet.rows, value is None, number, value.casefold() if isinstance(value, str) else ""


def value_facets(query: Query, column: Column) -> Iterable[Facet]:
    """Return all values of a column in the rows of a query, in any order."""
    cursor = query.connection.execute(f"SELECT {column.key} {query.rows_sql}", query.parameters)
    counts: Counter[Value] = Counter()
    while block := cursor.fetchmany(_BLOCK):
        counts.update(value for (value,) in block)
        if len(counts) > MOST_HELD:
            return _facets_in_sql(query, column)
    return _joined_spellings(counts)


def _joined_spellings(counts: Counter[Value]) -> list[Facet]:
    joined: dict[Value, Facet] = {}
    for value, rows in sorted(counts.items(), key=lambda item: (-item[1], str(item[0]))):
        folded = value.casefold() if isinstance(value, str) else value
        first = joined.get(folded, Facet(value, 0))
        joined[folded] = Facet(first.value, first.rows + rows)
    return list(joined.values())


def _facets_in_sql(query: Query, column: Column) -> Iterator[Facet]:
    key = column.key
    folded = key if column.kind in ("date", "number") else f"casefold({key})"
    if key in query.request.report.folded:
        folded = f"CASE WHEN {key}_key IS NULL THEN lower({key}) ELSE {folded} END"
    counts = f"SELECT {key} AS value, {folded} AS folded, count(*) AS n {query.rows_sql} GROUP BY value"
    cursor = query.connection.execute(f"SELECT value, sum(n), max(n) FROM ({counts}) GROUP BY folded", query.parameters)
    return (Facet(value, rows) for value, rows, _ in cursor)
