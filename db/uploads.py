"""Uploads to the vendor that are under way or were broken off: what was sent, so that nothing is sent twice."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal

from db.people import login_name, sudo_user
from db.stored import NO_TIME, time_of
from db.transaction import transaction

State = Literal["waiting", "sending", "taken", "done", "failed"]
"""Of a part: not sent yet; on its way, so perhaps taken; taken by the vendor; worked off; refused or failed there."""

_LONGEST = timedelta(days=1)
"""How long an upload from another host is taken to be under way."""


@dataclass(frozen=True, slots=True)
class SentPart:
    """One file of an upload."""

    number: int
    """From 1."""
    file: str
    """Its name, which no other file of ours ever has."""
    contacts: int
    state: State
    activity_id: str | None
    """The vendor's job, once it is known."""


@dataclass(frozen=True, slots=True)
class Unfinished:
    """An upload that has not ended."""

    id: int
    vendor_list: str
    begun_at: datetime
    """Aware, UTC."""
    by: str
    is_under_way: bool
    """Whether its process still runs, as far as one can tell."""
    parts: list[SentPart]


class UploadJournal:
    """What was sent of one list to one account at the vendor, through a connection for writing."""

    def __init__(self, connection: sqlite3.Connection, list_key: str, encoded_account_id: str) -> None:
        self._connection = connection
        self._key = list_key
        self._account = encoded_account_id

    def unfinished(self) -> Unfinished | None:
        """Return the upload that has not ended, if there is one."""
        row = self._connection.execute(
            "SELECT id, vendor_list, begun_at, by, host, pid FROM uploads"
            " WHERE list = ? AND encoded_account_id = ? ORDER BY id DESC",
            [self._key, self._account],
        ).fetchone()
        if row is None:
            return None
        number, vendor_list, begun, by, host, pid = row
        begun_at = time_of(begun) or NO_TIME
        parts = self._connection.execute(
            "SELECT part, file, contacts, state, activity_id FROM upload_parts WHERE upload = ? ORDER BY part", [number]
        )
        return Unfinished(
            number, vendor_list, begun_at, by, _runs(host, pid, begun_at), [SentPart(*part) for part in parts]
        )

    def arrived(self, upload: int) -> set[str]:
        """Return the addresses of the parts that are done."""
        rows = self._connection.execute(
            "SELECT email FROM upload_contacts JOIN upload_parts USING (upload, part)"
            " WHERE upload = ? AND state = 'done'",
            [upload],
        )
        return {address for (address,) in rows}

    def begin(self, vendor_list: str, left_out: int, parts: Iterable[tuple[str, int, Iterable[str]]]) -> int:
        """Note all that is going to be sent, before any of it is; what was unfinished before is ended with that.

        Args:
            vendor_list: the name of the list at the vendor.
            left_out: how many accounts are no contacts.
            parts: for each the file's name, its number of contacts, and their addresses in lower case.

        Raises:
            WorkFailed: another upload of the list is under way, or the database cannot be written.
        """
        connection = self._connection
        with transaction(connection):
            self._check_alone()
            for (before,) in connection.execute(
                "SELECT id FROM uploads WHERE list = ? AND encoded_account_id = ?", [self._key, self._account]
            ).fetchall():
                self._end(before)
            number = connection.execute(
                "INSERT INTO uploads (list, encoded_account_id, vendor_list, begun_at, by, host, pid, left_out)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                [
                    self._key,
                    self._account,
                    vendor_list,
                    _now(),
                    login_name(),
                    os.uname().nodename,
                    os.getpid(),
                    left_out,
                ],
            ).lastrowid
            assert number is not None  # noqa: S101 - an INSERT has always made a row
            for place, (file, contacts, addresses) in enumerate(parts, start=1):
                connection.execute(
                    "INSERT INTO upload_parts (upload, part, file, contacts, state) VALUES (?, ?, ?, ?, 'waiting')",
                    [number, place, file, contacts],
                )
                connection.executemany(
                    "INSERT INTO upload_contacts VALUES (?, ?, ?)", ((number, place, address) for address in addresses)
                )
        return number

    def _check_alone(self) -> None:
        from db.errors import WorkFailed

        before = self.unfinished()
        if before and before.is_under_way:
            raise WorkFailed(
                f"{before.by} is uploading this list right now, since {before.begun_at:%Y-%m-%d %H:%M} UTC.",
                "Wait until that has ended.",
            )

    def move(self, upload: int, part: int, state: State, activity_id: str | None = None) -> None:
        """Note how far a part is. Who is in one that is done counts as written to from then on.

        Raises:
            WorkFailed: the database cannot be written.
        """
        with transaction(self._connection):
            self._connection.execute(
                "UPDATE upload_parts SET state = ?, activity_id = coalesce(?, activity_id)"
                " WHERE upload = ? AND part = ?",
                [state, activity_id, upload, part],
            )
            if state == "done":
                self._connection.execute(
                    "INSERT OR IGNORE INTO list_contacts"
                    " SELECT ?, email FROM upload_contacts WHERE upload = ? AND part = ?",
                    [self._key, upload, part],
                )

    def record(self, upload: int) -> None:
        """Record what is done as an export of the list; what is not done can still be gone on with.

        Raises:
            WorkFailed: the database cannot be written.
        """
        with transaction(self._connection):
            self._record(upload)

    def end(self, upload: int) -> None:
        """Record what is done, and forget the upload.

        Raises:
            WorkFailed: the database cannot be written.
        """
        with transaction(self._connection):
            self._end(upload)

    def _record(self, upload: int) -> None:
        connection = self._connection
        contacts, parts = connection.execute(
            "SELECT coalesce(sum(contacts), 0), count(*) FROM upload_parts"
            " WHERE upload = ? AND state = 'done' AND NOT is_recorded",
            [upload],
        ).fetchone()
        if not parts:
            return
        number = connection.execute(
            "INSERT INTO list_exports (list, purpose, exported_at, path, contacts, left_out, by, vendor_list, sudo_by)"
            " SELECT list, 'api', ?, NULL, ?, left_out, by, vendor_list, ? FROM uploads WHERE id = ?",
            [_now(), contacts, sudo_user(), upload],
        ).lastrowid
        connection.execute(
            "INSERT OR IGNORE INTO export_contacts (export, email) SELECT ?, email FROM upload_contacts"
            " JOIN upload_parts USING (upload, part) WHERE upload = ? AND state = 'done' AND NOT is_recorded",
            [number, upload],
        )
        connection.execute("UPDATE upload_parts SET is_recorded = 1 WHERE upload = ? AND state = 'done'", [upload])

    def _end(self, upload: int) -> None:
        self._record(upload)
        for table, key in (("upload_contacts", "upload"), ("upload_parts", "upload"), ("uploads", "id")):
            self._connection.execute(f"DELETE FROM {table} WHERE {key} = ?", [upload])


def _runs(host: str, pid: int, begun_at: datetime) -> bool:
    """Whether the process of an upload still runs. On another host nobody can look: a day is enough there."""
    if host != os.uname().nodename:
        return datetime.now(UTC) - begun_at < _LONGEST
    if pid == os.getpid():
        return False
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
