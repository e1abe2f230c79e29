"""A complete list names every account of a kind: an account that it lacks is gone.

An account is in the list's scope if it is in the partnership on the day the list tells of, has the Account Type that
the list is complete for, and was known before the list came. The list may come in several files, one import each: who
is gone is found after the last of them.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from db.staging import Staging

Scope = Literal["all", "managed", "referred"]
"""Of which Account Type the list names every account; *all* is any type, an unknown one too."""

IN_PARTNERSHIP = "coalesce(a.moved_out_on > {day}, a.moved_to IS NULL) AND coalesce(a.gone_on > {day}, true)"
"""Domain rule 2, over an account `a` and a day. An account with *Moved To* but no date has left, at an unknown date.
Never NULL: it may be negated."""


@dataclass(frozen=True, slots=True)
class CompleteList:
    """What a file is complete for, with what the files before it have named."""

    scope: Scope
    named_before: bytes = b""
    """One byte for each account's number: 1 where an earlier file of the list names the account."""
    known_before: int | None = None
    """The highest account's number when the first file came; None for a list of one file."""
    is_whole: bool = True
    """Whether this is the last of the list's files, after which it is judged."""


class GoneAccount(NamedTuple):
    """An account that a complete list lacks."""

    account_id: str | None
    username: str | None
    company: str | None


@dataclass(frozen=True, slots=True)
class Judged:
    """What a complete list makes of the accounts. The table `gone` holds (account, last_seen_on) of those that go."""

    gone: list[GoneAccount]
    in_scope: int
    """How many accounts the list had to name."""


def find_named(staging: Staging, highest: int) -> None:
    """Put into the table `named` every known account that a row names, rejected rows too, once or several times.

    Works after `db.identify.place`. A row that goes in names the account that it is; one that is rejected names every
    account that has its id or its username, so that no account ends for a row that could not be read.
    """
    connection = staging.connection
    connection.execute("DROP TABLE IF EXISTS temp.named")
    connection.execute("CREATE TEMP TABLE named AS SELECT account FROM placed WHERE account <= ?", [highest])
    rejected = (
        "SELECT account_id, username_fold FROM temp.unreadable"
        " UNION ALL SELECT account_id, username_fold FROM staged WHERE row NOT IN (SELECT row FROM placed)"
    )
    for key in ("account_id", "username_fold"):
        connection.execute(
            f"INSERT INTO temp.named SELECT pk FROM accounts WHERE {key} IN"
            f" (SELECT {key} FROM ({rejected}) WHERE {key} IS NOT NULL)"
        )


def named_accounts(connection: sqlite3.Connection, before: bytes) -> bytes:
    """Return `before` with the accounts in the table `named` marked as well."""
    marks = bytearray(before)
    for (account,) in connection.execute("SELECT account FROM temp.named"):
        if account >= len(marks):
            marks.extend(bytes(account + 1 - len(marks)))
        marks[account] = 1
    return bytes(marks)


def judge(connection: sqlite3.Connection, complete: CompleteList, day: str, highest: int) -> Judged:
    """Find the accounts that a list, of a day in ISO form, lacks; writes temporary tables only.

    Works after `find_named`, on accounts as they were before the list's last file.
    """
    connection.execute("CREATE INDEX temp.named_accounts ON named (account)")
    connection.execute("DROP TABLE IF EXISTS temp.gone")
    earlier = (account for account, mark in enumerate(complete.named_before) if mark)
    connection.executemany("INSERT INTO temp.named VALUES (?)", ((account,) for account in earlier))
    of_type = "true" if complete.scope == "all" else f"a.relationship = '{complete.scope}'"
    in_scope = f"a.pk <= :known AND {of_type} AND {IN_PARTNERSHIP.format(day=':day')}"
    known = highest if complete.known_before is None else min(highest, complete.known_before)
    values: dict[str, str | int | None] = {"day": day, "known": known, **_last_complete_lists(connection)}
    connection.execute(
        f"""
        CREATE TEMP TABLE gone AS
        SELECT a.pk AS account, (SELECT dated FROM imports WHERE id = {_LAST_SEEN_BY}) AS last_seen_on
        FROM accounts AS a WHERE {in_scope} AND a.pk NOT IN (SELECT account FROM named) ORDER BY a.pk
        """,
        values,
    )
    gone = connection.execute(
        "SELECT account_id, username, company FROM temp.gone JOIN accounts ON pk = account ORDER BY account"
    )
    return Judged(
        [GoneAccount(*row) for row in gone],
        connection.execute(f"SELECT count(*) FROM accounts AS a WHERE {in_scope}", values).fetchone()[0],
    )


_LAST_SEEN_BY = (
    "max(a.added_by, coalesce((SELECT max(import_id) FROM changes WHERE account = a.pk), 0),"
    " CASE a.relationship WHEN 'managed' THEN :by_managed WHEN 'referred' THEN :by_referred ELSE :by_all END)"
)
"""The last import that saw an account: it added or changed it, or was complete for its type. A complete list after the
last change met the account as it is now, in scope, and did not end it: so it named it."""


def _last_complete_lists(connection: sqlite3.Connection) -> dict[str, int]:
    """Return the last import, 0 for none, that was complete for the accounts of each type, and of none."""
    covers: dict[str, Iterable[str]] = {
        "by_managed": ("all", "managed"),
        "by_referred": ("all", "referred"),
        "by_all": ("all",),
    }
    last = dict(
        connection.execute("SELECT complete, max(id) FROM imports WHERE undone_at IS NULL GROUP BY complete").fetchall()
    )
    return {name: max(last.get(scope, 0) for scope in scopes) for name, scopes in covers.items()}


_CAME_BACK = (
    "EXISTS (SELECT 1 FROM changes AS c WHERE c.account = a.pk AND c.import_id > ? AND c.old IS NOT NULL"
    " AND c.field IN ('gone_on', 'moved_out_on', 'moved_to', 'relationship'))"
)
"""Whether an account came into the partnership, or to its Account Type, after an import."""


def last_complete(connection: sqlite3.Connection, relationship: str) -> tuple[int, str] | None:
    """Return the last import that was complete for an Account Type: its number and file; None where there is none."""
    found: tuple[int, str] | None = connection.execute(
        "SELECT id, file FROM imports WHERE undone_at IS NULL AND complete IN ('all', ?) ORDER BY id DESC LIMIT 1",
        [relationship],
    ).fetchone()
    return found


def not_in_list(
    connection: sqlite3.Connection,
    number: int,
    day: str,
    relationship: str,
    statuses: Sequence[str],
    *,
    has_other: bool = False,
) -> list[GoneAccount]:
    """Return the accounts in the partnership that a complete list did not name.

    It ended those that it lacked: what it did not name came later, or back, or to its Account Type.

    Args:
        connection: an open database.
        number: the list's import.
        day: on which they are in the partnership, in ISO form.
        relationship: their Account Type.
        statuses: the letters of theirs.
        has_other: whether theirs is any other status in place of these, or none.
    """
    letters = ", ".join("?" for _ in statuses)
    of_status = f"coalesce(a.status, '') {'NOT ' if has_other else ''}IN ({letters})"
    rows = connection.execute(
        "SELECT a.account_id, a.username, a.company FROM accounts AS a"
        f" WHERE {of_status} AND a.relationship = ? AND {IN_PARTNERSHIP.format(day='?')}"
        f" AND (a.added_by > ? OR {_CAME_BACK}) ORDER BY a.pk",
        [*statuses, relationship, day, day, number, number],
    )
    return [GoneAccount(*row) for row in rows]


def end_accounts(connection: sqlite3.Connection, number: int, day: str) -> None:
    """Let the accounts in the table `gone` be gone from a day on, logged as changes of the import `number`."""
    for field, value in (("gone_on", ":day"), ("last_seen_on", "gone.last_seen_on")):
        connection.execute(
            "INSERT INTO changes (import_id, account, field, old, new)"
            f" SELECT :number, account, '{field}', known.{field}, {value}"
            f" FROM temp.gone JOIN accounts AS known ON known.pk = account WHERE known.{field} IS NOT {value}",
            {"number": number, "day": day},
        )
    connection.execute(
        "UPDATE accounts SET gone_on = ?, last_seen_on = gone.last_seen_on FROM temp.gone"
        " WHERE accounts.pk = gone.account",
        [day],
    )
