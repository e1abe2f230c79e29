"""Databases that hold given accounts, stored the way imports store them."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from core.database import Database
from db.apply_import import Facts, store
from tests.db.imports import KEYS, go_on, open_new, stage


def account(**known: Any) -> dict[str, Any]:
    """Return an account of which only this is known."""
    assert known.keys() <= set(KEYS)
    return dict.fromkeys(KEYS) | known


def fill(folder: Path | str, accounts: Sequence[dict[str, Any]], dated: str = "2026-03-31") -> Database:
    """Return a new database in a folder with these accounts, `pk` from 1 in their order, as of a day."""
    with closing(open_new(folder)) as connection:
        staging = stage(connection, KEYS, dict(enumerate(accounts, start=1)))
        outcome = store(staging, Facts("accounts.csv", dated), accept=lambda _: None, go_on=go_on)
    assert outcome.new == len(accounts), "two of these accounts are one, or one has neither id nor username"
    return Database(Path(folder) / "accounts.db")
