"""One account whole: all that is known of it."""

from __future__ import annotations

import sqlite3

from core.columns import Column, Value
from core.reports.catalogue import MY_ACCOUNTS


def account_fields(connection: sqlite3.Connection, pk: int) -> list[tuple[Column, Value]]:
    """Return every field of an account with its value as tables show it; empty where there is no such account."""
    keys = ", ".join(f"{column.sql} AS {column.key}" for column in MY_ACCOUNTS.columns)
    row = connection.execute(f"SELECT {keys} FROM accounts AS a WHERE a.pk = ?", (pk,)).fetchone()
    return list(zip(MY_ACCOUNTS.columns, row, strict=True)) if row else []
