"""Growth by Month agrees with a walk through every day of every account, over whole snapshots."""

from __future__ import annotations

import tempfile
from contextlib import closing
from dataclasses import asdict
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.past.paying import LEFT_OUT, Gap, growth, merged, months_until
from tests.core.past import oracle
from tests.core.past.comings_and_goings import comings_and_goings
from tests.core.past.histories import TODAY, histories, write
from tests.effort import examples

EXAMPLES = examples(300)
KEYS = (
    *("username", "status", "created_on", "first_payment_on", "initial_upgrade_on", "cancelled_on", "moved_out_on"),
    "moved_to",
)
MONTHS = 6


@EXAMPLES
@given(
    st.one_of(comings_and_goings(), comings_and_goings(), histories(keys=KEYS, accounts=4)),
    st.sampled_from([0, 1, 30, 75, 100]),
)
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
    for earlier, later in pairwise(months):
        assert later.start == earlier.end
    reasons = [why for account in standing[-1].state.values() for why in oracle.left_out(account)]
    assert counts == {why: reasons.count(why) for why in LEFT_OUT}


def gap(start, end, kind=0):
    """Return a gap by days of May; None as its end for one that lasts."""
    return Gap(date(2026, 5, start), kind, end and date(2026, 5, end))


@pytest.mark.parametrize(
    ("own", "cleared", "expected"),
    [
        ([], [gap(2, 4), gap(6, 8)], [gap(2, 4), gap(6, 8)]),
        ([], [gap(6, 8), gap(2, 4)], [gap(2, 4), gap(6, 8)]),
        ([], [gap(2, 6, 2), gap(4, 8, 0)], [gap(2, 8, 2)]),
        ([], [gap(2, 8), gap(4, 6)], [gap(2, 8)]),
        ([], [gap(2, 4, 1), gap(4, 6, 0)], [gap(2, 6, 1)]),
        ([], [gap(2, 4, 2), gap(2, 6, 0), gap(2, 5, 1)], [gap(2, 6, 0)]),
        ([gap(5, None)], [gap(2, 6, 2)], [gap(2, None, 2)]),
        ([gap(5, None)], [gap(7, 9)], [gap(5, None)]),
        ([gap(9, None, 1)], [gap(2, 4)], [gap(2, 4), gap(9, None, 1)]),
        ([], [gap(1, 9), gap(2, 2), gap(21, 25)], []),
    ],
)
def test_gaps_that_overlap_or_touch_are_one_of_the_kind_of_its_first_day(own, cleared, expected):
    assert merged(date(2026, 5, 2), date(2026, 5, 20), own, cleared) == expected


def test_the_first_months_there_are():
    assert [month.first for month in months_until(date(1, 2, 5), 13)] == [date(1, 1, 1), date(1, 2, 1)]
    assert [(month.first, month.last) for month in months_until(date(2024, 3, 15), 2)] == [
        (date(2024, 2, 1), date(2024, 2, 29)),
        (date(2024, 3, 1), date(2024, 3, 15)),
    ]
