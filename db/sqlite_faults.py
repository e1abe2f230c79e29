"""What SQLite says of a database, in words for a person."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from db.errors import WorkFailed
from db.hints import Step
from db.soundness import damage_of


@contextlib.contextmanager
def write_faults() -> Iterator[None]:
    """Turn what SQLite says of a failed write into words for a person.

    Raises:
        WorkFailed: another process is writing, the disk is full, or the database is read-only.
    """
    try:
        yield
    except sqlite3.OperationalError as error:
        if damage := damage_of(error):
            raise WorkFailed(f"The database cannot be written: {damage}.", Step.RESTORE()) from error
        if error.sqlite_errorcode == sqlite3.SQLITE_ERROR:  # a query that is wrong is our own bug
            raise
        raise _cannot_write(error) from error
    except sqlite3.DatabaseError as error:
        if type(error) is not sqlite3.DatabaseError:
            raise  # used wrongly, or against a rule of the tables: our own bug
        raise WorkFailed(
            f"The database cannot be written: {damage_of(error) or error}; nothing was changed.", Step.RESTORE()
        ) from error


@contextlib.contextmanager
def read_faults() -> Iterator[None]:
    """Turn what SQLite says of a failed read into words for a person.

    Raises:
        WorkFailed: the database is locked for long, damaged, or was emptied meanwhile.
    """
    try:
        yield
    except sqlite3.DatabaseError as error:
        if not isinstance(error, sqlite3.OperationalError) and type(error) is not sqlite3.DatabaseError:
            raise  # used wrongly: our own bug, as a query that is wrong is
        if damage := damage_of(error):
            raise WorkFailed(f"The database cannot be read: {damage}.", Step.RESTORE()) from error
        if error.sqlite_errorcode == sqlite3.SQLITE_ERROR:
            raise
        raise WorkFailed(
            f"The database cannot be read: {error}.", "Try again in a moment; if it stays so, put a copy of it back."
        ) from error


def is_written_by(who: str) -> WorkFailed:
    """Return the fault for a lock that somebody held too long."""
    return WorkFailed(
        f"The database is being written by {who}; nothing was changed.", "Wait until it has finished and try again."
    )


def _cannot_write(error: sqlite3.OperationalError) -> WorkFailed:
    """Return the fault for a failed write; the transaction has been rolled back."""
    text = str(error)
    if "locked" in text or "busy" in text:
        return is_written_by("another partner-tui")
    if "readonly" in text or "read-only" in text:
        return WorkFailed(
            "The database is read-only; nothing was changed.", "Check the permissions of it and its folder."
        )
    return WorkFailed(
        f"The database could not be written ({text}); nothing was changed.", "Check the space on the disk."
    )


def unreadable(path: Path) -> WorkFailed:
    """Return the fault of a file that SQLite takes for no database: damaged, or never one."""
    if _has_head(path):
        return damaged(path)
    return WorkFailed(f"{path} is not a database.", Step.GIVE_DATABASE_OR_IMPORT())


def damaged(path: Path) -> WorkFailed:
    """Return the fault of a database that cannot be opened for its damage."""
    return WorkFailed(f"{path} is damaged and was not touched.", Step.RESTORE())


def _has_head(path: Path) -> bool:
    """Whether a file that SQLite cannot read begins as its files do."""
    try:
        with path.open("rb") as file:
            return file.read(16) == b"SQLite format 3\0"
    except OSError:
        return True
