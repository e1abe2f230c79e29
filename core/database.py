"""The accounts that a command works on: which database, opened and checked."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from core import clock  # noqa: F401 - lets old imports get their day in the partner's time zone
from core.errors import NoAccounts, Step
from core.paths import database_file, demo_file
from core.work import Work, stop_when
from db.connection import connect_reading
from db.restore import restore_database
from db.sqlite import copy_into
from db.sqlite_faults import is_written_by, read_faults, write_faults
from db.stored import unreadable
from db.transaction import watching_waits

__all__ = [
    "Database",
    "check_accounts",
    "choose_database",
    "is_written_by",
    "prepare_demo",
    "read_faults",
    "restore_database",
    "unreadable_rows",
    "watching_waits",
]


@dataclass(frozen=True, slots=True)
class Database:
    """A database file and whether its accounts are generated ones."""

    path: Path
    is_demo: bool = False
    known_on: date | None = None
    """The day on which the accounts are to have been known as they are read; None for now."""

    def read(self) -> sqlite3.Connection:
        """Return a connection for reading, to be closed by the caller.

        Raises:
            NoAccounts: there is no such file, or nothing was known on the day `known_on`.
            WorkFailed: it cannot be read, or is not one of this program's.
        """
        connection = connect_reading(self.path)
        try:
            self._look_back(connection)
        except BaseException:
            connection.close()
            raise
        return connection

    def _look_back(self, connection: sqlite3.Connection) -> None:
        if self.known_on:
            from db.known_then import show_known_on

            show_known_on(connection, self.known_on.isoformat())

    @contextmanager
    def reading(self, work: Work) -> Iterator[sqlite3.Connection]:
        """Yield a connection for a worker's reading: what it asks ends, and so does a wait for a lock, once unwanted.

        Raises:
            NoAccounts: there is no such file, or nothing was known on the day `known_on`.
            WorkFailed: it cannot be read, or is not one of this program's.
            Cancelled: the work is no longer wanted.
        """
        with watching_waits(work.wait), closing(connect_reading(self.path)) as connection:
            stop_when(connection, work.is_unwanted)
            try:
                self._look_back(connection)
                yield connection
            except sqlite3.OperationalError:
                work.check()  # it says no more than that it was interrupted
                raise

    @contextmanager
    def writing(self, work: Work) -> Iterator[Path]:
        """Yield the file for a worker's writing: within the block, other programs' locks are waited for while wanted.

        Raises:
            Cancelled: the work was no longer wanted during a wait; nothing has changed.
        """
        with watching_waits(work.wait):
            yield self.path

    def copy_into(self, copy: Path) -> None:
        """Copy the database into an empty file: one state of it, whatever others write meanwhile.

        Raises:
            NoAccounts: there is no database.
            WorkFailed: it cannot be read, or the file not be written.
        """
        with closing(connect_reading(self.path)) as connection, write_faults():
            copy_into(connection, copy)

    def read_accounts(self) -> sqlite3.Connection:
        """Return a connection for reading that has accounts to read.

        Raises:
            NoAccounts: there is no such file, or no account in it.
        """
        connection = self.read()
        try:
            check_accounts(connection)
        except BaseException:
            connection.close()
            raise
        return connection


def check_accounts(connection: sqlite3.Connection) -> None:
    """Check that there is an account.

    Raises:
        NoAccounts: there is none.
    """
    if connection.execute("SELECT 1 FROM accounts LIMIT 1").fetchone() is None:
        raise NoAccounts(
            "There are no accounts yet.",
            Step.IMPORT_ACCOUNTS(),
        )


def unreadable_rows(connection: sqlite3.Connection) -> list[str]:
    """Return a phrase for each column in which rows hold what this program cannot have written."""
    return list(unreadable(connection))


def choose_database(given: str | None, *, demo: bool) -> Database:
    """Return the database that --db and --demo choose; that of the demo is not made here (see `core.demo.demo`)."""
    return Database(demo_file(), is_demo=True) if demo else Database(database_file(given))


def prepare_demo(database: Database, today: date) -> None:
    """Make the demo's accounts anew unless they are today's."""
    from core.demo.demo import make_demo

    make_demo(database.path, today)
