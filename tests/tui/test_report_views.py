"""A report's page: several orders, values, statistics, columns, selection, undo, saved and remembered views."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path

import pytest

from core.database import Database
from core.query.column_layout import ColumnLayout
from core.query.sorting import Sort
from core.reports.catalogue import MY_ACCOUNTS
from core.reports.my_accounts import MyAccounts
from core.views.saved_views import last_view, save_view, view_names
from core.views.view import ViewState
from db.connection import connect_writing
from tests.tui.application import ESCAPES, MARKUP, Session, opened
from tui.dialogues.columns import ColumnsScreen
from tui.dialogues.export import ExportScreen
from tui.dialogues.facets import FacetScreen
from tui.dialogues.message import MessageScreen
from tui.dialogues.question import QuestionScreen
from tui.dialogues.statistics import StatisticsScreen
from tui.dialogues.views import ViewsScreen
from tui.pages.arranging import Table
from tui.pages.my_accounts import MyAccountsPage
from tui.pages.report import ReportPage
from tui.pages.report_view import ReportView


@pytest.fixture(autouse=True)
def in_the_order_of_files(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let My accounts begin with its columns in the order that files have: these tests are about arranging them."""
    monkeypatch.setattr(MyAccounts, "first_columns", ())


def page(session: Session) -> ReportView:
    found = session.app.main.page
    assert isinstance(found, ReportPage | MyAccountsPage)
    return found.shown


def table(session: Session) -> Table:
    return page(session).table


def ids(session: Session) -> list[object]:
    source = table(session).source
    return [row[0] for row in source.rows(0, source.row_count)]


def shown(session: Session) -> list[str]:
    return [column.key for column in table(session).column_layout.arrange(table(session).source.columns)]


def exported(folder: Path) -> list[str]:
    (file,) = folder.glob("*.csv")
    return file.read_text().splitlines()


async def go_to(session: Session, column: str) -> None:
    table(session).move_to(0, column)
    await session.settle()


# Order


async def test_sorts_by_several_columns(database: Database) -> None:
    async with opened(database, (160, 50)) as session:
        await session.press("2")
        await go_to(session, "relationship")
        await session.press("S")
        await go_to(session, "account_id")
        await session.press("S", "S")
        assert ids(session) == ["A4", "A2", "A1", "A5", "A3"]
        assert "Sorted by Account Type, then Account ID (descending)" in session.text()
        assert " ID▼2 " in session.text()
        await session.press("S")
        assert page(session).session.request.sort == (Sort("relationship"),)
        await session.press("s")
        assert page(session).session.request.sort == (Sort("account_id"),)


async def test_shift_click_on_a_heading_sorts_also_by_it(database: Database) -> None:
    async with opened(database, (160, 50)) as session:
        await session.press("2")
        for shift, title in ((False, "Username"), (True, "Company")):
            lines = session.text().splitlines()
            y = next(number for number, line in enumerate(lines) if "Username" in line and "Company" in line)
            await session.pilot.click(offset=(lines[y].index(title) + 1, y), shift=shift)
            await session.settle()
        assert page(session).session.request.sort == (Sort("username"), Sort("company"))


# Values


async def test_filters_by_the_value_under_the_cursor(database: Database) -> None:
    async with opened(database) as session:
        await session.press("2")
        await go_to(session, "status")
        await session.press("F")
        assert isinstance(session.app.screen, FacetScreen)
        assert "4 values" in session.text()
        assert "40.0%" in session.text()
        await session.press("enter")
        assert ids(session) == ["A2", "A1"]
        assert "Only rows: Status is “Open”" in session.text()


async def test_filters_by_several_values_and_the_unknown_one(database: Database) -> None:
    async with opened(database, (160, 50)) as session:
        await session.press("2")
        await go_to(session, "plan_type")
        await session.press("F")
        await session.press("tab")
        await session.type("red")
        await session.press("tab")
        assert "2 values chosen: 3 rows" in session.text()
        await session.press("enter")
        assert sorted(map(str, ids(session))) == ["A2", "A3", "A5"]


async def test_hostile_values_are_shown_and_filter(database: Database) -> None:
    async with opened(database) as session:
        await session.press("2")
        await go_to(session, "company")
        await session.press("F")
        assert MARKUP[:30] in session.text()
        assert "\x1b" not in session.text()
        assert "\u202e" not in session.text()
        await session.type("click")
        await session.press("enter")
        assert ids(session) == ["A2"]
        await session.press("u", "F")
        await session.type("evil")
        await session.press("enter")
        assert ids(session) == ["A3"]
        assert page(session).session.request.where[0] == f'company = "{ESCAPES}"'


async def test_nothing_is_filtered_when_no_value_is_left(database: Database) -> None:
    async with opened(database) as session:
        await session.press("2", "F")
        await session.type("nowhere")
        await session.press("tab", "enter")
        assert isinstance(session.app.screen, FacetScreen)
        assert "0 values" in session.text()
        await session.press("escape")
        assert len(ids(session)) == 5


@pytest.mark.parametrize(
    ("column", "expected"),
    [
        ("list_size", ["Known 4 (80.0%)", "Least 0", "Greatest 4,500", "Mean 1,156.75", "Sum 4,627"]),
        ("last_login_on", ["Not known 3 (60.0%)", "Earliest 2026-01-01", "Latest 2026-03-01", "59 days"]),
        ("cancel_reason", ["Different values 1", "[link=x]Cost Too High"]),
        ("company", ["Different values 5", MARKUP, "株式会社サンプル"]),
    ],
)
async def test_statistics(database: Database, column: str, expected: list[str]) -> None:
    async with opened(database) as session:
        await session.press("2")
        await go_to(session, column)
        await session.press("I")
        assert isinstance(session.app.screen, StatisticsScreen)
        assert all(text in session.words() for text in expected)
        assert "\x1b" not in session.text()


# Columns


async def test_columns_are_arranged_by_keys_and_undone(database: Database) -> None:
    async with opened(database, (160, 50)) as session:
        await session.press("2")
        everything = shown(session)
        await session.press("l", "minus")
        assert "username" not in shown(session)
        assert "1 column hidden" in session.text()
        await go_to(session, "company")
        await session.press("H")
        assert shown(session)[:2] == ["company", "account_id"]
        width = table(session).column_width("company")
        await session.press("greater_than_sign", "greater_than_sign", "less_than_sign")
        assert table(session).column_width("company") == width + 4
        await session.press("z")
        assert table(session).column_layout.frozen == 0
        await session.press("l", "z", "h", "underscore")
        assert table(session).column_layout.frozen == 2
        assert table(session).column_width("company") == width
        for _ in range(9):
            await session.press("u")
        assert shown(session) == everything
        assert table(session).column_layout == ColumnLayout()
        await session.press("ctrl+r", "U")
        assert shown(session)[:2] == ["company", "account_id"]


async def test_the_last_column_cannot_be_hidden(database: Database) -> None:
    async with opened(database) as session:
        await session.press("2", *["minus"] * 30)
        assert len(shown(session)) == 1


async def test_columns_are_chosen_in_a_dialogue(database: Database) -> None:
    async with opened(database) as session:
        await session.press("2", "C")
        assert isinstance(session.app.screen, ColumnsScreen)
        await session.press("j", "space", "j", "K", "K", "j", "z", "enter")
        assert shown(session)[:3] == ["company", "account_id", "first_name"]
        assert table(session).column_layout.frozen == 2
        await session.press("C", "a", "space", "escape")
        assert "username" not in shown(session)
        await session.press("C", "a", "enter")
        assert shown(session)[:3] == ["company", "account_id", "username"]


async def test_goes_to_a_column_by_some_letters(database: Database) -> None:
    async with opened(database) as session:
        await session.press("2", "c")
        await session.type("lcs")
        assert "tab Last Campaign Sent" in session.text()
        await session.press("enter")
        assert table(session).cursor_column == "last_campaign_sent_on"
        await session.press("c")
        await session.type("qq")
        assert "No column shown has the letters" in session.text()


async def test_filter_is_completed_and_faults_point_at_the_place(database: Database) -> None:
    async with opened(database) as session:
        await session.press("2", "f")
        await session.type("list_s")
        assert "tab list_size" in session.text()
        await session.press("tab")
        await session.type("> 100 and sizz = 2")
        lines = session.text().splitlines()
        typed = next(number for number, line in enumerate(lines) if "sizz = 2" in line)
        assert lines[typed + 1].index("▲") == lines[typed].index("sizz = 2")
        await session.press("escape")
        assert len(ids(session)) == 5


# Selection


async def test_selects_by_hand_a_range_and_all_and_clears(database: Database) -> None:
    async with opened(database, (160, 50)) as session:
        await session.press("2", "s", "space", "j", "space")
        assert page(session).session.selection.count == 2
        assert "2 selected" in session.text()
        assert session.text().count("● A") == 2
        await session.press("g", "V", "G", "V")
        assert page(session).session.selection.count == 5
        await session.press("x")
        assert "● A" not in session.text()
        await session.press("asterisk")
        assert page(session).session.selection.count == 5
        await session.press("x", "slash")
        await session.type("cost too high")
        await session.press("enter", "asterisk", "escape")
        assert "1 selected" in session.text()


async def test_selected_rows_stay_selected_in_another_order_and_filter(database: Database) -> None:
    async with opened(database, (160, 50)) as session:
        await session.press("2", "s", "space", "s")
        assert "● A1" in session.text()
        await session.press("f")
        await session.type("status = T")
        await session.press("enter")
        assert "1 selected" in session.text()
        assert "● A" not in session.text()


async def test_copies_the_selected_rows_with_the_columns_shown(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    copied: list[str] = []
    async with opened(database, (160, 50)) as session:
        monkeypatch.setattr(session.app, "copy_text", copied.append)
        await session.press("2", "s", "minus", "space", "j", "space", "Y")
        assert [line.split("\t")[0] for line in copied[0].splitlines()] == ["acme", "escapes"]
        assert all("\x1b]0" not in line or "\n" not in line for line in copied[0].splitlines())


async def test_exports_the_selected_rows_and_asks_which(database: Database, exports: Path) -> None:
    async with opened(database, (160, 50)) as session:
        await session.press("2", "s", "space", "j", "space", "minus", "e")
        assert isinstance(session.app.screen, QuestionScreen)
        assert "2 selected rows" in session.text()
        await session.press("enter")
        assert isinstance(session.app.screen, ExportScreen)
        assert "Only rows: 2 selected by hand" in session.text()
        await session.press("enter")
        lines = exported(exports)
        assert [line.partition(",")[0] for line in lines] == ['"Username"', '"acme"', '"escapes"']


async def test_exports_all_rows_shown_when_asked_for(database: Database, exports: Path) -> None:
    async with opened(database, (160, 50)) as session:
        await session.press("2", "space", "e", "right", "enter")
        await session.press("enter")
        assert len(exported(exports)) == 6


# Undo, and views


async def test_filter_and_order_are_undone_and_redone(database: Database) -> None:
    async with opened(database, (160, 50)) as session:
        await session.press("2")
        before = ids(session)
        await session.press("s", "f")
        await session.type("list_size > 100")
        await session.press("enter")
        assert ids(session) == ["A1", "A4"]
        await session.press("u")
        assert ids(session) == ["A1", "A2", "A3", "A4", "A5"]
        await session.press("u", "u")
        assert ids(session) == before
        await session.press("U", "U", "U")
        assert ids(session) == ["A1", "A4"]
        assert "Only rows: List Size is above 100" in session.text()


async def test_views_are_saved_recalled_and_deleted(database: Database) -> None:
    async with opened(database) as session:
        await session.press("2", "minus", "f")
        await session.type("status = O")
        await session.press("enter", "v", "tab")
        assert isinstance(session.app.screen, ViewsScreen)
        await session.type("[b]mine")
        await session.press("enter", "u", "u")
        assert len(ids(session)) == 5
        await session.press("v")
        assert "[b]mine" in session.text()
        await session.press("enter")
        assert page(session).session.request.where == ("status = O",)
        assert "account_id" not in shown(session)
        await session.press("v", "d", "escape")
        with closing(database.read()) as connection:
            assert view_names(connection, MY_ACCOUNTS) == []


async def test_order_and_columns_are_remembered_and_the_filter_can_be_recalled(database: Database) -> None:
    async with opened(database) as session:
        await session.press("2", "s", "l", "minus", "f")
        await session.type("status = O")
        await session.press("enter")
    with closing(database.read()) as connection:
        kept = last_view(connection, MY_ACCOUNTS)
    assert kept == ViewState(("status = O",), (Sort("account_id"),), ColumnLayout(hidden=frozenset({"username"})))
    async with opened(database) as session:
        await session.press("2")
        assert ids(session) == ["A1", "A2", "A3", "A4", "A5"]
        assert "username" not in shown(session)
        await session.press("v", "enter")
        assert ids(session) == ["A1", "A2"]


async def test_a_view_that_names_a_column_that_is_gone_says_so_and_changes_nothing(database: Database) -> None:
    save_view(database.path, MY_ACCOUNTS, "old", ViewState(("gone = 1",)))
    async with opened(database) as session:
        await session.press("2", "v", "enter")
        assert isinstance(session.app.screen, MessageScreen)
        await session.press("escape")
        assert len(ids(session)) == 5
        assert not page(session).session.history.before


async def test_a_view_kept_by_another_version_says_so(database: Database) -> None:
    save_view(database.path, MY_ACCOUNTS, "odd", ViewState())
    with closing(connect_writing(database.path)) as connection:
        connection.execute("UPDATE views SET state = ?", [json.dumps({"where": 5})])
    async with opened(database) as session:
        await session.press("2", "v", "enter")
        assert "another version" in session.text()


async def test_counts_are_neither_selected_nor_counted_again(database: Database) -> None:
    async with opened(database) as session:
        await session.press("r", "home", "enter", "enter")
        await session.press("F", "I", "space", "S", "asterisk")
        assert page(session).session.selection.count == 0
        assert session.app.screen is session.app.main
        await session.press("C", "space", "enter")
        assert "status" not in shown(session)
