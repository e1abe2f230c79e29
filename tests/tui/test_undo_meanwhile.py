"""Taking the last import back where another person imports while one is asked: theirs stays."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from core.database import Database
from core.history import imports
from core.importing.importer import import_file
from tests.tui.application import opened


async def test_an_import_that_comes_while_one_is_asked_stays(database: Database, tmp_path: Path, exports: Path) -> None:
    async with opened(database) as session:
        await session.press("5", "tab", "tab", "u")
        assert "Undo the last import?" in session.words()
        file = tmp_path / "theirs.csv"
        file.write_text("Account ID,Username,Status\nT1,theirs,Open\n")
        import_file(database.path, file)
        with closing(sqlite3.connect(database.path)) as connection:
            connection.execute("UPDATE imports SET by = 'ben' WHERE file = 'theirs.csv'")
            connection.commit()
        await session.press("tab", "enter")
        assert "ben imported theirs.csv meanwhile, so nothing was taken back." in session.words()
    assert [one.undone_at for one in imports(database.path)] == [None, None]
