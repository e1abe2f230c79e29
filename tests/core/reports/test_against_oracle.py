"""SQL and a second, independent computation agree on every report: each row, their order, what the notes count."""

from __future__ import annotations

import re
import tempfile
from contextlib import closing
from datetime import timedelta
from operator import itemgetter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.query.query import run_report
from core.query.request import ask
from core.reports.catalogue import MY_ACCOUNTS, find_report
from db.fields import FIELDS
from tests.core.conditions.written import conditions
from tests.core.databases import fill
from tests.core.reports import oracle
from tests.core.reports.accounts import DAYS, accounts_on
from tests.effort import examples

SUMMARY = find_report("all-accounts-summary")
DETAILS = find_report("managed-account-details")
TRACKER = find_report("new-account-bonus-tracker")
DEPARTURES = find_report("cancels-and-move-outs")
SIZES = {"500-2500": (500, 2_500), "500-": (500, None), "-2500": (None, 2_500), "0": (0, 0)}
EXAMPLES = examples(40)


@st.composite
def cases(draw, **more):
    """Draw accounts, and a day near the one whose edges they stand on."""
    day = draw(st.sampled_from(DAYS))
    accounts = draw(accounts_on(day))
    as_of = day + timedelta(draw(st.sampled_from([0, 0, 1, -1, 95])))
    return accounts, as_of, {name: draw(strategy) for name, strategy in more.items()}


@st.composite
def views(draw, report, as_of, keys):
    """Draw what a person may ask of any list: conditions, an order, columns."""
    where = draw(st.lists(conditions(report.columns, as_of), max_size=2))
    key = st.sampled_from(keys)
    sorts = draw(st.lists(st.tuples(key, st.booleans()), max_size=2, unique_by=itemgetter(0)))
    columns = draw(st.one_of(st.just(keys), st.lists(key, min_size=1, unique=True)))
    return where, sorts, columns


def run(accounts, report, as_of, **asked):
    """Return the result of a request, with its rows as a list."""
    with tempfile.TemporaryDirectory() as folder:
        database = fill(folder, accounts)
        with closing(database.read()) as connection:
            result = run_report(connection, ask(report, as_of, **asked))
            return result, list(result.rows())


def noted(result, words):
    """Return the number that the note with these words begins with, 0 where there is no such note."""
    numbers = [int(re.match(r"[\d,]+", note)[0].replace(",", "")) for note in result.notes if words in note]
    assert len(numbers) < 2
    assert 0 not in numbers
    return sum(numbers)


def check_list(data, report, accounts, as_of, lines, keys, **asked):
    """Run a list under a drawn view and compare it with the lines it should have; return the result and those lines."""
    where, sorts, columns = data.draw(views(report, as_of, keys))
    kept = [line for line in lines if all(meaning(line) is True for _, meaning in where)]
    kept = oracle.in_order(kept, sorts or oracle.ORDER[report.id])
    result, rows = run(
        accounts,
        report,
        as_of,
        where=[text for text, _ in where],
        sort=[f"{key}:desc" if descending else key for key, descending in sorts],
        columns=[] if columns == keys else columns,
        **asked,
    )
    assert [column.key for column in result.columns] == columns
    assert rows == oracle.cells(kept, columns)
    assert result.row_count == len(kept)
    return result, kept


@EXAMPLES
@given(cases())
def test_all_accounts_summary(case):
    accounts, as_of, _ = case
    result, rows = run(accounts, SUMMARY, as_of)
    keys, expected = oracle.all_accounts_summary(accounts, as_of)
    assert [column.key for column in result.columns] == keys
    assert rows == expected
    assert result.row_count == len(expected)
    assert noted(result, "disagree") == oracle.disagreements(accounts, as_of)
    assert noted(result, "left the partnership") == len(accounts) - expected[-1][-1]


@EXAMPLES
@given(
    cases(
        status=st.sampled_from("OTEC"),
        no_list=st.booleans(),
        size=st.sampled_from([None, None, *SIZES]),
        never_logged_in=st.booleans(),
        never_sent=st.booleans(),
    ),
    st.data(),
)
def test_managed_account_details(case, data):
    accounts, as_of, asked = case
    status, size = asked.pop("status"), asked.pop("size")
    lines = oracle.managed_account_details(accounts, as_of, status, sizes=SIZES.get(size), **asked)
    asked |= {"status": status, "list_size": size}
    result, kept = check_list(data, DETAILS, accounts, as_of, lines, oracle.DETAILS, **asked)
    assert dict(result.totals) == {
        **sum_of_known("Contacts in their lists", "list_size", kept),
        **sum_of_known("Campaigns sent", "campaigns_sent", kept),
    }
    assert noted(result, "disagree") == oracle.disagreements(accounts, as_of)


@EXAMPLES
@given(cases(), st.data())
def test_new_account_bonus_tracker(case, data):
    accounts, as_of, _ = case
    lines = oracle.new_account_bonus_tracker(accounts, as_of)
    result, kept = check_list(data, TRACKER, accounts, as_of, lines, oracle.TRACKER)
    found = [line["nab_status"] for line in kept]
    assert dict(result.totals) == {word: found.count(word) for word in ("Earned", "Pending", "Lost", "Unknown")}
    assert noted(result, "no initial upgrade date") == oracle.open_without_upgrade(accounts, as_of)
    assert noted(result, "disagree") == oracle.disagreements(accounts, as_of)


@EXAMPLES
@given(cases(), st.data())
def test_cancels_and_move_outs(case, data):
    accounts, as_of, _ = case
    lines = oracle.cancels_and_move_outs(accounts, as_of)
    result, kept = check_list(data, DEPARTURES, accounts, as_of, lines, oracle.DEPARTURES)
    found = [line["event"] for line in kept]
    assert dict(result.totals) == {word: found.count(word) for word in ("Cancel", "Move-out", "Gone")}
    assert noted(result, "no cancel date") == oracle.cancelled_without_date(accounts, as_of)
    assert noted(result, "moved out without a date") == oracle.moved_without_date(accounts)
    assert noted(result, "disagree") == oracle.disagreements(accounts, as_of)


def sum_of_known(label, key, lines):
    """Return the total of what is known; nothing where nothing is."""
    known = [line[key] for line in lines if line[key] is not None]
    return {label: sum(known)} if known else {}


@EXAMPLES
@given(cases(), st.data())
def test_my_accounts(case, data):
    accounts, as_of, _ = case
    lines = [oracle.shown(account) for account in accounts]
    keys = [*(field.key for field in FIELDS), "starred", "last_note"]
    result, kept = check_list(data, MY_ACCOUNTS, accounts, as_of, lines, keys)
    assert dict(result.totals) == sum_of_known("Contacts in their lists", "list_size", kept)


@pytest.mark.parametrize("report", [DETAILS, TRACKER, DEPARTURES])
def test_the_columns_are_those_of_the_contract(report):
    keys = {DETAILS: oracle.DETAILS, TRACKER: oracle.TRACKER, DEPARTURES: oracle.DEPARTURES}[report]
    assert [column.key for column in report.columns] == keys
