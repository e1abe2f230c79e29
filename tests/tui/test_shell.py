"""The menu and its pages; the help, the palette, and what happens where there is no room."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from core.database import Database
from tests.tui.application import AS_OF, MARKUP, SIZES, Session, opened
from tui.app import PartnerApp
from tui.dialogues.help import HelpScreen

PAGES = {
    "1": "in the partnership",
    "2": "My accounts",
    "3": "No report was run yet",
    "4": "Never logged in",
    "5": "Undo the last import",
    "6": "Time zone",
}


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("key", PAGES)
async def test_number_opens_page(database: Database, key: str, size: tuple[int, int]) -> None:
    async with opened(database, size) as session:
        await session.press(key)
        assert PAGES[key] in session.text()


async def test_menu_is_walked_with_arrows_and_vim_keys(database: Database) -> None:
    async with opened(database) as session:
        text = session.text()
        order = [
            "MY ORGANIZATION",
            "Accounts",
            "My accounts",
            "Reports",
            "Targeted lists",
            "Import",
            "Schedules",
            "Settings",
            "Help",
        ]
        assert [line.strip().split("  ")[0] for line in text.splitlines()[1:10]] == order
        await session.press("j", "down", "k", "down", "down", "down", "enter")
        assert "Pick the customers" in session.text()


async def test_tab_goes_between_menu_and_page(database: Database) -> None:
    async with opened(database) as session:
        await session.press("4")
        assert session.app.focused is not None
        assert session.app.focused.id != "menu"
        await session.press("shift+tab")
        assert session.app.focused.id == "menu"
        await session.press("tab")
        assert session.app.focused.id != "menu"


async def test_home_shows_names_as_they_are(database: Database) -> None:
    async with opened(database, (160, 50)) as session:
        text = session.text()
        assert MARKUP[:20] in text
        assert "[b]accounts.csv" in text
        assert "Bonuses due within 30 days · 2" in text
        assert "Left in the last 90 days · 1" in text


async def test_help_shows_the_keys_that_work_here_and_the_rules(database: Database) -> None:
    async with opened(database, (160, 50)) as session:
        await session.press("2", "question_mark")
        assert isinstance(session.app.screen, HelpScreen)
        assert "Narrows the rows by a condition" in session.text()
        await session.press("end")
        assert "Ordered by company" in session.text()
        await session.press("escape")
        assert not isinstance(session.app.screen, HelpScreen)


async def test_palette_finds_reports_and_shows_keys(database: Database) -> None:
    async with opened(database) as session:
        await session.press("ctrl+p")
        await session.type("run a rep")
        await session.pilot.pause(0.5)
        assert "Run a Report  (r)" in session.text()
        await session.press("escape")
        await session.press("ctrl+p")
        await session.type("cancels")
        await session.pilot.pause(0.5)
        await session.press("enter")
        assert "● Cancels and Move-Outs" in session.text()


@pytest.mark.parametrize("size", [(20, 5), (1, 1), (59, 30), (80, 10)])
async def test_says_where_there_is_no_room_and_recovers(database: Database, size: tuple[int, int]) -> None:
    async with opened(database) as session:
        await session.pilot.resize_terminal(*size)
        await session.settle()
        if size[0] > 30:
            assert "too small" in session.text()
        await session.pilot.resize_terminal(80, 24)
        await session.settle()
        assert "MY ORGANIZATION" in session.text()


async def test_first_start_offers_import_and_demo(tmp_path: Path) -> None:
    async with opened(Database(tmp_path / "none.db")) as session:
        assert "Import a file" in session.text()
        assert "Look at the demo" in session.text()
        assert not (tmp_path / "none.db").exists()
        await session.press("r")
        await session.pilot.pause(0.3)
        await session.settle()
        assert "There is no database" in session.text()


async def test_midnight_is_noticed(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui.app.today", lambda: AS_OF)
    app = PartnerApp(database)
    async with app.run_test() as pilot:
        session = Session(app, pilot)
        await session.settle()
        await session.press("2")
        assert f"as of {AS_OF}" in session.text()
        monkeypatch.setattr("tui.app.today", lambda: AS_OF + timedelta(days=1))
        for page in ("1", "2"):
            await session.press(page)
            assert f"as of {AS_OF + timedelta(days=1)}" in session.text()


async def test_way_to_all_keys_is_shown_however_little_room_there_is(database: Database) -> None:
    async with opened(database) as session:
        await session.press("2")
        assert session.text().splitlines()[-1].endswith("? Help")
