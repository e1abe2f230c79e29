"""The application as it was known on an earlier day; notes and stars on the page of an account."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from core.database import Database
from core.history import last_import
from core.importing.import_options import ImportOptions
from core.importing.importer import import_file
from tests.tui.application import opened
from tui.dialogues.account import AccountScreen
from tui.dialogues.message import MessageScreen
from tui.pages.import_file import ImportPage
from tui.pages.import_reading import ReadingList

HEAD = "Account ID,Username,Company,Account Type,Status\n"


@pytest.fixture
def history(tmp_path: Path) -> Database:
    """Return a database of two lists; the second renames an account."""
    database = Database(tmp_path / "history.db")
    for day, name in (("2026-02-02", "Old Mill"), ("2026-03-02", "New Mill")):
        (tmp_path / "list.csv").write_text(HEAD + f"a1,ann,{name},Managed,Open\n")
        import_file(database.path, tmp_path / "list.csv", ImportOptions(dated=date.fromisoformat(day)))
    return database


@pytest.mark.parametrize("size", [(80, 24), (160, 50)])
async def test_every_page_shows_what_was_known_then_and_says_so(history: Database, size: tuple[int, int]) -> None:
    async with opened(history, size) as session:
        await session.press("2")
        assert "New Mill" in session.text()
        await session.press("K")
        await session.type("2026-02-10")
        await session.press("enter")
        assert "As known on 2026-02-10" in session.text()
        assert "as of 2026-02-10" in session.text()
        await session.press("2")
        assert "Old Mill" in session.text()
        assert "New Mill" not in session.text()
        await session.press("K", "ctrl+u", "ctrl+k", "enter", "2")
        assert "New Mill" in session.text()
        assert "As known on" not in session.text()


async def test_before_the_first_list_nothing_was_known(history: Database) -> None:
    async with opened(history, (160, 50)) as session:
        await session.press("K")
        await session.type("2026-01-01")
        await session.press("enter")
        assert "Nothing was known on 2026-01-01." in session.text()
        await session.press("escape", "2")
        assert "New Mill" in session.text()


async def test_a_note_and_a_star_are_kept_and_shown(history: Database) -> None:
    async with opened(history, (160, 50)) as session:
        await session.press("2", "enter")
        assert isinstance(session.app.screen, AccountScreen)
        assert "Company: Old Mill → New Mill  (list.csv)" in session.text()
        await session.press("n")
        await session.type("wants a discount")
        await session.press("enter")
        assert "noted     wants a discount" in session.text()
        await session.press("s")
        assert "yes" in session.text()


async def test_the_import_page_says_the_day_and_ends_accounts_of_a_complete_list(
    history: Database, tmp_path: Path
) -> None:
    file = tmp_path / "list-2026-03-09.csv"
    file.write_text(HEAD + "a2,bob,Bolt,Managed,Open\n")
    async with opened(history, (160, 50)) as session:
        await session.press("5")
        await session.press("ctrl+u", "ctrl+k")
        await session.type(str(file))
        await session.press("enter")
        assert "Tells of 2026-03-09" in session.words()
        reading = session.app.screen.query_one(ReadingList)
        reading.focus()
        await session.press("home", "down", "enter", "down", "enter")
        assert "Complete for every account" in session.words()
        assert "Gone: a1 ann New Mill" in session.words()
        await session.press("ctrl+o")
        assert "1 account is gone." in session.text()
    assert last_import(history.path).gone == 1
    assert last_import(history.path).dated == "2026-03-09"


async def test_what_was_imported_is_listed_and_looked_at(history: Database) -> None:
    async with opened(history, (160, 50)) as session:
        await session.press("5", "escape", "tab", "tab")
        page = session.app.screen.query_one(ImportPage)
        page.action_history()
        await session.settle()
        assert "of 2026-03-02 list.csv 0 new, 1 changed" in session.words()
        assert "of 2026-02-02 list.csv 1 new" in session.words()
        await session.press("enter")
        assert isinstance(session.app.screen, MessageScreen)
        assert "of 2026-03-02" in session.text()
