"""Import: nothing is written before it is asked for; what is wrong is said; the last one can be taken back."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

import pytest
from openpyxl import Workbook

from core.database import Database
from core.importing.import_options import ImportOptions
from core.importing.importer import import_file
from core.mappings import mapping_names
from core.own_fields import own_fields
from tests.tui.application import MARKUP, SIZES, Session, opened
from tui.dialogues.generate_report import GenerateReport
from tui.dialogues.pick import PickScreen
from tui.dialogues.question import QuestionScreen
from tui.pages.import_understanding import UnderstandingList
from tui.pages.import_weighing import WeighingList
from tui.widgets.file_chooser import FileChooser, PathList

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
    """Go to the page and take the newest file: the second step is shown."""
    await session.press("5", "enter")


async def go_to(session: Session, line: str) -> None:
    """Put the cursor on a line of the second step."""
    session.app.screen.query_one(UnderstandingList).go_to_line(line)
    await session.settle()


@pytest.mark.parametrize("size", SIZES)
async def test_shows_everything_before_anything_is_written(
    database: Database, file: Path, size: tuple[int, int]
) -> None:
    async with opened(database, size) as session:
        await choose(session)
        text = session.words()
        assert "Account ID N1 → Account ID" in text
        assert "[b]Shoe Size 44 – left out" in text
        assert "“Dis[/]abled” no status" in text
        assert "Account Type not in the file" in text
        await session.press("ctrl+o")
        text = session.words()
        assert "3 rows read: 2 new" in text
        assert "Nothing is stored yet" in text
        assert "Not known under Status: 'Dis[/]abled'" in text
        assert "31/31/2026" in text
        assert accounts(database) == {}


async def test_an_import_takes_four_keys_and_a_file_without_type_and_status_eleven(
    database: Database, exports: Path
) -> None:
    (exports / "list.csv").write_text("Account ID,Company,Account Type,Status\nN1,Late,Managed,Open\n")
    async with opened(database) as session:
        await session.press("5", "enter", "ctrl+o", "ctrl+o")
        assert accounts(database) == {"N1": "Late"}
    (exports / "list.csv").unlink()
    (exports / "open.csv").write_text("Account ID,Company\nN2,Mill\n")
    async with opened(database) as session:
        await session.press(
            "5", "enter", "enter", "down", "enter", "down", "enter", "down", "enter", "ctrl+o", "ctrl+o"
        )
    with sqlite3.connect(database.path) as connection:
        row = connection.execute("SELECT relationship, status FROM accounts WHERE account_id = 'N2'").fetchone()
    assert row == ("managed", "O")


@pytest.mark.parametrize("size", SIZES)
async def test_the_cursor_stays_and_never_goes_round_to_what_erases(
    database: Database, file: Path, size: tuple[int, int]
) -> None:
    async with opened(database, size) as session:
        await choose(session)
        lines = session.app.screen.query_one(UnderstandingList)
        first = lines.line_id
        await session.press("up", "up")
        assert lines.line_id == first
        await session.press("enter", "down", "enter")
        assert lines.line_id == first
        assert session.app.focused is lines
        assert "Managed for all rows" in session.words()
        await session.press("enter", "enter")  # the picker begins at what holds
        assert "Managed for all rows" in session.words()
        await go_to(session, "blanks")
        await session.press("enter", "enter")
        assert "leave what is known" in session.words()
        await session.press("enter", "down", "enter", "enter", "enter")
        assert "! Blank cells" in session.words()
        assert lines.line_id == "blanks"
        assert accounts(database) == {}


async def test_heading_is_corrected_and_rows_are_stored(database: Database, file: Path) -> None:
    async with opened(database, (160, 50)) as session:
        await choose(session)
        await go_to(session, "heading:1")
        await session.press("enter")
        assert isinstance(session.app.screen, PickScreen)
        await session.press("home", *["down"] * 4, "enter")
        assert "→ Company" in session.words()
        await session.press("ctrl+o", "ctrl+o")
        assert "✓ [b]new.csv: 3 rows read: 2 new" in session.text()
        assert accounts(database) == {"N1": MARKUP, "N2": "\x1b]0;PWNED\x07"}
        await session.press("1")
        assert "[b]new.csv, of 2" in session.text()


async def test_a_heading_can_be_given_a_meaning_where_none_is_known(database: Database, exports: Path) -> None:
    (exports / "foreign.csv").write_text("Client No,Client\nN7,Mill\n")
    async with opened(database) as session:
        await choose(session)
        assert "No heading names an Account ID" in session.words()
        await session.press("ctrl+o")
        assert accounts(database) == {}
        await session.press("enter", "down", "down", "enter")
        assert "→ Account ID" in session.words()
        await session.press("ctrl+o", "ctrl+o")
        assert set(accounts(database)) == {"N7"}


async def test_a_column_is_kept_as_a_field_of_ones_own_by_a_tick(database: Database, file: Path) -> None:
    async with opened(database) as session:
        await choose(session)
        await go_to(session, "heading:4")
        await session.press("space")
        assert "[x] [b]Shoe Size" in session.words()
        await session.press("space")
        assert "[ ] [b]Shoe Size" in session.words()
        await session.press("space", "ctrl+o", "ctrl+o")
    assert [field.title for field in own_fields(database.path)] == ["[b]Shoe Size"]


async def test_what_changes_is_shown_by_field_and_decided_there(database: Database, exports: Path) -> None:
    (exports / "list.csv").write_text("Account ID,Status,List Size\nA1,Trial,5\nA2,Frozen,\n")
    async with opened(database) as session:
        await session.press("5", "enter", "ctrl+o")
        assert "Status 2 – – Acme: Open → Trial" in session.words()
        assert "List Size 1 – – Acme: 120 → 5" in session.words()
        session.app.screen.query_one(WeighingList).go_to_line("problem:0")
        await session.press("enter")
        assert "Which status is “Frozen”?" in session.words()
        await session.press("down", "enter")
        assert "Not known under" not in session.words()
        assert "Status 1 – – Acme: Open → Trial" in session.words()


async def test_an_older_list_is_refused_before_it_is_tried(database: Database, exports: Path) -> None:
    (exports / "list-2026-01-01.csv").write_text("Account ID,Company\nN1,Mill\n")
    async with opened(database) as session:
        await session.press("5", "enter", "ctrl+o")
        assert "It cannot be imported so" in session.words()
        await session.press("ctrl+o")
        assert accounts(database) == {}


async def test_escape_goes_back_a_step_and_loses_nothing(database: Database, file: Path) -> None:
    async with opened(database) as session:
        await choose(session)
        await session.press("enter", "down", "enter", "ctrl+o")
        assert "3 of 4" in session.text()
        await session.press("escape")
        assert "2 of 4" in session.text()
        await session.press("escape")
        assert "1 of 4" in session.text()
        await session.press("q")
        assert isinstance(session.app.screen, QuestionScreen)
        await session.press("escape", "enter")
        assert "Managed for all rows" in session.words()


async def test_last_import_is_taken_back_after_asking(database: Database, file: Path) -> None:
    async with opened(database) as session:
        await choose(session)
        await session.press("ctrl+o", "ctrl+o")
        assert set(accounts(database)) == {"N1", "N2"}
        await session.press("u")
        assert isinstance(session.app.screen, QuestionScreen)
        await session.press("escape")
        assert set(accounts(database)) == {"N1", "N2"}
        await session.press("u", "tab", "enter")
        assert "was taken back" in session.text()
        assert accounts(database) == {}


async def test_files_are_listed_newest_first_and_marked_where_imported(database: Database, file: Path) -> None:
    old = file.parent / "old.csv"
    old.write_text("Account ID\nA1\n")
    os.utime(old, (1_700_000_000, 1_700_000_000))
    async with opened(database) as session:
        await session.press("5")
        lines = session.app.screen.query_one(PathList)
        assert session.app.focused is lines
        assert session.words().index("[b]new.csv") < session.words().index("old.csv")
        await session.press("enter", "ctrl+o", "ctrl+o", "escape")
        assert "[b]new.csv ✓ imported" in session.words()


async def test_file_at_fault_is_said_plainly(database: Database, exports: Path) -> None:
    (exports / "empty.csv").touch()
    async with opened(database) as session:
        await choose(session)
        assert "! " in session.text()
        assert "empty.csv" in session.text()
        session.app.screen.query_one(FileChooser).focus_field()
        await session.press("ctrl+u")
        await session.type("/nowhere.csv")
        await session.press("enter")
        assert "/nowhere.csv" in session.text()


async def test_first_import_makes_the_database(tmp_path: Path, file: Path) -> None:
    database = Database(tmp_path / "first.db")
    async with opened(database) as session:
        await session.press("enter", "enter", "ctrl+o")
        assert not database.path.exists()
        await session.press("ctrl+o")
        assert set(accounts(database)) == {"N1", "N2"}
        await session.press("2")
        assert "row 1 of 2" in session.text()


async def test_keys_work_after_an_import(database: Database, file: Path) -> None:
    async with opened(database) as session:
        await choose(session)
        await session.press("ctrl+o", "ctrl+o", "r")
        assert isinstance(session.app.screen, GenerateReport)


async def test_tab_completes_the_path_and_then_goes_on(database: Database, file: Path, exports: Path) -> None:
    (exports / "other").mkdir()
    (exports / "Others.csv").touch()
    async with opened(database) as session:
        await session.press("5")
        session.app.screen.query_one(FileChooser).focus_field()
        await session.settle()
        field = session.app.focused
        await session.press("end")
        await session.type("OT")
        await session.press("tab")
        assert field.value.casefold() == f"{exports}/other".casefold()
        await session.type("s")
        await session.press("tab")
        assert field.value == f"{exports}/Others.csv"
        await session.press("tab")
        assert session.app.focused is not field


async def test_a_saved_mapping_is_used_by_itself_where_the_headings_are_the_same(
    database: Database, file: Path
) -> None:
    async with opened(database, (160, 50)) as session:
        await choose(session)
        await go_to(session, "heading:1")
        await session.press("enter", "home", *["down"] * 4, "enter")
        await go_to(session, "save")
        await session.press("enter")
        await session.type("of the [b]portal")
        await session.press("enter")
        assert mapping_names(database.path) == []
        assert "Keep mapping as of the [b]portal" in session.words()
        await session.press("ctrl+o", "ctrl+o")
        assert mapping_names(database.path) == ["of the [b]portal"]
        await session.press("escape", "enter")
        assert "→ Company" in session.words()
        assert "of the [b]portal by itself: the headings are the same" in session.words()
        await go_to(session, "mapping")
        await session.press("enter", "home", "enter")
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
        assert "Sheet South" in session.words()
        await session.press("ctrl+o", "ctrl+o")
        assert accounts(database) == {"NSouth": "South"}


@pytest.mark.parametrize("size", SIZES)
async def test_a_summary_is_compared_and_names_whom_the_last_complete_list_lacks(
    database: Database, exports: Path, size: tuple[int, int]
) -> None:
    head = "Account ID,Company,Account Type,Status\n"
    complete = ImportOptions(complete="all", accept_gone=True)
    for name, text, options in (
        ("all.csv", "N1,Mill,Managed,Open\n", complete),
        ("b.csv", "N2,Oak,Managed,Open\n", None),
    ):
        (exports / name).write_text(head + text)
        import_file(database.path, exports / name, options or ImportOptions())
        (exports / name).unlink()
    (exports / "summary.csv").write_text("Status,Managed,Referred\nOpen,1,0\n")
    async with opened(database, size) as session:
        await session.press("5", "enter")
        said = "Open, managed: the portal says 1, here are 2: 1 more; not in the last complete list (all.csv): N2 Oak"
        assert session.words().count(said) == 1
        await session.press("enter")
        assert "N2 Oak" in session.words()
        await session.press("escape", "ctrl+o", "escape")
        assert "1 of 4" in session.words()
    assert len(accounts(database)) == 2
