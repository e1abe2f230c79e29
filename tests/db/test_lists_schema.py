"""Databases from before there were targeted lists get their tables, keep their accounts, and a copy is kept beside."""

import sqlite3
from contextlib import closing

from sqlite_utils import Database

from core.lists.lists import all_lists
from db.connection import connect_reading
from db.new_database import APPLICATION_ID
from db.schema import migrations


def test_a_database_of_the_first_version_gains_lists(tmp_path):
    path = tmp_path / "accounts.db"
    with closing(sqlite3.connect(path)) as old:
        migrations.apply(Database(old), stop_before="lists")
        old.execute("INSERT INTO accounts (username) VALUES ('ann')")
        old.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        old.execute("PRAGMA user_version = 1")
        old.commit()
    with closing(connect_reading(path)) as connection:
        assert all(target.is_built_in for target in all_lists(connection))
        assert connection.execute("SELECT username FROM accounts").fetchall() == [("ann",)]
    with closing(sqlite3.connect(tmp_path / "accounts.db.schema-1")) as copy:
        assert copy.execute("SELECT count(*) FROM sqlite_master WHERE name LIKE 'list%'").fetchone() == (0,)
