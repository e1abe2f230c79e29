"""Own fields stand behind our columns in tables, filters, orders, values and statistics."""

from __future__ import annotations

from contextlib import closing
from datetime import date

import pytest

from core.account import account_fields
from core.database import Database
from core.lists.lists import find_list, new_list
from core.lists.members import ListReport
from core.query.facets import column_facets
from core.query.ordered_rows import View
from core.query.query import run_report
from core.query.request import ask
from core.query.statistics import column_statistics
from core.reports.all_accounts import ALL_ACCOUNTS
from core.reports.catalogue import MY_ACCOUNTS, find_report
from core.reports.own_columns import bound_to
from db import own_fields
from tests.db.imports import open_new
from tests.db.test_own_fields import MANAGER, SEATS, import_

AS_OF = date(2026, 3, 31)


@pytest.fixture
def database(tmp_path):
    with closing(open_new(tmp_path)) as connection:
        import_(connection, [("1", "Łucja", 3), ("2", "ann", 12), ("3", None, None)], [MANAGER, SEATS])
    return Database(tmp_path / "accounts.db")


def rows(database, report, **asked):
    with closing(database.read()) as connection:
        result = run_report(connection, ask(report, AS_OF, **asked))
        return [column.key for column in result.columns], list(result.rows())


@pytest.mark.parametrize("report", [ALL_ACCOUNTS, MY_ACCOUNTS])
def test_they_stand_behind_ours_where_all_columns_are_shown(database, report):
    keys, found = rows(database, report)
    assert keys == [*(column.key for column in report.columns), "account_manager", "seats"]
    assert [row[-2:] for row in found] == [("Łucja", 3), ("ann", 12), (None, None)]
    keys, _ = rows(database, find_report("new-account-bonus-tracker"))
    assert "seats" not in keys


def test_they_are_filtered_sorted_and_chosen(database):
    report = bound_to(MY_ACCOUNTS, database)
    asked = {"where": ["account manager is not empty"], "sort": ["account_manager:desc"], "columns": ["Seats"]}
    assert rows(database, report, **asked) == (["seats"], [(3,), (12,)])
    assert rows(database, report, where=["account_manager = ŁUCJA"], columns=["account_id"])[1] == [("1",)]
    assert rows(database, report, where=["seats > 3"], columns=["account_id"])[1] == [("2",)]


def test_a_view_that_was_asked_without_them_has_them(database):
    with closing(database.read()) as connection:
        view = View(connection, ask(MY_ACCOUNTS, AS_OF))
        request = view.request
        assert [column.key for column in request.report.columns][-2:] == ["account_manager", "seats"]
    values = column_facets(database, request, "account_manager", lambda: False)
    assert {facet.value for facet in values.listed} == {"Łucja", "ann", None}
    assert column_statistics(database, request, "seats", lambda: False).total == 15


def test_lists_filter_by_them_and_show_them(database):
    new_list(database.path, "Big", ask(bound_to(ALL_ACCOUNTS, database), AS_OF, where=["seats >= 10"]))
    with closing(database.read()) as connection:
        target = find_list(connection, "big")
        assert target.sentence(AS_OF) == "Seats is at least 10"
        result = run_report(connection, ask(ListReport(target), AS_OF))
        assert [row[0] for row in result.rows()] == ["2"]
        assert result.columns[-1].key == "seats"


def test_one_account_has_them(database):
    with closing(database.read()) as connection:
        fields = {column.title: value for column, value in account_fields(connection, 2)}
    assert fields["Account Manager"] == "Łucja"
    assert fields["Seats"] == 3


def test_a_dropped_field_is_no_longer_shown(database):
    with closing(open_existing(database)) as connection:
        own_fields.drop(connection, "seats")
    assert rows(database, MY_ACCOUNTS)[0][-1] == "account_manager"


def open_existing(database):
    from db.connection import connect_existing

    return connect_existing(database.path)
