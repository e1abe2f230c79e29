"""A report of what was known on a day is, cell by cell, the one that was run then."""

from __future__ import annotations

import random
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta

import pytest

from core.database import Database
from core.demo.accounts import DEMO_KEYS
from core.errors import NoAccounts
from core.importing.import_options import ImportOptions
from core.importing.importer import import_file
from core.query.query import run_report
from core.query.request import ask
from core.reports.all_accounts import ALL_ACCOUNTS
from core.reports.catalogue import MY_ACCOUNTS, find_report
from db.fields import FIELD
from tests.odd_accounts import odd_rows

FIRST = date(2026, 3, 2)
ASKED = [
    (find_report("all-accounts-summary"), {}),
    (find_report("managed-account-details"), {"status": "O"}),
    (find_report("managed-account-details"), {"status": "C", "where": ["list_size > 100"], "sort": ["company:desc"]}),
    (find_report("new-account-bonus-tracker"), {}),
    (find_report("new-account-bonus-tracker"), {"where": ["nab_status = Pending"], "sort": ["username"]}),
    (find_report("cancels-and-move-outs"), {}),
    (MY_ACCOUNTS, {}),
    (ALL_ACCOUNTS, {"where": ["in_partnership = yes"]}),
    (find_report("growth-by-month"), {}),
    (find_report("growth-by-month"), {"months": 3}),
    (find_report("bonus-forecast"), {}),
    (find_report("accounts-at-risk"), {}),
    (find_report("accounts-at-risk"), {"where": ["risk >= 4"], "sort": ["company"]}),
]


def write(path, rows):
    """Write accounts as a file to import."""
    lines = [",".join(FIELD[key].title for key in DEMO_KEYS)]
    lines += [",".join(f'"{"" if value is None else value}"' for value in row) for row in rows]
    path.write_text("\n".join(lines), "utf-8")


def results(database, as_of, known_on=None):
    """Return what each report says: its rows, totals, and whose accounts it shows."""
    found = []
    for report, asked in ASKED:
        with closing(database.read()) as connection:
            result = run_report(connection, ask(report, as_of, known_on=known_on, **asked))
            found.append((list(result.rows()), result.totals, result.notes, result.freshness))
    return found


@pytest.fixture(scope="module")
def history(tmp_path_factory):
    """Return a database of four weekly lists, the last three complete, and what the reports said after each."""
    folder = tmp_path_factory.mktemp("history")
    database, chance = Database(folder / "accounts.db"), random.Random(4)
    rows = [dict(zip(DEMO_KEYS, row, strict=True)) for row in odd_rows(400, 95, FIRST)]
    then = {}
    for week in range(4):
        day = FIRST + timedelta(7 * week)
        for row in rows:
            if chance.random() < 0.1:
                row |= {"list_size": chance.randrange(900), "company": chance.choice(["Łódź", "Acme", None])}
            if chance.random() < 0.02:
                row |= {"status": "C", "cancelled_on": str(day), "moved_to": None, "moved_out_on": None}
        kept = [row for row in rows if chance.random() > 0.03]
        write(folder / "list.csv", [tuple(row[key] for key in DEMO_KEYS) for row in kept])
        options = ImportOptions(dated=day, complete="all" if week else None)
        import_file(database.path, folder / "list.csv", options)
        then[day] = results(database, day)
    return database, then


@pytest.mark.parametrize("week", range(4))
def test_what_was_known_then_is_what_was_said_then(history, week):
    database, then = history
    day = FIRST + timedelta(7 * week)
    assert results(database, day, known_on=day) == then[day]
    assert results(database, day, known_on=day + timedelta(6)) == then[day]
    assert results(replace(database, known_on=day), day) == then[day]


def test_accounts_have_gone_and_come_back(history):
    database, _ = history
    with closing(database.read()) as connection:
        gone, returned = connection.execute("SELECT sum(gone), sum(returned) FROM imports").fetchone()
    assert gone > 10
    assert returned > 5


def test_nothing_was_known_before_the_first_list(history):
    database, _ = history
    before = FIRST - timedelta(1)
    with pytest.raises(NoAccounts, match=r"Nothing was known on 2026-03-01\.\nThe first list .* tells of 2026-03-02"):
        results(database, before, known_on=before)
    with pytest.raises(NoAccounts):
        replace(database, known_on=before).read()
