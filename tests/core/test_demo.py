"""The generated accounts: the same everywhere, of today, and as odd as real ones."""

import re
import subprocess
import sys
from collections import Counter
from contextlib import closing
from datetime import date, timedelta

import pytest

from core.demo.accounts import DEMO_KEYS
from core.demo.demo import make_demo
from core.demo.year import WEEKS
from core.importing.importer import import_file
from core.past.cuts import cuts
from db.apply_import import Facts, store
from db.complete_list import CompleteList
from db.connection import connect_reading, connect_writing
from db.fields import READ_FIELDS
from db.history import undo_last
from db.sort_keys import fold
from db.staging import Staging
from tests.demo_file import write_demo_csv
from tests.odd_accounts import odd_rows
from tests.odd_words import STRANGE_COMPANIES

TODAY = date(2026, 3, 4)


@pytest.fixture(scope="module")
def rows():
    return [dict(zip(DEMO_KEYS, row, strict=True)) for row in odd_rows(5_000, 95, TODAY)]


def accounts(path):
    with closing(connect_reading(path)) as connection:
        return connection.execute(f"SELECT {', '.join(DEMO_KEYS)} FROM accounts ORDER BY pk").fetchall()


def test_fewer_accounts_are_the_first_of_more(rows):
    assert [tuple(row.values()) for row in rows[:200]] == list(odd_rows(200, 95, TODAY))
    assert list(odd_rows(200, 96, TODAY)) != list(odd_rows(200, 95, TODAY))


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


def everything(path):
    """Return all that a demo's database holds, but when it was made."""
    with closing(connect_reading(path)) as connection:
        found = {table: connection.execute(f"SELECT * FROM {table}").fetchall() for table in ("accounts", "changes")}
        columns = "id, file, dated, complete, source, read, new, changed, same, returned, gone"
        return found | {"imports": connection.execute(f"SELECT {columns} FROM imports").fetchall()}


def test_a_demo_is_made_once_and_moved_when_the_day_changes(tmp_path):
    path, other = tmp_path / "new" / "demo.db", tmp_path / "other.db"
    make_demo(path, TODAY, count=300)
    stamp = path.stat().st_mtime_ns
    make_demo(path, TODAY, count=300)
    assert path.stat().st_mtime_ns == stamp
    later = TODAY + timedelta(days=40)
    make_demo(path, later, count=300)
    make_demo(other, later, count=300)
    assert everything(path) == everything(other)


def test_a_moved_demo_keeps_what_a_person_has_done_with_it(tmp_path):
    path = tmp_path / "demo.db"
    make_demo(path, TODAY, count=100)
    with closing(connect_writing(path)) as connection:
        undo_last(connection, lambda: None)
    make_demo(path, TODAY + timedelta(days=1), count=100)
    with closing(connect_reading(path)) as connection:
        known = cuts(connection)
    assert len(known) == WEEKS - 1
    assert known[-1].day == TODAY + timedelta(days=1 - 7)


def test_a_demo_of_an_older_kind_is_made_anew(tmp_path):
    path = tmp_path / "demo.db"
    make_demo(path, TODAY, count=100)
    with closing(connect_writing(path)) as connection:
        connection.execute("UPDATE imports SET source = 'file'")
    make_demo(path, TODAY, count=120)
    assert len(accounts(path)) == 120


def test_the_year_of_a_demo_is_what_its_lists_would_have_told(tmp_path):
    """Each list as the log has it, imported by the program as a complete one, gives the same log and accounts."""
    path, again = tmp_path / "demo.db", tmp_path / "again.db"
    make_demo(path, TODAY, count=400)
    with closing(connect_reading(path)) as connection:
        keys = [field.key for field in READ_FIELDS]
        numbers = connection.execute("SELECT pk, added_by FROM accounts").fetchall()
        log = connection.execute(
            "SELECT account, field, old, new, import_id FROM changes ORDER BY import_id"
        ).fetchall()
        days = dict(connection.execute("SELECT id, dated FROM imports").fetchall())
        now = {
            row[0]: dict(zip([*keys, "gone_on"], row[1:], strict=True))
            for row in connection.execute(f"SELECT pk, {', '.join(keys)}, gone_on FROM accounts")
        }
    before = {pk: dict(account) for pk, account in now.items()}
    for pk, key, old, _, _ in reversed(log):
        if key in before[pk]:
            before[pk][key] = old
    with closing(connect_writing(again)) as connection:
        for number in range(1, WEEKS + 1):
            for pk, key, _, new, import_id in log:
                if import_id == number and key in before[pk]:
                    before[pk][key] = new
            named = [before[pk] for pk, first in numbers if first <= number and before[pk]["gone_on"] is None]
            connection.execute("DROP TABLE IF EXISTS temp.staged")
            staging = Staging(connection, keys)
            staging.add(range(1, len(named) + 1), [[row[key] for row in named] for key in keys])
            facts = Facts(f"accounts-{days[number]}.csv", days[number])
            store(staging, facts, complete=CompleteList("all"), accept=lambda _: None, go_on=lambda: None)
    here, there = everything(path), everything(again)
    assert by_account_id(there) == by_account_id(here)
    assert [row[5:] for row in there["imports"]] == [row[5:] for row in here["imports"]]


def by_account_id(found):
    """Return accounts and log by what tells accounts apart: imports number them by the rows of files."""
    ids = {row[0]: row[1] for row in found["accounts"]}
    log = {(import_id, ids[pk], key): values for _, import_id, pk, key, *values in found["changes"]}
    return {row[1]: row[2:] for row in found["accounts"]}, log


def test_two_programs_may_make_the_demo_at_once(tmp_path):
    path = tmp_path / "demo.db"
    code = (
        "import sys; from datetime import date; from pathlib import Path; from core.demo.demo import make_demo;"
        "make_demo(Path(sys.argv[1]), date(2026, 3, 4))"
    )
    both = [subprocess.Popen([sys.executable, "-c", code, path]) for _ in range(2)]
    assert [process.wait() for process in both] == [0, 0]
    make_demo(tmp_path / "other.db", TODAY)
    assert everything(path) == everything(tmp_path / "other.db")


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    """Return the accounts of the demo in the order of their companies, as My accounts shows them."""
    path = tmp_path_factory.mktemp("demo") / "demo.db"
    make_demo(path, TODAY)
    rows = [dict(zip(DEMO_KEYS, row, strict=True)) for row in accounts(path)]
    return sorted(rows, key=lambda row: fold(row["company"]))


def test_accounts_of_the_demo_have_nothing_odd(demo):
    assert not {row["company"] for row in demo} & set(STRANGE_COMPANIES)
    assert {row["relationship"] for row in demo} == {"managed", "referred"}
    assert len({row["account_id"] for row in demo}) == len({row["username"] for row in demo}) == len(demo)
    assert not any(row["status"] == "O" and row["cancelled_on"] for row in demo)
    assert all(row["cancelled_on"] and row["cancel_reason"] for row in demo if row["status"] == "C")
    for row in demo:
        days = [row[key] for key in ("created_on", "initial_upgrade_on", "cancelled_on", "moved_out_on") if row[key]]
        assert days == sorted(days), row
        assert row["created_on"] <= (row["last_campaign_sent_on"] or row["created_on"]) <= TODAY.isoformat()


def test_companies_of_the_demo_are_as_varied_as_an_agencys(demo):
    companies = Counter(row["company"] for row in demo)
    assert len(companies) > 0.98 * len(demo)
    assert max(companies.values()) <= 4
    words = Counter(company.removeprefix("The ").removeprefix("Friends of ").split()[0] for company in companies)
    assert max(words.values()) < 0.01 * len(demo)
    assert len({row["company"] for row in demo[:50]}) == 50, "the first screens of My accounts"


def test_people_of_the_demo_can_be_reached_at_their_companies_which_nobody_real_has(demo):
    addresses = [row["email"] for row in demo]
    assert len(set(addresses)) > 0.98 * len(addresses)
    for row in demo:
        site = row["email"].split("@")[1]
        assert site.endswith(".example"), row
        letters = "".join(filter(str.isalnum, fold(row["company"].replace("&", "and").replace("The ", ""))))
        assert letters.startswith(site.removesuffix(".example")[:5]), row
        assert re.fullmatch(r"(\+1 )?\(?\d{3}\)?[-. ]555[-. ]01\d\d", row["phone"]), row


def test_the_file_of_the_demo_imports_whole(tmp_path):
    file, database = tmp_path / "demo.csv", tmp_path / "a.db"
    write_demo_csv(file, TODAY, 3_000)
    report = import_file(database, file)
    assert (report.read, report.new, report.rejected) == (3_000, 3_000, [])
    assert accounts(database) == list(odd_rows(3_000, 95, TODAY))
