"""Import: nothing is written before it is asked for; what is wrong is said; the last one can be taken back."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from openpyxl import Workbook

from core.database import Database
from core.mappings import mapping_names
from tests.tui.application import MARKUP, SIZES, Session, opened
from tui.dialogues.generate_report import GenerateReport
from tui.dialogues.pick import PickScreen
from tui.dialogues.question import QuestionScreen
from tui.pages.import_matching import MatchingList
from tui.pages.import_reading import ReadingList
from tui.widgets.file_chooser import PathField

FILE = f"""Account ID,Business,Status,Created,[b]Shoe Size
N1,{MARKUP},Open,2026-01-31,44
N2,\x1b]0;PWNED\x07,Dis[/]abled,2026-02-28,45
N3,Late,Open,31/31/2026,46
"""


@pytest.fixture
def file(exports: Path) -> Path:
    path = exports / "[b]new.csv"
    path.write_text(FILE, encoding="utf-8")
    return path


def accounts(database: Database) -> dict[str, str | None]:
    if not database.path.exists():
        return {}
    with sqlite3.connect(database.path) as connection:
        return dict(connection.execute("SELECT account_id, company FROM accounts WHERE account_id LIKE 'N%'"))


async def choose(session: Session) -> None:
    await session.press("5", "down", "enter")


@pytest.mark.parametrize("size", SIZES)
async def test_shows_everything_before_anything_is_written(
    database: Database, file: Path, size: tuple[int, int]
) -> None:
    async with opened(database, size) as session:
        await choose(session)
        text = session.words()
        assert "3 rows read: 2 new" in text
        assert "Nothing is stored yet" in text
        if size[1] > 30:  # in a small terminal what is to be known comes first, and the headings below it
            assert "Account ID → Account ID" in text
            assert "[b]Shoe Size – left out" in text
            assert "Dis[/]abled" in text
            assert "31/31/2026" in text
        assert accounts(database) == {}


async def test_heading_is_corrected_and_rows_are_stored(database: Database, file: Path) -> None:
    async with opened(database, (160, 50)) as session:
        await choose(session)
        session.app.screen.query_one(MatchingList).focus()
        await session.press("home", "down", "enter")
        assert isinstance(session.app.screen, PickScreen)
        await session.press("home", "down", "down", "down", "enter")
        assert "Business → Company" in session.words()
        assert "␛]0;PWNED␇" in session.text()
        await session.press("ctrl+o")
        assert "✓ [b]new.csv: 3 rows read: 2 new" in session.text()
        assert accounts(database) == {"N1": MARKUP, "N2": "\x1b]0;PWNED\x07"}
        await session.press("1")
        assert "[b]new.csv, of 2" in session.text()


async def test_account_type_is_set_for_all_rows(database: Database, file: Path) -> None:
    async with opened(database, (160, 50)) as session:
        await choose(session)
        session.app.screen.query_one(MatchingList).focus()
        await session.press("end", "enter", "down", "enter")
        assert "Account Type: Managed for all rows" in session.text()


async def test_last_import_is_taken_back_after_asking(database: Database, file: Path) -> None:
    async with opened(database) as session:
        await choose(session)
        await session.press("ctrl+o")
        assert set(accounts(database)) == {"N1", "N2"}
        await session.press("u")
        assert isinstance(session.app.screen, QuestionScreen)
        await session.press("escape")
        assert set(accounts(database)) == {"N1", "N2"}
        await session.press("u", "tab", "enter")
        assert "was taken back" in session.text()
        assert accounts(database) == {}


async def test_file_at_fault_is_said_plainly(database: Database, exports: Path) -> None:
    (exports / "empty.csv").touch()
    async with opened(database) as session:
        await choose(session)
        assert "! " in session.text()
        assert "empty.csv" in session.text()
        await session.press("ctrl+u")
        await session.type("/nowhere.csv")
        await session.press("enter")
        assert "/nowhere.csv" in session.text()


async def test_first_import_makes_the_database(tmp_path: Path, file: Path) -> None:
    database = Database(tmp_path / "first.db")
    async with opened(database) as session:
        await session.press("enter", "down", "enter")
        assert not database.path.exists()
        await session.press("ctrl+o")
        assert set(accounts(database)) == {"N1", "N2"}
        await session.press("2")
        assert "row 1 of 2" in session.text()


async def test_keys_work_after_an_import(database: Database, file: Path) -> None:
    async with opened(database) as session:
        await choose(session)
        await session.press("ctrl+o", "r")
        assert isinstance(session.app.screen, GenerateReport)
        await session.press("escape", "enter")
        assert "in the partnership" in session.text()


async def test_tab_completes_the_path_and_then_goes_on(database: Database, file: Path, exports: Path) -> None:
    (exports / "other").mkdir()
    (exports / "Others.csv").touch()
    async with opened(database) as session:
        await session.press("5")
        field = session.app.focused
        await session.type("OT")
        await session.press("tab")
        assert field.value == f"{exports}/other"
        await session.type("s")
        await session.press("tab")
        assert field.value == f"{exports}/Others.csv"
        await session.press("tab")
        assert session.app.focused is not field


async def test_mapping_is_kept_under_a_name_and_used_again(database: Database, file: Path) -> None:
    async with opened(database, (160, 50)) as session:
        await choose(session)
        session.app.screen.query_one(MatchingList).focus()
        await session.press("home", "down", "enter", "home", "down", "down", "down", "enter")
        session.app.screen.query_one(ReadingList).focus()
        await session.press("home", *["down"] * 3, "enter")
        await session.type("of the [b]portal")
        await session.press("enter")
        assert mapping_names(database.path) == []
        assert "Keep mapping as of the [b]portal" in session.words()
        await session.press("ctrl+o")
        assert mapping_names(database.path) == ["of the [b]portal"]
        await session.press("2", "5")
        session.app.screen.query_one(PathField).focus()
        await session.press("enter")
        session.app.screen.query_one(ReadingList).focus()
        await session.press("home", "down", "down", "enter", "down", "enter")
        assert "Business → Company" in session.words()
        assert "Saved mapping of the [b]portal" in session.words()
        session.app.screen.query_one(ReadingList).focus()
        await session.press("home", "down", "down", "enter", "end", "enter", "enter")
        assert mapping_names(database.path) == []
        assert "Saved mapping none" in session.words()


async def test_several_sheets_are_asked_about(database: Database, exports: Path) -> None:
    workbook = Workbook()
    for sheet in ("North", "South"):
        workbook.create_sheet(sheet).append(["Account ID", "Company"])
        workbook[sheet].append([f"N{sheet}", sheet])
    del workbook["Sheet"]
    workbook.save(exports / "two.xlsx")
    async with opened(database, (160, 50)) as session:
        await choose(session)
        assert isinstance(session.app.screen, PickScreen)
        await session.press("down", "enter")
        assert "1 rows read: 1 new" in session.words().replace("1 row read", "1 rows read")
        assert "Sheet South" in session.words()
        await session.press("ctrl+o")
        assert accounts(database) == {"NSouth": "South"}
