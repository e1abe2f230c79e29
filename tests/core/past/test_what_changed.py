"""What Changed as a report: days, order, totals, notes, faults."""

from __future__ import annotations

from contextlib import closing
from datetime import date, timedelta

import pytest

from core.errors import NoAccounts, WrongUse
from core.query.query import Query, run_report
from core.query.request import ask
from core.reports.catalogue import find_report
from tests.core.past.histories import KEYS, TODAY, History, Snapshot, write

REPORT = find_report("what-changed")
GROWTH = find_report("growth-by-month")
WEEK = timedelta(7)


def state(**accounts):
    """Return accounts by number, each an id and what is known of it."""
    found = {}
    for number, (name, known) in enumerate(accounts.items()):
        found[number] = dict.fromkeys(KEYS) | {"account_id": name, "status": "O"} | known
    return found


@pytest.fixture
def database(tmp_path):
    first = state(
        a={"company": "Baker", "list_size": 100},
        b={"company": "Acme", "status": "T"},
        c={"last_login_on": "2026-01-01"},
    )
    second = {**first, 1: first[1] | {"status": "O"}, 0: first[0] | {"company": "Baker & Sons"}}
    third = {**second, 0: second[0] | {"company": "Bell", "list_size": 160}}
    third[2] = first[2] | {"last_login_on": "2026-03-01"}
    third[3] = dict.fromkeys(KEYS) | {"account_id": "d", "status": "C", "company": "Delta"}
    days = [TODAY - 2 * WEEK, TODAY - WEEK, TODAY]
    snapshots = [Snapshot(day, f"{day}.csv", each) for day, each in zip(days, (first, second, third), strict=True)]
    history = History([(snapshot, 0) for snapshot in snapshots])
    return write(history, tmp_path)


def run(database, **asked):
    with closing(database.read()) as connection:
        result = run_report(connection, ask(REPORT, TODAY, **asked))
        return list(result.rows()), result


def test_by_default_the_last_list_is_compared_with_the_one_before(database):
    rows, result = run(database, columns=["account_id", "change", "before", "after", "difference"])
    assert rows == [
        ("d", "New", None, "Canceled", None),
        ("d", "Canceled", None, "Canceled", None),
        ("a", "List Grew", "100", "160", 60),
        ("a", "Contact", "Baker & Sons", "Bell", None),
    ]
    assert result.notes[0] == f"Compares {TODAY - WEEK}.csv, of {TODAY - WEEK} with {TODAY}.csv, of {TODAY}."
    assert result.notes[1] == "1 other account changed in what has no row here, such as its last login."
    assert {word: number for word, number in result.totals if number} == {
        "New": 1, "Canceled": 1, "List Grew": 1, "Contact": 1,
    }  # fmt: skip


def test_accounts_are_shown_as_they_were_known_on_the_second_day(database):
    rows, _ = run(
        database,
        since=str(TODAY - 2 * WEEK),
        until=str(TODAY - timedelta(1)),
        columns=["account_id", "company", "change", "status", "seen_on"],
    )
    day = str(TODAY - WEEK)
    assert rows == [("b", "Acme", "Upgraded", "Open", day), ("a", "Baker & Sons", "Contact", "Open", day)]


def test_it_is_filtered_sorted_and_windowed_as_every_list(database):
    rows, _ = run(database, where=["change in (New, Canceled)"], sort=["change:desc"], columns=["change"])
    assert rows == [("Canceled",), ("New",)]
    with closing(database.read()) as connection:
        query = Query(connection, ask(REPORT, TODAY))
        rids = query.row_ids()
        assert query.rows_of(rids) == [row for block in query.blocks() for row in block]
        assert len(set(query.accounts_of(rids))) == 2


def test_days_that_cannot_be_compared(database, tmp_path):
    with pytest.raises(WrongUse, match="is after"):
        ask(REPORT, TODAY, since=str(TODAY), until=str(TODAY - WEEK))
    with pytest.raises(WrongUse, match="day known on does not apply"):
        ask(REPORT, TODAY, known_on=TODAY)
    with pytest.raises(NoAccounts, match="Nothing was known on 2020-01-01"):
        run(database, since="2020-01-01")
    (tmp_path / "one").mkdir()
    only = write(History([(Snapshot(TODAY, "one.csv", state(a={})), 0)]), tmp_path / "one")
    rows, result = run(only)
    assert rows == []
    assert result.notes == ["There is only one list to look at: what changed is known from the second import on."]


def test_growth_says_who_is_left_out_and_how_far_back_it_is_whole(database):
    with closing(database.read()) as connection:
        result = run_report(connection, ask(GROWTH, TODAY, months="3"))
        assert [row[0] for row in result.rows()] == ["2026-01", "2026-02", "2026-03"]
    assert result.notes == [
        "3 open accounts have neither an initial upgrade nor a first payment date: left out.",
        "1 canceled account has no cancel date, or one before the first payment: left out.",
        "Months before 2026-03, that of the first list, lack the accounts that had left before.",
    ]
    with pytest.raises(WrongUse, match="no number of months"):
        ask(GROWTH, date(2026, 3, 1), months="61")
