"""A report looked at, without a screen: late answers are passed over, and what is shown is what was wanted last."""

from __future__ import annotations

import threading
from array import array
from collections.abc import Iterator
from concurrent.futures import Future
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from core.database import Database
from core.errors import Cancelled, Fault, WrongUse
from core.query import reader
from core.query.column_layout import ColumnLayout
from core.query.columns import Row
from core.query.ordered_rows import View
from core.query.reader import PatientRows, Reader
from core.query.request import ask
from core.query.sorting import Sort
from core.reports.catalogue import MY_ACCOUNTS
from core.views.session import ReportSession
from core.work import Work
from tests.tui.application import AS_OF, fill

ALL = ["A1", "A2", "A3", "A4", "A5"]


@pytest.fixture
def database(tmp_path: Path) -> Database:
    fill(tmp_path / "partner.db")
    return Database(tmp_path / "partner.db")


@pytest.fixture
def session(database: Database) -> Iterator[ReportSession]:
    """Yield a session with all of its rows in order."""
    session = ReportSession(ask(MY_ACCOUNTS, AS_OF))
    assert session.opened(session.opening(database)(Work()))
    assert session.ordered(session.ordering(database)(Work()))
    yield session
    session.close()


def ids(session: ReportSession) -> list[object]:
    assert session.view is not None
    assert session.reader is not None
    view = session.view
    return [row[0] for row in session.reader.call(lambda _: view.rows(0, view.row_count)).result()]


def filtered(session: ReportSession, *where: str) -> None:
    session.change(replace(session.history.now, where=where))


def test_rows_are_those_wanted_last_whatever_comes_late(database: Database, session: ReportSession) -> None:
    filtered(session, "status = Open")
    late = session.ordering(database)(Work())
    filtered(session, "status = Canceled")
    newest = session.ordering(database)(Work())
    assert session.ordered(late) is None
    assert sorted(map(str, ids(session))) == ALL
    shown = session.ordered(newest)
    assert shown is not None
    assert shown.is_refiltered
    assert ids(session) == ["A4"]
    assert session.wanted is None


def test_the_same_wish_is_not_put_in_order_twice(session: ReportSession) -> None:
    filtered(session, "status = Open")
    number = session.order_number
    session.change(replace(session.history.now, layout=ColumnLayout(hidden=frozenset(["username"]))))
    assert session.order_number == number


def test_undone_before_it_was_there_leaves_nothing_under_way(database: Database, session: ReportSession) -> None:
    filtered(session, "status = Open")
    late = session.ordering(database)(Work())
    session.undo()
    assert session.wanted is None
    assert session.ordered(late) is None
    assert len(ids(session)) == 5
    session.redo()
    assert session.ordered(session.ordering(database)(Work())) is not None
    assert sorted(map(str, ids(session))) == ["A1", "A2"]


def test_stopping_stays_with_what_is_shown_and_can_be_undone(session: ReportSession) -> None:
    assert not session.stop()
    filtered(session, "status = Open")
    assert session.stop()
    assert session.history.now.where == ()
    session.undo()
    assert session.history.now.where == ("status = Open",)


def test_what_cannot_be_put_in_order_is_given_up(session: ReportSession) -> None:
    filtered(session, "status = Open")
    session.not_ordered()
    assert (session.wanted, session.history.now.where) == (None, ())


def test_a_condition_that_cannot_be_read_changes_nothing(session: ReportSession) -> None:
    with pytest.raises(WrongUse):
        filtered(session, "nowhere = 1")
    assert session.history.before == ()
    assert session.wanted is None


def test_an_opening_that_comes_late_is_closed(database: Database, session: ReportSession) -> None:
    late = session.opening(database)(Work())
    newest = session.opening(database)(Work())
    assert not session.opened(late)
    assert late.reader.is_closed
    assert session.opened(newest)
    assert session.reader is newest.reader


def test_an_opening_that_is_no_longer_wanted_leaves_nothing_open(database: Database) -> None:
    before = threading.active_count()
    work = Work()
    work.stop()
    with pytest.raises(Cancelled):
        ReportSession(ask(MY_ACCOUNTS, AS_OF)).opening(database)(work)
    for thread in threading.enumerate():
        if thread.name.startswith("rows"):
            thread.join()
    assert threading.active_count() == before


def test_late_totals_and_findings_are_passed_over(database: Database, session: ReportSession) -> None:
    sums = [session.summing(database)(Work()) for _ in range(2)]
    assert [session.summed(each) for each in sums] == [False, True]
    assert session.row_count == 5
    searches = [session.searching(database, text, ColumnLayout()) for text in ("acme", "gone")]
    found = [search(Work()) for search in searches if search]
    assert [session.found(each) for each in found] == [False, True]
    assert session.hits.text == "gone"
    assert session.searching(database, "", ColumnLayout()) is None
    assert not session.found(found[1])


def test_selection_is_by_row_whatever_the_order(database: Database, session: ReportSession) -> None:
    places = {account: place for place, account in enumerate(ids(session))}
    session.select_row(places["A1"])
    session.select_row(places["A4"])
    session.change(replace(session.history.now, sort=(Sort("account_id", descending=True),)))
    assert session.ordered(session.ordering(database)(Work())) is not None
    assert [account for place, account in enumerate(ids(session)) if session.is_selected(place)] == ["A4", "A1"]
    assert len(session.selected(ColumnLayout()).picked or ()) == 2
    session.select_all()
    assert session.selection.count == 5
    made = session.listing(database, "these")(Work())
    assert made.is_selection


def test_the_view_is_remembered_only_when_it_was_changed(database: Database, session: ReportSession) -> None:
    assert session.remembering(database) is None
    session.change(replace(session.history.now, sort=(Sort("company"),)))
    keep = session.remembering(database)
    assert keep is not None
    keep()
    other = ReportSession(ask(MY_ACCOUNTS, date(2026, 1, 1)))
    other.opened(other.opening(database)(Work()))
    assert other.history.now.sort == (Sort("company"),)
    other.close()


class SlowView(View):
    """A view whose rows come when they are let."""

    def __init__(self, view: View) -> None:
        self.__dict__.update(vars(view))
        self.let = threading.Event()

    def rows(self, start: int, stop: int) -> list[Row]:
        self.let.wait()
        return super().rows(start, stop)


def test_rows_that_come_late_are_fetched_later(session: ReportSession, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "MOMENT", 0.0)
    assert session.view is not None
    assert session.reader is not None
    slow, told, faults = SlowView(session.view), list[Future[None]](), list[Fault]()
    rows = PatientRows(session.reader, slow, lambda _, future: told.append(future), faults.append)
    assert rows.rows(0, 3) == []
    slow.let.set()
    told[0].result()
    assert [row[0] for row in rows.rows(0, 3)] == ids(session)[:3]
    assert faults == []


def test_a_closed_reader_has_no_rows(database: Database) -> None:
    closed = Reader(database)
    view = closed.call(lambda connection: View(connection, ask(MY_ACCOUNTS, AS_OF))).result()
    view.show(array("q", [1]))
    closed.close()
    assert PatientRows(closed, view, lambda *_: None, lambda _: None).rows(0, 1) == []
