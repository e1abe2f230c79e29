"""Which account a row is: the rules of domain.md, "Which account a row is", over all rows of a file at once.

Rows are told apart in this order: every row is given its account, known or new, and only then are accounts whose rows
differ found and all of their rows rejected. So an account that one row claims is not free for another, even if the
first is rejected in the end.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

from db.indexes import sorting
from db.staging import Staging

_NAMED_ROWS = 5
"""How many other rows a message names."""


@dataclass(frozen=True, slots=True)
class RejectedRow:
    """A row that cannot go in beside the others."""

    row: int
    key: str
    """The field it goes by: account_id or username."""
    value: str
    reason: str
    """As the end of a sentence."""


@dataclass(frozen=True, slots=True)
class Placing:
    """What became of the staged rows. The table `placed` holds one row (row, account) of each account named."""

    highest: int
    """Accounts with a `pk` above this one are new."""
    rejected: list[RejectedRow]
    repeated: int
    """Rows that say the same as an earlier one of their account; they are not in `placed`."""


def place(staging: Staging) -> Placing:
    """Find each staged row's account. Works inside the caller's transaction and writes temporary tables only."""
    connection = staging.connection
    for table in ("placed", "claims", "repeated", "names", "several"):
        connection.execute(f"DROP TABLE IF EXISTS temp.{table}")
    highest: int = connection.execute("SELECT coalesce(max(pk), 0) FROM accounts").fetchone()[0]
    connection.execute("CREATE TEMP TABLE placed (row INTEGER PRIMARY KEY, account INTEGER NOT NULL)")
    _place_by_id(connection, highest)
    rejected = list(_place_by_username(connection, highest))
    repeated = 0
    if _may_share(connection):
        _find_several(staging)
        rejected += _reject_differing(connection)
        repeated = _drop_repeated(connection)
    return Placing(highest, sorted(rejected, key=lambda row: row.row), repeated)


def _place_by_id(connection: sqlite3.Connection, highest: int) -> None:
    """Place the rows with an account id: a known account, one claimed by its username, or a new one.

    A new account's number is made from its first row's, so that it is settled before anything is written.
    """
    connection.execute("CREATE TEMP TABLE claims (account_id PRIMARY KEY, account, row) WITHOUT ROWID")
    connection.execute("CREATE TEMP TABLE repeated (account_id PRIMARY KEY, row) WITHOUT ROWID")
    with sorting(connection):
        connection.execute(
            "INSERT INTO temp.repeated SELECT account_id, min(row) FROM staged WHERE account_id IS NOT NULL"
            " GROUP BY account_id HAVING count(*) > 1"
        )
    if connection.execute("SELECT 1 FROM accounts WHERE account_id IS NULL LIMIT 1").fetchone():
        _claim(connection)
    # What a row's account is, from the surest down: an account with its id; a known one without an id that `_claim` has
    # given it; the account that the first of several rows with its id makes, at `highest` and that row's number; else
    # one of its own, at `highest` and its number. Numbers of rows are unique, so no two new accounts get one number.
    found = [
        f"(SELECT {account} FROM {table} AS found WHERE found.account_id = staged.account_id)"
        for table, account in (("accounts", "pk"), ("claims", "account"), ("repeated", ":highest + row"))
        if connection.execute(f"SELECT 1 FROM {table} LIMIT 1").fetchone()  # most files need none of the three
    ]
    connection.execute(
        f"INSERT INTO temp.placed SELECT row, coalesce({', '.join([*found, ':highest + row', 'NULL'])})"
        " FROM staged WHERE account_id IS NOT NULL",
        {"highest": highest},
    )


def _claim(connection: sqlite3.Connection) -> None:
    """Give new account ids the known accounts that have their usernames and no id; the first row in the file takes one.

    Only the first row of an id counts: another one of its rows is the same, or is rejected with it.
    """
    connection.execute(
        """
        INSERT OR IGNORE INTO temp.claims
        SELECT staged.account_id, free.pk, min(staged.row)
        FROM accounts AS free JOIN staged USING (username_fold)
        LEFT JOIN repeated ON repeated.account_id = staged.account_id
        WHERE free.account_id IS NULL AND staged.account_id IS NOT NULL
            AND staged.row = coalesce(repeated.row, staged.row)
            AND NOT EXISTS (SELECT 1 FROM accounts AS known WHERE known.account_id = staged.account_id)
        GROUP BY free.pk
        """
    )


def _place_by_username(connection: sqlite3.Connection, highest: int) -> Iterator[RejectedRow]:
    """Place the rows without an account id; yield those whose username several accounts have.

    Accounts are those from before this import and those that rows with an id have just made.
    """
    if connection.execute("SELECT 1 FROM staged WHERE account_id IS NULL LIMIT 1").fetchone() is None:
        return
    # `owners` counts accounts, not rows: UNION drops those named twice. With no owner the first row of a username makes
    # the account, and the others are then that account's; with one it is theirs; with more nobody can tell whose.
    connection.execute("CREATE TEMP TABLE names (username_fold PRIMARY KEY, account, owners) WITHOUT ROWID")
    connection.execute(
        """
        INSERT INTO temp.names
        WITH wanted AS (
            SELECT username_fold, min(row) AS row FROM staged WHERE account_id IS NULL GROUP BY username_fold
        ), owners AS (
            SELECT username_fold, pk AS account FROM accounts WHERE username_fold IN (SELECT username_fold FROM wanted)
            UNION
            SELECT username_fold, account FROM staged JOIN placed USING (row) WHERE account > :highest
        ), counted AS (
            SELECT username_fold, max(account) AS account, count(*) AS owners FROM owners GROUP BY username_fold
        )
        SELECT username_fold, coalesce(account, :highest + row), coalesce(owners, 0)
        FROM wanted LEFT JOIN counted USING (username_fold)
        """,
        {"highest": highest},
    )
    connection.execute(
        "INSERT INTO temp.placed SELECT row, account FROM staged JOIN names USING (username_fold)"
        " WHERE account_id IS NULL AND owners < 2"
    )
    for row, username, owners in connection.execute(
        "SELECT row, username, owners FROM staged JOIN names USING (username_fold)"
        " WHERE account_id IS NULL AND owners > 1"
    ):
        yield RejectedRow(row, "username", username, f"{owners:,} accounts have this username: an account id is needed")


def _may_share(connection: sqlite3.Connection) -> bool:
    """Return whether two rows may name one account: they can't where each row has an account id of its own."""
    found: int = connection.execute(
        "SELECT EXISTS (SELECT 1 FROM repeated) OR EXISTS (SELECT 1 FROM staged WHERE account_id IS NULL)"
    ).fetchone()[0]
    return bool(found)


def _find_several(staging: Staging) -> None:
    """List the accounts that several rows name, and whether these rows differ in more than the username's case."""
    # Each row is compared with the first of its account, which is enough: rows that are all like the first are alike.
    # IS NOT takes unknown for a value, so that a row that knows more differs.
    compared = ["username_fold" if key == "username" else key for key in staging.keys]
    differs = " OR ".join(f"other.{key} IS NOT staged.{key}" for key in compared)
    staging.connection.execute(
        f"""
        CREATE TEMP TABLE several AS
        WITH groups AS (SELECT account, min(row) AS first FROM placed GROUP BY account HAVING count(*) > 1)
        SELECT groups.account, first, max({differs}) AS differing
        FROM groups
        JOIN placed USING (account)
        JOIN staged ON staged.row = first
        JOIN staged AS other ON other.row = placed.row
        GROUP BY groups.account
        """
    )


def _reject_differing(connection: sqlite3.Connection) -> list[RejectedRow]:
    """Reject every row of the accounts whose rows differ."""
    rows = connection.execute(
        """
        SELECT account, row, account_id, username
        FROM several JOIN placed USING (account) JOIN staged USING (row)
        WHERE differing ORDER BY account, row
        """
    )
    rejected = [row for _, group in groupby(rows, key=itemgetter(0)) for row in _name_others(list(group))]
    connection.execute("DELETE FROM temp.placed WHERE account IN (SELECT account FROM several WHERE differing)")
    return rejected


def _name_others(group: list[tuple[int, int, str | None, str]]) -> Iterator[RejectedRow]:
    """Yield one account's rows as rejected, each naming the others."""
    first = [row for _, row, _, _ in group[: _NAMED_ROWS + 1]]
    for _, row, account_id, username in group:
        others = [f"{other:,}" for other in first if other != row][:_NAMED_ROWS]
        more = len(group) - 1 - len(others)
        words = f"row{'s' if len(group) > 2 else ''} {', '.join(others)}" + (f" and {more:,} more" if more else "")
        key, value = ("username", username) if account_id is None else ("account_id", account_id)
        yield RejectedRow(row, key, value, f"the same account differs in {words}")


def _drop_repeated(connection: sqlite3.Connection) -> int:
    """Leave one row of each account whose rows are all alike, and return how many went."""
    return connection.execute(
        "DELETE FROM temp.placed WHERE row IN ("
        " SELECT placed.row FROM several JOIN placed USING (account) WHERE NOT differing AND placed.row > first)"
    ).rowcount
