"""The database goes, or is emptied by another program, while the application runs: that is said, and it lives on."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from core.database import Database
from tests.tui.application import fill, opened
from tui.dialogues.message import FaultScreen

pytestmark = pytest.mark.promise("P6")


def vanish(path: Path) -> None:
    for file in path.parent.glob(f"{path.name}*"):
        file.unlink()


def empty(path: Path) -> None:
    path.write_bytes(b"")


@pytest.mark.usefixtures("exports")
@pytest.mark.parametrize(("lose", "words"), [(vanish, "There is no database"), (empty, "is an empty file")])
async def test_every_page_says_so_and_the_application_lives_on(
    database: Database, lose: Callable[[Path], None], words: str
) -> None:
    async with opened(database, (160, 50)) as session:
        lose(database.path)
        for key in ("2", "3", "4"):
            await session.press(key)
            assert isinstance(session.app.screen, FaultScreen), key
            assert words in session.words()
            await session.press("escape", "down", "enter", "escape", "escape")
        vanish(database.path)
        fill(database.path)
        await session.press("2")
        assert "row 1 of 5" in session.text()
        assert not session.app.crashed


async def test_rows_that_cannot_be_read_any_more_are_not_there(tmp_path: Path) -> None:
    database = Database(tmp_path / "many.db")
    fill(database.path, 2_000)
    async with opened(database) as session:
        await session.press("2")
        empty(database.path)
        await session.press("end")
        assert isinstance(session.app.screen, FaultScreen)
        assert "cannot be read" in session.words()
        await session.press("escape", "v", "escape", "enter")
        assert not session.app.crashed
