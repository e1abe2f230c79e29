"""What staged rows would change, field by field, with examples: read while they are weighed, before anything is stored.

All of it reads the temporary tables that weighing an import leaves, inside its transaction.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, field

from db.staging import Staging, Value

EXAMPLES = 20
"""How many changes of each field are kept to be shown."""
NAMED = 200
"""How many accounts of a kind (new, returned, not named) are kept to be shown."""
_FIELDS_AT_ONCE = 50
"""How many fields are counted in one query: SQLite takes 2,000 columns at most, and a file may have more fields."""


@dataclass(frozen=True, slots=True)
class Example:
    """One value that would change."""

    account: tuple[str | None, str | None, str | None]
    """Whose: account id, username, company."""
    old: Value
    new: Value


@dataclass(frozen=True, slots=True)
class FieldChange:
    """What would become of one field of the known accounts."""

    key: str
    replaced: int
    """Known values that become others."""
    filled: int
    """Unknown values that become known."""
    cleared: int
    """Known values that become unknown."""
    examples: list[Example]
    """The first ones; `old` and `new` as they are stored."""

    @property
    def count(self) -> int:
        """How many values change."""
        return self.replaced + self.filled + self.cleared


@dataclass(frozen=True, slots=True)
class PendingChanges:
    """What the staged rows would do to the accounts, beside the counts of the outcome."""

    fields: list[FieldChange] = field(default_factory=list)
    """In the order of the file, only those that change."""
    new: list[tuple[str | None, str | None, str | None]] = field(default_factory=list)
    """The first accounts that would be made: account id, username, company."""
    returned: list[tuple[str | None, str | None, str | None]] = field(default_factory=list)
    """The first accounts that would be back."""
    missing: list[tuple[str | None, str | None, str | None]] = field(default_factory=list)
    """The first accounts that are known, not gone, and that no row names."""


def pending_changes(staging: Staging) -> PendingChanges:
    """Return what the staged rows would change; call it when they are weighed."""
    connection = staging.connection
    unknown = "".join(f", NULL AS {one.key}" for one in staging.new_fields)  # no account has them yet
    known = f"(SELECT *{unknown} FROM accounts)"
    highest = connection.execute("SELECT coalesce(max(pk), 0) FROM accounts").fetchone()[0]
    names = "account_id, username, company"
    returned = (
        f"SELECT {names} FROM accounts WHERE pk IN (SELECT account FROM after WHERE returned) ORDER BY pk LIMIT {NAMED}"
    )
    new = f"SELECT {names} FROM placed JOIN staged USING (row) WHERE account > ? ORDER BY row LIMIT {NAMED}"
    missing = (
        f"SELECT {names} FROM accounts WHERE gone_on IS NULL AND pk NOT IN (SELECT account FROM placed)"
        f" ORDER BY pk LIMIT {NAMED}"
    )
    return PendingChanges(
        list(_fields(connection, known)),
        connection.execute(new, [highest]).fetchall(),
        connection.execute(returned).fetchall(),
        connection.execute(missing).fetchall(),
    )


def _fields(connection: sqlite3.Connection, known: str) -> Iterator[FieldChange]:
    """Yield what changes, field by field."""
    _, _, *keys = (row[1] for row in connection.execute("PRAGMA temp.table_info(after)"))
    joined = f"FROM after JOIN {known} AS known ON known.pk = after.account"
    for begin in range(0, len(keys), _FIELDS_AT_ONCE):
        some = keys[begin : begin + _FIELDS_AT_ONCE]
        sums = ", ".join(
            f"count(*) FILTER (WHERE known.{key} IS NOT NULL AND after.{key} IS NOT NULL"
            f" AND after.{key} IS NOT known.{key}),"
            f" count(*) FILTER (WHERE known.{key} IS NULL AND after.{key} IS NOT NULL),"
            f" count(*) FILTER (WHERE known.{key} IS NOT NULL AND after.{key} IS NULL)"
            for key in some
        )
        counts = connection.execute(f"SELECT {sums} {joined}").fetchone()
        for key, replaced, filled, cleared in zip(some, counts[::3], counts[1::3], counts[2::3], strict=True):
            if replaced or filled or cleared:
                rows = connection.execute(
                    f"SELECT known.account_id, known.username, known.company, known.{key}, after.{key} {joined}"
                    f" WHERE after.{key} IS NOT known.{key} ORDER BY account LIMIT {EXAMPLES}"
                )
                examples = [Example((number, name, company), old, new) for number, name, company, old, new in rows]
                yield FieldChange(key, replaced, filled, cleared, examples)
