"""Databases and rows for the tests of storing."""

import resource
import tempfile
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from db.connection import connect_writing
from db.fields import FIELDS
from db.staging import Staging

KEYS = [field.key for field in FIELDS]
DAY = "2026-01-01"
"""The day that imports tell of where it does not matter."""


@cache
def _empty() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "empty.db"
        connect_writing(path).close()
        return path.read_bytes()


def open_new(folder):
    """Return a connection to an empty database in a folder; making one anew each time would cost too much."""
    path = Path(folder) / "accounts.db"
    path.write_bytes(_empty())
    connection = connect_writing(path)
    connection.execute("PRAGMA synchronous = OFF")
    return connection


def stage(connection, keys, rows):
    """Return the staging of some rows: number to dict."""
    connection.execute("DROP TABLE IF EXISTS temp.staged")
    staging = Staging(connection, keys)
    staging.add(list(rows), [[row[key] for row in rows.values()] for key in keys])
    return staging


def go_on():
    """Let the work go on."""


def known_accounts(connection):
    """Return each account as a dict of what is known of it."""
    rows = connection.execute(f"SELECT {', '.join(KEYS)} FROM accounts")
    return [{key: value for key, value in zip(KEYS, row, strict=True) if value is not None} for row in rows]


def dump(connection):
    """Return all that a failed import, or an undo, must leave as it was."""
    tables = ("accounts", "changes", "mappings", "sqlite_master")
    found = {name: connection.execute(f"SELECT * FROM {name}").fetchall() for name in tables}
    found["sqlite_master"] = sorted((kind, name, sql) for kind, name, _, _, sql in found["sqlite_master"] if sql)
    found["imports"] = connection.execute("SELECT * FROM imports WHERE undone_at IS NULL").fetchall()
    return found


@contextmanager
def no_room(size):
    """Let no file grow beyond `size` bytes."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
