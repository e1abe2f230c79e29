"""Bringing an older database up to date; a copy of it is kept first (fault E12)."""

from __future__ import annotations

import contextlib
import glob
import sqlite3
from pathlib import Path

from db.errors import WorkFailed
from db.new_database import SCHEMA_VERSION
from db.sharing import make_file
from db.soundness import check_sound
from db.sqlite import READ_PATIENCE, connect, copy_into
from db.transaction import transaction

KEPT_COPIES = 3
"""Copies from before the database was brought up to date that are kept."""


def upgrade(connection: sqlite3.Connection, path: Path) -> None:
    """Bring an older database up to date; a copy is kept beside it first (fault E12), of the last three times.

    All of it is one transaction: whoever else opens the database meanwhile waits, and then finds nothing left to do;
    a process that is killed leaves the older database.

    Raises:
        WorkFailed: another process is writing, no copy can be kept, or the database is damaged; nothing was changed.
    """
    with transaction(connection):
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        if version >= SCHEMA_VERSION:  # another process was quicker
            return
        if version:
            check_sound(connection, path)
            _back_up(path, path.with_name(f"{path.name}.schema-{version}"))
            _forget_old_copies(path)
        try:
            _bring_up_to_date(connection)
        except sqlite3.OperationalError as error:
            raise WorkFailed(
                f"{path} could not be brought up to date: {error}.", "It still opens with the older version."
            ) from error


def _bring_up_to_date(connection: sqlite3.Connection) -> None:
    """Apply the migrations that a database lacks."""
    from db.schema import bring_up_to_date

    bring_up_to_date(connection)
    connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")


def _back_up(path: Path, copy: Path) -> None:
    """Keep a copy of the database, whole and private.

    On a connection of its own: SQLite copies nothing on one that holds the lock to write.
    """
    try:
        copy.unlink(missing_ok=True)
        make_file(copy)
        with contextlib.closing(connect(f"{path.absolute().as_uri()}?mode=ro", READ_PATIENCE)) as connection:
            copy_into(connection, copy)
    except (OSError, sqlite3.OperationalError) as error:
        raise WorkFailed(
            f"{copy} could not be written: {error}.", "A copy is kept before the database is brought up to date."
        ) from error


def _forget_old_copies(path: Path) -> None:
    """Remove all but the last copies that were kept before a database was brought up to date."""
    copies = sorted(path.parent.glob(f"{glob.escape(path.name)}.schema-*"), key=lambda copy: copy.stat().st_mtime)
    for copy in copies[:-KEPT_COPIES]:
        with contextlib.suppress(OSError):
            copy.unlink()
