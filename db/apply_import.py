"""From staged rows to accounts: one transaction that takes in all that can go in, or nothing."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from db.connection import transaction, write_faults
from db.fields import SORTED_FIELDS
from db.identify import RejectedRow, place
from db.indexes import drop_indexes, make_indexes
from db.row_rules import effects_of
from db.staging import Staging, watched


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an import does, or did: `read` = `new` + `changed` + `same` + `rejected` (promise P2)."""

    new: int
    changed: int
    same: int
    returned: int
    """Accounts that came back; they are among the changed ones."""
    rejected: int
    """Rows left out, those that could not be read among them."""
    rejected_rows: list[RejectedRow] = field(default_factory=list)
    """The rows that could be read, and cannot go in beside the others."""

    @property
    def read(self) -> int:
        """All rows of the file."""
        return self.new + self.changed + self.same + self.rejected


def preview(staging: Staging, *, erase_blanks: bool = False, go_on: Callable[[], None]) -> Outcome:
    """Return what `store` would do now, and write nothing.

    Args:
        staging: every row of the file.
        erase_blanks: a blank cell erases what is known.
        go_on: called now and then; what it raises ends the work.

    Raises:
        WorkFailed: the database is busy, or there is no room for temporary tables.
    """
    connection = staging.connection
    connection.execute("BEGIN")  # so that all is compared with the accounts of one moment
    try:
        with write_faults(), watched(connection, go_on):
            return _weigh(staging, erase_blanks)[0]
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")


def store(
    staging: Staging,
    file: str,
    *,
    erase_blanks: bool = False,
    accept: Callable[[Outcome], None],
    go_on: Callable[[], None],
) -> Outcome:
    """Take the staged rows in, as one import that `db.history.undo_last` can take back.

    Args:
        staging: every row of the file.
        file: its name, for history and freshness.
        erase_blanks: a blank cell erases what is known.
        accept: shown the outcome before anything is written; what it raises refuses the import.
        go_on: called now and then; what it raises ends the work, and nothing has changed.

    Raises:
        WorkFailed: the database is busy, read-only or its disk is full; nothing has changed.
    """
    with transaction(staging.connection), watched(staging.connection, go_on):
        return take_in(staging, file, erase_blanks=erase_blanks, accept=accept)


def take_in(
    staging: Staging, file: str, *, erase_blanks: bool = False, accept: Callable[[Outcome], None] = lambda _: None
) -> Outcome:
    """Do what `store` does, inside the caller's transaction."""
    outcome, highest = _weigh(staging, erase_blanks)
    accept(outcome)
    number = _record_import(staging.connection, file, outcome)
    _change(staging.connection, number)
    _add(staging, number, highest, outcome.new)
    return outcome


def _weigh(staging: Staging, erase_blanks: bool) -> tuple[Outcome, int]:
    """Place the rows and compare them with the accounts; return the outcome and the highest known account's number.

    The accounts that change stand in the table `after` then, with their new values.
    """
    connection = staging.connection
    placing = place(staging)
    effects = effects_of(staging.keys, erase_blanks, staging.ways)
    values = ", ".join(f"{value} AS {key}" for key, value in effects.values.items())
    differs = " OR ".join(f"{value} IS NOT known.{key}" for key, value in effects.values.items())
    connection.execute("DROP TABLE IF EXISTS temp.after")
    connection.execute(
        f"""
        CREATE TEMP TABLE after AS
        SELECT known.pk AS account, {effects.returned} AS returned, {values}
        FROM placed JOIN staged AS said USING (row) JOIN accounts AS known ON known.pk = placed.account
        WHERE {differs}
        """
    )
    named, new = connection.execute(
        "SELECT count(*), count(*) FILTER (WHERE account > ?) FROM placed", [placing.highest]
    ).fetchone()
    changed, returned = connection.execute("SELECT count(*), count(*) FILTER (WHERE returned) FROM after").fetchone()
    return Outcome(
        new=new,
        changed=changed,
        same=named - new - changed + placing.repeated,
        returned=returned,
        rejected=staging.rejected_on_reading + len(placing.rejected),
        rejected_rows=placing.rejected,
    ), placing.highest


def _record_import(connection: sqlite3.Connection, file: str, outcome: Outcome) -> int:
    """Write the import's own row and return its number."""
    row = {
        "file": file.encode(errors="replace").decode(),  # a file's name may hold bytes that are no text
        "imported_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "read": outcome.read,
        "new": outcome.new,
        "changed": outcome.changed,
        "same": outcome.same,
        "returned": outcome.returned,
        "rejected": outcome.rejected,
    }
    names = ", ".join(row)
    number = connection.execute(
        f"INSERT INTO imports ({names}) VALUES ({', '.join('?' * len(row))})", list(row.values())
    ).lastrowid
    assert number is not None  # noqa: S101 - an INSERT has always made a row
    return number


def _change(connection: sqlite3.Connection, number: int) -> None:
    """Log each changed field of the known accounts, then change it."""
    keys = [row[1] for row in connection.execute("PRAGMA temp.table_info(after)")][2:]
    for key in keys:
        connection.execute(
            f"""
            INSERT INTO changes (import_id, account, field, old, new)
            SELECT ?, account, ?, known.{key}, after.{key}
            FROM after JOIN accounts AS known ON known.pk = after.account
            WHERE after.{key} IS NOT known.{key}
            """,
            [number, key],
        )
    connection.execute(
        f"UPDATE accounts SET {', '.join(assignments(keys, 'after'))} FROM after WHERE accounts.pk = after.account"
    )


def assignments(keys: list[str], source: str) -> list[str]:
    """Return what an UPDATE of accounts sets to take fields from `source`, with all that is kept beside them."""
    texts = [f.key for f in SORTED_FIELDS if f.key in keys]
    pairs = [f"{key} = {source}.{key}" for key in keys]
    pairs += [f"{key}_key = fold_key({source}.{key})" for key in texts]
    if "username" in keys:
        pairs.append(f"username_fold = casefold({source}.username)")
    return pairs


def _add(staging: Staging, number: int, highest: int, new: int) -> None:
    """Add the new accounts. The first ones get their indexes afterwards, which costs less than row by row."""
    if highest:
        _add_placed(staging, number, highest)
        return
    drop_indexes(staging.connection)
    if new == staging.count and number == staging.number:
        staging.connection.execute("INSERT INTO accounts SELECT * FROM temp.staged")  # record by record as they are
    else:
        _add_placed(staging, number, highest)
    make_indexes(staging.connection)


def _add_placed(staging: Staging, number: int, highest: int) -> None:
    """Add the accounts that rows were placed in and that are not known yet."""
    columns = ", ".join([*staging.keys, "username_fold", *(f"{key}_key" for key in staging.text_keys)])
    staging.connection.execute(
        f"""
        INSERT INTO accounts (pk, {columns}, added_by)
        SELECT placed.account, {columns}, ? FROM placed JOIN staged USING (row)
        WHERE placed.account > ? ORDER BY row
        """,
        [number, highest],
    )
