"""`--view`: a report as a saved view shows it."""

from __future__ import annotations

from pathlib import Path

from core.query.column_layout import ColumnLayout
from core.query.sorting import Sort
from core.reports.catalogue import find_report
from core.views.saved_views import save_view
from core.views.view import ViewState
from tests.cli.running import run

DETAILS = find_report("managed-account-details")
VIEW = ViewState(
    ('company = "Acme"',),
    (Sort("company"),),
    ColumnLayout.of(["company", "account_id"], DETAILS.columns).with_frozen(2),
)
REPORT = ("report", "managed-account-details", "--status", "O")


def test_rows_order_and_columns_are_those_of_the_view(own: Path) -> None:
    save_view(own, DETAILS, "Große Listen", VIEW)
    done = run("--db", own, *REPORT, "--view", "grosse listen")
    assert done.code == 0
    assert done.text.splitlines() == ['"Company","Account ID"', '"Acme","a1"']


def test_what_is_given_beside_it_wins(own: Path) -> None:
    save_view(own, DETAILS, "mine", VIEW)
    done = run("--db", own, *REPORT, "--view", "mine", "--where", "company = Nobody", "--columns", "status")
    assert done.text.splitlines() == ['"Status"']


def test_a_view_that_is_not_there_is_wrong_use_and_names_those_that_are(own: Path) -> None:
    save_view(own, DETAILS, "mine", VIEW)
    done = run("--db", own, *REPORT, "--view", "yours")
    assert done.code == 2
    assert "There is no saved view 'yours'" in done.err
    assert "Saved are: mine." in done.err


def test_views_of_another_report_are_not_those_of_this_one(own: Path) -> None:
    save_view(own, DETAILS, "mine", VIEW)
    done = run("--db", own, "report", "new-account-bonus-tracker", "--view", "mine")
    assert done.code == 2
    assert "None is saved yet" in done.err


def test_without_a_database_there_are_no_accounts(tmp_path: Path) -> None:
    assert run("--db", tmp_path / "none.db", *REPORT, "--view", "mine").code == 3
