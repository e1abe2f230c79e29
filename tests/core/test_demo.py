"""The generated accounts: the same everywhere, of today, and as odd as real ones."""

import subprocess
import sys
from contextlib import closing
from datetime import date, timedelta

import pytest

from core.demo.accounts import DEMO_KEYS, demo_rows
from core.demo.demo import make_demo
from core.demo.words import STRANGE_COMPANIES
from core.importing.importer import import_file
from db.connection import connect_reading
from tests.demo_file import write_demo_csv

TODAY = date(2026, 3, 4)


@pytest.fixture(scope="module")
def rows():
    return [dict(zip(DEMO_KEYS, row, strict=True)) for row in demo_rows(5_000, 95, TODAY)]


def accounts(path):
    with closing(connect_reading(path)) as connection:
        return connection.execute(f"SELECT {', '.join(DEMO_KEYS)} FROM accounts ORDER BY pk").fetchall()


def test_fewer_accounts_are_the_first_of_more(rows):
    assert [tuple(row.values()) for row in rows[:200]] == list(demo_rows(200, 95, TODAY))
    assert list(demo_rows(200, 96, TODAY)) != list(demo_rows(200, 95, TODAY))


def test_every_kind_of_account_is_there(rows):
    assert {row["status"] for row in rows} >= {"O", "T", "E", "C", "Single Bill", "Disabled - compliance", None}
    assert {row["relationship"] for row in rows} == {"managed", "referred", None}
    assert {row["company"] for row in rows} >= set(STRANGE_COMPANIES)
    assert any(row["moved_to"] and not row["moved_out_on"] for row in rows)
    assert any(row["list_size"] == 0 for row in rows)
    assert any(row["list_size"] is None for row in rows)
    assert any(row["last_login_on"] is None for row in rows)
    assert any(row["status"] == "O" and row["cancelled_on"] for row in rows)
    assert any(row["status"] == "C" and not row["cancelled_on"] for row in rows)
    assert any(row["status"] == "C" and (row["cancelled_on"] or "") > TODAY.isoformat() for row in rows)
    assert any((row["initial_upgrade_on"] or "").endswith("-02-29") for row in rows)


@pytest.mark.parametrize("field", ["initial_upgrade_on", "cancelled_on", "moved_out_on"])
@pytest.mark.parametrize("ago", [0, 1, 89, 90, 91, 94, 95, 96, -1])
def test_every_edge_of_the_rules_is_there(rows, field, ago):
    assert any(row[field] == (TODAY - timedelta(days=ago)).isoformat() for row in rows)


def test_ids_and_usernames_tell_accounts_apart_and_nobody_real_is_named(rows):
    assert len({row["account_id"] for row in rows}) == len({row["username"] for row in rows}) == len(rows)
    assert all(row["email"].split("@")[1] in ("example.com", "example.org", "example.net") for row in rows)
    assert all(" 555-01" in row["phone"] for row in rows)


def test_days_are_in_order(rows):
    for row in rows:
        if row["last_campaign_sent_on"] and row["initial_upgrade_on"] != row["created_on"]:
            assert row["created_on"] <= row["last_campaign_sent_on"] <= TODAY.isoformat()


def test_a_demo_is_made_once_a_day(tmp_path):
    path = tmp_path / "new" / "demo.db"
    make_demo(path, TODAY, count=300)
    before = accounts(path)
    assert before == list(demo_rows(300, 95, TODAY))
    stamp = path.stat().st_mtime_ns
    make_demo(path, TODAY, count=300)
    assert path.stat().st_mtime_ns == stamp
    make_demo(path, TODAY + timedelta(days=1), count=300)
    assert accounts(path) == list(demo_rows(300, 95, TODAY + timedelta(days=1)))
    with closing(connect_reading(path)) as connection:
        assert connection.execute("SELECT file, read, new FROM imports").fetchall() == [
            ("300 demo accounts of 2026-03-05", 300, 300)
        ]


def test_two_programs_may_make_the_demo_at_once(tmp_path):
    path = tmp_path / "demo.db"
    code = (
        "import sys; from datetime import date; from pathlib import Path; from core.demo.demo import make_demo;"
        "make_demo(Path(sys.argv[1]), date(2026, 3, 4))"
    )
    both = [subprocess.Popen([sys.executable, "-c", code, path]) for _ in range(2)]
    assert [process.wait() for process in both] == [0, 0]
    assert accounts(path) == list(demo_rows(5_000, 95, TODAY))


def test_the_file_of_the_demo_imports_whole(tmp_path):
    file, database = tmp_path / "demo.csv", tmp_path / "a.db"
    write_demo_csv(file, TODAY, 3_000)
    report = import_file(database, file)
    assert (report.read, report.new, report.rejected) == (3_000, 3_000, [])
    assert accounts(database) == list(demo_rows(3_000, 95, TODAY))
