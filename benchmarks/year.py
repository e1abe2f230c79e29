"""A partner's year to measure with: accounts, and a complete list a week that changed a hundredth of them each.

The history is written straight into the database: importing 52 lists of a million rows would take an hour.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date, timedelta
from itertools import islice
from pathlib import Path
from random import Random

from benchmarks.data import AS_OF, cached
from core.demo.accounts import DEMO_KEYS
from core.query.columns import Value
from db.apply_import import Facts, take_in
from db.connection import connect_writing
from db.staging import Staging
from db.transaction import transaction
from tests.odd_accounts import odd_rows

WEEKS = 52
NEW_SHARE, CHANGED_SHARE = 2_000, 100
"""One in so many accounts is new each week; one in so many is changed."""
_SEED = 52
_BLOCK = 1_000
_OF_YEARS = (
    "benchmarks/year.py",
    "benchmarks/data.py",
    "tests/odd_accounts.py",
    "tests/odd_words.py",
    "db/schema.py",
    "db/indexes.py",
)


def year(count: int) -> Path:
    """Return the database of so many accounts with their year; it is made when it is first asked for."""
    return cached(f"{count}-year.db", _OF_YEARS, lambda path: _make(path, count))


def _make(path: Path, count: int) -> None:
    with closing(connect_writing(path)) as connection:
        connection.execute("PRAGMA synchronous = OFF")
        staging = Staging(connection, DEMO_KEYS)
        rows = odd_rows(count, _SEED, AS_OF)
        for start in range(0, count, _BLOCK):
            block = list(islice(rows, _BLOCK))
            staging.add(range(start + 1, start + 1 + len(block)), list(zip(*block, strict=True)))
        with transaction(connection):
            take_in(staging, Facts("made up", str(AS_OF)))
        with transaction(connection):
            _write_year(connection, count)
        connection.execute("ANALYZE")


def _write_year(connection: sqlite3.Connection, count: int) -> None:
    """Make of one import that brought all accounts a first list and one a week, with their changes."""
    connection.execute("DELETE FROM changes")
    connection.execute("UPDATE imports SET dated = ?", [str(_day_of(1))])
    connection.executemany(
        "INSERT INTO imports (id, file, imported_at, dated, complete) VALUES (?, ?, ?, ?, 'all')",
        [
            (number, f"accounts-{_day_of(number)}.csv", f"{_day_of(number)}T08:00:00+00:00", str(_day_of(number)))
            for number in range(2, WEEKS + 1)
        ],
    )
    new = max(1, count // NEW_SHARE)
    first_new = count - new * (WEEKS - 1)
    connection.execute("UPDATE accounts SET added_by = 2 + (pk - 1 - ?) / ? WHERE pk > ?", [first_new, new, first_new])
    connection.executemany(
        "INSERT INTO changes (import_id, account, field, old, new) VALUES (?, ?, ?, ?, ?)", _changes(connection, count)
    )


def _day_of(number: int) -> date:
    return AS_OF - timedelta(7 * (WEEKS - number))


def _changes(connection: sqlite3.Connection, count: int) -> Iterator[tuple[int, int, str, Value, Value]]:
    """Yield the log: what each list found otherwise; the last one's values are what the accounts hold."""
    random = Random(_SEED)
    keys = ("list_size", "last_login_on", "last_campaign_sent_on", "campaigns_sent", "status", "cancelled_on")
    known: dict[int, list[Value]] = {}
    found = []
    for number in range(WEEKS, 1, -1):
        there = count - max(1, count // NEW_SHARE) * (WEEKS - number + 1)
        for pk in sorted(random.sample(range(1, there + 1), count // CHANGED_SHARE)):
            after = known.get(pk)
            if after is None:
                after = list(
                    connection.execute(f"SELECT {', '.join(keys)} FROM accounts WHERE pk = ?", [pk]).fetchone()
                )
            before = _before(random, after, _day_of(number))
            found += [
                (number, pk, key, old, new) for key, old, new in zip(keys, before, after, strict=True) if old != new
            ]
            known[pk] = before
    yield from sorted(found, key=lambda change: change[:3])


def _before(random: Random, after: list[Value], day: date) -> list[Value]:
    """Return what an account may have been before a list of a day changed it."""
    size, login, sent, campaigns, status, cancelled = after
    chance = random.random()
    earlier = str(day - timedelta(random.randrange(8, 60)))
    if isinstance(size, int) and size:
        size = max(0, size - random.randrange(-size // 8 - 2, size // 6 + 3))
    if chance < 0.5 and login:
        login = min(earlier, str(login))
    if chance < 0.3 and sent and isinstance(campaigns, int) and campaigns:
        sent, campaigns = min(earlier, str(sent)), campaigns - 1
    if status == "C" and cancelled and chance < 0.5:
        status, cancelled = "O", None
    elif status == "O" and chance > 0.98:
        status, cancelled = ("T", None) if chance > 0.985 else ("C", earlier)
    return [size, login, sent, campaigns, status, cancelled]
