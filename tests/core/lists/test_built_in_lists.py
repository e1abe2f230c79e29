"""The built-in lists hold whom the rules say; their counts, tables and sentences agree."""

from __future__ import annotations

import tempfile
from contextlib import closing
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import WrongUse
from core.lists.built_in import BUILT_IN
from core.lists.counts import counted
from core.lists.members import ListReport
from core.query.list_filters import parse_size
from core.query.query import Query
from core.query.request import ask
from tests.core.databases import fill
from tests.core.lists import oracle
from tests.core.reports.accounts import DAYS, accounts_on
from tests.effort import examples

BY_KEY = {target.key: target for target in BUILT_IN}


@st.composite
def cases(draw):
    day = draw(st.sampled_from(DAYS))
    near = st.sampled_from([0, 59, 60, 61, 64, 65, 66, 94, 95]).map(lambda ago: (day - timedelta(ago)).isoformat())
    accounts = draw(accounts_on(day))
    for account in accounts:  # more of those on which these lists turn
        account["status"] = draw(st.sampled_from([account["status"], "O", "T", "E"]))
        account["initial_upgrade_on"] = draw(st.one_of(st.just(account["initial_upgrade_on"]), near))
        account["last_campaign_sent_on"] = draw(st.one_of(st.none(), near))
    return accounts, day


@examples(80)
@given(cases())
def test_members_counts_and_tables_are_those_of_the_rules(case):
    accounts, day = case
    targets = [one.sized(parse_size("1-500")) if one.needs_size else one for one in BUILT_IN]
    with tempfile.TemporaryDirectory() as folder, closing(fill(folder, accounts).read()) as connection:
        for line in counted(connection, targets, day):
            key = line.target.key.partition(":")[0]
            expected = oracle.members(key, accounts, day, (1, 500))
            assert line.count == len(expected), key
            report = ListReport(line.target)
            blocks = Query(connection, ask(report, day, columns=("account_id", "username"))).blocks()
            assert sorted((row for block in blocks for row in block), key=repr) == sorted(
                ((a["account_id"], a["username"]) for a in expected), key=repr
            ), key


def test_each_reads_back_as_a_sentence():
    day = date(2026, 3, 4)
    assert BY_KEY["never-logged-in"].sentence(day) == (
        "Last Login is not known and Status is one of “Open”, “Trial” and In Partnership is “yes”"
    )
    assert BY_KEY["left"].sentence(day) == "Left On is from 90 days ago (2025-12-04) to today (2026-03-04)"
    assert BY_KEY["list-of-a-size"].sentence(day) == "Accounts by the number of their contacts"


def test_one_asks_for_a_size_and_the_others_take_none():
    asking = BY_KEY["list-of-a-size"]
    with pytest.raises(WrongUse, match="needs a size"):
        asking.request(date(2026, 3, 4))
    assert asking.sized(parse_size("500-")).sentence(date(2026, 3, 4)).endswith("List Size is at least 500")
    assert asking.sized(parse_size("500-")).key != asking.sized(parse_size("600-")).key
    with pytest.raises(WrongUse, match="takes no size"):
        BY_KEY["left"].sized(parse_size("500-"))


def test_a_field_that_is_hardly_known_is_pointed_out(database_of):
    database = database_of(*({"status": "O", "list_size": 5} for _ in range(4)), {"last_login_on": "2026-01-01"})
    with closing(database.read()) as connection:
        for key, words in (
            ("never-logged-in", "Last Login is not known for 4 of 5 accounts"),
            ("bonus-due", "Upgrade"),
        ):
            report = ListReport(BY_KEY[key])
            notes = report.notes(connection, ask(report, date(2026, 3, 4)))
            assert any(words in note for note in notes), notes
