"""The portal's four reports of odd accounts: kept as text, computed a second time, with every edge of the rules."""

from __future__ import annotations

from contextlib import closing
from datetime import date

import pytest

from core.demo.accounts import DEMO_KEYS
from core.query.query import run_report
from core.query.request import ask
from core.reports.catalogue import MY_ACCOUNTS, PORTAL_REPORTS
from tests.core.databases import fill
from tests.core.reports import oracle
from tests.db.imports import KEYS
from tests.odd_accounts import odd_rows

AS_OF = date(2026, 3, 31)
SUMMARY, DETAILS, TRACKER, DEPARTURES = PORTAL_REPORTS


@pytest.fixture(scope="module")
def database(tmp_path_factory, accounts):
    return fill(tmp_path_factory.mktemp("demo"), accounts)


@pytest.fixture(scope="module")
def accounts():
    nothing = dict.fromkeys(KEYS)
    return [nothing | dict(zip(DEMO_KEYS, row, strict=True)) for row in odd_rows(5_000, 95, AS_OF)]


def run(database, report, **asked):
    with closing(database.read()) as connection:
        result = run_report(connection, ask(report, AS_OF, **asked))
        return result, list(result.rows())


def as_text(result, rows):
    """Return a report's head, first rows and notes as a person would read them."""
    lines = [
        f"{result.title} · {result.row_count:,} rows",
        *(f"{label}: {number:,}" for label, number in result.totals),
    ]
    lines += [" | ".join(column.title for column in result.columns)]
    lines += [" | ".join("" if value is None else str(value) for value in row) for row in rows[:8]]
    lines += result.notes
    return "\n".join(lines)


@pytest.mark.parametrize(
    ("report", "status"),
    [(SUMMARY, None), *((DETAILS, letter) for letter in "OTEC"), (TRACKER, None), (DEPARTURES, None)],
)
def test_the_reports_stay_as_they_were_read_and_found_right(database, snapshot, report, status):
    assert as_text(*run(database, report, status=status)) == snapshot


def test_the_summary_is_that_of_the_second_computation(database, accounts):
    assert run(database, SUMMARY)[1] == oracle.all_accounts_summary(accounts, AS_OF)[1]


@pytest.mark.parametrize("status", "OTEC")
def test_details_are_those_of_the_second_computation(database, accounts, status):
    lines = oracle.in_order(oracle.managed_account_details(accounts, AS_OF, status), oracle.ORDER[DETAILS.id])
    assert run(database, DETAILS, status=status)[1] == oracle.cells(lines, oracle.DETAILS)


@pytest.mark.parametrize(
    ("report", "compute", "keys"),
    [
        (TRACKER, oracle.new_account_bonus_tracker, oracle.TRACKER),
        (DEPARTURES, oracle.cancels_and_move_outs, oracle.DEPARTURES),
    ],
)
def test_dated_reports_are_those_of_the_second_computation(database, accounts, report, compute, keys):
    lines = oracle.in_order(compute(accounts, AS_OF), oracle.ORDER[report.id])
    assert run(database, report)[1] == oracle.cells(lines, keys)


@pytest.mark.parametrize("column", MY_ACCOUNTS.columns, ids=lambda column: column.key)
@pytest.mark.parametrize("descending", [False, True])
def test_every_column_sorts_as_in_the_second_computation(database, accounts, column, descending):
    order = f"{column.key}:desc" if descending else column.key
    _, rows = run(database, MY_ACCOUNTS, sort=[order], columns=["account_id"])
    lines = oracle.in_order(map(oracle.shown, accounts), [(column.key, descending)])
    assert rows == oracle.cells(lines, ["account_id"])


@pytest.mark.parametrize(("days", "nab"), [(94, "Pending"), (95, "Earned"), (96, "Earned")])
def test_the_bonus_is_earned_on_day_95(database, days, nab):
    _, rows = run(database, TRACKER, where=[f"days_since_upgrade = {days}"], columns=["nab_status", "days_to_go"])
    assert (nab, 95 - days if nab == "Pending" else None) in rows


def test_departures_end_with_day_90(database, accounts):
    found = [row[0] for row in run(database, DEPARTURES, columns=["days_ago"])[1]]
    assert {0, 1, 89, 90} <= set(found)
    assert max(found) == 90
    days = {(AS_OF - date.fromisoformat(a["cancelled_on"])).days for a in accounts if a["cancelled_on"]}
    assert {91, -1} <= days
