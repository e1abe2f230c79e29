"""Growth by Month agrees with a walk through every day of every account, over whole snapshots."""

from __future__ import annotations

import tempfile
from contextlib import closing
from dataclasses import asdict
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from core.past.paying import LEFT_OUT, growth, months_until
from tests.core.past import oracle
from tests.core.past.histories import TODAY, histories, write

EXAMPLES = settings(max_examples=120)
KEYS = (
    *("username", "status", "created_on", "first_payment_on", "initial_upgrade_on", "cancelled_on", "moved_out_on"),
    "moved_to",
)
MONTHS = 6


@EXAMPLES
@given(histories(keys=KEYS, accounts=4), st.sampled_from([0, 1, 30, 75, 100]))
def test_months_are_those_of_every_day(history, ago):
    standing = history.standing()
    if not standing:
        return
    as_of = TODAY - timedelta(ago)
    with tempfile.TemporaryDirectory() as folder, closing(write(history, folder).read()) as connection:
        months = growth(connection, as_of, MONTHS)
        counts = {
            why: connection.execute(f"SELECT count(*) FROM accounts AS a WHERE {condition}").fetchone()[0]
            for why, condition in LEFT_OUT.items()
        }
    expected = oracle.growth(standing, as_of, MONTHS)
    for month, row in zip(months, expected, strict=True):
        found = asdict(month) | {"end": month.end, "month": f"{month.first:%Y-%m}"}
        assert {key: found[key] for key in row if key in found} == {key: row[key] for key in row if key in found}
        assert month.loss_rate(as_of) == row["loss_rate"]
        assert month.conversion(as_of) == row["conversion"]
        assert month.start + month.started + month.returned - month.canceled - month.moved_out == row["end"]
    reasons = [why for account in standing[-1].state.values() for why in oracle.left_out(account)]
    assert counts == {why: reasons.count(why) for why in LEFT_OUT}


def test_the_first_months_there_are():
    assert [month.first for month in months_until(date(1, 2, 5), 13)] == [date(1, 1, 1), date(1, 2, 1)]
    assert [(month.first, month.last) for month in months_until(date(2024, 3, 15), 2)] == [
        (date(2024, 2, 1), date(2024, 2, 29)),
        (date(2024, 3, 1), date(2024, 3, 15)),
    ]
