"""SQLite as every connection here has it: its functions, how long it waits for a lock, and how one is copied."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Callable
from datetime import tzinfo
from functools import partial
from pathlib import Path

from db.sort_keys import fold, fold_key
from db.stored import NO_TIME, time_of

READ_PATIENCE, WRITE_PATIENCE = 5.0, 10.0
"""Seconds to wait for another process's lock."""


def _system_zone() -> tzinfo | None:
    return None


partner_zone: Callable[[], tzinfo | None] = _system_zone
"""The time zone in which old imports get their day; `core.clock`, which knows the settings, puts its own here."""


def connect(uri: str, patience: float) -> sqlite3.Connection:
    """Connect, with the functions that queries and storing use."""
    connection = sqlite3.connect(uri, uri=True, timeout=patience, isolation_level=None, check_same_thread=False)
    for name, of_text in (("fold", fold), ("fold_key", fold_key), ("casefold", str.casefold)):
        connection.create_function(name, 1, partial(_of_text, of_text), deterministic=True)
    connection.create_function(
        "partner_day", 1, lambda moment: (time_of(moment) or NO_TIME).astimezone(partner_zone()).date().isoformat()
    )
    connection.execute("PRAGMA threads = 2")
    return connection


def _of_text(function: Callable[[str], str | None], value: object) -> str | None:
    """Return what a function of texts makes of a value: a column may hold others, in a database of anybody's."""
    return None if value is None else function(value if isinstance(value, str) else str(value))


def copy_into(connection: sqlite3.Connection, copy: Path) -> None:
    """Copy a database into an empty file: one state of it, whatever others write meanwhile (fault E13).

    Raises:
        sqlite3.OperationalError: the file cannot be written, or the database is locked.
    """
    with contextlib.closing(sqlite3.connect(copy)) as target:
        connection.backup(target)
