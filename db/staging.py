"""Rows on their way in: read and parsed, not yet compared with the accounts.

They wait in temporary tables of a connection of their own. SQLite keeps these in a private file without a name, so
memory stays flat and nothing is left behind, however the program ends.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from operator import itemgetter

from db.connection import write_faults
from db.fields import SORTED_FIELDS
from db.fold import fold_key

Value = str | int | None

_STEPS = 50_000
"""How many steps of SQLite's machine pass between two looks at whether to go on: some milliseconds."""


class Staging:
    """The rows of one file. Its connection may be used for nothing else meanwhile."""

    def __init__(self, connection: sqlite3.Connection, keys: Sequence[str]) -> None:
        """Make the tables for rows that have the fields `keys`, in this order."""
        self.connection = connection
        self.keys = tuple(keys)
        self.text_keys = tuple(field.key for field in SORTED_FIELDS if field.key in keys)
        self.rejected_on_reading = 0
        """Rows that never came here, since a cell could not be read: part of every count."""
        self._texts = [self.keys.index(key) for key in self.text_keys]
        self._username = self.keys.index("username") if "username" in keys else None
        lacking = [key for key in ("account_id", "username") if key not in keys]
        sort_keys = [f"{key}_key" for key in self.text_keys]
        columns = ", ".join([*keys, "username_fold", *lacking, *sort_keys])
        connection.execute("PRAGMA temp.cache_size = -16384")  # a sixth of the time, for 16 MB
        connection.execute(f"CREATE TEMP TABLE staged (row INTEGER PRIMARY KEY, {columns})")
        self._insert = _insertion(["row", *keys, "username_fold"])
        self._insert_with_keys = _insertion(["row", *keys, "username_fold", *sort_keys])

    def add(self, numbers: Sequence[int], rows: Sequence[Sequence[Value]]) -> None:
        """Take in some rows with their numbers in the file, from 1; values stand in the order of `keys`.

        Raises:
            WorkFailed: the disk is full.
        """
        connection = self.connection
        plain, keyed = self._completed(numbers, rows)
        with write_faults():
            connection.execute("BEGIN")
            try:
                connection.executemany(self._insert, plain)
                connection.executemany(self._insert_with_keys, keyed)
                connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise

    def _completed(
        self, numbers: Sequence[int], rows: Sequence[Sequence[Value]]
    ) -> tuple[list[tuple[Value, ...]], list[tuple[Value, ...]]]:
        """Return the rows with all that is kept beside them: those that need no sort keys, being ASCII, and the others.

        A million rows of twenty columns come through here.
        """
        plain, keyed = [], []
        texts_of = itemgetter(*self._texts, self._texts[0])  # one more, so that it gives a tuple even of one text
        username = self._username
        for number, row in zip(numbers, rows, strict=True):
            name = None if username is None else row[username]
            folded = name.casefold() if isinstance(name, str) else None
            texts = texts_of(row)
            if "".join(filter(None, texts)).isascii():
                plain.append((number, *row, folded))
            else:
                keyed.append((number, *row, folded, *map(fold_key, texts[:-1])))
        return plain, keyed


@contextlib.contextmanager
def watched(connection: sqlite3.Connection, go_on: Callable[[], None]) -> Iterator[None]:
    """Call `go_on` now and then while SQLite works; what it raises stops the work and is raised here."""
    stopped: list[BaseException] = []

    def look() -> int:
        try:
            go_on()
        except BaseException as error:
            stopped.append(error)
        return len(stopped)

    connection.set_progress_handler(look, _STEPS)
    try:
        yield
    except sqlite3.OperationalError:
        if stopped:
            raise stopped[0] from None
        raise
    finally:
        connection.set_progress_handler(None, 0)


def _insertion(columns: Sequence[str]) -> str:
    return f"INSERT INTO temp.staged ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})"
