"""From staged rows to accounts: one transaction that takes in all that can go in, or nothing."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from db import own_fields
from db.complete_list import CompleteList, GoneAccount, end_accounts, find_named, judge, named_accounts
from db.errors import WorkFailed
from db.hints import Step
from db.identify import RejectedRow, place
from db.indexes import drop_indexes, make_indexes
from db.own_fields import text_keys
from db.people import login_name, sudo_user
from db.row_rules import effects_of
from db.sqlite_faults import write_faults
from db.staging import Staging, watched
from db.transaction import transaction


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
    gone: list[GoneAccount] = field(default_factory=list)
    """The accounts that a complete list lacks, found after its last file."""
    in_scope: int = 0
    """How many accounts the complete list had to name."""
    named: bytes = b""
    """After a file of a complete list that is not its last: see `CompleteList.named_before`."""
    known: int = 0
    """The highest number of an account that was known before."""

    @property
    def read(self) -> int:
        """All rows of the file."""
        return self.new + self.changed + self.same + self.rejected


@dataclass(frozen=True, slots=True)
class Facts:
    """What an import says of itself."""

    file: str
    """The file's name, for history and freshness."""
    dated: str
    """The day on which its rows were true, in ISO form: the day it tells of."""
    source: str = "file"
    """Where the rows came from: a file, or the vendor API."""
    headings: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept of an import to be looked at later, beside the counts. Both lists are kept as JSON."""

    notes: Sequence[dict[str, Any]] = ()
    rejected_rows: Sequence[dict[str, Any]] = ()
    passed_over: int = 0
    """Rows of the file that are no accounts."""


MOST_REJECTED_KEPT = 1_000
"""Rejected rows that are kept with an import, the first ones."""

Accept = Callable[[Outcome], Kept | None]
"""Shown an outcome before anything is written: what it raises refuses the import, what it returns is kept with it."""


def check_day(connection: sqlite3.Connection, dated: str) -> None:
    """Check that a list of a day may come behind those that are known: days never go back.

    Raises:
        WorkFailed: the last import tells of a later day.
    """
    last = connection.execute(
        "SELECT file, dated FROM imports WHERE undone_at IS NULL ORDER BY id DESC LIMIT 1"
    ).fetchone()
    if last is not None and dated < last[1]:
        raise WorkFailed(
            f"This list tells of {dated}, but the last one imported, {last[0]}, tells of {last[1]} already;"
            " nothing was changed.",
            Step.TAKE_BACK_FIRST(),
        )


def preview(
    staging: Staging,
    *,
    erase_blanks: bool = False,
    dated: str = "",
    complete: CompleteList | None = None,
    look: Callable[[Outcome], None] = lambda _: None,
    go_on: Callable[[], None],
) -> Outcome:
    """Return what `store` would do now, and write nothing.

    Args:
        staging: every row of the file.
        erase_blanks: a blank cell erases what is known.
        dated: the day that the file tells of, in ISO form; needed where it is complete.
        complete: what the file is complete for, if it is.
        look: shown the outcome while the rows are weighed.
        go_on: called now and then; what it raises ends the work.

    Raises:
        WorkFailed: the database is busy, or there is no room for temporary tables.
    """
    connection = staging.connection
    connection.execute("BEGIN")  # so that all is compared with the accounts of one moment
    try:
        with write_faults(), watched(connection, go_on):
            outcome = _weigh(staging, erase_blanks, dated, complete)[0]
            look(outcome)
            return outcome
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")


def store(
    staging: Staging,
    facts: Facts,
    *,
    erase_blanks: bool = False,
    complete: CompleteList | None = None,
    accept: Accept,
    go_on: Callable[[], None],
) -> Outcome:
    """Take the staged rows in, as one import that `db.history.undo_last` can take back.

    Args:
        staging: every row of the file.
        facts: what the import says of itself.
        erase_blanks: a blank cell erases what is known.
        complete: what the file is complete for, if it is.
        accept: shown the outcome before anything is written; what it raises refuses the import.
        go_on: called now and then; what it raises ends the work, and nothing has changed.

    Raises:
        WorkFailed: the last import tells of a later day, or the database is busy, read-only or its disk is full;
            nothing has changed.
    """
    staging.check_database()
    with transaction(staging.connection), watched(staging.connection, go_on):
        return take_in(staging, facts, erase_blanks=erase_blanks, complete=complete, accept=accept)


def take_in(
    staging: Staging,
    facts: Facts,
    *,
    erase_blanks: bool = False,
    complete: CompleteList | None = None,
    accept: Accept = lambda _: None,
) -> Outcome:
    """Do what `store` does, inside the caller's transaction."""
    connection = staging.connection
    check_day(connection, facts.dated)
    outcome, highest = _weigh(staging, erase_blanks, facts.dated, complete)
    is_judged = complete is not None and complete.is_whole
    kept = accept(outcome) or Kept()
    number = _record_import(connection, facts, outcome, kept, complete.scope if complete and is_judged else None)
    own_fields.add(connection, staging.new_fields, number, _now())
    _change(connection, number)
    if is_judged:
        end_accounts(connection, number, facts.dated)
    _add(staging, number, highest, outcome.new)
    return outcome


def _weigh(staging: Staging, erase_blanks: bool, dated: str, complete: CompleteList | None) -> tuple[Outcome, int]:
    """Place the rows and compare them with the accounts; return the outcome and the highest known account's number.

    The accounts that change stand in the table `after` then, with their new values; those that a complete list ends
    stand in the table `gone`.
    """
    connection = staging.connection
    placing = place(staging)
    effects = effects_of(staging.keys, erase_blanks, staging.ways)
    values = ", ".join(f"{value} AS {key}" for key, value in effects.values.items())
    differs = " OR ".join(f"{value} IS NOT known.{key}" for key, value in effects.values.items())
    unknown = "".join(f", NULL AS {field.key}" for field in staging.new_fields)  # no account has them yet
    connection.execute("DROP TABLE IF EXISTS temp.after")
    connection.execute(
        f"""
        CREATE TEMP TABLE after AS
        SELECT known.pk AS account, {effects.returned} AS returned, {values}
        FROM placed JOIN staged AS said USING (row)
        JOIN (SELECT *{unknown} FROM accounts) AS known ON known.pk = placed.account
        WHERE {differs}
        """
    )
    named, new = connection.execute(
        "SELECT count(*), count(*) FILTER (WHERE account > ?) FROM placed", [placing.highest]
    ).fetchone()
    changed, returned = connection.execute("SELECT count(*), count(*) FILTER (WHERE returned) FROM after").fetchone()
    outcome = Outcome(
        new=new,
        changed=changed,
        same=named - new - changed + placing.repeated,
        returned=returned,
        rejected=staging.rejected_on_reading + len(placing.rejected),
        rejected_rows=placing.rejected,
        known=placing.highest,
    )
    return _judged(staging, outcome, dated, complete, placing.highest), placing.highest


def _judged(staging: Staging, outcome: Outcome, dated: str, complete: CompleteList | None, highest: int) -> Outcome:
    """Return the outcome with the accounts that a complete list lacks, or with those that its files named so far."""
    if complete is None:
        return outcome
    find_named(staging, highest)
    if not complete.is_whole:
        return replace(outcome, named=named_accounts(staging.connection, complete.named_before))
    judged = judge(staging.connection, complete, dated, highest)
    return replace(outcome, gone=judged.gone, in_scope=judged.in_scope)


def _record_import(
    connection: sqlite3.Connection, facts: Facts, outcome: Outcome, kept: Kept, scope: str | None
) -> int:
    """Write the import's own row and return its number. `scope` is that of a complete list that was judged."""
    row = {
        "file": facts.file.encode(errors="replace").decode(),  # a file's name may hold bytes that are no text
        "imported_at": _now(),
        "read": outcome.read,
        "new": outcome.new,
        "changed": outcome.changed,
        "same": outcome.same,
        "returned": outcome.returned,
        "rejected": outcome.rejected,
        "gone": len(outcome.gone),
        "dated": facts.dated,
        "complete": scope,
        "source": facts.source,
        "by": login_name(),
        "sudo_by": sudo_user(),
        "passed_over": kept.passed_over,
        "notes": _json(kept.notes),
        "rejected_rows": _json(kept.rejected_rows[:MOST_REJECTED_KEPT]),
        "headings": _json(facts.headings),
    }
    names = ", ".join(row)
    number = connection.execute(
        f"INSERT INTO imports ({names}) VALUES ({', '.join('?' * len(row))})", list(row.values())
    ).lastrowid
    assert number is not None  # noqa: S101 - an INSERT has always made a row
    return number


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _json(values: Sequence[Any]) -> str:
    return json.dumps(list(values), ensure_ascii=False).encode(errors="replace").decode()


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
    texts = text_keys(connection)
    connection.execute(
        f"UPDATE accounts SET {', '.join(assignments(keys, 'after', texts))} FROM after"
        " WHERE accounts.pk = after.account"
    )


def assignments(keys: list[str], source: str, texts: Collection[str]) -> list[str]:
    """Return what an UPDATE of accounts sets to take fields from `source`, with all that is kept beside them.

    `texts` are the fields that have a sort key: see `db.own_fields.text_keys`.
    """
    pairs = [f"{key} = {source}.{key}" for key in keys]
    pairs += [f"{key}_key = fold_key({source}.{key})" for key in keys if key in texts]
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
