"""A report as a table shows it: windows of rows in any order, from a list of row numbers."""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Callable, Sequence
from typing import TypeVar

from core.database import Database
from core.errors import Cancelled
from core.query.columns import Column, Row
from core.query.query import Query
from core.query.request import Request
from core.work import stop_when

Answer = TypeVar("Answer")


class View:
    """The rows of a request at their places. Windows cost some tenths of a millisecond at any size."""

    def __init__(self, connection: sqlite3.Connection, request: Request) -> None:
        """Show the request's rows through `connection`, which belongs to the calling thread."""
        self._query = Query(connection, request)
        self.request = self._query.request
        self._order: array[int] = array("q")

    @property
    def columns(self) -> Sequence[Column]:
        """The columns shown."""
        return self._query.columns

    @property
    def row_count(self) -> int:
        """How many rows are in order by now."""
        return len(self._order)

    def show(self, order: array[int]) -> None:
        """Take a new order: the row numbers from `first_rows` or `all_rows`."""
        self._order = order

    def rows(self, start: int, stop: int) -> list[Row]:
        """Return the rows at these places."""
        wanted = self._order[start:stop]
        return self._query.rows_of(wanted) if wanted else []

    def rid(self, position: int) -> int:
        """Return the number of the row at a place."""
        return self._order[position]

    def rids(self, start: int, stop: int) -> array[int]:
        """Return the numbers of the rows at these places."""
        return self._order[start:stop]

    def read(self, request: Request) -> list[Row]:
        """Return all rows of another request: of few rows, since the person waits."""
        return [row for block in Query(self._query.connection, request).blocks() for row in block]

    def account(self, position: int) -> int:
        """Return the account (`pk`) that the row at a place is about; 0 where it is no longer there."""
        return self._query.accounts_of([self._order[position]])[0]

    def first_rows(self, limit: int) -> array[int]:
        """Return the first row numbers: what can be painted before the whole order is known."""
        return self._query.row_ids(limit)

    def places_of(self, rids: set[int]) -> list[int]:
        """Return the places of rows, from the top."""
        return [place for place, rid in enumerate(self._order) if rid in rids] if rids else []


def all_rows(database: Database, request: Request, unwanted: Callable[[], bool]) -> array[int]:
    """Return the numbers of all rows in order; for a worker, on a connection of its own.

    Raises:
        Cancelled: `unwanted` became true.
    """
    return in_worker(database, request, unwanted, Query.row_ids)


def find_rows(database: Database, request: Request, text: str, unwanted: Callable[[], bool]) -> set[int]:
    """Return the numbers of the rows that contain `text` in any shown column; for a worker.

    Raises:
        Cancelled: `unwanted` became true.
    """
    return in_worker(database, request, unwanted, lambda query: query.matching(text))


def in_worker(
    database: Database, request: Request, unwanted: Callable[[], bool], work: Callable[[Query], Answer]
) -> Answer:
    """Return what `work` finds in the rows of a request, on a connection of its own.

    Raises:
        Cancelled: `unwanted` became true.
    """
    connection = database.read()
    try:
        stop_when(connection, unwanted)
        return work(Query(connection, request))
    except sqlite3.OperationalError as error:
        if unwanted():
            raise Cancelled("The search") from error
        raise
    finally:
        connection.close()
