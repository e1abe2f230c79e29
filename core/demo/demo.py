"""The demo: generated accounts with a year of weekly lists, in a database of their own, moved when the day changes."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path
from typing import cast

from core.demo.accounts import DEMO_KEYS, demo_accounts
from core.demo.year import WEEKS, Year, year_of
from core.errors import NoAccounts
from db.apply_import import Facts, take_in
from db.connection import connect_reading, connect_writing
from db.fields import FIELDS
from db.history import forget_all
from db.staging import Staging
from db.staging import Value as Stored
from db.transaction import transaction

_COUNT, _SEED = 5_000, 95
_SOURCE = "demo"
"""Marks the imports of a demo, so that no older kind of it is taken for one."""
_DAYS = tuple(field.key for field in FIELDS if field.kind == "date")


def make_demo(path: Path, today: date, count: int = _COUNT, seed: int = _SEED) -> None:
    """Let the database at `path` hold a year of lists up to `today`; one of another day is moved to this one.

    It is one transaction: two programs that begin at once make them once, and who reads meanwhile sees the old ones.

    Raises:
        WorkFailed: the database cannot be written, or is not one of this program's.
    """
    try:
        with closing(connect_reading(path)) as connection:
            if _last_day(connection) == today:
                return
    except NoAccounts:
        pass
    with closing(connect_writing(path)) as connection:
        if _last_day(connection) is None:
            _make(connection, year_of(demo_accounts(count, seed, today), seed, today))
        else:
            _move(connection, today)


def _last_day(connection: sqlite3.Connection) -> date | None:
    """Return the day that the last of the demo's own lists tells of; None where they are not there."""
    row = connection.execute("SELECT dated FROM imports WHERE id = ? AND source = ?", [WEEKS, _SOURCE]).fetchone()
    return date.fromisoformat(row[0]) if row else None


def _make(connection: sqlite3.Connection, year: Year) -> None:
    """Store a year of lists: the accounts at once, then what each list had told."""
    staging = Staging(connection, DEMO_KEYS)
    columns = [[cast("Stored", account[key]) for account in year.accounts] for key in DEMO_KEYS]
    staging.add(range(1, len(year.accounts) + 1), columns)
    with transaction(connection):
        if _last_day(connection) is not None:
            return  # another program has made it meanwhile
        forget_all(connection)
        take_in(staging, Facts(_file(year.day_of(1)), year.day_of(1).isoformat(), _SOURCE))
        connection.execute("DELETE FROM imports")
        connection.executemany(
            "INSERT INTO imports (id, file, imported_at, dated, complete, source, read, new, changed, same, returned,"
            " rejected, gone) VALUES (:id, :file, :imported_at, :dated, 'all', :source, :read, :new, :changed, :same,"
            " :returned, 0, :gone)",
            [_import(year.day_of(number), number) | counts for number, counts in enumerate(year.counts(), start=1)],
        )
        connection.executemany(
            "UPDATE accounts SET added_by = ?, gone_on = ?, last_seen_on = ? WHERE pk = ?",
            [
                (first, account.get("gone_on"), account.get("last_seen_on"), pk)
                for pk, (first, account) in enumerate(zip(year.added_by, year.accounts, strict=True), start=1)
            ],
        )
        connection.executemany(
            "INSERT INTO changes (import_id, account, field, old, new) VALUES (?, ?, ?, ?, ?)", year.changes
        )


def _import(day: date, number: int) -> dict[str, str | int]:
    """Return what an import says of itself: each was made on the evening of its day, the last one just now."""
    at = datetime.now(UTC) if number == WEEKS else datetime(day.year, day.month, day.day, 18, tzinfo=UTC)
    return {
        "id": number,
        "file": _file(day),
        "imported_at": at.isoformat(timespec="seconds"),
        "dated": day.isoformat(),
        "source": _SOURCE,
    }


def _file(day: date) -> str:
    return f"accounts-{day}.csv"


def _move(connection: sqlite3.Connection, today: date) -> None:
    """Move every day in the database so that the last list is of today, whatever a person has done with it."""
    with transaction(connection):
        last = _last_day(connection)
        if last is None or last == today:
            return
        by = f"{(today - last).days:+d} days"
        days = ", ".join(f"{key} = date({key}, :by)" for key in _DAYS)
        connection.execute(f"UPDATE accounts SET {days}", {"by": by})
        marks = ", ".join(f"'{key}'" for key in _DAYS)
        connection.execute(
            f"UPDATE changes SET old = date(old, :by), new = date(new, :by) WHERE field IN ({marks})", {"by": by}
        )
        connection.execute(
            "UPDATE imports SET file = replace(file, dated, date(dated, :by)), dated = date(dated, :by),"
            " imported_at = strftime('%Y-%m-%dT%H:%M:%S+00:00', imported_at, :by)",
            {"by": by},
        )
        connection.execute(
            "UPDATE imports SET imported_at = ? WHERE id = ?",
            [datetime.now(UTC).isoformat(timespec="seconds"), WEEKS],
        )
