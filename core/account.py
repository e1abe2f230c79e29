"""Finding an account, and one account whole: all that is known of it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from core.conditions.written import quoted
from core.query.columns import Column, Value
from core.query.query import Query
from core.query.request import ask
from core.reports.catalogue import MY_ACCOUNTS
from core.work import stop_when

_NAMES = ("account_id", "username", "company", "first_name", "last_name", "email")
"""The fields that a person knows an account by."""


@dataclass(frozen=True, slots=True)
class Found:
    """An account that was looked for."""

    pk: int
    account_id: str
    username: str
    company: str


def account_fields(connection: sqlite3.Connection, pk: int) -> list[tuple[Column, Value]]:
    """Return every field of an account with its value as tables show it; empty where there is no such account."""
    keys = ", ".join(f"{column.sql} AS {column.key}" for column in MY_ACCOUNTS.columns)
    row = connection.execute(f"SELECT {keys} FROM accounts AS a WHERE a.pk = ?", (pk,)).fetchone()
    return list(zip(MY_ACCOUNTS.columns, row, strict=True)) if row else []


def account_like(text: str) -> str:
    """Return the condition that each word of `text` is in a name, the id or the e-mail address; '' for no words."""
    words = [quoted(word) for word in text.split()]
    return " and ".join(f"({' or '.join(f'{key} ~ {word}' for key in _NAMES)})" for word in words)


def find_accounts(
    connection: sqlite3.Connection, text: str, limit: int, unwanted: Callable[[], bool] = lambda: False
) -> list[Found]:
    """Return the first accounts, by company, that `text` finds; none for a text without words.

    Args:
        connection: to read from.
        text: see `account_like`.
        limit: how many at most.
        unwanted: asked every few milliseconds whether to stop.

    Raises:
        WrongUse: the text is too long.
        sqlite3.OperationalError: `unwanted` became true.
    """
    condition = account_like(text)
    if not condition:
        return []
    stop_when(connection, unwanted)
    query = Query(connection, ask(MY_ACCOUNTS, date.min, where=[condition], columns=_NAMES[:3]))
    rids = query.row_ids(limit)
    rows = query.rows_of(rids) if rids else []
    return [Found(rid, *(str(value or "") for value in row)) for rid, row in zip(rids, rows, strict=True)]
