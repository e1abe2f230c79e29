"""What a partner keeps of its own about an account: dated notes, and a star.

Both go by the account's id, else by its username, never by its number: an import, its undo and another import of the
same account leave them as they are.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import UTC, datetime

from db.people import login_name
from db.transaction import transaction

_OF_ACCOUNT = (
    "(({of}.account_id = {a}.account_id) OR ({of}.account_id IS NULL AND {of}.username_fold = {a}.username_fold))"
)

STARRED = f"EXISTS (SELECT 1 FROM stars AS s WHERE {_OF_ACCOUNT.format(of='s', a='a')})"
"""Whether an account `a` has a star."""

LAST_NOTE = (
    f"(SELECT n.text FROM account_notes AS n WHERE {_OF_ACCOUNT.format(of='n', a='a')}"
    " ORDER BY n.noted_on DESC, n.id DESC LIMIT 1)"
)
"""The text of the last note on an account `a`; NULL where there is none."""


@dataclass(frozen=True, slots=True)
class AccountNote:
    """One note on an account."""

    noted_on: str
    """The day, in ISO form."""
    text: str
    by: str | None
    """The login name of who wrote it."""


def notes_on(connection: sqlite3.Connection, pk: int) -> list[AccountNote]:
    """Return the notes on an account, the newest first."""
    rows = connection.execute(
        "SELECT n.noted_on, n.text, n.by FROM account_notes AS n JOIN accounts AS a"
        f" ON {_OF_ACCOUNT.format(of='n', a='a')} WHERE a.pk = ? ORDER BY n.noted_on DESC, n.id DESC",
        [pk],
    )
    return [AccountNote(*row) for row in rows]


def add_note(connection: sqlite3.Connection, pk: int, text: str, noted_on: str) -> None:
    """Keep a note on an account, of a day in ISO form.

    Raises:
        WorkFailed: the database cannot be written.
    """
    with transaction(connection):
        connection.execute(
            "INSERT INTO account_notes (account_id, username_fold, text, noted_on, noted_at, by)"
            f" SELECT {_IDENTITY}, ?, ?, ?, ? FROM accounts WHERE pk = ?",
            [text, noted_on, _now(), login_name(), pk],
        )


def set_star(connection: sqlite3.Connection, pk: int, *, starred: bool) -> None:
    """Give an account a star, or take it away.

    Raises:
        WorkFailed: the database cannot be written.
    """
    with transaction(connection):
        connection.execute(
            "DELETE FROM stars WHERE rowid IN (SELECT s.rowid FROM stars AS s JOIN accounts AS a"
            f" ON {_OF_ACCOUNT.format(of='s', a='a')} WHERE a.pk = ?)",
            [pk],
        )
        if starred:
            connection.execute(
                "INSERT INTO stars (account_id, username_fold, starred_at, by)"
                f" SELECT {_IDENTITY}, ?, ? FROM accounts WHERE pk = ?",
                [_now(), login_name(), pk],
            )


_IDENTITY = "account_id, CASE WHEN account_id IS NULL THEN username_fold END"


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
