"""Fields of the partner's own: columns of files that no field of ours has, kept as fields like any other.

Each is a column of `accounts` under its key, with KEY_key beside it where it is a text, and a row of `own_fields`.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Sequence
from typing import Literal, cast, get_args

from db.errors import WrongUse
from db.fields import FIELD, SORTED_FIELDS, Field
from db.transaction import transaction

OwnKind = Literal["text", "number", "date"]

_KEY = re.compile(r"[^\W\d]\w*")
"""A key can stand in SQL as it is."""

_BESIDE = {"pk", "username_fold", "added_by", *(f"{field.key}_key" for field in SORTED_FIELDS)}
"""Columns of the accounts that are no fields."""

_COMPUTED = {
    *("contact", "in_partnership", "left_on", "stated", "days_since_upgrade", "days_to_go", "bonus_on"),
    *("starred", "last_note", "rid", "row"),
}
"""Columns that tables of accounts compute."""

_RESERVED = frozenset(
    """
    add all alter and as begins between by case check collate commit constraint contains create default
    delete desc distinct drop else empty escape except exists false for foreign from group having if in
    index insert intersect into is isnull join like limit not nothing notnull null on or order primary
    references returning select set table then to today transaction true union unique update using
    values when where with
    """.split()  # noqa: SIM905 - a list of ninety lines is no easier to read
)
"""Words of the query language and of conditions, which cannot name a column there."""


def key_for(title: str) -> str:
    """Return the key of an own field with this title (intake: Fields of one's own).

    It is the title in lower case with `_` for what is no letter or digit; `own_` stands before it where a column of
    ours has that key, or a word of the query language, or where it begins with a digit.
    """
    key = "".join(char if char.isalnum() else "_" for char in title.strip().lower())
    taken = key in FIELD or key in _BESIDE or key in _COMPUTED or key in _RESERVED
    return f"own_{key}" if taken or key[:1].isdigit() or not key.strip("_") else key


def own_fields(connection: sqlite3.Connection) -> tuple[Field, ...]:
    """Return the own fields, in the order in which they were made."""
    rows = connection.execute("SELECT key, title, kind FROM own_fields ORDER BY made_at, rowid").fetchall()
    if not rows:
        return ()
    columns = {name for _, name, *_ in connection.execute("PRAGMA table_info(accounts)")}
    return tuple(
        Field(key, str(title), cast(OwnKind, kind))
        for key, title, kind in rows
        if key in columns and _KEY.fullmatch(key) and kind in get_args(OwnKind)  # what another program wrote is none
    )


def known_keys(connection: sqlite3.Connection) -> frozenset[str]:
    """Return the keys that the log of changes may name: columns of the accounts that can stand in SQL as they are."""
    columns = connection.execute("PRAGMA table_info(accounts)").fetchall()
    return frozenset(name for _, name, *_ in columns if _KEY.fullmatch(name))


def text_keys(connection: sqlite3.Connection) -> frozenset[str]:
    """Return the keys of the fields that have a stored sort key, `KEY_key`."""
    return frozenset(field.key for field in (*SORTED_FIELDS, *own_fields(connection)) if field.is_text)


def declarations(fields: Iterable[Field]) -> list[tuple[str, str]]:
    """Return the columns that fields take in `accounts`, with their types."""
    columns = []
    for field in fields:
        columns.append((field.key, "INTEGER" if field.kind == "number" else "TEXT"))
        if field.is_text:
            columns.append((f"{field.key}_key", "TEXT"))
    return columns


def add(connection: sqlite3.Connection, fields: Sequence[Field], number: int, made_at: str) -> None:
    """Make own fields that the import `number` brings, inside the caller's transaction.

    Raises:
        WrongUse: a field has that key already.
    """
    check_new(connection, fields)
    for field in fields:
        for column, kind in declarations([field]):
            connection.execute(f'ALTER TABLE accounts ADD COLUMN "{column}" {kind}')
        connection.execute(
            "INSERT INTO own_fields (key, title, kind, made_at, import_id) VALUES (?, ?, ?, ?, ?)",
            [field.key, field.title, field.kind, made_at, number],
        )


def check_new(connection: sqlite3.Connection, fields: Iterable[Field]) -> None:
    """Check that no field has the key of one that is to be made.

    Raises:
        WrongUse: one has.
    """
    known = {field.key: field.title for field in own_fields(connection)}
    for field in fields:
        if field.key in known:
            raise WrongUse(
                f"There is a field “{known[field.key]}” already, whose key is {field.key} too.",
                "Give the column another heading, or leave it out.",
            )


def rename(connection: sqlite3.Connection, key: str, title: str) -> None:
    """Give an own field another title; its key stays.

    Raises:
        WorkFailed: the database cannot be written.
    """
    with transaction(connection):
        connection.execute("UPDATE own_fields SET title = ? WHERE key = ?", [title, key])


def drop(connection: sqlite3.Connection, key: str) -> None:
    """Remove an own field, its values and what the log of changes says of it, for good.

    Raises:
        WorkFailed: the database cannot be written; nothing has changed.
    """
    with transaction(connection):
        remove(connection, [field for field in own_fields(connection) if field.key == key])


def remove(connection: sqlite3.Connection, fields: Iterable[Field]) -> None:
    """Do what `drop` does with several, inside the caller's transaction."""
    for field in fields:
        for column, _ in reversed(declarations([field])):
            connection.execute(f'ALTER TABLE accounts DROP COLUMN "{column}"')
        connection.execute("DELETE FROM changes WHERE field = ?", [field.key])
        connection.execute("DELETE FROM own_fields WHERE key = ?", [field.key])


def made_by(connection: sqlite3.Connection, number: int) -> list[Field]:
    """Return the own fields that an import brought."""
    keys = {key for (key,) in connection.execute("SELECT key FROM own_fields WHERE import_id = ?", [number])}
    return [field for field in own_fields(connection) if field.key in keys]
