"""A report's page: sort, filter, search, detail, copy, notes."""

from __future__ import annotations

import pytest
from textual.widgets import Input

from core.database import Database
from tests.tui.application import AS_OF, MARKUP, SIZES, Session, fill, opened, runs_of
from tui.dialogues.account import AccountScreen
from tui.dialogues.message import MessageScreen
from tui.pages.arranging import Table
from tui.pages.my_accounts import FindField, MyAccountsPage
from tui.widgets.ask_line import AskLine


def table(session: Session) -> Table:
    return session.app.screen.query_one(Table)


def values(session: Session, column: int = 0) -> list[object]:
    source = table(session).source
    return [row[column] for row in source.rows(0, source.row_count)]


TO_ACCOUNT_ID = ("c", *"account", "enter")
"""Keys that bring the cursor to a column that is not among the first."""


async def open_accounts(session: Session) -> None:
    await session.press("2")


@pytest.mark.parametrize("size", SIZES)
async def test_shows_all_rows_and_the_place(database: Database, size: tuple[int, int]) -> None:
    async with opened(database, size) as session:
        await open_accounts(session)
        assert "row 1 of 5" in session.text()
        await session.press("G")
        assert "row 5 of 5" in session.text()
        assert MARKUP in session.text()


async def test_takes_the_whole_width_where_there_is_little(database: Database) -> None:
    async with opened(database) as session:
        await open_accounts(session)
        assert "MY ORGANIZATION" not in session.text()
        await session.press("m")
        assert "MY ORGANIZATION" in session.text()


async def test_sorts_by_the_current_column_up_down_and_back(database: Database) -> None:
    async with opened(database, (160, 50)) as session:
        await open_accounts(session)
        by_company = values(session)
        await session.press(*TO_ACCOUNT_ID, "s")
        assert values(session) == ["A1", "A2", "A3", "A4", "A5"]
        assert " ID▲ " in session.text()
        await session.press("s")
        assert values(session) == ["A5", "A4", "A3", "A2", "A1"]
        await session.press("s")
        assert values(session) == by_company


async def test_filters_and_says_so(database: Database) -> None:
    async with opened(database) as session:
        await open_accounts(session)
        await session.press("f")
        await session.type("list_size > 100")
        await session.press("enter")
        assert values(session) == ["A1", "A4"]
        assert "Only rows: List Size is above 100" in session.text()
        assert "row 1 of 2" in session.text()


async def test_shows_where_a_filter_is_wrong_and_keeps_the_rows(database: Database) -> None:
    async with opened(database) as session:
        await open_accounts(session)
        await session.press("f")
        await session.type("sizes > 100")
        await session.press("enter")
        assert "There is no column 'sizes'" in session.text()
        await session.press("escape")
        assert len(values(session)) == 5


async def test_searches_all_columns_and_goes_round(database: Database) -> None:
    async with opened(database, (160, 50)) as session:
        await open_accounts(session)
        await session.press("slash")
        await session.type("LITE")
        await session.press("enter")
        assert "“LITE” 1 of 1 row" in session.text()
        await session.press("slash")
        await session.type("nowhere")
        await session.press("enter")
        assert "“nowhere” is in no row" in session.text()
        await session.press("escape")
        assert "nowhere" not in session.text()
        assert isinstance(session.app.main.page, MyAccountsPage)


async def test_next_and_previous_hit(database: Database) -> None:
    async with opened(database) as session:
        await open_accounts(session)
        await session.press("slash")
        await session.type("example.com")
        await session.press("enter")
        places = [table(session).cursor_row]
        for key in ("n", "n", "n", "n", "N"):
            await session.press(key)
            places.append(table(session).cursor_row)
        assert places[4] == places[0]
        assert places[5] == places[3]
        assert len(set(places)) == 4


async def test_row_detail_shows_every_field_harmlessly(database: Database) -> None:
    async with opened(database, (160, 50)) as session:
        await open_accounts(session)
        await session.press("s", "enter")
        assert isinstance(session.app.screen, AccountScreen)
        text = session.text()
        assert f"Company                {MARKUP}" in text
        assert "Plan Type              [red]Core" in text
        await session.press("escape")
        await session.press("down", "down", "enter")
        assert "␛]0;PWNED␇" in session.text()


async def test_copies_cell_and_row(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    copied: list[str] = []
    async with opened(database) as session:
        monkeypatch.setattr(session.app, "copy_text", copied.append)
        await open_accounts(session)
        await session.press(*TO_ACCOUNT_ID, "s", "y", "Y")
        assert copied[0] == "A1"
        assert copied[1].startswith("A1\tacme\tAcme")


async def test_goes_to_a_row(database: Database) -> None:
    fill_more = 500
    database.path.unlink()
    fill(database.path, fill_more)
    async with opened(database) as session:
        await open_accounts(session)
        assert "row 1 of 505" in session.text()
        await session.press("ctrl+g")
        await session.type("1x")
        assert "is no row number" in session.text()
        await session.press("backspace", "2", "3", "enter")
        assert "row 123 of 505" in session.text()


async def test_notes_and_freshness(database: Database) -> None:
    async with opened(database) as session:
        await open_accounts(session)
        await session.press("i")
        assert isinstance(session.app.screen, MessageScreen)
        assert "[b]accounts.csv" in session.text()
        assert f"As of: {AS_OF}" in session.text()


async def test_count_opens_what_it_counts(database: Database) -> None:
    async with opened(database) as session:
        await session.press("r", "home", "enter", "enter")
        assert "All Accounts Summary" in session.text()
        await session.press("right", "enter")
        assert "Managed Account Details · Open" in session.text()
        assert "row 1 of 2" in session.text()
        assert runs_of(database) == [
            ("all-accounts-summary", "screen", "done"),
            ("managed-account-details", "screen", "done"),
        ]


async def test_counts_are_neither_sorted_nor_filtered(database: Database) -> None:
    async with opened(database) as session:
        await session.press("r", "home", "enter", "enter")
        await session.press("s", "f")
        assert "Filter" not in session.text()


async def test_what_is_typed_right_behind_a_key_goes_where_the_key_leads(database: Database) -> None:
    async with opened(database) as session:
        await session.press("2")
        await session.type("fidentity")
        assert session.app.screen.query_one(AskLine).query_one(Input).value == "identity"
        await session.press("escape")
        await session.type("wacme")
        assert session.app.screen.query_one(FindField).value == "acme"
