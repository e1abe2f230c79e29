"""Every report of what was known on a day is, cell by cell, what it said then: undone imports were never known."""

from __future__ import annotations

import tempfile
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import NoAccounts
from core.query.query import run_report
from core.query.request import ask
from core.reports.catalogue import MY_ACCOUNTS, REPORTS
from tests.core.past.comings_and_goings import comings_and_goings
from tests.core.past.histories import History, histories, write
from tests.effort import examples

ASKED = [(report, {"status": "O"} if report.id == "managed-account-details" else {}) for report in REPORTS]
ASKED = [(report, given_) for report, given_ in ASKED if report.has_past] + [(MY_ACCOUNTS, {})]


def said(database, day, **known):
    """Return what each report says as of a day: rows, totals, notes, and how fresh the accounts are."""
    found = []
    for report, asked in ASKED:
        with closing(database.read()) as connection:
            result = run_report(connection, ask(report, day, **known, **asked))
            found.append((report.id, list(result.rows()), result.totals, result.notes, result.freshness))
    return found


@examples(150)
@given(st.one_of(comings_and_goings(), comings_and_goings(), histories()), st.integers(0, 8))
def test_what_was_known_is_what_was_said_then(history, place):
    standing = history.standing()
    if not standing:
        return
    day = standing[place % len(standing)].day
    then = [snapshot for snapshot in standing if snapshot.day <= day]
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "then").mkdir()
        database = write(history, folder)
        as_it_was = write(History([(snapshot, 0) for snapshot in then]), Path(folder) / "then")
        assert said(database, day, known_on=day) == said(as_it_was, day)
        if then[0].day < day:
            return
        with pytest.raises(NoAccounts):
            said(database, day, known_on=day.replace(year=2000))
