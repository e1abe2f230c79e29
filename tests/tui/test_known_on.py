"""The application as it was known on an earlier day; notes and stars on the page of an account."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from textual.widgets import Input, Static

from core.database import Database
from core.history import last_import
from core.importing.import_options import ImportOptions
from core.importing.importer import import_file
from core.reports.catalogue import REPORTS
from tests.tui.application import Session, opened
from tui.dialogues.account import AccountScreen
from tui.dialogues.generate_report import GenerateReport
from tui.dialogues.message import MessageScreen
from tui.pages.import_file import ImportPage
from tui.pages.import_understanding import UnderstandingList
from tui.widgets.choice import Choice
from tui.widgets.file_chooser import FileChooser

HEAD = "Account ID,Username,Company,Account Type,Status\n"


@pytest.fixture
def history(tmp_path: Path) -> Database:
    """Return a database of two lists; the second renames an account."""
    database = Database(tmp_path / "history.db")
    for day, name in (("2026-02-02", "Old Mill"), ("2026-03-02", "New Mill")):
        (tmp_path / "list.csv").write_text(HEAD + f"a1,ann,{name},Managed,Open\n")
        import_file(database.path, tmp_path / "list.csv", ImportOptions(dated=date.fromisoformat(day)))
    return database


@pytest.mark.parametrize("size", [(80, 24), (160, 50)])
async def test_every_page_shows_what_was_known_then_and_says_so(history: Database, size: tuple[int, int]) -> None:
    async with opened(history, size) as session:
        await session.press("2")
        assert "New Mill" in session.text()
        await session.press("K")
        await session.type("2026-02-10")
        await session.press("enter")
        assert "As known on 2026-02-10" in session.text()
        assert "as of 2026-02-10" in session.text()
        await session.press("2")
        assert "Old Mill" in session.text()
        assert "New Mill" not in session.text()
        await session.press("K", "ctrl+u", "ctrl+k", "enter", "2")
        assert "New Mill" in session.text()
        assert "As known on" not in session.text()


async def test_before_the_first_list_nothing_was_known(history: Database) -> None:
    async with opened(history, (160, 50)) as session:
        await session.press("K")
        await session.type("2026-01-01")
        await session.press("enter")
        assert "Nothing was known on 2026-01-01." in session.text()
        await session.press("escape", "2")
        assert "New Mill" in session.text()


async def test_a_note_and_a_star_are_kept_and_shown(history: Database) -> None:
    async with opened(history, (160, 50)) as session:
        await session.press("2", "enter")
        assert isinstance(session.app.screen, AccountScreen)
        assert "Company: Old Mill → New Mill  (list.csv)" in session.text()
        await session.press("n")
        await session.type("wants a discount")
        await session.press("enter")
        assert "noted     wants a discount" in session.text()
        await session.press("s")
        assert "yes" in session.text()


async def test_the_import_page_says_the_day_and_ends_accounts_of_a_complete_list(
    history: Database, tmp_path: Path
) -> None:
    file = tmp_path / "list-2026-03-09.csv"
    file.write_text(HEAD + "a2,bob,Bolt,Managed,Open\n")
    async with opened(history, (160, 50)) as session:
        await session.press("5")
        session.app.screen.query_one(FileChooser).focus_field()
        await session.press("ctrl+u", "ctrl+k")
        await session.type(str(file))
        await session.press("enter")
        assert "Tells of 2026-03-09" in session.words()
        session.app.screen.query_one(UnderstandingList).go_to_line("complete")
        await session.press("enter", "down", "enter")
        assert "Complete for every account" in session.words()
        await session.press("ctrl+o")
        assert "1 account would be gone" in session.words()
        assert "a1 ann New Mill" in session.words()
        await session.press("ctrl+o")
        assert "1 account is gone." in session.text()
    assert last_import(history.path).gone == 1
    assert last_import(history.path).dated == "2026-03-09"


async def test_what_was_imported_is_listed_and_looked_at(history: Database) -> None:
    async with opened(history, (160, 50)) as session:
        await session.press("5")
        page = session.app.screen.query_one(ImportPage)
        page.action_history()
        await session.settle()
        assert "of 2026-03-02 list.csv 0 new, 1 changed" in session.words()
        assert "of 2026-02-02 list.csv 1 new" in session.words()
        await session.press("enter")
        assert isinstance(session.app.screen, MessageScreen)
        assert "of 2026-03-02" in session.text()


async def open_generate(session: Session) -> GenerateReport:
    """Open Generate Report for Managed Account Details of the open accounts, the cursor in *As known on*."""
    await session.press("r", "down", "enter", "O")
    dialogue = session.app.screen
    assert isinstance(dialogue, GenerateReport)
    dialogue.query_one("#known_on", Input).focus()
    await session.settle()
    return dialogue


@pytest.mark.parametrize("size", [(80, 24), (160, 50)])
async def test_generate_report_asks_for_what_was_known(history: Database, size: tuple[int, int]) -> None:
    async with opened(history, size) as session:
        await open_generate(session)
        await session.type("2026-02-10")
        await session.press("f2")
        assert "as of 2026-02-10, as known on 2026-02-10" in session.text()
        assert "Old Mill" in session.text()
        await session.press("escape", "2")
        assert "New Mill" in session.text()
        dialogue = await open_generate(session)
        assert dialogue.query_one("#known_on", Input).value == ""


async def test_generate_report_says_what_cannot_be_known(history: Database) -> None:
    async with opened(history, (160, 50)) as session:
        dialogue = await open_generate(session)
        await session.type("2026-02-30")
        assert "2026-02-30" in str(dialogue.query_one("#fault", Static).render())
        dialogue.query_one("#known_on", Input).value = "2026-01-01"
        for _ in range(200):  # rows are counted after a pause
            await session.pilot.pause(0.05)
            if "Nothing was known on 2026-01-01." in session.text():
                break
        else:
            pytest.fail(session.text())
        place = [report.id for report in REPORTS].index("what-changed")
        dialogue.query_one("#report", Choice).chosen = place
        await session.settle()
        assert not dialogue.query_one("#known-row").display


async def test_home_of_an_earlier_day_stays_within_the_screen(tmp_path: Path) -> None:
    """All that Home can say is there: five statuses, three lines of changes, more accounts to call than are named."""
    database = Database(tmp_path / "full.db")
    head = HEAD.strip() + ",List Size,Last Login,Last Campaign Sent,Cancel Date\n"
    at_risk = [f"a{n},u{n},Acme,Managed,Open,100,2025-01-05,2025-01-05,\n" for n in range(8)]
    before = ["b,b,Bolt,Managed,Open,100,2026-01-05,2026-01-05,\n", "c,c,Core,Managed,Suspended,9,2026-01-05,,\n"]
    after = [
        "b,b,Bolt,Managed,Canceled,900,2026-01-05,2026-01-05,2026-02-28\n",
        before[1],
        "d,d,Dill,Managed,Trial,,,,\n",
    ]
    for day, rows in (("2026-02-02", before), ("2026-03-01", after), ("2026-03-02", after)):
        (tmp_path / "list.csv").write_text(head + "".join([*at_risk, *rows]))
        import_file(database.path, tmp_path / "list.csv", ImportOptions(dated=date.fromisoformat(day)))
    async with opened(database, (80, 24)) as session:
        assert session.text().count("Acme") == 2, "without that line there is room for two accounts to call"
        assert session.app.screen.query_one("HomePage VerticalScroll").max_scroll_y == 0
        await session.press("K")
        await session.type("2026-03-01")
        await session.press("enter", "1")
        for said in ("As known on 2026-03-01", "Other", "1 new", "1 canceled", "1 list grew", "all 8 …", "Left in the"):
            assert said in session.text()
        assert session.app.screen.query_one("HomePage VerticalScroll").max_scroll_y == 0
