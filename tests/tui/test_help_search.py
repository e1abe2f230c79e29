"""The help is short where one is, and finds words in all of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.containers import VerticalScroll

from core.database import Database
from tests.tui.application import opened
from tui.dialogues.help import HelpScreen
from tui.main_screen import MainScreen
from tui.widgets.field import Field


@pytest.mark.parametrize(
    ("way", "query", "found"),
    [
        (("question_mark",), "undo import", "Takes back the last import"),
        (("4", "question_mark"), "column hide", "Hides the current column"),
    ],
)
async def test_words_are_found_from_everywhere(
    database: Database, way: tuple[str, ...], query: str, found: str
) -> None:
    async with opened(database) as session:
        await session.press(*way)
        before = session.text()
        await session.press("slash")
        await session.type(query)
        assert found in session.words()
        await session.press("escape")
        assert session.text() == before


async def test_the_page_of_all_help_is_searched_too(database: Database) -> None:
    async with opened(database) as session:
        await session.app.open("help")
        await session.press("slash")
        await session.type("moved out after")
        assert "moved out" in session.words().casefold()
        assert "Goes one line up" not in session.words()


async def test_what_is_not_there_is_said(database: Database) -> None:
    async with opened(database) as session:
        await session.press("question_mark", "slash")
        await session.type("zzz")
        assert "Nothing is called “zzz” here." in session.words()
        await session.press("down")
        assert isinstance(session.app.focused, VerticalScroll)
        await session.press("slash")
        assert isinstance(session.app.focused, Field)
        await session.press("escape")
        assert isinstance(session.app.screen, HelpScreen)
        await session.press("escape")
        assert isinstance(session.app.screen, MainScreen)


async def test_the_help_of_a_page_names_the_palette(database: Database) -> None:
    async with opened(database, (120, 60)) as session:
        await session.press("question_mark")
        assert "ctrl+p" in session.text()


async def test_columns_are_kept_for_all_tables(database: Database) -> None:
    async with opened(database, (120, 40)) as session:
        await session.press("2", "C")
        await session.press("home", "down", "space", "t", "escape")  # hides Status, and keeps that
        assert "begin with these columns" in session.words()
    async with opened(database, (120, 40)) as session:
        await session.press("4", "enter")
        assert "Status" not in heading(session.text())
        await session.press("2")
        assert "Status" not in heading(session.text())
        await session.press("C", "t", "escape", "1", "4", "enter")
        assert "Status" in heading(session.text())


def heading(text: str) -> str:
    """Return the line of a table's titles."""
    return next(line for line in text.splitlines() if "Company" in line and "│" in line)


def has_mark(folder: Path) -> bool:
    """Return whether the one file of a folder begins with a byte order mark."""
    [file] = folder.glob("*.csv")
    return file.read_bytes().startswith(b"\xef\xbb\xbf")


async def test_export_begins_with_the_kind_of_csv_chosen_last(database: Database, exports: Path) -> None:
    async with opened(database) as session:
        await session.press("2", "e", "tab", "tab", "right", "ctrl+g")
        assert has_mark(exports)
    async with opened(database) as session:
        await session.press("2", "e")
        assert "● Excel (,)" in session.text()
