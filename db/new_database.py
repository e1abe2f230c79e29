"""Making a new database: whole, private, and of today's tables."""

from __future__ import annotations

import contextlib
import errno
import os
import sqlite3
from pathlib import Path

from db.errors import WorkFailed
from db.filesystem import is_on_network, make_private_folder
from db.hints import Step
from db.parts import part_path, remove_part
from db.sharing import make_file
from db.sqlite import WRITE_PATIENCE, connect

APPLICATION_ID = 0x50545549
"""Marks a SQLite file as ours ("PTUI")."""

SCHEMA_VERSION = 9
"""Kept in `user_version`, raised with every migration that is added to `db.schema`."""


def make(path: Path) -> None:
    """Make a new database beside `path` and put it there whole, so that nobody ever meets an empty one."""
    part = part_path(path.parent)
    try:
        make_private_folder(path.parent)
        try:
            make_file(part)
            _fill(part, journal(path))
            _put_in_place(part, path)
        finally:
            remove_part(part)
    except (OSError, sqlite3.OperationalError) as error:
        why = error.strerror if isinstance(error, OSError) else error
        raise WorkFailed(f"The database {path} cannot be made: {why}.", Step.CHOOSE_PLACE_OF_DATABASE()) from error


def _fill(part: Path, journal: str) -> None:
    """Make an empty file a database without accounts."""
    with contextlib.closing(connect(f"{part.absolute().as_uri()}?mode=rw", WRITE_PATIENCE)) as connection:
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        make_tables(connection)
        # Last: what a log holds comes into the file when that is closed, and nobody would say that the disk was full.
        connection.execute(f"PRAGMA journal_mode = {journal}")


def make_tables(connection: sqlite3.Connection) -> None:
    """Make what an empty database has, without the library that brings older ones up to date."""
    connection.executescript(Path(__file__).with_name("new_database.sql").read_text("utf-8"))
    connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")


def _put_in_place(part: Path, path: Path) -> None:
    """Give a new database its name, unless another process has made one meanwhile."""
    with contextlib.suppress(FileExistsError):
        try:
            os.link(part, path)
        except OSError as error:
            if error.errno not in (errno.EPERM, errno.ENOTSUP, errno.ENOSYS):
                raise
            # A file system without hard links: take the name first, which fails if it is taken.
            make_file(path)
            part.replace(path)


def journal(path: Path) -> str:
    """Return how changes are journalled: the write-ahead log, which lets readers go on, needs a local disk."""
    return "DELETE" if is_on_network(path) else "WAL"
