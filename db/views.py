"""How a person looks at reports: the last view of each, and those saved under a name."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from typing import Any

from db.connection import transaction
from db.errors import WrongUse

LAST = ""
"""The name of the view that is remembered by itself."""


def save(connection: sqlite3.Connection, report: str, name: str, state: Mapping[str, Any]) -> None:
    """Keep a view of a report under a name; one that has the name already, in any case, is replaced."""
    with transaction(connection):
        connection.execute(
            "INSERT OR REPLACE INTO views (report, name_fold, name, state) VALUES (?, ?, ?, ?)",
            [report, name.casefold(), name, json.dumps(dict(state), ensure_ascii=False)],
        )


def load(connection: sqlite3.Connection, report: str, name: str) -> dict[str, Any]:
    """Return the view of a report that has this name, in any case.

    Raises:
        WrongUse: there is none; the names that there are are said.
    """
    state = find(connection, report, name)
    if state is None:
        known = ", ".join(names(connection, report))
        raise WrongUse(
            f"There is no saved view '{name}' of this report.",
            f"Saved are: {known}." if known else "None is saved yet: press v on the report's page.",
        )
    return state


def find(connection: sqlite3.Connection, report: str, name: str) -> dict[str, Any] | None:
    """Return the view of a report that has this name, in any case; None where there is none."""
    row = connection.execute(
        "SELECT state FROM views WHERE report = ? AND name_fold = ?", [report, name.casefold()]
    ).fetchone()
    if row is None:
        return None
    state: dict[str, Any] = json.loads(row[0])
    return state


def names(connection: sqlite3.Connection, report: str) -> list[str]:
    """Return the names of a report's saved views, in order."""
    rows = connection.execute(
        "SELECT name FROM views WHERE report = ? AND name_fold != ? ORDER BY name_fold", [report, LAST]
    )
    return [name for (name,) in rows]


def delete(connection: sqlite3.Connection, report: str, name: str) -> None:
    """Forget a view.

    Raises:
        WrongUse: there is none of this name.
    """
    load(connection, report, name)
    with transaction(connection):
        connection.execute("DELETE FROM views WHERE report = ? AND name_fold = ?", [report, name.casefold()])
