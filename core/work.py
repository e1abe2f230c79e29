"""Long work, as the thread that does it and whoever waits for it both see it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

from core.errors import Cancelled

_STEPS_BETWEEN_LOOKS = 50_000
"""Steps of SQLite's machine between two looks at whether the work is still wanted: a few milliseconds."""


def stop_when(connection: sqlite3.Connection, unwanted: Callable[[], bool]) -> None:
    """Let `unwanted` be asked every few milliseconds of a query on `connection`; a query it stops is interrupted."""
    connection.set_progress_handler(unwanted, _STEPS_BETWEEN_LOOKS)


class Work:
    """How far work is, whether it waits for another program, and whether it is still wanted.

    One thread does the work and calls `tick` and `wait`; any other may call `stop` and read how far it is.
    """

    def __init__(self, what: str = "The work", unwanted: Callable[[], bool] = lambda: False) -> None:
        """Begin.

        Args:
            what: what is done, to begin a sentence with: it is said if the work is stopped.
            unwanted: says from elsewhere whether to stop.
        """
        self.what = what
        self.told: Callable[[], object] = lambda: None
        """Called by the working thread whenever `rows` or `waits_for` have changed."""
        self.rows = 0
        """Rows done so far, where the work counts them."""
        self.of: int | None = None
        """How many there are in all; None where nobody knows."""
        self.waits_for = ""
        """Who holds the database, while one waits for it: a person, or "another partner-tui"; '' for nobody."""
        self._unwanted = unwanted
        self._is_stopped = False

    def stop(self) -> None:
        """Let the work end as soon as it can; nothing of it is kept."""
        self._is_stopped = True

    @property
    def is_stopped(self) -> bool:
        """Whether `stop` was called."""
        return self._is_stopped

    def is_unwanted(self) -> bool:
        """Return whether to stop: asked every few milliseconds, also of queries."""
        return self._is_stopped or self._unwanted()

    def check(self) -> None:
        """Go on only if the work is still wanted.

        Raises:
            Cancelled: it is not.
        """
        if self.is_unwanted():
            raise Cancelled(self.what)

    def tick(self, rows: int, of: int | None = None) -> None:
        """Say how far the work is.

        Raises:
            Cancelled: it is no longer wanted.
        """
        self.check()
        if (rows, of, "") != (self.rows, self.of, self.waits_for):
            self.rows, self.of, self.waits_for = rows, of, ""
            self.told()

    def wait(self, who: str, _seconds: float) -> None:
        """Say who holds the database; called again and again as long as they do.

        Raises:
            Cancelled: the work is no longer wanted.
        """
        self.check()
        if self.waits_for != who:
            self.waits_for = who
            self.told()
