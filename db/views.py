"""How each person looks at reports: the last view of each, and those saved under a name.

Views are a person's own, by login name. Those from before a database knew people are everybody's, until somebody keeps
or deletes one of the same name.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from typing import Any

from db.errors import WrongUse
from db.people import login_name
from db.stored import object_of
from db.transaction import transaction

LAST = ""
"""The name of the view that is remembered by itself."""


def save(connection: sqlite3.Connection, report: str, name: str, state: Mapping[str, Any]) -> None:
    """Keep a view of a report under a name; one that has the name already, in any case, is replaced."""
    with transaction(connection):
        connection.execute(
            "INSERT OR REPLACE INTO views (report, name_fold, by, name, state) VALUES (?, ?, ?, ?, ?)",
            [report, name.casefold(), login_name(), name, json.dumps(dict(state), ensure_ascii=False)],
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
            f"Saved are: {known}." if known else "None is saved yet: the report's page saves one.",
        )
    return state


def find(connection: sqlite3.Connection, report: str, name: str) -> dict[str, Any] | None:
    """Return the view of a report that has this name, in any case; None where there is none.

    It is empty where it cannot be read.
    """
    row = connection.execute(
        "SELECT state FROM views WHERE report = ? AND name_fold = ? AND by IN (?, '') ORDER BY by DESC",
        [report, name.casefold(), login_name()],
    ).fetchone()
    if row is None:
        return None
    return object_of(row[0]) or {}


def names(connection: sqlite3.Connection, report: str) -> list[str]:
    """Return the names of a report's saved views, in order."""
    rows = connection.execute(
        "SELECT name_fold, name FROM views WHERE report = ? AND name_fold != ? AND by IN (?, '')"
        " AND typeof(name) = 'text' ORDER BY name_fold, by",
        [report, LAST, login_name()],
    )
    return list(dict(rows.fetchall()).values())


def delete(connection: sqlite3.Connection, report: str, name: str) -> None:
    """Forget a view.

    Raises:
        WrongUse: there is none of this name.
    """
    load(connection, report, name)
    with transaction(connection):
        connection.execute(
            "DELETE FROM views WHERE report = ? AND name_fold = ? AND by IN (?, '')",
            [report, name.casefold(), login_name()],
        )
