"""Finding an account, and one account whole: all that is known of it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from core.conditions.written import quoted
from core.errors import Step, WrongUse
from core.query.columns import Column, Value
from core.query.query import Query
from core.query.request import ask
from core.reports.catalogue import MY_ACCOUNTS
from core.reports.own_columns import bound
from core.work import stop_when
from db import account_notes
from db.connection import connect_existing

LONGEST_NOTE = 2_000
"""Characters of a note."""

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
    columns = bound(MY_ACCOUNTS, connection).columns
    keys = ", ".join(f"{column.sql} AS {column.key}" for column in columns)
    row = connection.execute(f"SELECT {keys} FROM accounts AS a WHERE a.pk = ?", (pk,)).fetchone()
    return list(zip(columns, row, strict=True)) if row else []


def account_named(connection: sqlite3.Connection, name: str) -> int:
    """Return the number of the account with this id, else the one with this username, in any case.

    Raises:
        WrongUse: there is none, or several have the username.
    """
    wanted = name.strip()
    found = connection.execute("SELECT pk FROM accounts WHERE account_id = ?", [wanted]).fetchall()
    found = (
        found
        or connection.execute("SELECT pk FROM accounts WHERE username_fold = ? LIMIT 2", [wanted.casefold()]).fetchall()
    )
    if len(found) == 1:
        pk: int = found[0][0]
        return pk
    if found:
        raise WrongUse(f"Several accounts have the username '{wanted}'.", "Give the account's id.")
    raise WrongUse(
        f"There is no account '{wanted}'.",
        Step.FIND_ACCOUNT(wanted=wanted),
    )


def note_account(database: Path, name: str | int, text: str, noted_on: date) -> None:
    """Keep a note on an account, given by id or username or by its number.

    Raises:
        WrongUse: there is no such account, or the note says nothing or too much.
        NoAccounts: there is no database.
        WorkFailed: it cannot be written.
    """
    said = checked_note(text)
    with closing(connect_existing(database)) as connection:
        pk = name if isinstance(name, int) else account_named(connection, name)
        account_notes.add_note(connection, pk, said, noted_on.isoformat())


def checked_note(text: str) -> str:
    """Return a note as it is kept: in one line.

    Raises:
        WrongUse: it says nothing or too much.
    """
    said = " ".join(text.split())
    if not said:
        raise WrongUse("The note is empty.", "Write what is to be remembered, in quotes.")
    if len(said) > LONGEST_NOTE:
        raise WrongUse(f"The note is longer than {LONGEST_NOTE:,} characters.", "Write it in fewer words.")
    return said


def star_account(database: Path, name: str | int, *, starred: bool) -> None:
    """Give an account, given by id or username or by its number, a star, or take it away.

    Raises:
        WrongUse: there is no such account.
        NoAccounts: there is no database.
        WorkFailed: it cannot be written.
    """
    with closing(connect_existing(database)) as connection:
        pk = name if isinstance(name, int) else account_named(connection, name)
        account_notes.set_star(connection, pk, starred=starred)


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
    accounts = zip(query.accounts_of(rids), query.rows_of(rids), strict=True)
    return [Found(account, *(str(value or "") for value in row)) for account, row in accounts]
