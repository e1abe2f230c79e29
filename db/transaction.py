"""Holding the lock to write, and waiting for who holds it."""

from __future__ import annotations

import contextlib
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextvars import ContextVar
from typing import TypeVar

from db.sqlite_faults import is_written_by, write_faults
from db.writer import noted, writer_name

Answer = TypeVar("Answer")

_BETWEEN_TRIES = 0.05
"""Seconds between two tries for a lock where somebody watches the wait."""

Watcher = Callable[[str, float], None]
"""Told who is in the way, and for how many seconds one has waited."""

_watcher: ContextVar[Watcher | None] = ContextVar("_watcher", default=None)
"""Told of each wait for a lock in this thread."""


@contextlib.contextmanager
def watching_waits(watcher: Watcher) -> Iterator[None]:
    """Within the block, wait for other programs' locks for as long as it takes.

    Args:
        watcher: called about twenty times a second meanwhile; what it raises ends the wait, and nothing has changed.
    """
    token = _watcher.set(watcher)
    try:
        yield
    finally:
        _watcher.reset(token)


@contextlib.contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """Hold one write transaction: all of the block's changes, or none. BEGIN IMMEDIATE, so it never fails half-way.

    Raises:
        WorkFailed: another process is writing, the disk is full, or the database is read-only.
    """
    with write_faults():
        _take_lock(connection)
        try:
            with noted(connection):  # up to the end of the lock, so that the note of the next is never taken away
                yield
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise


def _take_lock(connection: sqlite3.Connection) -> None:
    """Begin to write.

    Raises:
        WorkFailed: another process is writing; it says who.
    """
    try:
        patiently(connection, lambda: connection.execute("BEGIN IMMEDIATE"))
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
            raise
        raise is_written_by(writer_name(connection)) from error


def patiently(connection: sqlite3.Connection, work: Callable[[], Answer]) -> Answer:
    """Do what needs a lock; where somebody watches the wait, try until no other program is in the way."""
    watcher = _watcher.get()
    if watcher is None:
        return work()
    began = time.monotonic()
    (patience,) = connection.execute("PRAGMA busy_timeout").fetchone()
    connection.execute(f"PRAGMA busy_timeout = {1000 * _BETWEEN_TRIES:.0f}")
    try:
        while True:
            try:
                return work()
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
                    raise
                watcher(writer_name(connection), time.monotonic() - began)
    finally:
        connection.execute(f"PRAGMA busy_timeout = {patience}")
