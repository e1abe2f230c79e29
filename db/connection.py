"""Opening the database: for reading, for writing, and refusing what is not one of ours."""

from __future__ import annotations

import errno
import os
import sqlite3
import stat
from pathlib import Path

from db.errors import NoAccounts, WorkFailed
from db.filesystem import is_missing
from db.hints import Step
from db.new_database import APPLICATION_ID, SCHEMA_VERSION, journal, make, make_tables
from db.parts import sweep
from db.sharing import keep_shared
from db.soundness import damage_of
from db.sqlite import READ_PATIENCE, WRITE_PATIENCE, connect
from db.sqlite_faults import damaged, unreadable, write_faults
from db.transaction import patiently
from db.upgrade import upgrade
from db.writer import forget_dead_writer

_SMALLEST = 512
"""Bytes of SQLite's smallest page: what is shorter it takes for a database without tables."""


def connect_reading(path: Path) -> sqlite3.Connection:
    """Open the database at `path` for reading; it is brought up to date first if it is of an older version.

    Raises:
        NoAccounts: there is no such file.
        WorkFailed: the file is not a database of this program, is damaged, or is of a newer version.
    """
    _check_file(path)
    connection = _open(path, "mode=ro")
    version = _check_ours(connection, path)
    if version < SCHEMA_VERSION:
        connection.close()
        connect_writing(path).close()
        connection = _open(path, "mode=ro")
    connection.execute("PRAGMA query_only = 1")
    return connection


def connect_writing(path: Path) -> sqlite3.Connection:
    """Open the database at `path` for writing; it is made if missing, and migrated if older.

    The file is 0600 and folders made for it are 0700 (promise P5); in a folder that a team shares it is 0660.

    Raises:
        WorkFailed: as for `connect_reading`, or the place cannot be written.
    """
    if is_missing(path):
        make(path)
    _check_file(path)
    keep_shared(path)
    connection = _open(path, "mode=rw", patience=WRITE_PATIENCE)
    if _check_ours(connection, path) < SCHEMA_VERSION:
        upgrade(connection, path)
    with write_faults():
        connection.execute(f"PRAGMA journal_mode = {journal(path)}")
    connection.execute("PRAGMA foreign_keys = 1")
    connection.execute("PRAGMA cache_size = -16384")  # for keeping indexes; who reads is quicker with the usual 2 MB
    return connection


def connect_existing(path: Path) -> sqlite3.Connection:
    """Open the database at `path` for writing, as `connect_writing` does, but never make one.

    Raises:
        NoAccounts: there is no such file.
        WorkFailed: as for `connect_writing`.
    """
    _check_file(path)
    return connect_writing(path)


def connect_scratch() -> sqlite3.Connection:
    """Return a database without accounts that is nowhere but in memory."""
    connection = connect("file::memory:", WRITE_PATIENCE)
    make_tables(connection)
    return connection


def _open(path: Path, mode: str, patience: float = READ_PATIENCE) -> sqlite3.Connection:
    """Open the file, taking a folder that cannot be written for a read-only copy."""
    address = path.absolute().as_uri()
    try:
        connection = connect(f"{address}?{mode}", patience)
        patiently(connection, lambda: connection.execute("SELECT 1 FROM sqlite_master").fetchone())
    except sqlite3.OperationalError as error:
        if damage_of(error):
            raise unreadable(path) from error
        if error.sqlite_errorcode == sqlite3.SQLITE_BUSY:
            raise WorkFailed(
                f"{path} is held by another program, and was for {patience:.0f} seconds.", "Try again in a moment."
            ) from error
        if mode != "mode=ro" or _has_content(path.with_name(path.name + "-wal")):
            raise WorkFailed(
                f"{path} cannot be opened: {error}.", "Check that you may read it and its folder."
            ) from error
        connection = _opened_as_copy(path, patience)
    except sqlite3.DatabaseError as error:
        raise unreadable(path) from error
    return connection


def _opened_as_copy(path: Path, patience: float) -> sqlite3.Connection:
    """Open a file that nobody writes, in a folder in which SQLite can make no journal."""
    try:
        connection = connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", patience)
        connection.execute("SELECT 1 FROM sqlite_master").fetchone()
    except sqlite3.DatabaseError as error:
        raise unreadable(path) from error
    return connection


def _check_file(path: Path) -> None:
    """Refuse what cannot be one before SQLite takes an empty file for a database without accounts (fault E10).

    The file is only asked about. Opening and closing it here would let go of every lock that other connections of this
    process hold on it (POSIX), and another program would take the write-ahead log away from under them.
    """
    try:
        found = path.stat()
    except FileNotFoundError as error:
        raise NoAccounts(
            f"There is no database at {path}.",
            Step.IMPORT_ACCOUNTS(),
        ) from error
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) else error
        raise WorkFailed(f"{path} cannot be read: {why}.", "Check the path and its permissions.") from error
    denied = errno.EISDIR if stat.S_ISDIR(found.st_mode) else 0 if os.access(path, os.R_OK) else errno.EACCES
    if denied:
        raise WorkFailed(f"{path} cannot be read: {os.strerror(denied)}.", "Check the path and its permissions.")
    if not stat.S_ISREG(found.st_mode):
        raise WorkFailed(f"{path} is no regular file, and so no database.", Step.GIVE_OUR_DATABASE())
    sweep(path.parent)
    forget_dead_writer(path)
    if not found.st_size:
        raise WorkFailed(
            f"{path} is an empty file where a database should be; nothing was changed.",
            "Put a copy of the database back, or move the empty file away and import again.",
        )
    if found.st_size < _SMALLEST:
        raise unreadable(path)


def _check_ours(connection: sqlite3.Connection, path: Path) -> int:
    """Return the schema's version, refusing foreign, damaged and newer databases."""
    try:
        application = connection.execute("PRAGMA application_id").fetchone()[0]
        version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    except sqlite3.DatabaseError as error:
        raise damaged(path) from error
    if application != APPLICATION_ID:
        raise WorkFailed(f"{path} is a database of another program; nothing was changed.", Step.GIVE_OUR_DATABASE())
    if version > SCHEMA_VERSION:
        raise WorkFailed(
            f"{path} was written by a newer partner-tui (schema {version}, this one knows {SCHEMA_VERSION}).",
            "Upgrade partner-tui; the database was not touched.",
        )
    return version


def _has_content(path: Path) -> bool:
    """Whether a file is there and not empty."""
    try:
        return path.stat().st_size > 0
    except OSError:
        return False
