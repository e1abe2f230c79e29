"""What was exported from targeted lists, so that nobody is written to twice."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from db.people import login_name, sudo_user
from db.stored import record
from db.transaction import transaction

WAS_EXPORTED = "EXISTS (SELECT 1 FROM list_contacts WHERE list = :list_key AND email = {address})"
"""Whether an address, in lower case, was ever exported from the list of the key `:list_key`."""


@dataclass(frozen=True, slots=True)
class ListExport:
    """One export of a list."""

    exported_at: datetime
    """Aware, UTC."""
    purpose: str
    """What the file was for: web or api."""
    path: str | None
    """The file, or the first of several; None if it went to a pipe."""
    contacts: int
    left_out: int
    by: str | None = None
    """Who exported it: a login name; None for exports from before this was kept."""
    vendor_list: str | None = None
    """The list at the vendor that it was uploaded to; None for files."""
    sudo_by: str | None = None
    """Who became that person by sudo."""


class Recording:
    """The addresses of an export under way, kept aside until the files stand."""

    def __init__(self, connection: sqlite3.Connection, list_key: str) -> None:
        """Record an export of the list of this key through a connection for writing."""
        self._connection = connection
        self._key = list_key
        connection.execute("DROP TABLE IF EXISTS temp.exported")
        connection.execute("CREATE TEMP TABLE exported (email TEXT NOT NULL)")

    def add(self, addresses: Iterable[str]) -> None:
        """Set addresses aside, each in lower case."""
        rows = [(address,) for address in addresses]
        self._connection.execute("BEGIN")  # the temporary table alone is locked
        self._connection.executemany("INSERT INTO temp.exported VALUES (?)", rows)
        self._connection.execute("COMMIT")

    def keep(self, purpose: str, path: str | None, contacts: int, left_out: int) -> None:
        """Keep the export and its addresses.

        Raises:
            WorkFailed: the database cannot be written; nothing is kept.
        """
        with transaction(self._connection):
            number = self._connection.execute(
                "INSERT INTO list_exports (list, purpose, exported_at, path, contacts, left_out, by, sudo_by)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                [
                    self._key,
                    purpose,
                    datetime.now(UTC).isoformat(timespec="seconds"),
                    path,
                    contacts,
                    left_out,
                    login_name(),
                    sudo_user(),
                ],
            ).lastrowid
            self._connection.execute(
                "INSERT OR IGNORE INTO export_contacts (export, email) SELECT ?, email FROM exported", [number]
            )
            self._connection.execute(
                "INSERT OR IGNORE INTO list_contacts SELECT ?, email FROM temp.exported", [self._key]
            )


def last_exports(connection: sqlite3.Connection) -> dict[str, ListExport]:
    """Return the last export of each list that was ever exported, by the list's key."""
    rows = connection.execute(
        "SELECT list, exported_at, purpose, path, contacts, left_out, by, vendor_list, sudo_by FROM list_exports"
        " WHERE id IN (SELECT max(id) FROM list_exports GROUP BY list)"
    )
    return {key: _export(values) for key, *values in rows}


def exports_of(connection: sqlite3.Connection, email: str) -> list[tuple[str, ListExport]]:
    """Return the exports that an address, in lower case, was in, the newest first, each with its list's key."""
    rows = connection.execute(
        "SELECT list, exported_at, purpose, path, contacts, left_out, by, vendor_list, sudo_by"
        " FROM export_contacts JOIN list_exports ON id = export WHERE email = ? ORDER BY id DESC",
        [email],
    )
    return [(key, _export(values)) for key, *values in rows]


def _export(values: Sequence[Any]) -> ListExport:
    return record(ListExport, **dict(zip(ListExport.__slots__, values, strict=True)))
