"""Bonus Forecast and Accounts at Risk agree with a second computation, plain Python over whole snapshots."""

from __future__ import annotations

import sqlite3
import tempfile
from contextlib import closing
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import WrongUse
from core.lists.lists import find_list
from core.lists.members import ListReport
from core.past.survival import chances, seen_on
from core.query.query import Query, run_report
from core.query.request import ask
from core.reports import bonus_forecast
from core.reports.catalogue import find_report
from tests.core.databases import account, fill
from tests.core.past import oracle
from tests.core.past.comings_and_goings import comings_and_goings
from tests.core.past.histories import TODAY, histories, write
from tests.core.reports.oracle import new_account_bonus_tracker
from tests.effort import examples

FORECAST, RISK, TRACKER = map(find_report, ("bonus-forecast", "accounts-at-risk", "new-account-bonus-tracker"))
EXAMPLES = examples(100)
USED = (
    *("username", "status", "list_size", "last_login_on", "last_campaign_sent_on", "campaigns_sent"),
    *("initial_upgrade_on", "cancelled_on"),
)
"""Fields that risk rests on; none lets an account leave but a complete list."""


def rows_of(database, report, as_of, **asked):
    with closing(database.read()) as connection:
        result = run_report(connection, ask(report, as_of, **asked))
        keys = [column.key for column in result.columns]
        return [dict(zip(keys, row, strict=True)) for row in result.rows()], result


# --- the estimate ---


@given(
    st.lists(st.tuples(st.sampled_from(["lost", "stayed", "so far"]), st.integers(0, 9)), max_size=30),
)
def test_chances_are_the_product_of_days_survived(accounts):
    days = 10
    lost = [sum(kind == "lost" and day == d for kind, day in accounts) for d in range(days)]
    left = [(day, 1) for kind, day in accounts if kind == "lost"]
    under_way = [(day, 1) for kind, day in accounts if kind == "so far"]
    stayed = sum(kind == "stayed" for kind, _ in accounts)
    found = chances(lost, seen_on(days, left, stayed, under_way))
    for day in range(days):
        chance = 1.0
        for i in range(day + 1, days):
            there = sum(kind == "stayed" or at >= i for kind, at in accounts)
            if there:
                chance *= 1 - lost[i] / there
        assert float(found[day]) == pytest.approx(chance)


# --- the forecast ---


def expected_months(accounts, as_of, fewest):
    lines = new_account_bonus_tracker(accounts, as_of)
    past = []
    for line in lines:
        upgraded = date.fromisoformat(line["initial_upgrade_on"])
        if not as_of - timedelta(730) < upgraded:
            continue
        if line["nab_status"] == "Lost":
            cancel, move = line["cancelled_on"], line["moved_out_on"]
            ends = [day for day in (cancel if cancel and cancel >= str(upgraded) else None, move) if day]
            ends = [date.fromisoformat(day) for day in ends if day <= str(as_of)]
            end = min(ends, default=None)
            if end is None or (end - upgraded).days >= 95:
                end = date.fromisoformat(line["gone_on"])
            if end >= upgraded:
                past.append(("Lost", (end - upgraded).days))
        elif line["nab_status"] in ("Earned", "Pending"):
            past.append((line["nab_status"], (as_of - upgraded).days))
    decided = sum(kind != "Pending" for kind, _ in past)

    def p(day):
        chance = 1.0
        for i in range(day + 1, 95):
            there = sum(kind == "Earned" or days >= i for kind, days in past)
            if there:
                chance *= 1 - sum(kind == "Lost" and days == i for kind, days in past) / there
        return chance

    months, day = {}, as_of
    while day <= as_of + timedelta(95):
        months.setdefault(f"{day:%Y-%m}", [0, 0, 0, 0.0])
        day += timedelta(1)
    for line in lines:
        month = months.get((line["bonus_on"] or "")[:7])
        if month is None:
            continue
        if line["nab_status"] == "Earned":
            month[0] += 1
        else:
            idle = line["last_campaign_sent_on"]
            idle = idle < str(as_of - timedelta(60)) if idle else line["campaigns_sent"] in (0, None)
            here = oracle.out(line, as_of) is None
            month[1] += 1
            month[2] += bool(idle and here and line["status"] in ("Open", "Trial"))
            month[3] += p(line["days_since_upgrade"])
    months["Total"] = [sum(month[at] for month in months.values()) for at in range(4)]
    return months, decided >= fewest


@EXAMPLES
@given(
    st.one_of(histories(keys=(*USED, "moved_out_on"), accounts=6), comings_and_goings(accounts=5)),
    st.sampled_from([0, 1, 30, 90]),
    st.sampled_from([0, 2]),
)
def test_the_forecast_is_that_of_the_second_computation(history, ago, fewest):
    standing = history.standing()
    if not standing:
        return
    as_of = TODAY - timedelta(ago)
    accounts = list(standing[-1].state.values())
    months, is_known = expected_months(accounts, as_of, fewest)
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patched:
        patched.setattr(bonus_forecast, "FEWEST", fewest)
        database = write(history, folder)
        rows, _ = rows_of(database, FORECAST, as_of)
        pending = rows_of(database, TRACKER, as_of, where=["nab_status = Pending"])[1].row_count
        with closing(database.read()) as connection:
            at_risk = run_report(connection, ask(ListReport(find_list(connection, "Bonus at risk")), as_of)).row_count
    assert [row["month"] for row in rows] == list(months)
    for row in rows:
        earned, due, at_risk, expected = months[row["month"]]
        assert (row["earned"], row["due"], row["at_risk"]) == (earned, due, at_risk)
        assert row["expected"] == (pytest.approx(expected, abs=0.051) if is_known else None)
    assert (rows[-1]["due"], rows[-1]["at_risk"]) == (pending, at_risk)


def test_amounts_stand_only_where_they_are_set_and_are_numbers(tmp_path, monkeypatch):
    upgraded = [TODAY - timedelta(days) for days in [*range(100, 130), 10]]
    accounts = [
        account(account_id=f"a{number}", status="O", initial_upgrade_on=str(day)) for number, day in enumerate(upgraded)
    ]
    database = fill(tmp_path, accounts)
    assert "amount" not in rows_of(database, FORECAST, TODAY)[0][0]
    settings_of = bonus_forecast.load_settings()
    for text, amount in (("50", 50), ("12.50", 12)):
        changed = type(settings_of)(bonus_amount=text, bonus_currency="USD")
        monkeypatch.setattr(bonus_forecast, "load_settings", lambda changed=changed: changed)
        rows, result = rows_of(database, FORECAST, TODAY)
        assert rows[-1]["amount"] == amount
        assert any("USD" in note for note in result.notes)
    monkeypatch.setattr(bonus_forecast, "load_settings", lambda: type(settings_of)(bonus_amount="a lot"))
    with pytest.raises(WrongUse, match="no number"):
        rows_of(database, FORECAST, TODAY)


# --- risk ---


def risks(standing, as_of):
    """Return the accounts with three points or more: their points and reasons by id."""
    accounts = standing[-1].state
    here = {each: one for each, one in accounts.items() if one["status"] == "O" and oracle.out(one, as_of) is None}

    def is_known(*keys):
        return sum(all(one[key] is None for key in keys) for one in here.values()) * 2 < len(here)

    then = oracle.known_on(standing, as_of - timedelta(60))
    nab = {line["account_id"]: line for line in new_account_bonus_tracker(list(accounts.values()), as_of)}
    found = {}
    for each, one in here.items():
        points, why = 0, []

        def add(number, words, why=why):
            why.append(words)
            return number

        def ago(key, one=one):
            return (as_of - date.fromisoformat(one[key])).days if one[key] else None

        if is_known("last_campaign_sent_on", "campaigns_sent"):
            paid = oracle.paid_on(one)
            if oracle.never_sent(one):
                if paid is None or (as_of - paid).days >= 30:
                    points += add(3, "never sent")
            elif (days := ago("last_campaign_sent_on")) is not None and days > 60:
                points += add(3 if days > 90 else 2, f"no campaign for {days:,} days")
        if is_known("last_login_on"):
            days = ago("last_login_on")
            if days is None:
                points += add(2, "never logged in")
            elif days > 90:
                points += add(2, f"no login for {days:,} days")
        if is_known("list_size"):
            size = one["list_size"]
            if size in (0, None):
                points += add(2, "no list")
            before = standing[then].state.get(each, {}).get("list_size") if then >= 0 else None
            if size is not None and before is not None and before >= 50 and size <= before * 0.8:
                points += add(2, f"list fell from {before:,} to {size:,}")
        line = nab.get(one["account_id"])
        if is_known("initial_upgrade_on") and line and line["nab_status"] == "Pending":
            days = line["days_to_go"]
            points += add(1, f"bonus due in {days} day{'s' if days != 1 else ''}")
        if points >= 3:
            found[one["account_id"]] = points, "; ".join(why)
    return found


@EXAMPLES
@given(
    st.one_of(histories(keys=USED, accounts=6), comings_and_goings(accounts=5)),
    st.sampled_from([0, 1, 30]),
)
def test_risks_are_those_of_the_second_computation(history, ago):
    standing = history.standing()
    if not standing:
        return
    as_of = TODAY - timedelta(ago)
    with tempfile.TemporaryDirectory() as folder:
        rows, _ = rows_of(write(history, folder), RISK, as_of)
    assert {row["account_id"]: (row["risk"], row["reasons"]) for row in rows} == risks(standing, as_of)
    order = [(-row["risk"], row["list_size"] is None, -(row["list_size"] or 0)) for row in rows]
    assert order == sorted(order)


@pytest.mark.parametrize(("days", "ids"), [(0, ["a1", "a2"]), (13, ["a1", "a2"]), (14, ["a1", "a2"]), (15, ["a2"])])
def test_accounts_noted_of_late_can_be_left_out(tmp_path, days, ids):
    idle = {"status": "O", "last_login_on": "2025-01-01", "last_campaign_sent_on": "2025-01-01", "list_size": 9}
    database = fill(tmp_path, [account(account_id=each, **idle) for each in ("a1", "a2")])
    noted = str(TODAY - timedelta(14))
    with closing(sqlite3.connect(database.path)) as connection, connection:
        connection.execute(
            "INSERT INTO account_notes (account_id, text, noted_on, noted_at) VALUES ('a1', 'called', ?, ?)",
            [noted, noted],
        )
    rows, _ = rows_of(database, RISK, TODAY, not_noted_for=days, sort=["account_id"])
    assert [row["account_id"] for row in rows] == ids


def test_windows_of_rows_are_those_of_the_whole(tmp_path):
    idle = {"status": "O", "last_login_on": "2025-01-01", "last_campaign_sent_on": "2025-01-01"}
    database = fill(tmp_path, [account(account_id=f"a{n}", list_size=n, **idle) for n in range(20)])
    with closing(database.read()) as connection:
        query = Query(connection, ask(RISK, TODAY))
        rids = query.row_ids()
        assert query.rows_of(rids[5:9]) == [row for block in query.blocks() for row in block][5:9]
