"""Opening the database: reading, writing, making it, and refusing what is not one of ours."""

from __future__ import annotations

import contextlib
import errno
import glob
import os
import sqlite3
import stat
import time
from collections.abc import Callable, Iterator
from contextvars import ContextVar
from datetime import datetime, tzinfo
from pathlib import Path
from typing import TypeVar

from db.errors import NoAccounts, WorkFailed
from db.filesystem import is_missing, is_on_network, make_private_folder
from db.parts import part_path, remove_part, sweep
from db.sharing import keep_shared, make_file
from db.sort_keys import fold, fold_key
from db.soundness import RESTORE_HINT, check_sound, damage_of
from db.writer import noted, writer_name

Answer = TypeVar("Answer")

APPLICATION_ID = 0x50545549
"""Marks a SQLite file as ours ("PTUI")."""

SCHEMA_VERSION = 9
"""Kept in `user_version`, raised with every migration that is added to `db.schema`."""


def _system_zone() -> tzinfo | None:
    return None


partner_zone: Callable[[], tzinfo | None] = _system_zone
"""The time zone in which old imports get their day; `core.clock`, which knows the settings, puts its own here."""

KEPT_COPIES = 3
"""Copies from before the database was brought up to date that are kept."""

READ_PATIENCE, WRITE_PATIENCE = 5.0, 10.0
"""Seconds to wait for another process's lock."""


_SMALLEST = 512
"""Bytes of SQLite's smallest page: what is shorter it takes for a database without tables."""
_BETWEEN_TRIES = 0.05
"""Seconds between two tries for a lock where somebody watches the wait."""

Watcher = Callable[[str, float], None]
"""Told who is in the way, and for how many seconds one has waited."""

_watcher: ContextVar[Watcher | None] = ContextVar("_watcher", default=None)
"""Told of each wait for a lock in this thread."""


@contextlib.contextmanager
def watching_waits(watcher: Watcher) -> Iterator[None]:
    """Within the block, wait for other programs' locks for as long as it takes.

    Args:
        watcher: called about twenty times a second meanwhile; what it raises ends the wait, and nothing has changed.
    """
    token = _watcher.set(watcher)
    try:
        yield
    finally:
        _watcher.reset(token)


def connect_reading(path: Path) -> sqlite3.Connection:
    """Open the database at `path` for reading; it is brought up to date first if it is of an older version.

    Raises:
        NoAccounts: there is no such file.
        WorkFailed: the file is not a database of this program, is damaged, or is of a newer version.
    """
    _check_file(path)
    connection = _open(path, "mode=ro")
    version = _check_ours(connection, path)
    if version < SCHEMA_VERSION:
        connection.close()
        connect_writing(path).close()
        connection = _open(path, "mode=ro")
    connection.execute("PRAGMA query_only = 1")
    return connection


def connect_writing(path: Path) -> sqlite3.Connection:
    """Open the database at `path` for writing; it is made if missing, and migrated if older.

    The file is 0600 and folders made for it are 0700 (promise P5); in a folder that a team shares it is 0660.

    Raises:
        WorkFailed: as for `connect_reading`, or the place cannot be written.
    """
    if is_missing(path):
        _make(path)
    _check_file(path)
    keep_shared(path)
    connection = _open(path, "mode=rw", patience=WRITE_PATIENCE)
    if _check_ours(connection, path) < SCHEMA_VERSION:
        _migrate(connection, path)
    with write_faults():
        connection.execute(f"PRAGMA journal_mode = {_journal(path)}")
    connection.execute("PRAGMA foreign_keys = 1")
    connection.execute("PRAGMA cache_size = -16384")  # for keeping indexes; who reads is quicker with the usual 2 MB
    return connection


def connect_existing(path: Path) -> sqlite3.Connection:
    """Open the database at `path` for writing, as `connect_writing` does, but never make one.

    Raises:
        NoAccounts: there is no such file.
        WorkFailed: as for `connect_writing`.
    """
    _check_file(path)
    return connect_writing(path)


def connect_scratch() -> sqlite3.Connection:
    """Return a database without accounts that is nowhere but in memory."""
    connection = _connect("file::memory:", WRITE_PATIENCE)
    _make_tables(connection)
    return connection


@contextlib.contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """Hold one write transaction: all of the block's changes, or none. BEGIN IMMEDIATE, so it never fails half-way.

    Raises:
        WorkFailed: another process is writing, the disk is full, or the database is read-only.
    """
    with write_faults():
        _take_lock(connection)
        try:
            with noted(connection):  # up to the end of the lock, so that the note of the next is never taken away
                yield
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise


def _take_lock(connection: sqlite3.Connection) -> None:
    """Begin to write.

    Raises:
        WorkFailed: another process is writing; it says who.
    """
    try:
        _patiently(connection, lambda: connection.execute("BEGIN IMMEDIATE"))
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
            raise
        raise is_written_by(writer_name(connection)) from error


def _patiently(connection: sqlite3.Connection, work: Callable[[], Answer]) -> Answer:
    """Do what needs a lock; where somebody watches the wait, try until no other program is in the way."""
    watcher = _watcher.get()
    if watcher is None:
        return work()
    began = time.monotonic()
    (patience,) = connection.execute("PRAGMA busy_timeout").fetchone()
    connection.execute(f"PRAGMA busy_timeout = {1000 * _BETWEEN_TRIES:.0f}")
    try:
        while True:
            try:
                return work()
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
                    raise
                watcher(writer_name(connection), time.monotonic() - began)
    finally:
        connection.execute(f"PRAGMA busy_timeout = {patience}")


@contextlib.contextmanager
def write_faults() -> Iterator[None]:
    """Turn what SQLite says of a failed write into words for a person.

    Raises:
        WorkFailed: another process is writing, the disk is full, or the database is read-only.
    """
    try:
        yield
    except sqlite3.OperationalError as error:
        if damage := damage_of(error):
            raise WorkFailed(f"The database cannot be written: {damage}.", RESTORE_HINT) from error
        if error.sqlite_errorcode == sqlite3.SQLITE_ERROR:  # a query that is wrong is our own bug
            raise
        raise _cannot_write(error) from error
    except sqlite3.DatabaseError as error:
        if type(error) is not sqlite3.DatabaseError:
            raise  # used wrongly, or against a rule of the tables: our own bug
        raise WorkFailed(
            f"The database cannot be written: {damage_of(error) or error}; nothing was changed.", RESTORE_HINT
        ) from error


@contextlib.contextmanager
def read_faults() -> Iterator[None]:
    """Turn what SQLite says of a failed read into words for a person.

    Raises:
        WorkFailed: the database is locked for long, damaged, or was emptied meanwhile.
    """
    try:
        yield
    except sqlite3.DatabaseError as error:
        if not isinstance(error, sqlite3.OperationalError) and type(error) is not sqlite3.DatabaseError:
            raise  # used wrongly: our own bug, as a query that is wrong is
        if damage := damage_of(error):
            raise WorkFailed(f"The database cannot be read: {damage}.", RESTORE_HINT) from error
        if error.sqlite_errorcode == sqlite3.SQLITE_ERROR:
            raise
        raise WorkFailed(
            f"The database cannot be read: {error}.", "Try again in a moment; if it stays so, put a copy of it back."
        ) from error


def _open(path: Path, mode: str, patience: float = READ_PATIENCE) -> sqlite3.Connection:
    """Open the file, taking a folder that cannot be written for a read-only copy."""
    address = path.absolute().as_uri()
    try:
        connection = _connect(f"{address}?{mode}", patience)
        _patiently(connection, lambda: connection.execute("SELECT 1 FROM sqlite_master").fetchone())
    except sqlite3.OperationalError as error:
        if damage_of(error):
            raise _unreadable(path) from error
        if error.sqlite_errorcode == sqlite3.SQLITE_BUSY:
            raise WorkFailed(
                f"{path} is held by another program, and was for {patience:.0f} seconds.", "Try again in a moment."
            ) from error
        if mode != "mode=ro" or _has_content(path.with_name(path.name + "-wal")):
            raise WorkFailed(
                f"{path} cannot be opened: {error}.", "Check that you may read it and its folder."
            ) from error
        connection = _opened_as_copy(path, patience)
    except sqlite3.DatabaseError as error:
        raise _unreadable(path) from error
    return connection


def _opened_as_copy(path: Path, patience: float) -> sqlite3.Connection:
    """Open a file that nobody writes, in a folder in which SQLite can make no journal."""
    try:
        connection = _connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", patience)
        connection.execute("SELECT 1 FROM sqlite_master").fetchone()
    except sqlite3.DatabaseError as error:
        raise _unreadable(path) from error
    return connection


def _connect(uri: str, patience: float) -> sqlite3.Connection:
    """Connect, with the functions that queries and storing use."""
    connection = sqlite3.connect(uri, uri=True, timeout=patience, isolation_level=None, check_same_thread=False)
    connection.create_function("fold", 1, lambda text: None if text is None else fold(text), deterministic=True)
    connection.create_function("fold_key", 1, fold_key, deterministic=True)
    connection.create_function(
        "casefold", 1, lambda text: None if text is None else text.casefold(), deterministic=True
    )
    connection.create_function(
        "partner_day", 1, lambda moment: datetime.fromisoformat(moment).astimezone(partner_zone()).date().isoformat()
    )
    connection.execute("PRAGMA threads = 2")
    return connection


def _check_file(path: Path) -> None:
    """Refuse what cannot be one before SQLite takes an empty file for a database without accounts (fault E10).

    The file is only asked about. Opening and closing it here would let go of every lock that other connections of this
    process hold on it (POSIX), and another program would take the write-ahead log away from under them.
    """
    try:
        found = path.stat()
    except FileNotFoundError as error:
        raise NoAccounts(
            f"There is no database at {path}.",
            "Import your accounts with: partner-tui import FILE, or look around with: partner-tui --demo",
        ) from error
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) else error
        raise WorkFailed(f"{path} cannot be read: {why}.", "Check the path and its permissions.") from error
    denied = errno.EISDIR if stat.S_ISDIR(found.st_mode) else 0 if os.access(path, os.R_OK) else errno.EACCES
    if denied:
        raise WorkFailed(f"{path} cannot be read: {os.strerror(denied)}.", "Check the path and its permissions.")
    if not stat.S_ISREG(found.st_mode):
        raise WorkFailed(f"{path} is no regular file, and so no database.", "Give a database of ours with --db.")
    sweep(path.parent)
    if not found.st_size:
        raise WorkFailed(
            f"{path} is an empty file where a database should be; nothing was changed.",
            "Put a copy of the database back, or move the empty file away and import again.",
        )
    if found.st_size < _SMALLEST:
        raise _unreadable(path)


def _check_ours(connection: sqlite3.Connection, path: Path) -> int:
    """Return the schema's version, refusing foreign, damaged and newer databases."""
    try:
        application = connection.execute("PRAGMA application_id").fetchone()[0]
        version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    except sqlite3.DatabaseError as error:
        raise _damaged(path) from error
    if application != APPLICATION_ID:
        raise WorkFailed(f"{path} is a database of another program; nothing was changed.", "Give another path to --db.")
    if version > SCHEMA_VERSION:
        raise WorkFailed(
            f"{path} was written by a newer partner-tui (schema {version}, this one knows {SCHEMA_VERSION}).",
            "Upgrade partner-tui; the database was not touched.",
        )
    return version


def _make(path: Path) -> None:
    """Make a new database beside `path` and put it there whole, so that nobody ever meets an empty one."""
    part = part_path(path.parent)
    try:
        make_private_folder(path.parent)
        try:
            make_file(part)
            _fill(part, _journal(path))
            _put_in_place(part, path)
        finally:
            remove_part(part)
    except (OSError, sqlite3.OperationalError) as error:
        why = error.strerror if isinstance(error, OSError) else error
        raise WorkFailed(
            f"The database {path} cannot be made: {why}.", "Choose another place with --db, or mend the cause."
        ) from error


def _fill(part: Path, journal: str) -> None:
    """Make an empty file a database without accounts."""
    with contextlib.closing(_connect(f"{part.absolute().as_uri()}?mode=rw", WRITE_PATIENCE)) as connection:
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA journal_mode = {journal}")
        _make_tables(connection)


def _make_tables(connection: sqlite3.Connection) -> None:
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


def _migrate(connection: sqlite3.Connection, path: Path) -> None:
    """Bring an older database up to date; a copy is kept beside it first (fault E12), of the last three times."""
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if version:
        check_sound(connection, path)
        _back_up(connection, path.with_name(f"{path.name}.schema-{version}"))
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


def _forget_old_copies(path: Path) -> None:
    """Remove all but the last copies that were kept before a database was brought up to date."""
    copies = sorted(path.parent.glob(f"{glob.escape(path.name)}.schema-*"), key=lambda copy: copy.stat().st_mtime)
    for copy in copies[:-KEPT_COPIES]:
        with contextlib.suppress(OSError):
            copy.unlink()


def copy_into(connection: sqlite3.Connection, copy: Path) -> None:
    """Copy a database into an empty file: one state of it, whatever others write meanwhile (fault E13).

    Raises:
        sqlite3.OperationalError: the file cannot be written, or the database is locked.
    """
    with contextlib.closing(sqlite3.connect(copy)) as target:
        connection.backup(target)


def _back_up(connection: sqlite3.Connection, copy: Path) -> None:
    """Keep a copy of the database, whole and private."""
    try:
        copy.unlink(missing_ok=True)
        make_file(copy)
        copy_into(connection, copy)
    except (OSError, sqlite3.OperationalError) as error:
        raise WorkFailed(
            f"{copy} could not be written: {error}.", "A copy is kept before the database is brought up to date."
        ) from error


def _journal(path: Path) -> str:
    """Return how changes are journalled: the write-ahead log, which lets readers go on, needs a local disk."""
    return "DELETE" if is_on_network(path) else "WAL"


def _has_content(path: Path) -> bool:
    """Whether a file is there and not empty."""
    try:
        return path.stat().st_size > 0
    except OSError:
        return False


def _has_head(path: Path) -> bool:
    """Whether a file that SQLite cannot read begins as its files do."""
    try:
        with path.open("rb") as file:
            return file.read(16) == b"SQLite format 3\0"
    except OSError:
        return True


def _unreadable(path: Path) -> WorkFailed:
    if _has_head(path):
        return _damaged(path)
    return WorkFailed(f"{path} is not a database.", "Give the database of partner-tui with --db, or import FILE.")


def _damaged(path: Path) -> WorkFailed:
    return WorkFailed(f"{path} is damaged and was not touched.", RESTORE_HINT)


def is_written_by(who: str) -> WorkFailed:
    """Return the fault for a lock that somebody held too long."""
    return WorkFailed(
        f"The database is being written by {who}; nothing was changed.", "Wait until it has finished and try again."
    )


def _cannot_write(error: sqlite3.OperationalError) -> WorkFailed:
    """Return the fault for a failed write; the transaction has been rolled back."""
    text = str(error)
    if "locked" in text or "busy" in text:
        return is_written_by("another partner-tui")
    if "readonly" in text or "read-only" in text:
        return WorkFailed(
            "The database is read-only; nothing was changed.", "Check the permissions of it and its folder."
        )
    return WorkFailed(
        f"The database could not be written ({text}); nothing was changed.", "Check the space on the disk."
    )
