"""Days and complete lists that will not do, on the page Import: said before anything is stored, and nothing is."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from core.database import Database
from core.history import last_import
from core.importing.import_options import ImportOptions
from core.importing.importer import import_file
from tests.tui.application import Session, opened
from tui.pages.import_understanding import UnderstandingList
from tui.widgets.file_chooser import FileChooser

HEAD = "Account ID,Username,Account Type,Status\n"
LAST = date(2026, 3, 2)


def write(folder: Path, name: str, accounts: int) -> Path:
    """Write a list of some accounts."""
    file = folder / name
    file.write_text(HEAD + "".join(f"a{n},ann{n},Managed,Open\n" for n in range(accounts)))
    return file


@pytest.fixture
def database(tmp_path: Path) -> Database:
    database = Database(tmp_path / "history.db")
    import_file(database.path, write(tmp_path, "last.csv", 60), ImportOptions(dated=LAST))
    return database


async def choose(session: Session, file: Path) -> UnderstandingList:
    """Choose a file, and return what is shown of it."""
    await session.press("5")
    session.app.screen.query_one(FileChooser).focus_field()
    await session.press("ctrl+u", "ctrl+k")
    await session.type(str(file))
    await session.press("enter")
    return session.app.screen.query_one(UnderstandingList)


async def test_a_list_older_than_the_last_one_is_not_stored(database: Database, tmp_path: Path) -> None:
    file = write(tmp_path, f"list-{LAST - timedelta(7)}.csv", 3)
    async with opened(database, (120, 40)) as session:
        await choose(session, file)
        await session.press("ctrl+o")
        assert f"It cannot be imported so: This list tells of {LAST - timedelta(7)}" in session.text()
        await session.press("ctrl+o")
        assert "3 of 4" in session.words()
    assert last_import(database.path).dated == str(LAST)


async def test_a_day_to_come_is_not_taken(database: Database, tmp_path: Path) -> None:
    to_come = "2999-01-01"
    file = write(tmp_path, f"list-{to_come}.csv", 60)
    async with opened(database, (120, 40)) as session:
        understood = await choose(session, file)
        assert "today: the day in the name is still to come" in session.words()
        understood.go_to_line("dated")
        await session.press("enter")
        await session.type(to_come)
        await session.press("enter")
        assert f"cannot tell of {to_come}: that day is still to come" in session.words()
    assert last_import(database.path).dated == str(LAST)


async def test_a_name_without_a_day_means_today(database: Database, tmp_path: Path) -> None:
    file = write(tmp_path, "list.csv", 60)
    async with opened(database, (120, 40)) as session:
        await choose(session, file)
        assert "today: the name has no day" in session.words()


async def test_half_a_list_is_asked_about_and_not_stored(database: Database, tmp_path: Path) -> None:
    file = write(tmp_path, f"list-{LAST + timedelta(7)}.csv", 20)
    async with opened(database, (120, 40)) as session:
        understood = await choose(session, file)
        understood.go_to_line("complete")
        await session.press("enter", "down", "enter", "ctrl+o")
        assert "40 of 60 accounts are not in it: it looks like half a list." in session.words()
        await session.press("ctrl+o")
        assert "3 of 4" in session.words()
        await session.press("escape")
        assert "Many gone" in session.words()
    assert last_import(database.path).file == "last.csv"
