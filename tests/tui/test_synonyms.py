"""The palette finds what people want by their own words for it, and nothing by letters scattered over words."""

from __future__ import annotations

import pytest

from core.database import Database
from core.settings.setting_list import SETTINGS
from tests.tui.application import opened
from tui.commands.definitions import COMMANDS
from tui.commands.menu_pages import MENU_PAGES
from tui.commands.synonyms import SETTING_WORDS, SYNONYMS, begun_words, score
from tui.palette import CommandProvider

WANTED = {
    "undo import": "Undo last import",
    "columns": "Columns",
    "backup": "Back up the database",
    "at risk": "List: Bonus at risk",
    "expired": "List: Expired trials",
    "excel": "Run a Report",
    "phone": "Find",
    "mail": "Targeted lists",
    "colour": "Setting: Theme",
    "color": "Setting: Theme",
    "csv": "Run a Report",
    "dark": "Theme: partner",
    "history": "Reports",
    "new list": "New list",
    "schedule": "Schedules",
    "share": "Share the database",
    "colleague": "Share the database",
    "restore": "Restore a backup",
    "vendor": "From the vendor",
    "log in": "Log in",
    "growth": "Run Growth by Month",
}
"""What a person types on Home, and a title that must be among the first."""
FIRST = 8


def test_words_are_of_what_there_is() -> None:
    assert set(SYNONYMS) <= {command.id for command in COMMANDS}
    assert all(page.words for page in MENU_PAGES if page.key)
    assert {"theme", "timezone", "export_folder", "format", "ssh_name"} <= set(SETTING_WORDS)
    assert {setting.key for setting in SETTINGS} & set(SETTING_WORDS)


@pytest.mark.parametrize(
    ("query", "title"), [("undo", "Run Cancels and Move-Outs"), ("new", "Draw anew"), ("csv", "Co")]
)
def test_scattered_letters_find_nothing(query: str, title: str) -> None:
    assert score(query, title) == 0


def test_a_word_of_the_title_weighs_most() -> None:
    assert (
        score("sort", "Sort", "order")
        > score("order", "Sort", "order")
        > score("row", "Sort", "order", "Sorts rows")
        > 0
    )
    assert score("sort backup", "Sort", "order") == 0
    assert score("", "Sort") == 0


def test_what_was_typed_is_marked() -> None:
    assert begun_words("un imp", "Undo last import") == [(0, 2), (10, 13)]


@pytest.mark.parametrize("query", WANTED)
async def test_palette_finds_by_what_people_want(database: Database, query: str) -> None:
    async with opened(database) as session:
        provider = CommandProvider(session.app.screen)
        hits = [hit async for hit in provider.search(query)]
        best = sorted(hits, key=lambda hit: -hit.score)[:FIRST]
        assert any(str(hit.text).startswith(WANTED[query]) for hit in best), [str(hit.text) for hit in best]


async def test_undo_of_an_import_is_asked_for_from_home(database: Database) -> None:
    async with opened(database) as session:
        await session.press("ctrl+p", *"undo import")
        await session.pilot.pause(0.3)
        await session.press("enter")
        await session.settle()
        assert "Undo the last import?" in session.words()
