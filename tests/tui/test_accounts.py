"""Finding accounts: as one types in My accounts, and in the palette; one account whole, with its changes."""

from __future__ import annotations

import sqlite3

import pytest

from core.account import account_like, find_accounts
from core.database import Database
from core.importing.importer import import_file
from tests.tui.application import SIZES, Session, opened
from tui.dialogues.account import AccountScreen
from tui.pages.arranging import Table


async def found(session: Session) -> list[object]:
    await session.pilot.pause(0.2)
    await session.settle()
    source = session.app.screen.query_one(Table).source
    return [row[0] for row in source.rows(0, source.row_count)]


@pytest.mark.parametrize("size", SIZES)
async def test_rows_are_narrowed_as_one_types(database: Database, size: tuple[int, int]) -> None:
    async with opened(database, size) as session:
        await session.press("2", "w")
        await session.type("CAF")
        assert await found(session) == ["A4"]
        await session.type(" zo")
        assert await found(session) == ["A4"]
        await session.type("x")
        assert await found(session) == []
        await session.press("escape")
        assert len(await found(session)) == 5
        assert isinstance(session.app.focused, Table)


@pytest.mark.parametrize("text", ['"', "'", '" or 1 = 1 --', "a(b", "%", "_", "x" * 200])
async def test_any_text_can_be_looked_for(database: Database, text: str) -> None:
    async with opened(database) as session:
        await session.press("2", "w")
        session.app.focused.value = text
        await found(session)
        assert not session.app.crashed
    with database.read() as connection:
        assert isinstance(find_accounts(connection, text, 5), list)


async def test_filter_and_find_hold_together(database: Database) -> None:
    async with opened(database) as session:
        await session.press("2", "f")
        await session.type("status = O")
        await session.press("enter")
        assert len(await found(session)) == 2
        await session.press("w")
        await session.type("acme")
        assert await found(session) == ["A1"]
        await session.press("escape")
        assert len(await found(session)) == 2


def test_no_words_find_nothing(database: Database) -> None:
    assert account_like("  ") == ""
    with database.read() as connection:
        assert find_accounts(connection, " ", 5) == []
        assert [one.account_id for one in find_accounts(connection, "e", 2)] == ["A2", "A1"]


async def test_palette_finds_accounts_and_shows_them_neutralised(database: Database) -> None:
    async with opened(database) as session:
        await session.press("ctrl+p")
        await session.type("pwned")
        await session.pilot.pause(0.5)
        await session.settle()
        assert "Account: Evil ␛]0;PWNED␇" in session.text()
        await session.press("enter")
        await session.settle()
        assert isinstance(session.app.screen, AccountScreen)
        assert "escapes" in session.text()


async def test_account_shows_what_each_import_changed(database: Database, exports) -> None:
    file = exports / "[b]new.csv"
    file.write_text("Account ID,Status,Company\nA1,Cancelled,[red]Acme Ltd\n", encoding="utf-8")
    import_file(database.path, file)
    with sqlite3.connect(database.path) as connection:
        assert connection.execute("SELECT count(*) FROM changes").fetchone()[0] == 2
    async with opened(database, (160, 50)) as session:
        await session.press("2", "w")
        await session.type("[red]acme")
        await found(session)
        await session.press("enter", "enter")
        words = session.words()
        assert "learnt Company: Acme → [red]Acme Ltd ([b]new.csv)" in words
        assert "learnt Status: Open → Canceled ([b]new.csv)" in words
        assert "learnt Came with this import ([b]accounts.csv)" in words
