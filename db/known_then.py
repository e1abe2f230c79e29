"""The accounts as they were known after an earlier import, shown on one connection in place of those of now.

Views of the connection's own hide the tables `accounts`, `imports`, `changes` and `own_fields` of the database: whoever
reads these names reads what was known then. An account that no import has touched since is read where it is; the others
are built once, from what they hold now and from the oldest value that the log of changes has of each field since then.
"""

from __future__ import annotations

import sqlite3

from db.apply_import import assignments
from db.errors import NoAccounts
from db.own_fields import known_keys, text_keys
from db.staging import account_columns

_FIRST_CHANGES = (
    "CREATE TEMP TABLE changed_since AS SELECT account, field, old, min(import_id) AS import_id FROM main.changes"
    " WHERE import_id > ? GROUP BY field, account"
)
"""The first change of each field since an import: what it says of the old value was known then."""


def known_on(connection: sqlite3.Connection) -> str | None:
    """Return the day, in ISO form, on which what a connection shows was known; None where it is not what was known."""
    if connection.execute("SELECT 1 FROM sqlite_temp_master WHERE name = 'known_then'").fetchone() is None:
        return None
    day, version = connection.execute("SELECT day, version FROM temp.known_then").fetchone()
    return day if version == _version(connection) else None


def _version(connection: sqlite3.Connection) -> int:
    """Return a number that is another one once somebody else has written: what was built is no longer true then."""
    number: int = connection.execute("PRAGMA main.data_version").fetchone()[0]
    return number


def show_known_on(connection: sqlite3.Connection, day: str) -> None:
    """Let a connection show what was known after the last import that tells of a day, in ISO form, or of one before it.

    It costs a second or so where a quarter of a million accounts has changed since.

    Raises:
        NoAccounts: nothing was known then.
    """
    if known_on(connection) == day:
        return
    show_known_now(connection)
    version = _version(connection)
    found = connection.execute(
        "SELECT id FROM imports WHERE undone_at IS NULL AND dated <= ? ORDER BY id DESC LIMIT 1", [day]
    ).fetchone()
    if found is None:
        first = connection.execute("SELECT min(dated) FROM imports WHERE undone_at IS NULL").fetchone()[0]
        raise NoAccounts(
            f"Nothing was known on {day}.",
            f"The first list that was imported tells of {first}." if first else "Nothing was imported yet.",
        )
    number = found[0]
    was_read_only = connection.execute("PRAGMA query_only").fetchone()[0]
    connection.execute("PRAGMA query_only = 0")  # which would forbid temporary tables too
    try:
        _build_changed(connection, number)
        _hide_tables(connection, number)
        connection.execute("CREATE TEMP TABLE known_then AS SELECT ? AS day, ? AS version", [day, version])
    finally:
        connection.execute(f"PRAGMA query_only = {was_read_only}")


def show_known_now(connection: sqlite3.Connection) -> None:
    """Let a connection show what is known now, as every connection does at first."""
    made = connection.execute(
        "SELECT type, name FROM sqlite_temp_master WHERE name IN"
        " ('accounts', 'imports', 'changes', 'own_fields', 'known_then', 'changed_since', 'accounts_then')"
    ).fetchall()
    if not made:
        return
    was_read_only = connection.execute("PRAGMA query_only").fetchone()[0]
    connection.execute("PRAGMA query_only = 0")
    for kind, name in made:
        connection.execute(f"DROP {kind} temp.{name}")
    connection.execute(f"PRAGMA query_only = {was_read_only}")


def _build_changed(connection: sqlite3.Connection, number: int) -> None:
    """Build the table `accounts_then` of those accounts that were known after an import and have changed since."""
    connection.execute(_FIRST_CHANGES, [number])
    _, *columns = account_columns(connection)
    others = "".join(f", {name} {kind}" for name, kind in columns)
    connection.execute(f"CREATE TEMP TABLE accounts_then (pk INTEGER PRIMARY KEY{others})")
    connection.execute(
        "INSERT INTO temp.accounts_then SELECT * FROM main.accounts WHERE added_by <= ?"
        " AND pk IN (SELECT account FROM temp.changed_since)",
        [number],
    )
    fields = connection.execute("SELECT DISTINCT field FROM temp.changed_since").fetchall()
    known = known_keys(connection)  # it becomes SQL, and what a database says is nothing to trust
    texts = text_keys(connection)
    for key in (key for (key,) in fields if key in known):
        connection.execute(
            f"UPDATE temp.accounts_then SET {', '.join(assignments([key], 'was', texts))}"
            f" FROM (SELECT account, old AS {key} FROM temp.changed_since WHERE field = ?) AS was"
            " WHERE was.account = accounts_then.pk",
            [key],
        )
    connection.execute("DROP TABLE temp.changed_since")


def _hide_tables(connection: sqlite3.Connection, number: int) -> None:
    """Put views in front of the tables: what they held after an import."""
    _, *columns = account_columns(connection)
    names = [name for name, _ in columns]
    values = ", ".join(f"CASE WHEN t.pk IS NULL THEN now.{name} ELSE t.{name} END AS {name}" for name in names)
    connection.execute(
        f"CREATE TEMP VIEW accounts AS SELECT now.pk AS pk, {values} FROM main.accounts AS now"
        f" LEFT JOIN temp.accounts_then AS t ON t.pk = now.pk WHERE now.added_by <= {number}"
    )
    for table, key in (("imports", "id"), ("changes", "import_id")):
        connection.execute(f"CREATE TEMP VIEW {table} AS SELECT * FROM main.{table} WHERE {key} <= {number}")
    connection.execute(
        f"CREATE TEMP VIEW own_fields AS SELECT rowid, * FROM main.own_fields WHERE import_id <= {number}"
    )
