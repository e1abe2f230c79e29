"""Putting a copy of a database back in its place; what was there is kept beside it."""

from __future__ import annotations

import contextlib
import errno
import os
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from db.connection import connect_reading
from db.errors import WorkFailed
from db.filesystem import is_missing, make_private_folder
from db.parts import JOURNALS, part_path, remove_part
from db.sharing import make_file
from db.soundness import check_sound
from db.sqlite import copy_into


def restore_database(backup: Path, path: Path) -> Path | None:
    """Put a copy of `backup` in the place of the database at `path`; return where the old one, if any, is kept.

    Raises:
        NoAccounts: there is no such backup.
        WorkFailed: the backup is no database of this program, or is damaged; somebody works on the old one; or the
            place cannot be written. Nothing has changed then.
    """
    part = part_path(path.parent)
    try:
        make_private_folder(path.parent)
        with closing(connect_reading(backup)) as connection:
            check_sound(connection, backup)
            make_file(part)
            copy_into(connection, part)
        _bring_to_disk(part)
        kept = _put_aside(path)
        part.replace(path)
    except (OSError, sqlite3.OperationalError) as error:
        why = error.strerror if isinstance(error, OSError) else error
        raise WorkFailed(f"{path} could not be restored: {why}.", "Nothing was changed; mend the cause.") from error
    finally:
        remove_part(part)
    _bring_to_disk(path.parent)
    return kept


def _put_aside(path: Path) -> Path | None:
    """Give the old database another name, once nobody works on it; return that name, or None where there is none.

    Journals of a database that is gone or cannot be opened go with it: SQLite would take them for the new one's.

    Raises:
        WorkFailed: somebody works on it.
    """
    kept = path.with_name(f"{path.name}.before-restore-{datetime.now(UTC):%Y%m%d-%H%M%S}")
    was_there = not is_missing(path)
    if was_there:
        _leave_no_journal(path)
        _name_too(path, kept)
    for ending in JOURNALS:
        with contextlib.suppress(FileNotFoundError):
            path.with_name(path.name + ending).replace(kept.with_name(kept.name + ending))
    return kept if was_there else None


def _name_too(path: Path, kept: Path) -> None:
    """Give a file a second name, so that at no moment there is none under the first."""
    try:
        os.link(path, kept)
    except OSError as error:
        if error.errno not in (errno.EPERM, errno.ENOTSUP, errno.ENOSYS):
            raise
        path.replace(kept)  # a file system without hard links


def _leave_no_journal(path: Path) -> None:
    """Let the old database be one file that nobody has open; one that is damaged beyond opening is left as it is.

    Raises:
        WorkFailed: somebody works on it.
    """
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=rw", uri=True, timeout=1)) as connection:
            connection.execute("PRAGMA journal_mode = DELETE").fetchone()  # fails where anybody else has it open
            connection.execute("BEGIN EXCLUSIVE")
            connection.execute("ROLLBACK")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            raise WorkFailed(
                f"Somebody works on {path}; nothing was changed.", "Close the program everywhere and try again."
            ) from error
    except sqlite3.DatabaseError:
        return


def _bring_to_disk(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
