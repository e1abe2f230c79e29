"""Imports taken back in another terminal while what they told is shown."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from core.database import Database
from core.history import undo_last
from core.importing.import_options import ImportOptions
from core.importing.importer import import_file
from core.query.request import ask
from core.reports.catalogue import find_report
from tests.tui.application import AS_OF, opened

HEAD = "Account ID,Username,Company,Account Type,Status,List Size\n"
THEN = AS_OF - timedelta(14)


def take_in(database: Database, ago: int, accounts: int) -> None:
    """Import a list of some accounts."""
    file = database.path.parent / "list.csv"
    rows = (f"a{n},ann{n},Mill {n},Managed,Open,{10 * n}\n" for n in range(accounts))
    file.write_text(HEAD + "".join(rows))
    import_file(database.path, file, ImportOptions(dated=AS_OF - timedelta(ago)))


@pytest.fixture
def database(tmp_path: Path) -> Database:
    """Return a database of three lists, each with more accounts than the one before."""
    database = Database(tmp_path / "history.db")
    for ago, accounts in ((21, 4), (14, 6), (7, 8)):
        take_in(database, ago, accounts)
    return database


@pytest.mark.parametrize("size", [(80, 24), (160, 50)])
async def test_what_was_known_then_is_no_more_but_there_are_accounts_now(
    database: Database, size: tuple[int, int]
) -> None:
    async with opened(database, size) as session:
        await session.press("K")
        await session.type(str(THEN))
        await session.press("enter", "2")
        assert "row 1 of 6" in session.text()
        for _ in range(3):
            undo_last(database.path)
        take_in(database, 0, 5)
        await session.press("s")
        assert f"Nothing was known on {THEN}." in session.words()
        await session.press("escape", "1")
        assert "As known on" not in session.text()
        assert "5 accounts in the partnership" in session.text()
        await session.press("2")
        assert "row 1 of 5" in session.text()


async def test_nothing_is_known_at_all_any_more(database: Database) -> None:
    async with opened(database) as session:
        await session.press("K")
        await session.type(str(THEN))
        await session.press("enter", "2")
        for _ in range(3):
            undo_last(database.path)
        await session.press("K", "ctrl+u", "ctrl+k", "enter")
        assert "As known on" not in session.text()
        assert "There are no accounts yet" in session.words()


async def test_rows_that_are_no_more_are_not_shown_as_blank_ones(database: Database) -> None:
    take_in(database, 0, 60)
    async with opened(database) as session:
        await session.press("2", "s", "s")
        assert "row 1 of 60" in session.text()
        undo_last(database.path)
        await session.press("end")
        await session.settle()
        assert "The accounts have changed in another terminal" in session.words()
        assert "of 8" in session.text()
        assert "Mill 7" in session.text()


async def test_what_changed_since_a_list_that_is_no_more(database: Database) -> None:
    async with opened(database, (160, 50)) as session:
        session.app.show_report(ask(find_report("what-changed"), AS_OF))
        await session.settle()
        assert "New 2" in session.words()
        undo_last(database.path)
        await session.press("s")
        assert "row 1 of 2" in session.text(), "the list before, compared with the one before that"
        undo_last(database.path)
        await session.press("s")
        assert "no rows" in session.text()
        undo_last(database.path)
        await session.press("s")
        assert "Nothing was known" in session.words()
