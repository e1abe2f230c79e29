"""A new database is what the migrations make, and older ones become the same."""

import sqlite3
from contextlib import closing
from zoneinfo import ZoneInfo

from sqlite_utils import Database

from db import sqlite
from db.connection import connect_reading, connect_scratch
from db.indexes import ACCOUNT_INDEXES
from db.new_database import APPLICATION_ID, SCHEMA_VERSION
from db.schema import migrations
from scripts.new_database import PATH, new_database


def test_the_text_that_new_databases_are_made_from_is_current():
    assert PATH.read_text("utf-8") == new_database(), "run make schema"


def test_a_new_database_needs_no_migration():
    with closing(connect_scratch()) as connection:
        assert migrations.pending(Database(connection)) == []
        assert connection.execute("PRAGMA user_version").fetchone() == (SCHEMA_VERSION,)


def test_a_database_of_version_3_gets_the_indexes_of_today_and_keeps_those_that_stay(tmp_path):
    path = tmp_path / "accounts.db"
    with closing(sqlite3.connect(path)) as old:
        migrations.apply(Database(old), stop_before="indexes")
        stays = ACCOUNT_INDEXES["accounts_by_id"]
        for statement in (
            stays,
            "CREATE INDEX accounts_by_username ON accounts (username_fold)",
            "CREATE INDEX accounts_by_phone ON accounts (phone)",
        ):
            old.execute(statement)
        old.execute("INSERT INTO accounts (username, username_fold) VALUES ('Ann', 'ann')")
        old.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        old.execute("PRAGMA user_version = 3")
        old.commit()
    with closing(connect_reading(path)) as connection:
        found = "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = 'accounts'"
        assert dict(connection.execute(found).fetchall()) == ACCOUNT_INDEXES
        assert connection.execute("SELECT username FROM accounts").fetchall() == [("Ann",)]
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_a_database_of_version_4_keeps_its_history_and_its_imports_get_the_day_they_were_made_on(tmp_path, monkeypatch):
    monkeypatch.setattr(sqlite, "partner_zone", lambda: ZoneInfo("America/Los_Angeles"))
    path = tmp_path / "accounts.db"
    with closing(sqlite3.connect(path)) as old:
        migrations.apply(Database(old), stop_before="history")
        old.execute("INSERT INTO accounts (pk, account_id, company, added_by) VALUES (1, 'A-1', 'Mill', 1)")
        for number, moment in ((1, "2026-03-02T07:59:00+00:00"), (2, "2026-03-02T08:01:00+00:00")):
            old.execute("INSERT INTO imports (id, file, imported_at) VALUES (?, 'a.csv', ?)", [number, moment])
        old.execute("INSERT INTO changes VALUES (2, 1, 'company', 'Mil', 'Mill')")
        old.execute("INSERT INTO views VALUES ('all-accounts', 'mine', 'Mine', '{}')")
        old.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        old.execute("PRAGMA user_version = 4")
        old.commit()
    with closing(connect_reading(path)) as connection:
        days = connection.execute("SELECT dated, source, complete FROM imports ORDER BY id").fetchall()
        assert days == [("2026-03-01", "file", None), ("2026-03-02", "file", None)]
        assert connection.execute("SELECT * FROM changes").fetchall() == [(1, 2, 1, "company", "Mil", "Mill")]
        assert connection.execute("SELECT name, by FROM views").fetchall() == [("Mine", "")]
        assert connection.execute("SELECT gone_on, last_seen_on, status_word FROM accounts").fetchall() == [(None,) * 3]
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
