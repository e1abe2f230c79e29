"""Saved mappings of headings, by name: what --save-map keeps for --use-map."""

from __future__ import annotations

import json
import sqlite3
from typing import Any

from db.errors import WrongUse
from db.hints import Step
from db.stored import object_of
from db.transaction import transaction


def put(connection: sqlite3.Connection, name: str, choices: dict[str, Any]) -> None:
    """Keep a mapping under a name, inside the caller's transaction; one that has the name already is replaced."""
    connection.execute(
        "INSERT OR REPLACE INTO mappings (name, choices) VALUES (?, ?)",
        [name, json.dumps(choices, ensure_ascii=False)],
    )


def load(connection: sqlite3.Connection, name: str) -> dict[str, Any]:
    """Return the mapping of a name; empty where it cannot be read.

    Raises:
        WrongUse: there is none; the names that there are are said.
    """
    row = connection.execute("SELECT choices FROM mappings WHERE name = ?", [name]).fetchone()
    if row is None:
        known = ", ".join(names(connection))
        raise WrongUse(
            f"There is no saved mapping '{name}'.",
            f"Saved are: {known}." if known else Step.SAVE_A_MAPPING(),
        )
    return object_of(row[0]) or {}


def names(connection: sqlite3.Connection) -> list[str]:
    """Return the names of all mappings, in order."""
    return [
        name
        for (name,) in connection.execute(
            "SELECT name FROM mappings WHERE typeof(name) = 'text' ORDER BY name COLLATE NOCASE, name"
        )
    ]


def delete(connection: sqlite3.Connection, name: str) -> None:
    """Forget a mapping.

    Raises:
        WrongUse: there is none of this name.
    """
    load(connection, name)
    with transaction(connection):
        connection.execute("DELETE FROM mappings WHERE name = ?", [name])
