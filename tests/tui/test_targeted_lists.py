"""Targeted lists: counted, looked at, exported for upload, made, changed, deleted and brought back."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from core.database import Database
from tests.tui.application import MARKUP, SIZES, Session, opened


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


async def choose(session: Session, name: str) -> None:
    """Open the page and put the cursor on a list."""
    await session.press("4")
    await session.press("home", *["down"] * names(session).index(name))


def names(session: Session) -> list[str]:
    """Return the lists' names: a toast may lie over the last of them."""
    return [line.counted.target.name for line in session.app.main.page._lines]


async def make(session: Session, condition: str, name: str) -> None:
    await session.press("4", "n")
    await session.type(condition)
    await session.press("enter")
    await session.type(name)
    await session.press("enter")


def written(folder: Path) -> list[Path]:
    return list(folder.glob("*.csv"))


@pytest.mark.parametrize("size", SIZES, ids=["80x24", "160x50"])
async def test_lists_are_counted_and_looked_at(database: Database, size: tuple[int, int]) -> None:
    async with opened(database, size) as session:
        await choose(session, "No list")
        assert "No list 2" in session.words()
        assert "List of a certain size any size" in session.words()
        await session.press("enter")
        assert "row 1 of 2" in session.text()
        assert MARKUP[:12] in session.text()


async def test_a_size_is_asked_and_checked(database: Database) -> None:
    async with opened(database) as session:
        await choose(session, "List of a certain size")
        await session.press("enter")
        await session.type("9-2")
        await session.press("enter")
        assert "The list size 9-2 runs backwards" in session.words()
        await session.press("ctrl+u")
        await session.type("100-")
        await session.press("enter")
        assert "row 1 of 1" in session.text()


async def test_contacts_are_previewed_written_and_not_written_twice(database: Database, tmp_path: Path) -> None:
    async with opened(database) as session:
        await choose(session, "Never logged in")
        await session.press("e")
        assert "2 accounts in the list: 1 contact to upload" in session.words()
        assert "Left out: 1" in session.words()
        assert "ask for consent" in session.words()
        await session.press("ctrl+g")
        assert "The file is written" in session.text()
        [file] = written(tmp_path)
        with file.open(newline="", encoding="utf-8") as lines:
            assert {row["Email Address"] for row in csv.DictReader(lines)} == {"bo@example.com"}
        await session.press("escape")
        assert "exported 20" in session.words()
        await session.press("e", "tab", "space")
        assert "0 contacts to upload" in session.words()


async def test_an_existing_file_is_left_as_it_was(database: Database, tmp_path: Path) -> None:
    async with opened(database) as session:
        await choose(session, "Never logged in")
        await session.press("e", "ctrl+g", "escape")
        [file] = written(tmp_path)
        file.write_text("mine")
        await session.press("e", "ctrl+g")
        assert "exists already" in session.words()
        assert file.read_text() == "mine"


async def test_a_list_is_made_renamed_deleted_and_brought_back(database: Database) -> None:
    async with opened(database) as session:
        await make(session, "list_size > 100", "Big ones")
        assert "Big ones 2" in session.words()
        await choose(session, "Big ones")
        await session.press("t", "ctrl+u")
        await session.type("Large")
        await session.press("enter")
        assert "Large 2" in session.words()
        await choose(session, "Large")
        await session.press("d")
        assert "Large" not in names(session)
        await session.press("u")
        assert "Large" in names(session)


async def test_the_name_of_a_list_is_never_markup(database: Database) -> None:
    name = "[@click=app.bell]Big[b"
    async with opened(database) as session:
        await make(session, "list_size > 100", name)
        await choose(session, name)
        await session.press("f")
        assert f"Edit {name}" in session.text()
        await session.press("escape", "enter", "v")
        assert f"╭─ Views of {name} ─" in session.text()
        await session.press("escape", "i")
        assert f"╭─ {name} ─" in session.text()


async def test_what_will_not_do_is_said_where_it_is_typed(database: Database) -> None:
    async with opened(database) as session:
        await session.press("4", "n")
        await session.type("list_size > many")
        await session.press("enter")
        assert "is no whole number" in session.words()
        await session.press("ctrl+u")
        await session.type("list_size > 1")
        await session.press("enter")
        await session.type("../sent")
        await session.press("enter")
        assert "looks like a path" in session.words()


async def test_a_built_in_list_is_copied_but_not_deleted(database: Database) -> None:
    async with opened(database) as session:
        await choose(session, "No list")
        await session.press("d")
        assert "No list 2" in session.words()
        await session.press("c", "enter")
        assert "No list copy 2" in session.words()


async def test_a_report_page_makes_a_list_of_what_is_filtered_or_selected(database: Database) -> None:
    async with opened(database) as session:
        await session.press("2", "f")
        await session.type("list_size > 100")
        await session.press("enter", "t")
        await session.type("Filtered")
        await session.press("enter", "space", "t")
        await session.type("Picked")
        await session.press("enter", "4")
        counts = {line.counted.target.name: line.counted.count for line in session.app.main.page._lines}
        assert (counts["Filtered"], counts["Picked"]) == (2, 1)
