"""The net changes agree with a comparison of whole snapshots, whatever was imported and taken back."""

from __future__ import annotations

import tempfile
from contextlib import closing
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from core.past.cuts import cut_on, cuts, day_before_last
from core.past.net_changes import CHANGES, Compared
from tests.core.past import oracle
from tests.core.past.comings_and_goings import comings_and_goings
from tests.core.past.histories import AGO, TODAY, histories, write
from tests.effort import examples

EXAMPLES = examples(150)
DAYS = st.sampled_from([ago for ago in AGO if ago >= 0]).map(lambda ago: TODAY - timedelta(ago))


def compare(database, since_day, until_day):
    """Return the rows as the oracle has them, by the accounts' ids, and how many have none; None before any import."""
    with closing(database.read()) as connection:
        known = cuts(connection)
        since, until = cut_on(known, since_day), cut_on(known, until_day)
        if since is None or until is None:
            return None
        days = {cut.import_id: cut.day for cut in known}
        ids = dict(connection.execute("SELECT pk, CAST(substr(account_id, 2) AS INTEGER) FROM accounts"))
        compared = Compared(connection, since, until, since_day, until_day)
        rows = [
            (ids[row.account], row.change, row.field, row.before, row.after, row.difference, days[row.import_id])
            for row in compared.rows()
        ]
        return rows, compared.without_row


@EXAMPLES
@given(st.one_of(histories(), comings_and_goings()), DAYS, DAYS)
def test_rows_are_those_of_whole_snapshots(history, one, other):
    since_day, until_day = sorted((one, other))
    standing = history.standing()
    since, until = (oracle.known_on(standing, day) for day in (since_day, until_day))
    with tempfile.TemporaryDirectory() as folder:
        found = compare(write(history, folder), since_day, until_day)
    if since < 0:
        assert found is None
        return
    rows, silent = oracle.what_changed(standing, since, until, since_day, until_day)
    assert sorted(found[0], key=str) == sorted(rows, key=str)
    assert found[1] == silent


@EXAMPLES
@given(histories(keys=("username", "status", "cancelled_on"), accounts=4), st.lists(DAYS, min_size=3, max_size=3))
def test_statuses_compose(history, days):
    first, middle, last = sorted(days)
    with tempfile.TemporaryDirectory() as folder:
        database = write(history, folder)
        steps = [compare(database, *pair) for pair in ((first, middle), (middle, last), (first, last))]
    if any(step is None for step in steps):
        return
    one, two, both = (statuses(rows) for rows, _ in steps)
    for account in one.keys() | two.keys():
        ends = [pair for pair in (one.get(account), two.get(account)) if pair]
        before, after = ends[0][0], ends[-1][1]
        assert both.get(account, (before, before)) == (before, after)
    assert both.keys() <= one.keys() | two.keys()


def statuses(rows):
    """Return what became of the status of each account: before and after; a return gives what it was before."""
    found = {}
    for account, change, _, before, after, *_ in rows:
        if change in ("Upgraded", "Trial Expired", "Status") or (change == "Canceled" and account not in found):
            found[account] = before, after
        elif change == "Returned" and (before == "Canceled" or before):
            found[account] = "Canceled", after
    new = {account for account, change, *_ in rows if change == "New"}
    gone = {account for account, change, *_ in rows if change in ("Moved Out", "Gone")}
    return {account: pair for account, pair in found.items() if account not in new | gone}


def test_each_kind_of_change_has_a_place_of_its_own():
    assert len(set(CHANGES)) == len(CHANGES) == 15


def test_the_day_before_the_last_is_that_of_other_imports():
    from core.past.cuts import Cut

    known = [Cut(number, TODAY - timedelta(ago), "x") for number, ago in enumerate([14, 7, 7, 0, 0])]
    assert day_before_last(known, TODAY) == TODAY - timedelta(7)
    assert day_before_last(known, TODAY - timedelta(1)) == TODAY - timedelta(14)
    assert day_before_last(known, TODAY - timedelta(8)) is None
    assert cut_on(known, TODAY - timedelta(1)).import_id == 2
    assert cut_on(known, TODAY - timedelta(15)) is None
