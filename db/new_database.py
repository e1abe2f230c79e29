"""Making a new database: whole, private, and of today's tables."""

from __future__ import annotations

import contextlib
import errno
import os
import sqlite3
from collections.abc import Iterator
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

_UNSEEN = "PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF; PRAGMA foreign_keys = 1; PRAGMA cache_size = -16384"
"""How a database is written that nobody sees and that is brought to the disk at its end."""


def make(path: Path) -> None:
    """Make a new database beside `path` and put it there whole, so that nobody ever meets an empty one."""
    part = part_path(path.parent)
    with _making(path):
        make_private_folder(path.parent)
        try:
            make_file(part)
            with contextlib.closing(_connected(part)) as connection:
                _fill(connection)
                # Last: what a log holds comes into the file when that is closed, and nobody would say that the disk
                # was full.
                connection.execute(f"PRAGMA journal_mode = {journal(path)}")
            _put_in_place(part, path)
        finally:
            remove_part(part)


class NewDatabase:
    """A new database that gets its first accounts before it gets its name. Put it in place or close it.

    Nobody else sees it before, so it needs no log beside it: a third of the time of a first import. Whatever ends the
    work, there is either no database or one with the accounts in it.
    """

    def __init__(self, path: Path) -> None:
        """Begin a database that is to be at `path`.

        Raises:
            WorkFailed: it cannot be made there.
        """
        self._path = path
        self._part = part_path(path.parent)
        with _making(path), contextlib.ExitStack() as begun:
            make_private_folder(path.parent)
            begun.callback(remove_part, self._part)
            make_file(self._part)
            self.connection = begun.enter_context(contextlib.closing(_connected(self._part)))
            """For staging and storing, as `db.connection.connect_writing` returns it."""
            self.connection.executescript(_UNSEEN)
            _fill(self.connection)
            self._begun = begun.pop_all()

    def put_in_place(self) -> None:
        """Bring all of it to the disk and give it its name; its connection is closed.

        Raises:
            WorkFailed: another process has made one there meanwhile, or there is no room.
        """
        try:
            with _making(self._path):
                self.connection.execute(f"PRAGMA journal_mode = {journal(self._path)}")
                self.connection.close()
                with self._part.open("rb") as file:
                    os.fsync(file.fileno())
                if not _put_in_place(self._part, self._path):
                    raise WorkFailed(
                        f"The database {self._path} was made by another program meanwhile; this one changed nothing.",
                        "Import the file again.",
                    )
        finally:
            self.close()

    def close(self) -> None:
        """Let go of it; what was not put in place is gone."""
        self._begun.close()


@contextlib.contextmanager
def _making(path: Path) -> Iterator[None]:
    """Turn faults of the system while a database is made into words."""
    try:
        yield
    except (OSError, sqlite3.OperationalError) as error:
        why = error.strerror if isinstance(error, OSError) else error
        raise WorkFailed(f"The database {path} cannot be made: {why}.", Step.CHOOSE_PLACE_OF_DATABASE()) from error


def _connected(part: Path) -> sqlite3.Connection:
    return connect(f"{part.absolute().as_uri()}?mode=rw", WRITE_PATIENCE)


def _fill(connection: sqlite3.Connection) -> None:
    """Make an empty file a database without accounts."""
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    make_tables(connection)


def make_tables(connection: sqlite3.Connection) -> None:
    """Make what an empty database has, without the library that brings older ones up to date."""
    connection.executescript(Path(__file__).with_name("new_database.sql").read_text("utf-8"))
    connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")


def _put_in_place(part: Path, path: Path) -> bool:
    """Give a new database its name; return whether it has it, or another process has made one meanwhile."""
    try:
        try:
            os.link(part, path)
        except OSError as error:
            if error.errno not in (errno.EPERM, errno.ENOTSUP, errno.ENOSYS):
                raise
            # A file system without hard links: take the name first, which fails if it is taken.
            make_file(path)
            part.replace(path)
    except FileExistsError:
        return False
    return True


def journal(path: Path) -> str:
    """Return how changes are journalled: the write-ahead log, which lets readers go on, needs a local disk."""
    return "DELETE" if is_on_network(path) else "WAL"
