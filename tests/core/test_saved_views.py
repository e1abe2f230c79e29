"""Views that are kept: the last one of each report, and those with a name."""

from __future__ import annotations

from contextlib import closing

import pytest

from core.errors import WrongUse
from core.query.column_layout import ColumnLayout
from core.query.sorting import Sort
from core.reports.catalogue import MY_ACCOUNTS, find_report
from core.views.saved_views import delete_view, last_view, load_view, remember_view, save_view, view_names
from core.views.view import ViewState

DETAILS = find_report("managed-account-details")
STATE = ViewState(("list_size > 5",), (Sort("company"),), ColumnLayout(hidden=frozenset({"email"})))


def test_views_are_saved_by_report_in_any_case(database_of) -> None:
    database = database_of({})
    save_view(database.path, DETAILS, " Große Listen ", STATE)
    save_view(database.path, DETAILS, "GROSSE LISTEN", ViewState())
    save_view(database.path, DETAILS, "a", STATE)
    save_view(database.path, MY_ACCOUNTS, "b", STATE)
    with closing(database.read()) as connection:
        assert view_names(connection, DETAILS) == ["a", "GROSSE LISTEN"]
        assert load_view(connection, DETAILS, "große listen") == ViewState()
        assert load_view(connection, DETAILS, "A") == STATE
        with pytest.raises(WrongUse, match="Saved are: a, GROSSE LISTEN"):
            load_view(connection, DETAILS, "b")
    delete_view(database.path, DETAILS, " a ")
    with closing(database.read()) as connection:
        assert view_names(connection, DETAILS) == ["GROSSE LISTEN"]


@pytest.mark.parametrize("name", ["", "  ", "x" * 81, "a\x1b[2Jb"])
def test_names_that_will_not_do(database_of, name: str) -> None:
    with pytest.raises(WrongUse):
        save_view(database_of({}).path, DETAILS, name, STATE)


def test_the_last_view_is_remembered_for_each_report(database_of) -> None:
    database = database_of({})
    remember_view(database.path, DETAILS, ViewState())
    remember_view(database.path, DETAILS, STATE)
    with closing(database.read()) as connection:
        assert last_view(connection, DETAILS) == STATE
        assert last_view(connection, MY_ACCOUNTS) is None
        assert view_names(connection, DETAILS) == []


def test_a_last_view_that_cannot_be_read_any_more_is_passed_over(database_of) -> None:
    database = database_of({})
    remember_view(database.path, DETAILS, ViewState(sort=(Sort("gone"),)))
    with closing(database.read()) as connection:
        assert last_view(connection, DETAILS) is None


def test_a_database_that_cannot_be_written_stops_nobody(tmp_path) -> None:
    (tmp_path / "x.db").write_text("no database")
    remember_view(tmp_path / "x.db", DETAILS, STATE)
