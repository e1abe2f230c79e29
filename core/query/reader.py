"""A connection for reading that is used in a thread of its own, so that who paints never waits long for it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

from core.database import Database, read_faults
from core.errors import Fault
from core.query.columns import Column, Row
from core.query.ordered_rows import View

Answer = TypeVar("Answer")

MOMENT = 0.1
"""Seconds that a table waits for rows, which usually take some tenths of a millisecond."""
KEPT_WINDOWS = 8
"""Windows of rows that came late and are kept for the table to fetch."""


class Reader:
    """One connection, and the one thread that uses it."""

    def __init__(self, database: Database) -> None:
        """Open the database; for a worker, as it waits.

        Raises:
            NoAccounts: there is no such file.
            WorkFailed: it cannot be read.
        """
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="rows")
        self.is_closed = False
        try:
            self._connection = self._thread.submit(database.read).result()
        except BaseException:
            self._thread.shutdown()
            raise

    def call(self, work: Callable[[sqlite3.Connection], Answer]) -> Future[Answer]:
        """Have something read in the thread, after what it was asked before."""

        def run() -> Answer:
            with read_faults():
                return work(self._connection)

        return self._thread.submit(run)

    def close(self) -> None:
        """Let go of the database once what was asked is done; nobody waits for that."""
        if not self.is_closed:
            self.is_closed = True
            self._thread.submit(self._connection.close)
            self._thread.shutdown(wait=False)


class PatientRows:
    """The rows of a view for a table that is being painted: those that come late it is told to fetch again."""

    def __init__(
        self,
        reader: Reader,
        view: View,
        late: Callable[[PatientRows, Future[None]], None],
        failed: Callable[[Fault], None],
    ) -> None:
        """Read a view's rows.

        Args:
            reader: who reads.
            view: what.
            late: called with a future where rows are not there in a moment: none are given, and once the future is done
                the table may fetch them.
            failed: called with why rows cannot be read; none are given then.
        """
        self._reader, self._view, self._late, self._failed = reader, view, late, failed
        self._came_late: dict[tuple[int, int], list[Row]] = {}
        self._is_waiting = False

    @property
    def columns(self) -> Sequence[Column]:
        """The columns shown."""
        return self._view.columns

    @property
    def row_count(self) -> int:
        """How many rows are in order by now."""
        return self._view.row_count

    def rows(self, start: int, stop: int) -> list[Row]:
        """Return the rows at these places, or none where they cannot be had in a moment."""
        if (start, stop) in self._came_late:
            return self._came_late[start, stop]
        if self._reader.is_closed:
            return []
        future = self._reader.call(lambda _: self._view.rows(start, stop))
        try:
            return future.result(0 if self._is_waiting else MOMENT)
        except TimeoutError:
            self._is_waiting = True  # one wait at a time: what follows would only add to it
            self._late(self, self._reader.call(lambda _: self._keep(start, stop, future)))
            return []
        except Fault as fault:
            self._failed(fault)
            return []

    def _keep(self, start: int, stop: int, future: Future[list[Row]]) -> None:
        """Keep what came late; in the reader's thread, behind the reading itself."""
        if len(self._came_late) >= KEPT_WINDOWS:
            self._came_late.clear()
        self._came_late[start, stop] = future.result()
        self._is_waiting = False
