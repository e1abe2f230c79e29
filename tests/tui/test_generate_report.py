"""Generate Report: checked as one types, counted beforehand, viewed or written."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.database import Database
from tests.tui.application import SIZES, Session, opened, runs_of
from tui.dialogues.delivery import DeliveryScreen
from tui.dialogues.generate_report import GenerateReport
from tui.dialogues.question import QuestionScreen
from tui.pages.report import ReportPage

DETAILS = ("r", "down")


def names_in(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()]


@pytest.mark.parametrize("size", SIZES)
async def test_status_only_where_the_report_has_it(database: Database, size: tuple[int, int]) -> None:
    async with opened(database, size) as session:
        await session.press("r")
        assert "Status" not in session.text()
        await session.press("down")
        assert "O Open  T Trial  E Expired Trial  C Canceled" in session.text()
        assert "never logged in" in session.text()


async def test_lower_case_status_names_the_capital(database: Database) -> None:
    async with opened(database) as session:
        await session.press(*DETAILS, "enter", "o")
        assert "Did you mean O (Open)?" in session.text()
        await session.press("enter")
        assert isinstance(session.app.screen, GenerateReport)


async def count_of_rows(session: Session) -> str:
    await session.pilot.pause(0.3)
    await session.settle()
    return session.text()


async def test_says_beforehand_how_many_rows(database: Database) -> None:
    async with opened(database) as session:
        await session.press(*DETAILS, "enter", "O")
        assert "2 rows" in await count_of_rows(session)
        await session.press("tab", "space")
        assert "1 row" in await count_of_rows(session)


async def test_wrong_size_and_condition_are_said(database: Database) -> None:
    async with opened(database) as session:
        await session.press(*DETAILS, "enter", "O", "tab", "tab", "tab", "tab")
        await session.type("9-1")
        assert "Did you mean 1-9?" in session.text()
        await session.press("backspace", "backspace", "backspace", "tab")
        await session.type("company")
        assert "company⟨here⟩" in session.text()


async def test_view_opens_the_page_and_choices_are_remembered(database: Database) -> None:
    async with opened(database) as session:
        await session.press(*DETAILS, "enter", "O", "enter")
        assert isinstance(session.app.main.page, ReportPage)
        assert "row 1 of 2" in session.text()
        await session.press("escape")
    async with opened(database) as session:
        await session.press("r")
        assert "● Managed Account Details" in session.text()


async def test_escape_leaves_and_changes_nothing(database: Database, exports: Path) -> None:
    async with opened(database) as session:
        await session.press("r", "escape")
        assert "MY ORGANIZATION" in session.text()
    assert names_in(exports) == []
    assert runs_of(database) == []


async def test_generate_writes_the_file_and_tells_where(database: Database, exports: Path) -> None:
    async with opened(database, (160, 50)) as session:
        await session.press(*DETAILS, "enter", "O", "f3")
        assert isinstance(session.app.screen, DeliveryScreen)
        file = exports / "managed-account-details-O-2026-03-04.pdf"
        assert str(file) in "".join(line.strip("│▕ ") for line in session.text().splitlines())
        assert file.read_bytes().startswith(b"%PDF")
        await session.press("p")
        assert session.app.clipboard == str(file)
    assert runs_of(database) == [("managed-account-details", "pdf", "done")]


async def test_existing_file_is_asked_about(database: Database, exports: Path) -> None:
    file = exports / "cancels-and-move-outs-2026-03-04.pdf"
    file.write_text("older")
    async with opened(database) as session:
        await session.press("r", *["down"] * 3, "f3")
        assert isinstance(session.app.screen, QuestionScreen)
        await session.press("escape")
        assert file.read_text() == "older"
        await session.press("r", "f3", "tab", "enter")
        assert file.read_bytes().startswith(b"%PDF")
