"""The imports there were, and taking the last one back."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from db import history
from db.connection import connect_reading, connect_writing
from db.history import Change, Import, ImportWords
from db.soundness import check_sound

__all__ = ["Change", "Import", "ImportWords", "account_history", "import_words", "imports", "last_import", "undo_last"]


def imports(database: Path) -> list[Import]:
    """Return every import, the newest first, undone ones too.

    Raises:
        NoAccounts: there is no database.
        WorkFailed: it cannot be read.
    """
    with closing(connect_reading(database)) as connection:
        return history.imports(connection)


def last_import(database: Path) -> Import | None:
    """Return the last import that was not taken back; None where there is none.

    Raises:
        NoAccounts: there is no database.
        WorkFailed: it cannot be read.
    """
    return next((each for each in imports(database) if each.undone_at is None), None)


def import_words(database: Path, number: int) -> ImportWords:
    """Return what was said of an import: its notes and rejected rows.

    Raises:
        NoAccounts: there is no database.
        WorkFailed: it cannot be read.
    """
    with closing(connect_reading(database)) as connection:
        return history.import_words(connection, number)


def account_history(database: Path, pk: int) -> tuple[Import | None, list[Change]]:
    """Return the import that an account came with, and its changes since, the newest first.

    Raises:
        NoAccounts: there is no database.
        WorkFailed: it cannot be read.
    """
    with closing(connect_reading(database)) as connection:
        return history.account_history(connection, pk)


def undo_last(database: Path, go_on: Callable[[], None] = lambda: None, only: int | None = None) -> Import:
    """Take back the last import that was not taken back yet, and return it.

    Args:
        database: where the accounts are.
        go_on: called every few milliseconds; raises `core.errors.Cancelled` to stop, and nothing has changed.
        only: the id of the import that a person was asked about, 0 where there was none; None for whichever is last.

    Raises:
        NoAccounts: there is no database.
        WorkFailed: there is no such import, or another came in between, or the database cannot be written.
    """
    connect_reading(database).close()  # a database is not made for it
    with closing(connect_writing(database)) as connection:
        check_sound(connection, database)
        return history.undo_last(connection, go_on, only)
