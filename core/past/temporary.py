"""Tables that a connection keeps for itself: what is computed once, and then filtered, sorted and windowed by SQL."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

_HELD = "CREATE TEMP TABLE IF NOT EXISTS held (what TEXT PRIMARY KEY, name TEXT, number INTEGER)"


def hold(connection: sqlite3.Connection, what: str, name: str, fill: Callable[[], int]) -> int:
    """Let `fill` make a temporary table, unless the connection holds it already under this name.

    The database itself cannot be written meanwhile: a connection for reading has opened it so.

    Args:
        connection: for reading.
        what: the kind of table; a connection holds one of each.
        name: tells what it was made from, the accounts too.
        fill: drops the table if it is there, makes it anew, and returns a number to remember beside it.

    Returns:
        The number.
    """
    accounts = connection.execute("SELECT max(id) FROM imports WHERE undone_at IS NULL").fetchone()[0]
    name = f"{name}, import {accounts}"
    only = connection.execute("PRAGMA query_only").fetchone()[0]
    connection.execute("PRAGMA query_only = 0")
    try:
        connection.execute(_HELD)
        row = connection.execute("SELECT number FROM temp.held WHERE (what, name) = (?, ?)", [what, name]).fetchone()
        if row is None:
            row = [fill()]
            connection.execute("INSERT OR REPLACE INTO temp.held VALUES (?, ?, ?)", [what, name, row[0]])
    finally:
        connection.execute(f"PRAGMA query_only = {only}")
    number: int = row[0]
    return number
