"""Export from a page: exactly what is shown, never over another file unasked, and out of the way when it is stopped."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from core.database import Database
from core.importing.import_options import ImportOptions
from core.importing.importer import import_file
from core.mappings import Choices
from core.own_fields import drop_field
from core.runs import Outcome, record_end, record_start
from tests.tui.application import Session, opened, runs_of
from tui.dialogues.delivery import DeliveryScreen
from tui.dialogues.export import ExportScreen
from tui.dialogues.message import MessageScreen
from tui.dialogues.question import QuestionScreen


async def open_export(session: Session) -> None:
    await session.press("2", "s", "f")
    await session.type("list_size > 0")
    await session.press("enter", "e")
    assert isinstance(session.app.screen, ExportScreen)


@pytest.mark.parametrize("size", [(80, 24), (160, 50)])
async def test_writes_what_is_shown(database: Database, exports: Path, size: tuple[int, int]) -> None:
    async with opened(database, size) as session:
        await open_export(session)
        assert "Only rows where: List Size is above 0" in session.text()
        await session.press("enter")
        assert isinstance(session.app.screen, DeliveryScreen)
    rows = list(csv.DictReader((exports / "my-accounts-list-size-above-0-2026-03-04.csv").open(encoding="utf-8")))
    assert [row["Account ID"] for row in rows] == ["A1", "A4", "A5"]
    assert runs_of(database) == [("my-accounts", "csv", "done")]


async def test_ending_follows_the_format(database: Database, exports: Path) -> None:
    async with opened(database) as session:
        await open_export(session)
        await session.press("right", "right", "enter")
        assert isinstance(session.app.screen, DeliveryScreen)
    assert json.loads((exports / "my-accounts-list-size-above-0-2026-03-04.json").read_text())["row_count"] == 3


async def test_asks_before_overwriting_and_takes_another_name(database: Database, exports: Path) -> None:
    file = exports / "my-accounts-list-size-above-0-2026-03-04.csv"
    file.write_text("older")
    async with opened(database) as session:
        await open_export(session)
        await session.press("enter")
        assert isinstance(session.app.screen, QuestionScreen)
        await session.press("enter")
        assert isinstance(session.app.screen, ExportScreen)
        await session.press("end", *["backspace"] * 4)
        await session.type("-b.csv")
        await session.press("enter")
        assert isinstance(session.app.screen, DeliveryScreen)
    assert file.read_text() == "older"
    assert (exports / "my-accounts-list-size-above-0-2026-03-04-b.csv").exists()


async def test_asks_before_an_unwieldy_file(database: Database, exports: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("exporters.run.advice", lambda *_: "Only a few rows, but take it for many.")
    async with opened(database) as session:
        await open_export(session)
        await session.press("enter")
        assert "take it for many" in session.words()
        await session.press("enter")
        assert not (exports / "my-accounts-list-size-above-0-2026-03-04.csv").exists()
        await session.press("e", "enter", "tab", "enter")
        assert isinstance(session.app.screen, DeliveryScreen)


async def test_folder_that_is_not_there_is_said_plainly(database: Database, exports: Path) -> None:
    async with opened(database) as session:
        await open_export(session)
        await session.press("tab", "ctrl+u")
        await session.type("/nowhere/at/all.csv")
        await session.press("enter")
        assert isinstance(session.app.screen, MessageScreen)
        assert "does not exist" in session.words()
        await session.press("escape")
        assert "row 1 of 3" in session.text()
    assert runs_of(database) == [("my-accounts", "csv", "failed")]


async def test_over_ssh_the_line_to_fetch_it_is_offered(
    database: Database, exports: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSH_CONNECTION", "203.0.113.5 50000 198.51.100.7 2222")
    monkeypatch.setenv("USER", "ann")
    async with opened(database, (160, 50)) as session:
        await open_export(session)
        await session.press("enter", "s")
        assert (
            session.app.clipboard
            == f"scp -P 2222 ann@198.51.100.7:{exports}/my-accounts-list-size-above-0-2026-03-04.csv ."
        )


async def test_run_is_listed_opened_and_run_again(database: Database, exports: Path) -> None:
    async with opened(database) as session:
        await open_export(session)
        await session.press("enter", "escape", "3")
        assert "✓ done" in session.text()
        assert "my-accounts-list-size-above-0-2026-03-04.csv" in session.text()
        await session.press("p")
        assert isinstance(session.app.screen, DeliveryScreen)
        await session.press("escape", "enter")
        assert "Only rows: List Size is above 0" in session.text()
        await session.press("3", "a")
        assert isinstance(session.app.screen, ExportScreen), "My accounts is no report that Generate Report offers"


async def test_run_by_a_field_of_ones_own_is_opened_and_run_again(database: Database, exports: Path) -> None:
    file = exports.parent / "seats.csv"
    file.write_text("Account ID,Seats\nA1,3\nA4,12\n")
    import_file(database.path, file, ImportOptions(Choices(kept=["Seats"])))
    async with opened(database) as session:
        await session.press("2", "s", "f")
        await session.type("seats > 3")
        await session.press("enter", "e", "enter", "escape", "3", "enter")
        assert "Only rows: Seats is above 3" in session.text()
        assert "row 1 of 1" in session.text()
        await session.press("3", "a")
        assert isinstance(session.app.screen, ExportScreen)
        await session.press("escape")
    drop_field(database.path, "seats")
    async with opened(database) as session:
        await session.press("3", "enter")
        assert isinstance(session.app.screen, MessageScreen)
        assert "seats" in session.words()


@pytest.mark.parametrize(
    ("outcome", "words"),
    [("done", "✓ done"), ("failed", "! failed"), ("cancelled", "– stopped"), ("interrupted", "! interrupted")],
)
async def test_how_a_run_ended_is_said_in_our_words(database: Database, outcome: Outcome, words: str) -> None:
    number = record_start(
        database.path, "all-accounts-summary", parameters={}, as_of="2026-03-04", file_format="pdf", path=None
    )
    record_end(database.path, number, outcome)
    async with opened(database) as session:
        await session.press("3")
        assert f"  {words}  " in session.text()


async def test_csv_for_excel_is_one_choice_away(database: Database, exports: Path) -> None:
    async with opened(database, (80, 24)) as session:
        await open_export(session)
        assert "Made for" in session.text()
        assert "Paper" not in session.text()
        await session.press("tab", "tab", "right", "right", "enter")
        assert isinstance(session.app.screen, DeliveryScreen)
    data = (exports / "my-accounts-list-size-above-0-2026-03-04.csv").read_bytes()
    assert data.startswith(b'\xef\xbb\xbf"Account ID";"Username";')


async def test_paper_is_chosen_where_the_format_has_one(
    database: Database, exports: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "de_DE.UTF-8")
    async with opened(database, (80, 24)) as session:
        await open_export(session)
        await session.press("left")
        assert "● A4" in session.text()
        assert "Made for" not in session.text()
        await session.press("tab", "tab", "left", "enter")
        assert isinstance(session.app.screen, DeliveryScreen)
    page = (exports / "my-accounts-list-size-above-0-2026-03-04.html").read_text("utf-8")
    assert "@page { size: letter landscape; }" in page


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("a.pdfe", "a.pdfe: the ending .pdfe names no format, and CSV is chosen. Name the file a.csv."),
        ("a.html", "a.html: .html is the ending of HTML, and CSV is chosen. Name the file a.csv."),
        ("a", "a: the name has no ending, and CSV is chosen. Name the file a.csv."),
    ],
)
async def test_an_ending_that_does_not_fit_is_said_at_once(
    database: Database, exports: Path, name: str, said: str
) -> None:
    async with opened(database) as session:
        await open_export(session)
        await session.press("tab", "ctrl+u")
        await session.type(str(exports / name))
        await session.press("enter")
        assert isinstance(session.app.screen, ExportScreen)
        assert said in session.words()
        await session.press("ctrl+u")
        await session.type(str(exports / "a.csv"))
        await session.press("enter")
        assert isinstance(session.app.screen, DeliveryScreen)
    assert (exports / "a.csv").exists()
    assert not (exports / name).exists()
