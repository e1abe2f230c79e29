"""The query layer: a request becomes SQL, and SQL a result."""

from __future__ import annotations

import json
import sqlite3
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from itertools import chain
from math import isfinite

from core.clock import local
from core.conditions.sql import to_sql
from core.database import check_accounts
from core.query.columns import Row
from core.query.file_stem import file_stem
from core.query.request import Request
from core.query.result import Freshness, Result
from core.query.sorting import indexed_order, sorted_order
from core.query.source import ReportColumn, Source
from core.reports.own_columns import bound
from db.known_then import known_on, show_known_on
from db.stored import NO_DAY, NO_TIME, day_of, time_of

BLOCK = 250
"""Rows that are held at once: few enough for the processor's cache, and below the garbage collector's threshold."""

OLD_AFTER = 8
"""Days after which accounts are called old: a weekly list is late by then."""


class Query:
    """A request on one connection: the rows it names, in their order."""

    def __init__(self, connection: sqlite3.Connection, request: Request) -> None:
        """Prepare the SQL; the connection is used by the thread that calls, and by one at a time.

        Raises:
            NoAccounts: nothing was known on the day on which the accounts are to have been known.
        """
        request = _answerable(connection, request)
        report = request.report
        source = report.source(connection, request)
        self.connection = connection
        self.request = request
        self.columns = _shown(request, source)
        self.parameters = dict(source.parameters)
        conditions = (request.filter, request.condition)
        terms = [to_sql(one, report.folded, self.parameters) for one in conditions if one is not None]
        if request.picked is not None:
            self.parameters["picked"] = json.dumps(request.picked.tolist())
            terms.append("rid IN (SELECT value FROM json_each(:picked))")
        self._source = source
        where = f" WHERE {' AND '.join(terms)}" if terms else ""
        self._is_narrowed = bool(terms)
        self._indexed_from = f"FROM ({source.sql}){where}"
        self._from = f"FROM ({source.sql_end_to_end}){where}"
        self._and = f"{self._from} {'AND' if terms else 'WHERE'}"

    def count(self) -> int:
        """Return how many rows there are."""
        rows = self._from if self._is_narrowed else self._indexed_from
        number: int = self.connection.execute(f"SELECT count(*) {rows}", self.parameters).fetchone()[0]
        return number

    def totals(self) -> tuple[int, list[tuple[str, int]]]:
        """Return how many rows there are, and the report's figures over them."""
        report = self.request.report
        key, words = report.counted
        if key:
            values = self.connection.execute(f"SELECT {key} {self._from}", self.parameters)
            counts = Counter(value for (value,) in values)  # GROUP BY would sort them first
            return counts.total(), [(word, counts[word]) for word in words]
        sums = "".join(f", sum({column})" for _, column in report.totals)
        row = self.connection.execute(f"SELECT count(*){sums} {self._from}", self.parameters).fetchone()
        sums_known = zip(report.totals, row[1:], strict=True)
        return row[0], [
            (label, int(number)) for (label, _), number in sums_known if number is not None and isfinite(number)
        ]

    @property
    def rows_sql(self) -> str:
        """The FROM and WHERE of the rows; `parameters` goes with it."""
        return self._from

    def accounts_sql(self) -> str:
        """Return the SQL of the accounts (`pk`) that the rows are about; `parameters` goes with it."""
        return f"SELECT pk {self._from}"

    def blocks(self) -> Iterator[list[Row]]:
        """Yield all rows in order, in blocks."""
        keys = ", ".join(column.key for column in self.columns)
        for part in self._ordered():
            cursor = self.connection.execute(f"SELECT {keys} {part}", self.parameters)
            cursor.arraysize = BLOCK
            while block := cursor.fetchmany():
                yield block

    def row_ids(self, limit: int | None = None) -> array[int]:
        """Return the rows' numbers in order: 8 bytes a row, so that any window of any order can be had at once."""
        rids: array[int] = array("q")
        for part in self._ordered(is_first_page=limit is not None):
            first = "" if limit is None else f" LIMIT {limit - len(rids)}"  # even LIMIT -1 makes SQLite sort slower
            rids.extend(chain.from_iterable(self.connection.execute(f"SELECT rid {part}{first}", self.parameters)))
        return rids

    def _ordered(self, *, is_first_page: bool = False) -> list[str]:
        """Return the FROM, WHERE and ORDER BY of the rows; of several parts, if they follow each other in order.

        The report's own order stands in an index. For another order, and where filters leave rows out, it is quicker
        to read the accounts end to end and sort what is wanted, unless few rows of the report's order are wanted.
        """
        asked, own, folded = self.request.sort, self.request.report.order, self.request.report.folded
        if asked or (self._is_narrowed and not is_first_page):
            return [f"{self._from} ORDER BY {sorted_order(asked or own, folded)}"]
        parts = self.request.report.order_parts or (("true", own),)
        word = "AND" if self._is_narrowed else "WHERE"
        return [f"{self._indexed_from} {word} {part} ORDER BY {indexed_order(sorts, folded)}" for part, sorts in parts]

    def rows_of(self, rids: Iterable[int]) -> list[Row]:
        """Return the rows with these numbers, in this order; a row whose account is no longer there is all unknown."""
        wanted = list(rids)
        rows = {row[0]: row[1:] for row in self._found(wanted, [column.key for column in self.columns])}
        missing = (None,) * len(self.columns)
        return [rows.get(rid, missing) for rid in wanted]

    def accounts_of(self, rids: Iterable[int]) -> list[int]:
        """Return the accounts (`pk`) that rows are about, in the order of their numbers; 0 for one no longer there."""
        wanted = list(rids)
        accounts = dict(self._found(wanted, ["pk"]))
        return [accounts.get(rid, 0) for rid in wanted]

    def _found(self, rids: list[int], keys: list[str]) -> sqlite3.Cursor:
        """Find the number of each of these rows, and these columns, in any order."""
        source, numbers = self._source.sql_of(rids)
        return self.connection.execute(f"SELECT rid, {', '.join(keys)} FROM ({source})", self.parameters | numbers)

    def matching(self, text: str) -> set[int]:
        """Return the numbers of the rows of which any shown column contains `text`, without case."""
        from core.conditions.tree import Comparison, Junction, Operand

        parts = (Comparison(column, "~", Operand(column.kind.searched(text), text)) for column in self.columns)
        anywhere = Junction("or", tuple(parts))
        parameters = dict(self.parameters)
        condition = to_sql(anywhere, self.request.report.folded, parameters)
        return {rid for (rid,) in self.connection.execute(f"SELECT rid {self._and} {condition}", parameters)}


def _answerable(connection: sqlite3.Connection, request: Request) -> Request:
    """Return a request as a connection answers it: with the partner's own fields, and of what it shows as known.

    Raises:
        NoAccounts: nothing was known on the day on which the accounts are to have been known.
    """
    if request.known_on:
        show_known_on(connection, request.known_on.isoformat())
    day = known_on(connection)
    return replace(
        request,
        report=bound(request.report, connection),
        known_on=date.fromisoformat(day) if day else request.known_on,
    )


def _shown(request: Request, source: Source) -> tuple[ReportColumn, ...]:
    """Return the columns that were asked for, else all that hold something, in order."""
    by_key = {column.key: column for column in request.report.columns}
    if request.columns:
        return tuple(by_key[key] for key in request.columns)
    return tuple(column for key, column in by_key.items() if key not in source.empty)


def run_report(connection: sqlite3.Connection, request: Request) -> Result:
    """Return the request's result. It reads one state of the accounts, whatever is imported meanwhile.

    The read transaction lasts until the connection is closed.

    Raises:
        NoAccounts: nothing was imported yet.
    """
    connection.execute("BEGIN")
    check_accounts(connection)
    query = Query(connection, request)
    request = query.request
    row_count, totals = query.totals()
    fresh = freshness(connection)
    return Result(
        report_id=request.report.id,
        title=request.report.title,
        as_of=request.as_of,
        columns=query.columns,
        row_count=row_count,
        blocks=query.blocks,
        parameters=request.for_programs(),
        asked=request.in_words(),
        totals=totals,
        notes=[*age_notes(fresh, request.as_of, request.known_on), *request.report.notes(connection, request)],
        freshness=fresh,
        is_list=request.report.is_list,
        look=request.report.look,
        file_stem=file_stem(request),
    )


def freshness(connection: sqlite3.Connection) -> Freshness | None:
    """Return the last import that was not undone (domain rule 12)."""
    row = connection.execute(
        "SELECT file, dated, imported_at FROM imports WHERE undone_at IS NULL ORDER BY id DESC LIMIT 1"
    ).fetchone()
    if row is None:
        return None
    file, dated, at = row
    return Freshness(str(file), day_of(dated) or NO_DAY, local(time_of(at) or NO_TIME))


def age_notes(fresh: Freshness | None, as_of: date, known_on: date | None = None) -> list[str]:
    """Return what a reader must know of the day that the accounts tell of, beside the day asked for (domain rule 1)."""
    if fresh is None:
        return []
    if as_of < fresh.dated:
        known = f"as they were known on {known_on}" if known_on else "as they are now known"
        return [
            f"{as_of} is before {fresh.dated}, the day that the last import tells of: the accounts are {known}, not as"
            f" they were on {as_of}."
        ]
    days = (as_of - fresh.dated).days
    if days > OLD_AFTER:
        return [
            f"The accounts are those of {fresh.dated}, {days:,} days before {as_of}: a newer list may say otherwise."
        ]
    return []
