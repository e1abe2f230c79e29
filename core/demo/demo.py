"""The demo: generated accounts in a database of their own, made anew when the day changes."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date
from itertools import islice
from pathlib import Path

from core.demo.accounts import DEMO_KEYS, demo_rows
from core.errors import NoAccounts
from db.apply_import import Facts, take_in
from db.connection import connect_reading, connect_writing, transaction
from db.history import forget_all
from db.staging import Staging

_COUNT, _SEED = 5_000, 95
_BLOCK = 1_000


def make_demo(path: Path, today: date, count: int = _COUNT, seed: int = _SEED) -> None:
    """Fill the database at `path` with accounts as of `today`, unless it has them.

    It is one transaction: two programs that begin at once make them once, and who reads meanwhile sees the old ones.

    Raises:
        WorkFailed: the database cannot be written, or is not one of this program's.
    """
    name = f"{count:,} demo accounts of {today}"
    try:
        with closing(connect_reading(path)) as connection:
            if _holds(connection, name):
                return
    except NoAccounts:
        pass
    with closing(connect_writing(path)) as connection:
        staging = Staging(connection, DEMO_KEYS)
        rows = demo_rows(count, seed, today)
        for start in range(0, count, _BLOCK):
            block = list(islice(rows, _BLOCK))
            staging.add(range(start + 1, start + 1 + len(block)), list(zip(*block, strict=True)))
        with transaction(connection):
            if not _holds(connection, name):
                forget_all(connection)
                take_in(staging, Facts(name, today.isoformat()))


def _holds(connection: sqlite3.Connection, name: str) -> bool:
    """Whether the accounts are those of the demo `name`."""
    return connection.execute("SELECT 1 FROM imports WHERE file = ?", [name]).fetchone() is not None
