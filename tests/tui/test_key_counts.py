"""What people do each week takes few keys: each way here is all that is pressed, and the most it may be."""

from __future__ import annotations

import csv
import sqlite3
from datetime import timedelta
from pathlib import Path

from core.database import Database
from db.connection import connect_writing
from db.transaction import transaction
from tests.tui.application import AS_OF, opened
from tui.dialogues.delivery import DeliveryScreen

DUE_SOON = ("ctrl+p", "d", "u", "e", "enter")
"""The palette finds the list of bonuses due, the one of two weeks first."""
NEW_ONLY = ("4", "e", "tab", "space", "ctrl+g")
"""The page begins on the list that was exported last."""
WEEKLY_LIST = ("5", "enter", "ctrl+o", "ctrl+o")
"""The newest file stands first."""
WITHOUT_TYPE_AND_STATUS = (
    "5", "enter", "enter", "down", "enter", "down", "enter", "down", "enter", "ctrl+o", "ctrl+o",
)  # fmt: skip
"""What the file lacks stands first, type and then status; each is picked from a list."""
MOST = {WEEKLY_LIST: 6, WITHOUT_TYPE_AND_STATUS: 12, DUE_SOON: 8, NEW_ONLY: 7}


def test_ways_are_short() -> None:
    assert all(len(way) <= most for way, most in MOST.items())


def stored(database: Database) -> list[tuple[str, str, str]]:
    """Return type, status and company of the accounts that a file brought."""
    with sqlite3.connect(database.path) as connection:
        sql = "SELECT relationship, status, company FROM accounts WHERE account_id LIKE 'N%' ORDER BY account_id"
        return connection.execute(sql).fetchall()


async def test_the_weekly_list(database: Database, exports: Path) -> None:
    (exports / "accounts.csv").write_text("Account ID,Company,Account Type,Status\nN1,Late,Managed,Trial\n")
    async with opened(database) as session:
        await session.press(*WEEKLY_LIST)
        assert stored(database) == [("managed", "T", "Late")]


async def test_a_file_without_type_and_status(database: Database, exports: Path) -> None:
    (exports / "accounts.csv").write_text("Account ID,Company\nN1,Late\nN2,Early\n")
    async with opened(database) as session:
        await session.press(*WITHOUT_TYPE_AND_STATUS)
        assert stored(database) == [("managed", "O", "Late"), ("managed", "O", "Early")]


def make_due(database: Database, *days: int) -> None:
    """Let accounts be there whose bonus is due in so many days, and as many that have sent nothing."""
    connection = connect_writing(database.path)
    with transaction(connection):
        connection.executemany(
            "INSERT INTO accounts (account_id, username, company, email, relationship, status, initial_upgrade_on,"
            " added_by, company_key, username_fold) VALUES (?1, ?1, ?2, ?1 || '@example.com', 'managed', 'O', ?3, 1,"
            " fold_key(?2), ?1)",
            [(f"d{left}", f"Due In {left}", (AS_OF - timedelta(days=95 - left)).isoformat()) for left in days],
        )
    connection.close()


def remove_files(folder: Path) -> None:
    """Remove the files of an earlier day."""
    for file in folder.glob("*.csv"):
        file.unlink()


def written_to(folder: Path) -> list[str]:
    """Return to whom the one file of a folder writes."""
    [file] = folder.glob("*.csv")
    with file.open(newline="", encoding="utf-8-sig") as lines:
        return [row["Email Address"] for row in csv.DictReader(lines)]


async def test_bonuses_due_in_two_weeks(database: Database) -> None:
    make_due(database, 3, 12, 20)
    async with opened(database) as session:
        *typed, last = DUE_SOON
        await session.press(*typed)
        while "due within 14" not in session.text():  # the palette looks beside the screen
            await session.pilot.pause()
        await session.press(last)
        text = session.text()
        assert "row 1 of 2" in text
        assert text.index("Due In 3") < text.index("Due In 12"), "the soonest first"
        assert "Due In 20" not in text
        assert "Days" in text, "the days to go are in sight"


async def test_upload_of_new_ones_alone(database: Database, exports: Path) -> None:
    async with opened(database) as session:
        await session.press("4", "down", "down", "e", "ctrl+g", "escape")
    make_due(database, 30)
    remove_files(exports)
    async with opened(database) as session:
        await session.press(*NEW_ONLY)
        assert isinstance(session.app.screen, DeliveryScreen)
        assert written_to(exports) == ["d30@example.com"]
