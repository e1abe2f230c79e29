"""Whether a database is whole: what SQLite's own check and its faults say (faults E8, E9)."""

from __future__ import annotations

import re
import sqlite3
import threading
from contextlib import closing
from pathlib import Path

from db.errors import WorkFailed
from db.hints import Step

_DAMAGES = {sqlite3.SQLITE_CORRUPT: "it is damaged", sqlite3.SQLITE_NOTADB: "it is no database any more"}
_FOREIGN = re.compile(
    r"integer overflow|no such (table|column|index)|table \S+ has no column named|unsupported file format"
    r"|malformed database schema"
)
"""How faults begin that a database has which this program did not make so: its own queries fit its own tables."""


def damage_of(error: sqlite3.DatabaseError) -> str:
    """Return in words how a database is damaged, if a fault of SQLite says so; '' for any other fault."""
    code = getattr(error, "sqlite_errorcode", None) or 0  # faults of the module itself have none
    if code & 0xFF in _DAMAGES:
        return _DAMAGES[code & 0xFF]
    text = str(error)
    if text.startswith("Could not decode to UTF-8"):  # of the module, which has no code for it
        return "a text in it is damaged"
    if code == sqlite3.SQLITE_ERROR and _FOREIGN.match(text):
        return f"it is damaged, or was changed by another program ({text})"
    return ""


def damage_found(connection: sqlite3.Connection) -> str:
    """Return the first thing that SQLite's check finds wrong with a database; '' where all is well.

    It reads every page: two seconds for a million accounts.
    """
    try:
        (found,) = connection.execute("PRAGMA quick_check = 1").fetchone()
    except sqlite3.DatabaseError as error:
        if isinstance(error, sqlite3.OperationalError) and not damage_of(error):
            raise
        return str(error)
    return "" if found == "ok" else str(found).strip().splitlines()[-1]


def check_sound(connection: sqlite3.Connection, path: Path) -> None:
    """Check a database before it is changed.

    Raises:
        WorkFailed: it is damaged.
    """
    if damage := damage_found(connection):
        raise damaged(path, damage)


def damaged(path: Path, damage: str) -> WorkFailed:
    """Return the fault of a database that is not written to any more."""
    return WorkFailed(f"{path} is damaged and was not touched ({damage}).", Step.RESTORE())


class Check:
    """A check that goes on in a thread of its own while a file is read, on a connection of its own."""

    def __init__(self, path: Path) -> None:
        """Begin to check the database at `path`."""
        self._path = path
        self._damage = ""
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="quick_check", daemon=True)
        self._thread.start()

    def _run(self) -> None:
        try:
            with closing(sqlite3.connect(f"{self._path.absolute().as_uri()}?mode=ro", uri=True)) as connection:
                connection.set_progress_handler(self._stop.is_set, 10_000)
                self._damage = damage_found(connection)
        except sqlite3.Error:  # stopped, or locked: who writes meets what is wrong
            return

    def passed(self) -> None:
        """Wait for the end of the check.

        Raises:
            WorkFailed: the database is damaged.
        """
        self._thread.join()
        if self._damage:
            raise damaged(self._path, self._damage)

    def cancel(self) -> None:
        """Let the check end soon: nothing is to be written any more."""
        self._stop.set()
        self._thread.join()
