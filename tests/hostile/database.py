"""A database in which every table has rows: made through the program's own ways."""

from __future__ import annotations

import json
import shutil
import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

from core.demo.demo import make_demo
from db.connection import connect_writing
from db.views import save
from tests.hostile.program import called

FILE = "Account ID,Username,Company,Email,Status,Account Type,Manager\na1,ann,Acme,a@example.com,Open,Managed,Ben\n"


def furnish(folder: Path, accounts: int = 40) -> Path:
    """Return a database of a few accounts with everything that can be kept beside them."""
    path = folder / "all.db"
    make_demo(path, date(2026, 3, 4), count=accounts)
    file = folder / "list.csv"
    file.write_text(FILE)
    report = ("report", "managed-account-details", "--status", "O")
    for words in (
        ("import", str(file), "--keep", "Manager", "--save-map", "mine"),
        ("lists", "new", "mine", "--where", "status = Open"),
        ("lists", "new", "gone", "--where", "status = Open"),
        ("lists", "delete", "gone"),
        ("lists", "export", "mine", "--for", "web", "--output", str(folder / "contacts.csv")),
        (*report, "--output", str(folder / "a.csv")),
        ("accounts", "note", "a1", "Called her"),
        ("accounts", "star", "a1"),
        ("schedules", "add", "mondays", "--on", "Mon 08:00", "--output", str(folder / "s.csv"), "--", *report),
    ):
        done = called(path, *words)
        assert done.code == 0, (words, done)
    with closing(connect_writing(path)) as connection:
        save(connection, "managed-account-details", "mine", {"where": [], "sort": [], "layout": {}})
        connection.execute(
            "UPDATE schedules SET written = ?", [json.dumps([{"path": "a.csv", "size": 1, "modified": 2}])]
        )
        connection.execute("INSERT INTO status_words VALUES ('odd', 'Odd', 'O')")
        connection.execute("PRAGMA journal_mode = DELETE")
    return path


def copy_of(database: Path, folder: Path) -> Path:
    """Return a copy of a database that nobody has open."""
    copy = folder / "copy.db"
    for ending in ("-wal", "-shm", "-journal"):
        Path(f"{copy}{ending}").unlink(missing_ok=True)
    shutil.copy(database, copy)
    return copy


def is_sound(database: Path) -> bool:
    """Return whether SQLite's own full check finds nothing."""
    with closing(sqlite3.connect(database)) as connection:
        return connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
