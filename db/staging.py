"""Rows on their way in: read and parsed, not yet compared with the accounts.

They wait in temporary tables of a connection of their own. SQLite keeps these in a private file without a name, so
memory stays flat and nothing is left behind, however the program ends.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from pathlib import Path
from typing import cast

from db.fields import Field
from db.own_fields import check_new, declarations, text_keys
from db.parts import is_part
from db.sort_keys import fold
from db.soundness import Check
from db.sqlite_faults import write_faults

Value = str | int | None

_NAN = float("nan")

_STEPS = 50_000
"""How many steps of SQLite's machine pass between two looks at whether to go on: some milliseconds."""


class Staging:
    """The rows of one file. Its connection may be used for nothing else meanwhile."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        keys: Sequence[str],
        ways: frozenset[str] = frozenset(),
        new_fields: Sequence[Field] = (),
    ) -> None:
        """Make the table for rows that have the fields `keys`, in this order.

        `ways` are the other ways in which the file says some of them: see `db.row_rules.effects_of`. `new_fields` are
        the partner's own fields among them that storing the rows makes.

        Raises:
            WrongUse: there is one of `new_fields` already.

        `staged` has the columns of `accounts`, with the row's number in the file for the account's: where all rows
        are new accounts, SQLite copies it as it is.
        """
        self.connection = connection
        self.keys = tuple(keys)
        self.ways = ways
        check_new(connection, new_fields)
        self.new_fields = tuple(new_fields)
        texts = text_keys(connection) | {field.key for field in new_fields if field.is_text}
        self.text_keys = tuple(key for key in keys if key in texts)
        self.count = 0
        """Rows that came here."""
        self.rejected_on_reading = 0
        """Rows that never did, since a cell could not be read: part of every count."""
        self.number: int = connection.execute("SELECT coalesce(max(id), 0) + 1 FROM imports").fetchone()[0]
        """Which import this becomes, if no other comes first."""
        self._check = self._begin_check()
        connection.execute("PRAGMA temp.cache_size = -16384")  # a sixth of the time, for 16 MB
        _, *others = account_columns(connection)
        columns = "".join(f", {name} {kind}" for name, kind in [*others, *declarations(new_fields)])
        connection.execute(f"CREATE TEMP TABLE staged (row INTEGER PRIMARY KEY{columns})")
        if ways:
            connection.execute("CREATE TEMP TABLE whole_names (row INTEGER PRIMARY KEY, name TEXT NOT NULL)")
        connection.execute("DROP TABLE IF EXISTS temp.unreadable")
        connection.execute("CREATE TEMP TABLE unreadable (account_id TEXT, username_fold TEXT)")

    def _begin_check(self) -> Check | None:
        """Begin to check the database while the file is read, so that nothing is written into a damaged one."""
        file = self.connection.execute("SELECT file FROM pragma_database_list WHERE name = 'main'").fetchone()[0]
        return Check(Path(file)) if file and not is_part(Path(file)) else None

    def check_database(self) -> None:
        """Wait until the database is known to be whole.

        Raises:
            WorkFailed: it is damaged.
        """
        if self._check is not None:
            self._check.passed()

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
                connection.executemany(self._insertion(values), zip(*map(_bindable, values.values()), strict=True))
                connection.execute("COMMIT")
                self.count += len(numbers)
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise

    def add_whole_names(self, names: Sequence[tuple[int, str]]) -> None:
        """Take in the whole names of some rows, by the rows' numbers.

        Raises:
            WorkFailed: the disk is full.
        """
        if names:
            folded = [(row, " ".join(name.split()).casefold()) for row, name in names]
            with write_faults():
                self.connection.executemany("INSERT INTO temp.whole_names VALUES (?, ?)", folded)

    def take_out(self, rows: Sequence[int]) -> None:
        """Take rows out again that are rejected after all, by their numbers; the accounts they name are remembered.

        Raises:
            WorkFailed: the disk is full.
        """
        numbers = [(row,) for row in rows]
        with write_faults():
            self.connection.executemany(
                "INSERT INTO temp.unreadable SELECT account_id, username_fold FROM temp.staged WHERE row = ?", numbers
            )
            self.connection.executemany("DELETE FROM temp.staged WHERE row = ?", numbers)
        self.count -= len(numbers)
        self.rejected_on_reading += len(numbers)

    def reject(self, names: Iterable[tuple[str | None, str | None]]) -> None:
        """Remember whom the rows that could not be read name, by account id and username: they may be gone otherwise.

        Raises:
            WorkFailed: the disk is full.
        """
        rows = [(account_id, username and username.casefold()) for account_id, username in names]
        if not rows:
            return
        with write_faults():
            self.connection.executemany("INSERT INTO temp.unreadable VALUES (?, ?)", rows)

    def _insertion(self, columns: Collection[str]) -> str:
        places = ", ".join("?" * len(columns))
        return f"INSERT INTO temp.staged ({', '.join(columns)}, added_by) VALUES ({places}, {self.number})"

    def _completed(self, numbers: Sequence[int], columns: Sequence[Sequence[Value]]) -> dict[str, Sequence[Value]]:
        """Return the columns that hold something by name, with all that is kept beside them.

        Sort keys are made only where a text is not ASCII. A million rows of twenty columns come through here: what can
        be said of a whole column is not asked of each row.
        """
        height = len(numbers)
        named = zip(self.keys, columns, strict=True)
        filled = {key: values for key, values in named if any(values) or values.count(None) < height}
        completed: dict[str, Sequence[Value]] = {"row": numbers, **filled}
        for key in filter(filled.__contains__, self.text_keys):
            texts = cast("Sequence[str | None]", filled[key])
            if not "".join(filter(None, texts)).isascii():
                completed[f"{key}_key"] = [None if text is None or text.isascii() else fold(text) for text in texts]
        if "username" in filled:
            names = cast("Sequence[str | None]", filled["username"])
            completed["username_fold"] = [name and name.casefold() for name in names]
        return completed


def account_columns(connection: sqlite3.Connection) -> list[tuple[str, str]]:
    """Return the columns of the accounts, `pk` first, with their types."""
    return [(name, kind) for _, name, kind, *_ in connection.execute("PRAGMA main.table_info(accounts)")]


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
