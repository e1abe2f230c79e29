"""The imports there were, what each changed, and taking the last one back."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from db import own_fields
from db.apply_import import assignments
from db.errors import WorkFailed
from db.hints import Step
from db.own_fields import known_keys, text_keys
from db.people import by_words, login_name
from db.staging import Value, watched
from db.stored import Notes, RejectedRows, record
from db.transaction import transaction


@dataclass(frozen=True, slots=True)
class Import:
    """One import, as it was recorded."""

    id: int
    file: str
    read: int
    new: int
    changed: int
    same: int
    returned: int
    rejected: int
    gone: int
    passed_over: int
    dated: str
    """The day that it tells of, in ISO form."""
    complete: str | None
    """Of which Account Type it named every account: all, managed or referred; None if it was no complete list."""
    source: str
    """Where its rows came from: file, or vendor API."""
    by: str | None
    """The login name of who imported; None where it is not known."""
    sudo_by: str | None
    """Who called sudo, where somebody did."""
    imported_at: datetime
    """Aware, UTC."""
    undone_at: datetime | None
    undone_by: str | None


@dataclass(frozen=True, slots=True)
class Change:
    """One field of an account that an import changed."""

    file: str
    dated: str
    """The day that the import tells of, in ISO form: when it was learnt."""
    imported_at: datetime
    """Aware, UTC."""
    by: str | None
    """The login name of who imported."""
    field: str
    """Its key."""
    old: Value
    new: Value


def imports(connection: sqlite3.Connection) -> list[Import]:
    """Return every import, the newest first, undone ones too."""
    names = Import.__slots__
    rows = connection.execute(f"SELECT {', '.join(names)} FROM imports ORDER BY id DESC")
    return [record(Import, **dict(zip(names, values, strict=True))) for values in rows]


@dataclass(frozen=True, slots=True)
class ImportWords:
    """What was said of an import, kept with it."""

    notes: Notes
    """Each with its kind, count, first rows and text."""
    rejected_rows: RejectedRows
    """Each with its row, column, value and reason; the first thousand."""
    headings: list[str]


def import_words(connection: sqlite3.Connection, number: int) -> ImportWords:
    """Return what was said of an import; nothing where it was not kept yet."""
    row = connection.execute("SELECT notes, rejected_rows, headings FROM imports WHERE id = ?", [number]).fetchone()
    return record(ImportWords, **dict(zip(ImportWords.__slots__, row, strict=True)))


def account_history(connection: sqlite3.Connection, pk: int) -> tuple[Import | None, list[Change]]:
    """Return the import that an account came with, and its changes since, the newest first."""
    found = connection.execute("SELECT added_by FROM accounts WHERE pk = ?", [pk]).fetchone()
    first = next((each for each in imports(connection) if found and each.id == found[0]), None)
    rows = connection.execute(
        "SELECT file, dated, imported_at, by, field, changes.old, changes.new"
        " FROM changes JOIN imports ON imports.id = import_id"
        " WHERE account = ? ORDER BY import_id DESC, field",
        [pk],
    )
    return first, [record(Change, **dict(zip(Change.__slots__, values, strict=True))) for values in rows]


def undo_last(connection: sqlite3.Connection, go_on: Callable[[], None], only: int | None = None) -> Import:
    """Take back the last import that was not taken back yet, and return it as it was recorded.

    Its new accounts go, and what it changed is as before, accounts that it ended too.

    Args:
        connection: for writing.
        go_on: asked every few milliseconds whether to go on.
        only: the id of the import that is meant, where a person was asked about it; 0 where there was none. Another one
            that came in between stays.

    Raises:
        WorkFailed: there is none, or the last is not the one that is meant, or the database is busy, read-only or its
            disk is full; nothing has changed.
    """
    with transaction(connection), watched(connection, go_on):
        last = next((each for each in imports(connection) if each.undone_at is None), None)
        if last is None:
            raise WorkFailed("There is no import to take back.", Step.IMPORT_ACCOUNTS())
        if only is not None and last.id != only:
            raise _another(connection, last, only)
        _remove_new(connection, last.id)
        _restore_changed(connection, last.id)
        connection.execute("DELETE FROM changes WHERE import_id = ?", [last.id])
        own_fields.remove(connection, own_fields.made_by(connection, last.id))
        now = datetime.now(UTC).isoformat(timespec="seconds")
        connection.execute("UPDATE imports SET undone_at = ?, undone_by = ? WHERE id = ?", [now, login_name(), last.id])
    return last


def _another(connection: sqlite3.Connection, last: Import, only: int) -> WorkFailed:
    """Return the fault of a last import that is not the one that a person was asked about."""
    if any(each.id == only and each.undone_at for each in imports(connection)):
        return WorkFailed("That import was taken back meanwhile.", "Look at the imports before you go on.")
    who = by_words(last.by, last.sudo_by) if last.by else "Somebody"
    return WorkFailed(
        f"{who} imported {last.file} meanwhile, so nothing was taken back.", "Look at the imports before you go on."
    )


def forget_all(connection: sqlite3.Connection) -> None:
    """Remove every account and import, inside the caller's transaction. Only the demo's accounts are treated so."""
    for table in ("changes", "imports", "accounts"):
        connection.execute(f"DELETE FROM {table}")


def _remove_new(connection: sqlite3.Connection, number: int) -> None:
    """Remove the accounts that an import added."""
    if connection.execute("SELECT 1 FROM accounts WHERE added_by != ? LIMIT 1", [number]).fetchone():
        connection.execute("DELETE FROM accounts WHERE added_by = ?", [number])
    else:
        connection.execute("DELETE FROM accounts")  # all of them at once, which SQLite does by dropping pages


def _restore_changed(connection: sqlite3.Connection, number: int) -> None:
    """Give the fields that an import changed their old values."""
    fields = connection.execute("SELECT DISTINCT field FROM changes WHERE import_id = ?", [number]).fetchall()
    known = known_keys(connection)  # it becomes SQL, and what a database says is nothing to trust
    texts = text_keys(connection)
    for key in (key for (key,) in fields if key in known):
        connection.execute(
            f"UPDATE accounts SET {', '.join(assignments([key], 'was', texts))}"
            f" FROM (SELECT account, old AS {key} FROM changes WHERE import_id = ? AND field = ?) AS was"
            " WHERE was.account = accounts.pk",
            [number, key],
        )
