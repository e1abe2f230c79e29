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
from tests.hostile.values import TEXTS, columns, put, tables

FILE = "Account ID,Username,Company,Email,Status,Account Type,Manager\na1,ann,Acme,a@example.com,Open,Managed,Ben\n"

NAMED = {
    ("lists", "name"),
    ("lists", "name_fold"),
    ("lists", "given"),
    ("lists", "deleted_at"),
    ("lists", "is_selection"),
    ("mappings", "name"),
    ("schedules", "name"),
    ("schedules", "command"),
    ("schedules", "calendar"),
    ("own_fields", "key"),
    ("own_fields", "kind"),
    ("views", "report"),
    ("views", "name"),
    ("views", "name_fold"),
}
"""Columns by which commands find what they are asked for, or without which they stop early."""


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


def fill_with_texts(database: Path) -> None:
    """Put every text of `TEXTS` into every column of the accounts, also of days and numbers, and of the other tables.

    Every third account stays one that reports list: open, managed, upgraded, or canceled.
    """
    texts = list(TEXTS.values())
    with closing(connect_writing(database)) as connection:
        (highest,) = connection.execute("SELECT max(pk) FROM accounts").fetchone()
        for column in set(columns(database, "accounts")) - {"pk", "added_by"}:
            for pk in range(1, highest + 1):
                if column in ("status", "relationship") and pk % 3:
                    continue
                if column in ("initial_upgrade_on", "cancelled_on", "moved_out_on", "gone_on") and pk % 2:
                    continue
                text = texts[(pk + len(column)) % len(texts)] + (str(pk) if column == "account_id" else "")
                connection.execute(f"UPDATE accounts SET {column} = ? WHERE pk = ?", [text, pk])
        connection.execute("PRAGMA journal_mode = DELETE")
    for number, table in enumerate(tables(database)):
        for column in columns(database, table):
            if (table, column) not in NAMED:  # by which commands find them
                put(database, table, column, texts[(number + len(column)) % len(texts)])


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
