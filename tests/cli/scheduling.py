"""What the tests of schedules share: the commands, and what the database keeps of them."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from tests.cli.running import Done, run

SUMMARY = ("report", "all-accounts-summary")


def schedules(db: Path, *arguments: str | Path, **options: Any) -> Done:
    return run("--db", db, "schedules", *arguments, **options)


def add(db: Path, *options: str | Path, words: tuple[str, ...] = SUMMARY, on: str = "Mon 07:00", **how: Any) -> Done:
    return schedules(db, "add", "mondays", "--on", on, *options, "--", *words, **how)


def only(db: Path) -> dict[str, Any]:
    (found,) = json.loads(schedules(db, "list", "--json").text)
    assert isinstance(found, dict)
    return found


def runs(db: Path) -> list[dict[str, Any]]:
    found = json.loads(run("--db", db, "runs", "--json").text)
    assert isinstance(found, list)
    return found


def change(db: Path, statement: str, *values: object) -> None:
    with closing(sqlite3.connect(db)) as connection, connection:
        connection.execute(statement, values)
