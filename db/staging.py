"""Rows on their way in: read and parsed, not yet compared with the accounts.

They wait in temporary tables of a connection of their own. SQLite keeps these in a private file without a name, so
memory stays flat and nothing is left behind, however the program ends.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Callable, Collection, Iterator, Sequence
from typing import cast

from db.connection import write_faults
from db.fields import SORTED_FIELDS
from db.fold import fold_key

Value = str | int | None

_NAN = float("nan")

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
        lacking = [key for key in ("account_id", "username") if key not in keys]
        sort_keys = [f"{key}_key" for key in self.text_keys]
        columns = ", ".join([*keys, "username_fold", *lacking, *sort_keys])
        connection.execute("PRAGMA temp.cache_size = -16384")  # a sixth of the time, for 16 MB
        connection.execute(f"CREATE TEMP TABLE staged (row INTEGER PRIMARY KEY, {columns})")

    def add(self, numbers: Sequence[int], columns: Sequence[Sequence[Value]]) -> None:
        """Take in some rows, column by column in the order of `keys`, with their numbers in the file, from 1.

        Raises:
            WorkFailed: the disk is full.
        """
        connection = self.connection
        values = self._completed(numbers, columns)
        with write_faults():
            connection.execute("BEGIN")
            try:
                connection.executemany(_insertion(values), zip(*map(_bindable, values.values()), strict=True))
                connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise

    def _completed(self, numbers: Sequence[int], columns: Sequence[Sequence[Value]]) -> dict[str, Sequence[Value]]:
        """Return the columns by name, with all that is kept beside them: sort keys only where a text is not ASCII.

        A million rows of twenty columns come through here: what can be said of a whole column is not asked of each row.
        """
        values: dict[str, Sequence[Value]] = {"row": numbers, **dict(zip(self.keys, columns, strict=True))}
        for key in self.text_keys:
            texts = cast("Sequence[str | None]", values[key])
            if not "".join(filter(None, texts)).isascii():
                values[f"{key}_key"] = list(map(fold_key, texts))
        if "username" in values:
            names = cast("Sequence[str | None]", values["username"])
            values["username_fold"] = [name and name.casefold() for name in names]
        return values


def _bindable(values: Sequence[Value]) -> Sequence[Value | float]:
    """Return a column with NaN in place of None, which SQLite takes for NULL as well.

    Python looks for an adapter of each None that it binds, which takes ten times as long.
    """
    return values if all(values) else [_NAN if value is None else value for value in values]


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


def _insertion(columns: Collection[str]) -> str:
    return f"INSERT INTO temp.staged ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})"
