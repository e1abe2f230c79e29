"""The net changes as a temporary table, which a report can filter, sort and window as it does the accounts."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import date

from core.past.cuts import Cut
from core.past.net_changes import CHANGES, CONTACT_FIELDS, Compared, NetChange
from core.past.temporary import hold
from db.apply_import import assignments
from db.own_fields import text_keys

_SLOTS = 32
"""More than an account can have rows. A row's number comes of its account and its slot, so that it is the same in every
connection, and a row that was selected in one is found in another, after a new comparison too."""

_IDENTITY = ("account_id", "username", "company", "relationship", "status")
"""What the report shows of an account beside its changes."""
_DIGITS = "abcdefghijklmnopqrstuvwxyz"

assert len(CHANGES) + len(CONTACT_FIELDS) <= _SLOTS  # noqa: S101
assert len(_DIGITS) >= len(CHANGES)  # noqa: S101


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two cuts, and the days on which it is judged whether an account is in the partnership."""

    since: Cut
    until: Cut
    since_day: date
    until_day: date

    @property
    def name(self) -> str:
        """Tells the comparison from others."""
        return f"{self.since.import_id} {self.until.import_id} {self.since_day} {self.until_day}"


def prepare(connection: sqlite3.Connection, comparison: Comparison | None) -> int:
    """Fill temp.net_changes with the rows of a comparison, unless it has them; none for None.

    Returns:
        How many accounts differ without having a row.
    """
    return hold(
        connection, "net_changes", comparison.name if comparison else "none", lambda: _fill(connection, comparison)
    )


def accounts_table(connection: sqlite3.Connection) -> str:
    """Return the table of the accounts as they were known at the second cut."""
    is_past = connection.execute("SELECT 1 FROM temp.sqlite_master WHERE name = 'accounts_compared'").fetchone()
    return "temp.accounts_compared" if is_past else "accounts"


def _fill(connection: sqlite3.Connection, comparison: Comparison | None) -> int:
    for table in ("net_changes", "accounts_compared"):
        connection.execute(f"DROP TABLE IF EXISTS temp.{table}")
    connection.execute(
        "CREATE TEMP TABLE net_changes (row_id INTEGER PRIMARY KEY, account INTEGER, change TEXT, change_key TEXT,"
        " field TEXT, before TEXT, after TEXT, difference INTEGER, seen_on TEXT)"
    )
    if comparison is None:
        return 0
    compared = Compared(connection, comparison.since, comparison.until, comparison.since_day, comparison.until_day)
    days = dict(connection.execute("SELECT id, dated FROM imports").fetchall())
    rows = (_stored(row, days) for row in compared.rows())
    connection.executemany("INSERT INTO temp.net_changes VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)
    if not compared.is_latest:
        _put_back(connection, comparison.until)
    return compared.without_row


def _stored(row: NetChange, days: dict[int, str]) -> tuple[object, ...]:
    key = _DIGITS[CHANGES.index(row.change)]
    values = (row.change, key, row.field, row.before, row.after, row.difference)
    return (row.account * _SLOTS + row.slot, row.account, *values, days[row.import_id])


def _put_back(connection: sqlite3.Connection, until: Cut) -> None:
    """Make a table of the accounts listed as they were known at a cut, in what is shown of them."""
    connection.execute(
        "CREATE TEMP TABLE accounts_compared AS"
        " SELECT * FROM accounts WHERE pk IN (SELECT account FROM temp.net_changes)"
    )
    connection.execute("CREATE UNIQUE INDEX temp.accounts_compared_by_pk ON accounts_compared (pk)")
    texts = text_keys(connection)
    for key in _IDENTITY:
        connection.execute(
            f"UPDATE temp.accounts_compared SET {', '.join(assignments([key], 'was', texts))} FROM"
            f" (SELECT account, old AS {key}, min(import_id) FROM changes WHERE import_id > ? AND field = ?"
            "  GROUP BY account) AS was WHERE was.account = accounts_compared.pk",
            [until.import_id, key],
        )
