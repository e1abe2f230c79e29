"""The statuses of an earlier day, found from those of now, are those that the summary gives of what was known."""

from __future__ import annotations

import tempfile
from contextlib import closing

from hypothesis import given
from hypothesis import strategies as st

from core.past.cuts import cut_on, cuts
from core.past.statuses_then import statuses_then
from core.query.query import Query
from core.query.request import ask
from core.reports.catalogue import find_report
from tests.core.past.comings_and_goings import comings_and_goings
from tests.core.past.histories import LEAVING, histories, write
from tests.effort import examples


@examples(100)
@given(st.one_of(histories(keys=("username", *LEAVING[:-1])), comings_and_goings()), st.integers(0, 5))
def test_statuses_then_are_those_of_the_summary_known_on_that_day(history, place):
    standing = history.standing()
    if not standing:
        return
    day = standing[place % len(standing)].day
    with tempfile.TemporaryDirectory() as folder:
        database = write(history, folder)
        with closing(database.read()) as connection:
            cut = cut_on(cuts(connection), day)
            assert cut is not None
            found = statuses_then(connection, cut, day)
        with closing(database.read()) as connection:
            asked = ask(find_report("all-accounts-summary"), day, known_on=day, columns=("status", "total"))
            said = dict(row for block in Query(connection, asked).blocks() for row in block)
    assert +found == {row: number for row, number in said.items() if number}
