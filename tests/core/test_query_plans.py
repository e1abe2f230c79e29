"""What must be answered at once is answered from an index, and windows by the accounts' own numbers."""

from __future__ import annotations

from contextlib import closing
from datetime import date

import pytest

from core.database import Database
from core.demo.demo import make_demo
from core.query.query import Query
from core.query.request import ask
from core.reports.catalogue import MY_ACCOUNTS, find_report

AS_OF = date(2026, 3, 31)
DETAILS, TRACKER, DEPARTURES = map(
    find_report, ("managed-account-details", "new-account-bonus-tracker", "cancels-and-move-outs")
)


@pytest.fixture(scope="module")
def connection(tmp_path_factory):
    path = tmp_path_factory.mktemp("plans") / "demo.db"
    make_demo(path, AS_OF, count=3_000)
    with closing(Database(path).read()) as connection:
        yield connection


def plan_of(connection, work):
    """Return the steps that SQLite takes for the statements that `work` runs."""
    statements = []
    connection.set_trace_callback(statements.append)
    try:
        work()
    finally:
        connection.set_trace_callback(None)
    return [step for sql in statements for *_, step in connection.execute(f"EXPLAIN QUERY PLAN {sql}")]


@pytest.mark.parametrize(
    ("report", "status", "steps"),
    [
        (DETAILS, "O", ["SEARCH a USING INDEX accounts_for_details (relationship=? AND status=?)"]),
        (MY_ACCOUNTS, None, ["SCAN a USING INDEX accounts_by_company"]),
        (
            TRACKER,
            None,
            [
                "SEARCH a USING INDEX accounts_by_upgrade (initial_upgrade_on>? AND initial_upgrade_on<?)",
                "SEARCH a USING INDEX accounts_by_upgrade (initial_upgrade_on<?)",
            ],
        ),
        (
            DEPARTURES,
            None,
            [
                "SEARCH a USING INDEX accounts_by_cancel (cancelled_on>? AND cancelled_on<?)",
                "SEARCH a USING INDEX accounts_by_move_out (moved_out_on>? AND moved_out_on<?)",
                "SEARCH a USING INDEX accounts_by_gone (gone_on>? AND gone_on<?)",
            ],
        ),
    ],
)
def test_the_first_page_comes_from_an_index(connection, report, status, steps):
    query = Query(connection, ask(report, AS_OF, status=status))
    plan = plan_of(connection, lambda: query.row_ids(100))
    assert [step for step in plan if " a " in step] == steps
    # What may be sorted whole is of 90 days or so: departures, and those of the tracker that may be pending.
    assert plan.count("USE TEMP B-TREE FOR ORDER BY") == (1 if report in (DEPARTURES, TRACKER) else 0)
    if report in (DETAILS, MY_ACCOUNTS):  # their whole order stands in the index
        assert not [step for step in plan if "TEMP B-TREE" in step]


@pytest.mark.parametrize("narrowed", [{"sort": ["email"]}, {"where": ["list_size > 500"]}])
@pytest.mark.parametrize(("report", "status"), [(DETAILS, "O"), (MY_ACCOUNTS, None)])
def test_another_order_of_all_rows_reads_the_accounts_end_to_end(connection, report, status, narrowed):
    query = Query(connection, ask(report, AS_OF, status=status, **narrowed))
    plan = plan_of(connection, query.row_ids)
    assert plan == ["SCAN a", "USE TEMP B-TREE FOR ORDER BY"]


def test_few_rows_are_looked_up_even_for_another_order(connection):
    plan = plan_of(connection, Query(connection, ask(DEPARTURES, AS_OF, sort=["username"])).row_ids)
    assert "SCAN a" not in plan


@pytest.mark.parametrize(
    ("report", "status"), [(DETAILS, "O"), (MY_ACCOUNTS, None), (TRACKER, None), (DEPARTURES, None)]
)
def test_windows_look_accounts_up_by_their_numbers(connection, report, status):
    query = Query(connection, ask(report, AS_OF, status=status, where=["company is not empty"], sort=["username:desc"]))
    order = query.row_ids(60)
    plan = plan_of(connection, lambda: query.rows_of(order))
    looked_up = {step for step in plan if " a " in step}
    assert looked_up == {"SEARCH a USING INTEGER PRIMARY KEY (rowid=?)"}


def test_the_summary_reads_its_index_alone(connection):
    plan = plan_of(connection, lambda: Query(connection, ask(find_report("all-accounts-summary"), AS_OF)))
    of_accounts = [step for step in plan if " a " in step]
    assert of_accounts
    assert all(step.startswith("SCAN a USING COVERING INDEX") for step in of_accounts)
