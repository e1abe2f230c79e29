"""A person's own targeted lists: what each filters, or which accounts were picked for it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from db.errors import WrongUse
from db.stored import Asked, asked_of, record
from db.transaction import transaction

SELECTED_ACCOUNTS = (
    "SELECT a.pk FROM list_members AS m JOIN accounts AS a ON a.account_id = m.account_id WHERE m.list = :list"
    " UNION SELECT pk FROM accounts WHERE username_fold IN (SELECT username_fold {without_id})"
    " AND EXISTS (SELECT 1 {without_id})"
).format(without_id="FROM list_members WHERE list = :list AND account_id IS NULL")
"""The accounts of a selection that are still known; `:list` is the list's number. Only if one of them had no account
id when it was picked, all accounts are looked through: it may have one by now, and usernames of such have no index."""


@dataclass(frozen=True, slots=True)
class StoredList:
    """One list as it is kept."""

    id: int
    name: str
    given: Asked
    """What it filters; empty where that cannot be read."""
    is_selection: bool


def stored_lists(connection: sqlite3.Connection, *, deleted: bool = False) -> list[StoredList]:
    """Return the lists by name, or those that were deleted, the last one first."""
    order = "deleted_at DESC, id DESC" if deleted else "name_fold"
    rows = connection.execute(
        "SELECT id, name, given, is_selection FROM lists"
        f" WHERE deleted_at IS {'NOT ' if deleted else ''}NULL ORDER BY {order}"
    )
    return [
        record(StoredList, id=number, name=name, given=given, is_selection=selection)
        for number, name, given, selection in rows
    ]


def add(connection: sqlite3.Connection, name: str, given: Mapping[str, Any]) -> int:
    """Keep a new list that filters, and return its number.

    Raises:
        WrongUse: the name is taken.
    """
    with transaction(connection):
        return _insert(connection, name, given, is_selection=False)


def add_selection(connection: sqlite3.Connection, name: str, accounts: Iterable[int]) -> int:
    """Keep a new list of accounts, given by `pk`, and return its number.

    Raises:
        WrongUse: the name is taken.
    """
    with transaction(connection):
        number = _insert(connection, name, {}, is_selection=True)
        connection.executemany(
            "INSERT INTO list_members SELECT ?, account_id, username_fold FROM accounts WHERE pk = ?",
            ((number, account) for account in accounts),
        )
        return number


def add_copy(connection: sqlite3.Connection, number: int, name: str) -> int:
    """Keep a list's copy under a new name, and return its number.

    Raises:
        WrongUse: the name is taken.
    """
    with transaction(connection):
        given, is_selection = connection.execute(
            "SELECT given, is_selection FROM lists WHERE id = ?", [number]
        ).fetchone()
        copy = _insert(connection, name, asked_of(given) or {}, is_selection=bool(is_selection))
        connection.execute(
            "INSERT INTO list_members SELECT ?, account_id, username_fold FROM list_members WHERE list = ?",
            [copy, number],
        )
        return copy


def change(connection: sqlite3.Connection, number: int, given: Mapping[str, Any]) -> None:
    """Let a list filter something else; a selection becomes a filter."""
    with transaction(connection):
        connection.execute("UPDATE lists SET given = ?, is_selection = 0 WHERE id = ?", [_json(given), number])
        connection.execute("DELETE FROM list_members WHERE list = ?", [number])


def rename(connection: sqlite3.Connection, number: int, name: str) -> None:
    """Give a list another name.

    Raises:
        WrongUse: the name is taken.
    """
    with transaction(connection):
        _check_free(connection, name, but=number)
        connection.execute("UPDATE lists SET name = ?, name_fold = ? WHERE id = ?", [name, name.casefold(), number])


def delete(connection: sqlite3.Connection, number: int) -> None:
    """Take a list away, so that `restore` can bring it back."""
    with transaction(connection):
        connection.execute("UPDATE lists SET deleted_at = ? WHERE id = ?", [_now(), number])


def restore(connection: sqlite3.Connection, deleted: StoredList, name: str) -> None:
    """Bring a deleted list back under a name.

    Raises:
        WrongUse: the name is taken.
    """
    with transaction(connection):
        _check_free(connection, name)
        connection.execute(
            "UPDATE lists SET deleted_at = NULL, name = ?, name_fold = ? WHERE id = ?",
            [name, name.casefold(), deleted.id],
        )


def _insert(connection: sqlite3.Connection, name: str, given: Mapping[str, Any], *, is_selection: bool) -> int:
    _check_free(connection, name)
    number = connection.execute(
        "INSERT INTO lists (name, name_fold, given, is_selection, made_at) VALUES (?, ?, ?, ?, ?)",
        [name, name.casefold(), _json(given), is_selection, _now()],
    ).lastrowid
    return number or 0


def _check_free(connection: sqlite3.Connection, name: str, but: int = 0) -> None:
    taken = connection.execute(
        "SELECT name FROM lists WHERE name_fold = ? AND deleted_at IS NULL AND id != ?", [name.casefold(), but]
    ).fetchone()
    if taken:
        raise WrongUse(f"There is a list “{taken[0]}” already.", "Choose another name, or change that list.")


def _json(given: Mapping[str, Any]) -> str:
    return json.dumps(dict(given), ensure_ascii=False)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="microseconds")
