"""A report as a table sees it: windows at any place, while accounts come, change and go."""

from __future__ import annotations

import tempfile
from contextlib import closing

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.database import Database
from core.demo.demo import make_demo
from core.errors import Cancelled
from core.query.ordered_rows import View, all_rows, find_rows
from core.query.parameters import STATUS
from core.query.query import Query, run_report
from core.query.request import ask
from core.reports.catalogue import MY_ACCOUNTS, REPORTS, find_report
from db.connection import connect_writing
from tests.core.databases import fill
from tests.core.reports.accounts import DAYS, accounts_on
from tests.effort import examples

AS_OF = DAYS[0]
DEPARTURES = find_report("cancels-and-move-outs")
DETAILS = find_report("managed-account-details")


def never():
    return False


def asked(report, **more):
    return ask(report, AS_OF, status="O" if STATUS in report.parameters else None, **more)


def whole(database, request):
    """Return all rows, as a file would hold them."""
    with closing(database.read()) as connection:
        return list(run_report(connection, request).rows())


@examples(40)
@given(accounts_on(AS_OF), st.sampled_from([*REPORTS, MY_ACCOUNTS]), st.integers(0, 12), st.integers(0, 12))
def test_windows_are_slices_of_the_whole(accounts, report, start, length):
    with tempfile.TemporaryDirectory() as folder:
        database = fill(folder, accounts)
        request = asked(report)
        rows = whole(database, request)
        with closing(database.read()) as connection:
            view = View(connection, request)
            assert view.rows(0, 10) == []
            first = view.first_rows(3)
            view.show(all_rows(database, request, never))
            assert view.row_count == len(rows)
            assert [view.rid(place) for place in range(min(3, len(rows)))] == list(first)
            assert view.rows(start, start + length) == rows[start : start + length]
            assert view.rows(0, len(rows)) == rows


@examples(60)
@given(
    accounts_on(AS_OF),
    st.sampled_from([*REPORTS, MY_ACCOUNTS]),
    st.sampled_from(["A", "łÓDŹ", "ss", "i\u0307", "%", "_", "'", "2026-0", "1", "open", "managed", "Move", "☃", " "]),
)
def test_search_finds_what_is_shown(accounts, report, text):
    with tempfile.TemporaryDirectory() as folder:
        database = fill(folder, accounts)
        request = asked(report)
        rows = whole(database, request)
        with closing(database.read()) as connection:
            view = View(connection, request)
            view.show(all_rows(database, request, never))
            found = view.places_of(find_rows(database, request, text, never))
    shown = [[str(value).casefold() for value in row if value is not None] for row in rows]
    assert found == [place for place, row in enumerate(shown) if any(text.casefold() in value for value in row)]


def test_search_keeps_to_the_columns_and_the_filter(database_of):
    database = database_of({"company": "Acme", "username": "one"}, {"company": "Other", "username": "acme"})
    request = asked(MY_ACCOUNTS, columns=["company"], where=["username != two"])
    assert find_rows(database, request, "acme", never) == {1}
    assert find_rows(database, asked(MY_ACCOUNTS, where=["company = other"]), "acme", never) == {2}


@pytest.mark.parametrize("text", ["1,234", "1234", "234"])
def test_search_finds_numbers_with_and_without_groups(database_of, text):
    database = database_of({"list_size": 1_234}, {"list_size": 1_000_000})
    assert find_rows(database, asked(MY_ACCOUNTS), text, never) == {1}
    assert find_rows(database, asked(MY_ACCOUNTS), ",", never) == set()


class TestMeanwhile:
    """An order was made, and then somebody imports."""

    @pytest.fixture
    def database(self, database_of):
        return database_of(
            {"company": "A", "cancelled_on": "2026-03-30", "moved_out_on": "2026-03-28"},
            {"company": "B", "cancelled_on": "2026-03-29"},
            {"company": "C", "moved_out_on": "2026-03-27", "moved_to": "Elsewhere"},
        )

    def changed(self, database, statement):
        with closing(connect_writing(database.path)) as connection:
            connection.execute(statement)

    def view_of(self, connection, database, request):
        view = View(connection, request)
        view.show(all_rows(database, request, never))
        return view

    @pytest.mark.parametrize("report", [MY_ACCOUNTS, DEPARTURES])
    def test_an_account_that_is_gone_is_blank_in_its_place(self, database, report):
        request = asked(report, columns=["company"])
        with closing(database.read()) as connection:
            view = self.view_of(connection, database, request)
            before = view.rows(0, 10)
            self.changed(database, "DELETE FROM accounts WHERE company = 'B'")
            assert view.rows(0, 10) == [(None,) if row == ("B",) else row for row in before]
            assert (None,) in view.rows(0, 10)

    def test_an_account_that_changed_is_shown_as_it_is_now_where_it_was(self, database):
        request = asked(MY_ACCOUNTS, columns=["company"], where=["company < X"])
        with closing(database.read()) as connection:
            view = self.view_of(connection, database, request)
            self.changed(database, "UPDATE accounts SET company = 'Z' WHERE company = 'A'")
            assert view.rows(0, 10) == [("Z",), ("B",), ("C",)]

    def test_an_event_that_changed_stays_the_event_of_its_account(self, database):
        request = asked(DEPARTURES, columns=["company", "event", "event_on"])
        with closing(database.read()) as connection:
            view = self.view_of(connection, database, request)
            self.changed(database, "UPDATE accounts SET cancelled_on = NULL WHERE company = 'A'")
            assert view.rows(0, 10) == [
                ("A", "Cancel", None),
                ("B", "Cancel", "2026-03-29"),
                ("A", "Move-out", "2026-03-28"),
                ("C", "Move-out", "2026-03-27"),
            ]
            assert [view.account(place) for place in range(4)] == [1, 2, 1, 3]


class TestCancelling:
    """Work on many accounts ends soon after nobody wants it any more."""

    @pytest.fixture
    def many(self, tmp_path):
        path = tmp_path / "demo.db"
        make_demo(path, AS_OF, count=3_000)
        return Database(path)

    @pytest.mark.parametrize(
        "work",
        [
            lambda database, unwanted: all_rows(database, asked(MY_ACCOUNTS, sort=["email"]), unwanted),
            lambda database, unwanted: find_rows(database, asked(MY_ACCOUNTS), "zz", unwanted),
        ],
    )
    def test_it_stops_at_the_first_look(self, many, work, monkeypatch):
        monkeypatch.setattr("core.work._STEPS_BETWEEN_LOOKS", 10_000)
        looks = []

        def unwanted():
            looks.append(True)
            return True

        with pytest.raises(Cancelled, match="nothing was changed"):
            work(many, unwanted)
        assert len(looks) == 2  # one that stopped SQLite, one to tell why it stopped

    def test_a_fault_of_sqlite_is_not_taken_for_cancelling(self, many, monkeypatch):
        monkeypatch.setattr(Query, "row_ids", lambda query: query.connection.execute("SELECT nonsense"))
        with pytest.raises(Exception, match="no such column"):
            all_rows(many, asked(DETAILS), never)
