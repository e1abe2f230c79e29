"""One account's timeline: what happened, what we learnt of it, what was done with it.

Two times are never mixed: an entry says whether its day is the one on which something happened, or the one on which a
list told us.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from core.clock import local
from core.query.columns import Column, Value
from core.query.kinds import Kind
from core.reports.all_accounts import ALL_ACCOUNTS, day_parameters
from core.reports.catalogue import MY_ACCOUNTS
from core.reports.own_columns import bound
from db.account_notes import notes_on
from db.history import account_history
from db.list_exports import exports_of
from db.lists import stored_lists

EntryKind = Literal["happened", "learnt", "exported", "noted"]

_EVENTS = {
    "created_on": "Created",
    "initial_upgrade_on": "Upgraded to a paid plan",
    "first_payment_on": "First payment",
    "last_login_on": "Last login",
    "last_campaign_sent_on": "Last campaign",
    "cancelled_on": "Canceled",
    "moved_out_on": "Moved out",
    "gone_on": "Gone: a complete list lacks it",
    "bonus_on": "Bonus date",
}
"""The dates of an account, and what happened on them."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a timeline."""

    day: str
    """In ISO form: when it happened, or when we learnt it."""
    kind: EntryKind
    text: str
    """In words; where a field changed, its title."""
    column: Column | None = None
    """The field that changed, where one did."""
    old: Value = None
    new: Value = None
    file: str | None = None
    """The file that told it."""
    by: str | None = None
    """The login name of who imported, exported or noted it."""

    def shown(self) -> str:
        """Return it in words, values as people read them."""
        return self._said(lambda kind, value: kind.show(value))

    def to_json(self) -> dict[str, Any]:
        """Return it as `accounts show --json` gives it: days in ISO form whatever style holds."""
        return {
            "day": self.day,
            "kind": self.kind,
            "text": self._said(lambda kind, value: str(value) if kind.is_date else kind.show(value)),
            "field": self.column.key if self.column else None,
            "old": self.old,
            "new": self.new,
            "file": self.file,
            "by": self.by,
        }

    def _said(self, show: Callable[[Kind, Value], str]) -> str:
        if self.column is None:
            return self.text
        kind = self.column.kind
        old, new = ("–" if value is None else show(kind, value) for value in (self.old, self.new))
        return f"{self.text}: {old} → {new}"


def timeline(connection: sqlite3.Connection, pk: int, as_of: date) -> list[Entry]:
    """Return what there is to tell of an account as of a day, the newest first."""
    columns = {column.key: column for column in bound(MY_ACCOUNTS, connection).columns}
    entries = [
        *_happened(connection, pk, as_of),
        *_learnt(connection, pk, columns),
        *_exported(connection, pk),
        *(Entry(note.noted_on, "noted", note.text, by=note.by) for note in notes_on(connection, pk)),
    ]
    return sorted(entries, key=lambda entry: entry.day, reverse=True)  # equal days stay as they come


def _happened(connection: sqlite3.Connection, pk: int, as_of: date) -> list[Entry]:
    sql = {column.key: column.sql for column in ALL_ACCOUNTS.columns}
    days = ", ".join(sql[key] for key in _EVENTS)
    row = connection.execute(
        f"SELECT {days} FROM accounts AS a WHERE a.pk = :pk", day_parameters(as_of) | {"pk": pk}
    ).fetchone()
    return [Entry(day, "happened", text) for day, text in zip(row or (), _EVENTS.values(), strict=False) if day]


def _learnt(connection: sqlite3.Connection, pk: int, columns: Mapping[str, Column]) -> list[Entry]:
    first, changes = account_history(connection, pk)
    entries = []
    for change in changes:
        column = columns.get(change.field, Column(change.field, change.field))
        old, new = column.kind.of_stored(change.old), column.kind.of_stored(change.new)
        entries.append(Entry(change.dated, "learnt", column.title, column, old, new, change.file, change.by))
    if first is not None:
        entries.append(Entry(first.dated, "learnt", "Came with this import", file=first.file, by=first.by))
    return entries


def _exported(connection: sqlite3.Connection, pk: int) -> list[Entry]:
    email = connection.execute("SELECT lower(email) FROM accounts WHERE pk = ?", [pk]).fetchone()
    if not email or not email[0]:
        return []
    names = {str(one.id): one.name for deleted in (False, True) for one in stored_lists(connection, deleted=deleted)}
    return [
        Entry(
            local(exported.exported_at).date().isoformat(),
            "exported",
            f"In an export of the list “{names.get(key, key)}”",
            file=exported.path,
            by=exported.by,
        )
        for key, exported in exports_of(connection, email[0])
    ]
