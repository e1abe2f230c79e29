"""Settings are checked as one types, saved at once, and hold at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.database import Database
from core.last_choices import load_choices
from core.settings.settings import Settings, load_settings
from tests.tui.application import SIZES, opened
from tui.theme_names import CHOICES
from tui.widgets.choice import Choice


@pytest.mark.parametrize("size", SIZES)
async def test_theme_is_taken_at_once(database: Database, size: tuple[int, int]) -> None:
    async with opened(database, size) as session:
        await session.press("6")
        for theme in CHOICES:
            await session.press("down")
            assert session.app.theme == theme
            assert load_settings().theme == theme
        await session.press("home")
        assert load_settings() == Settings()


async def test_time_zone_is_checked_and_saved(database: Database) -> None:
    async with opened(database) as session:
        await session.press("6", "tab")
        await session.type("Europe/Berlni")
        assert "There is no time zone 'Europe/Berlni'" in session.words()
        await session.press("enter")
        assert load_settings() == Settings()
        await session.press("backspace", "backspace")
        await session.type("in")
        assert "enter saves it" in session.words()
        await session.press("enter")
        assert load_settings().timezone == "Europe/Berlin"


async def test_leaving_a_field_saves_what_fits_and_keeps_what_does_not(database: Database, tmp_path: Path) -> None:
    async with opened(database, (160, 50)) as session:
        await session.press("6", "tab", "tab")
        await session.type(str(tmp_path))
        await session.press("tab")
        assert load_settings().export_folder == str(tmp_path)
        assert str(session.app.settings.export_folder) == str(tmp_path)
        await session.press("shift+tab")
        await session.type("/nowhere")
        await session.press("tab")
        assert load_settings().export_folder == str(tmp_path)
        assert "There is no folder" in session.words()


async def test_format_is_what_dialogues_begin_with(database: Database) -> None:
    async with opened(database) as session:
        await session.press("6")
        await session.app.main.open("settings")
        session.app.screen.query_one("#setting-format").query_one(Choice).focus()
        await session.press("end")
        assert load_settings().format == "xls"
        assert load_choices().format == "xls"
        await session.press("2", "e")
        assert "● XLS" in session.text()


async def test_palette_goes_to_a_setting(database: Database) -> None:
    async with opened(database) as session:
        await session.press("ctrl+p")
        await session.type("ssh name")
        await session.pilot.pause(0.3)
        await session.press("enter")
        await session.type("me@jump.example.com")
        await session.press("enter")
        assert load_settings().ssh_name == "me@jump.example.com"
